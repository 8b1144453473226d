"""One horizontal bar per row of a table, with its number beside it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from ..publish.display import Chart, Table
from ..publish.german import format_number
from .drawing import KeptDrawing, bare, label_rows, new_figure
from .style import BLUE, DARK, NARROW, PAPER, ROW, row_height, that_fit, wrap
from .words import alt_text, describe, mentions, spoken

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_AROUND = 0.15
_STACKED_ROW = 0.44  # inches: a bar and its name above it, on one line
_THIN = 0.16


def bars_of(table: Table, name: str, count: str, share: str | None = None) -> pd.DataFrame:
    """One row per bar, from the columns of a table: name, count, share (empty where there is none).

    `words` is for the reason that stands beside a bar of nothing in place of its zero.
    """
    frame = table.frame
    return pd.DataFrame(
        {
            "name": frame[name],
            "count": frame[count].fillna(0).astype(int),
            "share": frame[share] if share else "",
            "words": "",
        }
    )


def draw_bars(
    bars: pd.DataFrame,
    table: Table,
    *,
    title: str,
    data: str,
    message: Sequence[str],
    subtitle: str,
    apart: Sequence[str] = (),
) -> Chart:
    """One horizontal bar per row of `bars` (as `bars_of` gives them), in its order.

    Rows called one of `apart` are no part of the scale the others share (no answer, whole city): hatched.
    """
    names = [wrap(name, 38) for name in bars["name"]]
    fitting = that_fit(names, _AROUND)
    shown = bars.iloc[:fitting]
    marks = (shown["count"].tolist(), _words(shown), [name in apart for name in shown["name"]])
    part = f"gezeigt: {fitting} von {len(bars)} Zeilen der Tabelle" if fitting < len(bars) else ""
    return Chart(
        KeptDrawing(_set_beside, names[:fitting], row_height(names), *marks),
        narrow=KeptDrawing(_stack, [wrap(name, 40) for name in shown["name"]], *marks),
        title=title,
        alt=alt_text("Balkendiagramm", data, *message),
        description=_description(bars),
        subtitle="; ".join(filter(None, (subtitle, part))),
        table=table,
    )


def _set_beside(
    names: Sequence[str], row: float, counts: Sequence[int], words: Sequence[str], is_apart: Sequence[bool]
) -> "Figure":
    """One bar per name, and the name beside it."""
    figure, axes = new_figure(max(0.8, _AROUND + len(names) * row))
    _draw(axes, counts, words, is_apart, thickness=0.7)
    label_rows(figure, axes, names)
    axes.axvline(0, color=DARK, linewidth=1)
    return figure


def _stack(
    names: Sequence[str], counts: Sequence[int], words: Sequence[str], is_apart: Sequence[bool]
) -> "Figure":
    """The same bars with their names above them: no name asks for room beside its bar."""
    pitch = _STACKED_ROW + 1.5 * (row_height(names) - ROW)
    figure, axes = new_figure(_AROUND + len(names) * pitch, NARROW)
    thickness = _THIN / pitch
    _draw(axes, counts, words, is_apart, thickness)
    for row, name in enumerate(names):
        axes.text(0, row - thickness / 2 - 0.05, name, va="bottom")
    axes.set(yticks=[], ylim=(len(names) - 1 + thickness, thickness - 1))
    return figure


def _draw(
    axes: "Axes", counts: Sequence[int], words: Sequence[str], is_apart: Sequence[bool], thickness: float
) -> None:
    axes.barh(range(len(counts)), counts, height=thickness, color=BLUE)
    top = max(1, *counts)
    for row, (patch, count, word, apart) in enumerate(
        zip(axes.patches, counts, words, is_apart, strict=True)
    ):
        if apart:
            patch.set(facecolor=PAPER, edgecolor=DARK, hatch="////", linewidth=1.0)
        axes.text(count + top * 0.015, row, word, va="center_baseline")
    axes.set(xticks=[], xlim=(0, top * 1.08), ylim=(len(counts) - 0.5, -0.5))
    bare(axes)


def _words(bars: pd.DataFrame) -> list[str]:
    """What stands beside each bar: its number, or for a bar of nothing the reason."""
    return [
        reason or format_number(count) for reason, count in zip(bars["words"], bars["count"], strict=True)
    ]


def _description(bars: pd.DataFrame) -> str:
    values = [
        reason or mentions(count) + (f" ({share})" if share else "")
        for reason, count, share in zip(bars["words"], bars["count"], bars["share"], strict=True)
    ]
    entries = [f"{spoken(name)}: {value}" for name, value in zip(bars["name"], values, strict=True)]
    return describe(
        f"{format_number(len(bars))} Balken von oben nach unten.", entries, bars["count"].tolist()
    )
