"""A stretch of time in which something began, and what words like "Anfang", "ca." or "vor" make of it.

Source of the rules: the office's table of what a start text means; the tests hold its worked examples.
"""

from datetime import date
from typing import Final, Literal, NamedTuple

Grain = Literal[
    "day",
    "month",
    "season",
    "year",
    "pair",
    "school",
    "decade",
    "relative",
    "period",
    "event",
    "turn",
    "vague",
]

# Which years of a decade a part of it means.
PARTS: Final = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "first_half": (0, 4), "second_half": (5, 9)}
# The first month that a part of a year can mean.
_PART_MONTHS: Final = {"early": 1, "mid": 5, "late": 9, "first_half": 1, "second_half": 7}


class Span(NamedTuple):
    """One stretch of time, from the year `earliest` to the year `latest`; None where that end is open.

    `begins` is the first day it can mean, `ends` the last year of a running time, `is_open` that one end is
    open even where it was capped at the reference year, `doubt` a key of the questions, `years_back` the number
    of years before the reference date.
    """

    earliest: int | None
    latest: int | None
    grain: Grain
    begins: date | None = None
    ends: int | None = None
    is_open: bool = False
    doubt: str | None = None
    years_back: int = 0

    @property
    def is_single(self) -> bool:
        """Whether it means exactly one year."""
        return self.earliest is not None and self.earliest == self.latest and not self.is_open


def in_year(year: int, grain: Grain = "year", month: int = 1, day: int = 1) -> Span:
    """One year, not before that day of it."""
    return Span(year, year, grain, date(year, month, day), year)


def from_to(earliest: int, latest: int, grain: Grain) -> Span:
    """Any year from `earliest` to `latest`."""
    ends = latest if grain in ("pair", "period") else None
    return Span(earliest, latest, grain, _new_year(earliest), ends)


def years_ago(count: int, reference: date) -> Span:
    """ "seit N Jahren": R-N-1 .. R-N, because the N-th year may not be full yet."""
    year = max(reference.year - count, 2)
    return from_to(year - 1, year, "relative")._replace(years_back=count)


def take_part(span: Span, parts: tuple[str, ...], is_named_year: bool = False) -> Span:
    """ "Anfang", "Mitte", "Ende" or a half of a span (or two of them: "Mitte/Ende").

    "Anfang 2000" may mean the decade, "Anfang des Jahres 2000" (`is_named_year`) does not.
    """
    if span.earliest is None or span.latest is None:
        return span._replace(doubt="part")
    first, last = (min(PARTS[part][0] for part in parts), max(PARTS[part][1] for part in parts))
    month = min(_PART_MONTHS[part] for part in parts)
    if span.grain == "decade":
        return from_to(span.earliest + first, span.earliest + last, "decade")
    if span.grain == "year" and span.is_single:
        begins = date(span.earliest, month, 1)
        is_either = span.earliest % 10 == 0 and not is_named_year
        return span._replace(begins=begins, doubt=span.doubt or ("decade_or_year" if is_either else None))
    if span.grain == "school" and span.is_single:
        if first >= 5:
            return in_year(span.earliest + 1, "school")
        if "mid" in parts:
            return from_to(span.earliest, span.earliest + 1, "school")
    if span.grain in ("relative", "event", "turn", "vague"):
        return span._replace(doubt="part")
    return span


def widen(span: Span, reference: date) -> Span:
    """ "ca." and its kin: one year more on both sides of a year, two around "seit rund N Jahren"."""
    if span.years_back and span.earliest is not None:
        year = reference.year - span.years_back
        return from_to(year - 2, min(year + 2, reference.year), "relative")._replace(
            years_back=span.years_back
        )
    if span.is_single and span.earliest is not None:
        return span._replace(
            earliest=span.earliest - 1, latest=span.earliest + 1, begins=_new_year(span.earliest - 1)
        )
    return span


