"""One worksheet as a grid of texts in which a merged value stands in every cell that it covers."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from ..codelists import CodeLists
from ..workbooks import Sheet, Span
from .hints import IS_NO_HEADING, MAY_BE_TEMPLATE, MAY_NAME_PERSON, SAYS_SOMETHING, Hints, hints_of
from .privacy import redact, redact_slowly

Place = tuple[int, int]
# What nobody sees at the edge of a text, invisible signs included.
BLANKS: Final = " \t\n\r\x0b\x0c\x85\xa0\u2002\u2003\u2009\u202f\u200b\u200c\u200d\u2060\ufeff\xad"
_UNSAID: Final = frozenset({"blank", "formula"})
_NUMBERS: Final = frozenset({"number", "date"})
_PLAIN_KINDS: Final = _NUMBERS | {"text", "bool"}  # cells that are nothing but their text
_DOUBTFUL: Final = SAYS_SOMETHING | MAY_BE_TEMPLATE
# Merges beyond so many columns in all are the work of a broken program.
_MOST_MERGED_COLUMNS: Final = 500_000


class Grid:
    """The texts of a worksheet by row and column; personal data is replaced, corrections are applied.

    `texts` holds what every row says, column by column, both in order: without the blanks around a text, and nothing
    of cells that say nothing. `shown` is the whole text of each cell of `sheet.cells`, in their order.

    `may_be_headings`, `doubtful_rows` and `odd_rows` spare others a look at every text: the cells whose words do not
    rule out a heading; the rows with a text that may be nil or the form's own; the rows with a cell that is more or
    less than its text, as are errors, formulas without value, blanks and corrections. `replaced` are the cells in
    which personal data was replaced. `corrections` gives the corrected text by place.
    """

    def __init__(self, sheet: Sheet, corrections: Mapping[Place, str], codes: CodeLists) -> None:
        self.sheet = sheet
        self.shown: list[str] = []
        self.texts: dict[int, dict[int, str]] = {}
        self.may_be_headings: list[Place] = []
        self.doubtful_rows: set[int] = set()
        self.odd_rows: set[int] = set()
        self.replaced: list[Place] = []
        self.spans: dict[Place, Span] = {}
        self._merges: dict[int, tuple[list[int], list[Span]]] = {}
        self._merged_rows: list[tuple[int, int]] = []
        self._read_cells(hints_of(codes))
        if corrections:
            self._correct(corrections)
        if sheet.merges:
            self._cover()

    def _read_cells(self, hints: Hints) -> None:
        current, line = 0, dict[int, str]()
        for row, column, text, kind in self.sheet.cells:
            if row != current:
                current, line = row, {}
                self.texts[row] = line
            # Persons stand in texts: a number or a date is none, whatever it looks like.
            hint = hints.of_number if kind in _NUMBERS else hints.of(text)
            if hint & MAY_NAME_PERSON and kind not in _NUMBERS:
                text, whole = redact_slowly(text), text
                if text != whole:
                    self.replaced.append((row, column))
                    hint = hints.of(text)
            said = text.strip(BLANKS)
            if kind not in _PLAIN_KINDS or said != text:
                self.odd_rows.add(row)
                if kind in _UNSAID:
                    said = ""
            self.shown.append(text)
            if said:
                line[column] = said
            if hint != SAYS_SOMETHING | IS_NO_HEADING:
                self._note_hint(row, column, hint)
        if self.odd_rows:
            self.texts = {row: line for row, line in self.texts.items() if line}

    def _note_hint(self, row: int, column: int, hint: int) -> None:
        if not hint & IS_NO_HEADING:
            self.may_be_headings.append((row, column))
        if hint & _DOUBTFUL != SAYS_SOMETHING:
            self.doubtful_rows.add(row)

    def _correct(self, corrections: Mapping[Place, str]) -> None:
        for (row, column), text in corrections.items():
            line = self.texts.setdefault(row, {})
            line.pop(column, None)
            if said := redact(text).strip(BLANKS):
                line[column] = said
            self.texts[row] = dict(sorted(line.items()))
            self.odd_rows.add(row)
            self.may_be_headings.append((row, column))
        self.texts = {row: line for row, line in sorted(self.texts.items()) if line}
        self.may_be_headings = sorted(set(self.may_be_headings))

    def _cover(self) -> None:
        """Keeps the merges that reach into the filled area, by their columns and by their rows."""
        cells = self.sheet.cells
        bottom = cells[-1].row if cells else 0
        right = max((cell.column for cell in cells), default=0)
        merged_columns = 0
        for span in sorted(self.sheet.merges):
            if span.bottom < span.top or span.right < span.left or span.top > bottom or span.left > right:
                continue
            kept = Span(span.top, span.left, min(span.bottom, bottom), min(span.right, right))
            self.spans[span.top, span.left] = kept
            merged_columns += kept.right - kept.left + 1
            if merged_columns > _MOST_MERGED_COLUMNS:
                continue
            for column in range(kept.left, kept.right + 1):
                tops, spans = self._merges.setdefault(column, ([], []))
                tops.append(kept.top)
                spans.append(kept)
            if self._merged_rows and kept.top <= self._merged_rows[-1][1]:
                top, last = self._merged_rows[-1]
                self._merged_rows[-1] = top, max(last, kept.bottom)
            else:
                self._merged_rows.append((kept.top, kept.bottom))

    def rows_between(self, top: int, bottom: int) -> list[int]:
        """The rows from `top` to `bottom` that say something."""
        return self._numbers[bisect_left(self._numbers, top) : bisect_right(self._numbers, bottom)]

    @cached_property
    def rows(self) -> dict[int, tuple[int, ...]]:
        """The columns that say something, of every row that says something, both in order."""
        same: dict[tuple[int, ...], tuple[int, ...]] = {}  # most rows fill the same columns
        return {
            row: same.setdefault(columns, columns)
            for row, columns in ((row, tuple(line)) for row, line in self.texts.items())
        }

    @cached_property
    def _numbers(self) -> list[int]:
        return list(self.texts)

    @cached_property
    def bottom(self) -> int:
        """The last row that says something."""
        return self._numbers[-1] if self._numbers else 0

    def index(self, place: Place) -> int | None:
        """Where `sheet.cells` holds the cell at a place, None where the file has none."""
        row, column = place
        index = bisect_left(self.sheet.cells, (row, column, "", ""))
        if index < len(self.sheet.cells):
            cell = self.sheet.cells[index]
            if cell.row == row and cell.column == column:
                return index
        return None

    def kind(self, place: Place) -> str | None:
        """The kind of value of the cell at a place, None where the file has none."""
        index = self.index(place)
        return None if index is None else self.sheet.cells[index].kind

    def whole(self, place: Place) -> str:
        """The whole text of the cell at a place, with the blanks around it; empty where the file has none."""
        index = self.index(place)
        return "" if index is None else self.shown[index]

    def own(self, place: Place) -> str:
        """What the very cell at a place says; empty where it says nothing."""
        line = self.texts.get(place[0])
        return line.get(place[1], "") if line else ""

    def is_merged(self, row: int) -> bool:
        """Whether a merge reaches into a row."""
        if not self._merged_rows:
            return False
        index = bisect_left(self._merged_rows, (row + 1, 0)) - 1
        return index >= 0 and row <= self._merged_rows[index][1]

    def anchor(self, place: Place) -> Place:
        """The cell that speaks for a place: the top left one of its merged range, else the place itself."""
        merges = self._merges.get(place[1])
        if merges is not None:
            tops, spans = merges
            index = bisect_right(tops, place[0]) - 1
            if index >= 0 and place[0] <= spans[index].bottom:
                return spans[index].top, spans[index].left
        return place

    def text(self, place: Place) -> str:
        """What a place says, its merged range's text included; empty where it says nothing."""
        return self.own(self.anchor(place) if self._merges else place)

    def is_covered(self, place: Place) -> bool:
        """Whether a place lies under a merged range without being the cell that speaks for it."""
        return self.anchor(place) != place

    def right_of(self, place: Place) -> Place | None:
        """The next cell to the right in the same row that says something."""
        span = self.spans.get(place)
        after = span.right if span else place[1]
        columns = self.rows.get(place[0], ())
        index = bisect_right(columns, after)
        return (place[0], columns[index]) if index < len(columns) else None
