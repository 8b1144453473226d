"""Summary -> printed table: German column names, captions, row headings, "keine Angabe" where a cell is empty.

Each `tabulate_*` takes a Survey; where there are no rows, a sentence says so instead of an empty table.
"""

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from . import summaries
from .labels import (
    AUDIENCE_LABELS,
    BASIS_LABELS,
    COOPERATION_LABELS,
    ENDED_LABELS,
    SCOPE_LABELS,
    SEVERITY_LABELS,
    STATUS_LABELS,
    TAKEN_LABELS,
    age_label,
    dezernat_label,
    period_label,
    start_label,
)
from .publish.display import Prose, Table

if TYPE_CHECKING:
    from .survey import Survey

Listing = Table | Prose

COUNT: Final = "Nennungen"
TITLE: Final = "Maßnahme"


def tabulate_dezernate(survey: "Survey") -> Listing:
    """One row per Dezernat asked or answering: its answer, its workbooks, its programmes."""
    counts = summaries.count_dezernate(survey)
    frame = pd.DataFrame(
        {
            "Dezernat": _dezernate(counts["dezernat"]),
            "Name": counts["dezernat_name"],
            "Antwort": counts["status"].map(STATUS_LABELS),
            "Arbeitsmappen": counts["workbook_count"],
            COUNT: counts["programme_count"],
        }
    )
    return _listing(frame, "Antworten der Dezernate", "Es ist kein Dezernat angefragt.")


def tabulate_problems(survey: "Survey") -> Listing:
    """One row per workbook: its doubts by severity."""
    counts = summaries.count_problems(survey)
    frame = pd.DataFrame(
        {
            "Arbeitsmappe": counts["workbook"].fillna("Abfrage insgesamt"),
            "Dezernat": _dezernate(counts["dezernat"]),
            **{label: counts[severity] for severity, label in SEVERITY_LABELS.items()},
        }
    )
    return _listing(frame, "Zweifel je Arbeitsmappe", "Es liegt keine Arbeitsmappe vor.")


def tabulate_questions(survey: "Survey") -> Listing:
    """One row per doubt that needs an answer, errors first, with workbook and cell."""
    problems = survey.problems
    asking = problems[problems["severity"].isin(["error", "warning"])]
    asking = asking.sort_values("severity", key=lambda column: column.ne("error"), kind="stable")
    frame = pd.DataFrame(
        {
            "Stelle": [
                _place(*place) for place in zip(asking["workbook"], asking["sheet"], asking["cell"], strict=True)
            ],
            "Gefunden": asking["found"],
            "Zu klären": asking["message"],
        }
    )
    return _listing(frame, "Offene Fragen an die Dezernate", "Beim Einlesen ist keine Frage offen geblieben.")


def tabulate_cells(survey: "Survey") -> Listing:
    """One row per workbook: its filled cells, and what became of them."""
    counts = summaries.count_cells(survey)
    frame = pd.DataFrame(
        {
            "Arbeitsmappe": counts["workbook"],
            "gefüllte Zellen": counts["nonempty"],
            **{label: counts[name] for name, label in TAKEN_LABELS.items()},
        }
    )
    return _listing(frame, "Verbleib aller gefüllten Zellen", "Es liegt keine lesbare Arbeitsmappe vor.")


def tabulate_starts(survey: "Survey") -> Listing:
    """One row per programme, oldest first: the answer as given, the first year, the age in years."""
    starts = summaries.list_starts(survey)
    frame = pd.DataFrame(
        {
            TITLE: starts["title"],
            "Dezernat": starts["dezernat"],
            "Angabe": starts["start_text"],
            "Beginn": _starts(starts),
            "Alter in Jahren": [
                age_label(*ages) for ages in zip(starts["age_min"], starts["age_max"], strict=True)
            ],
        }
    )
    return _listing(frame, "Beginn der Maßnahmen", "Es wurde keine Maßnahme genannt.")