def bound(span: Span, kind: str, reference: date) -> Span:
    """One open end: "vor", "nach", "spätestens", "frühestens" and, for a number of years, "über", "unter"."""
    if span.grain == "relative" and kind == "before":  # "vor 10 Jahren", "vor mehr als 10 Jahren"
        return span
    if span.years_back:
        return _bound_count(span, kind, reference)
    if span.earliest is None or span.latest is None or kind in ("nearly", "good"):
        return span._replace(doubt="part")
    if kind == "at_latest":
        return _up_to(span.latest, span)
    if kind == "at_earliest":
        return _from(span.earliest, span, reference)
    if kind == "before":
        return _up_to(_year_before(span), span)
    if kind == "after":
        if span.grain == "season":  # "nach den Sommerferien 2012" is when it began
            return span
        if span.grain == "turn":
            return _from(2000, span, reference)
        return _from(span.latest + (span.grain in ("year", "decade", "pair")), span, reference)
    return span._replace(doubt="part")


def _bound_count(span: Span, kind: str, reference: date) -> Span:
    year = reference.year - span.years_back
    if kind in ("at_latest", "over"):
        return _up_to(year, span)
    if kind == "under":
        return _from(year, span, reference)
    if kind == "at_earliest":
        return _from(year - 1, span, reference)
    if kind == "nearly":
        return from_to(year, min(year + 1, reference.year), "relative")._replace(years_back=span.years_back)
    if kind == "good":
        return from_to(year - 3, year, "relative")._replace(years_back=span.years_back)
    return span._replace(doubt="part")


def _year_before(span: Span) -> int:
    assert span.earliest is not None and span.latest is not None
    if span.grain == "turn":
        return 1999
    if span.grain == "event":  # its day is not known here, so its own year stays possible
        return span.earliest
    if span.grain == "decade":
        return span.earliest - 1
    opens_year = span.begins is not None and (span.begins.month, span.begins.day) == (1, 1)
    return span.latest - 1 if opens_year else span.latest


def _up_to(year: int, span: Span) -> Span:
    return Span(None, year, span.grain, None, None, is_open=True, doubt=span.doubt)


def _from(year: int, span: Span, reference: date) -> Span:
    latest = reference.year if year <= reference.year else None
    return Span(year, latest, span.grain, _new_year(year), None, is_open=True, doubt=span.doubt)


def _new_year(year: int) -> date:
    return date(max(year, 1), 1, 1)


def unite(first: Span, second: Span) -> Span:
    """Either of two: from the earliest of both to the latest of both."""
    earliest = None if None in (first.earliest, second.earliest) else min(_years(first, second, "earliest"))
    latest = None if None in (first.latest, second.latest) else max(_years(first, second, "latest"))
    begins = min((span.begins for span in (first, second) if span.begins), default=None)
    is_open = first.is_open or second.is_open
    grain = first.grain if first.grain == second.grain else "pair"
    doubts = [span.doubt for span in (first, second) if span.doubt]
    if {first.grain, second.grain} == {"year"} and latest == (earliest or 0) + 1:
        doubts = [
            doubt for doubt in doubts if doubt != "decade_or_year"
        ]  # "Ende 2010/Anfang 2011" means years
    return Span(earliest, latest, grain, begins, latest, is_open, doubts[0] if doubts else None)


def earlier(first: Span, second: Span) -> Span:
    """The earlier of several beginnings: each end is the smaller one."""
    is_first_open = first.earliest is None or second.earliest is None
    earliest = None if is_first_open else min(_years(first, second, "earliest"))
    latest = min(_years(first, second, "latest"), default=None)
    begins = None if is_first_open else min((s.begins for s in (first, second) if s.begins), default=None)
    leading = first if _rank(first) <= _rank(second) else second
    is_open = leading.is_open and (earliest is None or latest == leading.latest)  # "nach 2009; 2012" is not
    return Span(earliest, latest, leading.grain, begins, None, is_open, first.doubt or second.doubt)


def _rank(span: Span) -> int:
    return span.earliest if span.earliest is not None else 0


def _years(first: Span, second: Span, name: str) -> list[int]:
    values = [getattr(span, name) for span in (first, second)]
    return [value for value in values if value is not None]


def overlaps(first: Span, second: Span) -> bool:
    """Whether one year can be both."""
    return max(_rank(first), _rank(second)) <= min(_years(first, second, "latest"), default=9999)
