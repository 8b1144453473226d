"""Statements of age in a text: "0-3 Jahre", "U25", "ab 60", "18-27-Jährige" -> the target groups they stand for.

Source of the limits: § 7 SGB VIII (child under 14, adolescent under 18, young adult under 27); ages 12 to 14 are
called both children and adolescents, and programmes for seniors begin at 50.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from ..spelling import fold

_NUMBER_WORDS: Final = {
    "null": 0, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fuenf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9,
    "zehn": 10, "elf": 11, "zwoelf": 12, "dreizehn": 13, "vierzehn": 14, "fuenfzehn": 15, "sechzehn": 16,
    "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "zwanzig": 20, "einundzwanzig": 21, "fuenfundzwanzig": 25,
    "siebenundzwanzig": 27, "dreissig": 30, "fuenfzig": 50, "fuenfundfuenfzig": 55, "sechzig": 60,
    "fuenfundsechzig": 65, "siebzig": 70, "achtzig": 80, "dritten": 3, "sechsten": 6, "vierzehnten": 14,
}  # fmt: skip
_WORDS = (
    "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
    .replace("ue", "(?:ü|ue)")
    .replace("oe", "(?:ö|oe)")
    .replace("ss", "(?:ss|ß)")
)


def _compile(pattern: str) -> re.Pattern[str]:
    """A pattern for small letters in which umlauts may be a letter and a combining accent."""
    for umlaut in "äöü":
        pattern = pattern.replace(umlaut, f"(?:{umlaut}|{unicodedata.normalize('NFD', umlaut)})")
    return re.compile(pattern, re.VERBOSE)


_YEARLY = r"\s*-?\s*j(?:ä|ae)hr(?:ig\w*|\b\.?)"
_SPELLED = rf"(?<![\w.,])(?:{_WORDS})(?=\s*-|\s+bis\b|{_YEARLY}|\s*(?:jahr|monat|lebensjahr))"
_N = rf"(?:(?<![\w.,])\d{{1,3}}(?!\d|[.,]\d)|{_SPELLED})"
_UNIT = rf"(?:{_YEARLY}|\s*jahre?n?\b|\s*j\b\.?|\.?\s*(?:lebensjahr|lj\b)\w*|\s*monate?n?)"
_TO = r"\s*(?:-?\s*bis(?:\s+(?:zu|unter|einschl\w*\.?))?|[-–—−‐‑])\s*"
_NUMBER = re.compile(r"\d+")
_ANY_NUMBER = _compile(rf"\d+|{_SPELLED}")
# A number in words counts only beside one of the first, and holds one of the second.
_AROUND_SPELLED: Final = ("hr", "monat", "bis", "-")
_IN_SPELLED: Final = (
    "null", "ein ", "ein-", "einj", "einund", "zwei", "drei", "vier", "nf", "sech", "sieb",
    "acht", "neun", "zehn", "lf", "zwanzig", "dritte",
)  # fmt: skip
_RANGE = _compile(
    rf"(?P<low>{_N})(?P<unit1>{_UNIT})?(?:{_TO}|(?<=\d)\s+und\s+(?=\d+\s*-?\s*j)|-?\s*und\s+bis\s+)"
    rf"(?P<high>{_N})(?P<unit2>{_UNIT})?"
)
_BEFORE = _compile(
    r"""(?:(?<!\w)(?:(?P<over>ü|ue)|(?P<below>u))(?:\s*|-)
      | (?<!\w)(?P<between>zwischen)\s+
      | (?:(?<!\w)(?P<from>ab|von)
         | (?P<least>(?<!\w)(?:über|ueber|(?:ä|ae)lter\s+als|mindestens|mind\.)|>=?|≥)
         | (?P<most>(?<!\w)(?:unter|bis(?:\s+(?:zu|zum|unter|maximal|einschl\w*\.?))*|j(?:ü|ue)nger\s+als
             |h(?:ö|oe)chstens|maximal|max\.)|<=?|≤)\s*-?)\s*(?:dem\s+|zum\s+)?)$"""
)
_REACH: Final = 20  # characters before a number in which stands what it depends on
_SINGLE = _compile(
    rf"(?P<number>\d+|{_SPELLED})(?P<unit>{_UNIT})?"
    r"(?P<more>\s*-?\s*(?:(?:plus|und\s+(?:älter|aelter|mehr|drüber|darüber))\b|aufwärts"
    r"|\+(?![^\S\n]*[^\W\d_]{2})|(?<=[5-9]\d)\+|(?<=[5-9]\d\s)\+))?"
)
_EXACT = re.compile(r"hrig|hr\.")  # "6-jährig", "6jähr.", not "6 Jahre"
_GRADE_BEFORE = re.compile(
    r"(?:klassen?|kl|stufen?|schuljahre?|jahrgang|jahrgänge|seiten?|nr|ziffern?|punkt)\.?\s*$"
)
_GRADE_AFTER = re.compile(
    r"\.?\s*(?:klasse|kl\b|schuljahr|jahrgang|jgst|stufe|uhr|%|prozent|stunde|wochen|tage)"
)
_COUNT_BEFORE = re.compile(r"\d\.?[^\S\n]*$")
_COUNT_AFTER = re.compile(r"[^\S\n]*(?:[^\W\d_a-zäöüß]|[/.:]\s*\d)")
_LETTER = re.compile(r"[^\W\d_]")
# What an age may depend on, and the age: " Alter von 6 bis 10 Jahren", " (6-10)", " Ü60".
_LAST = re.compile(
    r" (?:Alter )?(?:(?:von|ab|bis|unter|über|zwischen) |[ÜU])?\(?(?:(?<=\()ab )?\d.*", re.DOTALL
)
_EXTENDING = _compile(r"(?:älter|aelter|mehr|drüber|darüber|bis)\b")
_YOUNG_BANDS: Final = (("kinder", 0, 11), ("jugendliche", 15, 17), ("junge_erwachsene", 19, 27))
_KITA_TO: Final = 6
_SENIOR_FROM: Final = 50
_YOUNG_ADULT_TO: Final = 35
_OLDEST: Final = 120
_LONGEST: Final = 3  # digits


class Age(NamedTuple):
    """One statement of age: the target groups it names (none: it has to be asked), and whether it has a lower limit."""

    codes: tuple[str, ...]
    has_lower: bool


def find_ages(text: str) -> list[tuple[int, int, Age]]:
    """One item per statement of age: where it starts and ends in `text`, and the groups it names."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few foreign capitals become two letters
        lowered = text
    is_spelled = _may_be_spelled(lowered) and any(map(lowered.__contains__, _AROUND_SPELLED))
    letter = _LETTER.search(text)
    first_letter = letter.start() if letter else len(text)
    found: list[tuple[int, int, Age]] = []
    end = range_end = 0
    for number in (_ANY_NUMBER if is_spelled else _NUMBER).finditer(lowered):
        start = number.start()
        if start < end or not _may_be_age(lowered, start, number.end()):
            continue
        before = _BEFORE.search(lowered, max(end, start - _REACH), start)
        kind = before.lastgroup if before else None
        first = before.start() if before else start
        span = _RANGE.match(lowered, start) if start >= range_end else None
        if span:
            range_end = span.end()
            range_start = first if kind in ("from", "between") else start
            age = _read_range(span, text, lowered, range_start)
            # Without a unit, those whom it is about must stand before: "Kinder (6-10)".
            if age is not None and (span["unit1"] or span["unit2"] or first_letter < range_start):
                end = range_end
                found.append((range_start, end, age))
                continue
        single = _SINGLE.match(lowered, start)
        age = _read_single(single, kind, text, lowered, first) if single else None
        if single and age is not None:
            # The plus of "ab 60 + Kinder" joins, that of "60 +" belongs to the age.
            has_joiner = kind is not None and (single["more"] or "").endswith("+")
            end = single.start("more") if has_joiner else single.end()
            found.append((first, end, age))
    return found


