"""How wide the columns of a printed table become: short texts keep their width, long ones share the rest."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import permutations
from typing import Final

from .glyphs import printable, text_width
from .tables import Grid

UPRIGHT: Final = 462.0  # points between the margins of an A4 page
ON_ITS_SIDE: Final = 708.0
_SIZE: Final = 9.0
_FIGURES: Final = str.maketrans("123456789", "0" * 9)
_PADDING: Final = 11.0
# How many signs of a word stay together: as many as there is room for, the rest is hyphenated.
_TOGETHER: Final = (22, 18, 15, 13)
_AT_WORST: Final = (9, 6, 4)  # where one endless word after another leaves no room
_LOOKED_AT: Final = 60  # rows of a long table that its widths are made for
_TEXTS: Final = 20_000  # whose widths are remembered: they stand in many tables, each tried for many rooms
_HANDED: Final = (48.0, 24.0, 12.0, 6.0)  # points that one column gives another
# Lines of a typical row above which a table reads better on its side; five columns bear more than six.
_TALL: Final = 4.0
_TALL_OF_FIVE: Final = 7.0
_FEW: Final = 36.0  # lines upright that would leave half of a page on its side empty


def column_widths(grid: Grid, room: float) -> list[float] | None:
    """One width in points per column, all of the room together; None where every text fits on one line."""
    natural = _natural_widths(grid)
    if sum(natural) <= room:
        return None
    least = next(
        (words for longest in (*_TOGETHER, *_AT_WORST) if sum(words := _least_widths(grid, longest)) <= room),
        _least_widths(grid, _AT_WORST[-1]),
    )
    if sum(least) >= room:
        return [room * width / sum(least) for width in least]
    lack = [max(1.0, need - width) for need, width in zip(natural, least, strict=True)]
    rest = room - sum(least)
    return _lowest(
        grid, least, [width + rest * need / sum(lack) for width, need in zip(least, lack, strict=True)]
    )


def is_wide(grid: Grid) -> bool:
    """Whether the table needs a page on its side: its words do not fit upright, or its rows become towers.

    A few towers are better than a nearly empty page, as long as no word must be parted more than once.
    """
    if len(grid.header) < 5 or (upright := column_widths(grid, UPRIGHT)) is None:
        return False
    lines = row_lines(grid, upright)
    tall = _TALL_OF_FIVE if len(upright) == 5 else _TALL
    if sum(lines) < _FEW:
        return sum(_least_widths(grid, _TOGETHER[-1])) > UPRIGHT
    return sum(_least_widths(grid, _TOGETHER[0])) > UPRIGHT or sum(lines) > len(lines) * tall


def splits_words(grid: Grid, widths: Sequence[float]) -> bool:
    """Whether some word is wider than its column, so that the table's words must be hyphenated."""
    needed = _least_widths(grid, None)
    return any(need > width for need, width in zip(needed, widths, strict=True))


def row_lines(grid: Grid, widths: Sequence[float]) -> list[float]:
    """How many lines each row has, roughly."""
    return [
        max(_count_lines(text, width) for text, width in zip(row, widths, strict=True))
        for row in zip(*(texts for _, *texts in _columns(grid)), strict=True)
    ]


def _lowest(grid: Grid, least: Sequence[float], widths: list[float]) -> list[float]:
    """The widths with room handed from column to column as long as the table becomes lower."""
    step = max(1, len(grid.rows) // _LOOKED_AT)
    columns = [[head, *texts[::step]] for head, *texts in _columns(grid)]
    seen: dict[tuple[int, float], list[float]] = {}

    def lines(column: int, width: float) -> list[float]:
        key = column, round(width, 1)
        if key not in seen:
            seen[key] = [_count_lines(text, width) for text in columns[column]]
        return seen[key]

    def height(widths: Sequence[float]) -> float:
        # The highest cell makes the row; the others count too, for two columns may have to grow before it sinks.
        rows = zip(*(lines(i, width) for i, width in enumerate(widths)), strict=True)
        return sum((max(row) + sum(row) / 4 for row in rows), 0.0)

    best = height(widths)
    for amount in _HANDED:
        while True:
            moves = [
                [w - amount if k == i else w + amount if k == j else w for k, w in enumerate(widths)]
                for i, j in permutations(range(len(widths)), 2)
                if widths[i] - amount >= least[i]
            ]
            lowest, candidate = min(((height(move), move) for move in moves), default=(best, widths))
            if lowest >= best - 1e-9:
                break
            best, widths = lowest, candidate
    return widths


def _count_lines(text: str, width: float) -> float:
    """How many lines the text fills; a word that must be parted counts half a line more."""
    room = max(_SIZE, width - _PADDING)
    count = 0.0
    for line in text.split("\n"):
        used = 0.0
        count += 1
        for wide, trimmed in _pieces(line):
            if used and used + trimmed > room:
                count, used = count + 1, 0.0
            if trimmed > room:
                count += trimmed // room + 0.5
                wide = trimmed % room
            used += wide
    return count


@lru_cache(maxsize=_TEXTS)
def _pieces(line: str) -> list[tuple[float, float]]:
    """The width of each piece that a line may break behind, with the space at its end and without."""
    pieces = re.split(r"(?<=[^\S\xa0])|(?<=[-–/_])(?=\w)", line)
    return [(_width(piece), _width(piece.rstrip())) for piece in pieces]


@lru_cache(maxsize=1)
def _columns(grid: Grid) -> list[tuple[str, ...]]:
    """The texts of each column as they are printed: a sign that no typeface has takes the room of its name."""
    return [tuple(map(printable, texts)) for texts in zip(grid.header, *grid.rows, strict=True)]


@lru_cache(maxsize=1)
def _natural_widths(grid: Grid) -> list[float]:
    """One width per column that each of its texts needs on one line."""
    return [
        max(_text_width(head, is_bold=True), *map(_text_width, texts or [""])) + _PADDING
        for head, *texts in _columns(grid)
    ]


@lru_cache(maxsize=_TEXTS)
def _text_width(text: str, *, is_bold: bool = False) -> float:
    return max(_width(line, is_bold=is_bold) for line in text.split("\n"))


@lru_cache(maxsize=_TEXTS)
def _width(text: str, *, is_bold: bool = False) -> float:
    """The width of one line; in tables all figures are as wide as the widest."""
    return text_width(text.translate(_FIGURES), _SIZE, is_bold=is_bold)


@lru_cache(maxsize=len(_TOGETHER) + len(_AT_WORST) + 1)  # a table is measured for one room after another
def _least_widths(grid: Grid, longest: int | None) -> list[float]:
    """One width per column that the heading's words need, and of the texts' words the first `longest` signs."""
    return [
        max(_word_width(head, is_bold=True), *(_word_width(text, longest) for text in texts or [""]))
        + _PADDING
        for head, *texts in _columns(grid)
    ]


@lru_cache(maxsize=_TEXTS)
def _word_width(text: str, longest: int | None = None, *, is_bold: bool = False) -> float:
    words = re.split(r"[^\S\xa0]+|(?<=[-–/_])", text)
    return max(_width(word[:longest], is_bold=is_bold) for word in words)
