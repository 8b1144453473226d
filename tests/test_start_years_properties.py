"""What must hold of start years for any text: no year without a reason; the quick ways agree with the thorough ones."""

import csv
import re
import unicodedata
from datetime import date
from pathlib import Path
from unittest.mock import patch

from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.codelists import package_codes
from analysis.schema import CERTAINTIES
from analysis.start_years import answers, is_reference, parse_end_year, parse_start_year, tokens
from analysis.start_years.openings import Rule
from analysis.start_years.patterns import PATTERNS
from analysis.start_years.phrases import PHRASES
from analysis.start_years.references import read_reference
from analysis.start_years.text import TENS, fold, number_words
from analysis.start_years.tokens import part, tokenise
from analysis.start_years.vocabulary import Vocabulary, vocabulary_of

DATA = Path(__file__).parent / "data"
MEETING = date(2014, 2, 26)
CODES = package_codes()


def read_texts(name: str) -> list[str]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


WORDS = [row["text"].replace("*", "") for row in CODES["start_words"]]
EVENTS = [row["text"] for row in CODES["events"]]
KNOWN = [
    text
    for name in (
        "start_years.tsv",
        "start_years_more.tsv",
        "start_years_held_out3.tsv",
        "start_years_examiner.tsv",
    )
    for text in read_texts(name)
]
TIME_FORMS = (
    *(
        "{y}",
        "'{s}",
        "{s}",
        "{d}.{m}.{y}",
        "{d:02}.{m:02}.{y}",
        "{d}.{m}.{s}",
        "{y}-{m:02}-{d:02}",
        "{m:02}/{y}",
    ),
    *("{m}/{s}", "Mai {y}", "{d}. März {y}", "Herbst {y}", "Winter {y}/{t}", "Jahreswechsel {y}/{t}"),
    *("Schuljahr {y}/{t}", "Schuljahresbeginn {y}/{t}", "SJ {s}/{t}", "WS {y}/{t}", "Wahlperiode {y}/{y2}"),
    *(
        "{y}-{y2}",
        "{y} bis {y2}",
        "{y}/{y2}",
        "{y}/{t}",
        "Q2/{y}",
        "II. Quartal {y}",
        "2. Halbjahr {y}",
        "KW {m}/{y}",
    ),
    *(
        "1. Hälfte {y}",
        "{y} II",
        "90er Jahre",
        "{d} Jahre",
        "{d} Jahren",
        "Haushalt {y}",
        "Mai/Juni {y}",
        "{y}ff.",
    ),
)
TIMES = st.builds(
    lambda form, y, n, d, m: form.format(y=y, y2=y + n, s=f"{y % 100:02}", t=f"{(y + 1) % 100:02}", d=d, m=m),
    st.sampled_from(TIME_FORMS),
    st.integers(1850, 2045),
    st.integers(-1, 9),
    st.integers(1, 31),
    st.integers(1, 13),
)
REMARKS = [
    "",
    " (Pilotphase)",
    ", Kalk",
    " (Modell), Porz",
    " (laufend)",
    " ff.",
    "?",
    " geplant",
    " beendet",
    "er",
    " Kinder",
]
SIGNS = ["(", ")", ",", "-", "/", "§", "3", "12.", "Xyz", '"', "'", ".", "s.o.", "2oo9", "so", "für"]
PIECES = st.sampled_from([*WORDS, *WORDS, *EVENTS, *KNOWN, *SIGNS]) | TIMES
COMPOSED = st.lists(PIECES, max_size=6).map(" ".join)
ANSWERS = st.builds(
    lambda words, time, remark: " ".join([*words, time]) + remark,
    st.lists(st.sampled_from([*WORDS, "dem", "im", "Ende", "Anfang", "seit", "ab"]), max_size=2),
    TIMES,
    st.sampled_from(REMARKS),
)
TEXTS = st.text(max_size=60) | COMPOSED | ANSWERS
DATES = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, reference=DATES)
@example(text="Jahresende 20211", reference=MEETING)
@example(text="ca. 9999/10000", reference=MEETING)
def test_any_text_keeps_the_promises(text: str, reference: date) -> None:
    answer = parse_start_year(text, reference)
    years = [value for value in (answer.earliest, answer.latest) if value is not None]
    assert answer.certainty in CERTAINTIES
    assert years == sorted(years)
    assert all(1780 <= value <= reference.year + 30 for value in years)
    assert all(value >= 1800 for value in years) or answer.question
    assert (answer.certainty == "unknown") == (not years) or answer.certainty == "planned"
    if answer.candidate:
        assert not years
        assert answer.question
    end = parse_end_year(text, reference)
    assert end.year is None or end.question is None
    assert is_reference(text) in (True, False)


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, reference=DATES)
@example(text="Wahlperiode 1800/2000: geplant", reference=date(2000, 1, 1))
def test_the_certainty_says_what_the_years_are(text: str, reference: date) -> None:
    answer = parse_start_year(text, reference)
    earliest, latest = answer.earliest, answer.latest
    if answer.certainty == "exact":
        assert earliest == latest is not None
    elif answer.certainty == "approximate":
        assert earliest is not None and latest is not None and earliest < latest
    elif answer.certainty == "bounded":
        assert None in (earliest, latest) or latest == reference.year
    elif answer.certainty == "planned":
        assert latest is None or latest >= reference.year
        assert earliest is None or earliest >= reference.year - 1 or answer.question


