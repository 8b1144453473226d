"""Hints from the words of a text: whatever they rule out, the rules rule out too."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codelists import package_codes
from analysis.headers import match_header
from analysis.returns import answers
from analysis.returns.hints import (
    IS_NO_HEADING,
    MAY_BE_TEMPLATE,
    MAY_NAME_PERSON,
    SAYS_SOMETHING,
    hints_of,
)
from analysis.returns.privacy import redact_slowly
from analysis.returns.tables import is_name_heading
from analysis.start_years import is_reference, rules_out_reference

CODES = package_codes()
HINTS = hints_of(CODES)


def read_texts(name: str) -> list[str]:
    with (Path(__file__).parent / "data" / name).open(encoding="utf-8", newline="") as file:
        return [
            next(iter(row.values())) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


CONTACTS = read_texts("privacy.tsv")
HEADINGS = read_texts("headers.tsv") + read_texts("headers_held_out.tsv")
LISTED = [row["text"] for name in ("answers", "headers", "target_group_words") for row in CODES[name]]
WORDS = sorted(
    {
        *(word for text in (*CONTACTS, *LISTED) for word in text.split()),
        *(
            "z. B.",
            "(z.B.",
            "Bitte",
            "hier",
            "xxx",
            "2009",
            "12",
            "0221",
            "221-12345",
            "01.04.2009",
            "1994/95",
        ),
        *(
            "?",
            "-",
            "…",
            "(",
            ")",
            "k.",
            "A.",
            "s.",
            "o.",
            "siehe",
            "oben",
            "dto.",
            "dito",
            "wie",
            "vor",
            "\u201e",
            '"',
            "...",
            "Nr.",
            "Sozial-",
            "Frage",
            "Spalte",
            "\u200bk.",
            "A" * 300,
        ),
    }
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join),
    st.sampled_from(CONTACTS + LISTED),
    st.text(max_size=30),
)


@settings(max_examples=2000, deadline=None)
@given(TEXTS)
def test_the_rules_rule_out_whatever_a_hint_rules_out(text: str) -> None:
    hints = HINTS.of(text)
    if hints & IS_NO_HEADING:
        assert match_header(text, CODES) is None
        assert not is_name_heading(text)
    if hints & SAYS_SOMETHING:
        assert not answers.is_nil(text, CODES)
    if not hints & MAY_BE_TEMPLATE:
        assert not answers.may_be_template(text)
        assert not answers.is_template(text)
    if not hints & MAY_NAME_PERSON:
        assert redact_slowly(text) == text


@pytest.mark.parametrize(
    "text", ["name", "namen", "vorname", "nachname", "Name, Vorname", "* Vorname, Name:"]
)
def test_the_names_of_persons_may_be_headings(text: str) -> None:
    assert is_name_heading(text)
    assert not HINTS.of(text) & IS_NO_HEADING


@pytest.mark.parametrize("number", ["0", "2009", "-5", "1e+20", "2009-04-01"])
def test_numbers_are_no_headings_and_say_something(number: str) -> None:
    assert HINTS.of_number == IS_NO_HEADING | SAYS_SOMETHING
    assert match_header(number, CODES) is None
    assert not answers.is_nil(number, CODES)
    assert not answers.may_be_template(number)


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("Sprachkurs in Kalk seit 2009", IS_NO_HEADING | SAYS_SOMETHING),
        ("01.04.2009", IS_NO_HEADING | SAYS_SOMETHING),
        ("Zielgruppe", SAYS_SOMETHING),
        ("k. A.", 0),
        ("Frau Hansen", IS_NO_HEADING | SAYS_SOMETHING | MAY_NAME_PERSON),
        ("Kochkurs in Kalk für z. B. Familien", IS_NO_HEADING | SAYS_SOMETHING | MAY_BE_TEMPLATE),
    ],
)
def test_most_texts_need_not_be_asked(text: str, hints: int) -> None:
    assert HINTS.of(text) & (IS_NO_HEADING | SAYS_SOMETHING | MAY_BE_TEMPLATE | MAY_NAME_PERSON) == hints


@settings(max_examples=1000, deadline=None)
@given(TEXTS)
def test_no_reference_has_a_beginning_that_rules_it_out(text: str) -> None:
    if rules_out_reference(text.partition(" ")[0]):
        assert not is_reference(text)


@pytest.mark.parametrize(
    ("text", "is_ruled_out"), [("Kalk", True), ("2009", True), ("s.", False), ("\u00a8", False)]
)
def test_most_beginnings_rule_out_a_reference(text: str, is_ruled_out: bool) -> None:
    assert rules_out_reference(text) is is_ruled_out
