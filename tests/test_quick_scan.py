"""The quick way through a worksheet gives the very same sheet as the full way, however the XML is written."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbook_files import write_xml

from analysis.workbooks import Unreadable, Workbook, archive
from analysis.workbooks.archive import Archive
from analysis.workbooks.worker import read_here
from analysis.workbooks.xlsx_scan import XlsxBook
from analysis.workbooks.xlsx_sheet import Odd, scan_sheet
from analysis.workbooks.xlsx_values import CellValues

STRINGS = "<si><t>a</t></si><si><t/></si><si><t> </t></si><si><r><t>b</t></r><rPh><t>c</t></rPh></si>"
# What may stand in a cell, with its type: what the quick way counts, and what only the full way can read.
PLAIN = [
    ("s", "<v>0</v>"),
    ("s", "<v>0</v>"),
    ("s", "<v>3</v>"),
    ("n", "<v>40026</v>"),
    (None, "<v>1.5E3</v>"),
    (None, "<v>-0.25</v>"),
    ("b", "<v>1</v>"),
    ("str", "<v>x &lt;c r=&quot;A1&quot;&gt;</v>"),
    ("str", '<f>IF(A1&gt;0,"a","")</f><v>a</v>'),
    ("str", '<f t="shared" ref="A1:A2" si="0">A1</f><v>a</v>'),
    (None, '<f t="shared" si="0"/><v>7</v>'),
    ("inlineStr", "<is><t>Text</t></is>"),
    ("inlineStr", '<is><t xml:space="preserve"> Text </t></is>'),
    (None, ""),
]
ODD = [
    ("s", ""),
    ("str", "<f>A1</f><v></v>"),
    ("str", "<f>A1</f>"),
    (None, "<f>A1+1</f>"),
    (None, "<f>A1+1</f><v/>"),
    ("e", "<v>#REF!</v>"),
    ("e", "<f>A1</f><v>#N/A</v>"),
    ("e", ""),
    ("s", "<v>1</v>"),
    ("s", "<v>2</v>"),
    ("str", "<v> </v>"),
    ("str", "<v>\n</v>"),
    ("str", "<v><![CDATA[<c r='A1'>]]></v>"),
    ("str", "<v>a<!-- b -->c</v>"),
    ("inlineStr", "<is><r><t>fett</t></r><r><t> mager</t></r></is>"),
    ("inlineStr", "<is><t></t></is>"),
]
BETWEEN = ["", "", "", "", "\n  ", '<!-- <c r="A9"><v>9</v></c> -->', "<?pi <c r='A9'/> ?>"]


@st.composite
def cells(draw: st.DrawFn, row: int) -> str:
    written = []
    contents = draw(st.sampled_from([PLAIN, PLAIN, PLAIN, PLAIN + ODD]))
    for column in draw(
        st.lists(st.sampled_from("ABCDEFG"), max_size=6, unique=bool(draw(st.integers(0, 9))))
    ):
        kind, content = draw(st.sampled_from(contents))
        attributes = [f'r="{column}{row}"'] if draw(st.integers(0, 99)) else []
        attributes += [f't="{kind}"'] if kind else []
        attributes += draw(st.sampled_from([[], [], ['s="1"'], ['s="0"'], ['s="1"', 'cm="1"']]))
        if not draw(st.integers(0, 9)):
            attributes = draw(st.permutations(attributes))
        inside = " ".join(["<c", *attributes])
        written.append(f"{inside}>{content}</c>" if content or not draw(st.integers(0, 3)) else f"{inside}/>")
        written.append(draw(st.sampled_from(BETWEEN)) if not draw(st.integers(0, 29)) else "")
    return "".join(written)


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """Rows of a worksheet, most of them as the usual programmes write them."""
    written = []
    for row in sorted(draw(st.lists(st.integers(1, 30), max_size=8, unique=True))):
        attributes = f' r="{row}"' if draw(st.integers(0, 49)) else ""
        attributes += draw(
            st.sampled_from(["", "", ' spans="1:7"', ' ht="15" hidden="1"', ' s="1" customFormat="1"'])
        )
        inside = draw(cells(row))
        written.append(f"<row{attributes}>{inside}</row>" if inside else f"<row{attributes}/>")
    return "".join(written)


def read_fully(path: Path) -> Workbook | Unreadable:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(XlsxBook, "scan", XlsxBook.scan_fully)
        return read_here(path)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=sheets(), chunk=st.sampled_from([1, 7, 40, 300, 1 << 18]))
def test_both_ways_give_the_same_sheet(tmp_path: Path, rows: str, chunk: int) -> None:
    after = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    before = '<cols><col min="2" max="3" hidden="1"/></cols>'
    path = write_xml(tmp_path / "a.xlsx", rows, strings=STRINGS, before=before, after=after)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "_CHUNK", chunk)
        book = read_here(path)
    assert book == read_fully(path)
    assert isinstance(book, Workbook)
    (sheet,) = book.sheets
    assert len(sheet.cells) == sheet.nonempty
    assert (len(sheet.merges), sheet.hidden_columns) == (1, {2, 3})


@pytest.mark.parametrize(
    "odd", ["<!-- a -->", "<?pi a?>", "<c><v>1</v></c>", '<c r="B1"><v><![CDATA[1]]></v></c>']
)
def test_the_quick_way_gives_up_where_it_is_not_certain(tmp_path: Path, odd: str) -> None:
    path = write_xml(tmp_path / "a.xlsx", f'<row r="1"><c r="A1"><v>1</v></c>{odd}</row>')
    with Archive(path) as file, pytest.raises(Odd):
        scan_sheet(file, "xl/worksheets/sheet1.xml", CellValues(file, "", "", False), is_quick=True)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_plain_cells_are_counted_without_being_parsed(tmp_path: Path, prefix: str) -> None:
    """As Excel, LibreOffice, openpyxl and the Open XML SDK write them."""
    rows = (
        '<row r="1" spans="1:3" ht="15"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"><v>2</v></c><c r="C1" s="1"/></row>'
        '<row r="2"><c r="A2" s="0"><f aca="false">B1</f><v>2</v></c><c s="0" t="n" r="B2"><v>3</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>a</t></is></c><c r="B3" s="1" /></row>'
    )
    sheet = f'<worksheet xmlns{":x" if prefix else ""}="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet += f"<sheetData>{rows}</sheetData></worksheet>"
    if prefix:
        sheet = sheet.replace("</", "<\0").replace("<", "<x:").replace("<x:\0", "</x:")
    path = write_xml(tmp_path / "a.xlsx", "", strings=STRINGS, parts={"xl/worksheets/sheet1.xml": sheet})
    with Archive(path) as file:
        scan = XlsxBook(file).scan("Blatt")
    assert (scan.plain, scan.cells) == (5, {})
    book = read_here(path)
    assert isinstance(book, Workbook)
    assert [cell.text for cell in book.sheets[0].cells] == ["a", "2", "2", "3", "a"]
