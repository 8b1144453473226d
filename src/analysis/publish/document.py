"""An executed notebook -> the blocks of a document, checked: what any exporter prints, in reading order.

The first H1 is the title; the other headings keep their nesting and lose their gaps. Whatever a reader
could not read (a picture without words, a table without headings, a failed cell) is a DocumentError.
"""

import dataclasses
import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from .blocks import Block, Document, Figure, Heading, Marked, Neighbour, Prose, Table
from .markdown import Token, parse_markdown, plain_text
from .outputs import read_outputs

OWN_PAGE: Final = "own-page"  # the tag of a cell whose section is meant to be taken out and read by itself
_IN_FOLDER: Final = re.compile(r"[\w.-]+")


class DocumentError(Exception):
    """One line in German that names the notebook, the cell and what to do."""


def collect(notebook: Any, name: str) -> Document:
    """One document from an executed notebook (nbformat 4) that is called `name` in messages.

    Raises: DocumentError at the first thing a reader could not read.
    """
    collector = _Collector(name)
    for number, cell in enumerate(notebook["cells"], start=1):
        collector.add_cell(cell, cell["metadata"].get("cell_number", number))
    title_tokens, blocks = _set_outline(collector.blocks, collector.remarks)
    title = plain_text(list(title_tokens)) or notebook["metadata"].get("title")
    if not title:
        title = name
        collector.remarks.append(
            f"Notebook „{name}“ hat keinen Titel: eine Überschrift mit „# “ gibt ihm einen"
        )
    return Document(
        title=title,
        title_tokens=title_tokens or ({"type": "text", "raw": title},),
        blocks=tuple(_set_numbers(blocks)),
        footnotes=tuple(collector.footnotes),
        remarks=tuple(collector.remarks),
        **_read_facts(notebook["metadata"].get("publish", {}), name),
    )


