"""For whom: groups by how often they are named, special groups against all, people with disabilities."""

from typing import TYPE_CHECKING

from ..labels import AUDIENCE_LABELS, BASIS_LABELS
from ..overviews import tabulate_audiences, tabulate_disability, tabulate_target_groups
from ..overviews.style import COUNT
from ..publish.display import Prose
from ..publish.german import format_number
from ..summaries import label_groups
from .bars import bars_of, draw_bars
from .style import Picture
from .words import basis, hatched, leading, nothing, of_all, spoken, whole_of

if TYPE_CHECKING:
    from ..survey import Survey


def draw_target_groups(survey: "Survey") -> Picture:
    """One bar per target group named, and one for people with disabilities in any case."""
    table = tabulate_target_groups(survey)
    if isinstance(table, Prose):
        return nothing(table)
    group, *_, share = table.frame.columns
    bars = bars_of(table, group, COUNT, share)
    whole = len(survey.programmes)
    if not (most := leading(bars["name"], bars["count"], whole)):
        return nothing("Keine Nennung enthält eine auswertbare Angabe zur Zielgruppe.")
    own = label_groups(survey).get("menschen_mit_behinderung", "")
    mine = bars["count"][bars["name"].eq(own)]
    return draw_bars(
        bars,
        table,
        title="Nennungen je Zielgruppe",
        data="Nennungen je Zielgruppe",
        message=[
            f"Am häufigsten genannt: {most}",
            *(f"{spoken(own)}: {format_number(int(count))}" for count in mine),
        ],
        subtitle=basis(whole, "mehrere Zielgruppen je Nennung möglich"),
    )


def draw_audiences(survey: "Survey") -> Picture:
    """One bar per audience; programmes without a known group apart."""
    table = tabulate_audiences(survey)
    if isinstance(table, Prose):
        return nothing(table)
    audience, *_, share = table.frame.columns
    bars = bars_of(table, audience, COUNT, share)
    unknown = AUDIENCE_LABELS["none"]
    is_unknown = bars["name"].eq(unknown)
    told, silent = bars[~is_unknown], bars.loc[is_unknown, "count"]
    whole = whole_of(table)
    most = leading(told["name"], told["count"], whole)
    return draw_bars(
        bars,
        table,
        apart=[unknown],
        title="Besondere Zielgruppen und alle",
        data="Nennungen für besondere Zielgruppen und für alle",
        message=[
            f"Am häufigsten genannt: {most}" if most else "Keine Zielgruppe ist genannt",
            f"{unknown}: {format_number(int(silent.sum()))}",
        ],
        subtitle=basis(whole, hatched(unknown, silent)),
    )


def draw_disability(survey: "Survey") -> Picture:
    """One bar each: programmes that name people with disabilities, that only imply them (apart), the rest."""
    table = tabulate_disability(survey)
    if isinstance(table, Prose):
        return nothing(table)
    kind, *_, share = table.frame.columns
    bars = bars_of(table, kind, COUNT, share)
    counts = dict(zip(bars["name"], bars["count"], strict=True))
    implied = BASIS_LABELS["implied"]
    whole = whole_of(table)
    return draw_bars(
        bars,
        table,
        apart=[implied],
        title="Menschen mit Behinderung als Zielgruppe",
        data="Nennungen mit Bezug zu Menschen mit Behinderung",
        message=[
            f"Ausdrücklich genannt sind sie in {of_all(counts[BASIS_LABELS['named']], whole)}",
            f"{implied}: {format_number(counts[implied])}",
        ],
        subtitle=basis(whole, f"schraffiert: {implied}" if counts[implied] else ""),
    )
