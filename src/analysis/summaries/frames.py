"""Small frames with named types, so that a summary without rows still has its columns."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from ..schema import COUNT, TEXT


def frame_of(rows: Iterable[Mapping[str, Any]], **columns: Any) -> pd.DataFrame:
    """One row per mapping, with exactly these columns and types."""
    records = list(rows)
    return pd.DataFrame(
        {name: pd.array([record[name] for record in records], dtype=kind) for name, kind in columns.items()},
        columns=list(columns),
    )


def counts_of(frame: pd.DataFrame, name: str, names: Iterable[str]) -> pd.DataFrame:
    """One row per name, also where `frame` has none of it: how many rows have it in the column `name`.

    Columns: name, programme_count.
    """
    found = frame[name].value_counts()
    rows = [{name: value, "programme_count": int(found.get(value, 0))} for value in names]
    return frame_of(rows, **{name: TEXT, "programme_count": COUNT})


def years_of(frame: pd.DataFrame, column: str) -> list[int | None]:
    """One item per row: the whole number, or None where the cell is empty."""
    return [None if pd.isna(value) else int(value) for value in frame[column]]


def texts_of(frame: pd.DataFrame, column: str) -> list[str | None]:
    """One item per row: the text, or None where the cell is empty."""
    return [None if pd.isna(value) else str(value) for value in frame[column]]
