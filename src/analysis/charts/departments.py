"""Who does it: offices, reporting against responsible Dezernat, and cooperation."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..labels import COOPERATION_LABELS, dezernat_label
from ..overviews import tabulate_cooperation, tabulate_offices, tabulate_responsibility
from ..overviews.style import COUNT
from ..publish.display import Prose
from ..publish.german import NO_ANSWER, format_number
from .bars import bars_of, draw_bars
from .heat import draw_heat
from .style import Picture
from .words import basis, hatched, in_figures, leading, nothing, of_all, text_of, whole_of

if TYPE_CHECKING:
    from ..survey import Survey


def draw_offices(survey: "Survey") -> Picture:
    """One bar per office as written, the most programmes first; those without an office last and apart.

    An office that two Dezernate report has a bar for each.
    """
    table = tabulate_offices(survey)
    if isinstance(table, Prose):
        return nothing(table)
    office, reporting, *_, share = table.frame.columns
    bars = bars_of(table, office, COUNT, share)
    is_named = bars["name"].notna()
    offices = bars["name"].map(text_of)
    bars["name"] = offices.where(
        ~offices.duplicated(keep=False), offices + " (" + table.frame[reporting] + ")"
    )
    named = bars[is_named].sort_values("count", ascending=False, kind="stable")
    silent = bars[~is_named]
    whole, distinct = whole_of(table), offices[is_named].nunique()
    return draw_bars(
        bars.loc[[*named.index, *silent.index]],
        table,
        apart=list(silent["name"]),
        title="Nennungen je Amt oder Dienststelle",
        data="Nennungen je Amt oder Dienststelle",
        message=[
            in_figures(distinct, "Amt oder Dienststelle", "Ämter und Dienststellen"),
            f"am häufigsten {most}" if (most := leading(named["name"], named["count"], whole)) else "",
            f"{NO_ANSWER}: {silent['count'].sum()}" if len(silent) else "",
        ],
        subtitle=basis(whole, hatched(NO_ANSWER, silent["count"])),
    )


def draw_responsibility(survey: "Survey") -> Picture:
    """One field per reporting and responsible Dezernat: how many programmes."""
    table = tabulate_responsibility(survey)
    if isinstance(table, Prose):
        return nothing(table)
    asked = [dezernat_label(expected.dezernat) for expected in survey.expected]

    def ordered(names: Iterable[str]) -> list[str]:
        found = set(names)
        known = [name for name in asked if name in found]
        others = sorted(found - {*known, NO_ANSWER})
        return [*known, *others, *([NO_ANSWER] if NO_ANSWER in found else [])]

    reporting, responsible = (table.frame[name].map(text_of) for name in table.frame.columns[:2])
    counts = (
        table.frame.assign(reporting=reporting, responsible=responsible)
        .pivot_table(index="reporting", columns="responsible", values=COUNT, aggfunc="sum", fill_value=0)
        .loc[ordered(reporting), ordered(responsible)]
    )
    is_silent = responsible.eq(NO_ANSWER)
    elsewhere = int(table.frame.loc[~is_silent & reporting.ne(responsible), COUNT].sum())
    silent = int(table.frame.loc[is_silent, COUNT].sum())
    whole = whole_of(table)
    return draw_heat(
        counts.set_axis([f"{name} meldet" for name in counts.index]).set_axis(
            [name if name == NO_ANSWER else f"{name} zuständig" for name in counts.columns], axis=1
        ),
        table,
        title="Meldendes und zuständiges Dezernat",
        data="Nennungen nach meldendem und zuständigem Dezernat",
        message=[
            f"Bei {of_all(elsewhere, whole)} ist ein anderes Dezernat zuständig als das meldende",
            f"{NO_ANSWER}: {format_number(silent)}" if silent else "",
        ],
        subtitle=basis(whole),
    )


def draw_cooperation(survey: "Survey") -> Picture:
    """One bar per answer to the question for partners; no answer apart."""
    table = tabulate_cooperation(survey)
    if isinstance(table, Prose):
        return nothing(table)
    answer, *_, share = table.frame.columns
    bars = bars_of(table, answer, COUNT, share)
    counts = dict(zip(bars["name"], bars["count"], strict=True))
    given, none, silent = (counts[COOPERATION_LABELS[kind]] for kind in ("given", "none", "no_answer"))
    whole = whole_of(table)
    return draw_bars(
        bars,
        table,
        apart=[NO_ANSWER],
        title="Zusammenarbeit mit anderen Stellen",
        data="Nennungen nach Angabe zur Zusammenarbeit",
        message=[
            f"Angegeben ist sie bei {of_all(given, whole)}",
            f"ausdrücklich verneint: {format_number(none)}",
            f"{NO_ANSWER}: {format_number(silent)}",
        ],
        subtitle=basis(whole, f"schraffiert: {NO_ANSWER}" if silent else ""),
    )
