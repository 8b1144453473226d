"""corrections.csv: what fits counts, what no longer fits is an error, and both say where, what and who decided."""

import datetime
from pathlib import Path

import pytest
from make_workbooks import HEADINGS, TREFF, write_folder, write_workbook

import analysis
from analysis.corrections import read_corrections
from analysis.problems import InputError, Problem
from analysis.survey import Survey

HEAD = "workbook;sheet;cell;expected;corrected;reason;decided_by"


def read(tmp_path: Path, rows: list[list[object]], *corrections: str, **options: object) -> Survey:
    """The survey of one workbook "Dez IV.xlsx" (sheet "Liste") with these lines from "sheet" on in corrections.csv."""
    folder = write_folder(tmp_path / "2014", {})
    write_workbook(folder / "Dez IV.xlsx", {"Liste": rows}, **options)
    lines = [HEAD, *(f"Dez IV.xlsx;{line}" for line in corrections)]
    (folder / "corrections.csv").write_bytes("\r\n".join(lines).encode("cp1252"))
    return analysis.read_survey(folder)


def about_corrections(survey: Survey) -> list[tuple[str, str, str, object, object]]:
    """Severity, code, cell, found and expected of each doubt about a correction."""
    problems = survey.problems[survey.problems["code"].str.contains("correct")]
    rows = problems[["severity", "code", "cell", "found", "expected"]]
    return [tuple(None if value != value else value for value in row) for row in rows.itertuples(index=False)]


def messages(survey: Survey, code: str) -> list[str]:
    return list(survey.problems.loc[survey.problems["code"] == code, "message"])


def test_what_still_fits_counts_and_is_listed(tmp_path: Path) -> None:
    survey = read(
        tmp_path,
        [HEADINGS, ["Größe", "Kinder", "Kalk", "8/09"]],
        "Liste;D2;8/09;2009;Rückfrage beim Amt;Fachstelle Behindertenpolitik",
    )
    assert list(survey.programmes["start_earliest"]) == [2009]
    problem = next(row for row in survey.problems.itertuples() if row.code == "corrected")
    assert (problem.severity, problem.workbook, problem.sheet, problem.cell) == (
        "info",
        "Dez IV.xlsx",
        "Liste",
        "D2",
    )
    assert (problem.found, problem.expected) == ("8/09", "2009")
    assert problem.message == (
        "Berichtigt laut corrections.csv: Rückfrage beim Amt (entschieden: Fachstelle Behindertenpolitik)."
    )


def test_what_no_longer_fits_is_an_error_that_says_what_stands_there_now(tmp_path: Path) -> None:
    survey = read(tmp_path, [HEADINGS, TREFF], "Liste;D2;1999;2000;Tippfehler;Fachstelle")
    assert list(survey.programmes["start_earliest"]) == [2009]
    assert about_corrections(survey) == [("error", "correction_no_longer_fits", "D2", "2009", "1999")]
    assert messages(survey, "correction_no_longer_fits") == [
        "In Zelle D2 steht jetzt „2009“, nicht mehr „1999“; "
        "die Berichtigung wurde nicht angewendet, bitte corrections.csv prüfen."
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "Liste;D2;1999;2009;Tippfehler;Fachstelle",
            "In Zelle D2 steht jetzt „2009“, nicht mehr „1999“; "
            "der berichtigte Wert ist schon eingetragen, bitte die Zeile in corrections.csv löschen.",
        ),
        (
            "Liste;E2;frei;2009;Tippfehler;Fachstelle",
            "In Zelle E2 steht jetzt nichts, nicht mehr „frei“; "
            "die Berichtigung wurde nicht angewendet, bitte corrections.csv prüfen.",
        ),
        (
            "Liste;A2;;Treff;Tippfehler;Fachstelle",
            "In Zelle A2 steht jetzt „Jugendtreff“, die Zelle sollte aber leer sein; "
            "die Berichtigung wurde nicht angewendet, bitte corrections.csv prüfen.",
        ),
        (
            "Blatt 7;A2;Jugendtreff;Treff;Tippfehler;Fachstelle",
            "Dieses Blatt gibt es nicht (vorhanden: „Liste“), die Berichtigung von Zelle A2 wurde nicht angewendet; "
            "bitte den Namen in corrections.csv prüfen.",
        ),
    ],
)
def test_every_way_not_to_fit_has_its_sentence(tmp_path: Path, line: str, message: str) -> None:
    survey = read(tmp_path, [HEADINGS, TREFF], line)
    assert messages(survey, "correction_no_longer_fits") == [message]
    assert list(survey.programmes["title"]) == ["Jugendtreff"]


