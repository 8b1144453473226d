"""One cell's text on target groups -> the codes it names, the words that say so, and what to ask the department."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from ..codelists import CodeLists, package_codes
from ..spelling import fold
from .items import Item, join_pairs, mark_excluded, read_items, split_segments
from .tokens import tokenise
from .words import compile_words

NO_ANSWER: Final = "keine_angabe"
UNCLEAR: Final = "unklar"
EVERYONE: Final = "alle_bewohner"
_QUOTED_LENGTH: Final = 80
# What a phrase that follows says about the group before, rather than naming one of its own.
_HOUSEHOLDS: Final = frozenset({"eltern_familien", "alleinerziehende"})
_OF_HOUSEHOLDS: Final = frozenset({"kinder", "jugendliche", "schueler"})
_OF_CHILDREN: Final = frozenset({"eltern_familien"})
_ACTORS: Final = frozenset({"fachkraefte", "einrichtungen", "ehrenamtliche", "unternehmen"})
_AGES: Final = frozenset({"kinder", "jugendliche", "junge_erwachsene", "senioren"})


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
    if not any(c.isalnum() for c in written) or _letters(written) in _nil_answers(lists):
        return TargetGroups((NO_ANSWER,))
    items = mark_excluded(join_pairs(list(read_items(tokenise(written), compile_words(lists)))))
    reading = _Reading(written)
    is_nil = False
    for segment in split_segments(items):
        nil = next((i for i, item in enumerate(segment) if item.codes == (NO_ANSWER,)), len(segment))
        _read_segment(segment[:nil], reading, is_after_nil=is_nil)
        is_nil = is_nil or nil < len(segment)
    _ask_about_exceptions(items, reading)
    named = dict(sorted(reading.named.items(), key=lambda pair: pair[1]))
    if not named and is_nil and not reading.doubts:
        return TargetGroups((NO_ANSWER,))
    if not named:
        return TargetGroups((UNCLEAR,), question=_ask([_short(written)]))
    matches = tuple((code, written[start:end]) for code, (start, _, end) in named.items())
    questions = [_ask(reading.doubts)] if reading.doubts else []
    return TargetGroups(tuple(named), matches, " ".join([*questions, *reading.questions]) or None)


class _Reading:
    """What has been read so far: codes with their places, doubts as pieces of the text, whole questions."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.named: dict[str, tuple[int, int, int]] = {}
        self.doubts: list[str] = []
        self.questions: list[str] = []
        self.described: frozenset[str] = frozenset()  # what only described the group before

    def name(self, codes: tuple[str, ...], item: Item) -> None:
        for order, code in enumerate(codes):
            place = (item.start, order, item.end)
            self.named[code] = min(self.named.get(code, place), place)

    def doubt(self, first: Item, last: Item | None = None) -> None:
        piece = _short(self.text[first.start : (last or first).end])
        if piece not in self.doubts:
            self.doubts.append(piece)


def _read_segment(segment: list[Item], reading: _Reading, *, is_after_nil: bool) -> None:
    """Names the groups of one segment; "Bürger" and "alle" count only where nothing in it says which."""
    words = [item for item in segment if item.kind in ("word", "age")]
    live = [item for item in words if not item.is_excluded]
    is_joined = bool(segment) and segment[0].kind == "and"
    groups, unknown = _read_links(live, reading, is_joined=is_joined)
    if any(item.has_lower_age and codes for item, codes in groups):
        groups = [(item, codes) for item, codes in groups if item.kind == "age" or not _is_wide_age(codes)]
    heads = [item for item in live if item.role == "head"]
    unclear = [item for item in live if item.codes == (UNCLEAR,) or (item.kind == "age" and not item.codes)]
    is_wide = any(item.role == "both" for item in live)
    is_named = bool(groups)
    for item, codes in groups:
        reading.name(codes, item)
    if not is_named or is_wide:
        is_doubtful = bool(unclear or unknown) or (not is_named and "actors" in reading.described)
        has_place = any(item.role == "place" for item in live)
        for item in live:
            counts_beside_place = item.role == "head" and item.entry is not None and (has_place or is_wide)
            if item.scope != "everyone" or (is_doubtful and (item.role or "actors" in reading.described)):
                continue
            if item.role in ("", "all") or counts_beside_place:
                reading.name((EVERYONE,), item)
                is_named = True
    if is_after_nil:
        return
    has_everyone = any(item.role == "" and item.scope == "everyone" for item in live)
    if not is_named and (heads or unclear or has_everyone):
        reading.doubt(words[0], words[-1])
    else:
        for item in unknown:
            reading.doubt(item)
    for item in words:
        if item.is_doubtful and (item.codes or item.entry is None):
            reading.doubt(item)


