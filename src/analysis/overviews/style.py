"""What every table shares: a caption, headings, and a sentence where there are no rows."""

from typing import Any, Final

import pandas as pd

from ..labels import dezernat_label, start_label
from ..publish.display import Prose, Table

Listing = Table | Prose

COUNT: Final = "Nennungen"
TITLE: Final = "Maßnahme"


def listing(
    frame: pd.DataFrame, caption: str, empty: str, row_headers: int = 1, note: str | None = None
) -> Listing:
    """One table, or the sentence `empty` where there are no rows."""
    if frame.empty:
        return Prose(empty)
    return Table(frame.reset_index(drop=True), caption=caption, row_headers=row_headers, note=note)


def label_dezernate(codes: Any) -> list[str]:
    """One label per Dezernat."""
    return [dezernat_label(code) for code in codes]


def label_starts(frame: pd.DataFrame) -> list[str]:
    """One label per row: the first year or its interval."""
    columns = ("start_earliest", "start_latest", "start_certainty")
    return [start_label(*values) for values in zip(*(frame[column] for column in columns), strict=True)]
