"""Tables as they are printed: every cell is German text, no cell is empty, every column has a heading."""

import datetime
import html
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .german import NO_ANSWER, format_date, format_number, join_words

RESOURCE = "application/vnd.dataresource+json"  # a table as data, its columns in order
ROW_NAME = "Zeile"  # heading of a column that only names its rows and has no heading of its own
NO_ROWS = "Die Tabelle hat keine Einträge."
OMITTED = "…"  # stands for rows or columns that the program left out
_FIGURES = r"(?:unter |über )?[-−+]?(?:\d{1,3}(?:[.\u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?"
_UNIT = r"\s?(?P<unit>%|‰|€|Euro|Jahre?|[kcm]?m[²³]?|kg|h|°C)"
_QUANTITY = re.compile(_FIGURES + _UNIT)
_TIME = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z?)?")
NUMBER = re.compile(f"{_FIGURES}(?:{_UNIT})?")


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
    """
    fields = [field["name"] for field in resource["schema"]["fields"]]
    key = resource["schema"].get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    records = resource["data"]
    if "index" in key and [record.get("index") for record in records] == list(range(len(records))):
        fields.remove("index")
        key = [name for name in key if name != "index"]
    columns = [format_column([record.get(name) for record in records]) for name in fields]
    return Grid(
        header=tuple(ROW_NAME if name == "index" and name in key else str(name) for name in fields),
        rows=tuple(zip(*(texts for texts, _ in columns), strict=True)),
        numeric=tuple(numeric or looks_numeric(texts, _QUANTITY) for texts, numeric in columns),
        row_headers=naming_columns(
            (len(key) or 1) if row_headers is None else row_headers, len(fields), len(records)
        ),
    )


def format_column(values: Sequence[Any]) -> tuple[tuple[str, ...], bool]:
    """One text per value, numbers with the same decimals throughout, and whether the column holds numbers.

    At most two decimals, more where a small number would look like nothing. Whole numbers are grouped only
    where one has five digits, as DIN 5008 allows: years stay years.
    """
    known = [value for value in values if not _is_missing(value)]
    numeric = bool(known) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in known
    )
    if not numeric:
        return tuple(NO_ANSWER if _is_missing(value) else format_value(value) for value in values), False
    whole = all(float(value).is_integer() for value in known)
    decimals = 0 if whole else _count_decimals(known)
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
    return format_time(text) or NO_ANSWER


def format_time(text: str) -> str:
    """One date or time in German where the text is one as programs write it: "26.02.2014, 13:05 Uhr"."""
    if not (match := _TIME.fullmatch(text)):
        return text
    try:
        date = format_date(datetime.date.fromisoformat(match["date"]))
    except ValueError:
        return text
    return date if match["time"] in {None, "00:00"} else f"{date}, {match['time']}\u00a0Uhr"


def name_columns(header: Sequence[str], leading: int) -> tuple[str, ...]:
    """The headings with a word where there is none; `leading` columns name the rows."""
    names = [f"Ebene {i + 1}" if i < leading else f"Spalte {i + 1}" for i in range(len(header))]
    if leading == 1:
        names[0] = ROW_NAME
    return tuple(text or name for text, name in zip(header, names, strict=True))


def naming_columns(wanted: int, columns: int, rows: int) -> int:
    """How many leading columns name the row: never all, and none where one row needs no telling apart."""
    return min(wanted, columns - 1) if rows > 1 else 0


def looks_numeric(texts: Sequence[str], pattern: re.Pattern[str]) -> bool:
    """Whether all texts that say something follow the pattern, in the same unit: to be set flush right."""
    found = [pattern.fullmatch(text) for text in texts if text not in {NO_ANSWER, OMITTED}]
    units = {(match["unit"] or "").removesuffix("e") for match in found if match}
    return bool(found) and all(found) and len(units) == 1


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


def _count_decimals(values: Sequence[float]) -> int:
    """As many as are there, at most two, but more where a small number would look like nothing."""
    needed = max(len(f"{value:.6f}".rstrip("0").partition(".")[2]) for value in values)
    smallest = min((abs(value) for value in values if abs(value) >= 1e-6), default=1)
    enough = 2 if smallest >= 0.01 else 1 - math.floor(math.log10(smallest))
    return min(needed, enough, 6)
