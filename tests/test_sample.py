"""The committed surveys are what tools/ makes; the README of the sample gives every value its origin."""

import re
import sys
import tomllib
import zipfile
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import openpyxl
import pytest

import analysis
from analysis import schema

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "raw" / "2014"
SECOND = ROOT / "tests" / "data" / "second_survey"
sys.path.insert(0, str(ROOT / "tools"))

import make_sample  # noqa: E402
import make_second_survey  # noqa: E402
import sample_readme  # noqa: E402

ENTRIES = sample_readme.read_entries()


def read_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def read_rows(workbook: Path) -> list[list[str]]:
    """The filled cells of each row, written as in the list of values; a merge fills all its rows."""
    book = openpyxl.load_workbook(workbook)
    rows = []
    for sheet in book:
        filled = {(cell.row, cell.column): cell.value for row in sheet for cell in row}
        for merge in sheet.merged_cells.ranges:
            filled |= dict.fromkeys(merge.cells, sheet[merge.coord.split(":")[0]].value)
        for row in range(1, sheet.max_row + 1):
            values = [
                value for (number, _), value in sorted(filled.items()) if number == row and value is not None
            ]
            rows.append([f"{v:%Y-%m-%d}" if isinstance(v, datetime) else str(v) for v in values])
    return rows


def test_the_committed_sample_is_what_the_tool_writes(tmp_path: Path) -> None:
    make_sample.write_sample(tmp_path)
    assert read_files(tmp_path) == read_files(SAMPLE)


def test_the_committed_second_survey_is_what_the_tool_writes(tmp_path: Path) -> None:
    make_second_survey.write_second_survey(tmp_path)
    assert read_files(tmp_path) == read_files(SECOND)


def test_the_sample_names_the_separable_items_of_the_twenty_bullets() -> None:
    programmes = [name for name, _ in groupby(entry.programme for entry in ENTRIES)]
    bullets = [int(name.rstrip("abc")) for name in programmes]
    items = {bullet: bullets.count(bullet) for bullet in range(1, 21)}
    assert len(programmes) == len(set(programmes)) == 24
    assert items == dict.fromkeys(range(1, 21), 1) | {2: 3, 6: 2, 20: 2}


def test_every_programme_has_a_word_on_each_question_and_every_value_an_origin() -> None:
    for programme, entries in groupby(ENTRIES, key=lambda entry: entry.programme):
        fields = [entry.field for entry in entries]
        assert fields[0] == "title", programme
        assert {"office", "description", "sozialraum", "target_groups", "partners"} <= set(fields), programme
        assert ("start" in fields) != ("period" in fields), programme
        assert len(fields) == len(set(fields)), programme
    for entry in ENTRIES:
        assert entry.origin in sample_readme.ORIGINS, entry
        assert entry.source or entry.origin == "E", entry
        assert entry.field != "title" or entry.origin == "P", entry


def test_each_programme_is_one_row_that_holds_its_values_and_no_other() -> None:
    reporting = [make_sample.RETURNS[dezernat].name for dezernat in ("IV", "V")]
    rows = [row for name in reporting for row in read_rows(SAMPLE / name)]
    for _, group in groupby(ENTRIES, key=lambda entry: entry.programme):
        texts = [entry.text for entry in group if entry.text]
        (row,) = [row for row in rows if texts[0] in row]
        numbered = not set(row) <= set(texts)
        assert sorted(row[numbered:]) == sorted(texts)
        assert not numbered or row[0].isdigit()


def test_the_sample_readme_says_for_every_value_where_it_comes_from() -> None:
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    sections = readme.split("\n### ")[1:]
    assert len(sections) == 24
    for section, (_, group) in zip(
        sections, groupby(ENTRIES, key=lambda entry: entry.programme), strict=True
    ):
        for entry in group:
            text = entry.text.replace("\n", "<br>") or "(leer)"
            origin = {"P": "Bericht", "Q": "öffentliche Quelle", "E": "erfunden"}[entry.origin]
            assert f"| {text} | {origin} | {entry.source} |" in section, entry
    for sent in make_sample.RETURNS.values():
        assert f"`{sent.name}`" in readme


