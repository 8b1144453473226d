"""A good PDF, broken in every way that we know: is each noticed, and by whom?"""

import io

import pikepdf
import pytest
from broken_pdfs import BREAKS
from demo_notebook import demo_notebook
from notebook_reading import margin_texts, read_notebook
from pdf_reading import Reading
from validators import check_outloud, check_verapdf

from analysis.publish.briefing import BriefingExporter

OURS = {"tags", "order", "strays", "margins"}
# What can be seen without the notebook.
ILL_FORMED = [
    *("skipped_level", "no_alternative", "empty_alternative", "column_headings_without_scope"),
    *("link_without_words", "link_without_tag", "text_without_mark", "no_language", "no_title"),
    *("window_shows_the_file_name", "not_marked_as_tagged", "no_tags", "no_word_of_the_standard"),
]
NAMES = [change.__name__ for change in BREAKS]


@pytest.fixture(scope="module")
def notebook():
    """The demonstration without its chart and its long table: what is checked so often should be short."""
    notebook = demo_notebook()
    del notebook.cells[-3:-1], notebook.cells[4].outputs[1]
    return notebook


@pytest.fixture(scope="module")
def caught(notebook, tmp_path_factory):
    """For each way to break the PDF, and for none of them, which of the three checks notices something."""
    good, _ = BriefingExporter().from_notebook_node(notebook, {"metadata": {"name": "probe"}})
    path = tmp_path_factory.mktemp("broken") / "probe.pdf"
    told = read_notebook(notebook)

    def check(change):
        with pikepdf.open(io.BytesIO(good)) as document:
            change(document)
            document.save(path)
        pdf = path.read_bytes()
        reading = Reading(pdf)
        pages = len(reading.margins)
        margins = [margin_texts(notebook, "probe", page, pages) for page in range(1, pages + 1)]
        findings = {
            "veraPDF": check_verapdf(pdf).failed,
            "outloud": check_outloud(path),
            "tags": reading.lines != told,
            "order": reading.misplaced,
            "strays": reading.strays,
            "margins": reading.margins != margins,
        }
        return {name for name, found in findings.items() if found}

    return {change.__name__: check(change) for change in [*BREAKS, unbroken]}


def unbroken(document):
    """The control of the controls."""


def test_a_good_pdf_is_blamed_by_none(caught):
    assert caught["unbroken"] == set()


@pytest.mark.parametrize("name", ILL_FORMED)
def test_the_validators_notice_what_is_ill_formed(name, caught):
    assert {"veraPDF", "outloud"} <= caught[name]


@pytest.mark.parametrize("name", NAMES)
def test_our_own_test_notices_each(name, caught):
    assert caught[name] & OURS


def test_each_part_of_our_own_test_notices_its_own(caught):
    assert "order" in caught["paragraphs_exchanged"]
    assert "strays" in caught["paragraph_never_read"] & caught["text_without_mark"]
    assert "margins" in caught["running_head_is_read"]


def test_what_the_validators_miss_is_counted(caught, measured):
    """Both look at one PDF without its notebook: what is wrong and yet well formed they cannot know."""
    groups: dict[str, list[str]] = {}
    for name in NAMES:
        checks = caught[name]
        found = [check for check in ("veraPDF", "outloud") if check in checks]
        groups.setdefault(", ".join(found + ["our own test"] * bool(checks & OURS)), []).append(name)
    noticed = sum(bool(caught[name]) for name in NAMES)
    measured("PDF broken on purpose", f"caught {noticed} of {len(NAMES)}")
    for checks, names in groups.items():
        measured(f"PDF broken on purpose, caught by {checks}", f"{len(names)} ({', '.join(names)})")
    assert {"heading_as_paragraph", "alternatives_exchanged", "paragraphs_exchanged"} <= set(
        groups["our own test"]
    )
