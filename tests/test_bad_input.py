"""Bad input of the kinds that departments send: each a small workbook, read, asked about, or told apart.

What other tests try by name is not here: `test_returns` (two-row and merged headings, repeated ones, hidden sheets and
rows, merged offices, Fehlanzeige in any wording), `test_forms`, `test_workbooks` (what is no workbook) and
`test_cross_checks` (two workbooks of one Dezernat, one programme named twice).
"""

import datetime
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
from make_workbooks import CONFIG, HEADINGS, TREFF, Formula, write_folder, write_workbook
from workbook_files import write_xml

import analysis
from analysis.returns.doubts import SEVERITY_OF
from analysis.returns.notices import notice_file
from analysis.schema import TAKEN_AS
from analysis.store import write_survey
from analysis.workbooks.worker import DAMAGED_NOTE, DOUBTFUL_NOTE

SPORT = ["Sportfest", "Kinder", "Kalk", 2010]
INVISIBLE = "\u200b\u200d\u202e\u2066\ufeff"


def survey_of(tmp_path: Path, **workbooks: Any) -> analysis.Survey:
    """The survey of some returns by name, with balanced books; Dezernat IV and V are expected."""
    survey = analysis.read_survey(
        write_folder(
            tmp_path / "2014", {name.replace("_", " ") + ".xlsx": x for name, x in workbooks.items()}
        )
    )
    assert_books_balance(survey)
    return survey


def read_one(tmp_path: Path, sheets: Any, name: str = "Dez IV.xlsx", **options: Any) -> analysis.Survey:
    """The survey of a single return."""
    folder = tmp_path / "2014"
    folder.mkdir()
    (folder / "survey.toml").write_text(CONFIG, encoding="utf-8")
    write_workbook(folder / name, sheets, **options)
    survey = analysis.read_survey(folder)
    assert_books_balance(survey)
    return survey


def assert_books_balance(survey: analysis.Survey) -> None:
    sums = survey.sheets[list(TAKEN_AS)].sum(axis=1)
    assert list(sums) == list(survey.sheets["nonempty"])


def doubts(survey: analysis.Survey) -> list[tuple[str, Any]]:
    """Code and cell of every problem but the returns that nobody sent."""
    rows = survey.problems[survey.problems["code"] != "outstanding_return"]
    return [(row.code, None if pd.isna(row.cell) else row.cell) for row in rows.itertuples()]


def titles(survey: analysis.Survey) -> list[Any]:
    return list(survey.programmes["title"].astype(object).where(survey.programmes["title"].notna(), None))


def taken(survey: analysis.Survey) -> dict[str, str]:
    return dict(zip(survey.cells["cell"], survey.cells["taken_as"], strict=True))


# Where the table is


def test_headings_repeated_on_every_printed_page(tmp_path: Path) -> None:
    survey = read_one(tmp_path, [HEADINGS, TREFF, [], HEADINGS, SPORT, HEADINGS, ["Garten", "Senioren"]])
    assert titles(survey) == ["Jugendtreff", "Sportfest", "Garten"]
    assert doubts(survey) == [("start_missing", "A7")]


def test_several_sheets_with_tables_instructions_and_nothing(tmp_path: Path) -> None:
    sheets = {
        "Anschreiben": [["Sehr geehrte Damen und Herren,"], ["bitte füllen Sie die Tabelle aus."]],
        "Jugendamt": [HEADINGS, TREFF],
        "Leer": [],
        "Sportamt": [["Stadt Köln – Der Oberbürgermeister"], ["Sportamt"], [], HEADINGS, SPORT],
        "Ausfüllhinweise": [["Bitte je Maßnahme eine Zeile."], ["Maßnahme: ihr Name"], ["Beginn: Jahr"]],
    }
    survey = read_one(tmp_path, sheets)
    assert titles(survey) == ["Jugendtreff", "Sportfest"]
    assert list(survey.sheets["nonempty"]) == [2, 8, 0, 10, 3]
    assert list(survey.sheets["context"]) == [2, 0, 0, 2, 3]
    assert doubts(survey) == []


