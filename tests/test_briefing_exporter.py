import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import nbformat
import nbformat.v4 as v4
import pikepdf
import pytest
from demo_notebook import bar_chart, code, demo_notebook, displayed, groups_table, png
from pdf_reading import read_outline, read_tags
from traitlets.config import Config
from validators import check_outloud, check_verapdf, page_texts, render_pages

from analysis.publish.briefing import BriefingExporter
from analysis.publish.document import DocumentError
from analysis.publish.paper import paper_from_notebook
from analysis.publish.tags import finish_tags, walk_tags

# Kinds that only decorate what stands in them or around it.
INNER = {"Document", "Div", "Strong", "Em", "Span", "Lbl", "THead", "TBody", "LBody"}


def export(notebook, name="probe"):
    pdf, resources = BriefingExporter().from_notebook_node(notebook, {"metadata": {"name": name}})
    assert resources["output_extension"] == ".pdf"
    return pdf


@pytest.fixture(scope="module")
def demo():
    return export(demo_notebook(), "demo")


def tags_of(document, kind):
    return [tag for tag in walk_tags(document) if str(tag.S) == kind]


def test_what_is_no_pdf_is_an_error(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"no PDF")
    assert check_outloud(tmp_path / "x.pdf") != ()


def content(pdf):
    return [(kind, text) for kind, text in read_tags(pdf) if kind not in INNER]


EXPECTED = [
    ("P", "Stadt Köln · Fachstelle Behindertenpolitik"),
    ("P", "26. Februar 2014"),
    ("Title", "Sozialräumliche Programme der Stadt: Rücklauf und Ergebnisse"),
    ("P", "Musterdaten"),
    ("P", "Alle Angaben sind erfunden oder der Niederschrift entnommen."),
    ("H1", "Anlass"),
    (
        "P",
        "Die Stadtarbeitsgemeinschaft bat am 21.11.2013 um einen Überblick.1 Die Fachstelle schrieb „alle“ an; "
        "siehe die Stadt oder amt@example.org, nicht code, und das ist’s: a < b & c.Neue Zeile mit "
        "[Zeichen U+6F22] und 😀 und → ✓.",
    ),
    ("Link", "1"),
    ("Note", "1Sitzung vom 21.11.2013."),
    ("Link", "1"),
    ("Link", "die Stadt"),
    ("Link", "amt@example.org"),
    ("Code", "code"),
    ("L", "• Rücklauf• Ergebnisse1. Zielgruppen2. Beginn– ganz tief• Einordnung"),
    ("LI", "• Rücklauf"),
    ("LI", "• Ergebnisse1. Zielgruppen2. Beginn– ganz tief"),
    ("P", "Ergebnisse"),
    ("L", "1. Zielgruppen2. Beginn– ganz tief"),
    ("LI", "1. Zielgruppen"),
    ("LI", "2. Beginn– ganz tief"),
    ("P", "Beginn"),
    ("L", "– ganz tief"),
    ("LI", "– ganz tief"),
    ("LI", "• Einordnung"),
    ("L", "3. drei4. vier"),
    ("LI", "3. drei"),
    ("LI", "4. vier"),
    ("BlockQuote", "Ein Zitat, das für sich steht."),
    ("P", "Ein Zitat, das für sich steht."),
    ("Table", "Stichwort Zahl Spalte 3Eins 1 xZwei 2 keine AngabeDrei 3 z"),
    ("TR", "Stichwort Zahl Spalte 3"),
    ("TH-Column", "Stichwort"),
    ("TH-Column", "Zahl"),
    ("TH-Column", "Spalte 3"),
    ("TR", "Eins 1 x"),
    ("TH-Row", "Eins"),
    ("TD", "1"),
    ("TD", "x"),
    ("TR", "Zwei 2 keine Angabe"),
    ("TH-Row", "Zwei"),
    ("TD", "2"),
    ("TD", "keine Angabe"),
    ("TR", "Drei 3 z"),
    ("TH-Row", "Drei"),
    ("TD", "3"),
    ("TD", "z"),
    ("Code", 'print("Hallo")'),
    ("P", 'print("Hallo")'),
    ("L", "• ☑ erledigt• ☐ offen"),
    ("LI", "• ☑ erledigt"),
    ("LI", "• ☐ offen"),
    ("Code", "E = mc^2"),
    ("P", "E = mc^2"),
    ("P", "Noch ein Satz.1 Und noch einer.2"),
    ("Link", "1"),
    ("Link", "2"),
    ("Note", "2Zweite Fußnote."),
    ("Link", "2"),
    ("H1", "Ergebnisse"),
    ("H2", "Zielgruppen"),
    ("P", "In zwei von sieben Dezernaten gibt es Programme; 9 von 22 Nennungen."),
    ("Caption", "Abbildung 1: Zielgruppen der Nennungen"),
    (
        "Figure",
        "Balkendiagramm zu Zielgruppen: Kinder werden am häufigsten genannt, in 9 von 22 Nennungen. "
        "Werte in Tabelle 1.",
    ),
]


