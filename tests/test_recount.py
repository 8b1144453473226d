"""Every number that a reader meets is recounted from the tables: sentences, tables and charts of every page.

What nobody recounts fails: a new finding, a new table, a column with figures, a number in a sentence.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag
from conftest import ROOT
from recount import RECENT_YEARS, TAKEN_AS, Recount, some
from recount_returns import sorted_cells
from recount_tables import TABLES
from test_evidence import BOTH, FIGURES, WORDS, value_of

import analysis
from analysis.publish.german import format_date, format_long_date
from analysis.store import write_survey

UNCOUNTED = {"state_header", "state_provenance", "state_sample"}  # dates and names from survey.toml
NUMBERED = re.compile(rf"\b(?:{FIGURES}|{'|'.join([*WORDS, *BOTH])})\b", re.IGNORECASE)
OUR_OWN_WORDS = r"zeigt die drei Antworten|Ergebnis in vier Sätzen|in den letzten fünf (?:Kalenderj|J)ahren"
RANGE = r"[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?"


@dataclass(frozen=True)
class Pages:
    """The pages of one survey's report, and the recount of its tables."""

    name: str
    folder: Path
    recount: Recount

    def page(self, name: str) -> Tag:
        """What stands on a page; the tables of evidence are counted in test_evidence, the code is nobody's number."""
        page = BeautifulSoup((self.folder / f"{name}.html").read_text("utf-8"), "html.parser")
        for part in page.select(".evidence, details.code, .unseen, nav, .dateline"):
            part.decompose()
        return page.select_one("main")

    def pages(self) -> Iterator[tuple[str, Tag]]:
        for path in sorted(self.folder.glob("0*.html")):
            yield path.stem, self.page(path.stem)


