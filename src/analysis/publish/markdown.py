"""Markdown of a notebook -> a tree of tokens (mistune's) with pictures, entities, HTML and gaps resolved.

Beside mistune's own keys an `image` token holds its `Picture` under "picture", a `table` says in its attrs how
many `row_headers` it has, a `list` whether it `is_facts`, labels with short values. Table cells are never empty.
"""

import functools
import html
from collections.abc import Iterator
from typing import Any, Final

import mistune
from mistune.plugins.math import math_in_list, math_in_quote
from mistune.plugins.table import table_in_list, table_in_quote

from .german import NO_ANSWER
from .hypertext import LINK, Attachments, nest_inline, parse_block
from .pictures import read_picture
from .quotes import german_quotes
from .tables import name_columns, naming_columns

Token = dict[str, Any]

_PLUGINS: Final = (
    *("footnotes", "table", "strikethrough", "task_lists", "math", "url"),
    *(table_in_list, table_in_quote, math_in_list, math_in_quote),
)
_SHORT: Final = 90  # signs of a line


def parse_markdown(source: str, attachments: Attachments | None = None) -> list[Token]:
    """One token per block of Markdown; footnotes that the text refers to come last, as one `footnotes` token.

    Links that are not http, https or mailto lose their target, HTML keeps what it says (`hypertext`), quotation
    marks become German ones.
    Raises: ValueError at a picture without alternative text or that is not inside the notebook, and at a table
    without headings.
    """
    tokens, _ = _parser().parse(source)
    assert isinstance(tokens, list)
    return german_quotes([clean for token in tokens for clean in _clean(token, attachments or {})])


@functools.cache
def _parser() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None, plugins=list(_PLUGINS))


def plain_text(tokens: list[Token]) -> str:
    """The words of inline tokens without their marks, as a title or bookmark shows them."""
    parts = []
    for token in tokens:
        if token["type"] in {"softbreak", "linebreak"}:
            parts.append(" ")
        elif token["type"] == "image":
            parts.append(token["picture"].alt)
        elif token["type"] != "footnote_ref":
            parts.append(plain_text(token["children"]) if "children" in token else token.get("raw", ""))
    return " ".join("".join(parts).split())


def _clean(token: Token, attachments: Attachments) -> Iterator[Token]:
    match token["type"]:
        case "blank_line":
            return
        case "block_html":
            yield from parse_block(token["raw"], attachments)
        case "text":
            yield {"type": "text", "raw": html.unescape(token["raw"])}
        case "image":
            alt = html.unescape(plain_text(token["children"]))
            title = token["attrs"].get("title")
            yield {"type": "image", "picture": read_picture(token["attrs"]["url"], alt, title, attachments)}
        case "link":
            yield from _link(token, attachments)
        case "list":
            children = _children(token, attachments)
            attrs = {**token["attrs"], "is_facts": all(map(_is_fact, children))}
            yield {**token, "children": children, "attrs": attrs}
        case "table":
            yield _table({**token, "children": _children(token, attachments)})
        case _:
            yield {**token, "children": _children(token, attachments)} if "children" in token else token


def _children(token: Token, attachments: Attachments) -> list[Token]:
    cleaned = [clean for child in token["children"] for clean in _clean(child, attachments)]
    return nest_inline(cleaned, attachments)


def _link(token: Token, attachments: Attachments) -> Iterator[Token]:
    """A link with words to follow; only its words where it leads to no page and no mailbox."""
    url = token["attrs"]["url"]
    if token["children"] == [{"type": "text", "raw": url}]:
        children = [{"type": "text", "raw": url.removeprefix("mailto:")}]
    else:
        children = _children(token, attachments)
    if not plain_text(children):
        children = [{"type": "text", "raw": url}]
    if LINK.fullmatch(url):
        yield {**token, "children": children}
    else:
        yield from children


def _is_fact(item: Token) -> bool:
    """Whether the line of a list is a label and its short value: "**Sitzung:** 11.03.2014"."""
    blocks = item["children"]
    if len(blocks) != 1 or blocks[0]["type"] not in {"block_text", "paragraph"} or not blocks[0]["children"]:
        return False
    (first,) = blocks
    label = plain_text(first["children"][:1])
    is_label = first["children"][0]["type"] == "strong" and label.endswith(":")
    return is_label and len(label) <= 24 and len(plain_text(first["children"])) <= _SHORT


def _table(token: Token) -> Token:
    """A table with a word in every cell."""
    head, *bodies = token["children"]
    names = [plain_text(cell["children"]) for cell in head["children"]]
    if not any(names):
        raise ValueError("die Tabelle hat keine Überschriften: alle Zellen der Kopfzeile sind leer")
    words = [{"type": "text", "raw": name} for name in name_columns(names, 1)]
    head = {**head, "children": [_filled(c, w) for c, w in zip(head["children"], words, strict=True)]}
    gap = {"type": "text", "raw": NO_ANSWER}
    rows = [
        {**row, "children": [_filled(cell, gap) for cell in row["children"]]}
        for body in bodies
        for row in body["children"]
    ]
    attrs = {"row_headers": naming_columns(1, len(names), len(rows))}
    return {**token, "attrs": attrs, "children": [head, {"type": "table_body", "children": rows}]}


def _filled(cell: Token, word: Token) -> Token:
    # "\\|" is how a table writes the sign that parts its cells, in code as well.
    children = [
        {**child, "raw": child["raw"].replace("\\|", "|")} if child["type"] == "codespan" else child
        for child in cell["children"]
    ]
    return {**cell, "children": children if plain_text(children) else [word]}
