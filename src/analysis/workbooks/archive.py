"""Opens a workbook that is a ZIP file, never unpacking more than a department can have filled in."""

import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from .scan import TooBig

MOST_BYTES: Final = 400_000_000
MOST_ENTRIES: Final = 20_000
_CHUNK: Final = 1 << 18
# Deflate packs at most 1,032 bytes into one, so that a small entry cannot unpack to much, whatever it declares.
_MOST_PACKED: Final = 1_032
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Handler = Callable[..., Any]


class Archive:
    """A ZIP file whose entries are found whatever their case and slashes, and read up to a limit.

    Raises TooBig where the entries declare, or turn out, to unpack to more than `MOST_BYTES`.
    """

    def __init__(self, path: Path) -> None:
        self._file = zipfile.ZipFile(path)
        entries = self._file.infolist()
        self._entries = {_plain(entry.filename): entry for entry in entries}
        self._left = MOST_BYTES
        if sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise _too_big()
        if len(entries) > MOST_ENTRIES:
            raise TooBig(f"Die Datei enthält mehr als {MOST_ENTRIES} Teile")

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    @property
    def names(self) -> list[str]:
        """All entries, in lower case and with slashes only."""
        return list(self._entries)

    @property
    def is_encrypted(self) -> bool:
        """Whether an entry needs a password."""
        return any(entry.flag_bits & 1 for entry in self._entries.values())

    def peek(self, name: str, most: int) -> bytes:
        """The beginning of an entry, nothing where there is none."""
        if name not in self:
            return b""
        with self._file.open(self._entries[name.lower()]) as stream:
            return stream.read(most)

    def check_sizes(self) -> None:
        """Unpacks what another reader is going to unpack without looking at what it declares."""
        for name, entry in self._entries.items():
            if entry.compress_size * _MOST_PACKED > MOST_BYTES and name.endswith((".xml", ".bin", ".rels")):
                for _ in self.chunks(name):
                    pass
        self._left = MOST_BYTES

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one entry, a piece at a time."""
        entry = self._entries[name.lower()]
        if entry.compress_type not in _METHODS:
            raise zipfile.BadZipFile("a way of packing that no workbook uses")
        with self._file.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise _too_big()
                yield chunk

    def read(self, name: str) -> bytes:
        """The bytes of one entry."""
        return b"".join(self.chunks(name))

    def parse(
        self,
        name: str,
        start: Handler | None = None,
        end: Handler | None = None,
        text: Handler | None = None,
    ) -> None:
        """Feeds one XML entry to the handlers, names without their namespace prefix."""
        parser = make_parser(start, end, text)
        for chunk in self.chunks(name):
            parser.Parse(chunk)
        parser.Parse(b"", True)


def make_parser(
    start: Handler | None = None, end: Handler | None = None, text: Handler | None = None
) -> expat.XMLParserType:
    """A parser that calls the handlers with local names and knows no entities but XML's own five."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    if start is not None:
        parser.StartElementHandler = lambda tag, attributes: start(local_name(tag), attributes)
    if end is not None:
        parser.EndElementHandler = lambda tag: end(local_name(tag))
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


@lru_cache(maxsize=1_000)
def local_name(tag: str) -> str:
    """The name of an element or attribute without its prefix."""
    return tag.rpartition(":")[2]


def _refuse_doctype(*_: object) -> None:
    raise ValueError("DOCTYPE im XML")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _too_big() -> TooBig:
    return TooBig(f"Die Datei ist entpackt größer als {MOST_BYTES // 1_000_000} MB")
