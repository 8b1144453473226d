"""What a word says: the entry of the code list that a word, a compound or a phrase is."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from ..spelling import is_one_slip
from .tokens import Token

# Endings of nouns and adjectives, and the sounds that join compounds; the folded female forms among them.
_ENDINGS: Final = frozenset(
    {"e", "en", "er", "ern", "em", "es", "ens", "n", "s", "ns", "nen", "se"}
    | {"in", "innen", "inn", "inen", "erin", "erinnen", "ninnen", "eninnen"}
)
_ENDING_LENGTHS: Final = range(max(map(len, _ENDINGS)), 0, -1)
_UMLAUT = re.compile(r"([aou])e([^aeiou]+(?:e|er|en|ern)$)")
_LONGEST_WORD: Final = 60
_SHORTEST_SLIP: Final = 8  # letters of a word in which one wrong letter leaves no doubt which word was meant
_SHORT: Final = 2  # letters of a word that has no endings
_LONGEST_GAP: Final = 4  # words that say nothing between two of a phrase
_SHORTEST_PHRASE: Final = 4  # letters that must be left of its words where they are cut short
_AND: Final = Token("und", 0, 0, "and")


class Entry(NamedTuple):
    """What a word says: the target groups it names and its role in the sentence.

    `scope` is that of its codes: special, actors, everyone or none; `inner` are the groups that an institution's name
    holds ("Seniorenheim"), `is_noun` says whether the list writes it with a capital, and `meant` is the word of the
    list where what is written is one letter off.
    """

    codes: tuple[str, ...]
    role: str = ""
    scope: str = ""
    inner: tuple[str, ...] = ()
    is_noun: bool = False
    meant: str = ""

    @property
    def special(self) -> tuple[str, ...]:
        """Its codes where they are special target groups."""
        return self.codes if self.scope == "special" else ()


class Phrase(NamedTuple):
    """Several words that say something together, folded."""

    words: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The compiled code list: `words` by stem, `heads` that end compounds, `phrases` by first stem.

    `spellings` are the words as the list writes them, by stem. Compared and hashed by identity, so that what a word
    says is worked out once.
    """

    scopes: dict[str, str]
    words: dict[str, list[Entry]] = field(default_factory=dict)
    heads: dict[str, list[Entry]] = field(default_factory=dict)
    starts: dict[str, list[Entry]] = field(default_factory=dict)
    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    spellings: dict[str, str] = field(default_factory=dict)

    def match(self, token: Token) -> Entry | None:
        """The entry of a word: whole, as a compound, or abbreviated with a full stop."""
        return _match(self, token.text, token.is_capital, token.is_dotted)

    def match_word(self, word: str, is_capital: bool | None = None) -> Entry | None:
        """The entry whose stem is `word` without an ending: written alike before otherwise, the longest first."""
        return _match_word(self, word, is_capital)

    def match_compound(self, word: str, is_capital: bool | None = None) -> Entry | None:
        """The entry of a compound, by its last part: "Migrantenfamilien" names both, "Jugendhilfeträger" an actor."""
        split, head = self._find_head(word, 1, is_capital, nouns_need_capital=True)
        return self.combine(self._match_start(word[:split]), head) if head and split > 1 else None

    def split_compound(self, word: str) -> int:
        """Where the last part of a compound begins; 0 where `word` is none."""
        return self._find_head(word[:_LONGEST_WORD], 2, None)[0] if len(word) > 4 else 0

    def _find_head(
        self, word: str, first: int, is_capital: bool | None, *, nouns_need_capital: bool = False
    ) -> tuple[int, Entry | None]:
        """The longest last part of a word that the list knows, and where it begins."""
        if len(word) <= _LONGEST_WORD:
            forms = stems(word)
            for split in range(first, len(word) - 2):
                tails = [form[split:] for form in forms if form[split:] in self.heads]
                head = _pick(self.heads, tails, is_capital, nouns_need_capital=nouns_need_capital)
                if head is not None:
                    return split, head
        return 0, None

    def combine(self, first: Entry | None, head: Entry) -> Entry | None:
        """What first part and head say together; None where an unknown first part leaves a general head unclear."""
        if head.scope == "actors":
            return head._replace(inner=(first.inner or first.special) if first else ())
        if head.role in ("place", "filler") or head.scope == "none":
            return head
        groups = (first.inner if first.scope == "actors" else first.special) if first else ()
        if head.scope == "special":
            return head._replace(codes=tuple(dict.fromkeys((*groups, *head.codes))))
        if groups:
            return Entry(groups, "", "special", is_noun=True)
        if first is None:
            return None
        if first.role == "place" and head.codes:
            return Entry(head.codes, "", self.scope_of(head.codes))
        return head

    def match_phrase(self, tokens: Sequence[Token], place: int) -> tuple[Entry, int] | None:
        """The longest phrase that begins at `place`, and how many tokens it takes with all between its words."""
        best: tuple[Entry, int] | None = None
        most = 0
        token = tokens[place]
        for words, entry in _phrases_from(self, token.text, token.is_dotted):
            if len(words) > most:
                length = self._follow(words, tokens, place)
                if length:
                    best, most = (entry, length), len(words)
        return best

    def _follow(self, words: tuple[str, ...], tokens: Sequence[Token], first: int) -> int:
        """How many tokens a phrase takes whose first word stands at `first`; 0 where its other words do not follow."""
        place, written = first + 1, len(tokens[first].text)
        for word in words[1:]:
            end = min(place + _LONGEST_GAP, len(tokens))
            while place < end and not _is(tokens[place], word) and self._says_nothing(tokens[place]):
                place += 1
            if place >= len(tokens) or not _is(tokens[place], word):
                return 0
            written += len(tokens[place].text)
            place += 1
        return place - first if written >= min(_SHORTEST_PHRASE, len("".join(words))) else 0

    def find_cut(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """The words with which phrases that begin among `tokens` go on behind an "und": "ohne" for "mit"."""
        joined = [*tokens, _AND]
        return tuple(
            [
                "".join(words[end + 1 : end + 2])
                for place, token in enumerate(tokens)
                for words, _ in _phrases_from(self, token.text, token.is_dotted)
                for end in self._ands.get(words, ())
                if self._follow(words[: end + 1], joined, place) == len(joined) - place
            ]
        )

    def goes_on(self, cut: tuple[str, ...], tokens: Sequence[Token]) -> bool:
        """Whether a phrase that an "und" cuts may go on in `tokens`; `cut` is what `find_cut` found before it."""
        return any(not word or any(_is(token, word) for token in tokens[:_LONGEST_GAP]) for word in cut)

    @cached_property
    def _ands(self) -> dict[tuple[str, ...], list[int]]:
        """Where "und" stands in phrases that hold it, by their words."""
        every = {phrase.words for phrases in self.phrases.values() for phrase in phrases}
        ands = {words: [i for i, word in enumerate(words) if i and _is(_AND, word)] for words in every}
        return {words: places for words, places in ands.items() if places}

    def is_joined(self, tokens: Sequence[Token]) -> bool:
        """Whether a phrase that begins with an "und" before `tokens` goes on in them: "u. a."."""
        return self.match_phrase([_AND, *tokens], 0) is not None

    def _says_nothing(self, token: Token) -> bool:
        if token.kind != "word" or token.is_suspended:
            return token.text == "."  # "unbegl. minderj. Flüchtlinge"
        entry = self.match_word(token.text, token.is_capital)
        return entry is not None and entry.role in ("filler", "of")

    def _match_start(self, word: str, depth: int = 0) -> Entry | None:
        """The entry of a compound's first part, which may be compound itself: "eltern-kind", "haupt-schul"."""
        entry = _pick(self.starts, stems(word), None) or (self.match_word(word) if len(word) > 3 else None)
        if entry is not None or depth > 2:
            return entry
        compound = self.match_compound(word)
        if compound is not None:
            return compound
        for split in range(len(word) - 4, 3, -1):
            first = self.match_word(word[:split])
            second = self._match_start(word[split:], depth + 1) if first is not None else None
            if first is not None and second is not None:
                groups = tuple(dict.fromkeys((*first.special, *second.special)))
                return Entry(groups, "", self.scope_of(groups)) if groups else second
        return None

    def match_abbreviation(self, word: str) -> Entry | None:
        """The entry of the only meaning that words beginning with `word` have: "Bewoh." """
        meant = [entry for stem, entries in self.words.items() if stem.startswith(word) for entry in entries]
        return meant[0] if len({(entry.codes, entry.role) for entry in meant}) == 1 else None

    def match_slip(self, word: str) -> Entry | None:
        """The entry of the only long word that one letter makes of this one: "Jugentliche"; to be asked about."""
        if not _SHORTEST_SLIP <= len(word) <= _LONGEST_WORD:
            return None
        forms = [form for form in stems(word) if len(form) >= _SHORTEST_SLIP]
        meant = {
            entry._replace(meant=self.spellings.get(stem, stem))
            for stem in self._by_start.get(word[:2], ())
            if any(is_one_slip(form, stem) for form in forms)
            for entry in self.words[stem]
        }
        is_clear = len({entry.codes for entry in meant}) == 1
        entry = min(meant, key=lambda entry: entry.meant) if is_clear else None
        return (
            entry if entry and not entry.role and entry.scope in ("special", "actors", "everyone") else None
        )

    @cached_property
    def _by_start(self) -> dict[str, list[str]]:
        starts: dict[str, list[str]] = {}
        for stem in self.words:
            if len(stem) >= _SHORTEST_SLIP:
                starts.setdefault(stem[:2], []).append(stem)
        return starts

    def scope_of(self, codes: Iterable[str]) -> str:
        """The scope of the first of `codes`; empty where there is none."""
        return next((self.scopes[code] for code in codes), "")


@lru_cache(maxsize=20_000)
def _match(lexicon: Lexicon, word: str, is_capital: bool | None, is_dotted: bool) -> Entry | None:
    entry = lexicon.match_word(word, is_capital) or lexicon.match_compound(word, is_capital)
    if entry is None and is_dotted and len(word) >= 3:
        entry = lexicon.match_abbreviation(word)
    if entry is None and is_capital is not False:
        singular = _UMLAUT.sub(r"\1\2", word)  # "Ausbildungsplätze"
        entry = _match_word(lexicon, singular, is_capital) if singular != word else None
    return entry or lexicon.match_slip(word)


@lru_cache(maxsize=20_000)
def _match_word(lexicon: Lexicon, word: str, is_capital: bool | None) -> Entry | None:
    return _pick(lexicon.words, stems(word), is_capital)


@lru_cache(maxsize=20_000)
def _phrases_from(lexicon: Lexicon, word: str, is_dotted: bool) -> tuple[Phrase, ...]:
    """The phrases that may begin with a word; with one cut short by a full stop: "unbegl."."""
    if is_dotted and (len(word) > 1 or word not in lexicon.words):  # "m." is no other word
        firsts = [stem for stem in lexicon.phrases if stem.startswith(word) or stem in stems(word)]
    else:
        firsts = [stem for stem in stems(word) if stem in lexicon.phrases]
    found = dict.fromkeys(phrase for stem in firsts for phrase in lexicon.phrases[stem])
    return tuple(phrase for phrase in found if _is_form(word, phrase.words[0], is_dotted))


def _pick(
    table: dict[str, list[Entry]],
    forms: Iterable[str],
    is_capital: bool | None,
    *,
    nouns_need_capital: bool = False,
) -> Entry | None:
    """The entry of the longest of `forms`, the longest first; one written alike before one that is not."""
    other: Entry | None = None
    for form in forms:
        for entry in table.get(form, ()):
            if is_capital is None or entry.is_noun == is_capital:
                return entry
            if other is None and not (nouns_need_capital and entry.is_noun):
                other = entry
    return other


@lru_cache(maxsize=20_000)
def stems(word: str) -> tuple[str, ...]:
    """A word without each ending that it can have, the longest first; two forms of one word share a stem."""
    found = [word] if word else []
    if word.endswith(("er", "em")):
        found.append(word[:-1])
    found += [word[:-n] for n in _ENDING_LENGTHS if n < len(word) and word[-n:] in _ENDINGS]
    return tuple(sorted(set(found), key=len, reverse=True))


@lru_cache(maxsize=20_000)
def _is_form(written: str, word: str, is_dotted: bool) -> bool:
    if is_dotted and word.startswith(written):
        return True
    if len(word) <= _SHORT:  # "in Schulen" is no "I-Schule"
        return written == word
    return any(len(stem) > _SHORT or stem == word for stem in set(stems(written)).intersection(stems(word)))


def _is(token: Token, word: str) -> bool:
    return token.kind != "age" and _is_form(token.text, word, token.is_dotted)
