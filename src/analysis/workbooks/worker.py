"""Reads one file in this very process: values by python-calamine, all else, and the count, by our own scans."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import python_calamine

from .archive import Archive
from .cells import Cell, Sheet, Span, Unreadable, Workbook
from .file_kinds import DAMAGED, describe
from .ods_scan import scan_ods
from .scan import SheetScan, TooBig
from .values import read_values
from .xls_scan import scan_xls
from .xlsb_scan import scan_xlsb
from .xlsx_scan import XlsxBook

_VISIBILITIES: Final = {"Visible": "visible", "Hidden": "hidden", "VeryHidden": "veryHidden"}
_DAMAGED_NOTE: Final = "Die Datei ist beschädigt; gelesen ist, was sich noch lesen ließ"
_DOUBTFUL_NOTE: Final = (
    "Die Datei ist womöglich beschädigt: Zwei Leseprogramme finden in ihr nicht dieselben Zellen"
)


def read_here(path: Path) -> Workbook | Unreadable:
    """One workbook, or the reason why it cannot be read; never an exception."""
    try:
        kind = describe(path)
        return kind if isinstance(kind, Unreadable) else _READERS[kind](path)
    except TooBig as error:
        return Unreadable(str(error))
    except MemoryError:
        return Unreadable("Die Datei ist beschädigt oder zu groß für den Arbeitsspeicher")
    except python_calamine.PasswordError:
        return Unreadable("Die Datei ist mit einem Kennwort geschützt")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        # Damage shows in many ways, and calamine's PanicException derives from BaseException.
        return Unreadable(DAMAGED)


def _read_xlsx(path: Path) -> Workbook:
    with Archive(path) as archive:
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
            return _salvage({name: book.scan_fully(name) for name in book.visibilities}, book.visibilities)


def _read_xlsx_sheet(values: Any, index: int, name: str, book: XlsxBook) -> tuple[Sheet, bool]:
    visibility = book.visibilities[name]
    for way in (book.scan, book.scan_fully):
        scan = way(name)
        if scan.is_wide:
            return _make_sheet(name, visibility, scan, _own_cells(scan)), True
        cells = _join(read_values(values.get_sheet_by_index(index)), scan)
        if cells is not None:
            return _make_sheet(name, visibility, scan, cells), True
    return _make_sheet(name, visibility, scan, _own_cells(scan)), False


def _read_ods(path: Path) -> Workbook:
    scans = scan_ods(path)
    visibilities = dict.fromkeys(scans, "visible")
    try:
        if any(scan.is_wide for scan in scans.values()):
            return _salvage(scans, visibilities, note=None)
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
        return _salvage(scans, visibilities)


def _read_binary(path: Path, scan_file: Callable[[Path], list[SheetScan]]) -> Workbook:
    scans = scan_file(path)
    with python_calamine.CalamineWorkbook.from_path(str(path)) as values:
        sheets = []
        for index, meta in _worksheets(values):
            scan = scans[index] if index < len(scans) else SheetScan()
            sheet = values.get_sheet_by_index(index)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
                scan.merges.append(Span(top + 1, left + 1, bottom + 1, right + 1))
            found = {(cell.row, cell.column): cell for cell in read_values(sheet)}
            scan.plain = len(found.keys() - scan.cells.keys())
            cells = _join(list(found.values()), scan)
            assert cells is not None
            sheets.append((_make_sheet(meta.name, _visibility(meta), scan, cells), True))
        return _make_workbook(sheets)


_READERS: Final[Mapping[str, Callable[[Path], Workbook]]] = {
    "xlsx": _read_xlsx,
    "ods": _read_ods,
    "xls": partial(_read_binary, scan_file=scan_xls),
    "xlsb": partial(_read_binary, scan_file=scan_xlsb),
}


def _worksheets(values: Any) -> list[tuple[int, Any]]:
    """The worksheets by their place among all sheets; charts and macro sheets of old are none."""
    worksheet = python_calamine.SheetTypeEnum.WorkSheet
    return [(index, meta) for index, meta in enumerate(values.sheets_metadata) if meta.typ == worksheet]


def _visibility(meta: Any) -> str:
    return _VISIBILITIES[str(meta.visible).rpartition(".")[2]]


def _read_scanned(values: Any, index: int, meta: Any, scan: SheetScan) -> tuple[Sheet, bool]:
    """A sheet of which our scan has the text of every cell, too."""
    cells = _join(read_values(values.get_sheet_by_index(index)), scan)
    found = _own_cells(scan) if cells is None else cells
    return _make_sheet(meta.name, _visibility(meta), scan, found), cells is not None


def _join(values: list[Cell], scan: SheetScan) -> tuple[Cell, ...] | None:
    """The values that calamine gave and the cells that only the scan found; None where they do not add up."""
    if not scan.cells:
        return tuple(values) if len(values) == scan.nonempty else None
    joined = {place: Cell(*place, *found) for place, found in scan.cells.items()}
    joined.update({(cell.row, cell.column): cell for cell in values})
    return tuple(sorted(joined.values())) if len(joined) == scan.nonempty else None


def _own_cells(scan: SheetScan) -> tuple[Cell, ...]:
    return tuple(Cell(*place, *scan.cells[place]) for place in sorted(scan.cells))


def _salvage(
    scans: Mapping[str, SheetScan], visibilities: Mapping[str, str], note: str | None = _DAMAGED_NOTE
) -> Workbook:
    """The workbook as our scans alone read it."""
    if not any(scan.cells for scan in scans.values()):
        raise ValueError("nothing to salvage")
    return Workbook(
        tuple(_make_sheet(name, visibilities[name], scan, _own_cells(scan)) for name, scan in scans.items()),
        note,
    )


def _make_workbook(sheets: Sequence[tuple[Sheet, bool]]) -> Workbook:
    """All sheets, and a note where a reader of values and a scan have found different cells."""
    is_sound = all(agrees for _, agrees in sheets)
    return Workbook(tuple(sheet for sheet, _ in sheets), None if is_sound else _DOUBTFUL_NOTE)


def _make_sheet(name: str, visibility: str, scan: SheetScan, cells: tuple[Cell, ...]) -> Sheet:
    return Sheet(
        name=name,
        visibility=visibility,
        cells=cells,
        merges=tuple(scan.merges),
        hidden_rows=frozenset(scan.hidden_rows),
        hidden_columns=frozenset(scan.hidden_columns),
        nonempty=scan.nonempty,
        comments=scan.comments,
    )
