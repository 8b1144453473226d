"""What a piece of a part names with an age behind it or without, and whether it does so beside another piece too."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from .ages import Age, extends_age, find_ages, holds_number, leads_to_number
from .items import Item, join_pairs, make_age, mark_excluded, read_items
from .reading import is_plain, read_sentence
from .tokens import Token, tokenise
from .words import Entry, Lexicon

# "Kinder-, Jugend-", "Schüler\n/innen" and "6, 7 oder 8" go over the end of a part.
_COMPLETE = re.compile(r"[^\W\d_](?:.*(?:[^\W_]\.?|[)+]))?\s*", re.DOTALL)
_COMPLETES: Final = frozenset({"", "place", "head"})  # the roles of words after which nothing need follow
_BRACKETS = re.compile(r"[()\[\]{}]")

Named = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, eq=False)
class _Words:
    """What the words of a piece are read as, whatever stands beside them; `is_whole`: no number, no bracket."""

    lexicon: Lexicon
    text: str
    tokens: list[Token]
    items: list[Item]
    is_whole: bool

    @cached_property
    def takes_age(self) -> bool:
        """Whether an age behind them says the same as behind any words."""
        return self.is_whole and not leads_to_number(self.text)

    @cached_property
    def is_joinable(self) -> bool:
        """Whether nothing but phrases goes over an "und" beside them."""
        return self.is_whole and not self.lexicon.is_joined(self.tokens) and not extends_age(self.text)

    @cached_property
    def cut(self) -> tuple[str, ...]:
        """The words with which a phrase that began may go on behind an "und"."""
        return self.lexicon.find_cut(self.tokens)


class Piece(NamedTuple):
    """What a piece names: `named` by its words, with places, and `by_age` by nothing but the age behind them.

    `first` and `last` are the entries at its ends; `is_doubtful`: something has to be asked; `is_closed`: it describes
    nothing that "und" joins to it, as "Eltern von Kindern und Jugendlichen" does; `is_plain`: each of its words names
    its groups whatever stands beside it.
    """

    named: Named
    by_age: tuple[str, ...]
    words: _Words
    first: Entry | None
    last: Entry | None
    is_doubtful: bool
    is_closed: bool
    is_plain: bool


def are_apart(before: Piece | None, after: Piece | None) -> bool:
    """Whether two pieces joined by "und" name apart what they name together; one that is None waits for the next."""
    if before is None or after is None:
        return before is not None
    is_pair = before.last == after.first and not (
        before.is_plain and after.is_plain
    )  # "Bürgerinnen und Bürger"
    words, following = before.words, after.words
    return (
        before.is_closed
        and not is_pair
        and words.is_joinable
        and following.is_joinable
        and not (words.cut and words.lexicon.goes_on(words.cut, following.tokens))
    )


@lru_cache(maxsize=20_000)
def read_piece(lexicon: Lexicon, text: str, is_cased: bool, age: Age | None = None) -> Piece | None:
    """What the words of `text` name with an `age` behind them; None where they are not complete."""
    words = _read_words(lexicon, text, is_cased)
    if words is None or (age is not None and not words.takes_age):
        return None
    length = len(text)
    items = words.items if age is None else [*words.items, make_age(age, length, length, lexicon)]
    reading = read_sentence(text, items)
    places = reading.places()
    return Piece(
        tuple([place for place in places if place[1] < length]),
        tuple([code for code, start, _ in places if start == length]),
        words,
        items[0].entry,
        items[-1].entry,
        is_doubtful=reading.is_nil or reading.question() is not None,
        is_closed=not reading.described,
        is_plain=all(map(is_plain, items)),
    )


@lru_cache(maxsize=20_000)
def _read_words(lexicon: Lexicon, text: str, is_cased: bool) -> _Words | None:
    """The words of a piece; None where they are not complete."""
    brackets = "".join(_BRACKETS.findall(text))
    if not _COMPLETE.fullmatch(text) or brackets != "()" * (len(brackets) // 2):
        return None
    has_number = holds_number(text)
    ages = find_ages(text) if has_number else []
    # Bare numbers are ages only behind words: "Senioren, ab 60-70".
    if ages and ages != [(start - 2, end - 2, age) for start, end, age in find_ages(f"x {text}")]:
        return None
    tokens = tokenise(text, is_cased=is_cased, ages=ages)
    items = mark_excluded(join_pairs(read_items(tokens, lexicon)))
    if not items:
        return None
    last = items[-1]
    is_open = last.kind != "stop" and (last.entry is None or last.role not in _COMPLETES)
    if is_open or any(item.role in ("not", "except") for item in items):
        return None
    is_whole = not has_number and not brackets and last.kind == "word" and text[-1].isalpha()
    return _Words(lexicon, text, tokens, items, is_whole)
