"""Reads one worksheet: its tables, and what stands around them."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from ..codelists import CodeLists
from ..headers import match_header
from ..workbooks import Sheet, address
from . import answers
from .grid import Grid, Place
from .readings import SheetReading, Taken
from .rows import read_table
from .tables import CORE, find_tables, is_contact_heading, is_name_heading

_LONGEST_LABEL: Final = 80
_ERROR: Final = re.compile(r"#[A-Z]+[/0-9A-Z]*[!?]?")
_LISTS: Final = (
    "listen",
    "auswahl",
    "dropdown",
    "werte",
    "stammdaten",
    "hilfe",
    "hinweis",
    "anleitung",
    "erläuterung",
)


def read_sheet(
    workbook: str, sheet: Sheet, corrections: Mapping[Place, str], codes: CodeLists
) -> SheetReading:
    """One worksheet with every filled cell taken as something."""
    reading = SheetReading(workbook, Grid(sheet, corrections), codes)
    known: dict[str, str | None] = {}

    def match(text: str) -> str | None:
        if text not in known:
            is_value = (text[:1].isdigit() and text[-1:].isdigit()) or _ERROR.fullmatch(text)
            known[text] = None if is_value else match_header(text, codes)
        return known[text]

    reading.tables = find_tables(reading.grid, match)
    for table in reading.tables:
        read_table(reading, table)
    _read_around(reading, match)
    _take_the_rest(reading)
    _report_hidden(reading)
    return reading


def _read_around(reading: SheetReading, match: Callable[[str], str | None]) -> None:
    """Titles, labels with their values, notes and reports of none above the tables, or on a sheet without one."""
    grid = reading.grid
    places = [place for place in sorted(grid.texts) if place not in reading.taken]
    _withhold_contact_lists(reading, match)
    for place in places:
        if place in grid.cells and place not in reading.taken:
            _read_label(reading, place, match)
    _withhold_signatures(reading, places)
    open_places = [place for place in places if place in grid.cells and place not in reading.taken]
    rows: dict[int, list[Place]] = {}
    for place in open_places:
        rows.setdefault(place[0], []).append(place)
    labels = {
        place: name
        for place in open_places
        if len(grid.texts[place]) <= _LONGEST_LABEL and (name := match(grid.texts[place])) in CORE
    }
    if not reading.tables and len(set(labels.values())) >= 2 and not _is_list(reading):
        _leave_form(reading, open_places, labels)
        return
    wide = [row for row, filled in rows.items() if len(filled) >= 3]
    if len(wide) >= 2 and not _is_list(reading):
        reading.ask(
            "no_table",
            "Auf diesem Blatt steht etwas, das keine bekannten Überschriften hat; bitte klären, ob es Programme nennt.",
            rows[wide[0]][0],
            found=grid.texts[rows[wide[0]][0]][:200],
        )
        for row in wide:
            for place in rows[row]:
                reading.take(place, "unplaced")
    for place in open_places:
        reading.take(place, "context")


def _withhold_contact_lists(reading: SheetReading, match: Callable[[str], str | None]) -> None:
    """Withholds what stands below "Name | Telefon | E-Mail", down to the next empty row."""
    grid = reading.grid
    for row, columns in grid.rows.items():
        found = [
            column
            for column in columns
            if (row, column) not in reading.taken and is_contact_heading(grid.texts[row, column], match)
        ]
        if (
            len(found) < 2
            or len(found) * 2 <= len(columns)
            or all(map(is_name_heading, (grid.texts[row, column] for column in found)))
        ):
            continue
        for column in found:
            reading.take((row, column), "context", "contact")
        below = row + 1
        while below in grid.rows:
            for column in found:
                reading.take((below, column), "withheld", "contact")
            below += 1


def _withhold_signatures(reading: SheetReading, places: list[Place]) -> None:
    """Withholds the name below a letter's closing words ("Im Auftrag", "gez.")."""
    closing = 0
    for place in places:
        text = reading.grid.texts[place]
        if answers.is_closing(text):
            closing = place[0]
        elif (
            closing and place not in reading.taken and place[0] - closing <= 5 and answers.is_signature(text)
        ):
            reading.take(place, "withheld", "contact")


def _is_list(reading: SheetReading) -> bool:
    """Whether the sheet's name says that it only helps to fill in the form."""
    name = reading.name.casefold()
    return any(word in name for word in _LISTS)


