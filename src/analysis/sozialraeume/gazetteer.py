"""The names of places, compiled from the code lists so that a text can be read word by word."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations
from typing import Final

from ..codelists import CodeLists
from ..spelling import fold, is_one_slip

_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*|\d+|\n|[^\s\w]|_")
DASHES: Final = frozenset("-–—‐‑")
_TIGHT: Final = DASHES | {"/"}
_LOOSE: Final = _TIGHT | {"und", "u", "&", "+", "sowie"}
_SHORTEST_WITH_SLIP: Final = 5


@dataclass(frozen=True)
class Token:
    """One word, number or sign of a text and where it stands."""

    text: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True)
class Entry:
    """What one name stands for; `as_stadtteil` where a Stadtbezirk and a Stadtteil share the name."""

    words: tuple[str, ...]
    connectors: frozenset[str]
    stadtbezirke: tuple[int, ...] = ()
    stadtteile: tuple[int, ...] = ()
    as_stadtteil: int | None = None
    is_certain: bool = True
    is_lower_case: bool = False

    @property
    def is_citywide(self) -> bool:
        """Whether the name stands for the whole city."""
        return self.is_certain and not self.stadtbezirke and not self.stadtteile


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Entries by their first word, longest first; names by number; the roles of words around names."""

    entries: dict[str, list[Entry]]
    stadtbezirke: dict[int, str]
    stadtteile: dict[int, tuple[int, str]]
    areas: tuple[tuple[int, ...], ...]
    roles: dict[str, str]

    def match(self, tokens: Sequence[Token], position: int) -> tuple[Entry, int] | None:
        """The longest entry that begins at `position`, and the position behind it."""
        for entry in self.entries.get(tokens[position].folded, ()):
            end = _walk(entry, tokens, position)
            if end is not None and (not entry.is_lower_case or tokens[position].text.islower()):
                return entry, end
        return None

    def guess(self, word: str) -> Entry | None:
        """The one place that is a typing slip ("Mühlheim") or a German ending ("Kalker") away from a word."""
        found: dict[tuple[tuple[int, ...], tuple[int, ...]], Entry] = {}
        for known, entries in self.entries.items():
            entry = entries[-1]
            if len(entry.words) != 1 or entry.is_lower_case or entry.is_citywide:
                continue
            has_ending = word.startswith(known) and word[len(known) :] in ("er", "ern", "s")
            if has_ending or (min(len(word), len(known)) >= _SHORTEST_WITH_SLIP and is_one_slip(word, known)):
                found[entry.stadtbezirke, entry.stadtteile] = entry
        return next(iter(found.values())) if len(found) == 1 else None

    def label(self, stadtbezirk: int, stadtteil: int | None) -> str:
        """How a question names a place; the parser reads it back as the same place."""
        if stadtteil is None:
            return f"Stadtbezirk {self.stadtbezirke[stadtbezirk]}"
        return f"Stadtteil {self.stadtteile[stadtteil][1]}"


def split_tokens(text: str) -> list[Token]:
    """The words, numbers and signs of a text."""
    tokens = (Token(match[0], fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text))
    return [token for token in tokens if token.folded]


@cache
def compile_gazetteer(codes: CodeLists) -> Gazetteer:
    """The gazetteer of the code lists `stadtteile`, `sozialraumgebiete` and `places`, made once."""
    stadtbezirke = {int(row["stadtbezirk_nr"]): row["stadtbezirk"] for row in codes["stadtteile"]}
    stadtteile = {
        int(row["stadtteil_nr"]): (int(row["stadtbezirk_nr"]), row["stadtteil"])
        for row in codes["stadtteile"]
    }
    areas = tuple(_numbers(row["stadtteil_nrn"]) for row in codes["sozialraumgebiete"])
    found: dict[tuple[tuple[str, ...], bool], Entry] = {}
    for number, (stadtbezirk, name) in stadtteile.items():
        _add(found, Entry(_name_words(name), _TIGHT, (stadtbezirk,), (number,)))
    for number, name in stadtbezirke.items():
        same = found.get((_name_words(name), False))
        _add(found, Entry(_name_words(name), _TIGHT, (number,), (), same.stadtteile[0] if same else None))
    for row, numbers in zip(codes["sozialraumgebiete"], areas, strict=True):
        parts = [_name_words(part) for part in re.split(r",\s*|\s+und\s+", row["sozialraumgebiet"])]
        # Two parts joined by a comma are a list; only "und" and the like make them the area.
        connectors = _LOOSE | {","} if len(parts) > 2 else _LOOSE
        for order in permutations(parts) if len(parts) > 1 else ():
            words = tuple(word for part in order for word in part)
            found.setdefault(
                (words, False), Entry(words, connectors, _numbers(row["stadtbezirk_nr"]), numbers)
            )
    for row in codes["places"]:
        is_loose = bool(re.search(r"\bund\b", row["text"]))
        _add(
            found,
            Entry(
                _name_words(row["text"]),
                _LOOSE if is_loose else _TIGHT,
                _numbers(row["stadtbezirk_nr"]),
                _numbers(row["stadtteil_nr"]),
                is_certain=row["is_certain"].casefold() == "true",
                is_lower_case=row["text"].islower(),
            ),
        )
    entries: dict[str, list[Entry]] = {}
    for entry in sorted(found.values(), key=lambda entry: (-len(entry.words), not entry.is_lower_case)):
        entries.setdefault(entry.words[0], []).append(entry)
        joined = "".join(entry.words)  # "AltstadtSüd"
        if len(entry.words) == 2 and entry.connectors is _TIGHT:
            entries.setdefault(joined, []).append(replace(entry, words=(joined,)))
    roles = {fold(row["text"]): row["role"] for row in codes["place_words"]}
    return Gazetteer(entries, stadtbezirke, stadtteile, areas, roles)


def _add(found: dict[tuple[tuple[str, ...], bool], Entry], entry: Entry) -> None:
    found[entry.words, entry.is_lower_case] = entry


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(";") if number.strip())


def _name_words(name: str) -> tuple[str, ...]:
    words = (token.folded for token in split_tokens(unicodedata.normalize("NFC", name)))
    return tuple(word for word in words if word[0].isalnum() and word != "und")


def _walk(entry: Entry, tokens: Sequence[Token], position: int) -> int | None:
    """The position behind the entry's words, with connectors between them; None where they do not stand there."""
    end = position
    for number, word in enumerate(entry.words):
        if number:
            end = _skip(tokens, end, entry.connectors)
        if end >= len(tokens) or tokens[end].folded != word:
            return None
        end += 1
    return end


def _skip(tokens: Sequence[Token], position: int, connectors: frozenset[str]) -> int:
    for token in tokens[position : position + 4]:
        is_abbreviation = token.text == "." and len(tokens[position - 1].text) == 1
        if token.folded not in connectors and not is_abbreviation:
            break
        position += 1
    return position
