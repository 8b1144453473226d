"""Numbers of places in a text: "7 und 8", "1-3", "IX", "7. und 8."."""

from collections.abc import Sequence
from typing import Final

from .gazetteer import DASHES, Gazetteer
from .words import Token

LIST_SIGNS: Final = frozenset({",", ";", "\n", "/", "und", "sowie", "&", "+", "|", "•"})
_DIGITS: Final = frozenset("123456789")
_RANGE_SIGNS: Final = DASHES | {"bis"}
_BETWEEN: Final = LIST_SIGNS | _RANGE_SIGNS | {"u", "."}
_ROMAN: Final = {
    numeral: number
    for number, numeral in enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"), start=1)
}


def count_units(unit: str | None, gazetteer: Gazetteer) -> int | None:
    """How many the city has of a kind of place."""
    if unit == "bezirk":
        return len(gazetteer.stadtbezirke)
    if unit == "area":
        return len(gazetteer.areas)
    return len(gazetteer.stadtteile) if unit else None


def read_numbers(tokens: Sequence[Token], position: int) -> tuple[list[int], int]:
    """The numbers listed from `position` on, ranges filled, and the position behind them."""
    numbers: list[int] = []
    end = position
    while True:
        number = _read_number(tokens, position)
        if number is None:
            return numbers, end
        is_range = bool(numbers) and numbers[-1] < number and tokens[position - 1].folded in _RANGE_SIGNS
        numbers += range(numbers[-1] + 1, number + 1) if is_range else [number]
        end = position = position + 1
        while position < len(tokens) and tokens[position].folded in _BETWEEN:
            position += 1
        if position == end:
            return numbers, end


def read_ordinals(tokens: Sequence[Token], position: int) -> tuple[list[int], int]:
    """The ordinals listed from `position` on and the position behind them."""
    numbers: list[int] = []
    while position + 1 < len(tokens) and tokens[position].text in _DIGITS:
        if tokens[position + 1].text != "." or len(numbers) == len(_DIGITS):
            break
        numbers.append(int(tokens[position].text))
        position += 2
        while position < len(tokens) and tokens[position].folded in LIST_SIGNS:
            position += 1
    return numbers, position


def read_count(tokens: Sequence[Token], position: int) -> int | None:
    """How many a figure or a word says; an ordinal is no count."""
    if position >= len(tokens) or (position + 1 < len(tokens) and tokens[position + 1].text == "."):
        return None
    return tokens[position].word.count or None


def _read_number(tokens: Sequence[Token], position: int) -> int | None:
    if position >= len(tokens):
        return None
    token = tokens[position]
    return token.word.count if token.text.isdecimal() else _ROMAN.get(token.text)
