"""Document -> a tagged PDF (PDF/UA-1, PDF/A-2a), set by Typst."""

import datetime
import tempfile
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst

from .blocks import Document
from .document import DocumentError, collect
from .german import format_long_date
from .glyphs import FAMILIES, copy_fonts, printable
from .pictures import Picture
from .tags import finish_tags, has_lasting_colours
from .typst_markup import TypstWriter, string

# A document without a date still is the same file every time.
UNDATED: Final = datetime.date(2000, 1, 1)


def paper_from_notebook(
    notebook: Mapping[str, Any], name: str, remark: Callable[[str], None] = lambda text: None
) -> bytes:
    """One PDF from an executed notebook (format 4, plain values) that is called `name`.

    `remark` is told what was mended or left out, and what keeps it from being PDF/A. Raises: DocumentError.
    """
    document = collect(notebook, name)
    for text in document.remarks:
        remark(text)
    try:
        return typeset(document, lambda text: remark(f"Notebook „{name}“: {text}"))
    except ValueError as error:
        raise DocumentError(f"Notebook „{name}“: {error}") from error


def typeset(document: Document, remark: Callable[[str], None] = lambda text: None) -> bytes:
    """One PDF/UA-1 and PDF/A-2a file; no clock, no network, no file of this machine but the typefaces goes into it.

    A picture that no PDF/A may hold leaves a PDF/UA-1 file, and `remark` is told so.
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
    date = document.date or UNDATED

    def name_cause(lasting: bool) -> str:
        drawn = (name for name, data in pictures.items() if not _can_draw(name, data, lasting))
        blamed = next(drawn, None)
        return f"das Bild „{writer.files[blamed].alt}“" if blamed else "der Text"

    try:
        pdf = _compile(sources, date, lasting=True)
    except _RefusedError as refused:
        try:
            pdf = _compile(sources, date, lasting=False)
        except _RefusedError as error:
            what = name_cause(lasting=False)
            raise ValueError(f"{what} lässt sich nicht setzen, Typst meldet: {error}") from error
        what = name_cause(lasting=True)
        remark(
            f"{what} passt in kein PDF/A-2a ({refused}), die Datei ist nur PDF/UA-1; als PNG gespeichert passte es"
        )
    return finish_tags(pdf, writer.row_headers)


def _shown(picture: Picture) -> bytes:
    """The picture's bytes; text in it is subject to the same typefaces as all text."""
    if picture.mimetype != "image/svg+xml":
        return picture.data
    return printable(picture.data.decode("utf-8", "replace")).encode()


class _RefusedError(Exception):
    """Why a document cannot be set, or not to these standards."""


def _compile(sources: Mapping[str, bytes], date: datetime.date, lasting: bool) -> bytes:
    midnight = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    with tempfile.TemporaryDirectory() as fonts, tempfile.TemporaryDirectory() as root:
        copy_fonts(Path(fonts))
        for name, content in sources.items():
            (Path(root) / name).write_bytes(content)
        try:
            pdf, warnings = typst.compile_with_warnings(
                str(Path(root) / "main.typ"),
                format="pdf",
                pdf_standards=["ua-1", "a-2a"] if lasting else ["ua-1"],
                ignore_system_fonts=True,
                font_paths=[fonts],
                root=root,  # holds nothing but the document: no text and no picture can read another file
                timestamp=midnight,
            )
        except typst.TypstError as error:
            raise _RefusedError(" ".join(error.message.split())) from error
    if warnings:
        raise ValueError(f"Typst warnt: {warnings[0].message}")
    if lasting and not has_lasting_colours(pdf):
        raise _RefusedError("sein Farbprofil ist weder eines Geräts noch eines Farbraums")
    return pdf


def _can_draw(name: str, data: bytes, lasting: bool) -> bool:
    main = f'#set document(title: "x")\n#image({string(name)}, alt: "x")'
    try:
        _compile({"main.typ": main.encode(), name: data}, UNDATED, lasting)
    except _RefusedError:
        return False
    return True
