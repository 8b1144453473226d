"""One worksheet as a grid of filled cells in which a merged value stands in every cell that it covers."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from ..codelists import CodeLists
from ..workbooks import Sheet, Span
from .hints import MAY_NAME_PERSON, hints_of
from .privacy import redact, redact_slowly

Place = tuple[int, int]
_MOST_COVERED: Final = 2_000_000
# What nobody sees at the edge of a text, invisible signs included.
BLANKS: Final = " \t\n\r\x0b\x0c\x85\xa0\u2002\u2003\u2009\u202f\u200b\u200c\u200d\u2060\ufeff\xad"
_UNSAID: Final = frozenset({"blank", "formula"})
_NUMBERS: Final = frozenset({"number", "date"})
ADDED: Final = "added"  # the kind of a cell that the file leaves empty and a correction fills


class Filled:
    """One filled cell: its kind, what it says without persons, and what it was taken for (None: nothing yet).

    `raw` is the whole text as the file has it, `text` what counts: without blanks around it, and corrected. `hints`
    tells what the words of `text` rule out.
    """

    __slots__ = ("field", "hints", "kind", "programme_id", "raw", "taken_as", "text")

    def __init__(self, raw: str, text: str, kind: str, hints: int) -> None:
        self.raw = raw
        self.text = text
        self.kind = kind
        self.hints = hints
        self.taken_as: str | None = None
        self.field: str | None = None
        self.programme_id: str | None = None


class Grid:
    """The filled cells by row and column; personal data is replaced, corrections are applied, blanks count as empty.

    `corrections` gives the corrected text by place; `replaced` tells in which cells personal data was replaced.
    """

    def __init__(self, sheet: Sheet, corrections: Mapping[Place, str], codes: CodeLists) -> None:
        self.sheet = sheet
        self._hints = hints_of(codes)
        self.cells: dict[int, dict[int, Filled]] = {}
        self.replaced: list[Place] = []
        current, line = 0, dict[int, Filled]()
        for row, column, raw, kind in sheet.cells:
            if row != current:
                current, line = row, self.cells.setdefault(row, {})
            text = "" if kind in _UNSAID else raw.strip(BLANKS)
            hints = self._hints.of_number if kind in _NUMBERS else self._hints.of(text)
            if hints & MAY_NAME_PERSON and kind == "text":
                shown = redact_slowly(raw)
                if shown != raw:
                    self.replaced.append((row, column))
                    raw, text = shown, shown.strip(BLANKS)
                    hints = self._hints.of(text)
            line[column] = Filled(raw, text, kind, hints)
        for place, text in corrections.items():
            self._correct(place, redact(text).strip(BLANKS))
        self.spans: dict[Place, Span] = {}
        self._anchors: dict[Place, Place] = {}
        if sheet.merges:
            self._cover()

    def _correct(self, place: Place, text: str) -> None:
        """Lets a cell say something else; one that the file leaves empty is added at its place."""
        row, column = place
        line = self.cells.setdefault(row, {})
        if column in line:
            line[column].text, line[column].hints = text, self._hints.of(text)
            return
        line[column] = Filled(text, text, ADDED, self._hints.of(text))
        self.cells[row] = dict(sorted(line.items()))
        self.cells = dict(sorted(self.cells.items()))

    def _cover(self) -> None:
        bottom = max(self.cells, default=0)
        right = max((max(line) for line in self.cells.values()), default=0)
        for span in self.sheet.merges:
            if span.bottom < span.top or span.right < span.left or span.top > bottom or span.left > right:
                continue
            kept = Span(span.top, span.left, min(span.bottom, bottom), min(span.right, right))
            self.spans[span.top, span.left] = kept
            area = (kept.bottom - kept.top + 1) * (kept.right - kept.left + 1)
            if len(self._anchors) + area > _MOST_COVERED:
                continue
            for row in range(kept.top, kept.bottom + 1):
                for column in range(kept.left, kept.right + 1):
                    self._anchors[row, column] = (span.top, span.left)

    @cached_property
    def rows(self) -> dict[int, list[int]]:
        """The columns that say something, of every row that says something, both in order."""
        rows = (
            (row, [column for column, cell in line.items() if cell.text]) for row, line in self.cells.items()
        )
        return {row: columns for row, columns in rows if columns}

    def rows_between(self, top: int, bottom: int) -> list[int]:
        """The rows from `top` to `bottom` that say something."""
        return self._numbers[bisect_left(self._numbers, top) : bisect_right(self._numbers, bottom)]

    @cached_property
    def _numbers(self) -> list[int]:
        return list(self.rows)

    @cached_property
    def bottom(self) -> int:
        """The last row that says something."""
        return max(self.rows, default=0)

    def places(self) -> Iterator[tuple[Place, Filled]]:
        """Every filled cell of the file with its place, by row and column."""
        for row, line in self.cells.items():
            for column, cell in line.items():
                if cell.kind != ADDED:
                    yield (row, column), cell

    def open_places(self) -> list[Place]:
        """The places of the filled cells that were not yet taken for anything, by row and column."""
        return [
            (row, column)
            for row, line in self.cells.items()
            for column, cell in line.items()
            if cell.taken_as is None and cell.kind != ADDED
        ]

    def cell(self, place: Place) -> Filled | None:
        """The filled cell at a place, None where the file has none."""
        line = self.cells.get(place[0])
        cell = line.get(place[1]) if line else None
        return None if cell is None or cell.kind == ADDED else cell

    def own(self, place: Place) -> str:
        """What the very cell at a place says; empty where it says nothing."""
        line = self.cells.get(place[0])
        cell = line.get(place[1]) if line else None
        return cell.text if cell else ""

    def anchor(self, place: Place) -> Place:
        """The cell that speaks for a place: the top left one of its merged range, else the place itself."""
        return self._anchors.get(place, place)

    def text(self, place: Place) -> str:
        """What a place says, its merged range's text included; empty where it says nothing."""
        return self.own(self._anchors.get(place, place))

    def is_covered(self, place: Place) -> bool:
        """Whether a place lies under a merged range without being the cell that speaks for it."""
        return self.anchor(place) != place

    def right_of(self, place: Place) -> Place | None:
        """The next cell to the right in the same row that says something."""
        span = self.spans.get(place)
        after = span.right if span else place[1]
        return next(((place[0], column) for column in self.rows.get(place[0], ()) if column > after), None)
