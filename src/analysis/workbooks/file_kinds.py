"""What a file is, by its first bytes and its parts; its ending says nothing."""

import re
from pathlib import Path
from typing import Final

from .archive import Archive
from .cells import Unreadable

DAMAGED: Final = "Die Datei ist unvollständig oder beschädigt"
PROTECTED: Final = "Die Datei ist mit einem Kennwort geschützt"
_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS: Final = (
    (b"%PDF", "ein PDF-Dokument"),
    (b"{\\rtf", "ein RTF-Dokument"),
    (b"\x89PNG", "ein Bild (PNG)"),
    (b"\xff\xd8\xff", "ein Bild (JPEG)"),
    (b"GIF8", "ein Bild (GIF)"),
    (b"BM", "ein Bild (BMP)"),
    (b"II*\x00", "ein Bild (TIFF)"),
    (b"MM\x00*", "ein Bild (TIFF)"),
    (b"Rar!", "ein RAR-Archiv"),
    (b"7z\xbc\xaf", "ein 7-Zip-Archiv"),
    (b"\x1f\x8b", "ein gzip-Archiv"),
    (b"\x09\x00\x04\x00", "eine Arbeitsmappe im Format von Excel 2"),
    (b"\x09\x02\x06\x00", "eine Arbeitsmappe im Format von Excel 3"),
    (b"\x09\x04\x06\x00", "eine Arbeitsmappe im Format von Excel 4"),
    (b"\x00\x00\x1a\x00", "eine Arbeitsmappe von Lotus 1-2-3"),
    (b"\x00\x00\x02\x00", "eine Arbeitsmappe von Lotus 1-2-3"),
)
# Stream names of OLE2 files stand in the file as UTF-16.
_STREAMS: Final = (
    ("WordDocument", "ein Word-Dokument (.doc)"),
    ("PowerPoint Document", "eine PowerPoint-Präsentation (.ppt)"),
    ("VisioDocument", "eine Visio-Zeichnung (.vsd)"),
    ("__substg1.0_", "eine Outlook-Nachricht (.msg)"),
)
_BOOK_STREAMS: Final = tuple(name.encode("utf-16-le") for name in ("Workbook", "WORKBOOK", "Book", "BOOK"))
_ENTRIES: Final = (
    ("word/", "ein Word-Dokument (.docx)"),
    ("ppt/", "eine PowerPoint-Präsentation (.pptx)"),
    ("visio/", "eine Visio-Zeichnung (.vsdx)"),
    ("index/document.iwa", "eine Datei aus Apple Numbers oder Pages"),
    ("index.zip", "eine Datei aus Apple Numbers oder Pages"),
)
_OPEN_DOCUMENTS: Final = (
    ("opendocument.spreadsheet", None),
    ("opendocument.text", "ein Textdokument (.odt)"),
    ("opendocument.presentation", "eine Präsentation (.odp)"),
    ("opendocument.graphics", "eine Zeichnung (.odg)"),
)
_PEEK: Final = 100_000


def describe(path: Path) -> str | Unreadable:
    """`zip`, `ole2` or `text` where the file may be a workbook of such a kind, else what it is instead."""
    try:
        with path.open("rb") as stream:
            start = stream.read(64)
    except OSError as error:
        return Unreadable(f"Die Datei lässt sich nicht öffnen ({error.strerror or error})")
    if not start:
        return Unreadable("Die Datei ist leer (0 Byte)")
    if start.startswith(b"PK\x03\x04"):
        return "zip"
    if start.startswith(b"PK"):
        return Unreadable("Die Datei ist ein leeres oder geteiltes ZIP-Archiv")
    if start.startswith(_OLE2):
        return "ole2"
    for beginning, name in _STARTS:
        if start.startswith(beginning) and (name != "ein Bild (BMP)" or b"\x00" in start):
            return Unreadable(f"Die Datei ist {name}")
    if not start.strip(b"\x00"):
        return Unreadable("Die Datei ist unvollständig: Sie beginnt mit Nullbytes")
    return "text"


def describe_zip(archive: Archive) -> str | Unreadable:
    """`xlsx`, `xlsb` or `ods` where the archive is such a workbook."""
    names = archive.names
    if archive.is_encrypted:
        return Unreadable(PROTECTED)
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if any(name.startswith("xl/") or name.endswith("workbook.xml") for name in names):
        return "xlsx"
    mimetype = archive.peek("mimetype", _PEEK).decode("ascii", "replace")
    if "encryption-data" in archive.peek("META-INF/manifest.xml", _PEEK).decode("utf-8", "replace"):
        return Unreadable(PROTECTED)
    for kind, what in _OPEN_DOCUMENTS:
        if kind in mimetype:
            return Unreadable(f"Die Datei ist {what}") if what else "ods"
    if not mimetype and "content.xml" in names:
        return "ods"
    for beginning, what in _ENTRIES:
        if any(name.startswith(beginning) for name in names):
            return Unreadable(f"Die Datei ist {what}")
    if mimetype:
        return Unreadable("Die Datei ist ein OpenDocument, aber keine Tabelle")
    inside = [name for name in names if re.search(r"\.(xls[xmb]?|ods|csv)$", name)]
    return Unreadable(
        f"Die Datei ist ein ZIP-Archiv, in dem {len(inside)} Arbeitsmappen stecken"
        if len(inside) > 1
        else "Die Datei ist ein ZIP-Archiv, in dem eine Arbeitsmappe steckt"
        if inside
        else "Die Datei ist ein ZIP-Archiv"
    )


def describe_ole2(data: bytes) -> str | Unreadable:
    """`xls` where the compound file may be such a workbook."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable(PROTECTED)
    for stream, name in _STREAMS:
        if stream.encode("utf-16-le") in data and not any(book in data for book in _BOOK_STREAMS):
            return Unreadable(f"Die Datei ist {name}")
    if any(book in data for book in _BOOK_STREAMS):
        return "xls"
    return Unreadable(
        "Die Datei ist ein altes Office-Dokument, aber keine Arbeitsmappe, oder sie ist beschädigt"
    )
