"""Reads one worksheet: its tables, and what stands around them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from ..codelists import CodeLists
from ..headers import match_header
from ..schema import CONTACT
from ..workbooks import Sheet
from . import answers
from .fehlanzeigen import is_fehlanzeige, names_fehlanzeige
from .form_records import read_forms
from .forms import Form, find_forms
from .grid import Grid, Place
from .headings import ask_about_headings
from .notices import notice_cells
from .readings import SheetReading
from .rows import read_table
from .tables import CORE, Table, find_tables, is_contact_heading, is_name_heading

_LONGEST_LABEL: Final = 80
_ERROR: Final = re.compile(r"#[A-Z]+[/0-9A-Z]*[!?]?")
# Names of worksheets that only help to fill in others: every word of the name is one of these, or a number.
_LISTS: Final = re.compile(
    r"(?:(?:\d+|(?:werte|auswahl|hilfs)?listen?|auswahl\w*|dropdown\w*|werte|stammdaten|(?:ausfüll)?(?:hilfen?|hinweise?"
    r"|anleitung|erläuterung)(?:en)?|erklärung(?:en)?|legende|zum?r?|ausfüllen|für|die|und|der|des|dieser|abfrage|formulars?"
    r"|tabelle|blatt|bogens?|spalten?|felder|wichtige|allgemeine|bearbeitungs\w+)(?:[\W_]+|$))+"
)
_LIST_WORDS: Final = re.compile(
    r"list|auswahl|dropdown|werte|stamm|hilf|hinweis|anleitung|erläuterung|erklärung|legende"
)


def read_sheet(
    workbook: str, sheet: Sheet, corrections: Mapping[Place, str], codes: CodeLists
) -> SheetReading:
    """One worksheet with every filled cell taken as something."""
    reading = SheetReading(workbook, Grid(sheet, corrections, codes), codes)

    @cache  # headings are asked about again and again
    def match(text: str) -> str | None:
        is_value = text == CONTACT or (text[:1].isdigit() and text[-1:].isdigit())
        is_error = text.startswith("#") and _ERROR.fullmatch(text)
        return None if is_value or is_error else match_header(text, codes)

    tables = find_tables(reading.grid, match)
    forms = [] if _is_list(reading) else find_forms(reading.grid, match, tables)
    reading.tables = _beside_forms(tables, forms)
    for table in reading.tables:
        before = len(reading.records)
        read_table(reading, table)
        ask_about_headings(reading, table, reading.records[before:])
    read_forms(reading, forms, match)
    _read_around(reading, forms, match)
    _take_the_rest(reading)
    notice_cells(reading)
    return reading


def _beside_forms(tables: list[Table], forms: list[Form]) -> list[Table]:
    """The tables without the rows that belong to forms."""
    for form in forms:
        tables = [
            replace(table, bottom=min(table.bottom, form.top - 1)) if table.top < form.top else table
            for table in tables
            if table.header_bottom < form.top or table.top > form.bottom
        ]
    return tables


def _read_around(reading: SheetReading, forms: list[Form], match: Callable[[str], str | None]) -> None:
    """Titles, labels with their values, notes and reports of none above the tables, or on a sheet without one."""
    grid = reading.grid
    cells = [cell for cell in reading.open_cells() if grid.own((cell.row, cell.column))]
    texts = [(cell.row, cell.column) for cell in cells if cell.kind not in ("number", "date")]
    _withhold_contact_lists(reading, texts, match)
    for place in texts:
        if not reading.is_taken(place):
            _read_label(reading, place, match)
    _withhold_signatures(reading, texts)
    places = ((cell.row, cell.column) for cell in cells)
    open_places = [place for place in places if not reading.is_taken(place)]
    rows: dict[int, list[Place]] = {}
    for place in open_places:
        rows.setdefault(place[0], []).append(place)
    if not (reading.tables or forms or _is_list(reading)) and _ask_about_labels(reading, open_places, match):
        return
    wide = [row for row, filled in rows.items() if len(filled) >= 3 or _is_joined(grid.own(filled[0]))]
    if len(wide) >= 2 and not _is_list(reading):
        reading.ask(
            "no_table",
            "Auf diesem Blatt steht etwas, das keine bekannten Überschriften hat; bitte klären, ob es Programme nennt.",
            rows[wide[0]][0],
            found=grid.own(rows[wide[0]][0]),
        )
        for row in wide:
            for place in rows[row]:
                reading.take(place, "unplaced")
    for place in open_places:
        reading.take(place, "context")


def _is_joined(text: str) -> bool:
    """Whether a cell holds a whole row: a text file was pasted into a single column."""
    return any(text.count(separator) >= 2 for separator in ";\t|") and "\n" not in text


def _withhold_contact_lists(
    reading: SheetReading, places: list[Place], match: Callable[[str], str | None]
) -> None:
    """Withholds what stands below "Name | Telefon | E-Mail", down to the next empty row."""
    grid = reading.grid
    headings: dict[int, list[int]] = {}
    for row, column in places:
        if is_contact_heading(grid.own((row, column)), match):
            headings.setdefault(row, []).append(column)
    for row, columns in headings.items():
        found = [column for column in columns if not reading.is_taken((row, column))]
        if (
            len(found) < 2
            or len(found) * 2 <= len(grid.rows[row])
            or all(map(is_name_heading, (grid.own((row, column)) for column in found)))
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
        text = reading.grid.own(place)
        if answers.is_closing(text):
            closing = place[0]
        elif (
            closing and not reading.is_taken(place) and place[0] - closing <= 5 and answers.is_signature(text)
        ):
            reading.take(place, "withheld", "contact")


def _is_list(reading: SheetReading) -> bool:
    """Whether the sheet's name says that it only helps to fill in the form."""
    name = reading.name.casefold().strip()
    return bool(_LIST_WORDS.search(name) and _LISTS.fullmatch(name))


