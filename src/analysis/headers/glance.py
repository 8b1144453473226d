"""A glance that tells most data from headings, before the rules of grammar are asked.

The loader asks about every cell, and nearly every text of a department has a word that no heading has. A text
passes the glance if the rules might understand it; one that does not pass is none (`tests/test_headers.py` holds
both to it). Judged is word by word, because words repeat where texts differ.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from .text import FOOTNOTE, GENDER, INVISIBLE, LONGEST, QUOTES, ROMAN_RANGE, make_words
from .words import Lexicon, resolve_word

_UNKNOWN: Final = 0
_POSSIBLE: Final = 1
_SUSPENDED: Final = 2  # ends in a hyphen, so the next word may be its rest
_OPEN: Final = 3  # what follows may be anything: an explanation in brackets, the number of a question

_FIGURE: Final = re.compile("[0-9]{3}")  # fewer digits may number a heading
_BRACKETS: Final = re.compile(r"[(\[{<]|frage|spalte|feld|punkt", re.IGNORECASE)
_WORD: Final = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[.,;:]?")
# Numerals, letters spaced out or numbering, and the endings of gender signs that stand alone.
_LOOSE: Final = re.compile(r"[^\W\d_]|(?:.*-)?[ivx]+(?:-.*)?|ob|innen|in|en|er", re.IGNORECASE)


def may_be_heading(text: str, lexicon: Lexicon) -> bool:
    """Whether every word of a text may stand in a heading; questions may hold any word."""
    if len(text) > LONGEST:
        return False
    if "?" in text:
        return True
    is_rest = False
    for word in text.split():
        verdict = _judge_again(word, lexicon)
        if verdict == _OPEN:
            return True
        if verdict == _UNKNOWN and not is_rest:
            return False
        is_rest = verdict == _SUSPENDED
    return True


def judge_word(word: str, lexicon: Lexicon) -> bool | None:
    """Whether a heading can hold a word; None where any other word may then stand beside it."""
    if "?" in word:
        return None
    verdict = _judge(word, lexicon)
    return None if verdict in (_OPEN, _SUSPENDED) else verdict == _POSSIBLE


def _judge(word: str, lexicon: Lexicon) -> int:
    """What a word between blanks says about its text; in doubt it is possible."""
    plain = FOOTNOTE.sub("", INVISIBLE.sub("", word))
    plain = unicodedata.normalize("NFKC", plain).strip(QUOTES)
    if _BRACKETS.search(plain):
        return _OPEN
    if _FIGURE.search(plain):
        return _UNKNOWN
    if plain.endswith("-"):
        return _SUSPENDED
    found = _WORD.fullmatch(ROMAN_RANGE.sub("", GENDER.sub("", plain)))
    if found is None or _LOOSE.fullmatch(found[1]):
        return _POSSIBLE
    is_known = all(
        part.text in lexicon.phrase_words or resolve_word([part], 0, lexicon) is not None
        for part in make_words(found[0].rstrip(",;:"))
    )
    return _POSSIBLE if is_known else _UNKNOWN


_judge_again = lru_cache(maxsize=50_000)(_judge)
