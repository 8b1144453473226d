"""Gives the records of a workbook their meaning: one row per programme, per group and per place."""

import datetime
import re
from functools import lru_cache
from typing import Any, Final

from ..codelists import CodeLists
from ..dezernate import match_dezernat, split_office
from ..sozialraeume import Sozialraeume, parse_sozialraeume
from ..start_years import is_reference, parse_end_year, parse_start_year
from ..target_groups import parse_target_groups
from . import answers
from .grid import BLANKS
from .privacy import CONTACT
from .readings import Record, SheetReading

Row = dict[str, Any]
_OFFICE: Final = re.compile(
    r"\b\w*(?:amt|referat|abteilung|dienst|betrieb|museum|museen|institut|stelle|büro|jobcenter|bibliothek|schule|theater|ämter)\b|^\d{2,3}\b",
    re.IGNORECASE,
)
# Departments repeat themselves: each text is given its meaning once.
_start_year = lru_cache(10_000)(parse_start_year)
_end_year = lru_cache(10_000)(parse_end_year)
_groups_of = lru_cache(10_000)(parse_target_groups)
_places_of = lru_cache(10_000)(parse_sozialraeume)
_is_reference = lru_cache(10_000)(is_reference)
_CONTACTS: Final = re.compile(rf"[,;]?\s*[(]?{re.escape(CONTACT)}[)]?")
_LONGEST_REFERENCE: Final = 40
# How long something runs does not say since when.
_DURATION: Final = re.compile(
    r"(?:(?:ca\.?|etwa|rund|rd\.?|mind\.?|mindestens|max\.?|maximal|insgesamt|jeweils|je|zunächst)\s+)*"
    r"(?:\d{1,3}(?:\s*(?:-|–|bis)\s*\d{1,3}|[.,]\d)?|ein|eine|zwei|drei|vier|fünf|sechs|acht|zehn|zwölf|mehrere|einige)"
    r"[\s-]*(?:Jahre?|J\.|Monate?|Mon\.|Wochen?|Tage?)(?:\s+(?:Laufzeit|Förderung))?\W*",
    re.IGNORECASE,
)
_NO_ANSWER: Final = frozenset({"keine_angabe", "unklar"})


def make_programmes(
    readings: list[SheetReading], dezernate: list[str | None], reference_date: datetime.date, codes: CodeLists
) -> dict[str, list[Row]]:
    """Rows of `programmes`, `programme_target_groups` and `programme_sozialraeume`; doubts go to the readings."""
    tables: dict[str, list[Row]] = {
        "programmes": [],
        "programme_target_groups": [],
        "programme_sozialraeume": [],
    }
    without_dezernat: list[tuple[SheetReading, Record]] = []
    shared_office = _shared_office(readings, codes)
    for reading, dezernat in zip(readings, dezernate, strict=True):
        above: dict[str, str] = {}
        for record in reading.records:
            texts = _resolve(reading, record, above)
            row = _describe(reading, record, texts, dezernat, shared_office, codes)
            _add_years(reading, record, texts, row, reference_date, codes)
            tables["programme_target_groups"].extend(_read_groups(reading, record, texts, codes))
            tables["programme_sozialraeume"].extend(_read_places(reading, record, texts, row, codes))
            tables["programmes"].append(row)
            if row["dezernat"] is None and "dezernat" not in texts:
                without_dezernat.append((reading, record))
    if len(without_dezernat) < len(tables["programmes"]):
        for reading, record in without_dezernat:
            reading.ask(
                "dezernat_question",
                f"Zeile {record.row} nennt kein Dezernat, andere Zeilen schon; bitte klären, wessen Programm das ist.",
                record.place,
                field="dezernat",
            )
    return tables


