"""Tables of offices, of reporting and responsible Dezernat, of cooperation."""

from typing import TYPE_CHECKING

import pandas as pd

from ..labels import COOPERATION_LABELS, NOTHING_NAMED, dezernat_label
from ..summaries import count_cooperation, count_offices, count_responsibility, list_cooperation
from .style import COUNT, TITLE, Listing, label_dezernate, listing, put_first, shares

if TYPE_CHECKING:
    from ..survey import Survey


def tabulate_offices(survey: "Survey") -> Listing:
    """One row per reporting Dezernat and office: how many programmes."""
    counts = count_offices(survey)
    counts, more = put_first(
        survey, counts, "programmes.csv", "die mit den meisten Nennungen zuerst", counts["programme_count"]
    )
    frame = pd.DataFrame(
        {
            "Amt oder Dienststelle": counts["office"],
            "Gemeldet von": label_dezernate(counts["dezernat"]),
            COUNT: counts["programme_count"],
        }
    )
    return shares(survey, frame, "Ämter und Dienststellen", more)


def tabulate_responsibility(survey: "Survey") -> Listing:
    """One row per reporting and responsible Dezernat: how many programmes."""
    counts = count_responsibility(survey)
    frame = pd.DataFrame(
        {
            "Gemeldet von": label_dezernate(counts["dezernat"]),
            "Zuständig": [
                dezernat_label(code) if pd.notna(code) else None for code in counts["responsible_dezernat"]
            ],
            COUNT: counts["programme_count"],
        }
    )
    return shares(survey, frame, "Meldendes und zuständiges Dezernat")


def tabulate_cooperation(survey: "Survey") -> Listing:
    """One row per answer: how many programmes name partners, say that there are none, or do not say."""
    counts = count_cooperation(survey)
    frame = pd.DataFrame(
        {"Zusammenarbeit": counts["answer"].map(COOPERATION_LABELS), COUNT: counts["programme_count"]}
    )
    return shares(survey, frame, "Nennungen nach Angabe zur Zusammenarbeit")


def tabulate_partners(survey: "Survey") -> Listing:
    """One row per programme: with whom it works, as the return says."""
    answers = list_cooperation(survey)
    is_given = answers["answer"].eq("given")
    answers, more = put_first(survey, answers, "programmes.csv", "die mit Partnern zuerst", is_given)
    frame = pd.DataFrame(
        {
            TITLE: answers["title"],
            "Dezernat": answers["dezernat"],
            "Zusammenarbeit": answers["answer"].map(COOPERATION_LABELS),
            "Wortlaut": answers["partners_text"],
        }
    )
    return listing(frame, "Zusammenarbeit mit anderen Stellen", NOTHING_NAMED, more)
