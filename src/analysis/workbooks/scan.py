"""What our own readers find in a worksheet: the check on python-calamine, and what it does not tell."""

from dataclasses import dataclass, field
from typing import Final

from .cells import LAST_COLUMN, LAST_ROW, Cell, Sheet, Span

Place = tuple[int, int]
# What a cell says that is filled but cannot be read.
DAMAGED_CELL: Final = ("#FEHLER", "error")
MOST_FILLED: Final = 2_000_000
MOST_MERGES: Final = 100_000
# python-calamine holds the whole used range in memory, empty cells too, 24 bytes each.
_MOST_CELLS: Final = 10_000_000


class TooBig(Exception):
    """The file is bigger than anything a department fills in; the text says where, in German."""


@dataclass
class SheetScan:
    """One worksheet as its file says: text and kind of filled cells by place, merges, hidden lines, comments.

    `plain` counts the filled cells that a quick way has passed over: they are nothing but values, which are
    python-calamine's to read. `bottom` and `right` end the used range.
    """

    cells: dict[Place, tuple[str, str]] = field(default_factory=dict)
    plain: int = 0
    merges: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: dict[Place, str] = field(default_factory=dict)
    bottom: int = 0
    right: int = 0
    visibility: str = "visible"

    @property
    def nonempty(self) -> int:
        """How many cells hold something."""
        return len(self.cells) + self.plain

    @property
    def is_wide(self) -> bool:
        """Whether a stray cell makes the used range bigger than python-calamine can hold: it aborts then."""
        return self.bottom * self.right > _MOST_CELLS or not self.is_possible

    @property
    def is_possible(self) -> bool:
        """Whether the used range lies within what a worksheet can have."""
        return self.bottom <= LAST_ROW and self.right <= LAST_COLUMN

    def add(self, row: int, column: int, text: str, kind: str) -> None:
        """Notes a filled cell."""
        self.cells[row, column] = text, kind
        self.reach(row, column)
        if len(self.cells) > MOST_FILLED:
            raise TooBig(f"Die Datei hat mehr als {MOST_FILLED} ausgefüllte Zellen auf einem Blatt")

    def reach(self, row: int, column: int) -> None:
        """Notes that the used range goes at least to this cell."""
        self.bottom = max(self.bottom, row)
        self.right = max(self.right, column)

    def merge(self, span: Span) -> None:
        """Notes a merged range."""
        self.merges.append(span)
        if len(self.merges) > MOST_MERGES:
            raise TooBig(f"Die Datei hat mehr als {MOST_MERGES} verbundene Bereiche auf einem Blatt")

    def own_cells(self) -> tuple[Cell, ...]:
        """The cells by row and column as this scan alone reads them."""
        return tuple(Cell(*place, *self.cells[place]) for place in sorted(self.cells))

    def as_sheet(self, name: str, cells: tuple[Cell, ...] | None = None) -> Sheet:
        """The worksheet, with the cells of this scan or with those that it was joined with."""
        return Sheet(
            name=name,
            visibility=self.visibility,
            cells=self.own_cells() if cells is None else cells,
            merges=tuple(self.merges),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            nonempty=self.nonempty,
            comments=self.comments,
        )
