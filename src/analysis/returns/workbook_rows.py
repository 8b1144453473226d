"""Turns one workbook into rows of the tables: whose return it is, its programmes, what every cell was taken for."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ..codelists import CodeLists
from ..problems import Problem
from ..schema import TAKEN_AS
from ..workbooks import Workbook, address, column_letter
from .columns import Columns, Row, add_row, empty_columns
from .doubts import doubt
from .grid import Place
from .owners import find_dezernate
from .privacy import CONTACT, redact
from .programmes import make_programmes
from .readings import SheetReading
from .sheets import read_sheet

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
    result = Return(tables=make_programmes(readings, dezernate, reference_date, codes), problems=doubts)
    for table in ("cells", "sheets", "columns"):
        result.tables[table] = empty_columns(table)
    for reading in readings:
        _add_cells(result.tables["cells"], reading)
        add_row(result.tables["sheets"], _sheet_row(reading))
        for row in _column_rows(reading):
            add_row(result.tables["columns"], row)
    for reading in readings:
        result.problems.extend(reading.problems)
    _judge(result, name, readings, dezernate)
    return result


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


def _add_cells(columns: Columns, reading: SheetReading) -> None:
    """Adds the cells of a worksheet, column by column: it is by far the longest table."""
    cells, books = reading.grid.sheet.cells, reading.books
    letters = {number: column_letter(number) for number in {cell.column for cell in cells}}
    columns["cell"] += [f"{letters[column]}{row}" for row, column, _, _ in cells]
    columns["text"] += [
        CONTACT if taken_as == "withheld" else shown
        for shown, taken_as in zip(reading.grid.shown, books.taken_as, strict=True)
    ]
    columns["taken_as"] += books.taken_as
    columns["field"] += books.fields
    columns["programme_id"] += books.programme_ids
    columns["workbook"] += [reading.workbook] * len(cells)
    columns["sheet"] += [reading.name] * len(cells)


def _sheet_row(reading: SheetReading) -> Row:
    sheet = reading.grid.sheet
    found = Counter(reading.books.taken_as)
    counts = {taken_as: found[taken_as] for taken_as in TAKEN_AS}
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
