"""Scans the XML of an OpenDocument spreadsheet: filled cells, merges, hidden lines, comments.

Source: OpenDocument 1.2 part 1, 9.1 (tables), 14.1 (annotations). Repeated rows and cells are counted as often as they
repeat.
"""

from collections.abc import Mapping
from typing import Final

from .archive import Archive, local_name, make_parser
from .cells import LAST_COLUMN, LAST_ROW, Span
from .scan import MOST_FILLED, SheetScan, TooBig
from .values import as_text, date_as_text, number_as_text

NAMESPACE: Final = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_CELLS: Final = ("table-cell", "covered-table-cell")
# Drawings in a cell have texts of their own; links to other programmes and old states hold tables of their own.
_IGNORED: Final = {"frame", "custom-shape", "shapes", "dde-links", "tracked-changes", "forms"}
_HIDDEN: Final = ("collapse", "filter")


def scan_ods(archive: Archive) -> dict[str, SheetScan]:
    """One scan per worksheet by its name."""
    reader = _Reader()
    archive.parse("content.xml", reader.start, reader.end, reader.characters)
    return reader.scans


def scan_flat_ods(data: bytes) -> dict[str, SheetScan]:
    """One scan per worksheet of a spreadsheet that is one XML file (.fods)."""
    reader = _Reader()
    make_parser(reader.start, reader.end, reader.characters).Parse(data, True)
    return reader.scans


class _Reader:
    """The handlers: `row` and `column` are the last ones passed, both from 1."""

    def __init__(self) -> None:
        self.scans: dict[str, SheetScan] = {}
        self._scan: SheetScan | None = None
        self._depth = 0
        self._row = self._column = 0
        self._row_repeat = 1
        self._attributes: Mapping[str, str] | None = None
        self._texts: list[str] = []
        self._comment: list[str] | None = None
        self._ignored = 0
        self._row_cells: dict[int, tuple[str, str]] = {}
        self._style = ""
        self._hidden_styles: set[str] = set()

    def start(self, tag: str, raw: Mapping[str, str]) -> None:
        if tag in _IGNORED:
            self._ignored += 1
        elif tag == "table" and not self._ignored:
            self._start_table(_plain(raw))
        elif tag == "style":
            self._style = _plain(raw).get("name", "")
        elif tag == "table-properties":
            if _plain(raw).get("display") == "false":
                self._hidden_styles.add(self._style)
        elif self._scan is None or self._depth != 1 or self._ignored:
            return
        elif tag in _CELLS:
            if self._attributes is None:
                self._attributes, self._texts = _plain(raw), []
        elif tag == "table-row":
            self._start_row(_plain(raw))
        elif tag == "table-column":
            self._note_column(_plain(raw))
        elif tag == "annotation":
            self._comment = []
        else:
            self._start_text(tag, raw)

    def _start_text(self, tag: str, raw: Mapping[str, str]) -> None:
        texts = self._texts if self._comment is None else self._comment
        if tag == "p":
            if texts:
                texts.append("\n")
        elif tag == "s":
            texts.append(" " * min(_count(_plain(raw), "c"), 10_000))
        elif tag == "tab":
            texts.append("\t")
        elif tag == "line-break":
            texts.append("\n")
        elif tag in ("creator", "date", "date-string"):
            self._ignored += 1

    def end(self, tag: str) -> None:
        if tag in _IGNORED or (tag in ("creator", "date", "date-string") and self._ignored):
            self._ignored -= 1
        elif self._ignored:
            return
        elif tag == "table":
            self._depth -= 1
            if self._depth == 0:
                self._scan = None
        elif self._scan is None or self._depth != 1:
            return
        elif tag in _CELLS and self._attributes is not None:
            self._finish_cell(self._attributes, self._scan)
            self._attributes = None
        elif tag == "table-row":
            self._finish_row(self._scan)
        elif tag == "annotation" and self._comment is not None:
            if text := "".join(self._comment).strip():
                self._scan.comments[self._row + 1, self._column + 1] = text
            self._comment = None

    def characters(self, data: str) -> None:
        if self._attributes is not None and not self._ignored:
            (self._texts if self._comment is None else self._comment).append(data)

    def _start_table(self, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            self._scan = self.scans.setdefault(attributes.get("name", ""), SheetScan())
            if attributes.get("style-name") in self._hidden_styles:
                self._scan.visibility = "hidden"
            self._row = self._column = 0

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        assert self._scan is not None
        self._row_repeat = _count(attributes, "number-rows-repeated")
        self._column = 0
        self._row_cells = {}
        if attributes.get("visibility") in _HIDDEN:
            last = min(self._row + self._row_repeat, LAST_ROW)
            self._scan.hidden_rows.update(range(self._row + 1, last + 1))

    def _note_column(self, attributes: Mapping[str, str]) -> None:
        assert self._scan is not None
        first = self._column + 1
        self._column += _count(attributes, "number-columns-repeated")
        if attributes.get("visibility") in _HIDDEN:
            self._scan.hidden_columns.update(range(first, min(self._column, LAST_COLUMN) + 1))

    def _finish_cell(self, attributes: Mapping[str, str], scan: SheetScan) -> None:
        first = self._column + 1
        repeat = _count(attributes, "number-columns-repeated")
        self._column += repeat
        height = _count(attributes, "number-rows-spanned")
        width = _count(attributes, "number-columns-spanned")
        if height > 1 or width > 1:
            scan.merge(Span(self._row + 1, first, self._row + height, first + width - 1))
        text, kind = _describe(attributes, "".join(self._texts))
        if text:
            if len(scan.cells) + repeat * self._row_repeat > MOST_FILLED:
                raise TooBig(f"Die Datei hat mehr als {MOST_FILLED} ausgefüllte Zellen auf einem Blatt")
            self._row_cells.update(dict.fromkeys(range(first, first + repeat), (text, kind)))

    def _finish_row(self, scan: SheetScan) -> None:
        if self._row_cells and len(self._row_cells) * self._row_repeat + len(scan.cells) > MOST_FILLED:
            raise TooBig(f"Die Datei hat mehr als {MOST_FILLED} ausgefüllte Zellen auf einem Blatt")
        for row in range(self._row + 1, self._row + self._row_repeat + 1) if self._row_cells else ():
            for column, (text, kind) in self._row_cells.items():
                scan.add(row, column, text, kind)
        self._row += self._row_repeat


def _plain(raw: Mapping[str, str]) -> dict[str, str]:
    """Attributes by local name, without those that LibreOffice adds under the same names (`calcext:`)."""
    return {
        local_name(key): value for key, value in raw.items() if not key.startswith(("calcext:", "loext:"))
    }


def _count(attributes: Mapping[str, str], name: str) -> int:
    return max(1, int(attributes.get(name, 1)))


def _describe(attributes: Mapping[str, str], shown: str) -> tuple[str, str]:
    """Text and kind of a cell; an empty text where it holds nothing."""
    kind = attributes.get("value-type", "")
    formula = attributes.get("formula", "")
    if formula and shown.startswith(("#", "Err:")):
        return shown, "error"
    if kind in ("float", "percentage", "currency") and "value" in attributes:
        return number_as_text(attributes["value"])
    if kind == "date" and "date-value" in attributes:
        return date_as_text(attributes["date-value"])
    if kind == "boolean" and "boolean-value" in attributes:
        return as_text(attributes["boolean-value"] == "true")
    text = attributes.get("string-value") or shown
    if not text and formula:
        return f"={formula.partition('=')[2]}", "blank" if kind == "string" else "formula"
    return text or attributes.get("time-value", ""), "text"
