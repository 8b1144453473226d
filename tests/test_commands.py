"""The commands as people type them: one clear line for bad input, never a traceback."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SECOND = Path(__file__).parent / "data" / "second_survey"


def run(*arguments: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "analysis", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SECOND, tmp_path / "survey"))


def refused(survey: Path, out: Path) -> str:
    """What both commands say, to the letter the same, about a survey they cannot use."""
    said = []
    for command in ("tidy", "report"):
        done = run(command, survey, "--out", out)
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1, done.stderr
        said.append(done.stderr.strip())
    assert said[0] == said[1]
    return said[0]


def test_tidy_writes_the_tables_and_counts_the_doubts(survey: Path, tmp_path: Path) -> None:
    done = run("tidy", survey, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert done.stdout == f"{tmp_path / 'out'}: 7 Nennungen aus {survey}\n"
    assert done.stderr.startswith("Offen: 1 Fehler, ")
    tables = [
        "columns",
        "problems",
        "programme_sozialraeume",
        "programme_target_groups",
        "programmes",
        "returns",
    ]
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    expected = [f"{table}.{kind}" for table in [*tables, "sheets"] for kind in ("csv", "parquet")]
    assert written == sorted([*expected, "cells.parquet", "survey.json"])


def test_no_folder(tmp_path: Path) -> None:
    missing = tmp_path / "nirgends"
    assert refused(missing, tmp_path / "out") == (
        f"{missing}: Diesen Ordner gibt es nicht. Bitte den Ordner einer Abfrage angeben, zum Beispiel data/raw/2014."
    )
    assert not (tmp_path / "out").exists()


def test_no_survey_toml(survey: Path, tmp_path: Path) -> None:
    (survey / "survey.toml").unlink()
    assert refused(survey, tmp_path / "out") == (
        f"{survey / 'survey.toml'}: Die Datei fehlt. Bitte sie nach dem Muster von data/raw/2014/survey.toml anlegen."
    )


def test_a_key_is_missing(survey: Path, tmp_path: Path) -> None:
    config = survey / "survey.toml"
    lines = config.read_text(encoding="utf-8").splitlines()
    config.write_text("\n".join(line for line in lines if not line.startswith("deadline")), encoding="utf-8")
    assert refused(survey, tmp_path / "out") == (
        f"{config}: Der Eintrag „deadline“ fehlt; erwartet wird ein Datum ohne Anführungszeichen, "
        "zum Beispiel deadline = 2014-02-26."
    )


def test_a_double_code(survey: Path, tmp_path: Path) -> None:
    (survey / "codelists").mkdir()
    path = survey / "codelists" / "headers.csv"
    path.write_text("text;field\nWas;title\nWas;description\n", encoding="utf-8")
    assert refused(survey, tmp_path / "out") == (
        f"{path}, Zeile 3: „Was“ steht schon in Zeile 2. Bitte eine der beiden Zeilen entfernen."
    )


def test_wrong_usage_is_exit_2(tmp_path: Path) -> None:
    assert run("tidy").returncode == 2
    assert run("unknown", tmp_path, "--out", tmp_path).returncode == 2


def test_report_outside_a_project_uses_the_notebooks_of_the_package(survey: Path, tmp_path: Path) -> None:
    (survey / "survey.toml").unlink()  # far enough to have found the notebooks
    done = run("report", survey, "--out", tmp_path / "out", folder=tmp_path)
    assert done.returncode == 1
    assert "survey.toml" in done.stderr


def test_an_out_folder_that_is_a_file(survey: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    assert refused(survey, tmp_path / "out") == (
        f"{tmp_path / 'out'}: Das ist eine Datei. Bitte einen Ordner als Ziel angeben."
    )


def test_checksum_of_what_is_no_survey_is_one_line(tmp_path: Path) -> None:
    done = run("checksum", tmp_path / "nirgends")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(f"{tmp_path / 'nirgends'}: Diesen Ordner gibt es nicht.")


def test_checksum_takes_no_folder_to_write_into(survey: Path, tmp_path: Path) -> None:
    assert run("checksum", survey, "--out", tmp_path).returncode == 2
