"""One worksheet's rows of the tables -> a marked sheet: every cell with what it was taken for, doubts numbered."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Final

import pandas as pd

from ..labels import CELL_LABELS, FIELD_LABELS, NOTE_LABELS
from ..publish.german import format_number, quote
from ..publish.marked import Cell, Kind, Look, Note, Row, Sheet
from ..schema import SEVERITIES
from ..workbooks import address, column_letter, split_address
from .window import Gap, choose_columns, choose_rows

_LOOKS: Final[dict[str, tuple[Look, str]]] = {
    "context": ("aside", "§"),
    "header": ("heading", "#"),
    "placed": ("value", "="),
    "withheld": ("secret", "×"),
    "nil": ("nothing", "–"),
    "unplaced": ("doubtful", "?"),
}
# Rows of these kinds tell how a large sheet was understood.
_TELLING: Final = {"header", "unplaced"}
_VISIBILITY: Final = {"visible": "", "hidden": " (ausgeblendet)", "veryHidden": " (ausgeblendet)"}
_ADDRESS: Final = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_MOST_PLACES: Final = 12  # that a note names; it says how many there are beyond
_MOST_SIGNS: Final = 240  # of a cell's text
_MOST_NOTES: Final = 100  # on one sheet


def list_kinds(cells: pd.DataFrame) -> tuple[Kind, ...]:
    """One item per kind of cell, all six, with how many there are."""
    counts = cells["taken_as"].value_counts()
    return tuple(
        Kind(look, sign, CELL_LABELS[name], int(counts.get(name, 0))) for name, (look, sign) in _LOOKS.items()
    )


def make_notes(problems: pd.DataFrame, numbers: Iterator[int]) -> tuple[Note, ...]:
    """One note per doubt, the same doubt about several cells as one; numbered in the order of the sheet."""
    groups: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for severity, message, expected, cell in problems[["severity", "message", "expected", "cell"]].itertuples(
        index=False
    ):
        places = groups[severity, _full(message, expected)]
        if isinstance(cell, str) and _ADDRESS.fullmatch(cell):
            places.append(split_address(cell))
    ordered = sorted(
        groups.items(), key=lambda group: (min(group[1], default=(0, 0)), SEVERITIES.index(group[0][0]))
    )
    notes = []
    for (severity, text), found in ordered:
        places = sorted(set(found))
        names = tuple(address(*place) for place in places[:_MOST_PLACES])
        notes.append(Note(next(numbers), NOTE_LABELS[severity], names, text, len(places) - len(names)))
    return tuple(notes)


def make_sheet(about: Any, cells: pd.DataFrame, problems: pd.DataFrame, numbers: Iterator[int]) -> Sheet:
    """One worksheet: `about` is its row of `sheets`, `cells` and `problems` are its rows of these tables."""
    every = make_notes(problems, numbers)
    notes = every[:_MOST_NOTES]
    noted: dict[tuple[int, int], list[int]] = defaultdict(list)
    for note in notes:
        for place in note.places:
            noted[split_address(place)].append(note.number)
    letters = cells["cell"].str.rstrip("0123456789")
    row_of = cells["cell"].str.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").astype(int)
    filled = Counter(row_of.tolist())
    telling = {*row_of[cells["taken_as"].isin(_TELLING)].unique().tolist(), *(row for row, _ in noted)}
    rows = choose_rows(filled, telling)
    in_sight = row_of.isin([row for row in rows if isinstance(row, int)])
    columns = Counter(split_address(f"{letter}1")[1] for letter in letters[in_sight])
    columns.update({column: 0 for _, column in noted})
    shown, remark = choose_columns(columns)
    texts = {
        place: _cell(text, taken_as, field, noted.get(place, ()))
        for place, text, taken_as, field in zip(
            map(split_address, cells.loc[in_sight, "cell"]),
            *(cells.loc[in_sight, name] for name in ("text", "taken_as", "field")),
            strict=True,
        )
    }
    if left := len(every) - len(notes):
        remark = f"{remark} {format_number(left)} Anmerkungen mehr stehen in der Tabelle problems.".lstrip()
    total = int(about.nonempty) if pd.notna(about.nonempty) else 0
    words = "leer" if not total else f"{format_number(total)} gefüllte {'Zelle' if total == 1 else 'Zellen'}"
    return Sheet(
        name=f"Blatt {about.sheet}",
        caption=f"Blatt {quote(about.sheet)}{_VISIBILITY.get(about.visibility, '')}: {words}",
        columns=tuple(map(column_letter, shown)),
        rows=tuple(_rows(rows, shown, texts, noted)),
        notes=notes,
        remark=remark,
    )


def make_sheets(
    sheets: pd.DataFrame, cells: pd.DataFrame, problems: pd.DataFrame, most: int
) -> tuple[tuple[Note, ...], tuple[Sheet, ...]]:
    """The notes about the workbook as a whole, and its worksheets, at most so many."""
    numbers = count(1)
    known = problems["sheet"].isin(sheets["sheet"])
    whole = make_notes(problems[~known], numbers)
    shown = sheets.head(most)
    return whole, tuple(
        make_sheet(about, cells[cells["sheet"].eq(name)], problems[problems["sheet"].eq(name)], numbers)
        for name, about in zip(shown["sheet"].tolist(), shown.itertuples(index=False), strict=True)
    )


def _rows(
    rows: Iterable[int | Gap],
    columns: Sequence[int],
    texts: Mapping[tuple[int, int], Cell],
    noted: Mapping[tuple[int, int], Sequence[int]],
) -> Iterator[Row]:
    for row in rows:
        if isinstance(row, Gap):
            yield Row(row.name, gap=row.text)
        else:
            places = [(row, column) for column in columns]
            yield Row(
                str(row),
                tuple(texts.get(place) or Cell("", notes=tuple(noted.get(place, ()))) for place in places),
            )


def _cell(text: Any, taken_as: str, field: Any, notes: Sequence[int]) -> Cell:
    look, sign = _LOOKS[taken_as]
    label = CELL_LABELS[taken_as]
    if isinstance(field, str):
        label = f"{label}: {FIELD_LABELS.get(field, field)}"
    shown = "" if pd.isna(text) else str(text).strip()
    if len(shown) > _MOST_SIGNS:
        shown = f"{shown[:_MOST_SIGNS]} … (gekürzt, {format_number(len(shown))} Zeichen)"
    return Cell(shown, look, sign, label, tuple(notes))


def _full(message: str, expected: Any) -> str:
    """The message, with what was understood instead or is supposed, unless it says so itself."""
    parts = expected.split(", ") if isinstance(expected, str) else []
    if all(part.strip() in message for part in parts):
        return message
    return f"{message} Erwartet oder vermutet: {quote(expected.strip())}."
