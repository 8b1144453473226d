"""A folder of returns becomes a Survey: the tables of every return, joined, with what the folder says of itself."""

import datetime
import hashlib
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

import pandas as pd

from .codelists import CodeLists, read_codes
from .corrections import CORRECTIONS, read_corrections
from .dezernate import match_dezernat
from .problems import InputError, Problem
from .returns import Return, doubt, found_in_name, read_return, unknown_dezernat
from .schema import TABLES, make_frame
from .workbooks import Unreadable, read_workbook

CONFIG: Final = "survey.toml"
_NOT_RETURNS: Final = {CONFIG, CORRECTIONS, "thumbs.db", "desktop.ini"}
_T = TypeVar("_T")


@dataclass(frozen=True)
class Expected:
    """One Dezernat that was asked: its numeral and its name."""

    dezernat: str
    name: str


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
        for table, more in result.tables.items():
            rows[table].extend(more)
        problems.extend(result.problems)
        rows["returns"].extend(_return_rows(name, result, names))
    problems.extend(corrections.without_workbook())
    problems.extend(_add_outstanding(rows["returns"], expected))
    problems.extend(_doubts_about_returns(rows["returns"], names))
    order = {dezernat: number for number, dezernat in enumerate(names)}
    rows["returns"].sort(key=lambda row: (order.get(row["dezernat"], len(order)), row["dezernat"] or "~"))
    rows["problems"] = [dict(problem.as_row()) for problem in problems]
    frames = {table: make_frame(table, records) for table, records in rows.items()}
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


def read_config(folder: Path) -> dict[str, Any]:
    """What `survey.toml` says, checked. Raises: InputError with the key and what belongs there."""
    if not folder.is_dir():
        raise InputError(
            f"{folder}: Diesen Ordner gibt es nicht. "
            "Bitte den Ordner einer Abfrage angeben, zum Beispiel data/raw/2014."
        )
    path = folder / CONFIG
    try:
        config = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError(
            f"{path}: Die Datei fehlt. Bitte sie nach dem Muster von data/raw/2014/{CONFIG} anlegen."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path}: Die Datei ist kein gültiges TOML ({error}). Bitte die Stelle berichtigen."
        ) from None
    result: dict[str, Any] = {
        "title": _need(path, config, "title", str),
        "committee": _need(path, config, "committee", str),
        "is_sample": _need(path, config, "sample", bool),
        **{
            key: _need(path, config, key, datetime.date)
            for key in ("reference_date", "requested_on", "deadline", "meeting_date")
        },
    }
    entries = _need(path, config, "expected", list)
    if not entries:
        raise InputError(
            f"{path}: „expected“ ist leer. Bitte jedes gefragte Dezernat als [[expected]] eintragen."
        )
    result["expected"] = _read_expected(path, entries)
    return result


_KINDS: Final[dict[type, tuple[str, str]]] = {
    str: ("ein Text", '"Inklusion im Sozialraum"'),
    bool: ("true oder false", "false"),
    datetime.date: ("ein Datum ohne Anführungszeichen", "2014-02-26"),
    list: ("mindestens ein Eintrag [[expected]]", '[[expected]] mit dezernat = "I" und name = "…"'),
}


def _need(path: Path, config: Mapping[str, Any], key: str, kind: type[_T], where: str = "") -> _T:
    what, example = _KINDS[kind]
    if key not in config:
        raise InputError(
            f"{path}: {where}Der Eintrag „{key}“ fehlt; erwartet wird {what}, zum Beispiel {key} = {example}."
        )
    value = config[key]
    is_empty = isinstance(value, str) and not value.strip()
    if not isinstance(value, kind) or isinstance(value, datetime.datetime) or is_empty:
        found = "leer" if is_empty else f"„{value}“"
        raise InputError(
            f"{path}: {where}Der Eintrag „{key}“ ist {found}; erwartet wird {what}, zum Beispiel {example}."
        )
    return value


def _read_expected(path: Path, entries: Iterable[Any]) -> tuple[Expected, ...]:
    found: dict[str, Expected] = {}
    for number, entry in enumerate(entries, start=1):
        where = f"[[expected]] Nr. {number}: "
        if not isinstance(entry, dict):
            raise InputError(f"{path}: {where}Erwartet werden die Einträge dezernat und name.")
        text = _need(path, entry, "dezernat", str, where)
        dezernat = match_dezernat(text)
        if dezernat is None:
            raise InputError(
                f"{path}: {where}„{text}“ ist kein Dezernat. Erwartet wird eine römische Ziffer oder „OB“."
            )
        if dezernat in found:
            raise InputError(
                f"{path}: {where}Das Dezernat {dezernat} steht zweimal da. Bitte einen Eintrag entfernen."
            )
        found[dezernat] = Expected(dezernat, _need(path, entry, "name", str, where))
    return tuple(found.values())


def _unreadable(name: str, book: Unreadable, codes: CodeLists) -> Return:
    owners = found_in_name(name, codes)
    problems = [
        doubt(
            "unreadable_workbook",
            f"{book.reason}; bitte die Rückmeldung als Excel-Datei (.xlsx) neu anfordern.",
            workbook=name,
            found=book.detail or book.reason,
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
