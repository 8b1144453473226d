"""What one row of a table is taken for, and the short ways to the answer, which the long rules must confirm."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_workbooks import HEADINGS, TREFF

from analysis.codelists import CodeLists, package_codes
from analysis.headers import match_header
from analysis.returns import answers, fehlanzeigen
from analysis.returns.grid import Grid
from analysis.returns.lines import Line, _classify_slowly, classify, is_plain_programme, read_line
from analysis.returns.looks import PLAIN, _look_closely, is_plain, look_at
from analysis.returns.readings import SheetReading
from analysis.returns.rows import read_table
from analysis.returns.tables import Table, find_tables
from analysis.workbooks import Cell, Sheet, Span

WIDE: Final = ["Nr.", *HEADINGS, "Bemerkungen", "unbekannt"]


def make_grid(rows: list[list[Any]], merges: tuple[Span, ...] = ()) -> Grid:
    cells = tuple(
        Cell(row, column, str(text), "text")
        for row, texts in enumerate(rows, start=1)
        for column, text in enumerate(texts, start=1)
        if text not in (None, "")
    )
    return Grid(
        Sheet("Blatt", "visible", cells, merges, frozenset(), frozenset(), len(cells)), {}, package_codes()
    )


def read_lines(grid: Grid, codes: CodeLists) -> list[tuple[Line, Table]]:
    """The rows of the body of the first table."""
    table = find_tables(grid, lambda text: match_header(text, codes))[0]
    rows = grid.rows_between(table.header_bottom + 1, table.bottom)
    found = [read_line(grid, table, row, row - 1, codes) for row in rows]
    return [(line, table) for line in found if line is not None]


# What a row is


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["1", *TREFF], "programme"),
        (["1", "(nur im Sommer) Treff", "Kinder", "Kalk", 2009], "programme"),
        (["3", "Sommerferien", "Kinder", "Kalk", 2009], "programme"),
        (["", "Summer School", "Kinder", "Kalk", 2009], "programme"),
        (["", "Musterhaus", "Kinder", "Kalk", 2009], "programme"),
        (["", "Bitte nicht stören", "Kinder", "Kalk", 2009], "programme"),
        (["", "Zusammen in Kalk", "Kinder", "Kalk", 2009], "programme"),
        (["", "Hier bin ich", "Kinder", "Kalk", 2009], "programme"),
        (["", "Fehlanzeige", "-", "-", "-"], "fehlanzeige"),
        (["", "Keine Angst vor Hunden", "Kinder", "Kalk", 2009], "programme"),
        (["", "Summe", "3", "2", "1"], "context"),
        (["Summe", "5 Programme", "3", "2", "1"], "context"),
        (["(1)", "(2)", "(3)", "(4)", "(5)"], "context"),
        (["a", "b", "c", "d", "e"], "context"),
        (["", "(Name)", "(für wen)", "(wo)", "(seit wann)"], "context"),
        (["", "z. B. Jugendtreff", "Jugendliche", "Porz", "2005"], "template"),
        (["Beispiel:", "Jugendtreff", "Jugendliche", "Porz", "2005"], "template"),
        (["", "Bitte eintragen", "Bitte auswählen", "k. A.", "tt.mm.jjjj"], "untouched"),
        (["", "keine Maßnahmen", "keine Angebote", "kein Projekt", "keine"], "fehlanzeige"),
        (["Nr.", "Maßnahme", "", "", ""], "header"),
        (["7", "", "", "", ""], "context"),
        (["", "Jugendamt", "", "", ""], "section"),
        (["", "Die Liste ist nur eine Auswahl.", "", "", ""], "note"),
    ],
)
def test_a_row_is_taken_for_what_it_is(row: list[Any], kind: str) -> None:
    codes = package_codes()
    grid = make_grid([WIDE, ["1", *TREFF], row])
    (_, table), (line, _) = read_lines(grid, codes)
    assert classify(line, table, grid, True, codes) == kind


# The short ways

TEXTS: Final = [
    *(
        "Jugendtreff",
        "Spielmobil",
        "Garten für alle",
        "Kinder",
        "Jugendliche",
        "Porz",
        "Kalk",
        "2009",
        "seit 2010",
    ),
    *("1", "2.", "(3)", "a)", "iv", "-", "k. A.", "entfällt", "Fehlanzeige", "keine Maßnahmen", "nein", "x"),
    *(
        "z. B. Treff",
        "(z.B. Treff)",
        "( z. B. Treff",
        "Bitte eintragen",
        "(Bitte auswählen)",
        "<Titel>",
        "xxx",
    ),
    *("tt.mm.jjjj", "JJJJ", "Muster", "Beispiel", "Beispielhafter Treff", "hier eintragen", "lorem ipsum"),
    *("Summe", "Gesamt: 3", "insgesamt", "Anzahl der Programme 7", "Zusammenhalt", "Sommer", "TOTAL"),
    *("(nur im Sommer)", "(neu)", "Hinweis: ohne Ferien", "Stand 2013", "Datum:", "* vorläufig", "Jugendamt"),
    *("Maßnahme", "Zielgruppe", "Sozialraum", "Beginn", "Bemerkungen", "Nr.", "Dezernat IV"),
    "Fehlanzeige ist erforderlich",
]
cells = st.one_of(st.none(), st.sampled_from(TEXTS), st.sampled_from(TEXTS[:9]))
bodies = st.lists(st.lists(cells, min_size=7, max_size=7), min_size=1, max_size=4)
downwards = st.tuples(st.integers(1, 7), st.integers(2, 3)).map(
    lambda found: Span(found[1], found[0], found[1] + 1, found[0])
)
quick = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(bodies, st.lists(downwards, max_size=2, unique_by=lambda span: span.left))
def test_a_plain_programme_is_one_by_all_the_rules(body: list[list[Any]], merges: list[Span]) -> None:
    codes = package_codes()
    grid = make_grid([WIDE, *body], tuple(merges))
    for line, table in read_lines(grid, codes):
        if is_plain_programme(line, table):
            for has_above in (False, True):
                assert _classify_slowly(line, table, grid, has_above, codes) == "programme"


def read_whole_table(sheet: list[list[Any]], merges: tuple[Span, ...]) -> Any:
    """All that reading the first table gives: records, what every cell was taken for, questions."""
    codes = package_codes()
    reading = SheetReading("a.xlsx", make_grid(sheet, merges), codes)
    read_table(reading, find_tables(reading.grid, lambda text: match_header(text, codes))[0])
    records = [
        (
            record.programme_id,
            record.texts,
            {name: record.place_of(name) for name in record.texts},
            record.doubled,
        )
        for record in reading.records
    ]
    # An unplaced cell may be found before or after its column is asked about: no order is promised there.
    return records, vars(reading.books), sorted(map(repr, reading.problems))


def read_line_slowly(grid: Grid, table: Table, row: int, previous: int, codes: CodeLists) -> Line | None:
    """A row without what tells that the short ways may be taken."""
    line = read_line(grid, table, row, previous, codes)
    if line is None:
        return None
    looks = {
        column: look for column, text in line.texts.items() if (look := look_at(text, codes)) is not PLAIN
    }
    return replace(line, looks=looks, start=None)


@quick
@given(
    st.sampled_from([WIDE[-2:], ["Zielgruppe", "unbekannt"]]),
    bodies,
    st.lists(downwards, max_size=2, unique_by=lambda span: span.left),
)
def test_the_short_way_of_a_rows_texts_into_its_record_takes_nothing_else(
    last: list[str], body: list[list[Any]], merges: list[Span]
) -> None:
    sheet = [[*WIDE[:-2], *last], *body]
    quickly = read_whole_table(sheet, tuple(merges))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.returns.rows.read_line", read_line_slowly)
        assert read_whole_table(sheet, tuple(merges)) == quickly


def test_most_programmes_are_plain() -> None:
    codes = package_codes()
    grid = make_grid([WIDE, ["1", *TREFF], ["", "Sportfest", "alle", "Kalk", "2010"]])
    assert [is_plain_programme(line, table) for line, table in read_lines(grid, codes)] == [True, True]


def test_a_row_below_a_merged_title_is_not_plain() -> None:
    codes = package_codes()
    body = [["1", *TREFF], ["(1)", None, "(2)", "(3)", "(4)"]]
    grid = make_grid([WIDE, *body], (Span(2, 2, 3, 2),))
    _, (line, table) = read_lines(grid, codes)
    assert (line.fields["title"], classify(line, table, grid, True, codes)) == ("Jugendtreff", "context")


MORE: Final = "leider nichts null 0 nicht trifft wir bitten dies als zu melden der keine betroffen"
TEMPLATES: Final = [
    *(
        "z. B. Treff",
        "z.B.",
        "zb Treff",
        "zum Beispiel Treff",
        "Bsp.: Treff",
        "Bsp. (Treff)",
        "Beispiel: Treff",
    ),
    *(
        "Mustereintrag",
        "Muster – Treff",
        "Ausfüllbeispiel 1",
        "Bitte hier den Titel eintragen",
        "BITTE AUSWÄHLEN",
    ),
    *(
        "hier bitte klicken",
        "Klicken Sie hier",
        "<Titel>",
        "TT.MM.JJJJ",
        "jjjj",
        "MM/JJJJ",
        "xxx",
        "Lorem ipsum",
    ),
]
TOTALS: Final = [
    *("Summe", "Zwischensumme:", "Gesamtsumme 3", "Gesamtzahl der Projekte: 4", "Teilsumme", "Endsumme = 7"),
    *("insgesamt", "Total (ohne Sport)", "Anzahl aller Maßnahmen 12", "Zusammen:"),
]


@pytest.mark.parametrize("blank", ["", " ", "\n", "\u2003", " " * 30])
@pytest.mark.parametrize("text", TEMPLATES)
def test_a_template_is_found_however_it_is_written(text: str, blank: str) -> None:
    for written in (text, f"({text})", text.upper(), text.lower()):
        assert answers.is_template(blank + written), written
        assert look_at(blank + written, package_codes()).is_template, written


@pytest.mark.parametrize("blank", ["", " ", "\n", "\u2003", " " * 30])
@pytest.mark.parametrize("text", TOTALS)
def test_a_total_is_found_however_it_is_written(text: str, blank: str) -> None:
    for written in (text, text.upper(), text.lower()):
        assert answers.is_total(blank + written), written
        assert look_at(blank + written, package_codes()).is_total, written


def test_headings_that_come_again_are_not_plain() -> None:
    codes = package_codes()
    grid = make_grid([WIDE, ["1", *TREFF]])
    ((line, table),) = read_lines(grid, codes)
    headings = dict(enumerate(WIDE, start=1))
    fields = {name: headings[number] for number, name in table.fields.items()}
    again = Line(9, headings, tuple(headings), {}, fields, False)
    assert is_plain_programme(line, table)
    assert not is_plain_programme(again, table)
    assert classify(again, table, grid, True, codes) == "header"


words = st.sampled_from([word for text in (MORE, *TEXTS) for word in text.split()])
noises = st.sampled_from(["", " ", "  ", "\n", "\t", "(", "((", " (", ".", ":", "„", "–", "\u00a0", "\u2003"])
spelt = st.lists(st.tuples(noises, words, st.sampled_from([str, str.upper, str.title])), max_size=6).map(
    lambda parts: " ".join(noise + change(word) for noise, word, change in parts)
)
texts = st.one_of(spelt, st.tuples(noises, st.sampled_from(TEXTS), noises).map("".join), st.text(max_size=12))


@quick
@given(texts)
def test_a_plain_text_is_nothing_else_by_all_the_rules(text: str) -> None:
    codes = package_codes()
    closely = _look_closely(text, codes)
    assert look_at(text, codes) == closely
    assert closely == PLAIN or not is_plain(text, codes)


@pytest.mark.parametrize(
    ("pattern", "rule"),
    [
        (answers._TEMPLATE, answers.is_template),
        (answers._TOTAL, answers.is_total),
        (answers._NUMBER, answers.is_number),
        (fehlanzeigen._REPORT, fehlanzeigen.is_fehlanzeige),
        (fehlanzeigen._NONE, fehlanzeigen.is_fehlanzeige),
        (fehlanzeigen._TAKE_AS_REPORT, fehlanzeigen.is_fehlanzeige),
    ],
    ids=["template", "total", "number", "report", "none", "taken as report"],
)
def test_what_a_rule_finds_is_never_plain(pattern: re.Pattern[str], rule: Callable[[str], bool]) -> None:
    """Texts made from the rule's own pattern."""

    @settings(quick, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(pattern))
    def check(text: str) -> None:
        assert not rule(text) or not is_plain(text, package_codes())

    check()


@quick
@given(texts)
def test_what_begins_with_no_first_word_of_a_wording_is_none(text: str) -> None:
    codes = package_codes()
    wording = answers._wordings(codes).get(answers.plain(text))
    if wording is not None:
        assert answers.meaning_of(text, codes) == wording


def test_every_wording_is_understood_however_it_is_written() -> None:
    codes = package_codes()
    for row in codes["answers"]:
        for text in (row["text"], row["text"].upper(), f" „{row['text']}“ ", f"({row['text']})."):
            assert answers.meaning_of(text, codes) == row["meaning"], text


@pytest.mark.parametrize(
    "text", ["leider nein", "Leider keine.", "leider nichts", "0 Maßnahmen", "Null Projekte"]
)
def test_a_short_report_of_none_has_a_hint(text: str) -> None:
    assert fehlanzeigen.is_fehlanzeige(text)
