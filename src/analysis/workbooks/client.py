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
from pathlib import Path
from typing import IO, Any, Final

from .cells import Unreadable, Workbook

TIME_LIMIT_SECONDS: Final = 60.0
_WORKER: Final = "from analysis.workbooks.worker import serve; serve()"


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
