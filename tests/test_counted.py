"""Numbers that carry their rows: arithmetic, marks in a text, and texts of returns that would like to be marks."""

import copy
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from surveys import make_survey

from analysis import findings
from analysis.findings import Finding
from analysis.publish.cited import CITED, cited_markdown, read_cited
from analysis.publish.counted import Cited, Counted, Evidence, Listed, Row, collecting, count_of, shorten
from analysis.publish.evidence_markup import evidence_section
from analysis.publish.german import (
    NBSP,
    capitalize_first,
    count_noun,
    format_number,
    format_percent,
    format_share,
    number_word,
    part_of,
)
from analysis.publish.prose_markup import ProseRenderer


def counted(*names: str) -> Counted:
    return Counted(len(names), lambda: shorten("Ding", [Row(name) for name in names]))


def names_of(number: int) -> list[str]:
    assert isinstance(number, Counted)
    return [row.what for row in number.evidence().rows]


def test_a_counted_number_is_a_number():
    number = counted("a", "b")
    assert (number, number * 2, number / 4, f"{number}", hash(number)) == (2, 4, 0.5, "2", hash(2))
    assert type(copy.deepcopy(number)) is int


def test_sums_join_the_rows_and_differences_leave_the_others():
    first, second = counted("a", "b"), counted("c")
    assert names_of(first + second) == ["a", "b", "c"]
    assert names_of(sum([first, second])) == ["a", "b", "c"]
    assert names_of(first + second - counted("b")) == ["a", "c"]
    assert names_of(first + 0) == names_of(0 + first) == names_of(first - 0) == ["a", "b"]
    assert type(first + 3) is type(first - 1) is type(3 + first) is int


def test_a_number_that_its_rows_do_not_bear_out_is_an_error():
    with pytest.raises(ValueError, match="2 rows of evidence for the number 3"):
        Counted(3, lambda: shorten("Ding", [Row("a"), Row("b")])).evidence()
    with pytest.raises(ValueError, match="3 rows of evidence for the number 1"):
        (counted("a", "b", "c") - counted("x", "y")).evidence()


def test_names_bring_the_number_of_what_they_name():
    assert count_of(("a", "b")) == 2
    listed = Listed(["a"], counted("a"))
    assert (listed, names_of(count_of(listed))) == (("a",), ["a"])


@pytest.mark.parametrize(
    ("tell", "expected"),
    [
        (lambda n: number_word(n(3)), "<drei>"),
        (lambda n: number_word(n(13)), "<13>"),
        (lambda n: format_number(n(1234)), "<1.234>"),
        (lambda n: format_share(n(1), n(2)), "<1> von <2>"),
        (lambda n: format_percent(n(1), n(2)), f"<50{NBSP}%>"),
        (lambda n: format_percent(n(1), n(1000)), f"<unter 1{NBSP}%>"),
        (lambda n: count_noun(n(1), "Nennung", "Nennungen"), "<eine> Nennung"),
        (lambda n: count_noun(n(2), "Nennung", "Nennungen"), "<zwei> Nennungen"),
        (lambda n: count_noun(n(0), "Nennung", "Nennungen"), "keine Nennungen"),
        (lambda n: part_of(n(2), n(7), "Nennung", "Nennungen"), "<zwei> von <sieben> Nennungen"),
        (lambda n: part_of(n(1), n(7), "Nennung", "Nennungen"), "<einer> von <sieben> Nennungen"),
        (lambda n: part_of(n(0), n(7), "Nennung", "Nennungen"), "keiner der <sieben> Nennungen"),
        (lambda n: part_of(n(0), n(2), "Nennung", "Nennungen"), "keiner der <beiden> Nennungen"),
        (lambda n: part_of(n(2), n(2), "Nennung", "Nennungen"), "<beiden> Nennungen"),
        (lambda n: part_of(n(7), n(7), "Nennung", "Nennungen"), "allen <sieben> Nennungen"),
        (lambda n: part_of(n(1), n(1), "Nennung", "Nennungen"), "<der einen> Nennung"),
        (lambda n: part_of(n(0), n(1), "Nennung", "Nennungen"), "keiner Nennung"),
        (lambda n: capitalize_first(number_word(n(3))), "<Drei>"),
        (lambda n: capitalize_first(f"die {number_word(n(3))}"), "Die <drei>"),
    ],
)
def test_each_way_to_print_a_number_marks_it_while_numbers_are_collected(tell, expected):
    def with_rows(value: int) -> Counted:
        return Counted(value, lambda: shorten("Ding", [Row("a", count=value)]))

    plain = tell(with_rows)
    assert plain == tell(int) == expected.replace("<", "").replace(">", "")
    with collecting(plain) as found:
        text, *parts = tell(with_rows).split(found.mark)
    for i in range(0, len(parts), 3):
        text += f"<{parts[i + 1]}>{parts[i + 2]}"
    assert text == expected
    assert [int(number) for number in found.numbers if number] == [
        int(found.numbers[int(i)]) for i in parts[0::3]
    ]


