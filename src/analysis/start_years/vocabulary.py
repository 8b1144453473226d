"""The words of the code lists and the patterns beside them, ready to be looked up at a place of a folded text."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from ..codelists import CodeLists
from .openings import Rule, fitting, opening_at
from .patterns import EDGES, PATTERNS
from .spans import Span, from_to
from .text import fold


class Meaning(NamedTuple):
    """What a word says: its kind, its value, and the time that an event names."""

    kind: str
    value: str
    span: Span | None = None


class _Candidates(NamedTuple):
    """What can stand where a text opens in a certain way; of two equally long ones the first counts."""

    events: tuple[Rule[Meaning], ...]
    lengths: tuple[int, ...]  # of the spellings, the longest first
    rules: tuple[Rule[Meaning], ...]


_ALNUM: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
# A full stop may be missing, and the blank behind it.
_FULL_STOPS: Final = {". ": (". ", ".", " ", ""), ".": (".", "")}


class Vocabulary:
    """Everything but times that a token can be: events, places, start words, then the patterns."""

    def __init__(self, codes: CodeLists) -> None:
        self._spellings: dict[str, Meaning] = dict.fromkeys(_places(codes), Meaning("place", ""))
        self._events = tuple(_events(codes))
        starred: dict[Meaning, list[str]] = {}
        words: dict[Meaning, list[str]] = {}
        for row in codes["start_words"]:
            kind, _, value = row["means"].partition(" ")
            (starred if "*" in row["text"] else words).setdefault(Meaning(kind, value), []).append(
                row["text"]
            )
        for spellings in (
            lambda word: (word,),
            spellings_of,
        ):  # as it is listed goes before a shorter way to write it
            for meaning, texts in words.items():
                for text in texts:
                    for spelling in spellings(fold(text)):
                        self._spellings.setdefault(spelling, meaning)
        patterns = (Rule(rule.openings, rule.source, Meaning(*rule.meaning)) for rule in PATTERNS)
        starred_rules = (
            _starred(fold(text), meaning) for meaning, texts in starred.items() for text in texts
        )
        self._rules = (*starred_rules, *patterns)
        self._lengths: dict[str, set[int]] = {}
        for spelling in self._spellings:
            self._lengths.setdefault(_first(spelling), set()).add(len(spelling))
        self._candidates = lru_cache(maxsize=20_000)(self._find_candidates)

    def longest(self, text: str, position: int, opening: str, end: int) -> tuple[int, Meaning] | None:
        """The end and the meaning of the longest word at a place that opens like that, if it reaches `end`."""
        if position and text[position] in _ALNUM and text[position - 1] in _ALNUM:
            return None  # in the middle of a word
        best: Meaning | None = None
        candidates = self._candidates(opening)
        for rule in candidates.events:
            match = rule.match(text, position)
            if match and (match.end() > end or (best is None and match.end() == end)):
                end, best = match.end(), rule.meaning
        for length in candidates.lengths:
            stop = position + length
            if stop < end or (best and stop == end):
                break
            meaning = self._spellings.get(text[position:stop]) if stop <= len(text) else None
            if meaning and not (text[stop - 1] in _ALNUM and text[stop : stop + 1] in _ALNUM):
                end, best = stop, meaning
                break
        for rule in candidates.rules:
            match = rule.match(text, position)
            if match and (match.end() > end or (best is None and match.end() == end)):
                end, best = match.end(), rule.meaning
        return (end, best) if best else None

    def _find_candidates(self, opening: str) -> _Candidates:
        lengths = self._lengths.get(opening[:2] if opening[0].isdigit() else opening, ())
        return _Candidates(
            fitting(self._events, opening),
            tuple(sorted(lengths, reverse=True)),
            fitting(self._rules, opening),
        )


@lru_cache(maxsize=8)
def vocabulary_of(codes: CodeLists) -> Vocabulary:
    """The vocabulary of these code lists, made once."""
    return Vocabulary(codes)


def _first(spelling: str) -> str:
    opening = opening_at(spelling, 0)
    return opening[:2] if opening[0].isdigit() else opening


def _places(codes: CodeLists) -> Iterator[str]:
    for row in codes["stadtteile"]:
        for name in (row["stadtbezirk"], row["stadtteil"]):
            if name:
                place = fold(name)
                yield from (place, place.replace("/", "-"), place.replace("/", " "))


def spellings_of(word: str) -> Iterator[str]:
    """The ways to write a word of the list: without a full stop, or without the blank behind it."""
    pieces = re.split(r"(\. ?)", word)
    for chosen in product(*(_FULL_STOPS.get(piece, (piece,)) for piece in pieces)):
        yield "".join(chosen)


def _starred(word: str, meaning: Meaning) -> Rule[Meaning]:
    """A word of the list in which "*" is any letters."""
    pattern = re.escape(word).replace(r"\.\ ", r"\.? ?").replace(r"\.", r"\.?")
    pattern = pattern.replace(r"\.??", r"\.?").replace(r"\*", "[a-z-]*")
    opening = f"*{_opening(word[1:])}" if word[0] == "*" else _opening(word)
    return Rule(opening, EDGES.format(pattern), meaning)


def _events(codes: CodeLists) -> Iterator[Rule[Meaning]]:
    """The laws and reforms, the longest first; one that is a law is a time only where the text says so."""
    for row in sorted(codes["events"], key=lambda row: -len(row["text"])):
        years = re.findall(r"\d{4}", row["year"])
        if not years:
            continue
        words = fold(row["text"]).split()
        is_law = re.search(r"[A-ZÄÖÜ]{2}|[Gg]esetz|recht", row["text"])
        span = from_to(int(years[0]), int(years[-1]), "event")
        pattern = EDGES.format(" ".join(_stem(word) + _ending(word) for word in words))
        opening = _opening(_stem(words[0]) if words[0].isalpha() else words[0])
        yield Rule(opening, pattern, Meaning("event", "law" if is_law else "", span))


def _stem(word: str) -> str:
    if not word.isalpha():
        return re.escape(word)
    return re.sub(r"e[rnms]?$", "", word) if len(word) > 6 else word


def _ending(word: str) -> str:
    return r"(?:e?[nsrm]?)?" if word.isalpha() else ""


def _opening(word: str) -> str:
    """What a text opens with that begins with this word; whatever it is where the word begins with no letter."""
    match = re.match(r"[a-z-]*[a-z]", word)
    return match[0] if match else ""
