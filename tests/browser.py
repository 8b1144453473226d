"""A real Chromium for tests: opens finished pages, asks axe-core, notes every request."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# WCAG 2.0 to 2.2, levels A and AA, and what axe's authors hold to be good practice.
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations", "incomplete"],
}


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser for several pages; skips the test where no Chromium is installed."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("no browser: install chromium or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def page_of(browser: Browser, path: Path, **look: Any) -> Iterator[Page]:
    """One open page; `look` is Playwright's: color_scheme, forced_colors, viewport, java_script_enabled.

    Raises:
        AssertionError: on closing, where anything but the file was asked for or the browser complained.
    """
    context = browser.new_context(offline=True, **look)
    try:
        page = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(path.as_uri())
        yield page
        others = [u for u in asked if not u.startswith(("data:", path.as_uri()))]
        assert others == [], f"{path.name} asks for {others}"
        assert said == [], f"{path.name} makes the browser complain: {said}"
    finally:
        context.close()


def axe(page: Page) -> list[str]:
    """One line per broken rule and place: rule, what axe says, where."""
    page.evaluate(AXE_SCRIPT)
    result = page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)
    return [
        f"{rule['id']}: {rule['help']} at {' '.join(map(str, node['target']))}"
        for rule in result["violations"]
        for node in rule["nodes"]
    ]
