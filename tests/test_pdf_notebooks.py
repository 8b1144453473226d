"""The PDF of every notebook of a report: what validators say of it, and whether it says what the notebook says."""

import pytest
from conftest import ROOT
from demo_notebook import demo_notebook
from notebook_reading import margin_texts, read_notebook
from pdf_reading import Reading, plain
from validators import check_outloud, check_verapdf

from analysis.publish.briefing import BriefingExporter

NAMES = [path.stem for path in sorted((ROOT / "notebooks").glob("0*.ipynb"))]
DOCUMENTS = ["demo", *(f"{survey} {name}" for survey in ("sample", "second") for name in NAMES)]


@pytest.fixture(scope="module", params=DOCUMENTS)
def document(request):
    """Name, executed notebook and PDF."""
    survey, _, name = request.param.partition(" ")
    notebook = request.getfixturevalue(f"{survey}_notebooks")[name] if name else demo_notebook()
    pdf, _ = BriefingExporter().from_notebook_node(notebook, {"metadata": {"name": "probe"}})
    return request.param, notebook, pdf


@pytest.fixture(scope="module")
def reading(document):
    return Reading(document[2])


def test_validators_find_nothing(document, tmp_path, measured):
    _, _, pdf = document
    readable, lasting = check_verapdf(pdf), check_verapdf(pdf, "PDFA-2A")
    (tmp_path / "x.pdf").write_bytes(pdf)
    heard = check_outloud(tmp_path / "x.pdf")
    assert (readable.failed, lasting.failed, heard) == ((), (), ())
    measured(
        f"{len(DOCUMENTS)} PDFs, veraPDF, PDF/UA-1", f"{len(readable.failed)} failed of {readable.rules}"
    )
    measured(f"{len(DOCUMENTS)} PDFs, veraPDF, PDF/A-2a", f"{len(lasting.failed)} failed of {lasting.rules}")
    measured(f"{len(DOCUMENTS)} PDFs, outloud", f"{len(heard)} errors and warnings")


def test_a_screen_reader_meets_what_the_notebook_says(document, reading):
    assert reading.lines == read_notebook(document[1])


def test_it_is_read_in_the_order_of_paper(reading):
    assert reading.misplaced == []


def test_all_that_is_painted_is_read_or_decoration(reading):
    assert reading.strays == []


def test_margins_hold_running_head_and_page_number_and_nothing_else(document, reading):
    headings = [line.partition("TH-Column ")[2] for line in reading.lines if "TH-Column " in line]
    for page, texts in enumerate(reading.margins, start=1):
        expected = margin_texts(document[1], "probe", page, len(reading.margins))
        assert all(text in plain(" ".join(texts)) for text in expected)
        # Beside them only the headings of a table that goes on, which were read on its first page.
        known = [*expected, *(headings if page > 1 else [])]
        assert [text for text in texts if not any(text.rstrip("-") in other for other in known)] == []
