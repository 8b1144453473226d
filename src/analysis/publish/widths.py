"""How wide the columns of a printed table become: short texts keep their width, long ones share the rest."""

import math
import re
from collections.abc import Sequence
from typing import Final

from .glyphs import text_width
from .tables import Grid

UPRIGHT: Final = 462.0  # points between the margins of an A4 page
ON_ITS_SIDE: Final = 708.0
_SIZE: Final = 9.0
_PADDING: Final = 11.0
_BOLD: Final = 1.07  # how much wider the headings' bold signs are
_HYPHENATED: Final = 13  # German words in cells are hyphenated, so no column needs more signs in a row
# Lines of a typical row above which a table reads better on its side; five columns bear more than six.
_TALL: Final = 4.0
_TALL_OF_FIVE: Final = 7.0


def column_widths(grid: Grid, room: float) -> list[float] | None:
    """One width in points per column, all of the room together; None where every text fits on one line."""
    natural = [
        max(_text_width(head) * _BOLD, *map(_text_width, texts or [""])) + _PADDING
        for head, *texts in _columns(grid)
    ]
    if sum(natural) <= room:
        return None
    least = [
        min(
            full,
            max(_least(head, len(head)) * _BOLD, *(_least(text, _HYPHENATED) for text in texts or [""]))
            + _PADDING,
        )
        for full, (head, *texts) in zip(natural, _columns(grid), strict=True)
    ]
    if sum(least) >= room:
        return [room * width / sum(least) for width in least]
    widths = list(least)
    # What is left goes where the most text is still folded, a little at a time: rows become even.
    step = (room - sum(least)) / 200
    for _ in range(200):
        neediest = max(
            range(len(widths)), key=lambda i: (natural[i] - _PADDING) / (widths[i] - _PADDING + 0.1)
        )
        widths[neediest] += step
    return widths


def is_wide(grid: Grid) -> bool:
    """Whether the table needs a page on its side: its words do not fit upright, or its rows become towers."""
    if len(grid.header) < 5 or (upright := column_widths(grid, UPRIGHT)) is None:
        return False
    words = [max(_least(text, _HYPHENATED) for text in column) + _PADDING for column in _columns(grid)]
    lines = _row_lines(grid, upright)
    return sum(words) > UPRIGHT or sum(lines) > len(lines) * (_TALL_OF_FIVE if len(words) == 5 else _TALL)


def tallest_row(grid: Grid, widths: Sequence[float]) -> int:
    """How many lines the tallest row has, roughly."""
    return max(_row_lines(grid, widths), default=0)


def _row_lines(grid: Grid, widths: Sequence[float]) -> list[int]:
    return [
        max(_count_lines(text, width) for text, width in zip(row, widths, strict=True)) for row in grid.rows
    ]


def _count_lines(text: str, width: float) -> int:
    room = max(_SIZE, width - _PADDING)
    return sum(max(1, math.ceil(text_width(line, _SIZE) / room)) for line in text.split("\n"))


def _columns(grid: Grid) -> list[tuple[str, ...]]:
    return list(zip(grid.header, *grid.rows, strict=True))


def _text_width(text: str) -> float:
    return max(text_width(line, _SIZE) for line in text.split("\n"))


def _least(text: str, longest: int) -> float:
    """The room that the widest word needs, as far as it cannot be hyphenated."""
    return max(text_width(word[:longest], _SIZE) for word in re.split(r"[\s\-–/]+", text))
