"""The whole way, from the returns to the briefing and the pages, as `make report` goes it."""

import html
import re
from pathlib import Path

import pytest
from conftest import ROOT, Report
from validators import Verdict, check_outloud, check_verapdf, page_texts

PAGES = [
    "01_returns.html",
    "02_start_years.html",
    "03_target_groups.html",
    "04_departments.html",
    "05_sozialraeume.html",
    "06_briefing.html",
    "plain_language.html",
]


def text_of_pdf(path: Path) -> str:
    """The text of all pages with hyphens at line ends and line breaks undone."""
    text = "\n".join(page_texts(path.read_bytes()))
    return " ".join(re.sub(r"[\u00ad\u2010\ufffe-]\r?\n(?=[a-zäöüß])", "", text).split())


def text_of_page(path: Path) -> str:
    source = re.sub(r"<style.*?</style>|<svg.*?</svg>", "", path.read_text(encoding="utf-8"), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source)).split())


def test_writes_briefing_pages_and_index(sample_report: Report) -> None:
    written = sorted(path.name for path in sample_report.folder.iterdir())
    assert written == sorted([".report.json", "briefing.pdf", "index.html", *PAGES])
    assert f"{sample_report.folder / 'briefing.pdf'}: 24 Nennungen" in sample_report.printed


@pytest.mark.parametrize("name", ["sample_report", "second_report"])
def test_briefing_passes_the_validators(name: str, request: pytest.FixtureRequest) -> None:
    report: Report = request.getfixturevalue(name)
    pdf = report.folder / "briefing.pdf"
    assert check_verapdf(pdf.read_bytes()) == Verdict(rules=106, failed=())
    assert check_outloud(pdf) == ()


def test_the_papers_findings_come_out_of_the_returns(sample_report: Report) -> None:
    text = text_of_pdf(sample_report.folder / "briefing.pdf")
    assert "In zwei von sieben Dezernaten" in text
    assert "24 Nennungen" in text
    assert "20 Jahre" in text
    assert "Die meisten" in text
    assert "Musterdaten" in text


def test_other_returns_give_other_findings(second_report: Report) -> None:
    text = text_of_pdf(second_report.folder / "briefing.pdf")
    assert "In mindestens drei von fünf Dezernaten" in text  # one return is missing, one is unreadable
    assert "sieben Nennungen" in text
    assert "Musterdaten" not in text
    assert "Beirat für Menschen mit Behinderung" in text


def test_nothing_of_the_sample_is_in_the_code_or_the_notebooks(second_report: Report) -> None:
    pages = " ".join(text_of_page(second_report.folder / page) for page in [*PAGES, "index.html"])
    programmes = (ROOT / "tools" / "sample_2014.csv").read_text(encoding="utf-8-sig")
    titles = [
        title
        for title in ("Gemeinwesenarbeit", "Seniorennetzwerke", "Mitternachtssport")
        if title in programmes
    ]
    assert len(titles) == 3
    assert [title for title in titles if title in pages] == []
    assert "Stadtarbeitsgemeinschaft" not in pages


def test_sample_data_say_so_on_every_page(sample_report: Report) -> None:
    assert "Musterdaten" in page_texts((sample_report.folder / "briefing.pdf").read_bytes())[0]
    for page in [*PAGES, "index.html"]:
        assert "Musterdaten" in text_of_page(sample_report.folder / page), page


def test_outputs_name_no_path_of_the_machine(sample_report: Report, second_report: Report) -> None:
    for report in (sample_report, second_report):
        for path in report.folder.iterdir():
            content = path.read_bytes()
            for place in (str(ROOT), str(Path.home()), str(report.folder.parent)):
                assert place.encode() not in content, path.name


def test_contacts_are_in_no_output(sample_report: Report) -> None:
    text = text_of_pdf(sample_report.folder / "briefing.pdf")
    text += " ".join(text_of_page(sample_report.folder / page) for page in [*PAGES, "index.html"])
    for person in ("Muster,", "Mustermann", "Beispielmeier", "Exempel", "example.org", "000-01"):
        assert person not in text
