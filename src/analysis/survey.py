"""A folder of returns becomes a Survey: the tables of every return, joined, with what the folder says of itself."""

import datetime
import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from .codelists import CodeLists, read_codes
from .corrections import CORRECTIONS, read_corrections
from .frames import make_frame
from .problems import Problem
from .returns import Return, doubt, found_in_name, read_return, redact_names, unknown_dezernat
from .schema import TABLES
from .survey_config import CONFIG, Expected, read_config
from .workbooks import Unreadable, read_workbook

_NOT_RETURNS: Final = {CONFIG, CORRECTIONS, "thumbs.db", "desktop.ini"}


@dataclass(frozen=True, eq=False)
class Survey:
    """One survey: its eight tables (see `schema`) and what its folder says of it.

    `fingerprint` changes with every byte of the folder and of the package that read it.
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
    fingerprint: str


def read_survey(folder: str | Path) -> Survey:
    """The survey in a folder: its returns read, its tables joined.

    Raises: InputError where the folder, `survey.toml`, `corrections.csv` or a code list cannot be used.
    """
    folder = Path(folder)
    config = read_config(folder)
    fingerprint = fingerprint_of(folder)
    codes = read_codes(folder / "codelists")
    expected: tuple[Expected, ...] = config["expected"]
    names = {item.dezernat: item.name for item in expected}
    corrections = read_corrections(folder / CORRECTIONS)
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    problems: list[Problem] = []
    for path in find_returns(folder):
        name = unicodedata.normalize("NFC", path.name)
        book = read_workbook(path)
        if isinstance(book, Unreadable):
            result = _unreadable(name, book, codes)
        else:
            places, misfits = corrections.fit(name, book)
            result = read_return(name, book, config["reference_date"], codes, places)
            result.problems.extend(misfits)
        for table, columns in result.tables.items():
            rows[table].extend(
                dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
            )
        problems.extend(result.problems)
        rows["returns"].extend(_return_rows(name, result, names))
    problems.extend(corrections.without_workbook())
    problems.extend(_add_outstanding(rows["returns"], expected))
    rows["problems"] = [dict(problem.as_row()) for problem in problems]
    _hide_names(rows)
    rows["problems"] += [dict(problem.as_row()) for problem in _doubts_about_returns(rows["returns"], names)]
    order = {dezernat: number for number, dezernat in enumerate(names)}
    rows["returns"].sort(key=lambda row: (order.get(row["dezernat"], len(order)), row["dezernat"] or "~"))
    frames: dict[str, Any] = {table: make_frame(table, records) for table, records in rows.items()}
    return Survey(**frames, name=folder.resolve().name, codes=codes, fingerprint=fingerprint, **config)


def find_returns(folder: Path) -> list[Path]:
    """Every file of the folder that a department sent, whatever its ending, sorted by name."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and not path.name.startswith((".", "~$"))
        and not path.name.casefold().startswith("readme")
        and path.name.casefold() not in _NOT_RETURNS
    )


def _unreadable(name: str, book: Unreadable, codes: CodeLists) -> Return:
    owners = found_in_name(name, codes)
    problems = [
        doubt(
            "unreadable_workbook",
            f"{book.reason}; bitte die Rückmeldung als Excel-Datei (.xlsx) neu anfordern.",
            workbook=name,
            found=book.reason,
            expected="eine lesbare Arbeitsmappe (.xlsx, .xlsm, .xlsb, .xls oder .ods)",
        )
    ]
    if not owners:
        problems.append(unknown_dezernat(name))
    return Return(statuses=[(next(iter(owners), None), "unreadable", 0)], problems=problems)


def _return_rows(name: str, result: Return, names: Mapping[str, str]) -> list[dict[str, Any]]:
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


def _hide_names(tables: dict[str, list[dict[str, Any]]]) -> None:
    """Replaces personal data in the names of files and worksheets, which stand in every table."""
    for column in ("workbook", "sheet"):
        sources = (tables["returns"], tables["sheets"], tables["problems"])
        shown = redact_names(row[column] for rows in sources for row in rows if row.get(column))
        for row in (row for rows in tables.values() for row in rows if shown):
            if row.get(column) in shown:
                row[column] = shown[row[column]]


def _doubts_about_returns(rows: list[dict[str, Any]], names: Mapping[str, str]) -> list[Problem]:
    problems = []
    workbooks: dict[str, list[str]] = {}
    for row in rows:
        dezernat, workbook = row["dezernat"], row["workbook"]
        if dezernat is None or workbook is None:
            continue
        workbooks.setdefault(dezernat, []).append(workbook)
        if dezernat not in names:
            message = (
                f"Dezernat {dezernat} ist in survey.toml nicht vorgesehen; bitte dort ergänzen oder klären."
            )
            problems.append(doubt("unexpected_dezernat", message, workbook=workbook, found=dezernat))
    for dezernat, sent in workbooks.items():
        if len(sent) > 1:
            message = f"Dezernat {dezernat} hat mehrere Dateien geschickt; bitte prüfen, ob eine die andere ersetzt."
            problems.append(doubt("several_workbooks", message, workbook=sent[-1], found=", ".join(sent)))
    return problems


def fingerprint_of(folder: Path) -> str:
    """One digest of every file that a reading depends on: the folder's, and the package's own code and code lists."""
    digest = hashlib.sha256(_package_digest().encode())
    files = [*find_returns(folder), *(folder / name for name in (CONFIG, CORRECTIONS))]
    files += sorted((folder / "codelists").glob("*.csv"))
    for path in files:
        if path.is_file():
            name = unicodedata.normalize("NFC", path.relative_to(folder).as_posix())
            digest.update(f"\n{name} {hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
    return digest.hexdigest()


@cache
def _package_digest() -> str:
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.csv")]):
        if "publish" not in path.relative_to(package).parts:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def metadata_names() -> tuple[str, ...]:
    """The attributes of a Survey that are not tables."""
    return tuple(item.name for item in fields(Survey) if item.name not in TABLES)
