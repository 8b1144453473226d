"""The words, marks and ages of a cell, with their places in the original text; gender forms folded away."""

import re
from dataclasses import dataclass
from typing import Final

from ..spelling import fold
from .ages import Age, find_ages

# Letters as people and scanners leave them: combining accents, soft hyphens, zero-width spaces.
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])"
_SIGN = r"[/*:_·•‧⋅∙!|'’＊∗]"
# What follows a word in a gender form: /innen, / -innen, *innen, (innen), -innen, !nnen (scanned), /in, (in), /-r.
_FEMALE = rf"""(?:
      \s?-?{_SIGN}\s?-?\s?(?:[iIl1!|][nN]{{2}}[eE][nN]|inn(?=\b))
    | \s?\(\s?-?(?:innen|INNEN)\s?\)
    | \s?-\s?(?:innen|INNEN)\b
    | [1!|][nN]{{2}}[eE][nN]
    | {_SIGN}-?(?:in|IN)(?![\w])
    | \(-?(?:in|IN|e|en|n|r)\)
    | {_SIGN}-?(?:r|n|e|en|er)(?![\w])
)"""
_WORD = re.compile(
    rf"""(?P<word>{_LETTER}(?:{_LETTER}|(?<=[^\W\d_])\*(?=[^\W\d_])(?!innen|in\b))*   # trans*personen, LSBT*I
          (?:-\n(?!(?:und|oder|bzw|sowie)\b)[a-zäöüß]+)?                              # a word broken at the line's end
          (?:{_FEMALE}{_LETTER}*)?)
      | (?P<mark>[,;()\[\]{{}}/&+•·▪●–—\n]|(?<!\w)-(?!\w)|\.(?=\s))""",
    re.VERBOSE,
)
_SCANNED = re.compile(r"[^a-z]*[il1!|]nnen")
_JOINERS: Final = frozenset({"und", "oder", "sowie", "bzw", "beziehungsweise", "u", "resp", "/", "&", "+"})
_ADJECTIVE = re.compile(
    r"(?:ig|lich|isch|bar|los|sam|end|iert|haft|voll|frei|fern|nah|al|ell|iv|aer|ert|belastet)(?:e|en|er|es|em)$"
)


@dataclass(frozen=True)
class Token:
    """One word, mark or age; `text` is folded ("und" for every joiner), `start` and `end` count characters."""

    text: str
    start: int
    end: int
    kind: str = "word"
    is_noun: bool = False  # written with a capital, or in a text that has no use of capitals
    is_capital: bool | None = None  # None: the text is all capitals or all small
    is_glued: bool = False  # joined to the word before by a hyphen
    is_suspended: bool = False  # "Kinder-" of "Kinder- und Jugendeinrichtungen"
    is_dotted: bool = False
    age: Age | None = None


def tokenise(text: str) -> list[Token]:
    """One item per word, mark or age statement, in the order of the text; numbers that are no ages are left out."""
    tokens: list[Token] = []
    ages = find_ages(text)
    letters = re.findall(r"[^\W\d_]", text)
    has_cases = any(c.isupper() for c in letters) and any(c.islower() for c in letters)
    start = 0
    for age_start, age_end, age in [*ages, (len(text), len(text), None)]:
        for found in _WORD.finditer(text, start, age_start):
            before = tokens[-1] if tokens else None
            # A full stop behind a short word is that of an abbreviation.
            if found["mark"] != "." or (before is not None and len(before.text) > 4):
                tokens.append(_read(text, found, has_cases, before))
        if age is not None:
            tokens.append(Token(fold(text[age_start:age_end]), age_start, age_end, kind="age", age=age))
        start = age_end
    return tokens


def _read(text: str, found: re.Match[str], has_cases: bool, before: Token | None) -> Token:
    start, end = found.span()
    written = found.group()
    if found["mark"]:
        joiner = written in _JOINERS
        return Token("und" if joiner else written, start, end, kind="and" if joiner else "mark")
    folded = _SCANNED.sub("innen", fold(written)) if len(written) > 5 else fold(written)
    folded = "".join(c for c in folded if c.isalpha())
    is_dotted = text[end : end + 1] == "."
    if folded in _JOINERS and (len(folded) > 1 or is_dotted):
        return Token("und", start, end, kind="and", is_dotted=is_dotted)
    return Token(
        folded,
        start,
        end,
        is_noun=not has_cases or (written[0].isupper() and not _is_adjective(text, end, folded)),
        is_capital=written[0].isupper() if has_cases else None,
        is_glued=before is not None
        and before.end == start - 1
        and text[start - 1] in "-‐‑"
        and before.kind == "word",
        is_suspended=bool(re.match(r"[-‐‑](?![^\W_])", text[end:])),
        is_dotted=is_dotted,
    )


def _is_adjective(text: str, end: int, folded: str) -> bool:
    """Whether a capital only opens the text: "Straffällige Jugendliche"."""
    return bool(_ADJECTIVE.search(folded)) and bool(re.match(r"[ \t]+[A-ZÄÖÜ]", text[end:]))
