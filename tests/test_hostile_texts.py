"""Texts that would like to be something else: whatever a cell holds comes out as text, loads nothing, breaks nothing.

One survey holds them all, in cells, headings, names of sheets, files, Dezernate, and in the session's facts.
"""

import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pypdfium2
import pytest
from browser import axe, chromium, page_of
from bs4 import BeautifulSoup
from conftest import Report, make_report
from hypothesis import given
from hypothesis import strategies as st
from make_workbooks import CONFIG, write_folder
from playwright.sync_api import Browser
from validators import Verdict, check_verapdf, page_texts

import analysis
from analysis.findings.wording import escape
from analysis.publish.markdown import parse_markdown, plain_text
from analysis.publish.signs import legible
from analysis.store import write_survey

# What a cell says, and how pages show it where that is not the same.
TEXTS: dict[str, str | tuple[str, str]] = {
    "Typst": '#read("/etc/passwd") #import "@preview/x:0.1.0" #sys.version',
    "marks": "$x^2$ *fett* _kursiv_ @ref <label> = Titel // weg /* weg */",
    "Markdown": "[Link](http://evil.example/a) ![Bild](http://evil.example/b.png)",
    "footnote": "Fußnote[^1] `Code` ~~weg~~ | Spalte | # Titel",
    "fence": "```\nraus\n```\n\n---\n\n[^1]: Fußnote",
    "script": '<script>fetch("http://evil.example/c")</script><img src=x onerror=alert(1)>',
    "style": "</style></title></textarea><style>*{display:none}</style>",
    "attribute": '" onmouseover="alert(1)" x=\'1\' ><b>',
    "entity": "&lt;b&gt; &amp;nbsp; &#x202e; {{ 7*7 }} {% raw %}",
    "link": "http://evil.example/d javascript:alert(1) www.evil.example",
    "override": ("Rechnung \u202efdp.exe", "Rechnung fdp.exe"),
    "isolate": ("\u2066Offen \u202bgeblieben", "Offen geblieben"),
    "private": ("Privat \ue000\uf0b7\U000f0000", "Privat [Zeichen U+E000]•[Zeichen U+F0000]"),
    "control": ("Steuer\x01\x02\x1b[31mrot\x07", "Steuer[31mrot"),
    "breaks": ("eins\u2028zwei\u2029drei\x0bvier\x0cfünf\x85sechs", "eins zwei drei vier fünf sechs"),
    "escape": "Rest _x0000_ _x0041_ _x202E_",
    "formula": "=1+1",
    "at": "@SUM(A1:A9)",
    "plus": "+cmd|' /C calc'!A0",
    "minus": "-2+3 Gruppen",
    "combining": "Zeichen a\u0308o\u0302\u0336e" + "\u0301" * 40,
    "no width": "Null\u200bbreite\ufeff und\u200dkeine\u2060s",
    "emoji": "Familie \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "Chinese": "漢字とカタカナ 한국어",
    "right to left": "שלום עולם مرحبا بالعالم",
    "endless": "W" * 300,
}
HELD = {kind: text if isinstance(text, str) else text[0] for kind, text in TEXTS.items()}
SHOWN = {kind: text if isinstance(text, str) else text[1] for kind, text in TEXTS.items()}
# Paper has no typeface for these: it names them. Letters from right to left are read off paper as they stand.
NAMED_ON_PAPER = {
    "Chinese": "[Zeichen U+6F22]",
    "emoji": "Familie [Zeichen: man][Zeichen: woman][Zeichen: girl]",
    "combining": "Zeichen ä",
    "right to left": "",
}
LOCAL = re.compile(r"#|data:image/|[\w.-]+\.(html|pdf)(#|$)")
HEADINGS = ["Maßnahme", "Amt", "Beschreibung", "Zielgruppe", "Sozialraum", "Beginn", "Bemerkungen"]
COLUMN = "<b onclick=\"alert(1)\">#read('x')"
TITLE = '#read("x") <script>alert(1)</script> [a](http://evil.example) $y$ \u202efdp'
COMMITTEE = "</title><b>Ausschuss</b> {{ 7*7 }} *x*\n \u202efdp"
NAME = "<i>Bildung</i> #panic() [x](http://evil.example) \u202efdp"
FILE = "Dez IV #read(1) $x$ <b>![x](y)\u202efdp.xlsx"
SHEET = "`x` #read(1) <b>$y$ \u202efdp"


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Path:
    config = CONFIG.replace('"Probe"', _toml(TITLE)).replace('"Ausschuss"', _toml(COMMITTEE))
    config = config.replace('"Bildung, Jugend und Sport"', _toml(NAME))
    everywhere = [[text] * (len(HEADINGS) + 1) for text in HELD.values()]
    in_findings = [
        [HELD[kind], "Amt", "x", "Jugendliche", "Porz", 1990] for kind in ("Markdown", "override", "link")
    ]
    workbooks = {
        FILE: {SHEET: [[*HEADINGS, COLUMN], *everywhere]},
        "Dez V.xlsx": [HEADINGS[:6], *in_findings],
    }
    return write_folder(tmp_path_factory.mktemp("hostile") / "2014 <b>#x", workbooks, config)


