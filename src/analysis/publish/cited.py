"""Markdown whose numbers lead to their evidence: from a computed text to the output of a cell, and back to tokens."""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from .counted import Evidence, Row, collecting
from .markdown import Token, parse_markdown, plain_text

Clause = tuple[str, str, str]  # what stands before a number, its words, what follows

CITED: Final = "application/vnd.cited-markdown+json"

_LINES: Final = {"paragraph", "block_text", "heading", "table_cell"}
_ENDS: Final = re.compile(r"[.;:!?](?: |$)")
_BEFORE: Final = 60  # signs of a clause before its number
_AFTER: Final = 90


def cited_markdown(tell: Callable[[], str]) -> dict[str, Any] | None:
    """One text with its numbers marked and the evidence of each, as JSON; None where it cites nothing.

    `tell` gives Markdown whose numbers were printed by the functions of `german`; it is called twice.
    """
    with collecting(tell()) as found:
        parts = tell().split(found.mark)
    evidence: dict[Evidence, int] = {}
    for i in range(1, len(parts), 3):
        behind = found.numbers[int(parts[i])].evidence()
        parts[i] = str(evidence.setdefault(behind, len(evidence)))
    if not evidence:
        return None
    return {
        "markdown": found.mark.join(parts),
        "mark": found.mark,
        "evidence": [dataclasses.asdict(item) for item in evidence],
    }


def cited_tokens(tell: Callable[[], str]) -> list[Token]:
    """One token per block of what `tell` says, without a notebook between: its cited numbers lead to their evidence."""
    cited = cited_markdown(tell)
    return read_cited(cited) if cited else parse_markdown(tell())


def read_cited(value: Mapping[str, Any]) -> list[Token]:
    """One token per block of what `cited_markdown` wrote; a cited number is a token `cited` around its words.

    Its attrs are `evidence` (Evidence) and `clause`: what stands before the number, the number, what follows.
    Raises: ValueError where it is something else.
    """
    try:
        tokens = parse_markdown(value["markdown"])
        mark = str(value["mark"])
        evidence = [_evidence(item) for item in value["evidence"]]
        return [_with_numbers(token, mark, evidence, iter(())) for token in tokens]
    except (KeyError, TypeError, IndexError, ValueError, RuntimeError) as error:
        raise ValueError(f"die Ausgabe „{CITED}“ ist unvollständig ({error}); neu ausführen") from None


def _evidence(value: Mapping[str, Any]) -> Evidence:
    rows = tuple(Row(**{**row, "cells": tuple(map(tuple, row["cells"]))}) for row in value["rows"])
    return Evidence(**{**value, "rows": rows})


def _with_numbers(token: Token, mark: str, evidence: Sequence[Evidence], clauses: Iterator[Clause]) -> Token:
    if "children" not in token:
        return token
    if token["type"] in _LINES:
        clauses = _clauses(plain_text(token["children"]), mark)
    children: list[Token] = []
    for child in token["children"]:
        if child["type"] == "text":
            children += _split(child["raw"], mark, evidence, clauses)
        else:
            children.append(_with_numbers(child, mark, evidence, clauses))
    return {**token, "children": children}


def _split(raw: str, mark: str, evidence: Sequence[Evidence], clauses: Iterator[Clause]) -> Iterator[Token]:
    text, *parts = raw.split(mark)
    if text:
        yield {"type": "text", "raw": text}
    for index, words, after in zip(parts[0::3], parts[1::3], parts[2::3], strict=True):
        attrs = {"evidence": evidence[int(index)], "clause": next(clauses)}
        yield {"type": "cited", "children": [{"type": "text", "raw": words}], "attrs": attrs}
        if after:
            yield {"type": "text", "raw": after}


def _clauses(text: str, mark: str) -> Iterator[Clause]:
    """For each number of a line: the words around it, no farther than the clause goes."""
    first, *parts = text.split(mark)
    shown = [first, *(part for i, part in enumerate(parts) if i % 3)]
    for i in range(1, len(shown), 2):
        before = _ENDS.split("".join(shown[:i]))[-1]
        after = _ENDS.split("".join(shown[i + 1 :]))[0]
        if len(before) > _BEFORE:
            before = f"… {before[-_BEFORE:].partition(' ')[2]}"
        if len(after) > _AFTER:
            after = f"{after[:_AFTER].rpartition(' ')[0]} …"
        yield before, shown[i], after
