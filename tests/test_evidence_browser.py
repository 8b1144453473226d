"""The way from a number to its table and back, in a real browser: by keyboard, without scripts, for axe-core."""

from collections.abc import Iterator
from typing import Any

import pytest
from browser import CUT_TEXTS, NARROW, axe, chromium, page_of
from conftest import Report

BRIEFING = "06_briefing.html"
TABLES = ".proof table"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


def shown(page: Any) -> int:
    return page.locator(TABLES).filter(visible=True).count()


def test_a_number_shows_its_table_and_its_table_leads_back(browser: Any, sample_report: Report) -> None:
    with page_of(browser, sample_report.folder / BRIEFING, java_script_enabled=False) as page:
        assert shown(page) == 0
        number = page.locator("a.cited").nth(2)
        anchor = number.get_attribute("href")
        number.focus()
        page.keyboard.press("Enter")
        assert page.url.endswith(anchor)
        assert shown(page) == 1
        assert page.locator(f"{anchor} table").is_visible()
        for _ in range(3):  # its own name, its table, the way back
            page.keyboard.press("Tab")

        assert page.locator(":focus").get_attribute("role") == "doc-backlink"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        behind = page.locator("a.cited").nth(3)
        assert page.locator(":focus").get_attribute("href") == behind.get_attribute("href")
        assert shown(page) == 0


def test_all_tables_can_be_shown_and_break_no_rule(
    browser: Any, sample_report: Report, measured: Any
) -> None:
    with page_of(browser, sample_report.folder / BRIEFING, viewport=NARROW) as page:
        page.get_by_role("link", name="Alle Belege zeigen").click()
        count = page.locator(TABLES).count()
        assert shown(page) == count > 20
        assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
        assert page.evaluate(CUT_TEXTS) == []
        assert axe(page) == []
        measured("axe: violations with all evidence shown", 0)
