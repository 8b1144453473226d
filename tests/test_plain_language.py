"""The page in plain language keeps its rules for any survey, and each of its numbers is the finding's.

The rules follow what DIN SPEC 33429 (draft, Leichte Sprache) and the advice for plain German share; a sentence may
have up to twelve words, as is usual for plain language (Leichte Sprache: about eight).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given, settings
from surveys import PROGRAMMES, STATUSES, make_survey

import analysis
from analysis.codelists import package_codes
from analysis.findings import (
    Audience,
    Cooperation,
    Coverage,
    Disability,
    Doubts,
    Ends,
    Mentions,
    Oldest,
    PlainLanguage,
    Recent,
    ResponseRate,
    Topic,
    WorkingDezernate,
    tell_in_plain_language,
)
from analysis.findings.plain import ABOUT, explain
from analysis.publish.german import format_long_date, format_number


def fold(text: str) -> str:
    """Small letters without the dots of the plural: "Räume" begins like "Raum"."""
    return text.lower().translate(str.maketrans("äöü", "aou"))


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))


WORDS_IN_SENTENCE = 12
LETTERS_IN_WORD = 11  # a longer word is hard unless everybody knows it
# Longer words that everybody knows, and the text's own subject.
KNOWN_LONG_WORDS = {"stadtviertel", "lernschwierigkeiten", "geantwortet", "behinderung", "vielleicht"}
# Words of administrations, sciences and other languages: hard however short they are.
OFFICE_WORDS = words_of(
    """Abfrage Amt Angabe Angebot Anlage Auswert Bestand Bezirk Bezug Daten Dezernat Fehlanzeige Fachstelle Gremi
    Gruppe Integration Inklusion Koordin Kooperation Maßnahme Mitteilung Nennung Partner Programm Quote Rückmeldung
    Rücklauf Senior Sozialraum Stadtbezirk Stadtteil Stichtag Träger Verfahren Zielgruppe zuständig"""
)
# What opens a clause inside a sentence, and what puts two thoughts into one.
CLAUSES = words_of(
    """dass weil wenn ob obwohl damit sodass indem nachdem bevor während falls sowie sondern aber denn deren dessen
    welcher welches wobei sowohl beziehungsweise"""
)
NUMBER_WORDS = words_of(
    "null zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig hundert tausend beide beiden"
)
MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
LONGEST_PAGE = 1950  # letters in all; the fullest text has about 1.900 and fills a page of the briefing


def broken_rules(topics: tuple[Topic, ...], glosses: dict[str, str]) -> Iterator[str]:
    """One line per broken rule and sentence."""
    sentences = [*ABOUT, *(said for topic in topics for said in topic.sentences)]
    hard = [fold(word) for word in glosses]
    for sentence in [*sentences, *(topic.question for topic in topics)]:
        words = re.findall(r"\w+", fold(sentence))
        if len(sentence.split()) > WORDS_IN_SENTENCE:
            yield f"{len(sentence.split())} words: {sentence}"
        if "," in sentence or set(words) & CLAUSES:
            yield f"a clause: {sentence}"
        if sentence.count(":") > 1 or re.search(
            r"[;–()„“/*…!%&]|\d-|[.?].*[.?]$", _without_numbers(sentence)
        ):
            yield f"signs: {sentence}"
        if set(words) & NUMBER_WORDS:
            yield f"a number as a word: {sentence}"
        if re.search(r"\b\w{1,3}\.(?! *$)|\b[A-ZÄÖÜ]{2,}\b|\bbzw\b", _without_numbers(sentence)):
            yield f"an abbreviation: {sentence}"
        if re.search(r"\b(werden|wird|wurde|wurden|worden)\b", sentence):
            yield f"passive: {sentence}"
        if re.search(r"\b(des|eines|einer) \w+ (des|der|eines|einer)\b", sentence):
            yield f"a chain of genitives: {sentence}"
        for word in words:
            is_office_word = any(word.startswith(office) for office in OFFICE_WORDS)
            if not is_office_word and (len(word) <= LETTERS_IN_WORD or word in KNOWN_LONG_WORDS):
                continue
            if not any(word.startswith(known) for known in hard):
                yield f"a hard word without explanation: {word}: {sentence}"
    for word, explanation in glosses.items():
        uses = [n for n, said in enumerate(sentences) if re.search(rf"\b{fold(word)}", fold(said))]
        told = [n for n, said in enumerate(sentences) if said == explanation]
        if len(told) != (1 if uses else 0):
            yield f"explained {len(told)} times: {word}"
        elif uses and not set(sentences[uses[0] + 1 : told[0]]) <= set(glosses.values()):
            yield f"explained too late: {word}"
    if len(" ".join(sentences)) > LONGEST_PAGE:
        yield f"{len(' '.join(sentences))} letters do not fit a page"


def _without_numbers(sentence: str) -> str:
    """The sentence without dates and figures, whose points end nothing."""
    return re.sub(rf"\d+\.\s(?:{MONTHS})|\d+(?:\.\d{{3}})+", "1", sentence)


def numbers_of(text: PlainLanguage) -> dict[str, list[Any]]:
    """Each pattern of a sentence with numbers, and the counts of the findings that have to stand there."""
    t = text
    naming = t.working.working + t.working.inactive
    questions = t.doubts.error + t.doubts.warning
    return {
        r"Die Stadt hat # Dezernate? gefragt\.": [t.rate.asked],
        r"(?:Alle )?# Dezernate? (?:hat|haben) geantwortet\.": [t.rate.answered],
        r"# von # Dezernaten (?:hat|haben) geantwortet\.": [t.rate.answered, t.rate.asked],
        r"# Antwort(?: fehlt|en fehlen) noch\.": [len(t.rate.outstanding)],
        r"# Antwort(?:en)? können wir nicht lesen\.": [len(t.rate.unreadable)],
        r"(?:Alle )?# Dezernate? nenn(?:t|en) Angebote im Sozialraum\.": [naming],
        r"# von # Dezernaten nenn(?:t|en) Angebote im Sozialraum\.": [naming, t.working.asked],
        r"Bei # Dezernat(?:en)? sind sie nur geplant oder schon zu Ende\.": [t.working.inactive],
        r"# Dezernat(?: sagt|e sagen): Wir haben keine Angebote im Sozialraum\.": [len(t.rate.fehlanzeige)],
        r"Auch # andere Stellen? (?:hat|haben) geantwortet\.": [len(t.rate.not_asked)],
        r"Die Antworten nennen # Angebote?\.": [t.mentions.total],
        r"Bei (?:allen )?# Angebot(?:en)? stehen Partner in der Antwort\.": [t.cooperation.given],
        r"Bei # von # Angeboten stehen Partner in der Antwort\.": [t.cooperation.given, t.mentions.total],
        r"Bei (?:allen )?# Angebot(?:en)? kennen wir den Beginn\.": [t.oldest.dated],
        r"Bei # von # Angeboten kennen wir den Beginn\.": [t.oldest.dated, t.oldest.total],
        r"(?:Es|Das älteste Angebot) ist (?:mindestens )?# Jahre? alt\.": [t.oldest.age_min],
        r"(?:Es|Das älteste Angebot) ist höchstens # Jahre? alt\.": [t.oldest.age_max],
        r"(?:Es|Das älteste Angebot) ist # bis # Jahre alt\.": [t.oldest.age_min, t.oldest.age_max],
        r"Die # ältesten Angebote gibt es seit # Jahr(?:en)?\.": [len(t.oldest.titles), t.oldest.age_min],
        r"(?:Vielleicht hat es|Es hat|Keines davon hat(?: sicher)?) im Jahr # oder später begonnen\.": [
            t.recent.since
        ],
        r"Es hat vor dem Jahr # begonnen\.": [t.recent.since],
        r"Alle # haben im Jahr # oder später begonnen\.": [t.recent.certain, t.recent.since],
        r"# von # Angeboten (?:hat|haben) im Jahr # oder später begonnen\.": [
            t.recent.certain,
            t.oldest.dated,
            t.recent.since,
        ],
        r"Bei # davon ist das möglich\.": [t.recent.possible],
        r"# Angebote? (?:ist|sind) erst geplant\.": [t.recent.planned],
        r"# Angebote? (?:ist|sind) schon zu Ende\.": [t.ends.before],
        r"# Angebote? (?:ist|sind) für bestimmte Gruppen\.": [t.audience.special],
        r"# Angebote? (?:ist|sind) für alle Menschen\.": [t.audience.everybody],
        r"# Angebote? (?:ist|sind) für bestimmte Gruppen und auch für alle\.": [t.audience.both],
        r"Bei # Angebot(?:en)? wissen wir nicht: Für wen\?": [t.audience.none],
        r"Bei # Angebot(?:en)? steht: Es ist für Menschen mit Behinderung\.": [t.disability.named],
        r"Bei # (?:anderen )?Angebot(?:en)? sind Menschen mit Behinderung vielleicht gemeint\.": [
            t.disability.implied
        ],
        r"(?:Alle )?# Stadtbezirke? (?:hat|haben) eigene Angebote\.": [t.coverage.served],
        r"# von # Stadtbezirken (?:hat|haben) eigene Angebote\.": [
            t.coverage.served,
            t.coverage.stadtbezirke,
        ],
        r"# Angebote? gibt es in der ganzen Stadt\.": [t.coverage.citywide],
        r"Bei # Angebot(?:en)? wissen wir den Ort nicht\.": [t.coverage.unknown],
        r"Bei # Datei(?:en)? wissen wir nicht: Von wem kommt das\?": [t.rate.stray_workbooks],
        r"Wir haben noch # offene Fragen?\.": [questions],
    }


def wrong_numbers(text: PlainLanguage) -> Iterator[str]:
    """One line per sentence whose numbers are none of the findings'."""
    day = f"Die Zahlen gelten für den {format_long_date(text.reference_date)}."
    patterns = numbers_of(text)
    for topic in text.topics:
        for sentence in topic.sentences:
            if sentence == day or not re.search(r"\d", sentence):
                continue
            figures = re.findall(r"\d+(?:\.\d{3})*", sentence)
            shape = re.sub(r"\d+(?:\.\d{3})*", "#", sentence)
            expected = [counts for pattern, counts in patterns.items() if re.fullmatch(pattern, shape)]
            years = [[str(n) if n == text.recent.since else format_number(n) for n in c] for c in expected]
            if years != [figures]:
                yield f"{sentence} expected {years}"


