"""What the phrases of the calendar mean: dates, months, quarters, weeks, seasons, school years and pairs of years."""

import re
from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from .pieces import MONTHS, SEASONS
from .spans import Span, from_to, in_year

EARLIEST_YEAR: Final = 1800
YEARS_AHEAD: Final = 30

_ORDINALS: Final = {
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "er": 1,
    "zw": 2,
    "dr": 3,
    "vi": 4,
}


class Broken(NamedTuple):
    """A phrase that looks like a time and cannot be one; `candidate` is the year that may be meant."""

    candidate: int | None
    reason: str = "broken"


Build = Callable[[re.Match[str], date], Span | Broken | None]


def full_year(digits: str, reference: date) -> int:
    """The year of four digits, or of two: the last such year up to ten years after the reference date."""
    number = int(digits.lstrip("'"))
    if len(digits.lstrip("'")) > 2:
        return number
    year = reference.year // 100 * 100 + number
    return year if year <= reference.year + 10 else year - 100


def is_plausible(year: int, reference: date) -> bool:
    """Whether a programme of a city can have begun, or be planned, in that year."""
    return EARLIEST_YEAR <= year <= reference.year + YEARS_AHEAD


def _checked(year: int, reference: date, span: Callable[[], Span]) -> Span | Broken:
    return span() if is_plausible(year, reference) else Broken(None)


def month_of(match: re.Match[str]) -> int:
    """The number of the month that a phrase names."""
    return MONTHS[match["month"][:3]]


def _day(year: int, month: int, day: int, reference: date) -> Span | Broken:
    try:
        date(year, month, day)
    except ValueError:
        return Broken(year if is_plausible(year, reference) else None)
    return _checked(year, reference, lambda: in_year(year, "day", month, day))


def iso_date(match: re.Match[str], reference: date) -> Span | Broken:
    """ "2009-08-01"."""
    return _day(int(match["y"]), int(match["m"]), int(match["d"]), reference)


def numeric_date(match: re.Match[str], reference: date) -> Span | Broken:
    """ "01.08.2009"; with slashes and two digits it has more than one reading."""
    span = _day(full_year(match["y"], reference), int(match["m"]), int(match["d"]), reference)
    if isinstance(span, Span) and len(match["y"]) < 4 and match["sep"] != ".":
        return span._replace(doubt="two_readings")  # 09/08/01 has three
    return span


def month_date(match: re.Match[str], reference: date) -> Span | Broken:
    """ "1. August 2009"."""
    return _day(full_year(match["y"], reference), month_of(match), int(match["d"]), reference)


def named_month(match: re.Match[str], reference: date) -> Span | Broken:
    """ "August 2009"."""
    year = full_year(match["y"], reference)
    return _checked(year, reference, lambda: in_year(year, "month", month_of(match)))


def numeric_month(match: re.Match[str], reference: date) -> Span | Broken:
    """ "08/2009"; with a dash it may be two years as well."""
    year, month = int(match["y"]), int(match["m"])
    if not 1 <= month <= 12:
        return Broken(year if is_plausible(year, reference) else None)
    doubt = "two_readings" if match["sep"] == "-" else None
    return _checked(year, reference, lambda: in_year(year, "month", month)._replace(doubt=doubt))


def part_of_year(months: int) -> Build:
    """A quarter or a half of a year, each of so many months."""

    def build(match: re.Match[str], reference: date) -> Span | Broken:
        year, number = full_year(match["y"], reference), _ORDINALS[match["n"][:2]]
        if number * months > 12:
            return Broken(year)
        return _checked(year, reference, lambda: in_year(year, "month", (number - 1) * months + 1))

    return build


