"""The pieces of a cell in their order: words with what they say, joiners and stops, and what is excluded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .tokens import Token
from .words import Entry, Lexicon


@dataclass(frozen=True)
class Item:
    """One understood or not understood piece of the text; `entry` None: nobody knows the word."""

    entry: Entry | None
    start: int
    end: int
    is_noun: bool
    kind: str = "word"  # word, age, and, comma, stop
    is_excluded: bool = False
    is_doubtful: bool = False  # excluded only perhaps: "Kinder ohne Behinderung und Eltern"
    has_lower_age: bool = False

    @property
    def role(self) -> str:
        """The role of its entry; empty for what names groups and for unknown words."""
        return self.entry.role if self.entry else ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The groups it names by itself."""
        return self.entry.codes if self.entry and self.role in ("", "all", "both") else ()

    @property
    def scope(self) -> str:
        """The scope of its codes."""
        return self.entry.scope if self.entry else ""


def read_items(tokens: list[Token], lexicon: Lexicon) -> Iterator[Item]:
    """The tokens as items: phrases before words, hyphened words as compounds, "Kinder-" with its other half."""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.kind == "age" and token.age:
            scope = lexicon.scope_of(token.age.codes)
            yield Item(
                Entry(token.age.codes, "", scope),
                token.start,
                token.end,
                False,
                "age",
                has_lower_age=token.age.has_lower,
            )
            place += 1
            continue
        phrase = lexicon.match_phrase(tokens[place:])
        if phrase is not None:
            entry, length = phrase
            last = tokens[place + length - 1]
            yield Item(entry, token.start, last.end, token.is_noun)
            place += length
            continue
        if token.kind != "word":
            if (
                not (token.text in "()[]{}" and _holds_description(tokens, place, lexicon))
                and token.text != "-"
            ):
                yield Item(
                    None, token.start, token.end, False, _kind_of(token, tokens[place - 1] if place else None)
                )
            place += 1
            continue
        if token.is_suspended:
            length, items = _read_suspended(tokens[place:], lexicon)
            if items:
                yield from items
                place += length
                continue
        length = 1
        while place + length < len(tokens) and tokens[place + length].is_glued:
            length += 1
        yield from _read_glued(tokens[place : place + length], lexicon)
        place += length


def _read_glued(tokens: list[Token], lexicon: Lexicon) -> Iterator[Item]:
    first, last = tokens[0], tokens[-1]
    if len(tokens) == 1:
        yield Item(lexicon.match(first), first.start, first.end, first.is_noun)
        return
    whole = "".join(token.text for token in tokens)
    entry = lexicon.match_word(whole, first.is_capital)
    if entry is None and 0 < lexicon.split_compound(whole) < len(whole) - len(last.text):
        entry = lexicon.match_compound(whole)
    head = lexicon.match(last)
    if entry is None and head is not None:
        parts = [(token, lexicon.match(token)) for token in tokens[:-1]]
        entry = lexicon.combine(_merge([part for _, part in parts], lexicon), head)
        if entry is not None and head.scope == "special":
            yield from (
                Item(None, token.start, token.end, token.is_noun) for token, part in parts if part is None
            )
    yield Item(entry, first.start, last.end, first.is_noun or last.is_noun)


def _merge(parts: list[Entry | None], lexicon: Lexicon) -> Entry | None:
    known = [part for part in parts if part is not None]
    groups = tuple(dict.fromkeys(code for part in known for code in part.codes if part.scope == "special"))
    return Entry(groups, "", "special") if groups else known[0] if known else None


