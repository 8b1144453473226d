"""Reports made once for all tests of a worker, through the command that people use."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Lets property tests try the same texts on every machine; only long runs search for new ones.

    None fails for the clock: a busy machine is no defect.
    """
    is_short = config.option.markexpr == "not long"
    settings.register_profile("shared", deadline=None, derandomize=is_short)
    settings.load_profile("shared")


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
    return make_report(ROOT / "data" / "raw" / "2014", tmp_path_factory.mktemp("sample") / "2014")


@pytest.fixture(scope="session")
def second_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return make_report(ROOT / "tests" / "data" / "second_survey", tmp_path_factory.mktemp("second") / "out")
