"""Builds tables as columns: a list per column is cheap to make and to send, a dictionary per row is not."""

from typing import Any

from ..packing import Columns
from ..schema import TABLES

Row = dict[str, Any]


def empty_columns(table: str) -> Columns:
    """The columns of a table, without rows."""
    return {name: [] for name in TABLES[table]}


def add_row(columns: Columns, row: Row) -> None:
    """Adds one row to the columns of a table."""
    for name, values in columns.items():
        values.append(row[name])
