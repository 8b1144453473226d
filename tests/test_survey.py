"""A folder of returns as one survey: configuration, states of returns, corrections, ignored files."""

from pathlib import Path

import pandas as pd
import pytest
from make_workbooks import CONFIG, HEADINGS, TREFF, write_folder

import analysis
from analysis.problems import InputError
from analysis.schema import TABLES, TAKEN_AS
from analysis.survey_folder import find_returns

ROOT = Path(__file__).parents[1]
RETURNS = ["dezernat", "status", "is_expected", "workbook", "programme_count"]


def plain(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return [
        tuple(None if pd.isna(value) else value for value in row) for row in frame.itertuples(index=False)
    ]


def test_the_four_states_of_a_return(tmp_path: Path) -> None:
    config = (
        CONFIG
        + '\n[[expected]]\ndezernat = "VI"\nname = "Planen"\n\n[[expected]]\ndezernat = "I"\nname = "Recht"\n'
    )
    workbooks = {"Dez IV.xlsx": [HEADINGS, TREFF], "Dez V.xlsx": [["Fehlanzeige"]], "Dez VI.pdf": b"%PDF-1.7"}
    survey = analysis.read_survey(write_folder(tmp_path / "2014", workbooks, config))
    assert plain(survey.returns[RETURNS]) == [
        ("IV", "received", True, "Dez IV.xlsx", 1),
        ("V", "fehlanzeige", True, "Dez V.xlsx", 0),
        ("VI", "unreadable", True, "Dez VI.pdf", None),
        ("I", "outstanding", True, None, None),
    ]
    assert list(survey.returns["dezernat_name"]) == [
        "Bildung, Jugend und Sport",
        "Soziales, Integration und Umwelt",
        "Planen",
        "Recht",
    ]
    assert plain(survey.problems[["severity", "code", "workbook", "message"]]) == [
        (
            "error",
            "unreadable_workbook",
            "Dez VI.pdf",
            "Die Datei ist ein PDF-Dokument; bitte die Rückmeldung als Excel-Datei (.xlsx) neu anfordern.",
        ),
        (
            "warning",
            "outstanding_return",
            None,
            "Von Dezernat I liegt keine Rückmeldung vor; bitte erinnern.",
        ),
    ]


def test_a_dezernat_nobody_asked_and_two_workbooks_of_one(tmp_path: Path) -> None:
    workbooks = {
        "Dez IV.xlsx": [HEADINGS, TREFF],
        "Dez IV neu.xlsx": [HEADINGS, TREFF],
        "Dez I.xlsx": [["Fehlanzeige"]],
        "Antwort.xlsx": [HEADINGS, TREFF],
    }
    survey = analysis.read_survey(write_folder(tmp_path / "2014", workbooks))
    assert plain(survey.returns[RETURNS]) == [
        ("IV", "received", True, "Dez IV neu.xlsx", 1),
        ("IV", "received", True, "Dez IV.xlsx", 1),
        ("V", "outstanding", True, None, None),
        ("I", "fehlanzeige", False, "Dez I.xlsx", 0),
        (None, "received", None, "Antwort.xlsx", 1),
    ]
    assert set(survey.problems["code"]) == {
        "unknown_dezernat",
        "several_workbooks",
        "double_return",
        "double_programme",
        "unexpected_dezernat",
        "outstanding_return",
    }
    assert survey.programmes["programme_id"].is_unique


def test_an_empty_folder_is_a_survey_without_returns(tmp_path: Path) -> None:
    survey = analysis.read_survey(write_folder(tmp_path / "2014", {}))
    assert list(survey.returns["status"]) == ["outstanding", "outstanding"]
    for table, columns in TABLES.items():
        frame = getattr(survey, table)
        assert {name: str(kind) for name, kind in frame.dtypes.items()} == columns


def test_the_folder_tells_title_dates_and_name(tmp_path: Path) -> None:
    survey = analysis.read_survey(write_folder(tmp_path / "2014", {}))
    assert (survey.name, survey.title, survey.committee, survey.is_sample) == (
        "2014",
        "Probe",
        "Ausschuss",
        True,
    )
    assert str(survey.reference_date) == "2014-02-26"
    assert [(item.dezernat, item.name) for item in survey.expected] == [
        ("IV", "Bildung, Jugend und Sport"),
        ("V", "Soziales, Integration und Umwelt"),
    ]


def test_only_what_was_sent_is_a_return(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path / "2014",
        dict.fromkeys(
            (
                "Dez I.doc",
                "ohne Endung",
                "README.md",
                "readme.txt",
                "~$Dez I.xlsx",
                ".~lock.Dez I.xlsx#",
                ".DS_Store",
                "Thumbs.db",
                "corrections.csv",
            ),
            b"x",
        ),
    )
    (folder / "codelists").mkdir()
    assert [path.name for path in find_returns(folder)] == ["Dez I.doc", "ohne Endung"]


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (
            CONFIG.replace('title = "Probe"\n', ""),
            "Der Eintrag „title“ fehlt; erwartet wird ein Text, "
            'zum Beispiel title = "Inklusion im Sozialraum".',
        ),
        (CONFIG.replace('"Probe"', '" "'), "Der Eintrag „title“ ist leer; erwartet wird ein Text"),
        (
            CONFIG.replace("2014-02-26", '"26.02.2014"'),
            "Der Eintrag „reference_date“ ist „26.02.2014“; erwartet wird ein Datum ohne Anführungszeichen, "
            "zum Beispiel 2014-02-26.",
        ),
        (
            CONFIG.replace("2014-02-26", "2014-02-26T10:00:00"),
            "erwartet wird ein Datum ohne Anführungszeichen",
        ),
        (CONFIG.replace("= true", '= "ja"'), "Der Eintrag „sample“ ist „ja“; erwartet wird true oder false"),
        (CONFIG.split("[[expected]]")[0], "Der Eintrag „expected“ fehlt"),
        (
            CONFIG.replace('"IV"', '"XII"'),
            "[[expected]] Nr. 1: „XII“ ist kein Dezernat. Erwartet wird eine römische Ziffer oder „OB“.",
        ),
        (CONFIG.replace('"IV"', '"V"'), "[[expected]] Nr. 2: Das Dezernat V steht zweimal da."),
        ("title = ", "Die Datei ist kein gültiges TOML ("),
    ],
)
def test_a_config_that_cannot_be_used_is_one_line(tmp_path: Path, config: str, expected: str) -> None:
    folder = write_folder(tmp_path / "2014", {}, config)
    with pytest.raises(InputError) as caught:
        analysis.read_survey(folder)
    assert str(caught.value).startswith(f"{folder / 'survey.toml'}: ")
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_folder_and_no_config(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Diesen Ordner gibt es nicht"):
        analysis.read_survey(tmp_path / "fehlt")
    with pytest.raises(InputError, match=r"survey\.toml: Die Datei fehlt\. Bitte sie nach dem Muster"):
        analysis.read_survey(tmp_path)


def test_corrections_replace_what_still_stands_there(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path / "2014", {"Dez IV.xlsx": [HEADINGS, ["Treff", "Kinder", "Kalk", "8/09"], TREFF]}
    )
    lines = [
        "workbook;sheet;cell;expected;corrected;reason;decided_by",
        "Dez IV.xlsx;Tabelle1;D2;8/09;2009;telefonisch geklärt;Fachstelle",
        "Dez IV.xlsx;Tabelle1;D3;1999;2000;Tippfehler;Fachstelle",
        "Dez IV.xlsx;Fort;D3;1999;2000;Tippfehler;Fachstelle",
        "Dez IX.xlsx;Tabelle1;A1;a;b;;Fachstelle",
    ]
    (folder / "corrections.csv").write_bytes("\r\n".join(lines).encode("cp1252"))
    survey = analysis.read_survey(folder)
    assert list(survey.programmes["start_text"]) == ["2009", "2009"]
    assert list(survey.cells.loc[survey.cells["cell"] == "D2", "text"]) == ["8/09"]
    corrections = survey.problems[survey.problems["code"].str.startswith("correct")]
    assert plain(corrections[["code", "cell", "found", "expected"]]) == [
        ("corrected", "D2", "8/09", "2009"),
        ("correction_no_longer_fits", "D3", "2009", "1999"),
        ("correction_no_longer_fits", "D3", None, "1999"),
        ("correction_no_longer_fits", "A1", None, "a"),
    ]
    assert corrections["message"].iloc[0] == (
        "Berichtigt laut corrections.csv: telefonisch geklärt (entschieden: Fachstelle)."
    )


def test_no_table_names_a_person(tmp_path: Path) -> None:
    sheets = {"Frau Muster": [HEADINGS, TREFF], "Herr Muster": [HEADINGS, TREFF]}
    workbooks = {
        "Dez_IV_Frau_Muster.xlsx": sheets,
        "Dez IV.xlsx": [HEADINGS, TREFF],
        "Frau Muster.pdf": b"%PDF",
    }
    folder = write_folder(tmp_path / "2014", workbooks)
    (folder / "corrections.csv").write_text(
        "workbook,sheet,cell,expected,corrected,reason,decided_by\n"
        "Dez_IV_Frau_Muster.xlsx,Frau Muster,A2,Jugendtreff,Treff,Name,Fachstelle\n"
        "Frau Muster.pdf,Herr Muster,A1,x,y,z,Fachstelle\n",
        encoding="utf-8",
    )
    survey = analysis.read_survey(folder)
    for table in TABLES:
        assert "Muster" not in getattr(survey, table).to_csv()
    assert list(survey.sheets["sheet"]) == ["Tabelle1", "[Kontakt]", "[Kontakt] 2"]
    assert set(survey.sheets["workbook"]) == {"Dez IV.xlsx", "Dez IV [Kontakt].xlsx"}
    assert list(survey.programmes["title"]) == ["Jugendtreff", "Treff", "Jugendtreff"]
    assert set(survey.programmes["dezernat"]) == {"IV"}


def test_a_correction_can_fill_an_empty_cell(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "2014", {"Dez IV.xlsx": [HEADINGS, ["Treff", "Kinder", "Kalk"]]})
    text = "workbook,sheet,cell,expected,corrected,reason,decided_by\nDez IV.xlsx,Tabelle1,D2,,2009,Rückfrage,Amt\n"
    (folder / "corrections.csv").write_text(text, encoding="utf-8")
    survey = analysis.read_survey(folder)
    assert list(survey.programmes["start_earliest"]) == [2009]
    assert "D2" not in set(survey.cells["cell"])


def test_a_correction_of_no_cell_is_one_line(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "2014", {})
    text = "workbook,sheet,cell,expected,corrected,reason,decided_by\na.xlsx,Tabelle1,Zeile 3,,2009,,\n"
    (folder / "corrections.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"corrections\.csv, Zeile 2: „Zeile 3“ ist keine Zelle wie B7"):
        analysis.read_survey(folder)


def test_a_code_list_of_the_folder_names_a_column(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "2014", {"Dez IV.xlsx": [[*HEADINGS, "Zwirbel"], [*TREFF, "Notiz"]]})
    assert "unknown_column" in set(analysis.read_survey(folder).problems["code"])
    (folder / "codelists").mkdir()
    (folder / "codelists" / "headers.csv").write_text("text;field\nZwirbel;remarks\n", encoding="utf-8")
    survey = analysis.read_survey(folder)
    assert list(survey.programmes["remarks"]) == ["Notiz"]
    assert "unknown_column" not in set(survey.problems["code"])


def test_the_programme_id_outlives_other_files_and_a_second_reading(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "2014", {"Dez IV.xlsx": [HEADINGS, TREFF]})
    first = list(analysis.read_survey(folder).programmes["programme_id"])
    write_folder(folder, {"Dez I.xlsx": [HEADINGS, TREFF]})
    second = analysis.read_survey(folder).programmes
    assert list(second.loc[second["workbook"] == "Dez IV.xlsx", "programme_id"]) == first
    assert second["programme_id"].is_unique


def test_the_sample_survey_is_read_whole() -> None:
    survey = analysis.read_survey(ROOT / "data" / "raw" / "2014")
    assert list(survey.returns["dezernat"]) == ["I", "II", "III", "IV", "V", "VI", "VII"]
    assert survey.returns["status"].value_counts().to_dict() == {"fehlanzeige": 5, "received": 2}
    assert survey.returns["programme_count"].sum() == len(survey.programmes) == 24
    assert (survey.sheets[list(TAKEN_AS)].sum(axis=1) == survey.sheets["nonempty"]).all()
    unplaced = survey.cells[survey.cells["taken_as"] == "unplaced"]
    assert set(unplaced["cell"]) == {"H3", "H4", "H6", "H7"}
    assert plain(survey.problems.loc[survey.problems["code"] == "unknown_column", ["found"]]) == [
        ("Stellenanteile",)
    ]
    assert (survey.problems["severity"] != "error").all()
    contacts = survey.cells[survey.cells["taken_as"] == "withheld"]
    assert set(contacts["text"]) == {"[Kontakt]"}
