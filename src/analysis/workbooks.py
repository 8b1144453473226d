"""Opens a spreadsheet file, whatever its format, and gives its cells with addresses.

The file is read in one persistent worker process: a damaged workbook can abort the process that reads it or ask
for gigabytes, and one bad return must never stop the others.
"""

import atexit
import os
import pickle
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

TIME_LIMIT_SECONDS: Final = 60.0
_WORKER: Final = "from analysis.workbook_worker import serve; serve()"


class Cell(NamedTuple):
    """One filled cell: row and column from 1, its text, and the kind of its value.

    `kind` is text, number, date, bool, error, formula (a formula that the file stores no value of) or blank (a
    formula whose stored value is the empty string).
    """

    row: int
    column: int
    text: str
    kind: str


class Span(NamedTuple):
    """One merged range, first and last row and column included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its filled cells by row and column, and how many the file holds, counted on its own."""

    name: str
    visibility: str
    cells: tuple[Cell, ...]
    merges: tuple[Span, ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    nonempty: int


@dataclass(frozen=True)
class Workbook:
    """One workbook: its worksheets in the order of the file, hidden ones too."""

    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Unreadable:
    """A file that cannot be read: what was found instead of a workbook, in German, without a full stop."""

    reason: str


def column_letter(column: int) -> str:
    """The letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The A1 address of a cell."""
    return f"{column_letter(column)}{row}"


def read_workbook(path: Path) -> Workbook | Unreadable:
    """One workbook with all its worksheets, or the reason why the file cannot be read; never an exception."""
    return _worker.read(path)


class _Worker:
    """The process that reads; started with the first file, started anew after a file that killed it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, path: Path) -> Workbook | Unreadable:
        with self._lock:
            process = self._process
            if process is None or process.poll() is not None:
                process = self._process = _start()
            assert process.stdin is not None and process.stdout is not None
            timer = threading.Timer(TIME_LIMIT_SECONDS, process.kill)
            timer.start()
            try:
                _send(process.stdin, str(path))
                answer = pickle.load(process.stdout)
            except (OSError, EOFError, pickle.UnpicklingError):
                self._close()
                if timer.is_alive():
                    reason = "Die Datei ist beschädigt: Sie bringt das Leseprogramm zum Absturz"
                else:
                    reason = f"Die Datei ist in {TIME_LIMIT_SECONDS:.0f} Sekunden nicht zu lesen"
                return Unreadable(reason)
            except BaseException:
                # Interrupted: the answer on its way belongs to nobody.
                self._close()
                raise
            finally:
                timer.cancel()
            assert isinstance(answer, Workbook | Unreadable)
            return answer

    def _close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _start() -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path)
    return subprocess.Popen(
        [sys.executable, "-c", _WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )


def _send(stream: IO[bytes], value: Any) -> None:
    pickle.dump(value, stream)
    stream.flush()


_worker = _Worker()
atexit.register(_worker._close)
