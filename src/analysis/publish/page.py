"""Document -> one self-contained page that everyone can read; the front page, the page in plain language."""

import base64
import datetime
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, Template
from markupsafe import Markup

from .blocks import Document, Neighbour
from .code_markup import code_markup
from .document import collect
from .evidence_markup import evidence_section
from .german import format_date, format_number
from .markdown import Token, parse_markdown
from .marked_markup import marked_style
from .markup import Entry, body_markup
from .prose_markup import ProseRenderer
from .signs import legible
from .typeface import FONT, FONT_FOLDER

TEMPLATES: Final = Path(__file__).parent / "templates" / "accessible_html"
_TEMPLATE: Final = "index.html.j2"
_FACES: Final = (("Regular", "400", "normal"), ("Bold", "700", "normal"))
_ITALIC: Final = ("Italic", "400", "italic")
# What is emphasised; pictures have the word in their own style.
_NEEDS_ITALIC: Final = re.compile(r"<em\b|italic")


@dataclass(frozen=True)
class Link:
    """One link of the front page to a page; with `size` (bytes) to a file to fetch."""

    title: str
    href: str
    summary: str = ""
    size: int | None = None

    @property
    def text(self) -> str:
        """The words of the link; a file says its format and its size before it is fetched."""
        if self.size is None:
            return self.title
        kind = self.href.rpartition(".")[2].upper()
        return f"{self.title} ({kind}, {_size(self.size)})"


@dataclass(frozen=True)
class Page:
    """One page's frame: who sends it, what it is called, how to get around in it."""

    title: str
    heading: Markup
    organisation: str = ""
    running_head: str = ""
    date: str = ""
    nav: Sequence[Neighbour] = ()
    contents: tuple[Entry, ...] = ()

    @property
    def window_title(self) -> str:
        """The title as windows, tabs and bookmarks show it: the page first, then who sends it."""
        return " – ".join(filter(None, (self.title, self.organisation or self.running_head)))


def page_from_notebook(
    notebook: Mapping[str, Any], name: str, remark: Callable[[str], None] = lambda text: None
) -> str:
    """One page from an executed notebook (format 4, plain values) that is called `name`.

    `remark` is told what was mended or left out. Raises: DocumentError.
    """
    document = collect(notebook, name)
    for text in document.remarks:
        remark(text)
    return render_page(document, code_of(notebook))


def prepare() -> None:
    """Write a small page, so that processes forked from this one find read and compiled what every page needs."""
    text = "# Probe\n\n- Ein *Satz*.\n\n## Teil\n\nNoch **einer**."
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": text},
        {"cell_type": "code", "metadata": {}, "source": "1", "outputs": []},
    ]
    page_from_notebook({"metadata": {}, "cells": cells}, "probe")


def render_page(document: Document, code: Sequence[Markup], template: Template | None = None) -> str:
    """One page from one document; the code stands in a fold at the end."""
    body = body_markup(document)
    page = Page(
        title=document.title,
        heading=body.heading,
        organisation=document.organisation,
        running_head=document.running_head,
        date=format_date(document.date) if document.date else "",
        nav=document.neighbours,
        contents=_contents(body.sections, has_code=bool(code)),
    )
    template = template or _templates(trim_blocks=False).get_template(_TEMPLATE)
    return legible(template.render(page=page, content=body.content, code=code, style=page_style))


def code_of(notebook: Mapping[str, Any]) -> list[Markup]:
    """One piece of program code per code cell that holds any."""
    language = notebook["metadata"].get("language_info", {}).get("pygments_lexer", "python")
    sources = [cell["source"].strip("\n") for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [code_markup(source, language) for source in sources if source.strip()]


def render_index(
    title: str,
    result: Sequence[Token],
    pages: Sequence[Link],
    pdf: Link | None = None,
    note: str | None = None,
    date: datetime.date | None = None,
    organisation: str = "",
    *,
    plain: Link | None = None,
    about: str | None = None,
) -> str:
    """One front page: the way to plain language, the result, the PDF, the pages, what they were made from.

    `result` is a list of sentences (Markdown tokens); what their numbers were counted from stands last. `note` is a
    remark in a box; it and `about` are Markdown.
    """
    page = Page(
        title, Markup.escape(title), organisation=organisation, date=format_date(date) if date else ""
    )
    prose = ProseRenderer()
    sentences = [prose.markup(item["children"]) for block in result for item in block["children"]]
    return _render(
        "overview",
        page=page,
        sentences=sentences,
        pages=pages,
        pdf=pdf,
        note=_prose(note),
        plain=plain,
        about=_prose(about),
        evidence=evidence_section(prose.cited) if prose.cited else None,
    )


def render_plain_language(
    title: str,
    topics: Sequence[tuple[str, Sequence[str]]],
    *,
    note: str | None = None,
    date: datetime.date | None = None,
    running_head: str = "",
    nav: Sequence[Neighbour] = (),
    evidence: str | None = None,
) -> str:
    """One page in larger type: each question with its sentences, one in a line; without question below the title.

    `evidence` is the address of a page that leads from each number to its cells.
    """
    page = Page(
        title,
        Markup.escape(title),
        running_head=running_head,
        date=format_date(date) if date else "",
        nav=nav,
    )
    return _render("plain_language", page=page, topics=topics, note=_prose(note), evidence=evidence)


def _render(template: str, **content: Any) -> str:
    found = _templates(trim_blocks=True).get_template(f"{template}.html.j2")
    return legible(found.render(style=page_style, **content))


@functools.cache
def _templates(*, trim_blocks: bool) -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=trim_blocks)


def _prose(markdown: str | None) -> Markup | None:
    return ProseRenderer().markup(parse_markdown(markdown)) if markdown else None


def _contents(sections: tuple[Entry, ...], *, has_code: bool) -> tuple[Entry, ...]:
    """A table of contents where there is enough to choose from."""
    if len(sections) < 3:
        return ()
    return (*sections, Entry("Programmcode", "programmcode")) if has_code else sections


def page_style(markup: str) -> Markup:
    """The style of a page with this markup, with the typeface inside, so that nothing is fetched from anywhere.

    Few pages need italics, so that most are spared their weight.
    """
    faces = (*_FACES, _ITALIC) if _NEEDS_ITALIC.search(markup) else _FACES
    return Markup("\n".join([*(_face(*face) for face in faces), _rules()]))


@functools.cache
def _face(face: str, weight: str, style: str) -> str:
    font = (FONT_FOLDER / f"AtkinsonHyperlegible-{face}.ttf").read_bytes()
    return (
        f'@font-face {{ font-family: "{FONT}"; font-weight: {weight}; font-style: {style}; '
        f"font-display: swap; src: url(data:font/ttf;base64,{base64.b64encode(font).decode()}) }}"
    )


@functools.cache
def _rules() -> str:
    return "\n".join([(TEMPLATES / "page.css").read_text("utf-8"), marked_style()])


def _size(size: int) -> str:
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\u00a0kB"
    return f"{format_number(size / 1_000_000, 1)}\u00a0MB"