def test_title_rows_above_notes_and_a_signature_below(tmp_path: Path) -> None:
    rows: Any = [
        ["Stadt Köln"],
        ["Dezernat IV – Bildung, Jugend und Sport"],
        ["Stand: 15.1.2014"],
        [],
        HEADINGS,
        TREFF,
        SPORT,
        ["Summe", None, None, 2],
        [],
        ["Hinweis: ohne Ferienangebote"],
        ["Köln, den 15.1.2014"],
        ["Im Auftrag"],
        ["Otto Probe"],
    ]
    survey = read_one(tmp_path, rows, "a.xlsx")
    assert titles(survey) == ["Jugendtreff", "Sportfest"]
    assert list(survey.returns["dezernat"]) == ["IV", "V"]
    kinds = taken(survey)
    assert {kinds[cell] for cell in ("A1", "A2", "A3", "A8", "D8", "A11", "A12")} == {"context"}
    assert kinds["A13"] == "withheld"


def test_a_chart_sheet_is_no_worksheet(tmp_path: Path) -> None:
    folder = tmp_path / "2014"
    write_folder(folder, {})
    book = xlsxwriter.Workbook(str(folder / "Dez IV.xlsx"))
    sheet = book.add_worksheet("Abfrage")
    for row, values in enumerate([HEADINGS, TREFF]):
        sheet.write_row(row, 0, values)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Abfrage!$D$2:$D$2"})
    book.add_chartsheet("Bild").set_chart(chart)
    book.close()
    survey = analysis.read_survey(folder)
    assert titles(survey) == ["Jugendtreff"]
    assert_books_balance(survey)
    assert doubts(survey) == []


# What nobody sees


def test_programmes_on_a_hidden_sheet_are_read_and_asked_about(tmp_path: Path) -> None:
    sheets = {"Abfrage": [HEADINGS, TREFF], "Alt": [HEADINGS, TREFF, SPORT], "Listen": [["Kinder"]]}
    survey = read_one(tmp_path, sheets, hidden=["Alt", "Listen"])
    assert list(survey.programmes["sheet"]) == ["Abfrage", "Alt", "Alt"]
    found = survey.problems[survey.problems["code"].str.startswith("hidden")]
    assert list(zip(found["severity"], found["code"], found["sheet"], found["found"], strict=True)) == [
        ("warning", "hidden_programmes", "Alt", "2 Programme"),
        ("info", "hidden_sheet", "Listen", found["found"].iloc[1]),
    ]
    assert found["message"].iloc[0] == (
        "Dieses Blatt ist ausgeblendet und nennt 2 Programme; bitte prüfen, ob das zählen soll."
    )


def write_hidden(folder: Path, rows: Any, hidden_rows: tuple[int, ...], hidden_columns: str | None) -> None:
    write_folder(folder, {})
    book = xlsxwriter.Workbook(str(folder / "Dez IV.xlsx"))
    sheet = book.add_worksheet()
    for row, values in enumerate(rows):
        sheet.write_row(row, 0, values)
    for row in hidden_rows:
        sheet.set_row(row - 1, options={"hidden": True})
    if hidden_columns:
        sheet.set_column(hidden_columns, None, None, {"hidden": True})
    book.close()


