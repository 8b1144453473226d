import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import deviating

from analysis import dezernate
from analysis.codelists import package_codes
from analysis.dezernate import match_dezernat, split_office

CODES = ("I", "II", "III", "IV", "V", "VI", "VII", "OB")

with (Path(__file__).parent / "data" / "dezernate_held_out3.tsv").open(encoding="utf-8", newline="") as file:
    HELD_OUT = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

NAMED = [
    ("Rückmeldung Dezernat III.xlsx", "III"),
    ("Ruecklauf_Dez_VI_2014-01-20.xlsx", "VI"),
    ("20140131_Antwort_Dez.II.xls", "II"),
    ("Antwort Dez V 2014.xlsx", "V"),
    ("Dez. IV", "IV"),
    ("Dezernat 4", "IV"),
    ("IV", "IV"),
    ("Dez IV", "IV"),
    ("IV/51", "IV"),
    ("IV - 51", "IV"),
    ("Dez IV / Amt 51", "IV"),
    ("Dezernat V – Amt für Soziales und Senioren (50)", "V"),
    ("V (mit IV)", "V"),
    ("Dez. IV/Sportamt (52)", "IV"),
    ("OB", "OB"),
    ("Oberbürgermeister", "OB"),
    ("Büro des Oberbürgermeisters", "OB"),
    ("2014-01-15_Rückmeldung_Dez-IV_final.xlsx", "IV"),
    ("Rueckmeldung_Dezernat_5.xlsx", "V"),
    ("Dez V", "V"),
    ("DezIV", "IV"),
    ("DEZERNAT VII", "VII"),
    ("dezernat iii", "III"),
    ("IV - Bildung, Jugend und Sport", "IV"),
    ("Dezernat für Soziales, Integration und Umwelt", "V"),
    ("Soziales, Integration und Umwelt", "V"),
    ("Dezernat Soziales", "V"),
    ("Dezernat Kunst und Kultur", "VII"),
    ("Kulturdezernat", "VII"),
    ("Dez. VI – Stadtentwicklung, Planen, Bauen und Verkehr", "VI"),
    ("VI / Amt für Stadtentwicklung", "VI"),
    ("Dezernat: IV", "IV"),
    ("Dezernat Nr. 4", "IV"),
    ("Rueckmeldung_OB.xlsx", "OB"),
    ("Rückmeldung Dezernat IV an Dezernat V", "IV"),
    ("Dezernat OB", "OB"),
    ("Dezernat IV (Bildung, Jugend und Sport)", "IV"),
    ("Rückmeldung des Dezernates V zur Abfrage", "V"),
    ("Geschäftsbereich III", "III"),
    ("V/50", "V"),
    ("VI_Rueckmeldung.xlsx", "VI"),
    ("Dez.V/50", "V"),
    ("IV, Amt 51", "IV"),
    ("Dezernat IV mit Dezernat V", "IV"),
    ("Finanzen", "II"),
    ("Dezernat 8", "VIII"),
    ("Dez. IX", "IX"),
    ("VIII", "VIII"),
    ("Dezernat IV\nBildung, Jugend und Sport", "IV"),
]

NONE = [
    "Dezernat IV und V",
    "IV/V",
    "IV/2010",
    "II. Quartal",
    "Hartz IV",
    "SGB II",
    "Anlage I",
    "I-Kinder",
    "ob",
    "Dezernat I–VII",
    "Dezernat I-VII, OB",
    "X",
    "Dezernat X",
    "Dezernat 11",
    "Dezernat XI",
    "Dez. 2013",
    "IV/13",
    "Dezimalzahl",
    "Phase II",
    "Teil I",
    "I.",
    "Dezernat IV – Soziales, Integration und Umwelt",
    "Bitte zurück an Dezernat V",
    "Sport",
    "II - Quartal 2013",
    "V wie Viktor",
    "",
    "I - III",
    "Kinder I",
    "Dezernat",
    "Rückmeldung II",
    "15. Dez. 2013",
    "an den OB",
    "IV. Quartal",
    "III/2011",
]

OFFICES = [
    ("IV/51", ("IV", "51")),
    ("Dez IV / Amt 51", ("IV", "Amt 51")),
    ("Dezernat V – Amt für Soziales und Senioren (50)", ("V", "Amt für Soziales und Senioren (50)")),
    ("Dez. IV/Sportamt (52)", ("IV", "Sportamt (52)")),
    ("V", ("V", None)),
    ("Amt 51 (Dez. IV)", ("IV", "Amt 51")),
    ("51/IV", ("IV", "51")),
    ("Sportamt, Dezernat IV", ("IV", "Sportamt")),
    ("Amt für Soziales und Senioren", (None, "Amt für Soziales und Senioren")),
    ("Dezernat IV", ("IV", None)),
    ("OB/13", ("OB", "13")),
    ("IV - Bildung, Jugend und Sport / Sportamt", ("IV", "Sportamt")),
    ("Dezernat für Soziales, Integration und Umwelt / Sozialamt", ("V", "Sozialamt")),
    ("IV - Bildung, Jugend und Sport", ("IV", None)),
    ("V (mit IV)", ("V", None)),
    ("IV/V", (None, "IV/V")),
    ("IV/2010", (None, "IV/2010")),
    ("Hartz IV", (None, "Hartz IV")),
    ("Jobcenter – Hartz IV", (None, "Jobcenter – Hartz IV")),
    ("SGB II/III", (None, "SGB II/III")),
    ("VI/15", ("VI", "15")),
    ("Dez IV Amt 51", ("IV", "Amt 51")),
    ("IV Sportamt", ("IV", "Sportamt")),
    ("Amt 51 / Amt 52", (None, "Amt 51 / Amt 52")),
    ("Sportamt (IV)", ("IV", "Sportamt")),
    ("IV-51", ("IV", "51")),
    ("Dezernat IV, Amt für Kinder, Jugend und Familie", ("IV", "Amt für Kinder, Jugend und Familie")),
    ("Büro des Oberbürgermeisters", ("OB", "Büro des Oberbürgermeisters")),
    ("Dezernat V\nGesundheitsamt", ("V", "Gesundheitsamt")),
    ("Kulturamt", (None, "Kulturamt")),
    ("Dez. V – 50/2", ("V", "50/2")),
    ("V/Sozialamt/50", ("V", "Sozialamt/50")),
    ("Amt für Stadtentwicklung und Statistik - Dez. VI", ("VI", "Amt für Stadtentwicklung und Statistik")),
    ("Amt I", (None, "Amt I")),
]


