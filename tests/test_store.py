"""Tables written and read back: equal in every value and type, the same bytes every time, nothing lost."""

import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from make_workbooks import HEADINGS, TREFF, write_folder

import analysis
from analysis import store
from analysis.problems import InputError
from analysis.schema import TABLES
from analysis.store import write_survey
from analysis.survey import metadata_names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        [*HEADINGS, "Bemerkungen"],
        [*TREFF, "=1+1 steht da"],
        ["+49 Treff", "k. A.", "stadtweit", "bald", "@alle"],
    ]
    return write_folder(tmp_path / "data" / "raw" / "2014", {"Dez IV.xlsx": rows})


def assert_equal(one: analysis.Survey, other: analysis.Survey) -> None:
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(one, table), getattr(other, table))
    for name in metadata_names():
        if name != "codes":
            assert getattr(one, name) == getattr(other, name), name
    assert one.codes.lists == other.codes.lists


def refuse(*_: Any, **__: Any) -> Any:
    raise AssertionError("the returns were read again")


def test_what_is_written_is_read_back_exactly(folder: Path, tmp_path: Path) -> None:
    survey = analysis.read_survey(folder)
    write_survey(survey, tmp_path / "out")
    assert_equal(analysis.load_survey(tmp_path / "out"), survey)


def test_every_table_but_the_cells_is_csv_too(folder: Path, tmp_path: Path) -> None:
    write_survey(analysis.read_survey(folder), tmp_path / "out")
    names = {f"{table}.{ending}" for table in TABLES for ending in ("parquet", "csv")} - {"cells.csv"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {*names, "survey.json"}


def test_a_csv_text_that_looks_like_a_formula_gets_an_apostrophe(folder: Path, tmp_path: Path) -> None:
    survey = analysis.read_survey(folder)
    write_survey(survey, tmp_path / "out")
    data = (tmp_path / "out" / "programmes.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfprogramme_id,dezernat,")
    table = pd.read_csv(tmp_path / "out" / "programmes.csv")
    assert list(table["remarks"]) == ["'=1+1 steht da", "'@alle"]
    assert list(table["title"]) == ["Jugendtreff", "'+49 Treff"]
    assert list(survey.programmes["remarks"]) == ["=1+1 steht da", "@alle"]
    assert list(analysis.load_survey(tmp_path / "out").programmes["title"]) == ["Jugendtreff", "+49 Treff"]


def test_the_same_returns_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_survey(analysis.read_survey(folder), tmp_path / name)
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("a", "b")
    )
    assert first == second


def test_a_failed_run_loses_nothing(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    survey = analysis.read_survey(folder)
    write_survey(survey, tmp_path / "out")
    (tmp_path / "out" / "eigenes.txt").write_text("bleibt")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    def fail(*_: Any) -> None:
        raise OSError("voll")

    monkeypatch.setattr(store, "_write_csv", fail)
    with pytest.raises(OSError, match="voll"):
        write_survey(survey, tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_a_folder_without_tables_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Hier liegen keine vollständigen Tabellen einer Abfrage"):
        analysis.load_survey(tmp_path)


def test_a_folder_with_a_table_missing_is_one_line(folder: Path, tmp_path: Path) -> None:
    write_survey(analysis.read_survey(folder), tmp_path / "out")
    (tmp_path / "out" / "cells.parquet").unlink()
    with pytest.raises(InputError, match="Die Tabellen sind unvollständig"):
        analysis.load_survey(tmp_path / "out")


@pytest.fixture
def project(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project around the survey, its tables written; the current folder lies deep inside."""
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "notebooks" / "tief").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "notebooks" / "tief")
    monkeypatch.delenv("ANALYSIS_PROCESSED", raising=False)
    write_survey(analysis.read_survey(folder), tmp_path / "data" / "processed" / "2014")
    return tmp_path


def test_current_tables_are_taken_from_any_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = analysis.read_survey(project / "data" / "raw" / "2014")
    monkeypatch.setattr(store, "read_survey", refuse)
    assert_equal(analysis.open_survey("data/raw/2014"), expected)
    assert_equal(analysis.open_survey(project / "data" / "raw" / "2014"), expected)
    assert_equal(analysis.open_survey(os.path.relpath(project / "data" / "raw" / "2014")), expected)


@pytest.mark.parametrize("name", ["Dez IV.xlsx", "survey.toml", "corrections.csv", "codelists/headers.csv"])
def test_tables_are_not_current_once_an_input_changed(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = project / "data" / "raw" / "2014" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((path.read_bytes() if path.is_file() else b"") + b"\n")
    monkeypatch.setattr(store, "read_survey", refuse)
    with pytest.raises(AssertionError, match="read again"):
        analysis.open_survey("data/raw/2014")


def test_a_new_file_makes_the_tables_old(project: Path) -> None:
    write_folder(project / "data" / "raw" / "2014", {"Dez V.xlsx": [["Fehlanzeige"]]})
    assert list(analysis.open_survey("data/raw/2014").returns["status"]) == ["received", "fehlanzeige"]


def test_the_runner_may_say_where_the_tables_lie(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_survey(analysis.read_survey(folder), tmp_path / "anderswo")
    monkeypatch.chdir(folder.parent)
    monkeypatch.setenv("ANALYSIS_PROCESSED", str(tmp_path / "anderswo"))
    monkeypatch.setattr(store, "read_survey", refuse)
    assert analysis.open_survey("2014").name == "2014"


def test_a_survey_may_be_called_by_its_name_alone(project: Path) -> None:
    assert analysis.open_survey("2014").name == "2014"


def test_the_runner_may_say_where_the_survey_of_that_name_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = write_folder(tmp_path / "fern" / "2014", {"Dez V.xlsx": [["Fehlanzeige"]]})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANALYSIS_SURVEY", str(elsewhere))
    assert list(analysis.open_survey("2014").returns["status"]) == ["outstanding", "fehlanzeige"]
    with pytest.raises(InputError, match="Diesen Ordner gibt es nicht"):
        analysis.open_survey("2013")


def test_an_unknown_survey_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="Diesen Ordner gibt es nicht"):
        analysis.open_survey("data/raw/1999")
