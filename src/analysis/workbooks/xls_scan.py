"""Scans the records of an .xls file: which cells are filled, hidden lines, comments.

Sources: [MS-CFB] 2 (compound file), [MS-XLS] 2.4 (records). Texts, numbers and dates are python-calamine's; a scan
knows that there is one, and has the formulas and errors that calamine does not give.
"""

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from .scan import DAMAGED_CELL, SheetScan

_END_OF_CHAIN: Final = 0xFFFFFFFA
_SMALL_STREAM: Final = 4096
ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BOF: Final = (0x0009, 0x0209, 0x0409, 0x0809)
_EOF, _BOUNDSHEET, _ROW, _COLINFO = 0x000A, 0x0085, (0x0008, 0x0208), 0x007D
_FORMULA: Final = (0x0006, 0x0206, 0x0406)
_BOOLERR: Final = 0x0205
_MANY_NUMBERS: Final = 0x00BD
_NUMBERS: Final = (0x0203, 0x027E, _MANY_NUMBERS)
_LABELS: Final = (0x0204, 0x00D6)
_SHARED_LABEL, _TEXTS, _CONTINUE = 0x00FD, 0x00FC, 0x003C
_NOTE, _DRAWING, _DRAWING_TEXT = 0x001C, 0x005D, 0x01B6


def scan_xls(path: Path) -> list[SheetScan]:
    """One scan per sheet in the order of the file, chart sheets too; none where the records cannot be followed.

    Raises ValueError where the file is damaged so that python-calamine must not see it.
    """
    try:
        stream = _read_stream(path.read_bytes())
        offsets, empty = _read_globals(stream)
        return [_scan_sheet(stream, offset, empty) for offset in offsets]
    except (struct.error, IndexError):
        return []


