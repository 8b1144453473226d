"""Since when: every programme on a line of years, and all of them by period."""

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from ..findings import state_oldest, state_recent, state_start_answers
from ..labels import NO_TITLE, NOTHING_NAMED, period_label, start_label
from ..publish.display import Chart
from ..summaries import RECENT_YEARS, count_start_periods, list_starts
from .style import (
    BLUE,
    GREY,
    LINE,
    Picture,
    alt_text,
    draw_bars,
    height_of,
    new_figure,
    nothing,
    plain_ints,
    styled,
    wrap,
)

if TYPE_CHECKING:
    from ..survey import Survey

# Inches: what fits on one page at a readable size. A survey that needs more is drawn by period.
TALLEST: Final = 10.0


def draw_start_timeline(survey: "Survey") -> Picture:
    """One line per programme, oldest first: a dot for a year, a bar for an interval, an arrow where it is open.

    Beside it stands the year in words; planned programmes are hollow, those without a year have only the
    words.
    """
    starts = list_starts(survey)
    dated = starts[starts["recent"].ne("unknown")]
    if dated.empty:
        return nothing("Keine Nennung enthält eine auswertbare Angabe zum Beginn.")
    year = survey.reference_date.year
    years = [*plain_ints(dated["start_earliest"].dropna()), *plain_ints(dated["start_latest"].dropna())]
    first, last = min(years), max(year, *years)
    names = [wrap(title if isinstance(title, str) else NO_TITLE, 40) for title in starts["title"]]
    height = 0.7 + height_of(names)
    if height > TALLEST:
        return draw_start_periods(survey)
    with styled():
        figure, axes = new_figure(height)
        axes.axvline(year - RECENT_YEARS - 0.5, color=GREY, linewidth=1, zorder=1)
        for row, start in enumerate(starts.to_dict("records")):
            end = _draw_start(axes, row, start, first, year)
            axes.plot([first - 1.5, end], [row, row], ":", color=LINE, linewidth=1, zorder=1)
            text = start_label(start["start_earliest"], start["start_latest"], start["start_certainty"])
            label = axes.text(end + (last - first) * 0.015 + 0.3, row, text, va="center_baseline", zorder=4)
            label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.5})  # no line through words
        axes.set_yticks(range(len(names)), names, linespacing=0.95)
        axes.set(ylim=(len(names) - 0.4, -0.6), xlim=(first - 1.5, last + max(4.5, (last - first) * 0.3)))
        axes.set_xlabel(f"Jahr des Beginns (rechts der Linie: seit {year - RECENT_YEARS})")
        axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, steps=[1, 2, 5, 10]))
        axes.set_xticks([tick for tick in axes.get_xticks() if first - 1 <= tick <= last])
        axes.grid(axis="x", color=LINE, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.tick_params(axis="y", length=0)
        sns.despine(ax=axes, left=True, bottom=True)
        message = f"{state_start_answers(survey).sentence} {state_oldest(survey).sentence}"
        return Chart(
            figure,
            title="Beginn der Maßnahmen",
            alt=alt_text("Zeitstrahl", "Beginn der Maßnahmen mit unsicheren Jahren als Zeitraum", message),
        )


def draw_start_periods(survey: "Survey") -> Picture:
    """One bar per period of five years; what cannot be put into one stands apart."""
    periods = count_start_periods(survey)
    counts = plain_ints(periods["programme_count"])
    if not any(counts):
        return nothing(NOTHING_NAMED)
    kinds = list(periods["period"])
    shown = [row for row, kind in enumerate(kinds) if counts[row] or kind in ("early", "span")]
    labels = [
        period_label(*values)
        for values in zip(kinds, periods["first_year"], periods["last_year"], strict=True)
    ]
    return draw_bars(
        [labels[row] for row in shown],
        [counts[row] for row in shown],
        apart=lambda row: kinds[shown[row]] not in ("early", "span"),
        title="Nennungen nach Zeitraum des Beginns",
        alt=alt_text("Balkendiagramm", "Nennungen nach Zeitraum des Beginns", state_recent(survey).sentence),
    )


def _draw_start(axes: Axes, row: int, start: Mapping[Hashable, Any], first: int, year: int) -> float:
    """Draw one start; the year where the drawing ends on the right."""
    earliest, latest = (
        None if pd.isna(start[name]) else float(start[name]) for name in ("start_earliest", "start_latest")
    )
    if earliest is None and latest is None:
        return first - 1.2
    left = earliest if earliest is not None else first - 0.8
    right = latest if latest is not None else max(float(year), left)
    fill = "white" if start["recent"] == "planned" else BLUE
    if left == right:
        axes.plot([left], [row], "o", color=BLUE, markerfacecolor=fill, markersize=7, zorder=3)
        return right + 0.3
    axes.plot([left, right], [row, row], "-", color=BLUE, linewidth=3, zorder=2, solid_capstyle="butt")
    for end, marker in (
        (left, "|" if earliest is not None else "<"),
        (right, "|" if latest is not None else ">"),
    ):
        axes.plot([end], [row], marker, color=BLUE, markersize=9, markeredgewidth=2, zorder=3)
    return right + 0.3
