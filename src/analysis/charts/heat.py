"""One field per row and column of a table with its number in it; darker means more, white means none."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from ..publish.display import Chart, Table
from ..publish.german import format_number
from .drawing import KeptDrawing, bare, label_rows, new_figure
from .style import INK, LINE, PAPER, SHADES, TEXT_SIZE, row_height, that_fit, wrap
from .words import alt_text, describe, in_figures, spoken

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_AROUND = 0.9  # for the names of the columns
_SIDE_BY_SIDE = 5  # columns whose names find room next to each other


def draw_heat(
    counts: pd.DataFrame,
    table: Table,
    *,
    title: str,
    data: str,
    message: Sequence[str],
    subtitle: str,
) -> Chart:
    """One field per row and column of `counts` (whole numbers under the names of rows and columns)."""
    names = [wrap(str(name), 30) for name in counts.index]
    fitting = that_fit(names, _AROUND)
    shown = counts.iloc[:fitting].astype(int)
    part = f"gezeigt: {fitting} von {len(counts)} Zeilen der Tabelle" if fitting < len(counts) else ""
    drawing = KeptDrawing(
        _draw,
        names[:fitting],
        row_height(names),
        [wrap(str(name), 12, 3) for name in counts.columns],
        shown.to_numpy().tolist(),
        max(1, int(counts.to_numpy().max())),
    )
    return Chart(
        drawing,
        title=title,
        alt=alt_text("Heatmap", data, *message),
        description=_description(counts),
        subtitle="; ".join(filter(None, (subtitle, part))),
        table=table,
    )


def _draw(
    rows: Sequence[str], height: float, columns: Sequence[str], counts: Sequence[Sequence[int]], top: int
) -> "Figure":
    """The fields, the darkest of them for `top`; `height` is that of a row in inches."""
    import seaborn as sns

    figure, axes = new_figure(_AROUND + len(rows) * height)
    # White parts the fields from each other.
    shades = sns.blend_palette(SHADES, as_cmap=True)
    axes.pcolormesh(counts, cmap=shades, vmin=0, vmax=top, linewidths=1.5, edgecolor=PAPER)
    axes.set(xlim=(0, len(columns)), ylim=(len(rows), 0))
    for row, numbers in enumerate(counts):
        for column, count in enumerate(numbers):
            text = axes.text(column + 0.5, row + 0.5, format_number(count), ha="center", va="center")
            text.set(color=INK, fontsize=TEXT_SIZE)
    for row in range(len(rows) + 1):
        axes.axhline(row, color=LINE, linewidth=0.8)
    bare(axes)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0, rotation=0)
    axes.set_xticks([column + 0.5 for column in range(len(columns))], columns)
    _turn_names(axes, len(columns))
    label_rows(figure, axes, rows, first=0.5)
    for label in axes.get_yticklabels():
        label.set_verticalalignment("center")  # as the numbers
    return figure


def _turn_names(axes: "Axes", columns: int) -> None:
    """Column names stand upright where there is no room for them side by side."""
    if columns > _SIDE_BY_SIDE:
        for label in axes.get_xticklabels():
            label.set(rotation=45, ha="left", rotation_mode="anchor")


def _description(counts: pd.DataFrame) -> str:
    """Row by row; what is nothing is told at once."""
    entries = []
    for name, row in zip(counts.index, counts.to_numpy().tolist(), strict=True):
        some = [
            f"{spoken(str(column))} {format_number(count)}"
            for column, count in zip(counts.columns, row, strict=True)
            if count
        ]
        rest = ["sonst 0"] if some and not all(row) else [] if some else ["überall 0"]
        entries.append(f"{spoken(str(name))}: {', '.join([*some, *rest])}")
    rows, columns = counts.shape
    size = f"{in_figures(rows, 'Zeile', 'Zeilen')} und {in_figures(columns, 'Spalte', 'Spalten')}."
    return describe(size, entries, counts.sum(axis=1).tolist())
