"""What a text's segments name and leave doubtful, each read with what stands beside it."""

from typing import Final

from .items import LINKS, Item, join_pairs, mark_excluded, read_items, split_segments
from .tokens import Token
from .words import Lexicon

NO_ANSWER: Final = "keine_angabe"
UNCLEAR: Final = "unklar"
EVERYONE: Final = "alle_bewohner"
_NIL: Final = (NO_ANSWER,)
_QUOTED_LENGTH: Final = 80
# What a phrase that follows says about the group before, rather than naming one of its own.
_HOUSEHOLDS: Final = frozenset({"eltern_familien", "alleinerziehende"})
_OF_HOUSEHOLDS: Final = frozenset({"kinder", "jugendliche", "schueler"})
_OF_CHILDREN: Final = frozenset({"eltern_familien"})
_ACTORS: Final = frozenset({"fachkraefte", "einrichtungen", "ehrenamtliche", "unternehmen"})
_AGES: Final = frozenset({"kinder", "jugendliche", "junge_erwachsene", "senioren"})


def read_tokens(text: str, tokens: list[Token], lexicon: Lexicon) -> "Reading":
    """Everything that the `tokens` of `text` say."""
    return read_sentence(text, mark_excluded(join_pairs(read_items(tokens, lexicon))))


def read_sentence(text: str, items: list[Item]) -> "Reading":
    """Everything that the `items` of `text` say together."""
    reading = Reading(text, items)
    for segment in split_segments(reading.items):
        has_nil = _read_segment(segment, reading, is_after_nil=reading.is_nil)
        reading.is_nil = reading.is_nil or has_nil
    _ask_about_exceptions(reading.items, reading)
    _ask_about_slips(reading.items, reading)
    return reading


class Reading:
    """What has been read so far: codes with their places, doubts as pieces of the text, whole questions."""

    def __init__(self, text: str, items: list[Item]) -> None:
        self.text = text
        self.items = items
        self.is_nil = False  # somewhere it gives no answer: "siehe Konzept"
        self.named: dict[str, tuple[int, int, int]] = {}
        self.doubts: list[str] = []
        self.questions: list[str] = []
        self.described: frozenset[str] = frozenset()  # what only described the group before

    def name(self, codes: tuple[str, ...], item: Item) -> None:
        """Notes that an item names groups; the first place counts."""
        for order, code in enumerate(codes):
            place = (item.start, order, item.end)
            self.named[code] = min(self.named.get(code, place), place)

    def doubt(self, first: Item, last: Item | None = None) -> None:
        """Notes that nobody can tell what an item means, or all from `first` to `last`."""
        piece = shorten(self.text[first.start : (last or first).end])
        if piece not in self.doubts:
            self.doubts.append(piece)

    def places(self) -> tuple[tuple[str, int, int], ...]:
        """One item per named group in the order of the text: its code, and where the words that name it stand."""
        named = sorted((place, code) for code, place in self.named.items())
        return tuple((code, start, end) for (start, _, end), code in named)

    def question(self) -> str | None:
        """What to ask the department about all that is doubtful."""
        return " ".join([*([ask(self.doubts)] if self.doubts else []), *self.questions]) or None


def _read_segment(segment: list[Item], reading: Reading, *, is_after_nil: bool) -> bool:
    """Names the groups of one segment, up to where it gives no answer ("siehe Konzept"); returns whether it does so."""
    nil = next((i for i, item in enumerate(segment) if item.codes == _NIL), None)
    words = [item for item in segment[:nil] if item.kind in ("word", "age")]
    is_joined = bool(segment) and nil != 0 and segment[0].kind == "and"
    if all(map(is_plain, words)) and not (is_joined and reading.described):
        reading.described = frozenset()
        for item in words:
            reading.name(item.codes, item)
    else:
        _read_words(words, reading, is_joined=is_joined, is_after_nil=is_after_nil)
    return nil is not None


def is_plain(item: Item) -> bool:
    """Whether an item names its groups whatever stands beside it."""
    return (
        item.kind == "word" and item.scope in ("special", "actors") and not item.role and not item.is_excluded
    )


