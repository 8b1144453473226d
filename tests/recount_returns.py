"""The tables of the returns, recounted: who answered, what is in doubt, what became of the cells."""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd
from recount import TAKEN_AS, Recount

Rows = list[dict[str, str]]

NO_ANSWER, NOT_USABLE = "keine Angabe", "keine auswertbare Angabe"
PERSONAL = "contact_replaced"


def read(value: Any) -> str:
    if pd.isna(value):
        return NO_ANSWER
    text = " ".join(str(value).split())
    return re.sub(r"^(\d{4})-(\d\d)-(\d\d)$", r"\3.\2.\1", text)


def dezernat(code: Any) -> str:
    return "ohne Dezernat" if pd.isna(code) else f"Dezernat {code}"


def sorted_cells(cells: Iterable[str]) -> str:
    """Cells one by one: "A1, A2" for "A1:A2", so that it does not matter which form was printed."""
    found = []
    for span in cells:
        (column, first), *last = [re.fullmatch(r"([A-Z]+)(\d+)", cell).groups() for cell in span.split(":")]
        assert all(other == column for other, _ in last)
        end = last[0][1] if last else first
        found += [(len(column), column, row) for row in range(int(first), int(end) + 1)]
    return ", ".join(f"{column}{row}" for _, column, row in sorted(set(found)))


def place(workbook: Any, sheet: Any, cells: Iterable[str]) -> str:
    """Where a doubt lies; whether one cell or more is said by the cells themselves."""
    parts = ["Abfrage insgesamt" if pd.isna(workbook) else workbook]
    parts += [] if pd.isna(sheet) else [f"Blatt {sheet}"]
    named = sorted_cells(cells)
    return ", ".join([*parts, *([f"Zellen {named}"] if named else [])])


def dezernate(r: Recount) -> Rows:
    """All that were asked or answered, then what nobody can be told from; only who answered has a number."""
    codes = [*r.asked, *sorted(set(r.returns["dezernat"].dropna()) - set(r.asked))]
    rows = []
    for code in [*codes, *([None] if r.returns["dezernat"].isna().any() else [])]:
        sent, named = (
            table[table["dezernat"].isna() if code is None else table["dezernat"] == code]
            for table in (r.returns, r.programmes)
        )
        is_heard = sent["status"].isin(["received", "fehlanzeige"]).any()
        rows.append({"Dezernat": dezernat(code), "Nennungen": str(len(named)) if is_heard else NO_ANSWER})
    return rows


def doubts(r: Recount) -> Rows:
    labels = {"error": "Fehler", "warning": "Rückfragen", "info": "Hinweise"}
    workbooks = [*r.returns["workbook"].dropna()]
    rows = []
    for workbook in [*workbooks, *([None] if r.doubts["workbook"].isna().any() else [])]:
        mine = r.doubts[r.doubts["workbook"].isna() if workbook is None else r.doubts["workbook"] == workbook]
        counts = {label: str(int((mine["severity"] == code).sum())) for code, label in labels.items()}
        rows.append({"Arbeitsmappe": workbook or "Abfrage insgesamt", **counts})
    return rows


def _doubts_by_place(asked: pd.DataFrame, *what: str) -> Iterable[tuple[str, Any]]:
    keys = ["workbook", "sheet", *what]
    for (workbook, sheet, *said), mine in asked.groupby(keys, dropna=False):
        yield place(workbook, sheet, mine["cell"].dropna()), said


def questions(r: Recount) -> Rows:
    asked = r.of_severity("error", "warning")
    return [
        {"Stelle": where, "Gefunden": read(found), "Zu klären": read(message)}
        for where, (found, message) in _doubts_by_place(asked, "found", "message")
    ]


def remarks(r: Recount) -> Rows:
    return [
        {"Stelle": where, "Hinweis": read(message)}
        for where, (message,) in _doubts_by_place(r.of_severity("info"), "message")
    ]


def personal_data(r: Recount) -> Rows:
    withheld = r.cells[r.cells["taken_as"] == "withheld"].assign(kind="withheld")
    replaced = r.problems[r.problems["code"] == PERSONAL].assign(kind="replaced")
    both = pd.concat([withheld, replaced])[["workbook", "sheet", "cell", "kind"]]
    rows = []
    for (workbook, sheet), mine in both.drop_duplicates(["workbook", "sheet", "cell"]).groupby(
        ["workbook", "sheet"]
    ):
        cells = {kind: mine.loc[mine["kind"] == kind, "cell"] for kind in ("withheld", "replaced")}
        rows.append(
            {
                "Arbeitsmappe": workbook,
                "Blatt": read(sheet),
                "ganz zurückgehalten": sorted_cells(cells["withheld"]) or "keine",
                "im Text ersetzt": sorted_cells(cells["replaced"]) or "keine",
                "Zellen": str(len(mine)),
            }
        )
    return rows


def books(r: Recount) -> Rows:
    labels = ("Titel und Hinweise", "Überschriften", "Angaben", "zurückgehalten (Kontakt)", "leere Antworten")
    labels = dict(zip(TAKEN_AS, (*labels, "nicht zugeordnet"), strict=True))
    return [
        {
            "Arbeitsmappe": workbook,
            "gefüllte Zellen": str(int(r.sheets.loc[r.sheets["workbook"] == workbook, "nonempty"].sum())),
            **{label: str(int((mine["taken_as"] == kind).sum())) for kind, label in labels.items()},
        }
        for workbook, mine in r.cells.groupby("workbook")
    ]