def test_the_tags_say_what_the_notebook_says(demo):
    found = content(demo)
    assert found[: len(EXPECTED)] == EXPECTED
    rest = found[len(EXPECTED) :]
    assert [text for kind, text in rest if kind == "Caption"] == [
        "Tabelle 1: Zielgruppen nach Zahl der Nennungen Mehrfachnennungen sind möglich.",
        "Abbildung 2: Rechteck",
        "Tabelle 2: Alle Programme des Dezernats IV",
    ]
    assert [(kind, text) for kind, text in rest if re.fullmatch(r"H\d|Figure|Code", kind)] == [
        ("H2", "Bilder"),
        ("Figure", "Ein blaues Rechteck"),
        ("Figure", "blau"),
        ("Figure", "Ein zweites Rechteck"),
        ("Code", "rotfertig"),
        ("Code", "42"),
        ("H1", "Anlage: Alle Programme"),
        ("H2", "Dezernat IV"),
        ("H1", "Anhang: Datenqualität"),
    ]
    assert Counter(kind for kind, _ in rest if kind[0] == "T") == {
        "Table": 2,
        "TR": 5 + 13,
        "TH-Column": 3 + 7,
        "TH-Row": 4 + 12,
        "TD": 2 * 4 + 6 * 12,
    }
    assert not [text for kind, text in rest if kind == "TD" and not text]


def test_bookmarks_follow_the_headings(demo):
    assert read_outline(demo) == [
        (1, "Anlass"),
        (1, "Ergebnisse"),
        (2, "Zielgruppen"),
        (2, "Bilder"),
        (1, "Anlage: Alle Programme"),
        (2, "Dezernat IV"),
        (1, "Anhang: Datenqualität"),
    ]


def test_language_title_and_metadata(demo):
    with pikepdf.open(io.BytesIO(demo)) as document:
        assert document.Root.Lang == "de-DE"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        facts = {key: str(value) for key, value in document.docinfo.items()}
        languages = {str(tag.Lang) for tag in tags_of(document, "/Code") if "/Lang" in tag}
    assert facts == {
        "/Author": "Stadt Köln · Fachstelle Behindertenpolitik",
        "/CreationDate": "D:20140226000000Z",
        "/ModDate": "D:20140226000000Z",
        "/Creator": facts["/Creator"],
        "/Title": "Sozialräumliche Programme der Stadt: Rücklauf und Ergebnisse",
    }
    assert facts["/Creator"].startswith("Typst ")
    assert languages == set()  # what a notebook prints is German as well


def test_only_the_two_typefaces_are_used_in_charts_too(demo):
    with pikepdf.open(io.BytesIO(demo)) as document:
        names = {str(thing.BaseFont) for thing in document.objects if is_font(thing)}
    families = {re.sub(r"^/[A-Z]{6}\+|-.*$", "", name) for name in names}
    assert families == {"AtkinsonHyperlegible", "DejaVuSans", "DejaVuSansMono"}


def is_font(thing):
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/BaseFont" in thing


def test_the_words_of_a_chart_are_text_in_its_own_typeface():
    pdf = export(v4.new_notebook(cells=[code(displayed(bar_chart()))]))
    assert "Nennungen mit Angabe zur Zielgruppe – „größte“ zuerst" in page_texts(pdf)[0]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = {str(thing.BaseFont)[8:] for thing in document.objects if is_font(thing)}
    assert names == {"AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold"}


def test_every_page_has_its_number_and_all_but_the_first_a_running_head(demo):
    texts = page_texts(demo)
    assert len(texts) == 5
    for number, text in enumerate(texts, start=1):
        assert f"Seite {number} von 5" in text
        assert ("Mitteilung zu sozialräumlichen Programmen" in text) == (number > 1)
    spoken = " ".join(text for _, text in read_tags(demo))
    assert "Seite 1" not in spoken
    assert "Mitteilung zu" not in spoken


def test_wide_tables_lie_on_their_side_with_their_heading_and_repeat_it(demo):
    assert [page.size[0] > page.size[1] for page in render_pages(demo, 0.2)] == [
        False,
        False,
        True,
        True,
        False,
    ]
    texts = page_texts(demo)
    assert "Anlage: Alle Programme" in texts[2]
    assert all("Beschreibung" in text for text in texts[2:4])
    # On paper twice, to a screen reader once.
    assert [kind for kind, text in read_tags(demo) if text == "Beschreibung"] == ["TH-Column"]


def test_nothing_is_printed_outside_the_margins(demo):
    for page in render_pages(demo, 1.0):
        gray = page.convert("L").point(lambda value: 255 if value < 250 else 0)
        left, _, right, _ = gray.getbbox()
        assert left >= 2.4 * 72 / 2.54
        assert right <= page.size[0] - 2.1 * 72 / 2.54


def test_the_same_notebook_gives_the_same_bytes(demo):
    assert export(demo_notebook(), "demo") == demo


