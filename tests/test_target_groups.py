"""What departments write under "Zielgruppe", and what the parser makes of it."""

import csv
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tables import deviating

from analysis.codelists import CodeLists, package_codes, read_codes
from analysis.problems import InputError
from analysis.target_groups import TargetGroups, parse_target_groups
from analysis.target_groups.parts import read_parts
from analysis.target_groups.reading import read_tokens
from analysis.target_groups.tokens import tokenise
from analysis.target_groups.vocabulary import compile_words

DATA = Path(__file__).parent / "data"
CODES = [row["code"] for row in package_codes()["target_groups"]]
WORDS = [row["text"].strip("-") for row in package_codes()["target_group_words"]]


def examples(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def answer_to(text: str) -> tuple[set[str], bool]:
    """The groups that the text names, and whether something is asked."""
    read = parse_target_groups(text)
    return set(read.codes), read.question is not None


def test_worked_examples() -> None:
    assert (
        deviating(
            (text, answer_to(text), (set(groups.split(";")), groups == "unklar"))
            for text, groups in examples("target_groups.tsv")
        )
        == []
    )


@pytest.mark.parametrize(
    "table", ["target_groups_more.tsv", "target_groups_held_out3.tsv", "target_groups_examiner.tsv"]
)
def test_more_examples(table: str) -> None:
    assert (
        deviating(
            (text, answer_to(text.replace("\\n", "\n")), (set(groups.split(";")), asks == "yes"))
            for text, groups, asks in examples(table)
        )
        == []
    )


@pytest.mark.parametrize("text", [None, "", "  \n ", "-", "k.A."])
def test_no_answer(text: str | None) -> None:
    assert parse_target_groups(text) == TargetGroups(("keine_angabe",))


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("Eltern, Kinder (6-10 J.)", (("eltern_familien", "Eltern"), ("kinder", "Kinder"))),
        *((f"für {word}", (("schueler", word),)) for word in ("Schüler / innen", "Schüler•innen", "Schüler(innen)")),
        ("Haupt- und Realschüler*innen", (("schueler", "Haupt"),)),
        ("12 - 17 J.; Migranten- und Flüchtlingsfamilien",
         (("jugendliche", "12 - 17 J."), ("migration", "Migranten"), ("eltern_familien", "Migranten"),
          ("gefluechtete", "Flüchtlingsfamilien"))),
        ("Kunden vom Jobcenter", (("arbeitslose", "Kunden vom Jobcenter"),)),
    ],
)  # fmt: skip
def test_matches_are_the_words_that_named_the_group(text: str, matches: tuple[tuple[str, str], ...]) -> None:
    assert parse_target_groups(text).matches == matches


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("verschiedene", "Welche Zielgruppe ist mit „verschiedene“ gemeint?"),
        ("Kinder, Imker", "Welche Zielgruppe ist mit „Imker“ gemeint?"),
        ("Imker, Kinder und Angler", "Welche Zielgruppen sind mit „Imker“ und „Angler“ gemeint?"),
        ("Kinder- und Jugendarbeit", "Welche Zielgruppe ist mit „Kinder- und Jugendarbeit“ gemeint?"),
        ("Roma-Familien", "Welche Zielgruppe ist mit „Roma“ gemeint?"),
        ("Kinder mit Förderbedarf", "Welche Zielgruppe ist mit „Förderbedarf“ gemeint?"),
        ("alle außer Kinder", "Für wen gilt das Angebot, wenn es „Kinder“ ausschließt?"),
        ("Jugentliche", "Ist mit „Jugentliche“ „Jugendliche“ gemeint?"),
        ("Kinder ohne Behinderung und Eltern", "Welche Zielgruppe ist mit „Eltern“ gemeint?"),
    ],
)
def test_question_names_what_was_not_understood(text: str, question: str) -> None:
    assert parse_target_groups(text).question == question


def test_long_text_is_shortened_in_the_question() -> None:
    question = parse_target_groups("Wölkchen " * 200).question
    assert question is not None
    assert len(question) < 150


