"""The words of headings: what one word of `codelists/headers.csv`, its inflections and compounds say."""

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Final

from ..codelists import CodeLists
from ..spelling import fold
from .slips import SHORTEST_WITH_SLIP, AbbreviationIndex, SlipIndex, undouble
from .text import Word

_NUMBER: Final = frozenset({"nr", "nummer", "ziffer"})
NUMBERED: Final = frozenset(
    {"dezernat", "office", "contact"}
)  # "Amt Nr." is the office, "Projekt Nr." no title
_ENDINGS: Final = ("ern", "en", "er", "es", "em", "e", "n", "s")
_LONGEST_PHRASE: Final = 4
_SHORTEST_DOUBLED: Final = 5


@dataclass(frozen=True)
class Sense:
    """What one word says: a field, or "" for none of ours; weak words give way to strong ones."""

    field: str | None
    is_strong: bool = True
    is_number: bool = False
    is_adjective: bool = False


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

    @cached_property
    def phrase_words(self) -> frozenset[str]:
        """The words that mean something together with others."""
        return frozenset(word for phrase in self.phrases for word in phrase)

    @cached_property
    def openings(self) -> frozenset[str]:
        """How the first parts of compounds begin."""
        return frozenset(part[:3] for part in self.first_parts)

    @cached_property
    def abbreviations(self) -> AbbreviationIndex[Sense]:
        """The words that an abbreviation may stand for."""
        return AbbreviationIndex(self.words)

    @cached_property
    def slips(self) -> SlipIndex[Sense]:
        """The words that a word with a slip may stand for."""
        return SlipIndex(self.words.items())

    @cached_property
    def single_letters(self) -> dict[str, Sense]:
        """The words of five letters and more, written without doubled letters."""
        return {undouble(word): sense for word, sense in self.words.items() if len(word) >= _SHORTEST_DOUBLED}

    @cached_property
    def stem_slips(self) -> SlipIndex[Sense]:
        """The stems that the stem of a word with a slip may stand for."""
        long = ((word, sense) for word, sense in self.words.items() if len(word) >= SHORTEST_WITH_SLIP - 1)
        return SlipIndex((_stem(word), sense) for word, sense in long)


@cache
def compile_lexicon(codes: CodeLists) -> Lexicon:
    """The lexicon of the code list `headers`, made once."""
    lexicon = Lexicon({}, {}, {}, {}, {})
    for row in codes["headers"]:
        text, field = row["text"], row["field"]
        name = field.rstrip("*")
        folded = fold(text)
        is_adjective = text.islower() and text.isalpha()
        sense = Sense(
            name or (None if field else ""), not field.endswith("*"), folded in _NUMBER, is_adjective
        )
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


@lru_cache(maxsize=20_000)
def _resolve(word: str, is_abbreviated: bool, lexicon: Lexicon) -> Sense | None:
    return (
        _look_up(word, lexicon)
        or _resolve_feminine(word, lexicon)
        or _resolve_compound(word, is_abbreviated, lexicon)
        or (_resolve_abbreviation(word, lexicon) if is_abbreviated else None)
        or _resolve_slip(word, lexicon)
    )


def _look_up(word: str, lexicon: Lexicon) -> Sense | None:
    stem = _stem(word)  # twice, because "angesprochener" has two endings where "angesprochen" has one
    return lexicon.words.get(word) or lexicon.stems.get(stem) or lexicon.stems.get(_stem(stem))


def _resolve_feminine(word: str, lexicon: Lexicon) -> Sense | None:
    """The persons among our fields have a feminine form: "Kooperationspartnerinnen"."""
    for ending in ("innen", "in"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            masculine = word.removesuffix(ending)
            sense = _look_up(masculine, lexicon) or _resolve_compound(masculine, False, lexicon)
            if sense is not None and sense.field in ("contact", "target_groups", "partners"):
                return sense
    return None


def _resolve_compound(word: str, is_abbreviated: bool, lexicon: Lexicon) -> Sense | None:
    """ "Projektbeginn", "Beginnjahr", "Dezernatsnummer": a known first part and a last part that decides."""
    if word[:3] not in lexicon.openings and word[:2] not in lexicon.openings:
        return None
    for cut in range(len(word) - 2, 1, -1):
        first = lexicon.first_parts.get(_stem(word[:cut]))
        last = _resolve_last(word[cut:], is_abbreviated, lexicon) if first else None
        joined = _join(first, last) if first and last else None
        if joined is not None:
            return joined
    return None


def _resolve_last(rest: str, is_abbreviated: bool, lexicon: Lexicon) -> Sense | None:
    stem = _stem(rest)
    last = lexicon.last_parts.get(stem) or lexicon.stems.get(stem)
    last = last or (lexicon.words.get(rest) if len(rest) > 3 or rest in _NUMBER else None)
    if last is None and (len(rest) >= SHORTEST_WITH_SLIP or (is_abbreviated and len(rest) >= 3)):
        last = _resolve(rest, is_abbreviated, lexicon)
    return last


def _join(first: Sense, last: Sense) -> Sense | None:
    if "" in (first.field, last.field):
        return BLOCKED
    if last.is_number and first.is_strong:
        return first if first.field in NUMBERED else BLOCKED
    if last.field is None and last.is_adjective:  # "sozialraumorientiert" is no Sozialraum yet
        return NEUTRAL
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
    # "Zielgruppenbeschreibung", "Kontaktadresse"
    return first if last.field in (None, "title", "description", first.field) else None


def _resolve_abbreviation(word: str, lexicon: Lexicon) -> Sense | None:
    senses = lexicon.abbreviations.find(word)
    is_clear = len({sense.field for sense in senses}) == 1
    return max(senses, key=lambda sense: sense.is_strong) if is_clear else None


def _resolve_slip(word: str, lexicon: Lexicon) -> Sense | None:
    """One typing slip in a long word, where only one field comes into question; in a short one, a letter to double."""
    if not (word.isascii() and word.isalpha()):
        return None
    if len(word) < SHORTEST_WITH_SLIP:
        return lexicon.single_letters.get(undouble(word)) if len(word) >= _SHORTEST_DOUBLED else None
    senses = _find_slips(word, lexicon)
    if not senses:
        return _resolve_compound_with_slip(word, lexicon)
    meant = {(sense.field, sense.is_strong) for sense in senses}
    return senses.pop() if len(meant) == 1 else None


def _find_slips(word: str, lexicon: Lexicon) -> set[Sense]:
    senses = lexicon.slips.find(word, SHORTEST_WITH_SLIP - 1)
    stem = _stem(word)
    return senses | lexicon.stem_slips.find(stem, 0) if len(stem) >= SHORTEST_WITH_SLIP - 1 else senses


def _resolve_compound_with_slip(word: str, lexicon: Lexicon) -> Sense | None:
    """ "Kooperatonspartner": the last part is right, the slip is in a long first part."""
    joined = set()
    for cut in range(SHORTEST_WITH_SLIP, len(word) - 3):
        last = lexicon.stems.get(_stem(word[cut:]))
        if last is not None and last.is_strong:
            firsts = _find_slips(word[:cut].removesuffix("s"), lexicon)
            joined |= {last for first in firsts if first.field in (None, "title", last.field)}
    return joined.pop() if len(joined) == 1 else None