# Words that stand for a year without naming it: they count from the reference date or from what everybody knows.
WITHOUT_DIGITS = re.compile(
    r"letzte|vergangene|vorige|vorherige|verflossene|diese|laufende|lfd|aktuelle|heuer|heurige|naechste|kommende"
    r"|vorjahr|vorvorjahr|vorletzte|jahresbeginn|jahresanfang|d\.? ?j|ds|jahrhundert|jahrtausend|mil|anderthalb"
    r"|eineinhalb|halbes|vor(?:schul|ki|saison|ws)|lang|viele|jahrzehnt|kurz|neu|juengst|kuerzlich|etlichen|zahlreichen|nuller"
)
EVENT_STEMS = {fold(event).split()[0][:5] for event in EVENTS}


def has_reason(value: int, text: str, reference: date) -> bool:
    """Whether the text holds what a year can come from: its digits, a distance, a decade, an event, a relative word."""
    folded = fold(text)
    numbers = {int(number) for number in re.findall(r"[0-9]+", folded)}
    words = set(re.findall(r"[a-z]+", folded))
    near = {value - 1, value, value + 1}
    is_written = bool(numbers & near) or any(year % 100 in numbers for year in near)
    is_decade = any(
        str(value)[:3] == str(number)[:3] or number // 10 == value % 100 // 10 for number in numbers
    )
    is_distance = any(abs(reference.year - number - value) <= 3 for number in numbers)
    is_distance |= any(sign in text for sign in "½¼¾")  # of a year ago
    is_counted = any(word.startswith(tuple(number_words())) for word in words)
    is_decade |= any(word.startswith(tuple(TENS.values())) or "zweitausender" in word for word in words)
    is_serial = any(20_000 < number < 80_000 for number in numbers)
    is_known = any(stem in folded for stem in EVENT_STEMS) or bool(WITHOUT_DIGITS.search(folded))
    is_cap = value == reference.year and bool(numbers or words)
    return any((is_written, is_decade, is_distance, is_counted, is_serial, is_known, is_cap))