@pytest.mark.parametrize(
    ("rows", "hidden_rows", "hidden_columns", "expected"),
    [
        ([HEADINGS, TREFF, SPORT], (3,), None, ("hidden_programmes", "A3", "4 Zellen ab A3")),
        ([HEADINGS, TREFF, SPORT], (), "D:D", ("hidden_programmes", "D2", "3 Zellen ab D1")),
        ([["Titelzeile"], HEADINGS, TREFF], (1,), None, ("hidden_cells", "A1", "1 Zelle ab A1")),
        ([HEADINGS, TREFF, [""] * 4], (3,), None, None),
    ],
)
def test_hidden_rows_and_columns_are_read_and_told(
    tmp_path: Path, rows: Any, hidden_rows: tuple[int, ...], hidden_columns: str | None, expected: Any
) -> None:
    write_hidden(tmp_path / "2014", rows, hidden_rows, hidden_columns)
    survey = analysis.read_survey(tmp_path / "2014")
    assert titles(survey) == [row[0] for row in rows if row in (TREFF, SPORT)]
    found = survey.problems[survey.problems["code"].str.startswith("hidden")]
    assert list(zip(found["code"], found["cell"], found["found"], strict=True)) == [expected] * bool(expected)


def test_everything_hidden_is_read(tmp_path: Path) -> None:
    write_hidden(tmp_path / "2014", [HEADINGS, TREFF], (1, 2), "A:D")
    survey = analysis.read_survey(tmp_path / "2014")
    assert titles(survey) == ["Jugendtreff"]
    (message,) = survey.problems.loc[survey.problems["code"] == "hidden_programmes", "message"]
    assert message == (
        "In ausgeblendeten Zeilen oder Spalten stehen Angaben zu 1 Programm; sie wurden mitgelesen, bitte prüfen, "
        "ob sie zählen sollen."
    )


# What stands on the cells besides their texts


def test_a_replaced_contact_is_told_by_cell_and_not_by_content(tmp_path: Path) -> None:
    rows = [
        [*HEADINGS, "Kontakt"],
        ["Treff (Frau Probe)", "Kinder", "Kalk", 2009, "Frau Probe, 0221/221-12345"],
        ["Fest", "Kinder", "Kalk", 2010, None],
    ]
    survey = read_one(tmp_path, rows)
    (told,) = survey.problems[survey.problems["code"] == "contact_replaced"].itertuples()
    assert (told.severity, told.cell, told.field) == ("info", "A2", "title")
    assert pd.isna(told.found) and pd.isna(told.expected)
    assert told.message == (
        "In dieser Zelle wurden Namen oder Erreichbarkeiten durch [Kontakt] ersetzt; bitte prüfen, dass nichts fehlt."
    )
    assert titles(survey) == ["Treff ([Kontakt])", "Fest"]


def test_each_comment_is_told_without_persons(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "2014", {})
    book = xlsxwriter.Workbook(str(folder / "Dez IV.xlsx"))
    sheet = book.add_worksheet()
    for row, values in enumerate([[*HEADINGS, "Kontakt"], [*TREFF, "Otto Probe"]]):
        sheet.write_row(row, 0, values)
    sheet.write_comment("D2", "Probe, Otto:\nruht seit 2012, Frau Probe fragen")
    sheet.write_comment("E2", "Vertretung: Probe")
    sheet.write_comment("A4", "hier fehlt noch ein Programm " + "x" * 300)
    book.close()
    survey = analysis.read_survey(folder)
    assert_books_balance(survey)
    told = survey.problems[survey.problems["code"] == "cell_comment"]
    assert list(zip(told["severity"], told["cell"], told["found"], strict=True)) == [
        ("info", "D2", "[Kontakt]:\nruht seit 2012, [Kontakt] fragen"),
        ("info", "E2", "[Kontakt]"),
        ("info", "A4", "hier fehlt noch ein Programm " + "x" * 171),
    ]
    assert set(told["message"]) == {"Die Zelle trägt einen Kommentar; bitte prüfen, ob er die Angabe ändert."}


