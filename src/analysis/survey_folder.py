"""What lies in a survey folder: which files are returns, and a digest of all that a reading depends on."""

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from .corrections import CORRECTIONS
from .survey_config import CONFIG

LISTS: Final = "codelists"
_NOT_RETURNS: Final = {CONFIG, CORRECTIONS, "thumbs.db", "desktop.ini"}


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


def fingerprint_of(folder: Path) -> str:
    """One digest of every file that a reading depends on: the folder's, and the package's own code and code lists."""
    files = [*find_returns(folder), folder / CONFIG, folder / CORRECTIONS, *(folder / LISTS).glob("*.csv")]
    return hashlib.sha256((_package_digest() + digest_of(files, folder)).encode()).hexdigest()


def digest_of(files: Iterable[Path], folder: Path) -> str:
    """One digest of the names, as seen from `folder`, and the contents of those files that there are."""
    digest = hashlib.sha256()
    for path in sorted(files):
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
