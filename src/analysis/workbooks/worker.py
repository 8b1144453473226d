"""The process behind `workbooks`: reads files with python-calamine and with our own scan of the XML, under limits."""

import datetime
import zipfile
import zlib
from pathlib import Path
from typing import Any, Final
from xml.parsers.expat import ExpatError

import python_calamine

from .cells import Cell, Sheet, Span, Unreadable, Workbook
from .file_kinds import DAMAGED, describe
from .ods_scan import scan_ods
from .xls_scan import scan_xls
from .xlsb_scan import scan_xlsb
from .xlsx_scan import SheetScan, TooBig, scan_xlsx

MOST_CELLS: Final = 20_000_000
_NOT_A_VALUE: Final = ("", None)


def read_here(path: Path) -> Workbook | Unreadable:
    """One workbook read in this very process, or the reason why it cannot be read."""
    try:
        kind = describe(path)
        if isinstance(kind, Unreadable):
            return kind
        return _read(path, kind)
    except TooBig as error:
        return Unreadable(str(error))
    except MemoryError:
        return Unreadable("Die Datei ist beschädigt oder zu groß für den Arbeitsspeicher")
    except python_calamine.PasswordError:
        return Unreadable("Die Datei ist mit einem Kennwort geschützt")
    except (OSError, ExpatError, ValueError, KeyError, zipfile.BadZipFile, zlib.error, EOFError):
        return Unreadable(DAMAGED)
    except BaseException as error:
        # calamine's CalamineError, and its PanicException, which derives from BaseException.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return Unreadable(DAMAGED)


def _read(path: Path, kind: str) -> Workbook:
    scans: dict[str, SheetScan] = {}
    if kind == "xlsx":
        scans = scan_xlsx(path)
    elif kind == "ods":
        scans = scan_ods(path)
    records = scan_xls(path) if kind == "xls" else scan_xlsb(path) if kind == "xlsb" else []
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            return Workbook(
                tuple(
                    _read_sheet(book, index, meta, scans.get(meta.name), records[index : index + 1])
                    for index, meta in enumerate(book.sheets_metadata)
                    if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
                )
            )
    except BaseException as error:
        # What calamine refuses, or panics at, the scan may still have read; its dates are serial numbers then.
        if isinstance(error, KeyboardInterrupt | SystemExit) or not any(
            scan.cells for scan in scans.values()
        ):
            raise
        return Workbook(tuple(_make_sheet(name, scan.visibility, scan, {}) for name, scan in scans.items()))


def _read_sheet(book: Any, index: int, meta: Any, scan: SheetScan | None, records: list[SheetScan]) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    sheet = None if scan is not None and _is_wide(scan) else book.get_sheet_by_index(index)
    if sheet is not None and sheet.start is not None:
        top, left = sheet.start
        for row, values in enumerate(sheet.to_python(skip_empty_area=True), start=top + 1):
            for column, value in enumerate(values, start=left + 1):
                if value not in _NOT_A_VALUE:
                    cells[row, column] = Cell(row, column, *_as_text(value))
    if scan is None:
        assert sheet is not None
        # The binary formats: what calamine gives, and the formulas and errors that it does not.
        scan = records[0] if records else SheetScan()
        scan.nonempty = len(scan.cells.keys() | cells.keys())
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            scan.merges.append(Span(top + 1, left + 1, bottom + 1, right + 1))
    return _make_sheet(meta.name, _VISIBILITIES[str(meta.visible).rpartition(".")[2]], scan, cells)


def _make_sheet(name: str, visibility: str, scan: SheetScan, cells: dict[tuple[int, int], Cell]) -> Sheet:
    """Joins the values that calamine gave with the cells that only the scan found."""
    for place, (text, kind) in scan.cells.items():
        if place not in cells:
            cells[place] = Cell(*place, text, kind)
    return Sheet(
        name=name,
        visibility=visibility,
        cells=tuple(cells[place] for place in sorted(cells)),
        merges=tuple(scan.merges),
        hidden_rows=frozenset(scan.hidden_rows),
        hidden_columns=frozenset(scan.hidden_columns),
        nonempty=scan.nonempty,
    )


_VISIBILITIES: Final = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "veryHidden"}


def _is_wide(scan: SheetScan) -> bool:
    """Whether one stray cell makes the used range bigger than calamine can hold: it aborts then."""
    bottom = max((row for row, _ in scan.cells), default=0)
    right = max((column for _, column in scan.cells), default=0)
    return bottom * right > MOST_CELLS


def _as_text(value: Any) -> tuple[str, str]:
    """What a value says as text, and its kind; a date is ISO text, a whole number has no decimals."""
    if isinstance(value, str):
        return value, "text"
    if isinstance(value, bool):
        return ("WAHR" if value else "FALSCH"), "bool"
    if isinstance(value, int | float):
        whole = value == int(value) if abs(value) < 1e15 else False
        return (str(int(value)) if whole else repr(value)), "number"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return (value.date().isoformat() if midnight else value.isoformat(sep=" ")), "date"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat(), "date"
    return str(value), "number"