def test_held_out_examples() -> None:
    texts = [row["text"] for row in HELD_OUT]
    wanted = [
        (row["dezernat"] or None, row["office_dezernat"] or None, row["office"] or None) for row in HELD_OUT
    ]
    found = [(match_dezernat(text), *split_office(text)) for text in texts]
    assert deviating(zip(texts, found, wanted, strict=True)) == []


def test_dezernat_is_named() -> None:
    assert deviating((text, match_dezernat(text), dezernat) for text, dezernat in NAMED) == []


def test_no_dezernat_is_named() -> None:
    assert deviating((text, match_dezernat(text), None) for text in [None, *NONE]) == []


def test_office_without_its_dezernat() -> None:
    assert deviating((text, split_office(text), expected) for text, expected in OFFICES) == []


@pytest.mark.parametrize("text", [None, "", "  "])
def test_no_office(text: str | None) -> None:
    assert split_office(text) == (None, None)


def test_every_row_of_the_list_is_found() -> None:
    rows = package_codes()["dezernate"]
    assert deviating((row["text"], match_dezernat(row["text"]), row["dezernat"]) for row in rows) == []


@given(
    st.sampled_from(CODES),
    st.sampled_from(["Dez. {}", "Dezernat {}", "DEZERNAT {}", "Dez {}", "{}", "Dez. {}/51"]),
)
def test_every_dezernat_in_every_spelling(code: str, frame: str) -> None:
    assert match_dezernat(frame.format(code)) == code


@pytest.mark.parametrize("number", [*range(12), 47, 51, 107, 2013])
def test_only_one_to_nine_are_numbers_of_dezernate(number: int) -> None:
    numerals = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    expected = numerals[number - 1] if 1 <= number <= 9 else None
    assert match_dezernat(f"Dezernat {number}") == expected


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["IV", "Dez.", "/", "(", ")", "V", " ", "51", "OB", ",", "-"])).map("".join)
)
def test_never_raises(text: str) -> None:
    assert match_dezernat(text) in (*CODES, "VIII", "IX", None)
    code, office = split_office(text)
    assert code in (*CODES, "VIII", "IX", None)
    assert office is None or office.strip()


@pytest.mark.parametrize(
    "text", ["III – Wirtschaftsförderung", "III/Wirtschaftsförderung", "III - Wirtschaftsförderung"]
)
def test_any_office_may_stand_behind_a_numeral_and_a_dash(text: str) -> None:
    assert split_office(text) == ("III", "Wirtschaftsförderung")


PIECES = [
    *(row["text"] for row in package_codes()["dezernate"]),
    *(
        "IV",
        "VII",
        "X",
        "OB",
        "Dez.",
        "Dezernat",
        "Dezernentin",
        "Amt",
        "51",
        "2013",
        "Sportamt",
        "Rückmeldung",
    ),
    *("mit", "Quartal", "Hartz", "Treff", "Stadt", "-", "/", "(", ")", ",", "v2"),
]
WORDS = st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join)


@given(WORDS | st.text("IVXdezOBamt51 /-(),_", max_size=12))
def test_the_look_for_a_clue_hides_no_dezernat(text: str) -> None:
    short = match_dezernat(text), split_office(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dezernate, "_may_name", lambda *_: True)
        assert (match_dezernat(text), split_office(text)) == short


@given(WORDS)
def test_an_office_stands_in_its_text(text: str) -> None:
    office = split_office(text)[1]
    assert office is None or office in text


@given(
    st.sampled_from(CODES),
    st.sampled_from(
        ["51", "Amt 51", "Sportamt", "Amt für Soziales und Senioren (50)", "40/41", "Stadtbibliothek"]
    ),
    st.sampled_from(["{}/{}", "{} / {}", "{} – {}", "Dez. {}, {}", "Dezernat {}: {}", "Dez. {} ({})"]),
)
def test_dezernat_and_office_come_apart(code: str, office: str, frame: str) -> None:
    assert split_office(frame.format(code, office)) == (code, office)
    assert split_office(f"{office} (Dez. {code})") == (code, office)
    assert split_office(f"{office} / {code}") == (code, office)


@pytest.mark.parametrize("text", ["IV " * 10_000, "Dez. IV, " * 3_500, "I/" * 15_000, "Amt 51 / " * 3_500])
def test_a_long_text_names_none(text: str) -> None:
    # Cutting it at every blank in full would take minutes and end the run.
    assert (match_dezernat(text), split_office(text)[0]) == (None, None)
