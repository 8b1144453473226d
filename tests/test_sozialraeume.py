import csv
import itertools
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import deviating

from analysis.codelists import package_codes, read_codes
from analysis.sozialraeume import Place, Sozialraeume, parse_sozialraeume, places
from analysis.spelling import fold

STADTTEILE = {
    int(row["stadtteil_nr"]): (int(row["stadtbezirk_nr"]), row["stadtteil"])
    for row in package_codes()["stadtteile"]
}
STADTBEZIRKE = {int(row["stadtbezirk_nr"]): row["stadtbezirk"] for row in package_codes()["stadtteile"]}
NAMES = [name for _, name in STADTTEILE.values()] + list(STADTBEZIRKE.values())
BOTH = set(STADTBEZIRKE.values()) & {name for _, name in STADTTEILE.values()}
# Names that are German words too: in small letters they are asked about.
WORDS = {fold(row["text"]) for row in package_codes()["places"] if row["text"].islower()}


def read_examples(name: str) -> list[tuple[str, Sozialraeume]]:
    def numbers(text: str) -> tuple[int, ...]:
        return tuple(int(number) for number in text.split(";") if number)

    path = Path(__file__).parent / "data" / name
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (
                row["text"].replace("\\n", "\n"),
                Sozialraeume(
                    numbers(row["stadtteile"]),
                    numbers(row["stadtbezirke"]),
                    row["is_citywide"] == "x",
                    question=row["asks"] or None,
                    candidate=row.get("candidate") or None,
                ),
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


EXAMPLES = read_examples("sozialraeume_held_out.tsv")
MORE_EXAMPLES = read_examples("sozialraeume_held_out3.tsv") + read_examples("sozialraeume_examiner.tsv")


def answer_of(read: Sozialraeume) -> tuple[tuple[int, ...], tuple[int, ...], bool, bool]:
    return read.stadtteile, read.stadtbezirke, read.is_citywide, bool(read.question)


def test_held_out_examples() -> None:
    assert (
        deviating(
            (text, answer_of(parse_sozialraeume(text)), answer_of(expected))
            for text, expected in EXAMPLES + MORE_EXAMPLES
        )
        == []
    )


def test_candidates_of_held_out_examples() -> None:
    assert (
        deviating(
            (text, parse_sozialraeume(text).candidate, expected.candidate) for text, expected in EXAMPLES
        )
        == []
    )


@pytest.mark.parametrize("text", [None, "", " ", "\n", "–"])
def test_nothing_is_nothing(text: str | None) -> None:
    assert parse_sozialraeume(text) == Sozialraeume()


def test_a_stadtteil_brings_its_stadtbezirk_along() -> None:
    assert parse_sozialraeume("Kalk und Vingst") == Sozialraeume(
        stadtteile=(803,),
        stadtbezirke=(8,),
        matches=(Place(8, "Kalk", None, None, "Kalk"), Place(8, "Kalk", 803, "Vingst", "Vingst")),
    )


def test_the_stadtbezirk_before_the_hyphen_only_says_where() -> None:
    assert parse_sozialraeume("Porz-Wahn").matches == (Place(7, "Porz", 711, "Wahn", "Porz-Wahn"),)


def test_questions_say_what_to_do() -> None:
    assert parse_sozialraeume("Kalk, Westend, Hintertupfing").question == (
        "Bitte klären, welche Stadtteile oder Stadtbezirke gemeint sind mit "
        "„Westend“ (vermutlich Stadtteil Bickendorf) und „Hintertupfing“."
    )
    assert parse_sozialraeume("alle Bezirke außer Porz").question == (
        "Bitte klären, welche Orte gemeint sind; „alle Bezirke außer Porz“ schließt welche aus."
    )
    assert parse_sozialraeume("evtl. Kalk").question == (
        "Bitte klären, welche Orte feststehen; „evtl. Kalk“ lässt es offen."
    )
    assert (
        parse_sozialraeume("z. B. Kalk").question
        == "Bitte die Orte vollständig nennen; die Aufzählung ist offen."
    )


def test_every_stadtteil_in_every_spelling() -> None:
    for number, (stadtbezirk, name) in STADTTEILE.items():
        for spelled in spellings(name):
            found = parse_sozialraeume(f"Stadtteil {spelled}")
            if spelled.islower() and fold(spelled) in WORDS:
                assert found.candidate == f"Stadtteil {name}"
            else:
                gist = (found.stadtteile, found.stadtbezirke, found.question)
                assert gist == ((number,), (stadtbezirk,), None), spelled


@pytest.mark.parametrize("number", STADTBEZIRKE)
def test_every_stadtbezirk_in_every_spelling(number: int) -> None:
    for spelled in spellings(STADTBEZIRKE[number]):
        for text in (
            spelled,
            f"Bezirk {spelled}",
            f"Stadtbezirk {number}",
            f"{number}. Bezirk",
            f"Köln-{spelled}",
        ):
            found = parse_sozialraeume(text)
            assert (found.stadtteile, found.stadtbezirke, found.question) == ((), (number,), None), text


def spellings(name: str) -> set[str]:
    plain = name.translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}))
    separated = {
        text.replace("/", sign) for text in (name, plain) for sign in ("/", "-", " ", " / ", " - ", "–")
    }
    return {change(text) for text in separated for change in (str, str.lower, str.upper)}


