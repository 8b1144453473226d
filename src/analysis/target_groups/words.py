"""The words of the code list, compiled: which entry a word, a compound or a phrase is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Final

from ..codelists import CodeLists
from ..problems import InputError
from .tokens import Token, tokenise

ROLES: Final = frozenset(
    {"", "all", "head", "filler", "place", "and", "not", "except", "both", "in", "of", "with"}
)
# Endings of nouns and adjectives, and the sounds that join compounds; the folded female forms among them.
_ENDINGS: Final = (
    "",
    "e",
    "en",
    "er",
    "ern",
    "em",
    "es",
    "ens",
    "n",
    "s",
    "ns",
    "nen",
    "se",
    "in",
    "innen",
    "inn",
    "erin",
    "erinnen",
    "ninnen",
    "eninnen",
)
_AFTER_E: Final = ("r", "m")
_LONGEST_WORD: Final = 60
_LONGEST_GAP: Final = 4  # words that say nothing between two of a phrase


@dataclass(frozen=True)
class Entry:
    """What a word says: the target groups it names and its role in the sentence.

    `scope` is that of its codes: special, actors, everyone or none; `inner` are the groups that an institution's name
    holds ("Seniorenheim"), and `is_noun` whether the list writes it with a capital.
    """

    codes: tuple[str, ...]
    role: str = ""
    scope: str = ""
    inner: tuple[str, ...] = ()
    is_noun: bool = False


@dataclass(frozen=True)
class Lexicon:
    """The compiled code list: `words` by stem, `heads` that end compounds, `phrases` by first stem."""

    scopes: dict[str, str]
    words: dict[str, list[Entry]] = field(default_factory=dict)
    heads: dict[str, list[Entry]] = field(default_factory=dict)
    starts: dict[str, list[Entry]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = field(default_factory=dict)

    def match(self, token: Token) -> Entry | None:
        """The entry of a word: whole, as a compound, or abbreviated with a full stop."""
        entry = self.match_word(token.text, token.is_capital) or self.match_compound(
            token.text, token.is_capital
        )
        if entry is None and token.is_dotted and len(token.text) >= 3:
            entry = self._match_abbreviation(token.text)
        return entry

    def match_word(self, word: str, is_capital: bool | None = None) -> Entry | None:
        """The entry whose stem is `word` without an ending: written alike before otherwise, the longest first."""
        return _pick(self.words, word, is_capital)

    def match_compound(self, word: str, is_capital: bool | None = None) -> Entry | None:
        """The entry of a compound, by its last part: "Migrantenfamilien" names both, "Jugendhilfeträger" an actor."""
        if len(word) > _LONGEST_WORD:
            return None
        for split in range(1, len(word) - 2):
            head = _pick(self.heads, word[split:], is_capital, nouns_need_capital=True)
            if head is not None:
                return self.combine(self._match_start(word[:split]), head) if split > 1 else None
        return None

    def split_compound(self, word: str) -> int:
        """Where the last part of a compound begins; 0 where `word` is none."""
        places = range(2, min(len(word), _LONGEST_WORD) - 2)
        return next((split for split in places if _pick(self.heads, word[split:], None)), 0)

    def combine(self, first: Entry | None, head: Entry) -> Entry | None:
        """What first part and head say together; None where an unknown first part leaves a general head unclear."""
        if head.scope == "actors":
            return replace(head, inner=first.inner or _special(first) if first else ())
        if head.role in ("place", "filler") or head.scope == "none":
            return head
        groups = (first.inner if first.scope == "actors" else _special(first)) if first else ()
        if head.scope == "special":
            return replace(head, codes=tuple(dict.fromkeys((*groups, *head.codes))))
        if groups:
            return Entry(groups, "", "special", is_noun=True)
        if first is None:
            return None
        if first.role == "place" and head.codes:
            return Entry(head.codes, "", self.scope_of(head.codes))
        return head

    def match_phrase(self, tokens: Sequence[Token]) -> tuple[Entry, int] | None:
        """The longest phrase that `tokens` begin with, and how many they are, words that say nothing among them."""
        best: tuple[Entry, int] | None = None
        most = 0
        for stem in self._phrase_starts(tokens[0]) if tokens else ():
            for words, entry in self.phrases.get(stem, ()):
                length = self._follow(words, tokens)
                if length and len(words) > most:
                    best, most = (entry, length), len(words)
        return best

    def _phrase_starts(self, token: Token) -> Iterable[str]:
        if token.is_dotted:
            return [
                stem for stem in self.phrases if stem.startswith(token.text) or stem in _stems(token.text)
            ]
        return _stems(token.text)

    def _follow(self, words: tuple[str, ...], tokens: Sequence[Token]) -> int:
        place = written = 0
        for word in words:
            gap = range(place, min(place + _LONGEST_GAP, len(tokens))) if place else ()
            for i in gap:
                if _is(tokens[i], word) or not self._says_nothing(tokens[i]):
                    break
                place += 1
            if place >= len(tokens) or not _is(tokens[place], word):
                return 0
            written += len(tokens[place].text)
            place += 1
        return place if written >= min(4, len("".join(words))) else 0

    def _says_nothing(self, token: Token) -> bool:
        if token.kind != "word" or token.is_suspended:
            return token.text == "."  # "unbegl. minderj. Flüchtlinge"
        entry = self.match_word(token.text, token.is_capital)
        return entry is not None and entry.role in ("filler", "of")

    def _match_start(self, word: str, depth: int = 0) -> Entry | None:
        """The entry of a compound's first part, which may be compound itself: "eltern-kind", "haupt-schul"."""
        entry = _pick(self.starts, word, None) or (self.match_word(word) if len(word) > 3 else None)
        if entry is not None or depth > 2:
            return entry
        compound = self.match_compound(word)
        if compound is not None:
            return compound
        for split in range(len(word) - 4, 3, -1):
            first, second = self.match_word(word[:split]), self._match_start(word[split:], depth + 1)
            if first is not None and second is not None:
                groups = tuple(dict.fromkeys((*_special(first), *_special(second))))
                return Entry(groups, "", self.scope_of(groups)) if groups else second
        return None

    def _match_abbreviation(self, word: str) -> Entry | None:
        meant = [entry for stem, entries in self.words.items() if stem.startswith(word) for entry in entries]
        return meant[0] if len({(entry.codes, entry.role) for entry in meant}) == 1 else None

    def scope_of(self, codes: Iterable[str]) -> str:
        """The scope of the first of `codes`; empty where there is none."""
        return next((self.scopes[code] for code in codes), "")


