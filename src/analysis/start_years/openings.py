"""Which rules can begin at a place of a text: one look at how it opens spares most of them the attempt to match.

Openings repeat even where texts differ, so the rules for an opening are picked once. A rule that lists too many
openings is only slower, one that lists too few is never found: a test compares with trying every rule everywhere.
"""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final, Generic, TypeVar

_RUN: Final = re.compile(r"[a-z-]*[a-z](?![a-z0-9])|[a-z-]*[a-z]|([0-9]+) ?(.?) ?(.?)|.")
_CLASSES: Final = {
    **dict.fromkeys("abcdefghijklmnopqrstuvwxyz", "a"),
    **dict.fromkeys("0123456789", "0"),
    "": "$",
}

T = TypeVar("T")


def opening_at(text: str, position: int) -> str:
    """The opening at a place of a folded text: a word with "$" at its end, a count of digits, or one sign.

    Digits come as "4d-a": how many, and the two signs behind them ("a" any letter, "0" a digit, "$" the text's end).
    """
    match = _RUN.match(text, position)
    if match is None:
        return ""
    digits, first, second = match.groups()
    if digits is None:
        return f"{match[0]}$" if match[0][-1].isalpha() else match[0]
    return f"{min(len(digits), 5)}d{_CLASSES.get(first, first)}{_CLASSES.get(second, second)}"


def digits(signs: str, most: int = 5) -> str:
    """The openings of up to `most` digits with one of the signs right behind them."""
    return " ".join(f"{count}d{sign}" for count in range(1, most + 1) for sign in signs)


class Rule(Generic[T]):
    """A pattern over folded texts and what it means; it is compiled when a text first opens like it.

    `openings` are the beginnings of openings it can have, a blank between them; "*x" is x anywhere in the opening;
    with none listed it can open anyhow. A text without one of the `needs` cannot hold it.
    """

    def __init__(self, openings: str, source: str, meaning: T, needs: tuple[str, ...] = ()) -> None:
        listed = openings.split(" ")
        self.openings, self.source, self.meaning, self.needs = openings, source, meaning, needs
        self._parts = tuple(item[1:] for item in listed if len(item) > 1 and item[0] == "*")
        self._starts = tuple(item for item in listed if item[1:] not in self._parts or item[:1] != "*")

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """The pattern's own `match`, of a text and a place of it."""
        return re.compile(self.source).match

    def fits(self, opening: str) -> bool:
        """Whether a text that opens like this can begin with it."""
        return opening.startswith(self._starts) or any(part in opening for part in self._parts)

    def is_possible(self, text: str) -> bool:
        """Whether the text holds what the rule needs."""
        return any(word in text for word in self.needs)


def fitting(rules: Sequence[Rule[T]], opening: str) -> tuple[Rule[T], ...]:
    """The rules that a text can begin with that opens like this."""
    return tuple(rule for rule in rules if rule.fits(opening))