@pytest.mark.parametrize("row", package_codes()["sozialraumgebiete"], ids=lambda row: row["sozialraumgebiet"])
def test_every_area_by_its_name(row) -> None:
    found = parse_sozialraeume(row["sozialraumgebiet"])
    assert found.stadtteile == tuple(sorted(int(number) for number in row["stadtteil_nrn"].split(";")))
    assert found.question is None


@given(
    st.lists(st.sampled_from(sorted(set(NAMES) - BOTH)), min_size=1, max_size=5),
    st.sampled_from([", ", "; ", "\n", " und "]),
)
def test_a_list_of_names_is_all_of_them(names: list[str], separator: str) -> None:
    single = [parse_sozialraeume(name) for name in names]
    found = parse_sozialraeume(separator.join(names))
    assert set(found.stadtteile) == set(itertools.chain.from_iterable(one.stadtteile for one in single))
    assert set(found.stadtbezirke) == set(itertools.chain.from_iterable(one.stadtbezirke for one in single))
    assert found.question is None


@given(
    st.lists(
        st.sampled_from(
            [*NAMES, *(row["text"] for row in package_codes()["places"]), "Vingst", "Westend", "Kalk"]
        ),
        min_size=1,
        max_size=5,
    ),
    st.lists(st.sampled_from([", ", ",", " , ", "; ", "\n", " und ", "/", " / "]), min_size=5, max_size=5),
)
def test_the_short_way_is_the_long_way(names: list[str], separators: list[str]) -> None:
    text = "".join(itertools.chain.from_iterable(zip(names, separators, strict=False))).rstrip(",;/ \n")
    short = parse_sozialraeume(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(places, "list_names", lambda *_: None)
        assert parse_sozialraeume(text) == short


PIECES = [
    *NAMES,
    "Stadtteil",
    "Bezirke",
    "8",
    "7 und 8",
    "905",
    "alle",
    "stadtweit",
    "außer",
    "Westend",
    "K-",
    "(",
    ")",
]


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from([*PIECES, ", ", "-", "/", " ", "\n", "weiß"])).map("".join)
)
def test_whatever_the_text_the_answer_is_sound(text: str) -> None:
    found = parse_sozialraeume(text)
    assert set(found.stadtteile) <= STADTTEILE.keys()
    assert set(found.stadtbezirke) <= STADTBEZIRKE.keys()
    assert {STADTTEILE[number][0] for number in found.stadtteile} <= set(found.stadtbezirke)
    assert {place.stadtbezirk_nr for place in found.matches} == set(found.stadtbezirke)
    assert {place.stadtteil_nr for place in found.matches} - {None} == set(found.stadtteile)
    assert all(place.matched_text and place.matched_text in text for place in found.matches)
    assert len({(place.stadtbezirk_nr, place.stadtteil_nr) for place in found.matches}) == len(found.matches)


TEXTS = st.lists(st.sampled_from([*PIECES, "z. B. ", "evtl. ", ", ", "-", "/", " ", "\n"]), max_size=8).map(
    "".join
)


def gist(found: Sozialraeume) -> tuple[tuple[int, ...], tuple[int, ...], bool, bool]:
    return found.stadtteile, found.stadtbezirke, found.is_citywide, found.question is None


