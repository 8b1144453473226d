"""Words that are nearly those of the code list: abbreviated by a full stop, or with one typing slip."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, Generic, TypeVar

from ..spelling import is_one_slip

SHORTEST_WITH_SLIP: Final = 7
_SHORTEST_CONTRACTION: Final = 5
_DOUBLED: Final = re.compile(r"(.)\1")

Meaning = TypeVar("Meaning")


class SlipIndex(Generic[Meaning]):
    """Known words by their first and last letters: one slip leaves one of the two untouched."""

    def __init__(self, known: Iterable[tuple[str, Meaning]]) -> None:
        self._by_ends: defaultdict[str, list[tuple[str, Meaning]]] = defaultdict(list)
        for word, meaning in known:
            for key in {f"{word[:3]}-", f"-{word[-3:]}", f"-{word[-2:]}"}:
                self._by_ends[key].append((word, meaning))

    def find(self, word: str, shortest: int) -> set[Meaning]:
        """What the known words of at least `shortest` letters mean that are one slip away from `word`."""
        keys = (f"{word[:3]}-", f"-{word[-3:] if len(word) >= 7 else word[-2:]}")
        return {
            meaning
            for key in keys
            for known, meaning in self._by_ends.get(key, ())
            if len(known) >= shortest and is_one_slip(word, known)
        }


class AbbreviationIndex(Generic[Meaning]):
    """Known words by their first three letters."""

    def __init__(self, known: Mapping[str, Meaning]) -> None:
        self._by_opening: defaultdict[str, list[tuple[str, Meaning]]] = defaultdict(list)
        for word, meaning in known.items():
            self._by_opening[word[:3]].append((word, meaning))

    def find(self, word: str) -> list[Meaning]:
        """What words mean that begin so ("Beschr."), or else hold these letters in order ("Anmerkg.")."""
        candidates = self._by_opening.get(word[:3], ()) if len(word) >= 3 else ()
        found = [meaning for known, meaning in candidates if known.startswith(word)]
        if found or len(word) < _SHORTEST_CONTRACTION:
            return found
        return [meaning for known, meaning in candidates if _is_contraction(word, known)]


def undouble(word: str) -> str:
    """The word with each doubled letter written once: "Begin" for "Beginn"."""
    return _DOUBLED.sub(r"\1", word)


def _is_contraction(word: str, known: str) -> bool:
    if len(word) >= len(known) or word[-1] not in (known[-1], known.rstrip("e")[-1:]):
        return False
    letters = iter(known)
    return all(letter in letters for letter in word)
