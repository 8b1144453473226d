"""Many cells in few words: addresses joined to ranges, as a spreadsheet names them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from .cells import address, split_address


def compact_ranges(cells: Iterable[str]) -> list[str]:
    """The fewest words for these cells: "I5:I24", or "I5:J24" where neighbouring columns hold the same rows."""
    rows: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted({split_address(cell) for cell in cells}):
        rows[column].append(row)
    columns: dict[tuple[int, int], list[int]] = defaultdict(list)
    for column, numbers in sorted(rows.items()):
        for run in _runs(numbers):
            columns[run].append(column)
    blocks = sorted(
        (top, left, bottom, right)
        for (top, bottom), numbers in columns.items()
        for left, right in _runs(numbers)
    )
    return [
        address(top, left)
        if (top, left) == (bottom, right)
        else f"{address(top, left)}:{address(bottom, right)}"
        for top, left, bottom, right in blocks
    ]


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of rising numbers that follow one another."""
    first = previous = None
    for number in numbers:
        if first is None or previous is None:
            first = number
        elif number != previous + 1:
            yield first, previous
            first = number
        previous = number
    if first is not None and previous is not None:
        yield first, previous
