"""Makes workbooks part by part, so that tests can write what no programme would."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OPEN_DOCUMENT = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "style", "drawing")
)


def write_xml(
    path: Path,
    rows: str,
    *,
    strings: str = "",
    workbook: str | None = None,
    before: str = "",
    after: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    relations: str = "",
    sheets: int = 1,
) -> Path:
    """A workbook of worksheets with just this XML in `sheetData`; `relations` belong to the first worksheet."""
    names = range(1, sheets + 1)
    entries = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SPREADSHEET}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_SPREADSHEET}.sharedStrings+xml"/></Types>',
        "_rels/.rels": _relations(
            f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            "".join(
                f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                for n in names
            )
            + f'<Relationship Id="rIdS" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="rIdT" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        ),
        "xl/workbook.xml": workbook
        or f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets>'
        + "".join(
            f'<sheet name="{"Blatt" if n == 1 else f"Blatt{n}"}" sheetId="{n}" r:id="rId{n}"/>' for n in names
        )
        + "</sheets></workbook>",
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{strings}</sst>",
        "xl/styles.xml": f'<styleSheet {_MAIN}><numFmts count="1"><numFmt numFmtId="164" '
        'formatCode="[$-407]d\\. mmmm yyyy;@"/></numFmts><cellXfs count="3"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    }
    sheet = f"<worksheet {_MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    entries |= {f"xl/worksheets/sheet{n}.xml": sheet for n in names}
    if relations:
        entries["xl/worksheets/_rels/sheet1.xml.rels"] = _relations(relations)
    return write_zip(path, {**entries, **(parts or {})})


def _relations(relations: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def relation(kind: str, target: str) -> str:
    """A relation of a worksheet to another part."""
    return f'<Relationship Id="r{kind}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


def write_ods(path: Path, tables: str, styles: str = "") -> Path:
    """An OpenDocument spreadsheet with this XML for its tables."""
    return write_zip(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ods_content(tables, styles),
        },
    )


def ods_content(tables: str, styles: str = "", element: str = "document-content") -> str:
    return (
        f"<office:{element} {_OPEN_DOCUMENT}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:{element}>"
    )


def ods_cell(text: str, attributes: str = "", inside: str = "") -> str:
    """A cell with a text, in the XML of an OpenDocument spreadsheet."""
    return (
        f'<table:table-cell office:value-type="string" {attributes}>{inside}<text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def write_zip(path: Path, entries: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return path


def read_zip(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}
