"""The short way: a text whose parts, between commas or in lines, name their groups each by itself.

Such parts ("Kinder und Jugendliche", "Senioren ab 60") come again and again in texts that differ, so what they name is
remembered. A part is left to the long way where its meaning might depend on its neighbours, or where it leaves a doubt.
"""

import re
from functools import lru_cache
from typing import Final

from .reading import read_tokens
from .tokens import WRAPPED, has_cases, tokenise
from .words import Lexicon

_PART = re.compile(rf"(?:[^,;\n]+|{WRAPPED}|(?<=\d)\n)+")  # "ab 6\nJahren" is one
# "Kinder-, Jugend-", "Schüler\n/innen" and "6, 7 oder 8" go over the end of a part.
_COMPLETE = re.compile(r"\s*[^\W\d_](?:.*(?:[^\W_]\.?|[)+]))?\s*", re.DOTALL)
_COMPLETES: Final = frozenset({"", "place", "head"})  # the roles of words after which nothing need follow

Named = tuple[tuple[str, int, int], ...]


def read_parts(text: str, lexicon: Lexicon) -> Named | None:
    """One item per target group: its code and where its words stand; None where only the long way will tell."""
    named: dict[str, tuple[str, int, int]] = {}
    is_cased = has_cases(text)
    for found in _PART.finditer(text):
        part = _read_part(lexicon, found[0], is_cased)
        if part is None:
            return None
        offset = found.start()
        for code, start, end in part:
            if code not in named:
                named[code] = (code, start + offset, end + offset)
    return tuple(named.values())


@lru_cache(maxsize=20_000)
def _read_part(lexicon: Lexicon, part: str, is_cased: bool) -> Named | None:
    """What a part names by itself; nothing for blanks, None where it is not complete, or leaves a doubt."""
    if not part.strip():
        return ()
    if not _COMPLETE.fullmatch(part) or part.count("(") != part.count(")"):
        return None
    reading = read_tokens(part, tokenise(part, is_cased=is_cased), lexicon)
    items = reading.items
    if not items or reading.is_nil or reading.question() is not None:
        return None
    last = items[-1]
    is_open = last.kind != "stop" and (last.entry is None or last.role not in _COMPLETES)
    if is_open or any(item.role in ("not", "except") for item in items):
        return None
    return reading.places() or None
