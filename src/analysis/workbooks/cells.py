"""Workbooks, worksheets and cells as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384


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
    """One worksheet: its filled cells by row and column, and how many the file holds, counted on its own.

    `comments` gives the notes at cells, a conversation's answers line by line, by row and column.
    """

    name: str
    visibility: str
    cells: tuple[Cell, ...]
    merges: tuple[Span, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    nonempty: int
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Workbook:
    """One workbook: its worksheets in the order of the file, hidden ones too.

    `note` says in a German sentence what people must know of the file as a whole, such as that it is no workbook.
    """

    sheets: tuple[Sheet, ...]
    note: str | None = None


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


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """The number, from 1, of a column by its letters: A is 1, AA is 27; what is no column lies beyond the last one."""
    if len(letters) > 3 or not (letters.isascii() and letters.isalpha()):
        return LAST_COLUMN + 1
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def split_address(reference: str) -> tuple[int, int]:
    """Row and column, from 1, of an address such as "B7" or "$B$7"; a whole column or row counts as its first cell."""
    plain = reference.replace("$", "").upper()
    letters = plain.rstrip("0123456789")
    return int(plain[len(letters) :] or 1), column_number(letters) if letters else 1
