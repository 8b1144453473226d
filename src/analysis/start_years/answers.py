"""When a programme began, and when it ends: from what a department wrote to years, or to a question.

The rule above all others: a wrong year that nobody is asked about is the worst outcome. What is not understood
beyond doubt comes with a German question to the department.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import Final

from ..codelists import CodeLists, package_codes
from .dates import EARLIEST_YEAR, YEARS_AHEAD
from .moments import Moment
from .plain import read_plainly
from .questions import question
from .reading import Reading, read
from .spans import Span, earlier, in_year
from .text import fold
from .tokens import part, tokenise
from .vocabulary import vocabulary_of


@dataclass(frozen=True)
class StartYear:
    """One answer to "since when": the years it can mean, how certain they are, and what to ask.

    `earliest` and `latest` are years or None; `certainty` is one of schema.CERTAINTIES; `question` is German
    text for the department, None where the answer is clear; `candidate` is what would have been taken.
    """

    earliest: int | None
    latest: int | None
    certainty: str
    question: str | None
    candidate: str | None


@dataclass(frozen=True)
class EndYear:
    """One answer to "until when": the year, None where it runs on, and what to ask."""

    year: int | None
    question: str | None
    candidate: str | None


# The tokens that say, without a year, that there is nothing to ask.
_ANSWERED: Final = {"ongoing", "missing", "placeholder"}
# It runs, and since when is not said.
_RUNNING: Final = {"laeuft", "besteht", "existiert"}
_MARKS: Final = {"doubt", "sign", "dash", "slash", "separator"}
_UNANSWERED: Final = ("reference", "pending", "various", "incomplete", "vague")
# What a moment before the beginning puts in doubt.
_EARLIER_DOUBTS: Final = {"end": "ended_before", "name": "name", "denied": "denied"}
_NUMBER_CELL: Final = re.compile(r"([0-9]{4,5})[.,]0+")
_DATE_CELL: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[t ].*)?|(\d\d?)\.(\d\d?)\.(\d{4})")
_SERIALS_FROM: Final = date(1980, 1, 1)
_EXCEL_DAY_ZERO: Final = date(1899, 12, 30)


def parse_start_year(text: str | None, reference_date: date, codes: CodeLists | None = None) -> StartYear:
    """One answer to "since when" as years; relative times count from `reference_date`.

    Source: the office's rules for start years. Never raises for any text.
    """
    folded = _folded(text)
    if not folded:
        return StartYear(None, None, "unknown", None, None)
    number = _excel_day(folded, reference_date)
    if number is not None:
        return (
            _asked(text or "", number, None)
            if isinstance(number, str)
            else _answer(text or "", number, reference_date)
        )
    candidate = _year_in_date_cell(folded, reference_date)
    if candidate:
        return _asked(text or "", "date_cell", candidate)
    reading = _read(folded, reference_date, codes)
    starts = reading.of_role("start")
    if not starts:
        return _without_start(text or "", reading, reference_date)
    chosen = reduce(earlier, (moment.span for moment in starts))
    return _started(text or "", chosen, starts, reading, reference_date)


def parse_end_year(text: str | None, reference_date: date, codes: CodeLists | None = None) -> EndYear:
    """One answer to "until when", or one running time, as the year it ends; empty where it runs on.

    Source: the office's rules for start years. Never raises for any text.
    """
    folded = _folded(text)
    if not folded or folded.strip(" .!") in {*_RUNNING, "offen"}:
        return EndYear(None, None, None)
    number = _excel_day(folded, reference_date)
    candidate = _year_in_date_cell(folded, reference_date)
    if isinstance(number, str) or candidate:
        reason = "date_cell" if candidate else str(number)
        return EndYear(None, question(text or "", [reason], candidate, "Ende"), candidate)
    if number is not None:
        return EndYear(number.latest, None, None)
    reading = _read(folded, reference_date, codes)
    ends = [moment for moment in reading.moments if moment.role == "end"]
    starts = reading.of_role("start")
    if not ends and len(starts) == 1:
        ends = [m for m in starts if not m.is_opening and "dash" not in reading.kinds]
        if "ongoing" in reading.kinds:
            ends = []
    if not ends:
        is_clear = bool(starts) or reading.kinds & (_ANSWERED | {"planned"}) or reading.kinds <= _MARKS
        reason = next((kind for kind in _UNANSWERED if kind in reading.kinds), "unknown")
        if is_clear and not reading.doubts and (starts or reason == "unknown"):
            return EndYear(None, None, None)
        return EndYear(None, question(text or "", [reason, *reading.doubts], None, "Ende"), None)
    spans = [moment.span for moment in ends]
    if any(m.is_opening and not _is_earlier(m.span, spans[-1]) for m in starts if m not in ends):
        return EndYear(None, None, None)  # "Modell 2006-2008, seit 2009 Regelangebot" runs on
    years = [span.ends or span.latest or span.earliest for span in spans]
    year = max((year for year in years if year is not None), default=None)
    doubts = [*reading.doubts, *(doubt for moment in ends for doubt in moment.doubts)]
    if "ongoing" in reading.kinds or any(
        m not in ends and not _is_earlier(m.span, spans[-1]) for m in starts
    ):
        doubts.append("contradiction")
    doubts += [span.doubt for span in spans if span.doubt]
    if year is None or doubts or any(span.grain in ("relative", "decade") for span in spans):
        name = str(year) if year else None
        return EndYear(None, question(text or "", doubts or ["doubted"], name, "Ende"), name)
    return EndYear(year, None, None)


def _read(folded: str, reference: date, codes: CodeLists | None) -> Reading:
    """The reading of a folded text, the short way where it is plain."""
    text, vocabulary = part(folded), vocabulary_of(codes or package_codes())
    plain = read_plainly(text, reference, vocabulary)
    return plain or read(list(tokenise(text, reference, vocabulary)), reference)


def _folded(text: str | None) -> str:
    """The folded text; a number cell loses the ".0" that some programs give it."""
    folded = fold(text or "")
    number = _NUMBER_CELL.fullmatch(folded)
    return number[1] if number else folded


def _started(text: str, span: Span, starts: Sequence[Moment], reading: Reading, reference: date) -> StartYear:
    doubts = [*reading.doubts, *(doubt for moment in starts for doubt in moment.doubts)]
    doubts += [moment.span.doubt for moment in starts if moment.span.doubt]
    if all(moment.is_change for moment in starts):
        doubts.append("change")
    is_later = span.begins is not None and span.begins > reference
    is_announced = reading.is_planned or starts[0].is_planned
    if is_later and any(moment.is_since for moment in starts):
        doubts.append("future_since")
    # "frühestens 2010" is open only because it ends at the reference date.
    latest = span.latest if span.earliest is None or not span.is_open else span.earliest
    is_past = latest is not None and latest < reference.year
    has_begun = span.earliest is not None and span.earliest < reference.year - 1
    if is_announced and (is_past or has_begun):
        doubts.append("past_plan")
    if is_later and not is_announced and span.earliest is not None and span.earliest > reference.year + 5:
        doubts.append("far_future")
    earlier_roles = {m.role for m in reading.moments if m.role != "start" and _is_earlier(m.span, span)}
    doubts += [_EARLIER_DOUBTS[role] for role in sorted(earlier_roles & _EARLIER_DOUBTS.keys())]
    if span.grain == "relative" and any(m.role == "other" for m in reading.moments):
        doubts.append("contradiction")  # "Jubiläum 2012 (10 Jahre)" does not count from the reference date
    is_planned = is_later or (is_announced and "past_plan" not in doubts)
    return _answer(text, span, reference, doubts, is_planned)


def _is_earlier(first: Span, second: Span) -> bool:
    return second.earliest is None or (first.earliest is not None and first.earliest < second.earliest)


def _without_start(text: str, reading: Reading, reference: date) -> StartYear:
    named = next((m for role in ("name", "other", "leading_dash") for m in reading.of_role(role)), None)
    if named is not None:
        return _asked(text, named.role, _years_of(named.span))
    for role in ("end", "denied"):
        if reading.of_role(role):
            return _asked(text, role, None)
    is_answered = bool(reading.kinds & _ANSWERED)
    doubt = next((doubt for doubt in reading.doubts if doubt != "doubted" or not is_answered), None)
    if doubt is not None:
        return _asked(text, doubt, str(reading.candidate) if reading.candidate else None)
    if reading.is_planned:
        return StartYear(None, None, "planned", None, None)
    for kind in _UNANSWERED[:-1]:
        if kind in reading.kinds:
            return _asked(text, kind, None)
    if reading.vague is not None:
        return _vague(text, reading.vague, reference)
    if reading.kinds & _ANSWERED or reading.kinds <= _MARKS or fold(text).strip(" .!") in _RUNNING:
        return StartYear(None, None, "unknown", None, None)
    return _asked(text, "unknown", None)


def _vague(text: str, value: str, reference: date) -> StartYear:
    """At most a wide interval, never a year: five years for "vielen Jahren", two decades for "Jahrzehnten"."""
    years = {
        "years": (None, reference.year - 5),
        "decades": (None, reference.year - 20),
        "recent": (reference.year - 1, reference.year),
    }
    earliest, latest = years.get(value, (None, None))
    certainty = "unknown" if latest is None else "bounded" if earliest is None else "approximate"
    return StartYear(earliest, latest, certainty, question(text, ["vague"], None), None)


def _answer(
    text: str, span: Span, reference: date, doubts: Sequence[str] = (), is_planned: bool | None = None
) -> StartYear:
    outside = [
        y
        for y in (span.earliest, span.latest)
        if y is not None and not EARLIEST_YEAR <= y <= reference.year + YEARS_AHEAD
    ]
    if outside:
        return _asked(text, "broken", None)
    if is_planned is None:
        is_planned = span.begins is not None and span.begins > reference
    if is_planned:
        certainty = "planned"
    elif span.is_open or span.earliest is None or span.latest is None:
        certainty = "bounded"
    else:
        certainty = "exact" if span.earliest == span.latest else "approximate"
    asked = question(text, doubts, _years_of(span)) if doubts else None
    return StartYear(span.earliest, span.latest, certainty, asked, None)


def _asked(text: str, reason: str, candidate: str | None) -> StartYear:
    return StartYear(None, None, "unknown", question(text, [reason], candidate), candidate)


def _years_of(span: Span) -> str:
    if span.earliest is None:
        return f"spätestens {span.latest}"
    if span.latest is None or span.is_open:
        return f"frühestens {span.earliest}"
    return str(span.earliest) if span.earliest == span.latest else f"{span.earliest} bis {span.latest}"


def _excel_day(folded: str, reference: date) -> Span | str | None:
    """A number cell of five digits: "40026" is the day that Excel counts; a reason where that cannot be."""
    if len(folded) != 5 or not folded.isdecimal():
        return None
    day = _EXCEL_DAY_ZERO + timedelta(days=int(folded))
    if _SERIALS_FROM <= day <= date(reference.year + 5, 12, 31):
        return in_year(day.year, "day", day.month, day.day)
    return "serial"


def _year_in_date_cell(folded: str, reference: date) -> str | None:
    """The year typed into a cell with a date format: Excel shows 2009, its 2009th day, as 01.07.1905."""
    match = _DATE_CELL.fullmatch(folded)
    if not match:
        return None
    year, month, day = (int(part) for part in (match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)))
    try:
        serial = (date(year, month, day) - _EXCEL_DAY_ZERO).days
    except ValueError:
        return None
    return str(serial) if 1901 <= serial <= reference.year + 10 else None
