"""Kinds of places and their numbers in a text: "alle Stadtbezirke", "Bezirke 1-3", "905"."""

import re
from dataclasses import dataclass, field
from typing import Final

from .gazetteer import DASHES, Entry, Gazetteer, Token
from .numbers import BEZIRK, TEIL, count_units, read_count, read_numbers, read_ordinals

_CITY: Final = frozenset({"stadt", "stadtgebiet", "koeln", "koelns"})
_OF: Final = frozenset({"in", "im", "des", "von", "der", "aus"})
ALL_AREAS: Final = "alle Sozialraumgebiete"


@dataclass(frozen=True)
class Hit:
    """One name found in the text; the numbers it stands for."""

    start: int
    end: int
    stadtbezirke: tuple[int, ...]
    stadtteile: tuple[int, ...] = ()
    as_stadtteil: int | None = None


@dataclass(frozen=True)
class Doubt:
    """Words nobody can place for certain, and what they would have been taken for."""

    text: str
    candidate: str | None


@dataclass
class UnitScanner:
    """What was read so far, and the steps that read kinds and numbers; a step says whether it moved on."""

    text: str
    tokens: list[Token]
    gazetteer: Gazetteer
    hits: list[Hit] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    is_citywide: bool = False
    condition: str | None = None
    position: int = 0
    are_stadtteile: bool = False  # the text says so of the next name, or with `is_list` of several
    is_list: bool = False
    pending: list[Token] = field(default_factory=list)
    last_word: str = ""
    says_koeln: bool = False
    says_areas: bool = False
    says_postal_code: bool = False

    def peek(self, offset: int = 0) -> Token | None:
        """The token `offset` places on, None beyond the text."""
        index = self.position + offset
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def folded(self, offset: int = 0) -> str:
        """The folded text of the token `offset` places on, empty beyond the text."""
        token = self.peek(offset)
        return token.folded if token else ""

    def role(self, word: str) -> str | None:
        """What a word does to the names around it (code list `place_words`)."""
        return self.gazetteer.roles.get(word)

    def is_tight(self, index: int) -> bool:
        """Whether the token at `index` is a dash without blanks around it."""
        if not 0 < index < len(self.tokens) - 1:
            return False
        before, token, after = self.tokens[index - 1 : index + 2]
        return token.text in DASHES and before.end == token.start and token.end == after.start

    def doubt(self, text: str, candidate: str | None) -> None:
        """Adds a doubt."""
        self.doubts.append(Doubt(" ".join(text.split()), candidate))

    def forget_subject(self) -> None:
        """Drops the noun before "in Kalk": "Grundschulen" say what is there, not where."""
        if self.role(self.last_word) == "here" and self.pending and self.pending[-1].text[0].isupper():
            self.pending = []

    def flush(self) -> None:
        """Unknown words become a doubt, with the place they are one slip away from."""
        if self.pending:
            first, last = self.pending[0], self.pending[-1]
            entry = self.gazetteer.guess(self.pending[0].folded) if len(self.pending) == 1 else None
            self.doubt(self.text[first.start : last.end], self.label(entry) if entry else None)
        self.pending = []

    def label(self, entry: Entry | Hit) -> str | None:
        """The official names of what an entry stands for."""
        parts = [
            self.gazetteer.label(self.gazetteer.stadtteile[number][0], number) for number in entry.stadtteile
        ]
        covered = {self.gazetteer.stadtteile[number][0] for number in entry.stadtteile}
        whole = [self.gazetteer.label(number, None) for number in entry.stadtbezirke if number not in covered]
        return ", ".join(whole + parts) or None

    def read_quantity(self) -> bool:
        """ "alle Stadtbezirke", "9 Bezirke", "ganz Köln", "alle elf Sozialraumgebiete", "12 Stadtteile"."""
        first = self.tokens[self.position]
        role = self.role(first.folded)
        offset = 1 if role in ("each", "whole") else 0
        while offset and self.is_filler(offset):
            offset += 1
        count = read_count(self.tokens, self.position + offset)
        offset += count is not None
        while offset and self.is_filler(offset):
            offset += 1
        unit = self.peek(offset)
        if unit is None or not offset:
            return False
        total = count_units(unit.folded, self.gazetteer)
        if role == "whole" and count is None and unit.folded in _CITY:
            self.is_citywide = True
        elif total is None or (role != "each" and count is None):
            return False
        elif count not in (None, total) or (count is None and unit.folded.startswith("sozialraeum")):
            self.doubt(self.text[first.start : unit.end], ALL_AREAS if role == "each" else None)
        elif total == len(self.gazetteer.areas):
            numbers = tuple(number for area in self.gazetteer.areas for number in area)
            stadtbezirke = tuple(dict.fromkeys(self.gazetteer.stadtteile[number][0] for number in numbers))
            self.hits.append(Hit(first.start, unit.end, stadtbezirke, numbers))
        else:  # "alle Stadtteile im Bezirk Kalk" is Kalk
            self.is_citywide = self.is_citywide or not self.is_scoped(offset + 1)
        self.forget_subject()
        self.flush()
        self.position += offset + 1
        self.skip_programme()
        return True

    def is_filler(self, offset: int) -> bool:
        """Whether a word says nothing between a quantity and its unit."""
        return self.role(self.folded(offset)) == "filler" and self.folded(offset) not in _CITY

    def is_scoped(self, offset: int) -> bool:
        """Whether "in", "des" or the like and the name of a place follow."""
        index = self.position + offset
        while index < len(self.tokens) and (
            self.tokens[index].folded in _OF or BEZIRK.fullmatch(self.tokens[index].folded)
        ):
            index += 1
        if index == self.position + offset or index == len(self.tokens):
            return False
        return self.tokens[index].text.isdecimal() or self.gazetteer.match(self.tokens, index) is not None

    def skip_programme(self) -> None:
        """The programme's name after its areas: "alle Gebiete von „Lebenswerte Veedel“"."""
        for offset in range(6):
            if self.folded(offset).startswith("lebenswert") and self.folded(offset + 1).startswith("veedel"):
                self.position += offset + 2
                return

    def read_ordinals(self) -> bool:
        """ "7. und 8. Stadtbezirk"."""
        numbers, end = read_ordinals(self.tokens, self.position)
        if not numbers or end >= len(self.tokens) or not BEZIRK.fullmatch(self.tokens[end].folded):
            return False
        start = self.tokens[self.position].start
        self.position = end + 1
        self.add_numbers(numbers, start, self.tokens[end].end)
        return True

    def read_unit(self) -> bool:
        """ "Stadtbezirke 7 und 8", "SB 9", "Stadtteil ..."; what follows is named as one or the other."""
        token = self.tokens[self.position]
        word = "bez" if token.text == "SB" else token.folded
        bezirk, teil = BEZIRK.fullmatch(word), TEIL.fullmatch(word)
        match = bezirk or teil
        if match is None:
            return False
        self.position += 1
        while self.folded() in {".", ":", "nr", "nummer", "("}:
            self.position += 1
        self.are_stadtteile, self.is_list = bezirk is None, bool(match["plural"])
        if bezirk:
            numbers, self.position = read_numbers(self.tokens, self.position)
            if numbers:
                self.add_numbers(numbers, token.start, self.tokens[self.position - 1].end)
        return True

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

    def read_number(self) -> bool:
        """ "905", "8 Kalk", "51103", "1. Kalk"; a figure that says none of these is a doubt."""
        token = self.tokens[self.position]
        if not token.text.isdecimal() or not token.text.isascii():
            return False
        number = int(token.text) if len(token.text) <= 5 else 0
        if self.repeats_name(number):
            return True
        self.position += 1
        if number in self.gazetteer.stadtteile:
            stadtbezirk = self.gazetteer.stadtteile[number][0]
            self.flush()
            self.hits.append(Hit(token.start, token.end, (stadtbezirk,), (number,)))
            return True
        if re.fullmatch(r"5[01]\d{3}", token.text):
            self.says_postal_code = True  # it says nothing that the name beside it does not
            return True
        index = self.position
        while index < len(self.tokens) and self.tokens[index].folded in {".", ")", ":", "(", *DASHES}:
            index += 1
        match = self.gazetteer.match(self.tokens, index) if index < len(self.tokens) else None
        is_numbering = self.folded() in {".", ")"}
        if match is not None and (is_numbering or number in match[0].stadtbezirke):
            self.position = index if is_numbering else self.position
            return True
        if self.pending and self.pending[-1] is self.tokens[self.position - 2]:
            self.pending.append(token)  # "Wiener Platz 4"
            return True
        candidate = self.gazetteer.label(number, None) if number in self.gazetteer.stadtbezirke else None
        self.flush()
        self.doubt(token.text, candidate)
        return True