class LastAge(NamedTuple):
    """The age that ends a text, where it stands, and where the words before it end."""

    words_end: int
    start: int
    end: int
    age: Age


def find_last_age(text: str, joiner: str = "") -> LastAge | None:
    """The only age of a text, if it ends the text: "Kinder ab 6 Jahren", "Kinder (6-10)".

    `joiner` stands behind the text, and words behind it. It holds where the words before the age neither hold a number
    nor lead to one, and those behind the joiner do not go on with it: `holds_number`, `leads_to_number`, `extends_age`.
    """
    found = _LAST.search(text)
    read = _read_phrase(found[0], joiner) if found else None
    if found is None or read is None:
        return None
    start, end, age = read
    words_end = found.start() + start - (found[0][start - 1] == "(")
    while text[words_end - 1 : words_end].isspace():
        words_end -= 1
    return LastAge(words_end, found.start() + start, found.start() + end, age)


@lru_cache(maxsize=20_000)
def _read_phrase(phrase: str, joiner: str) -> tuple[int, int, Age] | None:
    """The only age in a phrase that begins with a blank, if it goes to the end."""
    ages = find_ages(f"x{phrase}{joiner}{'xx' if joiner else ''}")
    if len(ages) != 1:
        return None
    start, end, age = ages[0]
    is_bracketed = phrase[start - 2] == "("
    is_whole = phrase[end - 1 :] == (")" if is_bracketed else "")
    return (start - 1, end - 1, age) if is_whole else None


def extends_age(text: str) -> bool:
    """Whether a text behind an "und" may say more about an age before it: "und älter", "und bis 10 Jahre"."""
    return _EXTENDING.match(text.lower()) is not None