def glosses_of(survey: Any) -> dict[str, str]:
    return {row["word"]: row["explanation"] for row in survey.codes["plain_words"]}


@pytest.mark.parametrize("folder", ["data/raw/2014", "tests/data/second_survey"])
def test_the_surveys_are_told_by_the_rules_and_with_the_findings_numbers(folder):
    survey = analysis.read_survey(ROOT / folder)
    text = tell_in_plain_language(survey)
    assert list(broken_rules(text.topics, glosses_of(survey))) == []
    assert list(wrong_numbers(text)) == []


@settings(max_examples=25, deadline=None)
@given(STATUSES, PROGRAMMES)
def test_any_survey_is_told_by_the_rules_and_with_the_findings_numbers(statuses, rows):
    survey = make_survey(statuses, rows, expected=("I", "II", "III"))
    text = tell_in_plain_language(survey)
    assert list(broken_rules(text.topics, glosses_of(survey))) == []
    assert list(wrong_numbers(text)) == []
    assert all(topic.sentences for topic in text.topics)


def test_thousands_are_figures_too():
    rows = [{"dezernat": "I", "start": (1994, 1994), "groups": ["kinder"], "places": [1]}] * 1200
    text = tell_in_plain_language(make_survey({"I": "received"}, rows))
    assert "Die Antworten nennen 1.200 Angebote." in text.sentence
    assert list(wrong_numbers(text)) == []


