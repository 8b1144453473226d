"""Reads one file in this very process: values by python-calamine, all else, and the count, by our own scans."""

import gc
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import python_calamine

from .archive import Archive
from .cells import Cell, Sheet, Span, Unreadable, Workbook
from .file_kinds import DAMAGED, PROTECTED, describe, describe_ole2, describe_zip
from .ods_scan import scan_ods
from .scan import SheetScan, TooBig
from .text_files import read_text_file
from .values import read_values
from .xls_scan import scan_xls
from .xlsb_scan import scan_xlsb
from .xlsx_scan import XlsxBook

_VISIBILITIES: Final = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "veryHidden"}
DAMAGED_NOTE: Final = "Die Datei ist beschädigt oder ungewöhnlich aufgebaut; gelesen ist, was sich lesen ließ"
DOUBTFUL_NOTE: Final = (
    "Die Datei ist womöglich beschädigt: Zwei Leseprogramme finden in ihr nicht dieselben Zellen"
)


def read_here(path: Path) -> Workbook | Unreadable:
    """One workbook, or the reason why it cannot be read; never an exception."""
    # Cells refer to nothing, and a collector that visits a million of them again and again takes half the time.
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        return _read(path)
    except TooBig as error:
        return Unreadable(str(error))
    except MemoryError:
        return Unreadable("Die Datei ist beschädigt oder zu groß für den Arbeitsspeicher")
    except python_calamine.PasswordError:
        return Unreadable(PROTECTED)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        # Damage shows in many ways, and calamine's PanicException derives from BaseException.
        return Unreadable(DAMAGED)
    finally:
        if is_collecting:
            gc.enable()


def _read(path: Path) -> Workbook | Unreadable:
    kind = describe(path)
    if kind == "zip":
        with Archive(path) as archive:
            kind = describe_zip(archive)
            return kind if isinstance(kind, Unreadable) else _ZIP_READERS[kind](path, archive)
    if kind == "ole2":
        kind = describe_ole2(path.read_bytes())
        return kind if isinstance(kind, Unreadable) else _read_binary(path, scan_xls(path))
    return kind if isinstance(kind, Unreadable) else read_text_file(path)


def _read_xlsx(path: Path, archive: Archive) -> Workbook:
    archive.check_sizes()
    book = XlsxBook(archive)
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as values:
            return _make_workbook(
                [_read_xlsx_sheet(values, index, meta.name, book) for index, meta in _worksheets(values)]
            )
    except (KeyboardInterrupt, SystemExit, MemoryError, TooBig, python_calamine.PasswordError):
        raise
    except BaseException:
        # What calamine refuses, or panics at, our own scan may still read.
        return _salvage({name: book.scan_fully(name) for name in book.names})


def _read_xlsx_sheet(values: Any, index: int, name: str, book: XlsxBook) -> tuple[Sheet, bool]:
    for way in (book.scan, book.scan_fully):
        scan = way(name)
        if scan.is_wide:
            return scan.as_sheet(name), scan.is_possible
        cells = _join(read_values(values.get_sheet_by_index(index)), scan)
        if cells is not None:
            return scan.as_sheet(name, cells), True
    return scan.as_sheet(name), False


def _read_ods(path: Path, archive: Archive) -> Workbook:
    archive.check_sizes()
    scans = scan_ods(archive)
    try:
        if any(scan.is_wide for scan in scans.values()):
            return _salvage(scans, note=None)
        with python_calamine.CalamineWorkbook.from_path(str(path)) as values:
            return _make_workbook(
                [
                    _read_scanned(values, index, meta, scans.get(meta.name, SheetScan()))
                    for index, meta in _worksheets(values)
                ]
            )
    except (KeyboardInterrupt, SystemExit, MemoryError, TooBig, python_calamine.PasswordError):
        raise
    except BaseException:
        return _salvage(scans)


def _read_xlsb(path: Path, archive: Archive) -> Workbook:
    archive.check_sizes()
    return _read_binary(path, scan_xlsb(archive))


def _read_binary(path: Path, scans: Sequence[SheetScan]) -> Workbook:
    if any(scan.is_wide for scan in scans):
        raise TooBig("Ein Blatt der Datei ist zu groß: Einzelne Werte stehen weit ab von den übrigen")
    with python_calamine.CalamineWorkbook.from_path(str(path)) as values:
        sheets = []
        for index, meta in _worksheets(values):
            scan = scans[index] if index < len(scans) else SheetScan()
            scan.visibility = _VISIBILITIES[str(meta.visible).rpartition(".")[2]]
            sheet = values.get_sheet_by_index(index)
            if not scan.merges:
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
                    scan.merge(Span(top + 1, left + 1, bottom + 1, right + 1))
            found = read_values(sheet)
            cells = _join(found, scan)
            if cells is None:
                scan.plain = len({(cell.row, cell.column) for cell in found} - scan.cells.keys())
            sheets.append((scan.as_sheet(meta.name, cells or _join(found, scan)), cells is not None))
        return _make_workbook(sheets)


_ZIP_READERS: Final[Mapping[str, Callable[[Path, Archive], Workbook]]] = {
    "xlsx": _read_xlsx,
    "xlsb": _read_xlsb,
    "ods": _read_ods,
}


def _worksheets(values: Any) -> list[tuple[int, Any]]:
    """The worksheets by their place among all sheets; charts and macro sheets of old are none."""
    worksheet = python_calamine.SheetTypeEnum.WorkSheet
    return [(index, meta) for index, meta in enumerate(values.sheets_metadata) if meta.typ == worksheet]


def _read_scanned(values: Any, index: int, meta: Any, scan: SheetScan) -> tuple[Sheet, bool]:
    """A sheet of which our scan has the text of every cell, too."""
    cells = _join(read_values(values.get_sheet_by_index(index)), scan)
    return scan.as_sheet(meta.name, cells), cells is not None


def _join(values: list[Cell], scan: SheetScan) -> tuple[Cell, ...] | None:
    """The values that calamine gave and the cells that only the scan found; None where they do not add up."""
    if not scan.cells:
        return tuple(values) if len(values) == scan.nonempty else None
    joined = {place: Cell(*place, *found) for place, found in scan.cells.items()}
    joined.update({(cell.row, cell.column): cell for cell in values})
    return tuple(sorted(joined.values())) if len(joined) == scan.nonempty else None


def _salvage(scans: Mapping[str, SheetScan], note: str | None = DAMAGED_NOTE) -> Workbook:
    """The workbook as our scans alone read it."""
    if not any(scan.cells for scan in scans.values()):
        raise ValueError("nothing to salvage")
    return Workbook(tuple(scan.as_sheet(name) for name, scan in scans.items()), note)


def _make_workbook(sheets: Sequence[tuple[Sheet, bool]]) -> Workbook:
    """All sheets, and a note where a reader of values and a scan have found different cells."""
    is_sound = all(agrees for _, agrees in sheets)
    return Workbook(tuple(sheet for sheet, _ in sheets), None if is_sound else DOUBTFUL_NOTE)