def calendar_week(match: re.Match[str], reference: date) -> Span | Broken:
    """ "KW 34/2013"."""
    year, week = full_year(match["y"], reference), int(match["w"])
    if not 1 <= week <= 53:
        return Broken(year)
    return _checked(year, reference, lambda: in_year(year, "day", min(12, week * 7 // 31 + 1)))


def season_of(match: re.Match[str], reference: date) -> Span | Broken:
    """ "Sommer 2011"."""
    year = full_year(match["y"], reference)
    return _checked(year, reference, lambda: in_year(year, "season", first_month(match)))


def first_month(match: re.Match[str]) -> int:
    """The first month of the season that a phrase names."""
    return SEASONS[match["season"]]


def _both(match: re.Match[str], reference: date) -> tuple[int, int] | None:
    first = full_year(match["a"], reference)
    digits = match["b"].lstrip("'")
    second = int(digits) if len(digits) == 4 else first - first % 10 ** len(digits) + int(digits)
    if second < first and len(digits) < 4:
        second += 10 ** len(digits)
    return (first, second) if is_plausible(first, reference) and is_plausible(second, reference) else None


def school_year(match: re.Match[str], reference: date) -> Span | Broken:
    """ "SJ 2011/12" is its first year, its second half the second one."""
    years = _both(match, reference)
    if years is None or years[1] != years[0] + 1:
        return Broken(years[0] if years else None)
    second_half = match.groupdict().get("n") and _ORDINALS[match["n"][:2]] == 2
    return (
        in_year(years[1], "month", 2)
        if second_half
        else in_year(years[0], "school", 8)._replace(ends=years[1])
    )


def whole_pair(match: re.Match[str], reference: date) -> Span | Broken:
    """ "Winter 2011/12" is both years."""
    years = _both(match, reference)
    if years is None or years[1] < years[0]:
        return Broken(None)
    return from_to(*years, "pair" if years[1] == years[0] + 1 else "period")


def season_pair(match: re.Match[str], reference: date) -> Span | Broken:
    """ "Winter 2011/12" is a season of two years."""
    span = whole_pair(match, reference)
    return span._replace(grain="season") if isinstance(span, Span) else span


def long_period(match: re.Match[str], reference: date) -> Span | Broken:
    """ "Wahlperiode 2009/2014" is any year of it."""
    span = whole_pair(match, reference)
    return span._replace(grain="period") if isinstance(span, Span) else span


def bare_pair(match: re.Match[str], reference: date) -> Span | Broken | None:
    """ "2013/14" is both years, "2007-2013" a running time (left to the dash), "8/09" has two readings."""
    first, second, is_slash = match["a"], match["b"], match["sep"] == "/"
    if len(first) == 4 and len(second) == 4 and not is_slash and first <= second:
        return None
    years = _both(match, reference)
    if len(first) == 4 and len(second) == 4 and years and years[1] < years[0]:
        return Broken(None)  # "Vorlage 2014/2013" is a paper of the council
    if len(first) < 4 and len(second) == 1:
        return Broken(None, "two_readings")  # "51/2" is an office
    if len(first) < 4:
        if years and years[1] == years[0] + 1 and (int(first) > 12 or len(second) == 4) and is_slash:
            return from_to(*years, "pair")
        month_first = 1 <= int(first) <= 12
        only_month = is_slash and month_first and len(second) == 2 and int(second) > 31
        if only_month:
            return in_year(full_year(second, reference), "month", int(first))
        candidate = full_year(second, reference) if month_first and is_slash else years[0] if years else None
        return Broken(candidate, "two_readings")
    if years is None:
        return None if len(second) == 4 else _year_then_number(first, second, reference)
    if is_slash and len(second) == 4 and years[1] > years[0] + 1:
        return from_to(*years, "pair")._replace(doubt="two_readings")
    if years[1] == years[0] + 1 and is_slash:
        return from_to(*years, "pair")
    if len(second) == 4:
        return None
    return _year_then_number(first, second, reference)


def _year_then_number(first: str, second: str, reference: date) -> Span | Broken:
    """ "2009-08" is a month, "2009-13" a running time: it began in the first year either way."""
    year, number = int(first), int(second)
    if not is_plausible(year, reference):
        return Broken(None)
    if 1 <= number <= 12:
        return in_year(year, "month", number)
    last = year // 100 * 100 + number
    is_end = len(second) == 2 and last >= year and is_plausible(last, reference)
    return in_year(year)._replace(ends=last) if is_end else Broken(year)


def plain_year(match: re.Match[str], reference: date) -> Span | Broken:
    """ "2009"."""
    year = int(match["y"])
    return _checked(year, reference, lambda: in_year(year))


def short_year(match: re.Match[str], reference: date) -> Span:
    """ "'98"."""
    return in_year(full_year(match["y"], reference))


def year_end(match: re.Match[str], reference: date) -> Span | Broken:
    """ "zum Jahresende 2010" may mean 31.12.2010 or 01.01.2011; a lone "Jahreswechsel 2010" either winter."""
    year = full_year(match["y"], reference)
    if not is_plausible(year, reference):
        return Broken(None)
    doubt = "two_readings" if match["turn"] else None
    return from_to(year, year + 1, "pair")._replace(begins=date(year, 12, 1), doubt=doubt)


def named_year(match: re.Match[str], reference: date, month: int) -> Span | Broken:
    """ "SJ 2012", "HH 2012": that year, not before that month."""
    year = full_year(match["y"], reference)
    return _checked(year, reference, lambda: in_year(year, "school" if month > 1 else "month", month))
