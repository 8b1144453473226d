"""The times of a text, each with the words right before it ("seit", "ca.", "Anfang", "vor") applied to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from .spans import Span, bound, take_part, widen
from .tokens import Token

_MODIFIERS: Final = ("lead", "approx", "part", "bound", "between")
# What parts a modifier from the time behind it.
_STRANGERS: Final = ("word", "number", "short", "change", "trap", "event", "broken", "sign", "other")
# Two digits further back are rather an age or a number ("ab 60").
_SHORT_YEARS: Final = 50
_BEGINNING: Final = re.compile(r"\b(?:beginn|start|anfang)(?: de[rs])?$")
_FOUNDING: Final = re.compile(r"(?:gruendung|eroeffnung|errichtung|einweihung|inbetriebnahme)$")
_JOINTS: Final = ("dash", "slash", "or", "end", "and")


@dataclass(slots=True)
class Moment:
    """One time that a text names: what it means, what it is the time of, and what speaks against it."""

    span: Span
    position: int
    link: str = ""  # how it is joined to the moment before it: until | or | slash | beside | between
    has_lead: bool = False  # "seit", "ab", "Beginn" right before it
    is_since: bool = False  # "seit", which cannot lie in the future
    is_opening: bool = False  # it opens a stretch, so it is no end
    role: str = "start"  # start | end | other (a decision, a plan) | name | denied | leading_dash
    is_planned: bool = False
    is_change: bool = False  # what it is the time of changed then, so it was there before
    is_named: bool = False  # a word near it says that it began
    doubts: list[str] = field(default_factory=list)


def find_moments(tokens: Sequence[Token], reference: date) -> tuple[list[Moment], list[str]]:
    """One moment per time, the nearest of its words applied first; and doubts about words that found no time."""
    moments: list[Moment] = []
    doubts: list[str] = []
    pending: list[Token] = []
    for position, token in enumerate(tokens):
        if token.kind in _MODIFIERS:
            pending.append(token)
        elif token.span is not None and (token.kind == "time" or _is_dated_event(token, pending)):
            moments.append(make_moment(token.span, position, pending, token.text.startswith("j"), reference))
            pending = []
        elif token.kind in ("earlier", "later") and moments:
            kind = "at_latest" if token.kind == "earlier" else "at_earliest"
            moments[-1].span = bound(moments[-1].span, kind, reference)
        elif token.kind == "word" and _is_founding(pending):
            continue
        elif token.kind == "thing" and pending and _BEGINNING.search(pending[-1].text):
            pending[-1] = Token("lead", "noun", pending[-1].text)  # "seit Beginn der Maßnahme 2009"
        elif token.kind in _STRANGERS:
            doubts += ["partly" for word in pending if word.kind in ("bound", "part")][:1]
            pending = []
    if moments and pending and all(word.kind == "approx" for word in pending):  # "2005 (ca.)"
        moments[-1].span = widen(moments[-1].span, reference)
    elif moments and any(word.kind in ("bound", "part", "between") for word in pending):
        doubts.append("partly")
    return moments, doubts


def _is_founding(pending: Sequence[Token]) -> bool:
    """ "seit Eröffnung des Bürgerzentrums 1996": what was founded stands between the word and its year."""
    return bool(pending) and pending[-1].value == "noun" and bool(_FOUNDING.search(pending[-1].text))


def _is_dated_event(token: Token, pending: Sequence[Token]) -> bool:
    """Whether a law or a reform is a time here: "seit dem BuT", "Einführung der OGS", not "Hilfen nach SGB XII"."""
    if token.kind != "event":
        return False
    opening = r"seit|ab\b|.*(?:einfuehrung|inkrafttreten|in-kraft-treten)"
    if any(word.kind == "lead" and re.match(opening, word.text) for word in pending):
        return True
    return token.value != "law" and any(word.kind == "bound" for word in pending)


def make_moment(
    span: Span, position: int, pending: Sequence[Token], is_named_year: bool, reference: date
) -> Moment:
    """A time with the words before it applied, the nearest first."""
    moment = Moment(span, position)
    words = list(pending)
    while words:
        word = words.pop()
        if word.kind == "part":
            parts = [word.value]
            while words and words[-1].kind == "part":
                parts.append(words.pop().value)
            moment.span = take_part(moment.span, tuple(parts), is_named_year)
        elif word.kind == "approx":
            moment.span = widen(moment.span, reference)
        elif word.kind == "bound":
            moment.span = bound(moment.span, word.value, reference)
        elif word.kind == "lead":
            moment.has_lead |= word.value != "weak"
            moment.is_since |= word.text.startswith("seit")
            moment.is_opening |= word.value != "weak" or word.text in ("von", "vom")
        elif word.kind == "between":
            moment.link = "between"
    return moment


def join_parts(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the sign between two parts: "Anfang bis Mitte der 90er", "Mitte/Ende 2005"."""
    kinds = ["", *(token.kind for token in tokens), ""]
    return [
        token
        for index, token in enumerate(tokens, start=1)
        if not (token.kind in _JOINTS and kinds[index - 1] == kinds[index + 1] == "part")
    ]


def settle_short_years(tokens: Sequence[Token], reference: date) -> list[Token]:
    """Two digits are a year after a word that says so, beside a year, or alone; else they are a number."""
    result: list[Token] = []
    is_alone = {token.kind for token in tokens} <= {"short", "doubt", "approx", "filler", "ongoing", "dash"}
    for index, token in enumerate(tokens):
        if token.kind != "short" or token.span is None:
            result.append(token)
            continue
        before = [other for other in result if other.kind not in ("filler", "separator")][-2:]
        after = [*tokens[index + 1 : index + 3], Token("", "", ""), Token("", "", "")]
        is_led = bool(before) and before[-1].kind in (*_MODIFIERS, "stage", "start")
        is_joined = len(before) == 2 and before[0].kind == "time" and before[1].kind in _JOINTS
        is_joined |= after[0].kind == "or" and after[1].kind == "short"
        if not (is_led or is_joined or is_alone):
            result.append(token._replace(kind="number"))
            continue
        is_count = after[0].kind == "word" or (after[0].kind == "dash" and after[1].kind == "word")
        is_loose = (is_alone and not is_led) or (is_led and before[-1].kind in ("approx", "bound"))
        is_day_or_count = is_loose and 10 <= int(token.text) <= 31  # "ca. 10", "vor 12": of years?
        is_far = not reference.year - _SHORT_YEARS <= (token.span.earliest or 0) <= reference.year
        doubt = "two_digits" if is_count or is_day_or_count or is_far else None
        result.append(token._replace(kind="time", span=token.span._replace(doubt=doubt)))
    return result
