"""The table of every programme, by Dezernat."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..codelists import CodeLists
from ..labels import NOT_USABLE, NOTHING_NAMED
from ..publish.german import quote
from ..returns.answers import is_nil
from ..summaries import label_groups, list_programmes
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
    programmes = list_programmes(survey)
    ids = programmes["programme_id"]
    citywide = programmes["area_scope"].eq("citywide").fillna(False)
    frame = pd.DataFrame(
        {
            TITLE: programmes["title"],
            "Dezernat": programmes["dezernat"],
            "Amt oder Dienststelle": programmes["office"],
            "Beginn": _or_wording(label_starts(programmes), programmes["start_text"], survey.codes),
            "Zielgruppen": _or_wording(ids.map(named), programmes["target_groups_text"], survey.codes),
            "Stadtbezirke": _or_wording(
                ids.map(where).mask(citywide, "ganze Stadt"), programmes["sozialraum_text"], survey.codes
            ),
        }
    )
    note = "In Anführungszeichen steht der Wortlaut, wo eine Angabe nicht auszuwerten ist."
    return listing(frame, "Alle Nennungen nach Dezernat", NOTHING_NAMED, note=note)


def _or_wording(meanings: Iterable[Any], texts: Iterable[Any], codes: CodeLists) -> list[str | None]:
    """One cell per programme: what was understood, else what the return says in quotes, else nothing."""
    cells: list[str | None] = []
    for meaning, text in zip(meanings, texts, strict=True):
        if isinstance(meaning, str) and meaning != NOT_USABLE:
            cells.append(meaning)
        else:
            says_something = isinstance(text, str) and not is_nil(text, codes)
            cells.append(quote(text.strip()) if says_something else None)
    return cells
