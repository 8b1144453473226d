"""Reading the sample's returns, cells with addresses and meaning, against python-calamine's bare values, in one run."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from python_calamine import CalamineWorkbook

import analysis
from analysis.survey import find_returns
from analysis.workbooks import read_workbook

SURVEY = Path(__file__).parents[1] / "data" / "raw" / "2014"
RUNS = 7


def seconds(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def bare_values() -> None:
    for path in find_returns(SURVEY):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def main() -> None:
    limit = seconds(bare_values)
    cells = seconds(lambda: [read_workbook(path) for path in find_returns(SURVEY)])
    survey = seconds(lambda: analysis.read_survey(SURVEY))
    print(f"cells of seven returns / bare values by calamine: {cells / limit:.1f} (median of {RUNS})")
    print(f"read_survey of seven returns / bare values by calamine: {survey / limit:.1f} (median of {RUNS})")


if __name__ == "__main__":
    main()
