"""For whom: groups by how often they are named, special groups against all, people with disabilities."""

from typing import TYPE_CHECKING

from ..findings import state_audience, state_disability, state_named_groups
from ..labels import AUDIENCE_LABELS, BASIS_LABELS, NOTHING_NAMED
from ..summaries import count_audiences, count_disability, count_target_groups
from .style import Picture, alt_text, draw_bars, nothing, plain_ints

if TYPE_CHECKING:
    from ..survey import Survey


def draw_target_groups(survey: "Survey") -> Picture:
    """One bar per target group named, and one for people with disabilities in any case."""
    groups = count_target_groups(survey)
    if not groups["programme_count"].any():
        return nothing("Keine Nennung enthält eine auswertbare Angabe zur Zielgruppe.")
    message = f"{state_audience(survey).sentence} {state_named_groups(survey).sentence}"
    return draw_bars(
        list(groups["label"]),
        plain_ints(groups["programme_count"]),
        title="Nennungen je Zielgruppe",
        alt=alt_text("Balkendiagramm", "Nennungen je Zielgruppe", message),
    )


def draw_audiences(survey: "Survey") -> Picture:
    """One bar per audience; programmes without a known group apart."""
    audiences = count_audiences(survey)
    if not audiences["programme_count"].any():
        return nothing(NOTHING_NAMED)
    return draw_bars(
        [AUDIENCE_LABELS[audience] for audience in audiences["audience"]],
        plain_ints(audiences["programme_count"]),
        apart=lambda row: audiences["audience"].iloc[row] == "none",
        title="Besondere Zielgruppen und alle",
        alt=alt_text(
            "Balkendiagramm",
            "Nennungen für besondere Zielgruppen und für alle",
            state_audience(survey).sentence,
        ),
    )


def draw_disability(survey: "Survey") -> Picture:
    """One bar each: programmes that name people with disabilities, that only imply them, the rest."""
    counts = count_disability(survey)
    if not counts["programme_count"].any():
        return nothing(NOTHING_NAMED)
    return draw_bars(
        [BASIS_LABELS[basis] for basis in counts["basis"]],
        plain_ints(counts["programme_count"]),
        apart=lambda row: counts["basis"].iloc[row] == "implied",
        title="Menschen mit Behinderung als Zielgruppe",
        alt=alt_text(
            "Balkendiagramm",
            "Nennungen mit Bezug zu Menschen mit Behinderung",
            state_disability(survey).sentence,
        ),
    )
