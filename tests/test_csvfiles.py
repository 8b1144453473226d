from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.csvfiles import decode, read_rows
from analysis.problems import InputError

COLUMNS = ("text", "field")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "list.csv"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_way_german_excel_saves_it(path: Path, separator: str, encoding: str, newline: str) -> None:
    lines = ["text,field", "Maßnahme,title", "Träger,partners", ""]
    path.write_bytes(newline.join(lines).replace(",", separator).encode(encoding))
    assert read_rows(path, COLUMNS) == [
        (2, {"text": "Maßnahme", "field": "title"}),
        (3, {"text": "Träger", "field": "partners"}),
    ]


def test_the_header_decides_the_separator_not_the_values(path: Path) -> None:
    path.write_text("text;field\nBildung, Jugend, Sport, Kultur;title\n", encoding="utf-8")
    assert read_rows(path, COLUMNS) == [(2, {"text": "Bildung, Jugend, Sport, Kultur", "field": "title"})]


def test_a_quoted_cell_holds_separators_quotes_and_line_breaks(path: Path) -> None:
    path.write_text('text,field\n"a, b",x\n"Ziel-\ngruppe",y\n"er sagt ""ja""",z\n', encoding="utf-8")
    assert read_rows(path, COLUMNS) == [
        (2, {"text": "a, b", "field": "x"}),
        (3, {"text": "Ziel-\ngruppe", "field": "y"}),
        (5, {"text": 'er sagt "ja"', "field": "z"}),
    ]


def test_empty_lines_and_comments_do_not_count(path: Path) -> None:
    path.write_text(
        "# eine Liste; mit Semikolon; im Kommentar\n\ntext,field\n,\n# Amt,x\n a , b \n", encoding="utf-8"
    )
    assert read_rows(path, COLUMNS) == [(6, {"text": "a", "field": "b"})]


def test_a_comment_may_hold_a_single_quotation_mark(path: Path) -> None:
    path.write_text('# 24" sind kein Text\ntext,field\n# noch "einer\na,b\n', encoding="utf-8")
    assert read_rows(path, COLUMNS) == [(4, {"text": "a", "field": "b"})]


def test_a_quoted_cell_may_begin_a_line_with_a_hash(path: Path) -> None:
    path.write_text('text,field\n"erste\n# zweite",b\n', encoding="utf-8")
    assert read_rows(path, COLUMNS) == [(2, {"text": "erste\n# zweite", "field": "b"})]


def test_columns_may_be_more_and_in_another_order(path: Path) -> None:
    path.write_text("note,field,text\nn,f,t\n", encoding="utf-8")
    assert read_rows(path, COLUMNS) == [(2, {"note": "n", "field": "f", "text": "t"})]


def test_a_row_may_end_early(path: Path) -> None:
    path.write_text("text,field\nKosten\n", encoding="utf-8")
    assert read_rows(path, COLUMNS) == [(2, {"text": "Kosten", "field": ""})]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "text;kind\na;b\n",
            "{}, Zeile 1: Die Spalte „field“ fehlt; erwartet werden text, field. Bitte die Kopfzeile ergänzen.",
        ),
        (
            "text,field\na,b\nBildung, Jugend und Sport,title\n",
            "{}, Zeile 3: 3 Werte, aber 2 Spalten. "
            "Bitte Werte, die das Trennzeichen enthalten, in Anführungszeichen setzen.",
        ),
        (
            "text,field,text\na,b,c\n",
            "{}, Zeile 1: Die Spalte „text“ steht zweimal in der Kopfzeile. Bitte eine davon umbenennen.",
        ),
        ("", "{}: Die Datei ist leer; erwartet wird die Kopfzeile text, field."),
        ("# nur ein Kommentar\n", "{}: Die Datei ist leer; erwartet wird die Kopfzeile text, field."),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(path: Path, text: str, message: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_rows(path, COLUMNS)
    assert str(error.value) == message.format(path)


def test_an_open_quotation_mark_names_the_line_where_it_opens(path: Path) -> None:
    path.write_text('text,field\na,b\n"offen,c\nd,e\n', encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_rows(path, COLUMNS)
    assert str(error.value).startswith(f"{path}, Zeile 3: Die Zeile ist nicht lesbar")
    assert str(error.value).endswith("Bitte die Anführungszeichen prüfen.")


def test_cp1252_keeps_dash_and_euro() -> None:
    assert decode("2009–2013 für 5 €".encode("cp1252")) == "2009–2013 für 5 €"


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_one_clear_line(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(b"text,field\n" + data)
    try:
        rows = read_rows(path, COLUMNS)
    except InputError as error:
        assert str(path) in str(error)
    else:
        assert all(row.keys() == {"text", "field"} for _, row in rows)