def _read_suspended(tokens: list[Token], lexicon: Lexicon) -> tuple[int, list[Item]]:
    """ "Kinder-, Jugend- und Familienzentren": each with the last head; "Kinder- und Jugendliche": without."""
    parts = [tokens[0]]
    place = 1
    while place < len(tokens) and (tokens[place].kind == "and" or tokens[place].text == ","):
        place += 1
        while place < len(tokens) and tokens[place].text in (",", "und"):
            place += 1
        if place < len(tokens) and tokens[place].is_suspended:
            parts.append(tokens[place])
            place += 1
            continue
        break
    if place >= len(tokens) or tokens[place].kind != "word":
        return 0, []
    length = place + 1
    while length < len(tokens) and tokens[length].is_glued:
        length += 1
    last, head = tokens[place:length], tokens[length - 1]
    split = lexicon.split_compound(head.text) if len(last) == 1 else 0
    ending = head.text[split:] if split or len(last) > 1 else ""
    final = next(_read_glued(last, lexicon))
    items = []
    for part in parts:
        if ending:
            entry = lexicon.match_word(part.text + ending) or lexicon.match_compound(part.text + ending)
        elif final.entry is None:
            entry = None
        else:
            endings = (head.text[i:] for i in range(2, len(head.text) - 3))
            entry = lexicon.match_word(part.text, part.is_capital) or next(
                filter(None, (lexicon.match_word(part.text + other) for other in endings)), None
            )
        items.append(Item(entry, part.start, part.end, part.is_noun))
    every = [*items, final]
    if all(item.entry is None for item in every) or (
        ending and all(item.scope == "actors" for item in every)
    ):
        return length, [replace(final, start=parts[0].start)]
    return length, every


def _holds_description(tokens: list[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether a bracket only describes what stands before it: "(6-10 J.)", "(mit Behinderung)"."""
    opening = next((i for i in range(place, -1, -1) if tokens[i].text in ("(", "[", "{")), place)
    closing = next((i for i in range(place, len(tokens)) if tokens[i].text in (")", "]", "}")), len(tokens))
    inside = tokens[opening + 1 : closing]
    if not inside:
        return True
    entry = lexicon.match_word(inside[0].text) if inside[0].kind == "word" else None
    return all(token.kind == "age" for token in inside) or (
        entry is not None and entry.role in ("with", "in", "of")
    )


def _kind_of(token: Token, before: Token | None) -> str:
    if token.kind == "and":
        return "and"
    if token.text == ".":
        return "stop" if before is not None and len(before.text) > 4 else "none"
    return "comma" if token.text == "," else "stop"


def join_pairs(items: list[Item]) -> list[Item]:
    """ "Bürgerinnen und Bürger", "Schüler/Schülerinnen" are one: the joiner between equal words goes."""
    items = [item for item in items if item.kind != "none"]
    return [
        item
        for i, item in enumerate(items)
        if not (
            item.kind == "and"
            and 0 < i < len(items) - 1
            and items[i - 1].entry is not None
            and items[i - 1].entry == items[i + 1].entry
        )
    ]


def mark_excluded(items: list[Item]) -> list[Item]:
    """The same items, those behind "außer", "nicht", "ohne" marked; with "Kinder ausgenommen" those before it."""
    marked = list(items)
    marker = ""
    is_reached = False
    for i, item in enumerate(items):
        if item.kind == "stop" or item.role == "and":
            marker = ""
        elif item.kind == "comma":
            marker = "doubtful" if marker == "except" and is_reached else ""
        elif item.role in ("not", "except"):
            marker, is_reached = item.role, False
            if i + 1 == len(items) or items[i + 1].kind not in ("word", "age"):
                before = i - 1
                while before >= 0 and items[before].kind in ("word", "age") and items[before].role != "and":
                    marked[before] = replace(items[before], is_excluded=True)
                    before -= 1
                marker = ""
        elif (
            marker
            and item.kind in ("word", "age")
            and item.role not in ("filler", "in", "of", "with", "place")
        ):
            marked[i] = replace(item, is_excluded=True, is_doubtful=marker == "doubtful")
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
        if item.kind == "stop" or item.role == "and" or (item.kind in ("and", "comma") and not is_open):
            yield segment
            segment = [item] if item.kind == "and" else []
            is_open = False
            continue
        segment.append(item)
        if item.role in ("with", "of"):
            is_open = True
        elif item.kind in ("word", "age") and item.role != "filler":
            is_open = is_open and item.entry is None and not item.is_noun
    yield segment
