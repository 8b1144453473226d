import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.publish import german


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, None, "1.234,5"),
        (1234567, None, "1.234.567"),
        (5.0, None, "5"),
        (-3, None, "−3"),
        (0.1 + 0.2, 2, "0,30"),
        (2.5, 0, "3"),
        (1e6, None, "1.000.000"),
        (999.995, 2, "1.000,00"),
        (100, None, "100"),
        (1e30, 2, "1" + ".000" * 10 + ",00"),
    ],
)
def test_numbers(value, decimals, text):
    assert german.format_number(value, decimals) == text


def test_dates():
    assert german.format_date(datetime.date(2014, 2, 6)) == "06.02.2014"
    assert german.format_long_date(datetime.date(2014, 2, 6)) == "6.\u00a0Februar 2014"


def test_percent_never_rounds_to_none_or_all():
    assert german.format_percent(9, 22) == "41\u00a0%"
    assert german.format_percent(1, 1000) == "unter 1\u00a0%"
    assert german.format_percent(999, 1000) == "über 99\u00a0%"
    assert german.format_percent(0, 7) == "0\u00a0%"
    assert german.format_percent(7, 7) == "100\u00a0%"
    with pytest.raises(ValueError, match="no share of 0"):
        german.format_percent(0, 0)


def test_number_words_up_to_zwoelf():
    assert [german.number_word(n) for n in (0, 1, 2, 12, 13, 1234)] == [
        "null",
        "eins",
        "zwei",
        "zwölf",
        "13",
        "1.234",
    ]


@pytest.mark.parametrize(
    ("count", "case", "text"),
    [
        (0, "nominative", "keine Dezernate"),
        (1, "nominative", "ein Dezernat"),
        (1, "dative", "einem Dezernat"),
        (2, "dative", "zwei Dezernaten"),
        (0, "dative", "keinen Dezernaten"),
        (13, "accusative", "13 Dezernate"),
    ],
)
def test_counted_nouns(count, case, text):
    assert german.count_noun(count, "Dezernat", "Dezernate", gender="n", case=case) == text


def test_the_gender_is_known_from_the_ending_or_asked_for():
    assert german.count_noun(1, "Nennung", "Nennungen") == "eine Nennung"
    assert german.count_noun(1, "Möglichkeit", "Möglichkeiten", case="dative") == "einer Möglichkeit"
    with pytest.raises(ValueError, match="pass gender="):
        german.count_noun(1, "Amt", "Ämter")


@pytest.mark.parametrize(
    ("count", "whole", "text"),
    [
        (0, 7, "keinem der sieben Dezernate"),
        (1, 7, "einem von sieben Dezernaten"),
        (2, 7, "zwei von sieben Dezernaten"),
        (7, 7, "allen sieben Dezernaten"),
        (2, 2, "beiden Dezernaten"),
        (0, 2, "keinem der beiden Dezernate"),
        (1, 1, "dem einen Dezernat"),
        (0, 1, "keinem Dezernat"),
        (20, 24, "20 von 24 Dezernaten"),
        (24, 24, "allen 24 Dezernaten"),
    ],
)
def test_parts_of_a_whole(count, whole, text):
    assert german.part_of(count, whole, "Dezernat", "Dezernate", gender="n") == text


@pytest.mark.parametrize(
    ("gender", "case", "one", "none"),
    [
        ("f", "nominative", "eine von drei", "keine der drei"),
        ("m", "nominative", "einer von drei", "keiner der drei"),
        ("n", "nominative", "eines von drei", "keines der drei"),
        ("m", "accusative", "einen von drei", "keinen der drei"),
        ("f", "dative", "einer von drei", "keiner der drei"),
    ],
)
def test_parts_follow_gender_and_case(gender, case, one, none):
    assert german.part_of(1, 3, "x", "xn", gender=gender, case=case) == f"{one} xn"
    assert german.part_of(0, 3, "x", "xn", gender=gender, case=case) == f"{none} xn"


def test_all_of_them_in_the_nominative():
    assert (
        german.part_of(7, 7, "Dezernat", "Dezernate", gender="n", case="nominative")
        == "alle sieben Dezernate"
    )


@pytest.mark.parametrize(("count", "whole"), [(3, 2), (-1, 2), (0, 0)])
def test_a_part_is_no_larger_than_its_whole(count, whole):
    with pytest.raises(ValueError, match="cannot be a part"):
        german.part_of(count, whole, "Nennung", "Nennungen")


def test_lists_verbs_capitals_quotations():
    assert german.join_words(["a"]) == "a"
    assert german.join_words(["a", "b", "c"]) == "a, b und c"
    assert german.join_words(["a", "b"], "oder") == "a oder b"
    assert german.agree(1, "nennt", "nennen") == "nennt"
    assert german.agree(0, "nennt", "nennen") == "nennen"
    assert german.capitalize_first("in zwei Ämtern") == "In zwei Ämtern"
    assert german.quote("das „Veedel“") == "„das ‚Veedel‘“"


@given(st.integers(0, 300), st.integers(1, 300))
def test_every_part_is_a_phrase_without_gaps(count, whole):
    if count <= whole:
        phrase = german.part_of(count, whole, "Nennung", "Nennungen")
        assert phrase.split() == phrase.split(" ")
        assert "Nennung" in phrase


@example(1e300)
@example(-5e-324)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_can_be_read_back(value):
    text = german.format_number(value)
    assert float(text.replace(".", "").replace(",", ".").replace("−", "-")) == value
