"""Pages in a real browser: axe-core, 320 pixels, the keyboard, dark, forced colours, paper."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import CUT_TEXTS, NARROW, SPACING, WIDE, axe, chromium, page_of, walk
from pages import example, export, front_page


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "03_target_groups.html").write_text(export(example()), "utf-8")
    (folder / "index.html").write_text(front_page(), "utf-8")
    return {path.stem: path for path in folder.glob("*.html")}


LOOKS = {
    "light": {"viewport": WIDE},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "narrow": {"viewport": NARROW},
    "forced colours": {"viewport": WIDE, "forced_colors": "active", "color_scheme": "dark"},
}
DAMAGE = {
    "html-has-lang": "document.documentElement.removeAttribute('lang')",
    "svg-img-alt": "document.querySelector('svg').removeAttribute('aria-labelledby');"
    "document.querySelector('svg title').remove()",
    "scope-attr-valid": "document.querySelector('tbody th').setAttribute('scope', 'here')",
    "heading-order": "document.querySelector('h2').outerHTML = '<h5>x</h5>'",
    "color-contrast": "document.querySelector('.article p').style.color = '#999'",
    "landmark-one-main": "document.querySelector('main').setAttribute('role', 'presentation')",
    "target-size": "document.querySelectorAll('nav a').forEach(a => a.style = 'padding: 0; font: 6px/1 x')",
}


@pytest.mark.parametrize(
    ("name", "look"),
    [*(("03_target_groups", look) for look in LOOKS), ("index", "light"), ("index", "dark")],
)
def test_axe_finds_nothing(browser, pages, name, look):
    with page_of(browser, pages[name], **LOOKS[look]) as page:
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        assert axe(page) == []


def test_axe_would_find_what_a_change_could_break(browser, pages):
    with page_of(browser, pages["03_target_groups"], viewport=WIDE) as page:
        for damage in DAMAGE.values():
            page.evaluate(damage)
        assert {line.split(":")[0] for line in axe(page)} >= set(DAMAGE)


LETTERS_PER_LINE = """
() => {
    const text = document.querySelector('.article p');
    text.textContent = 'Sozialraum und Teilhabe '.repeat(40);
    const range = document.createRange();
    range.selectNodeContents(text);
    const lines = new Set([...range.getClientRects()].map(line => Math.round(line.top)));
    return text.textContent.length / lines.size;
}
"""
FOCUSED = """
() => {
    const stop = document.activeElement, style = getComputedStyle(stop), box = stop.getBoundingClientRect();
    const name = stop.getAttribute('aria-label') || stop.textContent.trim();
    return stop == document.body ? null
        : [name, style.outlineStyle, parseFloat(style.outlineWidth), box.top >= 0 && box.left >= 0];
}
"""


def test_the_walk_by_keyboard_would_notice_what_stands_in_the_way(browser, tmp_path):
    ring = "a:focus { outline: 3px solid #000 }"
    links = ['<a href="#1">eins</a> ', '<a href="#2" DAMAGE>zwei</a> ', '<a href="#3">drei</a>']
    found = {}
    for damage in ("", 'style="outline: 0"', 'style="outline-color: #eee"', 'tabindex="1"', 'tabindex="-1"'):
        (tmp_path / "x.html").write_text(f"<style>{ring}</style>" + "".join(links).replace("DAMAGE", damage))
        with page_of(browser, tmp_path / "x.html") as page:
            found[damage] = walk(page)
    assert found == {
        "": [],
        'style="outline: 0"': ["no ring: a. zwei"] * 2,
        'style="outline-color: #eee"': ["faint ring: a. zwei"] * 2,
        'tabindex="1"': ["Tab leads to a. zwei, not to a. eins"],
        'tabindex="-1"': ["Tab leads to a. drei, not to a. zwei"],
    }


@pytest.mark.parametrize("style", ["p {}", SPACING])
@pytest.mark.parametrize("name", ["index", "03_target_groups"])
def test_pages_flow_into_320_pixels(browser, pages, name, style):
    with page_of(browser, pages[name], viewport=NARROW) as page:
        page.add_style_tag(content=style)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert page.evaluate(CUT_TEXTS) == []


def test_lines_are_no_longer_than_80_letters(browser, pages):
    with page_of(browser, pages["03_target_groups"], viewport={"width": 2560, "height": 900}) as page:
        assert 60 < page.evaluate(LETTERS_PER_LINE) <= 80


def test_the_keyboard_meets_the_skip_link_first_and_sees_where_it_is(browser, pages):
    with page_of(browser, pages["03_target_groups"], viewport=WIDE) as page:
        stops = []
        for _ in range(40):
            page.keyboard.press("Tab")
            stop = page.evaluate(FOCUSED)
            if stop is None:
                break
            stops.append(stop)
        assert stops[0][0] == "Zum Inhalt springen"
        names = [name for name, *_ in stops]
        assert {"Tabelle 2: Alle Merkmale", "Abbildung 1", "Programmcode dieser Seite"} <= set(names)
        assert [stop for stop in stops if stop[1:] != ["solid", 3, True]] == []


def test_the_skip_link_leads_past_the_frame(browser, pages):
    with page_of(browser, pages["03_target_groups"], viewport=WIDE) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#zielgruppen"


def test_a_wide_table_scrolls_by_keyboard_and_the_page_does_not(browser, pages):
    with page_of(browser, pages["03_target_groups"], viewport=NARROW) as page:
        region = page.get_by_role("group", name="Tabelle 2: Alle Merkmale")
        region.focus()
        page.keyboard.press("ArrowRight")
        for _ in range(100):  # scrolling takes its time; the page itself allows no script to wait for it
            if page.evaluate("document.activeElement.scrollLeft") > 0:
                break
            page.wait_for_timeout(20)
        assert page.evaluate("document.activeElement.scrollLeft") > 0
        assert page.evaluate("document.scrollingElement.scrollLeft") == 0


def test_code_opens_with_one_key_and_without_script(browser, pages):
    with page_of(browser, pages["03_target_groups"], viewport=WIDE, java_script_enabled=False) as page:
        code = page.get_by_text("import analysis")
        assert not code.is_visible()
        page.get_by_text("Programmcode dieser Seite").press("Enter")
        assert code.is_visible()


def test_text_and_charts_are_set_in_the_typeface_that_comes_with_the_page(browser, pages):
    with page_of(browser, pages["03_target_groups"], viewport=WIDE) as page:
        faces = page.evaluate(
            "document.fonts.ready.then(all => [...all].map(f => [f.family, f.weight, f.status]))"
        )
        assert ["Atkinson Hyperlegible", "400", "loaded"] in faces
        assert ["Atkinson Hyperlegible", "700", "loaded"] in faces
        family = page.evaluate("getComputedStyle(document.querySelector('svg text')).fontFamily")
        assert "Atkinson Hyperlegible" in family


@pytest.mark.parametrize("look", ["dark", "forced colours"])
def test_charts_keep_their_white_paper_and_dark_labels(browser, pages, look):
    with page_of(browser, pages["03_target_groups"], **LOOKS[look]) as page:
        paper, label = page.evaluate(
            "[getComputedStyle(document.querySelector('.picture')).backgroundColor,"
            " getComputedStyle(document.querySelector('.picture svg text')).fill]"
        )
        assert (paper, label) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")


def test_dark_pages_are_dark(browser, pages):
    with page_of(browser, pages["index"], **LOOKS["dark"]) as page:
        ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert max(map(int, re.findall(r"\d+", ground))) < 50


def test_paper_gets_the_content_without_the_ways_around_it(browser, pages):
    with page_of(browser, pages["03_target_groups"], viewport=WIDE, color_scheme="dark") as page:
        page.emulate_media(media="print")
        for hidden in (".skip", ".pages", ".contents", "details", "footer"):
            assert not page.locator(hidden).is_visible(), hidden
        for seen in ("h1", "figure >> nth=0", "table >> nth=0", ".note", ".footnotes"):
            assert page.locator(seen).is_visible(), seen
        overflow = page.evaluate("getComputedStyle(document.querySelector('.scroll')).overflowX")
        ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert (overflow, ground) == ("visible", "rgb(255, 255, 255)")
