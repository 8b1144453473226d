"""For whom: the groups that returns name, special groups against everybody, and people with disabilities."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from ..codelists import CodeLists
from ..schema import COUNT, TEXT
from .frames import counts_of, frame_of, texts_of
from .once import once_per_survey
from .returns import list_programmes

if TYPE_CHECKING:
    from ..survey import Survey

EVERYBODY: Final = "alle_bewohner"
DISABILITY: Final = "menschen_mit_behinderung"
AUDIENCES: Final = ("special", "everybody", "both", "none")
BASES: Final = ("named", "implied", "neither")
NO_GROUP: Final = ("keine_angabe", "unklar")


def label_groups(survey: "Survey") -> dict[str, str]:
    """One item per target group of the code list: code and German label."""
    return {row["code"]: row["label"] for row in survey.codes["target_groups"]}


@once_per_survey
def count_target_groups(survey: "Survey") -> pd.DataFrame:
    """One row per target group that a programme names, most named first; people with disabilities always.

    Columns: target_group (code), label, programme_count. A programme counts once in each of its groups.
    """
    named = _named(survey)
    counts = {str(code): int(count) for code, count in named["target_group"].value_counts().items()}
    counts.setdefault(DISABILITY, 0)
    labels = label_groups(survey)
    rows = [
        {"target_group": code, "label": labels.get(code, code), "programme_count": count}
        for code, count in counts.items()
    ]
    rows.sort(key=lambda row: (-int(str(row["programme_count"])), str(row["label"])))
    return frame_of(rows, target_group=TEXT, label=TEXT, programme_count=COUNT)


@once_per_survey
def list_group_mentions(survey: "Survey") -> pd.DataFrame:
    """One row per programme and target group that it names: the most named group first.

    Columns: programme_id, target_group (code), label.
    """
    groups = count_target_groups(survey)
    order = {code: number for number, code in enumerate(groups["target_group"])}
    labels = dict(zip(groups["target_group"], groups["label"], strict=True))
    named = _named(survey)[["programme_id", "target_group"]]
    named = named.sort_values("target_group", key=lambda column: column.map(order), kind="stable")
    return named.assign(label=named["target_group"].map(labels).astype(TEXT)).reset_index(drop=True)


@once_per_survey
def list_audiences(survey: "Survey") -> pd.DataFrame:
    """One row per programme: for whom it is.

    Columns: programme_id, audience (special: special groups only; everybody; both; none: no group is known).
    """
    named = _named(survey)
    groups: dict[str, set[str]] = {}
    for programme_id, group in zip(named["programme_id"], named["target_group"], strict=True):
        groups.setdefault(programme_id, set()).add(group)
    rows = []
    for programme_id in survey.programmes["programme_id"]:
        mine = groups.get(programme_id, set())
        special = bool(mine - {EVERYBODY})
        audience = "both" if special and EVERYBODY in mine else "special" if special else "everybody"
        rows.append({"programme_id": programme_id, "audience": audience if mine else "none"})
    return frame_of(rows, programme_id=TEXT, audience=TEXT)


@once_per_survey
def count_audiences(survey: "Survey") -> pd.DataFrame:
    """One row per audience (special, everybody, both, none): how many programmes are for whom.

    Columns: audience, programme_count. The four add up to all programmes; shares leave `none` out and say so.
    """
    return counts_of(list_audiences(survey), "audience", AUDIENCES)


@once_per_survey
def list_disability(survey: "Survey") -> pd.DataFrame:
    """One row per programme that names people with disabilities, then per one whose words make it likely.

    Columns: programme_id, dezernat, title, basis (named: the return names the group; implied: only a word of
    the code list `implied_groups` stands in title, description or target groups), found (the words of the
    return), reason (why the word implies the group; empty where it is named). Implied is a question to the
    department, never an answer.
    """
    named = _named(survey)
    mine = named[named["target_group"].eq(DISABILITY)].drop_duplicates("programme_id")
    words = dict(zip(mine["programme_id"], texts_of(mine, "matched_text"), strict=True))
    rows = []
    programmes = list_programmes(survey)
    columns = ("programme_id", "dezernat", "title", "description", "target_groups_text")
    for programme_id, dezernat, title, *texts in zip(
        *(texts_of(programmes, name) for name in columns), strict=True
    ):
        row = {"programme_id": programme_id, "dezernat": dezernat, "title": title}
        if programme_id in words:
            rows.append({**row, "basis": "named", "found": words[programme_id], "reason": None})
            continue
        cue = next((cue for text in (title, *texts) if text for cue in _cues(text, survey.codes)), None)
        if cue:
            rows.append({**row, "basis": "implied", "found": cue[0], "reason": cue[1]})
    rows.sort(key=lambda row: row["basis"] != "named")
    return frame_of(rows, programme_id=TEXT, dezernat=TEXT, title=TEXT, basis=TEXT, found=TEXT, reason=TEXT)


@once_per_survey
def count_disability(survey: "Survey") -> pd.DataFrame:
    """One row per basis (named, implied, neither): how many programmes name people with disabilities.

    Columns: basis, programme_count. The three add up to all programmes; `list_disability` has them one by one.
    """
    found = list_disability(survey)
    bases = dict(zip(found["programme_id"], found["basis"], strict=True))
    every = [bases.get(programme_id, "neither") for programme_id in survey.programmes["programme_id"]]
    return counts_of(pd.DataFrame({"basis": every}), "basis", BASES)


def _named(survey: "Survey") -> pd.DataFrame:
    groups = survey.programme_target_groups
    return groups[~groups["target_group"].isin(NO_GROUP)].drop_duplicates(["programme_id", "target_group"])


def _cues(text: str, codes: CodeLists) -> Iterator[tuple[str, str]]:
    for pattern, reason in _cue_patterns(codes):
        if match := pattern.search(text):
            yield _widen(text, *match.span()), reason


def _widen(text: str, start: int, end: int) -> str:
    """The whole words around a part of a text; a pattern that asks for them takes hours over one endless word."""
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return text[start:end]


@cache
def _cue_patterns(codes: CodeLists) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(re.escape(row["text"]), re.IGNORECASE), row["reason"])
        for row in codes["implied_groups"]
        if row["target_group"] == DISABILITY
    )
