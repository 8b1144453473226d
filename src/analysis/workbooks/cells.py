"""Workbooks, worksheets and cells as plain data."""

from dataclasses import dataclass
from typing import NamedTuple


class Cell(NamedTuple):
    """One filled cell: row and column from 1, its text, and the kind of its value.

    `kind` is text, number, date, bool, error, formula (a formula that the file stores no value of) or blank (a
    formula whose stored value is the empty string).
    """

    row: int
    column: int
    text: str
    kind: str


class Span(NamedTuple):
    """One merged range, first and last row and column included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its filled cells by row and column, and how many the file holds, counted on its own."""

    name: str
    visibility: str
    cells: tuple[Cell, ...]
    merges: tuple[Span, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    nonempty: int


@dataclass(frozen=True)
class Workbook:
    """One workbook: its worksheets in the order of the file, hidden ones too."""

    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Unreadable:
    """A file that cannot be read: what was found instead of a workbook, in German, without a full stop."""

    reason: str


def column_letter(column: int) -> str:
    """The letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The A1 address of a cell."""
    return f"{column_letter(column)}{row}"
