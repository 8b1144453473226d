"""A text read from left to right: which names of places stand where, and what nobody knows."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from .gazetteer import DASHES, Entry, Gazetteer, Token, split_tokens
from .place_units import (
    AREA,
    BEZIRK,
    LIST_SIGNS,
    QUARTER,
    TEIL,
    count_units,
    read_count,
    read_numbers,
    read_ordinals,
)

_CITY: Final = frozenset({"stadt", "stadtgebiet", "koeln", "koelns"})
_OF: Final = frozenset({"in", "im", "des", "von", "der", "aus"})
_OPEN: Final = re.compile(
    r"\b(?:u\.\s?a\.|z\.\s?B\.|usw\b\.?|etc\b\.?|unter anderem|zum Beispiel)|…|\.\.\.", re.IGNORECASE
)
_ABBREVIATION: Final = re.compile(r"\b(?:v\.\s?a\.|i\.\s?d\.\s?R\.|d\.\s?h\.)", re.IGNORECASE)
_SAYS_NOTHING: Final = frozenset({"filler", "here", "whole"})
_ALL_AREAS: Final = "alle Sozialraumgebiete"


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


@dataclass(frozen=True)
class Scan:
    """All that was found in one text; `condition` where it takes back or leaves open what it names."""

    hits: tuple[Hit, ...]
    doubts: tuple[Doubt, ...]
    is_citywide: bool
    is_open: bool
    condition: str | None


def scan_places(text: str, gazetteer: Gazetteer) -> Scan:
    """Everything a text says of places."""
    blanked = _ABBREVIATION.sub(_blank, _OPEN.sub(_blank, text))
    scanner = _Scanner(text, split_tokens(blanked), gazetteer)
    scanner.run()
    return Scan(
        tuple(scanner.hits),
        tuple(scanner.doubts),
        scanner.is_citywide,
        bool(_OPEN.search(text)),
        scanner.condition,
    )


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


@dataclass
class _Scanner:
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

    def run(self) -> None:
        while self.position < len(self.tokens):
            for step in (
                self.read_quantity,
                self.read_name,
                self.read_ordinals,
                self.read_unit,
                self.read_number,
                self.read_word,
            ):
                if step():
                    break
        self.flush()
        if not self.hits and not self.doubts and not self.is_citywide:
            if self.says_areas:
                self.doubt(self.text.strip(), _ALL_AREAS)
            elif self.says_postal_code:
                self.doubt(self.text.strip(), None)
            elif self.says_koeln:
                self.is_citywide = True

    # -- what stands at the position

    def peek(self, offset: int = 0) -> Token | None:
        index = self.position + offset
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def folded(self, offset: int = 0) -> str:
        token = self.peek(offset)
        return token.folded if token else ""

    def role(self, word: str) -> str | None:
        return self.gazetteer.roles.get(word)

    def is_tight(self, index: int) -> bool:
        """Whether the token at `index` is a dash without blanks around it."""
        if not 0 < index < len(self.tokens) - 1:
            return False
        before, token, after = self.tokens[index - 1 : index + 2]
        return token.text in DASHES and before.end == token.start and token.end == after.start

    def doubt(self, text: str, candidate: str | None) -> None:
        self.doubts.append(Doubt(" ".join(text.split()), candidate))

    def flush(self) -> None:
        """Unknown words become a doubt, with the place they are one slip away from."""
        if self.pending:
            first, last = self.pending[0], self.pending[-1]
            entry = self.gazetteer.guess(self.pending[0].folded) if len(self.pending) == 1 else None
            self.doubt(self.text[first.start : last.end], self.label(entry) if entry else None)
        self.pending = []

    def label(self, entry: Entry | Hit) -> str | None:
        parts = [
            self.gazetteer.label(self.gazetteer.stadtteile[number][0], number) for number in entry.stadtteile
        ]
        covered = {self.gazetteer.stadtteile[number][0] for number in entry.stadtteile}
        whole = [self.gazetteer.label(number, None) for number in entry.stadtbezirke if number not in covered]
        return ", ".join(whole + parts) or None

    # -- steps: each reads something at the position, moves behind it and says so

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
            self.doubt(self.text[first.start : unit.end], _ALL_AREAS if role == "each" else None)
        elif total == len(self.gazetteer.areas):
            numbers = tuple(number for area in self.gazetteer.areas for number in area)
            stadtbezirke = tuple(dict.fromkeys(self.gazetteer.stadtteile[number][0] for number in numbers))
            self.hits.append(Hit(first.start, unit.end, stadtbezirke, numbers))
        else:  # "alle Stadtteile im Bezirk Kalk" is Kalk
            self.is_citywide = self.is_citywide or not self.is_scoped(offset + 1)
        self.position += offset + 1
        self.skip_programme()
        return True

    def is_filler(self, offset: int) -> bool:
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

    def read_name(self) -> bool:
        match = self.gazetteer.match(self.tokens, self.position)
        if match is None:
            return False
        entry, end = match
        start = self.position
        if entry.is_citywide:
            self.is_citywide = True
            self.flush()
            self.position = end
            return True
        hit = Hit(self.tokens[start].start, self.tokens[end - 1].end, entry.stadtbezirke, entry.stadtteile)
        hit = replace(hit, as_stadtteil=entry.as_stadtteil)
        if self.role(self.last_word) == "here" and self.pending:
            self.pending = []  # "Grundschulen in Kalk": what is there, not where
        is_before, is_after = self.is_last_part(start), self.is_first_part(end)
        if is_before:
            hit = replace(hit, start=self.pending.pop().start)
        self.flush()
        self.position = end + 2 if is_after else end
        if not entry.is_certain or is_before or is_after:
            self.doubt(self.text[hit.start : self.tokens[self.position - 1].end], self.label(entry))
            return True
        self.place(hit, start)
        self.last_word = ""
        return True

    def is_last_part(self, start: int) -> bool:
        """Whether the name closes a word nobody knows: "Alt-Weiden"."""
        return self.is_tight(start - 1) and bool(self.pending) and self.pending[-1] is self.tokens[start - 2]

    def is_first_part(self, end: int) -> bool:
        """Whether the name opens a word nobody knows: "Humboldt-Gymnasium", but not "Porz-Wahn" or "Kalk-Nord"."""
        if not self.is_tight(end) or not self.tokens[end + 1].folded[0].isalpha():
            return False
        after = self.tokens[end + 1].folded
        is_known = self.role(after) == "direction" or TEIL.fullmatch(after) or BEZIRK.fullmatch(after)
        return not is_known and self.gazetteer.match(self.tokens, end + 1) is None

    def place(self, hit: Hit, start: int) -> None:
        """Adds a hit, as a Stadtteil where the text says so."""
        previous = self.hits[-1] if self.hits else None
        is_joined = (
            self.is_tight(start - 1) and previous is not None and previous.end == self.tokens[start - 2].end
        )
        if is_joined and previous and not previous.stadtteile and hit.stadtbezirke == previous.stadtbezirke:
            self.hits.pop()  # "Porz-Wahn": the Stadtbezirk only says where Wahn lies
            hit = self.as_stadtteil(replace(hit, start=previous.start))
        unit = self.read_suffix()
        if TEIL.fullmatch(unit) if unit else self.are_stadtteile:
            hit = self.as_stadtteil(hit)
        if unit.endswith(("teile", "teilen")):
            self.hits = [self.as_stadtteil(other) for other in self.hits]
        self.are_stadtteile = self.are_stadtteile and self.is_list
        self.hits.append(hit)
        self.read_direction(hit)

    def as_stadtteil(self, hit: Hit) -> Hit:
        return replace(hit, stadtteile=(hit.as_stadtteil,)) if hit.as_stadtteil is not None else hit

    def read_suffix(self) -> str:
        """The unit after a name: "Kalk (Stadtteil)", "Kalk und Nippes (Stadtteile)"; empty where there is none."""
        unit, after = self.folded(1), self.folded(2)
        if self.folded() not in {"(", "[", "-", "–"} or after not in {")", "]", ",", ";", "\n", ""}:
            return ""
        if not (TEIL.fullmatch(unit) or BEZIRK.fullmatch(unit)):
            return ""
        self.position += 3 if after in {")", "]"} else 2
        return unit

    def read_direction(self, hit: Hit) -> None:
        """ "Holweide-Ost" lies in Holweide; "Mülheim-Ost" may be a part of the Stadtteil or of the Stadtbezirk."""
        offset = 1 if self.folded() in DASHES or self.folded() == "/" else 0
        token = self.peek(offset)
        if token is None or self.role(token.folded) != "direction":
            return
        self.position += offset + 1
        if not hit.stadtteile and hit.as_stadtteil is not None:
            candidate = self.gazetteer.label(hit.stadtbezirke[0], hit.as_stadtteil)
            self.doubt(self.text[hit.start : token.end], candidate)
        self.hits[-1] = replace(self.hits[-1], end=token.end)

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
        self.flush()
        known = tuple(number for number in numbers if number in self.gazetteer.stadtbezirke)
        if set(known) == set(self.gazetteer.stadtbezirke):
            self.is_citywide = True
        elif known:
            self.hits.append(Hit(start, end, known))
        if len(known) < len(numbers):
            self.doubt(self.text[start:end], None)

    def read_number(self) -> bool:
        token = self.tokens[self.position]
        if not token.text.isdecimal() or not token.text.isascii():
            return False
        number = int(token.text) if len(token.text) <= 5 else 0
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
        candidate = self.gazetteer.label(number, None) if number in self.gazetteer.stadtbezirke else None
        self.flush()
        self.doubt(token.text, candidate)
        return True

    def read_word(self) -> bool:
        token = self.tokens[self.position]
        self.position += 1
        word = token.folded
        role = self.role(word)
        if role == "exclusion" or (word == "bis" and self.folded() == "auf"):
            self.condition = "exclusion"
        elif role == "condition":
            self.condition = self.condition or "condition"
        elif word in LIST_SIGNS or not word[0].isalnum():
            if word in LIST_SIGNS:
                self.flush()
            if word in {";", ")", "]"}:
                self.are_stadtteile = self.is_list = False
        elif word in {"koeln", "koelns", "cologne"} or (word == "k" and self.is_tight(self.position)):
            self.says_koeln = True
        elif word == "lebenswerte" and self.folded().startswith("veedel"):
            self.position += 1
            self.says_areas = True
        elif AREA.fullmatch(word):
            self.says_areas = True
        elif role not in _SAYS_NOTHING and not QUARTER.fullmatch(word):
            self.pending.append(token)
        if word[0].isalnum():
            self.last_word = word
        return True
