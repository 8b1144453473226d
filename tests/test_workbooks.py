"""Opening spreadsheets: every filled cell with its address and kind, and a reason for what is no workbook."""

import datetime
import os
from pathlib import Path

import openpyxl
import pytest
from make_workbooks import write_workbook
from workbook_files import ods_cell, relation, write_ods, write_xml

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


def test_an_opendocument_sheet_is_counted_with_its_repeats(tmp_path: Path) -> None:
    twice = ods_cell("c", 'table:number-columns-repeated="2"')
    table = (
        '<table:table table:name="Blatt">'
        f"<table:table-row>{ods_cell('a')}{ods_cell('b')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/>'
        f"{twice}</table:table-row>"
        '<table:table-row table:visibility="collapse">'
        '<table:table-cell table:formula="of:=[.A1]" office:value-type="string"/></table:table-row>'
        "</table:table>"
    )
    (sheet,) = read(write_ods(tmp_path / "a.ods", table)).sheets
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


ANNOTATION = (
    "<office:annotation><text:creator>A. B.</text:creator><text:p>seit Mai</text:p><text:p>auch in Poll</text:p>"
    "</office:annotation>"
)
ODS_VALUES = (
    '<table:table table:name="Blatt"><table:table-row>'
    '<table:table-cell office:value-type="float" office:value="2009"><text:p>2.009,00</text:p></table:table-cell>'
    '<table:table-cell office:value-type="date" office:date-value="2009-08-01"><text:p>1.8.09</text:p>'
    "</table:table-cell>"
    '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p>'
    "</table:table-cell>"
    f"{ods_cell('Porz', inside=ANNOTATION)}</table:table-row></table:table>"
)
ODS_CELLS = (
    Cell(1, 1, "2009", "number"),
    Cell(1, 2, "2009-08-01", "date"),
    Cell(1, 3, "WAHR", "bool"),
    Cell(1, 4, "Porz", "text"),
)


def test_values_of_an_opendocument_sheet_are_what_they_mean_and_annotations_are_comments(
    tmp_path: Path,
) -> None:
    (sheet,) = read(write_ods(tmp_path / "a.ods", ODS_VALUES)).sheets
    assert sheet.cells == ODS_CELLS
    assert sheet.comments == {(1, 4): "seit Mai\nauch in Poll"}


def test_notes_and_conversations_are_comments(tmp_path: Path) -> None:
    notes = (
        "<comments><commentList>"
        '<comment ref="B2"><text><r><t>Amt 51:</t></r><r><t xml:space="preserve">\nbitte prüfen</t></r></text>'
        '</comment><comment ref="A1"><text><t>[Threaded comment] ...</t></text></comment></commentList></comments>'
    )
    conversation = (
        '<ThreadedComments><threadedComment ref="A1" id="1"><text>Seit wann?</text></threadedComment>'
        '<threadedComment ref="A1" id="2" parentId="1"><text>Seit 2009.</text></threadedComment>'
        "</ThreadedComments>"
    )
    path = write_xml(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        parts={"xl/comments1.xml": notes, "xl/threadedComments/threadedComment1.xml": conversation},
        relations=relation("threadedComment", "../threadedComments/threadedComment1.xml")
        + relation("comments", "/xl/comments1.xml"),
    )
    (sheet,) = read(path).sheets
    assert sheet.comments == {(1, 1): "Seit wann?\nSeit 2009.", (2, 2): "Amt 51:\nbitte prüfen"}
    assert [cell.text for cell in sheet.cells] == ["1"]


def test_what_the_usual_reader_refuses_is_read_from_the_xml_and_said(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1" t="neu"><v>a</v></c><c r="B1" s="1"><v>40026</v></c><c r="C1" s="2"><v>40026.5</v></c>'
        '<c r="D1"><v>2.5E3</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="s"><v>0</v></c></row>'
    )
    path = write_xml(tmp_path / "a.xlsx", cells, strings="<si><t>Stra_x00DF_e</t><rPh><t>x</t></rPh></si>")
    book = read(path)
    assert (
        book.note == "Die Datei ist beschädigt oder ungewöhnlich aufgebaut; gelesen ist, was sich lesen ließ"
    )
    assert [tuple(cell)[2:] for cell in book.sheets[0].cells] == [
        ("a", "text"),
        ("2009-08-01", "date"),
        ("2009-08-01 12:00:00", "date"),
        ("2500", "number"),
        ("WAHR", "bool"),
        ("Straße", "text"),
    ]


def test_the_calendar_that_begins_in_1904_is_kept(tmp_path: Path) -> None:
    book = (
        '<workbook xmlns:r="r" xmlns:x14="x"><workbookPr date1904="1"/><sheets>'
        '<sheet name="a" sheetId="1" r:id="rId1"/></sheets><x14:workbookPr/></workbook>'
    )
    refused = '<c r="B1" t="neu"><v>a</v></c>'
    for name, more in (("a.xlsx", ""), ("b.xlsx", refused)):
        path = write_xml(
            tmp_path / name, f'<row r="1"><c r="A1" s="1"><v>38564</v></c>{more}</row>', workbook=book
        )
        assert read(path).sheets[0].cells[0] == Cell(1, 1, "2009-08-01", "date")


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
