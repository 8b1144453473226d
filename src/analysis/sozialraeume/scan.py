"""A text read from left to right: which names of places stand where, and what nobody knows."""

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from .gazetteer import DASHES, Gazetteer, guess_name
from .numbers import LIST_SIGNS
from .quantities import ALL_AREAS
from .state import Doubt, Hit
from .units import UnitScanner
from .words import Token, match_name, split_tokens

_OPEN: Final = re.compile(
    r"\b(?:u\.\s*a\.|z\.\s*B\.|usw\b\.?|etc\b\.?|unter\s+anderem|zum\s+Beispiel)|…|\.\.\.", re.IGNORECASE
)
_ABBREVIATION: Final = re.compile(r"\b(?:v\.\s*a\.|i\.\s*d\.\s*R\.|d\.\s*h\.)", re.IGNORECASE)
_HINTS: Final = (".", "…", "usw", "etc", "anderem", "beispiel")  # without one of them, neither stands there
_SAYS_NOTHING: Final = frozenset({"filler", "here", "whole"})
_BRACKETS: Final = frozenset("()[]:")
_SUFFIX_SIGNS: Final = frozenset("([-–")
_SUFFIX_ENDS: Final = frozenset({")", "]", ",", ";", "\n", ""})
_CITY: Final = frozenset({"koeln", "koelns", "cologne"})


class Scan(NamedTuple):
    """All that was found in one text; `condition` where it takes back or leaves open what it names."""

    hits: tuple[Hit, ...]
    doubts: tuple[Doubt, ...]
    is_citywide: bool
    is_open: bool
    condition: str | None


def scan_places(text: str, gazetteer: Gazetteer) -> Scan:
    """Everything a text says of places."""
    blanked, is_open = _blank_abbreviations(text)
    scanner = _Scanner(text, split_tokens(blanked, gazetteer), gazetteer)
    scanner.run()
    return Scan(tuple(scanner.hits), tuple(scanner.doubts), scanner.is_citywide, is_open, scanner.condition)


def _blank_abbreviations(text: str) -> tuple[str, bool]:
    """The text without "z. B." and the like, and whether they leave it open."""
    lower = text.lower()
    if not any(hint in lower for hint in _HINTS):
        return text, False
    blanked = _OPEN.sub(_blank, text)
    return _ABBREVIATION.sub(_blank, blanked), blanked != text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


