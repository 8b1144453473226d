"""Kinds of places and their numbers in a text: "Bezirke 1-3", "7. und 8. Stadtbezirk", "905", "51103"."""

import re
from typing import Final

from .gazetteer import DASHES
from .numbers import read_numbers, read_ordinals
from .quantities import OF, QuantityScanner
from .state import Hit
from .words import match_name

_POSTAL_CODE: Final = re.compile(r"5[01]\d{3}")


class UnitScanner(QuantityScanner):
    """The steps that read kinds and numbers."""

    def read_figure(self) -> None:
        """Any number in figures."""
        if not self.read_ordinals():
            self.read_number()

    def read_ordinals(self) -> bool:
        """ "7. und 8. Stadtbezirk"."""
        numbers, end = read_ordinals(self.tokens, self.position)
        if not numbers or end >= len(self.tokens) or self.tokens[end].word.unit != "bezirk":
            return False
        start = self.tokens[self.position].start
        self.position = end + 1
        self.add_numbers(numbers, start, self.tokens[end].end)
        return True

    def read_unit(self) -> None:
        """ "Stadtbezirke 7 und 8", "SB 9", "Stadtteil ..."; what follows is named as one or the other."""
        token = self.tokens[self.position]
        is_bezirk = token.word.unit == "bezirk"
        self.position += 1
        while self.folded() in {".", ":", "nr", "nummer", "("}:
            self.position += 1
        # "Stadtteile in Chorweiler" lie in the Stadtbezirk.
        self.is_list = token.word.is_plural
        self.are_stadtteile = not is_bezirk and not (self.is_list and self.folded() in OF)
        if is_bezirk:
            numbers, self.position = read_numbers(self.tokens, self.position)
            if numbers:
                self.add_numbers(numbers, token.start, self.tokens[self.position - 1].end)
        if self.is_list and self.role(0) == "each" and self.peek(1) is None and not self.hits:
            self.is_citywide = True  # "Stadtbezirke: alle"
            self.position += 1

    def add_numbers(self, numbers: list[int], start: int, end: int) -> None:
        """Adds Stadtbezirke by number; all of them are the city, one that does not exist is a doubt."""
        self.flush()
        known = tuple(number for number in numbers if number in self.gazetteer.stadtbezirke)
        if set(known) == set(self.gazetteer.stadtbezirke):
            self.is_citywide = True
        elif known:
            self.hits.append(Hit(start, end, known))
        if len(known) < len(numbers):
            self.doubt(self.text[start:end], None)

    def repeats_name(self, number: int) -> bool:
        """Reads the number in brackets behind a name: "Porz (7)", "Dellbrück (905)"; another one is a doubt."""
        previous = self.hits[-1] if self.hits else None
        opening = self.peek(-1)
        is_behind = previous is not None and opening is not None and opening.text in {"(", "["}
        if not is_behind or previous is None or self.tokens[self.position - 2].end != previous.end:
            return False
        known = previous.stadtteile if number > max(self.gazetteer.stadtbezirke) else previous.stadtbezirke
        if number in known or len(self.tokens[self.position].text) > 3:
            self.position += number in known
            return number in known
        token = self.tokens[self.position]
        self.doubt(token.text, None)
        self.position += 1
        return True

    def read_number(self) -> None:
        """ "905", "8 Kalk", "51103", "1. Kalk"; a figure that says none of these is a doubt."""
        token = self.tokens[self.position]
        number = int(token.text) if len(token.text) <= 5 else 0
        if self.repeats_name(number):
            return
        self.position += 1
        if number in self.gazetteer.stadtteile:
            stadtbezirk = self.gazetteer.stadtteile[number][0]
            self.flush()
            self.hits.append(Hit(token.start, token.end, (stadtbezirk,), (number,)))
            return
        if _POSTAL_CODE.fullmatch(token.text):
            self.says_postal_code = True  # it says nothing that the name beside it does not
            return
        index = self.position
        while index < len(self.tokens) and self.tokens[index].folded in {".", ")", ":", "(", *DASHES}:
            index += 1
        match = match_name(self.tokens, index) if index < len(self.tokens) else None
        is_numbering = self.folded() in {".", ")"}
        if match is not None and (is_numbering or number in match[0].stadtbezirke):
            self.position = index if is_numbering else self.position
            return
        if self.pending and self.pending[-1] is self.tokens[self.position - 2]:
            self.pending.append(token)  # "Wiener Platz 4"
            return
        is_area = self.last_word is not None and self.last_word.word.unit == "area"  # "Sozialraum 6"
        is_stadtbezirk = number in self.gazetteer.stadtbezirke and not is_area
        candidate = self.gazetteer.label(number, None) if is_stadtbezirk else None
        self.flush()
        self.doubt(token.text, candidate)