def tabulate_start_periods(survey: "Survey") -> Listing:
    """One row per period of five years: how many programmes began in it."""
    periods = summaries.count_start_periods(survey)
    labels = [
        period_label(*values)
        for values in zip(periods["period"], periods["first_year"], periods["last_year"], strict=True)
    ]
    frame = pd.DataFrame({"Zeitraum des Beginns": labels, COUNT: periods["programme_count"]})
    note = "Nicht eindeutig: Die Angabe ist ungenau und kann in mehr als einen Zeitraum fallen."
    return Table(frame, caption="Nennungen nach Zeitraum des Beginns", note=note)


def tabulate_ends(survey: "Survey") -> Listing:
    """One row per programme with an end: the answer as given, the year, and where it lies."""
    ends = summaries.list_ends(survey)
    frame = pd.DataFrame(
        {
            TITLE: ends["title"],
            "Dezernat": ends["dezernat"],
            "Angabe": ends["end_text"],
            "Ende": ends["end_year"],
            "Stand": ends["ended"].map(ENDED_LABELS),
        }
    )
    return _listing(frame, "Maßnahmen mit einem Ende", "Keine Nennung enthält eine auswertbare Angabe zum Ende.")


def tabulate_target_groups(survey: "Survey") -> Listing:
    """One row per target group named: in how many programmes."""
    groups = summaries.count_target_groups(survey)
    frame = pd.DataFrame({"Zielgruppe": groups["label"], COUNT: groups["programme_count"]})
    note = "Eine Nennung kann mehrere Zielgruppen haben und zählt dann bei jeder."
    return Table(frame, caption="Nennungen je Zielgruppe", note=note)


def tabulate_audiences(survey: "Survey") -> Listing:
    """One row per audience: special groups, everybody, both, no answer."""
    counts = summaries.count_audiences(survey)
    frame = pd.DataFrame({"Angesprochen": counts["audience"].map(AUDIENCE_LABELS), COUNT: counts["programme_count"]})
    return Table(frame, caption="Besondere Zielgruppen und alle")


def tabulate_disability(survey: "Survey") -> Listing:
    """One row per programme that names people with disabilities or whose words imply them."""
    found = summaries.list_disability(survey)
    frame = pd.DataFrame(
        {
            TITLE: found["title"],
            "Dezernat": found["dezernat"],
            "Menschen mit Behinderung": found["basis"].map(BASIS_LABELS),
            "Wortlaut": found["found"],
            "Begründung": found["reason"].fillna("als Zielgruppe genannt"),
        }
    )
    return _listing(
        frame,
        "Nennungen mit Bezug zu Menschen mit Behinderung",
        "Keine Nennung nennt Menschen mit Behinderung, und keine legt es nahe.",
    )


def tabulate_offices(survey: "Survey") -> Listing:
    """One row per reporting Dezernat and office: how many programmes."""
    counts = summaries.count_offices(survey)
    frame = pd.DataFrame(
        {
            "Dezernat": _dezernate(counts["dezernat"]),
            "Amt oder Dienststelle": counts["office"],
            COUNT: counts["programme_count"],
        }
    )
    return _listing(frame, "Ämter und Dienststellen", "Es wurde keine Maßnahme genannt.", row_headers=2)


def tabulate_responsibility(survey: "Survey") -> Listing:
    """One row per reporting and responsible Dezernat: how many programmes."""
    counts = summaries.count_responsibility(survey)
    frame = pd.DataFrame(
        {
            "Gemeldet von": _dezernate(counts["dezernat"]),
            "Zuständig": [dezernat_label(code) if pd.notna(code) else None for code in counts["responsible_dezernat"]],
            COUNT: counts["programme_count"],
        }
    )
    return _listing(frame, "Meldendes und zuständiges Dezernat", "Es wurde keine Maßnahme genannt.", row_headers=2)


def tabulate_cooperation(survey: "Survey") -> Listing:
    """One row per programme: with whom it works, as the return says."""
    answers = summaries.list_cooperation(survey)
    frame = pd.DataFrame(
        {
            TITLE: answers["title"],
            "Dezernat": answers["dezernat"],
            "Zusammenarbeit": answers["answer"].map(COOPERATION_LABELS),
            "Wortlaut": answers["partners_text"],
        }
    )
    return _listing(frame, "Zusammenarbeit mit anderen Stellen", "Es wurde keine Maßnahme genannt.")


