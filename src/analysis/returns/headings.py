"""Asks about the headings of a table: two that mean the same field, and those that a table of programmes needs."""

from collections.abc import Sequence
from typing import Final

from ..workbooks import address
from .grid import Grid, Place
from .readings import Record, SheetReading
from .tables import Column, Table

# Several columns of these are usual, and nothing is told from them.
_MAY_REPEAT: Final = frozenset({"contact"})
# What a table of programmes must ask for, by any of these fields; how to say that it does not.
_NEEDED: Final = (
    (frozenset({"title"}), "title_column_missing", "Titel", "„Maßnahme“ oder „Projekt“"),
    (frozenset({"start", "period"}), "start_column_missing", "Beginn", "„Beginn“ oder „Laufzeit“"),
)


def ask_about_headings(reading: SheetReading, table: Table, records: Sequence[Record]) -> None:
    """One question per field that two headings claim, and per needed one that none of them is.

    `records` are those of the table: none of them is asked for what the whole table does not tell.
    """
    fields = set(table.fields.values())
    missing = [needed for needed in _NEEDED if not needed[0] & fields]
    is_doubled = len(fields) < len(table.fields)
    if not records or not (missing or is_doubled):
        return
    is_new = not _is_repeated(reading, table)
    if is_new and is_doubled:
        _ask_about_doubled(reading, table)
    for wanted, code, name, examples in missing:
        for record in records:
            record.asked |= wanted
        if is_new:
            every = list(table.columns.values())
            reading.ask(
                code,
                f"Keine Überschrift der Tabelle nennt den {name}; bitte klären, ob eine Spalte ihn enthält, sonst ihn "
                "erfragen.",
                _place(reading.grid, table, every[0]),
                field=min(wanted, key=len),
                found=_list(reading.grid, table, every)[:500],
                expected=f"eine Überschrift wie {examples}",
            )


def _ask_about_doubled(reading: SheetReading, table: Table) -> None:
    for name in dict.fromkeys(table.fields.values()):
        columns = [column for column in table.columns.values() if column.field == name]
        if len(columns) < 2 or name in _MAY_REPEAT:
            continue
        found = _list(reading.grid, table, columns)
        reading.ask(
            "double_column",
            f"Die Überschriften {found} meinen dasselbe; ihre Texte wurden zusammengenommen, bitte prüfen.",
            _place(reading.grid, table, columns[1]),
            field=name,
            found=found[:500],
        )


def _is_repeated(reading: SheetReading, table: Table) -> bool:
    """Whether a table above was asked about: headings come again on every printed page."""
    headings = list(table.columns.values())
    return any(
        other.top < table.top
        and list(other.columns.values()) == headings
        and any(other.top < record.row <= other.bottom for record in reading.records)
        for other in reading.tables
    )


def _list(grid: Grid, table: Table, columns: Sequence[Column]) -> str:
    """The headings with their cells: "„Beginn“ (C3) und „Seit“ (D3)"."""
    named = [f"„{column.heading}“ ({address(*_place(grid, table, column))})" for column in columns]
    return " und ".join(filter(None, (", ".join(named[:-1]), named[-1])))


def _place(grid: Grid, table: Table, column: Column) -> Place:
    """The cell of a heading: the lowest of the column that says something."""
    rows = range(table.header_bottom, table.top - 1, -1)
    places = (grid.anchor((row, column.number)) for row in rows)
    return next((place for place in places if grid.own(place)), (table.top, column.number))