def test_a_small_survey_word_for_word():
    survey = make_survey(
        {"I": "fehlanzeige", "II": "received", "III": "outstanding"},
        [
            {"dezernat": "II", "start": (1994, 1994), "groups": ["kinder"], "places": [1]},
            {
                "dezernat": "II",
                "start": (2010, 2010),
                "groups": ["alle_bewohner"],
                "description": "Förderschule",
                "partners_text": "Träger",
            },
        ],
    )
    text = tell_in_plain_language(survey)
    assert text.markdown == (
        """
Dieser Text ist in einfacher Sprache.
Menschen mit Lernschwierigkeiten haben ihn nicht geprüft.

### Worum geht es?

Die Stadt hat 3 Dezernate gefragt.
Ein Dezernat ist eine große Abteilung der Stadt.
Die Frage war: Welche Angebote gibt es im Sozialraum?
Ein Angebot ist zum Beispiel eine Beratung oder ein Treffpunkt.
Ein Sozialraum ist ein Stadtviertel mit seinen Menschen.
Die Zahlen gelten für den 26.\u00a0Februar 2014.

### Wer hat geantwortet?

2 von 3 Dezernaten haben geantwortet.
1 Antwort fehlt noch.
1 von 3 Dezernaten nennt Angebote im Sozialraum.
1 Dezernat sagt: Wir haben keine Angebote im Sozialraum.

### Was gibt es?

Die Antworten nennen 2 Angebote.
Bei 1 von 2 Angeboten stehen Partner in der Antwort.
Ein Partner hilft bei dem Angebot mit.

### Seit wann?

Bei allen 2 Angeboten kennen wir den Beginn.
Das älteste Angebot ist 20 Jahre alt.
1 von 2 Angeboten hat im Jahr 2009 oder später begonnen.
Das ist genau die Hälfte.

### Für wen?

1 Angebot ist für bestimmte Gruppen.
Gruppen sind zum Beispiel Kinder oder alte Menschen.
1 Angebot ist für alle Menschen.
Bei keinem Angebot steht: Es ist für Menschen mit Behinderung.
Bei 1 Angebot sind Menschen mit Behinderung vielleicht gemeint.

### Wo?

1 von 3 Stadtbezirken hat eigene Angebote.
Ein Stadtbezirk ist ein großer Teil der Stadt.
Bei 1 Angebot wissen wir den Ort nicht.

### Was wissen wir nicht?

Wir wissen nicht: Stimmen alle Antworten?
Wir wissen nicht: Gibt es noch mehr Angebote?
Wir wissen nicht: Können Menschen mit Behinderung überall mitmachen?
""".strip()
    )


