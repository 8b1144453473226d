"""The names of places, compiled from the code lists so that a text can be read word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import permutations
from typing import Final

from ..codelists import CodeLists, Row
from ..spelling import fold, is_one_slip

DASHES: Final = frozenset("-–—‐‑")
_TIGHT: Final = DASHES | {"/"}
_LOOSE: Final = _TIGHT | {"und", "u", "&", "+", "sowie"}
_NAME_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_ADJECTIVE: Final = re.compile(r".*(?:weit|isch|deckend|greifend|regional)")
_ADJECTIVE_ENDINGS: Final = ("e", "em", "en", "er", "es")
_NAME_ENDINGS: Final = frozenset({"er", "ern", "s"})
_SHORTEST_WITH_SLIP: Final = 5
_SHORTEST_ABBREVIATION: Final = 5


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
    is_declined: bool = False  # "stadtweite", before the noun it speaks of

    @cached_property
    def is_citywide(self) -> bool:
        """Whether the name stands for the whole city."""
        return self.is_certain and not self.stadtbezirke and not self.stadtteile


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Entries by their first word, longest first; names by number; the roles of words around names."""

    entries: dict[str, tuple[Entry, ...]]
    stadtbezirke: dict[int, str]
    stadtteile: dict[int, tuple[int, str]]
    areas: tuple[tuple[int, ...], ...]
    roles: dict[str, str]
    similar: dict[
        str, list[tuple[str, Entry]]
    ]  # names of one word by their first and by their last two letters
    name_words: frozenset[str]

    def label(self, stadtbezirk: int, stadtteil: int | None) -> str:
        """How a question names a place; the parser reads it back as the same place."""
        if stadtteil is None:
            return f"Stadtbezirk {self.stadtbezirke[stadtbezirk]}"
        return f"Stadtteil {self.stadtteile[stadtteil][1]}"


@lru_cache(10_000)
def guess_name(gazetteer: Gazetteer, word: str) -> Entry | None:
    """The one place that is a typing slip ("Mühlheim") or a German ending ("Kalker") away from a word."""
    found: dict[tuple[tuple[int, ...], tuple[int, ...]], Entry] = {}
    # One slip leaves the first or the last two letters as they are.
    for key in (word[:2] + "-", "-" + word[-2:]):
        for known, entry in gazetteer.similar.get(key, ()):
            has_ending = word.startswith(known) and word[len(known) :] in _NAME_ENDINGS
            is_long = min(len(word), len(known)) >= _SHORTEST_WITH_SLIP
            if has_ending or (is_long and is_one_slip(word, known)):
                found[entry.stadtbezirke, entry.stadtteile] = entry
    return next(iter(found.values())) if len(found) == 1 else None


@lru_cache(10_000)
def complete(gazetteer: Gazetteer, beginning: str) -> str | None:
    """The one word of names that an abbreviation stands for: "Ehrenf." is Ehrenfeld, "Buch." is left open."""
    if len(beginning) < _SHORTEST_ABBREVIATION:
        return None
    found = [word for word in gazetteer.name_words if word.startswith(beginning)]
    return found[0] if len(found) == 1 else None


