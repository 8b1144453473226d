"""Opening spreadsheets: every filled cell with its address and kind, and a reason for what is no workbook."""

import datetime
import io
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
from make_workbooks import write_workbook

from analysis.workbooks import Cell, Span, Unreadable, Workbook, column_letter, read_workbook
from analysis.workbooks.client import describe_failure
from analysis.workers import Failure


def read(path: Path) -> Workbook:
    book = read_workbook(path)
    assert isinstance(book, Workbook), book
    return book


def reason(path: Path) -> str:
    book = read_workbook(path)
    assert isinstance(book, Unreadable)
    return book.reason


def write_xml(path: Path, sheet: str, strings: str = "", workbook: str | None = None) -> Path:
    """A workbook of one worksheet with just this XML in `sheetData`."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{types}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{spreadsheet}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{spreadsheet}.worksheet+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{spreadsheet}.sharedStrings+xml"/></Types>',
        )
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{rels}"><Relationship Id="rId1" Type="{relations}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{rels}"><Relationship Id="rId1" Type="{relations}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{relations}/sharedStrings" '
            'Target="sharedStrings.xml"/></Relationships>',
        )
        file.writestr(
            "xl/workbook.xml",
            workbook
            or f'<workbook {main} xmlns:r="{relations}"><sheets><sheet name="Blatt" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>",
        )
        file.writestr("xl/sharedStrings.xml", f"<sst {main}>{strings}</sst>")
        file.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {main}><sheetData>{sheet}</sheetData></worksheet>"
        )
    return path


def test_columns_are_counted_as_excel_letters_them() -> None:
    assert [column_letter(number) for number in (1, 26, 27, 702, 703, 16384)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]


def test_every_kind_of_value_is_text_with_its_kind(tmp_path: Path) -> None:
    rows = [["Text", 2009, 2009.0, 0.5, True, datetime.date(2009, 8, 1), " "], [], [None, -3]]
    (sheet,) = read(write_workbook(tmp_path / "a.xlsx", rows)).sheets
    assert sheet.cells == (
        Cell(1, 1, "Text", "text"),
        Cell(1, 2, "2009", "number"),
        Cell(1, 3, "2009", "number"),
        Cell(1, 4, "0.5", "number"),
        Cell(1, 5, "WAHR", "bool"),
        Cell(1, 6, "2009-08-01", "date"),
        Cell(1, 7, " ", "text"),
        Cell(3, 2, "-3", "number"),
    )
    assert sheet.nonempty == 8


def test_a_table_that_starts_far_from_a1_keeps_its_addresses(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["D7"] = "hier"
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").sheets[0].cells == (Cell(7, 4, "hier", "text"),)


def test_formulas_and_errors_without_a_stored_value_are_cells(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1"><f>B1+1</f></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="e"/>'
        '<c r="D1" t="str"><f>IF(A1,"","")</f><v></v></c><c r="E1"><f>1+1</f><v>2</v></c>'
        '<c r="F1" s="1"/><c r="G1" t="s"><v>0</v></c><c r="H1" t="s"><v>1</v></c></row>'
    )
    path = write_xml(tmp_path / "a.xlsx", cells, strings="<si><t></t></si><si><t> </t></si>")
    (sheet,) = read(path).sheets
    assert sheet.cells == (
        Cell(1, 1, "=B1+1", "formula"),
        Cell(1, 2, "#REF!", "error"),
        Cell(1, 3, "#FEHLER", "error"),
        Cell(1, 4, '=IF(A1,"","")', "blank"),
        Cell(1, 5, "2", "number"),
        Cell(1, 8, " ", "text"),
    )
    assert sheet.nonempty == 6


def test_cells_without_addresses_are_counted_on(tmp_path: Path) -> None:
    row = '<row><c><v>1</v></c><c><v>2</v></c></row><row r="4"><c r="C4"><v>3</v></c><c><v>4</v></c></row>'
    (sheet,) = read(write_xml(tmp_path / "a.xlsx", row)).sheets
    assert [(cell.row, cell.column) for cell in sheet.cells] == [(1, 1), (1, 2), (4, 3), (4, 4)]


def test_values_hidden_under_a_merge_are_cells(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [["oben", "verdeckt"]], merges=["A1:B2"])
    (sheet,) = read(path).sheets
    assert [cell.text for cell in sheet.cells] == ["oben", "verdeckt"]
    assert sheet.merges == (Span(1, 1, 2, 2),)


def test_hidden_sheets_rows_and_columns_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first["B2"] = "a"
    first.row_dimensions[2].hidden = True
    first.column_dimensions["B"].hidden = True
    book.create_sheet("fort")["A1"] = "b"
    book["fort"].sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    sheets = read(tmp_path / "a.xlsx").sheets
    assert [(sheet.name, sheet.visibility) for sheet in sheets] == [
        ("Sheet", "visible"),
        ("fort", "veryHidden"),
    ]
    assert (sheets[0].hidden_rows, sheets[0].hidden_columns) == (frozenset({2}), frozenset({2}))


def test_a_stray_value_in_the_last_cell_is_read_with_the_rest(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    (sheet,) = read(write_xml(tmp_path / "a.xlsx", cells)).sheets
    assert [(cell.row, cell.column, cell.text) for cell in sheet.cells] == [
        (1, 1, "1"),
        (1048576, 16384, "2"),
    ]


def test_an_opendocument_sheet_is_counted_with_its_repeats(tmp_path: Path) -> None:
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    cell = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
    twice = cell.format(' table:number-columns-repeated="2"', "c")
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        '<table:table table:name="Blatt">'
        f"<table:table-row>{cell.format('', 'a')}{cell.format('', 'b')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/>'
        f"{twice}</table:table-row>"
        '<table:table-row table:visibility="collapse">'
        '<table:table-cell table:formula="of:=[.A1]" office:value-type="string"/></table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content)
    (sheet,) = read(tmp_path / "a.ods").sheets
    assert [(cell.row, cell.column, cell.text) for cell in sheet.cells] == [
        (1, 1, "a"),
        (1, 2, "b"),
        (2, 2, "c"),
        (2, 3, "c"),
        (3, 2, "c"),
        (3, 3, "c"),
        (4, 1, "=[.A1]"),
    ]
    assert (sheet.nonempty, sheet.hidden_rows) == (7, frozenset({4}))


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "Die Datei ist leer (0 Byte)"),
        (b"%PDF-1.4", "Die Datei ist ein PDF-Dokument"),
        (b"<html><table></table></html>", "Die Datei ist eine HTML-Seite"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "Die Datei ist eine HTML-Seite"),
        (b'<?xml version="1.0"?><Workbook/>', "Die Datei ist eine XML-Datei"),
        (b"Dezernat;Programm\r\n", "Die Datei ist eine Textdatei (zum Beispiel CSV)"),
        (b"{\\rtf1", "Die Datei ist ein RTF-Dokument"),
        (b"\x89PNG\r\n", "Die Datei ist ein Bild (PNG)"),
        (zipped("word/document.xml"), "Die Datei ist ein Word-Dokument (.docx)"),
        (zipped("a.txt"), "Die Datei ist ein ZIP-Archiv"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "Die Datei ist mit einem Kennwort geschützt"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "Die Datei ist ein Word-Dokument (.doc)"),
    ],
)
def test_a_file_that_is_no_workbook_is_named(tmp_path: Path, content: bytes, expected: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    assert reason(tmp_path / "a.xlsx") == expected


def test_a_truncated_workbook_is_damaged(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [["a"]])
    path.write_bytes(path.read_bytes()[:-100])
    assert reason(path) == "Die Datei ist unvollständig oder beschädigt"


def test_entities_in_the_xml_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "b">]><workbook><sheets/></workbook>'
    assert read_workbook(write_xml(tmp_path / "a.xlsx", "", workbook=bomb)) == Unreadable(
        "Die Datei ist unvollständig oder beschädigt"
    )


def test_a_file_that_ends_its_reader_is_told_why(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(2_000_000))
    assert describe_failure(Failure(timed_out=False), path).reason == (
        "Die Datei ist beschädigt oder zu groß: Sie bringt das Leseprogramm zum Absturz"
    )
    assert (
        describe_failure(Failure(timed_out=True), path).reason
        == "Die Datei ist in 31 Sekunden nicht zu lesen"
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permission")
def test_a_missing_file_is_a_reason(tmp_path: Path) -> None:
    assert reason(tmp_path / "fehlt.xlsx") == "Die Datei lässt sich nicht öffnen (No such file or directory)"
