"""Reading returns all the way to the tables, against what pandas takes merely to read their cells; ratios in one run.

Each measurement is a process of its own, so that none profits from what another has loaded or cached.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from made_returns import rows, write_return, write_survey

SAMPLE = Path(__file__).parents[1] / "data" / "raw" / "2014"
RETURNS, ROWS = 1_000, 100_000

OURS = """
import analysis
analysis.read_survey(folder)
from analysis.workers import end_all
end_all()
"""
PANDAS = """
import pandas
for path in pathlib.Path(folder).glob("*.xlsx"):
    pandas.read_excel(path, sheet_name=None, header=None, engine="openpyxl")
"""
PROGRAM = """
import json, os, pathlib, resource, sys, time
folder, cores = sys.argv[1], int(sys.argv[2])
if cores and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
start = time.perf_counter()
{work}
seconds = time.perf_counter() - start
peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps(dict(seconds=seconds, megabytes=peaks)))
"""


def measure(work: str, folder: Path, cores: int = 0) -> dict[str, Any]:
    """Seconds, and the peak of memory of the process and of its largest child, which need not come together."""
    call = [sys.executable, "-c", PROGRAM.format(work=work), str(folder), str(cores)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(call, check=True, capture_output=True, text=True, env=environment)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def fastest(work: str, folder: Path, runs: int) -> float:
    return min(measure(work, folder)["seconds"] for _ in range(runs))


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        many = write_survey(Path(scratch) / "many", RETURNS)
        pandas = measure(PANDAS, many)["seconds"]
        print(
            f"{RETURNS} returns, pandas merely reading / read_survey: {pandas / measure(OURS, many)['seconds']:.1f}"
        )
        one_core = measure(OURS, many, 1)["seconds"]
        print(f"{RETURNS} returns, the same with read_survey on one core: {pandas / one_core:.1f}")
        large = write_survey(Path(scratch) / "large", 0)
        chance = random.Random(1)
        write_return(large / "Dezernat IV.xlsx", chance, list(rows(chance, ROWS)))
        pandas, ours = measure(PANDAS, large)["seconds"], measure(OURS, large)
        print(
            f"one return of {ROWS} rows, pandas merely reading / read_survey: {pandas / ours['seconds']:.1f}"
        )
        main_peak, reader_peak = ours["megabytes"]
        print(
            f"one return of {ROWS} rows, peak of memory: {main_peak:.0f} MB, of the reader {reader_peak:.0f} MB"
        )
    sample = fastest(OURS, SAMPLE, 5) / fastest("import pandas", SAMPLE, 5)
    print(f"import analysis and read_survey of the sample / import pandas: {sample:.2f} (fastest of 5)")


if __name__ == "__main__":
    main()
