"""Reports made once for all tests of a worker, through the command that people use."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

# No assert on seconds: a busy machine is no defect.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

ROOT = Path(__file__).parents[1]


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