def test_a_damaged_workbook_that_was_read_in_part_is_a_warning(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "2014", {})
    texts = [*HEADINGS, *TREFF[:3]]
    cells = [f'<c r="{"ABCD"[n % 4]}{n // 4 + 1}" t="s"><v>{n}</v></c>' for n in range(8)]
    write_xml(
        folder / "Dez IV.xlsx",
        f'<row r="1">{"".join(cells[:4])}</row><row r="2">{"".join(cells[4:])}</row>',
        strings="".join(f"<si><t>{text}</t></si>" for text in texts),  # D2 points beyond them
    )
    survey = analysis.read_survey(folder)
    assert titles(survey) == ["Jugendtreff"]
    (told,) = survey.problems[survey.problems["code"] == "damaged_workbook"].itertuples()
    assert (told.severity, told.workbook, told.found) == ("warning", "Dez IV.xlsx", DAMAGED_NOTE)
    assert told.message == (
        "Die Datei ist beschädigt oder ungewöhnlich aufgebaut; gelesen ist, was sich lesen ließ; bitte mit dem "
        "Dezernat abgleichen oder die Datei neu anfordern."
    )


@pytest.mark.parametrize(
    ("note", "code", "severity"),
    [
        (DAMAGED_NOTE, "damaged_workbook", "warning"),
        (DOUBTFUL_NOTE, "doubtful_workbook", "warning"),
        ("Die Datei ist eine CSV-Datei", "other_format", "info"),
    ],
)
def test_what_is_known_of_a_file_has_a_code_of_its_own(note: str, code: str, severity: str) -> None:
    told = notice_file("a.xlsx", note)
    assert (told.code, told.severity, told.workbook, told.found) == (code, severity, "a.xlsx", note)
    assert told.message.startswith(f"{note}; bitte ") and told.message.endswith(".")


# Texts

MARKUP = [
    "<script>alert('x')</script>",
    "<b>fett</b> & Co.",
    "#let x = 1; #panic()",
    "$x$ und `raw` und *stark*",
    "**fett** [Link](javascript:x) | Zelle",
    "# Überschrift",
    "{{ config }} ${x} %s \\n",
]
FORMULAS = ['=HYPERLINK("http://x.example","Klick")', "+cmd|' /C calc'!A0", "@SUM(1+1)", "-1+1", "=1+1"]
ODD = [
    "Treff\nam\r\nMarkt",
    "Treff\tam Markt",
    f"Treff{INVISIBLE} am Markt",
    "\u202eTreff\u202c",
    "🎉 Fest 👩\u200d🦽",
    "a" * 32_767,
    "Tre\u0301ff",
]


@pytest.mark.parametrize("text", [*MARKUP, *FORMULAS, *ODD])
def test_a_title_comes_out_as_the_cell_holds_it(tmp_path: Path, text: str) -> None:
    survey = read_one(tmp_path, [HEADINGS, [text, "Kinder", "Kalk", 2009], SPORT])
    assert titles(survey) == [text, "Sportfest"]
    assert list(survey.cells.loc[survey.cells["cell"] == "A2", "text"]) == [text]
    assert doubts(survey) == []


def test_odd_texts_in_the_other_columns_are_kept_and_asked_about(tmp_path: Path) -> None:
    rows = [HEADINGS, ["Treff", "<script>", "#let x", "`2009`"], ["Fest", "@alle 🎉", "$Kalk$", "2009\n"]]
    survey = read_one(tmp_path, rows)
    assert list(survey.programmes["target_groups_text"]) == ["<script>", "@alle 🎉"]
    assert list(survey.programmes["sozialraum_text"]) == ["#let x", "$Kalk$"]
    assert list(survey.programmes["start_text"]) == ["`2009`", "2009\n"]
    assert {("target_groups_question", "B2"), ("sozialraum_question", "C2")} <= set(doubts(survey))


@pytest.mark.parametrize("blank", [" ", "\t", "\n \n", "\u00a0", "\u200b\u200b"])
def test_only_blanks_are_nil_and_name_nothing(tmp_path: Path, blank: str) -> None:
    survey = read_one(tmp_path, [HEADINGS, TREFF, [blank] * 4])
    assert titles(survey) == ["Jugendtreff"]
    assert {taken(survey)[f"{column}3"] for column in "ABCD"} == {"nil"}
    assert doubts(survey) == []


