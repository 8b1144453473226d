"""The pieces of a cell in their order: words with what they say, joiners and stops, and what is excluded."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from .ages import Age
from .tokens import Token
from .words import Entry, Lexicon

_WINDOW: Final = 40  # tokens that a bracket or "Kinder-, ... und ..." may take
_MARKS: Final = {",": "comma", "(": "open", "[": "open", "{": "open"}
_CLOSING: Final = frozenset({")", "]", "}"})
LINKS: Final = frozenset({"in", "of", "with"})
_NAMING: Final = frozenset({"", "all", "both"})


class Item(NamedTuple):
    """One understood or not understood piece of the text; `entry` None: a mark, or nobody knows the word."""

    entry: Entry | None
    start: int
    end: int
    is_noun: bool
    kind: str = "word"  # word, age, and, comma, open (a bracket), stop
    role: str = ""  # of its entry; empty for what names groups and for unknown words
    codes: tuple[str, ...] = ()  # the groups it names by itself
    scope: str = ""  # of its entry's codes
    is_excluded: bool = False
    is_doubtful: bool = False  # excluded only perhaps: "Kinder ohne Behinderung und Eltern"
    has_lower_age: bool = False


def _make(entry: Entry | None, start: int, end: int, is_noun: bool) -> Item:
    if entry is None:
        return Item(None, start, end, is_noun)
    codes = entry.codes if entry.role in _NAMING else ()
    return Item(entry, start, end, is_noun, "word", entry.role, codes, entry.scope)


def read_items(tokens: list[Token], lexicon: Lexicon) -> list[Item]:
    """The tokens as items: phrases before words, hyphened words as compounds, "Kinder-" with its other half."""
    items: list[Item] = []
    place = 0
    closing = -1  # where a bracket ends that goes on with the sentence
    while place < len(tokens):
        token = tokens[place]
        if token.kind == "age" and token.age is not None:
            items.append(make_age(token.age, token.start, token.end, lexicon))
            place += 1
            continue
        phrase = lexicon.match_phrase(tokens, place) if token.kind != "mark" else None
        if phrase is not None:
            entry, length = phrase
            items.append(_make(entry, token.start, tokens[place + length - 1].end, token.is_noun))
            place += length
        elif token.kind == "word":
            place += _read_word(tokens, place, lexicon, items)
        else:
            kind = token.kind if token.kind == "and" else _MARKS.get(token.text, "stop")
            place += 1
            if kind == "open":
                end = _find_close(tokens, place)
                inside = tokens[place:end]
                if _says_no_more(inside, items, lexicon):
                    items += [make_age(t.age, t.start, t.end, lexicon) for t in inside if t.age is not None]
                    place = end + 1
                    continue
                if _begins_with_link(inside, lexicon):
                    closing = end
                    continue
            if place - 1 != closing:
                items.append(Item(None, token.start, token.end, False, kind))
    return items


def make_age(age: Age, start: int, end: int, lexicon: Lexicon) -> Item:
    """The item of an age that stands from `start` to `end`."""
    entry = Entry(age.codes, "", lexicon.scope_of(age.codes))
    return Item(entry, start, end, False, "age", "", age.codes, entry.scope, has_lower_age=age.has_lower)


def _read_word(tokens: list[Token], place: int, lexicon: Lexicon, items: list[Item]) -> int:
    """Adds the items of the word at `place`, and returns how many tokens it takes with what hyphens join to it."""
    token = tokens[place]
    if token.is_suspended:
        suspended = _read_suspended(tokens[place : place + _WINDOW], lexicon)
        if suspended is not None:
            length, read = suspended
            items.extend(read)
            return length
    if place + 1 == len(tokens) or not tokens[place + 1].is_glued:
        items.append(_make(lexicon.match(token), token.start, token.end, token.is_noun))
        return 1
    length = _count_glued(tokens, place)
    items.extend(_read_glued(tokens[place : place + length], lexicon))
    return length


def _count_glued(tokens: list[Token], place: int) -> int:
    end = place + 1
    while end < len(tokens) and end < place + _WINDOW and tokens[end].is_glued:
        end += 1
    return end - place


def _read_glued(tokens: list[Token], lexicon: Lexicon) -> list[Item]:
    """A word, or words joined by hyphens: "Kita-Kinder"; an unknown name among them is an item of its own."""
    first, last = tokens[0], tokens[-1]
    if len(tokens) == 1:
        return [_make(lexicon.match(first), first.start, first.end, first.is_noun)]
    whole = "".join(token.text for token in tokens)
    entry = lexicon.match_word(whole, first.is_capital)
    if entry is None and 0 < lexicon.split_compound(whole) < len(whole) - len(last.text):
        entry = lexicon.match_compound(whole)
    head = lexicon.match(last)
    unknown: list[Item] = []
    if entry is None and head is not None:
        parts = [(token, lexicon.match(token)) for token in tokens[:-1]]
        entry = lexicon.combine(_merge([part for _, part in parts if part is not None]), head)
        if entry is not None and head.scope == "special":
            unknown = [
                _make(None, token.start, token.end, token.is_noun) for token, part in parts if part is None
            ]
    return [*unknown, _make(entry, first.start, last.end, first.is_noun or last.is_noun)]


def _merge(known: list[Entry]) -> Entry | None:
    groups = tuple(dict.fromkeys(code for part in known for code in part.special))
    return Entry(groups, "", "special") if groups else known[0] if known else None


def _read_suspended(tokens: list[Token], lexicon: Lexicon) -> tuple[int, list[Item]] | None:
    """ "Kinder-, Jugend- und Familienzentren": each with the last head; "Kinder- und Jugendliche": without.

    None where no word follows that the hyphen could wait for.
    """
    parts = [tokens[0]]
    place = 1
    while place < len(tokens) and (tokens[place].is_suspended or tokens[place].text in (",", "und")):
        if tokens[place].is_suspended:
            parts.append(tokens[place])
        place += 1
    if place == 1 or place == len(tokens) or tokens[place].kind != "word":
        return None
    length = place + _count_glued(tokens, place)
    last = tokens[length - 1].text
    split = lexicon.split_compound(last)
    ending = last if length - place > 1 else last[split:] if split else ""
    final = _read_glued(tokens[place:length], lexicon)
    items = [
        _make(
            _match_part(part, ending, last, lexicon, is_known=final[-1].entry is not None),
            part.start,
            part.end,
            part.is_noun,
        )
        for part in parts
    ]
    items += final
    is_one = all(item.entry is None for item in items) or (
        ending and all(item.scope == "actors" for item in items)
    )
    return length, [final[-1]._replace(start=parts[0].start)] if is_one else items


def _match_part(part: Token, ending: str, last: str, lexicon: Lexicon, *, is_known: bool) -> Entry | None:
    if ending:
        return lexicon.match_word(part.text + ending) or lexicon.match_compound(part.text + ending)
    if not is_known:
        return None
    # "Hör- und Sehgeschädigte": no compound of known parts, but the whole words are known.
    wholes = (lexicon.match_word(part.text + last[i:]) for i in range(2, len(last) - 3))
    return lexicon.match_word(part.text, part.is_capital) or next(filter(None, wholes), None)


def _find_close(tokens: list[Token], place: int) -> int:
    end = place
    while end < len(tokens) and end < place + _WINDOW and tokens[end].text not in _CLOSING:
        end += 1
    return end


def _begins_with_link(inside: list[Token], lexicon: Lexicon) -> bool:
    """Whether a bracket goes on with the sentence: "Menschen (mit Behinderung)"."""
    entry = lexicon.match_word(inside[0].text) if inside and inside[0].kind == "word" else None
    return entry is not None and entry.role in LINKS


def _says_no_more(inside: list[Token], items: list[Item], lexicon: Lexicon) -> bool:
    """Whether a bracket only holds ages, or names again what stands before it: "(6-10 J.)", "(MmB)"."""
    codes = set(items[-1].codes) if items else set()
    for token in inside:
        entry = lexicon.match(token) if token.kind == "word" else None
        is_again = entry is not None and not entry.role and entry.codes and codes.issuperset(entry.codes)
        if token.kind not in ("age", "and") and not is_again:
            return False
    return True


def join_pairs(items: list[Item]) -> list[Item]:
    """ "Bürgerinnen und Bürger", "Schüler/Schülerinnen" are one: the joiner between equal words goes."""
    pairs = {
        i
        for i in range(1, len(items) - 1)
        if items[i].kind == "and"
        and items[i - 1].entry is not None
        and items[i - 1].entry == items[i + 1].entry
    }
    return [item for i, item in enumerate(items) if i not in pairs] if pairs else items


def mark_excluded(items: list[Item]) -> list[Item]:
    """The same items, those behind "außer", "nicht", "ohne" marked; with "Kinder ausgenommen" those before it."""
    if not any(item.role in ("not", "except") for item in items):
        return items
    marked = list(items)
    marker = ""
    is_reached = False
    for i, item in enumerate(items):
        if item.kind in ("stop", "open") or item.role == "and":
            marker = ""
        elif item.kind == "comma":
            marker = "doubtful" if marker == "except" and is_reached else ""
        elif item.role in ("not", "except"):
            marker, is_reached = item.role, False
            if i + 1 == len(items) or items[i + 1].kind not in ("word", "age"):
                before = i - 1
                while before >= 0 and items[before].kind in ("word", "age") and items[before].role != "and":
                    marked[before] = items[before]._replace(is_excluded=True)
                    before -= 1
                marker = ""
        elif marker and item.kind in ("word", "age") and item.role not in ("filler", "place", *LINKS):
            marked[i] = item._replace(is_excluded=True, is_doubtful=marker == "doubtful")
            is_reached = True
            if marker == "not" and not item.is_noun and item.kind == "word":
                marker = ""
        elif marker == "not" and item.kind == "and" and is_reached:
            marker = "doubtful"
    return marked


def split_segments(items: list[Item]) -> Iterator[list[Item]]:
    """One list per enumerated part; a part that "und" joins to the one before begins with that joiner.

    Where "mit" or "von" has nothing yet to refer to, the part goes on: "mit körperlicher und geistiger Behinderung".
    """
    segment: list[Item] = []
    is_open = False
    for item in items:
        kind = item.kind
        if kind == "word" or kind == "age":
            if item.role != "and":
                segment.append(item)
                if item.role in ("with", "of"):
                    is_open = True
                elif is_open and item.role != "filler":
                    is_open = item.entry is None and not item.is_noun
                continue
        elif is_open and kind in ("and", "comma"):
            segment.append(item)
            continue
        if segment or kind == "and":
            yield segment
        segment = [item] if kind == "and" else []
        is_open = False
    if segment:
        yield segment
