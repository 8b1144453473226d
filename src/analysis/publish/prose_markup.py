"""Markdown tokens -> markup: mistune's renderer with header cells, words for boxes and pictures, and no raw HTML."""

import base64
from collections.abc import Sequence
from typing import Any, Final

import mistune
from markupsafe import Markup, escape
from mistune.core import BlockState

from .cited import Clause
from .counted import Evidence
from .markdown import Token
from .pictures import Picture
from .svg import image_markup
from .table_markup import scrollable, table_markup

_WRAPPED: Final = {
    "strikethrough": "<del>{}</del>",
    "subscript": "<sub>{}</sub>",
    "superscript": "<sup>{}</sup>",
    "table_head": "<thead>\n<tr>{}</tr>\n</thead>\n",
    "table_body": "<tbody>\n{}</tbody>\n",
    "table_row": "<tr>{}</tr>\n",
}


class ProseRenderer(mistune.HTMLRenderer):
    """One renderer for one page: the first reference to a footnote is where its way back leads.

    `cited` holds the evidence of the numbers so far: its own number, and the clause that cites it first.
    """

    def __init__(self) -> None:
        super().__init__(escape=True)
        self._referred: set[int] = set()
        self.cited: dict[Evidence, tuple[int, Clause]] = {}

    def markup(self, tokens: Sequence[Token]) -> Markup:
        """One run of tokens, of blocks or within a line.

        Raises: AttributeError at a kind of token that it was never taught, rather than leave its text out.
        """
        return Markup(self.render_tokens(tokens, BlockState()).strip())

    def render_token(self, token: Token, state: BlockState) -> str:
        """One token; what mistune does not know how to write, or writes without what readers need."""
        kind = token["type"]
        if kind == "image":
            return inline_picture(token["picture"])
        if kind == "table":
            rows = Markup(self.render_tokens(_with_row_headers(token), state))
            return scrollable("scroll", "Tabelle", Markup("<table>\n{}</table>").format(rows)) + "\n"
        if kind == "html_table":
            return table_markup(token["grid"], token["caption"], token["caption"] or "Tabelle") + "\n"
        if kind == "cited":
            return self._cited(token, self.render_tokens(token["children"], state))
        if kind in _WRAPPED:
            return _WRAPPED[kind].format(self.render_tokens(token["children"], state))
        # TeX is shown as it was typed; a page without scripts cannot set it.
        kind = {"inline_math": "codespan", "block_math": "block_code"}.get(kind, kind)
        return super().render_token({**token, "type": kind}, state)

    def _cited(self, token: Token, words: str) -> str:
        """One number that leads to its evidence; ears are told where the link goes."""
        evidence, place = token["attrs"]["evidence"], ""
        if evidence not in self.cited:
            self.cited[evidence] = (len(self.cited) + 1, token["attrs"]["clause"])
            place = f' id="zu-beleg-{len(self.cited)}"'
        number, _ = self.cited[evidence]
        return (
            f'<a class="cited"{place} href="#beleg-{number}">{words}'
            f'<span class="unseen"> (Beleg {number})</span></a>'
        )

    def list(self, text: str, ordered: bool, is_facts: bool = False, **attrs: Any) -> str:
        """One list; labels and short values stand in two columns."""
        if is_facts:
            return f'<ul class="facts">\n{text}</ul>\n'
        return super().list(text, ordered, **attrs)

    def codespan(self, text: str) -> str:
        """One piece of code, its quotation marks untouched."""
        return f'<code translate="no">{escape(text)}</code>'

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """One heading inside a list or quotation, where it would tear the outline: a paragraph."""
        return f"<p><strong>{text}</strong></p>\n"

    def block_code(self, code: str, info: str | None = None) -> str:
        """One block of code."""
        return f'<pre translate="no"><code>{escape(code.strip())}</code></pre>\n'

    def task_list_item(self, text: str, checked: bool = False) -> str:
        """One line of a list of tasks; the box is said in words."""
        return f"<li>{'Erledigt' if checked else 'Offen'}: {text}</li>\n"

    def table_cell(
        self, text: str, align: str | None = None, head: bool = False, names_row: bool = False
    ) -> str:
        """One cell; those of the first line head their column, the first of a line heads its row."""
        kind = ' class="number"' if align == "right" else ""
        if head or names_row:
            return f'<th scope="{"col" if head else "row"}"{kind}>{text}</th>'
        return f"<td{kind}>{text}</td>"

    def footnote_ref(self, text: str, number: int) -> str:
        """One raised number that leads to its footnote."""
        place = "" if number in self._referred else f' id="zu-fussnote-{number}"'
        self._referred.add(number)
        return (
            f'<sup class="footnote-ref"{place}><a href="#fussnote-{number}" role="doc-noteref">'
            f'<span class="unseen">Fußnote </span>{number}</a></sup>'
        )


def _with_row_headers(table: Token) -> list[Token]:
    """Head and body of a table whose leading cells of every line are marked as its name."""
    head, body = table["children"]
    rows = [
        {
            **row,
            "children": [
                {**cell, "attrs": {**cell["attrs"], "names_row": i < table["attrs"]["row_headers"]}}
                for i, cell in enumerate(row["children"])
            ],
        }
        for row in body["children"]
    ]
    return [head, {**body, "children": rows}]


def inline_picture(picture: Picture) -> Markup:
    """One picture as an image within a line."""
    return image_markup(picture.mimetype, base64.b64encode(picture.data).decode(), picture.alt)
