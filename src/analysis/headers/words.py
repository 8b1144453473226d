"""The words of headings: what one word of `codelists/headers.csv`, its inflections and compounds say."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from ..codelists import CodeLists
from ..spelling import fold, is_one_slip
from .text import Word

_NUMBER: Final = frozenset({"nr", "nummer", "ziffer"})
NUMBERED: Final = frozenset(
    {"dezernat", "office", "contact"}
)  # "Amt Nr." is the office, "Projekt Nr." no title
_ENDINGS: Final = ("ern", "en", "er", "es", "em", "e", "n", "s")
_SHORTEST_WITH_SLIP: Final = 7
_LONGEST_PHRASE: Final = 4


@dataclass(frozen=True)
class Sense:
    """What one word says: a field, or "" for none of ours; weak words give way to strong ones."""

    field: str | None
    is_strong: bool = True
    is_number: bool = False


NEUTRAL: Final = Sense(None, is_strong=False)
BLOCKED: Final = Sense("")


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of the code list: as they stand, by stem, and by their place in a compound."""

    words: dict[str, Sense]
    stems: dict[str, Sense]
    first_parts: dict[str, Sense]
    last_parts: dict[str, Sense]
    phrases: dict[tuple[str, ...], Sense]


@cache
def compile_lexicon(codes: CodeLists) -> Lexicon:
    """The lexicon of the code list `headers`, made once."""
    lexicon = Lexicon({}, {}, {}, {}, {})
    for row in codes["headers"]:
        text, field = row["text"], row["field"]
        name = field.rstrip("*")
        folded = fold(text)
        sense = Sense(name or (None if field else ""), not field.endswith("*"), folded in _NUMBER)
        if " " in folded:
            lexicon.phrases[tuple(folded.split())] = sense
        elif folded.endswith("-"):
            lexicon.first_parts[_stem(folded[:-1])] = sense
        elif folded.startswith("-"):
            lexicon.last_parts[_stem(folded[1:])] = sense
        else:
            lexicon.words[folded] = sense
            # Acronyms and the small words of grammar do not inflect: "Seite" is not "seit".
            if not (text.isupper() or (text.islower() and len(text) <= 4)):
                lexicon.stems.setdefault(_stem(folded), sense)
            if not text.islower():
                lexicon.first_parts.setdefault(_stem(folded), sense)
    return lexicon


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def match_phrase(part: list[Word], position: int, lexicon: Lexicon) -> tuple[Sense | None, int]:
    """The sense of the longest phrase that begins at `position`, and its length in words."""
    for length in range(_LONGEST_PHRASE, 1, -1):
        key = tuple(word.text for word in part[position : position + length])
        if len(key) == length and key in lexicon.phrases:
            return lexicon.phrases[key], length
    return None, 1


def resolve_word(part: list[Word], position: int, lexicon: Lexicon) -> Sense | None:
    """The sense of one word; None where nobody knows it."""
    word = part[position]
    if word.is_suspended and position + 1 < len(part):
        return NEUTRAL
    return _resolve(word.text, word.is_abbreviated, lexicon) or _resolve_pieces(word, lexicon)


def _resolve_pieces(word: Word, lexicon: Lexicon) -> Sense | None:
    """Hyphenated words that are no word when joined: "Proj.-Titel"."""
    if len(word.pieces) < 2:
        return None
    sense = _resolve(word.pieces[-1], word.is_abbreviated, lexicon)
    for piece in reversed(word.pieces[:-1]):
        first = _resolve(piece, True, lexicon) or lexicon.first_parts.get(_stem(piece))
        if sense is None or first is None:
            return None
        sense = _join(first, sense)
    return sense


@lru_cache(maxsize=10_000)
def _resolve(word: str, is_abbreviated: bool, lexicon: Lexicon) -> Sense | None:
    sense = _look_up(word, lexicon)
    if sense is not None:
        return sense
    for ending in ("innen", "in"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            sense = _look_up(word.removesuffix(ending), lexicon)
            if sense is not None and sense.field in ("contact", "target_groups", "partners"):
                return sense
    return (
        _resolve_compound(word, lexicon)
        or (_resolve_abbreviation(word, lexicon) if is_abbreviated else None)
        or _resolve_slip(word, lexicon)
    )


def _look_up(word: str, lexicon: Lexicon) -> Sense | None:
    stem = _stem(word)  # twice, because "angesprochener" has two endings where "angesprochen" has one
    return lexicon.words.get(word) or lexicon.stems.get(stem) or lexicon.stems.get(_stem(stem))


def _resolve_compound(word: str, lexicon: Lexicon) -> Sense | None:
    """ "Projektbeginn", "Beginnjahr", "Dezernatsnummer": a known first part and a last part that decides."""
    for cut in range(len(word) - 2, 1, -1):
        first = lexicon.first_parts.get(_stem(word[:cut]))
        if first is None:
            continue
        rest = word[cut:]
        last = lexicon.last_parts.get(_stem(rest)) or lexicon.stems.get(_stem(rest))
        last = last or (lexicon.words.get(rest) if len(rest) > 3 or rest in _NUMBER else None)
        if last is None and len(rest) >= _SHORTEST_WITH_SLIP:
            last = _resolve(rest, False, lexicon)
        if last is not None:
            joined = _join(first, last)
            if joined is not None:
                return joined
    return None


def _join(first: Sense, last: Sense) -> Sense | None:
    if "" in (first.field, last.field):
        return BLOCKED
    if last.is_number and first.is_strong:
        return first if first.field in NUMBERED else BLOCKED
    if last.is_strong:
        if (first.field, last.field) == ("partners", "office"):  # "Partnerorganisation"
            return first
        # "Bezirksamt" and "Stadtteilprojekt" are names, not headings.
        is_name = last.field in ("office", "title") and first.field not in (None, "title", last.field)
        return None if is_name else last
    if first.is_strong and last.field in (None, "title"):
        return first
    if first.field in (None, "title"):  # "Projektbeschreibung", "Kurztitel"
        return Sense(last.field, is_strong=last.field == "description") if last.field else first
    return first if last.field in (None, "title", "description") else None  # "Zielgruppenbeschreibung"


def _resolve_abbreviation(word: str, lexicon: Lexicon) -> Sense | None:
    senses = [sense for known, sense in lexicon.words.items() if known.startswith(word)]
    is_clear = len(word) >= 3 and len({sense.field for sense in senses}) == 1
    return max(senses, key=lambda sense: sense.is_strong) if is_clear else None


def _resolve_slip(word: str, lexicon: Lexicon) -> Sense | None:
    """One typing slip in a long word, where only one field comes into question."""
    if len(word) < _SHORTEST_WITH_SLIP or not re.fullmatch("[a-z]+", word):
        return None
    stem = _stem(word)
    senses = {
        sense
        for known, sense in lexicon.words.items()
        if len(known) >= _SHORTEST_WITH_SLIP - 1
        and (is_one_slip(word, known) or (len(stem) >= 6 and is_one_slip(stem, _stem(known))))
    }
    return senses.pop() if len(senses) == 1 else None
