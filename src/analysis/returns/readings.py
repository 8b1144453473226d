"""What reading one worksheet gives, step by step: what its cells were taken for, records, doubts."""

import hashlib
import unicodedata
from dataclasses import dataclass, field

from ..codelists import CodeLists
from ..problems import Problem
from ..workbooks import address
from .doubts import doubt
from .grid import Grid, Place
from .tables import Table


@dataclass
class Record:
    """One row of a table that names a programme: its texts by field, and the cell that each came from.

    `doubled` are the fields that two columns tell differently, `asked` those that nobody need ask for once more.
    """

    programme_id: str
    row: int
    place: Place
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    doubled: set[str] = field(default_factory=set)
    asked: frozenset[str] = frozenset()


@dataclass
class SheetReading:
    """One worksheet as understood so far: records, cells, and the texts around the tables."""

    workbook: str
    grid: Grid
    codes: CodeLists
    tables: list[Table] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    fehlanzeigen: list[Place] = field(default_factory=list)
    shared: set[Place] = field(default_factory=set)
    labelled: dict[str, list[tuple[Place, str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

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
        """Notes what a filled cell was taken for; the first word on a cell stands."""
        cell = self.grid.cell(place)
        if cell is not None and cell.taken_as is None:
            cell.taken_as, cell.field, cell.programme_id = taken_as, name, programme_id

    def retake(self, place: Place, taken_as: str) -> None:
        """Takes a cell that was taken for something else before."""
        cell = self.grid.cell(place)
        if cell is not None:
            cell.taken_as, cell.field, cell.programme_id = taken_as, None, None

    def is_taken(self, place: Place) -> bool:
        """Whether a cell was already taken for something."""
        cell = self.grid.cell(place)
        return cell is not None and cell.taken_as is not None


def programme_id(workbook: str, sheet: str, row: int, left: int = 1) -> str:
    """The key of the programme in one row of one worksheet, the same on every machine and in every run.

    `left` tells tables that stand side by side apart.
    """
    origin = unicodedata.normalize("NFC", f"{workbook}\n{sheet}\n{row}" + f"\n{left}" * (left > 1))
    return "p" + hashlib.sha256(origin.encode()).hexdigest()[:10]
