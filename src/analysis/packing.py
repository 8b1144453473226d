"""Columns of a table on their way between processes: lists while they are short, Arrow bytes where they are long.

Lists of a million texts would cost the receiver many times the memory of the table that they become.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from .schema import COUNT, FLAG, TABLES, TEXT, YEAR

if TYPE_CHECKING:
    import pyarrow

Columns = dict[str, list[Any]]
MANY_ROWS: Final = 20_000


def pack(table: str, columns: Columns) -> Columns | bytes:
    """The columns as they are, or as Arrow bytes where they hold many rows."""
    if len(next(iter(columns.values()))) < MANY_ROWS:
        return columns
    import pyarrow

    arrow = to_arrow(table, columns)
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, arrow.schema) as writer:
        writer.write_table(arrow)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def unpack(table: str, parts: Sequence[Columns | bytes]) -> "pyarrow.Table":
    """One Arrow table of all parts in their order, with exactly the columns of `table`."""
    import pyarrow

    tables = []
    short: Columns = {name: [] for name in TABLES[table]}
    for part in parts:
        if isinstance(part, bytes):
            tables += [to_arrow(table, short), pyarrow.ipc.open_stream(part).read_all()]
            short = {name: [] for name in TABLES[table]}
        else:
            for name, values in short.items():
                values.extend(part[name])
    return pyarrow.concat_tables([*tables, to_arrow(table, short)])


def to_arrow(table: str, columns: Columns) -> "pyarrow.Table":
    """One Arrow table of the columns, in the order and with the types of the schema."""
    import pyarrow

    kinds = {
        TEXT: pyarrow.large_string(),
        YEAR: pyarrow.int16(),
        COUNT: pyarrow.int32(),
        FLAG: pyarrow.bool_(),
    }
    return pyarrow.table(
        {name: pyarrow.array(columns[name], kinds[kind]) for name, kind in TABLES[table].items()}
    )
