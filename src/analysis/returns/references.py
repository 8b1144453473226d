"""Texts that stand for another value: "s. o." is the value in the row above, "siehe Zeile 2" nobody can tell."""

import re
from functools import lru_cache
from typing import Final

from ..start_years import is_reference, rules_out_reference
from .readings import Record, SheetReading

_LONGEST_REFERENCE: Final = 40
# What points anywhere but to the row above: "siehe Zeile 2", "wie Nr. 1".
_ELSEWHERE: Final = re.compile(
    r"(?:s\.|siehe|vgl\.|wie)\s+(?:(?:oben|auch|unter|in|bei)\s+)?(?:Zeile|Z\.|lfd\.|Nr\.|Nummer|Pos|Punkt|Ziffer|Zelle|Spalte"
    r"|Blatt|Anlage)\W*(?:Nr\.\s*)?(?:[A-Z]{0,2}\d{1,3}|darüber|oben)?\W*",
    re.IGNORECASE,
)


@lru_cache(10_000)
def _may_point(beginning: str) -> bool:
    """Whether a text that begins so, up to its first blank, may stand for another value: few texts do."""
    return not rules_out_reference(beginning) or beginning.casefold().startswith(
        ("s.", "siehe", "vgl.", "wie")
    )


def _points_to(text: str) -> str | None:
    """above where a text stands for the value in the row above, elsewhere where for another, else None."""
    if len(text) > _LONGEST_REFERENCE or not _may_point(text.partition(" ")[0]):
        return None
    return "above" if is_reference(text) else "elsewhere" if _ELSEWHERE.fullmatch(text) else None


def resolve(reading: SheetReading, record: Record, above: dict[str, str]) -> dict[str, str]:
    """The record's texts with "s. o." replaced by what stands above."""
    pointing = [(name, text, pointed) for name, text in record.texts.items() if (pointed := _points_to(text))]
    if not pointing:
        return record.texts
    texts = dict(record.texts)
    for name, text, pointed in pointing:
        place = record.place_of(name)
        if name == "title":
            reading.ask(
                "title_question",
                "Als Titel steht hier nur ein Verweis; bitte klären, welches Programm gemeint ist.",
                place,
                field=name,
                found=text,
                expected=above.get(name, "") or None,
            )
        elif name in above and pointed == "above":
            texts[name] = above[name]
            reading.ask(
                "reference_resolved",
                "Der Verweis wurde als Wert der Zeile darüber gelesen; bitte prüfen.",
                place,
                field=name,
                found=text,
                expected=above[name],
            )
        else:
            del texts[name]
            reading.ask(
                "reference_without_target",
                "Der Verweis zeigt auf keine Zeile darüber; bitte den Wert erfragen.",
                place,
                field=name,
                found=text,
            )
    return texts
