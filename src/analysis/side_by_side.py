"""Does jobs in processes of their own, as many at a time as there are cores.

Where the system can fork, each process is a copy of this one: what is imported and read here is there at once, and
nothing that one job does is seen by another. Elsewhere (Windows, macOS) each starts anew. None outlives this one.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from typing import Any, Final

from .problems import InputError
from .workers import count_processes

CAN_FORK: Final = sys.platform.startswith("linux")
_SECONDS_BETWEEN_LOOKS: Final = 0.1


def _nothing_more(result: Any) -> Sequence["Job"]:
    return ()


@dataclass(frozen=True)
class Job:
    """One piece of work: a module's own function and its arguments, and what people are told of it.

    `then` takes the result, in the process that began it all, and gives the jobs that it makes possible.
    """

    label: str
    work: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    then: Callable[[Any], Sequence["Job"]] = _nothing_more


class Watch:
    """Hears of each job by its label; this one says nothing."""

    def starts(self, label: str) -> None:
        """A job has begun."""

    def waits(self) -> None:
        """Some time has passed."""

    def ends(self, label: str) -> None:
        """A job is over, well or not."""


def do_all(jobs: Iterable[Job], watch: Watch, scratch: Path | None = None) -> list[str]:
    """Do the jobs in their order, and what follows from one before what still waits.

    Temporary files of the jobs lie in `scratch`, for whoever made that to remove, also when a job was ended.
    One line for each job that could not be done comes back; it stops none of the others.
    Raises: RuntimeError for a defect of ours.
    """
    waiting, running, failed = list(jobs), dict[connection.Connection, tuple[Job, Any]](), []
    at_a_time = count_processes(1024)
    gc.freeze()  # so that the copies share what is here instead of looking it through
    try:
        while waiting or running:
            while waiting and len(running) < at_a_time:
                job = waiting.pop(0)
                watch.starts(job.label)
                answer, process = _start(job, scratch)
                running[answer] = job, process
            ready = connection.wait(list(running), _SECONDS_BETWEEN_LOOKS)
            watch.waits()
            for answer in [one for one in running if one in ready]:
                kind, result = _receive(answer, running[answer][1])
                job, process = running.pop(answer)
                watch.ends(job.label)
                if kind == "defect":
                    raise RuntimeError(f"{job.label}\n{result}")
                if kind == "failed":
                    failed.append(result or _died(job, process))
                else:
                    waiting[:0] = job.then(result)
    finally:
        gc.unfreeze()
        for _, process in running.values():
            _kill(process)
    return failed


def _start(job: Job, scratch: Path | None) -> tuple[connection.Connection, Any]:
    context: Any = multiprocessing.get_context("fork" if CAN_FORK else "spawn")
    answer, question = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(question, job.work, job.arguments, scratch))
    process.start()
    question.close()
    return answer, process


def _work(
    answer: connection.Connection,
    work: Callable[..., Any],
    arguments: tuple[Any, ...],
    scratch: Path | None,
) -> None:
    """Runs in the other process. Ctrl-C is for the one that started it, which then ends all of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)  # what a notebook starts can be ended with it
    if scratch is not None:
        os.environ["TMPDIR"] = tempfile.tempdir = str(scratch)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        message = ("done", work(*arguments))
    except InputError as error:
        message = ("failed", str(error))
    except BaseException:
        message = ("defect", traceback.format_exc())
    with contextlib.suppress(OSError):
        answer.send(message)
    answer.close()
    os._exit(0)  # threads that a notebook has left running are not waited for


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _receive(answer: connection.Connection, process: Any) -> tuple[str, Any]:
    try:
        message: tuple[str, Any] = answer.recv()
    except (EOFError, OSError):
        message = ("failed", "")
    answer.close()
    process.join()
    _kill_group(process)
    return message


def _died(job: Job, process: Any) -> str:
    return (
        f"{job.label}: Der Prozess wurde beendet (Status {process.exitcode}), vielleicht fehlte Speicher. "
        "Bitte noch einmal starten."
    )


def _kill(process: Any) -> None:
    _kill_group(process)
    process.kill()
    process.join()


def _kill_group(process: Any) -> None:
    """Ends what a process has started and left behind."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
