"""A text -> the Stadtteile and Stadtbezirke it names.

A name that is both ("Kalk") counts as the Stadtbezirk unless the text says Stadtteil. Only official names and what
`codelists/places.csv` calls certain are counted; slips, quarters, conditions and exclusions become a question.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from ..codelists import CodeLists, package_codes
from ..spelling import fold
from .gazetteer import Entry, Gazetteer, compile_gazetteer
from .plain import list_names
from .scan import Scan, scan_places
from .state import Doubt, Hit

# What says that there is nothing to say, beside the code list `answers`.
_NIL: Final = frozenset({"weissnicht", "wissenwirnicht", "keineraeumlicheangabe", "nochunbekannt"})
# The last item of an enumeration, where what it leaves out stands in brackets and so speaks of that item alone.
_SEPARABLE: Final = re.compile(r"[;,\n](?=[^(),;\n]*\([^()]*\)\s*$)")
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True)
class Place:
    """One place a text names; without a Stadtteil it is the whole Stadtbezirk."""

    stadtbezirk_nr: int
    stadtbezirk: str
    stadtteil_nr: int | None
    stadtteil: str | None
    matched_text: str


@dataclass(frozen=True)
class Sozialraeume:
    """What one cell says of places: numbers in ascending order, Stadtbezirke of named Stadtteile among them.

    `matches` holds each place once, in the order of the text; `candidate` what would have been understood.
    """

    stadtteile: tuple[int, ...] = ()
    stadtbezirke: tuple[int, ...] = ()
    is_citywide: bool = False
    matches: tuple[Place, ...] = ()
    question: str | None = None
    candidate: str | None = None


def parse_sozialraeume(text: str | None, codes: CodeLists | None = None) -> Sozialraeume:
    """The places of one cell; an empty answer has neither places nor a question.

    An exclusion or a condition leaves all open that it may be about, but no more: "Buchheim; Porz (ohne Poll)" names
    Buchheim and asks about Porz.
    """
    codes = codes or package_codes()
    if text is None or _is_nil(text, codes):
        return Sozialraeume()
    gazetteer = compile_gazetteer(codes)
    names = list_names(text, gazetteer)
    if names is not None:
        return _answer(_make_places(((name.spelled, name.entry) for name in names), gazetteer))
    scan = scan_places(text, gazetteer)
    if scan.condition is not None:
        for part in _SEPARABLE.finditer(text):
            before, after = text[: part.start()], text[part.end() :]
            if before.rfind("(") <= before.rfind(")") and scan_places(before, gazetteer).condition is None:
                return _join(parse_sozialraeume(before, codes), parse_sozialraeume(after, codes))
    return _read(text, scan, gazetteer)


def _join(first: Sozialraeume, second: Sozialraeume) -> Sozialraeume:
    """Two parts of one cell as one answer, each place once."""
    places = {
        (place.stadtbezirk_nr, place.stadtteil_nr): place for place in (*second.matches, *first.matches)
    }
    order = [*first.matches, *second.matches]
    return Sozialraeume(
        stadtteile=tuple(sorted({*first.stadtteile, *second.stadtteile})),
        stadtbezirke=tuple(sorted({*first.stadtbezirke, *second.stadtbezirke})),
        is_citywide=first.is_citywide or second.is_citywide,
        matches=tuple(place for place in order if place in places.values()),
        question=" ".join(filter(None, (first.question, second.question))) or None,
        candidate=", ".join(filter(None, (first.candidate, second.candidate))) or None,
    )


def _read(text: str, scan: Scan, gazetteer: Gazetteer) -> Sozialraeume:
    named = _make_places(((text[hit.start : hit.end], hit) for hit in scan.hits), gazetteer)
    if scan.condition is not None:
        left = _what_is_left(text, scan, named, gazetteer)
        return Sozialraeume(question=_ask_condition(text, scan), candidate=", ".join(left) or None)
    question = None
    if scan.doubts or scan.is_open:
        question = " ".join(_ask(scan.doubts, scan.is_open and not scan.is_citywide)) or None
    if question is None and not named and not scan.is_citywide:
        question = _ask_which([Doubt(text.strip(), None)])
    candidates = dict.fromkeys(doubt.candidate for doubt in scan.doubts if doubt.candidate)
    return _answer(named, scan.is_citywide, question, ", ".join(candidates) or None)


def _answer(
    named: list[Place], is_citywide: bool = False, question: str | None = None, candidate: str | None = None
) -> Sozialraeume:
    stadtteile = {place.stadtteil_nr for place in named if place.stadtteil_nr is not None}
    stadtbezirke = {place.stadtbezirk_nr for place in named}
    return Sozialraeume(
        tuple(sorted(stadtteile)), tuple(sorted(stadtbezirke)), is_citywide, tuple(named), question, candidate
    )


def _is_nil(text: str, codes: CodeLists) -> bool:
    key = _key(text)
    return key in _nil_keys(codes) if key else "?" not in text


@cache
def _nil_keys(codes: CodeLists) -> frozenset[str]:
    return _NIL.union(_key(row["text"]) for row in codes["answers"])


def _key(text: str) -> str:
    return "".join(_WORD.findall(fold(text)))


def _make_places(hits: Iterable[tuple[str, Hit | Entry]], gazetteer: Gazetteer) -> list[Place]:
    """Each place once, as it was spelled first."""
    places: dict[tuple[int, int | None], Place] = {}
    for matched, hit in hits:
        found = [
            _place(gazetteer, gazetteer.stadtteile[number][0], number, matched) for number in hit.stadtteile
        ]
        for place in found or [_place(gazetteer, number, None, matched) for number in hit.stadtbezirke]:
            places.setdefault((place.stadtbezirk_nr, place.stadtteil_nr), place)
    return list(places.values())


@lru_cache(10_000)
def _place(gazetteer: Gazetteer, stadtbezirk: int, stadtteil: int | None, matched_text: str) -> Place:
    name = None if stadtteil is None else gazetteer.stadtteile[stadtteil][1]
    return Place(stadtbezirk, gazetteer.stadtbezirke[stadtbezirk], stadtteil, name, matched_text)


def _label(place: Place, gazetteer: Gazetteer) -> str:
    return gazetteer.label(place.stadtbezirk_nr, place.stadtteil_nr)


def _what_is_left(text: str, scan: Scan, named: list[Place], gazetteer: Gazetteer) -> list[str]:
    """What a conditional answer would come to: all it names, or the city without the Stadtbezirke it leaves out."""
    if scan.condition != "exclusion":
        return ["stadtweit"] * scan.is_citywide + [_label(place, gazetteer) for place in named]
    # "alle Stadtteile außer Kalk" may leave out the Stadtteil or the Stadtbezirk.
    is_clear = scan.is_citywide and "stadtteil" not in fold(text)
    if not named or not is_clear or any(place.stadtteil_nr for place in named):
        return []
    excluded = {place.stadtbezirk_nr for place in named}
    return [gazetteer.label(number, None) for number in gazetteer.stadtbezirke if number not in excluded]


def _ask_condition(text: str, scan: Scan) -> str:
    if scan.condition == "exclusion":
        return f"Bitte klären, welche Orte gemeint sind; „{text.strip()}“ schließt welche aus."
    return f"Bitte klären, welche Orte feststehen; „{text.strip()}“ lässt es offen."


def _ask(doubts: tuple[Doubt, ...], is_open: bool) -> Iterable[str]:
    if doubts:
        yield _ask_which(doubts)
    if is_open:
        yield "Bitte die Orte vollständig nennen; die Aufzählung ist offen."


def _ask_which(doubts: Iterable[Doubt]) -> str:
    parts = [
        f"„{doubt.text}“" + (f" (vermutlich {doubt.candidate})" if doubt.candidate else "")
        for doubt in dict.fromkeys(doubts)
    ]
    named = ", ".join(parts[:-1]) + " und " + parts[-1] if len(parts) > 1 else parts[0]
    return f"Bitte klären, welche Stadtteile oder Stadtbezirke gemeint sind mit {named}."
