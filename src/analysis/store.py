"""Writes the tables of a survey as parquet and CSV, and reads them back exactly as they were."""

import datetime
import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from .codelists import CodeLists
from .problems import InputError
from .schema import TABLES, TEXT
from .survey import Survey, metadata_names, read_survey
from .survey_config import Expected, read_config
from .survey_folder import METADATA, PROCESSED_VARIABLE, SURVEY_VARIABLE, is_written, name_of

# Too long and too technical for a spreadsheet: the cells are parquet only.
_PARQUET_ONLY: Final = {"cells"}
_RISKY: Final = ("=", "+", "-", "@")
_DATES: Final = ("reference_date", "requested_on", "deadline", "meeting_date")

_held: dict[Path, Survey] = {}


def write_survey(survey: Survey, out: str | Path) -> None:
    """Writes `<table>.parquet`, `<table>.csv` and survey.json into `out`; other files there stay as they are.

    Everything is written beside and then moved into place, the metadata last: a run that fails loses nothing. CSV has
    commas (RFC 4180) and a byte order mark, by which Excel knows UTF-8; a text that a spreadsheet would take for
    a formula gets a leading apostrophe there.
    """
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".neu-", dir=out) as scratch:
        beside = Path(scratch)
        names: list[str] = []
        for table in TABLES:
            frame: pd.DataFrame = getattr(survey, table)
            frame.to_parquet(beside / f"{table}.parquet", engine="pyarrow", index=False)
            names.append(f"{table}.parquet")
            if table not in _PARQUET_ONLY:
                _write_csv(frame, table, beside / f"{table}.csv")
                names.append(f"{table}.csv")
        (beside / METADATA).write_text(_metadata(survey), encoding="utf-8", newline="\n")
        # Without its metadata a half replaced folder counts as not written at all.
        (out / METADATA).unlink(missing_ok=True)
        for name in [*names, METADATA]:
            (beside / name).replace(out / name)


def load_survey(folder: str | Path) -> Survey:
    """The survey that `write_survey` wrote into a folder, equal in every value and type.

    Raises: InputError where the folder does not hold one.
    """
    folder = Path(folder)
    metadata = _read_metadata(folder)
    if metadata is None:
        raise InputError(
            f"{folder}: Hier liegen keine vollständigen Tabellen einer Abfrage. Bitte sie mit "
            f"„python -m analysis tidy ABFRAGE --out {folder}“ schreiben."
        )
    try:
        frames: dict[str, Any] = {
            table: pd.read_parquet(folder / f"{table}.parquet", engine="pyarrow").astype(kinds)[list(kinds)]
            for table, kinds in TABLES.items()
        }
        codes = {
            name: tuple(MappingProxyType(row) for row in rows) for name, rows in metadata.pop("codes").items()
        }
        expected = tuple(Expected(**item) for item in metadata.pop("expected"))
        dates: dict[str, Any] = {name: datetime.date.fromisoformat(metadata.pop(name)) for name in _DATES}
        return Survey(
            **frames, **dates, expected=expected, codes=CodeLists(MappingProxyType(codes)), **metadata
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{folder}: Die Tabellen sind unvollständig oder von einer anderen Fassung ({error}). "
            f"Bitte sie mit „python -m analysis tidy ABFRAGE --out {folder}“ neu schreiben."
        ) from None


def open_survey(survey: str | Path = "data/raw/2014") -> Survey:
    """The survey in a folder, for notebooks run from anywhere: its processed tables where they are current, else read.

    A relative path counts from the current folder, from the project around it (the folder of pyproject.toml) or from
    the project's data/raw. The tables lie in data/processed/<name>. In a report the environment variable
    ANALYSIS_SURVEY says where the survey of that name lies, and ANALYSIS_PROCESSED where its tables lie.
    Raises: InputError as `read_survey`.
    """
    reported = os.environ.get(SURVEY_VARIABLE)
    if reported and str(survey) == name_of(Path(reported)):
        survey = reported
        held = _held.get(Path(reported).resolve())
        if held is not None:
            # The first to ask gets it with all that has been worked out from it; who asks again gets it untouched.
            hold_survey(Path(reported), _copy(held))
            return held
    folder, project = find_in_project(Path(survey))
    processed = [Path(os.environ[PROCESSED_VARIABLE])] if os.environ.get(PROCESSED_VARIABLE) else []
    if project is not None:
        processed.append(project / "data" / "processed" / name_of(folder))
    read_config(folder)
    for tables in processed:
        if is_written(tables, folder):
            try:
                return load_survey(tables)
            except InputError:
                continue
    return read_survey(folder)


def hold_survey(folder: Path, survey: Survey) -> None:
    """Keeps the survey that a report is made of, for `open_survey` here and in processes forked from this one."""
    _held[folder.resolve()] = survey


def find_in_project(path: Path) -> tuple[Path, Path | None]:
    """The path, counted from the current folder, the project around it or its data/raw; and that project, if any."""
    here = Path.cwd()
    project = next((path for path in (here, *here.parents) if (path / "pyproject.toml").is_file()), None)
    places = [path] if project is None else [path, project / path, project / "data" / "raw" / path]
    return next((place for place in places if place.exists()), path), project


def _copy(survey: Survey) -> Survey:
    """A survey whose tables can be changed without changing those of another (pandas copies what is written to)."""
    return replace(survey, **{table: getattr(survey, table).copy(deep=False) for table in TABLES})


def _write_csv(frame: pd.DataFrame, table: str, path: Path) -> None:
    safe = frame.copy()
    for column, kind in TABLES[table].items():
        if kind == TEXT:
            safe[column] = safe[column].map(_defuse, na_action="ignore")
    safe.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _defuse(text: str) -> str:
    return f"'{text}" if text.startswith(_RISKY) else text


def _metadata(survey: Survey) -> str:
    values: dict[str, Any] = {name: getattr(survey, name) for name in metadata_names()}
    values |= {name: values[name].isoformat() for name in _DATES}
    values["expected"] = [{"dezernat": item.dezernat, "name": item.name} for item in survey.expected]
    values["codes"] = {name: [dict(row) for row in rows] for name, rows in survey.codes.lists.items()}
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def _read_metadata(folder: Path) -> dict[str, Any] | None:
    try:
        metadata = json.loads((folder / METADATA).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return metadata if isinstance(metadata, dict) else None