@cache
def compile_words(codes: CodeLists) -> Lexicon:
    """The code lists `target_groups` and `target_group_words` as a lexicon, the city's places with them.

    Raises: InputError for a word with a code or a role that nobody knows.
    """
    lexicon = Lexicon({row["code"]: row.get("scope") or "special" for row in codes["target_groups"]})
    # Whole words first: "Hilfe" says nothing, "-Hilfe" is for compounds alone.
    for row in sorted(codes["target_group_words"], key=lambda row: row["text"].startswith("-")):
        named = tuple(code.strip() for code in row["codes"].split(";") if code.strip())
        role = row.get("role") or ("" if named else "filler")
        unknown = next((code for code in named if code not in lexicon.scopes), None)
        if unknown is not None or role not in ROLES:
            raise InputError(
                f"target_group_words.csv: „{row['text']}“ nennt "
                + (
                    f"die Zielgruppe „{unknown}“, die target_groups.csv nicht kennt."
                    if unknown
                    else f"die Rolle „{role}“, die es nicht gibt."
                )
                + " Bitte die Zeile berichtigen."
            )
        scope = lexicon.scopes[named[0]] if named else ""
        _add(lexicon, row["text"], Entry(named, role, scope))
    for name, columns in (("stadtteile", ("stadtbezirk", "stadtteil")), ("places", ("text",))):
        for place in dict.fromkeys(row[column] for row in codes[name] for column in columns):
            tokens = [token.text for token in tokenise(place)]
            if len(tokens) > 1 or (tokens and tokens[0] not in lexicon.words):
                _add(lexicon, place, Entry((), "place"))
    return lexicon


def _add(lexicon: Lexicon, text: str, entry: Entry) -> None:
    tokens = tokenise(text.strip("-"))
    words = tuple(token.text for token in tokens)
    if not words:
        return
    entry = replace(entry, is_noun=text.strip("-")[:1].isupper())
    if len(words) > 1:
        for stem in _stems(words[0]):
            lexicon.phrases.setdefault(stem, []).append((words, entry))
        return
    tables = [lexicon.starts] if text.endswith("-") else [lexicon.words]
    if text.startswith("-"):
        tables = [lexicon.heads, *([] if words[0] in lexicon.words else tables)]
    for table in tables:
        table.setdefault(words[0], []).append(entry)


def _pick(
    table: dict[str, list[Entry]], word: str, is_capital: bool | None, *, nouns_need_capital: bool = False
) -> Entry | None:
    found: list[tuple[bool, int, Entry]] = []
    for stem in _stems(word):
        for entry in table.get(stem, ()):
            is_alike = is_capital is None or entry.is_noun == is_capital
            if is_alike or not (nouns_need_capital and entry.is_noun):
                found.append((is_alike, len(stem), entry))
    return max(found, key=lambda item: item[:2])[2] if found else None


def _special(entry: Entry) -> tuple[str, ...]:
    return entry.codes if entry.scope == "special" else ()


@lru_cache(maxsize=10_000)
def _stems(word: str) -> frozenset[str]:
    """A word without each ending that it can have; two forms of one word share a stem."""
    stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    after_e = (word[:-1] for ending in _AFTER_E if word.endswith("e" + ending))
    return frozenset(filter(None, (*stems, *after_e)))


def _is(token: Token, word: str) -> bool:
    if token.kind == "age":
        return False
    shared = _stems(token.text) & _stems(word)
    return any(len(stem) > 2 or stem == word for stem in shared) or (
        token.is_dotted and word.startswith(token.text)
    )