def test_a_file_that_is_not_there_and_one_that_nobody_can_read(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "2014", {"Dez IV.xlsx": b"%PDF-1.7"})
    lines = [HEAD, "Dez IV.xlsx;Liste;A2;a;b;c;Amt", "Dez V.xlsx;Liste;B2;a;b;c;Amt"]
    (folder / "corrections.csv").write_text("\n".join(lines), encoding="utf-8")
    survey = analysis.read_survey(folder)
    assert about_corrections(survey) == [
        ("error", "correction_no_longer_fits", "A2", None, "a"),
        ("error", "correction_no_longer_fits", "B2", None, "a"),
    ]
    assert messages(survey, "correction_no_longer_fits")[1] == (
        "Eine lesbare Datei dieses Namens liegt nicht vor, die Berichtigung von Zelle B2 wurde nicht angewendet; "
        "bitte den Namen in corrections.csv prüfen oder die Zeile löschen."
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2009, "2009"),
        (2009, "2009,0"),
        (2009, "2009.0"),
        (2009.5, "2009,5"),
        (2009.5, "2009.50"),
        (datetime.date(2009, 8, 1), "2009-08-01"),
        (datetime.date(2009, 8, 1), "01.08.2009"),
        (datetime.date(2009, 8, 1), "1.8.2009"),
        (datetime.date(2009, 8, 1), "2009-08-01 00:00:00"),
        ("seit  8/09\n(etwa)", "seit 8/09 (etwa)"),
    ],
)
def test_numbers_and_dates_fit_however_excel_writes_them_into_a_csv(
    tmp_path: Path, value: object, expected: str
) -> None:
    row = ["Treff", "Kinder", "Kalk", value]
    survey = read(tmp_path, [HEADINGS, row], f"Liste;D2;{expected};1997;geklärt;Amt")
    assert list(survey.programmes["start_earliest"]) == [1997]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2009, "2010"),
        (2009.5, "2009"),
        (datetime.date(2009, 8, 1), "08.01.2009"),
        ("Treff", "treff"),
        ("1.234", "1234"),
    ],
)
def test_another_value_does_not_fit(tmp_path: Path, value: object, expected: str) -> None:
    row = ["Treff", "Kinder", "Kalk", value]
    survey = read(tmp_path, [HEADINGS, row], f"Liste;D2;{expected};1997;geklärt;Amt")
    assert [row[1] for row in about_corrections(survey)] == ["correction_no_longer_fits"]


@pytest.mark.parametrize("sheet", ["Liste", "liste", "LISTE"])
@pytest.mark.parametrize("cell", ["D2", "d2", "$D$2"])
def test_sheet_and_cell_may_be_written_in_any_case(tmp_path: Path, sheet: str, cell: str) -> None:
    survey = read(tmp_path, [HEADINGS, TREFF], f"{sheet};{cell};2009;1997;geklärt;Amt")
    assert list(survey.programmes["start_earliest"]) == [1997]
    assert about_corrections(survey) == [("info", "corrected", "D2", "2009", "1997")]


def test_two_corrections_of_one_cell_are_an_error_and_none_is_used(tmp_path: Path) -> None:
    survey = read(
        tmp_path,
        [HEADINGS, TREFF],
        "Liste;D2;2009;1997;geklärt;Amt",
        "Liste;$d$2;2009;1998;anders geklärt;Amt",
        "Liste;A2;Jugendtreff;Treff;geklärt;Amt",
    )
    assert list(survey.programmes["start_earliest"]) == [2009]
    assert list(survey.programmes["title"]) == ["Treff"]
    assert about_corrections(survey) == [
        ("error", "double_correction", "D2", "2009", "1997"),
        ("error", "double_correction", "D2", "2009", "1998"),
        ("info", "corrected", "A2", "Jugendtreff", "Treff"),
    ]
    assert messages(survey, "double_correction")[0] == (
        "Für Zelle D2 stehen mehrere Berichtigungen in corrections.csv, keine wurde angewendet; "
        "bitte nur eine stehen lassen."
    )


def test_any_cell_of_a_merge_names_its_value(tmp_path: Path) -> None:
    rows = [HEADINGS, ["Treff", "Kinder", "Kalk", 2009], ["Chor", "Kinder", None, 2009]]
    survey = read(tmp_path, rows, "Liste;C3;Kalk;Porz;geklärt;Amt", merges=["C2:C3"])
    assert about_corrections(survey) == [("info", "corrected", "C2", "Kalk", "Porz")]
    assert set(survey.programme_sozialraeume["stadtbezirk"]) == {"Porz"}


def test_a_form_is_corrected_at_its_answer(tmp_path: Path) -> None:
    rows = [
        ["Name der Maßnahme", "Treff"],
        ["Zielgruppe", "Kinder"],
        ["Sozialraum", "Kalk"],
        ["Beginn", "8/09"],
    ]
    survey = read(tmp_path, rows, "Liste;B4;8/09;2009;geklärt;Amt")
    assert about_corrections(survey) == [("info", "corrected", "B4", "8/09", "2009")]


def test_a_correction_can_fill_a_cell_and_empty_one(tmp_path: Path) -> None:
    survey = read(
        tmp_path,
        [HEADINGS, ["Treff", "Kinder", "Kalk", None], ["Chor", "Kinder", "Kalk", "unklar"]],
        "Liste;D2;;2009;geklärt;Amt",
        "Liste;D3;unklar;;geklärt;Amt",
    )
    assert [None if value != value else value for value in survey.programmes["start_text"]] == ["2009", None]
    assert about_corrections(survey) == [
        ("info", "corrected", "D2", "", "2009"),
        ("info", "corrected", "D3", "unklar", ""),
    ]


