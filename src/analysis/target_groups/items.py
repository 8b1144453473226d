"""The pieces of a cell in their order: words with what they say, joiners and stops, and what is excluded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Final

from .tokens import Token
from .words import Entry, Lexicon

_WINDOW: Final = 40  # tokens that a phrase, a bracket or "Kinder-, ... und ..." may take
_MARKS: Final = {",": "comma", "(": "open", "[": "open", "{": "open"}
_LINKS: Final = ("in", "of", "with")


@dataclass(frozen=True)
class Item:
    """One understood or not understood piece of the text; `entry` None: nobody knows the word."""

    entry: Entry | None
    start: int
    end: int
    is_noun: bool
    kind: str = "word"  # word, age, and, comma, open (a bracket), stop
    is_excluded: bool = False
    is_doubtful: bool = False  # excluded only perhaps: "Kinder ohne Behinderung und Eltern"
    has_lower_age: bool = False

    @property
    def role(self) -> str:
        """The role of its entry; empty for what names groups and for unknown words."""
        return self.entry.role if self.entry else ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The groups it names by itself."""
        return self.entry.codes if self.entry and self.role in ("", "all", "both") else ()

    @property
    def scope(self) -> str:
        """The scope of its codes."""
        return self.entry.scope if self.entry else ""


def read_items(tokens: list[Token], lexicon: Lexicon) -> Iterator[Item]:
    """The tokens as items: phrases before words, hyphened words as compounds, "Kinder-" with its other half."""
    place = 0
    while place < len(tokens):
        length, items = _read_next(tokens[place : place + _WINDOW], lexicon)
        if (
            items
            and items[0].kind == "open"
            and _only_describes(tokens[place + 1 : place + _WINDOW], lexicon)
        ):
            items = []
        yield from items
        place += length


def _read_next(tokens: list[Token], lexicon: Lexicon) -> tuple[int, list[Item]]:
    """How many tokens belong together at the beginning of `tokens`, and what they are."""
    first = tokens[0]
    if first.age is not None:
        entry = Entry(first.age.codes, "", lexicon.scope_of(first.age.codes))
        item = Item(entry, first.start, first.end, False, "age", has_lower_age=first.age.has_lower)
        return 1, [item]
    phrase = lexicon.match_phrase(tokens)
    if phrase is not None:
        entry, length = phrase
        return length, [Item(entry, first.start, tokens[length - 1].end, first.is_noun)]
    if first.kind != "word":
        kind = first.kind if first.kind == "and" else _MARKS.get(first.text, "stop")
        return 1, [Item(None, first.start, first.end, False, kind)]
    suspended = _read_suspended(tokens, lexicon) if first.is_suspended else None
    if suspended is not None:
        return suspended
    length = _count_glued(tokens)
    return length, _read_glued(tokens[:length], lexicon)


def _count_glued(tokens: list[Token]) -> int:
    return next((i for i, token in enumerate(tokens) if i and not token.is_glued), len(tokens))


def _read_glued(tokens: list[Token], lexicon: Lexicon) -> list[Item]:
    """A word, or words joined by hyphens: "Kita-Kinder"; an unknown name among them is an item of its own."""
    first, last = tokens[0], tokens[-1]
    if len(tokens) == 1:
        return [Item(lexicon.match(first), first.start, first.end, first.is_noun)]
    whole = "".join(token.text for token in tokens)
    entry = lexicon.match_word(whole, first.is_capital)
    if entry is None and 0 < lexicon.split_compound(whole) < len(whole) - len(last.text):
        entry = lexicon.match_compound(whole)
    head = lexicon.match(last)
    unknown: list[Item] = []
    if entry is None and head is not None:
        parts = [(token, lexicon.match(token)) for token in tokens[:-1]]
        entry = lexicon.combine(_merge([part for _, part in parts if part is not None]), head)
        if entry is not None and head.scope == "special":
            unknown = [
                Item(None, token.start, token.end, token.is_noun) for token, part in parts if part is None
            ]
    return [*unknown, Item(entry, first.start, last.end, first.is_noun or last.is_noun)]


def _merge(known: list[Entry]) -> Entry | None:
    groups = tuple(dict.fromkeys(code for part in known for code in part.codes if part.scope == "special"))
    return Entry(groups, "", "special") if groups else known[0] if known else None


