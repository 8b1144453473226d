"""The tables of the pages, recounted: for each caption the rows as they should be printed, in any order.

A column that is left out here may hold words only.
"""

from collections.abc import Callable
from typing import Any

import pandas as pd
import recount_returns as returns
from recount import RECENT_YEARS, Recount, codelist
from recount_returns import NO_ANSWER, NOT_USABLE, Rows, dezernat, read


def start(row: Any) -> str:
    years = [None if pd.isna(year) else int(year) for year in (row.start_earliest, row.start_latest)]
    if years == [None, None]:
        return NOT_USABLE
    first, last = years
    if None in years:
        return f"bis {last}" if first is None else f"ab {first}"
    return str(first) if first == last else f"{first}–{last}"


def starts(r: Recount) -> Rows:
    rows = []
    for row in r.programmes.itertuples():
        ages = [r.year - int(year) for year in (row.start_latest, row.start_earliest) if pd.notna(year)]
        age = "–".join(map(str, dict.fromkeys(ages))) or NO_ANSWER
        rows.append(
            {
                "Maßnahme": read(row.title),
                "Angabe": read(row.start_text),
                "Beginn": start(row),
                "Alter in Jahren": age,
            }
        )
    return rows


def periods(r: Recount) -> Rows:
    """Four spans of five years, the last with the year of the reference date, and what falls in none of them."""
    lasts = [r.year - 1 - RECENT_YEARS * n for n in (3, 2, 1)]
    spans = {f"vor {lasts[0] - RECENT_YEARS + 1}": (0, lasts[0] - RECENT_YEARS)}
    spans |= {f"{last - RECENT_YEARS + 1} bis {last}": (last - RECENT_YEARS + 1, last) for last in lasts}
    spans[f"{r.year - RECENT_YEARS} bis {r.year}"] = (r.year - RECENT_YEARS, r.year)
    first, last = (r.begun[name] for name in ("start_earliest", "start_latest"))
    counts = {name: int(((first >= low) & (last <= high)).sum()) for name, (low, high) in spans.items()}
    between = len(r.begun) - sum(counts.values())
    counts |= {"nicht eindeutig": between} if between else {}
    return shares(r, "Zeitraum des Beginns", counts | {NOT_USABLE: r.total - len(r.begun)})


def ends(r: Recount) -> Rows:
    mine = r.programmes[r.programmes["end_year"].notna()]
    return [
        {"Maßnahme": read(row.title), "Angabe": read(row.end_text), "Ende": str(row.end_year)}
        for row in mine.itertuples()
    ]


def shares(r: Recount, heading: str, counts: dict[str, int]) -> Rows:
    return [{heading: name, **share(r, count)} for name, count in counts.items()]


def share(r: Recount, count: int) -> dict[str, str]:
    percent = int(100 * count / r.total + 0.5)
    return {"Nennungen": str(count), f"Anteil (von {r.total})": f"{percent}\u00a0%"}


def audiences(r: Recount) -> Rows:
    names = ("besondere Zielgruppen", "alle Bewohnerinnen und Bewohner", "besondere Zielgruppen und alle")
    counts = dict(zip(names, r.audiences, strict=True))
    return shares(r, "Angesprochen", counts | {NOT_USABLE: r.total - sum(r.audiences)})


def target_groups(r: Recount) -> Rows:
    return shares(r, "Zielgruppe", r.by_group)


def disability(r: Recount) -> Rows:
    named, implied = map(len, r.disability)
    counts = {"ausdrücklich genannt": named, "nur nahegelegt": implied}
    counts["weder genannt noch nahegelegt"] = r.total - named - implied
    return shares(r, "Menschen mit Behinderung", counts)


def disability_words(r: Recount) -> Rows:
    titles = r.programmes.set_index("programme_id")["title"]
    return [
        {"Maßnahme": read(titles[ident]), "Begründung": reason}
        for found in r.disability
        for ident, reason in found.items()
    ]


def offices(r: Recount) -> Rows:
    counts = r.programmes.groupby(["office", "dezernat"], dropna=False).size()
    return [
        {"Amt oder Dienststelle": read(office), "Gemeldet von": dezernat(code), **share(r, int(count))}
        for (office, code), count in counts.items()
    ]


def responsibility(r: Recount) -> Rows:
    counts = r.programmes.groupby(["dezernat", "responsible_dezernat"], dropna=False).size()
    return [
        {
            "Gemeldet von": dezernat(code),
            "Zuständig": NO_ANSWER if pd.isna(other) else dezernat(other),
            **share(r, int(count)),
        }
        for (code, other), count in counts.items()
    ]


def cooperation(r: Recount) -> Rows:
    given, denied = r.partners
    counts = {"angegeben": given, "ausdrücklich verneint": denied, NO_ANSWER: r.total - given - denied}
    return shares(r, "Zusammenarbeit", counts)