def tabulate_stadtbezirke(survey: "Survey") -> Listing:
    """One row per Stadtbezirk: how many programmes are named there, and which."""
    counts = summaries.count_stadtbezirke(survey)
    frame = pd.DataFrame(
        {
            "Stadtbezirk": [
                f"{number} {name}" for number, name in zip(counts["stadtbezirk_nr"], counts["stadtbezirk"], strict=True)
            ],
            COUNT: counts["programme_count"],
            "Maßnahmen": counts["titles"].fillna("keine Nennung"),
        }
    )
    return Table(frame, caption="Nennungen je Stadtbezirk")


def tabulate_scopes(survey: "Survey") -> Listing:
    """One row per scope: single places, the whole city, no answer."""
    counts = summaries.count_scopes(survey)
    frame = pd.DataFrame({"Ort": counts["area_scope"].map(SCOPE_LABELS), COUNT: counts["programme_count"]})
    return Table(frame, caption="Nennungen für die ganze Stadt und für einzelne Sozialräume")


def tabulate_groups_by_stadtbezirk(survey: "Survey") -> Listing:
    """One row per target group and one column per Stadtbezirk: how many programmes name both."""
    pairs = summaries.count_groups_by_stadtbezirk(survey)
    names = dict(zip(pairs["stadtbezirk_nr"], pairs["stadtbezirk"], strict=True))
    frame = pairs.pivot_table(
        index="label", columns="stadtbezirk_nr", values="programme_count", aggfunc="sum", sort=False
    ).rename(columns=names)
    frame = frame.rename_axis(index="Zielgruppe", columns=None)
    return Table(frame, caption="Nennungen je Zielgruppe und Stadtbezirk")


def tabulate_programmes(survey: "Survey") -> Listing:
    """One row per programme, by Dezernat: office, start, groups and places."""
    labels = summaries.label_groups(survey)
    groups = survey.programme_target_groups.drop_duplicates(["programme_id", "target_group"])
    named = groups.assign(label=groups["target_group"].map(labels)).groupby("programme_id")["label"].agg(", ".join)
    places = survey.programme_sozialraeume.sort_values("stadtbezirk_nr", kind="stable")
    where = places.drop_duplicates(["programme_id", "stadtbezirk_nr"]).groupby("programme_id")["stadtbezirk"].agg(", ".join)
    order = {code: number for number, code in enumerate(summaries.count_dezernate(survey)["dezernat"].dropna())}
    programmes = survey.programmes.sort_values(
        "dezernat", key=lambda column: column.map(order), kind="stable", na_position="last"
    )
    ids = programmes["programme_id"]
    citywide = programmes["area_scope"].eq("citywide").fillna(False)
    frame = pd.DataFrame(
        {
            "Dezernat": programmes["dezernat"],
            TITLE: programmes["title"],
            "Amt oder Dienststelle": programmes["office"],
            "Beginn": _starts(programmes),
            "Zielgruppen": ids.map(named),
            "Stadtbezirke": ids.map(where).mask(citywide, "ganze Stadt"),
        }
    ).reset_index(drop=True)
    return _listing(frame, "Alle Nennungen nach Dezernat", "Es wurde keine Maßnahme genannt.", row_headers=2)


def _listing(frame: pd.DataFrame, caption: str, empty: str, row_headers: int = 1) -> Listing:
    if frame.empty:
        return Prose(empty)
    return Table(frame.reset_index(drop=True), caption=caption, row_headers=row_headers)


def _dezernate(codes: Any) -> list[str]:
    return [dezernat_label(code) for code in codes]


def _starts(frame: pd.DataFrame) -> list[str]:
    columns = ("start_earliest", "start_latest", "start_certainty")
    return [start_label(*values) for values in zip(*(frame[column] for column in columns), strict=True)]


def _place(workbook: Any, sheet: Any, cell: Any) -> str:
    parts = [
        "Abfrage insgesamt" if pd.isna(workbook) else str(workbook),
        "" if pd.isna(sheet) else f"Blatt {sheet}",
        "" if pd.isna(cell) else f"Zelle {cell}",
    ]
    return ", ".join(part for part in parts if part)
