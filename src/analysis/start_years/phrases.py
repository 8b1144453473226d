"""The phrases that name a time: one rule each, from the folded text of it to a span of years.

A rule is what it can begin with, a pattern and what it means.
"""

from typing import Final

from .dates import (
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
    last_time,
    quarter_century,
    relative_season,
    school_year_from_now,
    two_decades,
    wildcard_decade,
    word_decade,
    year_from_now,
)
from .openings import Rule
from .pieces import (
    BARE_YEAR,
    BUDGET,
    BUDGET_STARTS,
    COUNT_STARTS,
    DECADE_ENDING,
    IN_YEARS,
    LAST,
    LAST_STARTS,
    MONTH,
    MONTH_NAMES,
    MONTH_STARTS,
    NEXT,
    NUMBER,
    OF,
    ORDINAL,
    ORDINAL_STARTS,
    PAIR,
    PERIOD,
    PROGRAMME,
    SCHOOL,
    SCHOOL_STARTS,
    SEASON,
    SEASON_NAMES,
    SEASON_STARTS,
    THIS,
    THIS_STARTS,
    YEAR,
    YEAR_AND,
    YEAR_AND_NUMBER,
)
from .spans import in_year
from .text import TENS

_PHRASES: Final[tuple[tuple[str, str, str, Build], ...]] = (
    (
        "iso date",
        "4d-0 4d/0 4d.0",
        r"(?P<y>\d{4})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?:[t ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?)?",
        iso_date,
    ),
    (
        "date",
        "1d. 1d/ 1d- 2d. 2d/ 2d-",
        r"(?P<d>\d\d?) ?(?P<sep>[./-]) ?(?P<m>\d\d?) ?(?P=sep) ?(?P<y>\d{4,}|'?\d\d)(?: \d\d?:\d\d(?::\d\d)?)?",
        numeric_date,
    ),
    ("day and month", "1d. 1da 2d. 2da", rf"(?P<d>\d\d?)\.? ?(?:{MONTH})\b\.?{OF}{YEAR}", month_date),
    ("month", MONTH_STARTS, rf"(?:{MONTH})\b\.?{OF}{YEAR}", named_month),
    (
        "months",
        MONTH_STARTS,
        rf"(?:{MONTH})\b\.? ?(?:-|/|bis|und|oder|u\.) ?(?:{MONTH_NAMES})\b\.?{OF}{YEAR}",
        named_month,
    ),
    ("year, month", YEAR_AND, rf"(?P<y>\d{{4}})[ ,/(-]*(?:{MONTH})\b\)?", named_month),
    (
        "days of one year",
        "1d. 2d.",
        r"(?P<d>\d\d?)\.(?P<m>\d\d?)\. ?(?:-|bis) ?\d\d?\.\d\d?\.(?P<y>\d{4})",
        iso_date,
    ),
    (
        "numeric month",
        "1d. 1d/ 1d- 2d. 2d/ 2d-",
        r"(?P<m>\d\d?) ?(?P<sep>[/.-]) ?(?P<y>\d{4})",
        numeric_month,
    ),
    (
        "quarter",
        ORDINAL_STARTS,
        rf"{ORDINAL}(?:quartal(?:e?s)?|qu\.?|qrt\.?|q\.?|vierteljahr(?:e?s)?){OF}{YEAR}",
        part_of_year(3),
    ),
    ("Q2/2012", "q", rf"(?:quartal|qu\.?|q\.?) ?(?P<n>[1-4]|iv|i{{1,3}})\b\.?{OF}{YEAR}", part_of_year(3)),
    ("2012 Q2", YEAR_AND, r"(?P<y>\d{4})[ ,/-]*q(?:uartal)?\.? ?(?P<n>[1-4])", part_of_year(3)),
    (
        "2012 II",
        YEAR_AND_NUMBER,
        r"(?P<y>\d{4})[ ,/-]*(?P<n>iv|i{1,3}|[1-4](?=\.))\b\.?(?: ?(?:quartal|q\.?))?",
        part_of_year(3),
    ),
    ("IV/2010", "i$ ii iv", r"(?P<n>iv|i{1,3})\.? ?[/.-]? ?(?P<y>\d{4})", part_of_year(3)),
    (
        "half-year",
        ORDINAL_STARTS,
        rf"{ORDINAL}(?:halbjahr(?:e?s)?|hj\.?|hbj\.?|jahreshaelfte|haelfte){OF}{YEAR}",
        part_of_year(6),
    ),
    ("H2 2012", "h$ hi hj halbj", rf"(?:halbjahr|hj\.?|h) ?(?P<n>[12]|ii?)\b\.?{OF}{YEAR}", part_of_year(6)),
    (
        "2012, 2. Halbjahr",
        YEAR_AND_NUMBER,
        rf"(?P<y>\d{{4}})[ ,/-]*{ORDINAL}(?:halbjahr|hj\.?|jahreshaelfte)",
        part_of_year(6),
    ),
    (
        "school half-year",
        ORDINAL_STARTS,
        rf"{ORDINAL}(?:schul)?(?:halbjahr(?:e?s)?|hj\.?){OF}(?:(?:{SCHOOL}) ?)?{PAIR}",
        school_year,
    ),
    (
        "week",
        "kw kalenderwoche woche",
        rf"(?:kw|kalenderwoche|woche)\.? ?(?P<w>\d\d?)[ ,]*{OF}{YEAR}",
        calendar_week,
    ),
    ("34. week", "1d. 2d.", rf"(?P<w>\d\d?)\. ?(?:kw|kalenderwoche|woche){OF}{YEAR}", calendar_week),
    ("iso week", "4d-a 4da", r"(?P<y>\d{4})-?w(?P<w>\d\d)", calendar_week),
    ("season", SEASON_STARTS, rf"(?:{SEASON})\b{OF}{YEAR}", season_of),
    ("year, season", YEAR_AND, rf"(?P<y>\d{{4}})[ ,/(-]*(?:{SEASON})\b\)?", season_of),
    ("turn of the year", "jahres", rf"(?:jahresende|(?P<turn>jahres(?:wechsel|wende))){OF}{YEAR}", year_end),
    ("school year", SCHOOL_STARTS, rf"(?:{SCHOOL}){OF}{PAIR}", school_year),
    ("2007/08 (school year)", "4d/ 4d- 4da 2d/ 2d- 2da '", rf"{PAIR} ?\(?(?:{SCHOOL})\)?", school_year),
    ("one school year", SCHOOL_STARTS, rf"(?:{SCHOOL}){OF}{YEAR}", lambda m, r: named_year(m, r, 8)),
    (
        "winter of two years",
        SEASON_STARTS,
        rf"(?:(?:{SEASON_NAMES})|winterhalbjahr|jahres(?:wechsel|wende))\b{OF}{PAIR}",
        season_pair,
    ),
    ("budget years", BUDGET_STARTS, rf"(?:{BUDGET}){OF}{PAIR}", whole_pair),
    ("budget year", BUDGET_STARTS, rf"(?:{BUDGET}){OF}{YEAR}", lambda m, r: named_year(m, r, 1)),
    ("period", "", rf"(?:{PERIOD}){IN_YEARS}", long_period),
    ("programme period", "legislatur amtszeit efre esf ziel eu", rf"(?:{PROGRAMME}){IN_YEARS}", long_period),
    (
        "pair",
        "1d/0 1d-0 2d/0 2d-0 4d/0 4d-0",
        r"(?P<a>\d{4}|\d\d?) ?(?P<sep>[/-]) ?(?P<b>\d{4}|\d\d?)",
        bare_pair,
    ),
    ("year", "4d jahr j$", r"(?:jahre?s? |j\. ?)?(?P<y>\d{4})(?: ?ff?)?\b\.?", plain_year),
    ("short year", "'", r"'(?P<y>\d\d)", short_year),
    ("decade", "2da 2d-a 4da 4d-a '", rf"'?(?P<y>\d{{4}}|\d0){DECADE_ENDING}", decade_of),
    ("199x", "3da 3d? 3d* 3d_", r"(?P<y>\d\d\d)[x?*_](?:er)?", wildcard_decade),
    (
        "two decades",
        "2d/ 2d- 4d/ 4d- '",
        rf"'?(?P<a>\d{{4}}|\d0) ?[/-] ?'?(?P<b>\d{{4}}|\d0){DECADE_ENDING}",
        two_decades,
    ),
    (
        "decade in words",
        " ".join(TENS.values()),
        rf"(?P<ten>{'|'.join(TENS.values())})(?:er|ern)[ -]?(?:jahren?|j\.)?",
        word_decade,
    ),
    (
        "noughties",
        "nuller zweitausender 2da",
        r"(?:nuller|zweitausender|00er)[ -]?(?:jahren?|n)?",
        fixed_span(2000, 2009, "decade"),
    ),
    ("century", "2d.", r"(?P<n>1[89]|20|21)\. ?(?:jahrhunderts?|jhd?t?s?)\.?", century),
    (
        "turn of the millennium",
        "jahrtausend mil",
        r"jahrtausend(?:wende|wechsels?)|mill?enn?ium(?:s|swende|swechsel)?",
        fixed_span(1999, 2001),
    ),
    (
        "its beginning",
        "anfang$ beginn$",
        r"(?:anfang|beginn) (?:des|dieses) (?:neuen )?jahrtausends",
        fixed_span(2000, 2003, "decade"),
    ),
    (
        "years ago",
        COUNT_STARTS,
        rf"(?:(?P<n2>\d{{1,3}}|{NUMBER}) ?(?:-|bis|oder) ?)?(?P<n>\d{{0,3}},\d+|\d{{1,3}}|{NUMBER})"
        r"(?P<half>einhalb| 1/2)?(?P<plus>\+)?"
        r"[ -]?(?P<unit>jahrzehnte?n?|jahre?n?|j\b\.?|halbjahre?n?|monate?n?|mon\.|wochen?|tage?n?|quartale?n?)"
        r"(?P<more> ?\+)?",
        ago_from,
    ),
    (
        "half a year",
        "ein , 1d/",
        r"(?P<n>,5|ein(?:em)? halbe[ns]?|1/2)(?P<half>) (?P<unit>jahr)",
        lambda m, r: between_days(r, 183, 213),
    ),
    (
        "one and a half",
        "anderthalb eineinhalb",
        r"(?:anderthalb|eineinhalb) jahren?",
        lambda m, r: between_days(r, 548, 730),
    ),
    (
        "quarter century",
        "eine viertel halbe ganze jahrhundert -jahrhundert",
        r"(?:eine[mns]? )?(?P<n>viertel|halbe[ns]|ganze[ns])?[ -]?jahrhunderts?",
        quarter_century,
    ),
    (
        "this year",
        f"{THIS_STARTS} jahres anfang$ beginn$",
        rf"{THIS}{BARE_YEAR}|jahresbeginn|jahresanfang|(?:anfang|beginn) des jahres(?![ ,]*'?\d)",
        year_from_now(0),
    ),
    ("heuer", "heuer$", "heuer", year_from_now(0)),
    (
        "month of this year",
        MONTH_STARTS,
        rf"(?:{MONTH})\b\.?{OF}{THIS}{BARE_YEAR}",
        lambda m, r: in_year(r.year, "month", month_of(m)),
    ),
    (
        "month of last year",
        MONTH_STARTS,
        rf"(?:{MONTH})\b\.?{OF}{LAST}{BARE_YEAR}",
        lambda m, r: in_year(r.year - 1, "month", month_of(m)),
    ),
    ("season of this year", SEASON_STARTS, rf"(?:{SEASON})\b{OF}{THIS}{BARE_YEAR}", relative_season(0)),
    ("season of last year", SEASON_STARTS, rf"(?:{SEASON})\b{OF}{LAST}{BARE_YEAR}", relative_season(-1)),
    ("last year", f"{LAST_STARTS} vorjahr", rf"{LAST}{BARE_YEAR}|vorjahr(?:e?s)?", year_from_now(-1)),
    (
        "the year before last",
        "vorletzte vorvorjahr",
        rf"vorletzte[mnrs]? {BARE_YEAR}|vorvorjahr(?:e?s)?",
        year_from_now(-2),
    ),
    ("last summer", LAST_STARTS, rf"{LAST}(?:{SEASON}|{MONTH}\b\.?)(?![ ,]*'?\d)", last_time),
    ("next year", "naechste kommende", rf"{NEXT}{BARE_YEAR}", year_from_now(1)),
    ("this school year", THIS_STARTS, rf"{THIS}(?:{SCHOOL})(?![ ,]*'?\d)", school_year_from_now(0)),
    (
        "last school year",
        f"{LAST_STARTS} vor",
        rf"(?:{LAST}|vor)(?:{SCHOOL})(?![ ,]*'?\d)",
        school_year_from_now(-1),
    ),
    ("next school year", "naechste kommende", rf"{NEXT}(?:{SCHOOL})(?![ ,]*'?\d)", school_year_from_now(1)),
)
_EDGE: Final = r"(?![0-9a-z]|[.:]\d)"


def _needs(pattern: str) -> tuple[str, ...]:
    """What a text must hold for the patterns that could begin with many words."""
    if PERIOD in pattern:
        return ("periode", "phase")
    return ("jahr", "j.") if BARE_YEAR in pattern else ()


PHRASES: Final = tuple(
    Rule(openings, f"(?:{pattern}){_EDGE}", build, _needs(pattern))
    for _, openings, pattern, build in _PHRASES
)