def test_formulas_in_texts_are_inert_in_csv_and_untouched_in_parquet(tmp_path: Path) -> None:
    rows = [[*HEADINGS, "Bemerkungen"], *([text, "Kinder", "Kalk", 2009, text] for text in FORMULAS)]
    survey = read_one(tmp_path, rows)
    write_survey(survey, tmp_path / "out")
    table = pd.read_csv(tmp_path / "out" / "programmes.csv", encoding="utf-8-sig")
    assert list(table["title"]) == ["'" + text for text in FORMULAS]
    assert list(table["remarks"]) == ["'" + text for text in FORMULAS]
    stored = pd.read_parquet(tmp_path / "out" / "programmes.parquet")
    assert list(stored["title"]) == FORMULAS
    for path in (tmp_path / "out").glob("*.csv"):
        for text in pd.read_csv(path, encoding="utf-8-sig", dtype=str).stack().dropna():
            assert str(text)[0] not in "=+-@", (path.name, text)


def test_a_formula_that_was_calculated_is_its_value(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "2014", {})
    book = xlsxwriter.Workbook(str(folder / "Dez IV.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    sheet.write_formula(1, 0, '=HYPERLINK("http://x.example","Treff")', None, "Treff")
    sheet.write_row(1, 1, ["Kinder", "Kalk"])
    sheet.write_formula(1, 3, "=2000+9", None, 2009)
    book.close()
    survey = analysis.read_survey(folder)
    assert titles(survey) == ["Treff"]
    assert list(survey.programmes["start_earliest"]) == [2009]


def test_a_formula_without_value_is_asked_about_wherever_it_stands(tmp_path: Path) -> None:
    rows = [[*HEADINGS, "Bemerkungen"], [Formula("=A9"), "Kinder", "Kalk", Formula("=1+1")]]
    survey = read_one(tmp_path, rows)
    assert {("formula_without_value", "A2"), ("formula_without_value", "D2")} <= set(doubts(survey))
    assert titles(survey) in ([], [None])
    assert survey.programmes["start_earliest"].isna().all()


# Numbers and dates


@pytest.mark.parametrize(
    ("value", "earliest", "asked"),
    [
        ("2009", 2009, False),
        (2009.0, 2009, False),
        (" 2009 ", 2009, False),
        (-2009, None, True),
        (-5, None, True),
        (0, None, False),
        (2009.5, None, True),
        (20_090_101, None, True),
        (999_999, None, True),
        (1e300, None, True),
        (10_000, None, True),
        (3009, None, True),
    ],
)
def test_numbers_and_numbers_as_text_for_a_year(
    tmp_path: Path, value: Any, earliest: int | None, asked: bool
) -> None:
    survey = read_one(tmp_path, [HEADINGS, ["Treff", "Kinder", "Kalk", value]])
    found = survey.programmes["start_earliest"].astype(object)
    assert list(found.where(found.notna(), None)) == [earliest]
    assert (("start_question", "D2") in doubts(survey)) == asked


def test_numbers_where_texts_belong_are_kept_and_asked_about(tmp_path: Path) -> None:
    survey = read_one(tmp_path, [HEADINGS, [4711, 12, 3, 2009]])
    assert titles(survey) == ["4711"]
    assert list(survey.programmes["target_groups_text"]) == ["12"]
    assert ("target_groups_question", "B2") in doubts(survey)


def test_the_1904_date_system(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "2014", {})
    for name, system in (("Dez IV.xlsx", True), ("Dez V.xlsx", False)):
        book = xlsxwriter.Workbook(str(folder / name), {"date_1904": system})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, TREFF[:3])
        date_format = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_datetime(1, 3, datetime.datetime(2009, 8, 1), date_format)
        book.close()
    survey = analysis.read_survey(folder)
    assert list(survey.programmes["start_text"]) == ["2009-08-01", "2009-08-01"]
    assert list(survey.programmes["start_earliest"]) == [2009, 2009]


# Whose return it is


@pytest.mark.parametrize(
    "sheets",
    [
        {"Dezernat IV": [HEADINGS, TREFF], "Dezernat V": [HEADINGS, SPORT]},
        {"A": [["Dezernat: IV"], HEADINGS, TREFF], "B": [["Dezernat: V"], HEADINGS, SPORT]},
    ],
)
def test_one_workbook_with_a_sheet_for_each_of_two_dezernate(tmp_path: Path, sheets: Any) -> None:
    survey = read_one(tmp_path, sheets, "Rückmeldung.xlsx")
    assert list(survey.programmes["dezernat"]) == ["IV", "V"]
    columns = ["dezernat", "status", "workbook", "programme_count"]
    assert survey.returns[columns].to_numpy().tolist() == [
        ["IV", "received", "Rückmeldung.xlsx", 1],
        ["V", "received", "Rückmeldung.xlsx", 1],
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["Dezernate IV und V"], [], HEADINGS, TREFF, SPORT],
        [["Dez. IV + V"], [], HEADINGS, TREFF, SPORT],
        [["Dezernat IV"], HEADINGS, TREFF, [], ["Dezernat V"], HEADINGS, SPORT],
        [["Dezernat IV"], ["Dezernat V"], [], HEADINGS, TREFF, SPORT],
    ],
)
def test_one_table_of_two_dezernate_is_asked_about(tmp_path: Path, rows: Any) -> None:
    survey = read_one(tmp_path, rows, "Rückmeldung.xlsx")
    assert titles(survey) == ["Jugendtreff", "Sportfest"]
    (asked,) = survey.problems[survey.problems["code"] == "several_dezernate"].itertuples()
    assert (asked.severity, asked.expected) == ("warning", "IV, V")
    assert asked.message == (
        "Die Rückmeldung nennt mehrere Dezernate; bitte klären, wessen Rückmeldung sie ist."
    )