def _resolve(reading: SheetReading, record: Record, above: dict[str, str]) -> dict[str, str]:
    """The record's texts with "s. o." replaced by what stands above; `above` is brought up to date."""
    texts = dict(record.texts)
    for name, text in record.texts.items():
        if name != "title" and len(text) <= _LONGEST_REFERENCE and _is_reference(text):
            place = record.places[name]
            if name in above:
                texts[name] = above[name]
                reading.ask(
                    "reference_resolved",
                    "Der Verweis wurde als Wert der Zeile darüber gelesen; bitte prüfen.",
                    place,
                    field=name,
                    found=text,
                    expected=above[name][:200],
                )
            else:
                del texts[name]
                reading.ask(
                    "reference_without_target",
                    "Der Verweis zeigt auf keine Zeile darüber; bitte den Wert erfragen.",
                    place,
                    field=name,
                    found=text,
                )
    above.update(texts)
    for name in above.keys() - texts.keys():
        del above[name]
    return texts


def _describe(
    reading: SheetReading,
    record: Record,
    texts: dict[str, str],
    dezernat: str | None,
    shared_office: str | None,
    codes: CodeLists,
) -> Row:

    def said(name: str) -> str | None:
        return _untouched(reading, record, name)

    responsible, office = _responsible(reading, record, texts, codes)
    if office is None:
        office = _section_office(reading, record) or _labelled_office(reading, codes) or shared_office
    return {
        "programme_id": record.programme_id,
        "dezernat": dezernat or responsible,
        "responsible_dezernat": responsible,
        "office": office,
        "title": _value(texts.get("title"), codes),
        "description": _value(texts.get("description"), codes),
        "start_text": said("start") or said("period"),
        "end_text": said("end") or said("period"),
        "target_groups_text": said("target_groups"),
        "sozialraum_text": said("sozialraum"),
        "partners_text": said("partners"),
        "remarks": _value(texts.get("remarks"), codes),
        "workbook": reading.workbook,
        "sheet": reading.name,
        "row": record.row,
    }


def _untouched(reading: SheetReading, record: Record, name: str) -> str | None:
    """What the cell said, the blanks around it included, unless several cells or a correction speak for it."""
    text = record.texts.get(name)
    cell = reading.grid.cell(record.places[name]) if text is not None else None
    return cell.raw if cell is not None and cell.raw.strip(BLANKS) == text else text


def _value(text: str | None, codes: CodeLists) -> str | None:
    return None if text is None or answers.is_nil(text, codes) else text


def _responsible(
    reading: SheetReading, record: Record, texts: dict[str, str], codes: CodeLists
) -> tuple[str | None, str | None]:
    """The Dezernat and the office that the row itself names."""
    text = _value(texts.get("dezernat"), codes)
    office_text = _value(texts.get("office"), codes)
    from_office, office = split_office(office_text, codes)
    if text is None:
        return from_office or _section_dezernat(reading, record, codes), office
    dezernat = match_dezernat(text, codes)
    if dezernat is None:
        reading.ask(
            "dezernat_question",
            "Dieses Dezernat ist nicht zu erkennen; bitte klären, welches gemeint ist.",
            record.places["dezernat"],
            field="dezernat",
            found=text[:200],
            expected=from_office,
        )
    return dezernat, office


def _section(reading: SheetReading, record: Record) -> str | None:
    above = [text for row, text in reading.sections if row < record.row]
    return above[-1] if above else None


def _section_dezernat(reading: SheetReading, record: Record, codes: CodeLists) -> str | None:
    text = _section(reading, record)
    return match_dezernat(text, codes) if text else None


def _section_office(reading: SheetReading, record: Record) -> str | None:
    text = _section(reading, record)
    return text if text and len(text) <= 120 and _OFFICE.search(text) else None


def _labelled_office(reading: SheetReading, codes: CodeLists) -> str | None:
    offices = {split_office(text, codes)[1] for _, text in reading.labelled.get("office", ())} - {None}
    return offices.pop() if len(offices) == 1 else None


def _shared_office(readings: list[SheetReading], codes: CodeLists) -> str | None:
    """The office that a cover sheet names, where the workbook names but one."""
    offices = {_labelled_office(reading, codes) for reading in readings} - {None}
    covers = [reading for reading in readings if not reading.tables and reading.labelled.get("office")]
    return offices.pop() if covers and len(offices) == 1 else None


