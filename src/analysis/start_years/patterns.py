"""What no list of words can hold: signs, and numbers that are no year (papers, paragraphs, ages, amounts, offices)."""

from typing import Final

from .openings import Rule, digits
from .pieces import MONTH_NAMES, MONTH_STARTS, ORDINAL_STARTS, SEASON_STARTS

# An expression that begins or ends with a letter or digit neither follows nor precedes another one.
EDGES: Final = r"(?:(?<![a-z0-9])(?=[a-z0-9])|(?![a-z0-9]))(?:{})(?:(?<![a-z0-9])|(?![a-z0-9]))"

_COUNTED: Final = (
    r"euro?|prozent|teilnehm\w*|kinder|plaetzen?|personen|haushalten?|stunden|std\.|uhr|familien|schueler(?:innen|n)?"
    r"|einwohner(?:innen|n)?|qm|m2|stellen|mitarbeit\w*|besucher(?:innen|n)?|wohn(?:ungen|einheiten|plaetzen?)|faellen?"
    r"|standorten?|gruppen|einrichtungen|schulen|stadtteilen?|(?:stadt)?bezirken?|mal|projekten?|kitas|veedeln?"
    r"|sozialraeumen?|massnahmen|terminen?|treffen|gebieten?"
)
_FEW: Final = r"(?:\d+|ein|zwei|drei|vier|fuenf|sechs)"
_OR: Final = r"(?:(?:oder|od\.?|o\.|bzw\.?|und|u\.) |/ ?)(?:(?:noch|etwas|viel|auch|sogar|schon|evtl\.?) )*"
_STAGES: Final = r"(?:[a-z]*phase|stufe|bauabschnitt|ba|standort|gruppe|durchgang|projektjahr|staffel)"
_LATER: Final = r"(?:[2-9]|ii|iii|iv)"
_OR_STARTS: Final = "oder$ od$ o$ bzw$ und$ u$ /"

