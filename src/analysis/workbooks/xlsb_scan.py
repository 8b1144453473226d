"""Scans the records of an .xlsb file: which cells are filled, merges, hidden lines, comments.

Source: [MS-XLSB] 2.1.4 (records), 2.4 (their fields).
"""

import struct
from collections.abc import Iterator
from typing import Final

from .archive import Archive
from .cells import LAST_COLUMN, Span
from .scan import DAMAGED_CELL, SheetScan
from .xls_scan import ERRORS
from .xlsx_scan import read_relations

_ROW, _COLUMN, _SHEET, _MERGE, _SHARED_ITEM = 0, 60, 156, 176, 19
_ERROR, _FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = 3, 8, 9, 10, 11
_TEXTS: Final = (6, 62)
_SHARED_TEXT: Final = 7
_NUMBERS: Final = (2, 4, 5)
_COMMENT, _COMMENT_TEXT = 635, 637
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
        shared = [
            target for kind, target in relations.values() if kind == "sharedStrings" and target in archive
        ]
        empty = _find_empty_texts(archive.read(shared[0])) if shared else set()
        return [_scan_part(archive, part, empty) if part in archive else SheetScan() for part in parts]
    except (struct.error, IndexError, KeyError):
        return []


def _scan_part(archive: Archive, part: str, empty: set[int]) -> SheetScan:
    scan = _scan_sheet(archive.read(part), empty)
    for kind, target in read_relations(archive, part).values():
        if kind == "comments" and target in archive:
            scan.comments = _read_comments(archive.read(target))
    return scan


def _find_empty_texts(data: bytes) -> set[int]:
    """The numbers of the shared texts that are empty."""
    lengths = [struct.unpack_from("<I", body, 1)[0] for kind, body in _records(data) if kind == _SHARED_ITEM]
    return {number for number, length in enumerate(lengths) if length == 0}


def _read_comments(data: bytes) -> dict[tuple[int, int], str]:
    comments = {}
    place = (1, 1)
    for kind, body in _records(data):
        if kind == _COMMENT:
            row, _, column, _ = struct.unpack_from("<4I", body, 4)
            place = row + 1, column + 1
        elif kind == _COMMENT_TEXT and (text := _text(body, 1).strip()):
            comments[place] = text
    return comments


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


def _scan_sheet(data: bytes, empty: set[int]) -> SheetScan:
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
                scan.hidden_columns.update(range(first + 1, min(last + 1, LAST_COLUMN) + 1))
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            scan.merge(Span(top + 1, left + 1, bottom + 1, right + 1))
        elif found := _describe_cell(kind, body, empty):
            scan.add(row, struct.unpack_from("<I", body)[0] + 1, *found)
    return scan


def _describe_cell(kind: int, body: bytes, empty: set[int]) -> tuple[str, str] | None:
    """What is known of a filled cell beside its value; None for an empty one and what is no cell."""
    if kind in (_ERROR, _FORMULA_ERROR):
        return ERRORS.get(body[8], DAMAGED_CELL[0]), "error"
    if kind == _FORMULA_TEXT:
        return "=", "blank"
    if kind in (_FORMULA_NUMBER, _FORMULA_BOOL):
        return "=", "formula"
    is_filled = (
        kind in _NUMBERS
        or (kind in _TEXTS and struct.unpack_from("<I", body, 8 if kind == 6 else 9)[0])
        or (kind == _SHARED_TEXT and struct.unpack_from("<I", body, 8)[0] not in empty)
    )
    return DAMAGED_CELL if is_filled else None
