"""`show_reading`: a workbook drawn as it was read, in HTML that needs neither mouse nor colour, and on paper."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import axe, chromium, page_of
from bs4 import BeautifulSoup
from make_workbooks import HEADINGS, TREFF, write_folder, write_workbook
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from pages import export, shown
from validators import page_texts

import analysis
from analysis.problems import InputError
from analysis.publish.briefing import BriefingExporter
from analysis.publish.display import Marked, Prose
from analysis.publish.marked import MARKED, from_json
from analysis.publish.marked_markup import marked_style
from analysis.reading.sheets import _LOOKS
from analysis.reading.window import MOST_ROWS, Gap, choose_columns, choose_rows
from analysis.schema import TAKEN_AS
from analysis.workbooks import column_letter
from analysis.workbooks.ranges import compact_ranges

ROOT = Path(__file__).parents[1]
ROWS = [
    ["Rückmeldung des Dezernats IV"],
    [],
    [*HEADINGS, "Ansprechpartner/in", "Stellenanteile"],
    [*TREFF[:3], "8/09", "Erika Muster, Tel. 0221/221-12345", "0,5"],
    ["Lernpaten <b>", "k. A.", "Kalk", 2010, None, None],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workbooks = {"Dez IV.xlsx": ROWS, "Dez V.xlsx": [["Fehlanzeige"]]}
    return write_folder(tmp_path_factory.mktemp("reading") / "2014", workbooks)


@pytest.fixture(scope="module")
def view(folder: Path) -> Marked:
    view = analysis.show_reading(analysis.read_survey(folder), "Dez IV.xlsx")
    assert isinstance(view, Marked)
    return view


def soup_of(view: Any) -> BeautifulSoup:
    return BeautifulSoup(view._repr_mimebundle_()[0]["text/html"], "html.parser")


def words(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


def test_each_kind_of_cell_has_a_look() -> None:
    assert tuple(_LOOKS) == TAKEN_AS


def test_the_sheet_is_a_table_with_letters_numbers_and_words_for_each_cell(view: Marked) -> None:
    table = soup_of(view).table
    assert words(table.caption) == "Blatt „Tabelle1“: 17 gefüllte Zellen"
    assert [words(th) for th in table.thead.find_all("th", scope="col")] == ["Zeile", *"ABCDEF"]
    assert [words(th) for th in table.tbody.find_all("th", scope="row")] == ["1", "2", "3", "4", "5"]
    rows = [[words(td) for td in row.find_all("td")] for row in table.tbody.find_all("tr")]
    assert rows[0] == ["§ Titel, Beiwerk Rückmeldung des Dezernats IV", "", "", "", "", ""]
    assert rows[1] == [""] * 6
    assert rows[2] == [
        "# Überschrift: Maßnahme Maßnahme",
        "# Überschrift: Zielgruppe Zielgruppe",
        "# Überschrift: Sozialraum Sozialraum",
        "# Überschrift: Beginn Beginn",
        "# Überschrift: Kontakt Ansprechpartner/in",
        "# Überschrift Stellenanteile Rückfrage 1",
    ]
    assert rows[3] == [
        "= Angabe: Maßnahme Jugendtreff",
        "= Angabe: Zielgruppe Jugendliche",
        "= Angabe: Sozialraum Porz",
        "= Angabe: Beginn 8/09 Rückfrage 2",
        "× zurückgehalten: Kontakt [Kontakt]",
        "? nicht zugeordnet 0,5",
    ]
    assert rows[4] == [
        "= Angabe: Maßnahme Lernpaten <b>",
        "– leere Antwort: Zielgruppe k. A.",
        "= Angabe: Sozialraum Kalk",
        "= Angabe: Beginn 2010",
        "",
        "",
    ]


def test_the_signs_are_for_eyes_only_and_every_look_has_another_line(view: Marked) -> None:
    assert {sign["aria-hidden"] for sign in soup_of(view).find_all(class_="sign")} == {"true"}
    lines = re.findall(r"--edge: (\d+px \w+) ", marked_style())
    assert len(set(lines)) == len(lines) - 1 == len(TAKEN_AS) - 1  # two are plain lines, of grounds unlike


def test_doubts_and_cells_lead_to_each_other(view: Marked) -> None:
    soup = soup_of(view)
    notes = [words(note) for note in soup.select("ul.notes li")]
    assert notes == [
        "Rückfrage 1 zu F3 : Die Spalte „Stellenanteile“ ist unbekannt; bitte sie in codelists/headers.csv zuordnen.",
        "Rückfrage 2 zu D4 : Als Beginn steht dort „8/09“. Die Angabe lässt sich auf zwei Arten lesen. Stimmt 2009? "
        "Wenn nicht, nennen Sie bitte das Jahr, in dem die Maßnahme begann.",
    ]
    links = soup.select("figure a")
    assert len(links) == 4
    for link in links:
        assert len(soup.select(link["href"])) == 1
    cell = soup.select_one(soup.select("ul.notes a")[1]["href"])
    assert words(cell) == "= Angabe: Beginn 8/09 Rückfrage 2"
    assert "Rückfrage 2" in words(soup.select_one(cell.a["href"]))


def test_it_names_its_scroll_region_and_needs_no_script(view: Marked) -> None:
    soup = soup_of(view)
    region = soup.table.parent
    assert (region["role"], region["tabindex"], region["aria-label"]) == (
        "region",
        "0",
        "Raster: Blatt Tabelle1 (So wurde „Dez IV.xlsx“ gelesen)",
    )
    assert soup.find_all(["script", "img", "link", "iframe"]) == []
    assert not re.search(r"url\(|@import|http", str(soup))


def test_it_shows_no_personal_data(view: Marked) -> None:
    data, _ = view._repr_mimebundle_()
    assert not re.search("Erika|12345", json.dumps(data, ensure_ascii=False))


def test_the_legend_counts_every_filled_cell(view: Marked) -> None:
    assert [words(item) for item in soup_of(view).select("ul.kinds li")] == [
        "§ Titel, Beiwerk: 1",
        "# Überschrift: 6",
        "= Angabe: 7",
        "× zurückgehalten: 1",
        "– leere Antwort: 1",
        "? nicht zugeordnet: 1",
    ]


def test_a_path_is_read_as_its_survey_reads_it(folder: Path, view: Marked) -> None:
    assert analysis.show_reading(folder / "Dez IV.xlsx") == view
    lists = folder / "codelists"
    lists.mkdir()
    try:
        (lists / "headers.csv").write_text("text;field\nStellenanteile;remarks\n", "utf-8")
        (folder / "corrections.csv").write_text(
            "workbook;sheet;cell;expected;corrected;reason;decided_by\nDez IV.xlsx;Tabelle1;D4;8/09;2009;geklärt;Amt\n",
            "utf-8",
        )
        read = analysis.show_reading(str(folder / "Dez IV.xlsx"))
        assert isinstance(read, Marked)
        assert [(note.name, note.places) for note in read.sheets.sheets[0].notes] == [("Hinweis 1", ("D4",))]
    finally:
        (lists / "headers.csv").unlink()
        lists.rmdir()
        (folder / "corrections.csv").unlink()


def test_a_path_outside_a_survey_folder_and_one_from_the_project(tmp_path: Path) -> None:
    view = analysis.show_reading(write_workbook(tmp_path / "Dez IV.xlsx", ROWS))
    assert isinstance(view, Marked)
    assert not any("nachgebaut" in line for line in view.sheets.lines)
    sample = analysis.show_reading("data/raw/2014/Antwort Kulturdezernat.xlsx")
    assert isinstance(sample, Marked)
    assert "Die Rückmeldung ist nachgebaut (Musterdaten)." in sample.sheets.lines


def test_without_a_name_it_shows_the_return_with_most_questions(folder: Path) -> None:
    view = analysis.show_reading(analysis.read_survey(folder))
    assert isinstance(view, Marked)
    assert view.sheets.caption == "So wurde „Dez IV.xlsx“ gelesen"
    assert (
        view.sheets.lines[0] == "Gezeigt ist die Rückmeldung, die am meisten offen lässt: zwei offene Fragen."
    )


def test_a_survey_without_a_readable_workbook_and_an_unreadable_one(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "2014", {"Dez IV.xlsx": b"PK\x03\x04"})
    survey = analysis.read_survey(folder)
    assert analysis.show_reading(survey) == Prose("Es liegt keine lesbare Arbeitsmappe vor.")
    view = analysis.show_reading(folder / "Dez IV.xlsx")
    assert isinstance(view, Marked)
    assert view.sheets.lines[-1] == "Die Datei ließ sich nicht lesen; darum gibt es keine Zellen zu zeigen."
    assert view.sheets.notes[0].text.startswith("Die Datei ist unvollständig oder beschädigt; bitte ")


def test_what_is_not_there_is_said(folder: Path) -> None:
    survey = analysis.read_survey(folder)
    with pytest.raises(InputError, match=r"keine Arbeitsmappe „x\.xlsx“.*: „Dez IV\.xlsx“ und „Dez V\.xlsx“"):
        analysis.show_reading(survey, "x.xlsx")
    with pytest.raises(InputError, match="Diese Datei gibt es nicht"):
        analysis.show_reading(folder / "x.xlsx")
    with pytest.raises(InputError, match="Das ist ein Ordner"):
        analysis.show_reading(folder)
    with pytest.raises(InputError, match="entweder den Pfad"):
        analysis.show_reading(str(folder), "Dez IV.xlsx")


def test_a_long_sheet_shows_its_start_its_doubts_and_how_much_is_left_out(tmp_path: Path) -> None:
    rows = [HEADINGS, *([f"Treff {n}", "Kinder", "Kalk", 2009] for n in range(2, 500))]
    rows[300] = ["Sonderling", "Kinder", "Kalk", "8/09"]
    view = analysis.show_reading(write_workbook(tmp_path / "Dez IV.xlsx", rows))
    assert isinstance(view, Marked)
    [sheet] = view.sheets.sheets
    names = [row.name for row in sheet.rows]
    assert names == [*map(str, range(1, 60)), "60–300", "301", "302–499"]
    gaps = [row.gap for row in sheet.rows if row.gap]
    assert gaps == [
        "241 Zeilen mit 964 gefüllten Zellen nicht gezeigt",
        "198 Zeilen mit 792 gefüllten Zellen nicht gezeigt",
    ]
    assert [cell.text for cell in sheet.rows[60].cells] == ["Sonderling", "Kinder", "Kalk", "8/09"]


def test_rows_and_columns_far_away_leave_gaps() -> None:
    assert choose_rows({1: 2, 3: 1, 9: 1}, set()) == [1, 2, 3, Gap(4, 8, 0), 9]
    assert Gap(4, 8, 0).text == "5 leere Zeilen"
    assert Gap(4, 4, 1).text == "1 Zeile mit einer gefüllten Zelle nicht gezeigt"
    assert choose_rows({}, set()) == []
    assert len(choose_rows(dict.fromkeys(range(1, 10_000), 3), set(range(1, 10_000, 2)))) <= 2 * MOST_ROWS + 1
    assert choose_columns({1: 4, 3: 2, 16_384: 1}) == (
        [1, 2, 3, 16_384],
        "Leere Spalten dazwischen sind ausgelassen.",
    )
    columns, remark = choose_columns(dict.fromkeys(range(1, 41), 2))
    assert column_letter(columns[-1]) == "Z"
    assert remark == "Nicht gezeigt sind die Spalten AA bis AN mit 28 gefüllten Zellen."


def test_a_long_text_is_cut_and_says_so(tmp_path: Path) -> None:
    rows = [HEADINGS, ["Treff", "Kinder", "Kalk", 2009], ["x" * 5000, "Kinder", "Kalk", 2009]]
    view = analysis.show_reading(write_workbook(tmp_path / "Dez IV.xlsx", rows))
    assert isinstance(view, Marked)
    text = view.sheets.sheets[0].rows[2].cells[0].text
    assert text == "x" * 240 + " … (gekürzt, 5.000 Zeichen)"


@pytest.mark.parametrize(
    ("cells", "ranges"),
    [
        ([], []),
        (["I5"], ["I5"]),
        ([f"I{n}" for n in range(5, 25)], ["I5:I24"]),
        (["I6", "J5", "I5", "J6", "K7", "AA5"], ["I5:J6", "AA5", "K7"]),
        (["A1", "C1", "A2"], ["A1:A2", "C1"]),
    ],
)
def test_cells_become_ranges(cells: list[str], ranges: list[str]) -> None:
    assert compact_ranges(cells) == ranges


def test_it_goes_through_a_notebook_file_and_nothing_else_gets_in(view: Marked) -> None:
    data, _ = view._repr_mimebundle_()
    again = json.loads(json.dumps(data[MARKED]))
    assert from_json(again) == view.sheets
    again["kinds"][0]["look"] = '"><script>'
    with pytest.raises(ValueError, match="das es nicht gibt"):
        from_json(again)
    with pytest.raises(ValueError, match="ist unvollständig"):
        from_json({"caption": "x"})


@pytest.fixture(scope="module")
def notebook(view: Marked) -> Any:
    cells = [
        new_markdown_cell("# Probe\n\nEine Rückmeldung."),
        new_markdown_cell("## Was gelesen wurde\n\nDas Raster:"),
        new_code_cell("view", outputs=[shown(view)]),
        new_markdown_cell("## Danach\n\nEnde."),
    ]
    return new_notebook(cells=cells)


def test_a_page_carries_it_with_its_number(notebook: Any) -> None:
    soup = BeautifulSoup(export(notebook), "html.parser")
    assert words(soup.figcaption) == "Tabelle 1: So wurde „Dez IV.xlsx“ gelesen"
    assert [item["id"] for item in soup.select("ul.notes li")] == ["raster-1-n1", "raster-1-n2"]
    assert len(soup.select("figure.marked .sheet td[id]")) == 17


def test_paper_lists_the_doubts(notebook: Any) -> None:
    pdf = BriefingExporter().from_notebook_node(notebook, {"metadata": {"name": "probe", "path": ""}})[0]
    text = " ".join(" ".join(page_texts(pdf)).split())
    assert "Tabelle 1: So wurde „Dez IV.xlsx“ gelesen" in text
    assert "Rückfrage 1 Blatt Tabelle1: F3 Die Spalte „Stellenanteile“ ist unbekannt" in text
    assert "Jede Zelle mit ihrer Bedeutung zeigt nur die HTML-Seite." in text


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def page_file(notebook: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "probe.html"
    path.write_text(export(notebook), "utf-8")
    return path


WIDE = {"width": 1280, "height": 900}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": WIDE},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "forced colours": {"viewport": WIDE, "forced_colors": "active", "color_scheme": "dark"},
}
# What is written and the ground it stands on, both as the browser paints them.
PAIRS = """
[...document.querySelectorAll('.marked :is(.kind, .text, a, .kinds li, .notes li)')].map(e => {
    let ground = e;
    while (getComputedStyle(ground).backgroundColor == 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
    return [getComputedStyle(e).color, getComputedStyle(ground).backgroundColor];
})
"""
EDGES = """
[...document.querySelectorAll('.marked td[id], .marked .kinds li')].map(e => {
    const style = getComputedStyle(e);
    return [style.borderLeftColor, style.backgroundColor];
})
"""


def contrast(first: str, second: str) -> float:
    """The contrast of two colours such as "rgb(0, 0, 0)", WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_the_page_does_not_scroll_sideways(
    browser: Any, page_file: Path, look: str
) -> None:
    with page_of(browser, page_file, **LOOKS[look]) as page:
        assert axe(page) == []
        width = LOOKS[look]["viewport"]["width"]
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("look", ["light", "dark"])
def test_words_and_edges_stand_out_from_their_ground(browser: Any, page_file: Path, look: str) -> None:
    with page_of(browser, page_file, **LOOKS[look]) as page:
        pairs, edges = page.evaluate(PAIRS), page.evaluate(EDGES)
        assert len({ground for _, ground in pairs}) >= len(TAKEN_AS)
        assert len(edges) == 17 + len(TAKEN_AS)
        assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
        assert [pair for pair in edges if contrast(*pair) < 3] == []
        is_dark = contrast("rgb(255, 255, 255)", pairs[0][1]) > 7
        assert is_dark == (look == "dark")


def test_the_keyboard_gets_everywhere(browser: Any, page_file: Path) -> None:
    with page_of(
        browser, page_file, viewport={"width": 320, "height": 640}, java_script_enabled=False
    ) as page:
        page.locator("[aria-label^='Raster: Blatt Tabelle1 ']").focus()
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Rückfrage 1"
        page.keyboard.press("Enter")
        assert page.locator(":target").inner_text().startswith("Rückfrage 1 zu F3")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "F3"
        page.keyboard.press("Enter")
        assert "Stellenanteile" in page.locator(":target").inner_text()


@pytest.mark.parametrize(("theme", "is_light"), [("true", True), ("false", False)])
def test_jupyterlab_shows_it_in_its_own_theme(
    browser: Any, view: Marked, tmp_path: Path, theme: str, is_light: bool
) -> None:
    path = tmp_path / "lab.html"
    html = view._repr_mimebundle_()[0]["text/html"]
    path.write_text(f'<!DOCTYPE html><body data-jp-theme-light="{theme}">{html}', "utf-8")
    with page_of(browser, path, color_scheme="dark" if is_light else "light") as page:
        ink, ground = page.evaluate(PAIRS)[0]
        assert contrast(ink, ground) >= 4.5
        assert (contrast("rgb(255, 255, 255)", ground) < 2) == is_light