def _add_years(
    reading: SheetReading,
    record: Record,
    texts: dict[str, str],
    row: Row,
    reference_date: datetime.date,
    codes: CodeLists,
) -> None:
    name = "start" if "start" in record.texts else "period"
    start = _start_year(texts.get(name), reference_date, codes)
    place = record.places.get(name, record.place)
    if name == "period" and _DURATION.fullmatch(texts.get(name, "").strip()):
        start = _start_year("Laufzeit: " + texts[name], reference_date, codes)
    doubtful = name in record.doubled
    row["start_earliest"] = None if doubtful else start.earliest
    row["start_latest"] = None if doubtful else start.latest
    row["start_certainty"] = "unknown" if doubtful else start.certainty
    if name not in record.texts and name not in record.asked:
        reading.ask(
            "start_missing",
            "Zu diesem Programm fehlt die Angabe, seit wann es läuft; bitte erfragen.",
            record.place,
            field="start",
        )
    elif doubtful:
        reading.ask(
            "start_question",
            "Zwei Spalten nennen einen Beginn; bitte klären, seit wann sozialräumlich gearbeitet wird.",
            place,
            field=name,
            found=texts.get(name, "")[:200],
            expected=str(start.earliest) if start.earliest else None,
        )
    elif start.question:
        reading.ask(
            "start_question",
            start.question,
            place,
            field=name,
            found=texts.get(name, "")[:200],
            expected=start.candidate,
        )
    end_name = "end" if "end" in record.texts else "period"
    end = _end_year(texts.get(end_name), reference_date, codes)
    row["end_year"] = end.year
    if end.year is not None and start.earliest is not None and end.year < start.earliest:
        row["end_year"] = None
        reading.ask(
            "end_question",
            "Das Ende liegt vor dem Beginn; bitte beide Angaben klären.",
            record.places.get(end_name),
            field=end_name,
            found=texts.get(end_name, "")[:200],
            expected=str(end.year),
        )
    if end.question and not (end_name == "period" and start.question):
        reading.ask(
            "end_question",
            end.question,
            record.places.get(end_name),
            field=end_name,
            found=texts.get(end_name, "")[:200],
            expected=end.candidate,
        )


def _without_contacts(text: str | None) -> str | None:
    return None if text is None else _CONTACTS.sub("", text)


def _read_groups(reading: SheetReading, record: Record, texts: dict[str, str], codes: CodeLists) -> list[Row]:
    text = texts.get("target_groups")
    groups = _groups_of(_without_contacts(text), codes)
    if groups.question and text is not None:
        reading.ask(
            "target_groups_question",
            groups.question,
            record.places["target_groups"],
            field="target_groups",
            found=text[:200],
        )
    matched = dict(reversed(groups.matches))
    return [
        {"programme_id": record.programme_id, "target_group": code, "matched_text": matched.get(code)}
        for code in groups.codes
        if code not in _NO_ANSWER
    ]


def _read_places(
    reading: SheetReading, record: Record, texts: dict[str, str], row: Row, codes: CodeLists
) -> list[Row]:
    text = texts.get("sozialraum")
    places: Sozialraeume = _places_of(_without_contacts(text), codes)
    row["area_scope"] = "citywide" if places.is_citywide else "named" if places.matches else "unknown"
    if places.question and text is not None:
        reading.ask(
            "sozialraum_question",
            places.question,
            record.places["sozialraum"],
            field="sozialraum",
            found=text[:200],
            expected=places.candidate,
        )
    if places.is_citywide:
        return []
    return [
        {
            "programme_id": record.programme_id,
            "stadtbezirk_nr": place.stadtbezirk_nr,
            "stadtbezirk": place.stadtbezirk,
            "stadtteil_nr": place.stadtteil_nr,
            "stadtteil": place.stadtteil,
            "matched_text": place.matched_text,
        }
        for place in places.matches
    ]
