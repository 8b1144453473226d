"""Since when: intervals instead of guesses, ages in whole calendar years."""

from typing import TYPE_CHECKING, Final

import pandas as pd

from ..schema import COUNT, TEXT, YEAR
from .frames import counts_of, frame_of, texts_of, years_of
from .once import once_per_survey

if TYPE_CHECKING:
    from ..survey import Survey

# "The last five years": the five calendar years before the year of the reference date, and that year itself.
RECENT_YEARS: Final = 5

# How many such periods are told apart before everything earlier is one.
PERIODS: Final = 4


@once_per_survey
def list_starts(survey: "Survey") -> pd.DataFrame:
    """One row per programme, oldest first, then the planned ones, then those without a usable year.

    Columns: programme_id, dezernat, title, start_text, start_earliest, start_latest, start_certainty,
    age_min, age_max (years: year of the reference date minus first year; age_max empty where the interval is
    open to the past), recent.

    recent says whether the programme began in the last five years, that is in year R-5 or later where R is
    the year of the reference date (2014: since 2009): `certain` the whole interval lies there, `possible` a
    part of it, `no` none of it, `planned` it had not begun, `unknown` no year is known. An interval open to
    the past may reach back without end; one open to the future ends with the reference date.
    """
    programmes, year = survey.programmes, survey.reference_date.year
    rows = []
    for programme_id, dezernat, title, text, earliest, latest, certainty in zip(
        texts_of(programmes, "programme_id"),
        texts_of(programmes, "dezernat"),
        texts_of(programmes, "title"),
        texts_of(programmes, "start_text"),
        years_of(programmes, "start_earliest"),
        years_of(programmes, "start_latest"),
        texts_of(programmes, "start_certainty"),
        strict=True,
    ):
        recent = _recent(earliest, latest, certainty, year)
        has_begun = recent in ("certain", "possible", "no")
        rows.append(
            {
                "programme_id": programme_id,
                "dezernat": dezernat,
                "title": title,
                "start_text": text,
                "start_earliest": earliest,
                "start_latest": latest,
                "start_certainty": certainty or "unknown",
                "age_min": max(0, year - (year if latest is None else latest)) if has_begun else None,
                "age_max": year - earliest if has_begun and earliest is not None else None,
                "recent": recent,
            }
        )
    rows.sort(key=_oldest_first)
    return frame_of(
        rows,
        programme_id=TEXT,
        dezernat=TEXT,
        title=TEXT,
        start_text=TEXT,
        start_earliest=YEAR,
        start_latest=YEAR,
        start_certainty=TEXT,
        age_min=YEAR,
        age_max=YEAR,
        recent=TEXT,
    )


@once_per_survey
def count_recent(survey: "Survey") -> pd.DataFrame:
    """One row per answer (certain, possible, no, planned, unknown): begun in the last five years or not.

    Columns: recent, programme_count. The rule stands at `list_starts`.
    """
    return counts_of(list_starts(survey), "recent", ("certain", "possible", "no", "planned", "unknown"))


@once_per_survey
def count_start_periods(survey: "Survey") -> pd.DataFrame:
    """One row per period of five years, oldest first, then what falls between, is planned or without a year.

    Columns: period (early, between, planned, unknown, or span), first_year, last_year, programme_count. The
    last span also holds the year of the reference date. An interval counts in a period only where all of it
    lies there.
    """
    year = survey.reference_date.year
    spans = [(year - RECENT_YEARS, year)]
    for _ in range(PERIODS - 1):
        spans.insert(0, (spans[0][0] - RECENT_YEARS, spans[0][0] - 1))
    counts = dict.fromkeys([("early", None, spans[0][0] - 1), *(("span", *span) for span in spans)], 0)
    rest = {"between": 0, "planned": 0, "unknown": 0}
    starts = list_starts(survey)
    for recent, earliest, latest in zip(
        starts["recent"], years_of(starts, "start_earliest"), years_of(starts, "start_latest"), strict=True
    ):
        if recent in rest:
            rest[recent] += 1
            continue
        last = min(year, year if latest is None else latest)
        homes = [
            key
            for key in counts
            if last <= key[2] and (key[1] is None or (earliest is not None and key[1] <= earliest))
        ]
        if homes:
            counts[homes[0]] += 1
        else:
            rest["between"] += 1
    rows = [
        {"period": kind, "first_year": first, "last_year": last, "programme_count": count}
        for (kind, first, last), count in counts.items()
    ]
    rows += [
        {"period": kind, "first_year": None, "last_year": None, "programme_count": count}
        for kind, count in rest.items()
    ]
    return frame_of(rows, period=TEXT, first_year=YEAR, last_year=YEAR, programme_count=COUNT)


@once_per_survey
def list_ends(survey: "Survey") -> pd.DataFrame:
    """One row per programme with an end, the earliest end first.

    Columns: programme_id, dezernat, title, end_text, end_year, ended (before: in a year before that of the
    reference date; same: in that year, before or after the day; later). Whether a later end has come to pass
    no return can say.
    """
    programmes, year = survey.programmes, survey.reference_date.year
    mine = programmes[programmes["end_year"].notna()].sort_values(["end_year", "title"], kind="stable")
    ended = [
        "before" if end < year else "same" if end == year else "later" for end in mine["end_year"].astype(int)
    ]
    columns = ["programme_id", "dezernat", "title", "end_text", "end_year"]
    return mine[columns].assign(ended=pd.array(ended, dtype=TEXT)).reset_index(drop=True)


def _recent(earliest: int | None, latest: int | None, certainty: str | None, year: int) -> str:
    if certainty == "planned" or (earliest is not None and earliest > year):
        return "planned"
    if certainty == "unknown" or (earliest is None and latest is None):
        return "unknown"
    if earliest is not None and earliest >= year - RECENT_YEARS:
        return "certain"
    if latest is not None and latest < year - RECENT_YEARS:
        return "no"
    return "possible"


def _oldest_first(row: dict[str, object]) -> tuple[object, ...]:
    earliest, latest = row["start_earliest"], row["start_latest"]
    group = {"planned": 1, "unknown": 2}.get(str(row["recent"]), 0)
    first = earliest if earliest is not None else latest
    last = latest if latest is not None else first
    return group, first or 0, last or 0, str(row["title"] or "")
