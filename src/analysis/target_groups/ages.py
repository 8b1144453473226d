"""Statements of age in a text: "0-3 Jahre", "U25", "ab 60", "18-27-Jährige" -> the target groups they stand for.

Source of the limits: § 7 SGB VIII (child under 14, adolescent under 18, young adult under 27); ages 12 to 14 are
called both children and adolescents, and programmes for seniors begin at 50.
"""

import re
from dataclasses import dataclass
from typing import Final

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
_YEARLY = r"\s*-?\s*j(?:ä|ae)hr(?:ig\w*|\b\.?)"
_N = rf"(?<![\w.,])(?:\d{{1,3}}(?!\d|[.,]\d)|(?:{_WORDS})(?=\s*-|\s+bis\b|{_YEARLY}|\s*(?:jahr|monat|lebensjahr)))"
_UNIT = rf"(?:{_YEARLY}|\s*jahre?n?\b|\s*j\b\.?|\.?\s*(?:lebensjahr|lj\b)\w*|\s*monate?n?)"
_TO = r"\s*(?:-?\s*bis(?:\s+(?:zu|unter|einschl\w*\.?))?|[-–—−‐‑])\s*"
_FROM = r"(?:ab|über|ueber|(?:ä|ae)lter\s+als|mindestens|mind\.|von|>=?|≥)"
_UNDER = (
    r"(?:unter|bis(?:\s+(?:zu|zum|unter|maximal|einschl\w*\.?))*|j(?:ü|ue)nger\s+als|h(?:ö|oe)chstens|maximal|max\."
    r"|<=?|≤)"
)
_RANGE = re.compile(
    rf"(?:\b(?:von|ab|zwischen)\s+)?(?P<low>{_N})(?P<unit1>{_UNIT})?"
    rf"(?:{_TO}|(?<=\d)\s+und\s+(?=\d+\s*-?\s*j)|-?\s*und\s+bis\s+)"
    rf"(?P<high>{_N})(?P<unit2>{_UNIT})?",
    re.IGNORECASE,
)
_UP = re.compile(
    rf"(?:\b|(?<=[^\w]))(?:{_FROM}\s*(?:dem\s+|zum\s+)?)(?P<low>{_N})(?P<unit1>{_UNIT})?(?P<more>\s*(?:\+|aufwärts))?"
    rf"|\b(?:ü|ue)(?:\s|-)?(?P<low_u>\d{{1,3}})\b(?P<unit_u>{_UNIT})?"
    rf"|(?P<low_plus>{_N})(?:{_UNIT})?\s*-?\s*(?:\+(?!\s*[^\W\d_]{{2}})|plus\b|und\s+(?:älter|aelter|mehr|drüber|darüber)\b"
    rf"|aufwärts|(?<=[5-9]\d)\+|(?<=[5-9]\d\s)\+)",
    re.IGNORECASE,
)
_DOWN = re.compile(
    rf"(?:\b|(?<=[^\w]))(?P<under>{_UNDER})\s*-?\s*(?:dem\s+|zum\s+)?(?P<high>{_N})(?P<unit2>{_UNIT})?"
    rf"|\bu(?:\s|-)?(?P<high_u>\d{{1,2}})\b(?P<unit_u>{_UNIT})?",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"(?P<one>{_N})\s*-?\s*(?:j(?:ä|ae)hrig\w*|j(?:ä|ae)hr\.)|(?<=alter von )(?P<one_of>{_N}){_UNIT}",
    re.IGNORECASE,
)
_GRADE_BEFORE = re.compile(
    r"(?:klassen?|kl|stufen?|schuljahre?|jahrgang|jahrgänge|seiten?|nr|ziffern?|punkt)\.?\s*$", re.IGNORECASE
)
_GRADE_AFTER = re.compile(
    r"\.?\s*(?:klasse|kl\b|schuljahr|jahrgang|jgst|stufe|uhr|%|prozent|stunde|wochen|tage)", re.IGNORECASE
)
_YOUNG_BANDS: Final = (("kinder", 0, 11), ("jugendliche", 15, 17), ("junge_erwachsene", 19, 27))
_SENIOR_FROM: Final = 50
_YOUNG_ADULT_TO: Final = 35


@dataclass(frozen=True)
class Age:
    """One statement of age: the target groups it names (none: it has to be asked), and whether it has a lower limit."""

    codes: tuple[str, ...]
    has_lower: bool


def find_ages(text: str) -> list[tuple[int, int, Age]]:
    """One item per statement of age: where it starts and ends in `text`, and the groups it names."""
    found: list[tuple[int, int, Age]] = []
    for pattern in (_RANGE, _UP, _DOWN, _ONE):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end, _ in found):
                continue
            age = _read(match, text)
            if age is not None:
                found.append((start, end, age))
    return sorted(found, key=lambda item: item[0])


def _read(match: re.Match[str], text: str) -> Age | None:
    parts = match.groupdict()
    unit = parts.get("unit1") or parts.get("unit2") or parts.get("unit_u")
    short = (
        parts.get("low_u")
        or parts.get("high_u")
        or parts.get("low_plus")
        or parts.get("one")
        or parts.get("one_of")
    )
    if unit is None and short is None and not _is_age_without_unit(match, text):
        return None
    in_months = "monat" in (parts.get("unit2") or parts.get("unit1") or "").lower()
    low = _number(
        parts.get("low") or parts.get("low_u") or parts.get("low_plus"),
        "monat" in (parts.get("unit1") or "") or in_months,
    )
    high = _number(parts.get("high") or parts.get("high_u"), in_months)
    one = _number(parts.get("one") or parts.get("one_of"), False)
    if one is not None:
        low = high = one
    if (low is not None and high is not None and low > high) or max(low or 0, high or 0) > 120:
        return None
    if (parts.get("under") or "").lower().startswith(
        ("unter", "bis unter", "jünger", "juenger", "<")
    ) and high:
        high -= "=" not in (parts.get("under") or "")
    if parts.get("low_u") and low is not None and low <= 6:  # "Ü3": the older children of a Kita
        return Age(("kinder",), True)
    return Age(_codes(low, high), low is not None)


def _number(written: str | None, in_months: bool) -> int | None:
    if written is None:
        return None
    number = int(written) if written.isdecimal() else _NUMBER_WORDS[fold(written)]
    return number // 12 if in_months else number


def _is_age_without_unit(match: re.Match[str], text: str) -> bool:
    """Whether bare numbers are ages: after a word and before none ("Kinder (6-10)"), but no grades and no counts."""
    before, after = text[: match.start()], text[match.end() :]
    if _GRADE_BEFORE.search(before) or _GRADE_AFTER.match(after):
        return False
    if (
        re.search(r"\d\.?\s*$", before)
        or re.match(r"\s*[^\W\d_a-zäöüß]", after)
        or re.match(r"\s*[/.:]\s*\d", after)
    ):
        return False
    return bool(re.search(r"[^\W\d_]", before)) or match.re is not _RANGE


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
