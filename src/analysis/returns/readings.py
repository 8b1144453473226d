"""What reading one worksheet gives, step by step: what its cells were taken for, records, doubts."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ..codelists import CodeLists
from ..problems import Problem
from ..workbooks import Cell, address
from .doubts import doubt
from .grid import Grid, Place
from .tables import Table

_NO_COLUMNS: Final[Mapping[str, int]] = {}


@dataclass(slots=True)
class Record:
    """What a worksheet says of one programme: its texts by field, and the cell that each came from.

    A text stands in `row` and in the column that `columns` gives for its field, unless `places` names another cell.
    `doubled` are the fields that two columns tell differently, `asked` those that nobody need ask for once more.
    `may_be_nil` is false where none of the texts is "k. A." and the like.
    """

    programme_id: str
    row: int
    place: Place
    columns: Mapping[str, int] = field(default_factory=lambda: _NO_COLUMNS)
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    doubled: tuple[str, ...] = ()
    asked: frozenset[str] = frozenset()
    may_be_nil: bool = True

    def place_of(self, name: str) -> Place:
        """The cell that the text of a field came from."""
        return self.places[name] if name in self.places else (self.row, self.columns[name])


class Books:
    """What every cell of a worksheet was taken for, in the order of `Sheet.cells` (None: for nothing yet)."""

    def __init__(self, count: int) -> None:
        self.taken_as: list[str | None] = [None] * count
        self.fields: list[str | None] = [None] * count
        self.programme_ids: list[str | None] = [None] * count

    def enter(self, index: int, taken_as: str, name: str | None, programme_id: str | None) -> None:
        """Notes what a cell was taken for, unless that was noted before."""
        if self.taken_as[index] is None:
            self.taken_as[index] = taken_as
            self.fields[index] = name
            self.programme_ids[index] = programme_id


@dataclass
class SheetReading:
    """One worksheet as understood so far: records, cells, and the texts around the tables."""

    workbook: str
    grid: Grid
    codes: CodeLists
    books: Books = field(init=False)
    tables: list[Table] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    fehlanzeigen: list[Place] = field(default_factory=list)
    shared: set[Place] = field(default_factory=set)
    labelled: dict[str, list[tuple[Place, str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.books = Books(len(self.grid.sheet.cells))

    @property
    def name(self) -> str:
        """The worksheet's name."""
        return self.grid.sheet.name

    def ask(self, code: str, message: str, place: Place | None = None, **more: str | None) -> None:
        """Adds one doubt about a cell of this worksheet, or about the worksheet."""
        cell = address(*place) if place else None
        self.problems.append(doubt(code, message, workbook=self.workbook, sheet=self.name, cell=cell, **more))

    def take(
        self, place: Place, taken_as: str, name: str | None = None, programme_id: str | None = None
    ) -> None:
        """Notes what a filled cell was taken for, unless that was noted before."""
        index = self.grid.index(place)
        if index is not None:
            self.books.enter(index, taken_as, name, programme_id)

    def retake(self, place: Place, taken_as: str) -> None:
        """Takes a cell that was taken for something else before."""
        index = self.grid.index(place)
        if index is not None:
            self.books.taken_as[index] = None
            self.books.enter(index, taken_as, None, None)

    def is_taken(self, place: Place) -> bool:
        """Whether a cell was already taken for something."""
        index = self.grid.index(place)
        return index is not None and self.books.taken_as[index] is not None

    def taken(self, place: Place) -> tuple[str | None, str | None]:
        """What a cell was taken for, and the field that it tells."""
        index = self.grid.index(place)
        return (None, None) if index is None else (self.books.taken_as[index], self.books.fields[index])

    def open_cells(self) -> list[Cell]:
        """The cells not yet taken for anything, by row and column."""
        cells = zip(self.grid.sheet.cells, self.books.taken_as, strict=True)
        return [cell for cell, taken_as in cells if taken_as is None]

    def places_taken_as(self, *kinds: str) -> list[Place]:
        """The cells taken for one of these, by row and column."""
        cells = zip(self.grid.sheet.cells, self.books.taken_as, strict=True)
        return [(cell.row, cell.column) for cell, taken_as in cells if taken_as in kinds]


def programme_id(workbook: str, sheet: str, row: int, left: int = 1) -> str:
    """The key of the programme in one row of one worksheet, the same on every machine and in every run.

    `left` tells tables that stand side by side apart.
    """
    digest = _digest_of(workbook, sheet).copy()
    digest.update(f"{row}\n{left}".encode() if left > 1 else str(row).encode())
    return "p" + digest.hexdigest()[:10]


@lru_cache(maxsize=100)
def _digest_of(workbook: str, sheet: str) -> "hashlib._Hash":
    return hashlib.sha256(unicodedata.normalize("NFC", f"{workbook}\n{sheet}\n").encode())
