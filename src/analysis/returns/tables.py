"""Finds the tables of a worksheet: where the headings stand, what each column holds, where the body begins and ends.

Headings may stand anywhere, span two rows, be merged, and come again further down.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ..workbooks import LAST_COLUMN
from .answers import is_number_heading
from .grid import Grid

CORE: Final = frozenset({"title", "description", "sozialraum", "target_groups", "start", "end", "period"})
NAMING: Final = frozenset({"title", "description"})
_TIMES: Final = frozenset({"start", "end", "period"})
_MOST_HEADINGS: Final = 200

MatchHeader = Callable[[str], str | None]


@dataclass(frozen=True)
class Column:
    """One column of a table: its number from 1, its heading, the field it holds (None: not recognised)."""

    number: int
    heading: str
    field: str | None
    is_numbering: bool


@dataclass(frozen=True)
class Table:
    """One table: first and last row of the headings, the columns by number, the last row of the body.

    `left` and `right` are the columns up to which its rows reach, where another table stands beside it.
    """

    top: int
    header_bottom: int
    columns: dict[int, Column]
    bottom: int
    left: int = 1
    right: int = LAST_COLUMN

    @cached_property
    def fields(self) -> dict[int, str]:
        """The fields of the columns that were recognised."""
        return {number: column.field for number, column in self.columns.items() if column.field}

    @cached_property
    def columns_by_field(self) -> dict[str, int]:
        """The first column of each field."""
        return {name: number for number, name in reversed(self.fields.items())}

    @cached_property
    def numbering(self) -> frozenset[int]:
        """The columns that number the rows."""
        return frozenset(number for number, column in self.columns.items() if column.is_numbering)

    @cached_property
    def known(self) -> frozenset[int]:
        """The columns whose cells are understood one by one."""
        return self.numbering | self.fields.keys()

    @property
    def is_beside_another(self) -> bool:
        """Whether another table stands in the same rows."""
        return self.left > 1 or self.right < LAST_COLUMN


def find_tables(grid: Grid, match: MatchHeader) -> list[Table]:
    """One item per table of the worksheet, from top to bottom."""
    headers: list[tuple[int, int, dict[int, Column]]] = []
    done = 0
    hits = _count_headings(grid, match)
    for row in sorted({row for below in hits for row in (below - 1, below)} & grid.rows.keys()):
        begins = row > done and _may_begin(grid, row, hits, match)
        header = _read_header(grid, row, match) if begins else None
        if header is not None:
            headers.append((row, *header))
            done = header[0]
    ends = [row - 1 for row, _, _ in headers[1:]] + [grid.bottom] * bool(headers)
    return [
        Table(row, header_bottom, part, end, left, right)
        for (row, header_bottom, columns), end in zip(headers, ends, strict=True)
        for left, right, part in _side_by_side(columns, grid, header_bottom, match)
    ]


def _count_headings(grid: Grid, match: MatchHeader) -> Counter[int]:
    """How many texts of a row are headings, for the rows that have any."""
    counts: Counter[int] = Counter()
    for row, column in grid.may_be_headings:
        line = grid.texts.get(row, {})
        if column in line and len(line) <= _MOST_HEADINGS and match(line[column]) is not None:
            counts[row] += 1
    return counts


def _may_begin(grid: Grid, row: int, hits: Counter[int], match: MatchHeader) -> bool:
    """Whether headings can begin in a row: it has two of them, or a lone one, or goes on in the row below."""
    if hits[row] >= 2:
        return True
    if row in hits and sum(not is_number_heading(grid.own((row, column))) for column in grid.rows[row]) == 1:
        return True
    return row + 1 in grid.rows and _continues(grid, row, match)


def _side_by_side(
    columns: dict[int, Column], grid: Grid, bottom: int, match: MatchHeader
) -> list[tuple[int, int, dict[int, Column]]]:
    """The tables that share a row of headings: an empty column parts them, and each has a title of its own."""
    starts = [number for number in columns if number - 1 not in columns]
    if len(starts) == 1:
        return [(1, LAST_COLUMN, columns)]
    lefts, rights = [1, *starts[1:]], [*(start - 1 for start in starts[1:]), LAST_COLUMN]
    tables = [
        (left, right, {number: column for number, column in columns.items() if left <= number <= right})
        for left, right in zip(lefts, rights, strict=True)
    ]
    are_tables = all(
        "title" in _fields(part) and _is_header(part, grid, bottom, match) for _, _, part in tables
    )
    return tables if are_tables else [(1, LAST_COLUMN, columns)]


def _read_header(grid: Grid, row: int, match: MatchHeader) -> tuple[int, dict[int, Column]] | None:
    """The last row of the headings that begin in `row` and their columns; None where none begin here."""
    single = _single(grid, row, match)
    best, bottom = single, row
    lower = _single(grid, row + 1, match) if _continues(grid, row, match) else {}
    if lower and (_score(lower) or _score(single)):
        double = _columns(grid, row, row + 1, match)
        if _score(double) > _score(single):
            if _fields(double) <= _fields(lower) and not _are_group_headings(grid, row):
                return None  # a title above the headings
            best, bottom = double, row + 1
    if not _is_header(best, grid, bottom, match):
        return None
    # A heading merged downwards takes its whole range along.
    for column in best:
        span = grid.spans.get(grid.anchor((bottom, column)))
        if span is not None and span.bottom > bottom and span.bottom - row <= 3:
            bottom = span.bottom
    return bottom, best


def _single(grid: Grid, row: int, match: MatchHeader) -> dict[int, Column]:
    """The columns of a row of headings, none where the row is empty or too full."""
    return _columns(grid, row, row, match) if 0 < len(grid.rows.get(row, ())) <= _MOST_HEADINGS else {}


def _columns(grid: Grid, top: int, bottom: int, match: MatchHeader) -> dict[int, Column]:
    columns: dict[int, Column] = {}
    numbers = {column for row in range(top, bottom + 1) for column in grid.rows.get(row, ())}
    for row in range(top, bottom + 1):
        for column in grid.rows.get(row, ()):
            span = grid.spans.get((row, column))
            # A title merged over the whole sheet is no heading of its columns; a group heading is.
            if span is not None and top < bottom:
                numbers.update(range(span.left, min(span.right, span.left + 50) + 1))
    for number in sorted(numbers):
        texts: list[str] = []
        places = []
        for row in range(top, bottom + 1):
            place = grid.anchor((row, number))
            text = grid.text(place)
            if text and place not in places:
                places.append(place)
                texts.append(text)
        if not texts or (top == bottom and places[0][1] != number):
            continue
        heading, field = _match(texts, match)
        columns[number] = Column(number, heading, field, is_number_heading(heading))
    return columns


def _match(texts: list[str], match: MatchHeader) -> tuple[str, str | None]:
    """The heading and its field; under a group heading the lower words decide where they can."""
    # Line breaks tell a hyphenated word ("Sozial-\nraum") from two words, so they stay until the match.
    whole, last = "\n".join(texts), texts[-1]
    heading, lower = " ".join(whole.split()), " ".join(last.split())
    field = match(whole)
    if len(texts) > 1 and (is_number_heading(lower) or match(last) not in (None, field)):
        return lower, match(last)
    if field is None and len(texts) > 1:
        return heading, match(texts[0])
    return (lower if len(texts) > 1 and match(last) == field else heading), field


def _continues(grid: Grid, row: int, match: MatchHeader) -> bool:
    """Whether the row below may be the second row of these headings: short words, not the first answers."""
    for column in grid.rows.get(row + 1, ()):
        text = grid.own((row + 1, column))
        above = grid.text((row, column))
        if len(text) > 80 or text[0].isdigit():
            return False
        both = f"{above} {text}" if above else text
        if match(text) is None and match(both) is None and not is_number_heading(text):
            return False
    return True


def _are_group_headings(grid: Grid, row: int) -> bool:
    """Whether a row holds several merged headings, and is thus not a title above the headings."""
    filled = grid.rows[row]
    return len(filled) > 1 and all((row, column) in grid.spans for column in filled)


def _fields(columns: dict[int, Column]) -> set[str]:
    return {column.field for column in columns.values() if column.field is not None}


def _score(columns: dict[int, Column]) -> int:
    return len(_fields(columns)) * 100 + sum(column.field is not None for column in columns.values())


def _is_header(columns: dict[int, Column], grid: Grid, bottom: int, match: MatchHeader) -> bool:
    known = [column for column in columns.values() if column.field is not None]
    fields = _fields(columns)
    named = [column for column in columns.values() if not column.is_numbering]
    if all(column.heading.startswith("(") for column in named):
        # Explanations below the headings proper.
        return False
    if fields <= {"title", "contact", "office", "dezernat"} and all(
        is_name_heading(column.heading) for column in known if column.field == "title"
    ):
        return False  # a list of persons
    if fields <= _TIMES:
        return False  # one answer in pieces: "Laufzeit", "von", "2009", "bis", "2013"
    if len(fields) >= 2 and fields & CORE and (fields & NAMING or len(fields & CORE) >= 3):
        return len(known) * 2 >= len(named) or len(fields) >= 3
    if fields == {"title"} and len(named) == 1:
        return _heads_a_list(grid, bottom, known[0].number, match)
    return False


def is_name_heading(text: str) -> bool:
    """Whether a text asks for a name without saying of what: in a programme's table its title, else a person's."""
    return text.strip(" :*").casefold() in (
        "name",
        "namen",
        "vorname",
        "nachname",
        "name, vorname",
        "vorname, name",
    )


def is_contact_heading(text: str, match: MatchHeader) -> bool:
    """Whether a heading asks for a person's name or how to reach them."""
    return is_name_heading(text) or match(text) == "contact"


def _heads_a_list(grid: Grid, row: int, column: int, match: MatchHeader) -> bool:
    """Whether a lone heading stands directly on a list of at least two answers, and not among a form's labels."""
    below = [grid.text((row + step, column)) for step in (1, 2)]
    alone = all(grid.rows.get(row + step, [column])[-1] == column for step in (1, 2))
    return alone and all(below) and not any(match(text) for text in below)
