"""Takes in the files of a survey folder: each from its bytes to rows of the tables, in another process."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from .codelists import CodeLists, read_codes
from .corrections import Corrections
from .packing import Columns, pack
from .problems import Problem
from .returns.doubts import doubt
from .workbooks import Unreadable
from .workbooks.client import describe_failure, seconds_for
from .workers import Failure, Run, count_processes

# One process more for every so many bytes: starting it costs as much as reading them.
_BYTES_PER_PROCESS: Final = 500_000


@dataclass(frozen=True)
class Task:
    """One file to take in, with all that its reading depends on.

    `name` is the file's name as the tables show it, `codes_digest` changes whenever a code list in `codes_folder` does.
    """

    path: Path
    name: str
    reference_date: datetime.date
    codes_folder: Path
    codes_digest: str
    corrections: Corrections


@dataclass(frozen=True)
class Intake:
    """What one file gives to the tables, to be sent; `statuses` has one (dezernat, status, count) per Dezernat."""

    statuses: list[tuple[str | None, str, int]]
    tables: dict[str, Columns | bytes]
    problems: list[Problem]

    @property
    def is_readable(self) -> bool:
        """Whether the file is a workbook at all."""
        return all(status != "unreadable" for _, status, _ in self.statuses)


def take_in_all(tasks: Sequence[Task]) -> Iterator[Intake]:
    """One item per task, in their order; the work begins at once, not with the first item asked for."""
    size = sum(task.path.stat().st_size for task in tasks)
    run = Run(
        take_in, tasks, lambda task: seconds_for(task.path), count_processes(1 + size // _BYTES_PER_PROCESS)
    )
    return (
        _unreadable(task, describe_failure(answer, task.path)) if isinstance(answer, Failure) else answer
        for task, answer in zip(tasks, run, strict=True)
    )


def take_in(task: Task) -> Intake:
    """The rows that one file gives, or why it gives none; never an exception for what is in the file."""
    # Here, because only the process that reads is to pay for the parsers.
    from .returns.notices import notice_file
    from .returns.workbook_rows import read_return
    from .workbooks.worker import read_here

    codes = _read_codes(task.codes_folder, task.codes_digest)
    book = read_here(task.path)
    if isinstance(book, Unreadable):
        return _unreadable(task, book)
    corrections, misfits = task.corrections.fit(task.name, book)
    result = read_return(task.name, book, task.reference_date, codes, corrections)
    problems = [*result.problems, *misfits]
    if book.note:
        problems.append(notice_file(task.name, book.note))
    tables = {
        table: part if isinstance(part, bytes) else pack(table, part) for table, part in result.tables.items()
    }
    return Intake(result.statuses, tables, problems)


@lru_cache(maxsize=2)
def _read_codes(folder: Path, digest: str) -> CodeLists:
    return read_codes(folder)


def _unreadable(task: Task, book: Unreadable) -> Intake:
    from .returns.owners import found_in_name, unknown_dezernat

    owners = found_in_name(task.name, _read_codes(task.codes_folder, task.codes_digest))
    problems = [
        doubt(
            "unreadable_workbook",
            f"{book.reason}; bitte die Rückmeldung als Excel-Datei (.xlsx) neu anfordern.",
            workbook=task.name,
            found=book.reason,
            expected="eine lesbare Arbeitsmappe (.xlsx, .xlsm, .xlsb, .xls oder .ods)",
        )
    ]
    if not owners:
        problems.append(unknown_dezernat(task.name))
    return Intake([(next(iter(owners), None), "unreadable", 0)], {}, problems)
