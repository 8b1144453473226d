"""A real Chromium at a real JupyterLab: open, run all, filter, browse, export, and no other host is asked."""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from browser import AXE_OPTIONS, WIDE, axe, axe_lines, page_of
from validators import check_verapdf, page_texts

from lab import ROOT, SLOW, expect, open_lab


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with open_lab(tmp_path_factory.mktemp("lab"), ROOT / "notebooks") as lab:
        yield lab
        assert lab.hosts == {"127.0.0.1"}


def errors_of(cells):
    return [
        output["evalue"] for cell in cells for output in cell["outputs"] if output["output_type"] == "error"
    ]


def test_the_workspace_opens_with_the_explorer_and_a_tour_in_german(lab):
    page = lab.page
    assert page.evaluate("jupyterapp.shell.currentWidget.context.path") == "90_explore.ipynb"
    page.get_by_role("button", name="Rundgang starten").click(timeout=SLOW)
    tour = json.loads(
        (ROOT / "lab/etc/jupyter/labconfig/default_setting_overrides.json").read_text(encoding="utf-8")
    )["jupyterlab-tour:user-tours"]["tours"][0]
    last = tour["steps"][-1]
    for step in tour["steps"]:
        dialog = page.get_by_role("alertdialog")
        expect(dialog).to_contain_text(step["title"], timeout=SLOW)
        expect(dialog).to_contain_text(step["content"])
        dialog.get_by_role("button", name="Fertig" if step is last else "Weiter").click()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    page.locator(".lm-MenuBar-itemLabel", has_text="Help").click()
    expect(lab.menu_item("Rundgang durch die Auswertung")).to_be_visible()
    page.keyboard.press("Escape")


def test_a_notebook_that_was_not_run_is_not_exported_and_says_why(lab):
    lab.choose("File", "Save and Export Notebook As", "Briefing (PDF/UA)")
    expect(lab.page.locator(".Toastify")).to_contain_text(
        "Notebook „90_explore“: es wurde noch nicht ausgeführt", timeout=SLOW
    )


def test_the_explorer_follows_its_filters(lab):
    cells = lab.run_all()
    assert errors_of(cells) == []
    lab.show(".survey-card")
    counted = lab.show(".explorer .counted")
    expect(counted).to_contain_text("24 von 24 Nennungen")
    rows = lab.page.locator(".explorer .dt-info")
    expect(rows).to_have_text("Zeile 1 bis 10 von 24")
    before = lab.show(".explorer figure svg").inner_html()
    lab.show(".explorer").get_by_label("Dezernat IV (11)").check()
    expect(counted).to_contain_text("11 von 24 Nennungen passen zur Auswahl", timeout=SLOW)
    expect(rows).to_have_text("Zeile 1 bis 10 von 11", timeout=SLOW)
    expect(lab.page.locator(".explorer figcaption")).to_contain_text("11 Nennungen")
    assert lab.show(".explorer figure svg").inner_html() != before


def test_problems_can_be_sorted_filtered_and_searched(lab):
    table = lab.show(".dt-container:not(.explorer .dt-container)")
    info = table.locator(".dt-info")
    expect(info).to_have_text("Zeile 1 bis 10 von 22")
    expect(table.locator("caption")).to_have_text("Fragen und Hinweise zu den Rückmeldungen")
    table.get_by_label("Suchen:").fill("verschiedene")
    expect(info).to_contain_text("(gefiltert aus 22)")
    table.get_by_label("Suchen:").fill("")
    first = table.locator("tbody tr").first.locator("td").nth(4)
    heading = table.get_by_role("columnheader", name="cell sortieren")
    heading.get_by_role("button").focus()
    lab.page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    lowest = first.inner_text()
    lab.page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert first.inner_text() > lowest
    table.get_by_title("Spalte severity filtern").fill("warn")
    expect(info).to_contain_text("(gefiltert aus 22)")
    assert {cell.inner_text() for cell in table.locator("tbody tr td:first-child").all()} == {"warning"}


def test_widgets_break_no_rule_that_axe_knows(lab, measured):
    lab.page.evaluate(AXE_SCRIPT)
    for place in (".survey-card", ".explorer", ".dt-container:not(.explorer .dt-container)"):
        lab.show(place)
        result = lab.page.evaluate("([place, options]) => axe.run(place, options)", [place, AXE_OPTIONS])
        assert axe_lines(result["violations"]) == []
    measured("axe: violations in the widgets", 0)


def test_the_menu_names_the_two_formats_once(lab):
    lab.page.locator(".lm-MenuBar-itemLabel", has_text="File").click()
    lab.menu_item("Save and Export Notebook As").hover()
    labels = lab.page.locator(".lm-Menu").last.locator(".lm-Menu-itemLabel")
    expect(labels.filter(has_text="Seite zum")).to_be_visible()
    names = [name for name in labels.all_inner_texts() if name]
    assert names[:2] == ["Briefing (PDF/UA)", "Seite zum Weitergeben (HTML)"]
    assert not {"Briefing", "Accessible_html"} & set(names)
    for _ in range(2):
        lab.page.keyboard.press("Escape")


def test_explorer_and_table_are_exported_as_plain_tables(lab):
    name, page = lab.export("Seite zum Weitergeben (HTML)")
    assert name == "90_explore.html"
    text = page.decode()
    assert "<script" not in text
    assert "Passende Nennungen" in text and "Fragen und Hinweise zu den Rückmeldungen" in text


def test_the_briefing_runs_and_both_exports_validate(lab, tmp_path, measured):
    lab.open("06_briefing.ipynb")
    assert errors_of(lab.run_all()) == []
    name, pdf = lab.export("Briefing (PDF/UA)")
    assert name == "06_briefing.pdf"
    assert "Sozialräumliche Arbeit in der Verwaltung" in page_texts(pdf)[0]
    verdict = check_verapdf(pdf, "PDFUA-1")
    assert verdict.failed == ()
    measured("veraPDF: failed rules of an export from JupyterLab", len(verdict.failed))
    name, content = lab.export("Seite zum Weitergeben (HTML)")
    assert name == "06_briefing.html"
    path = tmp_path / name
    path.write_bytes(content)
    with page_of(lab.page.context.browser, path, viewport=WIDE) as page:
        assert axe(page) == []
