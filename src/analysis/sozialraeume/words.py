"""A text as words, numbers and signs; what is known of a word is found out once, wherever it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from ..spelling import fold
from .gazetteer import Entry, Gazetteer, complete

# Soft hyphens, zero-width spaces and marks of direction, as copied texts hold them.
_INVISIBLE: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_NO_LETTER: Final = re.compile(f"[{_INVISIBLE}]")
_TOKEN: Final = re.compile(
    rf"[^\W\d_](?:[{_INVISIBLE}]*[^\W\d_\u0300-\u036f]|[\u0300-\u036f])*|\d+|\n|[^\s\w{_INVISIBLE}]|_"
)
_UNITS: Final = {
    "bezirk": re.compile(
        r"(?:stadt)?(?:bezirk(?P<plural>e|en)?(?:s|es)?|bez|bezirksvertretung)|st?bz|stbe?z?"
    ),
    "teil": re.compile(r"(?:(?:stadt|orts)teil(?P<plural>e|en)?(?:s|es)?|(?:stadt|orts)t)"),
    "quarter": re.compile(r"(?:stadt)?viertel[ns]?|veedeln?|quartieren?|quartiers?"),
    "area": re.compile(
        r"programmgebiet|(?:programm)?gebieten?|sozialraum(?:gebiet)?e?[sn]?|sozialraeumen?|sozialraumgebieten"
    ),
}
_MOST_CONNECTORS: Final = 4  # between two words of a name
_SHORT_BEZIRK: Final = frozenset({"SB", "BV"})
_COUNTS: Final = {"zwei": 2, "drei": 3, "vier": 4, "fuenf": 5, "sechs": 6, "neun": 9, "elf": 11, "zwoelf": 12}


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or sign: its role around names, the kind of place it means, how many it says, its names."""

    folded: str
    role: str | None
    unit: str | None
    is_plural: bool
    count: int | None
    entries: tuple[Entry, ...]
    is_known: bool  # says anything at all
    opens_quantity: bool


class Token(NamedTuple):
    """One word, number or sign of a text and where it stands."""

    text: str
    folded: str
    start: int
    end: int
    word: Word


def split_tokens(text: str, gazetteer: Gazetteer) -> list[Token]:
    """The words, numbers and signs of a text; an abbreviated or divided name is the name."""
    tokens = []
    for match in _TOKEN.finditer(text):
        spelled = match[0]
        word = _read_word(gazetteer, spelled)
        if word.folded:
            tokens.append(Token(spelled, word.folded, *match.span(), word))
    if "." in text:
        tokens = _complete_names(tokens, gazetteer)
    return _join_names(tokens, gazetteer) if "-" in text else tokens


@lru_cache(20_000)
def _read_word(gazetteer: Gazetteer, spelled: str) -> Word:
    folded = fold(_NO_LETTER.sub("", spelled))
    unit, is_plural = ("bezirk", False) if spelled in _SHORT_BEZIRK else (None, False)
    for kind, pattern in _UNITS.items():
        if match := pattern.fullmatch(folded):
            unit, is_plural = kind, bool(match.groupdict().get("plural"))
    count = int(folded) if re.fullmatch("[0-9]{1,2}", folded) else _COUNTS.get(folded)
    role, entries = gazetteer.roles.get(folded), gazetteer.entries.get(folded, ())
    return Word(
        folded,
        role,
        unit,
        is_plural,
        count,
        entries,
        is_known=bool(role or unit or entries),
        opens_quantity=bool(count) or role in ("each", "whole"),
    )


def _complete_names(tokens: list[Token], gazetteer: Gazetteer) -> list[Token]:
    """Reads "Ehrenf." as Ehrenfeld, where no other name begins so."""
    completed: list[Token] = []
    for token in tokens:
        before = completed[-1] if completed else None
        if token.text == "." and before and before.end == token.start and not before.word.is_known:
            name = complete(gazetteer, before.folded)
            if name:
                word = _read_word(gazetteer, name)
                completed[-1] = Token(before.text + ".", name, before.start, token.end, word)
                continue
        completed.append(token)
    return completed


def _join_names(tokens: list[Token], gazetteer: Gazetteer) -> list[Token]:
    """Reads "Neu-Brück" as Neubrück."""
    joined: list[Token] = []
    for token in tokens:
        left, dash = joined[-2:] if len(joined) > 1 else (None, None)
        if left and dash and dash.text == "-" and left.end == dash.start and dash.end == token.start:
            name = left.folded + token.folded
            if name in gazetteer.name_words:
                spelled = f"{left.text}-{token.text}"
                joined[-2:] = [Token(spelled, name, left.start, token.end, _read_word(gazetteer, name))]
                continue
        joined.append(token)
    return joined


def match_name(tokens: Sequence[Token], position: int) -> tuple[Entry, int] | None:
    """The longest name that begins at `position`, and the position behind it."""
    token = tokens[position]
    entries = token.word.entries
    following: set[str] = set()
    if entries and len(entries[0].words) > 1:
        following = {after.folded for after in tokens[position + 1 : position + 2 + _MOST_CONNECTORS]}
    for entry in entries:
        if len(entry.words) == 1:
            end: int | None = position + 1
        else:
            end = _walk(entry, tokens, position) if entry.words[1] in following else None
        if end is not None and (not entry.is_lower_case or token.text.islower()):
            return entry, end
    return None


def _walk(entry: Entry, tokens: Sequence[Token], position: int) -> int | None:
    """The position behind the entry's words, with connectors between them; None where they do not stand there."""
    end = position
    for number, word in enumerate(entry.words):
        if number:
            end = _skip(tokens, end, entry.connectors)
        if end >= len(tokens) or tokens[end].folded != word:
            return None
        end += 1
    if tokens[end - 2].text != "(":
        return end
    return end + 1 if end < len(tokens) and tokens[end].text == ")" else None  # "Porz (Mitte)"


def _skip(tokens: Sequence[Token], position: int, connectors: frozenset[str]) -> int:
    for token in tokens[position : position + _MOST_CONNECTORS]:
        is_abbreviation = token.text == "." and len(tokens[position - 1].text) == 1
        if token.folded not in connectors and not is_abbreviation:
            break
        position += 1
    return position
