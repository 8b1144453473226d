"""Who does it: offices, reporting against responsible Dezernat, and cooperation."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..findings import state_cooperation, state_offices, state_responsibility
from ..labels import COOPERATION_LABELS, NOTHING_NAMED, dezernat_label
from ..publish.german import NO_ANSWER
from ..summaries import count_cooperation, count_offices, count_responsibility
from .style import Picture, alt_text, draw_bars, draw_heat, nothing, plain_ints

if TYPE_CHECKING:
    from ..survey import Survey


def draw_offices(survey: "Survey") -> Picture:
    """One bar per office as written, the most programmes first; those without an office apart."""
    offices = count_offices(survey)
    if offices.empty:
        return nothing(NOTHING_NAMED)
    named = offices.assign(office=offices["office"].fillna(NO_ANSWER))
    totals = (
        named.groupby("office", sort=False)["programme_count"]
        .sum()
        .sort_values(ascending=False, kind="stable")
    )
    names = [
        *(name for name in totals.index if name != NO_ANSWER),
        *([NO_ANSWER] if NO_ANSWER in totals.index else []),
    ]
    return draw_bars(
        names,
        [int(totals[name]) for name in names],
        apart=lambda row: names[row] == NO_ANSWER,
        title="Nennungen je Amt oder Dienststelle",
        alt=alt_text("Balkendiagramm", "Nennungen je Amt oder Dienststelle", state_offices(survey).sentence),
    )


def draw_responsibility(survey: "Survey") -> Picture:
    """One cell per reporting and responsible Dezernat: how many programmes."""
    pairs = count_responsibility(survey)
    if pairs.empty:
        return nothing(NOTHING_NAMED)
    asked = [expected.dezernat for expected in survey.expected]

    def label(code: object) -> str:
        return dezernat_label(code) if isinstance(code, str) else NO_ANSWER

    def ordered(codes: Iterable[object]) -> list[str]:
        found = {label(code) for code in codes}
        known = [label(code) for code in asked if label(code) in found]
        return [*known, *sorted(found - set(known))]

    counts = pairs.assign(
        reporting=[label(code) for code in pairs["dezernat"]],
        responsible=[label(code) for code in pairs["responsible_dezernat"]],
    ).pivot_table(
        index="reporting", columns="responsible", values="programme_count", aggfunc="sum", fill_value=0
    )
    counts = counts.loc[ordered(pairs["dezernat"]), ordered(pairs["responsible_dezernat"])]
    counts.index = [f"{name} meldet" for name in counts.index]
    counts.columns = [f"{name} zuständig" if name != NO_ANSWER else name for name in counts.columns]
    return draw_heat(
        counts,
        title="Meldendes und zuständiges Dezernat",
        alt=alt_text(
            "Heatmap",
            "Nennungen nach meldendem und zuständigem Dezernat",
            state_responsibility(survey).sentence,
        ),
    )


def draw_cooperation(survey: "Survey") -> Picture:
    """One bar per answer to the question for partners; no answer apart."""
    answers = count_cooperation(survey)
    if not answers["programme_count"].any():
        return nothing(NOTHING_NAMED)
    return draw_bars(
        [COOPERATION_LABELS[answer] for answer in answers["answer"]],
        plain_ints(answers["programme_count"]),
        apart=lambda row: answers["answer"].iloc[row] == "no_answer",
        title="Zusammenarbeit mit anderen Stellen",
        alt=alt_text(
            "Balkendiagramm", "Nennungen nach Angabe zur Zusammenarbeit", state_cooperation(survey).sentence
        ),
    )
