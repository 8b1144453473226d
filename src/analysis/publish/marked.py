"""Worksheets whose cells are marked: what stands in each, what it was taken for, and numbered notes on them."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from .tables import Grid, naming_columns

MARKED: Final = "application/vnd.marked-sheets+json"

_HEADINGS: Final = ("Nummer", "Stelle", "Anmerkung")
_WHOLE: Final = "Arbeitsmappe"

# How a mark looks (see marked.css); its words say the same without colour.
Look = Literal["aside", "heading", "value", "secret", "nothing", "doubtful"]


@dataclass(frozen=True)
class Kind:
    """One kind of mark: its look, its sign, its word, and how many cells of the whole workbook have it."""

    look: Look
    sign: str
    label: str
    count: int


@dataclass(frozen=True)
class Cell:
    """One filled cell; `label` says what it was taken for, `notes` the numbers of the notes on it."""

    text: str
    look: Look | None = None
    sign: str = ""
    label: str = ""
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row of a worksheet: its number and a cell per column; or rows left out, which `gap` says."""

    name: str
    cells: tuple[Cell, ...] = ()
    gap: str = ""


@dataclass(frozen=True)
class Note:
    """One numbered note: `label` says what sort, `places` the cells it is about ("C7"), `more` how many beyond."""

    number: int
    label: str
    places: tuple[str, ...]
    text: str
    more: int = 0

    @property
    def name(self) -> str:
        """What cells call it: "Rückfrage 3"."""
        return f"{self.label} {self.number}"


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its columns' letters, its rows, the notes on it, and what `remark` says was left out."""

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class MarkedSheets:
    """One workbook as it was read: `lines` introduce it, `notes` are about it as a whole."""

    caption: str
    lines: tuple[str, ...]
    kinds: tuple[Kind, ...]
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Everything as JSON knows it, for the outputs of a notebook."""
        return dataclasses.asdict(self)

    def as_text(self) -> str:
        """Caption, introduction and notes, a line each."""
        notes = [*self.notes, *(note for sheet in self.sheets for note in sheet.notes)]
        return "\n".join([self.caption, *self.lines, *(f"{note.name}: {note.text}" for note in notes)])

    def as_grid(self) -> Grid:
        """One row per note, for paper: its name, its places, its text."""
        rows = [
            (note.name, _place(sheet, note), note.text)
            for sheet, notes in [(None, self.notes), *((sheet, sheet.notes) for sheet in self.sheets)]
            for note in notes
        ]
        return Grid(_HEADINGS, tuple(rows), (False,) * 3, naming_columns(1, 3, len(rows)))


def from_json(value: Mapping[str, Any]) -> MarkedSheets:
    """What `as_json` wrote. Raises: ValueError where it is something else."""
    try:
        return MarkedSheets(
            caption=str(value["caption"]),
            lines=tuple(map(str, value["lines"])),
            kinds=tuple(Kind(**{**kind, "look": _look(kind["look"])}) for kind in value["kinds"]),
            sheets=tuple(_sheet(sheet) for sheet in value["sheets"]),
            notes=_notes(value["notes"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"die Ausgabe „{MARKED}“ ist unvollständig ({error}); neu ausführen") from None


def _place(sheet: Sheet | None, note: Note) -> str:
    if sheet is None:
        return _WHOLE
    places = ", ".join(note.places) + (f" und {note.more} weitere" if note.more else "")
    return f"{sheet.name}: {places}" if places else sheet.name


def _sheet(value: Mapping[str, Any]) -> Sheet:
    rows = tuple(
        Row(row["name"], tuple(_cell(cell) for cell in row["cells"]), row["gap"]) for row in value["rows"]
    )
    return Sheet(
        **{**value, "columns": tuple(value["columns"]), "rows": rows, "notes": _notes(value["notes"])}
    )


def _cell(value: Mapping[str, Any]) -> Cell:
    look = None if value["look"] is None else _look(value["look"])
    return Cell(**{**value, "look": look, "notes": tuple(value["notes"])})


def _notes(values: Any) -> tuple[Note, ...]:
    return tuple(Note(**{**value, "places": tuple(value["places"])}) for value in values)


def _look(value: Any) -> Look:
    if value not in get_args(Look):
        raise ValueError(f"die Ausgabe „{MARKED}“ nennt das Aussehen {value!r}, das es nicht gibt")
    look: Look = value
    return look
