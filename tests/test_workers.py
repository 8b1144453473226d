"""Calls in other processes: answers in order, and an item that kills its process costs nothing but itself."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.workers import Failure, Run, end_all


@pytest.fixture(autouse=True)
def no_process_stays() -> Iterator[None]:
    yield
    end_all()


def work(item: str) -> str:
    """A task with every way to go wrong."""
    match item:
        case "abort":
            os.abort()
        case "hang":
            time.sleep(60)
        case "memory":
            with contextlib.suppress(MemoryError):
                return str(len(bytearray(3 * 1024**3)))
        case "large":
            _grow(item)
        case "too much":
            return str(len(bytearray(3 * 1024**3)))
        case "print":
            os.write(1, b"noise" * 1000)
        case "defect":
            raise ValueError("a defect")
    return f"{item} in {__name__}"


def answers(items: list[str], processes: int, seconds: float = 30.0) -> list[str | Failure]:
    return list(Run(work, items, lambda item: seconds if item != "hang" else 1.0, processes))


@pytest.mark.parametrize("processes", [1, 2])
def test_answers_come_in_the_order_of_the_items(processes: int) -> None:
    items = [str(number) for number in range(50)]
    assert answers(items, processes) == [f"{item} in test_workers" for item in items]


@pytest.mark.parametrize("processes", [1, 2])
def test_an_item_that_kills_its_process_does_not_stop_the_others(processes: int) -> None:
    found = answers(["a", "abort", "b", "hang", "c", "memory", "too much", "print", "d"], processes)
    assert found == [
        "a in test_workers",
        Failure(timed_out=False),
        "b in test_workers",
        Failure(timed_out=True),
        "c in test_workers",
        "memory in test_workers",
        Failure(timed_out=False),
        "print in test_workers",
        "d in test_workers",
    ]


def test_a_defect_is_raised_where_the_answers_are_read() -> None:
    with pytest.raises(ValueError, match="a defect"):
        answers(["a", "defect", "b"], 1)
    assert answers(["c"], 1) == ["c in test_workers"]


def test_processes_are_kept_for_the_next_run() -> None:
    first = [str(item) for item in Run(_pid, ["a", "b"], lambda item: 30.0)]
    second = [str(item) for item in Run(_pid, ["a", "b"], lambda item: 30.0)]
    assert first == second
    assert len(set(first)) == 1


def _pid(item: str) -> int:
    return os.getpid()


@pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="only Linux tells the memory of a process")
@pytest.mark.parametrize("processes", [1, 2])
def test_a_process_that_has_grown_large_is_replaced(processes: int) -> None:
    items = ["a", "large", "b", "c", "d", "large", "e"]
    assert answers(items, processes) == [f"{item} in test_workers" for item in items]
    pids = list(Run(_pid, ["a"], lambda item: 30.0))
    assert list(Run(_grow, ["a"], lambda item: 30.0)) == pids
    assert list(Run(_pid, ["a"], lambda item: 30.0)) != pids


_kept: list[bytearray] = []


def _grow(item: str) -> int:
    _kept.append(bytearray(400 * 1024**2))
    return os.getpid()


def test_a_process_is_kept_however_large_its_starter_is() -> None:
    kept = bytearray(400 * 1024**2)
    first, second = (list(Run(_pid, ["a"], lambda item: 30.0)) for _ in range(2))
    assert first == second
    assert len(kept) == 400 * 1024**2


def test_no_items_need_no_process() -> None:
    assert answers([], 2) == []


def test_who_stops_asking_at_the_last_answer_leaves_the_process_to_the_next() -> None:
    def pid() -> object:
        answers = iter(Run(work_in, ["pid"], lambda item: 30.0, 1))
        return next(answers)  # and nobody asks whether there are more

    assert pid() == pid()


def work_in(item: str) -> int:
    return os.getpid()
