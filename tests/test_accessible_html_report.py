"""Every page of two finished reports in a real browser: axe-core, keyboard, contrast, 320 pixels, paper."""

import functools
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from browser import (
    CUT_TEXTS,
    GRAPHIC,
    NARROW,
    OPEN_FOLDS,
    SPACING,
    TEXT,
    WIDE,
    axe_lines,
    axe_result,
    chromium,
    contrasts,
    page_of,
    walk,
)
from bs4 import BeautifulSoup
from conftest import ROOT, Report

Measured = Callable[[str, object], None]

PAPER = {"width": 643, "height": 971}  # what an A4 page holds between its margins
WIDTH = "document.documentElement.scrollWidth"
TOO_WIDE_FOR_PAPER = """
[...document.querySelectorAll('table, svg, pre')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .map(e => e.outerHTML.slice(0, 80))
"""


@dataclass
class Seen:
    """What one page showed in the browser."""

    name: str
    broken: list[str] = field(default_factory=list)  # axe-core's violations
    undecided: list[str] = field(default_factory=list)  # what axe-core leaves to people
    on_the_way: list[str] = field(default_factory=list)  # faults met by keyboard
    width: int = 0  # of the page in a window of 320 pixels
    cut: list[str] = field(default_factory=list)  # texts that do not fit into their place there
    beyond_paper: list[str] = field(default_factory=list)
    texts: list[tuple[float, str]] = field(default_factory=list)  # contrast and place
    edges: list[tuple[float, str]] = field(default_factory=list)


def pages_of(report: Report) -> list[Path]:
    found = sorted(report.folder.glob("*.html"))
    assert len(found) >= 7
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def sample(browser: Any, sample_report: Report) -> list[Seen]:
    """Each page of the sample, wide and narrow, light and dark, and on paper."""
    found = []
    for path in pages_of(sample_report):
        with page_of(browser, path, viewport=WIDE) as page:
            page.evaluate(OPEN_FOLDS)
            seen = Seen(path.stem)
            ask_axe(page, seen)
            seen.on_the_way += walk(page)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                texts, edges = contrasts(page)
                seen.texts += texts
                seen.edges += edges
            page.emulate_media(color_scheme="light")
            look_narrow(page, seen, is_all=False)  # the second survey has it all
            look_at_paper(page, seen)
        found.append(seen)
    return found


@pytest.fixture(scope="module")
def second(browser: Any, second_report: Report) -> list[Seen]:
    """Each page of another survey, narrow and on paper: other tables, the same style."""
    found = []
    for path in pages_of(second_report):
        with page_of(browser, path, viewport=NARROW) as page:
            seen = Seen(path.stem)
            look_narrow(page, seen)
            look_at_paper(page, seen)
        found.append(seen)
    return found


def ask_axe(page: Any, seen: Seen, *, without: tuple[str, ...] = ()) -> None:
    result = axe_result(page, without=without)
    seen.broken += axe_lines(result["violations"])
    seen.undecided += axe_lines(result["incomplete"])


def look_narrow(page: Any, seen: Seen, *, is_all: bool = True) -> None:
    page.set_viewport_size(NARROW)
    if is_all:
        ask_axe(page, seen, without=("color-contrast",))  # colours do not depend on the width
        seen.on_the_way += walk(page)
    seen.width, seen.cut = page.evaluate(WIDTH), page.evaluate(CUT_TEXTS)
    style = page.add_style_tag(content=SPACING)
    seen.width = max(seen.width, page.evaluate(WIDTH))
    seen.cut += page.evaluate(CUT_TEXTS)
    style.evaluate("style => style.remove()")


def look_at_paper(page: Any, seen: Seen) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    seen.beyond_paper = page.evaluate(TOO_WIDE_FOR_PAPER)


@pytest.fixture(params=["sample", "second"])
def pages(request: pytest.FixtureRequest) -> list[Seen]:
    found: list[Seen] = request.getfixturevalue(request.param)
    return found


def test_axe_finds_nothing_on_any_page(pages: list[Seen], measured: Measured, request: Any) -> None:
    assert {seen.name: seen.broken for seen in pages if seen.broken} == {}
    measured(f"axe-core, violations on {len(pages)} pages of {request.node.callspec.id}", 0)


def test_axe_leaves_only_contrasts_open_that_are_measured_below(pages: list[Seen]) -> None:
    """It cannot see through the shadow at the edge of tables, nor what a drawing paints below its labels."""
    rules = {line.split(":")[0] for seen in pages for line in seen.undecided}
    assert rules <= {"color-contrast"}


def test_the_keyboard_alone_reaches_everything_in_order_and_shows_where_it_is(pages: list[Seen]) -> None:
    assert {seen.name: seen.on_the_way for seen in pages if seen.on_the_way} == {}


def test_pages_flow_into_320_pixels_with_the_spacing_of_readers(pages: list[Seen]) -> None:
    assert {seen.name: seen.width for seen in pages if seen.width != NARROW["width"]} == {}
    assert {seen.name: seen.cut for seen in pages if seen.cut} == {}


def test_tables_and_pictures_fit_on_paper(pages: list[Seen]) -> None:
    assert {seen.name: seen.beyond_paper for seen in pages if seen.beyond_paper} == {}


