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
# How many signs of a word stay together: as many as there is room for, the rest is hyphenated.
_TOGETHER: Final = (22, 18, 15, 13)
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
    least = next(
        (words for longest in _TOGETHER if sum(words := _least_widths(grid, longest)) <= room),
        _least_widths(grid, _TOGETHER[-1]),
    )
    if sum(least) >= room:
        return [room * width / sum(least) for width in least]
    widths = list(least)
    # Columns that lack least get all they need, as long as that is no more than their share of the rest.
    by_need = sorted(range(len(widths)), key=lambda i: natural[i] - least[i])
    for served, i in enumerate(by_need):
        if natural[i] - least[i] <= (room - sum(widths)) / (len(widths) - served):
            widths[i] = natural[i]
    # What is left goes where most text is still folded, a little at a time: rows become even.
    step = (room - sum(widths)) / 200
    for _ in range(200):
        folded = max(by_need, key=lambda i: (natural[i] - _PADDING) / (widths[i] - _PADDING))
        widths[folded] += step
    return widths


def is_wide(grid: Grid) -> bool:
    """Whether the table needs a page on its side: its words do not fit upright, or its rows become towers."""
    if len(grid.header) < 5 or (upright := column_widths(grid, UPRIGHT)) is None:
        return False
    lines = row_lines(grid, upright)
    tall = _TALL_OF_FIVE if len(upright) == 5 else _TALL
    return sum(_least_widths(grid, _TOGETHER[0])) > UPRIGHT or sum(lines) > len(lines) * tall


def splits_words(grid: Grid, widths: Sequence[float]) -> bool:
    """Whether some word is wider than its column, so that the table's words must be hyphenated."""
    needed = _least_widths(grid, None)
    return any(need > width for need, width in zip(needed, widths, strict=True))


def row_lines(grid: Grid, widths: Sequence[float]) -> list[int]:
    """How many lines each row has, roughly."""
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


def _least_widths(grid: Grid, longest: int | None) -> list[float]:
    """One width per column that the heading's words need, and of the texts' words the first `longest` signs."""
    return [
        max(_word_width(head) * _BOLD, *(_word_width(text, longest) for text in texts or [""])) + _PADDING
        for head, *texts in _columns(grid)
    ]


def _word_width(text: str, longest: int | None = None) -> float:
    words = re.split(r"\s+|(?<=[-–/_])", text)
    return max(text_width(word[:longest], _SIZE) for word in words)