def test_a_letterhead_names_no_dezernat(tmp_path: Path) -> None:
    head = [["Stadt Köln"], ["Der Oberbürgermeister"], ["51 – Amt für Kinder, Jugend und Familie"], []]
    survey = read_one(tmp_path, [*head, HEADINGS, TREFF], "Dez IV.xlsx")
    assert list(survey.programmes["dezernat"]) == ["IV"]
    assert doubts(survey) == []


def test_a_dezernat_that_nobody_asked(tmp_path: Path) -> None:
    survey = survey_of(tmp_path, Dez_IV=[HEADINGS, TREFF], Dez_VI=[HEADINGS, SPORT])
    row = survey.returns[survey.returns["dezernat"] == "VI"].iloc[0]
    assert (row["status"], bool(row["is_expected"]), row["programme_count"]) == ("received", False, 1)
    assert ("unexpected_dezernat", None) in doubts(survey)


def test_fehlanzeige_beside_programmes_is_asked_about(tmp_path: Path) -> None:
    survey = read_one(tmp_path, {"Jugendamt": [HEADINGS, TREFF], "Sportamt": [["Fehlanzeige"]]})
    assert list(survey.returns["status"]) == ["received", "outstanding"]
    assert doubts(survey) == [("fehlanzeige_beside_programmes", "A1")]


def test_the_same_programme_twice_in_one_table_is_two_rows_with_ids_of_their_own(tmp_path: Path) -> None:
    survey = read_one(tmp_path, [HEADINGS, TREFF, TREFF])
    assert titles(survey) == ["Jugendtreff", "Jugendtreff"]
    assert survey.programmes["programme_id"].is_unique


def test_every_doubt_that_the_package_voices_has_its_weight() -> None:
    package = Path(analysis.__file__).parent
    sources = [path.read_text(encoding="utf-8") for path in package.rglob("*.py")]
    voiced = {code for text in sources for code in re.findall(r'\b(?:doubt|ask)\(\s*"([a-z_]+)"', text)}
    assert "other_format" in voiced
    assert voiced <= set(SEVERITY_OF)


