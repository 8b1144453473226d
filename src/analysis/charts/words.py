"""What a chart says to those who do not see it: a message in a sentence, and every value in words."""

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd

from ..findings.wording import paired
from ..overviews.style import COUNT
from ..publish.display import LONGEST_ALT, Prose, Table
from ..publish.german import NO_ANSWER, agree, format_number, join_words
from ..publish.glyphs import printable

MOST_ENTRIES: Final = 40  # nobody listens to more; the table has them all
_NAME: Final = 48  # signs of a name within a message
_TIED: Final = 3
_LARGEST: Final = 5


def alt_text(kind: str, data: str, *parts: str) -> str:
    """One alternative text: "Balkendiagramm zu Nennungen je Stadtbezirk: ...". The exporter adds the table.

    `parts` are the message, the most important first; those that would make it too long are left out.
    """
    first, *more = [part for part in parts if part]
    text = textwrap.shorten(f"{kind} zu {data}: {first}", LONGEST_ALT - 1, placeholder=" …")
    for part in more:
        if len(text) + len(part) + len("; .") <= LONGEST_ALT:
            text += f"; {part}"
    return f"{text}."


def describe(intro: str, entries: Sequence[str], sizes: Sequence[int]) -> str:
    """One long description: every entry, or the largest and a pointer where nobody would listen to the end."""
    if len(entries) <= MOST_ENTRIES:
        return _lines(intro, entries)
    ranked = sorted(zip(sizes, entries, strict=True), key=lambda pair: -pair[0])
    least = format_number(ranked[-1][0])
    intro += f" Der kleinste Wert ist {least}, alle stehen in der Tabelle. Die größten Werte:"
    return _lines(intro, [entry for _, entry in ranked[:_LARGEST]])


def _lines(intro: str, entries: Sequence[str]) -> str:
    """One line for the introduction and for each entry, with signs between them for those who only listen."""
    return "\n".join([intro, *(f"{entry};" for entry in entries[:-1]), f"{entries[-1]}."])


def in_figures(count: int, one: str, many: str) -> str:
    """One counted noun in figures: "1 Zeile", "1.200 Zeilen"."""
    return f"{format_number(count)} {agree(count, one, many)}"


def mentions(count: int) -> str:
    """One number of programmes in figures, "9 Nennungen"; in sentences `findings.wording` writes it in words."""
    return in_figures(count, "Nennung", "Nennungen")


def of_all(count: int, whole: int) -> str:
    """One share in figures: "9 von 24 Nennungen"."""
    return f"{format_number(count)} von {mentions(whole)}"


def leading(names: Iterable[str], counts: Iterable[int], whole: int) -> str:
    """Who has the most: "Mülheim (9 von 24 Nennungen)"; how many where they are many; nothing without any."""
    pairs = list(zip(names, counts, strict=True))
    most = max((count for _, count in pairs), default=0)
    first = [short(name) for name, count in pairs if count == most]
    if not most:
        return ""
    if len(first) == 1:
        return f"{first[0]} ({of_all(most, whole)})"
    if len(first) <= _TIED:
        return f"{join_words(first)} (je {of_all(most, whole)})"
    return f"{format_number(len(first))} gleichauf (je {of_all(most, whole)})"


def short(name: str) -> str:
    """One name within a message: on one line, without the star, cut where it is very long."""
    words = spoken(name)
    return words if len(words) <= _NAME else f"{words[: _NAME - 2].rstrip()} …"


def spoken(name: str) -> str:
    """One name as running text: on one line, "Schülerinnen und Schüler" for "Schüler*innen"."""
    return paired(" ".join(printable(name).split()))


def basis(whole: int, *more: str) -> str:
    """One subtitle: what all counts are a part of, and what else to know; empty parts are left out."""
    return "; ".join([f"{mentions(whole)} insgesamt", *filter(None, more)])


def hatched(label: str, counts: pd.Series) -> str:
    """What hatching means, where a hatched bar is drawn."""
    return f"schraffiert: {label}" if counts.any() else ""


def whole_of(table: Table) -> int:
    """How many Nennungen the counts of a table are a part of, where each counts once."""
    return int(table.frame[COUNT].sum())


def text_of(value: Any) -> str:
    """One cell as the printed table shows it."""
    return NO_ANSWER if pd.isna(value) else str(value)


def nothing(what: str | Prose) -> Prose:
    """What stands in the place of a chart that would be empty."""
    return Prose(f"Kein Diagramm: {what.markdown if isinstance(what, Prose) else what}")
