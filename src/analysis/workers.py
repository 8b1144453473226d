"""Persistent processes that call one function on many items, each under a limit of memory and of time.

A damaged workbook can abort the process that reads it, ask for gigabytes or keep it busy for ever. It then costs
one process, which is replaced, and one item, whose answer is a `Failure`.
"""

import atexit
import contextlib
import gc
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Generic, TypeVar

MEMORY_LIMIT_BYTES: Final = 1024**3
_LARGE_BYTES: Final = MEMORY_LIMIT_BYTES // 4
_AHEAD: Final = 4  # items on their way to a process that still works on another
_SERVE: Final = "from analysis.workers import serve; serve()"

Item = TypeVar("Item")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Failure:
    """No answer: the process died of this item, had no memory left (`timed_out` is False), or did not end in time."""

    timed_out: bool


class Run(Generic[Item, Answer]):
    """The answers of `function` on all items, being worked out from the moment this object is made.

    `function` is a module's own function, `seconds` how long it may take on an item. Iterating gives one answer or
    `Failure` per item, in the order of the items.
    """

    def __init__(
        self,
        function: Callable[[Item], Answer],
        items: Sequence[Item],
        seconds: Callable[[Item], float],
        processes: int = 1,
    ) -> None:
        self._function, self._items, self._seconds = function, items, seconds
        self._answers: list[Answer | Failure | BaseException | None] = [None] * len(items)
        self._done = [threading.Event() for _ in items]
        self._next = iter(range(len(items)))
        self._lock = threading.Lock()
        self._processes = [_take_process() for _ in range(min(processes, len(items)))]
        for process in self._processes:
            threading.Thread(target=self._work, args=(process,), daemon=True).start()

    def __iter__(self) -> Iterator[Answer | Failure]:
        try:
            for number, done in enumerate(self._done):
                done.wait()
                answer, self._answers[number] = self._answers[number], None
                if isinstance(answer, BaseException):
                    raise answer
                yield answer  # type: ignore[misc]
        except BaseException:
            # Interrupted, or a defect in `function`: the answers still to come belong to nobody.
            self._next = iter(())
            if not all(done.is_set() for done in self._done):
                for process in self._processes:
                    process.end()
            raise

    def _work(self, process: "_Process") -> None:
        pending: deque[int] = deque()
        while True:
            while len(pending) < _AHEAD and (number := self._take()) is not None:
                process.send(self._function, self._items[number])
                pending.append(number)
            if not pending:
                break
            number = pending.popleft()
            try:
                answer = process.receive(self._seconds(self._items[number]))
                if not process.is_running:
                    for again in pending:
                        process.send(self._function, self._items[again])
                self._answers[number] = answer
            except BaseException as error:
                self._answers[number] = error
            self._done[number].set()
        _idle.append(process)

    def _take(self) -> int | None:
        with self._lock:
            return next(self._next, None)


class _Process:
    """One process; started with the first item, and anew after an item that killed it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the process waits for items; one that has ended has lost those that it did not answer."""
        return self._process is not None

    def send(self, function: Callable[[Any], Any], item: Any) -> None:
        if self._process is None:
            self._process = _start()
        assert self._process.stdin is not None
        # A process that has just died says so when its answer is awaited.
        with contextlib.suppress(OSError):
            pickle.dump((function, item), self._process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()

    def receive(self, seconds: float) -> Any:
        """The answer to the oldest item sent; the process ends with a `Failure`, and once it has grown large."""
        if self._process is None:
            return Failure(timed_out=False)
        assert self._process.stdout is not None
        timer = threading.Timer(seconds, self._process.kill)
        timer.start()
        try:
            is_answer, value, is_large = pickle.load(self._process.stdout)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            timed_out = not timer.is_alive()
            self.end()
            return Failure(timed_out)
        finally:
            timer.cancel()
        if is_large:
            self.end()
        if not is_answer:
            raise value
        return value

    def end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    pipe.close()  # type: ignore[union-attr]


def count_processes(most: int) -> int:
    """As many processes as there are cores for this program, but not more than `most`."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(most, cores))


_idle: list[_Process] = []


def _take_process() -> _Process:
    try:
        return _idle.pop()
    except IndexError:
        return _Process()


@atexit.register
def end_all() -> None:
    """Ends the processes that wait for work."""
    while _idle:
        _idle.pop().end()


# A forked child must not talk to its parent's processes.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)


def _start() -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path)
    return subprocess.Popen(
        [sys.executable, "-c", _SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Arrow's own pool would reserve more addresses than a process may have here.
        env={**os.environ, "PYTHONPATH": paths, "ARROW_DEFAULT_MEMORY_POOL": "system"},
    )


def serve() -> None:
    """Answers calls from standard input on standard output until the input ends; runs in the other process."""
    _limit_memory()
    calls, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    # What an item leaves behind is looked through once it is answered, not again and again while it grows.
    gc.disable()
    while True:
        try:
            function, item = pickle.load(calls)
        except (EOFError, KeyboardInterrupt):
            return
        try:
            _answer(function, item, answers)
        except MemoryError:
            os._exit(1)  # the next process begins with all of its memory
        del item
        gc.collect(0)


def _answer(function: Callable[[Any], Any], item: Any, answers: IO[bytes]) -> None:
    is_answer = True
    try:
        value = function(item)
    except MemoryError:
        raise
    except Exception as error:
        is_answer, value = False, error
    pickle.dump((is_answer, value, _is_large()), answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _is_large() -> bool:
    """Whether this process holds more memory than one should that waits; it gives little of it back by itself.

    Told where Linux tells it: the peak that every system tells counts that of the process which started this one.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") > _LARGE_BYTES
    except (OSError, ValueError):
        return False


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