@dataclass(frozen=True)
class Told(Finding):
    """A finding with one number and a text of a return."""

    number: int
    text: str

    @property
    def sentence(self) -> str:
        return f"Genannt sind {number_word(self.number)} Dinge: {self.text}"


HOSTILE = [
    "\ue0000\ue000zwei\ue000",
    "".join(map(chr, range(0xE000, 0xE100))),
    "<script>alert(1)</script>",
    '<a class="cited" href="https://example.org">zwei</a>',
    "[zwei](#beleg-1)",
    "](#beleg-1) **fett** `x` | \\",
    "&lt;b&gt; \u202e &#x3c;script&#x3e;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_of_returns_stay_texts_beside_and_in_the_evidence(text):
    evidence = shorten(text, [Row(text, text, text, ((text, text),)), Row("b")])
    said = Told(Counted(2, lambda: evidence), text)
    bundle, _ = said._repr_mimebundle_()
    renderer = ProseRenderer()
    body = BeautifulSoup(renderer.markup(read_cited(bundle[CITED])), "html.parser")
    assert [tag.name for tag in body.find_all()] == ["p", "a", "span"]
    assert body.a["href"] == "#beleg-1"
    shown = body.get_text().replace(" (Beleg 1)", "")
    assert shown == f"Genannt sind zwei Dinge: {text.replace(chr(34), '“')}" or '"' in text
    section = BeautifulSoup(evidence_section(renderer.cited), "html.parser")
    assert {link["href"] for link in section.find_all("a")} == {"#belege-alle", "#beleg-1", "#zu-beleg-1"}
    assert section.find("script") is None
    assert [cell.get_text() for cell in section.select("tbody tr:first-child > *")][:4] == [text] * 4
    assert section.select_one("thead th").get_text() == text


def test_a_hostile_title_takes_no_link_from_the_numbers_of_its_sentence():
    def links(title: str) -> int:
        survey = make_survey({"I": "received"}, [{"dezernat": "I", "title": title, "start": (1990, 1990)}])
        bundle, _ = findings.state_oldest(survey)._repr_mimebundle_()
        return len(bundle[CITED]["markdown"].split(bundle[CITED]["mark"])) // 3

    assert {links(title) for title in HOSTILE} == {links("Treff")} == {2}


def test_a_text_without_numbers_of_its_own_cites_nothing():
    assert cited_markdown(lambda: "Es wurde keine Maßnahme genannt.") is None
    assert cited_markdown(lambda: f"{number_word(3)} {number_word(counted())}") is None


def test_the_same_rows_are_one_piece_of_evidence_and_an_age_has_its_places():
    age = Cited(20, counted("a", "b").evidence)
    cited = cited_markdown(lambda: f"{number_word(counted('a', 'b'))} sind {number_word(age)} Jahre alt")
    assert len(cited["evidence"]) == 1
    (paragraph,) = read_cited(cited)
    found = [token["attrs"] for token in paragraph["children"] if token["type"] == "cited"]
    assert [attrs["clause"] for attrs in found] == [
        ("", "zwei", " sind 20 Jahre alt"),
        ("zwei sind ", "20", " Jahre alt"),
    ]
    assert {type(attrs["evidence"]) for attrs in found} == {Evidence}


def test_an_output_that_somebody_cut_is_told_in_german():
    cited = cited_markdown(lambda: number_word(counted("a", "b")))
    for broken in (
        {},
        {**cited, "evidence": []},
        {**cited, "markdown": cited["markdown"][:-1]},
        {**cited, "mark": ""},
        {name: cited[name] for name in ("mark", "evidence")},
    ):
        with pytest.raises(ValueError, match="unvollständig"):
            read_cited(broken)
