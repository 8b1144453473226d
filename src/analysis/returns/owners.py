"""Whose return a workbook is: the Dezernat of each of its worksheets, and where it was found."""

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

from ..codelists import CodeLists
from ..dezernate import match_dezernat, split_office
from ..problems import Problem
from . import answers
from .doubts import doubt
from .readings import SheetReading

_DEZERNAT: Final = re.compile(r"\bdez", re.IGNORECASE)
_LIST: Final = re.compile(
    r"\b[Dd]ez(?:ernate?n?|\.)\s+((?:[IVX]+|\d)(?:\s*(?:,|\+|&|/|und|u\.|sowie)\s*(?:[IVX]+|\d)\b){1,2})(?!\s*[,+&/\w])"
)
_RESPONSIBLE: Final = re.compile(r"zust(?:ä|ae)nd|verantwort|federf(?:ü|ue)hr", re.IGNORECASE)
_LONGEST: Final = 150


def find_dezernate(
    workbook: str, readings: list[SheetReading], codes: CodeLists
) -> tuple[list[str | None], list[Problem]]:
    """The Dezernat of each worksheet, in their order, and what to ask.

    Looked for in the cells around the tables, then in the tables' own column, then in the sheet names, then in
    the file name. A letterhead ("Der Oberbürgermeister") makes no return one of the OB. A column of the Dezernate
    that are responsible does not say who reports where a name does; any other that a name contradicts is asked about.
    """
    own = [_in_cells(reading, codes) for reading in readings]
    doubts = []
    in_tables = [] if any(own) else [_in_tables(reading, codes) for reading in readings]
    if any(in_tables):
        named = set[str]().union(*(_in_sheet_name(reading, codes) for reading in readings))
        named = named or found_in_name(workbook, codes)
        if not named or not any(map(_tells_responsible, readings)):
            own = in_tables
            listed = set[str]().union(*own)
            if named and named != listed:
                doubts = [_several_dezernate(workbook, named | listed)]
        if any(len(found) > 1 for found in own):
            # A table that lists several Dezernate says in each row whose it is.
            return [next(iter(found)) if len(found) == 1 else None for found in own], doubts
    if not any(own):
        own = [_in_sheet_name(reading, codes) for reading in readings]
    if not any(own):
        own = [found_in_name(workbook, codes)] * len(readings)
    everything = set[str]().union(*own)
    if not everything:
        listed = set[str]().union(*(_listed(reading, codes) for reading in readings))
        question = _several_dezernate(workbook, listed) if listed else unknown_dezernat(workbook)
        return [None] * len(readings), [question]
    headed = set[str]().union(*(_in_sections(reading, codes) for reading in readings))
    if any(len(found) > 1 for found in own) or (len(everything) == 1 and headed - everything):
        doubts = [_several_dezernate(workbook, everything | headed)]
    shared = next(iter(everything)) if len(everything) == 1 else None
    return [next(iter(found), shared) if len(found) < 2 else None for found in own], doubts


def found_in_name(workbook: str, codes: CodeLists) -> set[str]:
    """The Dezernat that a file name tells, as a set of at most one."""
    return _matches([_words(PurePath(workbook).stem)], codes)


def unknown_dezernat(workbook: str) -> Problem:
    """The question whose return a workbook is."""
    return doubt(
        "unknown_dezernat",
        "Weder Zellen noch Blattnamen noch Dateiname nennen das Dezernat; bitte klären, wessen Rückmeldung es ist.",
        workbook=workbook,
        field="dezernat",
        expected="ein Dezernat, zum Beispiel „Dezernat IV“ über der Tabelle",
    )


def _several_dezernate(workbook: str, dezernate: set[str]) -> Problem:
    return doubt(
        "several_dezernate",
        "Die Rückmeldung nennt mehrere Dezernate; bitte klären, wessen Rückmeldung sie ist.",
        workbook=workbook,
        field="dezernat",
        expected=", ".join(sorted(dezernate)),
    )


def _listed(reading: SheetReading, codes: CodeLists) -> set[str]:
    """The Dezernate that share a return: "Dezernate IV und V" above its table."""
    around = (reading.grid.own(place) for place in reading.places_taken_as("context"))
    lists = (match for text in around if (match := _LIST.search(text)))
    return {
        dezernat
        for match in lists
        for number in re.findall(r"\w+", match[1])
        if (dezernat := match_dezernat(f"Dezernat {number}", codes))
    }


def _in_sections(reading: SheetReading, codes: CodeLists) -> set[str]:
    """The Dezernate that headings between the rows of the tables name."""
    last = max((record.row for record in reading.records), default=0)
    return _matches((text for row, text in reading.sections if row < last and _DEZERNAT.search(text)), codes)


def _in_cells(reading: SheetReading, codes: CodeLists) -> set[str]:
    labelled = _matches((text for _, text in reading.labelled.get("dezernat", ())), codes)
    if labelled:
        return labelled
    around = [
        (place[0], text)
        for place in reading.places_taken_as("context", "nil")
        if len(text := reading.grid.own(place)) <= _LONGEST
    ]
    first = [table.top for table in reading.tables[:1]] or [record.row for record in reading.records[:1]]
    top = first[0] if first else 0
    # What stands above the table says whose it is; a note below may speak of others.
    above = _in_texts([text for row, text in around if row < top], codes)
    return above or _in_texts([text for _, text in around], codes)


def _in_texts(texts: list[str], codes: CodeLists) -> set[str]:
    texts = [text for text in texts if text and not answers.is_numbering([text])]
    named = _matches((text for text in texts if _DEZERNAT.search(text)), codes)
    return named or _matches(texts, codes) - {"OB"}


def _in_sheet_name(reading: SheetReading, codes: CodeLists) -> set[str]:
    return _matches([_words(reading.name)], codes)


def _tells_responsible(reading: SheetReading) -> bool:
    """Whether a table asks for the Dezernat that is responsible, not for the one that reports."""
    columns = (column for table in reading.tables for column in table.columns.values())
    return any(column.field == "dezernat" and _RESPONSIBLE.search(column.heading) for column in columns)


def _in_tables(reading: SheetReading, codes: CodeLists) -> set[str]:
    found: set[str] = set()
    for record in reading.records:
        text = record.texts.get("dezernat")
        dezernat = match_dezernat(text, codes) if text else split_office(record.texts.get("office"), codes)[0]
        if dezernat:
            found.add(dezernat)
    return found


def _matches(texts: Iterable[str], codes: CodeLists) -> set[str]:
    return {dezernat for text in texts if (dezernat := match_dezernat(text, codes))}


def _words(name: str) -> str:
    return re.sub(r"[_\W]+", " ", name)
