"""Sheets that are forms: headings down a column, answers beside, below or behind them."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_workbooks import HEADINGS, TREFF
from test_returns import REFERENCE_DATE, codes, read, rows_of, taken, titles

from analysis.codelists import package_codes
from analysis.returns.checkboxes import marked, ticked
from analysis.returns.workbook_rows import Return, read_return
from analysis.schema import TAKEN_AS
from analysis.workbooks import Cell, Sheet, Span, Workbook

FORM: Any = [
    ["Titel der Maßnahme:", "Jugendtreff Kalk"],
    ["Zielgruppe", "Jugendliche"],
    ["Sozialraum", "Kalk"],
    ["Seit wann?", 2009],
]
READ = ("form_sheet", "A1")


def told(result: Return, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows_of(result, "programmes")]


def whole(result: Return) -> list[tuple[Any, ...]]:
    return told(result, "title", "target_groups_text", "sozialraum_text", "start_text")


JUGENDTREFF = ("Jugendtreff Kalk", "Jugendliche", "Kalk", "2009")
GARTEN = ("Garten", "Senioren", "Porz", "2011")
LABELS = ["Titel", "Zielgruppe", "Sozialraum", "Beginn"]


@pytest.mark.parametrize(
    "rows",
    [
        FORM,
        [["1.", "Titel*", "Jugendtreff Kalk"], *([f"{n}.", *row] for n, row in enumerate(FORM[1:], 2))],
        [
            ["a) Name der Maßnahme (max. 80 Zeichen):", "Jugendtreff Kalk"],
            ["b) Für wen? *", "Jugendliche"],
            ["c) Wo?", "Kalk"],
            ["d) Start (Jahr):", 2009],
        ],
        [[text] for pair in zip(LABELS, JUGENDTREFF, strict=True) for text in pair],
        [row for pair in zip(LABELS, JUGENDTREFF, strict=True) for row in ([pair[0]], [], [pair[1]], [])],
        [[f"{label}: {text}"] for label, text in zip(LABELS, JUGENDTREFF, strict=True)],
        [["\n".join(f"{label}: {text}" for label, text in zip(LABELS, JUGENDTREFF, strict=True))]],
        [["Titel", JUGENDTREFF[0], "Zielgruppe", "Jugendliche"], ["Sozialraum", "Kalk", "Beginn", 2009]],
        [["Titel", "Zielgruppe"], JUGENDTREFF[:2], ["Sozialraum", "Beginn"], JUGENDTREFF[2:]],
        [[label, None, None, text] for label, text in zip(LABELS, JUGENDTREFF, strict=True)],
        [["Name", JUGENDTREFF[0]], *FORM[1:]],
        [["Abfrage 2014"], ["Frage", "Ihre Antwort"], *FORM],
    ],
)
def test_one_programme_in_any_layout(tmp_path: Path, rows: Any) -> None:
    result = read(tmp_path, rows)
    assert whole(result) == [JUGENDTREFF]
    assert [problem.code for problem in result.problems] == ["form_sheet"]
    assert "unplaced" not in taken(result).values()


def test_a_form_is_an_information_that_names_the_count(tmp_path: Path) -> None:
    result = read(tmp_path, FORM)
    (problem,) = result.problems
    assert (problem.severity, problem.code, problem.cell) == ("info", "form_sheet", "A1")
    assert problem.message == "Dieses Blatt wurde als Formular gelesen und nennt 1 Programm; bitte prüfen."
    assert told(result, "dezernat", "row", "start_earliest", "area_scope") == [("IV", 1, 2009, "named")]
    assert [taken(result)[cell] for cell in ("A1", "B1", "A4", "B4")] == ["header", "placed"] * 2
    ident = rows_of(result, "programmes")[0]["programme_id"]
    assert {row["programme_id"] for row in rows_of(result, "cells") if row["cell"][0] == "B"} == {ident}


def test_the_dezernat_and_the_office_above_belong_to_all(tmp_path: Path) -> None:
    rows = [
        ["Dezernat", "V"],
        ["Amt", "Sozialamt"],
        [],
        ["Maßnahme 1"],
        *zip(LABELS, JUGENDTREFF, strict=True),
        [],
        ["Maßnahme 2"],
        *zip(LABELS, GARTEN, strict=True),
        [],
        ["Maßnahme 3"],
        *([label] for label in LABELS),
    ]
    result = read(tmp_path, rows, name="a.xlsx")
    assert whole(result) == [JUGENDTREFF, GARTEN]
    assert told(result, "dezernat", "office", "row") == [("V", "Sozialamt", 5), ("V", "Sozialamt", 11)]
    assert codes(result) == [("form_sheet", "A4")]
    assert result.problems[0].found == "2 Programme"


@pytest.mark.parametrize(
    "between", [[], [[]], [["2. Programm"]], [[], ["Projekt Nr. 2"], []], [[None, "Maßnahme 2"]]]
)
def test_blocks_below_one_another(tmp_path: Path, between: Any) -> None:
    rows = [*zip(LABELS, JUGENDTREFF, strict=True), *between, *zip(LABELS, GARTEN, strict=True)]
    result = read(tmp_path, rows)
    assert whole(result) == [JUGENDTREFF, GARTEN]
    assert codes(result) == [READ]


def test_a_label_twice_running_is_one_more_answer(tmp_path: Path) -> None:
    partners = [["Partner", "Caritas"], ["Partner", "Diakonie"], ["Partner", "Schulen"]]
    result = read(tmp_path, [*FORM, *partners])
    assert told(result, "title", "partners_text") == [("Jugendtreff Kalk", "Caritas; Diakonie; Schulen")]


def test_a_numbered_label_of_the_title(tmp_path: Path) -> None:
    rows = [["Maßnahme 1:", JUGENDTREFF[0]], *FORM[1:], ["Maßnahme 2:", "Garten"]]
    rows += [list(row) for row in zip(LABELS[1:], GARTEN[1:], strict=True)]
    assert titles(read(tmp_path, rows)) == ["Jugendtreff Kalk", "Garten"]


def test_blocks_side_by_side_with_labels_of_their_own(tmp_path: Path) -> None:
    rows: Any = [["Projekt 1", None, None, "Projekt 2"]]
    rows += [
        [label, left, None, label, right]
        for label, left, right in zip(LABELS, JUGENDTREFF, GARTEN, strict=True)
    ]
    result = read(tmp_path, rows)
    assert whole(result) == [JUGENDTREFF, GARTEN]
    assert len({row["programme_id"] for row in rows_of(result, "programmes")}) == 2


@pytest.mark.parametrize(
    "above", [[], [[None, "Programm 1", "Programm 2"]], [[None, 1, 2]], [["Frage", "1.", "2."]]]
)
def test_one_programme_in_each_column(tmp_path: Path, above: Any) -> None:
    rows = [*above, *([*cells] for cells in zip(LABELS, JUGENDTREFF, GARTEN, strict=True))]
    result = read(tmp_path, rows)
    assert whole(result) == [JUGENDTREFF, GARTEN]
    assert [problem.code for problem in result.problems] == ["form_sheet"]
    assert len({row["programme_id"] for row in rows_of(result, "programmes")}) == 2
    assert {row["row"] for row in rows_of(result, "programmes")} == {len(above) + 1}


def test_titles_over_the_columns_without_a_label(tmp_path: Path) -> None:
    rows = list(zip([None, *LABELS[1:]], JUGENDTREFF, GARTEN, strict=True))
    assert whole(read(tmp_path, rows)) == [JUGENDTREFF, GARTEN]


def test_columns_with_offices_missing_answers_and_a_merged_one(tmp_path: Path) -> None:
    rows = [
        ["Amt", "Jugendamt", "Sportamt", "Sozialamt"],
        ["Maßnahme", "Treff", "Sport", "Garten"],
        ["Zielgruppe", "Kinder", None, "Senioren"],
        ["Sozialraum", "Kalk", "Porz", None],
    ]
    result = read(tmp_path, rows, merges=["C4:D4"])
    assert told(result, "office", "title", "target_groups_text", "sozialraum_text") == [
        ("Jugendamt", "Treff", "Kinder", "Kalk"),
        ("Sportamt", "Sport", None, "Porz"),
        ("Sozialamt", "Garten", "Senioren", "Porz"),
    ]


def test_one_programme_per_sheet_with_a_cover(tmp_path: Path) -> None:
    cover = [
        ["Dezernat:", "V"],
        ["Amt:", "Sozialamt"],
        ["Name:", "Erika Muster"],
        ["Telefon:", "0221 98765"],
    ]
    second = [list(row) for row in zip(LABELS, GARTEN, strict=True)]
    result = read(tmp_path, {"Deckblatt": cover, "Blatt 1": FORM, "Garten": second}, name="a.xlsx")
    assert told(result, "dezernat", "office", "title", "sheet") == [
        ("V", "Sozialamt", "Jugendtreff Kalk", "Blatt 1"),
        ("V", "Sozialamt", "Garten", "Garten"),
    ]
    assert [(problem.code, problem.sheet) for problem in result.problems] == [
        ("form_sheet", "Blatt 1"),
        ("form_sheet", "Garten"),
    ]
    assert "Muster" not in repr([result.tables, result.problems])


def test_a_dezernat_in_each_block(tmp_path: Path) -> None:
    rows = [["Dezernat", "IV"], *FORM, [], ["Dezernat", "V"], *zip(LABELS, GARTEN, strict=True)]
    rows[6:] = [["Dezernat", "V"], ["Titel der Maßnahme:", "Garten"], ["Zielgruppe", "Senioren"]]
    result = read(tmp_path, rows, name="a.xlsx")
    assert result.statuses == [("IV", "received", 1), ("V", "received", 1)]


@pytest.mark.parametrize("last", [[], [["Dezernat", None], ["Amt", "-"]]])
def test_a_dezernat_and_an_office_of_the_first_block_are_candidates_for_the_next(
    tmp_path: Path, last: Any
) -> None:
    first = [*FORM, ["Dezernat", "IV"], ["Amt", "Jugendamt"]]
    rows = [*first, [], *([label, text] for label, text in zip(LABELS, GARTEN, strict=True)), *last]
    rows[len(first) + 1][0] = FORM[0][0]
    result = read(tmp_path, rows, name="a.xlsx")
    assert told(result, "responsible_dezernat", "office") == [("IV", "Jugendamt"), (None, None)]
    asked = [problem for problem in result.problems if problem.code == "value_only_above"]
    assert [(problem.cell, problem.field, problem.expected) for problem in asked] == [
        ("B8", "dezernat", "IV"),
        ("B8", "office", "Jugendamt"),
    ]


@pytest.mark.parametrize("label", ["Kontakt", "Telefon", "Ansprechpartner"])
def test_a_programme_in_a_column_may_be_called_like_a_contact(tmp_path: Path, label: str) -> None:
    _, *others = zip(LABELS, JUGENDTREFF, GARTEN, GARTEN, strict=True)
    rows = [["Titel", label, "Jugendtreff Kalk", "Garten"], *others]
    assert titles(read(tmp_path, rows)) == [label, "Jugendtreff Kalk", "Garten"]
    rows = [["Titel", "Jugendtreff Kalk", label, "Garten"], *others]
    assert titles(read(tmp_path, rows)) == ["Jugendtreff Kalk", label, "Garten"]


def test_a_contact_beside_the_answers_is_withheld(tmp_path: Path) -> None:
    rows = [[*FORM[0], "Kontakt", "Otto Probe"], *FORM[1:3], [*FORM[3], "Tel.", "0221/221-12345"]]
    result = read(tmp_path, rows)
    assert titles(result) == ["Jugendtreff Kalk"]
    assert (taken(result)["D1"], taken(result)["D4"]) == ("withheld", "withheld")
    assert "Otto" not in repr([result.tables, result.problems])


def test_labels_over_their_answers_in_two_columns(tmp_path: Path) -> None:
    rows = [
        ["Titel", None, "Kostenstelle", None],
        ["Jugendtreff Kalk", None, "4711", None],
        ["Zielgruppe", None, "Räumlicher Bezug", None],
        ["Jugendliche", None, "Kalk", None],
        ["Beginn", None, "Ende", None],
        ["2009", None, "offen", None],
        ["Beschreibung"],
        ["offene Tür an fünf Tagen"],
    ]
    merges = [f"{columns[0]}{row}:{columns[1]}{row}" for row in range(1, 7) for columns in ("AB", "CD")]
    result = read(tmp_path, rows, merges=merges)
    assert whole(result) == [JUGENDTREFF]
    assert told(result, "end_text", "description") == [("offen", "offene Tür an fünf Tagen")]
    assert codes(result) == [("unknown_label", "C1"), READ]
    assert (taken(result)["C1"], taken(result)["C2"]) == ("header", "unplaced")


def test_boxes_side_by_side_are_choices_and_no_programmes(tmp_path: Path) -> None:
    rows = [
        ["Titel", "Jugendtreff Kalk"],
        ["Zielgruppe", "☒ Jugendliche", "☐ Kinder", "☐ Familien", "☐ Senioren"],
        ["Sozialraum", "x", "Kalk", None, "Porz"],
        ["Beginn", "[ ] vor 2000", "[x] 2009", "[ ] später"],
    ]
    result = read(tmp_path, rows)
    assert whole(result) == [JUGENDTREFF]
    assert codes(result) == [READ]


def test_answers_over_several_rows_and_merged(tmp_path: Path) -> None:
    rows = [
        ["Titel", None, "Treff"],
        ["Zielgruppe", None, "Kinder"],
        [None, None, "Jugendliche"],
        ["Sozialraum", None, "Kalk"],
        [],
        ["Beschreibung", None, "offene Tür"],
    ]
    result = read(tmp_path, rows, merges=["A1:B1", "C1:E1", "C4:E5", "A4:B5"])
    assert told(result, "title", "target_groups_text", "sozialraum_text", "description") == [
        ("Treff", "Kinder\nJugendliche", "Kalk", "offene Tür")
    ]
    assert set(taken(result).values()) == {"header", "placed"}


def test_a_running_time_in_pieces(tmp_path: Path) -> None:
    rows = [["Titel", "Treff"], ["Laufzeit", "von", 2009, "bis", 2013], ["Zielgruppe", "Kinder"]]
    assert told(read(tmp_path, rows), "title", "start_earliest", "end_year") == [("Treff", 2009, 2013)]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (["☒ Kinder ☐ Jugendliche ☑ Senioren"], "Kinder, Senioren"),
        (["☒", "Kinder", "☐", "Jugendliche"], "Kinder"),
        (["[x] Kinder [ ] Jugendliche"], "Kinder"),
        (["Kinder", "x", "Jugendliche", None, "Senioren", "x"], "Kinder; Senioren"),
        (["x", "Kinder", None, "Jugendliche"], "Kinder"),
        (["Kinder", "Jugendliche"], "Kinder; Jugendliche"),
    ],
)
def test_only_ticked_answers_count(tmp_path: Path, row: Any, text: str) -> None:
    result = read(tmp_path, [["Titel", "Treff"], ["Zielgruppe", *row], ["Sozialraum", "Kalk"]])
    assert told(result, "title", "target_groups_text") == [("Treff", text)]


def test_a_mark_between_two_answers_is_asked_about(tmp_path: Path) -> None:
    rows = [["Titel", "Treff"], ["Zielgruppe", "Kinder", "x", "Jugendliche"], ["Sozialraum", "Kalk"]]
    result = read(tmp_path, rows)
    assert told(result, "target_groups_text") == [(None,)]
    assert {taken(result)[cell] for cell in ("B2", "C2", "D2")} == {"unplaced"}
    asked = [problem for problem in result.problems if problem.code == "form_not_understood"]
    assert [(problem.cell, problem.message) for problem in asked] == [
        ("B2", "Es ist nicht zu erkennen, welche Antworten angekreuzt sind; bitte klären.")
    ]


def test_boxes_of_a_text() -> None:
    assert ticked("Kinder ☒ Jugendliche ☐") == "Kinder"
    assert ticked("☐ Kinder ☐ Jugendliche") == ""
    assert ticked("☒ Sonstige: Auszubildende") == "Sonstige: Auszubildende"
    assert ticked("Treff (x) im Park") == "Treff (x) im Park"
    assert ticked("Kinder") == "Kinder"
    assert marked(["a", "b"]) == ["a", "b"]
    assert marked(["x", "a", "b", "x"]) is None


def test_missing_answers_are_missing_and_not_guessed(tmp_path: Path) -> None:
    rows = [["Titel", "Treff"], ["Zielgruppe", "k. A."], ["Sozialraum"], ["Beginn"], ["Partner", "-"]]
    result = read(tmp_path, rows)
    names = ("title", "target_groups_text", "sozialraum_text", "start_text", "partners_text")
    assert told(result, *names) == [("Treff", "k. A.", None, None, "-")]
    assert codes(result) == [READ, ("start_missing", "B1")]
    assert [taken(result)[cell] for cell in ("B2", "B5")] == ["nil", "nil"]


def test_a_programme_without_title_names_what_stands_above(tmp_path: Path) -> None:
    result = read(tmp_path, [["Jugendtreff Kalk"], [], *FORM[1:]])
    assert told(result, "title", "row") == [(None, 3)]
    (asked,) = [problem for problem in result.problems if problem.code == "title_missing"]
    assert (asked.cell, asked.field, asked.expected) == ("B3", "title", "Jugendtreff Kalk")


@pytest.mark.parametrize(
    "answers",
    [
        [None, None, None, None],
        ["Bitte Titel eintragen", "z. B. Kinder", "...", "JJJJ"],
        ["(max. 80 Zeichen)", "(bitte ankreuzen)", "<Stadtteil>", "TT.MM.JJJJ"],
        ["-", "-", "k. A.", "-"],
        [None, "☐ Kinder ☐ Jugendliche", "☐ Kalk", None],
    ],
)
def test_an_empty_form_names_no_programme(tmp_path: Path, answers: Any) -> None:
    result = read(tmp_path, [list(row) for row in zip(LABELS, answers, strict=True)])
    assert titles(result) == []
    assert codes(result) == [("no_programmes", None)]
    assert set(taken(result).values()) <= {"header", "nil", "context"}


def test_a_fehlanzeige_in_a_form(tmp_path: Path) -> None:
    result = read(tmp_path, [["Titel", "Fehlanzeige"], ["Zielgruppe", "-"], ["Sozialraum"]])
    assert result.statuses == [("IV", "fehlanzeige", 0)]
    assert result.problems == []


def test_empty_forms_tell_whose_return_it_is(tmp_path: Path) -> None:
    block: Any = [["Dezernat", "V"], ["Titel"], ["Zielgruppe"], ["Sozialraum"], []]
    result = read(tmp_path, [*block, *block, ["Fehlanzeige", "x"]], name="a.xlsx")
    assert result.statuses == [("V", "fehlanzeige", 0)]
    assert result.problems == []


def test_contacts_are_withheld(tmp_path: Path) -> None:
    rows = [*FORM, ["Ansprechpartner/in", "Muster, Erika"], [None, "Otto Probe"], ["E-Mail", "e@x.example"]]
    result = read(tmp_path, [*rows, ["Kontakt: Karl Beispielmann"]])
    kinds = taken(result)
    assert [kinds[cell] for cell in ("B5", "B6", "B7", "A8")] == ["withheld"] * 4
    everything = repr([result.tables, result.problems])
    assert not any(name in everything for name in ("Muster", "Probe", "e@x", "Beispielmann"))


@pytest.mark.parametrize(
    "rows",
    [
        [["Ansprechpartner:"], ["Erika Muster"], *FORM[1:]],
        [["Ansprechpartner:", "Karl Beispiel"], ["Erika Muster"], *FORM[1:]],
        [["Zielgruppe", "Kinder", "Telefon", "0221 1234567"], ["Ort", "Kalk", None, "Erika Muster"]],
        [["Zielgruppe", "Kinder", "Kontakt", "Karl Beispiel"], ["Ort", "Kalk", "Name", "Erika Muster"]],
        [["Zielgruppe: Kinder\nKontakt: Erika Muster"], ["Ort: Kalk"]],
    ],
)
def test_a_contact_is_withheld_wherever_it_stands_in_a_form(tmp_path: Path, rows: Any) -> None:
    result = read(tmp_path, [["Titel", "Treff", "Ansprechpartner", "Otto Probe"], *rows])
    assert titles(result) == ["Treff"]
    everything = repr([result.tables, result.problems])
    assert not any(name in everything for name in ("Muster", "Probe", "Beispiel", "1234567"))


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1)])
def test_a_column_that_explains_the_labels_holds_no_answers(tmp_path: Path, order: tuple[int, ...]) -> None:
    explained = ["Name der Maßnahme", "Für wen ist sie?", "Stadtteil oder Bezirk", "Jahr"]
    rows = [[row[number] for number in order] for row in zip(LABELS, JUGENDTREFF, explained, strict=True)]
    result = read(tmp_path, rows)
    assert whole(result) == [JUGENDTREFF]
    assert codes(result) == [READ]


def test_the_lone_text_above_each_block_is_the_candidate_of_its_title(tmp_path: Path) -> None:
    rows = [["1. Jugendtreff"], *FORM[1:], [], ["2. Garten"], *FORM[1:]]
    result = read(tmp_path, rows)
    assert titles(result) == [None, None]
    asked = [problem for problem in result.problems if problem.code == "title_missing"]
    assert [(problem.cell, problem.expected) for problem in asked] == [
        ("B2", "1. Jugendtreff"),
        ("B7", "2. Garten"),
    ]


def test_what_nobody_knows_is_one_question_per_label(tmp_path: Path) -> None:
    block = [*FORM[:1], ["Stellenanteile", 0.5], *FORM[1:]]
    result = read(tmp_path, [*block, *block])
    assert titles(result) == ["Jugendtreff Kalk"] * 2
    assert [taken(result)[cell] for cell in ("A2", "B2", "A7", "B7")] == ["header", "unplaced"] * 2
    (asked,) = [problem for problem in result.problems if problem.code == "unknown_label"]
    assert (asked.cell, asked.message) == (
        "A2",
        "Die Frage „Stellenanteile“ ist unbekannt; bitte sie in codelists/headers.csv zuordnen.",
    )


def test_cells_that_answer_nothing_are_one_question(tmp_path: Path) -> None:
    rows = [["Titel", "Treff", "Kalk"], ["Zielgruppe", "Kinder"], ["nur montags"], ["Sozialraum", "Kalk"]]
    result = read(tmp_path, rows)
    assert [taken(result)[cell] for cell in ("C1", "A3")] == ["unplaced"] * 2
    (asked,) = [problem for problem in result.problems if problem.code == "form_not_understood"]
    assert (asked.cell, asked.found) == ("A3", "nur montags; Kalk")


def test_a_short_text_below_an_unanswered_label_is_asked_about_a_long_one_read(tmp_path: Path) -> None:
    long = "Hier treffen sich Jugendliche aus dem Veedel zum Spielen und Lernen."
    for text, description in (("Treffen", None), (long, long)):
        rows = [["Titel", "Treff"], ["Beschreibung:"], [text], ["Zielgruppe", "Kinder"], ["Ort", "Kalk"]]
        result = read(tmp_path, rows)
        assert told(result, "description") == [(description,)]
        assert (taken(result)["A3"] == "unplaced") == (description is None)


def test_an_error_and_a_value_under_a_merge(tmp_path: Path) -> None:
    rows = [
        ["Titel", "Treff"],
        ["Zielgruppe", "Kinder", "verdeckt"],
        ["Sozialraum", "#REF!"],
        ["Beginn", 1999],
    ]
    result = read(tmp_path, rows, merges=["B2:C2"])
    assert {("hidden_under_merge", "C2"), ("error_value", "B3")} <= set(codes(result))
    assert [taken(result)[cell] for cell in ("C2", "B3")] == ["unplaced"] * 2


def test_a_reference_points_to_the_block_above(tmp_path: Path) -> None:
    rows = [*FORM, ["Titel der Maßnahme:", "Garten"], ["Zielgruppe", "s. o."], ["Seit wann?", 2011]]
    result = read(tmp_path, rows)
    assert ("reference_resolved", "B6") in codes(result)
    groups = [row["target_group"] for row in rows_of(result, "programme_target_groups")]
    assert groups == ["jugendliche"] * 2


@pytest.mark.parametrize("form_first", [True, False])
def test_a_form_and_a_table_on_one_sheet(tmp_path: Path, form_first: bool) -> None:
    table = [HEADINGS, TREFF, ["Sport", "Kinder", "Kalk", 2010]]
    garten = [list(row) for row in zip(LABELS, GARTEN, strict=True)]
    rows = [*garten, [], *table] if form_first else [*table, [], *garten, [], ["Stand: 15.1.2014"]]
    result = read(tmp_path, rows)
    assert sorted(titles(result)) == ["Garten", "Jugendtreff", "Sport"]
    assert codes(result) == [("form_sheet", "A1" if form_first else "A5")]
    assert rows_of(result, "sheets")[0]["unplaced"] == 0


def test_what_stands_below_a_form_belongs_to_nobody(tmp_path: Path) -> None:
    below: Any = [[], ["Köln, den 15.1.2014"], ["Im Auftrag"], ["Otto Probe"], ["Stand: 15.1.2014"]]
    result = read(tmp_path, [*FORM, *below])
    assert whole(result) == [JUGENDTREFF]
    assert [taken(result)[cell] for cell in ("A6", "A7", "A8", "A9")] == [
        "context",
        "context",
        "withheld",
        "context",
    ]


COVER = [["Dezernat", "IV"], ["Amt", "Jugendamt"], ["Name", "Erika Muster"], ["Telefon", "12345"]]
EXPLAINED = [
    ["Maßnahme", "Name der Maßnahme"],
    ["Zielgruppe", "Für wen ist sie gedacht?"],
    ["Sozialraum", "Stadtteil oder Stadtbezirk"],
    ["Beginn", "Seit wann wird sozialräumlich gearbeitet?"],
]


@pytest.mark.parametrize(
    "rows",
    [
        [HEADINGS, TREFF, ["Projekt", "Kinder", "Kalk", 2010], ["Beschreibung", "Kinder", "Kalk", 2010]],
        [["Maßnahme", None, "Zielgruppe", None, "Beginn"], ["Treff", None, "Kinder", None, 2009]],
        [["Maßnahme", None, "Zeitraum"], ["Titel", "Beschreibung", "von", "bis"], ["Aa", "Bb", 2009, 2010]],
        [["Projekt:", "Abfrage 2014"], ["Zeitraum:", "Dezember 2013"], [], HEADINGS, TREFF],
        [HEADINGS, TREFF, HEADINGS, ["Sport", "Kinder", "Kalk", 2010], [], HEADINGS, TREFF],
        [["Maßnahme", "Beginn"], ["Treff", 2009], [], ["Beginn", "Maßnahme"], [2010, "Sport"]],
        [HEADINGS, TREFF, [], ["Erläuterungen:"], *([f"{a}: {b}"] for a, b in EXPLAINED)],
        [*COVER, [], HEADINGS, TREFF],
        [HEADINGS, TREFF, [], *COVER],
    ],
)
def test_an_ordinary_table_is_no_form(tmp_path: Path, rows: Any) -> None:
    result = read(tmp_path, rows)
    assert not {problem.code for problem in result.problems} & {"form_sheet", "form_not_understood"}
    assert rows_of(result, "sheets")[0]["unplaced"] == 0
    assert titles(result)
    assert not {"Abfrage 2014", "Name der Maßnahme", "Zielgruppe", "Titel"} & set(titles(result))


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Deckblatt", COVER),
        ("Ausfüllhinweise", EXPLAINED),
        ("Tabelle2", EXPLAINED),
        ("Tabelle2", [["Feld", "Erläuterung"], *EXPLAINED]),
        ("Hinweise", FORM),
        ("Listen", [["Zielgruppe", "Kinder", "Senioren"], ["Sozialraum", "Kalk", "Porz"]]),
    ],
)
def test_other_sheets_are_no_forms(tmp_path: Path, name: str, rows: Any) -> None:
    result = read(tmp_path, {"Abfrage": [HEADINGS, TREFF], name: rows})
    assert titles(result) == ["Jugendtreff"]
    assert result.problems == []
    assert rows_of(result, "sheets")[1]["unplaced"] == 0


def test_a_sheet_named_like_help_is_read_where_it_names_a_programme(tmp_path: Path) -> None:
    assert titles(read(tmp_path, {"Hilfen zur Erziehung": FORM})) == ["Jugendtreff Kalk"]


def test_headings_without_order_are_one_question(tmp_path: Path) -> None:
    rows = [["Zielgruppe", "Sozialraum"], ["Kinder", "Kalk"], ["Senioren", "Porz"]]
    result = read(tmp_path, {"Abfrage": [HEADINGS, TREFF], "Tabelle2": rows})
    (problem,) = result.problems
    assert (problem.severity, problem.code, problem.cell) == ("warning", "form_not_understood", "A1")
    assert rows_of(result, "sheets")[1]["unplaced"] == 4


def test_the_programme_ids_of_a_form_stay(tmp_path: Path) -> None:
    rows = list(zip(LABELS, JUGENDTREFF, GARTEN, strict=True))
    first = told(read(tmp_path, rows), "programme_id")
    assert told(read(tmp_path, {"Tabelle1": rows, "B": rows}), "programme_id")[:2] == first
    assert len(set(first)) == 2


ANSWERS = [
    "Treff",
    "Kinder",
    2009,
    "k. A.",
    "☒ Kinder ☐ Senioren",
    "x",
    "s. o.",
    "Fehlanzeige",
    "#REF!",
    None,
]
WORDS = ["Titel:", "Zielgruppe", "Beginn", "Ort: Kalk", "Maßnahme 1", "Kontakt", "Stellen", "Amt", "Name"]


@st.composite
def form_sheets(draw: st.DrawFn) -> Sheet:
    cells: dict[tuple[int, int], str] = {}
    for row in range(1, draw(st.integers(2, 12))):
        for column in range(1, draw(st.integers(1, 5))):
            words = WORDS if column in (1, 3) and draw(st.booleans()) else [*ANSWERS, *WORDS]
            text = draw(st.sampled_from(words))
            if text is not None:
                cells[row, column] = str(text)
    corners = st.tuples(st.integers(1, 8), st.integers(1, 4), st.integers(0, 2), st.integers(0, 2))
    merges = [Span(r, c, r + down, c + right) for r, c, down, right in draw(st.lists(corners, max_size=2))]
    found = tuple(Cell(*place, text, "text") for place, text in sorted(cells.items()))
    return Sheet("Tabelle1", "visible", found, tuple(merges), frozenset(), frozenset(), len(found))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(form_sheets())
def test_any_form_balances_and_places_each_answer_once(sheet: Sheet) -> None:
    result = read_return("a.xlsx", Workbook((sheet,)), REFERENCE_DATE, package_codes())
    (row,) = rows_of(result, "sheets")
    assert sum(row[name] for name in TAKEN_AS) == len(sheet.cells)
    ids = [row["programme_id"] for row in rows_of(result, "programmes")]
    assert len(set(ids)) == len(ids)
    places = [row["cell"] for row in rows_of(result, "cells")]
    assert len(set(places)) == len(places) == len(sheet.cells)
