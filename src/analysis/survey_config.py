"""What a survey folder says of itself: `survey.toml`, read and checked."""

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from .dezernate import match_dezernat
from .problems import InputError

CONFIG: Final = "survey.toml"
_T = TypeVar("_T")


@dataclass(frozen=True)
class Expected:
    """One Dezernat that was asked: its numeral and its name."""

    dezernat: str
    name: str


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
        "title": _line(path, config, "title"),
        "committee": _line(path, config, "committee"),
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


def _line(path: Path, config: Mapping[str, Any], key: str, where: str = "") -> str:
    """One text on one line, as it is printed."""
    return " ".join(_need(path, config, key, str, where).split())


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
        found[dezernat] = Expected(dezernat, _line(path, entry, "name", where))
    return tuple(found.values())