def test_every_text_and_every_edge_stands_out(sample: list[Seen], measured: Measured) -> None:
    for kind, least, found in (
        ("text", TEXT, [pair for seen in sample for pair in seen.texts]),
        ("graphic", GRAPHIC, [pair for seen in sample for pair in seen.edges]),
    ):
        assert len(found) > 100
        assert sorted({pair for pair in found if pair[0] < least}) == []
        ratio, place = min(found)
        measured(f"pages, lowest contrast of a {kind}", f"{ratio:.1f} ({place.split()[0]})")


def test_forced_colours_keep_the_pages_whole(browser: Any, sample_report: Report) -> None:
    for name in ("index", "01_returns"):
        path = sample_report.folder / f"{name}.html"
        with page_of(browser, path, viewport=WIDE, forced_colors="active", color_scheme="dark") as page:
            assert axe_lines(axe_result(page, without=("color-contrast",))["violations"]) == []
            assert name != "index" or walk(page) == []


def test_a_number_leads_to_its_cells_by_keyboard_and_what_it_opens_is_as_sound(
    browser: Any, sample_report: Report
) -> None:
    with page_of(browser, sample_report.folder / "03_target_groups.html", viewport=NARROW) as page:
        number = page.locator(".cited").first
        proof = page.locator(number.get_attribute("href"))
        assert not proof.locator("table").is_visible()
        number.press("Enter")
        assert proof.locator("table").is_visible()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest(':target') != null")
        assert axe_lines(axe_result(page)["violations"]) == []
        assert (page.evaluate(WIDTH), page.evaluate(CUT_TEXTS)) == (NARROW["width"], [])


def test_a_printed_page_has_all_its_text(browser: Any, sample_report: Report) -> None:
    path = sample_report.folder / "06_briefing.html"
    with page_of(browser, path) as page:
        printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = "\n".join(printed[n].get_textpage().get_text_range() for n in range(len(printed)))
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    for fold in soup.select("details, [role=doc-backlink], .evidence, .unseen"):
        fold.decompose()
    # Words of a narrow column go on in the next line.
    printed_signs = re.sub(r"[\W_]", "", text)
    wanted = {word for p in soup.select(".article p, .article td, h1, h2") for word in words(p.get_text())}
    assert {word for word in wanted if word not in printed_signs} == set()


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


@pytest.mark.parametrize("name", ["sample_report", "second_report"])
def test_pages_have_titles_of_their_own_and_links_that_lead_somewhere(
    name: str, request: pytest.FixtureRequest
) -> None:
    pages = {p.name: soup_of(p) for p in pages_of(request.getfixturevalue(name))}
    folder = pages_of(request.getfixturevalue(name))[0].parent
    titles = [page.title.get_text() for page in pages.values()]
    assert len(set(titles)) == len(titles)
    anchors = {name: {tag["id"] for tag in page.find_all(id=True)} for name, page in pages.items()}
    lost = []
    for name, page in pages.items():
        for link in page.find_all("a", href=re.compile(r"^(?!\w+:)")):
            file, _, anchor = link["href"].partition("#")
            if file and not (folder / file).is_file():
                lost.append((name, link["href"]))
            if anchor and anchor not in anchors[file or name]:
                lost.append((name, link["href"]))
    assert lost == []


@pytest.mark.parametrize("name", ["sample_report", "second_report"])
def test_pages_say_their_language_and_where_one_is(name: str, request: pytest.FixtureRequest) -> None:
    for path in pages_of(request.getfixturevalue(name)):
        page = soup_of(path)
        assert page.html["lang"] == "de"
        first = page.body.find("a")
        assert (first["href"], page.find(id=first["href"][1:]).name) == ("#inhalt", "main")
        assert [a["href"] for a in page.select(".pages [aria-current=page]")] in ([path.name], [])
        assert all(heading.get_text(strip=True) for heading in page.find_all(re.compile("^h[1-6]$")))
        # Nothing appears only under the mouse (WCAG 1.4.13), and no other order than the document's.
        assert page.body.find(title=True) is None
        assert {tag["tabindex"] for tag in page.find_all(tabindex=True)} <= {"0", "-1"}


@functools.cache  # nobody here changes what is read
def soup_of(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


@pytest.mark.parametrize(
    ("required", "status", "outcome"), [("", 0, "1 skipped"), ("1", 1, "1 failed")], ids=["here", "in CI"]
)
def test_without_a_browser_tests_are_skipped_and_in_ci_they_fail(
    required: str, status: int, outcome: str, tmp_path: Path
) -> None:
    (tmp_path / "test_one.py").write_text(
        "from browser import chromium\n\ndef test_one():\n    with chromium(): pass\n"
    )
    environment = {k: v for k, v in os.environ.items() if k not in ("CHROMIUM", "PYTEST_ADDOPTS")}
    environment |= {"PATH": str(tmp_path), "PYTHONPATH": str(ROOT / "tests"), "REQUIRE_BROWSER": required}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-rs",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        tmp_path,
        tmp_path,
    ]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (run.returncode, outcome in run.stdout) == (status, True), run.stdout
    assert "kein Browser: chromium installieren" in run.stdout
    assert "REQUIRE_BROWSER=1" in (ROOT / ".ci" / "run").read_text("utf-8")
