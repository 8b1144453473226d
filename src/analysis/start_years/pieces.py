"""The pieces that the patterns of phrases are made of: months, seasons, years, pairs of years, and how they open."""

from typing import Final

from .openings import digits
from .text import TENS, number_words

# The number of a month by the first three letters of its name.
MONTHS: Final = {
    **{"jan": 1, "jae": 1, "feb": 2, "mae": 3, "mar": 3, "mrz": 3, "apr": 4, "mai": 5, "jun": 6, "jul": 7},
    **{"aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dez": 12, "dec": 12},
}
MONTH_NAMES: Final = (
    r"jan(?:uar|ner)?|jaenner|feb(?:ruar|r)?|maerz|marz|mrz|maer|apr(?:il)?|mai|jun(?:i|o)?|jul(?:i)?|aug(?:ust)?"
    r"|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[zc](?:ember)?"
)
# The first month that a season can mean.
SEASONS: Final = {
    **dict.fromkeys(["winter", "karneval", "fasching", "neujahr", "jahresanfang", "jahresbeginn"], 1),
    **dict.fromkeys(
        ["fruehling", "vorfruehling", "fruehjahr", "vorfruehjahr", "sose", "ss", "sommersemester"], 3
    ),
    **dict.fromkeys(["osterferien", "fruehjahrsferien", "ostern"], 3),
    **dict.fromkeys(["pfingstferien", "pfingsten", "jahresmitte"], 5),
    **dict.fromkeys(["sommer", "fruehsommer", "hochsommer", "spaetsommer"], 6),
    **dict.fromkeys(["sommerferien", "fruehsommerferien", "hochsommerferien", "spaetsommerferien"], 6),
    **dict.fromkeys(["sommerpause", "sommerhalbjahr"], 6),
    **dict.fromkeys(["schulbeginn", "schulanfang", "schuljahresbeginn", "schuljahresanfang"], 8),
    **dict.fromkeys(["herbst", "fruehherbst", "spaetherbst", "herbstferien"], 9),
    **dict.fromkeys(["weihnachten", "weihnachtsferien", "advent", "silvester", "jahresschluss"], 12),
}
SEASON_NAMES: Final = "|".join(sorted(SEASONS, key=len, reverse=True))
MONTH: Final = f"(?P<month>{MONTH_NAMES})"
SEASON: Final = f"(?P<season>{SEASON_NAMES})"
_ONES: Final = "(?:ein|zwei|drei|vier|fuenf|sechs|sieben|acht|neun)"
NUMBER: Final = (
    rf"(?:{_ONES}und)?(?:{'|'.join(TENS.values())})|(?:drei|vier|fuenf|sech|sieb|acht|neun)?zehn|elf|zwoelf"
    rf"|(?:ein)?hundert|ein(?:s|e[mnrs]?)?|{_ONES}|zwo"
)
YEAR: Final = r"(?P<y>\d{4,}|'?\d\d)"
PAIR: Final = r"(?P<a>\d{4}|'?\d\d) ?(?:/|-|bis|auf) ?(?P<b>\d{4}|'?\d\d|\d)"
OF: Final = r"(?:[ ,:/'-]|(?:i[nm]|des|der|dem|d\.|jahre?s?|j\.) ?)*"
ORDINAL: Final = (
    r"(?P<n>[1-4](?=\.| ?/)|iv|i{1,3}|erste[nrs]?|zweite[nrs]?|dritte[nrs]?|vierte[nrs]?)(?: ?/)?\.? ?"
)
SCHOOL: Final = (
    r"(?:schul|ki ?ta|kiga|kindergarten|ausbildungs|lehr|studien)[ -]?jahr(?:e?s|en?)?(?:beginn|anfang|start)?"
    r"|sch(?:ul)?j\.?|s\.? ?j\.?|kgj|spielzeit|[a-z]*saison|session|w(?:i?se?|s)|wintersemester"
)
BUDGET: Final = (
    r"(?:doppel)?haushalt(?:s(?:jahre?s?|plan|plaene|periode))?"
    r"|hhj?\.?|hpl\.?|hh-?pl(?:an)?\.?|hh-jahr|(?:geschaefts|wirtschafts)jahr"
)
PROGRAMME: Final = (
    r"legislatur|amtszeit|(?:efre|esf|ziel[ -]?2|eu)(?:[ -](?:programm|mittel|foerderung|periode|projekt))?"
)
PERIOD: Final = (
    r"(?:[a-z]+-)?(?:[a-z0-9]+[ -])?(?:[a-z]+)?"
    r"(?:foerder|wahl|legislatur|rats|programm|strukturfonds|amts)-?(?:periode|phase)n?"
)
IN_YEARS: Final = rf"[ (:]*(?:von )?{OF}{PAIR}\)?"
# What the phrases can begin with, in the notation of `openings`.
MONTH_STARTS: Final = "jan jaen feb maer mar mrz apr mai jun jul aug sep okt oct nov dez dec"
SEASON_STARTS: Final = (
    "winter karneval fasching neujahr jahres vorfr frueh sose ss$ sommer oster pfingst hoch spaet schul herbst"
    " weihnacht advent silvester"
)
ORDINAL_STARTS: Final = "1d. 1d/ i$ ii iv iq ih erste zweite dritte vierte"
SCHOOL_STARTS: Final = (
    "schul schj sch$ ki$ ki-jahr ki-ta kita kiga kindergarten ausbildungs lehr studien s$ sj kgj spielzeit *saison"
    " session ws wis wse wintersemester"
)
BUDGET_STARTS: Final = "doppelh haushalt hh hpl geschaefts wirtschafts"
YEAR_AND: Final = "4d, 4d/ 4d( 4da 4d-a 4d-, 4d-/ 4d-( 4d--"
YEAR_AND_NUMBER: Final = f"{YEAR_AND} 4d0 4d-0"
THIS_STARTS: Final = "diese laufende lfd aktuelle heurige ds d$"
LAST_STARTS: Final = "letzte vergangene vorige verflossene vorherige"
COUNT_STARTS: Final = f"{' '.join(number_words())} , {digits('a,-+0', 3)}"
THIS: Final = r"(?:diese[mnrs]?|laufende[mnrs]?|lfd\.|aktuelle[mnrs]?|heurige[mnrs]?|ds\.|d\.) ?"
LAST: Final = r"(?:letzte[mnrs]?|vergangene[mnrs]?|vorige[mnrs]?|verflossene[mnrs]?|vorherige[mnrs]?) ?"
NEXT: Final = r"(?:naechste[mnrs]?|kommende[mnrs]?) ?"
BARE_YEAR: Final = r"(?:jahre?s?|j\.)(?![ ,]*'?\d)"
DECADE_ENDING: Final = r"(?:-? ?(?:er|ern|iger|igern|ziger|zigern))(?:[ -]?(?:jahren?|j\.))?"
