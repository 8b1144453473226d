"""Digests of files: what work depends on, told by content alone, the same on every machine and in every folder."""

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parent


def digest_of(files: Iterable[Path], folder: Path) -> str:
    """One digest of the names, as seen from `folder`, and the contents of those files that there are."""
    lines = sorted(_checksum_line(path, name_in(folder, path)) for path in files if path.is_file())
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def package_digest(without: frozenset[str] = frozenset()) -> str:
    """One digest of this package's own code, code lists and templates, but for the rooms `without`.

    A room is a module or folder directly below `analysis`; what is new there counts until it is named.
    """
    files = (
        path
        for path in PACKAGE.rglob("*")
        if "__pycache__" not in path.parts
        and path.relative_to(PACKAGE).parts[0].removesuffix(".py") not in without
    )
    return digest_of(files, PACKAGE)


def name_in(folder: Path, path: Path) -> str:
    """The path as seen from the folder, with one spelling of umlauts."""
    # macOS hands names out in parts: u and two dots.
    return unicodedata.normalize("NFC", path.relative_to(folder).as_posix())


def _checksum_line(path: Path, name: str) -> str:
    """One line as `sha256sum` writes it; a name that could break the line is escaped and says so."""
    escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    mark = "\\" if escaped != name else ""
    return f"{mark}{digest_of_file(path)}  {escaped}\n"
