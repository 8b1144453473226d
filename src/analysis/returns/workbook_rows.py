"""Turns one workbook into rows of the tables: whose return it is, its programmes, what every cell was taken for."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..codelists import CodeLists
from ..problems import Problem
from ..schema import TABLES, TAKEN_AS
from ..workbooks import Workbook, address, column_letter
from .doubts import doubt
from .grid import ADDED, Place
from .owners import find_dezernate
from .privacy import CONTACT, redact
from .programmes import make_programmes
from .readings import SheetReading
from .sheets import read_sheet

Row = dict[str, Any]
Columns = dict[str, list[Any]]
Corrections = Mapping[str, Mapping[Place, str]]
_NO_CORRECTIONS: Final[Mapping[Place, str]] = {}


@dataclass
class Return:
    """What one workbook gives to the tables; `statuses` has one (dezernat, status, count) per Dezernat.

    `tables` holds the values of every column of a table in the order of its rows: lists are cheap to make and to send.
    """

    statuses: list[tuple[str | None, str, int]] = field(default_factory=list)
    tables: dict[str, Columns] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_return(
    name: str,
    workbook: Workbook,
    reference_date: datetime.date,
    codes: CodeLists,
    corrections: Corrections | None = None,
) -> Return:
    """One workbook as rows of the tables; `corrections` gives corrected texts by sheet and place."""
    readings = [
        read_sheet(name, sheet, (corrections or {}).get(sheet.name, _NO_CORRECTIONS), codes)
        for sheet in workbook.sheets
    ]
    dezernate, doubts = find_dezernate(name, readings, codes)
    rows = make_programmes(readings, dezernate, reference_date, codes)
    rows["columns"] = [row for reading in readings for row in _column_rows(reading)]
    rows["sheets"] = [_sheet_row(reading) for reading in readings]
    result = Return(tables={table: _as_columns(table, some) for table, some in rows.items()}, problems=doubts)
    result.tables["cells"] = _cell_columns(readings)
    for reading in readings:
        result.problems.extend(reading.problems)
    _judge(result, name, readings, dezernate)
    return result


def _as_columns(table: str, rows: list[Row]) -> Columns:
    return {name: [row[name] for row in rows] for name in TABLES[table]}


def _judge(result: Return, name: str, readings: list[SheetReading], dezernate: list[str | None]) -> None:
    """The status of the workbook for each of its Dezernate: programmes, a report of none, or neither."""
    counts: dict[str | None, int] = {}
    for owner in result.tables["programmes"]["dezernat"]:
        counts[owner] = counts.get(owner, 0) + 1
    reported: dict[str | None, SheetReading] = {}
    for reading, dezernat in zip(readings, dezernate, strict=True):
        if reading.fehlanzeigen:
            reported.setdefault(dezernat, reading)
    owners = list(dict.fromkeys([*counts, *reported])) or list(dict.fromkeys(dezernate)) or [None]
    if len(owners) > 1 and None in owners and not counts.get(None):
        owners.remove(None)
    for owner in owners:
        count = counts.get(owner, 0)
        source = reported.get(owner)
        if count:
            result.statuses.append((owner, "received", count))
            if source is not None:
                source_place = source.fehlanzeigen[0]
                result.problems.append(
                    doubt(
                        "fehlanzeige_beside_programmes",
                        "Neben Programmen steht hier „Fehlanzeige“; gezählt wurden die Programme, bitte bestätigen.",
                        workbook=name,
                        sheet=source.name,
                        cell=address(*source_place),
                        found=source.grid.text(source_place)[:200],
                    )
                )
        elif source is not None:
            result.statuses.append((owner, "fehlanzeige", 0))
        else:
            result.statuses.append((owner, "received", 0))
            result.problems.append(
                doubt(
                    "no_programmes",
                    "Die Rückmeldung nennt weder ein Programm noch „Fehlanzeige“; bitte beim Dezernat nachfragen.",
                    workbook=name,
                    expected="ein Programm oder „Fehlanzeige“",
                )
            )


def _cell_columns(readings: list[SheetReading]) -> Columns:
    """The table `cells`, made by column: it is by far the longest."""
    columns: Columns = {name: [] for name in TABLES["cells"]}
    letters = _Letters()
    for reading in readings:
        before = len(columns["cell"])
        for row, line in reading.grid.cells.items():
            cells = [(column, cell) for column, cell in line.items() if cell.kind != ADDED]
            columns["cell"] += [f"{letters[column]}{row}" for column, _ in cells]
            columns["text"] += [CONTACT if cell.taken_as == "withheld" else cell.raw for _, cell in cells]
            columns["taken_as"] += [cell.taken_as for _, cell in cells]
            columns["field"] += [cell.field for _, cell in cells]
            columns["programme_id"] += [cell.programme_id for _, cell in cells]
        count = len(columns["cell"]) - before
        columns["workbook"] += [reading.workbook] * count
        columns["sheet"] += [reading.name] * count
    return columns


class _Letters(dict[int, str]):
    """The letters of columns by their number."""

    def __missing__(self, column: int) -> str:
        self[column] = column_letter(column)
        return self[column]


def _sheet_row(reading: SheetReading) -> Row:
    sheet = reading.grid.sheet
    counts = dict.fromkeys(TAKEN_AS, 0)
    for _, cell in reading.grid.places():
        counts[cell.taken_as or "unplaced"] += 1
    if sum(counts.values()) != sheet.nonempty:
        reading.ask(
            "books_do_not_balance",
            "Die Datei enthält mehr oder weniger Zellen, als gelesen wurden; bitte das Blatt von Hand prüfen.",
            found=str(sum(counts.values())),
            expected=str(sheet.nonempty),
        )
    return {
        "workbook": reading.workbook,
        "sheet": sheet.name,
        "visibility": sheet.visibility,
        "header_row": reading.tables[0].top if reading.tables else None,
        "nonempty": sheet.nonempty,
        **counts,
    }


def _column_rows(reading: SheetReading) -> list[Row]:
    return [
        {
            "workbook": reading.workbook,
            "sheet": reading.name,
            "column": column_letter(number),
            "header_text": redact(column.heading),
            "field": column.field,
        }
        for table in reading.tables
        for number, column in table.columns.items()
    ]
