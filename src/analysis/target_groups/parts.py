"""The short way: what a text names, put together from pieces that were read once and are remembered.

A text is cut into parts at commas and line ends, a part into pieces at "und", and a piece into its words and an age at
its end. Neighbours that may say something else together than apart ("Menschen mit" und "ohne Behinderung") are one
piece. Where a part is not complete, depends on its neighbours or leaves a doubt, the long way reads the whole text.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from .ages import LastAge, find_last_age
from .pieces import Named, Piece, are_apart, read_piece
from .tokens import GOING_ON, has_cases
from .words import Lexicon

_INSIDE = r"[^,;\n\d]*"
# "ab 6\nJahren" and "Menschen\nmit Behinderung" are one.
_PART = re.compile(rf"[^,;\s]{_INSIDE}(?:(?:\d\.?(?:[^\S\n]*\n)?|{GOING_ON}){_INSIDE})*")
_JOINER = re.compile(r" (?:und|oder|sowie|&) (?=[^\W\d_])|/(?=[^\W\d_Iil][^\W\d_]{2})")  # not "/innen", "/r"
_DIGIT = re.compile(r"\d")


def read_parts(text: str, lexicon: Lexicon) -> Named | None:
    """One item per target group: its code and where its words stand; None where only the long way will tell."""
    named: dict[str, tuple[str, int, int]] = {}
    is_cased = has_cases(text)
    for found in _PART.finditer(text):
        part = _read_part(lexicon, found[0], is_cased)
        if not part:
            return None
        _add(named, part, found.start())
    return tuple(named.values())


def _add(named: dict[str, tuple[str, int, int]], more: Named, offset: int) -> None:
    """Adds groups whose places count from `offset`; the first place of each counts."""
    for code, start, end in more:
        if code not in named:
            named[code] = (code, start + offset, end + offset)


@lru_cache(maxsize=20_000)
def _read_part(lexicon: Lexicon, part: str, is_cased: bool) -> Named | None:
    """What a part names by itself; None or nothing where only the long way will tell."""
    named: dict[str, tuple[str, int, int]] = {}
    for start, piece, last in _read_pieces(lexicon, part, is_cased):
        if piece is None:
            whole = read_piece(lexicon, part, is_cased)
            return whole.named if whole is not None and not whole.is_doubtful else None
        if piece.is_doubtful:
            return None
        _add(named, piece.named, start)
        if last and piece.by_age:
            _add(named, tuple([(code, last.start, last.end) for code in piece.by_age]), start)
    return tuple(named.values())


class _Placed(NamedTuple):
    start: int  # in its part
    piece: Piece | None
    last: LastAge | None


def _read_pieces(lexicon: Lexicon, part: str, is_cased: bool) -> list[_Placed]:
    """One item per piece of a part; a piece is None where it does not tell what it names."""
    digit = _DIGIT.search(part)
    first_digit = digit.start() if digit else len(part)

    def read(start: int, end: int, following: int) -> _Placed:
        last = find_last_age(part[start:end], part[end:following]) if first_digit < end else None
        words = part[start : start + last.words_end if last else end]
        return _Placed(start, read_piece(lexicon, words, is_cased, last.age if last else None), last)

    pieces: list[_Placed] = []
    start = 0
    for end, following in [*[found.span() for found in _JOINER.finditer(part)], (len(part), len(part))]:
        placed = read(start, end, following)
        while pieces and not are_apart(pieces[-1].piece, placed.piece):
            placed = read(pieces.pop().start, end, following)
            if placed.piece is None:
                return [placed]
        pieces.append(placed)
        start = following
    return pieces