def test_a_report_has_the_same_paper_without_nbconvert(demo):
    assert paper_from_notebook(json.loads(json.dumps(demo_notebook())), "demo") == demo


def test_an_undated_notebook_gives_the_same_bytes_and_an_empty_one_is_a_document():
    notebook = v4.new_notebook()
    assert export(notebook) == export(notebook)
    assert check_verapdf(export(notebook)).failed == ()


def test_pictures_keep_within_page_and_line():
    url = f"data:image/png;base64,{png((3000, 100))}"
    tall = v4.new_output("display_data", data={"image/png": png((300, 4000))}, metadata={"alt": "hoch"})
    pdf = export(v4.new_notebook(cells=[code(tall), v4.new_markdown_cell(f"Im ![breit]({url}) Satz")]))
    test_nothing_is_printed_outside_the_margins(pdf)
    assert check_verapdf(pdf).failed == ()


def test_a_picture_that_cannot_be_drawn_is_named():
    half = v4.new_output("display_data", data={"image/png": png()[:40]}, metadata={"alt": "halb"})
    with pytest.raises(DocumentError, match="Notebook „probe“: das Bild „halb“ lässt sich nicht setzen"):
        export(v4.new_notebook(cells=[code(half)]))


def test_cells_can_be_left_out_by_tag_and_are_counted_as_the_author_counts():
    config = Config({"TagRemovePreprocessor": {"remove_cell_tags": ["weg"]}})
    hidden = v4.new_markdown_cell("Geheim", metadata={"tags": ["weg"]})
    notebook = v4.new_notebook(
        cells=[hidden, v4.new_markdown_cell("Offen"), v4.new_markdown_cell("![](x.png)")]
    )
    with pytest.raises(DocumentError, match="Zelle 3"):
        BriefingExporter(config=config).from_notebook_node(notebook)
    pdf, _ = BriefingExporter(config=config).from_notebook_node(v4.new_notebook(cells=notebook.cells[:2]))
    assert "Geheim" not in page_texts(pdf)[0]
    assert "Offen" in page_texts(pdf)[0]


def test_code_is_not_printed(demo):
    assert "analysis.draw" not in " ".join(page_texts(demo))


def test_row_headers_follow_the_table_not_the_first_column_only():
    notebook = v4.new_notebook(cells=[code(displayed(groups_table(), row_headers=2))])
    kinds = Counter(kind for kind, _ in read_tags(export(notebook)))
    assert (kinds["TH-Row"], kinds["TD"]) == (8, 4)


def test_row_headers_need_the_tables_they_were_written_for(demo):
    with pytest.raises(ValueError, match="3 tables are tagged, 1 were written"):
        finish_tags(demo, [1])


def convert(notebook, folder, to="briefing", **environment):
    path = folder / "probe.ipynb"
    path.write_text(notebook if isinstance(notebook, str) else nbformat.writes(notebook), "utf-8")
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", to, path.name]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def test_the_command_line_gives_the_same_bytes_whatever_the_clock(demo, tmp_path):
    done = convert(demo_notebook(), tmp_path, SOURCE_DATE_EPOCH="1", TZ="Asia/Tokyo", LANG="C")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "probe.pdf").read_bytes() == demo


NO_ALT = v4.new_notebook(
    cells=[
        v4.new_markdown_cell("# T"),
        code(v4.new_output("display_data", data={"image/png": png()})),
    ]
)


@pytest.mark.parametrize("to", ["briefing", "accessible_html"])
@pytest.mark.parametrize(
    ("notebook", "message"),
    [
        (NO_ALT, "Notebook „probe“, Zelle 2: ein Bild hat keinen Alternativtext"),
        ("{", "Notebook „probe“: die Datei ist kein Notebook"),
    ],
)
def test_the_command_line_says_in_one_line_what_is_missing(to, notebook, message, tmp_path: Path):
    done = convert(notebook, tmp_path, to)
    assert done.returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["probe.ipynb"]
    assert "Traceback" not in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if "ERROR" in line]
    assert message in line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Notebook „probe“: die Datei ist kein Notebook"),
        ("[]", "Notebook „probe“: die Datei ist kein Notebook"),
        (
            '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "raw", "metadata": {}}]}',
            "Notebook „probe“, Zelle 1: die Datei hält sich nicht an das Format",
        ),
    ],
)
def test_what_is_no_notebook_is_one_line(text, message, tmp_path):
    path = tmp_path / "probe.ipynb"
    path.write_text(text, "utf-8")
    with pytest.raises(DocumentError, match=message) as caught:
        BriefingExporter().from_filename(str(path))
    assert "\n" not in str(caught.value)


def test_notebooks_of_older_formats_are_read(tmp_path):
    path = tmp_path / "alt.ipynb"
    heading = {"cell_type": "heading", "level": 1, "metadata": {}, "source": "Alt"}
    sheet = {"metadata": {}, "cells": [heading]}
    path.write_text(json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [sheet]}))
    pdf, _ = BriefingExporter().from_filename(str(path))
    assert read_tags(pdf)[1] == ("Title", "Alt")
