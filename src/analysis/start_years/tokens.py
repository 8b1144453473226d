"""The tokens that a text about a beginning is made of: times, words with a meaning, and what is left over.

The longest reading of a place wins: a phrase that names a time, a word of the code list, a number that is no
year, a place or an event.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from .dates import Broken, Build, full_year, is_plausible
from .openings import Rule, fitting, opening_at
from .phrases import PHRASES
from .pieces import MONTH_NAMES
from .spans import Span, in_year
from .vocabulary import Vocabulary

_LEFT_OVER: Final = re.compile(
    r"[a-z]+(?:[-'.][a-z]+)*(?![a-z0-9])|[a-z0-9]+(?:[.:]\d[a-z0-9]*|,\d{1,3}(?!\d))*|."
)
_GLUED: Final = re.compile(
    r"(?<![a-z0-9])(?:(?:seit|ab|bis|beginn|start|ca\.?|vor|nach)(?=[0-9])"
    rf"|(?:{MONTH_NAMES}|sommer|herbst|fruehjahr)(?=(?:19|20)[0-9]{{2}}(?![0-9])))"
)
_LETTER_AND_DIGIT: Final = re.compile(r"[a-z][0-9]|ca\.[0-9]")
_LETTERS_FOR_DIGITS: Final = str.maketrans("oli", "011")


class Token(NamedTuple):
    """One word, sign or phrase: its kind, its value, its folded text, and the time it names (or may name)."""

    kind: str
    value: str
    text: str
    span: Span | None = None
    candidate: int | None = None


def part(folded: str) -> str:
    """A folded text with a blank where a word runs into a number ("seit2009")."""
    return _GLUED.sub(r"\g<0> ", folded) if _LETTER_AND_DIGIT.search(folded) else folded


def tokenise(text: str, reference: date, vocabulary: Vocabulary) -> Iterator[Token]:
    """One token per phrase, word, number or sign of a folded text, in order."""
    position = 0
    while position < len(text):
        if text[position] == " ":
            position += 1
            continue
        end, token = _longest(text, position, reference, vocabulary)
        yield token
        position = end


def _longest(text: str, position: int, reference: date, vocabulary: Vocabulary) -> tuple[int, Token]:
    match = _LEFT_OVER.match(text, position)
    end = match.end() if match else position + 1
    opening = opening_at(text, position)
    word = vocabulary.longest(text, position, opening, end)
    if word:
        end = word[0]
    phrase = recognise(text, position, opening, reference)
    if phrase and (phrase[0] > end or (phrase[0] == end and not (word and word[1].kind == "placeholder"))):
        end, meaning = phrase
        if isinstance(meaning, Broken):
            return end, Token("broken", meaning.reason, text[position:end], None, meaning.candidate)
        return end, Token("time", "", text[position:end], meaning)
    if word:
        return end, Token(word[1].kind, word[1].value, text[position:end], word[1].span)
    return end, _left_over(text[position:end], reference)


def recognise(text: str, position: int, opening: str, reference: date) -> tuple[int, Span | Broken] | None:
    """The end and the meaning of the longest phrase at a place that opens like that; None where there is none."""
    best: tuple[int, Span | Broken] | None = None
    end = position
    for rule in _phrases_for(opening):
        if rule.needs and not rule.is_possible(text):
            continue
        match = rule.match(text, position)
        if match and match.end() > end:
            meaning = rule.meaning(match, reference)
            if meaning is not None:
                end = match.end()
                best = end, meaning
                if end == len(text):
                    break
    return best


def begins_phrase(word: str) -> bool:
    """Whether a phrase that names a time can begin with that word."""
    return any(rule.openings for rule in _phrases_for(opening_at(word, 0)))


@lru_cache(maxsize=20_000)
def _phrases_for(opening: str) -> tuple[Rule[Build], ...]:
    return fitting(PHRASES, opening)


def _left_over(text: str, reference: date) -> Token:
    if text.isdigit() and len(text) == 2:
        return Token("short", "", text, in_year(full_year(text, reference)))
    if any(sign.isdigit() for sign in text):
        return Token("number", "", text, None, _mistyped(text, reference))
    return Token("word" if text.isalnum() or len(text) > 1 else "sign", "", text)


def _mistyped(text: str, reference: date) -> int | None:
    """The year that "2oo9", "l998" or "2.009" is likely to mean."""
    digits = text.translate(_LETTERS_FOR_DIGITS).replace(".", "").replace(",", "")
    return int(digits) if re.fullmatch(r"[0-9]{4}", digits) and is_plausible(int(digits), reference) else None
