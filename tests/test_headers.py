import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codelists import package_codes, read_codes
from analysis.headers import match_header
from analysis.schema import FIELDS

DATA = Path(__file__).parent / "data"


def read_examples(name: str) -> list[tuple[str, str | None]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [
            (row["text"].replace("\\n", "\n"), row["field"] or None)
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


WORKED = read_examples("headers.tsv")
HELD_OUT = read_examples("headers_held_out.tsv")
HEADINGS = [(text, field) for text, field in WORKED + HELD_OUT if field]


@pytest.mark.parametrize(("text", "field"), WORKED)
def test_worked_example(text: str, field: str | None) -> None:
    assert match_header(text) == field


@pytest.mark.parametrize(("text", "field"), HELD_OUT)
def test_held_out_example(text: str, field: str | None) -> None:
    assert match_header(text) == field


def test_there_are_enough_examples_of_every_field() -> None:
    held_out = [field for _, field in HELD_OUT]
    assert all(held_out.count(field) >= 10 for field in FIELDS)
    assert held_out.count(None) >= 80


@pytest.mark.parametrize("text", [None, "", " ", "\n", "?", "-", "...", "()", "(", "/", "***", "1.", "–"])
def test_nothing_is_no_heading(text: str | None) -> None:
    assert match_header(text) is None


@given(st.text(max_size=80))
def test_never_raises_on_any_text(text: str) -> None:
    assert match_header(text) in (*FIELDS, None)


@given(st.lists(st.sampled_from([text for text, _ in WORKED] + list("/-–,()?:*&\n.1aI")), max_size=6))
def test_never_raises_on_joined_headings(texts: list[str]) -> None:
    assert match_header(" ".join(texts)) in (*FIELDS, None)


def without_umlauts(text: str) -> str:
    return text.translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}))


@pytest.mark.parametrize("spelling", [str, str.upper, without_umlauts])
@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        " {} ",
        "{}:",
        "{} *",
        "{}\u00b9",
        "3. {}",
        "b) {}",
        "2.1 {}",
        "{} (bitte angeben)",
        "„{}“",
        "{}\n",
    ],
)
def test_what_people_add_does_not_matter(frame: str, spelling: Callable[[str], str]) -> None:
    # "TeilnehmerInnen" has its gender sign in the case; nobody numbers twice.
    headings = [
        (text, field)
        for text, field in HEADINGS
        if not (spelling is str.upper and "In" in text) and not (frame[0].isalnum() and text[0].isdigit())
    ]
    wrong = [(text, field) for text, field in headings if match_header(frame.format(spelling(text))) != field]
    assert wrong == []


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=9, max_size=20))
def test_an_unknown_word_after_a_heading_makes_it_data(word: str) -> None:
    assert match_header(f"Amt für xq{word}") is None


@pytest.mark.parametrize(
    ("text", "field"),
    [("Zielgrupe", "target_groups"), ("Beshreibung", "description"), ("Bemerkugnen", "remarks")],
)
def test_one_slip_in_a_long_word_is_understood(text: str, field: str) -> None:
    assert match_header(text) == field


@pytest.mark.parametrize("text", ["Abt", "Aml", "Zeil", "Endo", "Seite", "Kontrast"])
def test_short_or_other_words_are_not_taken_for_slips(text: str) -> None:
    assert match_header(text) in (None, "office" if text == "Abt" else None)


def test_a_survey_adds_its_own_spelling(tmp_path: Path) -> None:
    (tmp_path / "headers.csv").write_text("text,field\nBaustein,title\nKosten,remarks\n", encoding="utf-8")
    codes = read_codes(tmp_path)
    assert match_header("Baustein") is None
    assert match_header("Bausteine", codes) == "title"
    assert match_header("Beginn des Bausteins", codes) == "start"
    assert match_header("Kosten", codes) == "remarks"


def test_the_list_names_only_known_fields() -> None:
    fields = {row["field"].rstrip("*") for row in package_codes()["headers"]}
    assert fields == {*FIELDS, ""}
