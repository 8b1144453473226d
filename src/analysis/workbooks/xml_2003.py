"""Reads a workbook that is one XML file, as Excel 2002 and 2003 wrote it and reporting programmes still do.

Source: XML Spreadsheet Reference (Microsoft Office 2003), elements Worksheet, Column, Row, Cell, Data, Comment.
"""

from collections.abc import Mapping
from typing import Final

from .archive import local_name, make_parser
from .cells import LAST_COLUMN, LAST_ROW, Sheet, Span
from .scan import SheetScan
from .values import as_text, date_as_text, number_as_text

NAMESPACE: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_VISIBILITIES: Final = {"SheetHidden": "hidden", "SheetVeryHidden": "veryHidden"}


def read_xml_2003(data: bytes) -> tuple[Sheet, ...]:
    """Every worksheet. Raises ExpatError where the XML is damaged."""
    reader = _Reader()
    make_parser(reader.start, reader.end, reader.text).Parse(data, True)
    return tuple(scan.as_sheet(name) for name, scan in reader.sheets)


class _Reader:
    """The handlers: `row` and `column` are the last ones passed, both from 1."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, SheetScan]] = []
        self._row = self._column = 0
        self._formula = self._type = ""
        self._texts: list[str] = []
        self._target = ""
        self._is_comment = False
        self._comment: list[str] = []
        self._value: list[str] = []

    def start(self, tag: str, raw: Mapping[str, str]) -> None:
        attributes = {local_name(key): value for key, value in raw.items()}
        if tag == "Worksheet":
            self.sheets.append((attributes.get("Name", ""), SheetScan()))
            self._row = self._column = 0
        elif tag == "Visible":
            self._texts = []
            self._target = tag
        if not self.sheets:
            return
        scan = self.sheets[-1][1]
        if tag == "Column":
            first = int(attributes.get("Index", self._column + 1))
            self._column = first + int(attributes.get("Span", 0))
            if attributes.get("Hidden") == "1":
                scan.hidden_columns.update(range(first, min(self._column, LAST_COLUMN) + 1))
        elif tag == "Row":
            first = int(attributes.get("Index", self._row + 1))
            self._row, self._column = first, 0
            last = min(first + int(attributes.get("Span", 0)), LAST_ROW)
            if attributes.get("Hidden") == "1":
                scan.hidden_rows.update(range(first, last + 1))
            self._row_after = last
        elif tag == "Cell":
            self._start_cell(attributes, scan)
        elif tag == "Comment":
            self._is_comment, self._comment = True, []
        elif tag == "Data":
            self._target = tag
            if not self._is_comment:
                self._type = attributes.get("Type", "String")

    def _start_cell(self, attributes: Mapping[str, str], scan: SheetScan) -> None:
        self._column = int(attributes.get("Index", self._column + 1))
        self._value, self._comment, self._type = [], [], ""
        self._formula = attributes.get("Formula", "")
        across, down = int(attributes.get("MergeAcross", 0)), int(attributes.get("MergeDown", 0))
        self._after = self._column + across
        if across > 0 or down > 0:
            scan.merge(Span(self._row, self._column, self._row + down, self._after))

    def end(self, tag: str) -> None:
        if tag == "Visible":
            if self.sheets:
                visibility = _VISIBILITIES.get("".join(self._texts).strip(), "visible")
                self.sheets[-1][1].visibility = visibility
            self._target = ""
        elif tag == "Data":
            self._target = ""
        elif tag == "Comment":
            self._is_comment = False
        elif tag == "Cell" and self.sheets:
            self._end_cell(self.sheets[-1][1])
        elif tag == "Row" and self.sheets:
            self._row = self._row_after

    def _end_cell(self, scan: SheetScan) -> None:
        text, kind = _describe(self._type, "".join(self._value))
        if text:
            scan.add(self._row, self._column, text, kind)
        elif self._formula:
            scan.add(self._row, self._column, self._formula, "blank" if self._type == "String" else "formula")
        if comment := "".join(self._comment).strip():
            scan.comments[self._row, self._column] = comment
        self._column = self._after

    def text(self, data: str) -> None:
        if self._target == "Data":
            (self._comment if self._is_comment else self._value).append(data)
        elif self._target == "Visible":
            self._texts.append(data)


def _describe(kind: str, value: str) -> tuple[str, str]:
    if not value:
        return "", "text"
    if kind == "Number":
        return number_as_text(value)
    if kind == "DateTime":
        return date_as_text(value)
    if kind == "Boolean":
        return as_text(value.strip() == "1")
    return value, "error" if kind == "Error" else "text"
