"""What a file is says its content: workbooks under any name, tables in other files, and a sentence for the rest."""

import io
import zipfile
from pathlib import Path

import pytest
from make_workbooks import write_workbook
from workbook_files import ods_cell, ods_content, write_xml

from analysis.workbooks import Cell, Sheet, Span, Unreadable, Workbook
from analysis.workbooks.worker import read_here


def read(path: Path, content: bytes | str) -> Workbook | Unreadable:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_here(path)


def read_sheet(path: Path, content: bytes | str, what: str) -> Sheet:
    """The only worksheet of a file that is told to be no workbook."""
    book = read(path, content)
    assert isinstance(book, Workbook), book
    assert book.note == f"Die Datei ist keine Arbeitsmappe, sondern {what}; sie wurde als Tabelle gelesen"
    (sheet,) = book.sheets
    assert len(sheet.cells) == sheet.nonempty
    return sheet


def texts(sheet: Sheet) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, cell.text) for cell in sheet.cells]


def zipped(**entries: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return buffer.getvalue()


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def stream(name: str) -> bytes:
    return OLE2 + name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "Die Datei ist leer (0 Byte)"),
        (b" \r\n\t\n", "Die Datei enthält nur Leerzeichen"),
        (bytes(5_000), "Die Datei ist unvollständig: Sie beginnt mit Nullbytes"),
        (b"%PDF-1.4", "Die Datei ist ein PDF-Dokument"),
        (b"{\\rtf1", "Die Datei ist ein RTF-Dokument"),
        (b"\x89PNG\r\n", "Die Datei ist ein Bild (PNG)"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "Die Datei ist ein Bild (JPEG)"),
        (b"7z\xbc\xaf\x27\x1c", "Die Datei ist ein 7-Zip-Archiv"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "Die Datei ist eine Arbeitsmappe im Format von Excel 4"),
        (b"\x01\x02\x03\x04abc", "Die Datei ist keine Arbeitsmappe, sondern eine unbekannte Binärdatei"),
        (b"<html><p>Hallo</p></html>", "Die Datei ist eine HTML-Seite ohne erkennbare Tabelle"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "Die Datei ist eine HTML-Seite ohne erkennbare Tabelle"),
        (b'<?xml version="1.0"?><daten/>', "Die Datei ist eine XML-Datei"),
        (b"From: amt@example.org\r\nSubject: a;b\r\n\r\na;b\r\nc;d", "Die Datei ist eine E-Mail"),
        (zipped(**{"word/document.xml": ""}), "Die Datei ist ein Word-Dokument (.docx)"),
        (zipped(**{"ppt/slides/slide1.xml": ""}), "Die Datei ist eine PowerPoint-Präsentation (.pptx)"),
        (
            zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<a/>"}),
            "Die Datei ist ein Textdokument (.odt)",
        ),
        (zipped(**{"Index/Document.iwa": ""}), "Die Datei ist eine Datei aus Apple Numbers oder Pages"),
        (zipped(**{"a.txt": ""}), "Die Datei ist ein ZIP-Archiv"),
        (
            zipped(**{"Dez I.xlsx": "", "Dez II.ods": ""}),
            "Die Datei ist ein ZIP-Archiv, in dem 2 Arbeitsmappen stecken",
        ),
        (zipped(), "Die Datei ist ein leeres oder geteiltes ZIP-Archiv"),
        (stream("EncryptedPackage"), "Die Datei ist mit einem Kennwort geschützt"),
        (stream("WordDocument"), "Die Datei ist ein Word-Dokument (.doc)"),
        (stream("__substg1.0_0037001F"), "Die Datei ist eine Outlook-Nachricht (.msg)"),
        (
            stream("Contents"),
            "Die Datei ist ein altes Office-Dokument, aber keine Arbeitsmappe, oder sie ist beschädigt",
        ),
        (stream("Workbook"), "Die Datei ist unvollständig oder beschädigt"),
    ],
)
def test_a_file_that_is_no_workbook_is_named(tmp_path: Path, content: bytes, expected: str) -> None:
    assert read(tmp_path / "Dezernat IV.xlsx", content) == Unreadable(expected)


