from pathlib import Path

import pytest

from analysis.codelists import PACKAGE_FOLDER, SHAPES, package_codes, read_codes
from analysis.problems import InputError


def test_every_shape_has_its_file_and_every_file_its_shape() -> None:
    assert {path.stem for path in PACKAGE_FOLDER.glob("*.csv")} == set(SHAPES)


@pytest.mark.parametrize("name", SHAPES)
def test_every_list_has_rows_with_its_columns(name: str) -> None:
    rows = package_codes()[name]
    assert rows
    assert all(set(SHAPES[name].columns) <= row.keys() for row in rows)


def test_the_package_is_read_once() -> None:
    assert package_codes() is package_codes()


def test_rows_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        package_codes()["dezernate"][0]["dezernat"] = "IX"  # type: ignore[index]


def test_no_folder_is_the_package_itself(tmp_path: Path) -> None:
    assert read_codes(tmp_path / "codelists") is package_codes()


def test_a_survey_overrides_rows_in_place_and_adds_others_behind(tmp_path: Path) -> None:
    before = package_codes()["dezernate"]
    (tmp_path / "dezernate.csv").write_text(
        "text;dezernat\nKunst und Kultur;VI\nDigitales;VIII\n", encoding="cp1252"
    )
    after = read_codes(tmp_path)["dezernate"]
    assert len(after) == len(before) + 1
    assert after[-1] == {"text": "Digitales", "dezernat": "VIII"}
    place = [row["text"] for row in before].index("Kunst und Kultur")
    assert after[place] == {"text": "Kunst und Kultur", "dezernat": "VI"}
    assert package_codes()["dezernate"] == before


def test_other_lists_and_other_files_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "dezernate.csv").write_text("text,dezernat\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("Notizen", encoding="utf-8")
    codes = read_codes(tmp_path)
    assert all(codes[name] == package_codes()[name] for name in SHAPES)


def test_a_double_row_names_both_lines(tmp_path: Path) -> None:
    path = tmp_path / "headers.csv"
    path.write_text(
        'text,field\n"Ziel-\ngruppe",title\nAmt,office\n# Kommentar\nAmt,title\n', encoding="utf-8"
    )
    with pytest.raises(InputError) as error:
        read_codes(tmp_path)
    assert str(error.value) == (
        f"{path}, Zeile 6: „Amt“ steht schon in Zeile 4. Bitte eine der beiden Zeilen entfernen."
    )


def test_a_missing_column_names_file_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("text,stadtbezirk_nr\nWestend,4\n", encoding="utf-8")
    with pytest.raises(InputError, match="Zeile 1: Die Spalte „stadtteil_nr“ fehlt") as error:
        read_codes(tmp_path)
    assert str(path) in str(error.value)


def test_a_list_nobody_knows_is_named(tmp_path: Path) -> None:
    (tmp_path / "haeuser.csv").write_text("text\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_codes(tmp_path)
    assert str(error.value).startswith(
        f"{tmp_path / 'haeuser.csv'}: Diese Codeliste kennt das Programm nicht"
    )
    assert str(error.value).endswith("Bitte die Datei umbenennen oder entfernen.")


def test_a_row_without_its_key_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("text,stadtbezirk_nr,stadtteil_nr,is_certain\n,4,403,true\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_codes(tmp_path)
    assert str(error.value) == f"{path}, Zeile 2: „text“ ist leer. Bitte ausfüllen oder die Zeile entfernen."
