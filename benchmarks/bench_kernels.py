"""Six small notebooks in kernels forked from a warm parent against ordinary kernels, in one run."""

import time
from pathlib import Path

from analysis import kernels

SOURCE = """\
import matplotlib.pyplot as plt, pandas as pd, seaborn as sns
sns.barplot(pd.DataFrame({"a": ["x", "y"], "b": [1, 2]}), x="a", y="b");
"""


def seconds(*, can_fork: bool) -> float:
    # Not above: a forked process imports this file again, as it does the light `analysis.__main__` in a report.
    from nbformat.v4 import new_code_cell, new_notebook

    from analysis import running

    kernels.CAN_FORK = can_fork
    notebooks = [(f"n{number}", new_notebook(cells=[new_code_cell(SOURCE)])) for number in range(6)]
    start = time.perf_counter()
    running.run_notebooks(notebooks, Path.cwd(), {}, lambda name: None)
    return time.perf_counter() - start


def main() -> None:
    seconds(can_fork=True)  # the fork server starts and imports: paid once per report, not per notebook
    pairs = [(seconds(can_fork=True), seconds(can_fork=False)) for _ in range(3)]
    ratios = sorted(forked / ordinary for forked, ordinary in pairs)
    print(f"six notebooks, forked kernels / ordinary kernels: {ratios[1]:.2f} (median of 3)")


if __name__ == "__main__":
    main()
