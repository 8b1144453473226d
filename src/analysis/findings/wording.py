"""What every finding shares: it is counted, it is one German text, and a notebook shows it as prose."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from ..publish.cited import CITED, cited_markdown
from ..publish.counted import cite
from ..publish.display import MimeBundle, Prose
from ..publish.german import Case, capitalize_first, count_noun, join_words, number_word, part_of, quote

# How many titles a sentence may hold before it points to the table instead.
TITLES_IN_SENTENCE: Final = 6

# Signs that format anywhere, the colon of an address, and what makes a list or a rule of a line.
_MARKUP: Final = re.compile(
    r"[\\`*_{}\[\]<>#|~$&]|(?<=http):(?=//)|(?<=https):(?=//)|^[-+=]", re.IGNORECASE | re.MULTILINE
)
_STAR: Final = re.compile(r"(\w+)\*innen\b")


class Finding(ABC):
    """One counted statement: the fields of the dataclass are the counts, `sentence` says them truthfully."""

    @property
    @abstractmethod
    def sentence(self) -> str:
        """One German text of one or more sentences, true for these counts."""

    @property
    def markdown(self) -> str:
        """The text as a notebook shows it: nothing in it formats, unless a finding has headings or a list."""
        return escape(self.sentence)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> MimeBundle:
        data, metadata = Prose(self.markdown)._repr_mimebundle_(include, exclude)
        cited = cited_markdown(lambda: self.markdown)
        return data | ({CITED: cited} if cited else {}), metadata


def escape(text: str) -> str:
    """One text in which Markdown finds nothing to format and nothing to link, whatever a return said."""
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", text.strip())  # a space at either end of a line would be markup
    text = _MARKUP.sub(r"\\\g<0>", text)
    return re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", text, flags=re.MULTILINE)  # no list


def mentions(count: int) -> str:
    """One counted noun: "eine Nennung", "keine Nennungen"."""
    return count_noun(count, "Nennung", "Nennungen")


def share(count: int, whole: int, kind: str = "", *, case: Case = "nominative") -> str:
    """One share of the Nennungen of a kind: "13 von 22 Nennungen mit Angabe", the only one "die einzige".

    `kind` follows the noun and takes no ending.
    """
    if count == whole == 1:
        return f"{cite(count, 'der einzigen' if case == 'dative' else 'die einzige')} Nennung{kind}"
    return f"{part_of(count, whole, 'Nennung', 'Nennungen', case=case)}{kind}"


def verb(count: int, one: str, many: str) -> str:
    """One verb that follows its subject's number; "keine von sieben" is singular."""
    return one if count <= 1 else many


def alone(count: int, one: str = "eine", none: str = "keine") -> str:
    """One number that stands for its noun: "eine", "zwei", "24"; `one` and `none` say gender and case."""
    return none if count == 0 else cite(count, one) if count == 1 else number_word(count)


def quoted(titles: Sequence[str]) -> str:
    """One list of titles in parentheses with a leading space, or nothing where there are too many."""
    if not titles or len(titles) > TITLES_IN_SENTENCE:
        return ""
    return f" ({join_words([quote(' '.join(title.split())) for title in titles])})"


def paired(label: str) -> str:
    """One label for running text: "Schüler*innen" becomes "Schülerinnen und Schüler".

    A screen reader stumbles over the star; where the masculine plural is not plain from the ending, it stays.
    """

    def pair(match: re.Match[str]) -> str:
        stem = match[1]
        plural = (
            stem if stem.endswith("er") else f"{stem}en" if stem.endswith(("or", "ent", "ant", "ist")) else ""
        )
        return f"{stem}innen und {plural}" if plural else match[0]

    return _STAR.sub(pair, label)


def leaders(counts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """One item per leading name: the first three with all that tie, or fewer where ties make them many."""
    ranked = sorted((item for item in counts if item[1] > 0), key=lambda item: -item[1])
    for places in (3, 2, 1):
        if len(ranked) >= places:
            first = [item for item in ranked if item[1] >= ranked[places - 1][1]]
            if len(first) <= 5:
                return tuple(first)
    return ()


def ranking(items: Sequence[tuple[str, int]]) -> str:
    """One ranking in a sentence: "Kinder (acht Nennungen) und Jugendliche (fünf)"."""
    words = [
        f"{name} ({mentions(count) if i == 0 else alone(count)})" for i, (name, count) in enumerate(items)
    ]
    return join_words(words)


def led_by(most: Sequence[tuple[str, int]], total: int, lead: str = ", am häufigsten") -> str:
    """One end of a sentence that has told how many names there are: all of them, or those that lead."""
    if not most:
        return ""
    return f"{':' if len(most) == total else lead} {ranking(most)}"


def at_counts(counts: Mapping[str, int]) -> str:
    """One end of a sentence on Nennungen: ": vor 2014 bei einer und nach 2014 bei zwei"; one kind needs no number."""
    kinds = [(kind, count) for kind, count in counts.items() if count]
    if len(kinds) < 2:
        return "".join(f", und zwar {kind}" for kind, _ in kinds)
    parts = [f"{kind} bei {alone(count, 'einer')}" for kind, count in kinds]
    return f": {join_words(parts)}"


def numbers(counts: pd.DataFrame) -> dict[str, int]:
    """One item per row of a summary that counts: its first column and its last."""
    return {str(row[0]): int(row[-1]) for row in counts.itertuples(index=False)}


def say(*sentences: str) -> str:
    """One text of the sentences that are not empty, each with a capital letter and one full stop."""
    return " ".join(f"{capitalize_first(text.rstrip('.'))}." for text in sentences if text)
