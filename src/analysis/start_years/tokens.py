"""The tokens that a text about a beginning is made of: times, words with a meaning, and what is left over.

The longest reading of a place wins: a phrase that names a time, a word of the code list, a number that is no
year, a place or an event.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from ..codelists import CodeLists
from .dates import Broken, full_year, is_plausible
from .phrases import MONTH_NAMES, recognise
from .spans import Span, from_to, in_year
from .text import fold

_COUNTED: Final = (
    r"euro?|prozent|teilnehm\w*|kinder|plaetzen?|personen|haushalten?|stunden|std\.|uhr|familien|schueler(?:innen|n)?"
    r"|einwohner(?:innen|n)?|qm|m2|stellen|mitarbeit\w*|besucher(?:innen|n)?|wohn(?:ungen|einheiten|plaetzen?)|faellen?"
    r"|standorten?|gruppen|einrichtungen|schulen|stadtteilen?|(?:stadt)?bezirken?|mal|projekten?|kitas|veedeln?"
    r"|sozialraeumen?|massnahmen|terminen?|treffen|gebieten?"
)
_FEW: Final = r"(?:\d+|ein|zwei|drei|vier|fuenf|sechs)"
_OR: Final = r"(?:(?:oder|od\.?|o\.|bzw\.?|und|u\.) |/ ?)(?:(?:noch|etwas|viel|auch|sogar|schon|evtl\.?) )*"
# What no list of words can hold: signs, and numbers that are no year. (kind, value, pattern over folded text)
_PATTERNS: Final = (
    ("separator", "", r"[,;()|•*\[\]]|\.(?= |$)"),
    ("dash", "", r"-+>?|=>"),
    ("slash", "", r"/"),
    ("and", "", r"[&+]"),
    ("reference", "", r"-?\"-?|\^|↑"),
    ("filler", "", r"[:=!\"']"),
    ("approx", "", r"~|\+/-"),
    ("doubt", "after", r"\(?\?+\)?"),
    ("bound", "over", r">=?"),
    ("bound", "under", r"<=?"),
    ("earlier", "", rf"{_OR}(?:frueher|eher|davor|vorher|aelter|laenger|mehr)"),
    ("later", "", rf"{_OR}spaeter"),
    ("end", "before", r"ende:"),
    ("lead", "noun", r"(?:anfang|beginn|start):"),
    ("missing", "", r"0+|x+|_+|\.{2,}|\./\.|[-./_ ]+$|#nv|#n/a"),
    (
        "placeholder",
        "",
        r"(?:00|01)\.(?:00|01)\.(?:0000|0001|1900)|0000|9999|31\.12\.9999|99\.99\.9999|3[01]\.12\.1899|00\.00\.00"
        r"|9999-12-31|1900-01-0[01]|0000-00-00|0001-01-01|1899-12-3[01]|(?:xx|00|__)[./-](?:xx|00|__)[./-](?:xxxx|0000|____)",
    ),
    (
        "stage",
        "",
        r"(?:\d|i{1,3})\. ?(?:phase|stufe|bauabschnitt|ba)|(?:phase|stufe|bauabschnitt|ba) (?:\d|i{1,3}|[a-c])",
    ),
    (
        "incomplete",
        "",
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
        r"(?:agenda|leitbild|leitlinien?|vision|strategie|horizont|masterplan|zukunft|aktionsplan|rahmenplan"
        r"|europa|stuttgart"
        r"|perspektiven?|initiative|(?:entwicklungs|handlungs)konzept|zielbild|klimaplan|smart city)"
        r"[ -]?(?!(?:seit|ab|i[mn]|vom?n?) )(?:\w+ )?'?\d{2,4}\+?",
    ),
    (
        "trap",
        "law",
        r"(?:(?:gem\.|gemaess|nach|lt\.|laut) )?§+ ?\d+[a-z]?"
        r"(?: ?(?:abs\.?|satz|s\.|nr\.?|und|,|-|bis) ?\d{1,3}[a-z]?(?![0-9a-z]))*(?: ?ff?\.)?"
        r"|(?:art\.|artikel|abs\.) ?\d+",
    ),
    (
        "trap",
        "phone",
        r"(?:tel|telefon|fon|fax|durchwahl|dw|app)\.?:? ?[\d /()-]+|0\d{2,4} ?[/-] ?[\d -]{4,}|\d{3}-\d{4,5}",
    ),
    (
        "other",
        "before",
        r"(?:vorlagen?|drucksachen?|ds|drs|an|session|mitteilung|vorl\.)"
        r"[ -]?(?:nr\.?)?:? ?\d{3,4}/\d{2,4}(?:/\d+)?|az\.?:? ?[\d/. -]+",
    ),
    ("trap", "quantity", rf"\d[\d.]*,-+|\d+(?:\.\d{{3}})*(?:,\d+)? ?(?:[€%]|{_COUNTED})"),
    (
        "trap",
        "ages",
        r"(?:(?:ab|von|fuer) )?\d+(?: ?(?:-|bis) ?\d+)?[ -]?jaehrig\w*"
        r"|ab \d+ jahren?|von \d+ (?:bis|-) \d+ jahren?|ue?\d\d?",
    ),
    (
        "trap",
        "duration",
        rf"(?:fuer|auf|(?:foerder)?dauer:?|laufzeit:?|befristet auf|zunaechst(?: fuer)?)"
        r"(?: (?:von|die dauer von|zunaechst|ca\.|weitere))*"
        rf" {_FEW}(?: ?(?:-|bis) ?{_FEW})? ?(?:jahre?n?|monate?n?|j\.)(?: (?:laufzeit|befristet))?"
        rf"|{_FEW}[ -]?(?:jahre|monate) laufzeit",
    ),
    ("ongoing", "", rf"alle {_FEW} (?:jahre|monate|wochen)|\d+ ?x(?: (?:im|pro|je) \w+)?"),
    (
        "trap",
        "office",
        r"(?:amt|dez(?:ernat)?\.?|abt(?:eilung)?\.?|sg|sachgebiet|ziel|nr\.|raum|zi(?:mmer)?\."
        r"|stadtbezirk|bezirk|lfd\. nr\.|punkt"
        r"|ziffer|zeile|gruppe) ?(?:\d{1,3}(?:[/.]\d+)?|[ivx]+\b)|\d\d/\d(?:\d\d)?",
    ),
)
_EDGES: Final = r"(?:(?<![a-z0-9])(?=[a-z0-9])|(?![a-z0-9]))(?:{})(?:(?<![a-z0-9])|(?![a-z0-9]))"
_LEFT_OVER: Final = re.compile(
    r"[a-z]+(?:[-'.][a-z]+)*(?![a-z0-9])|[a-z0-9]+(?:[.:]\d[a-z0-9]*|,\d{1,3}(?!\d))*|."
)


@dataclass(frozen=True)
class Token:
    """One word, sign or phrase: its kind, its value, its folded text, and the time it names (or may name)."""

    kind: str
    value: str
    text: str
    span: Span | None = None
    candidate: int | None = None


Matcher = tuple[str, str, re.Pattern[str], Span | None]


def tokenise(text: str, reference: date, codes: CodeLists) -> Iterator[Token]:
    """One token per phrase, word, number or sign of a folded text, in order."""
    folded = re.sub(r"(?<![a-z0-9])(seit|ab|bis|beginn|start|ca\.?|vor|nach)(?=\d)", r"\1 ", text)
    matchers = _matchers(codes)
    position = 0
    while position < len(folded):
        if folded[position] == " ":
            position += 1
            continue
        end, token = _longest(folded, position, reference, matchers)
        yield token
        position = end


def _longest(folded: str, position: int, reference: date, matchers: tuple[Matcher, ...]) -> tuple[int, Token]:
    token, is_left_over = _left_over(folded, position, reference), True
    end = position + len(token.text)
    for kind, value, pattern, span in matchers:
        match = pattern.match(folded, position)
        if match and (match.end() > end or (is_left_over and match.end() == end)):
            end, token, is_left_over = match.end(), Token(kind, value, match[0], span), False
    phrase = recognise(folded, position, reference)
    if phrase and (phrase[0] > end or (phrase[0] == end and token.kind != "placeholder")):
        text = folded[position : phrase[0]]
        if isinstance(phrase[1], Broken):
            return phrase[0], Token("broken", phrase[1].reason, text, None, phrase[1].candidate)
        return phrase[0], Token("time", "", text, phrase[1])
    return end, token


def _left_over(folded: str, position: int, reference: date) -> Token:
    match = _LEFT_OVER.match(folded, position)
    text = match[0] if match else folded[position]
    if re.fullmatch(r"\d\d", text):
        return Token("short", "", text, in_year(full_year(text, reference)))
    if any(sign.isdigit() for sign in text):
        return Token("number", "", text, None, _mistyped(text, reference))
    return Token("word" if text.isalnum() or len(text) > 1 else "sign", "", text)


def _mistyped(text: str, reference: date) -> int | None:
    """The year that "2oo9", "l998" or "2.009" is likely to mean."""
    digits = text.translate(str.maketrans("oli", "011")).replace(".", "").replace(",", "")
    return int(digits) if re.fullmatch(r"[0-9]{4}", digits) and is_plausible(int(digits), reference) else None


@lru_cache(maxsize=8)
def _matchers(codes: CodeLists) -> tuple[Matcher, ...]:
    """Everything that can be a token, the more telling reading of two equally long ones first."""
    places = {fold(row[name]) for row in codes["stadtteile"] for name in ("stadtbezirk", "stadtteil")} - {""}
    spellings = {
        variant for name in places for variant in (name, name.replace("/", "-"), name.replace("/", " "))
    }
    words: dict[tuple[bool, str], list[str]] = {}
    for row in sorted(
        codes["start_words"], key=lambda row: "*" in row["text"]
    ):  # "Baubeginn" before "*beginn"
        words.setdefault(("*" in row["text"], row["means"]), []).append(_spelling(row["text"]))
    return (
        *_events(codes),
        ("place", "", _compiled(map(re.escape, spellings)), None),
        *((*_meaning(means), _compiled(patterns), None) for (_, means), patterns in words.items()),
        *((kind, value, re.compile(_EDGES.format(pattern)), None) for kind, value, pattern in _PATTERNS),
    )


def _meaning(means: str) -> tuple[str, str]:
    kind, _, value = means.partition(" ")
    return kind, value


def _compiled(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_EDGES.format("|".join(sorted(patterns, key=len, reverse=True)) or "(?!)"))


def _spelling(text: str) -> str:
    """A word of the list as a pattern: "*" is any letters, a full stop and the blank behind it may be missing."""
    pattern = re.escape(fold(text)).replace(r"\.\ ", r"\.? ?").replace(r"\.", r"\.?")
    return pattern.replace(r"\.??", r"\.?").replace(r"\*", "[a-z-]*")


def _events(codes: CodeLists) -> Iterator[Matcher]:
    """The laws and reforms, the longest first; one that is a law is a time only where the text says so."""
    for row in sorted(codes["events"], key=lambda row: -len(row["text"])):
        years = re.findall(r"\d{4}", row["year"])
        if not years:
            continue
        words = " ".join(_inflected(word) for word in fold(row["text"]).split())
        is_law = re.search(r"[A-ZÄÖÜ]{2}|[Gg]esetz|recht", row["text"])
        span = from_to(int(years[0]), int(years[-1]), "event")
        yield "event", "law" if is_law else "", re.compile(_EDGES.format(words)), span


def _inflected(word: str) -> str:
    if not word.isalpha():
        return re.escape(word)
    stem = re.sub(r"e[rnms]?$", "", word) if len(word) > 6 else word
    return re.escape(stem) + r"(?:e?[nsrm]?)?"
