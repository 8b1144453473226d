"""Numbers that know where they come from: an int with the rows it was counted from, marked where it is printed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final, Self

# So many rows of evidence are shown for one number; the others are told with their number.
MOST_ROWS: Final = 200
_PRIVATE_USE: Final = range(0xE000, 0xF900)


@dataclass(frozen=True)
class Row:
    """One thing that was counted: what it is, where it stands (each cell with its text), for how many it counts."""

    what: str
    workbook: str = ""
    sheet: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    count: int = 1


@dataclass(frozen=True)
class Evidence:
    """The rows behind one number: `heading` says what they are, `more` how many are not shown but stand in `table`."""

    heading: str
    rows: tuple[Row, ...]
    more: int = 0
    table: str = ""

    @property
    def total(self) -> int:
        """What the rows count, those not shown too."""
        return sum(row.count for row in self.rows) + self.more

    def __add__(self, other: "Evidence") -> "Evidence":
        heading = self.heading if self.heading == other.heading else "Gezählt"
        return shorten(heading, (*self.rows, *other.rows), self.table, self.more + other.more)


class Cited(int):
    """One number read from places, such as an age; `find` looks for them when somebody wants to see them."""

    _find: Callable[[], Evidence]
    _found: Evidence | None

    def __new__(cls, value: int, find: Callable[[], Evidence]) -> Self:
        """The number itself; printing it is a matter of `german`."""
        number = super().__new__(cls, value)
        number._find, number._found = find, None
        return number

    def evidence(self) -> Evidence:
        """Where the number comes from; it is looked for once."""
        if self._found is None:
            self._found = self._find()
        return self._found

    def __reduce__(self) -> tuple[type[int], tuple[int]]:
        """A copy elsewhere is a plain number: what it was counted from stays behind."""
        return int, (int(self),)


class Counted(Cited):
    """One number of rows. Adding two joins their rows, taking one from another leaves the other rows."""

    def evidence(self) -> Evidence:
        """The rows. Raises: ValueError where they are not as many as the number says."""
        evidence = super().evidence()
        if evidence.total != self:
            raise ValueError(f"{evidence.total} rows of evidence for the number {int(self)}")
        return evidence

    def __add__(self, other: int) -> int:
        if isinstance(other, Counted):
            return Counted(int(self) + int(other), lambda: self.evidence() + other.evidence())
        return self if other == 0 else int(self) + other

    __radd__ = __add__

    def __sub__(self, other: int) -> int:
        if not isinstance(other, Counted):
            return self if other == 0 else int(self) - other
        return Counted(int(self) - int(other), lambda: _without(self.evidence(), other.evidence()))


class Listed(tuple[str, ...]):
    """Names in a sentence, with the number of what they name."""

    number: int

    def __new__(cls, names: Iterable[str], number: int) -> Self:
        """The names; `count_of` gives their number."""
        listed = super().__new__(cls, names)
        listed.number = number
        return listed


def count_of(names: Sequence[str]) -> int:
    """How many names there are, with their evidence where somebody gave it."""
    return names.number if isinstance(names, Listed) else len(names)


def shorten(heading: str, rows: Sequence[Row], table: str = "", more: int = 0) -> Evidence:
    """The evidence of these rows, no more of them than anybody reads."""
    return Evidence(
        heading, tuple(rows[:MOST_ROWS]), more + sum(row.count for row in rows[MOST_ROWS:]), table
    )


@dataclass
class Collection:
    """The numbers printed so far; `mark` is a sign that stands nowhere in the text but around these."""

    mark: str
    numbers: list[Cited] = field(default_factory=list)


_CURRENT: ContextVar[Collection | None] = ContextVar("collection", default=None)


@contextmanager
def collecting(plain: str) -> Iterator[Collection]:
    """While this lasts, printed numbers are marked: sign, place in `numbers`, sign, words, sign.

    `plain` is the same text without marks: its words, which others wrote, can never pass for a mark.
    """
    mark = next(chr(code) for code in _PRIVATE_USE if chr(code) not in plain)
    collection = Collection(mark)
    token = _CURRENT.set(collection)
    try:
        yield collection
    finally:
        _CURRENT.reset(token)


def cite(number: Any, words: str) -> str:
    """The words that print a number, marked where its places are known and somebody collects them.

    Nothing leads anywhere from a zero: there is no row to show.
    """
    collection = _CURRENT.get()
    if collection is None or not isinstance(number, Cited) or not number:
        return words
    collection.numbers.append(number)
    return f"{collection.mark}{len(collection.numbers) - 1}{collection.mark}{words}{collection.mark}"


def after_mark(text: str) -> int:
    """Where the first word of a text begins: behind the sign and number of a mark, if it starts with one."""
    collection = _CURRENT.get()
    if collection is None or not text.startswith(collection.mark):
        return 0
    return text.index(collection.mark, 1) + 1


def _without(whole: Evidence, part: Evidence) -> Evidence:
    if whole.more or part.more:
        return Evidence(whole.heading, (), whole.total - part.total, whole.table)
    names = {row.what for row in part.rows}
    return Evidence(whole.heading, tuple(row for row in whole.rows if row.what not in names))
