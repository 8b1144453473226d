"""Since when: every programme on a line of years, and all of them by period."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from ..labels import NO_PERIOD_LABELS, NO_TITLE
from ..overviews import tabulate_start_periods, tabulate_starts
from ..overviews.style import COUNT, TITLE
from ..publish.display import Chart, Prose
from ..publish.german import format_number
from ..summaries import RECENT_YEARS, list_starts
from .bars import bars_of, draw_bars
from .drawing import KeptDrawing, bare, label_rows, new_figure
from .style import BLUE, DARK, LINE, PAPER, Picture, row_height, that_fit, wrap
from .words import alt_text, basis, describe, hatched, in_figures, leading, nothing, of_all, spoken, whole_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ..survey import Survey

_AROUND: Final = 0.7  # for the axis


def draw_start_timeline(survey: "Survey") -> Picture:
    """One line per programme, oldest first: a dot for a year, a bar for an interval, an arrow where it is open.

    Beside it stands the year in words; planned programmes are hollow, those without a year have only the
    words. More programmes than a page holds are no picture: `draw_start_periods` counts them.
    """
    table = tabulate_starts(survey)
    if isinstance(table, Prose):
        return nothing(table)
    # The words are the table's; where they lie on the line of years comes from the rows it was made of.
    starts = list_starts(survey).assign(label=table.frame["Beginn"], name=table.frame[TITLE])
    if not (starts["start_earliest"].notna() | starts["start_latest"].notna()).any():
        return nothing("Keine Nennung enthält eine auswertbare Angabe zum Beginn.")
    titles = [title if isinstance(title, str) else NO_TITLE for title in starts["name"]]
    names = [wrap(title, 40) for title in titles]
    if that_fit(names, _AROUND) < len(names):
        names = [wrap(title, 40, 1) for title in titles]
    if that_fit(names, _AROUND) < len(names):
        return nothing(
            f"{format_number(len(names))} Nennungen passen nicht auf einen Zeitstrahl. Die Tabelle nennt jeden "
            "Beginn; das Diagramm der Zeiträume fasst sie zusammen."
        )
    year = survey.reference_date.year
    marks = [
        _Mark(
            None if pd.isna(earliest) else int(earliest),
            None if pd.isna(latest) else int(latest),
            recent == "planned",
        )
        for earliest, latest, recent in zip(
            starts["start_earliest"], starts["start_latest"], starts["recent"], strict=True
        )
    ]
    years = [bound for mark in marks for bound in (mark.earliest, mark.latest) if bound is not None]
    first = min(years)
    dated = sum(not mark.is_empty for mark in marks)
    entries = [
        f"{spoken(title)}: {_in_words(label)}" for title, label in zip(titles, starts["label"], strict=True)
    ]
    reach = f"von {first} bis {max(years)}" if first < max(years) else f"nur {first}"
    labels = starts["label"].tolist()
    return Chart(
        KeptDrawing(_draw_timeline, names, labels, [dataclasses.astuple(mark) for mark in marks], year),
        title="Beginn der Maßnahmen",
        alt=alt_text(
            "Zeitstrahl",
            "Beginn der Maßnahmen",
            f"Jahr oder Zeitraum bei {of_all(dated, len(marks))}",
            f"genannte Jahre {reach}",
        ),
        description=describe(
            f"{in_figures(len(marks), 'Zeile', 'Zeilen')}, die ältesten zuerst.",
            entries,
            [],
        ),
        subtitle=basis(len(marks), *_key(marks)),
        table=table,
    )


def draw_start_periods(survey: "Survey") -> Picture:
    """One bar per period of five years; what cannot be put into one stands apart."""
    table = tabulate_start_periods(survey)
    if isinstance(table, Prose):
        return nothing(table)
    period, *_, share = table.frame.columns
    bars = bars_of(table, period, COUNT, share)
    is_apart = bars["name"].isin(NO_PERIOD_LABELS)
    periods, others = bars[~is_apart], bars[is_apart]
    whole = whole_of(table)
    most = leading(periods["name"], periods["count"], whole)
    return draw_bars(
        bars,
        table,
        apart=NO_PERIOD_LABELS,
        title="Nennungen nach Zeitraum des Beginns",
        data="Nennungen nach Zeitraum des Beginns",
        message=[
            f"Am häufigsten genannt: {most}" if most else "Kein Zeitraum ist genannt",
            *(
                f"{name}: {format_number(count)}"
                for name, count in zip(others["name"], others["count"], strict=True)
            ),
        ],
        subtitle=basis(whole, hatched("kein bestimmter Zeitraum", others["count"])),
    )


@dataclass(frozen=True)
class _Mark:
    """One start on the line of years; a bound that nobody knows is None."""

    earliest: int | None
    latest: int | None
    is_planned: bool

    @property
    def is_empty(self) -> bool:
        return self.earliest is None and self.latest is None

    @property
    def is_year(self) -> bool:
        return self.earliest == self.latest and not self.is_empty

    @property
    def is_open(self) -> bool:
        return (self.earliest is None) != (self.latest is None)


def _draw_timeline(
    names: Sequence[str],
    labels: Sequence[str],
    bounds: Sequence[tuple[int | None, int | None, bool]],
    year: int,
) -> "Figure":
    """The marks on the line of years, each in a row under its name with its label beside it."""
    from matplotlib.ticker import MaxNLocator

    marks = [_Mark(*mark) for mark in bounds]
    years = [bound for mark in marks for bound in (mark.earliest, mark.latest) if bound is not None]
    first, last = min(years), max(year, *years)
    figure, axes = new_figure(_AROUND + len(names) * row_height(names))
    axes.axvline(year - RECENT_YEARS - 0.5, color=DARK, linewidth=1, zorder=1)
    for row, (mark, label) in enumerate(zip(marks, labels, strict=True)):
        end = _draw_mark(axes, row, mark, first, max(year, last))
        if not mark.is_empty:
            axes.plot([first - 1.5, end], [row, row], ":", color=LINE, linewidth=0.8, zorder=1)
        words = axes.text(end + (last - first) * 0.015 + 0.3, row, label, va="center_baseline", zorder=4)
        words.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": 0.5})  # no line through words
    axes.set(ylim=(len(names) - 0.4, -0.6), xlim=(first - 1.5, last + max(4.5, (last - first) * 0.3)))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, steps=[1, 2, 5, 10]))
    axes.set_xticks([tick for tick in axes.get_xticks() if first - 1 <= tick <= last])
    axes.grid(axis="x", color=LINE, linewidth=0.4)
    axes.set_axisbelow(True)
    bare(axes)
    axes.set_xlabel(f"Jahr des Beginns (rechts der Linie: seit {year - RECENT_YEARS})")
    label_rows(figure, axes, names)
    return figure


def _draw_mark(axes: "Axes", row: int, mark: _Mark, first: int, last: int) -> float:
    """Draw one start; the year where the drawing ends on the right."""
    if mark.is_empty:
        return first - 1.2
    fill = PAPER if mark.is_planned else BLUE
    left = first - 0.8 if mark.earliest is None else float(mark.earliest)
    right = last + 0.8 if mark.latest is None else float(mark.latest)
    if mark.is_year:
        axes.plot([left], [row], "o", color=BLUE, markerfacecolor=fill, markersize=7, zorder=3)
        return right + 0.3
    axes.plot([left, right], [row, row], "-", color=BLUE, linewidth=4, zorder=2, solid_capstyle="butt")
    if mark.is_planned:
        axes.plot([left, right], [row, row], "-", color=PAPER, linewidth=1.6, zorder=2, solid_capstyle="butt")
    for end, marker in (
        (left, "<" if mark.earliest is None else "|"),
        (right, ">" if mark.latest is None else "|"),
    ):
        axes.plot([end], [row], marker, color=BLUE, markersize=9, markeredgewidth=2, zorder=3)
    return right + 0.3


def _key(marks: Sequence[_Mark]) -> list[str]:
    """What the marks mean, as far as they are drawn."""
    key = {
        "Punkt: Jahr": any(mark.is_year for mark in marks),
        "Balken: Zeitraum": any(not mark.is_year and not mark.is_empty for mark in marks),
        "Pfeil: nach dieser Seite offen": any(mark.is_open for mark in marks),
        "hohl: geplant": any(mark.is_planned and not mark.is_empty for mark in marks),
    }
    return [words for words, is_drawn in key.items() if is_drawn]


def _in_words(label: str) -> str:
    """One first year or interval without a dash, over which some voices say nothing."""
    return label.replace("–", " bis ")
