"""A column heading -> the field it asks for.

Every word of a heading must be known (`codelists/headers.csv`), because the loader asks about any cell:
"Amt" is a heading, "Amt für Soziales und Senioren" is data. The rules are German grammar: a compound is
decided by its last part, a phrase by its head noun, a question by what it asks for.
"""

from functools import lru_cache
from itertools import groupby
from typing import Final

from ..codelists import CodeLists, package_codes
from .glance import judge_word, may_be_heading
from .text import Heading, Word, split_heading
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
        *("aus", "ueber", "auf", "unter", "welcher", "welchem", "welchen", "d", "f"),
    }
)
_SEPARABLE: Final = frozenset({"an", "ab", "auf", "aus", "ein", "mit", "statt", "teil", "zusammen"})
# Questions that ask for something; others ("Ist die Zielgruppe zufrieden?") are to be answered yes or no.
_ASKING: Final = frozenset(
    {
        *(
            "wo",
            "wann",
            "wer",
            "wen",
            "wem",
            "was",
            "wie",
            "worum",
            "welche",
            "welcher",
            "welches",
            "welchem",
        ),
        *("welchen", "seit", "bis", "ab", "von", "fuer", "mit", "in", "an", "aus", "zu", "gibt"),
    }
)
_CLOSING: Final = frozenset({Sense("partners"), Sense("partners", is_adjective=True), Sense("contact")})
_REPEATED: Final = frozenset(
    {"target_groups", "partners", "contact"}
)  # "Partner 1", "Partner 2", but never "Amt 5"


def match_header(text: str | None, codes: CodeLists | None = None) -> str | None:
    """The field code of a column heading, None where it is none of the fields or no heading at all."""
    lexicon = compile_lexicon(codes or package_codes())
    return read_heading(text, lexicon) if text and may_be_heading(text, lexicon) else None


def may_stand_in_heading(word: str, codes: CodeLists) -> bool | None:
    """Whether a heading can hold a word between blanks; None where any other word may then stand beside it."""
    return judge_word(word, compile_lexicon(codes))


@lru_cache(maxsize=10_000)
def read_heading(text: str, lexicon: Lexicon) -> str | None:
    """What the rules of grammar make of a text."""
    heading = split_heading(text)
    if heading is None:
        return None
    outer = _read_whole(heading, lexicon) or _read_parts(heading.parts, lexicon, heading.is_question)
    if outer is None or outer.field == "":
        return None
    inner = [_read_parts(parts, lexicon, False) for parts in heading.brackets]
    if outer.field == "title" and len(heading.brackets) == 1 == len(heading.brackets[0]) and BLOCKED in inner:
        return None  # "Ansatz (Euro)", but not "Angebot (Name/Art)"
    fields = {sense.field for sense in inner if sense is not None and sense.is_strong and sense.field}
    if len(fields) == 1 and not outer.is_strong:
        return _checked(fields.pop(), heading.number)
    if outer.field and {outer.field} | fields == {"start", "end"}:
        return "period"
    return _checked(outer.field, heading.number)


def _read_whole(heading: Heading, lexicon: Lexicon) -> Sense | None:
    """The sense of a heading of several parts that the code list knows as a phrase: "Name und Adresse"."""
    if len(heading.parts) == 1:
        return None
    return lexicon.phrases.get(tuple(word.text for part in heading.parts for word in part))


def _checked(field: str | None, number: int | None) -> str | None:
    return field if number is None or field in _REPEATED else None


def _read_parts(parts: list[list[Word]], lexicon: Lexicon, is_question: bool) -> Sense | None:
    """The sense of parts joined by "/", "und" and the like; None where a word is unknown."""
    if len(parts) == 1:
        return _read_part(parts[0], lexicon, is_question)
    senses: list[Sense] = []
    for part in parts:
        sense = _read_part(part, lexicon, is_question)
        if sense is None and is_question and any(map(_is_asked_for, senses)):
            sense = NEUTRAL
        if sense is None:
            return None
        if sense.field is not None:
            senses.append(sense)
    if not senses:
        return NEUTRAL
    fields = [sense.field for sense in senses if sense.field is not None]
    field = None if "" in fields and "contact" not in fields else _combine(set(fields))
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
    words = _join_verb(part, lexicon) if is_question else part
    found: list[Sense] = []
    has_strong = is_complement = is_number = has_unknown = False
    position = 0
    while position < len(words):
        sense, length = match_phrase(words, position, lexicon)
        if sense is None:
            sense = resolve_word(words, position, lexicon)
        if sense is None:
            # Questions may go on with any word, once they have said what they ask for.
            if not is_question or not any(_is_asked_for(sense) for sense in found):
                return None
            has_unknown = True
            sense = NEUTRAL
        if has_strong and length == 1 and words[position].text in _COMPLEMENT:
            is_complement = True
        # Questions end in what they ask: "Welche Ämter sind an der Maßnahme beteiligt?".
        # And what is none of ours stays so: "Beginn der Sitzung".
        if not is_complement or sense.field == "" or (is_question and sense in _CLOSING):
            is_number = is_number or sense.is_number
            if sense.field is not None:
                found.append(sense)
                has_strong = has_strong or sense.is_strong
        position += length
    decided = _decide(found, is_number, is_question)
    if has_unknown and not (_is_asked_for(decided) and words[0].text in _ASKING):
        return None
    # "Was wird mit der Maßnahme erreicht?" does not ask for whom.
    if is_question and words[0].text == "was" and decided.field == "target_groups":
        return Sense("description")
    return decided


def _is_asked_for(sense: Sense) -> bool:
    return sense.is_strong and sense.field not in (None, "", "title", "description")


def _join_verb(part: list[Word], lexicon: Lexicon) -> list[Word]:
    """Brings the end of a separable verb back to it: "Wann läuft das Projekt aus?"."""
    for position, word in enumerate(part[:-1]):
        if part[-1].text in _SEPARABLE and (word.text, part[-1].text) in lexicon.phrases:
            return [*part[: position + 1], part[-1], *part[position + 1 : -1]]
    return part


def _decide(found: list[Sense], is_number: bool, is_question: bool) -> Sense:
    if any(sense.field == "" for sense in found):
        return BLOCKED
    strong = [sense.field for sense in found if sense.is_strong and sense.field]
    weak = [sense.field for sense in found if not sense.is_strong and sense.field]
    if is_question and set(strong) == {"title"}:  # "Wann findet die Maßnahme statt?"
        strong = [field for field in weak if field != "title"][-1:] or strong
    if not strong:
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
        ({"contact", "target_groups"}, "contact"),
        ({"office", "remarks"}, "remarks"),  # "Kommentar Fachstelle"
        ({"dezernat", "remarks"}, "remarks"),
    ):
        if fields == pair:
            return {winner}
    if is_question:
        return {order[0]}
    return fields - {"description"} if len(fields) > 2 else fields
