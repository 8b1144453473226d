"""From number to cell: every number of a finding leads to the rows it counts, and a plain recount gives the same."""

import csv
import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from surveys import make_survey

import analysis
from analysis import findings
from analysis.codelists import PACKAGE_FOLDER
from analysis.evidence import cite_programmes
from analysis.frames import make_frame
from analysis.publish.cited import CITED
from analysis.publish.counted import MOST_ROWS

SAMPLE, SECOND = ROOT / "data" / "raw" / "2014", ROOT / "tests" / "data" / "second_survey"
FINDINGS = [name for name in findings.__all__ if re.match(r"(state|tell)_(?!header|sample|provenance)", name)]

WORDS = dict(
    zip(
        ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"],
        range(2, 13),
        strict=True,
    )
)
ONE = {f"ein{ending}": 1 for ending in ("", "e", "em", "en", "er", "es", "zige", "zigen", "ziges")}
BOTH = {"beide": 2, "beiden": 2}
FIGURES = r"\d+(?:\.\d{3})*"


def value_of(words: str) -> int:
    """What a printed number says: "zwei", "die einzige", "beiden", "1.234", "41 %"."""
    word = words.lower().removesuffix("\u00a0%").split()[-1]
    if re.fullmatch(FIGURES, word):
        return int(word.replace(".", ""))
    return {**WORDS, **ONE, **BOTH}[word]


@dataclass(frozen=True)
class Number:
    """One printed number that leads somewhere, with what stands around it."""

    words: str
    before: str
    after: str
    evidence: dict[str, Any]

    @property
    def is_age(self) -> bool:
        is_since = self.before.endswith(" seit ") and re.match(r" Jahre?n?\b", self.after)
        return bool(is_since or re.match(r"( bis \d+| und \w+)? Jahre?n? alt", self.after))

    @property
    def total(self) -> int:
        return sum(row["count"] for row in self.evidence["rows"]) + self.evidence["more"]


