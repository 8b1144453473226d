"""Gives the records of a workbook their meaning: one row per programme, per group and per place."""

import datetime
import re
from bisect import bisect_left
from functools import lru_cache
from typing import Final

from ..codelists import CodeLists
from ..dezernate import match_dezernat, split_office
from ..packing import Columns
from .columns import Row, add_row, empty_columns
from .grid import BLANKS
from .hints import says_nothing
from .meanings import add_groups, add_places, add_years, ask_pending
from .readings import Record, SheetReading
from .references import resolve

_OFFICE: Final = re.compile(
    r"\b\w*(?:amt|referat|abteilung|dienst|betrieb|museum|museen|institut|stelle|büro|jobcenter|bibliothek|schule|theater|ämter)\b|^\d{2,3}\b",
    re.IGNORECASE,
)
# Departments repeat themselves: each text is given its meaning once.
_match_dezernat = lru_cache(10_000)(match_dezernat)
_split_office = lru_cache(10_000)(split_office)
_LONGEST_OFFICE: Final = 120


def make_programmes(
    readings: list[SheetReading], dezernate: list[str | None], reference_date: datetime.date, codes: CodeLists
) -> dict[str, Columns]:
    """The tables `programmes`, `programme_target_groups` and `programme_sozialraeume`; doubts go to the readings."""
    names = ("programmes", "programme_target_groups", "programme_sozialraeume")
    tables = {name: empty_columns(name) for name in names}
    programmes, groups, places = tables.values()
    without_dezernat: list[tuple[SheetReading, Record]] = []
    shared_office = _shared_office(readings, codes)
    for reading, dezernat in zip(readings, dezernate, strict=True):
        sections = _Sections(reading, codes)
        office = _labelled_office(reading, codes) or shared_office
        above: dict[str, str] = {}
        for record in reading.records:
            texts = above = resolve(reading, record, above)
            if record.may_be_nil:
                ask_pending(reading, record)
            row = _describe(reading, record, texts, dezernat, sections, office)
            add_years(reading, record, texts, row, reference_date, codes)
            add_groups(groups, reading, record, texts)
            add_places(places, reading, record, texts, row)
            add_row(programmes, row)
            if row["dezernat"] is None and "dezernat" not in texts:
                without_dezernat.append((reading, record))
    if len(without_dezernat) < len(programmes["dezernat"]):
        for reading, record in without_dezernat:
            reading.ask(
                "dezernat_question",
                f"Zeile {record.row} nennt kein Dezernat, andere Zeilen schon; bitte klären, wessen Programm das ist.",
                record.place,
                field="dezernat",
            )
    return tables


class _Sections:
    """The headings between the rows of a worksheet: what each says of the rows below it."""

    def __init__(self, reading: SheetReading, codes: CodeLists) -> None:
        self._codes = codes
        found = sorted(reading.sections, key=lambda section: section[0])
        self._rows, self._texts = [row for row, _ in found], [text for _, text in found]

    def _above(self, record: Record) -> str | None:
        index = bisect_left(self._rows, record.row)
        return self._texts[index - 1] if index else None

    def dezernat(self, record: Record) -> str | None:
        """The Dezernat that the heading above a programme names."""
        text = self._above(record)
        return _match_dezernat(text, self._codes) if text else None

    def office(self, record: Record) -> str | None:
        """The office that the heading above a programme names."""
        text = self._above(record)
        return text if text and len(text) <= _LONGEST_OFFICE and _OFFICE.search(text) else None


def _describe(
    reading: SheetReading,
    record: Record,
    texts: dict[str, str],
    dezernat: str | None,
    sections: _Sections,
    shared_office: str | None,
) -> Row:
    told = _without_nil(reading, record, texts)
    responsible, office = _responsible(reading, record, told, sections)
    if office is None:
        office = sections.office(record) or shared_office
    said = _untouched(reading, record)
    return {
        "programme_id": record.programme_id,
        "dezernat": dezernat or responsible,
        "responsible_dezernat": responsible,
        "office": office,
        "title": told.get("title"),
        "description": told.get("description"),
        "start_text": said.get("start") or said.get("period"),
        "end_text": said.get("end") or said.get("period"),
        "target_groups_text": said.get("target_groups"),
        "sozialraum_text": said.get("sozialraum"),
        "partners_text": said.get("partners"),
        "remarks": told.get("remarks"),
        "workbook": reading.workbook,
        "sheet": reading.name,
        "row": record.row,
    }


def _untouched(reading: SheetReading, record: Record) -> dict[str, str]:
    """What the cells said, the blanks around it included, unless several cells or a correction speak for a field."""
    grid = reading.grid
    if not grid.odd_rows:
        return record.texts
    said = dict(record.texts)
    for name, text in record.texts.items():
        place = record.place_of(name)
        if place[0] in grid.odd_rows and (whole := grid.whole(place)).strip(BLANKS) == text:
            said[name] = whole
    return said


def _without_nil(reading: SheetReading, record: Record, texts: dict[str, str]) -> dict[str, str]:
    """The texts without "k. A." and the like."""
    if texts is record.texts and not record.may_be_nil:
        return texts
    return {name: text for name, text in texts.items() if not says_nothing(text, reading.codes)}


def _responsible(
    reading: SheetReading, record: Record, told: dict[str, str], sections: _Sections
) -> tuple[str | None, str | None]:
    """The Dezernat and the office that the row itself names."""
    text = told.get("dezernat")
    from_office, office = _split_office(told.get("office"), reading.codes)
    if text is None:
        return from_office or sections.dezernat(record), office
    dezernat = _match_dezernat(text, reading.codes)
    if dezernat is None:
        reading.ask(
            "dezernat_question",
            "Dieses Dezernat ist nicht zu erkennen; bitte klären, welches gemeint ist.",
            record.place_of("dezernat"),
            field="dezernat",
            found=text,
            expected=from_office,
        )
    return dezernat, office


def _labelled_office(reading: SheetReading, codes: CodeLists) -> str | None:
    offices = {_split_office(text, codes)[1] for _, text in reading.labelled.get("office", ())} - {None}
    return offices.pop() if len(offices) == 1 else None


def _shared_office(readings: list[SheetReading], codes: CodeLists) -> str | None:
    """The office that a cover sheet names, where the workbook names but one."""
    offices = {_labelled_office(reading, codes) for reading in readings} - {None}
    covers = [reading for reading in readings if not reading.tables and reading.labelled.get("office")]
    return offices.pop() if covers and len(offices) == 1 else None
