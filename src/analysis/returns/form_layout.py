"""Finds the labels of forms: cells that ask for a field and have their answer beside, below or behind them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Final

from .form_labels import Label, read_label
from .grid import Grid, Place
from .lines import SUBSTANCE
from .tables import NAMING, MatchHeader, Table, is_name_heading

# A lone label of a person, wherever it stands: better one answer withheld than one person named.
_PERSON: Final = re.compile(
    r"ansprech|kontakt|telefon|tel\b|mail|\bname|bearbeit|rückfrage|zuständig|verantwort"
)
# Two of these make a form; "Projekt" with "Zeitraum" may be the survey itself.
_TELLING: Final = NAMING | {"target_groups", "sozialraum", "start"}
_MOST_COMPARED: Final = 1_000  # no form has more labels, and each is held against all others
_SEARCHED_BELOW: Final = (2, 3)
_TIMES: Final = frozenset({"start", "end", "period"})
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


def find_labels(grid: Grid, match: MatchHeader, tables: list[Table]) -> tuple[dict[Place, Label], set[int]]:
    """The cells of a worksheet that may be labels of a form, by place, and the columns that only explain them."""
    labels: dict[Place, Label] = {}
    for row in _rows_to_search(grid, match, tables):
        for column in grid.rows[row]:
            label = None if grid.is_covered((row, column)) else read_label(grid, (row, column), match)
            if label is not None:
                labels[row, column] = label
    explaining = _explaining_columns(grid, labels)
    labels = {place: label for place, label in labels.items() if place[1] not in explaining}
    alternating = _alternating_rows(grid, labels)
    stacked = _stacked_rows(grid, labels) | alternating
    apart = _apart(labels)
    rows = Counter(column for row, column in labels if row in stacked or (row, column) in apart)
    kept = {column for column, count in rows.items() if count >= 2}
    # A label's answer may read like a label, as long as it stands in no column of labels.
    apart = _apart({place: label for place, label in labels.items() if place[1] in kept})
    found = [
        label
        for place, label in labels.items()
        if place in apart
        or place[0] in stacked
        or len(label.inline) > 2
        or (
            label.field == "contact"
            and _PERSON.search(label.key)
            and grid.right_of(place)
            and not (len(labels) <= _MOST_COMPARED and _is_among_answers(grid, place, labels))
        )
    ]
    found += _unknown_labels(grid, alternating, labels)
    return {label.place: label for label in _without_names(grid, found)}, explaining


def _explaining_columns(grid: Grid, labels: dict[Place, Label]) -> set[int]:
    """The columns that say of each label to their left what it means: "Titel" | "Name der Maßnahme"."""
    leftmost: dict[int, Label] = {}
    explains: Counter[int] = Counter()
    filled: Counter[int] = Counter()
    for (row, column), label in sorted(labels.items()):
        first = leftmost.setdefault(row, label)
        explains[column] += first is not label and first.field == label.field and first.key != label.key
    for row in leftmost:
        filled.update(grid.rows[row])
    return {column for column, count in explains.items() if count >= 2 and count * 2 >= filled[column]}


def is_plain(table: Table) -> bool:
    """Whether the headings of a table leave no doubt: three fields, and no answers between them as between labels."""
    known = {number: column.field for number, column in table.columns.items() if column.field}
    beside = table.header_bottom > table.top or any(number + 1 in known for number in known)
    return beside and len(set(known.values())) > 2 and bool(NAMING & set(known.values()))


def _without_names(grid: Grid, labels: list[Label]) -> Iterable[Label]:
    """The labels, of which "Name" asks for a person where a title or another contact is asked for too."""
    names = {label.place for label in labels if is_name_heading(grid.text(label.place).partition(":")[0])}
    others = {label.field for label in labels if label.place not in names}
    for label in labels:
        if label.place in names and others & {"title", "contact"}:
            inline = tuple(("contact", answer) for _, answer in label.inline)
            yield replace(label, field="contact", inline=inline)
        else:
            yield label


def _rows_to_search(grid: Grid, match: MatchHeader, tables: list[Table]) -> Iterable[int]:
    """The rows in which a label can stand: all but the headings and the well filled rows of plain tables."""
    skipped: set[int] = set()
    for table in tables:
        if not is_plain(table) or _has_labels_below(grid, match, table):
            continue
        skipped.update(range(table.top, table.header_bottom + 1))
        enough = max(3, len(table.columns) // 2 + 1)
        for row in range(table.header_bottom + 1, table.bottom + 1):
            if row not in grid.rows:
                break  # below an empty row anything may begin
            if len(grid.rows[row]) >= enough:
                skipped.add(row)
    return [row for row in grid.rows if row not in skipped]


def _has_labels_below(grid: Grid, match: MatchHeader, table: Table) -> bool:
    """Whether headings with single answers are followed by further headings: boxes of a form, no table."""
    seen = {column.field for column in table.columns.values()}
    for step in _SEARCHED_BELOW:
        row = table.header_bottom + step
        columns = grid.rows.get(row, ())
        if len(columns) < 2 or row > table.bottom or not (first := match(grid.text((row, columns[0])))):
            continue
        fields = {first} | {match(grid.text((row, column))) for column in columns[1:]}
        if None not in fields and not fields & (seen | NAMING):
            return True
    return False


def _stacked_rows(grid: Grid, labels: dict[Place, Label]) -> set[int]:
    """The rows that hold nothing but labels of different fields, each with its answer below."""
    rows: dict[int, list[Label]] = {}
    for place, label in labels.items():
        if label.field and not label.inline:
            rows.setdefault(place[0], []).append(label)
    full = [row for row, found in rows.items() if len(found) == len(grid.rows[row]) and len(found) > 1]
    stacked: set[int] = set()
    for upper, lower in pairwise(full):
        over, under = (set().union(*(label.fields for label in rows[row])) for row in (upper, lower))
        if 1 < lower - upper <= 4 and not over & under and not under & NAMING and (over | under) & NAMING:
            stacked |= {upper, lower}
    headings = {frozenset(label.key for label in rows[row]) for row in stacked}
    return stacked | {row for row in full if frozenset(label.key for label in rows[row]) in headings}


def _alternating_rows(grid: Grid, labels: dict[Place, Label]) -> set[int]:
    """The rows that begin with a label and have their answers right below them.

    One of them must be all labels and ask for no title, as the headings of a table do.
    """
    rows = {
        row for (row, column), label in labels.items() if not label.inline and column == grid.rows[row][0]
    }
    headed = {row for row in rows if _has_answers_below(grid, row, labels)}
    fields = {label.field for (row, _), label in labels.items() if row in headed}
    full = any(
        len(grid.rows[row]) > 1
        and all(
            (row, column) in labels and labels[row, column].field not in NAMING for column in grid.rows[row]
        )
        for row in headed
    )
    return headed if full and len(headed) > 1 and fields & NAMING else set()


def _has_answers_below(grid: Grid, row: int, labels: dict[Place, Label]) -> bool:
    below = grid.rows.get(row + 1, ())
    answer = set(below) <= set(grid.rows[row]) and not any((row + 1, column) in labels for column in below)
    return bool(below) and answer


def _unknown_labels(grid: Grid, rows: set[int], labels: dict[Place, Label]) -> Iterable[Label]:
    """The cells of rows of labels that ask for something unheard of."""
    for row in sorted(rows):
        for column in grid.rows[row]:
            if (row, column) not in labels and not grid.is_covered((row, column)):
                span = grid.spans.get((row, column))
                text = grid.text((row, column))
                yield Label((row, column), span.right if span else column, None, text.casefold())


def _is_among_answers(grid: Grid, place: Place, labels: dict[Place, Label]) -> bool:
    """Whether a cell stands in a column of answers, one of them a year: a programme is called "Kontakt"."""
    others = [label for (row, column), label in labels.items() if column < place[1] and row != place[0]]
    told = {label: grid.own((label.place[0], place[1])) for label in others}
    has_year = any(label.field in _TIMES and _YEAR.search(text) for label, text in told.items())
    return has_year and sum(map(bool, told.values())) * 2 > len(others)


def _apart(labels: dict[Place, Label]) -> set[Place]:
    """The labels that touch no other label to the left or right, as the headings of a table do.

    Beside a column of many labels, a cell that reads like one is taken for an answer.
    """
    starts = {place for place, label in labels.items() if not label.inline}
    ends = {(row, labels[row, column].right): column for row, column in starts}
    counts = Counter(column for _, column in starts)
    return {
        (row, column)
        for (row, column), label in labels.items()
        if label.inline
        or all(
            counts[other] * 2 < counts[column]
            for other in (
                label.right + 1 if (row, label.right + 1) in starts else None,
                ends.get((row, column - 1)),
            )
            if other is not None
        )
    }


def asks_for_programmes(labels: Iterable[Label], has_table: bool) -> bool:
    """Whether labels together ask for what only a programme has, and not for a sender, a survey or a date."""
    fields = frozenset[str]().union(*(label.fields for label in labels)) & SUBSTANCE
    if has_table:
        return len(fields) >= 3 and "title" in fields
    return len(fields) >= 3 or (len(fields) == 2 and bool(fields & NAMING) and fields <= _TELLING)
