"""Reads the tables of an HTML page, such as a web page that a programme exported under the name of a workbook.

Source: HTML Living Standard, 4.9 (tables), whose bounds for spans are kept.
"""

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Final

from .cells import LAST_COLUMN, LAST_ROW, Sheet, Span
from .csv_table import kind_of
from .scan import MOST_FILLED, SheetScan, TooBig

NAME: Final = "HTML"
_MOST_COLUMNS_SPANNED, _MOST_ROWS_SPANNED = 1_000, 65_534
_SILENT: Final = {"script", "style", "title", "head", "template", "noscript", "select", "textarea"}
_BLOCKS: Final = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "body", "caption"}
_BLANKS: Final = re.compile(r"[ \t\r\n\f\xa0]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_HAS_TABLE: Final = re.compile(r"<table\b.*?<tr\b", re.IGNORECASE | re.DOTALL)

Attributes = Sequence[tuple[str, str | None]]


def read_html(text: str, name: str = NAME) -> Sheet | None:
    """All tables one below the other, texts between them in rows of their own; None without a table to speak of."""
    if not _HAS_TABLE.search(text):
        return None
    page = _Page()
    page.feed(_without_loose_ends(text))
    page.close()
    page.end_row()
    if not page.has_table:
        return None
    return page.scan.as_sheet(name)


def _without_loose_ends(text: str) -> str:
    """The page without its comments, and without a tag or comment that never ends.

    The parser searches the whole rest of the page for the end of each of these: millions of them would keep it busy
    for minutes.
    """
    parts = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("-->", start + 4)
        at = end + 3 if end >= 0 else len(text)
    parts.append(text[at:])
    text = "".join(parts)
    loose = text.find("<", text.rfind(">") + 1)
    return text[:loose] if loose >= 0 else text


class _Page(HTMLParser):
    """`row` and `column` are the last ones used; a table inside a cell of another counts as that cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scan = SheetScan()
        self.has_table = False
        self._row = self._column = 0
        self._depth = 0
        self._silent = 0
        self._is_cell = False
        self._span = (1, 1)
        self._parts: list[str] = []
        self._taken: dict[int, int] = {}  # the last row of a cell from above, by column
        self._full_rows = 0
        self._filled = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag in _SILENT:
            self._silent += tag not in ("head",)
        elif tag == "body":
            self._silent = 0
        elif tag == "table":
            self._start_table()
        elif tag == "br" or (tag in _BLOCKS and self._is_cell):
            self._parts.append("\n")
        elif tag in _BLOCKS:
            self._end_text()
        if self._depth == 1:
            if tag == "tr":
                self._start_row(dict(attrs))
            elif tag in ("td", "th"):
                self._end_text()
                self._start_cell(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - (tag != "head"))
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self.end_row()
            self._depth -= 1
        elif (tag in ("td", "th", "tr") and self._depth == 1) or (tag in _BLOCKS and not self._is_cell):
            self._end_text()
        elif tag in ("td", "th", "tr", *_BLOCKS):
            self._parts.append("\n" if tag == "tr" or tag in _BLOCKS else " ")

    def handle_data(self, data: str) -> None:
        if not self._silent and (self._is_cell or self._depth == 0):
            self._parts.append(data)

    def _start_table(self) -> None:
        self._depth += 1
        if self._depth == 1:
            self._end_text()
            self._taken = {}
            self._full_rows = self._filled = 0

    def _start_row(self, attributes: dict[str, str | None]) -> None:
        self.end_row()
        self._row += 1
        self._column = 0
        if self._row > LAST_ROW:
            raise TooBig(f"Die Datei hat mehr als {LAST_ROW} Zeilen")
        if _HIDDEN.search(attributes.get("style") or ""):
            self.scan.hidden_rows.add(self._row)

    def end_row(self) -> None:
        """Ends the row, also where the page is cut off within a table."""
        self._end_text()
        self._full_rows += self._filled > 1
        self.has_table |= self._full_rows > 1
        self._filled = 0

    def _start_cell(self, attributes: dict[str, str | None]) -> None:
        self._row = max(self._row, 1)
        self._column += 1
        while self._taken.get(self._column, 0) >= self._row:
            self._column += 1
        width = min(_count(attributes.get("colspan")), _MOST_COLUMNS_SPANNED)
        height = min(_count(attributes.get("rowspan")), _MOST_ROWS_SPANNED)
        if self._column + width > LAST_COLUMN:
            raise TooBig(f"Die Datei hat mehr als {LAST_COLUMN} Spalten")
        if width > 1 or height > 1:
            self.scan.merge(Span(self._row, self._column, self._row + height - 1, self._column + width - 1))
        if height > 1:
            self._taken.update(
                dict.fromkeys(range(self._column, self._column + width), self._row + height - 1)
            )
        self._is_cell, self._span = True, (height, width)

    def _end_text(self) -> None:
        """Ends the cell, or the text between two tables, which gets a row of its own."""
        lines = (_BLANKS.sub(" ", line).strip() for line in _join_lines(self._parts).split("\0"))
        text = "\n".join(line for line in lines if line)
        self._parts = []
        if self._is_cell:
            if text:
                self.scan.add(self._row, self._column, text, kind_of(text))
                self._filled += 1
            self._column += self._span[1] - 1
            self._is_cell = False
        elif text and self._depth == 0:
            self._row += 1
            self.scan.add(self._row, 1, text, kind_of(text))
        if len(self.scan.cells) > MOST_FILLED:
            raise TooBig(f"Die Datei hat mehr als {MOST_FILLED} ausgefüllte Zellen")


def _join_lines(parts: Sequence[str]) -> str:
    """Line breaks of the page's source are blanks; those that its tags ask for are kept as NUL."""
    return "".join("\0" if part == "\n" else part.replace("\0", " ") for part in parts)


def _count(value: str | None) -> int:
    digits = re.match(r"\s*([0-9]{1,9})", value or "")
    return max(1, int(digits[1])) if digits else 1
