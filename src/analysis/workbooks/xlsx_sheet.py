"""Scans the XML of one worksheet: its filled cells, merges, hidden rows and columns.

Most cells are plain: a value and nothing that python-calamine would not tell. The quick way counts them by a regular
expression, takes them out and parses what is left; the full way parses everything. Source: ECMA-376 part 1 (18.3).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NoReturn

from .archive import Archive, make_parser
from .cells import LAST_COLUMN, Span, column_number, split_address
from .scan import MOST_FILLED, SheetScan, TooBig
from .xlsx_values import CellValues

# Tags as programmes write them, "x:" before each where the Open XML SDK has written the file.
_OTHERS: Final = rb'(?: s="[0-9]++"| t="(?:s|n|str|b|d|inlineStr)")*+'
_CELL: Final = rb"<(?:x:)?+c" + _OTHERS + rb' r="[A-Z]++[0-9]++"' + _OTHERS
_FORMULA: Final = rb"(?:<(?:x:)?+f(?: [^<>]*[^<>/])?(?:/>|>[^<]*+</(?:x:)?+f>))?+"
_VALUE: Final = rb"<(?:x:)?+v>[^<\s][^<]*+</(?:x:)?+v>"
_INLINE: Final = rb'<(?:x:)?+is><(?:x:)?+t(?: xml:space="preserve")?+>[^<]++</(?:x:)?+t></(?:x:)?+is>'
_PLAIN: Final = re.compile(_CELL + rb">(?:" + _FORMULA + _VALUE + rb"|" + _INLINE + rb")</(?:x:)?+c>")
_EMPTY: Final = re.compile(_CELL + rb"(?: ?/>|></(?:x:)?+c>)")
_EMPTY_ROW: Final = re.compile(
    rb'<(?:x:)?+row r="[0-9]++"(?![^>]*hidden)[^>]*+(?:(?<=/)>|>\s*+</(?:x:)?+row>)'
)
_BEGINNINGS: Final = (b"<c ", b"<row ", b"<x:c ", b"<x:row ")
_MOST_CARRIED: Final = 1 << 20
# Rows below 1,000 cannot make the used range too big.
_COLUMN, _FAR_ROW = re.compile(rb' r="([A-Z]++)'), re.compile(rb' r="[A-Z]++([0-9]{4,})"')


class Odd(Exception):
    """The quick way is not certain to be right here."""


def scan_sheet(archive: Archive, name: str, values: CellValues, *, is_quick: bool) -> SheetScan:
    """One worksheet. Raises Odd where it is to be read quickly and holds what only the full way can read."""
    scan = SheetScan()
    chunks = archive.chunks(name)
    _parse(_without_plain(chunks, scan) if is_quick else chunks, scan, values, is_quick)
    return scan


def _without_plain(chunks: Iterable[bytes], scan: SheetScan) -> Iterator[bytes]:
    """The XML without its plain cells, which are counted, and without its empty cells."""
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        cut = max(map(data.rfind, _BEGINNINGS))
        if cut < 0 or len(data) > _MOST_CARRIED:
            cut = len(data)
        data, rest = data[:cut], data[cut:]
        yield _take_plain(data, scan)
    yield _take_plain(rest, scan)


def _take_plain(data: bytes, scan: SheetScan) -> bytes:
    for letters in set(_COLUMN.findall(data)):
        scan.reach(999, column_number(letters.decode()))
    for row in set(_FAR_ROW.findall(data)):
        scan.reach(int(row), 1)
    left, count = _PLAIN.subn(b"", data)
    scan.plain += count
    if scan.plain > MOST_FILLED:
        raise TooBig(f"Die Datei hat mehr als {MOST_FILLED} ausgefüllte Zellen auf einem Blatt")
    return _EMPTY_ROW.sub(b"", _EMPTY.sub(b"", left))


def _parse(chunks: Iterable[bytes], scan: SheetScan, values: CellValues, is_quick: bool) -> None:
    row = column = 0
    kind = style = ""
    is_filled = phonetic = False
    formula: list[str] | None = None
    value: list[str] = []
    inline: list[str] = []
    target: list[str] | None = None

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal row, column, kind, style, is_filled, formula, target, phonetic
        if tag == "row":
            if "r" not in attributes and is_quick:
                raise Odd
            row, column = int(attributes.get("r", row + 1)), 0
            if attributes.get("hidden") in ("1", "true"):
                scan.hidden_rows.add(row)
        elif tag == "c":
            if reference := attributes.get("r"):
                row, column = split_address(reference)
            elif is_quick:
                raise Odd
            else:
                column += 1
            kind, style = attributes.get("t", "n"), attributes.get("s", "0")
            is_filled, formula = False, None
            value.clear()
            inline.clear()
        elif tag == "v":
            is_filled, target = True, value
        elif tag == "f":
            is_filled, formula = True, []
            target = formula
        elif tag == "t":
            is_filled, target = True, None if phonetic else inline
        elif tag == "rPh":
            phonetic = True
        elif tag == "col":
            if attributes.get("hidden") in ("1", "true"):
                last = min(int(attributes["max"]), LAST_COLUMN)
                scan.hidden_columns.update(range(int(attributes["min"]), last + 1))
        elif tag == "mergeCell":
            first, _, end = attributes.get("ref", "A1").partition(":")
            scan.merge(Span(*split_address(first), *split_address(end or first)))

    def end(tag: str) -> None:
        nonlocal target, phonetic
        if tag in ("v", "f", "t"):
            target = None
        elif tag == "rPh":
            phonetic = False
        elif tag == "c" and (is_filled or kind == "e"):
            scan.reach(row, column)
            text, shown = values.describe(kind, style, "".join(value), "".join(inline))
            if text:
                scan.add(row, column, text, shown)
            elif formula is not None:
                stored_empty = kind in ("str", "s", "inlineStr")
                scan.add(row, column, "=" + "".join(formula), "blank" if stored_empty else "formula")

    def characters(data: str) -> None:
        if target is not None:
            target.append(data)

    def odd(*_: object) -> NoReturn:
        raise Odd

    parser = make_parser(start, end, characters)
    if is_quick:
        # In a comment, what looks like a plain cell is none.
        parser.CommentHandler = parser.ProcessingInstructionHandler = odd
        parser.StartCdataSectionHandler = odd
    for chunk in chunks:
        parser.Parse(chunk)
    parser.Parse(b"", True)