@pytest.mark.parametrize(
    ("decided_by", "shown"),
    [
        ("Fachstelle", "Fachstelle"),
        ("Leitung Amt 51", "Leitung Amt 51"),
        ("Sachbearbeiterin", "Sachbearbeiterin"),
        ("Dezernat IV", "Dezernat IV"),
        ("OB", "OB"),
        ("Fachstelle, Frau Muster", "Fachstelle, [Kontakt]"),
    ],
)
def test_who_decided_is_shown_by_office(tmp_path: Path, decided_by: str, shown: str) -> None:
    survey = read(tmp_path, [HEADINGS, TREFF], f"Liste;D2;2009;1997;geklärt;{decided_by}")
    assert messages(survey, "corrected") == [
        f"Berichtigt laut corrections.csv: geklärt (entschieden: {shown})."
    ]
    assert messages(survey, "correction_without_role") == []


@pytest.mark.parametrize(
    ("decided_by", "shown"),
    [
        ("Erika Muster", "[Kontakt]"),
        ("E. Muster", "[Kontakt]"),
        ("Kreisler", "[Kontakt]"),
        ("", "keine Angabe"),
    ],
)
def test_a_name_in_the_place_of_a_role_is_withheld_and_asked_about(
    tmp_path: Path, decided_by: str, shown: str
) -> None:
    survey = read(tmp_path, [HEADINGS, TREFF], f"Liste;D2;2009;1997;geklärt;{decided_by}")
    assert list(survey.programmes["start_earliest"]) == [1997]
    assert messages(survey, "corrected") == [
        f"Berichtigt laut corrections.csv: geklärt (entschieden: {shown})."
    ]
    assert messages(survey, "correction_without_role") == [
        "Bitte in corrections.csv unter decided_by die Funktion eintragen, die entschieden hat, keinen Namen."
    ]
    assert "Muster" not in survey.problems.to_csv()


def test_no_doubt_about_a_correction_names_a_person(tmp_path: Path) -> None:
    survey = read(
        tmp_path,
        [HEADINGS, ["Treff bei Frau Muster", "Kinder", "Kalk", 2009]],
        "Liste;A2;Treff bei Frau Muster;Treff von Herrn Muster;Frau Muster rief an;Amt",
        "Liste;B2;Frau Muster;Kinder;Herr Muster;Amt",
        "Frau Muster;B2;Frau Muster;Kinder;Herr Muster;Amt",
    )
    assert [row[1] for row in about_corrections(survey)] == [
        "corrected",
        "correction_no_longer_fits",
        "correction_no_longer_fits",
    ]
    assert "Muster" not in survey.problems.to_csv()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "workbook;sheet;cell;expected;corrected;reason\n",
            "Zeile 1: Die Spalte „decided_by“ fehlt; erwartet werden workbook, sheet, cell, expected, corrected, "
            "reason, decided_by. Bitte die Kopfzeile ergänzen.",
        ),
        (f"{HEAD}\na.xlsx;T;;1;2;c;Amt\n", "Zeile 2: „“ ist keine Zelle wie B7. Bitte berichtigen."),
        (f"{HEAD}\na.xlsx;T;A0;1;2;c;Amt\n", "Zeile 2: „A0“ ist keine Zelle wie B7. Bitte berichtigen."),
        (
            f"{HEAD}\na.xlsx;;A1;1;2;c;Amt\n",
            "Zeile 2: Die Spalte „sheet“ ist leer. Bitte eintragen, wo die Zelle A1 steht.",
        ),
        (
            f"{HEAD}\na.xlsx;T;A1;1;2;c;Amt;noch eins\n",
            "Zeile 2: 8 Werte, aber 7 Spalten. "
            "Bitte Werte, die das Trennzeichen enthalten, in Anführungszeichen setzen.",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_corrections(path)
    assert str(caught.value) == f"{path}, {message}"


def test_no_file_holds_no_corrections(tmp_path: Path) -> None:
    corrections = read_corrections(tmp_path / "corrections.csv")
    assert list(corrections.without_workbook([])) == []


def test_a_doubt_of_a_missing_file_is_a_problem_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(f"{HEAD}\nb.xlsx;T;C4;1;2;c;Amt\na.xlsx;T;A1;1;2;c;Amt\n", encoding="utf-8")
    [problem] = read_corrections(path).without_workbook({"a.xlsx"})
    assert problem == Problem(
        "error",
        "correction_no_longer_fits",
        "Eine lesbare Datei dieses Namens liegt nicht vor, die Berichtigung von Zelle C4 wurde nicht angewendet; "
        "bitte den Namen in corrections.csv prüfen oder die Zeile löschen.",
        workbook="b.xlsx",
        sheet="T",
        cell="C4",
        expected="1",
    )