@dataclass
class _Collector:
    """The blocks so far, and the numbers that go through the whole document."""

    name: str
    blocks: list[Block] = field(default_factory=list)
    footnotes: list[tuple[Token, ...]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add_cell(self, cell: Any, number: int) -> None:
        place = f"Notebook „{self.name}“, Zelle {number}"

        def remark(text: str) -> None:
            if (line := f"{place}: {text}") not in self.remarks:
                self.remarks.append(line)

        try:
            if cell["cell_type"] == "markdown":
                before = len(self.blocks)
                self._add_tokens(parse_markdown(cell["source"], cell.get("attachments", {})))
                if OWN_PAGE in cell["metadata"].get("tags", []):
                    self._give_page(before)
            elif cell["cell_type"] == "code":
                for block in read_outputs(cell, remark):
                    if isinstance(block, list):
                        self._add_tokens(block)
                    else:
                        self.blocks.append(block)
        except ValueError as error:
            raise DocumentError(f"{place}: {error}") from error

    def _add_tokens(self, tokens: list[Token]) -> None:
        self.blocks.extend(_split(self._with_footnotes(tokens)))

    def _give_page(self, position: int) -> None:
        """Marks the heading that stands at this position."""
        if position < len(self.blocks) and isinstance(heading := self.blocks[position], Heading):
            self.blocks[position] = dataclasses.replace(heading, has_own_page=True)

    def _with_footnotes(self, tokens: list[Token]) -> list[Token]:
        """Moves the footnotes of one cell to the document's and numbers the references through."""
        before = len(self.footnotes)
        for group in [token for token in tokens if token["type"] == "footnotes"]:
            self.footnotes.extend(tuple(item["children"]) for item in group["children"])
        numbered = [_number_references(token, before) for token in tokens if token["type"] != "footnotes"]
        self.footnotes[before:] = [
            tuple(_number_references(token, before) for token in body) for body in self.footnotes[before:]
        ]
        return numbered


def _split(tokens: Sequence[Token]) -> Iterator[Block]:
    """Headings, tables in HTML and lone pictures as blocks of their own, what lies between them as prose."""
    run: list[Token] = []
    for token in tokens:
        block = _block(token)
        if block is None:
            run.append(token)
            continue
        if run:
            yield Prose(tuple(run))
            run = []
        if not isinstance(block, Heading) or block.text:
            yield block
    if run:
        yield Prose(tuple(run))


def _block(token: Token) -> Block | None:
    children = token.get("children", [])
    match token["type"]:
        case "heading":
            return Heading(token["attrs"]["level"], tuple(children), plain_text(children))
        case "html_table":
            return Table(token["grid"], token["caption"], note=token.get("note"))
        case "paragraph" if [child["type"] for child in children] == ["image"]:
            return Figure(children[0]["picture"])
    return None


def _number_references(token: Token, before: int) -> Token:
    if token["type"] == "footnote_ref":
        return {**token, "attrs": {"number": before + token["attrs"]["index"]}}
    if "children" in token:
        return {**token, "children": [_number_references(child, before) for child in token["children"]]}
    return token


def _set_outline(blocks: Sequence[Block], remarks: list[str]) -> tuple[tuple[Token, ...], list[Block]]:
    """The title's tokens, and the blocks with headings that keep their nesting but leave no level out."""
    title = next((block for block in blocks if isinstance(block, Heading) and block.level == 1), None)
    outline: list[int] = []
    mended: list[Block] = []
    for block in blocks:
        if block is title:
            continue
        if isinstance(block, Heading):
            while outline and outline[-1] >= block.level:
                outline.pop()
            outline.append(block.level)
            if len(outline) + 1 != block.level:
                remarks.append(
                    f"Überschrift „{block.text}“: Ebene {block.level} steht als {len(outline) + 1}"
                )
            block = dataclasses.replace(block, level=len(outline) + 1)
        mended.append(block)
    return title.tokens if title else (), mended


def _set_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Captioned tables and figures numbered in order; a chart's words name the table of its section."""
    counts = {"Abbildung": 0, "Tabelle": 0}
    numbered: list[Block] = []
    for block in blocks:
        if isinstance(block, Figure | Table | Marked):
            kind = "Abbildung" if isinstance(block, Figure) else "Tabelle"
            caption = block.picture.caption if isinstance(block, Figure) else block.caption
            if caption:
                counts[kind] += 1
                block = dataclasses.replace(block, number=counts[kind])
        numbered.append(block)
    return [
        _refer_to_table(block, numbered[i + 1 :]) if isinstance(block, Figure) else block
        for i, block in enumerate(numbered)
    ]


def _refer_to_table(figure: Figure, following: Sequence[Block]) -> Figure:
    """The figure with the number of its table: the one it names, else the first of the section."""
    for block in following:
        if isinstance(block, Heading) or not figure.is_chart:
            break
        if isinstance(block, Table) and block.number and figure.values in ("", block.caption):
            picture = figure.picture
            if "Tabelle" not in picture.alt:
                alt = f"{picture.alt.rstrip('.')}. Werte in Tabelle {block.number}."
                picture = dataclasses.replace(picture, alt=alt)
            return dataclasses.replace(figure, picture=picture, table=block.number)
    return figure


def _read_facts(facts: Any, name: str) -> dict[str, Any]:
    """What the notebook's metadata `publish` says of the document: date, organisation, running_head, nav."""

    def check(is_right: bool, key: str, value: Any, expected: str) -> None:
        if not is_right:
            raise DocumentError(f"Notebook „{name}“: {key} ist {value!r}, erwartet {expected}")

    check(isinstance(facts, Mapping), "publish", facts, 'Angaben wie {"date": …, "organisation": …}')
    for key in ("date", "organisation", "running_head"):
        check(isinstance(facts.get(key) or "", str), f"publish.{key}", facts.get(key), "Text")
    date = facts.get("date")
    try:
        day = datetime.date.fromisoformat(date) if date else None
    except ValueError:
        check(False, "publish.date", date, "JJJJ-MM-TT")
    links = facts.get("nav") or []
    check(isinstance(links, list), "publish.nav", links, "eine Liste")
    for link in links:
        is_right = isinstance(link, Mapping) and all(isinstance(link.get(k), str) for k in ("title", "href"))
        check(is_right, "publish.nav", link, "title und href")
    return {
        "date": day,
        "organisation": facts.get("organisation") or "",
        "running_head": facts.get("running_head") or "",
        "neighbours": tuple(
            Neighbour(link["title"], link["href"], bool(link.get("current")))
            for link in links
            if _IN_FOLDER.fullmatch(link["href"])
        ),
    }
