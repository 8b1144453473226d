"""One spelling for what many hands write: the text of a start year before it is read.

Case, umlauts and their transcription, dashes, quotes, blanks and years written in words come out the same,
so that the rules further up need only one form each.
"""

import re
import unicodedata
from functools import cache
from typing import Final

_DASHES: Final = "-‐‑‒–—―−﹘﹣－"
_APOSTROPHES: Final = "'’‘‛´`′ʼ＇"
_QUOTES: Final = '"„“”‟«»″〃'
_SIGNS: Final = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_APOSTROPHES, "'"),
    **dict.fromkeys(_QUOTES, '"'),
    **dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "),  # a footnote's number is no part of a year
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),  # invisible
    "½": ",5",
    "≈": "~",
    "∼": "~",
    "±": "~",
    "≥": ">=",
    "≤": "<=",
    "⁄": "/",
    "∕": "/",
}
_SIGNS_FIRST: Final = str.maketrans(_SIGNS)
_SIGNS_AND_UMLAUTS: Final = str.maketrans({**_SIGNS, "ä": "ae", "ö": "oe", "ü": "ue"})

_ONES: Final = ("", "ein", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun")
_TEENS: Final = (
    "zehn",
    "elf",
    "zwoelf",
    "dreizehn",
    "vierzehn",
    "fuenfzehn",
    "sechzehn",
    "siebzehn",
    "achtzehn",
    "neunzehn",
)
TENS: Final = {
    20: "zwanzig",
    30: "dreissig",
    40: "vierzig",
    50: "fuenfzig",
    60: "sechzig",
    70: "siebzig",
    80: "achtzig",
    90: "neunzig",
}


def fold(text: str) -> str:
    """One text: lower case, ä as ae and ß as ss, one kind of dash, quote and blank, year words as digits."""
    if text.isascii():
        plain = text.lower().replace("`", "'")
    else:
        plain = unicodedata.normalize("NFKC", text.translate(_SIGNS_FIRST)).casefold()
        plain = unicodedata.normalize("NFC", plain).translate(_SIGNS_AND_UMLAUTS)
    if not plain.isprintable():
        plain = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in plain)
    plain = " ".join(plain.split())
    if "''" in plain:
        plain = re.sub(r"'{2,}", '"', plain)
    if "neunzehnhundert" in plain or "zweitausend" in plain:
        plain = _year_word_pattern().sub(lambda match: str(_year_words()[match[1]]), plain)
    return plain


@cache
def number_words() -> dict[str, int]:
    """The number of each German number word from one to a hundred, folded, with the endings of "ein"."""
    words = {word: number for number, word in enumerate(_ONES) if number > 1}
    words |= {"zwo": 2, **dict.fromkeys(("ein", "eins", "eine", "einem", "einen", "einer", "eines"), 1)}
    words |= {word: number for number, word in enumerate(_TEENS, start=10)}
    for ten, word in TENS.items():
        words[word] = ten
        words |= {f"{_ONES[one]}und{word}": ten + one for one in range(1, 10)}
    return words | {"hundert": 100, "einhundert": 100}


@cache
def _year_words() -> dict[str, int]:
    below_hundred = {
        number: word for word, number in number_words().items() if number < 100 and word != "zwo"
    }
    below_hundred[1] = "eins"
    years = {"neunzehnhundert": 1900, "zweitausend": 2000}
    for number, word in below_hundred.items():
        years[f"neunzehnhundert{word}"] = 1900 + number
        years |= {f"zweitausend{glue}{word}": 2000 + number for glue in ("", "und")}
    return years


@cache
def _year_word_pattern() -> re.Pattern[str]:
    words = "|".join(sorted(_year_words(), key=len, reverse=True))
    return re.compile(rf"(?<![a-z])({words})(?![a-z])")
