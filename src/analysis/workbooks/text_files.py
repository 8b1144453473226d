"""Reads what is no workbook but plainly holds a table: CSV, HTML, and workbooks written as one XML file."""

import email
import email.policy
import re
from pathlib import Path
from typing import Final

from .cells import Sheet, Unreadable, Workbook
from .csv_table import read_csv
from .html_table import read_html
from .ods_scan import NAMESPACE as OPEN_DOCUMENT
from .ods_scan import scan_flat_ods
from .scan import TooBig
from .xml_2003 import NAMESPACE as XML_2003
from .xml_2003 import read_xml_2003

_MOST_BYTES: Final = 50_000_000
_HTML: Final = re.compile(r"<(!doctype\s+html|html|head|body|table|meta|style|div)\b", re.IGNORECASE)
_MAIL: Final = re.compile(
    r"(from|return-path|received|mime-version|delivered-to|x-[a-z-]+|subject|date|to): ", re.I
)
_CODE: Final = re.compile(r"[\[{]|begin:v|#!|<\?php")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_text_file(path: Path) -> Workbook | Unreadable:
    """The table as a workbook with a note of what the file is, or what it is instead."""
    if path.stat().st_size > _MOST_BYTES:
        raise TooBig(f"Die Datei ist ein Text von mehr als {_MOST_BYTES // 1_000_000} MB")
    data = path.read_bytes()
    text = _decode(data)
    if text is None:
        return Unreadable("Die Datei ist keine Arbeitsmappe, sondern eine unbekannte Binärdatei")
    start = text[:4096].lstrip("\ufeff \r\n\t")
    if not start:
        return Unreadable("Die Datei enthält nur Leerzeichen")
    if start.startswith("<"):
        return _read_markup(data, text, start)
    if _MAIL.match(start):
        return (
            _read_web_archive(data)
            if "x-document-type: workbook" in start.lower()
            else _unreadable("eine E-Mail")
        )
    sheet = None if _CODE.match(start.lower()) else read_csv(text.lstrip("\ufeff"))
    return _note("eine CSV-Datei", sheet) if sheet else _unreadable("eine Textdatei ohne erkennbare Tabelle")


def _read_markup(data: bytes, text: str, start: str) -> Workbook | Unreadable:
    if XML_2003 in start and not _HTML.match(start):
        return _note("eine XML-Datei von Excel 2003", *read_xml_2003(data))
    if OPEN_DOCUMENT in start:
        sheets = [scan.as_sheet(name) for name, scan in scan_flat_ods(data).items()]
        return _note("eine OpenDocument-Tabelle in einer XML-Datei (.fods)", *sheets)
    if not _HTML.search(start):
        return _unreadable("eine XML-Datei")
    sheet = read_html(text)
    return (
        _note("eine HTML-Seite", sheet) if sheet else _unreadable("eine HTML-Seite ohne erkennbare Tabelle")
    )


def _read_web_archive(data: bytes) -> Workbook | Unreadable:
    """A web page with all its parts in one file (MHTML); every part that holds a table is a worksheet."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages = [part.get_content() for part in message.walk() if part.get_content_type() == "text/html"]
    sheets = [read_html(page, f"HTML {number}") for number, page in enumerate(pages, start=1)]
    found = [sheet for sheet in sheets if sheet]
    return (
        _note("eine Webseite in einer Datei", *found) if found else _unreadable("eine Webseite ohne Tabelle")
    )


def _note(what: str, *sheets: Sheet) -> Workbook:
    return Workbook(
        sheets, f"Die Datei ist keine Arbeitsmappe, sondern {what}; sie wurde als Tabelle gelesen"
    )


def _unreadable(what: str) -> Unreadable:
    return Unreadable(f"Die Datei ist {what}")


def _decode(data: bytes) -> str | None:
    """The text of a file as Windows programmes save it; None where it is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in data[:1000]:
        encodings = ("utf-16-le",) if data[1:1000:2].count(0) > data[:1000:2].count(0) else ("utf-16-be",)
    else:
        encodings = ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None
