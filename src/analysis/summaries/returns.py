"""Who answered, what is in doubt, and whether the books balance."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import pandas as pd

from ..corrections import APPLIED
from ..schema import COUNT, FLAG, SEVERITIES, TAKEN_AS, TEXT
from ..workbooks.ranges import compact_ranges
from .frames import frame_of, texts_of
from .once import once_per_survey

if TYPE_CHECKING:
    from ..survey import Survey

# What a Dezernat's workbooks say together: one readable answer makes it an answer.
STATUS_RANK: Final = ("received", "fehlanzeige", "unreadable", "outstanding")
# One per cell and no doubt: `list_personal_data` lists them.
LISTED_APART: Final = frozenset({"contact_replaced"})
MOST_RANGES: Final = 40
_GROUPED: Final = ("severity", "code", "workbook", "sheet", "found", "message")


@once_per_survey
def count_dezernate(survey: "Survey") -> pd.DataFrame:
    """One row per Dezernat asked or answering, in the order of the request, then one without for stray files.

    Columns: dezernat, dezernat_name, is_expected, status (the best of its workbooks), workbook_count,
    unreadable_count (workbooks), programme_count, active_count (programmes neither planned nor ended before
    the year of the reference date).
    """
    returns, programmes = survey.returns, survey.programmes
    order: list[str | None] = [*_dezernate(survey)]
    if returns["dezernat"].isna().any() or programmes["dezernat"].isna().any():
        order.append(None)
    names = {expected.dezernat: expected.name for expected in survey.expected}
    active = is_active(survey)
    rows = []
    for code in order:
        mine = returns[returns["dezernat"].isna() if code is None else returns["dezernat"].eq(code)]
        named = programmes["dezernat"].isna() if code is None else programmes["dezernat"].eq(code)
        statuses = set(mine["status"].dropna())
        known = mine["dezernat_name"].dropna()
        rows.append(
            {
                "dezernat": code,
                "dezernat_name": names.get(code or "") or (known.iloc[0] if len(known) else None),
                "is_expected": code in names,
                "status": next((status for status in STATUS_RANK if status in statuses), "outstanding"),
                "workbook_count": int(mine["workbook"].notna().sum()),
                "unreadable_count": int(mine["status"].eq("unreadable").sum()),
                "programme_count": int(named.sum()),
                "active_count": int((named & active).sum()),
            }
        )
    return frame_of(
        rows,
        dezernat=TEXT,
        dezernat_name=TEXT,
        is_expected=FLAG,
        status=TEXT,
        workbook_count=COUNT,
        unreadable_count=COUNT,
        programme_count=COUNT,
        active_count=COUNT,
    )


@once_per_survey
def is_active(survey: "Survey") -> pd.Series:
    """One row per programme: whether it is neither planned nor ended before the year of the reference date."""
    programmes, year = survey.programmes, survey.reference_date.year
    is_planned = programmes["start_certainty"].eq("planned").fillna(False)
    has_ended = programmes["end_year"].lt(year).fillna(False)
    return (~is_planned & ~has_ended).astype(bool)


@once_per_survey
def list_programmes(survey: "Survey") -> pd.DataFrame:
    """One row per programme with the columns of `programmes`: by Dezernat in the order of the request.

    Within a Dezernat the order of the returns stays; programmes without a Dezernat come last.
    """
    order = {code: number for number, code in enumerate(_dezernate(survey))}
    return survey.programmes.sort_values(
        "dezernat", key=lambda column: column.map(order), kind="stable", na_position="last"
    ).reset_index(drop=True)


@once_per_survey
def list_problems(survey: "Survey") -> pd.DataFrame:
    """One row per doubt with the columns of `problems`, without what is listed on its own (`LISTED_APART`)."""
    return survey.problems[~survey.problems["code"].isin(LISTED_APART)]


@once_per_survey
def count_problems(survey: "Survey") -> pd.DataFrame:
    """One row per workbook, in order of the returns, then one without for doubts about the survey as a whole.

    Columns: dezernat, workbook, error, warning, info (doubts by severity), total. What is listed on its own
    (`LISTED_APART`) does not count.
    """
    problems = list_problems(survey)
    workbooks = survey.returns.loc[survey.returns["workbook"].notna(), ["dezernat", "workbook"]]
    dezernat = dict(zip(workbooks["workbook"], workbooks["dezernat"], strict=True))
    order: list[str | None] = list(dict.fromkeys([*dezernat, *problems["workbook"].dropna()]))
    if problems["workbook"].isna().any():
        order.append(None)
    found = Counter(zip(texts_of(problems, "workbook"), problems["severity"], strict=True))
    rows = []
    for workbook in order:
        counts = {severity: found[workbook, severity] for severity in SEVERITIES}
        rows.append(
            {
                "dezernat": dezernat.get(workbook or ""),
                "workbook": workbook,
                **counts,
                "total": sum(counts.values()),
            }
        )
    return frame_of(rows, dezernat=TEXT, workbook=TEXT, **dict.fromkeys(SEVERITIES, COUNT), total=COUNT)


@once_per_survey
def group_problems(survey: "Survey", *severities: str, by_found: bool = True) -> pd.DataFrame:
    """One row per doubt of these severities, the same doubt about several cells of a sheet as one; errors first.

    Columns: severity, code, workbook, sheet, cells (ranges such as "C5:C9"), found, message. Without `by_found` what
    the cells say does not part them, and `found` is empty. What is listed on its own (`LISTED_APART`) is left out.
    """
    problems = list_problems(survey)
    asked = problems[problems["severity"].isin(severities)]
    asked = asked.sort_values("severity", key=lambda column: column.map(SEVERITIES.index), kind="stable")
    columns = {name: texts_of(asked, name) for name in _GROUPED}
    if not by_found:
        columns["found"] = [None] * len(asked)
    groups: dict[tuple[str | None, ...], list[str]] = {}
    for key, cell in zip(zip(*columns.values(), strict=True), texts_of(asked, "cell"), strict=True):
        groups.setdefault(key, []).extend([cell] if cell else [])
    rows = [
        {**dict(zip(_GROUPED, key, strict=True)), "cells": ranges_text(cells)}
        for key, cells in groups.items()
    ]
    return frame_of(rows, **dict.fromkeys([*_GROUPED[:4], "cells", *_GROUPED[4:]], TEXT))


@once_per_survey
def list_corrections(survey: "Survey") -> pd.DataFrame:
    """One row per correction that was applied.

    Columns: workbook, sheet, cell, found (what the cell said), corrected (what counts instead; both empty for an empty
    cell), reason (why, and who decided it).
    """
    applied = survey.problems[survey.problems["code"].eq("corrected").fillna(False).astype(bool)]
    columns = {
        "workbook": texts_of(applied, "workbook"),
        "sheet": texts_of(applied, "sheet"),
        "cell": texts_of(applied, "cell"),
        "found": texts_of(applied, "found"),
        "corrected": texts_of(applied, "expected"),
        "reason": [(text or "").removeprefix(APPLIED) for text in texts_of(applied, "message")],
    }
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return frame_of(rows, **dict.fromkeys(columns, TEXT))


@once_per_survey
def list_personal_data(survey: "Survey") -> pd.DataFrame:
    """One row per worksheet with personal data: in which cells, never what stood there.

    Columns: workbook, sheet, withheld (cells whose whole content was withheld, as ranges), replaced (cells in whose
    text names and numbers were replaced), cell_count.
    """
    cells, problems = survey.cells, survey.problems
    places: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for kind, frame in enumerate(
        (cells[cells["taken_as"].eq("withheld")], problems[problems["code"].isin(LISTED_APART)])
    ):
        for workbook, sheet, cell in frame[["workbook", "sheet", "cell"]].dropna().itertuples(index=False):
            places.setdefault((workbook, sheet), (set(), set()))[kind].add(cell)
    order = {
        key: n for n, key in enumerate(zip(survey.sheets["workbook"], survey.sheets["sheet"], strict=True))
    }
    rows = [
        {
            "workbook": key[0],
            "sheet": key[1],
            "withheld": ranges_text(withheld),
            "replaced": ranges_text(replaced - withheld),
            "cell_count": len(withheld | replaced),
        }
        for key, (withheld, replaced) in sorted(
            places.items(), key=lambda item: order.get(item[0], len(order))
        )
    ]
    return frame_of(rows, workbook=TEXT, sheet=TEXT, withheld=TEXT, replaced=TEXT, cell_count=COUNT)


def ranges_text(cells: Iterable[str]) -> str | None:
    """Cells as ranges: "I5:I24, K7"; very many are cut, with their number; nothing for none."""
    ranges = compact_ranges(cells)
    more = len(ranges) - MOST_RANGES
    shown = ", ".join(ranges[:MOST_RANGES])
    return f"{shown} und {more} weitere" if more > 0 else shown or None


@once_per_survey
def count_cells(survey: "Survey") -> pd.DataFrame:
    """One row per workbook: its filled cells, and what became of them.

    Columns: workbook, nonempty (counted from the file on its own), context, header, placed, withheld, nil,
    unplaced, is_balanced (every sheet's six add up to its nonempty).
    """
    numbers = survey.sheets[["nonempty", *TAKEN_AS]].fillna(0).astype(int)
    is_balanced = numbers[list(TAKEN_AS)].sum(axis=1).eq(numbers["nonempty"])
    by_workbook = numbers.assign(is_balanced=is_balanced).groupby(survey.sheets["workbook"], sort=False)
    counts = by_workbook.agg({**dict.fromkeys(numbers, "sum"), "is_balanced": "all"})
    sent = survey.returns["workbook"].dropna()
    order = list(dict.fromkeys([*sent[sent.isin(counts.index)], *counts.index]))
    kinds = {"workbook": TEXT, "nonempty": COUNT, **dict.fromkeys(TAKEN_AS, COUNT), "is_balanced": FLAG}
    return counts.loc[order].reset_index()[list(kinds)].astype(kinds)


def _dezernate(survey: "Survey") -> list[str]:
    """Every Dezernat asked or answering, in the order of the request."""
    asked = [expected.dezernat for expected in survey.expected]
    answering = {*survey.returns["dezernat"].dropna(), *survey.programmes["dezernat"].dropna()}
    return [*asked, *sorted(answering - set(asked))]