@pytest.mark.parametrize(
    ("folder", "reference_date", "is_sample", "dezernate"),
    [
        (SAMPLE, date(2014, 2, 26), True, ["I", "II", "III", "IV", "V", "VI", "VII"]),
        (SECOND, date(2024, 6, 30), False, ["I", "II", "III", "IV", "V"]),
    ],
)
def test_survey_toml_says_who_was_asked_and_when(
    folder: Path, reference_date: date, is_sample: bool, dezernate: list[str]
) -> None:
    survey = tomllib.loads((folder / "survey.toml").read_text(encoding="utf-8"))
    assert (survey["reference_date"], survey["sample"]) == (reference_date, is_sample)
    assert [expected["dezernat"] for expected in survey["expected"]] == dezernate
    assert survey["requested_on"] < survey["deadline"] < survey["reference_date"] < survey["meeting_date"]
    keys = "title requested_on deadline reference_date committee meeting_date sample expected"
    assert survey.keys() == set(keys.split())


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("*.xlsx")), ids=lambda path: path.stem)
def test_a_workbook_of_the_sample_names_no_author(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        properties = archive.read("docProps/core.xml").decode("utf-8")
    assert "creator" not in properties
    assert "lastModifiedBy" not in properties


def test_the_papers_findings_come_out_of_the_sample() -> None:
    survey = analysis.read_survey(SAMPLE)
    assert survey.returns["status"].tolist() == ["fehlanzeige"] * 3 + ["received"] * 2 + ["fehlanzeige"] * 2
    assert survey.returns["programme_count"].tolist() == [0, 0, 0, 11, 13, 0, 0]
    starts = survey.programmes["start_earliest"].dropna()
    assert survey.reference_date.year - starts.min() == 20
    assert ((starts >= 2009).sum(), len(starts)) == (12, 20)
    assert set(survey.programme_target_groups["target_group"]) == {
        "schueler",
        "kinder",
        "jugendliche",
        "junge_erwachsene",
        "sozial_benachteiligte",
        "senioren",
        "alle_bewohner",
    }
    assert set(survey.programme_sozialraeume["stadtbezirk_nr"]) == {1, 2, 4, 5, 6, 7, 8, 9}
    partners = survey.programmes.set_index("title")["partners_text"].dropna()
    assert [title for title, text in partners.items() if text != "-"] == [
        "Programm „Lebenswerte Veedel“",
        "„Soziale Stadt“-Programmgebiete",
        "Seniorennetzwerke",
        "Mitternachtssportangebote",
    ]


def test_no_person_of_the_sample_is_left_in_its_tables() -> None:
    survey = analysis.read_survey(SAMPLE)
    tables = "\n".join(getattr(survey, table).to_csv() for table in schema.TABLES)
    people = "Muster,|Mustermann|Erika|Clara|David|Franziska|Gerd|Hanna|Exempel|Beispielmeier|Bernd|Probe,"
    assert re.findall(rf"{people}|example\.org|000-0\d", tables) == []


def test_the_second_survey_has_results_of_its_own() -> None:
    survey = analysis.read_survey(SECOND)
    statuses = ["received", "received", "received", "fehlanzeige", "outstanding", "unreadable"]
    assert survey.returns["status"].tolist() == statuses
    assert survey.returns["workbook"].tolist()[-1] == "Scan_0001.xlsx"
    assert survey.programmes["start_earliest"].tolist()[:4] == [1998, 2003, 2012, 2008]
    assert len(survey.programmes) == 7
    groups = survey.programme_target_groups["target_group"].tolist()
    assert groups.count("menschen_mit_behinderung") == 1
