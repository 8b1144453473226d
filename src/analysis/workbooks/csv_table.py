"""Reads the table of a CSV file, where the file plainly holds one."""

import csv
import io
import re
from collections import Counter
from typing import Final

from .cells import Cell, Sheet
from .scan import MOST_FILLED, TooBig

NAME: Final = "CSV"
_DELIMITERS: Final = ";\t,|"
_MOST_TITLES: Final = 10
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]{0,14})")
# Excel's own hint in the first line, which it does not show.
_HINT: Final = re.compile(r'"?sep=([;,\t|])"?\r?\n', re.IGNORECASE)

Rows = list[list[str]]


def read_csv(text: str) -> Sheet | None:
    """The table as a worksheet; None where the text is more likely prose, code or a list of lines."""
    hint = _HINT.match(text)
    if hint:
        text = text[hint.end() :]
    tables = [
        (score, rows)
        for delimiter in (hint[1] if hint else _DELIMITERS)
        if delimiter in text and (rows := _split(text, delimiter)) and (score := _score(rows, delimiter))
    ]
    return make_sheet(NAME, max(tables)[1]) if tables else None


def make_sheet(name: str, rows: Rows) -> Sheet:
    """A worksheet of texts; a plain whole number is told by its kind."""
    filled = sum(len(row) - row.count("") for row in rows)
    if filled > MOST_FILLED:
        raise TooBig(f"Die Datei hat mehr als {MOST_FILLED} ausgefüllte Zellen auf einem Blatt")
    cells = tuple(
        Cell(number, column, text, kind_of(text))
        for number, row in enumerate(rows, start=1)
        for column, text in enumerate(row, start=1)
        if text
    )
    return Sheet(name, "visible", cells, (), frozenset(), frozenset(), filled)


def kind_of(text: str) -> str:
    """`number` for plain digits, as a programme writes them; everything else is text."""
    return "number" if _NUMBER.fullmatch(text) else "text"


def _split(text: str, delimiter: str) -> Rows:
    """The fields by line; quotation marks that do not pair are read as characters."""
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            lines = io.StringIO(text, newline="")
            return list(csv.reader(lines, delimiter=delimiter, quoting=quoting, strict=True))
        except csv.Error:
            continue
    return []


def _score(rows: Rows, delimiter: str) -> tuple[float, int] | None:
    """How regular the table is, and how wide; None where it is none.

    Titles above and notes below may stand alone in their line. Prose has a blank behind its commas and seldom the
    same number of them in every line; code has lines that end with the delimiter.
    """
    lines = [row for row in rows if any(field.strip() for field in row)]
    first = next((index for index, row in enumerate(lines[:_MOST_TITLES]) if len(row) > 1), 0)
    last = next((index for index, row in enumerate(lines[: -_MOST_TITLES - 1 : -1]) if len(row) > 1), 0)
    table = lines[first : len(lines) - last]
    widths = Counter(len(row) for row in table)
    if not widths:
        return None
    width, count = widths.most_common(1)[0]
    share = count / len(table)
    is_filled = sum(sum(map(bool, map(str.strip, row))) > 1 for row in table)
    if width < 2 or count < 2 or share < 0.8 or is_filled < max(2, len(table) / 2):
        return None
    if delimiter == ",":
        later = [field for row in table for field in row[1:] if field.strip()]
        loose = sum(field[0] in " \t" for field in later)
        if loose > len(later) / 10 and (share < 1 or count < 3 or width < 3):
            return None
    return share, width
