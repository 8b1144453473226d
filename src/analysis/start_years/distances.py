"""What the phrases mean that count from somewhere: decades, centuries, "seit N Jahren", "letztes Jahr"."""

import re
from datetime import date, timedelta
from typing import Final

from .dates import EARLIEST_YEAR, Broken, Build, first_month, full_year, is_plausible, month_of
from .spans import Grain, Span, bound, from_to, in_year, unite, years_ago
from .text import TENS, number_words


def decade_of(match: re.Match[str], reference: date) -> Span | Broken:
    """ "90er", "1990er"; two digits before 1950 may mean another century."""
    digits = match["y"]
    year = int(digits) if len(digits) == 4 else full_year(digits, reference)
    if len(digits) == 2 and year > reference.year:
        year -= 100
    span = _decade_from(year, reference)
    if isinstance(span, Span) and len(digits) == 2 and year < 1950:
        return span._replace(doubt="old_decade")
    return span


def _decade_from(year: int, reference: date) -> Span | Broken:
    if year % 10 or not is_plausible(year, reference):
        return Broken(year if is_plausible(year, reference) else None)
    return from_to(year, year + 9, "decade")


def word_decade(match: re.Match[str], reference: date) -> Span | Broken:
    """ "Siebziger"."""
    ten = next((number for number, word in TENS.items() if word == match["ten"]), 0)
    year = full_year(f"{ten:02}", reference)
    year -= 100 * (year > reference.year)
    return from_to(year, year + 9, "decade")._replace(doubt="old_decade" if year < 1950 else None)


def two_decades(match: re.Match[str], reference: date) -> Span | Broken:
    """ "80/90er"."""
    first, second = (full_year(match[name], reference) for name in ("a", "b"))
    if first % 10 or second % 10 or second <= first:
        return Broken(None)
    return unite(from_to(first, first + 9, "decade"), from_to(second, second + 9, "decade"))


def century(match: re.Match[str], reference: date) -> Span | Broken:
    """ "19. Jahrhundert": a hundred years say too little."""
    first = (int(match["n"]) - 1) * 100 + 1
    if not is_plausible(first, reference):
        return Broken(None)
    return from_to(first, min(first + 99, reference.year), "period")._replace(doubt="vague")


def count_of(text: str) -> float:
    """The number that a numeral or number word says."""
    return number_words().get(text) or float(f"0{text}".replace(",", "."))


_UNITS: Final = {"jahrz": 120, "jahre": 12, "jahr": 12, "j": 12, "halbj": 6, "monat": 1, "mon": 1, "quart": 3}

# "6-12 Jahre" alone may be an age.
_SINCE: Final = re.compile(r"\b(?:seit|vor)\b[^0-9]*$")
# "in 2 Jahren" is still to come; "in den letzten 5 Jahren", "die ersten 2 Jahre" say nothing of a beginning.
_AHEAD: Final = re.compile(r"\bin (?:ca\.? |etwa |rund )?$")
_WITHIN: Final = re.compile(
    r"(?:\bi[nm]|\binnerhalb|\bwaehrend|\bbinnen)\b[^0-9]*$|\b(?:erste|naechste|kommende)[nr]? $"
)
_LONGEST_DAYS: Final = 1000


def ago_from(match: re.Match[str], reference: date) -> Span | Broken | None:
    """ "20 Jahre": N years back from the reference date; shorter units by the calendar, with one unit of slack."""
    groups = match.groupdict()
    number, unit = count_of(groups["n"]), groups["unit"]
    if groups.get("n2"):
        first, second = (_ago_years(int(count_of(groups[name])), reference) for name in ("n2", "n"))
        span = unite(first, second) if first and second else None
        is_since = _SINCE.search(match.string[: match.start()])
        return span._replace(doubt=None if is_since else "two_readings") if span else Broken(None)
    if groups["half"]:
        number += 0.5
    if unit.startswith(("woche", "tag")):  # "14 Tage" is how long or how often, rarely since when
        days = int(number) * (7 if unit.startswith("woche") else 1)
        if days > _LONGEST_DAYS:
            return Broken(None)
        return between_days(reference, days, days + 7)._replace(doubt="two_readings")
    months = next(size for name, size in _UNITS.items() if unit.startswith(name)) * number
    before = match.string[: match.start()]
    if months % 12 == 0 and _AHEAD.search(before):
        return in_year(reference.year + int(months) // 12)._replace(doubt="two_readings")
    if months % 12 == 0:
        span = _ago_years(int(months) // 12, reference)
        if span and _WITHIN.search(before) and not _SINCE.search(before):
            return span._replace(doubt="two_readings")
        is_more = groups.get("plus") or groups.get("more")  # "15+ Jahre"
        return bound(span, "over", reference) if span and is_more else span or Broken(None)
    slack = 6 if months % 6 == 0 and months > 12 else 1
    return (
        between_days(reference, int(months * 30.44), int((months + slack) * 30.44))
        if months < 1200
        else Broken(None)
    )


def _ago_years(count: int, reference: date) -> Span | None:
    return years_ago(count, reference) if 0 < count <= reference.year - EARLIEST_YEAR - 1 else None


def between_days(reference: date, least: int, most: int) -> Span:
    """So many days back from the reference date."""
    first, last = reference - timedelta(days=most), reference - timedelta(days=least)
    return from_to(first.year, last.year, "relative")._replace(begins=first)


def quarter_century(match: re.Match[str], reference: date) -> Span:
    """ "seit einem Vierteljahrhundert"."""
    return years_ago({"viertel": 25, "halbes": 50, "halben": 50}.get(match["n"], 100), reference)


def year_from_now(offset: int) -> Build:
    """ "dieses Jahr", "Vorjahr": so many years after that of the reference date."""
    return lambda match, reference: in_year(reference.year + offset)


def relative_season(offset: int) -> Build:
    """ "Herbst letzten Jahres"."""
    return lambda match, reference: in_year(reference.year + offset, "season", first_month(match))


def school_year_from_now(offset: int) -> Build:
    """ "dieses Schuljahr": school years begin in August."""

    def build(match: re.Match[str], reference: date) -> Span:
        return in_year(reference.year - (reference.month < 8) + offset, "school", 8)

    return build


def fixed_span(first: int, last: int, grain: Grain = "turn") -> Build:
    """A span that hangs on nothing in the text."""
    return lambda match, reference: from_to(first, last, grain)


def wildcard_decade(match: re.Match[str], reference: date) -> Span | Broken:
    """ "199x" is the 1990s."""
    return _decade_from(int(f"{match['y']}0"), reference)


def last_time(match: re.Match[str], reference: date) -> Span:
    """ "letzten Sommer", "vergangenen Mai": the last one that had begun before the month of the reference date."""
    if match["season"] and match["season"].startswith("winter"):
        return from_to(reference.year - 1, reference.year, "season")
    month = first_month(match) if match["season"] else month_of(match)
    return in_year(reference.year - (month >= reference.month), "season", month)
