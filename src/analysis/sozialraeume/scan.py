"""A text read from left to right: which names of places stand where, and what nobody knows."""

import re
from dataclasses import dataclass, replace
from typing import Final

from .gazetteer import DASHES, Gazetteer, split_tokens
from .numbers import AREA, BEZIRK, LIST_SIGNS, QUARTER, TEIL
from .units import ALL_AREAS, Doubt, Hit, UnitScanner

_OPEN: Final = re.compile(
    r"\b(?:u\.\s?a\.|z\.\s?B\.|usw\b\.?|etc\b\.?|unter anderem|zum Beispiel)|…|\.\.\.", re.IGNORECASE
)
_ABBREVIATION: Final = re.compile(r"\b(?:v\.\s?a\.|i\.\s?d\.\s?R\.|d\.\s?h\.)", re.IGNORECASE)
_SAYS_NOTHING: Final = frozenset({"filler", "here", "whole"})


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
class _Scanner(UnitScanner):
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
                self.doubt(self.text.strip(), ALL_AREAS)
            elif self.says_postal_code:
                self.doubt(self.text.strip(), None)
            elif self.says_koeln:
                self.is_citywide = True

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
        self.forget_subject()
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
        unit, is_of_all = self.read_suffix()
        if TEIL.fullmatch(unit) if unit else self.are_stadtteile:
            hit = self.as_stadtteil(hit)
        if is_of_all and TEIL.fullmatch(unit):
            self.hits = [self.as_stadtteil(other) for other in self.hits]
        self.are_stadtteile = self.are_stadtteile and self.is_list
        self.hits.append(hit)
        self.read_direction(hit)

    def as_stadtteil(self, hit: Hit) -> Hit:
        return replace(hit, stadtteile=(hit.as_stadtteil,)) if hit.as_stadtteil is not None else hit

    def read_suffix(self) -> tuple[str, bool]:
        """The unit after a name and whether it is said of all: "Kalk (Stadtteil)", "Kalk, Nippes (Stadtteile)"."""
        is_each = self.folded(1) == "jeweils"
        unit, after = self.folded(1 + is_each), self.folded(2 + is_each)
        if self.folded() not in {"(", "[", "-", "–"} or after not in {")", "]", ",", ";", "\n", ""}:
            return "", False
        match = TEIL.fullmatch(unit) or BEZIRK.fullmatch(unit)
        if match is None:
            return "", False
        self.position += (3 if after in {")", "]"} else 2) + is_each
        return unit, is_each or bool(match["plural"])

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
            if word in LIST_SIGNS or word in {"(", ")", "[", "]", ":"}:
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
