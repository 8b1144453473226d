"""How the pages of a briefing look: filled, legible, nothing torn apart; measured on the finished PDF."""

import ctypes
import math
import re
from itertools import pairwise

import nbformat.v4 as v4
import pandas as pd
import pypdfium2
import pypdfium2.raw as raw
import pytest
from conftest import SAMPLE, SECOND
from pdf_reading import read_tags
from PIL import ImageChops
from validators import page_texts, render_pages

from analysis import findings
from analysis.publish.briefing import BriefingExporter
from analysis.publish.display import Table
from analysis.publish.document import collect
from analysis.publish.paper import typeset
from analysis.survey import read_survey

TOP, BOTTOM = 68.0, 59.5  # points of the margins in which head and foot stand
PLAIN = "Das Wichtigste in einfacher Sprache"


@pytest.fixture(scope="module", params=["sample", "second"])
def briefing(request):
    """The survey's folder and the PDF of its briefing."""
    notebook = request.getfixturevalue(f"{request.param}_notebooks")["06_briefing"]
    pdf, _ = BriefingExporter().from_notebook_node(notebook, {"metadata": {"name": "06_briefing"}})
    return {"sample": SAMPLE, "second": SECOND}[request.param], pdf


def fills(pdf):
    """For each page how much of its height between the margins is used, and whether it lies on its side."""
    found = []
    for page in render_pages(pdf):
        inside = page.convert("L").crop((0, round(TOP), page.width, round(page.height - BOTTOM)))
        box = ImageChops.invert(inside).getbbox()
        found.append((box[3] / inside.height if box else 0.0, page.width > page.height))
    return found


def bodies(pdf):
    """The lines of each page without head and foot."""
    pages = [[line.strip() for line in text.splitlines() if line.strip()] for text in page_texts(pdf)]
    heads = {lines[0] for lines in pages[1:]} if len(pages) > 1 else set()
    return [
        [line for line in lines if not re.match(r"Seite \d+ von \d+", line) and not (i and line in heads)]
        for i, lines in enumerate(pages)
    ]


def stranded_headings(pdf):
    """The headings with less than two lines below them on their page."""
    headings = {text for kind, text in read_tags(pdf) if re.fullmatch(r"H\d", kind)}
    return [line for lines in bodies(pdf) for line in lines[-2:] if line in headings]


def text_sizes(pdf, *pages):
    """The sizes in points of all signs on these pages, or on all, with what is set so."""
    sizes = {}
    document = pypdfium2.PdfDocument(pdf)
    for page in (document[number] for number in pages or range(len(document))):
        textpage = page.get_textpage()
        for i in range(textpage.count_chars()):
            matrix = raw.FS_MATRIX()
            char = chr(raw.FPDFText_GetUnicode(textpage.raw, i))
            if char.isspace() or not raw.FPDFText_GetMatrix(textpage.raw, i, ctypes.byref(matrix)):
                continue
            size = raw.FPDFText_GetFontSize(textpage.raw, i) * math.hypot(matrix.c, matrix.d)
            sizes[round(size, 1)] = sizes.get(round(size, 1), "") + char
    return sizes


def squeezed(text):
    """The text without spaces, hyphens and marks, as lines may break anywhere."""
    return re.sub(r"[\s\-\ufffe\u00ad*]", "", text)


def test_no_page_is_half_empty(briefing):
    """Excused: the last page, and one before a page of another kind, which cannot take the rest."""
    pages = fills(briefing[1])
    own = next(i for i, lines in enumerate(bodies(briefing[1])) if lines[0] == PLAIN)
    for number, ((filled, is_wide), (_, next_is_wide)) in enumerate(pairwise(pages)):
        is_forced = is_wide != next_is_wide or own in (number, number + 1)
        assert filled > (0.3 if is_forced else 0.5), f"page {number + 1}"


def test_no_heading_is_the_last_thing_on_a_page(briefing):
    assert stranded_headings(briefing[1]) == []


def test_the_first_page_answers_in_four_sentences(briefing):
    folder, pdf = briefing
    sentences = re.findall(r"^\d\. (.+)$", findings.tell_summary(read_survey(folder)).markdown, re.MULTILINE)
    assert len(sentences) == 4
    first = squeezed(page_texts(pdf)[0])
    assert all(squeezed(sentence) in first for sentence in sentences)
    assert "Antworten der Dezernate" in page_texts(pdf)[0]


def test_plain_language_has_exactly_one_page_of_its_own_in_larger_type(briefing):
    pages = bodies(briefing[1])
    assert [lines[0] for lines in pages[1:3]] == [PLAIN, "Verfahren und Rücklauf"]
    assert sum(PLAIN in lines for lines in pages) == 1
    sizes = text_sizes(briefing[1], 1)
    assert max(sizes, key=lambda size: len(sizes[size])) >= 12