def _read_links(
    live: list[Item], reading: _Reading, *, is_joined: bool
) -> tuple[list[tuple[Item, tuple[str, ...]]], list[Item]]:
    """The groups and the unknown nouns of a segment, without what only describes: "Schüler an Hauptschulen".

    "Familien mit Kindern" names families, "Kinder aus armen Familien" names no parents; unknown names behind
    "in", "aus" or "am" are places.
    """
    groups: list[tuple[Item, tuple[str, ...]]] = []
    unknown: list[Item] = []
    link, before, has_person = "", set[str](), False
    described = reading.described if is_joined else frozenset[str]()
    now: set[str] = set()
    for item in live:
        if item.role in ("in", "of", "with"):
            link = "in" if link == "in" and item.role == "of" else item.role
        elif item.entry is None:
            if item.is_noun and item.end - item.start > 1 and not (link == "in" and before):
                unknown.append(item)
                has_person = True
        elif item.role == "head" or item.scope == "everyone":
            has_person = True
            before |= set(item.codes)
        elif item.codes and item.codes != (UNCLEAR,):
            codes = item.codes
            hidden = _hidden(before) if link else described if not before else frozenset[str]()
            if (
                item.scope == "actors"
                and (link or described)
                and (before or has_person or "actors" in described)
            ):
                if link in ("in", "of") or "actors" in described:
                    codes = () if before & _ACTORS else item.entry.inner
                    now.add("actors")
            elif hidden & set(codes):
                codes = tuple(code for code in codes if code not in hidden)
                now |= hidden
            before |= set(item.codes)
            if codes:
                groups.append((item, codes))
        elif item.codes == (UNCLEAR,):
            has_person = True
    reading.described = frozenset(now)
    return groups, unknown


def _hidden(before: set[str]) -> frozenset[str]:
    """The groups that behind "mit", "von", "aus" only describe those named before."""
    if before & _HOUSEHOLDS:
        return _OF_HOUSEHOLDS
    return _OF_CHILDREN if before & _OF_HOUSEHOLDS else frozenset()


def _is_wide_age(codes: tuple[str, ...]) -> bool:
    """Whether a word spans several ages ("junge Menschen"), so that an age beside it is the more exact."""
    return len(codes) > 1 and set(codes) <= _AGES


def _ask_about_exceptions(items: list[Item], reading: _Reading) -> None:
    """Asks where an exception makes the rest doubtful: "alle außer Kinder", or a group both named and excluded."""
    excluded = [
        item
        for item in items
        if item.is_excluded and not item.is_doubtful and (item.codes or (item.entry is None and item.is_noun))
    ]
    if EVERYONE in reading.named or any(set(item.codes) & reading.named.keys() for item in excluded):
        pieces = [f"„{_short(reading.text[item.start : item.end])}“" for item in excluded]
        if pieces:
            reading.questions.append(f"Für wen gilt das Angebot, wenn es {' und '.join(pieces)} ausschließt?")


def _ask(pieces: list[str]) -> str:
    quoted = [f"„{piece}“" for piece in pieces]
    if len(quoted) == 1:
        return f"Welche Zielgruppe ist mit {quoted[0]} gemeint?"
    return f"Welche Zielgruppen sind mit {', '.join(quoted[:-1])} und {quoted[-1]} gemeint?"


def _short(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= _QUOTED_LENGTH else joined[: _QUOTED_LENGTH - 1].rstrip() + "…"


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalnum())


@cache
def _nil_answers(codes: CodeLists) -> frozenset[str]:
    """Wordings of the list `answers` that say nothing, as bare letters."""
    return frozenset(filter(None, (_letters(row["text"]) for row in codes["answers"])))
