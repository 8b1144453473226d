"""Who answered, what is in doubt, and whether the books balance."""

from typing import TYPE_CHECKING, Final

import pandas as pd

from ..schema import COUNT, FLAG, SEVERITIES, TAKEN_AS, TEXT
from .frames import frame_of

if TYPE_CHECKING:
    from ..survey import Survey

# What a Dezernat's workbooks say together: one readable answer makes it an answer.
STATUS_RANK: Final = ("received", "fehlanzeige", "unreadable", "outstanding")


def count_dezernate(survey: "Survey") -> pd.DataFrame:
    """One row per Dezernat asked or answering, in the order of the request, then one without for stray files.

    Columns: dezernat, dezernat_name, is_expected, status (the best of its workbooks), workbook_count,
    unreadable_count (workbooks), programme_count, active_count (programmes neither planned nor ended before
    the year of the reference date).
    """
    returns, programmes = survey.returns, survey.programmes
    asked = [expected.dezernat for expected in survey.expected]
    answering = {*returns["dezernat"].dropna(), *programmes["dezernat"].dropna()}
    order: list[str | None] = [*asked, *sorted(answering - set(asked))]
    if returns["dezernat"].isna().any() or programmes["dezernat"].isna().any():
        order.append(None)
    names = {expected.dezernat: expected.name for expected in survey.expected}
    active = _is_active(survey)
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
                "is_expected": code in asked,
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


def list_programmes(survey: "Survey") -> pd.DataFrame:
    """One row per programme with the columns of `programmes`: by Dezernat in the order of the request.

    Within a Dezernat the order of the returns stays; programmes without a Dezernat come last.
    """
    order = {code: number for number, code in enumerate(count_dezernate(survey)["dezernat"].dropna())}
    return survey.programmes.sort_values(
        "dezernat", key=lambda column: column.map(order), kind="stable", na_position="last"
    ).reset_index(drop=True)


def count_problems(survey: "Survey") -> pd.DataFrame:
    """One row per workbook, in order of the returns, then one without for doubts about the survey as a whole.

    Columns: dezernat, workbook, error, warning, info (doubts by severity), total.
    """
    problems = survey.problems
    workbooks = survey.returns.loc[survey.returns["workbook"].notna(), ["dezernat", "workbook"]]
    dezernat = dict(zip(workbooks["workbook"], workbooks["dezernat"], strict=True))
    order: list[str | None] = list(dict.fromkeys([*dezernat, *problems["workbook"].dropna()]))
    if problems["workbook"].isna().any():
        order.append(None)
    rows = []
    for workbook in order:
        mine = problems["workbook"].isna() if workbook is None else problems["workbook"].eq(workbook)
        found = problems.loc[mine, "severity"].value_counts()
        counts = {severity: int(found.get(severity, 0)) for severity in SEVERITIES}
        rows.append(
            {
                "dezernat": dezernat.get(workbook or ""),
                "workbook": workbook,
                **counts,
                "total": sum(counts.values()),
            }
        )
    return frame_of(rows, dezernat=TEXT, workbook=TEXT, **dict.fromkeys(SEVERITIES, COUNT), total=COUNT)


def count_cells(survey: "Survey") -> pd.DataFrame:
    """One row per workbook: its filled cells, and what became of them.

    Columns: workbook, nonempty (counted from the file on its own), context, header, placed, withheld, nil,
    unplaced, is_balanced (every sheet's six add up to its nonempty).
    """
    sheets = survey.sheets
    rows = []
    sent = survey.returns["workbook"].dropna()
    for workbook in dict.fromkeys([*sent[sent.isin(sheets["workbook"])], *sheets["workbook"].dropna()]):
        mine = sheets[sheets["workbook"].eq(workbook)]
        taken = mine[list(TAKEN_AS)].fillna(0)
        rows.append(
            {
                "workbook": workbook,
                "nonempty": int(mine["nonempty"].fillna(0).sum()),
                **{name: int(taken[name].sum()) for name in TAKEN_AS},
                "is_balanced": bool((taken.sum(axis=1) == mine["nonempty"].fillna(0)).all()),
            }
        )
    kinds = dict.fromkeys(TAKEN_AS, COUNT)
    return frame_of(rows, workbook=TEXT, nonempty=COUNT, **kinds, is_balanced=FLAG)


def _is_active(survey: "Survey") -> pd.Series:
    programmes, year = survey.programmes, survey.reference_date.year
    is_planned = programmes["start_certainty"].eq("planned").fillna(False)
    has_ended = programmes["end_year"].lt(year).fillna(False)
    return (~is_planned & ~has_ended).astype(bool)
