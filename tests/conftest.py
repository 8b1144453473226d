"""Reports made once for all tests of a run, and the figures that the tests measure, printed at the end."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings
from nbformat import NotebookNode
from run_for_tests import execute_notebooks, read_notebooks

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "raw" / "2014"
SECOND = ROOT / "tests" / "data" / "second_survey"

# No test is served what another one made: what is kept for later must be proved by tests of its own.
os.environ["ANALYSIS_CACHE"] = ""
# The files that take longest come first, so that no worker is left alone with one of them at the end; before them the
# one that prints PDFs in forks of this process: once Typst has run here, its threads would be missing there.
FIRST = (
    "test_rebuild",
    "test_accessible_html_report",
    "test_lab",
    "test_pdf_notebooks",
    "test_evidence",
    "test_same_bytes",
    "test_report",
    "test_hostile_texts",
    "test_accessible_html_browser",
    "test_chart_numbers",
    "test_notebooks",
    "test_briefing_exporter",
    "test_pdf_controls",
    "test_recount",
    "test_lines",
    "test_reading",
    "test_quick_scan",
)
SECONDS_FOR_A_REPORT = 300


def pytest_configure(config: pytest.Config) -> None:
    """Lets property tests try the same texts on every machine; only long runs search for new ones.

    None fails for the clock: a busy machine is no defect.
    """
    is_short = config.option.markexpr == "not long"
    settings.register_profile("shared", deadline=None, derandomize=is_short)
    settings.load_profile("shared")
    config.option.loadscopereorder = False  # else the files with the most tests come first


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(FIRST)))


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[[str, object], None]:
    """Prints a figure below the run, whichever worker found it: `measured("axe: violations", 0)`."""
    return lambda name, value: record_property("measured", f"{name}: {value}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line per figure that a test measured; the same figure from several tests is one line."""
    lines = {
        str(line)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, line in getattr(report, "user_properties", ())
        if name == "measured"
    }
    if lines:
        terminalreporter.section("measured")
        for line in sorted(lines):
            terminalreporter.write_line(line)


@dataclass(frozen=True)
class Report:
    """A finished report: its folder, and what the command printed."""

    survey: Path
    folder: Path
    printed: str


def make_report(survey: Path, out: Path) -> Report:
    command = [sys.executable, "-m", "analysis", "report", str(survey), "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Report(survey, out, done.stdout + done.stderr)


Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """`once(name, fill)` gives a folder that was filled once in this run, whichever worker came first."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        folder, is_done, has_failed = base / name, base / f"{name}.done", base / f"{name}.failed"
        try:
            folder.mkdir()
        except FileExistsError:
            latest = time.monotonic() + SECONDS_FOR_A_REPORT
            while not is_done.exists():
                assert not has_failed.exists(), f"{name}: another worker could not make it"
                assert time.monotonic() < latest, f"{name}: another worker did not make it in time"
                time.sleep(0.1)
            return folder
        try:
            fill(folder)
        except BaseException:
            has_failed.touch()
            raise
        is_done.touch()
        return folder

    return make


def report_once(once: Once, name: str, survey: Path) -> Report:
    def fill(folder: Path) -> None:
        (folder / "printed.txt").write_text(make_report(survey, folder / "2014").printed, encoding="utf-8")

    folder = once(f"report-{name}", fill)
    return Report(survey, folder / "2014", (folder / "printed.txt").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def sample_report(once: Once) -> Report:
    return report_once(once, "sample", SAMPLE)


@pytest.fixture(scope="session")
def second_report(once: Once) -> Report:
    return report_once(once, "second", SECOND)


def notebooks_once(once: Once, name: str, survey: Path) -> dict[str, NotebookNode]:
    folder = once(f"notebooks-{name}", lambda folder: execute_notebooks(survey, folder))
    return read_notebooks(folder)


@pytest.fixture(scope="session")
def sample_notebooks(once: Once) -> dict[str, NotebookNode]:
    return notebooks_once(once, "sample", SAMPLE)


@pytest.fixture(scope="session")
def second_notebooks(once: Once) -> dict[str, NotebookNode]:
    return notebooks_once(once, "second", SECOND)
