"""Tables as they are printed: every cell is German text, no cell is empty, every column has a heading."""

import datetime
import html
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag

from .german import NO_ANSWER, format_date, format_number, join_words

ROW_NAME = "Zeile"  # heading of a column that only names its rows and has no heading of its own
_PANDAS_MISSING = {"NaN", "None", "NaT", "<NA>", "nan"}
_NUMBER = re.compile(r"[-−+]?\d[\d.,\u00a0\u202f]*(\s?%)?")


@dataclass(frozen=True)
class Grid:
    """One printed table: headings, rows of texts, which columns are numbers, how many columns name rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    row_headers: int = 1


def grid_from_resource(resource: Mapping[str, Any], row_headers: int | None = None) -> Grid:
    """One row per record of a table schema resource (`application/vnd.dataresource+json`).

    `row_headers` counts the leading columns that name the row; without it these are the resource's primary
    key, else the first column. A nameless index that only counts the rows is left out.
    Raises: ValueError where the resource has no columns.
    """
    fields = [field["name"] for field in resource["schema"]["fields"]]
    key = resource["schema"].get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    records = resource["data"]
    if "index" in key and [record.get("index") for record in records] == list(range(len(records))):
        fields.remove("index")
        key = [name for name in key if name != "index"]
    if not fields:
        raise ValueError("die Tabelle hat keine Spalten")
    columns = [format_column([record.get(name) for record in records]) for name in fields]
    return Grid(
        header=tuple(ROW_NAME if name == "index" and name in key else str(name) for name in fields),
        rows=tuple(zip(*(texts for texts, _ in columns), strict=True)),
        numeric=tuple(numeric for _, numeric in columns),
        row_headers=min(len(fields) - 1, (len(key) or 1) if row_headers is None else row_headers),
    )


def format_column(values: Sequence[Any]) -> tuple[tuple[str, ...], bool]:
    """One text per value, numbers with the same decimals throughout, and whether the column holds numbers.

    Whole numbers are grouped only where one has five digits, as DIN 5008 allows: years stay years.
    """
    known = [value for value in values if not _is_missing(value)]
    numeric = bool(known) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in known
    )
    if not numeric:
        return tuple(NO_ANSWER if _is_missing(value) else format_value(value) for value in values), False
    whole = all(float(value).is_integer() for value in known)
    decimals = 0 if whole else min(2, max(_count_decimals(value) for value in known))
    grouped = not whole or any(abs(value) >= 10_000 for value in known)

    def text(value: float) -> str:
        number = format_number(value, decimals)
        return number if grouped else number.replace(".", "")

    return tuple(NO_ANSWER if _is_missing(value) else text(value) for value in values), True


def format_value(value: Any) -> str:
    """One value as German text: ja/nein, 26.02.2014, 1.234,5, lists with "und"."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, int | float):
        return format_number(value)
    if isinstance(value, list | tuple):
        return join_words(format_value(item) for item in value) or NO_ANSWER
    text = str(value).strip()
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)T00:00:00(\.0+)?Z?", text):
        return format_date(datetime.date.fromisoformat(match.group(1)))
    return text or NO_ANSWER


def grid_from_html(table: Tag | str) -> Grid:
    """One row per body row of an HTML table; several heading rows become one ("2014 – Anzahl").

    Texts stay as they were formatted; in a plain DataFrame, the words for nothing become "keine Angabe" and
    decimal numbers German.
    Raises: ValueError where no row holds the headings.
    """
    if isinstance(table, str):
        soup = BeautifulSoup(table, "html.parser")
        table = soup.table or soup
    plain_pandas = "dataframe" in (table.get("class") or [])
    lines = [(row, _cells(row)) for row in table.find_all("tr")]
    heads = [row.find_parent("thead") is not None for row, _ in lines]
    if not any(heads) and lines:
        heads[0] = bool(lines[0][1]) and all(cell.name == "th" for cell in lines[0][1])
    if not any(heads):
        raise ValueError("die Tabelle hat keine Kopfzeile mit Überschriften (th)")
    grid = _spread([cells for _, cells in lines])
    width = max(map(len, grid))
    names = [
        [row[i] for row, head in zip(grid, heads, strict=True) if head and i < len(row)] for i in range(width)
    ]
    header = [" – ".join(dict.fromkeys(text for cell in cells if (text := _text(cell)))) for cells in names]
    body = [row for row, head in zip(grid, heads, strict=True) if not head]
    leading = min(
        (next((i for i, c in enumerate(row) if c.name != "th"), len(row)) for row in body), default=1
    )
    missing = _PANDAS_MISSING if plain_pandas else set()
    rows = [[NO_ANSWER if (text := _text(cell)) in {"", *missing} else text for cell in row] for row in body]
    rows = [row + [NO_ANSWER] * (width - len(row)) for row in rows]
    if leading and not header[0]:
        if width > 1 and [row[0] for row in rows] == [str(i) for i in range(len(rows))]:
            header, rows, leading = header[1:], [row[1:] for row in rows], leading - 1
        else:
            header[0] = ROW_NAME
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    if plain_pandas:
        columns = [_as_german(column) for column in columns]
        rows = [list(row) for row in zip(*columns, strict=True)]
    return Grid(
        header=tuple(header),
        rows=tuple(map(tuple, rows)),
        numeric=tuple(_looks_numeric(column) for column in columns),
        row_headers=min(len(header) - 1, max(1, leading)),
    )


def table_html(grid: Grid, caption: str | None = None) -> str:
    """One HTML table with caption, column headings and row headings in their roles; numbers carry a class."""

    def cell(text: str, column: int, scope: str = "") -> str:
        tag, scope = ("th", f' scope="{scope}"') if scope else ("td", "")
        kind = ' class="number"' if grid.numeric[column] else ""
        return f"<{tag}{scope}{kind}>{html.escape(text)}</{tag}>"

    head = "".join(cell(text, i, "col") for i, text in enumerate(grid.header))
    body = "\n".join(
        "<tr>"
        + "".join(cell(text, i, "row" if i < grid.row_headers else "") for i, text in enumerate(row))
        + "</tr>"
        for row in grid.rows
    )
    title = f"<caption>{html.escape(caption)}</caption>\n" if caption else ""
    return f"<table>\n{title}<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _is_missing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and not math.isfinite(value))


def _count_decimals(value: float) -> int:
    return len(repr(round(float(value), 2)).partition(".")[2].rstrip("0"))


def _looks_numeric(texts: Sequence[str]) -> bool:
    known = [text for text in texts if text != NO_ANSWER]
    return bool(known) and all(_NUMBER.fullmatch(text) for text in known)


def _as_german(texts: Sequence[str]) -> tuple[str, ...]:
    """The column with decimal commas where it holds what pandas prints for decimal numbers.

    "1.234" throughout could as well be a German text for a thousand: it stays.
    """
    known = [text for text in texts if text != NO_ANSWER]
    decimal = bool(known) and all(re.fullmatch(r"-?\d+\.\d+", text) for text in known)
    if not decimal or all(re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text) for text in known):
        return tuple(texts)
    return format_column([None if text == NO_ANSWER else float(text) for text in texts])[0]


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["th", "td"], recursive=False)


def _text(cell: Tag) -> str:
    return " ".join(cell.get_text(" ").split())


def _spread(rows: Sequence[Sequence[Tag]]) -> list[list[Tag]]:
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


def _span(cell: Tag, name: str) -> int:
    text = str(cell.get(name, "1"))
    return min(1000, max(1, int(text))) if text.isdigit() else 1
