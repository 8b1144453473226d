"""Blocks of a document -> Typst source. Every text goes out as a string, so that none can act as markup."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final

from .blocks import Block, Document, Figure, Heading, Marked, Note, Prose, Table, Verbatim
from .glyphs import printable, text_width
from .markdown import Token, plain_text
from .page_runs import SIDEWAYS, announces, introduces, lay_out
from .pictures import Picture
from .tables import NO_ROWS
from .widths import ON_ITS_SIDE, UPRIGHT, column_widths, row_lines, splits_words

_SUFFIXES: Final = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}
# A German committee paper begins each annex on a new page, unless half of the old one would stay empty.
_ANNEX: Final = re.compile(r"(Anlage|Anhang)\b")
_WRAPPED: Final = {
    "strong": "strong",
    "emphasis": "emph",
    "strikethrough": "strike",
    "subscript": "sub",
    "superscript": "super",
}
_WHOLE: Final = 24.0  # a table of so many lines stays on one page, a row of more may go on overleaf
_SIZE: Final = 10.5  # points of running text
_LONG_WORD: Final = re.compile(r"\S{16,}")
# A dot is a joint of an address, not of a file name and its short suffix.
_JOINT: Final = re.compile(r"(?<=[_/\\@-])(?=\w)|(?<=\.)(?=\w{5})")
_NEEDS_HYPHEN: Final = re.compile(r"\w{40,}")  # wider than a page as a heading
# What no hyphenation can part, such as a checksum, may break anywhere.
_ENDLESS: Final = re.compile(r"\w{80,}|(?=[^\W\d]*\d)\w{30,}")
_ON_SCREEN: Final = "Jede Zelle mit ihrer Bedeutung zeigt nur die HTML-Seite."
_PIECE: Final = re.compile(r"(\w{12})(?=\w)")


def string(text: str) -> str:
    """One Typst string literal: nothing in it is read as markup or code."""
    escaped = printable(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + escaped.replace("\t", "    ") + '"'


def inline(text: str) -> str:
    """One text in the flow of a paragraph; each semicolon ends the code, so that nothing after it joins in.

    File names and addresses may break at their joints: an empty box allows it and adds no sign to the text.
    """
    text = _LONG_WORD.sub(lambda word: _JOINT.sub("\0", word[0]), text.replace("\0", ""))
    parts = _ENDLESS.sub(lambda word: _PIECE.sub("\\1\0", word[0]), text).split("\0")
    return "#box();".join(f"#{string(part)};" for part in parts)


@dataclass
class TypstWriter:
    """One document on its way to Typst: `files` holds the pictures that the source names, `row_headers` says
    for each table in order how many leading cells name the row.
    """

    footnotes: Sequence[Sequence[Token]] = ()
    files: dict[str, Picture] = field(default_factory=dict)
    row_headers: list[int] = field(default_factory=list)
    _told: set[int] = field(default_factory=set)

    def write(self, document: Document) -> str:
        """The source of title and blocks, in order; wide tables lie on their side."""
        self.footnotes = document.footnotes
        lines = [f"#title[{self._inlines(document.title_tokens)}]"]
        for page, blocks, rest in lay_out([_on_paper(block) for block in document.blocks]):
            source = self._blocks(blocks, page == SIDEWAYS)
            arguments = f"(rest: [{self._blocks(rest, flipped=False)}])" if rest else ""
            lines.append(f"#{page}{arguments}[{source}]" if page else source)
        return "\n\n".join(lines)

    def _blocks(self, blocks: Sequence[Block], flipped: bool) -> str:
        return "\n\n".join(
            self._lead_in(block) if announces(block, after) else self._block(block, flipped)
            for block, after in zip_longest(blocks, blocks[1:])
        )

    def _lead_in(self, prose: Prose) -> str:
        *before, last = prose.tokens
        return "\n\n".join([*map(self._token, before), f"#lead-in[{self._token(last)}]"])

    def _block(self, block: Block, flipped: bool) -> str:
        match block:
            case Prose(tokens):
                return self._tokens(tokens)
            case Heading(level, tokens, text):
                words = self._inlines(tokens)
                if _NEEDS_HYPHEN.search(text):
                    words = f"#text(hyphenate: true)[{words}]"
                heading = f"#heading(level: {level - 1})[{words}]"
                is_annex = level == 2 and not flipped and _ANNEX.match(text)
                return f"#annex[{heading}]" if is_annex else heading
            case Figure(picture, number):
                caption = _caption("Abbildung", number, picture.caption)
                if caption and block.subtitle:
                    caption += f", subtitle: [{inline(block.subtitle)}]"
                return f"#illustration({self._file(picture)}, {string(picture.alt)}{caption})"
            case Table():
                return self._table(block, flipped)
            case Marked():
                return self._block(_on_paper(block), flipped)
            case Note(label, tokens):
                return f"#remark({string(label)})[{self._tokens(tokens)}]"
            case Verbatim(text):
                return f"#raw({string(text)}, block: true)"

    def _table(self, table: Table, flipped: bool) -> str:
        grid = table.grid
        caption = _caption("Tabelle", table.number, table.caption)
        if not grid.rows:
            words = " ".join(filter(None, (NO_ROWS, table.note)))
            return f"#empty-table([{inline(words)}]{caption})"
        self.row_headers.append(grid.row_headers)
        widths = column_widths(grid, ON_ITS_SIDE if flipped else UPRIGHT)
        columns = [f"{width:.1f}pt" for width in widths] if widths else ["auto"] * len(grid.header)
        aligns = ["right" if numeric else "left" for numeric in grid.numeric]
        head = _array(f"[{inline(text)}]" for text in grid.header)
        rows = _array(_array(f"[{inline(text)}]" for text in row) for row in grid.rows)
        note = f", note: [{inline(table.note)}]" if table.note else ""
        lines = row_lines(grid, widths) if widths else [1] * len(grid.rows)
        breaks = "whole" if sum(lines) + 0.7 * len(lines) < _WHOLE else "rows"
        breaks = "anywhere" if max(lines) > _WHOLE else breaks
        hyphenate = "true" if widths and splits_words(grid, widths) else "false"
        return (
            f"#grid-table({_array(columns)}, {_array(aligns)}, {head}, {rows}{caption}{note}"
            f", breaks: {string(breaks)}, hyphenate: {hyphenate})"
        )

    def _tokens(self, tokens: Sequence[Token]) -> str:
        return "\n\n".join(
            f"#lead-in[{self._token(token)}]" if introduces(token, after) else self._token(token)
            for token, after in zip_longest(tokens, tokens[1:])
        )

    def _token(self, token: Token) -> str:
        match token["type"]:
            case "paragraph":
                return f"#par[{self._inlines(token['children'])}]"
            case "block_text":
                return self._inlines(token["children"])
            case "list":
                return self._list(token)
            case "block_quote":
                return f"#quote(block: true)[{self._tokens(token['children'])}]"
            case "block_code":
                return f"#raw({string(token['raw'].rstrip(chr(10)))}, block: true)"
            case "block_math":
                return f"#raw({string(token['raw'].strip())}, block: true)"
            case "thematic_break":
                return "#rule"
            case "table":
                return self._markdown_table(token)
            case "html_table":
                return self._table(Table(token["grid"], token["caption"]), flipped=False)
            case "heading":  # inside a list or a quotation: no part of the outline
                return f"#par[#strong[{self._inlines(token['children'])}]]"
            case other:
                raise ValueError(f"Markdown enthält „{other}“, das sich nicht drucken lässt")

    def _list(self, token: Token) -> str:
        if token["attrs"].get("is_facts"):
            return self._facts(token["children"])
        kind = "enum" if token["attrs"]["ordered"] else "list"
        start = f"start: {token['attrs']['start']}, " if token["attrs"].get("start") is not None else ""
        items = (f"[{self._item(item)}]" for item in token["children"])
        return f"#{kind}({start}tight: {str(token['tight']).lower()}, {', '.join(items)})"

    def _facts(self, items: Sequence[Token]) -> str:
        """Labels and values in two columns, as at the head of a letter."""
        lines = [item["children"][0]["children"] for item in items]
        width = max(text_width(plain_text(line[:1]), _SIZE, is_bold=True) for line in lines)
        shown = (
            f"(label: [{self._inlines(line[:1])}], value: [{self._inlines(line[1:])}])" for line in lines
        )
        return f"#facts({width + _SIZE / 2:.1f}pt, {', '.join(shown)})"

    def _item(self, item: Token) -> str:
        box = ("☑ " if item["attrs"]["checked"] else "☐ ") if item["type"] == "task_list_item" else ""
        return (inline(box) if box else "") + self._tokens(item["children"])

    def _markdown_table(self, token: Token) -> str:
        self.row_headers.append(token["attrs"]["row_headers"])
        head, body = token["children"]
        rows = [row["children"] for row in body["children"]]
        aligns = [cell["attrs"]["align"] or "left" for cell in head["children"]]
        shown = [_array(f"[{self._inlines(cell['children'])}]" for cell in row) for row in rows]
        columns = _array(["auto"] * len(aligns))
        cells = _array(f"[{self._inlines(cell['children'])}]" for cell in head["children"])
        return f"#grid-table({columns}, {_array(aligns)}, {cells}, {_array(shown)})"

    def _inlines(self, tokens: Sequence[Token]) -> str:
        return "".join(self._inline(token) for token in tokens)

    def _inline(self, token: Token) -> str:
        kind = token["type"]
        if kind in _WRAPPED:
            return f"#{_WRAPPED[kind]}[{self._inlines(token['children'])}];"
        match kind:
            case "text":
                return inline(token["raw"])
            case "cited":  # the table of all programmes names their places
                return self._inlines(token["children"])
            case "softbreak":
                return inline(" ")
            case "linebreak":
                return "#linebreak();"
            case "codespan" | "inline_math":
                return f"#raw({string(token['raw'])});"
            case "block_math":
                return f"#raw({string(token['raw'].strip())});"
            case "link":
                return f"#link({string(token['attrs']['url'])})[{self._inlines(token['children'])}];"
            case "image":
                picture = token["picture"]
                return f"#box(image({self._file(picture)}, alt: {string(picture.alt)}));"
            case "footnote_ref":
                return self._footnote(token["attrs"]["number"])
            case other:
                raise ValueError(f"Markdown enthält „{other}“, das sich nicht drucken lässt")

    def _footnote(self, number: int) -> str:
        if number in self._told:
            return f"#footnote(<footnote-{number}>);"
        self._told.add(number)  # before its text: a footnote that names itself must come to an end
        first, *more = self.footnotes[number - 1]
        # Beside its number stands a line, not a paragraph of its own.
        line = self._inlines(first["children"]) if first["type"] == "paragraph" else self._token(first)
        rest = "\n\n" + self._tokens(more) if more else ""
        return f"#footnote[{line}{rest}];<footnote-{number}>"

    def _file(self, picture: Picture) -> str:
        name = f"picture-{len(self.files) + 1}.{_SUFFIXES[picture.mimetype]}"
        self.files[name] = picture
        return string(name)


def _on_paper(block: Block) -> Block:
    """The block; of a marked workbook, which needs a screen, only what is noted on its cells."""
    if not isinstance(block, Marked):
        return block
    return Table(block.sheets.as_grid(), block.caption, block.number, note=_ON_SCREEN)


def _caption(name: str, number: int | None, caption: str | None) -> str:
    return f", caption: [#label-of({string(name)}, {number}) {inline(caption)}]" if caption and number else ""


def _array(items: Iterator[str] | Sequence[str]) -> str:
    return f"({''.join(f'{item}, ' for item in items)})"
