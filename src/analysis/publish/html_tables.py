"""Tables in HTML -> printed tables: spans repeated, heading rows joined, what pandas printed turned into German."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from .german import NO_ANSWER
from .tables import (
    NUMBER,
    OMITTED,
    Grid,
    format_column,
    format_time,
    looks_numeric,
    name_columns,
    naming_columns,
)

if TYPE_CHECKING:
    from bs4 import Tag

_MISSING: Final = {"NaN", "None", "NaT", "<NA>", "nan"}
_DECIMAL: Final = re.compile(r"-?\d+\.\d+(e[-+]\d+)?")
_GERMAN_THOUSAND: Final = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_BOOLEANS: Final = {"True": "ja", "False": "nein"}


def grid_from_html(table: "Tag | str") -> Grid:
    """One row per body row of an HTML table; several heading rows become one ("2014 – Anzahl").

    A nameless index of pandas that only counts the rows is left out, unless nothing else can name them; the
    names of column levels go to their columns ("Jahr: 2014"). Texts stay as they were formatted; in a plain
    DataFrame the words for nothing become "keine Angabe", decimal numbers, dates and truth values German.
    Raises: ValueError where no row holds the headings, all headings are empty, or cells are not closed.
    """
    if isinstance(table, str):
        from bs4 import BeautifulSoup

        found = BeautifulSoup(table, "html.parser").table
        assert found is not None
        table = found
    lines = [(row, _cells(row)) for row in table.find_all("tr") if row.find_parent("table") is table]
    heads = [row.find_parent("thead") is not None for row, _ in lines]
    if not any(heads) and lines:
        heads[0] = bool(lines[0][1]) and all(cell.name == "th" for cell in lines[0][1])
    if not any(heads):
        raise ValueError("die Tabelle hat keine Kopfzeile mit Überschriften (th)")
    grid = _spread([cells for _, cells in lines])
    width = max(map(len, grid))
    body = [row for row, is_head in zip(grid, heads, strict=True) if not is_head]
    leading = min(
        (next((i for i, c in enumerate(row) if c.name != "th"), len(row)) for row in body), default=1
    )
    is_plain = "dataframe" in (table.get("class") or [])
    is_pandas = is_plain or table.find(class_="col_heading") is not None
    texts = [[_text(cell) for cell in row] + [""] * (width - len(row)) for row in grid]
    header = _headings(
        [row for row, is_head in zip(texts, heads, strict=True) if is_head], leading if is_pandas else 0
    )
    if width and not any(header) and body:
        raise ValueError("die Tabelle hat keine Überschriften: alle Zellen der Kopfzeile sind leer")
    missing = {"", *_MISSING} if is_plain else {""}
    columns = [
        [NO_ANSWER if text in missing else text for text in column]
        for column in zip(
            *(row for row, is_head in zip(texts, heads, strict=True) if not is_head), strict=True
        )
    ] or [[] for _ in header]
    if is_plain:
        columns = [_as_german(column) for column in columns]
    if leading == 1 and width > 1 and not header[0] and _only_counts(*columns[:2]):
        header, columns, leading = header[1:], columns[1:], 0
    return Grid(
        header=name_columns(header, leading),
        rows=tuple(zip(*columns, strict=True)),
        numeric=tuple(looks_numeric(column, NUMBER) for column in columns),
        row_headers=naming_columns(max(1, leading), len(header), len(body)),
    )


def _headings(lines: Sequence[Sequence[str]], leading: int) -> list[str]:
    """One heading per column, from several rows of them.

    In front of its data (`leading` columns) pandas writes in one row the names of the index, in the others the
    name of a level of the columns.
    """
    rows = []
    for line in lines:
        row = list(line)
        if leading and any(row[leading:]):
            name = row[leading - 1]
            row = [""] * leading + [f"{name}: {text}" if name and text else text for text in row[leading:]]
        rows.append(row)
    return [" – ".join(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True)]


def _only_counts(index: Sequence[str], first: Sequence[str]) -> bool:
    """Whether the index says no more than a row's place, and the first column can name the row instead."""
    is_count = list(index) == [str(i) for i in range(len(index))]
    return is_count and not any("," in text and NUMBER.fullmatch(text) for text in first)


def _as_german(texts: Sequence[str]) -> list[str]:
    """One column of what pandas prints, in German.

    "1.234" throughout could as well be a German text for a thousand: it stays.
    """
    texts = [OMITTED if text == "..." else text for text in texts]
    known = [text for text in texts if text not in {NO_ANSWER, OMITTED}]
    if known and all(map(_DECIMAL.fullmatch, known)) and not all(map(_GERMAN_THOUSAND.fullmatch, known)):
        numbers = iter(format_column([float(text) for text in known])[0])
        return [text if text in {NO_ANSWER, OMITTED} else next(numbers) for text in texts]
    if known and set(known) <= _BOOLEANS.keys():
        return [_BOOLEANS.get(text, text) for text in texts]
    return [format_time(text) for text in texts]


def _cells(row: "Tag") -> "list[Tag]":
    cells: list[Tag] = row.find_all(["th", "td"], recursive=False)
    if any(
        inner.find_parent("table") is row.find_parent("table") for c in cells for inner in c.find_all("td")
    ):
        raise ValueError("die Tabelle schließt ihre Zellen nicht (</td>), sie ist nicht eindeutig")
    return cells


def _text(cell: "Tag") -> str:
    return " ".join(cell.get_text(" ").split())


def _spread(rows: "Sequence[Sequence[Tag]]") -> "list[list[Tag]]":
    """Every place of the table with the cell that covers it, spans repeated."""
    grid: list[list[Tag]] = []
    pending: dict[int, tuple[int, Tag]] = {}
    for cells in rows:
        line: list[Tag] = []
        queue = list(cells)
        while queue or len(line) in pending:
            if len(line) in pending:
                left, cell = pending.pop(len(line))
                if left > 1:
                    pending[len(line)] = (left - 1, cell)
                line.append(cell)
                continue
            cell = queue.pop(0)
            for _ in range(_span(cell, "colspan")):
                if (down := _span(cell, "rowspan")) > 1:
                    pending[len(line)] = (down - 1, cell)
                line.append(cell)
        grid.append(line)
    return grid


def _span(cell: "Tag", name: str) -> int:
    text = str(cell.get(name, "1"))
    return min(1000, max(1, int(text))) if text.isdigit() else 1
