"""Where: the Stadtbezirke with what is named there, the whole city apart, and the groups by Stadtbezirk."""

from typing import TYPE_CHECKING, Final

import pandas as pd

from ..publish.german import format_number
from ..schema import AREA_SCOPES, COUNT, TEXT
from .frames import counts_of, frame_of
from .once import once_per_survey
from .target_groups import NO_GROUP, count_target_groups

if TYPE_CHECKING:
    from ..survey import Survey

MOST_TITLES: Final = 50  # of one Stadtbezirk


@once_per_survey
def count_stadtbezirke(survey: "Survey") -> pd.DataFrame:
    """One row per Stadtbezirk of the code list, all of them, also where nothing is named.

    Columns: stadtbezirk_nr, stadtbezirk, programme_count (named there or in one of its Stadtteile; a
    programme counts once per Stadtbezirk), titles (of these, joined by "; ", very many cut with their number, empty
    where there are none).
    Programmes for the whole city are not in it: `count_scopes` has them.
    """
    places = survey.programme_sozialraeume.drop_duplicates(["programme_id", "stadtbezirk_nr"])
    titles = dict(zip(survey.programmes["programme_id"], survey.programmes["title"], strict=True))
    rows = []
    for number, name in label_stadtbezirke(survey).items():
        mine = places[places["stadtbezirk_nr"].eq(number)]["programme_id"]
        here = [titles[programme_id] for programme_id in mine if isinstance(titles.get(programme_id), str)]
        rows.append(
            {
                "stadtbezirk_nr": number,
                "stadtbezirk": name,
                "programme_count": len(mine),
                "titles": _join_titles(here) or None,
            }
        )
    return frame_of(rows, stadtbezirk_nr=COUNT, stadtbezirk=TEXT, programme_count=COUNT, titles=TEXT)


def _join_titles(titles: list[str]) -> str:
    more = len(titles) - MOST_TITLES
    return "; ".join(titles[:MOST_TITLES]) + (f" und {format_number(more)} weitere" if more > 0 else "")


@once_per_survey
def list_places(survey: "Survey") -> pd.DataFrame:
    """One row per programme and Stadtbezirk in which it is named.

    Columns: programme_id, stadtbezirk_nr, stadtbezirk.
    """
    places = survey.programme_sozialraeume.drop_duplicates(["programme_id", "stadtbezirk_nr"])
    named = places.loc[places["stadtbezirk_nr"].notna(), ["programme_id", "stadtbezirk_nr"]]
    names = named["stadtbezirk_nr"].map(label_stadtbezirke(survey)).astype(TEXT)
    return named.assign(stadtbezirk=names).reset_index(drop=True)


def label_stadtbezirke(survey: "Survey") -> dict[int, str]:
    """One item per Stadtbezirk of the code list: its number and name, by number."""
    rows = survey.codes["stadtteile"]
    return dict(sorted({int(row["stadtbezirk_nr"]): row["stadtbezirk"] for row in rows}.items()))


@once_per_survey
def count_scopes(survey: "Survey") -> pd.DataFrame:
    """One row per scope (citywide, named, unknown): where programmes work.

    Columns: area_scope, programme_count. The three add up to all programmes.
    """
    scopes = survey.programmes[["area_scope"]].fillna("unknown")
    return counts_of(scopes, "area_scope", AREA_SCOPES)


@once_per_survey
def count_groups_by_stadtbezirk(survey: "Survey") -> pd.DataFrame:
    """One row per target group, most named first, and Stadtbezirk: all pairs, also where nothing is named.

    Columns: target_group, label, stadtbezirk_nr, stadtbezirk, programme_count. Only programmes that name a
    place.
    """
    groups = survey.programme_target_groups
    groups = groups[~groups["target_group"].isin(NO_GROUP)].drop_duplicates(["programme_id", "target_group"])
    places = survey.programme_sozialraeume.drop_duplicates(["programme_id", "stadtbezirk_nr"])
    pairs = groups.merge(places[["programme_id", "stadtbezirk_nr"]], on="programme_id")
    found = pairs.groupby(["target_group", "stadtbezirk_nr"]).size().to_dict()
    named = count_target_groups(survey)
    rows = [
        {
            "target_group": code,
            "label": label,
            "stadtbezirk_nr": number,
            "stadtbezirk": name,
            "programme_count": int(found.get((code, number), 0)),
        }
        for code, label in zip(named["target_group"], named["label"], strict=True)
        for number, name in label_stadtbezirke(survey).items()
    ]
    return frame_of(
        rows, target_group=TEXT, label=TEXT, stadtbezirk_nr=COUNT, stadtbezirk=TEXT, programme_count=COUNT
    )
