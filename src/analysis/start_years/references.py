"""Whether a text only points at the row above it: "s. o.", "dto.", a ditto mark."""

import re
from datetime import date
from functools import cache, lru_cache
from typing import Final

from ..codelists import package_codes
from .text import fold
from .tokens import part, tokenise
from .vocabulary import spellings_of, vocabulary_of

_KINDS: Final = {"reference", "filler", "separator", "dash"}
_WORD: Final = re.compile(r"[^\W_]+")
# Texts with other signs (accents apart from their letters, invisible ones) are folded before their words are looked at.
_USUAL: Final = re.compile(r"[\x20-\x7eäöüÄÖÜß„“”–—’\xa0\n]*")

_DITTO_SIGN: Final = re.compile(r"[\"'^`„“”’]")


def is_reference(text: str | None) -> bool:
    """Whether a text only points at the row above it ("s. o.", "dto.", a ditto mark).

    It is asked of every text, so nearly all are ruled out by the first word that no reference holds.
    """
    if not text:
        return False
    if text.isascii() or _USUAL.fullmatch(text):
        kinds = set()
        for match in _WORD.finditer(text):
            kind = _kind_in_references(match[0])
            if kind is None:
                return False
            kinds.add(kind)
        if "reference" not in kinds and not _DITTO_SIGN.search(text):
            return False
    return read_reference(text)


def rules_out_reference(words: str) -> bool:
    """Whether no text with these words is a reference; in doubt it may be one."""
    is_usual = words.isascii() or _USUAL.fullmatch(words)
    return bool(is_usual) and any(_kind_in_references(word) is None for word in _WORD.findall(words))


def read_reference(text: str) -> bool:
    """The same, from the text's tokens."""
    found = False
    for token in tokenise(part(fold(text)), date(2014, 1, 1), vocabulary_of(package_codes())):
        if token.kind not in _KINDS:
            return False
        found |= token.kind == "reference"
    return found


@lru_cache(maxsize=20_000)
def _kind_in_references(word: str) -> str | None:
    """What a word is in references: part of one, or a filler; None where no reference holds it."""
    words, stems = _words_of_references()
    folded = fold(word)
    return words.get(folded) or ("filler" if folded.startswith(stems) else None)


@cache
def _words_of_references() -> tuple[dict[str, str], tuple[str, ...]]:
    """The words that a reference can hold, folded, with their kind; and the stems of those that vary."""
    words: dict[str, str] = {}
    stems: set[str] = set()
    for row in package_codes()["start_words"]:
        kind = row["means"].split()[0]
        if kind not in _KINDS:
            continue
        for spelling in spellings_of(fold(row["text"])):
            pieces = spelling.split("*")
            stems |= {piece.split()[-1] for piece in pieces[:-1]}
            for word in _WORD.findall(" ".join(pieces)):
                words[word] = "reference" if kind == "reference" else words.get(word, kind)
    return words, tuple(sorted(stems))
