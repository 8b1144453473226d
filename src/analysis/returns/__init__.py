"""Turns one workbook into rows of the tables; every filled cell is taken for something."""

from .doubts import doubt
from .notices import notice_file
from .owners import found_in_name, unknown_dezernat
from .privacy import redact, redact_names
from .workbook_rows import Return, read_return

__all__ = [
    "Return",
    "doubt",
    "found_in_name",
    "notice_file",
    "read_return",
    "redact",
    "redact_names",
    "unknown_dezernat",
]
