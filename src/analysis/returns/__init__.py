"""Turns one workbook into rows of the tables; every filled cell is taken for something."""

from .doubts import doubt
from .owners import found_in_name, unknown_dezernat
from .workbook_rows import Return, read_return

__all__ = ["Return", "doubt", "found_in_name", "read_return", "unknown_dezernat"]
