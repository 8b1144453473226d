"""The text of a heading without numbering, footnotes, line breaks, brackets and gender signs."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ..spelling import fold

LONGEST: Final = 200
_LONGEST_STATEMENT: Final = 12  # words; longer texts without a question mark are prose

INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_LINE_END: Final = re.compile(
    r"(?<=[^\W\d_])-[ \t]*[\r\n]+\s*(?!und\b|oder\b|bzw\b)(?=[^\W\d_])", re.IGNORECASE
)
FOOTNOTE: Final = re.compile(r"[⁰¹²³⁴-⁹†‡]|(?<!\w)\*+|\*+(?!\w)|(?<=\w)\s*\d\)$")
_FOOTNOTE_SIGN: Final = re.compile(r"[⁰¹²³⁴-⁹†‡*)]")
_NUMBERING: Final = re.compile(
    r"^\s*(?:(?:(?:frage|spalte|feld|punkt)\s+\w{1,3}\s*[:.)–-]"
    r"|\d{1,2}(?:\.\d{1,2})+(?=\s)|\(\w\)"
    r"|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)](?!\w*-)(?:\s*[)–-])?)\s*(?=\D)){1,2}",
    re.IGNORECASE,
)
_SPACED_OUT: Final = re.compile(r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_](?!\w)")
GENDER: Final = re.compile(
    r"(?<=[^\W\d_])(?:(?i:\s?[/*:_·•!]\s?-?(?:innen|in|r|n|en|e|er|s)\b(?!-)"
    r"|[/*:_·•]-?innen(?=[a-zäöüß])|/?\((?:/?-?innen|/?-?in|n|en|e|r|er|s|nen)\))"
    r"|(?<=[a-zäöüß])I(?:nnen|n)\b)"
)
ROMAN_RANGE: Final = re.compile(r"\b[IVX]+\s*(?:-|–|—|bis)\s*[IVX]+\b(?:[\s,/+&]*(?:und |sowie )?OB\b)?")
_BRACKET: Final = re.compile(r"[(\[{<]([^()\[\]{}<>]*)[)\]}>]?")
_LAST_NUMBER: Final = re.compile(r"(?<=[^\W\d_])\s+([1-9])[\s.:]*$")
_DIGIT: Final = re.compile(r"\d")
QUOTES: Final = "\"'„“”»«‚‘’ "
# No capital I within a word (a gender sign), no numerals, no letters spaced out.
_PLAIN: Final = re.compile(r"(?:(?![IVX]+(?: |$))[A-Za-zÄÖÜäöüß][A-HJ-Za-zÄÖÜäöüß]+(?: |$))+(?<! )")
_TOKEN: Final = re.compile(r"-?[^\W\d_]+(?:\.?-[^\W\d_]+)*-?\.?|\d+|\S")
_SEPARATORS: Final = frozenset({*"/,;|&+–—·•-\\=>", "und", "u.", "oder", "bzw", "bzw.", "sowie"})
_RANGES: Final = (
    {"von", "bis"},
    {"beginn", "ende"},
    {"start", "ende"},
    {"anfang", "ende"},
    {"dezernat", "amt"},
)


@dataclass(frozen=True)
class Word:
    """One word of a heading, folded; `pieces` are those between hyphens, a suspended one ends in a hyphen."""

    text: str
    pieces: tuple[str, ...]
    is_abbreviated: bool
    is_suspended: bool


@dataclass(frozen=True)
class Heading:
    """A heading as parts between separators, each a list of words; `number` closes "Partner 2"."""

    parts: list[list[Word]]
    brackets: list[list[list[Word]]]
    is_question: bool
    number: int | None


def split_heading(text: str) -> Heading | None:
    """The parts of a heading; None where the text cannot be one: too long, prose, or with figures in it."""
    if len(text) > LONGEST:
        return None
    heading = _split_plain(text) if _PLAIN.fullmatch(text) else _split_any(text)
    words = sum(map(len, heading.parts)) if heading else 0
    if heading is None or words == 0 or (words > _LONGEST_STATEMENT and not heading.is_question):
        return None
    return heading


def _split_plain(text: str) -> Heading:
    """The short way for words of letters alone, where there is nothing to clean."""
    parts: list[list[Word]] = [[]]
    for token in text.split(" "):
        words = make_words(token)
        if words:
            parts[-1] += words
        else:
            parts.append([])
    return Heading([part for part in parts if part], [], False, None)


def _split_any(text: str) -> Heading | None:
    plain = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    plain = (_LINE_END.sub("-", plain) if "-" in plain else plain).strip()
    plain = unicodedata.normalize("NFKC", FOOTNOTE.sub("", plain) if _FOOTNOTE_SIGN.search(plain) else plain)
    plain = " ".join(plain.split()).strip(QUOTES)
    plain = _SPACED_OUT.sub(lambda match: match[0].replace(" ", ""), plain)
    plain = ROMAN_RANGE.sub(" ", GENDER.sub("", _NUMBERING.sub("", plain)))
    brackets = [inner for inner in _BRACKET.findall(plain) if inner.strip()]
    outer = _BRACKET.sub(" ", plain).strip()
    if not any(map(str.isalpha, outer)):
        if _DIGIT.search(outer):  # "2009 (Beginn)"
            return None
        outer, brackets = " ".join(brackets), []
    number = _LAST_NUMBER.search(outer)
    if number:
        outer = outer[: number.start()]
    if _DIGIT.search(outer):
        return None
    inner_parts = [_split_parts(inner) for inner in brackets if not _DIGIT.search(inner)]
    # Asked of the text as typed, so that a glance at it tells whether it is a question.
    is_question = "?" in outer and "?" in text
    return Heading(_split_parts(outer), inner_parts, is_question, int(number[1]) if number else None)


def _split_parts(text: str) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    for token in _TOKEN.findall(text):
        words = make_words(token)
        if words:
            parts[-1].append(words[0])
            parts += [[word] for word in words[1:]]
        elif fold(token) in _SEPARATORS:
            parts.append([])
    return [part for part in parts if part]


@lru_cache(maxsize=20_000)
def make_words(token: str) -> tuple[Word, ...]:
    """The word of a token, two of "von-bis", none of a sign or of what parts words ("und")."""
    folded = fold(token)
    if folded in _SEPARATORS or not any(map(str.isalpha, folded)):
        return ()
    is_abbreviated = folded.endswith(".")
    bare = folded.rstrip(".")
    is_suspended = bare.endswith("-")
    pieces = tuple(piece.strip(".") for piece in bare.strip("-").split("-"))
    if set(pieces) in _RANGES:  # "von-bis" is two things, "Start-Datum" is one
        return tuple(Word(piece, (piece,), False, False) for piece in pieces)
    return (Word("".join(pieces), pieces, is_abbreviated, is_suspended),)
