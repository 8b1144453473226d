"""Tables of target groups."""

from typing import TYPE_CHECKING

import pandas as pd

from ..labels import AUDIENCE_LABELS, BASIS_LABELS, NOTHING_NAMED
from ..summaries import count_audiences, count_target_groups, list_disability
from .style import COUNT, TITLE, Listing, listing, with_share

if TYPE_CHECKING:
    from ..survey import Survey


def tabulate_target_groups(survey: "Survey") -> Listing:
    """One row per target group named: in how many programmes."""
    groups = count_target_groups(survey)
    frame = pd.DataFrame({"Zielgruppe": groups["label"], COUNT: groups["programme_count"]})
    return listing(with_share(frame, len(survey.programmes)), "Nennungen je Zielgruppe", NOTHING_NAMED)


def tabulate_audiences(survey: "Survey") -> Listing:
    """One row per audience: special groups, everybody, both, no answer."""
    counts = count_audiences(survey)
    frame = pd.DataFrame(
        {"Angesprochen": counts["audience"].map(AUDIENCE_LABELS), COUNT: counts["programme_count"]}
    )
    frame = with_share(frame, len(survey.programmes))
    return listing(frame, "Besondere Zielgruppen und alle", NOTHING_NAMED)


def tabulate_disability(survey: "Survey") -> Listing:
    """One row per programme that names people with disabilities or whose words imply them."""
    found = list_disability(survey)
    frame = pd.DataFrame(
        {
            TITLE: found["title"],
            "Dezernat": found["dezernat"],
            "Menschen mit Behinderung": found["basis"].map(BASIS_LABELS),
            "Wortlaut": found["found"],
            "Begründung": found["reason"].fillna("als Zielgruppe genannt"),
        }
    )
    return listing(
        frame,
        "Nennungen mit Bezug zu Menschen mit Behinderung",
        "Keine Nennung nennt Menschen mit Behinderung, und keine legt es nahe.",
    )
