"""The survey of some of its programmes: who named them, for whom, where and since when."""

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from ..survey import Survey


@dataclass(frozen=True)
class Choice:
    """What to look for: one of the named things in each field, and all fields at once; an empty field excludes nothing.

    `dezernate` are those that reported, None among them for programmes without one; `target_groups` codes;
    `stadtbezirke` numbers. A start matches when it can lie in one of the years from `first_year` to `last_year`
    (both included): an interval by touching them, an open one by its known end. Programmes of which nobody knows the
    year match all years, and those for the whole city all Stadtbezirke, unless `with_unknown_start` or
    `with_citywide` leaves them out.
    """

    dezernate: tuple[str | None, ...] = ()
    target_groups: tuple[str, ...] = ()
    stadtbezirke: tuple[int, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    with_unknown_start: bool = True
    with_citywide: bool = True


def select_programmes(survey: "Survey", choice: Choice) -> "Survey":
    """The survey with the programmes that match, in every table that names programmes; all else of it stays.

    Cells that belong to no programme stay, and so do sheets, columns and problems: they say what was sent. In
    `returns` only the number of programmes is counted anew.
    """
    programmes = survey.programmes[_matches(survey, choice)].reset_index(drop=True)
    ids = programmes["programme_id"]

    def of_these(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["programme_id"].isin(ids)].reset_index(drop=True)

    cells = survey.cells
    is_ours = cells["programme_id"].isna() | cells["programme_id"].isin(ids)
    return dataclasses.replace(
        survey,
        returns=_recount(survey.returns, programmes),
        programmes=programmes,
        programme_target_groups=of_these(survey.programme_target_groups),
        programme_sozialraeume=of_these(survey.programme_sozialraeume),
        cells=cells[is_ours].reset_index(drop=True),
    )


def _matches(survey: "Survey", choice: Choice) -> pd.Series:
    """One row per programme: whether it is one of those."""
    programmes = survey.programmes
    ids = programmes["programme_id"]
    is_match = pd.Series(True, index=programmes.index)
    if choice.dezernate:
        named = [code for code in choice.dezernate if code is not None]
        dezernat = programmes["dezernat"]
        is_match &= dezernat.isin(named) | (dezernat.isna() & (None in choice.dezernate))
    if choice.target_groups:
        groups = survey.programme_target_groups
        is_match &= ids.isin(groups.loc[groups["target_group"].isin(choice.target_groups), "programme_id"])
    is_citywide = programmes["area_scope"].eq("citywide").fillna(False).astype(bool)
    if choice.stadtbezirke:
        places = survey.programme_sozialraeume
        is_there = places["stadtbezirk_nr"].isin(choice.stadtbezirke)
        is_match &= ids.isin(places.loc[is_there, "programme_id"]) | is_citywide
    if not choice.with_citywide:
        is_match &= ~is_citywide
    earliest, latest = programmes["start_earliest"], programmes["start_latest"]
    if choice.first_year is not None:
        is_match &= latest.ge(choice.first_year).fillna(True).astype(bool)
    if choice.last_year is not None:
        is_match &= earliest.le(choice.last_year).fillna(True).astype(bool)
    if not choice.with_unknown_start:
        is_match &= earliest.notna() | latest.notna()
    return is_match


def _recount(returns: pd.DataFrame, programmes: pd.DataFrame) -> pd.DataFrame:
    """The returns with the number of these programmes, where a number stood."""
    counts = programmes.groupby(["workbook", "dezernat"], dropna=False).size()
    keys = pd.MultiIndex.from_frame(returns[["workbook", "dezernat"]])
    found = pd.Series(counts.reindex(keys).to_numpy(), index=returns.index).fillna(0)
    before = returns["programme_count"]
    return returns.assign(programme_count=found.astype(before.dtype).where(before.notna()))
