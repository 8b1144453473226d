"""Where: the Stadtbezirke, and the groups in them."""

from typing import TYPE_CHECKING

from ..labels import SCOPE_LABELS
from ..overviews import tabulate_groups_by_stadtbezirk, tabulate_stadtbezirke
from ..overviews.style import COUNT
from ..publish.display import Prose
from ..publish.german import agree, format_number
from .bars import bars_of, draw_bars
from .heat import draw_heat
from .style import Picture
from .words import basis, hatched, leading, nothing, short

if TYPE_CHECKING:
    from ..survey import Survey

_NUMBER = r"^\d+ "
_CITY, _NOWHERE = SCOPE_LABELS["citywide"], SCOPE_LABELS["unknown"]


def draw_stadtbezirke(survey: "Survey") -> Picture:
    """One bar per Stadtbezirk, by number, also where nothing is named; for the whole city and without a place apart."""
    table = tabulate_stadtbezirke(survey)
    if isinstance(table, Prose):
        return nothing(table)
    place, *_, share = table.frame.columns
    bars = bars_of(table, place, COUNT, share)
    is_apart = bars["name"].isin([_CITY, _NOWHERE])
    places, others = bars[~is_apart], bars[is_apart]
    whole, found = len(survey.programmes), int(places["count"].gt(0).sum())
    most = leading(places["name"].str.replace(_NUMBER, "", regex=True), places["count"], whole)
    number, of_them = format_number(found), format_number(len(places))
    return draw_bars(
        bars,
        table,
        apart=[_CITY, _NOWHERE],
        title="Nennungen je Stadtbezirk",
        data="Nennungen je Stadtbezirk",
        message=[
            f"{number} von {of_them} {agree(len(places), 'Stadtbezirk', 'Stadtbezirken')} mit Nennungen",
            f"am häufigsten {most}" if most else "",
            *(f"{name}: {format_number(n)}" for name, n in zip(others["name"], others["count"], strict=True)),
        ],
        subtitle=basis(
            whole,
            "mehrere Stadtbezirke je Nennung möglich",
            hatched("kein einzelner Stadtbezirk", others["count"]),
        ),
    )


def draw_groups_by_stadtbezirk(survey: "Survey") -> Picture:
    """One field per target group and Stadtbezirk: how many programmes name both."""
    table = tabulate_groups_by_stadtbezirk(survey)
    if isinstance(table, Prose):
        return nothing(table)
    group, *_ = table.frame.columns
    counts = table.frame.set_index(group).astype(int)
    whole = len(survey.programmes)
    fields = [
        (f"{short(str(name))} in {short(str(place))}", int(count))
        for name, row in counts.iterrows()
        for place, count in row.items()
    ]
    most = leading([where for where, _ in fields], [count for _, count in fields], whole)
    zeros = sum(count == 0 for _, count in fields)
    return draw_heat(
        counts,
        table,
        title="Zielgruppen je Stadtbezirk",
        data="Nennungen je Zielgruppe und Stadtbezirk",
        message=[
            f"Am häufigsten {most}",
            f"{format_number(zeros)} von {format_number(len(fields))} Feldern sind 0",
        ],
        subtitle=basis(whole, "mehrere Zielgruppen und Stadtbezirke je Nennung möglich"),
    )
