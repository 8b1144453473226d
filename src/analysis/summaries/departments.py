"""Who does it: Dezernate and offices, who reports and who is responsible, and who works with whom."""

from functools import cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from ..codelists import CodeLists
from ..returns.answers import is_nil
from ..schema import COUNT, FLAG, TEXT
from .frames import counts_of, frame_of, texts_of
from .once import once_per_survey
from .returns import list_programmes

if TYPE_CHECKING:
    from ..survey import Survey

ANSWERS: Final = ("given", "none", "no_answer")


@once_per_survey
def count_offices(survey: "Survey") -> pd.DataFrame:
    """One row per reporting Dezernat and office as written (empty where none stands), by Dezernat.

    Columns: dezernat, office, programme_count.
    """
    counts: dict[tuple[str | None, str | None], int] = {}
    programmes = list_programmes(survey)
    for key in zip(texts_of(programmes, "dezernat"), texts_of(programmes, "office"), strict=True):
        counts[key] = counts.get(key, 0) + 1
    rows = [{"dezernat": key[0], "office": key[1], "programme_count": n} for key, n in counts.items()]
    return frame_of(rows, dezernat=TEXT, office=TEXT, programme_count=COUNT)


@once_per_survey
def list_responsibility(survey: "Survey") -> pd.DataFrame:
    """One row per programme, by the Dezernat that reports it; empty where the return is silent.

    Columns: programme_id, dezernat, responsible_dezernat, differs (empty where one of the two is unknown).
    """
    programmes = list_programmes(survey)
    rows = [
        {
            "programme_id": programme_id,
            "dezernat": reporting,
            "responsible_dezernat": responsible,
            "differs": None if reporting is None or responsible is None else reporting != responsible,
        }
        for programme_id, reporting, responsible in zip(
            programmes["programme_id"],
            texts_of(programmes, "dezernat"),
            texts_of(programmes, "responsible_dezernat"),
            strict=True,
        )
    ]
    return frame_of(rows, programme_id=TEXT, dezernat=TEXT, responsible_dezernat=TEXT, differs=FLAG)


@once_per_survey
def count_responsibility(survey: "Survey") -> pd.DataFrame:
    """One row per pair of reporting and responsible Dezernat, by the former; empty where the return is silent.

    Columns: dezernat, responsible_dezernat, programme_count, differs (empty where one of the two is unknown).
    """
    pairs = list_responsibility(survey).groupby(
        ["dezernat", "responsible_dezernat"], sort=False, dropna=False
    )
    counts = pairs.agg(programme_count=("programme_id", "size"), differs=("differs", "first")).reset_index()
    kinds = {"dezernat": TEXT, "responsible_dezernat": TEXT, "programme_count": COUNT, "differs": FLAG}
    return counts[list(kinds)].astype(kinds)


@once_per_survey
def list_cooperation(survey: "Survey") -> pd.DataFrame:
    """One row per programme, by Dezernat: whether the return names somebody it works with.

    Columns: programme_id, dezernat, title, partners_text, answer (given: partners are named; none: the
    return says there are none; no_answer: nothing stands there, or only a sign for it). The wordings of the
    latter two are in the code lists `partner_answers` and `answers`.
    """
    programmes = list_programmes(survey)
    columns = ["programme_id", "dezernat", "title", "partners_text"]
    answers = [_answer(text, survey.codes) for text in texts_of(programmes, "partners_text")]
    return programmes[columns].assign(answer=pd.array(answers, dtype=TEXT))


@once_per_survey
def count_cooperation(survey: "Survey") -> pd.DataFrame:
    """One row per answer (given, none, no_answer): how many programmes name partners.

    Columns: answer, programme_count. The three add up to all programmes.
    """
    return counts_of(list_cooperation(survey), "answer", ANSWERS)


def _answer(text: str | None, codes: CodeLists) -> str:
    if text is None:
        return "no_answer"
    known = _answers(codes).get(_plain(text))
    return known or ("no_answer" if is_nil(text, codes) else "given")


def _plain(text: str) -> str:
    """Letters only, lower case: "k. A." and "kA" are one answer, and a lone dash is none."""
    return "".join(char for char in text.casefold() if char.isalpha())


@cache
def _answers(codes: CodeLists) -> dict[str, str]:
    return {_plain(row["text"]): row["answer"] for row in codes["partner_answers"]}