def test_a_workbook_is_known_under_any_name(tmp_path: Path) -> None:
    content = write_workbook(tmp_path / "a.xlsx", [["a"]]).read_bytes()
    book = read(tmp_path / "Dezernat IV.pdf", content)
    assert isinstance(book, Workbook)
    assert book.note is None


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_workbook_is_damaged(tmp_path: Path, share: float) -> None:
    content = write_workbook(tmp_path / "a.xlsx", [["a"] * 50] * 50).read_bytes()
    cut = content[: int(len(content) * share)]
    assert read(tmp_path / "a.xlsx", cut) == Unreadable("Die Datei ist unvollständig oder beschädigt")


def test_a_sheet_in_strict_open_xml_and_in_utf_16_is_read(tmp_path: Path) -> None:
    path = write_xml(tmp_path / "a.xlsx", "", parts={"xl/worksheets/sheet1.xml": UTF_16})
    book = read_here(path)
    assert isinstance(book, Workbook)
    assert texts(book.sheets[0]) == [(2, 2, "Köln")]


UTF_16 = (
    '<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main">'
    '<sheetData><row r="2"><c r="B2" t="str"><v>Köln</v></c></row></sheetData></worksheet>'
).encode("utf-16")

TABLE = (
    "Dezernat IV;;\r\nMaßnahme;Zielgruppe;Beginn\r\n"
    '"Café ""Miteinander"";\nmittwochs";Frauen, Mädchen;2009\r\nTreff;Jugendliche;1. 8. 2010\r\n'
)
CELLS = [
    (1, 1, "Dezernat IV"),
    (2, 1, "Maßnahme"),
    (2, 2, "Zielgruppe"),
    (2, 3, "Beginn"),
    (3, 1, 'Café "Miteinander";\nmittwochs'),
    (3, 2, "Frauen, Mädchen"),
    (3, 3, "2009"),
    (4, 1, "Treff"),
    (4, 2, "Jugendliche"),
    (4, 3, "1. 8. 2010"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_csv_file_is_read_as_a_table(tmp_path: Path, encoding: str, delimiter: str) -> None:
    content = TABLE.replace('";\nmitt', "\0").replace(";", delimiter).replace("\0", '";\nmitt')
    sheet = read_sheet(tmp_path / "a.xls", content.encode(encoding), "eine CSV-Datei")
    assert texts(sheet) == CELLS
    assert (sheet.name, sheet.cells[6].kind, sheet.cells[9].kind) == ("CSV", "number", "text")


@pytest.mark.parametrize(
    ("content", "count"),
    [
        ("Maßnahme,Beginn\nTreff,2009\nCafé,2010\n", 6),
        ("Maßnahme, Zielgruppe, Beginn\nTreff, Frauen, 2009\nCafé, Mädchen, 2010\n", 9),
        ("sep=;\nMaßnahme;Beginn\nTreff;2009\n", 4),
        ('Maßnahme;Beginn\n"Mutige Mädchen" Treff;2009\nCafé;2010\n', 6),
        ("Rückmeldung Dezernat V\n\nMaßnahme;Beginn;Ort\nTreff;2009;Porz\nCafé;;Kalk\n\nStand: Mai\n", 10),
    ],
)
def test_tables_of_many_hands_are_read(tmp_path: Path, content: str, count: int) -> None:
    assert len(read_sheet(tmp_path / "a.csv", content, "eine CSV-Datei").cells) == count


PROSE = (
    "Sehr geehrte Damen und Herren,\nvielen Dank für Ihre Anfrage, die wir gern beantworten.\n"
    "In unserem Haus, dem Amt für Kinder, gibt es keine Maßnahmen.\nMit freundlichen Grüßen, i. A.\nMeier\n"
)
CODE = "import os\n\ndef f(a, b):\n    return a, b\n\nprint(f(1, 2), f(3, 4))\nx = [1, 2]\ny = {3, 4}\n"
STYLE = "a { color: red; }\nb { color: blue; }\nint main() {\n  foo();\n  bar();\n  return 0;\n}\n"


@pytest.mark.parametrize(
    "content",
    [
        PROSE,
        CODE,
        STYLE,
        "foo();\nbar();\nbaz();\n",
        "\tfoo\n\tbar\n\tbaz\n",
        "Treff\nCafé\nWerkstatt\n",
        '{"a": 1,\n"b": 2,\n"c": 3}',
        "BEGIN:VCARD\nN:Meier;Anna\nTEL;WORK:0221\nEND:VCARD\n",
        "Ja, gern.\nNein, danke.\nBis bald, Anna\n",
        "Fehlanzeige",
        "Dezernat;Programm\r\n",
    ],
)
def test_what_is_no_table_is_not_taken_for_one(tmp_path: Path, content: str) -> None:
    assert read(tmp_path / "a.xls", content) == Unreadable(
        "Die Datei ist eine Textdatei ohne erkennbare Tabelle"
    )


PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"><title>Mappe1</title>
<style>td {color: red}</style><script>var table = "<td>x</td>";</script>
<!--[if gte mso 9]><xml><x:Name>Blatt</x:Name></xml><![endif]--></head>
<body><h1>Rückmeldung
 Dezernat IV</h1><table border=1>
<tr><th colspan=2>Maßnahme</th><th rowspan="2">Beginn</th></tr>
<tr><td>Titel<td>Ort</tr>
<tr style='display:none'><td>Café&nbsp;Miteinander<br>mittwochs <b>und</b> freitags</td><td>&nbsp;</td>
<td x:num>2009</td></tr>
<tr><td><p>Treff</p><p>Porz</p></td><td><script>alert(1)</script>&lt;script&gt;</td><td>1.8.2010</td></tr></table>
<p>Stand: Mai</p></body></html>"""


def test_the_table_of_a_web_page_is_read_with_the_text_around_it(tmp_path: Path) -> None:
    sheet = read_sheet(tmp_path / "a.xls", PAGE, "eine HTML-Seite")
    assert texts(sheet) == [
        (1, 1, "Rückmeldung Dezernat IV"),
        (2, 1, "Maßnahme"),
        (2, 3, "Beginn"),
        (3, 1, "Titel"),
        (3, 2, "Ort"),
        (4, 1, "Café Miteinander\nmittwochs und freitags"),
        (4, 3, "2009"),
        (5, 1, "Treff\nPorz"),
        (5, 2, "<script>"),
        (5, 3, "1.8.2010"),
        (6, 1, "Stand: Mai"),
    ]
    assert sheet.merges == (Span(2, 1, 2, 2), Span(2, 3, 3, 3))
    assert sheet.hidden_rows == {4}


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>nur eine Zelle</td></tr></table>",
        "<table><tr><td>Menü</td></tr><tr><td>Impressum</td></tr></table>",
        "<table><tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table></td></tr></table>",
    ],
)
def test_a_table_that_only_arranges_a_page_is_none(tmp_path: Path, table: str) -> None:
    book = read(tmp_path / "a.xls", f"<html><body>{table}</body></html>")
    assert book == Unreadable("Die Datei ist eine HTML-Seite ohne erkennbare Tabelle")


@pytest.mark.parametrize(
    "span", ["colspan=1000000", "rowspan=99999999999 colspan=1000", "colspan=0", "rowspan=-1"]
)
def test_spans_of_a_web_page_are_bounded(tmp_path: Path, span: str) -> None:
    row = f"<tr><td {span}>a</td><td>b</td></tr>"
    book = read(tmp_path / "a.xls", f"<table>{row * 3}</table>")
    assert isinstance(book, Workbook)
    assert all(merge.right <= 16384 and merge.bottom <= 70_000 for merge in book.sheets[0].merges)


@pytest.mark.parametrize(
    "end", ["<!", "<!--", "<!--a-->", "<a", "</", "<?", "<![CDATA[", "<!DOCTYPE", "<td b='"]
)
def test_a_page_that_never_ends_its_tags_is_read_up_to_there(tmp_path: Path, end: str) -> None:
    table = "<table><tr><td>Titel<td>Beginn<tr><td>Treff<!-- x --><td>2009"
    sheet = read_sheet(tmp_path / "a.xls", table + end * 100_000, "eine HTML-Seite")
    assert texts(sheet) == [(1, 1, "Titel"), (1, 2, "Beginn"), (2, 1, "Treff"), (2, 2, "2009")]


def test_a_page_with_too_many_columns_is_refused(tmp_path: Path) -> None:
    row = "<tr>" + "<td colspan=1000 rowspan=9>a</td>" * 17 + "</tr>"
    assert read(tmp_path / "a.xls", f"<table>{row}</table>") == Unreadable(
        "Die Datei hat mehr als 16384 Spalten"
    )


WEB_ARCHIVE = (
    "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"
    'Content-Type: multipart/related; boundary="----=_Teil"\r\n\r\n------=_Teil\r\n'
    'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    "<table><tr><td>Ma=C3=9Fnahme<td>Beginn<tr><td>Treff<td>2009</table>\r\n------=_Teil--\r\n"
)


def test_a_web_page_in_one_file_is_read(tmp_path: Path) -> None:
    sheet = read_sheet(tmp_path / "a.xls", WEB_ARCHIVE, "eine Webseite in einer Datei")
    assert texts(sheet) == [(1, 1, "Maßnahme"), (1, 2, "Beginn"), (2, 1, "Treff"), (2, 2, "2009")]


XML_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Abfrage"><Table><Column/><Column ss:Hidden="1" ss:Span="1"/>
<Row ss:Index="3"><Cell ss:MergeAcross="1"><Data ss:Type="String">Maßnahme</Data>
<Comment ss:Author="x"><ss:Data><B>bitte</B> prüfen</ss:Data></Comment></Cell>
<Cell><Data ss:Type="DateTime">2009-08-01T00:00:00.000</Data></Cell></Row>
<Row ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="Number">2009</Data></Cell>
<Cell ss:Formula="=R1C1"/><Cell><Data ss:Type="Error">#REF!</Data></Cell><Cell/></Row>
</Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"""


def test_a_workbook_in_one_xml_file_is_read(tmp_path: Path) -> None:
    sheet = read_sheet(tmp_path / "a.xls", XML_2003, "eine XML-Datei von Excel 2003")
    assert sheet.cells == (
        Cell(3, 1, "Maßnahme", "text"),
        Cell(3, 3, "2009-08-01", "date"),
        Cell(4, 2, "2009", "number"),
        Cell(4, 3, "=R1C1", "formula"),
        Cell(4, 4, "#REF!", "error"),
    )
    assert (sheet.name, sheet.visibility, sheet.merges) == ("Abfrage", "hidden", (Span(3, 1, 3, 2),))
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({4}, {2, 3})
    assert sheet.comments == {(3, 1): "bitte prüfen"}


def test_a_flat_opendocument_sheet_is_read(tmp_path: Path) -> None:
    style = '<style:style style:name="ta1"><style:table-properties table:display="false"/></style:style>'
    row = f"<table:table-row>{ods_cell('Treff')}</table:table-row>"
    table = f'<table:table table:name="a" table:style-name="ta1">{row}</table:table>'
    content = ods_content(table, style, element="document")
    sheet = read_sheet(tmp_path / "a.ods", content, "eine OpenDocument-Tabelle in einer XML-Datei (.fods)")
    assert (texts(sheet), sheet.visibility) == ([(1, 1, "Treff")], "hidden")


@pytest.mark.parametrize("content", [XML_2003, ods_content("", element="document")])
def test_entities_in_xml_files_are_refused(tmp_path: Path, content: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb">]>'
    head, start, rest = content.partition("<Workbook" if "<Workbook" in content else "<office:document")
    assert read(tmp_path / "a.xls", head + bomb + start + rest) == Unreadable(
        "Die Datei ist unvollständig oder beschädigt"
    )