# What stands below a table


@pytest.mark.parametrize(
    "below",
    [
        ["Legende:", "x = in Planung", "JHP = Jugendhilfeplanung"],
        ["1) nur im Sommer", "Die Liste ist nicht abschließend."],
        ["grau hinterlegt: beendet", "kursiv = geplant", "k. A. = keine Angabe"],
        ["Alle Angaben beruhen auf Schätzungen der Bezirke.", "OGTS = Offene Ganztagsschule"],
        ["Für 2014 liegen noch keine Zahlen vor", "Zu zwei Projekten fehlen die Mittel."],
        ["Abkürzungen", "JHP: Jugendhilfeplanung", "SRK – Sozialraumkoordination"],
        ["Die Maßnahmen des Sportamtes werden gesondert gemeldet"],
    ],
)
@pytest.mark.parametrize("gap", [0, 1])
def test_sentences_and_legends_below_a_table_are_notes_to_be_looked_at(
    tmp_path: Path, below: list[str], gap: int
) -> None:
    if not gap and not below[0].endswith((".", ":")) and "=" not in below[-1]:
        below = ["Stand: 15.1.2014", *below]  # without an end or a gap, only a note above tells a sentence
    survey = read_one(tmp_path, [HEADINGS, TREFF, SPORT, *[[]] * gap, *([text] for text in below)])
    assert titles(survey) == ["Jugendtreff", "Sportfest"]
    told = taken(survey)
    first = 4 + gap
    assert {told[f"A{row}"] for row in range(first, first + len(below))} == {"context"}
    assert ("note_in_table", f"A{first + len(below) - 1}") in doubts(survey)


def test_a_legend_in_two_columns_names_no_programme(tmp_path: Path) -> None:
    rows = [HEADINGS, TREFF, [], ["Legende"], ["x", "in Planung"], ["JHP", "Jugendhilfeplanung"]]
    survey = read_one(tmp_path, rows)
    assert titles(survey) == ["Jugendtreff"]
    assert doubts(survey) == [("note_in_table", "A5"), ("note_in_table", "A6")]


@pytest.mark.parametrize(
    ("text", "gap", "code"),
    [
        ("Wir sind Nachbarn", 1, "lone_title"),
        ("HöVi – ein Veedel für alle", 1, "lone_title"),
        ("OGS: Betreuung am Nachmittag", 1, "lone_title"),
        ("Beratung u. a. für Senioren im Veedel e.V.", 0, "start_missing"),
        ("Kinder haben Rechte", 0, "start_missing"),
        ("Kinder- und Jugendarbeit = Zukunft", 1, "lone_title"),
        ("Rotes Sofa im Veedel", 1, "lone_title"),
    ],
)
def test_a_lone_title_is_a_programme_with_a_question(tmp_path: Path, text: str, gap: int, code: str) -> None:
    survey = read_one(tmp_path, [HEADINGS, TREFF, *[[]] * gap, [text]])
    assert titles(survey) == ["Jugendtreff", text]
    assert (code, f"A{3 + gap}") in doubts(survey)


def test_a_lone_title_below_a_note_is_asked_about(tmp_path: Path) -> None:
    survey = read_one(tmp_path, [HEADINGS, TREFF, ["Stand: 2014"], ["Sommerfest"], ["Garten", "Kinder"]])
    assert titles(survey) == ["Jugendtreff", "Sommerfest", "Garten"]
    assert [found for found in doubts(survey) if found[0] == "lone_title"] == [("lone_title", "A4")]


def test_a_list_of_titles_may_hold_sentences(tmp_path: Path) -> None:
    rows = [["Maßnahme"], ["Wir beraten Seniorinnen in Porz."], ["Das Mobil ist jeden Tag im Veedel"]]
    survey = read_one(tmp_path, rows)
    assert titles(survey) == [row[0] for row in rows[1:]]