def partners(r: Recount) -> Rows:
    return [
        {"Maßnahme": read(row.title), "Wortlaut": read(row.partners_text)}
        for row in r.programmes.itertuples()
    ]


def stadtbezirke(r: Recount) -> Rows:
    counts = {f"{n} {name}": count for n, (name, count) in enumerate(r.by_stadtbezirk.items(), start=1)}
    return shares(r, "Stadtbezirk", counts | {"ganze Stadt": r.citywide, NOT_USABLE: r.nowhere})


def places(r: Recount) -> Rows:
    titles, rows = r.programmes.set_index("programme_id")["title"], []
    for n, (name, count) in enumerate(r.by_stadtbezirk.items(), start=1):
        mine = r.places.loc[r.places["stadtbezirk"] == name, "programme_id"].unique()
        named = "; ".join(map(read, titles[mine])) or "keine Nennung"
        rows.append({"Stadtbezirk": f"{n} {name}", "Nennungen": str(count), "Maßnahmen": named})
    return rows


def scopes(r: Recount) -> Rows:
    counts = {"ganze Stadt": r.citywide, "einzelne Sozialräume": r.total - r.citywide - r.nowhere}
    return shares(r, "Ort", counts | {NOT_USABLE: r.nowhere})


def groups_by_stadtbezirk(r: Recount) -> Rows:
    codes = {row["label"]: row["code"] for row in codelist("target_groups")}
    pairs = r.groups_in_places
    return [
        {"Zielgruppe": label}
        | {
            name: str(int(((pairs["target_group"] == codes[label]) & (pairs["stadtbezirk"] == name)).sum()))
            for name in r.by_stadtbezirk
        }
        for label in r.by_group
    ]


def programmes(r: Recount) -> Rows:
    labels = {row["code"]: row["label"] for row in codelist("target_groups")}
    placed = r.cells[r.cells["taken_as"] == "placed"]
    answered = set(zip(placed["programme_id"], placed["field"], strict=True))
    rows = []
    for row in r.programmes.itertuples():

        def worded(text: Any, *fields: str, ident: str = row.programme_id) -> str:
            return f"„{text}“" if any((ident, field) in answered for field in fields) else NO_ANSWER

        named = r.groups.loc[r.groups["programme_id"] == row.programme_id, "target_group"].unique()
        groups = ", ".join(labels[code] for code in named)
        begin = start(row)
        rows.append(
            {
                "Maßnahme": read(row.title),
                "Amt oder Dienststelle": read(row.office),
                "Beginn": worded(row.start_text, "start", "period") if begin == NOT_USABLE else begin,
                "Zielgruppen": groups or worded(row.target_groups_text, "target_groups"),
                "Quelle": f"{source_names(r)[row.workbook, row.sheet]}, Zeile {row.row}",
            }
        )
    return rows


def source_names(r: Recount) -> dict[tuple[str, str], str]:
    """Short names in the order in which the Dezernate were asked."""
    places = dict.fromkeys(zip(r.programmes["workbook"], r.programmes["sheet"], strict=True))
    return {place: f"Q{number}" for number, place in enumerate(places, start=1)}


def sources(r: Recount) -> Rows:
    counts = r.programmes.groupby(["workbook", "sheet"]).size()
    return [
        {"Quelle": name, "Arbeitsmappe": book, "Blatt": sheet, "Nennungen": str(int(counts[book, sheet]))}
        for (book, sheet), name in source_names(r).items()
    ]


TABLES: dict[str, Callable[[Recount], Rows]] = {
    "Alle Nennungen nach Dezernat": programmes,
    "Antworten der Dezernate": returns.dezernate,
    "Beginn der Maßnahmen": starts,
    "Besondere Zielgruppen und alle": audiences,
    "Hinweise zu den Rückmeldungen": returns.remarks,
    "Maßnahmen je Stadtbezirk": places,
    "Maßnahmen mit einem Ende": ends,
    "Meldendes und zuständiges Dezernat": responsibility,
    "Menschen mit Behinderung als Zielgruppe": disability,
    "Nennungen für die ganze Stadt und für einzelne Sozialräume": scopes,
    "Nennungen je Stadtbezirk": stadtbezirke,
    "Nennungen je Zielgruppe": target_groups,
    "Nennungen je Zielgruppe und Stadtbezirk": groups_by_stadtbezirk,
    "Nennungen mit Bezug zu Menschen mit Behinderung": disability_words,
    "Nennungen nach Angabe zur Zusammenarbeit": cooperation,
    "Nennungen nach Zeitraum des Beginns": periods,
    "Offene Fragen zu den Rückmeldungen": returns.questions,
    "Quellen der Nennungen": sources,
    "Verbleib aller gefüllten Zellen": returns.books,
    "Zellen mit Personendaten": returns.personal_data,
    "Zusammenarbeit mit anderen Stellen": partners,
    "Zweifel je Arbeitsmappe": returns.doubts,
    "Ämter und Dienststellen": offices,
}
