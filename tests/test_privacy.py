import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tables import deviating

from analysis.returns.privacy import CONTACT, redact, redact_names, redact_slowly

DATA = Path(__file__).parent / "data"


def read_examples() -> list[tuple[str, str]]:
    with (DATA / "privacy.tsv").open(encoding="utf-8", newline="") as file:
        return [
            tuple(
                row[column].replace("\\n", "\n").replace("\\u00a0", "\u00a0")
                for column in ("text", "expected")
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


EXAMPLES = read_examples()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Frau Müller", "[Kontakt]"),
        ("Amt 51, Herr Dr. von der Heide, Tel. 0221/221-12345", "Amt 51, [Kontakt]"),
        ("max.muster@stadt-koeln.de", "[Kontakt]"),
        ("mueller@stadt-koeln.de", "[Kontakt]"),
        ("seniorenamt@stadt-koeln.de", "seniorenamt@stadt-koeln.de"),
        ("info@verein.de", "info@verein.de"),
        ("Ansprechpartnerin: Erika Muster, 221-98765", "Ansprechpartnerin: [Kontakt]"),
        ("0221 / 221 - 98765", "[Kontakt]"),
        ("+49 221 98765-0", "[Kontakt]"),
        ("Erika Muster (0221 221-98765)", "[Kontakt] ([Kontakt])"),
        ("Rückfragen an Frau Beispielmeier, Tel. 0221 000-0188", "Rückfragen an [Kontakt]"),
        ("Dr. Erika von Muster", "[Kontakt]"),
        ("FRAU DR. MUSTER", "[Kontakt]"),
        ("FRAU UND BERUF", "FRAU UND BERUF"),
        ("Gez. Muster", "Gez. [Kontakt]"),
        ("erika.muster [at] stadt-koeln [dot] de", "[Kontakt]"),
        ("erika.muster@mail.stadt-koeln.de", "[Kontakt]"),
        ("Projektleitung: Erika Muster", "Projektleitung: [Kontakt]"),
        ("Leitung: Sportamt", "Leitung: Sportamt"),
        ("Projektleitung Soziale Stadt", "Projektleitung Soziale Stadt"),
        ("Dr. Ernst-Muster-Straße 4", "Dr. Ernst-Muster-Straße 4"),
        ("Bürgerhaus Kalk, Tel. 0221 9876543", "Bürgerhaus Kalk, [Kontakt]"),
        ("Mobil 2010", "Mobil 2010"),
        ("2007-2013", "2007-2013"),
        ("01.08.2009", "01.08.2009"),
        ("Vorlage 0123/2013", "Vorlage 0123/2013"),
        ("Frauen und Mädchen", "Frauen und Mädchen"),
        ("Frau und Beruf", "Frau und Beruf"),
        ("12 Stadtteile 2002, 66 Netzwerke 2022", "12 Stadtteile 2002, 66 Netzwerke 2022"),
    ],
)
def test_personal_data_is_replaced(text: str, expected: str) -> None:
    assert redact(text) == expected


def test_persons_are_told_from_what_is_named_after_them() -> None:
    assert deviating((text, redact(text), expected) for text, expected in EXAMPLES) == []


def test_there_are_enough_examples_of_both() -> None:
    kept = sum(text == expected for text, expected in EXAMPLES)
    assert kept >= 60
    assert len(EXAMPLES) - kept >= 60


@pytest.mark.parametrize(
    "text", ["22125432", "51103", "2009", "0.123456789", "2013-12-31", "-15000", "41640.5"]
)
def test_a_bare_number_is_no_telephone_number(text: str) -> None:
    assert redact(text) == text


def test_what_is_replaced_stays_replaced() -> None:
    assert deviating((expected, redact(expected), expected) for _, expected in EXAMPLES) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Frau Mu\u0308ller", "[Kontakt]"),
        ("Kontakt: Frau Muster\nKontakt: Herr Beispiel", "Kontakt: [Kontakt]\nKontakt: [Kontakt]"),
        ("x " * 2_000 + "Frau Muster", "x " * 2_000 + "[Kontakt]"),
    ],
)
def test_spelling_lines_and_length_do_not_matter(text: str, expected: str) -> None:
    assert redact(text) == expected


PIECES = st.sampled_from(
    [
        *(word for text, _ in EXAMPLES for word in text.split()),
        *(
            "@",
            "(at)",
            "[at]",
            "a@b.de",
            ".",
            ",",
            ";",
            ":",
            "/",
            "-",
            "–",
            "(",
            ")",
            "+",
            "+49",
            "0221",
            "221",
            "Tel",
            "App",
        ),
        *(
            "Frau",
            "Herr",
            "Hr",
            "Fr.",
            "Dr.",
            "Dr",
            "Mag.",
            "Prof",
            "i. A.",
            "Kontakt",
            CONTACT,
            "\n",
            "\u00a0",
            "4711",
            "23456",
            "Kalk",
            "Amt",
        ),
    ]
)


@settings(max_examples=1000, deadline=None)
@given(
    st.builds(
        lambda words, blank: blank.join(words),
        st.lists(PIECES, max_size=8),
        st.sampled_from(["", " ", " ", "\t"]),
    )
    | st.text(max_size=60)
)
def test_a_glance_at_the_words_is_as_good_as_the_search(text: str) -> None:
    assert redact(text) == redact_slowly(text)


@given(st.text(max_size=100))
def test_never_raises_and_keeps_what_it_does_not_replace(text: str) -> None:
    assert redact(text) == text or CONTACT in redact(text)


def test_no_two_names_look_alike() -> None:
    shown = redact_names(["Frau_Muster.xlsx", "Herr_Beispiel.xlsx", "Dezernat_V.xlsx"])
    assert shown == {"Frau_Muster.xlsx": "[Kontakt].xlsx", "Herr_Beispiel.xlsx": "[Kontakt] 2.xlsx"}