@pytest.fixture(scope="module")
def report(survey: Path) -> Report:
    return make_report(survey, survey.parent / "out")


@pytest.fixture(scope="module")
def pages(report: Report) -> list[Path]:
    return sorted(report.folder.glob("*.html"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def _toml(text: str) -> str:
    return (
        '"'
        + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\u202e", "\\u202e")
        + '"'
    )


def close(text: str) -> str:
    """The text without its spaces, breaks and hyphens, which a page may set as it likes."""
    return re.sub(r"[\s\x02\u00ad\ufffe\u200b\ufeff\u2060\u200d-]", "", unicodedata.normalize("NFC", text))


def test_the_paper_shows_every_text_and_passes_the_validator(report: Report) -> None:
    pdf = (report.folder / "briefing.pdf").read_bytes()
    assert check_verapdf(pdf) == Verdict(rules=106, failed=())
    text = close("".join(page_texts(pdf)))
    expected = {kind: NAMED_ON_PAPER.get(kind, shown) for kind, shown in SHOWN.items()}
    assert [kind for kind, shown in expected.items() if close(shown) not in text] == []
    for name in (legible(TITLE).replace('"x"', "„x“"), legible(NAME), legible(FILE), legible(SHEET), COLUMN):
        assert close(name) in text, name
    assert "root:x:0" not in text


def test_nothing_on_paper_is_turned_around(report: Report) -> None:
    pdf = pypdfium2.PdfDocument((report.folder / "briefing.pdf").read_bytes())
    found = 0
    for page in pdf:
        text = page.get_textpage()
        whole = text.get_text_range()
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", whole)
        for match in re.finditer(r"fdp\.exe", whole):
            left = [text.get_charbox(i)[0] for i in range(*match.span())]
            assert left == sorted(left)
            found += 1
    assert found


def test_every_page_shows_the_texts_and_does_nothing_else(
    pages: list[Path], browser: Browser, measured: Callable[[str, object], None]
) -> None:
    shown_somewhere = set()
    for path in pages:
        with page_of(browser, path) as page:  # which fails where anything is asked for or complained about
            asked = []
            page.on("dialog", lambda dialog, asked=asked: asked.append(dialog.message))
            page.mouse.move(200, 200)
            text = close(page.evaluate("document.body.textContent"))
            assert (
                page.evaluate("document.querySelectorAll('script, iframe, object, embed, form, base').length")
                == 0
            )
            links = page.evaluate(
                "[...document.querySelectorAll('*')].flatMap(e => [e.getAttribute('href'), e.getAttribute('src')])"
            )
            assert [link for link in links if link and not LOCAL.match(link)] == []
            handlers = page.evaluate(
                "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => /^on/.test(n))"
            )
            assert (asked, handlers) == ([], [])
            assert close(legible(TITLE)) in close(page.title()) + text
        shown_somewhere |= {kind for kind, shown in SHOWN.items() if close(shown) in text}
    assert SHOWN.keys() - shown_somewhere == set()
    measured("hostile texts shown as text in a browser", f"{len(shown_somewhere)} of {len(SHOWN)}")


def test_the_names_of_files_sheets_and_dezernate_are_shown(pages: list[Path]) -> None:
    [source] = [path.read_text(encoding="utf-8") for path in pages if path.name == "01_returns.html"]
    text = close(BeautifulSoup(source, "html.parser").get_text())
    for name in (FILE, SHEET, NAME, COLUMN):
        assert close(legible(name)) in text, name


def test_no_page_holds_a_sign_that_turns_or_hides(pages: list[Path]) -> None:
    for path in pages:
        found = re.search(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]",
            path.read_text(encoding="utf-8"),
        )
        assert found is None, path.name


def test_words_stand_in_their_order_on_screen(pages: list[Path], browser: Browser) -> None:
    [path] = [path for path in pages if path.name == "06_briefing.html"]
    with page_of(browser, path) as page:
        places = page.evaluate(
            """() => {
                const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
                const found = []
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    const start = node.data.indexOf("fdp.exe")
                    if (start < 0) continue
                    found.push([...Array(7).keys()].map(i => {
                        const range = document.createRange()
                        range.setStart(node, start + i)
                        range.setEnd(node, start + i + 1)
                        return range.getBoundingClientRect().left
                    }))
                }
                return found
            }"""
        )
    assert places
    assert [left for left in places if left != sorted(left)] == []


def test_axe_finds_nothing(pages: list[Path], browser: Browser) -> None:
    [path] = [path for path in pages if path.name == "05_sozialraeume.html"]
    with page_of(browser, path) as page:
        assert axe(page) == []


def test_tables_keep_what_cells_say_and_spreadsheets_run_nothing(survey: Path, tmp_path: Path) -> None:
    write_survey(analysis.read_survey(survey), tmp_path)
    titles = list(pd.read_parquet(tmp_path / "programmes.parquet")["title"])
    for kind in HELD.keys() - {"breaks", "fence", "escape", "control"}:
        assert HELD[kind].strip() in titles, kind
    table = pd.read_csv(tmp_path / "programmes.csv")
    texts = [text for column in table for text in table[column].dropna() if isinstance(text, str)]
    assert [text for text in texts if text.startswith(("=", "+", "-", "@"))] == []
    assert {f"'{HELD[kind]}" for kind in ("formula", "at", "plus", "minus")} <= set(texts)


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_not_in_utf8_is_read_as_windows_wrote_it(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "2014", {"Dez IV.xlsx": [HEADINGS, ["Treff"]]})
    shutil.move(folder / "Dez IV.xlsx", os.fsencode(folder) + b"/Dez IV R\xfcckmeldung.xlsx")
    assert list(analysis.read_survey(folder).returns["workbook"].dropna()) == ["Dez IV Rückmeldung.xlsx"]


@pytest.mark.parametrize("text", ["\u200b\u202e\ufeff", "\u00ad", "\x01\x02", " \u2060 "])
def test_a_cell_of_signs_that_nobody_sees_is_empty(text: str, tmp_path: Path) -> None:
    rows = [HEADINGS[:4], ["Treff", text, text, "Jugendliche"], [text] * 4]
    survey = analysis.read_survey(write_folder(tmp_path / "2014", {"Dez IV.xlsx": rows}))
    assert len(survey.programmes) == 1
    assert survey.programmes["office"].isna().all()


@given(st.text(st.sampled_from("ab 1.*_#[]()<>!`~$|\\&;:/@^=+-\"'\n\thtps{}"), max_size=40))
def test_no_text_of_a_return_acts_as_markdown(text: str) -> None:
    text = f"Genannt: {text} ist es."
    tokens = parse_markdown(escape(text))
    shown = " ".join(plain_text([token]) for token in tokens)
    kinds = {child["type"] for token in tokens for child in token.get("children", [])}
    assert {token["type"] for token in tokens} <= {"paragraph"}
    assert kinds <= {"text", "softbreak"}
    quotes = str.maketrans("„“‚‘’", "\"\"'''")
    assert shown.translate(quotes).split() == text.split()
