"""Notebook pages and the front page: what stands in them, and that nothing in a notebook can act there."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pages import example, export, front_page, plain_page, shown
from test_plain_language import broken_rules

from analysis.findings import Topic
from analysis.publish.accessible_html import AccessibleHTMLExporter
from analysis.publish.code_markup import code_markup
from analysis.publish.display import Table
from analysis.publish.document import DocumentError
from analysis.publish.markdown import parse_markdown
from analysis.publish.page import Link, page_from_notebook, page_style, render_index, render_plain_language
from analysis.publish.prose_markup import ProseRenderer


def soup_of(*cells: Any, **metadata: Any) -> BeautifulSoup:
    return BeautifulSoup(export(new_notebook(cells=list(cells), metadata=metadata)), "html.parser")


@pytest.fixture(scope="module")
def html() -> str:
    return export(example())


@pytest.fixture(scope="module")
def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


# --- what stands in a page ----------------------------------------------------------------------------


def test_the_page_has_its_language_title_and_landmarks(soup):
    assert soup.html["lang"] == "de"
    assert soup.title.get_text() == "Für wen? – Fachstelle"
    assert [h.get_text() for h in soup.find_all("h1")] == ["Für wen?"]
    assert len(soup.find_all("main")) == len(soup.find_all("header")) == len(soup.find_all("footer")) == 1
    assert soup.find("a")["href"] == "#inhalt"
    assert soup.main["id"] == "inhalt"
    assert soup.find(class_="organisation").get_text() == "Fachstelle · Umfrage 2014"
    assert soup.find(class_="dateline").get_text() == "Stand: 26.02.2014"


def test_headings_keep_their_order_and_leave_no_level_out(soup):
    assert [(h.name, h.get_text()) for h in soup.find_all(re.compile("h[1-6]"))] == [
        ("h1", "Für wen?"),
        ("h2", "Zielgruppen"),
        ("h3", "Zweites Bild"),
        ("h2", "Alle Merkmale"),
        ("h2", "Einordnung der Sozialraumorientierungsbeauftragten"),
        ("h2", "Fußnoten"),
    ]


def test_a_longer_page_lists_its_sections_and_the_way_to_the_code(soup):
    links = [(a.get_text(), a["href"]) for a in soup.find(class_="contents").find_all("a")]
    assert links == [
        ("Zielgruppen", "#zielgruppen"),
        ("Alle Merkmale", "#alle-merkmale"),
        (
            "Einordnung der Sozialraumorientierungsbeauftragten",
            "#einordnung-der-sozialraumorientierungsbeauftragten",
        ),
        ("Programmcode", "#programmcode"),
    ]


def test_a_short_page_has_no_list_of_sections():
    assert soup_of(new_markdown_cell("# A\n\n## B\n\n## C")).find(class_="contents") is None


def test_neighbouring_pages_are_linked_and_the_own_page_is_marked(soup):
    links = soup.find(class_="pages").find_all("a")
    assert [(a.get_text(), a["href"], a.get("aria-current")) for a in links] == [
        ("Übersicht", "index.html", None),
        ("Zielgruppen", "03_target_groups.html", "page"),
    ]


def test_ways_out_of_the_folder_are_no_neighbours():
    nav = [{"title": "x", "href": href} for href in ("javascript:alert(1)", "//example.org", "../a.html")]
    assert soup_of(new_markdown_cell("# A"), publish={"nav": nav}).find(class_="pages") is None


def test_every_table_has_headings_with_scope_and_stands_in_a_labelled_scroll_region(soup):
    regions = soup.find_all(class_="scroll")
    assert [region["aria-label"] for region in regions] == [
        "Tabelle 1: Nennungen",
        "Tabelle",
        "Tabelle 2: Alle Merkmale",
        "Tabelle",
    ]
    assert [region["tabindex"] for region in regions] == ["0"] * 4
    assert len(soup.find_all("table")) == 4
    for table in soup.find_all("table"):
        assert {cell.get("scope") for cell in table.thead.find_all("th")} == {"col"}
        assert [row.find().get("scope") for row in table.tbody.find_all("tr")] == ["row"] * len(
            table.tbody.find_all("tr")
        )
    assert soup.caption.get_text() == "Tabelle 1: Nennungen"
    assert regions[0].find_next_sibling("p").get_text() == "Ohne Angabe: 2."


def test_columns_share_the_width_as_in_print_and_file_names_may_break_at_their_joints():
    files = pd.DataFrame(
        {
            "Datei": ["Abfrage_Inklusion.xlsx", "A/B"],
            "Frage": ["Bitte klären, welche Orte gemeint sind. " * 4] * 2,
        }
    )
    table = soup_of(new_code_cell(outputs=[shown(Table(files, caption="Fragen"))])).table
    assert [str(cell) for cell in table.tbody.find_all("th")] == [
        '<th scope="row">Abfrage_<wbr/>Inklusion.xlsx</th>',
        '<th class="short" scope="row">A/<wbr/>B</th>',
    ]
    shares = [int(re.findall(r"\d+", col["style"])[0]) for col in table.find_all("col")]
    assert (sum(shares), shares[0] < shares[1]) == (100, True)
    assert table["style"] == "min-width:23em"


def test_short_columns_keep_their_natural_width_and_words_that_cannot_fit_make_a_table_broad():
    short, broad = (
        soup_of(new_code_cell(outputs=[shown(Table(frame, caption="Breite"))])).table
        for frame in (
            pd.DataFrame({"Ort": ["Porz"], "Zahl": [1]}),
            pd.DataFrame([{f"Merkmal{n}": "Eingliederungshilfe" for n in range(8)}]),
        )
    )
    assert (short.find("col"), short.get("class")) == (None, None)
    assert broad["class"] == ["broad"]


def test_a_table_without_rows_is_a_sentence():
    empty = pd.DataFrame({"a": []})
    page = soup_of(new_code_cell(outputs=[shown(Table(empty, caption="Leer"))]))
    assert page.find("table") is None
    assert page.find(class_="article").p.get_text(" ") == "Tabelle 1: Leer \nDie Tabelle hat keine Einträge."


def test_a_plain_pandas_table_gets_its_index_as_row_headings(soup):
    table = soup.find_all("table")[3]
    assert [cell.get_text() for cell in table.thead.find_all("th")] == ["Zeile", "Anzahl"]
    assert [cell.get_text() for cell in table.tbody.find_all("th")] == ["alle", "einige"]


def test_charts_are_inline_text_with_caption_and_words(soup):
    figures = soup.find_all("figure")
    assert [f.figcaption and f.figcaption.get_text() for f in figures] == [
        "Abbildung 1: Gruppen",
        "Abbildung 2: Gruppen, noch einmal",
        None,
    ]
    assert figures[0].svg["role"] == "img"
    title = figures[0].svg.title
    assert figures[0].svg["aria-labelledby"] == title["id"] == "bild1titel"
    assert title.get_text() == (
        "Balkendiagramm zu Nennungen: Ältere Menschen 9, Jugendliche 3. Werte in Tabelle 1."
    )
    assert "Ältere Menschen" in [text.get_text(strip=True) for text in figures[0].svg.find_all("text")]


def test_pictures_in_pixels_keep_their_words(soup):
    assert [img["alt"] for img in soup.find_all("img")] == ["schwarzer Strich", "Ein Strich"]


def test_ids_are_unique_and_every_way_within_the_page_leads_somewhere(soup, html):
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert any(name.startswith("bild1-") for name in ids)
    ways = {a["href"][1:] for a in soup.find_all("a", href=re.compile("^#"))}
    ways |= set(re.findall(r"url\(#([^)]+)\)", html))
    assert ways <= set(ids)


def test_headings_with_the_same_words_or_those_of_the_frame_get_anchors_of_their_own():
    page = soup_of(
        new_markdown_cell("# A\n\n## Inhalt\n\n## Ziele!\n\n## Ziele?\n\n## ?"),
        new_code_cell("x", execution_count=1),
    )
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert [h["id"] for h in page.find_all("h2")] == [
        "abschnitt-inhalt-2",
        "ziele",
        "abschnitt-ziele-2",
        "abschnitt",
    ]


def test_footnotes_of_all_cells_stand_at_the_end_with_ways_there_and_back(soup):
    references = soup.find_all("sup")
    assert [(r["id"], r.a["href"], r.get_text()) for r in references] == [
        ("zu-fussnote-1", "#fussnote-1", "Fußnote 1"),
        ("zu-fussnote-2", "#fussnote-2", "Fußnote 2"),
    ]
    notes = soup.find(class_="footnotes").find_all("li")
    assert [note.p.get_text() for note in notes] == ["Nennungen.", "Das Wort „alle“ zählt."]


def test_the_remark_stands_in_a_box_with_its_label(soup):
    note = soup.find(class_="note")
    assert (note["role"], note["aria-label"]) == ("note", "Musterdaten")
    assert note.get_text(" ", strip=True) == "Musterdaten Die Antworten sind erfunden ."


def test_code_is_one_closed_fold_at_the_end(soup):
    fold = soup.find("details")
    assert not fold.has_attr("open")
    assert fold.summary.get_text() == "Programmcode dieser Seite"
    assert fold.find("code").get_text() == 'SURVEY = "data/raw/2014"  # Ordner'
    fold_text = fold.extract().get_text()
    assert "import analysis" in fold_text
    assert "import analysis" not in soup.get_text()


def test_without_input_there_is_no_code(html):
    exporter = AccessibleHTMLExporter(exclude_input=True)
    page = BeautifulSoup(exporter.from_notebook_node(example())[0], "html.parser")
    assert page.find("details") is None
    assert "Programmcode" not in page.get_text()


def test_the_page_allows_no_script_and_nothing_from_elsewhere(soup, html):
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:")
    assert soup.find(["script", "link", "iframe", "object", "form"]) is None
    assert [tag["src"] for tag in soup.find_all(src=True) if not tag["src"].startswith("data:")] == []
    assert re.findall(r"url\((?!data:|#)", html) == []
    assert len(html.encode()) < 400_000


def test_the_page_names_no_person_and_no_folder(html):
    assert not re.search("erika|/home/|Matplotlib|nbconvert|generator", html, re.IGNORECASE)


def test_the_same_notebook_gives_the_same_bytes(html):
    assert export(example()) == html


# --- what others may have put into a notebook ------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        new_markdown_cell("<script>alert(1)</script>\n\na <i onclick=x>b</i> <a href='javascript:x'>c</a>"),
        new_markdown_cell("a <b><script>alert(1)</script></b> <style>x</style> <x onclick=y>c</x>"),
        new_markdown_cell("[x](javascript:alert(1)) [y](data:text/html,x) [z](file:///etc/passwd)"),
        new_markdown_cell("`<script>`\n\n```html\n<script>alert(1)</script>\n```\n\n## <script>x</script>"),
        new_code_cell("</code></pre></details><script>alert(1)</script>", execution_count=1),
        new_code_cell(
            outputs=[
                new_output(
                    "display_data",
                    data={
                        "text/html": "<p onclick=x>Text</p><script>alert(1)</script><form action=x><input></form>"
                    },
                )
            ]
        ),
        new_code_cell(outputs=[new_output("stream", name="stdout", text="<script>alert(1)</script>")]),
        new_code_cell(
            outputs=[
                new_output(
                    "display_data",
                    data={
                        "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"
                    },
                    metadata={"alt": "<script>alert('1')</script>\"><script>"},
                )
            ]
        ),
    ],
)
def test_what_acts_in_a_notebook_is_harmless_in_its_page(cell):
    page = soup_of(new_markdown_cell("# A"), cell)
    assert page.find(["script", "form", "input", "b", "x"]) is None
    handlers = [k for tag in page.find_all() for k in tag.attrs if k.startswith("on")]
    assert handlers == []
    assert {a["href"][:1] for a in page.find_all("a")} == {"#"}


@given(st.text(max_size=60))
def test_no_text_of_a_notebook_becomes_markup(text):
    blocks = ProseRenderer().markup([{"type": "paragraph", "children": [{"type": "text", "raw": text}]}])
    assert blocks.count("<") == 2
    assert BeautifulSoup(code_markup(text, "ipython3"), "html.parser").find(["script", "a"]) is None


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\ufeff"), max_size=60))
def test_code_keeps_every_character(source):
    assert re.sub(r'</?span(?: class="[ksc]")?>', "", code_markup(source, "python")) == escape(source)


def test_code_tells_words_texts_and_remarks_apart():
    assert code_markup('if x: y = "<"  # so', "ipython3") == (
        '<span class="k">if</span> x: y = <span class="s">&#34;</span><span class="s">&lt;</span>'
        '<span class="s">&#34;</span>  <span class="c"># so</span>'
    )


def test_quotation_marks_are_german_across_emphasis_and_code():
    page = soup_of(new_markdown_cell('# Das "Wort"\n\n"Alle" ("*viele*"), das **"Viertel"**, `"x"`.'))
    assert page.h1.get_text() == "Das „Wort“"
    assert page.find(class_="article").p.get_text() == '„Alle“ („viele“), das „Viertel“, "x".'


def test_labels_with_short_values_stand_in_two_columns():
    page = soup_of(new_markdown_cell("- **Gremium:** A\n- **Sitzung:** B"))
    assert [item.get_text() for item in page.find("ul", class_="facts").find_all("li")] == [
        "Gremium: A",
        "Sitzung: B",
    ]


def test_markdown_that_nobody_taught_the_page_is_an_error_and_not_left_out():
    with pytest.raises(AttributeError, match="marquee"):
        ProseRenderer().markup([{"type": "marquee", "raw": "Text"}])


def test_a_picture_without_words_names_notebook_and_cell():
    png = new_output("display_data", data={"image/png": "iVBORw0KGgo="})
    with pytest.raises(DocumentError, match="Notebook „bilder“, Zelle 2: ein Bild hat keinen Alternativtext"):
        export(new_notebook(cells=[new_markdown_cell("# A"), new_code_cell(outputs=[png])]), "bilder")


def test_a_table_without_headings_names_notebook_and_cell():
    bare = new_output("display_data", data={"text/html": "<table><tr><td>1</td></tr></table>"})
    with pytest.raises(DocumentError, match="Notebook „tabellen“, Zelle 1: die Tabelle hat keine Kopfzeile"):
        export(new_notebook(cells=[new_code_cell(outputs=[bare])]), "tabellen")


def test_pictures_of_others_get_their_words_from_the_cell():
    png = new_output("display_data", data={"image/png": "iVBORw0KGgo="})
    page = soup_of(new_code_cell("#| fig-alt: Ein roter Punkt\nplot()", outputs=[png]))
    assert (page.img["alt"], page.img["src"]) == ("Ein roter Punkt", "data:image/png;base64,iVBORw0KGgo=")


def test_nbconvert_finds_the_exporter_from_the_command_line(tmp_path: Path):
    nbformat.write(example(), tmp_path / "seite.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", "accessible_html", "seite.ipynb"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "<h1>Für wen?</h1>" in (tmp_path / "seite.html").read_text("utf-8")


# --- the front page --------------------------------------------------------------------------------------


def test_the_front_page_leads_to_plain_language_first_then_says_what_the_data_are_and_the_result():
    page = BeautifulSoup(front_page(), "html.parser")
    assert page.html["lang"] == "de"
    assert page.title.get_text() == "Programme im Sozialraum – Fachstelle"
    first, remark = page.find(class_="article").find_all(recursive=False)[:2]
    assert (first.a.get_text(), first.a["href"]) == ("In einfacher Sprache", "plain_language.html")
    assert remark["aria-label"] == "Musterdaten"
    assert remark.find_all("p")[1].get_text() == "Die Antworten sind erfunden."
    assert [h.get_text() for h in page.find_all(["h1", "h2"])] == [
        "Programme im Sozialraum",
        "Das Ergebnis in vier Sätzen",
        "Die Vorlage zum Lesen und Drucken",
        "Die Auswertung im Einzelnen",
        "Über diese Seiten",
        "Belege",
    ]
    assert [li.get_text() for li in page.find("ol", class_="key").find_all("li")] == [
        "In zwei (Beleg 1) Ämtern.",
        "Seit 20 Jahren.",
        "Für alle.",
        "In der ganzen Stadt.",
    ]
    assert page.find(class_="facts").get_text(" ", strip=True) == "Prüfsumme: 0f3a"


def test_links_of_the_front_page_say_where_they_lead_and_what_is_fetched():
    page = BeautifulSoup(front_page(), "html.parser")
    links = [(a.get_text(), a["href"]) for a in page.find(class_="article").find_all("a")]
    assert links == [
        ("In einfacher Sprache", "plain_language.html"),
        ("zwei (Beleg 1)", "#beleg-1"),
        ("Vorlage (PDF, 215\u00a0kB)", "briefing.pdf"),
        ("Zielgruppen", "03_target_groups.html"),
        ("Alle Belege zeigen", "#belege-alle"),
        ("Beleg 1", "#beleg-1"),
        ("Zurück zum Text bei Beleg 1", "#zu-beleg-1"),
    ]
    rows = page.find(id="beleg-1").table.tbody.find_all("tr")
    assert [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows] == [
        ["Treff 1", "a.xlsx", "Blatt1", "B1", "Treff <1>"],
        ["Treff 2", "a.xlsx", "Blatt1", "B2", "Treff <2>"],
    ]


def test_the_page_in_plain_language_has_its_questions_as_headings_and_a_sentence_per_paragraph():
    page = BeautifulSoup(plain_page(), "html.parser")
    assert page.html["lang"] == "de"
    assert page.title.get_text() == "In einfacher Sprache – Umfrage 2014"
    assert [h.get_text() for h in page.find_all(["h1", "h2"])] == [
        "In einfacher Sprache",
        "Für wen?",
        "Woher kommen die Zahlen?",
    ]
    assert [p.get_text() for p in page.find(class_="plain").find_all("p", recursive=False)] == [
        "Dieser Text ist kurz.",
        "Er ist gut.",
        "2 von 7 Angeboten sind für alle.",
        "Hier stehen die Antworten zu jeder Zahl.",
    ]
    (where,) = page.find(class_="plain").find_all("a")
    assert where["href"] == "06_briefing.html#belege"
    added = Topic(page.find_all("h2")[-1].get_text(), (where.get_text(),))
    assert list(broken_rules((added,), {})) == []
    links = [(a.get_text(), a.get("aria-current")) for a in page.find(class_="pages").find_all("a")]
    assert links == [("Übersicht", None), ("In einfacher Sprache", "page")]
    assert page.find(class_="note").get_text(" ", strip=True) == "Musterdaten Das ist ein Beispiel."


@pytest.mark.parametrize(
    ("size", "text"), [(1, "1\u00a0kB"), (999_400, "999\u00a0kB"), (1_250_000, "1,3\u00a0MB")]
)
def test_sizes_are_german(size, text):
    assert Link("Datei", "a.csv", size=size).text == f"Datei (CSV, {text})"


def test_pages_never_call_themselves_more_than_was_checked(html):
    words = front_page() + plain_page() + html
    assert not re.search("barrierefrei|leichte sprache", words, re.IGNORECASE)


def test_the_front_page_escapes_what_it_is_given_and_leaves_out_what_is_not_there():
    page = BeautifulSoup(render_index("<b>", parse_markdown("1. <script>"), []), "html.parser")
    assert page.h1.get_text() == "<b>"
    assert page.find(["b", "script", "time"]) is None
    assert [h.get_text() for h in page.find_all("h2")] == ["Das Ergebnis in vier Sätzen"]


@pytest.mark.parametrize(
    ("markup", "has_italics"),
    [("<p>kursiv</p>", False), ("<p><em>kursiv</em></p>", True), ('<text style="font: italic 9px x">', True)],
)
def test_only_pages_with_italics_carry_that_face(markup, has_italics):
    assert ("font-style: italic; font-display" in page_style(markup)) is has_italics


def test_pages_ask_for_the_faces_that_they_need(html):
    assert html.count("@font-face") == 3  # its first paragraph has *Dezernate*
    assert front_page().count("@font-face") == plain_page().count("@font-face") == 2
    assert render_plain_language("A", [], note="*So*.").count("@font-face") == 3


def test_a_report_has_the_same_page_without_nbconvert():
    notebook = example()
    assert page_from_notebook(json.loads(json.dumps(notebook)), "probe") == export(notebook, "probe")


def test_who_makes_pages_and_papers_does_not_wait_for_nbconvert():
    code = (
        "import sys, analysis.publish.page, analysis.publish.paper\n"
        "print(sorted({'nbconvert', 'nbformat', 'pandas', 'matplotlib'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
