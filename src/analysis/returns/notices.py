"""What is said of cells beside their meaning: personal data was replaced, a comment hangs on them, they are hidden."""

import re
from typing import Final

from ..problems import Problem
from ..schema import CONTACT
from ..workbooks import address
from ..workbooks.worker import DAMAGED_NOTE, DOUBTFUL_NOTE
from .doubts import doubt
from .privacy import redact
from .readings import SheetReading

# Spreadsheet programs begin a comment with its author: "Probe, Otto:" and a new line.
_AUTHOR: Final = re.compile(r"\A[^\n:]{1,60}:[ \r]*\n")


def notice_file(workbook: str, note: str) -> Problem:
    """The problem that tells what reading found out about the file as a whole."""
    if note == DAMAGED_NOTE:
        return doubt(
            "damaged_workbook",
            f"{note}; bitte mit dem Dezernat abgleichen oder die Datei neu anfordern.",
            workbook=workbook,
            found=note,
        )
    if note == DOUBTFUL_NOTE:
        return doubt(
            "doubtful_workbook",
            f"{note}; bitte das Gelesene mit der Datei vergleichen.",
            workbook=workbook,
            found=note,
        )
    message = f"{note}; bitte prüfen und künftig als Excel-Datei (.xlsx) schicken lassen."
    return doubt("other_format", message, workbook=workbook, found=note)


def notice_cells(reading: SheetReading) -> None:
    """Tells of a worksheet, once its cells are taken, what stands on them besides their texts."""
    _notice_contacts(reading)
    _notice_comments(reading)
    _notice_hidden(reading)


def _notice_contacts(reading: SheetReading) -> None:
    """Names the cells in which persons were replaced, and nothing of what they said."""
    for place in reading.grid.replaced:
        taken_as, field = reading.taken(place)
        if taken_as != "withheld":
            reading.ask(
                "contact_replaced",
                f"In dieser Zelle wurden Namen oder Erreichbarkeiten durch {CONTACT} ersetzt; bitte prüfen, dass "
                "nichts fehlt.",
                place,
                field=field,
            )


def _notice_comments(reading: SheetReading) -> None:
    for place, text in sorted(reading.grid.sheet.comments.items()):
        taken_as, field = reading.taken(place)
        said = redact(_AUTHOR.sub(f"{CONTACT}:\n", text)).strip()
        reading.ask(
            "cell_comment",
            "Die Zelle trägt einen Kommentar; bitte prüfen, ob er die Angabe ändert.",
            place,
            field=field,
            found=CONTACT if taken_as == "withheld" else said,
        )


def _notice_hidden(reading: SheetReading) -> None:
    """Asks about what nobody sees in the file: all of it was read."""
    sheet = reading.grid.sheet
    if sheet.visibility != "visible" and sheet.cells:
        if reading.records:
            count = _count(len(reading.records))
            reading.ask(
                "hidden_programmes",
                f"Dieses Blatt ist ausgeblendet und nennt {count}; bitte prüfen, ob das zählen soll.",
                reading.records[0].place,
                found=count,
            )
        else:
            reading.ask(
                "hidden_sheet", "Dieses Blatt ist ausgeblendet und nennt kein Programm; bitte prüfen."
            )
    if not (sheet.hidden_rows or sheet.hidden_columns):
        return
    hidden = {
        (cell.row, cell.column): programme_id
        for cell, programme_id in zip(sheet.cells, reading.books.programme_ids, strict=True)
        if cell.row in sheet.hidden_rows or cell.column in sheet.hidden_columns
    }
    first = next(iter(hidden), None)
    named = set(hidden.values()) - {None}
    where = f"{_count_cells(len(hidden))} ab {address(*first)}" if first else ""
    if named:
        reading.ask(
            "hidden_programmes",
            f"In ausgeblendeten Zeilen oder Spalten stehen Angaben zu {_count(len(named), 'Programmen')}; sie wurden "
            "mitgelesen, bitte prüfen, ob sie zählen sollen.",
            next(place for place, programme in hidden.items() if programme),
            found=where,
        )
    elif hidden:
        reading.ask(
            "hidden_cells",
            "Hier stehen Angaben in ausgeblendeten Zeilen oder Spalten; sie wurden mitgelesen, bitte prüfen.",
            first,
            found=where,
        )


def _count(count: int, plural: str = "Programme") -> str:
    return "1 Programm" if count == 1 else f"{count} {plural}"


def _count_cells(count: int) -> str:
    return "1 Zelle" if count == 1 else f"{count} Zellen"
