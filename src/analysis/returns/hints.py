"""What the words of a text rule out before anybody reads the text: that it names a person, is a heading or nil.

Words repeat where texts differ, so each is judged once. A hint never decides more than that: what it leaves open is
asked of the rules (`tests/test_hints.py` holds both to each other).
"""

import re
from functools import cache
from typing import Final

from ..codelists import CodeLists
from ..headers import may_stand_in_heading
from . import answers
from .privacy import is_trace

MAY_NAME_PERSON: Final = 1  # where it is missing, `redact` changes nothing
IS_NO_HEADING: Final = 2  # `match_header` finds nothing
SAYS_SOMETHING: Final = 4  # `is_nil` is false
MAY_BE_TEMPLATE: Final = 8  # where it is missing, `may_be_template` is false
_GOES_ON: Final = 16  # beside this word a heading may have any other

# Years, dates, telephone numbers: three figures in a row stand in no heading.
_FIGURES: Final = re.compile(r"[0-9.,:/–-]*[0-9]{3}[0-9.,:/–-]*")
_MOST_WORDS: Final = 50_000
_LONGEST_WORD: Final = 200


class Hints(dict[str, int]):
    """The hints of every word met so far, found out when it is first asked for."""

    def __init__(self, codes: CodeLists) -> None:
        super().__init__()
        self._codes = codes
        self._nil_words = answers.words_of_nil(codes)
        # A code list may well call a number nil.
        is_plain = not any(map(str.isdigit, "".join(self._nil_words)))
        self.of_number: Final = IS_NO_HEADING | (SAYS_SOMETHING if is_plain else 0)

    def of(self, text: str) -> int:
        """What the words of a text tell together."""
        hints = 0
        for word in text.split():
            hints |= self[word]
        return hints & ~IS_NO_HEADING if hints & _GOES_ON else hints

    def __missing__(self, word: str) -> int:
        if len(word) > _LONGEST_WORD:
            return MAY_NAME_PERSON | IS_NO_HEADING | MAY_BE_TEMPLATE
        if len(self) >= _MOST_WORDS:
            self.clear()
        hints = self[word] = self._judge(word)
        return hints

    def _judge(self, word: str) -> int:
        if _FIGURES.fullmatch(word):
            return self.of_number | (MAY_NAME_PERSON if is_trace(word) else 0)
        in_heading = may_stand_in_heading(word, self._codes)
        hints = _GOES_ON if in_heading is None else 0 if in_heading else IS_NO_HEADING
        if is_trace(word):
            hints |= MAY_NAME_PERSON
        if any(map(str.isalnum, word)) and not self._nil_words.issuperset(answers.plain(word).split()):
            hints |= SAYS_SOMETHING
        if answers.may_be_template(word):
            hints |= MAY_BE_TEMPLATE
        return hints


def says_nothing(text: str, codes: CodeLists) -> bool:
    """Whether a text is nil, found out by its words where they tell."""
    return not hints_of(codes).of(text) & SAYS_SOMETHING and answers.is_nil(text, codes)


@cache
def hints_of(codes: CodeLists) -> Hints:
    """The hints for texts that are read with these code lists."""
    return Hints(codes)
