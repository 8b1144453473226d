"""Printed tables -> HTML: columns as wide as their texts need, in a frame that scrolls where the screen is narrower."""

import re
from typing import Final

from markupsafe import Markup

from .tables import Grid, table_html
from .widths import column_widths, row_lines, splits_words

# Room for a table in points, as `widths` measures it (9 points are 1em of the table): from a telephone to the
# column of a wide screen.
_ROOMS: Final = (150.0, 210.0, 270.0, 330.0, 390.0, 450.0)
_WIDE: Final = _ROOMS[-1]
_EM: Final = 9.0
_TALLEST: Final = 8.0  # lines of a typical row; a table that needs more asks for more room
_TEXT: Final = re.compile(r">[^<>]+<")
_SHORT: Final = re.compile(r'<(td|th scope="row")>(?=[^<]{1,14}<)')
_JOINT: Final = re.compile(r"(?<=\w)[_/](?=\w)")


def table_markup(grid: Grid, caption: str | None = None, label: str = "Tabelle") -> Markup:
    """One table in its frame, which the keyboard reaches and `label` names.

    Columns share the width as in print; the frame scrolls below the width at which rows would become towers.
    File names may break at their joints, short texts nowhere. A table whose words alone are wider than the page is
    "broad".
    """
    least = next((room for room in _ROOMS if _is_legible(grid, room)), _WIDE)
    widths = column_widths(grid, _WIDE) or []
    kind = Markup(' class="broad"') if widths and splits_words(grid, widths) else ""
    start = Markup('<table{} style="min-width:{:.0f}em">').format(kind, least / _EM)
    if caption:
        start += Markup("\n<caption>{}</caption>").format(caption)
    if widths:
        columns = (Markup('<col style="width:{:.0%}">').format(width / _WIDE) for width in widths)
        start += Markup("\n<colgroup>{}</colgroup>").format(Markup("").join(columns))
    table = _SHORT.sub(r'<\1 class="short">', table_html(grid))
    table = _TEXT.sub(lambda text: _JOINT.sub(r"\g<0><wbr>", text[0]), table)
    return scrollable("scroll", label, Markup(table).replace("<table>", start, 1))


def scrollable(kind: str, label: str, content: Markup) -> Markup:
    """What may be wider than the screen: it scrolls by itself, the keyboard gets there, a label names it."""
    return Markup('<div class="{} wide" role="group" aria-label="{}" tabindex="0">\n{}\n</div>').format(
        kind, label, content
    )


def _is_legible(grid: Grid, room: float) -> bool:
    widths = column_widths(grid, room)
    return widths is None or sum(row_lines(grid, widths)) <= _TALLEST * len(grid.rows)
