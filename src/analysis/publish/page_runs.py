"""Which blocks of a document share pages of one kind, and which stay together on one."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, TypeGuard

from .blocks import Block, Figure, Heading, Prose, Table
from .glyphs import text_width
from .markdown import plain_text
from .widths import UPRIGHT, is_wide

# The functions of the template that set pages of their own kind.
SIDEWAYS: Final = "on-its-side"
OWN_PAGE: Final = "own-page"
_SHORT: Final = 200  # signs of a sentence that only announces
_SIZE: Final = 10.5  # points of running text


def lay_out(blocks: Sequence[Block]) -> Iterator[tuple[str, list[Block]]]:
    """The blocks in runs, each with the function that sets its pages, or "" where the text runs on."""
    for has_own_page, run in _cut_out(blocks):
        if has_own_page:
            yield OWN_PAGE, run
        else:
            for flipped, group in groupby(_orient(run), key=lambda pair: pair[1]):
                yield SIDEWAYS if flipped else "", [block for block, _ in group]


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
        wide = [isinstance(block, Table) and is_wide(block.grid) for block in section]
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


def announces(block: Block, after: Block | None) -> TypeGuard[Prose]:
    """Whether the block's last words must not be the last on a page: a short paragraph right above a figure, a
    table or a list, or nothing but one line.
    """
    if not isinstance(block, Prose) or not isinstance(after, Figure | Table | Prose):
        return False
    last = block.tokens[-1]
    if last["type"] != "paragraph":
        return False
    text = plain_text(last["children"])
    if isinstance(after, Prose) and after.tokens[0]["type"] != "list":
        return len(block.tokens) == 1 and text_width(text, _SIZE) < UPRIGHT
    return len(text) < _SHORT
