"""Writes workbooks whose bytes are the same on every run, dressed as an office would dress a form."""

import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import canonicalize

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | datetime | None

ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip entry can have
THIN = Side(style="thin", color="808080")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


def save(book: Workbook, path: Path, on: datetime) -> None:
    """Saves `book` without author and with the same bytes on every run, dated `on`.

    Entries are stored, not deflated, and their XML is canonical: no other version of zlib or of an XML writer
    changes a byte.
    """
    book.properties.creator = None
    book.properties.created = on
    raw = BytesIO()
    book.save(raw)
    stamp = f"{on:%Y-%m-%dT%H:%M:%SZ}"
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            text = source.read(name).decode("utf-8")
            if name == "docProps/core.xml":  # openpyxl writes the clock here
                text = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{stamp}", text)
            xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + canonicalize(text)
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.create_system = 0  # else it would tell Windows from the rest
            target.writestr(entry, xml.encode("utf-8"))


def put(sheet: Worksheet, address: str, value: Value, *, bold: bool = False, size: float = 11) -> Cell:
    """Writes one cell of running text."""
    cell: Cell = sheet[address]
    cell.value = value
    cell.font = Font(name="Arial", bold=bold, size=size)
    cell.alignment = Alignment(vertical="top")
    return cell


def title(sheet: Worksheet, merged: str, value: str, *, size: float = 14) -> None:
    """Writes a title over the merged range."""
    sheet.merge_cells(merged)
    put(sheet, merged.split(":")[0], value, bold=True, size=size).alignment = Alignment(
        vertical="center", wrap_text=True
    )


def header(sheet: Worksheet, row: int, texts: Sequence[str], *, first: int = 1, fill: str = "D9E1F2") -> None:
    """Writes the headings of a table."""
    for column, text in enumerate(texts, first):
        cell = sheet.cell(row, column, text)
        cell.font = Font(name="Arial", bold=True, size=10)
        cell.fill = PatternFill("solid", fgColor=fill)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.border = GRID


def line(
    sheet: Worksheet,
    row: int,
    values: Sequence[Value],
    *,
    first: int = 1,
    grey: bool = False,
    bold: bool = False,
) -> None:
    """Writes one row of a table; `grey` is how a form prints its example."""
    for column, value in enumerate(values, first):
        cell = sheet.cell(row, column, value or None)
        cell.font = Font(name="Arial", size=10, italic=grey, bold=bold, color="808080" if grey else "000000")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = GRID
        if isinstance(value, datetime):
            cell.number_format = "DD.MM.YYYY"


def widths(sheet: Worksheet, values: Sequence[float]) -> None:
    """Sets the column widths from column A on."""
    for column, value in enumerate(values, 1):
        sheet.column_dimensions[get_column_letter(column)].width = value