@pytest.mark.parametrize(
    ("sentence", "broken"),
    [
        ("Das Amt sagt, dass es ein Treffen gibt.", "a clause"),
        ("Es gibt ein Treffen und alle gehen hin und dann gehen alle wieder heim.", "14 words"),
        ("Es gibt sieben Treffen.", "a number as a word"),
        ("Es gibt z. B. ein Treffen.", "an abbreviation"),
        ("Das Treffen wird gut.", "passive"),
        ("Das ist das Ende eines Treffens der Stadt.", "a chain of genitives"),
        ("Es gibt Gemeinwesenarbeit.", "a hard word without explanation: gemeinwesenarbeit"),
        ("Die Stadt hat Gremien und ein Gremium.", "a hard word without explanation: gremium"),
        ("Es gibt ein Treffen (oder mehr).", "signs"),
        ("Die Stadt hat ein Dezernat.", "explained 0 times: Dezernat"),
    ],
)
def test_each_rule_catches_what_it_forbids(sentence, broken):
    found = list(broken_rules((Topic("Was?", (sentence,)),), {"Dezernat": "Ein Dezernat ist groß."}))
    assert any(line.startswith(broken) for line in found), found


def test_an_explanation_that_comes_late_or_twice_is_caught():
    glosses = {"Dezernat": "Ein Dezernat ist groß."}
    late = Topic("Was?", ("Es gibt ein Dezernat.", "Das ist gut.", *glosses.values()))
    twice = Topic("Was?", ("Es gibt ein Dezernat.", *glosses.values(), *glosses.values()))
    assert list(broken_rules((late,), glosses)) == ["explained too late: Dezernat"]
    assert list(broken_rules((twice,), glosses)) == ["explained 2 times: Dezernat"]


def test_a_number_that_is_not_the_findings_is_caught(monkeypatch):
    text = tell_in_plain_language(make_survey({"I": "received"}, [{"dezernat": "I"}] * 3))
    monkeypatch.setattr(
        PlainLanguage, "topics", (Topic("Was gibt es?", ("Die Antworten nennen 4 Angebote.",)),)
    )
    assert list(wrong_numbers(text)) == ["Die Antworten nennen 4 Angebote. expected [['3']]"]


def test_words_are_explained_once_and_explanations_too():
    topics = [Topic("A?", ("Es gibt Räume und Ämter.",)), Topic("B?", ("Der Raum ist gut.",))]
    words = {"Raum": "Im Raum sitzt ein Amt.", "Amt": "Ein Amt hilft.", "gut": ""}
    assert list(explain(topics, words.items())) == [
        Topic("A?", ("Es gibt Räume und Ämter.", "Im Raum sitzt ein Amt.", "Ein Amt hilft.")),
        Topic("B?", ("Der Raum ist gut.",)),
    ]


def test_the_text_with_every_sentence_there_is_keeps_the_rules_and_fits_a_page():
    codes = package_codes()
    text = PlainLanguage(
        reference_date=date(2014, 2, 26),
        rate=ResponseRate(
            asked=20, received=("I",) * 9, fehlanzeige=("I",) * 5, outstanding=("I",) * 4, unreadable=("I",) * 2,
            not_asked=("I",) * 3, stray_workbooks=12, stray_unreadable=1,
        ),
        working=WorkingDezernate(asked=20, working=7, inactive=2, unheard=6),
        mentions=Mentions(12345),
        cooperation=Cooperation(given=1234, none=0, no_answer=11111),
        oldest=Oldest(dated=11234, total=12345, age_min=119, age_max=120),
        recent=Recent(certain=5234, possible=1234, no=4766, planned=1011, unknown=100, since=2009),
        ends=Ends(before=1111, same=0, later=0, total=12345, year=2014),
        audience=Audience(special=5234, everybody=4234, both=1234, none=1643),
        disability=Disability(named=1111, implied=1222, known=10702),
        coverage=Coverage(12, total=12345, located=5555, citywide=5555, unknown=1235, silent=("a",)),
        doubts=Doubts(error=1111, warning=2222, info=0, workbooks=20),
        words=tuple((row["word"], row["explanation"]) for row in codes["plain_words"]),
    )  # fmt: skip
    assert list(broken_rules(text.topics, dict(text.words))) == []
    assert list(wrong_numbers(text)) == []
    assert sum(len(topic.sentences) for topic in text.topics) == 38
