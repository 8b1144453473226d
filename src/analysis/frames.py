"""Rows of a table become a data frame with the columns and types of the schema."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from .schema import TABLES


def make_frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """One row per mapping, with exactly the columns and types of `table`; what a row leaves out is empty.

    Raises: KeyError where a row has a column that the table does not know.
    """
    columns: Mapping[str, Any] = TABLES[table]
    records = list(rows)
    for record in records:
        unknown = record.keys() - columns.keys()
        if unknown:
            raise KeyError(f"{table} has no column {', '.join(sorted(unknown))}")
    data = {
        name: pd.array([record.get(name) for record in records], dtype=kind) for name, kind in columns.items()
    }
    return pd.DataFrame(data, columns=list(columns))
