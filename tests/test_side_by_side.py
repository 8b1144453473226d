"""Jobs in processes of their own: each done once, none in the way of another, none left behind."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analysis import side_by_side
from analysis.problems import InputError
from analysis.side_by_side import Job, Watch, do_all

SHARED: list[str] = []


def add(word: str) -> tuple[list[str], int]:
    SHARED.append(word)
    return SHARED, os.getpid()


def refuse(why: str) -> None:
    raise InputError(why)


def slip() -> None:
    raise ZeroDivisionError


class Heard(Watch):
    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def starts(self, label: str) -> None:
        self.said.append(("starts", label))

    def ends(self, label: str) -> None:
        self.said.append(("ends", label))


@pytest.mark.parametrize("can_fork", [True, False])
def test_no_job_sees_what_another_did(can_fork: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if can_fork and not side_by_side.CAN_FORK:
        pytest.skip("this system does not fork")
    monkeypatch.setattr(side_by_side, "CAN_FORK", can_fork)
    found = []
    jobs = [Job(word, add, (word,), lambda result: found.append(result) or []) for word in ("a", "b", "c")]
    heard = Heard()
    assert do_all(jobs, heard) == []
    assert sorted(words for words, _ in found) == [["a"], ["b"], ["c"]]
    assert len({pid for _, pid in found} | {os.getpid()}) == 4
    assert SHARED == []
    assert sorted(heard.said) == [(what, word) for what in ("ends", "starts") for word in "abc"]
    for _, pid in found:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_what_follows_from_a_job_comes_before_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_by_side, "count_processes", lambda most: 1)
    heard = Heard()
    first = Job("a", add, ("a",), lambda result: [Job("a2", add, (result[0][0],))])
    assert do_all([first, Job("b", add, ("b",))], heard) == []
    assert [label for what, label in heard.said if what == "starts"] == ["a", "a2", "b"]


def test_a_job_that_cannot_be_done_stops_no_other() -> None:
    found = []
    jobs = [
        Job("a", refuse, ("nicht lesbar",)),
        Job("b", os._exit, (7,)),
        Job("c", add, ("c",), lambda result: found.append(result[0]) or []),
    ]
    said = do_all(jobs, Watch())
    assert sorted(said) == [
        "b: Der Prozess wurde beendet (Status 7), vielleicht fehlte Speicher. Bitte noch einmal starten.",
        "nicht lesbar",
    ]
    assert found == [["c"]]


def test_a_defect_is_no_message() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        do_all([Job("a", slip)], Watch())


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


PROGRAM = """
import subprocess, sys, time
from pathlib import Path
from analysis.side_by_side import Job, Watch, do_all
def work():
    child = subprocess.Popen(["sleep", "600"])
    Path(sys.argv[1]).write_text(str(child.pid))
    {then}
do_all([Job("a", work)], Watch())
Path(sys.argv[1] + ".done").touch()
time.sleep(600)
"""


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="processes are looked at where Linux shows them"
)
@pytest.mark.parametrize("end", ["done", "killed"])
def test_nothing_that_a_job_started_outlives_it(end: str, tmp_path: Path) -> None:
    started = tmp_path / "pid"
    program = PROGRAM.format(then="time.sleep(600)" if end == "killed" else "")
    process = subprocess.Popen([sys.executable, "-c", program, str(started)])
    awaited = started if end == "killed" else Path(f"{started}.done")
    try:
        while not (awaited.exists() and started.read_text(encoding="ascii")):
            assert process.poll() is None
            time.sleep(0.02)
        pid = int(started.read_text(encoding="ascii"))
        if end == "killed":
            process.kill()
        for _ in range(500):
            if not lives(pid):
                break
            time.sleep(0.02)
        assert not lives(pid)
    finally:
        process.kill()
        process.wait()