def _read_suspended(tokens: list[Token], lexicon: Lexicon) -> tuple[int, list[Item]] | None:
    """ "Kinder-, Jugend- und Familienzentren": each with the last head; "Kinder- und Jugendliche": without.

    None where no word follows that the hyphen could wait for.
    """
    parts = [tokens[0]]
    place = 1
    while place < len(tokens) and (tokens[place].is_suspended or tokens[place].text in (",", "und")):
        if tokens[place].is_suspended:
            parts.append(tokens[place])
        place += 1
    if place == 1 or place == len(tokens) or tokens[place].kind != "word":
        return None
    length = place + _count_glued(tokens[place:])
    last = tokens[length - 1].text
    split = lexicon.split_compound(last)
    ending = last if length - place > 1 else last[split:] if split else ""
    final = _read_glued(tokens[place:length], lexicon)
    items = [
        Item(
            _match_part(part, ending, last, lexicon, is_known=final[-1].entry is not None),
            part.start,
            part.end,
            part.is_noun,
        )
        for part in parts
    ]
    items += final
    is_one = all(item.entry is None for item in items) or (
        ending and all(item.scope == "actors" for item in items)
    )
    return length, [replace(final[-1], start=parts[0].start)] if is_one else items


def _match_part(part: Token, ending: str, last: str, lexicon: Lexicon, *, is_known: bool) -> Entry | None:
    if ending:
        return lexicon.match_word(part.text + ending) or lexicon.match_compound(part.text + ending)
    if not is_known:
        return None
    # "Hör- und Sehgeschädigte": no compound of known parts, but the whole words are known.
    wholes = (lexicon.match_word(part.text + last[i:]) for i in range(2, len(last) - 3))
    return lexicon.match_word(part.text, part.is_capital) or next(filter(None, wholes), None)


def _only_describes(tokens: list[Token], lexicon: Lexicon) -> bool:
    """Whether a bracket only describes what stands before it: "(6-10 J.)", "(mit Behinderung)"."""
    inside = list(takewhile(lambda token: token.text not in (")", "]", "}"), tokens))
    entry = lexicon.match_word(inside[0].text) if inside and inside[0].kind == "word" else None
    return all(token.kind == "age" for token in inside) or (entry is not None and entry.role in _LINKS)


def join_pairs(items: list[Item]) -> list[Item]:
    """ "Bürgerinnen und Bürger", "Schüler/Schülerinnen" are one: the joiner between equal words goes."""
    return [
        item
        for i, item in enumerate(items)
        if not (
            item.kind == "and"
            and 0 < i < len(items) - 1
            and items[i - 1].entry is not None
            and items[i - 1].entry == items[i + 1].entry
        )
    ]


def mark_excluded(items: list[Item]) -> list[Item]:
    """The same items, those behind "außer", "nicht", "ohne" marked; with "Kinder ausgenommen" those before it."""
    marked = list(items)
    marker = ""
    is_reached = False
    for i, item in enumerate(items):
        if item.kind in ("stop", "open") or item.role == "and":
            marker = ""
        elif item.kind == "comma":
            marker = "doubtful" if marker == "except" and is_reached else ""
        elif item.role in ("not", "except"):
            marker, is_reached = item.role, False
            if i + 1 == len(items) or items[i + 1].kind not in ("word", "age"):
                before = i - 1
                while before >= 0 and items[before].kind in ("word", "age") and items[before].role != "and":
                    marked[before] = replace(items[before], is_excluded=True)
                    before -= 1
                marker = ""
        elif marker and item.kind in ("word", "age") and item.role not in ("filler", "place", *_LINKS):
            marked[i] = replace(item, is_excluded=True, is_doubtful=marker == "doubtful")
            is_reached = True
            if marker == "not" and not item.is_noun and item.kind == "word":
                marker = ""
        elif marker == "not" and item.kind == "and" and is_reached:
            marker = "doubtful"
    return marked


def split_segments(items: list[Item]) -> Iterator[list[Item]]:
    """One list per enumerated part; a part that "und" joins to the one before begins with that joiner.

    Where "mit" or "von" has nothing yet to refer to, the part goes on: "mit körperlicher und geistiger Behinderung".
    """
    segment: list[Item] = []
    is_open = False
    for item in items:
        is_joiner = item.kind in ("and", "comma")
        if item.kind in ("stop", "open") or item.role == "and" or (is_joiner and not is_open):
            yield segment
            segment = [item] if item.kind == "and" else []
            is_open = False
            continue
        segment.append(item)
        if item.role in ("with", "of"):
            is_open = True
        elif item.kind in ("word", "age") and item.role != "filler":
            is_open = is_open and item.entry is None and not item.is_noun
    yield segment
