"""Tables of places."""

from typing import TYPE_CHECKING

import pandas as pd

from ..labels import NO_GROUP_AND_PLACE, NOTHING_NAMED, SCOPE_LABELS
from ..publish.display import Prose, Table
from ..summaries import MOST_TITLES, count_groups_by_stadtbezirk, count_scopes, count_stadtbezirke
from .style import COUNT, Listing, shares, where_all_stand

if TYPE_CHECKING:
    from ..survey import Survey


def tabulate_stadtbezirke(survey: "Survey") -> Listing:
    """One row per Stadtbezirk, all of them, one for the whole city, one without a place: how many programmes."""
    counts = count_stadtbezirke(survey)
    scopes = count_scopes(survey)
    elsewhere = scopes[scopes["area_scope"].ne("named")]
    frame = pd.DataFrame(
        {
            "Stadtbezirk": [*_stadtbezirke(counts), *elsewhere["area_scope"].map(SCOPE_LABELS)],
            COUNT: [*counts["programme_count"], *elsewhere["programme_count"]],
        }
    )
    return shares(survey, frame, "Nennungen je Stadtbezirk")


def tabulate_places(survey: "Survey") -> Listing:
    """One row per Stadtbezirk, all of them: how many programmes are named there, and which."""
    if survey.programmes.empty:
        return Prose(NOTHING_NAMED)
    counts = count_stadtbezirke(survey)
    titles = counts["titles"].fillna("keine Nennung")
    frame = pd.DataFrame(
        {"Stadtbezirk": _stadtbezirke(counts), COUNT: counts["programme_count"], "Maßnahmen": titles}
    )
    note = None
    if counts["programme_count"].gt(MOST_TITLES).any():
        every = where_all_stand(survey, "programme_sozialraeume.csv")
        note = f"Genannt sind je Stadtbezirk höchstens {MOST_TITLES} Maßnahmen; {every}"
    return Table(frame, caption="Maßnahmen je Stadtbezirk", note=note)


def tabulate_scopes(survey: "Survey") -> Listing:
    """One row per scope: single places, the whole city, no answer."""
    counts = count_scopes(survey)
    frame = pd.DataFrame({"Ort": counts["area_scope"].map(SCOPE_LABELS), COUNT: counts["programme_count"]})
    return shares(survey, frame, "Nennungen für die ganze Stadt und für einzelne Sozialräume")


def tabulate_groups_by_stadtbezirk(survey: "Survey") -> Listing:
    """One row per target group and one column per Stadtbezirk: how many programmes name both."""
    pairs = count_groups_by_stadtbezirk(survey)
    if not pairs["programme_count"].any():
        return Prose(NO_GROUP_AND_PLACE)
    names = dict(zip(pairs["stadtbezirk_nr"], pairs["stadtbezirk"], strict=True))
    frame = pairs.pivot_table(
        index="label", columns="stadtbezirk_nr", values="programme_count", aggfunc="sum", sort=False
    ).rename(columns=names)
    frame = frame.rename_axis(index="Zielgruppe", columns=None)
    return Table(frame, caption="Nennungen je Zielgruppe und Stadtbezirk")


def _stadtbezirke(counts: pd.DataFrame) -> list[str]:
    return [
        f"{number} {name}"
        for number, name in zip(counts["stadtbezirk_nr"], counts["stadtbezirk"], strict=True)
    ]
