"""A text -> the Dezernat it names: "IV", "Dez. 4", "Dezernat IV – Bildung, Jugend und Sport", "IV/51".

A numeral alone counts only as a whole cell or beside an office; in free text (titles, file names) the word Dezernat
must stand beside it, because "Hartz IV", "II. Quartal" and "IV/2010" are no Dezernate. Two different Dezernate
without a first among them ("IV/V") are none, so that somebody is asked; "V (mit IV)" is the first, who is responsible.
Most texts name none: a look for a numeral, the word or the first word of a name (`_may_name`) spares them the rest.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Final

from .codelists import CodeLists, package_codes
from .spelling import fold

_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_NUMERAL: Final = r"VI{0,3}|I[VX]|I{1,3}|X|0?\d{1,4}"
_KEYWORD: Final = r"(?:dez(?:ernate?n?s?|ernent(?:in|en)?)?|geschäftsbereich|geschaeftsbereich)"
_HAS_KEYWORD: Final = re.compile(rf"{_KEYWORD}\b", re.IGNORECASE)
_NAMED: Final = re.compile(
    rf"\b{_KEYWORD}[\s.:–-]*(?:nr\.?\s*)?(?P<numeral>{_NUMERAL}|OB)(?!\w)", re.IGNORECASE
)
_BARE: Final = re.compile(r"(?:VI{0,3}|I[VX]|I{1,3})")  # a lone X is a cross in a box
_LEADING: Final = re.compile(rf"(?P<numeral>{_BARE.pattern})(?=\s+\w|\s*[-–—:,/(])")
_ANY_NUMERAL: Final = re.compile(r"[IV](?<![^\W_][IV])[IVX]*(?![^\W_])")
_RANGE: Final = re.compile(
    rf"\s*(?:[-–—/,&+]|bis|und)\s*(?:{_KEYWORD}[\s.]*)?(?:VI{{0,3}}|I[VX]|I{{1,3}}|\d)(?!\w)", re.I
)
_ADDRESSEE: Final = re.compile(r"\b(?:an|mit|siehe|gegenüber)\s+(?:das\s+|dem\s+|die\s+)?\(?$", re.IGNORECASE)
_ALONGSIDE: Final = re.compile(r"^\(?\s*(?:mit|unter|zusammen|gemeinsam|in)\b", re.IGNORECASE)
_OFFICE: Final = re.compile(
    r"(?i)amt\b|amte?s?\b|ämter|büro|stelle|referat|institut|betrieb|center|zentrum|abteilung|dienst|museum|museen"
    r"|bibliothek|feuerwehr|kämmerei|fachbereich|archiv|bühnen|theater|schule|verwaltung"
)
# What alone is an office, before a Dezernat in free text: "Sportamt (52)", "Amt 51".
_AMT: Final = re.compile(r"(?i)(?:amt\s+)?[2-8]\d{1,3}|[\w-]*amt\b[^:;/\n]*")
# An office has two or more digits; "IV/13" may as well be a quarter of 2013.
_OFFICE_NUMBER: Final = re.compile(r"(?!(?:19|20)\d\d\b)(?!(?:0\d|1\d|9\d)(?!\d))\d{2,4}(?:\D.*)?")
_DATE: Final = re.compile(
    r"(?:19|20)\d\d(?:\D.*)?|(?:\d\.?\s*)?(?:quartal|halbjahr|tertial|phase|stufe|q\d)", re.IGNORECASE
)
_SEPARATOR: Final = re.compile(r"\s*[/|;:\n]\s*|\s*[–—]\s*|\s+-\s+|-(?=\d)|,\s*|\s+(?=\()|\s+")
_ENDING: Final = re.compile(r"\.(?:xls[xmb]?|xlt[xm]?|ods|csv|pdf|docx?|txt|html?)$", re.IGNORECASE)
_BLANKS: Final = re.compile(r"[ \t\u00a0]+")
_PERSON: Final = re.compile(r"dezernent(?:in|en)?\b")
_LETTERS: Final = re.compile(r"[a-z]+")
_COUNTING: Final = re.compile(r"[\d.\-]+|v\d+")
_LONGEST: Final = 150  # no way to write a Dezernat takes more letters, so that no long text is tried in full
_FILLERS: Final = frozenset(
    [
        "und",
        "fuer",
        "der",
        "die",
        "das",
        "des",
        "dem",
        "dezernat",
        "dez",
        "dezernats",
        "dezernates",
        "stadt",
        "koeln",
        "nr",
    ]
)
_REPLY: Final = re.compile(
    "rueckmeldung|ruecklauf|antwort|abfrage|umfrage|bestandsaufnahme|meldung|final|endfassung|entwurf|kopie|neu"
    "|sozialraum|inklusion|im|zu[rm]|vo[nm]"
)


@dataclass(frozen=True, eq=False)
class _Names:
    """Names by their words, without those that say nothing; subjects count only beside the word Dezernat."""

    whole: dict[tuple[str, ...], str]
    subjects: dict[str, str]
    seconds: dict[str, set[str]]  # what may follow the first word of a name; "" where nothing need
    last_words: frozenset[str]


def match_dezernat(text: str | None, codes: CodeLists | None = None) -> str | None:
    """The Dezernat a cell, a sheet's or a file's name speaks of: "I" to "IX" or "OB"; None where none is named."""
    names = _compile(codes or package_codes())
    if not text or not _may_name(fold(text), text, names):
        return None
    plain = _tidy(text)
    whole = _match_whole(plain, names)
    if whole:
        return whole
    cuts = _cuts(plain)
    for left, _, right in reversed(cuts):
        dezernat = _match_whole(left, names)
        if dezernat and _follows(right, dezernat, names):
            return dezernat
    for left, separator, right in cuts:
        if _AMT.fullmatch(left) and not separator.isspace() and ":" not in separator:
            dezernat = _match_behind(left, separator, right, names)
            if dezernat:
                return dezernat
    return _match_named(plain, names) or _match_reply(plain, names)


def split_office(text: str | None, codes: CodeLists | None = None) -> tuple[str | None, str | None]:
    """The Dezernat of a combined cell and the office without it: "Dez. IV/Sportamt (52)" -> ("IV", "Sportamt (52)").

    A plain office comes back as it is; where two Dezernate stand side by side, nothing is taken out.
    """
    plain = _tidy(text)
    if not plain:
        return None, None
    names = _compile(codes or package_codes())
    folded = fold(plain)
    if not _may_name(folded, plain, names) and not _may_end_with_name(folded, names):
        return None, plain
    whole = _match_whole(plain, names)
    if whole:
        return whole, plain if _OFFICE.search(plain) else None
    cuts = _cuts(plain)
    for left, separator, right in reversed(cuts):
        dezernat = _match_whole(left, names)
        if dezernat and not _DATE.match(right) and not _RANGE.match(plain[len(left) :]):
            named = _match_whole(right, names)
            if named in (None, dezernat) and _is_office(left, separator, right):
                office = None if _ALONGSIDE.match(right) or named else _unwrap(right)
                return dezernat, office
    for left, separator, right in cuts:
        dezernat = _match_behind(left, separator, right, names)
        if dezernat:
            return dezernat, left
    return None, plain


def _may_name(folded: str, text: str, names: _Names) -> bool:
    """Whether a text holds a numeral or the word Dezernat, or begins like a name; nothing else can name one."""
    if "dez" in folded or "geschaeftsbereich" in folded or _ANY_NUMERAL.search(text):
        return True
    expected: set[str] = set()
    for match in _LETTERS.finditer(folded):
        word = match[0]
        if word in names.seconds:
            expected |= names.seconds[word]
        elif word not in expected and word not in _FILLERS and word != "v" and not _REPLY.fullmatch(word):
            return False  # "v2" only counts the versions of a file
        if word in expected or "" in expected:
            return True
    return False


def _may_end_with_name(folded: str, names: _Names) -> bool:
    """Whether the last word but for fillers closes a name: "Sportamt, Büro des Oberbürgermeisters"."""
    words = [word for word in _LETTERS.findall(folded) if word not in _FILLERS]
    return bool(words) and words[-1] in names.last_words


def _tidy(text: str | None) -> str:
    plain = unicodedata.normalize("NFC", text or "").strip()
    if "." in plain:
        plain = _ENDING.sub("", plain)
    return _BLANKS.sub(" ", plain.replace("_", " ")).strip(" \n\r,;:-–")


def _unwrap(text: str) -> str:
    inner = text.strip()
    if not inner.startswith("("):
        return inner
    depths = list(accumulate((letter == "(") - (letter == ")") for letter in inner))
    return inner[1:-1].strip() if depths[-1] == 0 and 0 not in depths[:-1] else inner


@cache
def _compile(codes: CodeLists) -> _Names:
    whole: dict[tuple[str, ...], str] = {}
    subjects: dict[str, str] = {}
    for row in codes["dezernate"]:
        words = _words(row["text"])
        if fold(row["text"]).startswith("dezernat ") and len(words) == 1:
            subjects[words[0]] = row["dezernat"]
        elif words:
            whole[words] = row["dezernat"]
    seconds: dict[str, set[str]] = {}
    for first, *others in whole:
        seconds.setdefault(first, set()).add(others[0] if others else "")
    return _Names(whole, subjects, seconds, frozenset(words[-1] for words in whole))


def _words(text: str) -> tuple[str, ...]:
    folded = _PERSON.sub("dezernat", fold(text))
    return tuple(word for word in _LETTERS.findall(folded) if word not in _FILLERS)


@lru_cache(10_000)
def _match_whole(text: str, names: _Names) -> str | None:
    """The Dezernat of a text that holds nothing else: numeral, name or both (which must agree)."""
    if len(text) > _LONGEST:
        return None
    if _BARE.fullmatch(text):
        return text
    match = _NAMED.match(text) or _LEADING.match(text)
    named = _match_name(text[match.end() :] if match else text, names, bool(match))
    if match is None:
        return named
    numeral = _read_numeral(match["numeral"])
    rest = text[match.end() :].strip(" .:-–—,()/")
    return numeral if numeral and (named == numeral if rest else True) else None


def _match_name(text: str, names: _Names, has_keyword: bool) -> str | None:
    words = () if any(letter.isdigit() for letter in text) else _words(text)
    if words in names.whole:
        return names.whole[words] if words != ("ob",) or "OB" in text else None
    found = {names.subjects.get(word) for word in words}
    has_keyword = has_keyword or bool(_HAS_KEYWORD.match(text))
    return found.pop() if has_keyword and len(found) == 1 else None


def _read_numeral(text: str) -> str | None:
    upper = text.upper()
    if upper in (*_ROMAN, "OB"):
        return upper
    return (
        _ROMAN[int(text) - 1] if text.isdigit() and len(text) <= 2 and 1 <= int(text) <= len(_ROMAN) else None
    )


def _cuts(text: str) -> list[tuple[str, str, str]]:
    """Every way to cut a text in two so that a Dezernat may stand on one side, the shortest left part first."""
    cuts = [
        (text[: m.start()].strip(), m[0], text[m.end() :].strip())
        for m in _SEPARATOR.finditer(text)
        if m.start() <= _LONGEST or len(text) - m.end() <= _LONGEST
    ]
    return [cut for cut in cuts if cut[0] and cut[2]]


def _match_behind(left: str, separator: str, right: str, names: _Names) -> str | None:
    """The Dezernat on the right of a cut, with an office on the left: "51/IV", but not "Amt I" or "SGB II/III"."""
    if _ANY_NUMERAL.search(left) or _HAS_KEYWORD.search(left):
        return None
    inner = _unwrap(right)
    dezernat = _match_whole(inner, names)
    is_loose = separator.isspace() and right == inner
    if dezernat is None or (_BARE.fullmatch(inner) and (is_loose or not _looks_like_office(left))):
        return None
    return None if _match_whole(left, names) else dezernat


def _looks_like_office(text: str) -> bool:
    return (text[0].isdigit() and not _DATE.fullmatch(text)) or bool(_OFFICE.search(text))


def _is_office(left: str, separator: str, right: str) -> bool:
    """Whether what follows a Dezernat may be an office; after the bare numeral and a blank it must look like one."""
    is_parted = not separator.isspace() and right[0].isupper()
    return not _BARE.fullmatch(left) or bool(
        is_parted or _looks_like_office(right) or _ALONGSIDE.match(right) or right[0] == "("
    )


def _follows(right: str, dezernat: str, names: _Names) -> bool:
    """Whether a text that begins with a Dezernat goes on with an office, its own name or its company."""
    named = _match_name(right, names, True)
    if named is not None or _DATE.match(right):
        return named == dezernat
    is_number = _OFFICE_NUMBER.fullmatch(right) or (dezernat == "OB" and re.fullmatch(r"\d{2,3}", right))
    return bool(is_number or _OFFICE.search(right) or _ALONGSIDE.match(right))


def _match_named(text: str, names: _Names) -> str | None:
    """The one Dezernat that free text names by the word; a range, an addressee or several of them are none."""
    found: list[str] = []
    for match in _NAMED.finditer(text):
        numeral = _read_numeral(match["numeral"])
        rest = text[match.end() : match.end() + _LONGEST]
        if numeral is None or _ADDRESSEE.search(text[max(0, match.start() - _LONGEST) : match.start()]):
            continue
        named = _match_name(rest, names, True)
        if _RANGE.match(rest) or (named is not None and named != numeral):
            return None
        found.append(numeral)
    return found[0] if len(set(found)) == 1 else None


def _match_reply(text: str, names: _Names) -> str | None:
    """The Dezernat of "2014-01-15 Rückmeldung OB final"; "Rückmeldung II" may as well be the second one."""
    if len(text) > _LONGEST:
        return None
    left = [
        word for word in text.split() if not _REPLY.fullmatch(fold(word)) and not _COUNTING.fullmatch(word)
    ]
    dezernat = _match_whole(" ".join(left), names) if left and len(left) < len(text.split()) else None
    return None if dezernat in ("I", "II", "III") and _BARE.fullmatch(" ".join(left)) else dezernat
