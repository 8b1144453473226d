"""Lays out the forms of a worksheet: which cells answer which label, and for which programme.

Answers stand beside their labels, below them or behind their colon; programmes below one another, side by side with
labels of their own, or in one column each beside common labels.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ..workbooks import LAST_COLUMN
from . import answers
from .checkboxes import has_boxes, is_mark
from .form_answers import Area, Found, find_answers
from .form_labels import Label, is_hint, is_numbered_title, is_programme_heading
from .form_layout import asks_for_programmes, find_labels, is_plain
from .grid import Grid, Place
from .lines import SUBSTANCE
from .tables import MatchHeader, Table

# A second contact or remark begins no second programme.
_REPEATING: Final = SUBSTANCE | {"dezernat", "office"}
_HEADING_ROWS: Final = 2
_SHARE_OF_LABELS: Final = 0.6


@dataclass(frozen=True)
class Entry:
    """One question of a form and the cells that answer it; titles can stand above without a label."""

    label: Label | None
    field: str | None
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Block:
    """The entries of one programme, and the column that tells programmes side by side apart."""

    entries: tuple[Entry, ...]
    column: int


@dataclass
class Form:
    """One form: its rows, a block per programme, headings and hints, and the cells that answer no label."""

    top: int
    bottom: int
    blocks: list[Block] = field(default_factory=list)
    notes: list[Place] = field(default_factory=list)
    strays: list[Place] = field(default_factory=list)


def find_forms(grid: Grid, match: MatchHeader, tables: list[Table]) -> list[Form]:
    """One item per form of the worksheet, from top to bottom."""
    labels, explaining = find_labels(grid, match, tables)
    if not labels:
        return []
    headings = [(table.top, table.header_bottom) for table in tables if is_plain(table)]
    headings = [(top, end) for top, end in headings if not any(top <= row <= end for row, _ in labels)]
    forms = []
    for first, last in zip(
        [0, *(end for _, end in headings)], [*(top for top, _ in headings), grid.bottom + 1], strict=True
    ):
        found = _trim(grid, [label for place, label in sorted(labels.items()) if first < place[0] < last])
        if found and asks_for_programmes(found, has_table=bool(headings)):
            forms.append(_lay_out(grid, found, last - 1, explaining, match))
    return forms


def _trim(grid: Grid, labels: list[Label]) -> list[Label]:
    """The labels without those of the sender that stand once above the programmes."""
    first = next((number for number, label in enumerate(labels) if label.fields & SUBSTANCE), len(labels))
    again = {label.key for label in labels[first:]}
    several = {label.place for label in labels if _answers_beside(grid, label) > 1}
    programmes = any("title" in label.fields and label.place in several for label in labels[first:])
    start = next(
        (
            number
            for number, label in enumerate(labels[:first])
            if label.key in again or (programmes and label.place in several)
        ),
        first,
    )
    return labels[start:]


def _answers_beside(grid: Grid, label: Label) -> int:
    row = label.place[0]
    return sum(column > label.right and not is_hint(grid.text((row, column))) for column in grid.rows[row])


def _lay_out(grid: Grid, labels: list[Label], last: int, explaining: set[int], match: MatchHeader) -> Form:
    top = min(label.place[0] for label in labels)
    form = Form(top, max(label.place[0] for label in labels))
    tracks = _tracks(labels)
    lefts = [min(label.place[1] for label in track) for track in tracks]
    rights = [left - 1 for left in lefts[1:]] + [LAST_COLUMN]
    for track, left, right in zip(tracks, lefts, rights, strict=True):
        blocks = list(_split(grid, track, right, match))
        ends = [block[0].place[0] - 1 for block in blocks[1:]] + [last]
        for block, end in zip(blocks, ends, strict=True):
            _read_block(grid, form, block, Area(left, right, end, frozenset(explaining)), match)
    return form


def _tracks(labels: list[Label]) -> list[list[Label]]:
    """The labels by programmes that stand side by side with labels of their own, from left to right."""
    columns: dict[int, list[Label]] = {}
    for label in labels:
        columns.setdefault(label.place[1], []).append(label)
    tracks: list[list[Label]] = []
    for _, found in sorted(columns.items()):
        keys = {label.key for label in found if label.fields & SUBSTANCE}
        repeated = {label.key for label in tracks[-1]} & keys if tracks else keys
        if not tracks or (len(repeated) >= 2 and len(repeated) * 2 >= len(keys)):
            tracks.append([])
        tracks[-1].extend(found)
    return [sorted(track, key=lambda label: label.place) for track in tracks]


def _split(grid: Grid, track: list[Label], right: int, match: MatchHeader) -> Iterator[list[Label]]:
    """The labels of a track, block by block: one begins where a label comes again or a heading numbers it."""
    block: list[Label] = []
    seen: set[str] = set()
    for label in track:
        row, column = label.place
        beside = any(label.right < other <= right for other in grid.rows[row])
        opens = not beside and not label.inline and is_numbered_title(grid.text(label.place), match)
        above = range(block[-1].place[0] + 1, row) if block else ()
        is_apart = any(_heading_row(grid, other, column, right, match) for other in above)
        # The same label twice running asks for one more answer: "Partner", "Partner".
        is_again = label.key in seen and label.key != block[-1].key and label.field in _REPEATING
        if block and row > block[-1].place[0] and (opens or is_apart or is_again):
            yield block
            block, seen = [], set()
        block.append(label)
        seen.add(label.key)
    yield block


def _heading_row(grid: Grid, row: int, left: int, right: int, match: MatchHeader) -> bool:
    columns = [column for column in grid.rows.get(row, ()) if left <= column <= right]
    return len(columns) == 1 and is_numbered_title(grid.text((row, columns[0])), match)


def _read_block(grid: Grid, form: Form, labels: list[Label], area: Area, match: MatchHeader) -> None:
    found = find_answers(grid, labels, area, match)
    top, left = labels[0].place[0], area.left
    numbers = _headings_above(grid, top, left, area.right, match)
    form.notes += [*numbers, *found.notes, *_numbering(grid, top, found.bottom, left)]
    form.strays += found.strays
    is_column = all(label.place[1] == left for label in labels)
    programmes = _programme_columns(grid, found, {column for _, column in numbers}) if is_column else []
    titles = _titles_above(grid, top, left, programmes) if not (numbers or found.has_title()) else {}
    form.top = min([form.top, *(row for row, _ in numbers), *(row for row, _ in titles.values())])
    form.bottom = max(form.bottom, found.bottom)
    if programmes:
        _add_columns(grid, form, found, programmes, titles)
    else:
        _add_block(form, found, left)


def _add_block(form: Form, found: Found, left: int) -> None:
    """One programme: every answer is its own, but a second text beside its title is not."""
    entries = []
    for label, said in found.answers.items():
        places = said.beside or said.below
        if label.field == "title":
            form.strays += [place for place in places[1:] if place[0] == places[0][0]]
            places = [place for place in places if place not in form.strays]
        entries.append(Entry(label, label.field, tuple(places)))
    form.blocks.append(Block(tuple(entries), left))


def _add_columns(
    grid: Grid, form: Form, found: Found, programmes: list[int], titles: dict[int, Place]
) -> None:
    """One programme per column beside common labels; a merged answer is that of each column it covers."""
    placed: set[Place] = set()
    asked = [(label, sorted({row for row, _ in said.beside})) for label, said in found.answers.items()]
    for column in programmes:
        entries = [Entry(None, "title", (titles[column],))] if column in titles else []
        for label, rows in asked:
            places = dict.fromkeys(grid.anchor((row, column)) for row in rows if grid.text((row, column)))
            entries.append(Entry(label, label.field, tuple(places)))
            placed.update(places)
        form.blocks.append(Block(tuple(entries), column))
    for said in found.answers.values():
        form.strays += [place for place in (*said.beside, *said.below) if place not in placed]


def _headings_above(grid: Grid, top: int, left: int, right: int, match: MatchHeader) -> list[Place]:
    """The cells above a block that number its programmes."""
    found: list[Place] = []
    for row in range(max(1, top - _HEADING_ROWS), top):
        columns = [column for column in grid.rows.get(row, ()) if left <= column <= right]
        if all(is_programme_heading(grid.text((row, column)), match) for column in columns):
            found += [(row, column) for column in columns]
    return found


def _numbering(grid: Grid, top: int, bottom: int, left: int) -> Iterator[Place]:
    """The numbers to the left of the labels."""
    for row in range(top, bottom + 1):
        for column in grid.rows.get(row, ()):
            if column < left and answers.is_numbering([grid.text((row, column))]):
                yield (row, column)


def _programme_columns(grid: Grid, found: Found, numbered: set[int]) -> list[int]:
    """The columns that hold a programme each beside common labels; none where there is but one programme."""
    counts: dict[int, int] = {}
    titles: set[int] = set()
    for label, said in found.answers.items():
        if any(has_boxes(text) or is_mark(text) for text in map(grid.text, said.beside)):
            continue  # boxes side by side are the choices of one programme
        columns = {column for row, column in said.beside if row == label.place[0]}
        for column in columns:
            counts[column] = counts.get(column, 0) + 1
        if label.field == "title":
            titles |= columns
    enough = max([3, *(count * _SHARE_OF_LABELS for count in counts.values())])
    programmes = [
        column
        for column, count in sorted(counts.items())
        if column in titles or column in numbered or count >= enough
    ]
    supported = [column for column in programmes if counts[column] > 1 or column in numbered]
    return programmes if len(supported) > 1 else []


def _titles_above(grid: Grid, top: int, left: int, programmes: list[int]) -> dict[int, Place]:
    """The titles in a row above the first label, one over each programme's column."""
    for row in range(top - 1, max(0, top - _HEADING_ROWS - 1), -1):
        found = {column: grid.anchor((row, column)) for column in programmes if grid.text((row, column))}
        if programmes and not grid.text((row, left)) and len(set(found.values())) == len(programmes):
            return found
    return {}
