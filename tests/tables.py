"""Long tables of examples in one test: thousands of tests of a line each would cost more than what they try."""

from collections.abc import Iterable


def deviating(compared: Iterable[tuple[object, object, object]]) -> list[str]:
    """One line per row (what was read, what came of it, what was wanted) of which something else came."""
    rows = list(compared)
    assert rows, "an empty table proves nothing"
    return [f"{read!r}: {found!r}, not {wanted!r}" for read, found, wanted in rows if found != wanted]
