"""The text of a heading without numbering, footnotes, line breaks, brackets and gender signs."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from ..spelling import fold

_LONGEST: Final = 200
_LONGEST_STATEMENT: Final = 12  # words; longer texts without a question mark are prose

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_LINE_END: Final = re.compile(
    r"(?<=[^\W\d_])-[ \t]*[\r\n]+\s*(?!und\b|oder\b|bzw\b)(?=[^\W\d_])", re.IGNORECASE
)
_FOOTNOTE: Final = re.compile(r"[⁰¹²³⁴-⁹†‡]|(?<!\w)\*+|\*+(?!\w)|(?<=\w)\s*\d\)$")
_NUMBERING: Final = re.compile(
    r"^\s*(?:(?:(?:frage|spalte|feld|punkt)\s+\w{1,3}\s*[:.)–-]"
    r"|\d{1,2}(?:\.\d{1,2})+(?=\s)|\(\w\)"
    r"|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)](?!\w*-)(?:\s*[)–-])?)\s*(?=\D)){1,2}",
    re.IGNORECASE,
)
_SPACED_OUT: Final = re.compile(r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_](?!\w)")
_GENDER: Final = re.compile(
    r"(?<=[^\W\d_])(?:(?i:\s?[/*:_·•!]\s?-?(?:innen|in|r|n|en|e|er|s)\b(?!-)"
    r"|[/*:_·•]-?innen(?=[a-zäöüß])|/?\((?:/?-?innen|/?-?in|n|en|e|r|er|s|nen)\))"
    r"|(?<=[a-zäöüß])I(?:nnen|n)\b)"
)
_ROMAN_RANGE: Final = re.compile(r"\b[IVX]+\s*(?:-|–|—|bis)\s*[IVX]+\b(?:[\s,/+&]*(?:und |sowie )?OB\b)?")
_BRACKET: Final = re.compile(r"[(\[{<]([^()\[\]{}<>]*)[)\]}>]?")
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
    if len(text) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    plain = unicodedata.normalize("NFKC", _FOOTNOTE.sub("", _LINE_END.sub("-", plain).strip()))
    plain = " ".join(plain.split()).strip("\"'„“”»«‚‘’ ")
    plain = _SPACED_OUT.sub(lambda match: match[0].replace(" ", ""), plain)
    plain = _ROMAN_RANGE.sub(" ", _GENDER.sub("", _NUMBERING.sub("", plain)))
    brackets = [inner for inner in _BRACKET.findall(plain) if inner.strip()]
    outer = _BRACKET.sub(" ", plain).strip()
    if not any(letter.isalpha() for letter in outer):
        outer, brackets = " ".join(brackets), []
    number = re.search(r"(?<=[^\W\d_])\s+([1-9])[\s.:]*$", outer)
    if number:
        outer = outer[: number.start()]
    if re.search(r"\d", outer):
        return None
    is_question = "?" in outer
    parts = _split_parts(outer)
    words = sum(len(part) for part in parts)
    if words == 0 or (words > _LONGEST_STATEMENT and not is_question):
        return None
    inner_parts = [_split_parts(inner) for inner in brackets if not re.search(r"\d", inner)]
    return Heading(parts, inner_parts, is_question, int(number.group(1)) if number else None)


def _split_parts(text: str) -> list[list[Word]]:
    parts: list[list[Word]] = [[]]
    for token in _TOKEN.findall(text):
        folded = fold(token)
        if folded in _SEPARATORS:
            parts.append([])
        elif any(letter.isalpha() for letter in folded):
            words = _make_words(folded)
            parts[-1].append(words[0])
            parts += [[word] for word in words[1:]]
    return [part for part in parts if part]


def _make_words(folded: str) -> list[Word]:
    is_abbreviated = folded.endswith(".")
    bare = folded.rstrip(".")
    is_suspended = bare.endswith("-")
    pieces = tuple(piece.strip(".") for piece in bare.strip("-").split("-"))
    if set(pieces) in _RANGES:  # "von-bis" is two things, "Start-Datum" is one
        return [Word(piece, (piece,), False, False) for piece in pieces]
    return [Word("".join(pieces), pieces, is_abbreviated, is_suspended)]
