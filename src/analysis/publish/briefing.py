"""Any executed notebook -> a tagged PDF (PDF/UA-1), set by Typst: the nbconvert exporter `briefing`."""

import datetime
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst

from .blocks import Document
from .document import DocumentError
from .exporting import DocumentExporter
from .german import format_long_date
from .glyphs import FAMILIES, copy_fonts, printable
from .pictures import Picture
from .tags import mark_row_headers
from .typst_markup import TypstWriter, string

# A document without a date still is the same file every time.
UNDATED: Final = datetime.date(2000, 1, 1)


class BriefingExporter(DocumentExporter):
    """`jupyter nbconvert --to briefing NOTEBOOK`: prose and outputs as a paper, without code, byte for byte.

    Date, running head and organisation come from the notebook's metadata `publish`.
    """

    export_from_notebook = "Barrierearmes PDF"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]  # nbconvert types its exporters by their first one
        self, nb: Any, resources: Any = None, **kw: Any
    ) -> tuple[bytes, Any]:
        """One PDF and nbconvert's resources from one executed notebook. Raises: DocumentError."""
        document, _, resources = self.read_document(nb, resources)
        try:
            return typeset(document), resources
        except ValueError as error:
            raise DocumentError(f"Notebook „{resources['metadata']['name']}“: {error}") from error


def typeset(document: Document) -> bytes:
    """One PDF/UA-1 file; no clock, no network, no file of this machine but the typefaces goes into it.

    Raises: ValueError where Typst cannot set it or has a warning.
    """
    writer = TypstWriter()
    body = writer.write(document)
    prelude = files(__package__).joinpath("templates", "briefing.typ").read_bytes()
    facts = {
        "title": document.title,
        "organisation": document.organisation,
        "running-head": document.running_head,
        "date": format_long_date(document.date) if document.date else None,
    }
    arguments = ", ".join(f"{name}: {string(text) if text else 'none'}" for name, text in facts.items())
    families = ", ".join(map(string, FAMILIES))
    main = f'#import "briefing.typ": *\n#show: paper.with({arguments}, fonts: ({families}))\n{body}\n'
    pictures = {name: _shown(picture) for name, picture in writer.files.items()}
    sources = {"main.typ": main.encode(), "briefing.typ": prelude, **pictures}
    try:
        pdf = _compile(sources, document.date or UNDATED)
    except typst.TypstError as error:
        blamed = next((name for name, data in pictures.items() if not _can_draw(name, data)), None)
        what = f"das Bild „{writer.files[blamed].alt}“" if blamed else "der Text"
        reason = " ".join(error.message.split())
        raise ValueError(f"{what} lässt sich nicht setzen, Typst meldet: {reason}") from error
    return mark_row_headers(pdf, writer.row_headers)


def _shown(picture: Picture) -> bytes:
    """The picture's bytes; text in it is subject to the same typefaces as all text."""
    if picture.mimetype != "image/svg+xml":
        return picture.data
    return printable(picture.data.decode("utf-8", "replace")).encode()


def _compile(sources: Mapping[str, bytes], date: datetime.date) -> bytes:
    midnight = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    with tempfile.TemporaryDirectory() as fonts, tempfile.TemporaryDirectory() as root:
        copy_fonts(Path(fonts))
        for name, content in sources.items():
            (Path(root) / name).write_bytes(content)
        pdf, warnings = typst.compile_with_warnings(
            str(Path(root) / "main.typ"),
            format="pdf",
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            font_paths=[fonts],
            root=root,  # holds nothing but the document: no text and no picture can read another file
            timestamp=midnight,
        )
    if warnings:
        raise ValueError(f"Typst warnt: {warnings[0].message}")
    return pdf


def _can_draw(name: str, data: bytes) -> bool:
    main = f'#set document(title: "x")\n#image({string(name)}, alt: "x")'
    try:
        _compile({"main.typ": main.encode(), name: data}, UNDATED)
    except typst.TypstError:
        return False
    return True
