"""The phrases that name a time: one rule each, from the folded text of it to a span of years.

A rule is a pattern and what it means; `recognise` takes the longest phrase at a place of the text.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from .dates import (
    MONTHS,
    SEASONS,
    Broken,
    Build,
    bare_pair,
    calendar_week,
    iso_date,
    long_period,
    month_date,
    month_of,
    named_month,
    named_year,
    numeric_date,
    numeric_month,
    part_of_year,
    plain_year,
    school_year,
    season_of,
    season_pair,
    short_year,
    whole_pair,
    year_end,
)
from .distances import (
    ago_from,
    between_days,
    century,
    decade_of,
    fixed_span,
    quarter_century,
    relative_season,
    school_year_from_now,
    two_decades,
    wildcard_decade,
    word_decade,
    year_from_now,
)
from .spans import Span, in_year
from .text import TENS, number_words

_MONTH: Final = "|".join(f"(?P<m{number}>{pattern})" for number, pattern in MONTHS.items())
MONTH_NAMES: Final = "|".join(MONTHS.values())
_SEASON: Final = "|".join(f"(?P<s{number}>{pattern})" for number, pattern in enumerate(SEASONS))
_NUMBER: Final = "|".join(sorted(number_words(), key=len, reverse=True))
_YEAR: Final = r"(?P<y>\d{4,}|'?\d\d)"
_PAIR: Final = r"(?P<a>\d{4}|'?\d\d) ?(?:/|-|bis|auf) ?(?P<b>\d{4}|'?\d\d|\d)"
_OF: Final = r"(?:[ ,:/'-]|(?:i[nm]|des|der|dem|d\.|jahre?s?|j\.) ?)*"
_ORDINAL: Final = (
    r"(?P<n>[1-4](?=\.| ?/)|iv|i{1,3}|erste[nrs]?|zweite[nrs]?|dritte[nrs]?|vierte[nrs]?)(?: ?/)?\.? ?"
)
_SCHOOL: Final = (
    r"(?:schul|ki ?ta|kiga|kindergarten|ausbildungs|lehr|studien)[ -]?jahr(?:e?s|en?)?(?:beginn|anfang|start)?"
    r"|sch(?:ul)?j\.?|s\.? ?j\.?|kgj|spielzeit|[a-z]*saison|session|w(?:i?se?|s)|wintersemester"
)
_BUDGET: Final = (
    r"(?:doppel)?haushalt(?:s(?:jahre?s?|plan|plaene|periode))?"
    r"|hhj?\.?|hpl\.?|hh-?pl(?:an)?\.?|hh-jahr|(?:geschaefts|wirtschafts)jahr"
)
_PERIOD: Final = (
    r"(?:[a-z]+-)?(?:[a-z0-9]+[ -])?(?:[a-z]+)?"
    r"(?:foerder|wahl|legislatur|rats|programm|strukturfonds|amts)-?(?:periode|phase)n?"
    r"|legislatur|amtszeit|(?:efre|esf|ziel[ -]?2|eu)(?:[ -](?:programm|mittel|foerderung|periode|projekt))?"
)


@dataclass(frozen=True)
class Rule:
    """One phrase: its name, its pattern and what it means."""

    name: str
    pattern: re.Pattern[str]
    build: Build


def recognise(text: str, position: int, reference: date) -> tuple[int, Span | Broken] | None:
    """The end and the meaning of the longest phrase that begins at `position`; None where none does."""
    best: tuple[int, Span | Broken] | None = None
    for rule in RULES:
        match = rule.pattern.match(text, position)
        if match and match.end() > (best[0] if best else position):
            meaning = rule.build(match, reference)
            if meaning is not None:
                best = match.end(), meaning
    return best


_THIS: Final = r"(?:diese[mnrs]?|laufende[mnrs]?|lfd\.|aktuelle[mnrs]?|heurige[mnrs]?|ds\.|d\.) ?"
_LAST: Final = r"(?:letzte[mnrs]?|vergangene[mnrs]?|vorige[mnrs]?|verflossene[mnrs]?|vorherige[mnrs]?) ?"
_NEXT: Final = r"(?:naechste[mnrs]?|kommende[mnrs]?) ?"
_J: Final = r"(?:jahre?s?|j\.)(?![ ,]*'?\d)"
_ER: Final = r"(?:-? ?(?:er|ern|iger|igern|ziger|zigern))(?:[ -]?(?:jahren?|j\.))?"
_PHRASES: Final[tuple[tuple[str, str, Build], ...]] = (
    (
        "iso date",
        r"(?P<y>\d{4})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?:[t ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?)?",
        iso_date,
    ),
    (
        "date",
        r"(?P<d>\d\d?) ?(?P<sep>[./-]) ?(?P<m>\d\d?) ?(?P=sep) ?(?P<y>\d{4,}|'?\d\d)(?: \d\d?:\d\d(?::\d\d)?)?",
        numeric_date,
    ),
    ("day and month", rf"(?P<d>\d\d?)\.? ?(?:{_MONTH})\b\.?{_OF}{_YEAR}", month_date),
    ("month", rf"(?:{_MONTH})\b\.?{_OF}{_YEAR}", named_month),
    (
        "months",
        rf"(?:{_MONTH})\b\.? ?(?:-|/|bis|und|oder|u\.) ?(?:{MONTH_NAMES})\b\.?{_OF}{_YEAR}",
        named_month,
    ),
    ("year, month", rf"(?P<y>\d{{4}})[ ,/(-]*(?:{_MONTH})\b\)?", named_month),
    ("days of one year", r"(?P<d>\d\d?)\.(?P<m>\d\d?)\. ?(?:-|bis) ?\d\d?\.\d\d?\.(?P<y>\d{4})", iso_date),
    ("numeric month", r"(?P<m>\d\d?) ?(?P<sep>[/.-]) ?(?P<y>\d{4})", numeric_month),
    (
        "quarter",
        rf"{_ORDINAL}(?:quartal(?:e?s)?|qu\.?|qrt\.?|q\.?|vierteljahr(?:e?s)?){_OF}{_YEAR}",
        part_of_year(3),
    ),
    ("Q2/2012", rf"(?:quartal|qu\.?|q\.?) ?(?P<n>[1-4]|iv|i{{1,3}})\b\.?{_OF}{_YEAR}", part_of_year(3)),
    ("2012 Q2", r"(?P<y>\d{4})[ ,/-]*q(?:uartal)?\.? ?(?P<n>[1-4])", part_of_year(3)),
    (
        "2012 II",
        r"(?P<y>\d{4})[ ,/-]*(?P<n>iv|i{1,3}|[1-4](?=\.))\b\.?(?: ?(?:quartal|q\.?))?",
        part_of_year(3),
    ),
    ("IV/2010", r"(?P<n>iv|i{1,3})\.? ?[/.-]? ?(?P<y>\d{4})", part_of_year(3)),
    (
        "half-year",
        rf"{_ORDINAL}(?:halbjahr(?:e?s)?|hj\.?|hbj\.?|jahreshaelfte|haelfte){_OF}{_YEAR}",
        part_of_year(6),
    ),
    ("H2 2012", rf"(?:halbjahr|hj\.?|h) ?(?P<n>[12]|ii?)\b\.?{_OF}{_YEAR}", part_of_year(6)),
    (
        "2012, 2. Halbjahr",
        rf"(?P<y>\d{{4}})[ ,/-]*{_ORDINAL}(?:halbjahr|hj\.?|jahreshaelfte)",
        part_of_year(6),
    ),
    (
        "school half-year",
        rf"{_ORDINAL}(?:schul)?(?:halbjahr(?:e?s)?|hj\.?){_OF}(?:(?:{_SCHOOL}) ?)?{_PAIR}",
        school_year,
    ),
    ("week", rf"(?:kw|kalenderwoche|woche)\.? ?(?P<w>\d\d?)[ ,]*{_OF}{_YEAR}", calendar_week),
    ("34. week", rf"(?P<w>\d\d?)\. ?(?:kw|kalenderwoche|woche){_OF}{_YEAR}", calendar_week),
    ("iso week", r"(?P<y>\d{4})-?w(?P<w>\d\d)", calendar_week),
    ("season", rf"(?:{_SEASON})\b{_OF}{_YEAR}", season_of),
    ("year, season", rf"(?P<y>\d{{4}})[ ,/(-]*(?:{_SEASON})\b\)?", season_of),
    ("turn of the year", rf"(?:jahresende|(?P<turn>jahres(?:wechsel|wende))){_OF}{_YEAR}", year_end),
    ("school year", rf"(?:{_SCHOOL}){_OF}{_PAIR}", school_year),
    ("2007/08 (school year)", rf"{_PAIR} ?\(?(?:{_SCHOOL})\)?", school_year),
    ("one school year", rf"(?:{_SCHOOL}){_OF}{_YEAR}", lambda m, r: named_year(m, r, 8)),
    (
        "winter of two years",
        rf"(?:(?:{'|'.join(SEASONS)})|winterhalbjahr|jahres(?:wechsel|wende))\b{_OF}{_PAIR}",
        season_pair,
    ),
    ("budget years", rf"(?:{_BUDGET}){_OF}{_PAIR}", whole_pair),
    ("budget year", rf"(?:{_BUDGET}){_OF}{_YEAR}", lambda m, r: named_year(m, r, 1)),
    ("period", rf"(?:{_PERIOD})[ (:]*(?:von )?{_OF}{_PAIR}\)?", long_period),
    ("pair", r"(?P<a>\d{4}|\d\d?) ?(?P<sep>[/-]) ?(?P<b>\d{4}|\d\d?)", bare_pair),
    ("year", r"(?:jahre?s? |j\. ?)?(?P<y>\d{4})(?: ?ff?)?\b\.?", plain_year),
    ("short year", r"'(?P<y>\d\d)", short_year),
    ("decade", rf"'?(?P<y>\d{{4}}|\d0){_ER}", decade_of),
    ("199x", r"(?P<y>\d\d\d)[x?*_](?:er)?", wildcard_decade),
    ("two decades", rf"'?(?P<a>\d{{4}}|\d0) ?[/-] ?'?(?P<b>\d{{4}}|\d0){_ER}", two_decades),
    ("decade in words", rf"(?P<ten>{'|'.join(TENS.values())})(?:er|ern)[ -]?(?:jahren?|j\.)?", word_decade),
    ("noughties", r"(?:nuller|zweitausender|00er)[ -]?(?:jahren?|n)?", fixed_span(2000, 2009, "decade")),
    ("century", r"(?P<n>1[89]|20|21)\. ?(?:jahrhunderts?|jhd?t?s?)\.?", century),
    (
        "turn of the millennium",
        r"jahrtausend(?:wende|wechsels?)|mill?enn?ium(?:s|swende|swechsel)?",
        fixed_span(1999, 2001),
    ),
    (
        "its beginning",
        r"(?:anfang|beginn) (?:des|dieses) (?:neuen )?jahrtausends",
        fixed_span(2000, 2003, "decade"),
    ),
    (
        "years ago",
        rf"(?:(?P<n2>\d{{1,3}}|{_NUMBER}) ?(?:-|bis|oder) ?)?(?P<n>\d{{0,3}},\d+|\d{{1,3}}|{_NUMBER})"
        r"(?P<half>einhalb| 1/2)?(?P<plus>\+)?"
        r"[ -]?(?P<unit>jahrzehnte?n?|jahre?n?|j\b\.?|halbjahre?n?|monate?n?|mon\.|wochen?|tage?n?|quartale?n?)"
        r"(?P<more> ?\+)?",
        ago_from,
    ),
    (
        "half a year",
        r"(?P<n>,5|ein(?:em)? halbe[ns]?|1/2)(?P<half>) (?P<unit>jahr)",
        lambda m, r: between_days(r, 183, 213),
    ),
    ("one and a half", r"(?:anderthalb|eineinhalb) jahren?", lambda m, r: between_days(r, 548, 730)),
    (
        "quarter century",
        r"(?:eine[mns]? )?(?P<n>viertel|halbe[ns]|ganze[ns])?[ -]?jahrhunderts?",
        quarter_century,
    ),
    (
        "this year",
        rf"{_THIS}{_J}|heuer|jahresbeginn|jahresanfang|(?:anfang|beginn) des jahres(?![ ,]*'?\d)",
        year_from_now(0),
    ),
    (
        "month of this year",
        rf"(?:{_MONTH})\b\.?{_OF}{_THIS}{_J}",
        lambda m, r: in_year(r.year, "month", month_of(m)),
    ),
    (
        "month of last year",
        rf"(?:{_MONTH})\b\.?{_OF}{_LAST}{_J}",
        lambda m, r: in_year(r.year - 1, "month", month_of(m)),
    ),
    ("season of this year", rf"(?:{_SEASON})\b{_OF}{_THIS}{_J}", relative_season(0)),
    ("season of last year", rf"(?:{_SEASON})\b{_OF}{_LAST}{_J}", relative_season(-1)),
    ("last year", rf"{_LAST}{_J}|vorjahr(?:e?s)?", year_from_now(-1)),
    ("the year before last", rf"vorletzte[mnrs]? {_J}|vorvorjahr(?:e?s)?", year_from_now(-2)),
    ("next year", rf"{_NEXT}{_J}", year_from_now(1)),
    ("this school year", rf"{_THIS}(?:{_SCHOOL})(?![ ,]*'?\d)", school_year_from_now(0)),
    ("last school year", rf"(?:{_LAST}|vor)(?:{_SCHOOL})(?![ ,]*'?\d)", school_year_from_now(-1)),
    ("next school year", rf"{_NEXT}(?:{_SCHOOL})(?![ ,]*'?\d)", school_year_from_now(1)),
)
RULES: Final = tuple(
    Rule(name, re.compile(rf"(?:{pattern})(?![0-9a-z]|[.:]\d)"), build) for name, pattern, build in _PHRASES
)