def _leave_form(reading: SheetReading, places: list[Place], labels: dict[Place, str]) -> None:
    """A form (headings down a column, answers beside them) is not understood yet: nothing of it is lost."""
    first = min(labels)
    reading.ask(
        "form_sheet",
        "Dieses Blatt ist ein Formular statt einer Tabelle; bitte die Angaben in die Tabelle übertragen lassen.",
        first,
        found=reading.grid.texts[first][:200],
    )
    for place in places:
        is_note = answers.is_note(reading.grid.texts[place]) or place[0] < first[0]
        reading.take(
            place, "header" if place in labels else "context" if is_note else "unplaced", labels.get(place)
        )


def _read_label(reading: SheetReading, place: Place, match: Callable[[str], str | None]) -> None:
    grid, codes = reading.grid, reading.codes
    text = grid.texts[place]
    if grid.cells[place].kind in ("number", "date"):
        return
    beside = grid.right_of(place)
    value = grid.texts[beside] if beside else ""
    if answers.names_fehlanzeige(text) and _read_box(reading, place, beside):
        return
    if answers.is_fehlanzeige(text, codes):
        reading.take(place, "nil")
        reading.fehlanzeigen.append(place)
        return
    label, colon, rest = text.partition(":")
    name = match(label) if len(label) <= _LONGEST_LABEL else None
    if is_name_heading(label):
        name = "contact"
    if name == "contact" and (colon or value):
        if rest.strip():
            reading.take(place, "withheld", "contact")
        else:
            reading.take(place, "context")
            if beside:
                reading.take(beside, "withheld", "contact")
    elif name in ("dezernat", "office") and (rest.strip() or value):
        reading.take(place, "context", name)
        if rest.strip():
            reading.labelled.setdefault(name, []).append((place, rest.strip()))
        elif beside and not answers.is_nil(value, codes) and match(value) is None:
            reading.take(beside, "placed", name)
            reading.labelled.setdefault(name, []).append((beside, value))
    elif answers.is_nil(text, codes):
        reading.take(place, "nil")


def _read_box(reading: SheetReading, place: Place, beside: Place | None) -> bool:
    """Whether the text is a box label that the cell beside it ticks or leaves open; takes both cells then."""
    grid = reading.grid
    left = [column for column in grid.rows[place[0]] if column < place[1]]
    neighbours = [beside] if beside else []
    neighbours += [(place[0], left[-1])] if left else []
    for neighbour in neighbours:
        text = grid.texts[neighbour]
        if answers.is_tick(text):
            reading.fehlanzeigen.append(place)
            reading.taken[neighbour] = Taken("nil")
            reading.take(place, "nil")
            return True
        if text.casefold().strip(" .!") in ("nein", "☐", "□", "[ ]", "( )", "falsch", "0"):
            reading.taken[neighbour] = Taken("nil")
            reading.take(place, "context")
            return True
    return False


def _take_the_rest(reading: SheetReading) -> None:
    """Cells that say nothing by themselves: blanks, and formulas that the file stores no value of."""
    records = {record.row: record for record in reading.records}
    columns = {number: column for table in reading.tables for number, column in table.columns.items()}
    for place, cell in reading.grid.cells.items():
        if place in reading.taken:
            continue
        record, column = records.get(place[0]), columns.get(place[1])
        if cell.kind != "formula":
            reading.take(place, "unplaced" if place in reading.grid.texts else "nil")
        elif column is not None and column.field == "contact":
            reading.take(place, "withheld", "contact")
        elif reading.tables and (record is None or column is None or column.is_numbering):
            reading.take(place, "context")
        else:
            name = column.field if column else None
            reading.ask(
                "formula_without_value",
                "Die Datei enthält zu dieser Formel keinen Wert; bitte sie in Excel neu berechnen lassen.",
                place,
                field=name,
                found=cell.text[:200],
            )
            reading.take(place, "unplaced", name, record.programme_id if record else None)


def _report_hidden(reading: SheetReading) -> None:
    sheet = reading.grid.sheet
    if sheet.visibility != "visible" and sheet.cells:
        reading.ask(
            "hidden_sheet", "Dieses Blatt ist ausgeblendet; bitte prüfen, ob es mitgelesen werden soll."
        )
    hidden = [
        place
        for place in sorted(reading.grid.cells)
        if place[0] in sheet.hidden_rows or place[1] in sheet.hidden_columns
    ]
    if hidden:
        reading.ask(
            "hidden_cells",
            "Hier stehen Angaben in ausgeblendeten Zeilen oder Spalten; sie wurden mitgelesen, bitte prüfen.",
            hidden[0],
            found=f"{len(hidden)} Zellen ab {address(*hidden[0])}",
        )
