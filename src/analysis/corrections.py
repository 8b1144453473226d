"""Corrections that the office decided on: each names a cell, what it must still say, and what it means instead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from .csvfiles import read_rows
from .problems import InputError, Problem
from .returns import doubt, redact
from .workbooks import Workbook
from .workbooks.xlsx_scan import split_address

CORRECTIONS: Final = "corrections.csv"
_COLUMNS: Final = ("workbook", "sheet", "cell", "expected", "corrected", "reason", "decided_by")


@dataclass
class Corrections:
    """The rows of `corrections.csv` by workbook."""

    by_workbook: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def fit(self, name: str, book: Workbook) -> tuple[dict[str, dict[tuple[int, int], str]], list[Problem]]:
        """The corrected texts of one workbook by sheet and place, and a doubt per row: used, or no longer fitting."""
        places: dict[str, dict[tuple[int, int], str]] = {}
        problems: list[Problem] = []
        sheets = {sheet.name: sheet for sheet in book.sheets}
        for row in self.by_workbook.pop(name, ()):
            sheet = sheets.get(row["sheet"])
            place = split_address(row["cell"])
            texts = {(cell.row, cell.column): cell.text for cell in sheet.cells} if sheet else {}
            found = texts.get(place, "").strip()
            if sheet is None or row["expected"] not in (found, redact(found)):
                problems.append(_misfit(row, redact(found) if sheet else None))
                continue
            places.setdefault(sheet.name, {})[place] = row["corrected"]
            problems.append(
                doubt(
                    "corrected",
                    f"Berichtigt laut corrections.csv: {redact(row['reason']) or 'ohne Begründung'}.",
                    workbook=name,
                    sheet=sheet.name,
                    cell=row["cell"],
                    found=redact(found),
                    expected=redact(row["corrected"]),
                )
            )
        return places, problems

    def without_workbook(self) -> Iterator[Problem]:
        """A doubt per correction of a workbook that was not read."""
        for rows in self.by_workbook.values():
            for row in rows:
                yield _misfit(row, None)


def read_corrections(path: Path) -> Corrections:
    """The corrections of a survey folder, none where there is no file. Raises: InputError with file and line."""
    corrections = Corrections()
    if path.is_file():
        for line, row in read_rows(path, _COLUMNS):
            if not re.fullmatch(r"\$?[A-Za-z]{1,3}\$?[1-9]\d*", row["cell"]):
                raise InputError(
                    f"{path}, Zeile {line}: „{row['cell']}“ ist keine Zelle wie B7. Bitte berichtigen."
                )
            corrections.by_workbook.setdefault(row["workbook"], []).append(row)
    return corrections


def _misfit(row: dict[str, str], found: str | None) -> Problem:
    return doubt(
        "correction_no_longer_fits",
        "Diese Berichtigung passt nicht mehr zur Rückmeldung; bitte corrections.csv prüfen.",
        workbook=row["workbook"],
        sheet=row["sheet"],
        cell=row["cell"],
        found=found,
        expected=redact(row["expected"]),
    )
