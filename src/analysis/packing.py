"""Columns of a table on their way between processes: lists while they are short, compressed slices where they are long.

Lists of a million texts would cost both processes many times the memory of the table that they become. So a long table
is packed slice by slice while it grows, and only the process that receives it needs Arrow, which turns each slice into
a part of the table.
"""

import gzip
import io
import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from .schema import COUNT, FLAG, TABLES, TEXT, YEAR

if TYPE_CHECKING:
    import pyarrow

Columns = dict[str, list[Any]]
MANY_ROWS: Final = 20_000


class Packer:
    """Packs one table while it grows: `add` takes the next rows, `finish` gives all of them."""

    def __init__(self, table: str) -> None:
        self._waiting: Columns = {name: [] for name in TABLES[table]}
        self._sink = io.BytesIO()
        self._file = gzip.GzipFile(fileobj=self._sink, mode="wb", compresslevel=1)
        self._is_long = False

    def add(self, columns: Columns) -> None:
        """Adds rows, a list of values per column of the table."""
        for name, waiting in self._waiting.items():
            waiting += columns[name]
        if len(next(iter(self._waiting.values()))) >= MANY_ROWS:
            self._write()

    def finish(self) -> Columns | bytes:
        """The columns as they are, or packed where they hold many rows."""
        if not self._is_long:
            return self._waiting
        self._write()
        self._file.close()
        return self._sink.getvalue()

    def _write(self) -> None:
        self._is_long = True
        # JSON, for what lies in a cache must be able to do nothing but be read.
        self._file.write(json.dumps(self._waiting).encode("ascii") + b"\n")
        self._waiting = {name: [] for name in self._waiting}


def pack(table: str, columns: Columns) -> Columns | bytes:
    """The columns as they are, or packed where they hold many rows."""
    count = len(next(iter(columns.values())))
    if count < MANY_ROWS:
        return columns
    packer = Packer(table)
    for start in range(0, count, MANY_ROWS):
        packer.add({name: values[start : start + MANY_ROWS] for name, values in columns.items()})
    return packer.finish()


def unpack(table: str, parts: Iterable[Columns | bytes]) -> "pyarrow.Table":
    """One Arrow table of all parts in their order, with exactly the columns of `table`."""
    joiner = Joiner(table)
    for part in parts:
        joiner.add(part)
    return joiner.finish()


class Joiner:
    """Joins the parts of one table as they come, so that never many rows wait as lists: `add`, then `finish`."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._waiting: Columns = {name: [] for name in TABLES[table]}
        self._joined: list[pyarrow.Table] = []

    def add(self, part: Columns | bytes) -> None:
        """Adds the next rows, packed or not."""
        for columns in _slices(part) if isinstance(part, bytes) else (part,):
            for name, waiting in self._waiting.items():
                waiting += columns[name]
            if len(next(iter(self._waiting.values()))) >= MANY_ROWS:
                self._join()

    def finish(self) -> "pyarrow.Table":
        """One Arrow table of all rows, with exactly the columns of the table."""
        import pyarrow

        self._join()
        return pyarrow.concat_tables(self._joined)

    def _join(self) -> None:
        self._joined.append(to_arrow(self._table, self._waiting))
        self._waiting = {name: [] for name in self._waiting}


def _slices(packed: bytes) -> Iterator[Columns]:
    with gzip.GzipFile(fileobj=io.BytesIO(packed)) as lines:
        yield from map(json.loads, lines)


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
