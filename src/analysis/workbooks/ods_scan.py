"""Scans the XML of an OpenDocument spreadsheet: its filled cells, merges and hidden lines, counted on their own.

Source: OpenDocument 1.2 part 1, 9.1 (tables). Repeated rows and cells are counted as often as they repeat.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from .archive import Archive
from .cells import Span
from .scan import MOST_FILLED, SheetScan, TooBig

_CELLS: Final = ("table-cell", "covered-table-cell")
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384


def scan_ods(path: Path) -> dict[str, SheetScan]:
    """One scan per worksheet by its name."""
    with Archive(path) as archive:
        reader = _Reader()
        archive.parse("content.xml", reader.start, reader.end, reader.characters)
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
        self._ignored = 0
        self._row_cells: dict[int, tuple[str, str]] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._scan = self.scans.setdefault(_get(attributes, "name"), SheetScan())
                self._row = self._column = 0
        elif self._scan is None or self._depth != 1:
            return
        elif tag == "table-row":
            self._row_repeat = int(_get(attributes, "number-rows-repeated") or 1)
            self._column = 0
            self._row_cells = {}
            if _get(attributes, "visibility") in ("collapse", "filter"):
                self._scan.hidden_rows.update(
                    range(self._row + 1, min(self._row + self._row_repeat, _LAST_ROW) + 1)
                )
        elif tag in _CELLS and self._attributes is None:
            self._attributes = attributes
            self._texts = []
        elif tag in ("annotation", "frame", "custom-shape", "shapes"):
            self._ignored += 1
        elif tag == "p" and self._texts and not self._ignored:
            self._texts.append("\n")
        elif tag == "s" and not self._ignored:
            self._texts.append(" " * int(_get(attributes, "c") or 1))
        elif tag in ("tab", "line-break") and not self._ignored:
            self._texts.append("\t" if tag == "tab" else "\n")
        elif tag == "table-column":
            self._note_column(attributes)

    def end(self, tag: str) -> None:
        if tag == "table":
            self._depth -= 1
            if self._depth == 0:
                self._scan = None
        elif self._scan is None or self._depth != 1:
            return
        elif tag in _CELLS and self._attributes is not None:
            self._finish_cell(self._attributes)
            self._attributes = None
        elif tag == "table-row":
            self._finish_row()
        elif tag in ("annotation", "frame", "custom-shape", "shapes"):
            self._ignored -= 1

    def characters(self, data: str) -> None:
        if self._attributes is not None and not self._ignored:
            self._texts.append(data)

    def _note_column(self, attributes: Mapping[str, str]) -> None:
        assert self._scan is not None
        first = self._column + 1
        self._column += int(_get(attributes, "number-columns-repeated") or 1)
        if _get(attributes, "visibility") in ("collapse", "filter"):
            self._scan.hidden_columns.update(range(first, min(self._column, _LAST_COLUMN) + 1))

    def _finish_cell(self, attributes: Mapping[str, str]) -> None:
        assert self._scan is not None
        first = self._column + 1
        repeat = int(_get(attributes, "number-columns-repeated") or 1)
        self._column += repeat
        rows, columns = (int(_get(attributes, f"number-{what}-spanned") or 1) for what in ("rows", "columns"))
        if rows > 1 or columns > 1:
            self._scan.merges.append(Span(self._row + 1, first, self._row + rows, first + columns - 1))
        described = _describe(attributes, "".join(self._texts))
        if described is not None:
            if len(self._scan.cells) + repeat * self._row_repeat > MOST_FILLED:
                raise TooBig(f"Die Datei hat mehr als {MOST_FILLED} ausgefüllte Zellen auf einem Blatt")
            self._row_cells.update(dict.fromkeys(range(first, first + repeat), described))

    def _finish_row(self) -> None:
        assert self._scan is not None
        if self._row_cells:
            for row in range(self._row + 1, self._row + self._row_repeat + 1):
                self._scan.cells.update(
                    {(row, column): described for column, described in self._row_cells.items()}
                )
        self._row += self._row_repeat


def _describe(attributes: Mapping[str, str], shown: str) -> tuple[str, str] | None:
    """Text and kind of a cell; None for one that holds nothing."""
    kind = _get(attributes, "value-type")
    formula = _get(attributes, "formula")
    value = shown or _get(attributes, "string-value") or _get(attributes, "value")
    if kind in ("", "string", "void") and not value:
        return (
            (f"={formula.partition('=')[2]}", "blank" if kind == "string" else "formula") if formula else None
        )
    if formula and (shown.startswith("#") or shown.startswith("Err:")):
        return shown, "error"
    return value or _get(attributes, "date-value") or _get(attributes, "boolean-value") or kind, "text"


def _get(attributes: Mapping[str, str], name: str) -> str:
    """An attribute by its local name; `office:` comes before `calcext:`, which repeats some."""
    found = ""
    for key, value in attributes.items():
        prefix, _, local = key.rpartition(":")
        if local == name and (not found or prefix in ("office", "table")):
            found = value
    return found
