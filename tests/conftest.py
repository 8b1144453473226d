"""Reports made once for all tests of a worker, and the figures that the tests measure, printed at the end."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nbformat
import pytest
from hypothesis import settings
from nbformat import NotebookNode

from analysis.report import steps
from analysis.report.build import executed
from analysis.report.notebooks import Source, set_parameter
from analysis.report.state import look_at
from analysis.side_by_side import Job, Watch, do_all
from analysis.store import write_survey
from analysis.survey import read_survey
from analysis.survey_folder import PROCESSED_VARIABLE, SURVEY_VARIABLE, name_of

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "raw" / "2014"
SECOND = ROOT / "tests" / "data" / "second_survey"


def pytest_configure(config: pytest.Config) -> None:
    """Lets property tests try the same texts on every machine; only long runs search for new ones.

    None fails for the clock: a busy machine is no defect.
    """
    is_short = config.option.markexpr == "not long"
    settings.register_profile("shared", deadline=None, derandomize=is_short)
    settings.load_profile("shared")


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


@pytest.fixture(scope="session")
def sample_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return make_report(SAMPLE, tmp_path_factory.mktemp("sample") / "2014")


@pytest.fixture(scope="session")
def second_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return make_report(SECOND, tmp_path_factory.mktemp("second") / "out")


def execute_notebooks(survey_folder: Path, processed: Path) -> dict[str, NotebookNode]:
    """What `make report` exports: each notebook by its name, with its outputs."""
    write_survey(read_survey(survey_folder), processed)
    state = look_at(survey_folder, ROOT, processed / "report")
    environment = {SURVEY_VARIABLE: str(survey_folder), PROCESSED_VARIABLE: str(processed)}
    notebooks: dict[str, NotebookNode] = {}

    def take(source: Source, outputs: steps.Outputs) -> list[Job]:
        notebooks[source.name] = nbformat.from_dict(executed(state, source, outputs))
        return []

    def run(source: Source) -> Job:
        notebook = set_parameter(source, name_of(survey_folder))
        arguments = (source.name, notebook, ROOT / "notebooks", environment)
        return Job(source.name, steps.run, arguments, partial(take, source))

    assert do_all(map(run, state.sources), Watch()) == []
    return dict(sorted(notebooks.items()))


@pytest.fixture(scope="session")
def sample_notebooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, NotebookNode]:
    return execute_notebooks(SAMPLE, tmp_path_factory.mktemp("tables"))


@pytest.fixture(scope="session")
def second_notebooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, NotebookNode]:
    return execute_notebooks(SECOND, tmp_path_factory.mktemp("tables"))