def test_no_text_is_smaller_than_nine_points(briefing):
    sizes = text_sizes(briefing[1])
    assert min(sizes) >= 9, sizes[min(sizes)]


def test_a_checksum_stays_on_its_line(briefing):
    (line,) = [line for lines in bodies(briefing[1]) for line in lines if line.startswith("Prüfsumme")]
    assert re.search(r"\b[0-9a-f]{64}$", line)


def paper(*cells):
    return typeset(collect(v4.new_notebook(cells=list(cells)), "probe"))


def words(text, **metadata):
    return v4.new_markdown_cell(text, metadata=metadata)


def shown(table):
    data, about = table._repr_mimebundle_()
    return v4.new_code_cell("x", outputs=[v4.new_output("display_data", data=data, metadata=about)])


def lines(count):
    return "\n\n".join(["Zeile."] * count)


def wide_table(rows):
    frame = pd.DataFrame({f"Spalte mit Namen {i}": ["Eingliederungshilfe " * 3] * rows for i in range(8)})
    return shown(Table(frame, caption="Breit", note="Ein Hinweis."))


@pytest.mark.parametrize(("count", "size"), [(5, 12.5), (30, 12.5), (32, 12.0), (33, 11.5)])
def test_a_tagged_section_shrinks_as_far_as_it_must_to_keep_its_page(count, size):
    cells = [
        words("# T\n\nVorher."),
        words(f"## Heraus\n\n{lines(count)}", tags=["own-page"]),
        words("## Danach"),
    ]
    pdf = paper(*cells)
    assert [page[0] for page in bodies(pdf)] == ["T", "Heraus", "Danach"]
    assert size in text_sizes(pdf)


def test_a_tagged_section_longer_than_a_page_loses_nothing():
    cells = [words("# T"), words(f"## Heraus\n\n{lines(60)}\n\nENDE", tags=["own-page"]), words("## Danach")]
    pages = bodies(paper(*cells))
    assert len(pages) == 4
    assert sum(line == "Zeile." for page in pages for line in page) == 60
    assert pages[2][-1] == "ENDE"


def test_sections_below_a_tagged_one_stay_with_it_and_others_do_not():
    cells = [
        words("# T\n\nVorher."),
        words("## Heraus\n\nA.", tags=["own-page"]),
        words("### Darin\n\nB."),
        words("## Auch\n\nC.", tags=["own-page"]),
        words("## Danach\n\nD."),
    ]
    assert [page[-1] for page in bodies(paper(*cells))] == ["Vorher.", "B.", "C.", "D."]


@pytest.mark.parametrize(("count", "pages"), [(5, 1), (14, 1), (20, 2), (34, 2)])
def test_an_annex_begins_on_a_new_page_unless_half_of_the_old_one_is_free(count, pages):
    assert len(bodies(paper(words(f"# T\n\n{lines(count)}\n\n## Anhang: Mehr\n\nText.")))) == pages


def test_what_stands_below_a_wide_table_goes_upright_where_it_would_need_another_page():
    small = shown(
        Table(pd.DataFrame({"A": ["a", "b", "c"], "B": [1, 2, 3], "C": [1, 2, 3]}), caption="Klein")
    )
    for rows, sideways in ((8, [True]), (10, [True, False])):
        pages = fills(
            paper(words("# T"), words("## Breit\n\nEin Satz."), wide_table(rows), words("So:"), small)
        )
        assert [is_wide for _, is_wide in pages][1:] == sideways


def test_a_note_stands_with_the_caption_and_is_never_left_alone():
    for rows in range(36, 48, 2):
        frame = pd.DataFrame({"A": [f"Zeile {i}" for i in range(rows)], "B": 1, "C": 2})
        pages = bodies(paper(words("# T"), shown(Table(frame, caption="Lang", note="Ein Hinweis."))))
        assert any("Ein Hinweis." in line for line in pages[0])


def test_a_short_introduction_stays_with_its_list():
    for count in range(32, 42):
        pages = bodies(paper(words(f"# T\n\n{lines(count)}\n\n## Liste\n\nDies ist so:\n\n- eins\n- zwei")))
        assert any("Liste Dies ist so: • eins" in " ".join(page) for page in pages)


def test_the_figures_of_a_table_have_one_width():
    table = shown(
        Table(
            pd.DataFrame({"A": ["111111", "888888", "000000"], "B": [1, 1, 1], "C": [1, 1, 1]}), caption="Z"
        )
    )
    page = pypdfium2.PdfDocument(paper(words("# T"), table))[0]
    textpage = page.get_textpage()
    widths = set()
    for word in ("111111", "888888", "000000"):
        index = textpage.get_text_range().index(word)
        first, last = textpage.get_charbox(index, loose=True), textpage.get_charbox(index + 5, loose=True)
        widths.add(round(last[0] - first[0], 1))
    assert len(widths) == 1
