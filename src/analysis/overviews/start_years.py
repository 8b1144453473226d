"""Tables of first years and ends."""

from typing import TYPE_CHECKING

import pandas as pd

from ..labels import ENDED_LABELS, NOTHING_NAMED, age_label, period_label
from ..summaries import count_start_periods, list_ends, list_starts
from .style import COUNT, TITLE, Listing, label_starts, listing, put_first, shares

if TYPE_CHECKING:
    from ..survey import Survey


def tabulate_starts(survey: "Survey") -> Listing:
    """One row per programme, oldest first: the answer as given, the first year, the age in years."""
    starts, more = put_first(survey, list_starts(survey), "programmes.csv", "die ältesten Maßnahmen zuerst")
    frame = pd.DataFrame(
        {
            TITLE: starts["title"],
            "Dezernat": starts["dezernat"],
            "Angabe": starts["start_text"],
            "Beginn": label_starts(starts),
            "Alter in Jahren": [
                age_label(*ages) for ages in zip(starts["age_min"], starts["age_max"], strict=True)
            ],
        }
    )
    return listing(frame, "Beginn der Maßnahmen", NOTHING_NAMED, more)


def tabulate_start_periods(survey: "Survey") -> Listing:
    """One row per period of five years: how many programmes began in it."""
    periods = count_start_periods(survey)
    periods = periods[periods["period"].isin(["early", "span"]) | periods["programme_count"].gt(0)]
    labels = [
        period_label(*values)
        for values in zip(periods["period"], periods["first_year"], periods["last_year"], strict=True)
    ]
    frame = pd.DataFrame({"Zeitraum des Beginns": labels, COUNT: periods["programme_count"]})
    note = "Nicht eindeutig: Die Angabe ist ungenau und kann in mehr als einen Zeitraum fallen."
    has_between = periods["period"].eq("between").any()
    return shares(survey, frame, "Nennungen nach Zeitraum des Beginns", note if has_between else None)


def tabulate_ends(survey: "Survey") -> Listing:
    """One row per programme with an end: the answer as given, the year, and where it lies."""
    ends, more = put_first(survey, list_ends(survey), "programmes.csv", "die mit dem frühesten Ende zuerst")
    frame = pd.DataFrame(
        {
            TITLE: ends["title"],
            "Dezernat": ends["dezernat"],
            "Angabe": ends["end_text"],
            "Ende": ends["end_year"],
            "Stand": ends["ended"].map(ENDED_LABELS),
        }
    )
    empty = "Keine Nennung enthält eine auswertbare Angabe zum Ende."
    return listing(frame, "Maßnahmen mit einem Ende", empty, more)
