"""What a text says at one look: nothing of note, for nearly every text, found without a single pattern.

The short way (`is_plain`) only ever says yes where all the rules of `answers` say no; `tests/test_lines.py` holds it to
that.
"""

from functools import cache, lru_cache
from itertools import product
from typing import Final, NamedTuple

from ..codelists import CodeLists
from . import answers
from .fehlanzeigen import is_fehlanzeige, may_report_none


class Look(NamedTuple):
    """What a text is besides an answer: nil ("k. A."), a report of none, the form's own text, a total, a number."""

    is_nil: bool = False
    is_fehlanzeige: bool = False
    is_template: bool = False
    is_total: bool = False
    is_number: bool = False


PLAIN: Final = Look()
# How the texts begin that are the form's own, totals or numbers, as far as they begin with three letters.
_OPENINGS: Final = (
    *("zum beispiel", "bsp", "beispiel", "muster", "ausfüllbeispiel", "bitte", "hier", "klicken sie hier"),
    *("jjjj", "xxx", "lorem ipsum"),
    *(
        "zwischensumme",
        "gesamt",
        "teilsumme",
        "endsumme",
        "summe",
        "insgesamt",
        "total",
        "anzahl",
        "zusammen",
    ),
    *("spalte", *map("".join, product("ivx", repeat=3))),
)
_LONGEST_KEPT: Final = 200


def look_at(text: str, codes: CodeLists) -> Look:
    """What a text is besides an answer; `PLAIN` where it is nothing else."""
    if is_plain(text, codes):
        return PLAIN
    return _look_again(text, codes) if len(text) <= _LONGEST_KEPT else _look_closely(text, codes)


def is_plain(text: str, codes: CodeLists) -> bool:
    """Whether a text plainly is nothing but an answer: where this is false, it needs a closer look."""
    lowered = text.casefold()
    start = lowered[:3]
    if len(start) < 3 or not start.isalpha():
        return False
    openings = _openings(codes).get(start)
    if openings is not None and lowered.startswith(openings):
        return False
    return not may_report_none(lowered)


def _look_closely(text: str, codes: CodeLists) -> Look:
    look = Look(
        answers.is_nil(text, codes),
        is_fehlanzeige(text, codes),
        answers.is_template(text),
        answers.is_total(text),
        answers.is_number(text),
    )
    return PLAIN if look == PLAIN else look


# What is not plain is mostly short and comes again: "2009", "k. A.", "-".
_look_again = lru_cache(maxsize=10_000)(_look_closely)


@cache
def _openings(codes: CodeLists) -> dict[str, tuple[str, ...]]:
    """The beginnings that ask for a closer look, by their first three letters."""
    found: dict[str, tuple[str, ...]] = {}
    for opening in (*_OPENINGS, *answers.first_words(codes)):
        start = opening[:3]
        if len(start) == 3:
            found[start] = (*found.get(start, ()), opening)
    return found
