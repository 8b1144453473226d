"""Which blocks of a document share pages of one kind, and which stay together on one."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, TypeGuard

from .blocks import Block, Figure, Heading, Prose, Table
from .glyphs import text_width
from .markdown import Token, plain_text
from .widths import UPRIGHT, is_wide

# The functions of the template that set pages of their own kind.
SIDEWAYS: Final = "on-its-side"
OWN_PAGE: Final = "own-page"
_SHORT: Final = 200  # signs of a sentence that only announces
_SIZE: Final = 10.5  # points of running text


def lay_out(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block], list[Block]]]:
    """The blocks in runs, each with the function that sets its pages, or "" where the text runs on, and with what
    stands below its last wide table.
    """
    for has_own_page, run in _cut_out(blocks):
        if has_own_page:
            yield OWN_PAGE, run, []
            continue
        for flipped, group in groupby(_orient(run), key=lambda pair: pair[1]):
            same = [block for block, _ in group]
            end = max((i for i, block in enumerate(same, start=1) if _is_wide(block)), default=len(same))
            yield (SIDEWAYS, same[:end], same[end:]) if flipped else ("", same, [])


def _cut_out(blocks: Sequence[Block]) -> Iterator[tuple[bool, list[Block]]]:
    """Each section with a page of its own, and what lies between them."""
    run: list[Block] = []
    level = 0  # of the section that is being cut out
    for block in blocks:
        if isinstance(block, Heading) and (block.has_own_page or block.level <= level):
            yield level > 0, run
            run, level = [], block.level if block.has_own_page else 0
        run.append(block)
    yield level > 0, run


def _orient(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block and whether its page lies on its side: a wide table takes its section along, unless the
    section shows pictures or stands below the title; a heading without text of its own goes with what follows.
    """
    sections: list[list[Block]] = []
    for block in blocks:
        if isinstance(block, Heading) or not sections:
            sections.append([])
        sections[-1].append(block)
    flipped = False
    oriented: list[tuple[Block, bool]] = []
    for section in reversed(sections):
        wide = [_is_wide(block) for block in section]
        is_headed = isinstance(section[0], Heading)
        if any(wide) and is_headed and not any(isinstance(block, Figure) for block in section):
            flags = [True] * len(section)
        elif len(section) == 1 and is_headed:
            flags = [flipped]
        else:
            flags = wide
        flipped = flags[0]
        oriented[:0] = zip(section, flags, strict=True)
    yield from oriented


def _is_wide(block: Block) -> bool:
    return isinstance(block, Table) and is_wide(block.grid)


def announces(block: Block, after: Block | None) -> TypeGuard[Prose]:
    """Whether the block's last words must not be the last on a page: a short paragraph right above a figure, a
    table or a list, or nothing but one line.
    """
    if not isinstance(block, Prose) or not isinstance(after, Figure | Table | Prose):
        return False
    last = block.tokens[-1]
    if isinstance(after, Figure | Table):
        return _is_short(last)
    is_line = len(block.tokens) == 1 and text_width(plain_text([last]), _SIZE) < UPRIGHT
    return introduces(last, after.tokens[0]) or (last["type"] == "paragraph" and is_line)


def introduces(token: Token, after: Token | None) -> bool:
    """Whether the token is a short paragraph right above a list."""
    return after is not None and after["type"] == "list" and _is_short(token)


def _is_short(token: Token) -> bool:
    return token["type"] == "paragraph" and len(plain_text(token["children"])) < _SHORT