def _read_stream(data: bytes) -> bytes:
    """The stream that holds the workbook."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    small_size = 1 << struct.unpack_from("<H", data, 32)[0]
    directory_start, small_fat_start, extra_start = (
        struct.unpack_from("<I", data, at)[0] for at in (48, 60, 68)
    )
    sectors = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _END_OF_CHAIN]
    seen = 0
    while extra_start < _END_OF_CHAIN and seen <= len(data) // size:
        *more, extra_start = struct.unpack_from(f"<{size // 4}I", data, (extra_start + 1) * size)
        sectors += [sector for sector in more if sector < _END_OF_CHAIN]
        seen += 1
    fat = [
        entry
        for sector in sectors
        for entry in struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    ]
    directory = _join(data, fat, directory_start, size, size)
    small = _join(data, fat, struct.unpack_from("<I", directory, 116)[0], size, size)
    small_fat = _join(data, fat, small_fat_start, size, size)
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        if name.casefold() in ("workbook", "book"):
            start, count = struct.unpack_from("<II", directory, at + 116)
            if count >= _SMALL_STREAM:
                return _join(data, fat, start, size, size)[:count]
            numbers = struct.unpack(f"<{len(small_fat) // 4}I", small_fat)
            return _join(small, numbers, start, small_size, 0)[:count]
    raise ValueError("no workbook stream")


def _join(data: bytes, fat: Sequence[int], sector: int, size: int, before: int) -> bytes:
    parts = []
    while sector < _END_OF_CHAIN:
        parts.append(data[before + sector * size : before + (sector + 1) * size])
        if len(parts) > len(fat):
            raise ValueError("a chain of sectors runs in a circle")  # calamine would follow it for ever
        sector = fat[sector]
    return b"".join(parts)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _read_globals(stream: bytes) -> tuple[list[int], set[int]]:
    """Where the sheets begin, and the numbers of the shared texts that are empty."""
    offsets = []
    texts: list[bytes] = []
    is_text = False
    for kind, body in _records(stream, 0):
        if kind == _BOUNDSHEET:
            offsets.append(struct.unpack_from("<I", body)[0])
        elif kind == _TEXTS or (kind == _CONTINUE and is_text):
            texts.append(body)
        elif kind == _EOF:
            break
        is_text = kind in (_TEXTS, _CONTINUE) and bool(texts)
    return offsets, _find_empty_texts(texts)


def _find_empty_texts(parts: list[bytes]) -> set[int]:
    """The numbers of the empty ones among texts that run on from record to record ([MS-XLS] 2.4.265)."""
    empty: set[int] = set()
    if not parts:
        return empty
    (count,) = struct.unpack_from("<I", parts[0], 4)
    part, at = 0, 8
    for number in range(count):
        if at >= len(parts[part]):
            part, at = part + 1, 0
            if part == len(parts):
                break
        length, flags = struct.unpack_from("<HB", parts[part], at)
        at += 3
        after = 0
        if flags & 8:
            after += 4 * struct.unpack_from("<H", parts[part], at)[0]
            at += 2
        if flags & 4:
            after += struct.unpack_from("<I", parts[part], at)[0]
            at += 4
        if length == 0:
            empty.add(number)
        width = 1 + (flags & 1)
        while length * width > len(parts[part]) - at:
            length -= (len(parts[part]) - at) // width
            part, at = part + 1, 1
            width = 1 + (parts[part][0] & 1)
        at += length * width
        while after > len(parts[part]) - at:
            after -= len(parts[part]) - at
            part, at = part + 1, 0
        at += after
    return empty


def _scan_sheet(stream: bytes, offset: int, empty: set[int]) -> SheetScan:
    scan = SheetScan()
    notes = _Notes()
    depth = 0
    for kind, body in _records(stream, offset):
        if kind in _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth == 0:
                break
        elif depth != 1:
            # A chart inside the sheet has its own records.
            continue
        elif kind in _ROW:
            row, options = struct.unpack_from("<H", body)[0], struct.unpack_from("<H", body, 12)[0]
            if options & 0x20:
                scan.hidden_rows.add(row + 1)
        elif kind == _COLINFO:
            first, last, _, _, options = struct.unpack_from("<5H", body)
            if options & 1:
                scan.hidden_columns.update(range(first + 1, min(last, 255) + 2))
        else:
            _scan_cell(scan, kind, body, empty)
            notes.take(kind, body)
    scan.comments = notes.by_place()
    return scan


def _scan_cell(scan: SheetScan, kind: int, body: bytes, empty: set[int]) -> None:
    """Notes a filled cell; a value that python-calamine does not give after all is left as an error."""
    found = DAMAGED_CELL
    if kind in _NUMBERS:
        row, first = struct.unpack_from("<HH", body)
        for column in range(first, first + ((len(body) - 6) // 6 if kind == _MANY_NUMBERS else 1)):
            scan.add(row + 1, column + 1, *found)
        return
    if kind in _LABELS:
        if not struct.unpack_from("<H", body, 6)[0]:
            return
    elif kind == _SHARED_LABEL:
        if struct.unpack_from("<I", body, 6)[0] in empty:
            return
    elif kind == _BOOLERR:
        if body[7]:
            found = ERRORS.get(body[6], "#FEHLER"), "error"
    elif kind in _FORMULA:
        result = body[6:14]
        # A result that is no number says so in its last two bytes; 2 is an error, the others are texts and booleans.
        if result[6:] != b"\xff\xff":
            found = "=", "formula"
        elif result[0] == 2:
            found = ERRORS.get(result[2], "#FEHLER"), "error"
        else:
            found = "=", "blank"
    else:
        return
    row, column = struct.unpack_from("<HH", body)
    scan.add(row + 1, column + 1, *found)


class _Notes:
    """Comments: a record gives the place and the number of a drawing, whose text stands elsewhere (2.4.179)."""

    def __init__(self) -> None:
        self._places: dict[int, tuple[int, int]] = {}
        self._texts: dict[int, str] = {}
        self._drawing = self._left = 0

    def take(self, kind: int, body: bytes) -> None:
        if kind == _NOTE and len(body) >= 8:
            row, column, _, drawing = struct.unpack_from("<4H", body)
            self._places[drawing] = row + 1, column + 1
        elif kind == _DRAWING and len(body) >= 8:
            self._drawing = struct.unpack_from("<H", body, 6)[0]
        elif kind == _DRAWING_TEXT and len(body) >= 12:
            self._left = struct.unpack_from("<H", body, 10)[0]
        elif kind == _CONTINUE and self._left and body:
            text = body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", "replace")[: self._left]
            self._left -= len(text)
            self._texts[self._drawing] = self._texts.get(self._drawing, "") + text

    def by_place(self) -> dict[tuple[int, int], str]:
        texts = {place: self._texts.get(drawing, "").strip() for drawing, place in self._places.items()}
        return {place: text.replace("\r", "\n") for place, text in texts.items() if text}