@given(TEXTS)
def test_official_names_of_an_answer_are_that_answer(text: str) -> None:
    found = parse_sozialraeume(text)
    official = [
        f"Stadtteil {place.stadtteil}" if place.stadtteil else f"Stadtbezirk {place.stadtbezirk}"
        for place in found.matches
    ]
    again = parse_sozialraeume("; ".join(official + ["stadtweit"] * found.is_citywide))
    assert gist(again) == (found.stadtteile, found.stadtbezirke, found.is_citywide, True)


@given(TEXTS, st.sampled_from(["\u00a0", "\t", "  ", "\u2009"]))
def test_spelling_of_letters_and_blanks_does_not_matter(text: str, blank: str) -> None:
    found = gist(parse_sozialraeume(text))
    assert gist(parse_sozialraeume(unicodedata.normalize("NFD", text))) == found
    assert gist(parse_sozialraeume(text.replace(" ", blank))) == found
    assert gist(parse_sozialraeume(f"{blank}{text}{blank}")) == found


@pytest.mark.parametrize("invisible", ["\u00ad", "\u200b", "\u200e", "\u2060", "\ufeff"])
def test_invisible_letters_are_passed_over(invisible: str) -> None:
    found = parse_sozialraeume(f"{invisible}Mül{invisible}heim{invisible}, Vingst{invisible}")
    assert gist(found) == ((803,), (8, 9), False, True)
    assert found.matches[0].matched_text == f"Mül{invisible}heim"


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        ("Ehrenfled", "Stadtbezirk Ehrenfeld"),
        ("Kalk, alle Stadtteile", "stadtweit"),
        ("Sozialraumgebiet 6", None),
        ("HöVi-Land", "Stadtteil Höhenberg, Stadtteil Vingst"),
        ("Zoll.", None),  # too short to tell an abbreviation from a word
        ("Buchf./Buchh.", None),
    ],
)
def test_what_an_unclear_text_would_have_been_taken_for(text: str, candidate: str | None) -> None:
    found = parse_sozialraeume(text)
    assert found.candidate == candidate
    assert (found.question is None) == (text == "Buchf./Buchh.")


@pytest.mark.parametrize(
    "text",
    ["1. " * 10_000, "Kalk" + " " * 30_000 + "x", "ohne ," + " " * 30_000, "ohne " + ",(" * 15_000 + ")"],
    ids=["ordinals", "blanks", "blanks behind an exclusion", "brackets"],
)
def test_a_long_text_is_read_in_one_go(text: str) -> None:
    # Reading again and again from the middle would take minutes and end the run.
    assert parse_sozialraeume(text).question


def test_a_candidate_reads_back_as_the_places_of_its_row() -> None:
    for row in package_codes()["places"]:
        stadtteile = tuple(sorted(int(number) for number in row["stadtteil_nr"].split(";") if number))
        found = parse_sozialraeume(row["text"])
        if row["is_certain"] == "true":
            assert (found.stadtteile, found.question) == (stadtteile, None), row
            assert found.is_citywide == (not row["stadtbezirk_nr"]), row
        else:
            assert (found.matches, found.is_citywide) == ((), False), row
            assert found.question, row
            if stadtteile:
                assert parse_sozialraeume(found.candidate).stadtteile == stadtteile, row


def test_a_survey_adds_a_quarter_it_is_certain_of(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text(
        "text;stadtbezirk_nr;stadtteil_nr;is_certain\nWestend;4;403;true\n", encoding="cp1252"
    )
    found = parse_sozialraeume("Westend", read_codes(tmp_path))
    assert (found.stadtteile, found.stadtbezirke, found.question) == ((403,), (4,), None)


def test_an_exclusion_in_brackets_speaks_of_its_item_alone() -> None:
    answer = parse_sozialraeume("Buchheim, Dellbrück; Porz (ohne Poll)")
    assert (answer.stadtteile, answer.stadtbezirke) == ((903, 905), (9,))
    assert (
        answer.question == "Bitte klären, welche Orte gemeint sind; „Porz (ohne Poll)“ schließt welche aus."
    )


@pytest.mark.parametrize(
    "text", ["Buchheim, Porz, ohne Poll", "stadtweit; nicht in Kalk", "Buchheim (ohne Poll), Porz"]
)
def test_any_other_exclusion_leaves_all_of_the_cell_open(text: str) -> None:
    answer = parse_sozialraeume(text)
    assert (answer.matches, answer.is_citywide) == ((), False)
    assert answer.question is not None
