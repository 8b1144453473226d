"""Scans the records of an .xls file for what python-calamine does not tell: formulas and errors without a value.

Sources: [MS-CFB] 2 (compound file), [MS-XLS] 2.4 (records). Texts, numbers and dates are calamine's; a scan gives the
formulas and errors, and hidden rows and columns.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .scan import SheetScan

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


def scan_xls(path: Path) -> list[SheetScan]:
    """One scan per sheet in the order of the file, chart sheets too; none where the records cannot be followed."""
    try:
        stream = _read_stream(path.read_bytes())
        return [_scan_sheet(stream, offset) for offset in _sheet_offsets(stream)]
    except (struct.error, IndexError, ValueError):
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
    root_start = struct.unpack_from("<I", directory, 116)[0]
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        if name.casefold() in ("workbook", "book"):
            start, count = struct.unpack_from("<II", directory, at + 116)
            if count >= _SMALL_STREAM:
                return _join(data, fat, start, size, size)[:count]
            small = _join(data, fat, root_start, size, size)
            raw = _join(data, fat, small_fat_start, size, size)
            small_fat = list(struct.unpack(f"<{len(raw) // 4}I", raw))
            return _join(small, small_fat, start, small_size, 0)[:count]
    raise ValueError("no workbook stream")


def _join(data: bytes, fat: list[int], sector: int, size: int, before: int) -> bytes:
    parts = []
    while sector < _END_OF_CHAIN:
        parts.append(data[before + sector * size : before + (sector + 1) * size])
        if len(parts) > len(fat):
            raise ValueError("a chain of sectors runs in a circle")
        sector = fat[sector]
    return b"".join(parts)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _sheet_offsets(stream: bytes) -> list[int]:
    offsets = []
    for kind, body in _records(stream, 0):
        if kind == _BOUNDSHEET:
            offsets.append(struct.unpack_from("<I", body)[0])
        elif kind == _EOF:
            break
    return offsets


def _scan_sheet(stream: bytes, offset: int) -> SheetScan:
    scan = SheetScan()
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
            _scan_record(scan, kind, body)
    return scan


def _scan_record(scan: SheetScan, kind: int, body: bytes) -> None:
    if kind == _BOOLERR and body[7]:
        text = ERRORS.get(body[6], "#FEHLER"), "error"
    elif kind in _FORMULA:
        result = body[6:14]
        # A result that is no number says so in its last two bytes; 2 is an error, the others are texts and booleans.
        if result[6:] != b"\xff\xff":
            text = "=", "formula"
        elif result[0] == 2:
            text = ERRORS.get(result[2], "#FEHLER"), "error"
        else:
            text = "=", "blank"
    else:
        return
    row, column = struct.unpack_from("<HH", body)
    scan.cells[row + 1, column + 1] = text
