"""The only package that opens a spreadsheet: files in, cells with addresses out."""

from .cells import Cell, Sheet, Span, Unreadable, Workbook, address, column_letter
from .client import read_workbook

__all__ = ["Cell", "Sheet", "Span", "Unreadable", "Workbook", "address", "column_letter", "read_workbook"]
