"""Asks the parsers what a programme's texts mean: years, target groups and places; their questions become doubts."""

import datetime
import re
from functools import lru_cache
from typing import Final

from ..codelists import CodeLists
from ..packing import Columns
from ..schema import CONTACT
from ..sozialraeume import Sozialraeume, parse_sozialraeume
from ..start_years import EndYear, StartYear, parse_end_year, parse_start_year
from ..target_groups import parse_target_groups
from .answers import meaning_of
from .columns import Row
from .readings import Record, SheetReading

# Departments repeat themselves: each text is given its meaning once.
_groups_of = lru_cache(10_000)(parse_target_groups)
_places_of = lru_cache(10_000)(parse_sozialraeume)
_CONTACTS: Final = re.compile(rf"[,;]?\s*[(]?{re.escape(CONTACT)}[)]?")
# How long something runs does not say since when.
_DURATION: Final = re.compile(
    r"(?:(?:ca\.?|etwa|rund|rd\.?|mind\.?|mindestens|max\.?|maximal|insgesamt|jeweils|je|zunächst)\s+)*"
    r"(?:\d{1,3}(?:\s*(?:-|–|bis)\s*\d{1,3}|[.,]\d)?|ein|eine|zwei|drei|vier|fünf|sechs|acht|zehn|zwölf|mehrere|einige)"
    r"[\s-]*(?:Jahre?|J\.|Monate?|Mon\.|Wochen?|Tage?)(?:\s+(?:Laufzeit|Förderung))?\W*",
    re.IGNORECASE,
)
_ASKED_ELSEWHERE: Final = frozenset({"start", "end", "period", "remarks", "title"})
_NO_ANSWER: Final = frozenset({"keine_angabe", "unklar"})
_TELL_START: Final = frozenset({"start", "period"})
# No time takes so many letters to tell, and a parser looks at all that stand side by side.
_LONGEST_TIME: Final = 2_000
_TOO_LONG: Final = "Der Text ist zu lang, um darin ein Jahr zu suchen; bitte klären, welches gilt."


@lru_cache(10_000)
def _start_year(text: str | None, reference_date: datetime.date, codes: CodeLists) -> StartYear:
    if text is not None and len(text) > _LONGEST_TIME:
        return StartYear(None, None, "unknown", _TOO_LONG, None)
    return parse_start_year(text, reference_date, codes)


@lru_cache(10_000)
def _end_year(text: str | None, reference_date: datetime.date, codes: CodeLists) -> EndYear:
    if text is not None and len(text) > _LONGEST_TIME:
        return EndYear(None, _TOO_LONG, None)
    return parse_end_year(text, reference_date, codes)


def add_years(
    reading: SheetReading,
    record: Record,
    texts: dict[str, str],
    row: Row,
    reference_date: datetime.date,
    codes: CodeLists,
) -> None:
    """Adds to a programme's row when it began and when it ends."""
    name = "start" if "start" in record.texts else "period"
    start = _start_year(texts.get(name), reference_date, codes)
    place = record.place_of(name) if name in record.texts else record.place
    if name == "period" and _DURATION.fullmatch(texts.get(name, "").strip()):
        start = _start_year("Laufzeit: " + texts[name], reference_date, codes)
    doubtful = name in record.doubled
    row["start_earliest"] = None if doubtful else start.earliest
    row["start_latest"] = None if doubtful else start.latest
    row["start_certainty"] = "unknown" if doubtful else start.certainty
    if name not in record.texts and not record.asked & _TELL_START:
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
            found=texts.get(name, ""),
            expected=str(start.earliest) if start.earliest else None,
        )
    elif start.question:
        reading.ask(
            "start_question",
            start.question,
            place,
            field=name,
            found=texts.get(name, ""),
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
            found=texts.get(end_name, ""),
            expected=str(end.year),
        )
    if end.question and not (end_name == "period" and start.question):
        reading.ask(
            "end_question",
            end.question,
            record.place_of(end_name) if end_name in record.texts else None,
            field=end_name,
            found=texts.get(end_name, ""),
            expected=end.candidate,
        )


def _without_contacts(text: str | None) -> str | None:
    return text if text is None or CONTACT not in text else _CONTACTS.sub("", text)


def ask_pending(reading: SheetReading, record: Record) -> None:
    """Asks for every answer of a programme that is only announced; of years their parser asks itself."""
    for name, text in record.texts.items():
        if name not in _ASKED_ELSEWHERE and meaning_of(text, reading.codes) == "pending":
            reading.ask(
                "answer_pending",
                "Die Angabe steht noch aus; bitte beim Dezernat nachfordern.",
                record.place_of(name),
                field=name,
                found=text,
            )


def _given(text: str | None, codes: CodeLists) -> str | None:
    """A text for a parser: without persons, None where the answer is only announced."""
    return None if text and meaning_of(text, codes) == "pending" else _without_contacts(text)


def add_groups(columns: Columns, reading: SheetReading, record: Record, texts: dict[str, str]) -> None:
    """Adds a row per target group of a programme."""
    text = texts.get("target_groups")
    groups = _groups_of(_given(text, reading.codes), reading.codes)
    if groups.question and text is not None:
        reading.ask(
            "target_groups_question",
            groups.question,
            record.place_of("target_groups"),
            field="target_groups",
            found=text,
        )
    matched = dict(reversed(groups.matches))
    codes = [code for code in groups.codes if code not in _NO_ANSWER]
    columns["programme_id"] += [record.programme_id] * len(codes)
    columns["target_group"] += codes
    columns["matched_text"] += [matched.get(code) for code in codes]


def add_places(
    columns: Columns, reading: SheetReading, record: Record, texts: dict[str, str], row: Row
) -> None:
    """Adds a row per place of a programme, and to its own row how far it reaches."""
    text = texts.get("sozialraum")
    places: Sozialraeume = _places_of(_given(text, reading.codes), reading.codes)
    row["area_scope"] = "citywide" if places.is_citywide else "named" if places.matches else "unknown"
    if places.question and text is not None:
        reading.ask(
            "sozialraum_question",
            places.question,
            record.place_of("sozialraum"),
            field="sozialraum",
            found=text,
            expected=places.candidate,
        )
    if places.is_citywide:
        return
    columns["programme_id"] += [record.programme_id] * len(places.matches)
    for name in ("stadtbezirk_nr", "stadtbezirk", "stadtteil_nr", "stadtteil", "matched_text"):
        columns[name] += [getattr(place, name) for place in places.matches]
