"""Turns one workbook into rows of the tables: whose return it is, its programmes, what every cell was taken for."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ..codelists import CodeLists
from ..packing import MANY_ROWS, Columns, Packer
from ..problems import Problem
from ..schema import CONTACT, TAKEN_AS
from ..workbooks import Workbook, address, column_letter
from .columns import Row, add_row, empty_columns
from .doubts import doubt
from .grid import Place
from .owners import find_dezernate
from .privacy import redact
from .programmes import make_programmes
from .readings import SheetReading
from .sheets import read_sheet

# The same headings come again in nearly every return.
_redact_heading = lru_cache(maxsize=1_000)(redact)
_NO_CORRECTIONS: Final[Mapping[Place, str]] = {}


@dataclass
class Return:
    """What one workbook gives to the tables; `statuses` has one (dezernat, status, count) per Dezernat.

    `tables` holds the values of every column of a table in the order of its rows: lists are cheap to make and to send.
    The cells, by far the longest table, are packed (see `packing`) where they are many.
    """

    statuses: list[tuple[str | None, str, int]] = field(default_factory=list)
    tables: dict[str, Columns | bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_return(
    name: str,
    workbook: Workbook,
    reference_date: datetime.date,
    codes: CodeLists,
    corrections: Mapping[str, Mapping[Place, str]] | None = None,
) -> Return:
    """One workbook as rows of the tables; `corrections` gives corrected texts by sheet and place."""
    readings = [
        read_sheet(name, sheet, (corrections or {}).get(sheet.name, _NO_CORRECTIONS), codes)
        for sheet in workbook.sheets
    ]
    dezernate, doubts = find_dezernate(name, readings, codes)
    tables = make_programmes(readings, dezernate, reference_date, codes)
    result = Return(problems=doubts)
    sheets, columns, cells = empty_columns("sheets"), empty_columns("columns"), Packer("cells")
    for reading in readings:
        add_row(sheets, _sheet_row(reading))
        for row in _column_rows(reading):
            add_row(columns, row)
        for some in _slice_cells(reading):
            cells.add(some)
        result.problems.extend(reading.problems)
    _judge(result, name, tables["programmes"]["dezernat"], readings, dezernate)
    result.tables = {**tables, "sheets": sheets, "columns": columns, "cells": cells.finish()}
    return result


def _judge(
    result: Return,
    name: str,
    named: list[str | None],
    readings: list[SheetReading],
    dezernate: list[str | None],
) -> None:
    """The status of the workbook for each of its Dezernate: programmes, a report of none, or neither.

    `named` is the Dezernat of each programme, `dezernate` that of each worksheet.
    """
    counts = Counter(named)
    reported: dict[str | None, SheetReading] = {}
    for reading, dezernat in zip(readings, dezernate, strict=True):
        if reading.fehlanzeigen:
            reported.setdefault(dezernat, reading)
    owners = list(dict.fromkeys([*counts, *reported])) or list(dict.fromkeys(dezernate)) or [None]
    if len(owners) > 1 and None in owners and not counts.get(None):
        owners.remove(None)
    for owner in owners:
        count = counts[owner]
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
                        found=source.grid.text(source_place),
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


def _slice_cells(reading: SheetReading) -> Iterator[Columns]:
    """The cells of a worksheet as slices of the table `cells`."""
    cells, books = reading.grid.sheet.cells, reading.books
    letters = _Letters()
    for start in range(0, len(cells), MANY_ROWS):
        part = slice(start, start + MANY_ROWS)
        places = [f"{letters[column]}{row}" for row, column, _, _ in cells[part]]
        yield {
            "workbook": [reading.workbook] * len(places),
            "sheet": [reading.name] * len(places),
            "cell": places,
            "text": [
                CONTACT if taken_as == "withheld" else shown
                for shown, taken_as in zip(reading.grid.shown[part], books.taken_as[part], strict=True)
            ],
            "taken_as": books.taken_as[part],
            "field": books.fields[part],
            "programme_id": books.programme_ids[part],
        }


class _Letters(dict[int, str]):
    """The letters of columns by their number."""

    def __missing__(self, column: int) -> str:
        self[column] = column_letter(column)
        return self[column]


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
            "header_text": _redact_heading(column.heading),
            "field": column.field,
        }
        for table in reading.tables
        for number, column in table.columns.items()
    ]