def _read_words(words: list[Item], reading: Reading, *, is_joined: bool, is_after_nil: bool) -> None:
    """Names the groups of a segment; "Bürger" and "alle" count only where nothing in it says which."""
    live = [item for item in words if not item.is_excluded]
    groups, unknown = _read_links(live, reading, is_joined=is_joined)
    if any(item.has_lower_age and codes for item, codes in groups):
        groups = [(item, codes) for item, codes in groups if item.kind == "age" or not _is_wide_age(codes)]
    unclear = [item for item in live if item.codes == (UNCLEAR,) or (item.kind == "age" and not item.codes)]
    is_wide = any(item.role == "both" for item in live)
    is_named = bool(groups)
    for item, codes in groups:
        reading.name(codes, item)
    if not is_named or is_wide:
        is_doubtful = bool(unclear or unknown) or (not is_named and "actors" in reading.described)
        counts_heads = is_wide or any(item.role == "place" for item in live)
        for item in live:
            if item.scope != "everyone" or (is_doubtful and (item.role or "actors" in reading.described)):
                continue
            if item.role in ("", "all") or (item.role == "head" and counts_heads):
                reading.name((EVERYONE,), item)
                is_named = True
    if is_after_nil:
        return
    has_people = any(item.role == "head" or (item.role == "" and item.scope == "everyone") for item in live)
    if not is_named and (has_people or unclear):
        reading.doubt(words[0], words[-1])
    else:
        for item in unknown:
            reading.doubt(item)
    for item in words:
        if item.is_doubtful and (item.codes or item.entry is None):
            reading.doubt(item)


def _read_links(
    live: list[Item], reading: Reading, *, is_joined: bool
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
        if item.role in LINKS:
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
            hidden = _hidden(before, link) if link else described if not before else frozenset[str]()
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


def _hidden(before: set[str], link: str) -> frozenset[str]:
    """The groups that behind "mit", "von", "aus" only describe those named before; "Kinder mit Eltern" are two."""
    if before & _HOUSEHOLDS:
        return _OF_HOUSEHOLDS
    return _OF_CHILDREN if before & _OF_HOUSEHOLDS and link != "with" else frozenset()


def _is_wide_age(codes: tuple[str, ...]) -> bool:
    """Whether a word spans several ages ("junge Menschen"), so that an age beside it is the more exact."""
    return len(codes) > 1 and set(codes) <= _AGES


def _ask_about_exceptions(items: list[Item], reading: Reading) -> None:
    """Asks where an exception makes the rest doubtful: "alle außer Kinder", or a group both named and excluded."""
    excluded = [
        item
        for item in items
        if item.is_excluded and not item.is_doubtful and (item.codes or (item.entry is None and item.is_noun))
    ]
    if EVERYONE in reading.named or any(set(item.codes) & reading.named.keys() for item in excluded):
        pieces = [f"„{shorten(reading.text[item.start : item.end])}“" for item in excluded]
        if pieces:
            reading.questions.append(f"Für wen gilt das Angebot, wenn es {' und '.join(pieces)} ausschließt?")


def _ask_about_slips(items: list[Item], reading: Reading) -> None:
    """Asks whether a word one letter off was meant, even though it counts."""
    for item in items:
        if item.entry is not None and item.entry.meant:
            written = shorten(reading.text[item.start : item.end])
            reading.questions.append(f"Ist mit „{written}“ „{item.entry.meant}“ gemeint?")


def ask(pieces: list[str]) -> str:
    """The question which groups the quoted `pieces` mean."""
    quoted = [f"„{piece}“" for piece in pieces]
    if len(quoted) == 1:
        return f"Welche Zielgruppe ist mit {quoted[0]} gemeint?"
    return f"Welche Zielgruppen sind mit {', '.join(quoted[:-1])} und {quoted[-1]} gemeint?"


def shorten(text: str) -> str:
    """A text in one line, cut where it is too long to be quoted."""
    joined = " ".join(text.split())
    return joined if len(joined) <= _QUOTED_LENGTH else joined[: _QUOTED_LENGTH - 1].rstrip() + "…"
