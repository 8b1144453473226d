"""One cell of a form as a label: what it asks for, and the answers that stand in it."""

import re
from dataclasses import dataclass
from typing import Final

from ..schema import CONTACT
from . import answers
from .grid import Grid, Place
from .tables import MatchHeader

_LONGEST_LABEL: Final = 200
_LONGEST_HEAD: Final = 80
_NUMBERS: Final = re.compile(
    r"^\W*(?:\d{1,2}[.)]\s*)+|\s*(?:nr\.?\s*)?\d{1,2}\W*$|\s+[A-Z]\W*$", re.IGNORECASE
)
_LEADING: Final = re.compile(r"^\W*(?:\w{1,2}[.)]\s*)+")
_MARKS: Final = " .:*–)(-"
_LONGEST_NUMBERED: Final = 40
_NO_LABEL: Final = re.compile(r"^\W*(?:köln|ort)\W+(?:den\s+)?datum|^\W*unterschrift", re.IGNORECASE)
# What stands in brackets beside a label mostly says how to answer.
_HINT: Final = re.compile(
    r"[(\[<].*(?:zeichen|zeilen?|sätze|stichw|freitext|kreuz|auswahl|auswähl|mehrfach|pflicht|optional|bitte|kurz|angab|angeb"
    r"|z\.\s?b|tt\.|jjjj|name|nennen|falls|ggf|wenn|\?).*[)\]>]|[(\[<][\s._…-]*[)\]>]",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Label:
    """One cell that asks: its place, the last column it covers, its field (None: unknown).

    `inline` holds the answers that stand in the same cell: "Titel: Jugendtreff" is one, a cell of several lines can
    hold more. `key` is what two labels of the same wording share.
    """

    place: Place
    right: int
    field: str | None
    key: str
    inline: tuple[tuple[str, str], ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the cell asks for."""
        return frozenset(name for name, _ in self.inline) | ({self.field} if self.field else set())


def is_programme_heading(text: str, match: MatchHeader) -> bool:
    """Whether a text numbers a programme without naming it: "Maßnahme 1", "2. Programm", "Nr. 3", "4"."""
    bare = _without_number(text)
    return bare is not None and (bare.casefold() in ("", "nr") or match(bare) == "title")


def is_numbered_title(text: str, match: MatchHeader) -> bool:
    """Whether a text is a heading of the title with a number: "Maßnahme 1", but not "4"."""
    bare = _without_number(text)
    return bool(bare) and match(bare or "") == "title"


def _without_number(text: str) -> str | None:
    plain = text.strip(_MARKS)
    bare = _NUMBERS.sub("", text).strip(_MARKS) if len(text) <= _LONGEST_NUMBERED else plain
    return None if bare == plain else bare


def is_hint(text: str) -> bool:
    """Whether a text beside a label says how to answer: "(max. 5 Zeilen)", "Bitte ankreuzen"."""
    return answers.is_template(text) or bool(_HINT.fullmatch(text))


def read_label(grid: Grid, place: Place, match: MatchHeader) -> Label | None:
    """The label that a cell may be, None where its text asks for nothing known."""
    text = grid.text(place)
    if text.isdigit() or text.startswith(CONTACT) or _NO_LABEL.match(text) or answers.is_closing(text):
        return None
    span = grid.spans.get(place)
    right = span.right if span else place[1]
    inline = _read_inline(text, match)
    head = text.partition(":")[0]
    if any(answer for _, answer in inline):
        return Label(place, right, inline[0][0], _key(head, inline[0][0]), inline)
    field = match(text) if len(text) <= _LONGEST_LABEL else None
    if field is None and inline:
        field, text = inline[0][0], head
    if field is None and is_numbered_title(text, match):
        field = "title"
    return Label(place, right, field, _key(text, field)) if field is not None else None


def _read_inline(text: str, match: MatchHeader) -> tuple[tuple[str, str], ...]:
    """The labels in one text with the answers behind their colons; empty where it begins with none."""
    found: list[tuple[str, str]] = []
    for line in text.split("\n"):
        head, colon, answer = (part.strip() for part in line.partition(":"))
        field = match(head) if colon and head and len(head) <= _LONGEST_HEAD else None
        if colon and field is None and is_numbered_title(head, match):
            field = "title"
        if field is not None:
            asks_more = field != "contact" and (is_hint(answer) or _is_same(field, match(answer)))
            found.append((field, "" if asks_more else answer))
        elif found:
            name, before = found[-1]
            found[-1] = (name, f"{before}\n{line.strip()}".strip())
        else:
            return ()
    return tuple(found)


def _is_same(field: str, other: str | None) -> bool:
    """Whether what follows a colon only goes on asking: "Laufzeit: von – bis"."""
    return other == field or {other, field} <= {"start", "end", "period"}


def _key(text: str, field: str) -> str:
    # "Partner 1" and "Partner 2" are two labels, "Maßnahme 1" and "Maßnahme 2" the same one again.
    bare = _NUMBERS.sub("", text) if field == "title" else _LEADING.sub("", text)
    return " ".join(bare.casefold().strip(_MARKS).split())
