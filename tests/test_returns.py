"""From one workbook to rows: small returns, each named for what is wrong with it."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_workbooks import HEADINGS, TREFF, Formula, write_workbook

from analysis.codelists import package_codes
from analysis.returns.answers import is_nil, is_template
from analysis.returns.fehlanzeigen import is_fehlanzeige
from analysis.returns.workbook_rows import Return, read_return
from analysis.schema import TABLES, TAKEN_AS
from analysis.workbooks import Cell, Sheet, Span, Workbook, read_workbook

REFERENCE_DATE = datetime.date(2014, 2, 26)


def read(tmp_path: Path, sheets: Any, *, name: str = "Dez IV.xlsx", **options: Any) -> Return:
    book = read_workbook(write_workbook(tmp_path / name, sheets, **options))
    assert isinstance(book, Workbook), book
    result = read_return(name, book, REFERENCE_DATE, package_codes())
    for sheet in rows_of(result, "sheets"):
        assert sheet["nonempty"] == sum(sheet[taken] for taken in TAKEN_AS)
    return result


def rows_of(result: Return, table: str) -> list[dict[str, Any]]:
    """The rows of a table, from the columns that a return holds."""
    columns = result.tables[table]
    assert list(columns) == list(TABLES[table])
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def titles(result: Return) -> list[Any]:
    return [row["title"] for row in rows_of(result, "programmes")]


def taken(result: Return) -> dict[str, str]:
    return {row["cell"]: row["taken_as"] for row in rows_of(result, "cells")}


def codes(result: Return) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.cell) for problem in result.problems]


def test_a_plain_table(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, TREFF])
    (row,) = rows_of(result, "programmes")
    assert {
        key: row[key]
        for key in ("dezernat", "title", "start_text", "start_earliest", "start_certainty", "row")
    } == {
        "dezernat": "IV",
        "title": "Jugendtreff",
        "start_text": "2009",
        "start_earliest": 2009,
        "start_certainty": "exact",
        "row": 2,
    }
    assert [row["target_group"] for row in rows_of(result, "programme_target_groups")] == ["jugendliche"]
    assert [row["stadtbezirk"] for row in rows_of(result, "programme_sozialraeume")] == ["Porz"]
    assert result.statuses == [("IV", "received", 1)]
    assert set(taken(result).values()) == {"header", "placed"}
    assert result.problems == []


def test_title_rows_above_notes_below_and_numbers_beside(tmp_path: Path) -> None:
    rows = [
        ["Abfrage Inklusion im Sozialraum"],
        [],
        ["Dezernat:", None, "IV – Bildung, Jugend und Sport"],
        [],
        ["lfd. Nr.", *HEADINGS],
        [1, 2, 3, 4, 5],
        [1, *TREFF],
        [2, "Spielmobil", "Kinder", "Kalk", "seit 2010"],
        [None, "Summe", 2],
        [],
        ["Stand: Januar 2014"],
    ]
    result = read(tmp_path, rows, name="Antwort.xlsx")
    assert titles(result) == ["Jugendtreff", "Spielmobil"]
    assert result.statuses == [("IV", "received", 2)]
    kinds = taken(result)
    assert {kinds[cell] for cell in ("A1", "A3", "A6", "E6", "A7", "A8", "B9", "C9", "A11")} == {"context"}
    assert kinds["C3"] == "placed"
    assert result.problems == []


def test_headings_over_two_rows_and_merged(tmp_path: Path) -> None:
    rows = [
        ["Angaben zur Maßnahme", None, "Zeitraum", None, "Sozialraum"],
        ["Titel", "Beschreibung", "von", "bis", None],
        ["Jugendtreff", "offene Tür", 2009, 2013, "Porz"],
    ]
    result = read(tmp_path, rows, merges=["A1:B1", "C1:D1", "E1:E2"])
    (row,) = rows_of(result, "programmes")
    assert (row["title"], row["description"], row["start_text"], row["end_text"]) == (
        "Jugendtreff",
        "offene Tür",
        "2009",
        "2013",
    )
    assert {taken(result)[cell] for cell in ("A1", "C1", "E1", "A2", "D2")} == {"header"}
    assert [(row["column"], row["field"]) for row in rows_of(result, "columns")] == [
        ("A", "title"),
        ("B", "description"),
        ("C", "start"),
        ("D", "end"),
        ("E", "sozialraum"),
    ]


def test_two_tables_on_one_sheet_and_one_on_another(tmp_path: Path) -> None:
    first = [HEADINGS, TREFF, [], ["Projekt", "Für wen?", "Wo?"], ["Spielmobil", "Kinder", "Kalk"]]
    result = read(tmp_path, {"A": first, "B": [[], [None, *HEADINGS], [None, *TREFF]]})
    assert titles(result) == ["Jugendtreff", "Spielmobil", "Jugendtreff"]
    assert [row["row"] for row in rows_of(result, "programmes")] == [2, 5, 3]
    assert len({row["programme_id"] for row in rows_of(result, "programmes")}) == 3


def test_a_merged_value_applies_to_each_of_its_rows(tmp_path: Path) -> None:
    rows = [
        ["Amt", *HEADINGS],
        ["Sportamt", *TREFF],
        [None, "Spielmobil", "Kinder", None, 2010],
        [None, "Spielplatz", "Kinder", "Kalk", 2010],
    ]
    result = read(tmp_path, rows, merges=["A2:A4", "D2:D3"])
    assert [row["office"] for row in rows_of(result, "programmes")] == ["Sportamt"] * 3
    assert [row["sozialraum_text"] for row in rows_of(result, "programmes")] == ["Porz", "Porz", "Kalk"]
    first = rows_of(result, "programmes")[0]["programme_id"]
    anchor = next(row for row in rows_of(result, "cells") if row["cell"] == "A2")
    assert (anchor["taken_as"], anchor["field"], anchor["programme_id"]) == ("placed", "office", first)
    assert codes(result) == [("merged_value", "A2"), ("merged_value", "D2")]
    assert [problem.message for problem in result.problems] == [
        "Der verbundene Wert gilt auch für die Zeilen 3 bis 4; bitte prüfen.",
        "Der verbundene Wert gilt auch für Zeile 3; bitte prüfen.",
    ]


def test_a_title_merged_over_rows_is_one_programme(tmp_path: Path) -> None:
    rows = [HEADINGS, TREFF, [None, "Kinder", "Kalk", 2011]]
    result = read(tmp_path, rows, merges=["A2:A3"])
    (row,) = rows_of(result, "programmes")
    assert (row["title"], row["target_groups_text"]) == ("Jugendtreff", "Jugendliche\nKinder")
    assert ("merged_title", "B3") in codes(result)


def test_a_value_hidden_under_a_merge_is_asked_about(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, TREFF, ["verdeckt", "Kinder", "Kalk", 2011]], merges=["A2:A3"])
    assert taken(result)["A3"] == "unplaced"
    assert ("hidden_under_merge", "A3") in codes(result)


def test_a_hidden_sheet_is_read_and_reported(tmp_path: Path) -> None:
    result = read(tmp_path, {"A": [HEADINGS, TREFF], "B": [HEADINGS, TREFF]}, hidden=["B"])
    assert len(titles(result)) == 2
    assert [(problem.code, problem.sheet) for problem in result.problems] == [("hidden_programmes", "B")]


def test_hidden_rows_are_read_and_reported(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, TREFF, ["Spielmobil", "Kinder", "Kalk", 2010]], hidden_rows=[3])
    assert titles(result) == ["Jugendtreff", "Spielmobil"]
    assert codes(result) == [("hidden_programmes", "A3")]


def test_an_unknown_column_is_one_problem(tmp_path: Path) -> None:
    rows = [[*HEADINGS, "Stellenanteile"], [*TREFF, 0.5], ["Spielmobil", "Kinder", "Kalk", 2010, 1]]
    result = read(tmp_path, rows)
    assert (taken(result)["E1"], taken(result)["E2"], taken(result)["E3"]) == (
        "header",
        "unplaced",
        "unplaced",
    )
    (problem,) = result.problems
    assert (problem.code, problem.cell, problem.found) == ("unknown_column", "E1", "Stellenanteile")
    assert problem.message == (
        "Die Spalte „Stellenanteile“ ist unbekannt; bitte sie in codelists/headers.csv zuordnen."
    )


def test_a_column_without_heading_is_one_problem(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, [*TREFF, "Nachtrag"], ["Spielmobil", "Kinder", "Kalk", 2010, "ja"]])
    assert codes(result) == [("column_without_heading", "E2")]


def test_contacts_are_withheld_everywhere(tmp_path: Path) -> None:
    rows = [
        ["Ansprechpartnerin: Erika Muster, Tel. 0221 221-12345"],
        [*HEADINGS, "Kontakt", "Bemerkungen"],
        [*TREFF, "Erika Muster", "Rückfragen an Frau Dr. Muster-Probe (erika.muster@stadt.example)"],
        [],
        ["Bearbeitet von:", "Max Probe"],
        ["Mit freundlichen Grüßen"],
        ["Max Probe"],
    ]
    result = read(tmp_path, rows)
    kinds = taken(result)
    assert [kinds[cell] for cell in ("A1", "E3", "B5", "A7")] == ["withheld"] * 4
    assert kinds["F3"] == "placed"
    everything = repr([result.tables, result.problems])
    assert "Muster" not in everything
    assert "Probe" not in everything
    assert rows_of(result, "programmes")[0]["remarks"] == "Rückfragen an [Kontakt] ([Kontakt])"


def test_a_column_of_errors_is_no_table(tmp_path: Path) -> None:
    result = read(tmp_path, [["#DIV/0!"], ["#NAME?"], ["#VALUE!"], ["#REF!"]])
    assert titles(result) == []
    assert set(taken(result).values()) == {"context"}


def test_a_title_above_group_headings_is_no_heading(tmp_path: Path) -> None:
    rows = [
        ["Dezernat V"],
        ["Angaben zur Maßnahme", None, "Zeitraum"],
        ["Titel", "Zielgruppe", "Beginn", "Ende"],
    ]
    result = read(
        tmp_path, [*rows, [1, 2, 3, 4], ["Hilfe", "Familien", 2009, 2012]], merges=["A2:B2", "C2:D2"]
    )
    assert result.statuses == [("V", "received", 1)]
    assert rows_of(result, "sheets")[0]["header_row"] == 2
    assert rows_of(result, "programmes")[0]["end_year"] == 2012


def test_an_end_before_the_start_is_asked_about(tmp_path: Path) -> None:
    result = read(tmp_path, [["Maßnahme", "Beginn", "Ende"], ["Treff", 2007, 2005]])
    (row,) = rows_of(result, "programmes")
    assert (row["start_earliest"], row["end_year"]) == (2007, None)
    assert codes(result) == [("end_question", "C2")]
    assert result.problems[0].expected == "2005"


def test_a_row_that_numbers_the_columns_is_none_but_short_answers_are_one(tmp_path: Path) -> None:
    heading = ["Maßnahme", "Beginn", "Ende"]
    numbers: Any = [
        ["1", "2", "3"],
        [1, 2, 3],
        ["(a)", "(b)", "(c)"],
        ["Sp. 1", "Sp. 2", "Sp. 3"],
        ["I", "II", "III"],
    ]
    result = read(tmp_path, [heading, *numbers, ["A", 2009], ["Projekt 1", 2010, 2012]])
    assert titles(result) == ["A", "Projekt 1"]


def test_a_list_of_persons_is_no_table_of_programmes(tmp_path: Path) -> None:
    persons = [
        ["Name", "Funktion", "Telefon", "E-Mail"],
        ["Muster, Erika", "Leitung", "12345", "e@x.example"],
    ]
    result = read(
        tmp_path, {"Tabelle1": [HEADINGS, TREFF], "Team": [*persons, ["Otto Probe", "Stv.", "23456"]]}
    )
    assert titles(result) == ["Jugendtreff"]
    everything = repr([result.tables, result.problems])
    assert not any(text in everything for text in ("Muster", "Probe", "12345", "23456"))


def test_questions_quote_no_contact_and_contacts_raise_none(tmp_path: Path) -> None:
    rows = [[*HEADINGS, "Ansprechperson"], [None, None, None, None, "Otto Probe"]]
    rows += [
        ["Treff", "Kinder, Frau Probe", "Kalk (Frau Probe)", 2009],
        [None, None, "Porz", None, "Otto Probe"],
    ]
    result = read(tmp_path, rows)
    assert codes(result) == [
        ("row_not_understood", "C4"),
        ("contact_replaced", "B3"),
        ("contact_replaced", "C3"),
    ]
    assert result.problems[0].found == "Porz"
    assert "Probe" not in repr([result.tables, result.problems])


def test_tables_side_by_side_are_read_one_by_one(tmp_path: Path) -> None:
    left, right = ["Maßnahme", "Beginn"], ["Projekt", "Seit wann?"]
    rows = [
        [*left, None, *right],
        ["Aa", 2001, None, "Bb", 2002],
        ["Cc", 2003, None, "Dd", 2004],
        ["Ee", 2005],
    ]
    result = read(tmp_path, rows)
    found = {row["title"]: row["start_earliest"] for row in rows_of(result, "programmes")}
    assert found == {"Aa": 2001, "Cc": 2003, "Ee": 2005, "Bb": 2002, "Dd": 2004}
    assert len({row["programme_id"] for row in rows_of(result, "programmes")}) == 5
    assert result.problems == []


def test_a_heading_broken_within_a_word_is_understood(tmp_path: Path) -> None:
    result = read(tmp_path, [["Maß-\nnahme", "Ziel-\ngruppe(n)", "Sozial-\nraum", "Beginn /\nStart"], TREFF])
    assert [column["field"] for column in rows_of(result, "columns")] == [
        "title",
        "target_groups",
        "sozialraum",
        "start",
    ]


def test_texts_stay_as_the_cells_hold_them(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, ["Treff", " Kinder\n", "Kalk \u200b", " seit 2009 "], ["\u200b"]])
    (row,) = rows_of(result, "programmes")
    assert (row["target_groups_text"], row["sozialraum_text"], row["start_text"]) == (
        " Kinder\n",
        "Kalk \u200b",
        " seit 2009 ",
    )
    assert taken(result)["A3"] == "nil"
    assert result.problems == []


def test_a_duration_is_no_start(tmp_path: Path) -> None:
    heading = ["Maßnahme", "Zielgruppe", "Laufzeit"]
    durations = ["3 Jahre", "ca. 36 Monate", "1-2 Jahre", "zwei Jahre"]
    result = read(tmp_path, [heading, *(["Treff", "Kinder", text] for text in durations)])
    assert [row["start_certainty"] for row in rows_of(result, "programmes")] == ["unknown"] * 4
    assert [problem.code for problem in result.problems] == ["start_question"] * 4
    since = read(tmp_path, [heading, ["Treff", "Kinder", "seit 3 Jahren"]])
    assert rows_of(since, "programmes")[0]["start_earliest"] == 2010


def test_formulas_and_errors_without_value_are_asked_about(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, ["Jugendtreff", "Jugendliche", "Porz", Formula("=D9")]])
    assert taken(result)["D2"] == "unplaced"
    assert ("formula_without_value", "D2") in codes(result)
    sheet = Sheet(
        "A",
        "visible",
        tuple(
            [Cell(1, number, text, "text") for number, text in enumerate(HEADINGS, start=1)]
            + [Cell(2, 1, "Treff", "text"), Cell(2, 3, "#REF!", "error"), Cell(2, 4, "=X1", "formula")]
        ),
        (),
        frozenset(),
        frozenset(),
        7,
    )
    result = read_return("Dez IV.xlsx", Workbook((sheet,)), REFERENCE_DATE, package_codes())
    assert {cell: taken(result)[cell] for cell in ("C2", "D2")} == {"C2": "unplaced", "D2": "unplaced"}
    assert rows_of(result, "programmes")[0]["sozialraum_text"] is None
    assert {("error_value", "C2"), ("formula_without_value", "D2")} <= set(codes(result))


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [("#DIV/0!", "error", "error_value"), ("=YEAR(A9)", "formula", "formula_without_value")],
)
def test_a_start_that_shows_no_value_is_asked_for_once(text: str, kind: str, code: str) -> None:
    cells = [Cell(1, number, text, "text") for number, text in enumerate(HEADINGS, start=1)]
    cells += [Cell(2, number, text, "text") for number, text in enumerate(TREFF[:3], start=1)]
    cells.append(Cell(2, 4, text, kind))
    sheet = Sheet("Tabelle1", "visible", tuple(cells), (), frozenset(), frozenset(), len(cells))
    result = read_return("Dez IV.xlsx", Workbook((sheet,)), REFERENCE_DATE, package_codes())
    assert codes(result) == [(code, "D2")]


def test_a_template_row_is_nil_and_said_so(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, ["z. B. Offener Treff", "z. B. Kinder", "z. B. Porz", 2005], TREFF])
    assert titles(result) == ["Jugendtreff"]
    assert [taken(result)[cell] for cell in ("A2", "B2", "C2", "D2")] == ["nil"] * 4
    assert codes(result) == [("template_row", "A2")]


def test_explanations_and_untouched_choices_below_the_headings_are_no_programmes(tmp_path: Path) -> None:
    explained = ["(Name der Maßnahme)", "(z. B. Kinder)", "(Stadtteil)", "(Jahr)"]
    choice = [None, "Bitte auswählen", "Bitte auswählen", None]
    result = read(tmp_path, [HEADINGS, explained, TREFF, choice, choice])
    assert titles(result) == ["Jugendtreff"]
    assert [taken(result)[cell] for cell in ("A2", "D2", "B4", "C5")] == ["context", "context", "nil", "nil"]
    assert result.problems == []


def test_a_title_that_begins_like_a_note_is_a_programme(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, TREFF, ["Weitere Treffs", "Kinder", "Kalk"]])
    assert titles(result) == ["Jugendtreff", "Weitere Treffs"]


def test_nil_answers_of_a_programme_are_nil_and_kept(tmp_path: Path) -> None:
    result = read(tmp_path, [[*HEADINGS, "Bemerkungen"], ["Treff", "k. A.", "-", "k.A.", "–"]])
    (row,) = rows_of(result, "programmes")
    assert (row["target_groups_text"], row["sozialraum_text"], row["start_text"]) == ("k. A.", "-", "k.A.")
    assert (row["remarks"], row["start_earliest"], row["area_scope"]) == (None, None, "unknown")
    assert [taken(result)[cell] for cell in ("B2", "C2", "D2", "E2")] == ["nil"] * 4


def test_s_o_is_resolved_from_the_row_above_and_marked(tmp_path: Path) -> None:
    rows = [HEADINGS, TREFF, ["Spielmobil", "dto.", "s. o.", "s. o."], ["Treff", "Kinder", "Kalk", '"']]
    result = read(tmp_path, rows)
    programmes = rows_of(result, "programmes")
    assert [row["start_text"] for row in programmes] == ["2009", "s. o.", '"']
    assert [row["start_earliest"] for row in programmes] == [2009, 2009, 2009]
    resolved = [problem for problem in result.problems if problem.code == "reference_resolved"]
    assert [(problem.cell, problem.found, problem.expected) for problem in resolved] == [
        ("B3", "dto.", "Jugendliche"),
        ("C3", "s. o.", "Porz"),
        ("D3", "s. o.", "2009"),
        ("D4", '"', "2009"),
    ]


def test_s_o_without_a_row_above_is_asked_about(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, ["Treff", "Kinder", "Kalk", "s. o."]])
    assert rows_of(result, "programmes")[0]["start_earliest"] is None
    assert ("reference_without_target", "D2") in codes(result)


@pytest.mark.parametrize(
    "mark", ['"', "″", "„", '-"-', "dito", "dto.", "s. o.", "s.o.", "siehe oben", "wie oben", "ebenso"]
)
def test_every_ditto_mark_is_resolved_and_marked_wherever_it_stands(tmp_path: Path, mark: str) -> None:
    rows = [["Amt", *HEADINGS], ["Jugendamt", *TREFF], [mark, "Spielmobil", mark, mark, mark]]
    result = read(tmp_path, rows)
    row = rows_of(result, "programmes")[1]
    assert (row["office"], row["start_text"], row["start_earliest"]) == ("Jugendamt", mark, 2009)
    assert [group["target_group"] for group in rows_of(result, "programme_target_groups")] == [
        "jugendliche"
    ] * 2
    assert [place["stadtbezirk"] for place in rows_of(result, "programme_sozialraeume")] == ["Porz"] * 2
    assert codes(result) == [("reference_resolved", f"{column}3") for column in "ACDE"]


@pytest.mark.parametrize(
    "text", ["siehe Zeile 2", "s. Nr. 1", "wie Zeile 2", "siehe lfd. Nr. 1", "siehe Anlage"]
)
def test_a_reference_to_elsewhere_is_asked_about(tmp_path: Path, text: str) -> None:
    result = read(tmp_path, [HEADINGS, TREFF, ["Spielmobil", text, text, text]])
    assert rows_of(result, "programmes")[1]["start_earliest"] is None
    assert codes(result) == [("reference_without_target", f"{column}3") for column in "BCD"]


def test_a_title_that_only_refers_is_asked_about(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, TREFF, ["s. o.", "Kinder", "Kalk", 2010]])
    assert titles(result) == ["Jugendtreff", "s. o."]
    (asked,) = result.problems
    assert (asked.code, asked.cell, asked.expected) == ("title_question", "A3", "Jugendtreff")


def test_a_programme_merged_over_several_offices_is_one_with_all_of_them(tmp_path: Path) -> None:
    rows = [
        ["Maßnahme", "Amt", "Zielgruppe", "Beginn"],
        ["Treff", "Jugendamt", "Kinder", 2009],
        [None, "Sozialamt", None, None],
        ["Fest", "Sportamt", "alle", 2001],
    ]
    result = read(tmp_path, rows, merges=["A2:A3", "C2:C3", "D2:D3"])
    found = [(row["title"], row["office"], row["start_earliest"]) for row in rows_of(result, "programmes")]
    assert found == [("Treff", "Jugendamt\nSozialamt", 2009), ("Fest", "Sportamt", 2001)]
    assert ("merged_title", "B3") in codes(result)


def test_a_dezernat_and_an_office_merged_over_the_rows_of_each(tmp_path: Path) -> None:
    rows = [
        ["Dezernat", "Amt", *HEADINGS],
        ["IV", "51", *TREFF],
        [None, None, "Garten", *TREFF[1:]],
        ["V", "50", "Pflege", *TREFF[1:]],
        [None, None, "Wohnen", *TREFF[1:]],
    ]
    result = read(tmp_path, rows, name="a.xlsx", merges=["A2:A3", "B2:B3", "A4:A5", "B4:B5"])
    assert result.statuses == [("IV", "received", 2), ("V", "received", 2)]
    assert [row["office"] for row in rows_of(result, "programmes")] == ["51", "51", "50", "50"]
    assert codes(result) == [("merged_value", cell) for cell in ("A2", "B2", "A4", "B4")]


def test_a_running_time_stands_in_both_texts(tmp_path: Path) -> None:
    result = read(tmp_path, [["Maßnahme", "Zielgruppe", "Laufzeit"], ["Treff", "Kinder", "2007-2013"]])
    (row,) = rows_of(result, "programmes")
    assert (row["start_text"], row["end_text"]) == ("2007-2013", "2007-2013")
    assert (row["start_earliest"], row["start_latest"], row["end_year"]) == (2007, 2007, 2013)


def test_a_date_cell_is_iso_text(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, ["Treff", "Kinder", "Kalk", datetime.date(2009, 8, 1)]])
    assert rows_of(result, "programmes")[0]["start_text"] == "2009-08-01"


def test_two_columns_of_one_start_are_asked_about(tmp_path: Path) -> None:
    result = read(
        tmp_path, [["Maßnahme", "Gründungsjahr", "seit wann", "Zielgruppe"], ["Treff", 1985, 2009, "Kinder"]]
    )
    (row,) = rows_of(result, "programmes")
    assert (row["start_text"], row["start_earliest"], row["start_certainty"]) == (
        "1985; 2009",
        None,
        "unknown",
    )
    assert codes(result) == [("double_column", "C1"), ("start_question", "B2")]


def test_headings_that_mean_the_same_are_one_question_that_names_them(tmp_path: Path) -> None:
    headings = [*HEADINGS, "Kooperationspartner", "weitere Partner", "Telefon", "E-Mail"]
    treff = [*TREFF, "AWO", "Caritas"]
    result = read(tmp_path, [[], headings, treff, ["Fest", *TREFF[1:]], headings, treff])
    assert [row["partners_text"] for row in rows_of(result, "programmes")] == [
        "AWO; Caritas",
        None,
        "AWO; Caritas",
    ]
    (asked,) = result.problems
    assert (asked.code, asked.severity, asked.cell, asked.field) == (
        "double_column",
        "warning",
        "F2",
        "partners",
    )
    assert asked.found == "„Kooperationspartner“ (E2) und „weitere Partner“ (F2)"
    assert asked.message == (
        "Die Überschriften „Kooperationspartner“ (E2) und „weitere Partner“ (F2) meinen dasselbe; ihre Texte wurden "
        "zusammengenommen, bitte prüfen."
    )


def test_a_table_without_titles_is_one_question_that_names_all_headings(tmp_path: Path) -> None:
    headings = ["Beschreibung", "Zielgruppe", "Sozialraum", "Beginn"]
    rows = [[], headings, TREFF, ["Fest", *TREFF[1:]], headings, TREFF]
    result = read(tmp_path, rows)
    assert titles(result) == [None, None, None]
    (asked,) = result.problems
    assert (asked.code, asked.severity, asked.cell, asked.field) == (
        "title_column_missing",
        "warning",
        "A2",
        "title",
    )
    assert asked.found == ("„Beschreibung“ (A2), „Zielgruppe“ (B2), „Sozialraum“ (C2) und „Beginn“ (D2)")
    assert asked.expected == "eine Überschrift wie „Maßnahme“ oder „Projekt“"
    assert asked.message == (
        "Keine Überschrift der Tabelle nennt den Titel; bitte klären, ob eine Spalte ihn enthält, sonst ihn erfragen."
    )


def test_a_table_without_starts_is_one_question_and_a_start_left_out_one_of_its_own(tmp_path: Path) -> None:
    rows = [[None, "Angaben", None], ["Maßnahme", "Für wen?", "Wo?"], TREFF[:3], ["Fest", *TREFF[1:3]]]
    result = read(tmp_path, {"A": rows, "B": [HEADINGS, TREFF, ["Fest", "Kinder", "Porz", None]]})
    assert codes(result) == [("start_column_missing", "A2"), ("start_missing", "A3")]
    assert result.problems[0].found == "„Maßnahme“ (A2), „Für wen?“ (B2) und „Wo?“ (C2)"


def test_headings_again_below_headings_are_asked_about_where_programmes_stand(tmp_path: Path) -> None:
    headings = ["Maßnahme", "Für wen?", "Wo?"]
    result = read(tmp_path, [headings, [], headings, TREFF[:3]])
    assert codes(result) == [("start_column_missing", "A3")]


def test_a_title_left_out_is_asked_for_in_its_row(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, TREFF, [None, *TREFF[1:]]])
    assert titles(result) == ["Jugendtreff", None]
    assert codes(result) == [("title_missing", "B3")]


def test_a_row_that_goes_on_is_asked_about(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, TREFF, [None, "Kinder"]])
    assert [row["target_groups_text"] for row in rows_of(result, "programmes")] == ["Jugendliche\nKinder"]
    assert codes(result) == [("continuation_row", "B3")]


def test_the_second_line_of_a_title_goes_on_with_the_row_above(tmp_path: Path) -> None:
    rows = [HEADINGS, ["Jugend-", *TREFF[1:]], ["treff"], ["Fest", *TREFF[1:]]]
    result = read(tmp_path, rows)
    assert titles(result) == ["Jugend-\ntreff", "Fest"]
    assert codes(result) == [("continuation_row", "A3")]


def test_titles_alone_below_one_another_stay_programmes(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, ["mobile Jugendarbeit"], ["aufsuchende Hilfen"]])
    assert titles(result) == ["mobile Jugendarbeit", "aufsuchende Hilfen"]


def test_crosses_below_no_heading_are_asked_about(tmp_path: Path) -> None:
    rows = [
        ["Maßnahme", "Zielgruppe", None, None, "Beginn"],
        [None, "Kinder", "Jugendliche", "Senioren", None],
        ["Treff", "x", "x", None, 2009],
        ["Garten", None, None, "x", 2010],
    ]
    result = read(tmp_path, rows, merges=["A1:A2", "B1:D1", "E1:E2"])
    assert titles(result) == ["Treff", "Garten"]
    assert {("column_without_heading", "C3"), ("column_without_heading", "D4")} <= set(codes(result))
    assert (taken(result)["C3"], taken(result)["D4"]) == ("unplaced", "unplaced")


def test_a_running_time_in_pieces_is_no_table(tmp_path: Path) -> None:
    result = read(tmp_path, [["Laufzeit", "von", 2009, "bis", 2013], ["Treff", "x"]])
    assert titles(result) == []
    assert codes(result) == [("form_not_understood", "A1"), ("no_programmes", None)]


def test_rows_pasted_into_one_column_are_asked_about(tmp_path: Path) -> None:
    result = read(tmp_path, [[";".join(HEADINGS)], ["Treff;Kinder;Kalk;2009"], ["Fest;alle;Porz;2010"]])
    assert codes(result) == [("no_table", "A1"), ("no_programmes", None)]
    assert set(taken(result).values()) == {"unplaced"}


def test_an_office_only_in_the_first_row_is_a_candidate(tmp_path: Path) -> None:
    result = read(
        tmp_path, [["Amt", *HEADINGS], ["Sportamt", *TREFF], [None, "Spielmobil", "Kinder", "Kalk", 2010]]
    )
    assert [row["office"] for row in rows_of(result, "programmes")] == ["Sportamt", None]
    (problem,) = result.problems
    assert (problem.code, problem.expected) == ("value_only_above", "Sportamt")


def test_headings_between_the_rows_give_the_office(tmp_path: Path) -> None:
    rows = [
        HEADINGS,
        ["Amt für Soziales und Senioren"],
        TREFF,
        ["Sportamt"],
        ["Sport", "Kinder", "Kalk", 2010],
    ]
    result = read(tmp_path, rows, merges=["A2:D2", "A4:D4"])
    assert [(row["title"], row["office"]) for row in rows_of(result, "programmes")] == [
        ("Jugendtreff", "Amt für Soziales und Senioren"),
        ("Sport", "Sportamt"),
    ]


@pytest.mark.parametrize(
    "sheets",
    [
        [HEADINGS, ["Fehlanzeige"]],
        [HEADINGS, ["Es gibt keine Maßnahmen mit sozialräumlichem Bezug."]],
        [HEADINGS, ["entfällt", "entfällt", "entfällt", "entfällt"]],
        [["Fehlanzeige ist erforderlich."], HEADINGS, [], ["Fehlmeldung"]],
        [["Fehlanzeige", "x"]],
        [["☒ Fehlanzeige"]],
        [["Für das Dezernat IV wird Fehlanzeige erstattet."]],
        [["Im Dezernat gibt es keine Programme mit sozialräumlichem Bezug."]],
        {"Anschreiben": [["Wir haben nichts zu melden."]], "Abfrage": [HEADINGS]},
        [["Amt", *HEADINGS], ["Sportamt", "Fehlanzeige"], ["Schulamt", "keine"]],
    ],
)
def test_a_fehlanzeige_in_any_wording(tmp_path: Path, sheets: Any) -> None:
    result = read(tmp_path, sheets)
    assert result.statuses == [("IV", "fehlanzeige", 0)]
    assert titles(result) == []


@pytest.mark.parametrize(
    "sheets",
    [
        [HEADINGS],
        [["Fehlanzeige ist erforderlich."], HEADINGS],
        [["Falls es keine Maßnahmen gibt, bitte „Fehlanzeige“ eintragen."], HEADINGS],
        [["Fehlanzeige", "nein"], HEADINGS],
        [["☐ Fehlanzeige"], HEADINGS],
        [HEADINGS, ["k. A.", "-", "-", "-"]],
        {"Leer": []},
    ],
)
def test_silence_is_no_fehlanzeige(tmp_path: Path, sheets: Any) -> None:
    result = read(tmp_path, sheets)
    assert result.statuses == [("IV", "received", 0)]
    assert ("no_programmes", None) in codes(result)


def test_a_fehlanzeige_beside_programmes_is_asked_about(tmp_path: Path) -> None:
    result = read(tmp_path, {"A": [HEADINGS, TREFF], "B": [HEADINGS, ["Fehlanzeige"]]})
    assert result.statuses == [("IV", "received", 1)]
    assert codes(result) == [("fehlanzeige_beside_programmes", "A2")]


@pytest.mark.parametrize(
    ("name", "sheets", "dezernat"),
    [
        ("Dez. V.xlsx", [["Dezernat IV – Bildung"], HEADINGS, TREFF], "IV"),
        ("Dez. V.xlsx", [["Dezernat:", "IV"], HEADINGS, TREFF], "IV"),
        ("a.xlsx", [["Dezernat IV"], HEADINGS, TREFF, [], ["Das Dezernat V ist beteiligt"]], "IV"),
        ("Dez. V.xlsx", {"Dezernat IV": [HEADINGS, TREFF]}, "IV"),
        ("Dez. V.xlsx", {"Tabelle1": [HEADINGS, TREFF]}, "V"),
        ("Dez. V.xlsx", {"Tabelle1": [["Der Oberbürgermeister"], HEADINGS, TREFF]}, "V"),
        ("Antwort.xlsx", {"Tabelle1": [["Dezernat", *HEADINGS], ["IV", *TREFF]]}, "IV"),
        ("Antwort.xlsx", {"Deckblatt": [["Dezernat IV"]], "Sport": [HEADINGS, TREFF]}, "IV"),
        ("Antwort.xlsx", [HEADINGS, TREFF], None),
    ],
)
def test_the_dezernat_is_looked_for(tmp_path: Path, name: str, sheets: Any, dezernat: str | None) -> None:
    result = read(tmp_path, sheets, name=name)
    assert result.statuses == [(dezernat, "received", 1)]
    assert [problem.code for problem in result.problems] == ([] if dezernat else ["unknown_dezernat"])


def test_a_workbook_of_several_dezernate_has_a_status_for_each(tmp_path: Path) -> None:
    result = read(
        tmp_path, [["Dezernat", *HEADINGS], ["IV", *TREFF], ["V", *TREFF], ["V", *TREFF]], name="a.xlsx"
    )
    assert result.statuses == [("IV", "received", 1), ("V", "received", 2)]


def test_a_row_without_dezernat_among_others_is_asked_about(tmp_path: Path) -> None:
    rows = [["Dezernat", *HEADINGS], ["IV", *TREFF], ["V", *TREFF], [None, *TREFF]]
    result = read(tmp_path, rows, name="a.xlsx")
    assert result.statuses == [("IV", "received", 1), ("V", "received", 1), (None, "received", 1)]
    assert codes(result) == [("dezernat_question", "B4")]


def test_the_reporting_and_the_responsible_dezernat_can_differ(tmp_path: Path) -> None:
    result = read(tmp_path, [["Dezernat IV"], ["Dezernat", *HEADINGS], ["V", *TREFF]])
    (row,) = rows_of(result, "programmes")
    assert (row["dezernat"], row["responsible_dezernat"]) == ("IV", "V")


@pytest.mark.parametrize("listed", [["V"], ["IV", "V"]])
def test_a_name_that_contradicts_the_column_of_dezernate_is_asked_about(
    tmp_path: Path, listed: list[str]
) -> None:
    rows = [["Dezernat", *HEADINGS], *([dezernat, *TREFF] for dezernat in listed)]
    result = read(tmp_path, rows, name="Dez. IV.xlsx")
    assert result.statuses == [(dezernat, "received", 1) for dezernat in listed]
    (problem,) = result.problems
    assert (problem.code, problem.expected) == ("several_dezernate", "IV, V")


@pytest.mark.parametrize("sheet", ["Tabelle1", "Dez. IV"])
def test_a_column_of_responsible_dezernate_does_not_say_who_reports(tmp_path: Path, sheet: str) -> None:
    rows = [[*HEADINGS, "Zuständiges Dezernat"], [*TREFF, "V"], ["Café", "Senioren", "Kalk", 2005, "IV"]]
    result = read(tmp_path, {sheet: rows}, name="Antwort Dez. IV.xlsx")
    assert result.statuses == [("IV", "received", 2)]
    assert [row["responsible_dezernat"] for row in rows_of(result, "programmes")] == ["V", "IV"]
    alone = read(tmp_path, rows, name="Antwort.xlsx")
    assert codes(alone) == []
    assert sorted(alone.statuses) == [("IV", "received", 1), ("V", "received", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "- Fehlanzeige -",
        "Dez. II: Fehlanzeige",
        "Wir melden Fehlanzeige",
        "Fehlanzeige, da ausschließlich interne Dienstleistungen.",
        "Ich bitte, dies als Fehlanzeige zu werten.",
        "Keine Maßnahmen vorhanden",
        "KEINE MASSNAHMEN",
        "leider keine",
        "Maßnahmen: keine",
        "Derartige Programme gibt es im Dezernat nicht.",
        "Sozialräumliche Ansätze werden nicht verfolgt.",
        "Es wird nicht sozialräumlich gearbeitet.",
        "Die Abfrage betrifft unser Dezernat nicht.",
        "In unserem Zuständigkeitsbereich werden keine sozialräumlichen Angebote vorgehalten.",
    ],
)
def test_a_report_of_none_is_understood(text: str) -> None:
    assert is_fehlanzeige(text)


@pytest.mark.parametrize(
    "text",
    [
        "Fehlanzeige ist erforderlich.",
        "Auch Fehlanzeigen sind zurückzusenden",
        "Sollten keine Maßnahmen bestehen, bitte Fehlanzeige",
        "Gibt es keine Maßnahmen, bitte „Fehlanzeige“ eintragen.",
        "Rückmeldung oder Fehlanzeige bis 31.01.",
        "Es handelt sich nicht um eine Fehlanzeige",
        "Fehlanzeige: nein",
        "Keine Maßnahme ist zu klein – tragen Sie alles ein",
        "Kein Raum für Missbrauch",
        "k. A.",
    ],
)
def test_a_sentence_about_fehlanzeigen_is_none(text: str) -> None:
    assert not is_fehlanzeige(text)


def test_nil_and_fehlanzeige_are_told_apart() -> None:
    assert [text for text in ("k. A.", "-", "./.", "k.A", "Porz", "0") if is_nil(text)] == [
        "k. A.",
        "-",
        "./.",
        "k.A",
    ]
    assert not is_fehlanzeige("k. A.")
    assert not is_fehlanzeige("Bitte auch Fehlanzeige melden")
    assert is_template("Bitte hier eintragen")
    assert not is_template("Beispielhafte Förderung")


WORDS = st.sampled_from(
    [
        *HEADINGS,
        "Nr.",
        "Amt",
        "Dezernat",
        "Kontakt",
        "z. B.",
        "Fehlanzeige",
        "k. A.",
        "s. o.",
        "Summe",
        "V",
        "x",
        " ",
    ]
) | st.text(max_size=12)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    places = draw(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 6)), max_size=30, unique=True))
    kinds = st.sampled_from(["text", "text", "number", "error", "formula", "blank", "date"])
    cells = [Cell(*place, draw(WORDS) or "?", draw(kinds)) for place in sorted(places)]
    start = draw(st.integers(1, 8))
    if draw(st.booleans()):
        taken_places = {(cell.row, cell.column) for cell in cells}
        cells += [
            Cell(start, column, heading, "text")
            for column, heading in enumerate(HEADINGS, start=draw(st.integers(1, 3)))
            if (start, column) not in taken_places
        ]
    corners = st.tuples(st.integers(1, 8), st.integers(1, 6), st.integers(0, 3), st.integers(0, 3))
    merges = [
        Span(top, left, top + down, left + right)
        for top, left, down, right in draw(st.lists(corners, max_size=3))
    ]
    return Sheet(
        draw(st.sampled_from(["Tabelle1", "Dez. V", "Listen"])),
        draw(st.sampled_from(["visible", "hidden"])),
        tuple(sorted(cells)),
        tuple(merges),
        frozenset(draw(st.sets(st.integers(1, 8), max_size=2))),
        frozenset(),
        len(cells),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(sheets(), max_size=3))
def test_random_workbooks_balance_and_never_raise(found: list[Sheet]) -> None:
    result = read_return("a.xlsx", Workbook(tuple(found)), REFERENCE_DATE, package_codes())
    for row, sheet in zip(rows_of(result, "sheets"), found, strict=True):
        assert sum(row[name] for name in TAKEN_AS) == len(sheet.cells)
    ids = [row["programme_id"] for row in rows_of(result, "programmes")]
    names = {sheet.name for sheet in found}
    assert len(set(ids)) == len(ids) or len(names) < len(found)
    assert len(result.statuses) >= 1


def test_an_answer_that_is_only_announced_is_no_value_and_asked_for(tmp_path: Path) -> None:
    result = read(
        tmp_path, [HEADINGS, TREFF, ["Sportfest", "wird nachgereicht", "folgt noch", "wird noch ergänzt"]]
    )
    assert {cell: what for cell, what in taken(result).items() if cell.endswith("3")} == {
        "A3": "placed",
        "B3": "nil",
        "C3": "nil",
        "D3": "nil",
    }
    assert [code for code in codes(result) if code[1] and code[1].endswith("3")] == [
        ("answer_pending", "B3"),
        ("answer_pending", "C3"),
        ("start_question", "D3"),
    ]
    assert rows_of(result, "programmes")[1]["target_groups_text"] == "wird nachgereicht"
    assert [row["target_group"] for row in rows_of(result, "programme_target_groups")] == ["jugendliche"]
