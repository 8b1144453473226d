import csv
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import deviating

from analysis.codelists import package_codes, read_codes
from analysis.headers import match_header
from analysis.headers.glance import may_be_heading
from analysis.headers.matching import read_heading
from analysis.headers.text import _PLAIN, _split_any, _split_plain
from analysis.headers.words import compile_lexicon
from analysis.schema import FIELDS

DATA = Path(__file__).parent / "data"


def read_examples(name: str) -> list[tuple[str, str | None]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [
            (row["text"].replace("\\n", "\n"), row["field"] or None)
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


WORKED = read_examples("headers.tsv")
HELD_OUT = [
    example
    for name in ("headers_held_out.tsv", "headers_held_out3.tsv", "headers_examiner.tsv")
    for example in read_examples(name)
]
LEXICON = compile_lexicon(package_codes())
HEADINGS = [(text, field) for text, field in WORKED + HELD_OUT if field]


def test_worked_examples() -> None:
    assert deviating((text, match_header(text), field) for text, field in WORKED) == []


def test_held_out_examples() -> None:
    assert deviating((text, match_header(text), field) for text, field in HELD_OUT) == []


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


@settings(deadline=None)
@given(st.lists(st.sampled_from([text for text, _ in WORKED] + list("/-–,()?:*&\n.1aI")), max_size=6))
def test_never_raises_on_joined_headings(texts: list[str]) -> None:
    assert match_header(" ".join(texts)) in (*FIELDS, None)


# Whatever the rules might do with a text: signs of numbering, gender, footnotes, brackets, ranges, line ends.
PIECES = st.sampled_from(
    [
        *(word for text, _ in WORKED + HELD_OUT for word in text.split()),
        *(row["text"] for row in package_codes()["headers"]),
        *"/-–,()[]{}<>?？:;*&·•_!=+%.'„“#",
        *("\n", "-\n", " ", "  ", "\u00a0", "\u00ad", "\u200b", "¹", "²", "①", "（", "ﬁ", "ﷺ", "´"),
        *(
            "1",
            "12",
            "123",
            "2.1",
            "1.",
            "a)",
            "(a)",
            "2)",
            "iv.",
            "I",
            "IV",
            "VII",
            "OB",
            "bis",
            "Frage",
            "Spalte",
            "xyz:",
        ),
        *(
            "innen",
            "in",
            "/innen",
            "*in",
            "Innen",
            "(n)",
            "Z I E L",
            "Ziel",
            "gruppe",
            "Kinder",
            "Kalk",
            "2009",
        ),
    ]
)
JOINED = st.builds(
    lambda pieces, blank: blank.join(pieces), st.lists(PIECES, max_size=7), st.sampled_from(["", " ", " "])
)


def slipped(text: str) -> list[str]:
    return [text[:at] + text[at + 1 :] for at in range(1, len(text))] + [
        text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(len(text) - 1)
    ]


def test_the_glance_lets_pass_what_the_rules_understand() -> None:
    texts = [text for text, _ in WORKED + HELD_OUT] + [row["text"] for row in package_codes()["headers"]]
    texts += [slip for text, _ in WORKED for slip in slipped(text)]
    assert [t for t in texts if read_heading(t, LEXICON) and not may_be_heading(t, LEXICON)] == []


@settings(max_examples=1000, deadline=None)
@given(JOINED | st.text(max_size=80))
def test_the_glance_lets_pass_whatever_the_rules_understand(text: str) -> None:
    assert may_be_heading(text, LEXICON) or read_heading(text, LEXICON) is None


@pytest.mark.parametrize(
    "text",
    [
        "Jugendtreff Kalk 17",
        "seit 2009",
        "2009",
        "Kinder- und Jugendarbeit",
        "Das Projekt fördert die Teilhabe von Kindern im Stadtteil.",
        "Beginn " * 40,
    ],
)
def test_the_glance_spares_the_rules_most_data(text: str) -> None:
    assert not may_be_heading(text, LEXICON)


@given(
    st.lists(st.sampled_from([w for t, _ in WORKED + HELD_OUT for w in t.split()]), min_size=1, max_size=6)
)
def test_the_short_way_of_splitting_gives_what_the_long_one_gives(words: list[str]) -> None:
    text = " ".join(words)
    if _PLAIN.fullmatch(text):
        assert _split_plain(text) == _split_any(text)


@settings(deadline=None)
@given(st.sampled_from(WORKED + HELD_OUT), st.sampled_from(["NFC", "NFD"]), st.sampled_from(" \t\n\u00a0"))
def test_blanks_and_composed_letters_do_not_matter(
    example: tuple[str, str | None], form: str, blank: str
) -> None:
    text, field = example
    spelled = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    if "\n" not in text and "-" not in text:
        spelled = spelled.replace(" ", blank)
    assert match_header(f"{blank}{spelled}{blank}{blank}") == field


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


@pytest.mark.parametrize(
    ("text", "field"),
    [("Begin", "start"), ("Begin (Jahr)", "start"), ("Tittel", "title"), ("Veedell", "sozialraum")],
)
def test_a_short_word_may_lack_or_double_a_letter(text: str, field: str) -> None:
    assert match_header(text) == field


@pytest.mark.parametrize("text", ["Abt", "Aml", "Zeil", "Endo", "Seite", "Kontrast", "Spile", "Ammt"])
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