@dataclass
class _Scanner(UnitScanner):
    def run(self) -> None:
        """Reads word by word, and at the end what was said of the city by the way."""
        while self.position < len(self.tokens):
            self.read_next(self.tokens[self.position])
        self.flush()
        if not self.hits and not self.doubts and not self.is_citywide:
            if self.says_areas:
                self.doubt(self.text.strip(), ALL_AREAS)
            elif self.says_postal_code:
                self.doubt(self.text.strip(), None)
            elif self.says_koeln:
                self.is_citywide = True

    def read_next(self, token: Token) -> None:
        """Lets the first step that knows what to do with a word take it."""
        word = token.word
        if word.opens_quantity and self.read_quantity():
            return
        if word.entries and self.read_name():
            return
        if word.unit in ("bezirk", "teil"):
            self.read_unit()
        elif token.text.isdecimal() and token.text.isascii():
            self.read_figure()
        else:
            self.read_word()

    def read_name(self) -> bool:
        match = match_name(self.tokens, self.position)
        if match is None:
            return False
        entry, end = match
        start = self.position
        if entry.is_citywide:
            self.is_citywide = True
            self.flush()
            self.position = end + (entry.is_declined and self.is_noun(end))
            return True
        begin = self.tokens[start].start
        self.forget_subject()
        is_before = bool(self.pending) and self.is_last_part(start)
        is_after = end < len(self.tokens) and self.is_first_part(end)
        if is_before:
            begin = self.pending.pop().start
        self.flush()
        self.position = end + 2 if is_after else end
        if entry.is_declined and end < len(self.tokens):  # "linksrheinisches Stadtgebiet" is not all of it
            self.position += any(other.is_citywide for other in self.tokens[end].word.entries)
        if not entry.is_certain or is_before or is_after:
            self.doubt(self.text[begin : self.tokens[self.position - 1].end], self.label(entry))
            return True
        self.place(
            Hit(begin, self.tokens[end - 1].end, entry.stadtbezirke, entry.stadtteile, entry.as_stadtteil),
            start,
        )
        self.last_word = None
        return True

    def is_noun(self, index: int) -> bool:
        """Whether a noun stands there that is no place: "stadtweite Beratung"."""
        if index == len(self.tokens) or self.tokens[index].word.is_known:
            return False
        token = self.tokens[index]
        return token.text.istitle() and guess_name(self.gazetteer, token.folded) is None

    def is_last_part(self, start: int) -> bool:
        """Whether the name closes a word nobody knows: "Alt-Weiden"."""
        return self.is_tight(start - 1) and self.pending[-1] is self.tokens[start - 2]

    def is_first_part(self, end: int) -> bool:
        """Whether the name opens a word nobody knows: "Humboldt-Gymnasium", but not "Porz-Wahn" or "Kalk-Nord"."""
        if not self.is_tight(end) or not self.tokens[end + 1].folded[0].isalpha():
            return False
        word = self.tokens[end + 1].word
        is_known = word.role == "direction" or word.unit in ("teil", "bezirk")
        return not is_known and match_name(self.tokens, end + 1) is None

    def place(self, hit: Hit, start: int) -> None:
        """Adds a hit, as a Stadtteil where the text says so."""
        previous = self.hits[-1] if self.hits else None
        is_joined = self.is_tight(start - 1) and previous and previous.end == self.tokens[start - 2].end
        if is_joined and previous and previous.is_stadtbezirk and hit.stadtbezirke == previous.stadtbezirke:
            self.hits.pop()  # "Porz-Wahn": the Stadtbezirk only says where Wahn lies
            hit = _as_stadtteil(hit._replace(start=previous.start))
        after = self.peek()
        unit, is_of_all = self.read_suffix() if after and after.text in _SUFFIX_SIGNS else (None, False)
        if unit == "teil" if unit else self.are_stadtteile:
            hit = _as_stadtteil(hit)
        if is_of_all and unit == "teil":
            self.hits = [_as_stadtteil(other) for other in self.hits]
        self.are_stadtteile = self.are_stadtteile and self.is_list
        self.hits.append(hit)
        if after:
            self.read_direction(hit)

    def read_suffix(self) -> tuple[str | None, bool]:
        """The unit after a name and whether it is said of all: "Kalk (Stadtteil)", "Kalk, Nippes (Stadtteile)"."""
        is_each = self.folded(1) == "jeweils"
        token, after = self.peek(1 + is_each), self.folded(2 + is_each)
        if token is None or token.word.unit not in ("teil", "bezirk") or after not in _SUFFIX_ENDS:
            return None, False
        self.position += (3 if after in {")", "]"} else 2) + is_each
        return token.word.unit, is_each or token.word.is_plural

    def read_direction(self, hit: Hit) -> None:
        """ "Holweide-Ost" lies in Holweide; "Mülheim-Ost" may be a part of the Stadtteil or of the Stadtbezirk."""
        sign = self.folded()
        is_in_brackets = sign == "(" and self.folded(2) == ")"
        offset = 1 if sign in DASHES or sign == "/" or is_in_brackets else 0
        token = self.peek(offset)
        if token is None or token.word.role != "direction":
            return
        self.position += offset + 1 + is_in_brackets
        if not hit.stadtteile and hit.as_stadtteil is not None:
            candidate = self.gazetteer.label(hit.stadtbezirke[0], hit.as_stadtteil)
            self.doubt(self.text[hit.start : self.tokens[self.position - 1].end], candidate)
        self.hits[-1] = self.hits[-1]._replace(end=self.tokens[self.position - 1].end)

    def read_word(self) -> None:
        token = self.tokens[self.position]
        self.position += 1
        word, role = token.folded, token.word.role
        is_word = word[0].isalnum()
        if role == "exclusion" or (word == "bis" and self.folded() == "auf"):
            self.condition = "exclusion"
        elif role == "condition" or (word == "?" and self.hits):  # "Kalk?"
            self.condition = self.condition or "condition"
        elif word in LIST_SIGNS or not is_word:
            if word in LIST_SIGNS or word in _BRACKETS:
                self.flush()
            if word in {";", ")", "]"}:
                self.are_stadtteile = self.is_list = False
        elif word in _CITY or (word == "k" and self.is_abbreviated_city()):
            self.says_koeln = True
        elif word.startswith("lebenswert") and self.folded(self.is_tight(self.position)).startswith("veedel"):
            self.position += 1 + self.is_tight(self.position)
            self.says_areas = True
        elif token.word.unit == "area":
            self.says_areas = True
        elif role not in _SAYS_NOTHING and token.word.unit != "quarter":
            self.pending.append(token)
        if is_word:
            self.last_word = token

    def is_abbreviated_city(self) -> bool:
        """ "K-Kalk", "K.-Kalk"."""
        return self.is_tight(self.position + (self.folded() == "."))


def _as_stadtteil(hit: Hit) -> Hit:
    return hit if hit.as_stadtteil is None else hit._replace(stadtteile=(hit.as_stadtteil,))
