"""A doubt is a row of `problems`; only input that cannot be used at all is an exception."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


class InputError(Exception):
    """The input cannot be used: one clear German line that says what, where and what to do."""


@dataclass(frozen=True)
class Problem:
    """One doubt about one cell (or, with an empty cell, about a sheet, a workbook or the survey).

    `found` is what stands there, `expected` what would have been understood (or the candidate that was
    not taken on trust), `message` one German sentence that says what to do.
    """

    severity: Severity
    code: str
    message: str
    workbook: str | None = None
    sheet: str | None = None
    cell: str | None = None
    field: str | None = None
    found: str | None = None
    expected: str | None = None

    def as_row(self) -> Mapping[str, str | None]:
        """One row of the table `problems`."""
        return asdict(self)
