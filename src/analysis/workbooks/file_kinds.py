"""What a file is, by its first bytes; its ending says nothing."""

import zipfile
import zlib
from pathlib import Path
from typing import Final

from .cells import Unreadable

DAMAGED: Final = "Die Datei ist unvollständig oder beschädigt"
_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS: Final = (
    (b"%PDF", "ein PDF-Dokument"),
    (b"{\\rtf", "ein RTF-Dokument"),
    (b"\x89PNG", "ein Bild (PNG)"),
    (b"\xff\xd8\xff", "ein Bild (JPEG)"),
    (b"GIF8", "ein Bild (GIF)"),
    (b"II*\x00", "ein Bild (TIFF)"),
    (b"MM\x00*", "ein Bild (TIFF)"),
    (b"Rar!", "ein RAR-Archiv"),
    (b"7z\xbc\xaf", "ein 7-Zip-Archiv"),
    (b"\x1f\x8b", "ein gzip-Archiv"),
    (b"\x09\x00\x04\x00", "eine Arbeitsmappe im Format von Excel 2"),
    (b"\x09\x02\x06\x00", "eine Arbeitsmappe im Format von Excel 3"),
    (b"\x09\x04\x06\x00", "eine Arbeitsmappe im Format von Excel 4"),
)
# Stream names of OLE2 files stand in the file as UTF-16.
_STREAMS: Final = (
    ("WordDocument", "ein Word-Dokument (.doc)"),
    ("PowerPoint Document", "eine PowerPoint-Präsentation (.ppt)"),
    ("__substg1.0_", "eine Outlook-Nachricht (.msg)"),
)
_ENTRIES: Final = (
    ("word/", "ein Word-Dokument (.docx)"),
    ("ppt/", "eine PowerPoint-Präsentation (.pptx)"),
    ("Index/Document.iwa", "eine Datei aus Apple Numbers oder Pages"),
)
_ODS_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"


def describe(path: Path) -> str | Unreadable:
    """`xlsx`, `xlsb`, `ods` or `xls` where the file is such a workbook, else what it is instead."""
    try:
        with path.open("rb") as stream:
            start = stream.read(4096)
    except OSError as error:
        return Unreadable(f"Die Datei lässt sich nicht öffnen ({error.strerror or error})")
    if not start:
        return Unreadable("Die Datei ist leer (0 Byte)")
    if start.startswith(b"PK"):
        return _describe_zip(path)
    if start.startswith(_OLE2):
        return _describe_ole2(path)
    for beginning, name in _STARTS:
        if start.startswith(beginning):
            return Unreadable(f"Die Datei ist {name}")
    return Unreadable(f"Die Datei ist {_describe_text(start)}")


def _describe_zip(path: Path) -> str | Unreadable:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.lower().replace("\\", "/").lstrip("/") for name in archive.namelist()]
            mimetype = _peek(archive, "mimetype").decode("ascii", "replace")
            manifest = _peek(archive, "META-INF/manifest.xml")
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, KeyError, RuntimeError, EOFError):
        return Unreadable(DAMAGED)
    if b"encryption-data" in manifest:
        return Unreadable("Die Datei ist mit einem Kennwort geschützt")
    if mimetype.startswith(_ODS_TYPE) or (not mimetype and "content.xml" in names):
        return "ods"
    if any(name.endswith("workbook.bin") for name in names):
        return "xlsb"
    if any(name.startswith("xl/") or name.endswith("workbook.xml") for name in names):
        return "xlsx"
    for beginning, what in _ENTRIES:
        if any(name.startswith(beginning.lower()) for name in names):
            return Unreadable(f"Die Datei ist {what}")
    if mimetype:
        return Unreadable("Die Datei ist ein OpenDocument, aber keine Tabelle")
    return Unreadable("Die Datei ist ein ZIP-Archiv")


def _peek(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of an entry, nothing where there is none."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as stream:
        return stream.read(100_000)


def _describe_ole2(path: Path) -> str | Unreadable:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable("Die Datei ist mit einem Kennwort geschützt")
    for stream, name in _STREAMS:
        if stream.encode("utf-16-le") in data:
            return Unreadable(f"Die Datei ist {name}")
    return "xls"


def _describe_text(start: bytes) -> str:
    if b"\x00" in start.replace(b"\xff\xfe", b"")[:64] and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "keine Arbeitsmappe, sondern eine unbekannte Binärdatei"
    text = start.decode("utf-8", "replace").lstrip("\ufeff \r\n\t").lower()
    if text.startswith(("<!doctype html", "<html", "<table", "<head", "<meta")):
        return "eine HTML-Seite"
    if text.startswith("<?xml") or text.startswith("<"):
        return "eine HTML-Seite" if "<html" in text else "eine XML-Datei"
    if text.startswith(("from:", "return-path:", "received:", "mime-version:")):
        return "eine E-Mail"
    return "eine Textdatei (zum Beispiel CSV)"
