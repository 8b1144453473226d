"""How every chart looks: blue marks and dark lines on white, nothing told by colour alone, one typeface, one width.

Contrast with white: 5.2 (BLUE), 11.4 (DARK), 17.4 (INK), 3.2 (LINE); WCAG 2.2 success criteria 1.4.3 and 1.4.11.
BLUE and DARK stay apart in greyscale and in the three common colour-vision deficiencies; tests compute it.
"""

import textwrap
from collections.abc import Sequence
from typing import Final

from ..publish.display import Chart, Prose
from ..publish.glyphs import printable

Picture = Chart | Prose

BLUE: Final = "#0072B2"  # of the Okabe-Ito palette
DARK: Final = "#3A3A3A"
INK: Final = "#1A1A1A"
LINE: Final = "#8F8F8F"
PAPER: Final = "#FFFFFF"
# Light enough at its end that dark numbers stand on it with a contrast above 4.5.
SHADES: Final = (PAPER, "#74B3DB")

WIDTH: Final = 6.3  # inches: the text width of an A4 page, so that nothing is scaled down in print
NARROW: Final = 2.9  # inches: what a telephone shows, or a screen at 400 percent
TALLEST: Final = 9.0  # inches: what a page holds beside heading and caption, see `picture` in briefing.typ
TEXT_SIZE: Final = 9.5
ROW: Final = 0.23  # inches from one row to the next; rows with labels on two lines need more
TALL_ROW: Final = 0.34


def wrap(text: str, width: int, lines: int = 2) -> str:
    """One label on at most `lines` lines; what is longer ends in an ellipsis (the table has it in full)."""
    return "\n".join(textwrap.wrap(printable(text), width, max_lines=lines, placeholder=" …"))


def row_height(names: Sequence[str]) -> float:
    """The height in inches of each row: they are all alike, so that nothing seems to weigh more."""
    return TALL_ROW if any("\n" in name for name in names) else ROW


def that_fit(names: Sequence[str], around: float) -> int:
    """How many of the rows fit on a page, with `around` inches above and below them."""
    return min(len(names), int((TALLEST - around) / row_height(names)))
