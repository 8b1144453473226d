"""The table of every programme, by Dezernat, and the key to its sources."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..codelists import CodeLists
from ..labels import NOT_USABLE, NOTHING_NAMED
from ..publish.german import quote
from ..returns.answers import is_nil
from ..summaries import label_groups, list_disability, list_programmes
from .style import COUNT, MOST_ROWS, TITLE, Listing, label_starts, listing, put_first

if TYPE_CHECKING:
    from ..survey import Survey


def tabulate_programmes(survey: "Survey") -> Listing:
    """One row per programme, by Dezernat: office, start, groups, places, and the row of the return it stands in.

    The worksheet of a source has a short name there, which `tabulate_sources` explains.
    """
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
    programmes, more = _shown(survey)
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
            "Quelle": [
                name if pd.isna(row) else f"{name},\u00a0Zeile\u00a0{row}"
                for name, row in zip(_name_sources(programmes), programmes["row"], strict=True)
            ],
        }
    )
    note = "In Anführungszeichen steht der Wortlaut, wo eine Angabe nicht auszuwerten ist."
    caption = "Nennungen nach Dezernat (Auswahl)" if more else "Alle Nennungen nach Dezernat"
    return listing(frame, caption, NOTHING_NAMED, note, more)


def tabulate_sources(survey: "Survey") -> Listing:
    """One row per worksheet that holds programmes of `tabulate_programmes`: its short name, its workbook, how many."""
    programmes, more = _shown(survey)
    named = programmes[["workbook", "sheet"]].assign(name=_name_sources(programmes))
    counts = named.groupby(["name", "workbook", "sheet"], sort=False, dropna=False).size()
    frame = counts.reset_index(name=COUNT).rename(
        columns={"name": "Quelle", "workbook": "Arbeitsmappe", "sheet": "Blatt"}
    )
    note = "Genannt sind die Quellen der gezeigten Nennungen." if more else None
    return listing(frame, "Quellen der Nennungen", NOTHING_NAMED, note)


def _shown(survey: "Survey") -> tuple[pd.DataFrame, str | None]:
    """The programmes of a document by Dezernat, and what is to be said where these are not all.

    Of very many each Dezernat has as large a part as the others, with those first that have to do with people with
    disabilities.
    """
    programmes = list_programmes(survey)
    if len(programmes) <= MOST_ROWS:
        return programmes, None
    concerned = list_disability(survey)["programme_id"]
    is_concerned = programmes["programme_id"].isin(concerned)
    ordered = programmes.assign(is_concerned=is_concerned).sort_values(
        "is_concerned", ascending=False, kind="stable"
    )
    place = ordered.groupby("dezernat", dropna=False, sort=False).cumcount().sort_index()
    first = "reihum aus allen Dezernaten, dabei zuerst die mit Bezug zu Menschen mit Behinderung"
    ordered, more = put_first(survey, programmes, "programmes.csv", first, -place)
    return ordered.head(MOST_ROWS).sort_index(), more


def _name_sources(programmes: pd.DataFrame) -> list[str]:
    """One short name per programme for its worksheet, numbered as they first appear."""
    return [
        f"Q{number + 1}"
        for number in programmes.groupby(["workbook", "sheet"], sort=False, dropna=False).ngroup()
    ]


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
