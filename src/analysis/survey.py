"""A folder of returns becomes a Survey: the tables of every return, joined, with what the folder says of itself."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .cache import Cache
from .codelists import CodeLists, read_codes
from .corrections import CORRECTIONS, Corrections, read_corrections
from .cross_checks import COMPARED, check_across
from .intake import Intake, Task, digest_of_lists, take_in_all
from .packing import Columns, Joiner
from .problems import Problem
from .returns.doubts import doubt
from .returns.privacy import redact_names
from .schema import TABLES
from .survey_config import Expected, read_config
from .survey_folder import LISTS, checksum_of, find_returns, fingerprint_of, name_of, workbook_name

if TYPE_CHECKING:
    from concurrent.futures import Executor

    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Survey:
    """One survey: its eight tables (see `schema`) and what its folder says of it.

    `checksum` is the SHA-256 of what the folder brings in (`survey_folder.checksum_of`); `fingerprint` changes with
    every byte of that and of the package that read it.
    """

    returns: pd.DataFrame
    programmes: pd.DataFrame
    programme_target_groups: pd.DataFrame
    programme_sozialraeume: pd.DataFrame
    cells: pd.DataFrame
    sheets: pd.DataFrame
    columns: pd.DataFrame
    problems: pd.DataFrame
    name: str
    title: str
    reference_date: datetime.date
    requested_on: datetime.date
    deadline: datetime.date
    committee: str
    meeting_date: datetime.date
    is_sample: bool
    expected: tuple[Expected, ...]
    codes: CodeLists
    checksum: str
    fingerprint: str

    def __repr__(self) -> str:
        return self._repr_mimebundle_()["text/plain"]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from .survey_card import card_bundle  # it needs pandas, which reading imports while it waits

        return card_bundle(self)


def read_survey(
    folder: str | Path,
    *,
    executor: Executor | None = None,
    cache: Cache | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Survey:
    """The survey in a folder: its returns read, its tables joined; the same to the last bit however they were read.

    `executor` (any of `concurrent.futures`, also Dask's `client.get_executor()`) reads batches of returns wherever it
    works, in guarded processes of its own; without one, processes of this machine read. The folder must lie at the same
    path there, and this package be the same. With a `cache` only those returns are read that it does not hold yet.
    `progress` is called with the returns read so far and all of them as each comes in.
    Raises: InputError where the folder, `survey.toml`, `corrections.csv`, a code list or the executor cannot be used.
    """
    folder = Path(folder)
    config = read_config(folder)
    checksum, fingerprint = checksum_of(folder), fingerprint_of(folder)
    codes = read_codes(folder / LISTS)
    corrections = read_corrections(folder / CORRECTIONS)
    tasks = make_tasks(find_returns(folder), folder, config["reference_date"], corrections)
    returns = take_in_all(tasks, executor=executor, cache=cache)
    # pandas is imported while the other processes read.
    import pandas as pd

    from .frames import make_frame, to_frame

    joiners = {table: Joiner(table) for table in TABLES}
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    read: list[str] = []
    names = {item.dezernat: item.name for item in config["expected"]}
    for number, (task, result) in enumerate(zip(tasks, returns, strict=True), start=1):
        for table, columns in result.tables.items():
            joiners[table].add(columns)
        problems.extend(result.problems)
        rows.extend(_return_rows(task.name, result, names))
        if result.is_readable:
            read.append(task.name)
        if progress is not None:
            progress(number, len(tasks))
    problems.extend(corrections.without_workbook(read))
    problems.extend(_add_outstanding(rows, config["expected"]))
    order = {dezernat: number for number, dezernat in enumerate(names)}
    rows.sort(key=lambda row: (order.get(row["dezernat"], len(order)), row["dezernat"] or "~"))
    frames: dict[str, Any] = {table: to_frame(joiners.pop(table).finish()) for table in TABLES}
    frames["returns"] = make_frame("returns", rows)
    frames["problems"] = make_frame("problems", map(Problem.as_row, problems))
    hide_names(frames)
    problems_across = check_across(_as_columns(frames), names)
    if problems_across:
        more = make_frame("problems", map(Problem.as_row, problems_across))
        frames["problems"] = pd.concat([frames["problems"], more], ignore_index=True)
    return Survey(
        **frames, name=name_of(folder), codes=codes, checksum=checksum, fingerprint=fingerprint, **config
    )


def make_tasks(
    paths: Iterable[Path], folder: Path, reference_date: datetime.date, corrections: Corrections
) -> list[Task]:
    """One task per file to take in, with the code lists and corrections of its survey folder."""
    lists = folder / LISTS
    codes_digest = digest_of_lists(lists)
    tasks = []
    for path in paths:
        name = workbook_name(path)
        own = Corrections({name: corrections.by_workbook.get(name, [])})
        tasks.append(Task(path, name, reference_date, lists, codes_digest, own))
    return tasks


def _return_rows(name: str, result: Intake, names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "dezernat": dezernat,
            "dezernat_name": names.get(dezernat or ""),
            "status": status,
            "is_expected": None if dezernat is None else dezernat in names,
            "workbook": name,
            "programme_count": None if status == "unreadable" else count,
        }
        for dezernat, status, count in result.statuses
    ]


def _add_outstanding(rows: list[dict[str, Any]], expected: Iterable[Expected]) -> list[Problem]:
    """Adds a row per Dezernat that sent nothing, and gives the doubts."""
    answered = {row["dezernat"] for row in rows}
    problems = []
    for item in expected:
        if item.dezernat not in answered:
            rows.append(
                {
                    "dezernat": item.dezernat,
                    "dezernat_name": item.name,
                    "status": "outstanding",
                    "is_expected": True,
                    "workbook": None,
                    "programme_count": None,
                }
            )
            problems.append(
                doubt(
                    "outstanding_return",
                    f"Von Dezernat {item.dezernat} liegt keine Rückmeldung vor; bitte erinnern.",
                    expected=item.dezernat,
                )
            )
    return problems


def hide_names(frames: dict[str, pd.DataFrame]) -> None:
    """Replaces personal data in the names of files and worksheets, which stand in every table."""
    for column in ("workbook", "sheet"):
        holders = [frame for frame in frames.values() if column in frame]
        named = [
            frames[table][column] for table in ("returns", "sheets", "problems") if column in frames[table]
        ]
        shown = redact_names(name for series in named for name in series.dropna().unique())
        for frame in holders if shown else ():
            frame[column] = frame[column].replace(shown)


def _as_columns(frames: dict[str, pd.DataFrame]) -> dict[str, Columns]:
    """What is compared across returns, as plain lists; of the cells only those that name a programme."""
    cells = frames["cells"]
    is_named = cells["field"].isin(["title", "dezernat", "office"]) & cells["programme_id"].notna()
    compared = {**frames, "cells": cells.loc[is_named, list(COMPARED["cells"])]}
    return {
        table: {
            name: compared[table][name].astype(object).where(compared[table][name].notna(), None).tolist()
            for name in names
        }
        for table, names in COMPARED.items()
    }


def metadata_names() -> tuple[str, ...]:
    """The attributes of a Survey that are not tables."""
    return tuple(item.name for item in fields(Survey) if item.name not in TABLES)
