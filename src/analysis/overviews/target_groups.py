"""Tables of target groups."""

from typing import TYPE_CHECKING

import pandas as pd

from ..labels import AUDIENCE_LABELS, BASIS_LABELS
from ..summaries import count_audiences, count_disability, count_target_groups, list_disability
from .style import COUNT, TITLE, Listing, listing, put_first, shares

if TYPE_CHECKING:
    from ..survey import Survey


def tabulate_target_groups(survey: "Survey") -> Listing:
    """One row per target group named: in how many programmes."""
    groups = count_target_groups(survey)
    frame = pd.DataFrame({"Zielgruppe": groups["label"], COUNT: groups["programme_count"]})
    return shares(survey, frame, "Nennungen je Zielgruppe")


def tabulate_audiences(survey: "Survey") -> Listing:
    """One row per audience: special groups, everybody, both, no answer."""
    counts = count_audiences(survey)
    frame = pd.DataFrame(
        {"Angesprochen": counts["audience"].map(AUDIENCE_LABELS), COUNT: counts["programme_count"]}
    )
    return shares(survey, frame, "Besondere Zielgruppen und alle")


def tabulate_disability(survey: "Survey") -> Listing:
    """One row per basis: how many programmes name people with disabilities, only imply them, do neither."""
    counts = count_disability(survey)
    frame = pd.DataFrame(
        {"Menschen mit Behinderung": counts["basis"].map(BASIS_LABELS), COUNT: counts["programme_count"]}
    )
    return shares(survey, frame, "Menschen mit Behinderung als Zielgruppe")


def tabulate_disability_words(survey: "Survey") -> Listing:
    """One row per programme that names people with disabilities or whose words imply them."""
    found, more = put_first(
        survey,
        list_disability(survey),
        "programmes.csv",
        "die mit ausdrücklicher Nennung zuerst",
    )
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
        more,
    )