def numbers_of(finding: Any) -> list[Number]:
    """The cited numbers of a finding, in the order of its text."""
    bundle, _ = finding._repr_mimebundle_()
    if CITED not in bundle:
        return []
    cited = bundle[CITED]
    parts = cited["markdown"].split(cited["mark"])
    shown = [part for i, part in enumerate(parts) if i % 3 != 1]
    assert "".join(shown) == bundle["text/markdown"] == bundle["text/plain"]  # marks change nothing else
    return [
        Number(
            shown[i],
            "".join(shown[:i]),
            "".join(shown[i + 1 :]),
            cited["evidence"][int(parts[3 * (i // 2) + 1])],
        )
        for i in range(1, len(shown), 2)
    ]


def made_surveys() -> Iterator[Any]:
    yield make_survey({})
    yield make_survey({"I": "fehlanzeige"})
    yield make_survey(
        {"I": "received"}, [{"dezernat": "I", "start": (2013, 2013), "groups": ["kinder"], "places": [1]}]
    )
    many = [
        {
            "dezernat": "IV" if number % 3 else "V",
            "responsible_dezernat": "IV",
            "office": f"Amt {number % 2}",
            "start": (1980 + number, 1980 + number + number % 2),
            "end_year": 2013 + number % 3,
            "groups": ["kinder", "senioren"][: number % 3],
            "places": [1, 2][: number % 3],
            "partners_text": "keine" if number % 5 else "Verein",
        }
        for number in range(40)
    ]
    yield make_survey(
        {"IV": "received", "V": "received", "I": "fehlanzeige", "II": "unreadable", "III": "outstanding"},
        many,
        expected=("I", "II", "III", "IV"),
    )


@cache
def surveys() -> dict[str, Any]:
    real = {"sample": analysis.read_survey(SAMPLE), "second": analysis.read_survey(SECOND)}
    return real | {f"made {i}": survey for i, survey in enumerate(made_surveys())}


def told(survey: Any) -> Iterator[tuple[str, Any]]:
    yield from ((name, getattr(findings, name)(survey)) for name in FINDINGS)


@pytest.mark.parametrize("name", ["sample", "second", "made 0", "made 1", "made 2", "made 3"])
def test_every_number_counts_its_rows(name, measured):
    followed = 0
    for finding, said in told(surveys()[name]):
        for number in numbers_of(said):
            if number.words.endswith("%"):
                part, whole = re.search(rf"\(({FIGURES}) von ({FIGURES})\)", number.after).groups()
                assert number.total == int(part), (finding, number.words)
                assert value_of(number.words) == int(100 * int(part) / int(whole) + 0.5), finding
            elif not number.is_age:
                assert value_of(number.words) == number.total, (finding, number.words, number.before)
            followed += 1
    if name in {"sample", "second"}:
        measured(f"numbers of the findings followed to their rows, {name}", f"{followed} of {followed}")
        assert followed > 100


@cache
def workbook(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def text_at(folder: Path, row: Mapping[str, Any], cell: str, heading: str) -> str:
    """What openpyxl finds in that place of the workbook as it was sent."""
    sheet = row["what"] if heading == "Blatt" else row["sheet"]
    value = workbook(folder / row["workbook"])[sheet][cell].value
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def says(found: str, quoted: str) -> bool:
    """Whether a cell holds a quoted text, personal data aside."""
    pattern = ".*".join(re.escape(part.strip()) for part in quoted.split("[Kontakt]"))
    return re.fullmatch(pattern, found.strip(), re.DOTALL) is not None


def check_row(folder: Path, survey: Any, row: Mapping[str, Any], heading: str) -> int:
    """How many cells of one row of evidence were looked up in its source."""
    if heading == "Arbeitsmappe":
        assert (folder / row["what"]).is_file()
        return 0
    if row["workbook"] == "survey.toml":
        config = tomllib.loads((folder / "survey.toml").read_text("utf-8"))
        assert row["cells"][0][1] in [item["name"] for item in config["expected"]]
        return 0
    if row["workbook"] == "Codeliste „stadtteile“":
        with (PACKAGE_FOLDER / "stadtteile.csv").open(encoding="utf-8-sig", newline="") as file:
            assert row["what"] in {line["stadtbezirk"] for line in csv.DictReader(file)}
        return 0
    if not row["workbook"]:  # a doubt about the survey as a whole
        assert not row["cells"]
        assert heading != "Maßnahme"
        return 0
    assert (folder / row["workbook"]).is_file()
    checked = 0
    for place, text in row["cells"]:
        if heading == "Blatt" and not text:
            cells = [
                cell.value
                for span in place.split(", ")
                for line in _lines(workbook(folder / row["workbook"])[row["what"]][span])
                for cell in line
            ]
            assert None not in cells
            assert len(cells) == row["count"]
        else:
            found = text_at(folder, row, place, heading)
            assert found, (row, place)
            assert not text or says(found, text), (row, found)
        checked += 1
    return checked


def _lines(cells: Any) -> tuple[Any, ...]:
    return cells if isinstance(cells, tuple) else ((cells,),)


@pytest.mark.parametrize(("name", "folder"), [("sample", SAMPLE), ("second", SECOND)])
def test_every_row_of_evidence_stands_in_the_workbook_as_sent(name, folder, measured):
    survey, checked, unplaced = surveys()[name], 0, []
    for finding, said in told(survey):
        for number in numbers_of(said):
            for row in number.evidence["rows"]:
                checked += check_row(folder, survey, row, number.evidence["heading"])
                if number.evidence["heading"] == "Maßnahme" and not row["cells"]:
                    unplaced.append((finding, row))
    assert unplaced == []
    measured(f"cells of evidence found in the workbooks as sent, {name}", f"{checked} of {checked}")
    assert checked > 100


def uncited(finding: Any, survey: Any) -> str:
    """The text of a finding without its cited numbers, quotations, names, dates and years: no number may be left."""
    bundle, _ = finding._repr_mimebundle_()
    text = bundle["text/markdown"]
    if CITED in bundle:
        text = " # ".join(bundle[CITED]["markdown"].split(bundle[CITED]["mark"])[0::3])
    for name in {*survey.programmes["office"].dropna(), *survey.returns["workbook"].dropna()}:
        text = text.replace(name, "")
    year = survey.reference_date.year
    kinds = [
        r"„[^“]*“",  # what a return says
        r"\d{1,2}\.\s(?:\w+)\s\d{4}|\d\d\.\d\d\.\d{4}",  # dates of survey.toml
        rf"\b(?:{year}|{year - 5})\b",  # the years of the two rules, from the reference date
        r"in den letzten fünf Jahren vor dem Stichtag",  # the rule itself
        r"(?m)^\d\\?\. ",  # a numbered list
        r"\b0(?:\u00a0%| von\b)",  # nothing leads anywhere from a zero
        r"\b0 von [1-9]\d*",
    ]
    for kind in kinds:
        text = re.sub(kind, "", text)
    return text


@pytest.mark.parametrize("name", ["sample", "second", "made 0", "made 1", "made 2", "made 3"])
def test_no_number_is_left_without_its_rows(name):
    survey = surveys()[name]
    # "ein" is an article as well as a number: it is checked where it is cited.
    left = re.compile(rf"\b(?:{FIGURES}|{'|'.join([*WORDS, *BOTH])})\b", re.IGNORECASE)
    found = {finding: left.findall(uncited(said, survey)) for finding, said in told(survey)}
    assert {finding: numbers for finding, numbers in found.items() if numbers} == {}


def rows_told(table: Any) -> int:
    """How many things a table of evidence counts: its rows, or what they say they count for."""
    headings = [cell.get_text() for cell in table.select("thead th")]
    lines = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")]
    if headings[-1] != "Anzahl":
        return len(lines)
    return sum(int(line[-1].replace(".", "")) for line in lines)


@pytest.mark.parametrize("fixture", ["sample_report", "second_report"])
def test_every_link_of_a_page_leads_to_as_many_rows(fixture, request, measured):
    report = request.getfixturevalue(fixture)
    followed = 0
    for path in [*sorted(report.folder.glob("0*.html")), report.folder / "index.html"]:
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        places = {tag["id"]: tag for tag in page.find_all(id=True)}
        assert len(places) == len(page.find_all(id=True))
        told: dict[str, int] = {}  # several links lead to one table
        for link in page.select("a.cited"):
            words, hint = link.find(string=True), link.select_one(".unseen").extract().get_text()
            anchor = link["href"].removeprefix("#")
            assert hint == f" (Beleg {anchor.removeprefix('beleg-')})"
            if anchor not in told:
                proof = places[anchor]
                (table,) = proof.find_all("table")
                assert table.caption.get_text() == proof.a.get_text() == hint[2:-1]
                (back,) = proof.select("a[role=doc-backlink]")
                assert places[back["href"].removeprefix("#")]["href"] == link["href"]
                told[anchor] = rows_told(table)
            after = link.next_sibling
            if not words.endswith("%") and not str(after or "").lstrip().startswith(("Jahr", "bis")):
                assert told[anchor] == value_of(words), (path.name, words, anchor)
            followed += 1
        assert page.select("a.cited"), path.name
    measured(f"numbers of the pages followed to their tables, {fixture}", f"{followed} of {followed}")


def test_very_many_programmes_are_counted_and_the_first_are_shown():
    survey = make_survey({"I": "received"}, [{"dezernat": "I"}] * (MOST_ROWS + 7))
    total = cite_programmes(survey, survey.programmes["programme_id"])
    evidence = total.evidence()
    assert (total, len(evidence.rows), evidence.more, evidence.table) == (
        MOST_ROWS + 7,
        MOST_ROWS,
        7,
        "programmes",
    )
    both = total + cite_programmes(survey, survey.programmes["programme_id"][:2])
    assert (len(both.evidence().rows), both.evidence().more) == (MOST_ROWS, 9)


def test_a_corrected_cell_shows_what_the_workbook_says_too():
    survey = make_survey(
        {"I": "received"},
        [{"dezernat": "I", "title": "Treff"}],
        problems=[
            {
                "severity": "info",
                "code": "corrected",
                "workbook": "a.xlsx",
                "sheet": "S",
                "cell": "B2",
                "found": "1899",
            }
        ],
    )
    row = {"workbook": "a.xlsx", "sheet": "S", "cell": "B2", "text": "1999", "taken_as": "placed"}
    survey.cells = make_frame("cells", [{**row, "field": "start", "programme_id": "P1"}])
    (shown,) = cite_programmes(survey, ["P1"], "start").evidence().rows
    assert shown.cells == (("B2", "1999 (berichtigt; in der Datei steht „1899“)"),)
