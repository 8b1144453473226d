"""Files that could hurt the run: they are read, or reported with a reason, and cost little."""

import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from make_workbooks import write_workbook
from workbook_files import ods_cell, read_zip, write_ods, write_xml, write_zip

from analysis.workbooks import Cell, Unreadable, Workbook, archive, worker

DAMAGED = "Die Datei ist unvollständig oder beschädigt"


def read(path: Path) -> Workbook:
    book = worker.read_here(path)
    assert isinstance(book, Workbook), book
    assert all(len(sheet.cells) == sheet.nonempty for sheet in book.sheets)
    return book


def reason(path: Path) -> str:
    book = worker.read_here(path)
    assert isinstance(book, Unreadable), book
    return book.reason


def test_a_stray_value_in_the_last_cell_is_read_with_the_rest(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1" s="1"><v>40026</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    book = read(write_xml(tmp_path / "a.xlsx", cells))
    assert book.sheets[0].cells == (Cell(1, 1, "2009-08-01", "date"), Cell(1048576, 16384, "2", "number"))
    assert book.note is None


def test_a_stray_value_behind_rows_that_lie_about_their_number_is_read_too(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c></row>'
    path = write_xml(tmp_path / "a.xlsx", cells)
    assert [(cell.row, cell.column) for cell in read(path).sheets[0].cells] == [(1, 1), (1048576, 16384)]


def test_a_million_styled_empty_rows_leave_the_filled_ones(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(2, 1_048_577))
    path = write_xml(tmp_path / "a.xlsx", '<row r="1"><c r="B1"><v>1</v></c></row>' + rows)
    assert read(path).sheets[0].cells == (Cell(1, 2, "1", "number"),)


def test_styled_empty_cells_far_away_do_not_matter(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert read(write_xml(tmp_path / "a.xlsx", cells)).sheets[0].cells == (Cell(1, 1, "1", "number"),)


def test_a_bomb_that_declares_its_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 100_000)
    path = write_xml(tmp_path / "a.xlsx", "", parts={"xl/media/image.bin": bytes(200_000)})
    assert reason(path) == "Die Datei ist entpackt größer als 0 MB"


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_a_bomb_that_lies_about_its_size_is_damaged(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 3_000_000)
    path = write_xml(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    parts = read_zip(path)
    parts[name] = parts[name].replace(b"><", b">" + b" " * 10_000_000 + b"<", 1)
    write_zip(path, parts)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as file:
        entry = file.getinfo(name)
    size = struct.pack("<I", entry.file_size)
    path.write_bytes(data.replace(size, struct.pack("<I", 1_000)))
    tracemalloc.start()
    assert reason(path) == DAMAGED
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_file_of_too_many_parts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_ENTRIES", 10)
    path = write_xml(tmp_path / "a.xlsx", "", sheets=10)
    assert reason(path) == "Die Datei enthält mehr als 10 Teile"


def test_entities_are_refused_wherever_they_stand(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;&b;&b;">]>'
    sheet = '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&c;</v></c></row></sheetData></worksheet>'
    path = write_xml(tmp_path / "a.xlsx", "", parts={"xl/worksheets/sheet1.xml": bomb + sheet})
    assert reason(path) == DAMAGED
    path = write_xml(tmp_path / "b.xlsx", "", workbook=bomb + "<workbook><sheets/></workbook>")
    assert reason(path) == DAMAGED


def test_deep_nesting_is_read_or_reported(tmp_path: Path) -> None:
    deep = "<a>" * 200_000 + "</a>" * 200_000
    path = write_xml(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>', after=deep)
    assert read(path).sheets[0].cells == (Cell(1, 1, "1", "number"),)


def test_a_huge_list_of_merges_is_refused(tmp_path: Path) -> None:
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 100_002))
    path = write_xml(tmp_path / "a.xlsx", "", after=f"<mergeCells>{merges}</mergeCells>")
    assert reason(path) == "Die Datei hat mehr als 100000 verbundene Bereiche auf einem Blatt"


def test_thousands_of_sheets_are_read(tmp_path: Path) -> None:
    path = write_xml(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>', sheets=1_000)
    assert len(read(path).sheets) == 1_000


def test_a_number_that_is_no_shared_text_is_an_error_cell(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>7</v></c></row>'
    book = read(write_xml(tmp_path / "a.xlsx", cells, strings="<si><t>a</t></si>"))
    assert book.sheets[0].cells == (Cell(1, 1, "a", "text"), Cell(1, 2, "#FEHLER", "error"))
    assert book.note == worker.DAMAGED_NOTE


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "geheim.xml").write_text("<worksheet/>")
    link = (
        f'<Relationship Id="a" TargetMode="External" Type="x/comments" Target="{tmp_path / "geheim.xml"}"/>'
    )
    cell = (
        '<row r="1"><c r="A1"><f>[1]Blatt!A1</f><v>5</v></c><c r="B1" t="str"><f>DDE("cmd","/c calc","x")</f>'
        "<v>alt</v></c></row>"
    )
    book = read(write_xml(tmp_path / "a.xlsx", cell, relations=link))
    assert [cell.text for cell in book.sheets[0].cells] == ["5", "alt"]


FAR = 'table:number-rows-repeated="1048575"'
WIDE = 'table:number-columns-repeated="16383"'


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        (
            f"<table:table-row>{ods_cell('a')}</table:table-row><table:table-row {FAR}><table:table-cell/>"
            "</table:table-row>",
            [(1, 1)],
        ),
        (
            f"<table:table-row {FAR}><table:table-cell {WIDE}/><table:table-cell/></table:table-row>"
            f"<table:table-row><table:table-cell {WIDE}/>{ods_cell('z')}</table:table-row>",
            [(1048576, 16384)],
        ),
        (
            f"<table:table-row>{ods_cell('a')}<table:table-cell {WIDE}/></table:table-row>"
            f"<table:table-row {FAR}><table:table-cell {WIDE}/></table:table-row>",
            [(1, 1)],
        ),
    ],
)
def test_repeated_emptiness_in_an_opendocument_sheet_costs_nothing(
    tmp_path: Path, table: str, cells: list[tuple[int, int]]
) -> None:
    path = write_ods(tmp_path / "a.ods", f'<table:table table:name="Blatt">{table}</table:table>')
    assert [(cell.row, cell.column) for cell in read(path).sheets[0].cells] == cells


@pytest.mark.parametrize(
    "row",
    [
        f"<table:table-row {FAR}>{ods_cell('a', WIDE)}</table:table-row>",
        f"<table:table-row {FAR}>{ods_cell('a')}{ods_cell('b')}{ods_cell('c')}</table:table-row>",
        f"<table:table-row>{ods_cell('a', WIDE.replace('16383', '99999999999'))}</table:table-row>",
        f'<table:table-row table:number-rows-repeated="99999999999">{ods_cell("a")}</table:table-row>',
    ],
)
def test_repeated_content_in_an_opendocument_sheet_is_bounded(tmp_path: Path, row: str) -> None:
    path = write_ods(tmp_path / "a.ods", f'<table:table table:name="Blatt">{row}</table:table>')
    assert reason(path) == "Die Datei hat mehr als 2000000 ausgefüllte Zellen auf einem Blatt"


def test_a_workbook_of_another_is_no_workbook(tmp_path: Path) -> None:
    inner = write_workbook(tmp_path / "innen.xlsx", [["a"]]).read_bytes()
    path = write_zip(tmp_path / "a.xlsx", {"Dezernat IV.xlsx": inner})
    assert reason(path) == "Die Datei ist ein ZIP-Archiv, in dem eine Arbeitsmappe steckt"
