"""Surveys of 50, 500 and 5,000 returns, read and reported: time per return, as ratios to the smallest, and memory.

Takes some minutes. Each measurement is a process of its own, and nothing is cached. What is compared is the processor
time of all processes, for a run of minutes meets whatever else a machine does.
"""

import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from made_returns import write_survey

SIZES = (50, 500, 5_000)
WITH_DASK = 500
ON_CLUSTER = """
import sys
from distributed import Client, LocalCluster
import analysis
from analysis.store import write_survey
if __name__ == "__main__":
    options = dict(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1")
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        write_survey(analysis.read_survey(sys.argv[1], executor=client.get_executor()), sys.argv[2])
"""


def megabytes(root: int) -> float:
    """The memory of a process and all that it started, pages that they share counted once; 0 but on Linux."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(path.name))
    total, left = 0, [root]
    while left:
        process = left.pop()
        left += children.get(process, [])
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024


class Measured(NamedTuple):
    """What a command and all that it started took: seconds, processor time, the most memory at a time."""

    seconds: float
    processor: float
    megabytes: float


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(arguments: Sequence[str], scratch: Path) -> Measured:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "ANALYSIS_CACHE": ""}
    peaks = [0.0]
    start, used = time.perf_counter(), processor_seconds()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=scratch,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )

    def watch() -> None:
        while process.poll() is None:
            peaks.append(megabytes(process.pid))
            time.sleep(0.5)

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, said = process.communicate()
    seconds = time.perf_counter() - start
    watcher.join()
    if process.returncode:
        sys.exit(said.decode())
    return Measured(seconds, processor_seconds() - used, max(peaks))


def tell(what: str, found: dict[int, Measured]) -> None:
    """One line per size, with the time per return against the smallest; then what one more return costs."""
    smallest = found[SIZES[0]].processor / SIZES[0]
    for size, (seconds, processor, peak) in found.items():
        print(
            f"{what} {size} returns: {seconds:.1f} s, at most {peak:.0f} MB, processor time per return / that of "
            f"{SIZES[0]}: {processor / size / smallest:.2f}"
        )
    (one, few), (two, some), (three, many) = ((size, measured.processor) for size, measured in found.items())
    ratio = (many - some) / (three - two) / ((some - few) / (two - one))
    print(
        f"{what}: processor time of one more return above {two} / of one more below: {ratio:.2f}", flush=True
    )


def digest(folder: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.iterdir()))).hexdigest()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        folders = {size: write_survey(scratch / str(size), size) for size in SIZES}
        tidied, reported = {}, {}
        for size, folder in folders.items():
            tidied[size] = measure(["-m", "analysis", "tidy", str(folder), "--out", f"tables{size}"], scratch)
        tell("tidy", tidied)
        for size, folder in folders.items():
            reported[size] = measure(
                ["-m", "analysis", "report", str(folder), "--out", f"report{size}"], scratch
            )
        tell("report", reported)
        program = scratch / "on_cluster.py"
        program.write_text(ON_CLUSTER, encoding="utf-8")
        measure([str(program), str(folders[WITH_DASK]), "cluster"], scratch)
        is_same = digest(scratch / "cluster") == digest(scratch / f"tables{WITH_DASK}")
        print(f"{WITH_DASK} returns read by a Dask LocalCluster: {'the same' if is_same else 'OTHER'} bytes")


if __name__ == "__main__":
    main()