@cache
def compile_gazetteer(codes: CodeLists) -> Gazetteer:
    """The gazetteer of the code lists `stadtteile`, `sozialraumgebiete` and `places`, made once."""
    roles = {fold(row["text"]): row["role"] for row in codes["place_words"]}
    directions = {word for word, role in roles.items() if role == "direction"}
    # "weiß" in small letters is another entry than "Weiß".
    found: dict[tuple[tuple[str, ...], bool], Entry] = {}
    for entry in (*_official(codes["stadtteile"]), *_other(codes["places"], directions)):
        found[entry.words, entry.is_lower_case] = entry
    for entry in _areas(codes["sozialraumgebiete"]):
        found.setdefault((entry.words, False), entry)
    entries: dict[str, list[Entry]] = {}
    for entry in sorted(found.values(), key=lambda entry: (-len(entry.words), not entry.is_lower_case)):
        entries.setdefault(entry.words[0], []).append(entry)
        if len(entry.words) == 2 and entry.connectors >= _TIGHT and "und" not in entry.connectors:
            joined = "".join(entry.words)  # "AltstadtSüd"
            entries.setdefault(joined, []).append(replace(entry, words=(joined,)))
    return Gazetteer(
        entries={word: tuple(same) for word, same in entries.items()},
        stadtbezirke={int(row["stadtbezirk_nr"]): row["stadtbezirk"] for row in codes["stadtteile"]},
        stadtteile={
            int(row["stadtteil_nr"]): (int(row["stadtbezirk_nr"]), row["stadtteil"])
            for row in codes["stadtteile"]
        },
        areas=tuple(_numbers(row["stadtteil_nrn"]) for row in codes["sozialraumgebiete"]),
        roles=roles,
        similar=_index(entries),
        name_words=frozenset(
            word for entry in found.values() if not entry.is_declined for word in entry.words
        ),
    )


def _official(rows: tuple[Row, ...]) -> Iterator[Entry]:
    stadtteile = {name_words(row["stadtteil"]): int(row["stadtteil_nr"]) for row in rows}
    stadtbezirke = {name_words(row["stadtbezirk"]): int(row["stadtbezirk_nr"]) for row in rows}
    connectors = _TIGHT | {"("}
    for row in rows:
        yield Entry(
            name_words(row["stadtteil"]),
            connectors,
            (int(row["stadtbezirk_nr"]),),
            (int(row["stadtteil_nr"]),),
        )
    for words, number in stadtbezirke.items():
        yield Entry(words, connectors, (number,), (), stadtteile.get(words))


def _other(rows: tuple[Row, ...], directions: set[str]) -> Iterator[Entry]:
    """The names of `places`; adjectives in every ending, directions also in brackets: "Porz (Mitte)"."""
    for row in rows:
        words = name_words(row["text"])
        connectors = _LOOSE if re.search(r"\bund\b", row["text"]) else _TIGHT
        entry = Entry(
            words,
            connectors | {"("} if words[-1] in directions else connectors,
            _numbers(row["stadtbezirk_nr"]),
            _numbers(row["stadtteil_nr"]),
            is_certain=row["is_certain"].casefold() == "true",
            is_lower_case=row["text"].islower(),
        )
        yield entry
        if _ADJECTIVE.fullmatch(words[-1]):
            for ending in _ADJECTIVE_ENDINGS:
                yield replace(entry, words=(*words[:-1], words[-1] + ending), is_declined=True)


def _areas(rows: tuple[Row, ...]) -> Iterator[Entry]:
    """The areas of the programme; two of their parts joined by a comma are a list, "und" makes them the area."""
    for row in rows:
        parts = [name_words(part) for part in re.split(r",\s*|\s+und\s+", row["sozialraumgebiet"])]
        if len(parts) > 1:
            connectors = _LOOSE | {","} if len(parts) > 2 else _LOOSE
            numbers = _numbers(row["stadtbezirk_nr"]), _numbers(row["stadtteil_nrn"])
            for order in permutations(parts):
                yield Entry(tuple(word for part in order for word in part), connectors, *numbers)


def _index(entries: dict[str, list[Entry]]) -> dict[str, list[tuple[str, Entry]]]:
    similar: dict[str, list[tuple[str, Entry]]] = {}
    for word, same in entries.items():
        entry = same[-1]
        if len(entry.words) == 1 and not entry.is_lower_case and not entry.is_citywide:
            for key in (word[:2] + "-", "-" + word[-2:]):
                similar.setdefault(key, []).append((word, entry))
    return similar


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(";") if number.strip())


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name without "und"."""
    return tuple(word for word in _NAME_WORD.findall(fold(name)) if word != "und")
