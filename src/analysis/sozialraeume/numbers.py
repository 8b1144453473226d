"""Kinds of places and their numbers: "Stadtbezirke", "Veedel"; "7 und 8", "1-3", "IX", "7. und 8."."""

import re
from collections.abc import Sequence
from typing import Final

from .gazetteer import DASHES, Gazetteer, Token

LIST_SIGNS: Final = frozenset({",", ";", "\n", "/", "und", "sowie", "&", "+", "|", "•"})
BEZIRK: Final = re.compile(r"(?:stadt)?bezirk(?P<plural>e|en)?(?:s|es)?|bez|st?bz|stbez")
TEIL: Final = re.compile(r"(?:stadt|orts)teil(?P<plural>e|en)?(?:s|es)?")
AREA: Final = re.compile(
    r"(?:programm)?gebiete?n?|sozialraum(?:gebiet)?e?[sn]?|sozialraeumen?|sozialraumgebieten"
)
QUARTER: Final = re.compile(r"(?:stadt)?viertel[ns]?|veedeln?|quartieren?|quartiers?")
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_WORDS: Final = {"zwei": 2, "drei": 3, "vier": 4, "fuenf": 5, "sechs": 6, "neun": 9, "elf": 11, "zwoelf": 12}


def count_units(unit: str, gazetteer: Gazetteer) -> int | None:
    """How many the city has of the kind that `unit` names; None where it is no kind of place."""
    if BEZIRK.fullmatch(unit):
        return len(gazetteer.stadtbezirke)
    if TEIL.fullmatch(unit) or QUARTER.fullmatch(unit):
        return len(gazetteer.stadtteile)
    return len(gazetteer.areas) if AREA.fullmatch(unit) else None


def read_numbers(tokens: Sequence[Token], position: int) -> tuple[list[int], int]:
    """The numbers listed from `position` on, ranges filled, and the position behind them."""
    numbers: list[int] = []
    end = position
    while True:
        number = _read_number(tokens, position)
        if number is None:
            return numbers, end
        is_range = bool(numbers) and numbers[-1] < number and tokens[position - 1].folded in DASHES | {"bis"}
        numbers += range(numbers[-1] + 1, number + 1) if is_range else [number]
        end = position = position + 1
        while position < len(tokens) and tokens[position].folded in LIST_SIGNS | DASHES | {"bis", "u", "."}:
            position += 1
        if position == end:
            return numbers, end


def read_ordinals(tokens: Sequence[Token], position: int) -> tuple[list[int], int]:
    """The ordinals listed from `position` on and the position behind them."""
    numbers: list[int] = []
    while position + 1 < len(tokens) and re.fullmatch("[1-9]", tokens[position].text):
        if tokens[position + 1].text != ".":
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
    return _read_figure(tokens[position]) or _WORDS.get(tokens[position].folded)


def _read_number(tokens: Sequence[Token], position: int) -> int | None:
    if position >= len(tokens):
        return None
    token = tokens[position]
    return _ROMAN.index(token.text) + 1 if token.text in _ROMAN else _read_figure(token)


def _read_figure(token: Token) -> int | None:
    return int(token.text) if re.fullmatch("[0-9]{1,2}", token.text) else None
