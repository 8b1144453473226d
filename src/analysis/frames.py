"""Rows or columns of a table become a data frame with the columns and types of the schema."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from .packing import Columns, unpack
from .schema import COUNT, FLAG, TABLES, YEAR

_DTYPES = {
    pa.large_string(): pd.StringDtype(na_value=np.nan),
    pa.int16(): pd.array([], YEAR).dtype,
    pa.int32(): pd.array([], COUNT).dtype,
    pa.bool_(): pd.array([], FLAG).dtype,
}


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
    return join_frames(table, [{name: [record.get(name) for record in records] for name in columns}])


def join_frames(table: str, parts: Iterable[Columns | bytes]) -> pd.DataFrame:
    """One row per row of the parts (see `packing`), with exactly the columns and types of `table`."""
    return to_frame(unpack(table, parts))


def to_frame(joined: pa.Table) -> pd.DataFrame:
    """The same rows as a data frame, with the types of the schema."""
    frame: pd.DataFrame = joined.to_pandas(types_mapper=_DTYPES.get, split_blocks=True)
    return frame
