"""A real Chromium for tests: opens finished pages, asks axe-core, presses Tab, notes every request."""

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

PROBE = (Path(__file__).parent / "probe.js").read_text("utf-8")
TEXT, GRAPHIC = 4.5, 3.0  # WCAG 1.4.3 and 1.4.11

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}  # 1280 pixels at 400 % zoom
OPEN_FOLDS = "document.querySelectorAll('details').forEach(fold => fold.open = true)"
# What readers may set for themselves, WCAG 1.4.12.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""
CUT_TEXTS = """
[...document.querySelectorAll('body *')]
    .filter(e => !e.matches('.scroll, .picture, .sheet, .unseen') && !e.closest('svg') && e.clientWidth)
    .filter(e => e.scrollWidth > e.clientWidth + 1)
    .map(e => e.outerHTML.slice(0, 80))
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser for several pages; without a Chromium the test is skipped, with REQUIRE_BROWSER=1 it fails."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        give_up = pytest.fail if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip
        give_up("kein Browser: chromium installieren oder CHROMIUM auf seinen Pfad setzen")
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


def axe_result(page: Page, *, without: tuple[str, ...] = ()) -> Any:
    """What axe-core answers for the whole page, but for the rules named."""
    page.evaluate(AXE_SCRIPT)
    rules = AXE_OPTIONS["rules"] | {rule: {"enabled": False} for rule in without}
    return page.evaluate("options => axe.run(document, options)", AXE_OPTIONS | {"rules": rules})


def axe(page: Page) -> list[str]:
    """One line per broken rule and place."""
    return axe_lines(axe_result(page)["violations"])


def axe_lines(rules: list[Any]) -> list[str]:
    """One line per rule and place: rule, what axe says, where."""
    return [
        f"{rule['id']}: {rule['help']} at {' '.join(map(str, node['target']))}"
        for rule in rules
        for node in rule["nodes"]
    ]


def walk(page: Page, *, and_back: bool = True) -> list[str]:
    """One line per fault on the way through the page by Tab, from its top to its end, and back by Shift+Tab."""
    page.evaluate(PROBE)
    page.evaluate("scrollTo(0, 0)")
    names = page.evaluate("probe.expectStops()")
    faults = [*page.evaluate("probe.misplaced()"), *page.evaluate("probe.unreachable()")]
    back = list(reversed(range(len(names) - 1))) if and_back else []
    for key, numbers in (("Tab", [*range(len(names))]), ("Shift+Tab", back)):
        for number, focused in zip(numbers, hold(page, key, len(numbers)), strict=True):
            if focused is None or focused["stop"] != number:
                return [*faults, f"{key} leads to {focused and focused['place']}, not to {names[number]}"]
            faults += [f"{fault}: {names[number]}" for fault in focused["faults"]]
            if focused["contrast"] < GRAPHIC:
                faults.append(f"faint ring: {names[number]}")
    page.keyboard.press("Shift+Tab" if and_back else "Tab")
    if page.evaluate("probe.focused()") is not None:
        faults.append("the keyboard does not leave the page")
    return faults


def hold(page: Page, key: str, times: int) -> list[Any]:
    """What had the focus after each of so many steps with the key held down, as the page itself noted it."""
    *modifiers, last = key.split("+")
    page.evaluate("probe.noteSteps()")
    for name in modifiers:
        page.keyboard.down(name)
    for _ in range(times):
        page.keyboard.down(last)
    for name in (last, *modifiers):
        page.keyboard.up(name)
    return list(page.evaluate("probe.steps()"))


def contrasts(page: Page) -> tuple[list[tuple[float, str]], list[tuple[float, str]]]:
    """One ratio and place per visible text, and one per border that carries meaning."""
    page.evaluate(PROBE)
    found = [[tuple(pair) for pair in page.evaluate(f"probe.{kind}()")] for kind in ("texts", "edges")]
    return found[0], found[1]
