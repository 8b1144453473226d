"""The table of every programme, by Dezernat."""

from typing import TYPE_CHECKING

import pandas as pd

from ..labels import NOTHING_NAMED
from ..summaries import count_dezernate, label_groups
from .style import TITLE, Listing, label_starts, listing

if TYPE_CHECKING:
    from ..survey import Survey


def tabulate_programmes(survey: "Survey") -> Listing:
    """One row per programme, by Dezernat: office, start, groups and places."""
    labels = label_groups(survey)
    groups = survey.programme_target_groups.drop_duplicates(["programme_id", "target_group"])
    named = (
        groups.assign(label=groups["target_group"].map(labels))
        .groupby("programme_id")["label"]
        .agg(", ".join)
    )
    places = survey.programme_sozialraeume.sort_values("stadtbezirk_nr", kind="stable")
    where = (
        places.drop_duplicates(["programme_id", "stadtbezirk_nr"])
        .groupby("programme_id")["stadtbezirk"]
        .agg(", ".join)
    )
    order = {code: number for number, code in enumerate(count_dezernate(survey)["dezernat"].dropna())}
    programmes = survey.programmes.sort_values(
        "dezernat", key=lambda column: column.map(order), kind="stable", na_position="last"
    )
    ids = programmes["programme_id"]
    citywide = programmes["area_scope"].eq("citywide").fillna(False)
    frame = pd.DataFrame(
        {
            "Dezernat": programmes["dezernat"],
            TITLE: programmes["title"],
            "Amt oder Dienststelle": programmes["office"],
            "Beginn": label_starts(programmes),
            "Zielgruppen": ids.map(named),
            "Stadtbezirke": ids.map(where).mask(citywide, "ganze Stadt"),
        }
    ).reset_index(drop=True)
    return listing(frame, "Alle Nennungen nach Dezernat", NOTHING_NAMED, row_headers=2)
