"""The short way: a text that is one time, with plain words before it and at most a remark or an end behind it.

Most answers are: "seit 2009", "ab 03/2010", "Herbst 2011", "2007-2013", "2009 (Pilotphase)". The words around the time
repeat, so they are read once; the time itself is read by the same rules as ever. What is not as plain as this is None
and takes the long way, `reading.read`; a test holds that both ways give the same answers.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from .moments import Moment, make_moment
from .openings import opening_at
from .reading import Reading
from .spans import Span
from .tokens import Token, begins_phrase, recognise, tokenise
from .vocabulary import Vocabulary

_DIGIT: Final = re.compile(r"[0-9]")
_UNTIL: Final = re.compile(r" ?(?:-|bis) ?(?=[0-9])")
_MODIFIERS: Final = {"lead", "part", "approx", "bound"}
_ARTICLES: Final = {"dem", "der", "den", "am", "im", "in"}
# What says nothing more about a time that it stands behind.
_REMARKS: Final = {"separator", "filler", "place", "thing", "stage", "start", "ongoing"}
# Before a number of years other words may make an age or a duration of it ("ab 8 Jahren").
_BEFORE_COUNTS: Final = {"", "seit", "vor", "schon seit"}
# Phrases begin with these too, but none that goes on with a number ("Anfang des Jahrtausends").
_BEFORE_ANY_TIME: Final = {"anfang", "beginn"}
_GRAINS_WITH_END: Final = {"year", "month", "day"}
_FIRST_YEAR: Final = 1902  # before it lie the dates that stand for none
_LAST_YEAR: Final = 2100


class _Opening(NamedTuple):
    """The words before a time: those that change it, the kinds of all, and where the time begins."""

    words: tuple[Token, ...]
    kinds: frozenset[str]
    time_at: int


def read_plainly(text: str, reference: date, vocabulary: Vocabulary) -> Reading | None:
    """The reading of a plain text (folded); None for any other."""
    digit = _DIGIT.search(text)
    opening = _read_opening(text[: digit.start()], vocabulary) if digit else None
    if opening is None:
        return None
    end, span = _plain_time(text, opening.time_at, reference)
    if span is None or (span.grain == "relative" and text[: opening.time_at].rstrip() not in _BEFORE_COUNTS):
        return None
    moments = [make_moment(span, 0, opening.words, False, reference)]
    if end == len(text):
        return Reading(moments, {"time", *opening.kinds}, None, [], None, False)
    remark = _read_remark(text[end:], vocabulary)
    if remark is not None:
        return Reading(moments, {"time", *opening.kinds, *remark}, None, [], None, False)
    until = _UNTIL.match(text, end)
    if not until:
        return None
    end, last = _plain_time(text, until.end(), reference)
    if last is None or end != len(text) or not {span.grain, last.grain} <= _GRAINS_WITH_END:
        return None
    moments.append(Moment(last, 0, role="end"))
    return Reading(
        moments, {"time", "dash" if "-" in until[0] else "end", *opening.kinds}, None, [], None, False
    )


def _plain_time(text: str, position: int, reference: date) -> tuple[int, Span | None]:
    phrase = recognise(text, position, opening_at(text, position), reference)
    if not phrase or not isinstance(phrase[1], Span):
        return position, None
    earliest, latest = phrase[1].earliest, phrase[1].latest
    is_usual = earliest and latest and _FIRST_YEAR <= earliest <= latest <= _LAST_YEAR
    # A period takes in the word before it, whatever that is.
    return phrase[0], phrase[1] if is_usual and phrase[1].grain != "period" else None


@lru_cache(maxsize=10_000)
def _read_opening(text: str, vocabulary: Vocabulary) -> _Opening | None:
    """The words before the first digit, all of them plain; a month or a school year belongs to the time."""
    tokens = list(tokenise(text, date(2014, 1, 1), vocabulary))
    time_at = len(text)
    if tokens and tokens[-1].kind in ("incomplete", "word"):
        time_at = len(text.rstrip()) - len(tokens.pop().text)
    if tokens and text[time_at - 1] != " ":
        return None
    if not all(_is_plain(token) for token in tokens):
        return None
    words = tuple(token for token in tokens if token.kind in _MODIFIERS)
    return _Opening(words, frozenset(token.kind for token in tokens), time_at)


def _is_plain(token: Token) -> bool:
    """Whether a word can only change a time, and not begin one ("Schuljahresbeginn 2010/11")."""
    if token.text in _ARTICLES or token.text in _BEFORE_ANY_TIME:
        return True
    return token.kind in _MODIFIERS and not begins_phrase(token.text)


@lru_cache(maxsize=10_000)
def _read_remark(text: str, vocabulary: Vocabulary) -> frozenset[str] | None:
    """The kinds of the words behind a time, where they say nothing more about it."""
    if not text.startswith((" (", ", ")) or _DIGIT.search(text):
        return None
    kinds = frozenset(token.kind for token in tokenise(text, date(2014, 1, 1), vocabulary))
    return kinds if kinds <= _REMARKS else None
