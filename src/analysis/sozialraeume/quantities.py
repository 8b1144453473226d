"""How many of a kind a text speaks of: "alle Stadtbezirke", "alle elf Sozialraumgebiete", "ganz Köln"."""

from typing import Final

from .gazetteer import DASHES
from .numbers import LIST_SIGNS, count_units, read_count
from .state import Hit, ScanState
from .words import Token, match_name

_CITY: Final = frozenset({"stadt", "stadtgebiet", "koeln", "koelns"})
OF: Final = frozenset({"in", "im", "des", "von", "der", "aus"})
# What may stand between a place and all its parts: "Porz (alle Stadtteile)", "Kalk mit allen Stadtteilen".
_ITS: Final = frozenset({"(", "[", ":", "mit", "inkl", ".", *DASHES})
ALL_AREAS: Final = "alle Sozialraumgebiete"


class QuantityScanner(ScanState):
    """The step that reads quantities."""

    def read_quantity(self) -> bool:
        """ "alle Stadtbezirke", "9 Bezirke", "ganz Köln", "alle elf Sozialraumgebiete", "12 Stadtteile"."""
        first = self.tokens[self.position]
        role = first.word.role
        offset = 1 if role in ("each", "whole") else 0
        while offset and self.is_filler(offset):
            offset += 1
        count = read_count(self.tokens, self.position + offset)
        offset += count is not None
        while offset and self.is_filler(offset):
            offset += 1
        is_share = count is not None and read_count(self.tokens, self.position + offset) is not None
        offset += is_share  # "drei von elf Sozialraumgebieten"
        unit = self.peek(offset)
        if unit is None or not offset:
            return False
        end = self.position + offset + 1
        total = count_units(unit.word.unit, self.gazetteer)
        is_ganze_stadt = role == "whole" and count is None and unit.folded in _CITY
        if not is_ganze_stadt and (total is None or (role != "each" and count is None)):
            return False
        # Nobody knows which the Sozialräume are, where the text does not say that they are eleven.
        is_vague = count is None and unit.folded.startswith("sozialraeum")
        if is_ganze_stadt:
            self.is_citywide = True
        elif is_share or is_vague or count not in (None, total):
            self.doubt(self.text[first.start : unit.end], ALL_AREAS if role == "each" else None)
        elif unit.word.unit == "area":
            self.add_areas(first.start, unit.end)
        elif not self.is_scoped(offset + 1):
            self.add_all(first, unit)
        self.forget_subject()
        self.flush()
        self.position = end
        self.skip_programme()
        return True

    def add_areas(self, start: int, end: int) -> None:
        """Adds the Stadtteile of all areas of the programme."""
        numbers = tuple(number for area in self.gazetteer.areas for number in area)
        stadtbezirke = tuple(dict.fromkeys(self.gazetteer.stadtteile[number][0] for number in numbers))
        self.hits.append(Hit(start, end, stadtbezirke, numbers))

    def add_all(self, first: Token, unit: Token) -> None:
        """All Stadtbezirke are the city; all Stadtteile too, unless they may be those of the place before."""
        if unit.word.unit == "bezirk" or not self.follows_place():
            self.is_citywide = True
        elif not self.is_of_place():
            self.doubt(self.text[first.start : unit.end], "stadtweit")

    def is_of_place(self) -> bool:
        """Whether all parts are those of the Stadtbezirk before: "Porz (alle Stadtteile)"."""
        index = self.position
        while self.tokens[index - 1].folded in _ITS:
            index -= 1
        return not self.hits[-1].stadtteile and self.hits[-1].end == self.tokens[index - 1].end

    def follows_place(self) -> bool:
        """Whether a place stands before, so that all parts may be those of it: "Porz, alle Stadtteile"."""
        index = self.position
        while index and (
            self.tokens[index - 1].folded in _ITS or self.tokens[index - 1].folded in LIST_SIGNS
        ):
            index -= 1
        return bool(self.hits) and index > 0 and self.hits[-1].end == self.tokens[index - 1].end

    def is_filler(self, offset: int) -> bool:
        """Whether a word says nothing between a quantity and its unit."""
        return self.role(offset) == "filler" and self.folded(offset) not in _CITY

    def is_scoped(self, offset: int) -> bool:
        """Whether the name of a place follows: "alle Stadtteile im Bezirk Kalk" is Kalk."""
        is_linked = self.unit(offset - 1) != "bezirk"  # "alle Stadtteile Porz", but not "alle Bezirke Porz"
        while self.folded(offset) in OF or self.unit(offset) == "bezirk":
            offset, is_linked = offset + 1, True
        if self.peek(offset) is None or not is_linked:
            return False
        return self.folded(offset).isdecimal() or match_name(self.tokens, self.position + offset) is not None

    def skip_programme(self) -> None:
        """The programme's name after its areas: "alle Gebiete von „Lebenswerte Veedel“"."""
        for offset in range(6):
            if self.folded(offset).startswith("lebenswert") and self.folded(offset + 1).startswith("veedel"):
                self.position += offset + 2
                return
