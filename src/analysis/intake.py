"""Takes in the files of a survey folder: each from its bytes to rows of the tables, in another process."""

from __future__ import annotations

import contextlib
import datetime
import json
import sys
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .cache import Cache, key_of
from .codelists import CodeLists, read_codes
from .corrections import Corrections
from .digests import digest_of, digest_of_file, package_digest
from .packing import Columns, pack
from .problems import InputError, Problem
from .returns.doubts import doubt
from .workbooks import Unreadable
from .workbooks.client import describe_failure, seconds_for
from .workers import Failure, Run, count_processes

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

# One process more, or one batch for an executor, for every so many bytes: starting it costs as much as reading them.
_BATCH_BYTES: Final = 500_000
_BATCHES_AHEAD: Final = 64  # enough for many machines, and what waits to be fetched stays small
# Rooms of the package that taking in a file does not depend on: what comes of all returns, shows or runs.
_OF_ALL_RETURNS: Final = ("cross_checks", "frames", "store", "survey", "survey_config", "survey_folder")
_OF_RESULTS: Final = ("charts", "evidence", "findings", "overviews", "reading", "summaries", "survey_card")
_OF_RUNNING: Final = ("__main__", "doctor", "exploring", "labels", "report", "running", "side_by_side")
NOT_INTAKE: Final = frozenset((*_OF_ALL_RETURNS, *_OF_RESULTS, *_OF_RUNNING))


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

    def as_bytes(self) -> bytes:
        """The same as bytes, to be sent or kept: they hold data only, unlike a pickle, which can run code."""
        packed = [part for part in self.tables.values() if isinstance(part, bytes)]
        tables = {name: len(part) if isinstance(part, bytes) else part for name, part in self.tables.items()}
        head = json.dumps([self.statuses, tables, [asdict(problem) for problem in self.problems]])
        head_packed = zlib.compress(head.encode("ascii"), 1)
        return b"".join([len(head_packed).to_bytes(8, "big"), head_packed, *packed])

    @classmethod
    def from_bytes(cls, content: bytes) -> Intake:
        """What `as_bytes` was made from."""
        end = 8 + int.from_bytes(content[:8], "big")
        statuses, tables, problems = json.loads(zlib.decompress(content[8:end]))
        for name, part in tables.items():
            if isinstance(part, int):
                tables[name] = content[end : end + part]
                end += part
        return cls(
            [(dezernat, status, count) for dezernat, status, count in statuses],
            tables,
            [Problem(**problem) for problem in problems],
        )

    @property
    def is_readable(self) -> bool:
        """Whether the file is a workbook at all."""
        return all(status != "unreadable" for _, status, _ in self.statuses)


def take_in_all(
    tasks: Sequence[Task], *, executor: Executor | None = None, cache: Cache | None = None
) -> Iterator[Intake]:
    """One item per task, in their order; the work begins at once, not with the first item asked for.

    What the cache holds is not read again, and what was read goes there; but what could not be read, for that may lie
    with the machine. `executor` reads instead of processes of this one.
    Raises: InputError where the executor does not answer, or reads other files than these.
    """
    keys = [_key_of(task) for task in tasks] if cache or executor else [""] * len(tasks)
    kept = [cache.get(key) if cache else None for key in keys]
    missing = [(task, key) for task, key, piece in zip(tasks, keys, kept, strict=True) if piece is None]
    if executor is not None:
        return _gather(tasks, keys, kept, _Elsewhere(missing, executor), cache)
    size = sum(task.path.stat().st_size for task, _ in missing)
    return _gather(tasks, keys, kept, _run([task for task, _ in missing], 1 + size // _BATCH_BYTES), cache)


def _gather(
    tasks: Sequence[Task],
    keys: Sequence[str],
    kept: Sequence[bytes | None],
    answers: Iterable[bytes | Failure],
    cache: Cache | None,
) -> Iterator[Intake]:
    """What is kept and, where nothing is, the next answer; an answer of today is kept for the next time."""
    answers = iter(answers)
    for task, key, piece in zip(tasks, keys, kept, strict=True):
        answer = next(answers) if piece is None else piece
        if isinstance(answer, Failure):
            yield _unreadable(task, describe_failure(answer, task.path))
            continue
        intake = Intake.from_bytes(answer)
        # A file that was saved while it was read must not lie under the key of what it was before.
        if cache and piece is None and intake.is_readable and _key_of(task) == key:
            cache.put(key, answer)
        yield intake


def _run(tasks: Sequence[Task], processes: int) -> Run[Task, bytes]:
    return Run(_take_in_packed, tasks, lambda task: seconds_for(task.path), count_processes(processes))


class _Elsewhere:
    """The answers of an executor in the order of the work, of which some batches at a time are on their way."""

    def __init__(self, work: Sequence[tuple[Task, str]], executor: Executor) -> None:
        self._executor = executor
        self._batches = _in_batches(work)
        self._waiting: deque[Future[list[bytes | Failure]]] = deque()
        for _ in range(_BATCHES_AHEAD):
            self._submit()

    def __iter__(self) -> Iterator[bytes | Failure]:
        try:
            while self._waiting:
                with self._said_plainly():
                    answers = self._waiting[0].result()
                self._waiting.popleft()
                self._submit()
                yield from answers
        finally:
            for future in self._waiting:
                future.cancel()

    def _submit(self) -> None:
        if batch := next(self._batches, None):
            with self._said_plainly():
                self._waiting.append(self._executor.submit(_take_in_batch, batch))

    @contextlib.contextmanager
    def _said_plainly(self) -> Iterator[None]:
        try:
            yield
        except InputError:
            raise
        except Exception as error:
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            raise InputError(
                f"Mit dem Executor {type(self._executor).__name__} ließen sich die Rückmeldungen nicht lesen "
                f"({reason}). Bitte ihn neu starten oder ohne ihn lesen."
            ) from error


def _in_batches(work: Iterable[tuple[Task, str]]) -> Iterator[list[tuple[Task, str]]]:
    batch: list[tuple[Task, str]] = []
    size = 0
    for item in work:
        batch.append(item)
        size += item[0].path.stat().st_size
        if size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _take_in_batch(work: Sequence[tuple[Task, str]]) -> list[bytes | Failure]:
    """One answer per task, read under the usual guards wherever an executor calls this."""
    for task, key in work:
        if digest_of_lists(task.codes_folder) != task.codes_digest or _key_of(task) != key:
            raise InputError(
                f"{task.path}: Wo der Executor liest, liegt diese Datei nicht, oder Datei, Codelisten, Python oder "
                "dieses Programm sind dort andere. Bitte denselben Ordner und dieselbe Umgebung bereitstellen."
            )
    return list(_run([task for task, _ in work], 1))


def digest_of_lists(folder: Path) -> str:
    """A digest of the code lists in a survey's folder of code lists."""
    return digest_of(folder.glob("*.csv"), folder.parent)


def _key_of(task: Task) -> str:
    """One key for all that the reading of a file depends on; no file is read like none that there is."""
    from importlib.metadata import version  # here, because no process that reads has a use for it

    with contextlib.suppress(OSError):
        return key_of(
            "intake",
            digest_of_file(task.path),
            task.name,
            task.reference_date.isoformat(),
            task.codes_digest,
            json.dumps(task.corrections.by_workbook.get(task.name, [])),
            package_digest(NOT_INTAKE),
            sys.version,
            version("python-calamine"),
        )
    return ""


def _take_in_packed(task: Task) -> bytes:
    return take_in(task).as_bytes()


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
