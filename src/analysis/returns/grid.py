"""One worksheet as a grid of texts in which a merged value stands in every cell that it covers."""

from collections.abc import Mapping
from functools import cached_property

from ..workbooks import Cell, Sheet, Span
from .privacy import redact

Place = tuple[int, int]
_MOST_COVERED = 2_000_000
# What nobody sees at the edge of a text, invisible signs included.
BLANKS = " \t\n\r\x0b\x0c\x85\xa0\u2002\u2003\u2009\u202f\u200b\u200c\u200d\u2060\ufeff\xad"


class Grid:
    """Texts by row and column; personal data is replaced, corrections are applied, blanks count as empty.

    `corrections` gives the corrected text by place; `cells` stays what the file holds.
    """

    def __init__(self, sheet: Sheet, corrections: Mapping[Place, str]) -> None:
        self.sheet = sheet
        self.cells: dict[Place, Cell] = {
            (cell.row, cell.column): cell._replace(text=redact(cell.text)) for cell in sheet.cells
        }
        self.texts: dict[Place, str] = {
            place: cell.text.strip(BLANKS)
            for place, cell in self.cells.items()
            if cell.kind not in ("blank", "formula")
        }
        self.texts.update({place: redact(text).strip(BLANKS) for place, text in corrections.items()})
        self.texts = {place: text for place, text in self.texts.items() if text}
        self.spans: dict[Place, Span] = {}
        self._anchors: dict[Place, Place] = {}
        self._cover()

    def _cover(self) -> None:
        bottom = max((row for row, _ in self.cells), default=0)
        right = max((column for _, column in self.cells), default=0)
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
        """The filled columns of every row that holds something, both in order."""
        rows: dict[int, list[int]] = {}
        for row, column in sorted(self.texts):
            rows.setdefault(row, []).append(column)
        return rows

    @cached_property
    def bottom(self) -> int:
        """The last row that holds something."""
        return max(self.rows, default=0)

    def anchor(self, place: Place) -> Place:
        """The cell that speaks for a place: the top left one of its merged range, else the place itself."""
        return self._anchors.get(place, place)

    def text(self, place: Place) -> str:
        """What a place says, its merged range's text included; empty where it says nothing."""
        return self.texts.get(self._anchors.get(place, place), "")

    def is_covered(self, place: Place) -> bool:
        """Whether a place lies under a merged range without being the cell that speaks for it."""
        return self.anchor(place) != place

    def right_of(self, place: Place) -> Place | None:
        """The next filled cell to the right in the same row."""
        span = self.spans.get(place)
        after = span.right if span else place[1]
        columns = [column for column in self.rows.get(place[0], ()) if column > after]
        return (place[0], columns[0]) if columns else None