def _ask_about_labels(reading: SheetReading, places: list[Place], match: Callable[[str], str | None]) -> bool:
    """Asks about a sheet that holds headings of programmes in no order that is known; nothing of it is lost."""
    grid = reading.grid
    labels = {
        place: name
        for place in places
        if len(grid.text(place)) <= _LONGEST_LABEL and (name := match(grid.text(place))) in CORE
    }
    beside = [(place, grid.right_of(place)) for place in labels]
    explained = sum(other is not None and labels.get(other) == labels[place] for place, other in beside)
    if len(set(labels.values())) < 2 or explained * 2 >= len(labels) - explained:
        return False  # no headings, or a list that explains each by another
    first = min(labels)
    reading.ask(
        "form_not_understood",
        "Auf diesem Blatt stehen Überschriften, aber weder Tabelle noch Formular; bitte klären, ob es Programme nennt.",
        first,
        found=grid.text(first),
    )
    for place in places:
        is_note = answers.is_note(grid.text(place)) or place[0] < first[0]
        reading.take(
            place, "header" if place in labels else "context" if is_note else "unplaced", labels.get(place)
        )
    return True


def _read_label(reading: SheetReading, place: Place, match: Callable[[str], str | None]) -> None:
    grid, codes = reading.grid, reading.codes
    text = grid.own(place)
    beside = grid.right_of(place)
    value = grid.own(beside) if beside else ""
    if names_fehlanzeige(text) and _read_box(reading, place, beside):
        return
    if is_fehlanzeige(text, codes):
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
        text = grid.own(neighbour)
        if answers.is_tick(text):
            reading.fehlanzeigen.append(place)
            reading.retake(neighbour, "nil")
            reading.take(place, "nil")
            return True
        if text.casefold().strip(" .!") in ("nein", "☐", "□", "[ ]", "( )", "falsch", "0"):
            reading.retake(neighbour, "nil")
            reading.take(place, "context")
            return True
    return False


def _take_the_rest(reading: SheetReading) -> None:
    """Cells that say nothing by themselves: blanks, and formulas that the file stores no value of."""
    records = {record.row: record for record in reading.records}
    columns = {number: column for table in reading.tables for number, column in table.columns.items()}
    for row, number, _, kind in reading.open_cells():
        place = row, number
        record, column = records.get(row), columns.get(number)
        if kind != "formula":
            reading.take(place, "unplaced" if reading.grid.own(place) else "nil")
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
                found=reading.grid.whole(place),
            )
            reading.take(place, "unplaced", name, record.programme_id if record else None)
            if record and name:
                record.asked |= {name}
