"""Scans the records of an .xlsb file for what python-calamine does not tell: formulas and errors without a value.

Source: [MS-XLSB] 2.1.4 (records), 2.4 (their fields).
"""

import struct
from collections.abc import Iterator
from typing import Final

from .archive import Archive
from .scan import SheetScan
from .xls_scan import ERRORS
from .xlsx_scan import read_relations

_ROW, _ERROR, _FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = 0, 3, 8, 9, 10, 11
_COLUMN, _SHEET = 60, 156
_BOOK: Final = "xl/workbook.bin"


def scan_xlsb(archive: Archive) -> list[SheetScan]:
    """One scan per sheet in the order of the file, chart sheets too; none where the records cannot be followed."""
    try:
        relations = read_relations(archive, _BOOK)
        parts = [
            relations.get(_text(body, 8), ("", ""))[1]
            for kind, body in _records(archive.read(_BOOK))
            if kind == _SHEET
        ]
        return [_scan_sheet(archive.read(part)) if part in archive else SheetScan() for part in parts]
    except (struct.error, IndexError, KeyError):
        return []


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        length = 0
        for shift in (0, 7, 14, 21):
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        yield kind, data[at : at + length]
        at += length


def _text(body: bytes, at: int) -> str:
    count = struct.unpack_from("<I", body, at)[0]
    return body[at + 4 : at + 4 + 2 * count].decode("utf-16-le", "replace")


def _scan_sheet(data: bytes) -> SheetScan:
    scan = SheetScan()
    row = 0
    for kind, body in _records(data):
        if kind == _ROW:
            row = struct.unpack_from("<I", body)[0] + 1
            if body[11] & 0x10:
                scan.hidden_rows.add(row)
        elif kind == _COLUMN:
            first, last = struct.unpack_from("<II", body)
            if body[16] & 1:
                scan.hidden_columns.update(range(first + 1, min(last, 16383) + 2))
        elif kind in (_ERROR, _FORMULA_ERROR):
            scan.cells[row, struct.unpack_from("<I", body)[0] + 1] = (ERRORS.get(body[8], "#FEHLER"), "error")
        elif kind in (_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL):
            state = "blank" if kind == _FORMULA_TEXT else "formula"
            scan.cells[row, struct.unpack_from("<I", body)[0] + 1] = ("=", state)
    return scan
