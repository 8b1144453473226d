"""Typewriter quotation marks -> German ones, through emphasis and links, past code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

Token = dict[str, Any]

_FLOWS: Final = {"paragraph", "block_text", "heading", "table_cell"}  # each begins anew


def german_quotes(tokens: Sequence[Token]) -> list[Token]:
    """The tree of tokens with „ “ and ‚ ‘ in place of " and '; code stays as it is."""
    return [
        {**token, "children": list(_inline(token["children"], _Place()))}
        if token["type"] in _FLOWS
        else {**token, "children": german_quotes(token["children"])}
        if "children" in token
        else token
        for token in tokens
    ]


@dataclass
class _Place:
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


def _inline(tokens: Sequence[Token], place: _Place) -> Iterator[Token]:
    for token in tokens:
        if token["type"] == "text":
            token = {**token, "raw": re.sub("[\"']", place.turn, token["raw"])}
        elif "children" in token:
            token = {**token, "children": list(_inline(token["children"], place))}
        # What a link or emphasis ends with counts; code, pictures and references count as a word.
        if token["type"] in {"softbreak", "linebreak"}:
            place.before = " "
        elif "children" not in token:
            place.before = token["raw"][-1:] or place.before if token["type"] == "text" else "x"
        yield token
