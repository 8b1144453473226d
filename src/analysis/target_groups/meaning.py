"""One cell's text on target groups -> the codes it names, the words that say so, and what to ask the department."""

from dataclasses import dataclass
from functools import cache
from typing import Final
from unicodedata import category

from ..codelists import CodeLists, package_codes
from ..spelling import fold
from .parts import read_parts
from .reading import NO_ANSWER, UNCLEAR, ask, read_tokens, shorten
from .tokens import tokenise
from .vocabulary import compile_words

_LONGEST_PUNCTUATION: Final = 12  # that an answer which says nothing may have


@dataclass(frozen=True)
class TargetGroups:
    """The target groups that one text names.

    `codes`: codes of `target_groups.csv` in the order of first mention, ("keine_angabe",) where the text says nothing
    and ("unklar",) where nothing in it can be assigned; `matches`: one pair per named group, code and the words that
    led to it; `question`: what to ask the department in German, or None.
    """

    codes: tuple[str, ...]
    matches: tuple[tuple[str, str], ...] = ()
    question: str | None = None


def parse_target_groups(text: str | None, codes: CodeLists | None = None) -> TargetGroups:
    """The target groups that `text` names; what is not understood is asked about, never guessed."""
    lists = codes or package_codes()
    written = (text or "").strip()
    if _says_nothing(written, lists):
        return TargetGroups((NO_ANSWER,))
    lexicon = compile_words(lists)
    # The short way where it leads to the same: most texts are lists of parts that come again and again.
    named = read_parts(written, lexicon)
    question = None
    if not named:
        reading = read_tokens(written, tokenise(written), lexicon)
        named, question = reading.places(), reading.question()
        if not named and reading.is_nil and not reading.doubts:
            return TargetGroups((NO_ANSWER,))
        if not named:
            return TargetGroups((UNCLEAR,), question=ask([shorten(written)]))
    matches = tuple([(code, written[start:end]) for code, start, end in named])
    return TargetGroups(tuple([code for code, _, _ in named]), matches, question)


def _says_nothing(written: str, codes: CodeLists) -> bool:
    """Whether a text has no letters, digits and pictograms, or is an answer that says nothing ("k. A.")."""
    if not any(map(str.isalnum, written)):
        return not any(category(sign) == "So" for sign in written)  # a pictogram may stand for a group
    answers, longest = _nil_answers(codes)
    return len(written) <= longest + _LONGEST_PUNCTUATION and _letters(written) in answers


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


@cache
def _nil_answers(codes: CodeLists) -> tuple[frozenset[str], int]:
    """Wordings of the list `answers` that say nothing, as bare letters, and the length of the longest."""
    answers = frozenset(filter(None, (_letters(row["text"]) for row in codes["answers"])))
    return answers, max(map(len, answers), default=0)