@settings(max_examples=500, deadline=None)
@given(text=TEXTS, reference=DATES)
@example(text="½J", reference=date(2000, 1, 1))
def test_every_year_has_a_reason_in_the_text(text: str, reference: date) -> None:
    answer = parse_start_year(text, reference)
    for value in (answer.earliest, answer.latest):
        assert value is None or has_reason(value, text, reference)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_a_year_without_a_question_is_written_there(text: str) -> None:
    answer = parse_start_year(text, MEETING)
    folded = fold(text)
    is_relative = WITHOUT_DIGITS.search(folded) or any(stem in folded for stem in EVENT_STEMS)
    if answer.certainty != "exact" or answer.question or is_relative:
        return
    digits = re.findall(r"[0-9]+", folded)
    # "1,5 Jahre" and "18 Monate" count; a date cell comes as its number of days.
    is_counted = re.search(r"jahr|monat|mon\.|quartal|woche|tag|\bj\b", folded)
    assert (
        str(answer.earliest) in digits or f"{answer.earliest}"[2:] in digits or is_counted or len(folded) == 5
    )


@settings(max_examples=200, deadline=None)
@given(text=COMPOSED | ANSWERS)
def test_what_was_normalised_stays(text: str) -> None:
    answer = parse_start_year(text, MEETING)
    if answer.certainty == "exact":
        again = parse_start_year(str(answer.earliest), MEETING)
        assert (again.earliest, again.latest, again.certainty) == (answer.earliest, answer.latest, "exact")
    blank = text.replace(" ", " \xa0 ")
    spellings = (text.upper(), blank, f"\n{text}\t", unicodedata.normalize("NFD", text), fold(text))
    for spelling in spellings:
        other = parse_start_year(spelling, MEETING)
        assert (other.earliest, other.latest, other.certainty, other.candidate) == (
            *(answer.earliest, answer.latest, answer.certainty),
            answer.candidate,
        )
        assert (other.question is None) == (answer.question is None)


@settings(max_examples=600, deadline=None)
@given(text=ANSWERS | COMPOSED, reference=DATES)
@example(text="zum Schuljahresbeginn 2010/11", reference=MEETING)
@example(text="Ende1990 bis 1993", reference=MEETING)
@example(text="ab 8 Jahren", reference=MEETING)
def test_the_short_way_and_the_long_way_agree(text: str, reference: date) -> None:
    quick = parse_start_year(text, reference), parse_end_year(text, reference)
    with patch.object(answers, "read_plainly", return_value=None):
        thorough = parse_start_year(text, reference), parse_end_year(text, reference)
    assert quick == thorough


ALL_TRIED = Vocabulary(CODES)


@settings(max_examples=150, deadline=None)
@given(text=ANSWERS | COMPOSED | st.text(alphabet="abeijklnoqstuvw0129 .-/'()", max_size=16))
def test_every_rule_lists_what_it_can_begin_with(text: str) -> None:
    folded = part(fold(text))
    quick = list(tokenise(folded, MEETING, vocabulary_of(CODES)))
    with (
        patch.object(Rule, "fits", lambda rule, opening: True),
        patch.object(Rule, "is_possible", lambda rule, text: True),
        patch.object(tokens, "_phrases_for", lambda opening: PHRASES),
    ):
        assert quick == list(tokenise(folded, MEETING, ALL_TRIED))


def test_every_pattern_compiles() -> None:
    for rule in (*PHRASES, *PATTERNS):
        assert rule.match("", 0) is None


def test_every_word_alone_is_a_reference_or_not_either_way() -> None:
    for text in (*WORDS, *KNOWN):
        assert is_reference(text) == (bool(text) and read_reference(text)), text


@settings(max_examples=300, deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from([*WORDS, "s. o.", "s.o.", "dto.", '"', "''", "–", "^", "für"]), max_size=3
    ),
    glue=st.sampled_from([" ", "", ", ", ": "]),
    noise=st.text(max_size=2),
)
def test_references_are_ruled_out_only_where_they_are_none(pieces: list[str], glue: str, noise: str) -> None:
    for text in (glue.join(pieces), glue.join(pieces).upper() + noise, noise + glue.join(pieces)):
        assert is_reference(text) == (bool(text) and read_reference(text))
