"""Where: the Stadtbezirke, and the groups in them."""

from typing import TYPE_CHECKING

from ..findings import state_coverage, state_group_reach
from ..labels import NO_GROUP_AND_PLACE, NOTHING_NAMED, SCOPE_LABELS
from ..summaries import count_groups_by_stadtbezirk, count_scopes, count_stadtbezirke
from .style import Picture, alt_text, draw_bars, draw_heat, nothing, plain_ints

if TYPE_CHECKING:
    from ..survey import Survey


def draw_stadtbezirke(survey: "Survey") -> Picture:
    """One bar per Stadtbezirk, also where nothing is named; programmes for the whole city apart."""
    places, scopes = count_stadtbezirke(survey), count_scopes(survey)
    if not len(survey.programmes):
        return nothing(NOTHING_NAMED)
    names = [
        f"{number} {name}"
        for number, name in zip(places["stadtbezirk_nr"], places["stadtbezirk"], strict=True)
    ]
    citywide = int(scopes.loc[scopes["area_scope"].eq("citywide"), "programme_count"].sum())
    return draw_bars(
        [*names, SCOPE_LABELS["citywide"]],
        [*plain_ints(places["programme_count"]), citywide],
        apart=lambda row: row == len(names),
        title="Nennungen je Stadtbezirk",
        alt=alt_text("Balkendiagramm", "Nennungen je Stadtbezirk", state_coverage(survey).sentence),
    )


def draw_groups_by_stadtbezirk(survey: "Survey") -> Picture:
    """One cell per target group and Stadtbezirk: how many programmes name both."""
    pairs = count_groups_by_stadtbezirk(survey)
    if not pairs["programme_count"].any():
        return nothing(NO_GROUP_AND_PLACE)
    counts = pairs.pivot_table(
        index="label", columns="stadtbezirk_nr", values="programme_count", aggfunc="sum", sort=False
    )
    names = dict(zip(pairs["stadtbezirk_nr"], pairs["stadtbezirk"], strict=True))
    return draw_heat(
        counts.rename(columns=names),
        title="Zielgruppen je Stadtbezirk",
        alt=alt_text(
            "Heatmap", "Nennungen je Zielgruppe und Stadtbezirk", state_group_reach(survey).sentence
        ),
    )
