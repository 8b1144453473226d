"""What was read of a text so far: places found, doubts, and words that wait for what follows."""

from dataclasses import dataclass, field
from typing import NamedTuple

from .gazetteer import DASHES, Entry, Gazetteer, guess_name
from .words import Token


class Hit(NamedTuple):
    """One name found in the text; the numbers it stands for."""

    start: int
    end: int
    stadtbezirke: tuple[int, ...]
    stadtteile: tuple[int, ...] = ()
    as_stadtteil: int | None = None

    @property
    def is_stadtbezirk(self) -> bool:
        """Whether the name is that of a Stadtbezirk, though the text may have said Stadtteil."""
        return not self.stadtteile or self.stadtteile == (self.as_stadtteil,)


class Doubt(NamedTuple):
    """Words nobody can place for certain, and what they would have been taken for."""

    text: str
    candidate: str | None


@dataclass
class ScanState:
    """What was read so far, and what every step of reading needs; a step says whether it moved on."""

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
    last_word: Token | None = None
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

    def role(self, offset: int) -> str | None:
        """What the word `offset` places on does to the names around it (code list `place_words`)."""
        token = self.peek(offset)
        return token.word.role if token else None

    def unit(self, offset: int) -> str | None:
        """The kind of place that the word `offset` places on means."""
        token = self.peek(offset)
        return token.word.unit if token else None

    def is_tight(self, index: int) -> bool:
        """Whether the token at `index` is a dash without blanks around it."""
        if not 0 < index < len(self.tokens) - 1:
            return False
        token = self.tokens[index]
        is_dash = token.text in DASHES
        return (
            is_dash
            and self.tokens[index - 1].end == token.start
            and token.end == self.tokens[index + 1].start
        )

    def doubt(self, text: str, candidate: str | None) -> None:
        """Adds a doubt."""
        self.doubts.append(Doubt(" ".join(text.split()), candidate))

    def forget_subject(self) -> None:
        """Drops the noun before "in Kalk": "Grundschulen" say what is there, not where."""
        is_here = bool(self.pending) and self.last_word is not None and self.last_word.word.role == "here"
        if is_here and self.pending[-1].text[0].isupper():
            self.pending = []

    def flush(self) -> None:
        """Unknown words become a doubt, with the place they are one slip away from."""
        if self.pending:
            first, last = self.pending[0], self.pending[-1]
            entry = guess_name(self.gazetteer, first.folded) if len(self.pending) == 1 else None
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
