"""Markdown of a notebook -> a tree of tokens (mistune's) with pictures, entities and gaps resolved.

Beside mistune's own keys an `image` token holds its `Picture` under "picture". Table cells are never empty.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import mistune
from mistune.plugins.math import math_in_list, math_in_quote
from mistune.plugins.table import table_in_list, table_in_quote

from .german import NO_ANSWER
from .pictures import Picture as Picture
from .pictures import read_picture
from .tables import ROW_NAME

Token = dict[str, Any]

_PLUGINS: Final = (
    *("footnotes", "table", "strikethrough", "task_lists", "math", "url"),
    *(table_in_list, table_in_quote, math_in_list, math_in_quote),
)
_FLOWS: Final = {"paragraph", "block_text", "heading", "table_cell"}
_LINK: Final = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)


def parse_markdown(source: str, attachments: Mapping[str, Mapping[str, str]] | None = None) -> list[Token]:
    """One token per block of Markdown; footnotes that the text refers to come last, as one `footnotes` token.

    Links that are not http, https or mailto lose their target, comments in HTML are left out, any other
    HTML is text, quotation marks become German ones.
    Raises: ValueError at a picture without alternative text or that is not inside the notebook.
    """
    tokens, _ = mistune.create_markdown(renderer=None, plugins=list(_PLUGINS)).parse(source)
    assert isinstance(tokens, list)
    return [clean for token in tokens for clean in _clean(token, attachments or {})]


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


def _clean(token: Token, attachments: Mapping[str, Mapping[str, str]]) -> Iterator[Token]:
    kind = token["type"]
    if kind in {"blank_line"} or (kind in {"block_html", "inline_html"} and _is_comment(token["raw"])):
        return
    if kind == "inline_html" and re.fullmatch(r"<br\s*/?>", token["raw"], re.IGNORECASE):
        yield {"type": "linebreak"}
        return
    if kind == "text":
        yield {"type": "text", "raw": html.unescape(token["raw"])}
        return
    if kind == "image":
        alt = html.unescape(plain_text(token["children"]))
        title = token["attrs"].get("title")
        yield {"type": "image", "picture": read_picture(token["attrs"]["url"], alt, title, attachments)}
        return
    if "children" in token:
        if kind == "link" and token["children"] == [{"type": "text", "raw": token["attrs"]["url"]}]:
            address = token["attrs"]["url"].removeprefix("mailto:")
            token = {**token, "children": [{"type": "text", "raw": address}]}
        children = [clean for child in token["children"] for clean in _clean(child, attachments)]
        if kind == "link" and not plain_text(children):
            children = [{"type": "text", "raw": token["attrs"]["url"]}]
        if kind == "link" and not _LINK.fullmatch(token["attrs"]["url"]):
            yield from children
            return
        if kind == "table_cell" and not plain_text(children):
            children = [{"type": "text", "raw": ROW_NAME if token["attrs"]["head"] else NO_ANSWER}]
        if kind in _FLOWS:
            children = list(_set_quotes(children, _Quotes()))
        token = {**token, "children": children}
    yield token


@dataclass
class _Quotes:
    """Where in a paragraph we are: the sign before, and whether a single quotation is open."""

    before: str = " "
    is_open: bool = False

    def turn(self, match: re.Match[str]) -> str:
        """The German sign for one typewriter mark: opening after a gap, else closing or an apostrophe."""
        before = match.string[match.start() - 1] if match.start() else self.before
        opens = before.isspace() or before in "([{–—-/„‚"
        if match[0] == '"':
            return "„" if opens else "“"
        closes = self.is_open and not opens
        after = match.string[match.end() : match.end() + 1]
        if closes and not after.isalpha():
            self.is_open = False
            return "‘"
        if opens and not after.isdigit() and re.search(r"\w'(?!\w)", match.string[match.end() :]):
            self.is_open = True
            return "‚"
        return "’"


def _set_quotes(tokens: list[Token], quotes: _Quotes) -> Iterator[Token]:
    """The inline tokens with German quotation marks in place of typewriter ones; code stays as it is."""
    for token in tokens:
        if token["type"] == "text":
            token = {**token, "raw": re.sub("[\"']", quotes.turn, token["raw"])}
        elif "children" in token:
            token = {**token, "children": list(_set_quotes(token["children"], quotes))}
        # What a link or emphasis ends with counts; code, pictures and references count as a word.
        if token["type"] in {"softbreak", "linebreak"}:
            quotes.before = " "
        elif "children" not in token:
            quotes.before = token["raw"][-1:] or quotes.before if token["type"] == "text" else "x"
        yield token


def _is_comment(raw: str) -> bool:
    return raw.strip().startswith("<!--") and raw.strip().endswith("-->")
