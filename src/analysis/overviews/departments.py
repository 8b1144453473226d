"""Tables of offices, of reporting and responsible Dezernat, of cooperation."""

from typing import TYPE_CHECKING

import pandas as pd

from ..labels import COOPERATION_LABELS, NOTHING_NAMED, dezernat_label
from ..summaries import count_offices, count_responsibility, list_cooperation
from .style import COUNT, TITLE, Listing, label_dezernate, listing, with_share

if TYPE_CHECKING:
    from ..survey import Survey


def tabulate_offices(survey: "Survey") -> Listing:
    """One row per reporting Dezernat and office: how many programmes."""
    counts = count_offices(survey)
    frame = pd.DataFrame(
        {
            "Amt oder Dienststelle": counts["office"],
            "Gemeldet von": label_dezernate(counts["dezernat"]),
            COUNT: counts["programme_count"],
        }
    )
    return listing(with_share(frame, len(survey.programmes)), "Ämter und Dienststellen", NOTHING_NAMED)


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
    frame = with_share(frame, len(survey.programmes))
    return listing(frame, "Meldendes und zuständiges Dezernat", NOTHING_NAMED)


def tabulate_cooperation(survey: "Survey") -> Listing:
    """One row per programme: with whom it works, as the return says."""
    answers = list_cooperation(survey)
    frame = pd.DataFrame(
        {
            TITLE: answers["title"],
            "Dezernat": answers["dezernat"],
            "Zusammenarbeit": answers["answer"].map(COOPERATION_LABELS),
            "Wortlaut": answers["partners_text"],
        }
    )
    return listing(frame, "Zusammenarbeit mit anderen Stellen", NOTHING_NAMED)