FORMS = [
    "{0}/innen", "{0}/-innen", "{0}/ -innen", "{0} / innen", "{0}*innen", "{0} * innen", "{0}:innen", "{0}_innen",
    "{0}·innen", "{0}•innen", "{0}(innen)", "{0} (innen)", "{0}Innen", "{0}innen", "{0}lnnen", "{0}1nnen", "{0}!nnen",
    "{0}|nnen", "{0}-innen", "{0}/in", "{0}*in", "{0}(in)", "{0}innen und {0}", "{0} und {0}innen", "{0}/{0}innen",
    "{0}innen / {0}", "{0} sowie {0}innen", "{0} u. {0}innen", "{0}\u00adinnen",
]  # fmt: skip
GENDERED = [
    "Schüler", "Grundschüler", "Senior", "Migrant", "Bürger", "Mitbürger", "Mieter", "Rentner", "Student", "Lehrer",
    "Rollstuhlfahrer", "Erzieher", "Einwohner", "Asylbewerber", "Händler", "Multiplikator", "Ehrenamtler", "Flüchtling",
    "Ausländer", "Mitarbeiter", "Schulabgänger", "Unternehmer",
]  # fmt: skip


@pytest.mark.parametrize("word", GENDERED)
def test_every_gender_form_names_the_same_groups(word: str) -> None:
    expected = parse_target_groups(word)
    assert expected.question is None
    for form in FORMS:
        for text in (form.format(word), form.format(word).upper()):
            read = parse_target_groups(text)
            assert (text, read.codes, read.question) == (text, expected.codes, None)


def test_umlauts_may_be_two_letters_or_combining() -> None:
    for text in ("Mädchen und Gehörlose", "Maedchen und Gehoerlose", "Ma\u0308dchen und Geho\u0308rlose"):
        assert parse_target_groups(text).codes == ("frauen_maedchen", "menschen_mit_behinderung")


def extended(folder: Path, rows: str) -> CodeLists:
    (folder / "target_group_words.csv").write_text(rows, encoding="utf-8")
    return read_codes(folder)


def test_analysts_can_add_words(tmp_path: Path) -> None:
    assert parse_target_groups("Imker und Kinder").question is not None
    codes = extended(
        tmp_path, 'text;codes\nImker;unternehmen\n-Lotse;ehrenamtliche\n"Sinti und Roma";migration\n'
    )
    read = parse_target_groups("Imkerinnen und Imker, Stadtteillotsen, Sinti & Roma", codes)
    assert read == TargetGroups(
        ("unternehmen", "ehrenamtliche", "migration"),
        (("unternehmen", "Imkerinnen"), ("ehrenamtliche", "Stadtteillotsen"), ("migration", "Sinti & Roma")),
    )


def test_word_with_unknown_code_is_one_clear_line(tmp_path: Path) -> None:
    codes = extended(tmp_path, "text;codes\nImker;bienen\n")
    with pytest.raises(InputError, match="„Imker“ nennt die Zielgruppe „bienen“"):
        parse_target_groups("Imker", codes)


def test_every_target_group_has_a_word() -> None:
    named = {code for row in package_codes()["target_group_words"] for code in row["codes"].split(";")}
    assert set(CODES) <= named


pieces = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(
        [
            "0-3 Jahre",
            "U25",
            "60+",
            "ab 6",
            "Kinder-",
            "außer",
            "nicht",
            "mit und ohne",
            "(",
            ")",
            "1.",
            "Xyz",
        ]
    ),
    st.text(max_size=8),
)
texts = st.lists(
    st.tuples(pieces, st.sampled_from([" ", ", ", " und ", "/", "\n", "-", "; ", ""])), max_size=8
).map(lambda parts: "".join(word + mark for word, mark in parts))


