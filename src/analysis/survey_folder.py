"""What lies in a survey folder: which files are returns, and digests of all that a reading depends on."""

import hashlib
import json
import os
import unicodedata
from pathlib import Path
from typing import Final

from .corrections import CORRECTIONS
from .digests import digest_of, name_in, package_digest
from .survey_config import CONFIG

LISTS: Final = "codelists"
# What the tables of a survey say of themselves; it is written last.
METADATA: Final = "survey.json"
# Where the report's survey and its tables lie: notebooks know the survey by its name alone.
SURVEY_VARIABLE: Final = "ANALYSIS_SURVEY"
PROCESSED_VARIABLE: Final = "ANALYSIS_PROCESSED"
_NOT_RETURNS: Final = {CONFIG, CORRECTIONS, "thumbs.db", "desktop.ini"}


def name_of(folder: Path) -> str:
    """The survey's name: its folder's, the same on every machine."""
    return unicodedata.normalize("NFC", folder.resolve().name)


def workbook_name(path: Path) -> str:
    """A file's name as every table has it; one that Windows wrote in its own alphabet, as out of a ZIP, is read so."""
    name = path.name
    if not name.isprintable() and any("\udc80" <= char <= "\udcff" for char in name):
        name = os.fsencode(name).decode("cp1252", "replace")
    return unicodedata.normalize("NFC", name)


def find_returns(folder: Path) -> list[Path]:
    """Every file of the folder that a department sent, whatever its ending, sorted by name."""
    found = [
        path
        for path in folder.iterdir()
        if path.is_file()
        and not path.name.startswith((".", "~$"))
        and not path.name.casefold().startswith("readme")
        and path.name.casefold() not in _NOT_RETURNS
    ]
    return sorted(found, key=lambda path: name_in(folder, path))


def input_files(folder: Path) -> list[Path]:
    """Every file that is read: returns, survey.toml, corrections.csv and code lists, as far as they are there."""
    own = [folder / CONFIG, folder / CORRECTIONS, *sorted((folder / LISTS).glob("*.csv"))]
    return [*find_returns(folder), *(path for path in own if path.is_file())]


def checksum_of(folder: Path) -> str:
    """The SHA-256 that stands for what an analyst gives: returns, survey.toml, corrections.csv and code lists.

    It is what `sha256sum FILES | LC_ALL=C sort | sha256sum` says of these files in their folder, so that nobody
    needs this program to check it. Folder, machine, times and order of the files do not count; names do.
    """
    return digest_of(input_files(folder), folder)


def fingerprint_of(folder: Path) -> str:
    """One digest of every file that a reading depends on: the folder's, and the package's own code and code lists."""
    return hashlib.sha256((package_digest() + checksum_of(folder)).encode()).hexdigest()


def is_written(tables: Path, folder: Path) -> bool:
    """Whether the tables in one folder are those of the survey in the other, as this package reads it."""
    try:
        metadata = json.loads((tables / METADATA).read_text(encoding="utf-8"))
        return bool(metadata["fingerprint"] == fingerprint_of(folder))
    except (OSError, ValueError, KeyError, TypeError):
        return False
