"""German for numbers, dates, counts and lists: what people read is correct in number, gender and case.

A number that knows where it was counted is marked while somebody collects such numbers (`counted.collecting`).
Sources: DIN 5008 (numbers, dates, percent), Duden (number words up to zwölf).
"""

import datetime
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, Literal

from .counted import after_mark, cite

Gender = Literal["m", "f", "n"]
Case = Literal["nominative", "accusative", "dative"]

NBSP: Final = "\u00a0"
NO_ANSWER: Final = "keine Angabe"
_ROOMY: Final = Context(prec=400)  # digits for any float

_WORDS: Final = (
    "null",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
)
_MONTHS: Final = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
# Endings whose gender is a rule without everyday exceptions; any other noun must say its gender.
_FEMININE_ENDINGS: Final = ("ung", "ungen", "heit", "keit", "schaft", "tät", "ion")
# Before a noun ("ein Dezernat") and standing alone ("eines von sieben"): ein-/kein- end alike.
_BEFORE_NOUN: Final[dict[Case, dict[Gender, str]]] = {
    "nominative": {"m": "ein", "f": "eine", "n": "ein"},
    "accusative": {"m": "einen", "f": "eine", "n": "ein"},
    "dative": {"m": "einem", "f": "einer", "n": "einem"},
}
_ALONE: Final[dict[Case, dict[Gender, str]]] = {
    "nominative": {"m": "einer", "f": "eine", "n": "eines"},
    "accusative": {"m": "einen", "f": "eine", "n": "eines"},
    "dative": {"m": "einem", "f": "einer", "n": "einem"},
}
_THE_ONLY: Final[dict[Case, dict[Gender, str]]] = {
    "nominative": {"m": "der eine", "f": "die eine", "n": "das eine"},
    "accusative": {"m": "den einen", "f": "die eine", "n": "das eine"},
    "dative": {"m": "dem einen", "f": "der einen", "n": "dem einen"},
}


def format_number(value: float | Decimal, decimals: int | None = None) -> str:
    """One number as German writes it: "1.234,5"; `decimals` rounds half up, None keeps what is there."""
    return cite(value, _figures(value, decimals))


def _figures(value: float | Decimal, decimals: int | None = None) -> str:
    number = Decimal(str(value))
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _ROOMY)
    text = f"{number.copy_abs():,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.translate(str.maketrans(",.", ".,"))
    return f"−{text}" if number < 0 else text


def format_date(date: datetime.date) -> str:
    """One date in figures: "26.02.2014"."""
    return f"{date:%d.%m.%Y}"


def format_long_date(date: datetime.date) -> str:
    """One date with the month as a word: "26. Februar 2014"."""
    return f"{date.day}.{NBSP}{_MONTHS[date.month - 1]} {date.year:04d}"


def format_share(part: int, whole: int) -> str:
    """One share with its denominator, in figures: "9 von 22"."""
    return f"{format_number(part)} von {format_number(whole)}"


def format_percent(part: float, whole: float) -> str:
    """One share in percent without decimals: "41 %"; neither 0 nor 100 where it is only nearly so.

    Raises: ValueError where there is nothing to take a share of.
    """
    if whole <= 0:
        raise ValueError(f"no share of {whole}")
    percent = Decimal(str(part)) * 100 / Decimal(str(whole))
    if 0 < percent < Decimal("0.5"):
        return cite(part, f"unter 1{NBSP}%")
    if Decimal("99.5") <= percent < 100:
        return cite(part, f"über 99{NBSP}%")
    return cite(part, f"{_figures(percent, 0)}{NBSP}%")


def number_word(value: int) -> str:
    """One whole number in running text: a word up to zwölf, then figures."""
    return cite(value, _WORDS[value] if 0 <= value < len(_WORDS) else _figures(value))


def count_noun(
    count: int, singular: str, plural: str, *, gender: Gender | None = None, case: Case = "nominative"
) -> str:
    """One counted noun: "eine Nennung", "zwei Nennungen", "mit keinen Nennungen".

    `singular` and `plural` are given in the nominative; the dative plural is made by rule.
    Raises: ValueError where the gender is neither given nor plain from the ending (-ung, -heit, ...).
    """
    gender = gender or _gender(singular)
    if count == 1:
        return f"{cite(count, _BEFORE_NOUN[case][gender])} {singular}"
    noun = _dative_plural(plural) if case == "dative" else plural
    if count == 0:
        return f"{'keinen' if case == 'dative' else 'keine'} {noun}"
    return f"{number_word(count)} {noun}"


def part_of(
    count: int, whole: int, singular: str, plural: str, *, gender: Gender | None = None, case: Case = "dative"
) -> str:
    """One part of a whole with its noun: "(in) zwei von sieben Dezernaten".

    None of them is "keinem der sieben Dezernate", all are "allen sieben Dezernaten", both are "beiden
    Dezernaten", the only one is "dem einen Dezernat".
    Raises: ValueError where the whole is not positive or smaller than the part, or the gender is unknown.
    """
    gender = gender or _gender(singular)
    if whole < 1 or not 0 <= count <= whole:
        raise ValueError(f"{count} cannot be a part of {whole}")
    dative = _dative_plural(plural)
    if whole == 1:
        words = _THE_ONLY[case][gender] if count else f"k{_BEFORE_NOUN[case][gender]}"
        return f"{cite(count, words)} {singular}"
    if count == 0:
        return f"k{_ALONE[case][gender]} der {cite(whole, 'beiden') if whole == 2 else number_word(whole)} {plural}"
    if count == whole:
        ending = "n" if case == "dative" else ""
        every = cite(count, f"beide{ending}") if whole == 2 else f"alle{ending} {number_word(count)}"
        return f"{every} {dative if case == 'dative' else plural}"
    part = cite(count, _ALONE[case][gender]) if count == 1 else number_word(count)
    return f"{part} von {number_word(whole)} {dative}"


def agree(count: int, one: str, many: str) -> str:
    """One word that follows its number: agree(n, "nennt", "nennen")."""
    return one if count == 1 else many


def join_words(words: Iterable[str], conjunction: str = "und") -> str:
    """One list in a sentence: "a, b und c"."""
    *head, last = list(words) or [""]
    return f"{', '.join(head)} {conjunction} {last}" if head else last


def capitalize_first(text: str) -> str:
    """One sentence whose first letter is a capital; the rest stays as it is."""
    start = after_mark(text)
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def quote(text: str) -> str:
    """One quotation in German marks; marks inside become single ones."""
    return "„" + text.translate(str.maketrans("„“”", "‚‘‘")) + "“"


def _gender(singular: str) -> Gender:
    if singular.endswith(_FEMININE_ENDINGS):
        return "f"
    raise ValueError(f"the gender of {singular!r} is not plain from its ending: pass gender='m', 'f' or 'n'")


def _dative_plural(plural: str) -> str:
    """The plural with -n, unless it ends in -n or -s already."""
    return plural if plural.endswith(("n", "s")) else plural + "n"