def holds_number(text: str) -> bool:
    """Whether a text holds a number in digits or words, or letters whose small ones have another length."""
    lowered = text.lower()
    number = _ANY_NUMBER if _may_be_spelled(f"{lowered} ") else _NUMBER
    return len(lowered) != len(text) or number.search(f"{lowered} bis") is not None


def leads_to_number(text: str) -> bool:
    """Whether what a number behind a text says may depend on it: "Kinder unter", "Kinder der Klassen"."""
    lowered = f"{text.lower()} "
    return (
        _BEFORE.search(lowered) is not None
        or _GRADE_BEFORE.search(lowered) is not None
        or (lowered.endswith("alter ") and not text.endswith(" Alter"))  # which `find_last_age` has looked at
    )


def _may_be_spelled(text: str) -> bool:
    """Whether there may be a number in words; quicker than to look for one."""
    return any(map(text.__contains__, _IN_SPELLED))


def _may_be_age(text: str, start: int, end: int) -> bool:
    """Whether a number stands by itself or behind "Ü", and is no part of a longer one: "1.500", "12345"."""
    before, after = text[start - 1 : start], text[end : end + 2]
    return (
        (end - start <= _LONGEST or not text[start].isdigit())
        and (not before.isalnum() or before in "uüe")
        and before not in (".", ",", "_")
        and not (after[:1] in (".", ",") and after[1:].isdigit())
    )


def _read_range(span: re.Match[str], text: str, lowered: str, first: int) -> Age | None:
    unit = span["unit2"] or span["unit1"]
    if unit is None and not _is_age_without_unit(text, lowered, first, span.end()):
        return None
    low, high = _number(span["low"], span["unit1"] or unit), _number(span["high"], unit)
    return Age(_codes(low, high), True) if low <= high <= _OLDEST else None


def _read_single(single: re.Match[str], kind: str | None, text: str, lowered: str, first: int) -> Age | None:
    """What a number says by itself, with the word before it (`kind`: over, below, from, least, most) or a plus."""
    start, end = single.span()
    unit = single["unit"]
    number = _number(single["number"], unit)
    is_short = kind in ("over", "below")  # "Ü60" has its letter before, never behind
    beside = single.end("number")
    glued = lowered[beside : beside + 1] if is_short else lowered[start - 1 : start]
    if number > _OLDEST or glued.isalpha():
        return None
    if kind == "over":
        return Age(("kinder",) if number <= _KITA_TO else _codes(number, None), True)  # "Ü3": those of a Kita
    if kind == "below":
        return Age(_codes(None, number), False)
    if single["more"]:
        return Age(_codes(number, None), True)
    is_exact = unit is not None and _EXACT.search(unit) is not None
    if kind == "from" and unit and lowered.endswith("alter von ", 0, start):
        is_exact = True
    elif kind in ("from", "least", "most") and (unit or _is_age_without_unit(text, lowered, first, end)):
        if kind != "most":
            return Age(_codes(number, None), True)
        limit = lowered[first:start]
        return Age(_codes(None, number - (_is_below(limit) and number > 0)), False)
    return Age(_codes(number, number), True) if is_exact else None


def _is_below(limit: str) -> bool:
    """Whether the number itself is no longer meant: "unter 25", but not "bis 25"."""
    return fold(limit).startswith(("unter", "bis unter", "juenger", "<")) and "=" not in limit


def _number(written: str, unit: str | None) -> int:
    number = int(written) if written.isdecimal() else _NUMBER_WORDS[fold(written)]
    return number // 12 if unit and "monat" in unit else number


def _is_age_without_unit(text: str, lowered: str, start: int, end: int) -> bool:
    """Whether bare numbers are ages ("Kinder (6-10)"), and no grades and no counts."""
    reach = max(0, start - _REACH)
    return not (
        _GRADE_BEFORE.search(lowered, reach, start)
        or _GRADE_AFTER.match(lowered, end)
        or _COUNT_BEFORE.search(lowered, reach, start)
        or _COUNT_AFTER.match(text, end)
    )


def _codes(low: int | None, high: int | None) -> tuple[str, ...]:
    """The groups of an age span, `high` the last age meant; nothing where it is about adults or nobody can tell."""
    if low is not None and low >= _SENIOR_FROM:
        return ("senioren",)
    if high is None:
        return ()
    if low is None:
        if high <= 14:
            return ("kinder",)
        if high <= 19:
            return ("kinder", "jugendliche")
        # "U25" is the word of the job centres for those who have left childhood behind.
        return ("jugendliche", "junge_erwachsene") if high <= _YOUNG_ADULT_TO else ()
    if low <= 10 and high >= 65:
        return ("alle_bewohner",)
    if high > _YOUNG_ADULT_TO or low > 27:
        return ()
    surely = tuple(code for code, first, last in _YOUNG_BANDS if low <= last and high >= first)
    # A span between two bands ("12-14 Jahre", "18-Jährige") belongs to the one it grows into.
    return surely or (("kinder",) if high < 14 else ("jugendliche",) if high < 18 else ("junge_erwachsene",))
