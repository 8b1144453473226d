"""What lies in a survey folder: which files are returns, and digests of all that a reading depends on."""

import hashlib
import os
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from .corrections import CORRECTIONS
from .survey_config import CONFIG

LISTS: Final = "codelists"
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
    return sorted(found, key=lambda path: _name_in(folder, path))


def checksum_of(folder: Path) -> str:
    """The SHA-256 that stands for what an analyst gives: returns, survey.toml, corrections.csv and code lists.

    It is what `sha256sum FILES | LC_ALL=C sort | sha256sum` says of these files in their folder, so that nobody
    needs this program to check it. Folder, machine, times and order of the files do not count; names do.
    """
    return digest_of(
        [*find_returns(folder), folder / CONFIG, folder / CORRECTIONS, *(folder / LISTS).glob("*.csv")],
        folder,
    )


def fingerprint_of(folder: Path) -> str:
    """One digest of every file that a reading depends on: the folder's, and the package's own code and code lists."""
    return hashlib.sha256((_package_digest() + checksum_of(folder)).encode()).hexdigest()


def digest_of(files: Iterable[Path], folder: Path) -> str:
    """One digest of the names, as seen from `folder`, and the contents of those files that there are."""
    lines = sorted(_checksum_line(path, _name_in(folder, path)) for path in files if path.is_file())
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _checksum_line(path: Path, name: str) -> str:
    """One line as `sha256sum` writes it; a name that could break the line is escaped and says so."""
    escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    mark = "\\" if escaped != name else ""
    return f"{mark}{hashlib.sha256(path.read_bytes()).hexdigest()}  {escaped}\n"


def _name_in(folder: Path, path: Path) -> str:
    # macOS hands names out in parts: u and two dots.
    return unicodedata.normalize("NFC", path.relative_to(folder).as_posix())


@cache
def _package_digest() -> str:
    package = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.csv")]):
        if "publish" not in path.relative_to(package).parts:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
