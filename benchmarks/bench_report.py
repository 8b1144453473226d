"""A whole report: cold against nbconvert's own way and against one plain process; warm against cold. One run, in turns.

All in a copy of the project in a temporary folder, so that nothing is in anybody's way. Cold: packages installed and
compiled, nothing of ours kept (ANALYSIS_CACHE, REPORTS and data/processed empty).
"""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench_briefing import CHROMIUM

ROOT = Path(__file__).parents[1]
RUNS = 3
COPIED = ("Makefile", "tools", "pyproject.toml", "requirements.lock", "src", "notebooks", "data/raw/2014")
SURVEY = "data/raw/2014"
BRIEFING = "06_briefing"


@dataclass(frozen=True)
class Took:
    """What a command took: seconds by the clock, and of processor time, those of all its processes."""

    wall: float
    processor: float


class Project:
    """A copy of the project, with what people type in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        for name in COPIED:
            copy = self.folder / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, copy, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, copy)
        self.notebooks = sorted((self.folder / "notebooks").glob("0*.ipynb"))
        self._kept = folder / "kept"
        self._out = folder / "html"
        self.executed = folder / f"{BRIEFING}.ipynb"

    def run(self, *command: str | Path, keeps: bool = False) -> Took:
        """One command, with the Python that runs this; only ours keeps what it has made for the next time."""
        paths = [self.folder / "src", ROOT / "benchmarks"]
        environment = {
            **os.environ,
            "VIRTUAL_ENV": sys.prefix,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "PYTHONPATH": os.pathsep.join(map(str, paths)),
            "ANALYSIS_CACHE": str(self._kept / "cache") if keeps else "",
        }
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(
            list(map(str, command)), cwd=self.folder, env=environment, capture_output=True, text=True
        )
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
        return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    def forget(self) -> None:
        """Nothing has been made yet."""
        shutil.rmtree(self._kept, ignore_errors=True)
        shutil.rmtree(self._out, ignore_errors=True)
        shutil.rmtree(self.folder / "data" / "processed", ignore_errors=True)
        (self._kept / "cache").mkdir(parents=True)

    def report(self) -> Took:
        """`make report`."""
        reports = self._kept / "reports"
        return self.run("make", "-s", "report", f"SURVEY={SURVEY}", f"REPORTS={reports}", keeps=True)

    def cold_report(self) -> Took:
        self.forget()
        return self.report()

    def nbconvert(self) -> Took:
        """One call for the six pages; then webpdf for the briefing, which it finds executed."""
        command = [sys.executable, "-m", "nbconvert"]
        pages = self.run(*command, "--execute", "--to", "html", "--output-dir", self._out, *self.notebooks)
        if CHROMIUM is None:
            return pages
        paper = self.run(
            *command, "--to", "bench_briefing.OwnChromium", "--output", self._out / "paper", self.executed
        )
        return Took(pages.wall + paper.wall, pages.processor + paper.processor)

    def plain(self) -> Took:
        """One Python process: `draw_and_print` below."""
        return self.run(sys.executable, Path(__file__), self.executed, *self.notebooks)

    def execute_briefing(self) -> None:
        """What webpdf and the plain process print, neither of them paying for it."""
        name, folder = self.executed.name, self.executed.parent
        source = self.folder / "notebooks" / name
        command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "notebook"]
        self.run(*command, "--output-dir", folder, "--output", name, source)

    def change_return(self, run: int) -> None:
        """Another workbook each time: a cell of a programme says more than before."""
        import openpyxl

        workbook, sheet, cell = self.cells[run % len(self.cells)]
        path = self.folder / SURVEY / workbook
        book = openpyxl.load_workbook(path)
        book[sheet][cell] = f"{book[sheet][cell].value} (Fassung {run})"
        book.save(path)

    def find_cells(self) -> None:
        """A description in each workbook that has one, in turns, so that runs change different ones."""
        import analysis

        cells = analysis.read_survey(self.folder / SURVEY).cells
        texts = cells[(cells["field"] == "description") & (cells["taken_as"] == "placed")]
        texts = texts.assign(turn=texts.groupby("workbook").cumcount()).sort_values(["turn", "workbook"])
        self.cells = list(texts[["workbook", "sheet", "cell"]].itertuples(index=False, name=None))

    def change_sentence(self, notebook: str, run: int) -> None:
        """Another sentence each time, at the end of the third cell, which is prose."""
        path = self.folder / "notebooks" / f"{notebook}.ipynb"
        content = json.loads(path.read_text(encoding="utf-8"))
        cell = content["cells"][2]
        assert cell["cell_type"] == "markdown"
        cell["source"] = [*cell["source"], f" Das ist die Fassung mit der Nummer {run}."]
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def draw_and_print(executed: Path, notebooks: list[Path]) -> None:
    """In one process: import what a report imports, read the survey, draw every chart, print the briefing."""
    import matplotlib.pyplot  # noqa: F401
    import nbformat
    import pandas  # noqa: F401
    import pyarrow.parquet  # noqa: F401
    import seaborn  # noqa: F401

    from analysis import charts, read_survey
    from analysis.publish.briefing import BriefingExporter

    survey = read_survey(Path(SURVEY))
    drawn = 0
    for path in notebooks:
        for name in re.findall(r"charts\.(draw_\w+)\(survey\)", path.read_text(encoding="utf-8")):
            getattr(charts, name)(survey)._repr_mimebundle_()
            drawn += 1
    assert drawn > 9
    notebook = nbformat.read(executed, as_version=4)
    pdf, _ = BriefingExporter().from_notebook_node(notebook, {"metadata": {"name": executed.stem}})
    assert pdf.startswith(b"%PDF")


def measure(project: Project) -> dict[str, list[Took]]:
    """The times of each way, in turns."""
    project.find_cells()
    project.execute_briefing()
    for way in (project.cold_report, project.nbconvert, project.plain):
        way()  # compiles what this Python has not compiled yet
    times: dict[str, list[Took]] = {}
    for run in range(RUNS):
        took = {"nbconvert": project.nbconvert(), "plain": project.plain(), "cold": project.cold_report()}
        took["nothing"] = project.report()
        project.change_return(run)
        took["return"] = project.report()
        for notebook in ("02_start_years", BRIEFING):
            project.change_sentence(notebook, run)
            took[notebook] = project.report()
        for way, one in took.items():
            times.setdefault(way, []).append(one)
    return times


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        times = measure(Project(Path(folder).resolve()))
    middle = {
        way: Took(median(one.wall for one in took), median(one.processor for one in took))
        for way, took in times.items()
    }
    cold = middle["cold"]
    usual = "nbconvert --execute --to html, then webpdf"
    if CHROMIUM is None:
        usual = "nbconvert --execute --to html (no Chromium here for webpdf)"
    print(f"cold report (median of {RUNS} in turns)")
    print(f"  {usual} / ours: {middle['nbconvert'].wall / cold.wall:.1f} (4 or more wanted)")
    print(f"  ours / one plain process: {cold.wall / middle['plain'].wall:.2f} (1.2 at most)")
    print(
        f"report again, against cold: nothing changed 1/{cold.wall / middle['nothing'].wall:.0f} (1/30 or 0.2 s)"
    )
    for way, what, limit in (
        ("return", "one return", 2),
        ("02_start_years", "one sentence in 02", 3),
        (BRIEFING, "one sentence in 06", 3),
    ):
        print(f"  {what} changed 1/{cold.wall / middle[way].wall:.1f} (1/{limit} at most)")
    for way, one in middle.items():
        print(f"  {way:15} {one.wall:6.2f} s, processor {one.processor:6.2f} s")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        draw_and_print(Path(sys.argv[1]), list(map(Path, sys.argv[2:])))
    else:
        main()
