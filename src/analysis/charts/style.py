"""How every chart looks: blue and dark grey on white, nothing told by colour alone, numbers on the marks.

Colours: contrast with white 5.2 (#0072B2) and 7.5 (#565656), WCAG 2.2 success criteria 1.4.3 and 1.4.11.
"""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import matplotlib
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..publish.display import Chart, Prose, chart_style
from ..publish.german import format_number

Picture = Chart | Prose

BLUE: Final = "#0072B2"
GREY: Final = "#565656"
INK: Final = "#1A1A1A"
LINE: Final = "#C8C8C8"
# Light enough at its end that dark numbers stand on it with a contrast above 4.5.
SHADES: Final = ("#FFFFFF", "#74B3DB")

WIDTH: Final = 6.3  # inches: the text width of an A4 page, so that nothing is scaled down in print
TEXT_SIZE: Final = 9.5
ROW: Final = 0.23  # inches from one row to the next; rows with labels on two lines need more
TALL_ROW: Final = 0.31


@contextmanager
def styled() -> Iterator[None]:
    """The settings under which a figure is laid out; those of the caller come back afterwards."""
    settings = {
        **sns.axes_style("white"),
        **chart_style(),
        "font.size": TEXT_SIZE,
        "axes.labelsize": TEXT_SIZE,
        "xtick.labelsize": TEXT_SIZE,
        "ytick.labelsize": TEXT_SIZE,
        "legend.fontsize": TEXT_SIZE,
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "axes.edgecolor": GREY,
        "hatch.linewidth": 1.0,
    }
    with matplotlib.rc_context(settings):
        yield


def new_figure(height: float) -> tuple[Figure, Axes]:
    """One figure over the full text width, `height` in inches, made without pyplot: no window remembers it."""
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.subplots()


def wrap(text: str, width: int, lines: int = 2) -> str:
    """One label on at most `lines` lines; what is longer ends in an ellipsis (the table has it in full)."""
    return "\n".join(textwrap.wrap(text, width, max_lines=lines, placeholder=" …"))


def height_of(names: Sequence[str]) -> float:
    """The height in inches of as many rows as there are labels."""
    return len(names) * (TALL_ROW if any("\n" in name for name in names) else ROW)


def draw_bars(
    labels: Sequence[str],
    counts: Sequence[int],
    *,
    title: str,
    alt: str,
    words: Sequence[str] | None = None,
    apart: Callable[[int], bool] = lambda row: False,
) -> Chart:
    """One horizontal bar per label, top to bottom, with its number (or `words`) beside it.

    Rows for which `apart` holds are no part of the scale the others share (no answer, whole city): hatched,
    grey.
    """
    names = [wrap(label, 38) for label in labels]
    height = 0.15 + height_of(names)
    with styled():
        figure, axes = new_figure(max(0.8, height))
        frame = pd.DataFrame({"row": range(len(names)), "count": list(counts)})
        sns.barplot(
            frame,
            x="count",
            y="row",
            orient="h",
            color=BLUE,
            saturation=1,
            width=0.68,
            errorbar=None,
            ax=axes,
        )
        for row, patch in enumerate(axes.patches):
            if apart(row):
                patch.set(facecolor="white", edgecolor=GREY, hatch="////", linewidth=1.0)
        top = max([*counts, 1])
        for row, count in enumerate(counts):
            text = words[row] if words else format_number(count)
            axes.text(count + top * 0.015, row, text, va="center_baseline", ha="left")
        axes.set(xlabel="", ylabel="", xticks=[], xlim=(0, top * (1.35 if words else 1.08)))
        axes.set_yticks(range(len(names)), names)
        axes.axvline(0, color=GREY, linewidth=1)
        sns.despine(ax=axes, left=True, bottom=True)
        return Chart(figure, title=title, alt=alt)


def draw_heat(counts: pd.DataFrame, *, title: str, alt: str) -> Chart:
    """One cell per row and column of `counts` with its number; darker means more, white means none."""
    names = [wrap(str(name), 30) for name in counts.index]
    height = 0.75 + height_of(names)
    with styled():
        figure, axes = new_figure(height)
        sns.heatmap(
            counts.astype(int).set_axis(names, axis=0),
            cmap=sns.blend_palette(SHADES, as_cmap=True),
            vmin=0,
            vmax=max(1, int(counts.to_numpy().max())),
            annot=True,
            fmt="d",
            annot_kws={"color": INK, "fontsize": TEXT_SIZE},
            linewidths=1,
            linecolor=LINE,
            cbar=False,
            ax=axes,
        )
        axes.set(xlabel="", ylabel="")
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.tick_params(axis="x", rotation=0)
        axes.tick_params(axis="y", rotation=0)
        axes.set_xticks(axes.get_xticks(), [wrap(str(name), 12, 3) for name in counts.columns])
        _avoid_overlap(axes, len(counts.columns))
        return Chart(figure, title=title, alt=alt)


def _avoid_overlap(axes: Axes, columns: int) -> None:
    """Column names stand upright where there is no room for them side by side."""
    if columns > 5:
        for label in axes.get_xticklabels():
            label.set(rotation=45, ha="left", rotation_mode="anchor")


def nothing(what: str) -> Prose:
    """What stands in the place of a chart that would be empty."""
    return Prose(f"Kein Diagramm: {what}")


def alt_text(kind: str, data: str, message: str) -> str:
    """One alternative text: "Balkendiagramm zu Nennungen je Dezernat: ..."; the exporter adds the table."""
    return f"{kind} zu {data}: {message}"


def plain_ints(series: Any) -> list[int]:
    """One whole number per row."""
    return [int(value) for value in series]
