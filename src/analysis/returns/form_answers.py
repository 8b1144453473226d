"""Finds the answers to the labels of one block of a form: beside them, below them, or over several rows."""

import re
from dataclasses import dataclass, field
from typing import Final

from . import answers
from .fehlanzeigen import names_fehlanzeige
from .form_labels import Label, is_hint, is_numbered_title
from .grid import Grid, Place
from .tables import MatchHeader

_LONGEST_LABEL: Final = 80
_LONG_ANSWER: Final = 40
_PART: Final = re.compile(
    r"(?:Teil|TEIL|Abschnitt|ABSCHNITT|Block|BLOCK)\s+(?:\d{1,2}|[IVX]{1,4}|[A-Z])\b.{0,60}"
)
_SECTION: Final = re.compile(r"\(?(?:[A-Z]|[IVX]+|\d{1,2})[.)]\s.{0,80}")


@dataclass(frozen=True)
class Area:
    """The columns and the last row that a block may reach to; columns that only explain its labels."""

    left: int
    right: int
    bottom: int
    explaining: frozenset[int]


@dataclass
class Answers:
    """The cells that answer one label, in the order of the sheet."""

    beside: list[Place] = field(default_factory=list)
    below: list[Place] = field(default_factory=list)


@dataclass
class Found:
    """The answers of one block by label, unknown labels included; hints and headings; cells that answer no label."""

    answers: dict[Label, Answers]
    notes: list[Place] = field(default_factory=list)
    strays: list[Place] = field(default_factory=list)
    bottom: int = 0

    def has_title(self) -> bool:
        """Whether a label that asks for the title has an answer."""
        return any(
            "title" in label.fields and (said.beside or said.below or label.inline)
            for label, said in self.answers.items()
        )


def find_answers(grid: Grid, labels: list[Label], area: Area, match: MatchHeader) -> Found:
    """What stands around the labels of one block."""
    at = {label.place: label for label in labels}
    columns = {column for _, column in at}
    first, last = labels[0].place[0], labels[-1].place[0]
    is_stacked = any((row, label.right + 1) in at for (row, _), label in at.items())
    found = Found({label: Answers() for label in labels}, bottom=last)
    open_labels: dict[int, Label] = {}
    previous = first
    for row in range(first, area.bottom + 1):
        own = [column for column in grid.rows.get(row, ()) if area.left <= column <= area.right]
        if row > last and (
            row - previous > 1 + _awaits(found, open_labels) or _is_note(grid, row, own, area.left)
        ):
            break
        if (
            own
            and own[0] in columns
            and (row, own[0]) not in at
            and names_fehlanzeige(grid.text((row, own[0])))
        ):
            continue  # a report of none stands for the sheet, wherever it stands
        current: Label | None = None
        for column in own:
            place, text = (row, column), grid.text((row, column))
            in_labels = column in columns and not is_stacked
            if place in at:
                current = open_labels[column] = at[place]
            elif grid.is_covered(place):
                found.strays.append(place)
            elif (
                column in area.explaining
                or is_hint(text)
                or (len(own) == 1 and is_numbered_title(text, match))
            ):
                found.notes.append(place)
            elif in_labels and _is_unknown_label(grid, place, own, at, current is not None):
                current = open_labels[column] = Label(place, column, None, text.casefold())
                found.answers[current] = Answers()
            elif current is not None and not _is_past_label(found, open_labels, current, place):
                found.answers[current].beside.append(place)
            else:
                _go_on(grid, found, open_labels, place)
        if own:
            found.bottom = max(found.bottom, row)
            spans = [span.bottom for column in own if (span := grid.spans.get((row, column)))]
            previous = max([row, *spans])
    _leave_doubtful(grid, found)
    return found


def _awaits(found: Found, open_labels: dict[int, Label]) -> bool:
    """Whether a label has no answer yet, so that one may stand below an empty row."""
    return any(
        not (label.inline or found.answers[label].beside or found.answers[label].below)
        for label in open_labels.values()
    )


def _is_note(grid: Grid, row: int, own: list[int], left: int) -> bool:
    """Whether a row below the last label is a note or a signature that belongs to no programme."""
    text = grid.text((row, own[0])) if own and own[0] == left else ""
    return bool(text) and (answers.is_note(text) or answers.is_closing(text) or answers.is_total(text))


def _is_unknown_label(grid: Grid, place: Place, own: list[int], at: dict[Place, Label], in_row: bool) -> bool:
    """Whether a cell among labels asks for something unheard of: short, with an answer or a colon."""
    row, column = place
    text = grid.text(place)
    after = [other for other in own if other > column]
    has_answer = bool(after) and (row, after[0]) not in at
    comes_first = not in_row or any(other < column and (row, other) not in at for other in own)
    return len(text) <= _LONGEST_LABEL and comes_first and (has_answer or text.endswith((":", "?")))


def _is_past_label(found: Found, open_labels: dict[int, Label], current: Label, place: Place) -> bool:
    """Whether an answered label's row goes on beyond the next column of labels, which is empty there."""
    between = [column for column in open_labels if current.place[1] < column < place[1]]
    told = [column for row, column in found.answers[current].beside if row == place[0]]
    return bool(between) and any(column < max(between) for column in told)


def _go_on(grid: Grid, found: Found, open_labels: dict[int, Label], place: Place) -> None:
    """Gives a cell in a row without label to the label above it or to its left."""
    before = [column for column in open_labels if column <= place[1]]
    owner = open_labels[max(before)] if before else None
    text = grid.text(place)
    if owner is None:
        found.strays.append(place)
    elif place[1] > owner.right and not found.answers[owner].below:
        found.answers[owner].beside.append(place)
    elif owner.field == "contact" and answers.is_signature(text):
        found.answers[owner].below.append(place)
    elif _PART.fullmatch(text) or (found.answers[owner].beside and _SECTION.fullmatch(text)):
        found.notes.append(place)
    elif found.answers[owner].beside or owner.inline:
        found.strays.append(place)
    else:
        found.answers[owner].below.append(place)


def _leave_doubtful(grid: Grid, found: Found) -> None:
    """Leaves a short text below a label open where the other answers stand beside theirs."""
    beside = {label for label, said in found.answers.items() if said.beside or label.inline}
    told = {label.field for label in beside}
    for label, said in found.answers.items():
        is_long = any(
            len(grid.text(place)) > _LONG_ANSWER
            or (place in grid.spans and grid.spans[place].bottom > place[0])
            for place in said.below
        )
        if label.field == "contact":
            said.beside, said.below = said.beside + said.below, []
        elif said.below and (label.field in told or (len(beside) * 2 > len(found.answers) and not is_long)):
            found.strays += said.below
            said.below = []
