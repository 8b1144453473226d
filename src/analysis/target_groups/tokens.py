"""The words, marks and ages of a cell, with their places in the original text; gender forms folded away."""

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from ..spelling import fold
from .ages import Age, find_ages

_PLAIN_LETTER: Final = r"[^\W\d_]"
# What people and scanners leave between letters: combining accents, soft hyphens, zero-width spaces.
_BETWEEN: Final = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"
_SIGN = r"[/*:_·•‧⋅∙!|'’＊∗]"
# A line that ends with a comma or goes on with one of these words is only wrapped: "Menschen\nmit Behinderung".
_GOING_ON_WORDS = "mit|ohne|und|oder|sowie|von|vom|aus|in|im|am|an|auf|bei|der|des|zur|zum"
GOING_ON: Final = rf"\n(?=[^\S\n]*(?:{_GOING_ON_WORDS})\b)"
_WRAPPED = rf"(?:(?:(?<=,)|(?<=,\s))\n|{GOING_ON})"
_PATTERN = rf"""
    (?P<word>LETTER+(?:(?<={_PLAIN_LETTER})\*(?={_PLAIN_LETTER})(?!innen|in\b)LETTER*)*   # trans*personen, LSBT*I
        (?:-\r?\n(?!(?:und|oder|bzw|sowie)\b)[a-zäöüß]+)?   # a word broken at the line's end
        (?:(?=\s?[-/*:_·•‧⋅∙!|'’＊∗(1])(?:   # a gender form: /innen, / -innen, *innen, (innen), -innen, ...
            \s?-?{_SIGN}\s?-?\s?(?:[iIl1!|][nN]{{2}}[eE][nN]|inn(?=\b))
          | \s?\(\s?-?(?:innen|INNEN)\s?\)
          | \s?-\s?(?:innen|INNEN)\b
          | [1!|][nN]{{2}}[eE][nN]   # scanned: !nnen
          | {_SIGN}-?(?:in|IN)(?![\w])
          | \(-?(?:in|IN|e|en|n|r)\)
          | {_SIGN}-?(?:r|n|e|en|er)(?![\w])
        )LETTER*)?)
  | (?P<mark>[,;()\[\]{{}}/&+•·▪●–—]|(?!{_WRAPPED})\n|(?<!\w)-(?!\w)|\.(?=\s))
"""
_HAS_BETWEEN = re.compile(f"[{_BETWEEN}]")
_SCANNED = re.compile(r"[^a-z]*[il1!|]nnen")
_JOINERS: Final = frozenset({"und", "oder", "sowie", "bzw", "beziehungsweise", "u", "resp", "/", "&", "+"})
_HYPHENS: Final = "-‐‑"
_ADJECTIVE = re.compile(
    r"(?:ig|lich|isch|bar|los|sam|end|iert|haft|voll|frei|fern|nah|al|ell|iv|aer|ert|belastet)(?:e|en|er|es|em)$"
)
_NOUN_AHEAD = re.compile(r"[^\S\n]+[A-ZÄÖÜ]")


class Token(NamedTuple):
    """One word, mark or age; `text` is folded ("und" for every joiner), `start` and `end` count characters."""

    text: str
    start: int
    end: int
    kind: str = "word"
    is_noun: bool = False  # written with a capital, or in a text that has no use of capitals
    is_capital: bool | None = None  # None: the text is all capitals or all small
    is_glued: bool = False  # joined to the word before by a hyphen
    is_suspended: bool = False  # "Kinder-" of "Kinder- und Jugendeinrichtungen"
    is_dotted: bool = False
    age: Age | None = None


class _Spelling(NamedTuple):
    """A word without its place: folded, and whether it looks like an adjective (whose capital says nothing)."""

    text: str
    is_capital: bool
    is_adjective: bool


def has_cases(text: str) -> bool:
    """Whether a text has both capitals and small letters, so that capitals tell the nouns."""
    return text not in (text.lower(), text.upper())


def tokenise(
    text: str, *, is_cased: bool | None = None, ages: list[tuple[int, int, Age]] | None = None
) -> list[Token]:
    """One item per word, mark or age statement, in the order of the text; numbers that are no ages are left out.

    `is_cased` says whether capitals tell nouns, where `text` is only a part of the whole; `ages` are those of
    `find_ages`, where they are known.
    """
    tokens: list[Token] = []
    is_cased = has_cases(text) if is_cased is None else is_cased
    pattern = _words(has_between=not text.isascii() and _HAS_BETWEEN.search(text) is not None)
    start = 0
    ages = find_ages(text) if ages is None else ages
    for age_start, age_end, age in [*ages, (len(text), len(text), None)]:
        for found in pattern.finditer(text, start, age_start):
            if found.lastgroup == "word":
                tokens.append(_read_word(text, found, is_cased, tokens))
            # A full stop behind a short word is that of an abbreviation.
            elif found[0] != "." or (tokens and len(tokens[-1].text) > 4):
                tokens.append(_read_mark(found))
        if age is not None:
            tokens.append(Token(fold(text[age_start:age_end]), age_start, age_end, "age", age=age))
        start = age_end
    return tokens


@cache
def _words(*, has_between: bool) -> re.Pattern[str]:
    """The pattern of words and marks; the slower one only for texts with something between their letters."""
    letter = f"(?:{_PLAIN_LETTER}|[{_BETWEEN}])" if has_between else _PLAIN_LETTER
    return re.compile(_PATTERN.replace("LETTER", letter), re.VERBOSE)


def _read_mark(found: re.Match[str]) -> Token:
    if found[0] in _JOINERS:
        return Token("und", found.start(), found.end(), "and")
    return Token(found[0], found.start(), found.end(), "mark")


def _read_word(text: str, found: re.Match[str], is_cased: bool, before: list[Token]) -> Token:
    start, end = found.span()
    folded, is_capital, is_adjective = _spell(found[0])
    following = text[end : end + 1]
    is_dotted = following == "."
    if folded in _JOINERS and (len(folded) > 1 or is_dotted):
        return Token("und", start, end, "and", is_dotted=is_dotted)
    if is_cased and is_capital and is_adjective and _NOUN_AHEAD.match(text, end):
        is_noun = False  # a capital that only opens the text: "Straffällige Jugendliche"
    else:
        is_noun = is_capital or not is_cased
    is_glued = (
        start > 1
        and text[start - 1] in _HYPHENS
        and bool(before)
        and before[-1].end == start - 1
        and before[-1].kind == "word"
    )
    is_suspended = bool(following) and following in _HYPHENS and not text[end + 1 : end + 2].isalnum()
    return Token(
        folded,
        start,
        end,
        "word",
        is_noun,
        is_capital if is_cased else None,
        is_glued,
        is_suspended,
        is_dotted,
    )


@lru_cache(maxsize=20_000)
def _spell(written: str) -> _Spelling:
    folded = _SCANNED.sub("innen", fold(written)) if len(written) > 5 else fold(written)
    folded = "".join(c for c in folded if c.isalpha())
    return _Spelling(folded, written[0].isupper(), _ADJECTIVE.search(folded) is not None)
