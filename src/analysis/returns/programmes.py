"""Gives the records of a workbook their meaning: one row per programme, per group and per place."""

import datetime
import re
from bisect import bisect_left
from functools import lru_cache
from typing import Final

from ..codelists import CodeLists
from ..dezernate import match_dezernat, split_office
from ..sozialraeume import Sozialraeume, parse_sozialraeume
from ..start_years import is_reference, parse_end_year, parse_start_year, rules_out_reference
from ..target_groups import parse_target_groups
from .columns import Columns, Row, add_row, empty_columns
from .grid import BLANKS
from .hints import says_nothing
from .privacy import CONTACT
from .readings import Record, SheetReading

_OFFICE: Final = re.compile(
    r"\b\w*(?:amt|referat|abteilung|dienst|betrieb|museum|museen|institut|stelle|büro|jobcenter|bibliothek|schule|theater|ämter)\b|^\d{2,3}\b",
    re.IGNORECASE,
)
# Departments repeat themselves: each text is given its meaning once.
_start_year = lru_cache(10_000)(parse_start_year)
_end_year = lru_cache(10_000)(parse_end_year)
_groups_of = lru_cache(10_000)(parse_target_groups)
_places_of = lru_cache(10_000)(parse_sozialraeume)
_match_dezernat = lru_cache(10_000)(match_dezernat)
_split_office = lru_cache(10_000)(split_office)
_CONTACTS: Final = re.compile(rf"[,;]?\s*[(]?{re.escape(CONTACT)}[)]?")
_LONGEST_REFERENCE: Final = 40
# What points anywhere but to the row above: "siehe Zeile 2", "wie Nr. 1".
_ELSEWHERE: Final = re.compile(
    r"(?:s\.|siehe|vgl\.|wie)\s+(?:(?:oben|auch|unter|in|bei)\s+)?(?:Zeile|Z\.|lfd\.|Nr\.|Nummer|Pos|Punkt|Ziffer|Zelle|Spalte"
    r"|Blatt|Anlage)\W*(?:Nr\.\s*)?(?:[A-Z]{0,2}\d{1,3}|darüber|oben)?\W*",
    re.IGNORECASE,
)
_LONGEST_OFFICE: Final = 120
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
            texts = above = _resolve(reading, record, above)
            row = _describe(reading, record, texts, dezernat, sections, office)
            _add_years(reading, record, texts, row, reference_date, codes)
            _add_groups(groups, reading, record, texts)
            _add_places(places, reading, record, texts, row)
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


@lru_cache(10_000)
def _may_point(beginning: str) -> bool:
    """Whether a text that begins so, up to its first blank, may stand for another value: few texts do."""
    return not rules_out_reference(beginning) or beginning.casefold().startswith(
        ("s.", "siehe", "vgl.", "wie")
    )


def _points_to(text: str) -> str | None:
    """above where a text stands for the value in the row above, elsewhere where for another, else None."""
    if len(text) > _LONGEST_REFERENCE or not _may_point(text.partition(" ")[0]):
        return None
    return "above" if is_reference(text) else "elsewhere" if _ELSEWHERE.fullmatch(text) else None


def _resolve(reading: SheetReading, record: Record, above: dict[str, str]) -> dict[str, str]:
    """The record's texts with "s. o." replaced by what stands above."""
    pointing = [(name, text, pointed) for name, text in record.texts.items() if (pointed := _points_to(text))]
    if not pointing:
        return record.texts
    texts = dict(record.texts)
    for name, text, pointed in pointing:
        place = record.place_of(name)
        if name == "title":
            reading.ask(
                "title_question",
                "Als Titel steht hier nur ein Verweis; bitte klären, welches Programm gemeint ist.",
                place,
                field=name,
                found=text,
                expected=above.get(name, "")[:200] or None,
            )
        elif name in above and pointed == "above":
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
    return texts


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
            found=text[:200],
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
    place = record.place_of(name) if name in record.texts else record.place
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
            record.place_of(end_name) if end_name in record.texts else None,
            field=end_name,
            found=texts.get(end_name, "")[:200],
            expected=str(end.year),
        )
    if end.question and not (end_name == "period" and start.question):
        reading.ask(
            "end_question",
            end.question,
            record.place_of(end_name) if end_name in record.texts else None,
            field=end_name,
            found=texts.get(end_name, "")[:200],
            expected=end.candidate,
        )


def _without_contacts(text: str | None) -> str | None:
    return text if text is None or CONTACT not in text else _CONTACTS.sub("", text)


def _add_groups(columns: Columns, reading: SheetReading, record: Record, texts: dict[str, str]) -> None:
    """Adds a row per target group of a programme."""
    text = texts.get("target_groups")
    groups = _groups_of(_without_contacts(text), reading.codes)
    if groups.question and text is not None:
        reading.ask(
            "target_groups_question",
            groups.question,
            record.place_of("target_groups"),
            field="target_groups",
            found=text[:200],
        )
    matched = dict(reversed(groups.matches))
    codes = [code for code in groups.codes if code not in _NO_ANSWER]
    columns["programme_id"] += [record.programme_id] * len(codes)
    columns["target_group"] += codes
    columns["matched_text"] += [matched.get(code) for code in codes]


def _add_places(
    columns: Columns, reading: SheetReading, record: Record, texts: dict[str, str], row: Row
) -> None:
    """Adds a row per place of a programme, and to its own row how far it reaches."""
    text = texts.get("sozialraum")
    places: Sozialraeume = _places_of(_without_contacts(text), reading.codes)
    row["area_scope"] = "citywide" if places.is_citywide else "named" if places.matches else "unknown"
    if places.question and text is not None:
        reading.ask(
            "sozialraum_question",
            places.question,
            record.place_of("sozialraum"),
            field="sozialraum",
            found=text[:200],
            expected=places.candidate,
        )
    if places.is_citywide:
        return
    columns["programme_id"] += [record.programme_id] * len(places.matches)
    for name in ("stadtbezirk_nr", "stadtbezirk", "stadtteil_nr", "stadtteil", "matched_text"):
        columns[name] += [getattr(place, name) for place in places.matches]