@given(st.one_of(st.text(), texts))
@example("Kinder-")
@example("(" * 200)
@example("a" * 5000)
@example("-innen/innen")
def test_never_raises_and_keeps_its_promises(text: str) -> None:
    read = parse_target_groups(text)
    assert set(read.codes) <= set(CODES)
    assert len(set(read.codes)) == len(read.codes) > 0
    assert all(code in read.codes and piece and piece in text for code, piece in read.matches)
    named = [code for code in read.codes if code not in ("keine_angabe", "unklar")]
    assert [code for code, _ in read.matches] == named
    assert read.codes in (("keine_angabe",), ("unklar",)) or named == list(read.codes)
    assert read.question is not None or read.codes != ("unklar",)
    assert read == parse_target_groups(text)


EXAMPLES = [
    text.replace("\\n", "\n")
    for name in (
        "target_groups.tsv",
        "target_groups_more.tsv",
        "target_groups_held_out3.tsv",
        "target_groups_examiner.tsv",
    )
    for text, *_ in examples(name)
]
LABELS = {row["code"]: row["label"] for row in package_codes()["target_groups"]}


@pytest.mark.parametrize(
    "rewrite",
    [
        pytest.param(lambda text: unicodedata.normalize("NFD", text), id="letters and accents apart"),
        pytest.param(lambda text: text.replace(" ", "  "), id="two blanks"),
        pytest.param(lambda text: text.replace(" ", "\u00a0"), id="fixed blanks"),
        pytest.param(lambda text: text.replace(" ", "\t"), id="tabs"),
        pytest.param(lambda text: f"\n {text} \n", id="blanks around"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(lambda text: text.replace("; ", "\n"), id="lines for semicolons"),
        pytest.param(lambda text: text.replace(", ", ",\n"), id="lines after commas"),
        pytest.param(lambda text: text.replace(" und ", "\nund "), id="lines before und"),
        pytest.param(lambda text: text.replace(" mit ", "\nmit "), id="lines before mit"),
        pytest.param(lambda text: f"{text}.", id="full stop"),
    ],
)
def test_blanks_lines_and_accents_change_nothing(rewrite: Callable[[str], str]) -> None:
    for text in EXAMPLES:
        before, after = parse_target_groups(text), parse_target_groups(rewrite(text))
        assert (text, after.codes, after.question is None) == (text, before.codes, before.question is None)


@given(st.lists(st.sampled_from(sorted(set(CODES) - {"keine_angabe", "unklar"})), min_size=1, unique=True))
def test_the_labels_of_groups_name_them(codes: list[str]) -> None:
    for joiner in (", ", "; ", "\n", " sowie "):
        read = parse_target_groups(joiner.join(LABELS[code] for code in codes))
        assert (set(read.codes), read.question) == (set(codes), None)


GROUPS = [
    "Kinder", "Jungen", "Familien", "Eltern", "Bürger", "alle Bewohner", "Menschen mit Behinderung", "Schüler/innen",
    "Seniorinnen und Senioren", "Menschen mit und ohne Behinderung", "Kinder- und Jugendliche", "Kinder-",
    "Jung und Alt", "junge Menschen", "Eltern von Kindern", "Lehrer an Schulen", "Kinder im Schulalter", "Imker",
    "straffällige", "zwei",
]  # fmt: skip
MODIFIERS = ["für ", "auch ", "behinderte ", "mit ", "ohne ", "in ", "alle ", "nicht ", "bis ", "Klassen "]
AGES = [
    "", "", "", " ab 6 Jahren", " im Alter von 6 bis 14 Jahren", " im Alter von 60 Jahren", " Ü60", " 60+", " 12+",
    " (6-10 J.)", " ab 60-70", " bis 18", " unter 6", " zwischen 6 und 10 Jahren", " ab sechs Jahren", " Klasse 6",
    " ab 60", " im Schulalter von 6 Jahren", " Alter  von 6 Jahren", " 6", " von 6 bis 10 Jahren und älter", " [6-10]",
]  # fmt: skip
JOINERS = [
    " und ", " sowie ", " oder ", " & ", "/", " / ", ", ", "; ", "\n", " \n", "\nund ", " und\n", "  und ", " + ",
]  # fmt: skip
answers = st.lists(
    st.tuples(
        st.sampled_from(["", "", "", *MODIFIERS]),
        st.one_of(st.sampled_from(GROUPS), st.sampled_from(WORDS)),
        st.sampled_from(["", "", "", "innen", "/innen", "*innen"]),
        st.sampled_from(AGES),
        st.sampled_from(JOINERS),
    ),
    min_size=1,
    max_size=4,
).map(lambda pieces: "".join(map("".join, pieces)).removesuffix(pieces[-1][-1]))


def assert_both_ways_agree(text: str) -> bool:
    """Whether the short way told anything; it must be what the long way tells."""
    lexicon = compile_words(package_codes())
    short = read_parts(text, lexicon)
    if short:
        long = read_tokens(text, tokenise(text), lexicon)
        assert (text, short, long.question()) == (text, long.places(), None)
    return bool(short)


@given(st.one_of(texts, answers, st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=4).map(", ".join)))
@example("Bürger\nmit Behinderung")
@example("Bürgerinnen, und Bürger mit Behinderung")
@example("Menschen mit körperlicher, geistiger Behinderung")
@example("Familien mit kleinen, behinderten Kindern")
@example("Senioren außer Kinder, Frauen")
@example("Fachkräfte in Kitas, und Schulen")
@example("Jugendliche bis 27\nbis 27")
@example("Eltern, ab 60-70")
@example("Kinder ab 60 \nKlasse")
@example("Kinder ab 60 Jahren und älter")
@example("Senioren ab 60 und bis 70 Jahre")
@example("Jungen und Alte")
@example("Kinder und u. a. Eltern")
@example("Eltern von Kindern und Jugendlichen ab 6")
@example("Bürgerinnen und Bürger und Senioren")
@example("junge Menschen und junge Menschen ab 14 Jahren")
@example("Straffällige Ü60")
@example("Kinder im Schulalter von 6 Jahren")
@example("Bürgerinnen und Bürger mit Behinderung")
@example("alle Bürger 12+ und Eltern")
@example("Bürger und ä. mit Behinderung")
@example("Menschen ab 60 Jahren und mehr Eltern")
@settings(max_examples=500)
def test_the_short_way_leads_where_the_long_one_does(text: str) -> None:
    assert_both_ways_agree(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kinder und Familien ab 17 Jahren",
        "Menschen mit Behinderung und Seniorinnen und Senioren im Alter von 6 bis 14 Jahren",
        "Väter, Mütter sowie Großeltern (6-10 J.)",
        "Jungen und Eltern von 3 bis 9 Jahren oder Mädchen unter 6 Jahren/pflegende Angehörige Ü60",
        "Menschen mit und ohne Behinderung & Kinder- und Jugendliche 12-17 J.",
    ],
)
def test_the_short_way_tells_of_plain_answers(text: str) -> None:
    assert assert_both_ways_agree(text)


@pytest.mark.long
@settings(max_examples=30_000)
@given(answers)
def test_the_short_way_leads_where_the_long_one_does_on_many_texts(text: str) -> None:
    assert_both_ways_agree(text)


PARTS = [
    "Kinder", "Jugendliche", "Schüler/innen", "Familien mit Kindern", "60+", "MmB", "alle Bewohner", "Kitas",
         "Menschen mit Demenz", "junge Mütter", "Lehrkräfte", "Migrantenfamilien", "k. A.", "Imker", "18-27-Jährige",
]  # fmt: skip


@given(st.permutations(PARTS).map(lambda parts: parts[:5]))
def test_order_of_parts_does_not_matter(parts: list[str]) -> None:
    forwards = parse_target_groups(", ".join(parts))
    backwards = parse_target_groups(", ".join(reversed(parts)))
    assert set(forwards.codes) == set(backwards.codes)
    assert set().union(*(parse_target_groups(part).codes for part in parts)) - {
        "keine_angabe",
        "unklar",
    } <= set(forwards.codes)