@pytest.fixture(scope="module", params=["sample", "second"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    report = request.getfixturevalue(f"{request.param}_report")
    tables = tmp_path_factory.mktemp("tables")
    write_survey(analysis.read_survey(report.survey), tables)
    return Pages(request.param, report.folder, Recount(report.survey, tables))


def findings_of(name: str) -> list[str]:
    """The findings that a notebook tells, in its order."""
    cells = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text("utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return [told for told in re.findall(r"findings\.(\w+)\(", code) if told not in UNCOUNTED]


def cited(page: Tag) -> list[int]:
    return [value_of(link.get_text()) for link in page.select("a.cited")]


def test_sentences_say_what_a_recount_gives(pages, measured):
    expected = pages.recount.numbers()
    count = 0
    for name, page in pages.pages():
        numbers = [number for told in findings_of(name) for number in expected[told]]
        assert cited(page) == numbers, name
        count += len(numbers)
    assert cited(pages.page("index")) == expected["tell_summary"]
    count += len(expected["tell_summary"])
    measured(f"numbers of sentences recounted from the tables, {pages.name}", f"{count} of {count}")
    assert count > 100


def test_the_page_in_plain_language_says_what_a_recount_gives(pages, measured):
    text = pages.page("plain_language").get_text("\n")
    recount = pages.recount
    for known in (
        format_long_date(recount.config["reference_date"]),
        f"im Jahr {recount.year - RECENT_YEARS} oder",
    ):
        assert known in text
        text = text.replace(known, "")
    found = [value_of(number) for number in re.findall(FIGURES, text)]
    assert found == recount.numbers()["tell_in_plain_language"]
    measured(f"numbers of the plain page recounted, {pages.name}", f"{len(found)} of {len(found)}")


def known_texts(recount: Recount, folder: str) -> Iterator[str]:
    """What is no count: dates of survey.toml, the years of the rules, what the document is made from."""
    for value in recount.config.values():
        if hasattr(value, "year"):
            yield from (format_long_date(value), format_date(value))
    yield from (rf"\b{recount.year}\b", rf"\b{recount.year - RECENT_YEARS}\b", rf"\b{folder}$")
    yield from (r"SHA-256", r"\b[0-9a-f]{64}\b", re.escape(version("analysis")), r"sha256sum")


def test_no_sentence_has_a_number_that_nobody_recounted(pages):
    recount, left = pages.recount, {}
    quoted = {*recount.programmes["office"].dropna(), *recount.returns["workbook"].dropna()}
    for name, page in [*pages.pages(), ("index", pages.page("index"))]:
        for part in page.select("a.cited, table, figure, .paper"):
            part.decompose()
        text = page.get_text("\n")
        zero = (r"\b0(?:\u00a0%| von)", r"„[^“]*“", OUR_OWN_WORDS)  # and what a return says
        for known in (*map(re.escape, quoted), *zero, *known_texts(recount, pages.recount.folder)):
            text = re.sub(known, "", text, flags=re.MULTILINE)
        left[name] = NUMBERED.findall(text)
    assert {name: found for name, found in left.items() if found} == {}


def test_names_in_sentences_have_their_own_numbers(pages):
    recount = pages.recount
    counts = recount.by_stadtbezirk | recount.by_office | recount.special_groups
    found = 0
    for _, page in pages.pages():
        for part in page.select("table, figure"):
            part.decompose()
        text = " ".join(page.get_text().split())
        for name, number in re.findall(r"(?:^|, | auf |: |häufigsten | und )([^,:(]+) \((\w+)[ )]", text):
            if name in counts:
                assert value_of(number) == counts[name], name
                found += 1
    assert found > 6


def printed(table: Tag) -> list[dict[str, str]]:
    heads = [" ".join(cell.get_text().split(" ")) for cell in table.select("thead th")]
    return [
        dict(zip(heads, (one_line(cell.get_text()) for cell in row.find_all(["th", "td"])), strict=True))
        for row in table.select("tbody tr")
    ]


def one_line(text: str) -> str:
    return re.sub(r"[^\S\u00a0]+", " ", text).strip()


def caption_of(table: Tag) -> str:
    return re.sub(r"^Tabelle \d+: ", "", table.caption.get_text())


def alike(text: str) -> str:
    """Cells one by one, so that it does not matter how they are told together."""
    match = re.fullmatch(rf"(|.*, Zellen? )({RANGE}(?:, {RANGE})*)", text)
    if not match:
        return text.replace("\u00a0", " ")
    return match[1].replace("Zelle ", "Zellen ") + sorted_cells(match[2].split(", "))


def rows_of(rows: list[dict[str, str]], columns: list[str]) -> list[list[str]]:
    return sorted([alike(row[column]) for column in columns] for row in rows)


def tables_of(page: Tag) -> Iterator[tuple[str, Tag]]:
    """Each table with its caption, but for the sheets of a workbook: they have a test of their own."""
    for table in page.select("table"):
        if not table.find_parent("figure", class_="marked"):
            yield caption_of(table), table


def test_tables_hold_what_a_recount_gives(pages, measured):
    numbers, unknown = 0, []
    for name, page in pages.pages():
        for caption, table in tables_of(page):
            if caption not in TABLES:
                unknown.append((name, caption))
                continue
            rows, recounted = printed(table), TABLES[caption](pages.recount)
            columns = list(recounted[0])
            assert set(columns) <= set(rows[0]), caption
            assert rows_of(rows, columns) == rows_of(recounted, columns), (name, caption)
            counted = {column for row in rows for column, text in row.items() if re.search(r"\d", text)}
            assert counted <= set(columns), (caption, "a column with figures that nobody recounted")
            numbers += sum(
                len(re.findall(r"\d+", text))
                for row in [rows[0].keys(), *map(dict.values, rows)]
                for text in row
            )
    assert unknown == []
    measured(f"numbers of tables recounted from the tables, {pages.name}", f"{numbers} of {numbers}")
    assert numbers > 200


def test_captions_and_notes_of_tables_have_no_numbers(pages):
    for _, page in pages.pages():
        notes = [note.get_text() for note in page.select(".table-note")]
        assert not [
            text for text in [*notes, *(caption for caption, _ in tables_of(page))] if NUMBERED.search(text)
        ]


def figures_of(text: str) -> list[int]:
    return [int(figure.replace(".", "")) for figure in re.findall(FIGURES, text)]


def sums_of(rows: list[dict[str, str]]) -> set[int]:
    """What a chart may say of a table: its numbers, their sums, how many rows, columns, zeros, equal words."""
    texts = [list(row.values()) for row in rows]
    counts = [[int(text) if text.isdecimal() else 0 for text in line] for line in texts]
    fields = [text for line in texts for text in line if text.isdecimal()]
    columns = [sum(column) for column in zip(*counts, strict=True)]
    words = Counter(text for line in texts for text in line)
    by_word = [
        sum(map(sum, (n for n, line in zip(counts, texts, strict=True) if word in line))) for word in words
    ]
    return {
        *(figure for line in [list(rows[0]), *texts] for text in line for figure in figures_of(text)),
        *(*columns, *map(sum, counts), sum(columns), *by_word, *words.values()),
        *(len(rows), *range(len(rows[0]) + 1), len(fields), fields.count("0")),
    }


def test_charts_say_the_numbers_of_their_tables(pages, measured):
    """That each number stands with its own name is checked in test_chart_numbers."""
    counts = pages.recount
    others = {counts.total, sum(counts.start_answers), counts.responsibility[0], len(counts.by_office)}
    others |= {len(some(*counts.by_stadtbezirk.values())), len(counts.by_stadtbezirk)}
    numbers = charts = 0
    for name, page in pages.pages():
        tables = {f"#{frame['id']}": frame.table for frame in page.select("div.scroll[id]")}
        for figure in page.select("figure:not(.marked)"):
            rows = printed(tables[figure.select_one(".values a")["href"]])
            told = figure.select("figcaption, svg title, svg desc, .description")
            text = re.sub(r"(?:Abbildung|Tabelle) \d+", "", " ".join(part.get_text(" ") for part in told))
            found = figures_of(text)
            assert set(found) - sums_of(rows) - others == set(), (name, text)
            numbers, charts = numbers + len(found), charts + 1
    label = f"numbers of the words of {charts} charts found in recounted tables, {pages.name}"
    measured(label, f"{numbers} of {numbers}")
    assert numbers > 200


def test_the_shown_workbook_holds_what_a_recount_gives(pages):
    recount, figure = pages.recount, pages.page("01_returns").select_one("figure.marked")
    workbook = re.search("„(.*)“", figure.figcaption.get_text())[1]
    cells = recount.cells[recount.cells["workbook"] == workbook]
    asked = recount.of_severity("error", "warning")["workbook"]
    most = asked[asked.isin(recount.cells["workbook"])].value_counts().max()
    opening = re.search(r": (\w+) offene Fragen?\.", figure.p.get_text())
    assert (
        (asked == workbook).sum()
        == (value_of(opening[1]) if opening else 0)
        == (0 if pd.isna(most) else most)
    )
    kinds = [int(kind.get_text().rpartition(": ")[2]) for kind in figure.select(".kinds li")]
    assert kinds == [int((cells["taken_as"] == kind).sum()) for kind in TAKEN_AS]
    for table in figure.select("table"):
        sheet, filled = re.match(r"Blatt „(.*)“.*: (\d+) gefüllte Zelle", table.caption.get_text()).groups()
        mine = cells[cells["sheet"] == sheet]
        shown = {
            cell["id"].rpartition("-")[2]: one_line(cell.select_one(".text").get_text())
            for cell in table.select("td[id]")
        }
        assert shown == {row.cell: one_line(row.text) for row in mine.itertuples()}, sheet
        assert int(filled) == len(mine), sheet


def test_the_notes_of_the_shown_workbook_are_its_doubts(pages):
    figure = pages.page("01_returns").select_one("figure.marked")
    doubts = pages.recount.doubts
    doubts = doubts[doubts["workbook"] == re.search("„(.*)“", figure.figcaption.get_text())[1]]
    notes = [
        re.match(rf"\w+ (\d+)(?: zu ({RANGE}(?:, {RANGE})*))?: (.*)", note.get_text()).groups()
        for note in figure.select(".notes li")
    ]
    assert [int(number) for number, _, _ in notes] == list(range(1, len(notes) + 1))
    assert sorted(
        (cell, message)
        for _, places, message in notes
        for cell in (sorted_cells(places.split(", ")).split(", ") if places else [""])
    ) == sorted(zip(doubts["cell"].fillna(""), doubts["message"], strict=True))
