"""A column heading -> the field it asks for.

Every word of a heading must be known (`codelists/headers.csv`), because the loader asks about any cell:
"Amt" is a heading, "Amt für Soziales und Senioren" is data. The rules are German grammar: a compound is
decided by its last part, a phrase by its head noun, a question by what it asks for.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Final

from ..codelists import CodeLists, package_codes
from .text import Word, split_heading
from .words import (
    BLOCKED,
    NEUTRAL,
    NUMBERED,
    Lexicon,
    Sense,
    compile_lexicon,
    match_phrase,
    resolve_word,
)

# A part of a heading ends where a complement begins: "Beginn | der Maßnahme", "Partner | im Sozialraum".
_COMPLEMENT: Final = frozenset(
    {
        *("der", "des", "dem", "den", "die", "das", "eines", "einer", "einem", "ihres", "ihrer", "ihrem"),
        *("fuer", "in", "im", "mit", "zu", "zur", "zum", "von", "vom", "an", "am", "bei", "durch", "nach"),
        *("aus", "ueber", "auf", "unter", "welcher", "welchem", "welchen"),
    }
)
_REPEATED: Final = frozenset(
    {"target_groups", "partners", "contact"}
)  # "Partner 1", "Partner 2", but never "Amt 5"


def match_header(text: str | None, codes: CodeLists | None = None) -> str | None:
    """The field code of a column heading, None where it is none of the fields or no heading at all."""
    heading = split_heading(text or "")
    if heading is None:
        return None
    lexicon = compile_lexicon(codes or package_codes())
    outer = _read_parts(heading.parts, lexicon, heading.is_question)
    if outer is None or outer.field == "":
        return None
    inner = [_read_parts(parts, lexicon, False) for parts in heading.brackets]
    fields = {sense.field for sense in inner if sense is not None and sense.is_strong and sense.field}
    if len(fields) == 1 and not outer.is_strong:
        return _checked(fields.pop(), heading.number)
    if outer.field and {outer.field} | fields == {"start", "end"}:
        return "period"
    return _checked(outer.field, heading.number)


def _checked(field: str | None, number: int | None) -> str | None:
    return field if number is None or field in _REPEATED else None


def _read_parts(parts: Iterable[list[Word]], lexicon: Lexicon, is_question: bool) -> Sense | None:
    """The sense of parts joined by "/", "und" and the like; None where a word is unknown."""
    senses = []
    for part in parts:
        sense = _read_part(part, lexicon, is_question)
        if sense is None:
            return None
        if sense.field is not None:
            senses.append(sense)
    if not senses:
        return NEUTRAL
    fields = [sense.field for sense in senses if sense.field is not None]
    if "" in fields:
        return BLOCKED
    field = _combine(set(fields))
    return Sense(field, is_strong=any(sense.is_strong for sense in senses)) if field else BLOCKED


def _combine(fields: set[str]) -> str | None:
    """One field for several that share a column, None where they are different things."""
    if "contact" in fields:  # persons are withheld, whatever else stands beside them
        return "contact"
    if len(fields) > 1:
        fields = fields - {"remarks"}
    if len(fields) == 1:
        return next(iter(fields))
    if fields == {"dezernat", "office"}:
        return "office"
    if fields <= {"start", "end", "period"}:
        return "period"
    return "title" if fields == {"title", "description"} else None


def _read_part(part: list[Word], lexicon: Lexicon, is_question: bool) -> Sense | None:
    found: list[Sense] = []
    is_complement = False
    is_number = False
    position = 0
    while position < len(part):
        sense, length = match_phrase(part, position, lexicon)
        if sense is None:
            sense = resolve_word(part, position, lexicon)
        if sense is None:
            if not is_question:
                return None
            sense = NEUTRAL
        if length == 1 and part[position].text in _COMPLEMENT and any(s.is_strong for s in found):
            is_complement = True
        # Questions end in what they ask: "Welche Ämter sind an der Maßnahme beteiligt?"
        if not is_complement or (is_question and sense.field == "partners"):
            is_number = is_number or sense.is_number
            if sense.field is not None:
                found.append(sense)
        position += length
    return _decide(found, is_number, is_question)


def _decide(found: list[Sense], is_number: bool, is_question: bool) -> Sense:
    if any(sense.field == "" for sense in found):
        return BLOCKED
    strong = [sense.field for sense in found if sense.is_strong and sense.field]
    if not strong:
        weak = [sense.field for sense in found if sense.field]
        return Sense(weak[-1], is_strong=False) if weak and not is_number else NEUTRAL
    order = [field for field, _ in groupby(strong)]
    # The programme is what every heading is about: it gives way to whatever else is named.
    fields = set(order) - {"title"} or {"title"}
    if len(fields) > 1:
        fields = _juxtapose(fields, [field for field in order if field in fields], is_question)
    field = next(iter(fields)) if len(fields) == 1 else _combine(fields)
    if field is None or (is_number and field not in NUMBERED):
        return BLOCKED
    return Sense(field)


def _juxtapose(fields: set[str], order: list[str], is_question: bool) -> set[str]:
    """Nouns side by side: "beteiligte Ämter" are partners, "Laufzeit bis" is an end."""
    for pair, winner in (
        ({"office", "partners"}, "partners"),
        ({"dezernat", "partners"}, "partners"),
        ({"period", "start"}, "start"),
        ({"period", "end"}, "end"),
        ({"contact", "target_groups"}, "target_groups"),
    ):
        if fields == pair:
            return {winner}
    if is_question:
        return {order[0]}
    return fields - {"description"} if len(fields) > 2 else fields
