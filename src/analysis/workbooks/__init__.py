"""The only package that opens a spreadsheet: files in, cells with addresses out.

The way in:
    client         one file, read in another process
    worker         one file, read in this process: values by python-calamine, the rest and the count by our scans
    file_kinds     what a file is, whatever its ending says

What comes out:
    cells          workbooks, worksheets and cells as plain data; A1 addresses
    values         what a value says as text
    ranges         many addresses in few words

Our scans:
    scan           what a scan finds in a worksheet
    archive        a ZIP file, unpacked within limits
    xlsx_scan      xlsx: the worksheets of a workbook
    xlsx_sheet     xlsx: one worksheet
    xlsx_values    xlsx: raw values
    xlsx_comments  xlsx: comments
    xlsb_scan      xlsb
    xls_scan       xls
    ods_scan       ods, and the same as one XML file

Files that are no workbooks but hold a table:
    text_files     which of these a text is
    csv_table      CSV
    html_table     HTML
    xml_2003       the XML of Excel 2003
"""

from .cells import LAST_COLUMN, Cell, Sheet, Span, Unreadable, Workbook, address, column_letter, split_address
from .client import read_workbook

__all__ = [
    "LAST_COLUMN",
    "Cell",
    "Sheet",
    "Span",
    "Unreadable",
    "Workbook",
    "address",
    "column_letter",
    "read_workbook",
    "split_address",
]
