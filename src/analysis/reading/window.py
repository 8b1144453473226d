"""Which rows and columns of a worksheet are drawn: all of a small one, the telling ones of a large one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ..publish.german import agree, format_number
from ..workbooks import column_letter

MOST_ROWS: Final = 60
MOST_COLUMNS: Final = 26
_OPENING: Final = 20  # rows that are drawn in any case
_SMALL_GAP: Final = 2  # so many empty rows or columns are drawn as they are


@dataclass(frozen=True)
class Gap:
    """Rows from `first` to `last` that are not drawn, and how many filled cells they hold."""

    first: int
    last: int
    filled: int

    @property
    def name(self) -> str:
        """Where the gap is: "13–40"."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    @property
    def text(self) -> str:
        """What is not drawn."""
        count = self.last - self.first + 1
        if not self.filled:
            return f"{format_number(count)} leere {agree(count, 'Zeile', 'Zeilen')}"
        return f"{format_number(count)} {agree(count, 'Zeile', 'Zeilen')} mit {_cells(self.filled)} nicht gezeigt"


def choose_rows(filled: Mapping[int, int], telling: Collection[int]) -> list[int | Gap]:
    """The rows to draw, in order, with the gaps between them.

    `filled` counts the filled cells of each row, `telling` are the rows with doubts, headings and the like: where
    there are too many rows, these are drawn behind the first ones, then others.
    """
    rows = sorted({*filled, *telling})
    first, rest = rows[:_OPENING], rows[_OPENING:]
    wanted = [*first, *(row for row in rest if row in telling), *(row for row in rest if row not in telling)]
    shown = sorted(wanted[:MOST_ROWS])
    left = sorted(wanted[MOST_ROWS:])
    chosen: list[int | Gap] = []
    before = shown[0] - 1 if shown else 0
    for row in shown:
        chosen += _between(before + 1, row - 1, filled)
        chosen.append(row)
        before = row
    if left and left[-1] > before:
        chosen += _between(before + 1, left[-1], filled)
    return chosen


def choose_columns(filled: Mapping[int, int]) -> tuple[list[int], str]:
    """The columns to draw, in order, and a sentence on those that are not; `filled` counts cells by column."""
    columns = sorted(filled)
    shown, left = columns[:MOST_COLUMNS], columns[MOST_COLUMNS:]
    chosen: list[int] = []
    for column in shown:
        if chosen and column - chosen[-1] - 1 <= _SMALL_GAP:
            chosen += range(chosen[-1] + 1, column)
        chosen.append(column)
    remarks = []
    if chosen and chosen[-1] - chosen[0] >= len(chosen):
        remarks.append("Leere Spalten dazwischen sind ausgelassen.")
    if left:
        where = (
            f"{column_letter(left[0])} bis {column_letter(left[-1])}"
            if len(left) > 1
            else column_letter(left[0])
        )
        count = _cells(sum(filled[column] for column in left))
        remarks.append(
            f"Nicht gezeigt {agree(len(left), 'ist Spalte', 'sind die Spalten')} {where} mit {count}."
        )
    return chosen, " ".join(remarks)


def _between(first: int, last: int, filled: Mapping[int, int]) -> Iterator[int | Gap]:
    count = sum(number for row, number in filled.items() if first <= row <= last)
    if first > last:
        return
    if not count and last - first < _SMALL_GAP:
        yield from range(first, last + 1)
    else:
        yield Gap(first, last, count)


def _cells(count: int) -> str:
    return "einer gefüllten Zelle" if count == 1 else f"{format_number(count)} gefüllten Zellen"
