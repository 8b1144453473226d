"""Blocks of a document -> markup of a page: every text escaped, every table and picture with its roles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, assert_never

from markupsafe import Markup

from .blocks import Block, Document, Figure, Heading, Marked, Note, Prose, Table, Verbatim
from .evidence_markup import EVIDENCE_ANCHOR, EVIDENCE_TITLE, evidence_section
from .markdown import Token
from .marked_markup import marked_markup
from .pictures import Picture
from .prose_markup import ProseRenderer, inline_picture
from .svg import picture_markup
from .table_markup import scrollable, table_markup
from .tables import NO_ROWS

# Anchors that the template sets, and those of sections without a cell of their own.
_TAKEN: Final = ("inhalt", "fussnoten", EVIDENCE_ANCHOR, "programmcode", "auf-dieser-seite")


@dataclass(frozen=True)
class Entry:
    """One line of a table of contents."""

    text: str
    anchor: str


@dataclass(frozen=True)
class Body:
    """One page between header and footer: its heading, what stands below it, its sections (level 2)."""

    heading: Markup
    content: Markup
    sections: tuple[Entry, ...]


def body_markup(document: Document) -> Body:
    """One document as markup; anchors, picture ids and footnotes are unique within the page."""
    writer = _Writer()
    heading = writer.prose.markup(document.title_tokens)
    parts = [writer.block(block) for block in document.blocks]
    if document.footnotes:
        parts.append(writer.footnotes(document.footnotes))
    if writer.prose.cited:
        parts.append(evidence_section(writer.prose.cited))
        writer.sections.append(Entry(EVIDENCE_TITLE, EVIDENCE_ANCHOR))
    return Body(heading, Markup("\n").join(parts), tuple(writer.sections))


@dataclass
class _Writer:
    """What goes through the whole page: the anchors that are taken, the sections, the pictures so far."""

    prose: ProseRenderer = field(default_factory=ProseRenderer)
    anchors: set[str] = field(default_factory=lambda: set(_TAKEN))
    sections: list[Entry] = field(default_factory=list)
    pictures: int = 0

    def block(self, block: Block) -> Markup:
        match block:
            case Prose(tokens):
                return self.prose.markup(tokens)
            case Heading():
                return self._heading(block)
            case Figure():
                return self._figure(block)
            case Table():
                return _table(block)
            case Marked(sheets, number):
                return marked_markup(sheets, f"raster-{number}", f"Tabelle {number}: {sheets.caption}")
            case Note(label, tokens):
                return Markup(
                    '<div class="note" role="note" aria-label="{0}">\n<p class="label">{0}</p>\n{1}\n</div>'
                ).format(label, self.prose.markup(tokens))
            case Verbatim(text):
                return Markup("<pre><samp>{}</samp></pre>").format(text)
        assert_never(block)

    def footnotes(self, notes: Sequence[Sequence[Token]]) -> Markup:
        item = Markup(
            '<li id="fussnote-{0}">{1}\n<p><a href="#zu-fussnote-{0}" role="doc-backlink">Zurück zum Text'
            '<span class="unseen"> bei Fußnote {0}</span></a></p></li>'
        )
        return Markup(
            '<section class="footnotes" aria-labelledby="fussnoten">\n<h2 id="fussnoten">Fußnoten</h2>\n'
            "<ol>\n{}\n</ol>\n</section>"
        ).format(
            Markup("\n").join(
                item.format(n, self.prose.markup(note)) for n, note in enumerate(notes, start=1)
            )
        )

    def _heading(self, heading: Heading) -> Markup:
        wanted = re.sub(r"\W+", "-", heading.text.casefold()).strip("-") or "abschnitt"
        anchor, number = wanted, 1
        while anchor in self.anchors or re.fullmatch(
            r"bild\d.*|raster-\d.*|tabelle-\d+|(zu-)?(fussnote|beleg)-\d+", anchor
        ):
            number += 1
            anchor = f"abschnitt-{wanted}-{number}"
        self.anchors.add(anchor)
        if heading.level == 2:
            self.sections.append(Entry(heading.text, anchor))
        name = Markup(f"h{min(heading.level, 6)}")
        return Markup('<{0} id="{1}">{2}</{0}>').format(name, anchor, self.prose.markup(heading.tokens))

    def _figure(self, figure: Figure) -> Markup:
        self.pictures += 1
        label = f"Abbildung {figure.number}" if figure.number else "Abbildung"
        picture = figure.picture
        if picture.mimetype == "image/svg+xml":
            shown = _drawing(picture, f"bild{self.pictures}", figure)
            if figure.narrow:  # the style sheet shows one of them, and to screen readers too
                narrow = _drawing(figure.narrow, f"bild{self.pictures}schmal", figure)
                shown = Markup('<div class="roomy">{}</div>\n<div class="narrow">{}</div>').format(
                    shown, narrow
                )
        else:
            shown = inline_picture(picture)
        caption = Markup("")
        if picture.caption:
            second = (
                Markup('<span class="subtitle">{}</span>').format(figure.subtitle) if figure.subtitle else ""
            )
            caption = Markup("<figcaption>{}: {}{}</figcaption>\n").format(label, picture.caption, second)
        return Markup('<figure class="wide">\n{}{}{}\n</figure>').format(
            caption, scrollable("picture", label, shown), _in_words(figure, label)
        )


def _drawing(picture: Picture, name: str, figure: Figure) -> Markup:
    return picture_markup(
        picture.data.decode("utf-8", "replace"), name, figure.picture.alt, figure.description
    )


def _in_words(figure: Figure, label: str) -> Markup:
    """What leads from a chart to its numbers: a link to its table, and for everybody the long description."""
    words = Markup("")
    if figure.table:
        words += Markup('\n<p class="values"><a href="#tabelle-{0}">Zahlen: Tabelle {0}</a></p>').format(
            figure.table
        )
    if figure.description:
        first, *values = figure.description.splitlines()
        items = Markup("").join(Markup("<li>{}</li>\n").format(value) for value in values)
        words += Markup(
            '\n<details class="description">\n<summary>Beschreibung der {}</summary>\n<p>{}</p>\n{}</details>'
        ).format(label, first, Markup("<ul>\n{}</ul>\n").format(items) if items else "")
    return words


def _table(table: Table) -> Markup:
    label = "Tabelle" if table.number is None else f"Tabelle {table.number}: {table.caption}"
    caption = label if table.number else table.caption
    anchor = Markup(' id="tabelle-{}"').format(table.number) if table.number else Markup("")
    if not table.grid.rows:
        start = Markup("<strong>{}</strong><br>\n").format(caption) if caption else ""
        shown = Markup("<p{}>{}{}</p>").format(anchor, start, NO_ROWS)
    else:
        shown = table_markup(table.grid, caption, label).replace("<div", Markup("<div") + anchor, 1)
    if table.note:
        shown += Markup('\n<p class="table-note">{}</p>').format(table.note)
    return shown