# (kind, value, what it begins with in the notation of `openings`, pattern over folded text)
_PATTERNS: Final = (
    ("separator", "", ", ; ( ) | • * [ ] .", r"[,;()|•*\[\]]|\.(?= |$)"),
    ("dash", "", "- =", r"-+>?|=>"),
    ("slash", "", "/", r"/"),
    ("and", "", "& +", r"[&+]"),
    ("reference", "", '- " ^ ↑', r"-?\"-?|\^|↑"),
    ("filler", "", ": = ! \" '", r"[:=!\"']"),
    ("approx", "", "~ +", r"~|\+/-"),
    ("doubt", "after", "( ?", r"\(?\?+\)?"),
    ("bound", "over", ">", r">=?"),
    ("bound", "under", "<", r"<=?"),
    ("earlier", "", _OR_STARTS, rf"{_OR}(?:frueher|eher|davor|vorher|aelter|laenger|mehr)"),
    ("later", "", _OR_STARTS, rf"{_OR}spaeter"),
    ("end", "before", "ende$", r"ende:"),
    ("lead", "noun", "anfang$ beginn$ start$", r"(?:anfang|beginn|start):"),
    ("missing", "", "1d 2d 3d 4d 5d", r"0+"),
    ("missing", "", "x _ . - / #", r"x+|_+|\.{2,}|\./\.|[-./_ ]+$|#nv|#n/a"),
    (
        "placeholder",
        "",
        "2d. 2d/ 2d- 4d x _",
        r"(?:00|01)\.(?:00|01)\.(?:0000|0001|1900)|0000|9999|31\.12\.9999|99\.99\.9999|3[01]\.12\.1899|00\.00\.00"
        r"|9999-12-31|1900-01-0[01]|0000-00-00|0001-01-01|1899-12-3[01]|(?:xx|00|__)[./-](?:xx|00|__)[./-](?:xxxx|0000|____)",
    ),
    (
        "change",  # "2. Standort 2010": there was a first one
        "",
        "1d. ii iv$ phase$ stufe$ bauabschnitt$ ba$",
        rf"{_LATER}\. ?{_STAGES}|(?:phase|stufe|bauabschnitt|ba) {_LATER}",
    ),
    (
        "stage",
        "",
        "1d. i$ ii phase$ stufe$ bauabschnitt$ ba$",
        rf"(?:\d|i{{1,3}})\. ?{_STAGES}"
        r"|(?:phase|stufe|bauabschnitt|ba) (?:\d|i{1,3}|[a-c])",
    ),
    (
        "incomplete",
        "",
        f"1d. 2d. {MONTH_STARTS} {SEASON_STARTS} {ORDINAL_STARTS} ferien kw$",
        rf"\d\d?\. ?\d\d?\.|(?:\d\d?\. ?)?(?:{MONTH_NAMES})\.?"
        r"|(?:frueh|spaet)?(?:sommer|herbst|winter|fruehling|fruehjahr)"
        r"|(?:sommer|herbst|oster|weihnachts|pfingst|winter)?ferien|ostern|pfingsten|weihnachten"
        r"|kw ?\d+|jahres(?:ende|mitte|wechsel)"
        r"|(?:[1-4]|i{1,3}|iv|erste[ns]?|zweite[ns]?)\. ?(?:quartal|halbjahr|hj\.?)"
        r"|schuljahre?s?(?:beginn|anfang)?|schulj\.?",
    ),
    # A title that holds a number: "Agenda 2010", "Leitbild 2020", "Agenda 21".
    (
        "trap",
        "name",
        "agenda leitbild leitlinie vision strategie horizont masterplan zukunft aktionsplan rahmenplan europa stuttgart"
        " perspektive initiative entwicklungskonzept handlungskonzept zielbild klimaplan smart",
        r"(?:agenda|leitbild|leitlinien?|vision|strategie|horizont|masterplan|zukunft|aktionsplan|rahmenplan"
        r"|europa|stuttgart"
        r"|perspektiven?|initiative|(?:entwicklungs|handlungs)konzept|zielbild|klimaplan|smart city)"
        r"[ -]?(?!(?:seit|ab|i[mn]|vom?n?) )(?:\w+ )?'?\d{2,4}\+?",
    ),
    (
        "trap",
        "law",
        "§ gem$ gemaess$ nach$ lt$ laut$ art$ artikel$ abs$",
        r"(?:(?:gem\.|gemaess|nach|lt\.|laut) )?§+ ?\d+[a-z]?"
        r"(?: ?(?:abs\.?|satz|s\.|nr\.?|und|,|-|bis) ?\d{1,3}[a-z]?(?![0-9a-z]))*(?: ?ff?\.)?"
        r"|(?:art\.|artikel|abs\.) ?\d+",
    ),
    (
        "trap",
        "phone",
        f"tel fon$ fax$ durchwahl$ dw$ app$ {digits('/-')}",
        r"(?:tel|telefon|fon|fax|durchwahl|dw|app)\.?:? ?[\d /()-]+|0\d{2,4} ?[/-] ?[\d -]{4,}|\d{3}-\d{4,5}",
    ),
    (
        "other",
        "before",
        "vorlage drucksache ds drs an$ an-nr annr session mitteilung vorl az",
        r"(?:vorlagen?|drucksachen?|ds|drs|an|session|mitteilung|vorl\.)"
        r"[ -]?(?:nr\.?)?:? ?\d{3,4}/\d{2,4}(?:/\d+)?|az\.?:? ?[\d/. -]+",
    ),
    ("trap", "quantity", digits(",.€%a"), rf"\d[\d.]*,-+|\d+(?:\.\d{{3}})*(?:,\d+)? ?(?:[€%]|{_COUNTED})"),
    ("other", "after", digits("-a. "), r"\d+\.?[ -]?jaehriges"),  # "25-jähriges" is said of a jubilee
    (
        "trap",
        "ages",
        f"{digits('-a')} ab$ von$ fuer$ u$ ue$",
        r"(?:(?:ab|von|fuer) )?\d+(?: ?(?:-|bis) ?\d+)?[ -]?jaehrig\w*"
        r"|ab \d+ jahren?|von \d+ (?:bis|-) \d+ jahren?|ue?\d\d?",
    ),
    (
        "trap",
        "duration",
        f"{digits('-a')} fuer$ auf$ foerderdauer$ dauer$ laufzeit$ befristet$ zunaechst$"
        " ein zwei drei vier fuenf sechs",
        r"(?:fuer|auf|(?:foerder)?dauer:?|laufzeit:?|befristet auf|zunaechst(?: fuer)?)"
        r"(?: (?:von|die dauer von|zunaechst|ca\.|weitere))*"
        rf" {_FEW}(?: ?(?:-|bis) ?{_FEW})? ?(?:jahre?n?|monate?n?|j\.)(?: (?:laufzeit|befristet))?"
        rf"|{_FEW}[ -]?(?:jahre|monate) laufzeit",
    ),
    (
        "ongoing",
        "",
        f"alle$ {digits('a')}",
        rf"alle {_FEW} (?:jahre|monate|wochen)|\d+ ?x(?: (?:im|pro|je) \w+)?",
    ),
    (
        "trap",
        "office",
        "amt dez abt sg sachgebiet ziel nr$ raum zi stadtbezirk bezirk lfd$ punkt ziffer zeile gruppe 2d/",
        r"(?:amt|dez(?:ernat)?\.?|abt(?:eilung)?\.?|sg|sachgebiet|ziel|nr\.|raum|zi(?:mmer)?\."
        r"|stadtbezirk|bezirk|lfd\. nr\.|punkt"
        r"|ziffer|zeile|gruppe) ?(?:\d{1,3}(?:[/.]\d+)?|[ivx]+\b)|\d\d/\d(?:\d\d)?",
    ),
)

PATTERNS: Final = tuple(
    Rule(openings, EDGES.format(pattern), (kind, value)) for kind, value, openings, pattern in _PATTERNS
)
