"""The result in four sentences: exact for known counts, and four true German sentences for any survey."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from surveys import PROGRAMMES, STATUSES, make_survey

from analysis.findings import (
    Audience,
    Cooperation,
    Coverage,
    Disability,
    Mentions,
    Oldest,
    Recent,
    Summary,
    WorkingDezernate,
    tell_summary,
)

PAPER = Summary(
    working=WorkingDezernate(asked=7, working=2, inactive=0, unheard=0),
    mentions=Mentions(24, (("Dezernat IV", 11), ("Dezernat V", 13))),
    oldest=Oldest(20, 24, 20, 20, titles=("Lotse", "Treff")),
    recent=Recent(certain=12, possible=0, no=8, planned=0, unknown=4, since=2009),
    audience=Audience(special=8, everybody=6, both=4, none=6),
    disability=Disability(named=0, implied=2, known=18),
    coverage=Coverage(9, total=24, located=13, citywide=5, unknown=6, silent=("Lindenthal",)),
    cooperation=Cooperation(given=4, none=0, no_answer=20),
)
RECENT = "in den letzten fünf Jahren vor dem Stichtag (seit 2009) begonnen worden"


def test_the_sample_answers_the_committee():
    assert PAPER.markdown == (
        "1. In zwei von sieben Dezernaten wird mit sozialräumlichen Bezügen gearbeitet; insgesamt liegen "
        "24 Nennungen vor, elf aus Dezernat IV und 13 aus Dezernat V.\n"
        "2. Die ältesten Maßnahmen mit bekanntem Beginn sind 20 Jahre alt, die meisten sind aber erst "
        f"{RECENT}, nämlich zwölf von 20 Nennungen mit Angabe zum Beginn.\n"
        "3. Von 18 Nennungen mit Angabe zur Zielgruppe richten sich acht an besondere Zielgruppen, sechs an alle "
        "Bewohnerinnen und Bewohner und vier sowohl an besondere Zielgruppen als auch an alle; Menschen mit "
        "Behinderung werden in keiner davon ausdrücklich genannt.\n"
        "4. Acht von neun Stadtbezirken haben eigene Maßnahmen (13 von 24 Nennungen), fünf weitere Nennungen gelten "
        "für die ganze Stadt; eine Zusammenarbeit mit anderen Stellen wird nur vereinzelt angegeben, "
        "nämlich bei vier von 24 Nennungen."
    )
    assert PAPER.sentence == "\n".join(PAPER.sentences)


def test_names_in_the_sentences_cannot_format_them():
    counts = Mentions(2, (("*Büro* <b>", 2),))
    assert r"aus dem Bereich \*Büro\* \<b\>." in replace(PAPER, mentions=counts).markdown


@pytest.mark.parametrize(
    ("number", "counts", "sentence"),
    [
        (
            1,
            {
                "working": WorkingDezernate(5, working=3, inactive=0, unheard=1),
                "mentions": Mentions(3, (("Dezernat V", 3),)),
            },
            "In mindestens drei von fünf Dezernaten wird mit sozialräumlichen Bezügen gearbeitet (nicht alle "
            "Rückmeldungen liegen auswertbar vor); insgesamt liegen bisher drei Nennungen vor, alle aus Dezernat V.",
        ),
        (
            1,
            {
                "working": WorkingDezernate(7, working=0, inactive=1, unheard=4),
                "mentions": Mentions(1, (("Dezernat V", 1),)),
            },
            "In keinem der drei Dezernate mit lesbarer Rückmeldung wird mit sozialräumlichen Bezügen gearbeitet "
            "(nicht alle Rückmeldungen liegen auswertbar vor); ein Dezernat nennt nur Maßnahmen, die geplant oder "
            "schon beendet sind; insgesamt liegt bisher eine Nennung vor, und zwar aus Dezernat V.",
        ),
        (
            1,
            {
                "working": WorkingDezernate(7, working=5, inactive=2, unheard=0),
                "mentions": Mentions(1080, tuple((f"Dezernat {n}", 120) for n in range(1, 10))),
            },
            "In fünf von sieben Dezernaten wird mit sozialräumlichen Bezügen gearbeitet; zwei weitere Dezernate "
            "nennen nur Maßnahmen, die geplant oder schon beendet sind; insgesamt liegen 1.080 Nennungen vor.",
        ),
        (
            1,
            {
                "mentions": Mentions(
                    2000,
                    (
                        ("Dezernat I", 4),
                        ("Dezernat II", 900),
                        ("Dezernat III", 90),
                        ("Büro des OB", 1000),
                        ("Dezernat V", 6),
                    ),
                )
            },
            "In zwei von sieben Dezernaten wird mit sozialräumlichen Bezügen gearbeitet; insgesamt liegen "
            "2.000 Nennungen vor, darunter 1.000 aus dem Bereich Büro des OB, 900 aus Dezernat II und 90 aus "
            "Dezernat III.",
        ),
        (
            2,
            {"oldest": Oldest(0, 3), "recent": Recent(0, 0, 0, 1, 2, 2009)},
            "Seit wann die Maßnahmen bestehen, ist offen, denn keine der drei Nennungen enthält eine auswertbare "
            "Angabe zu einem Beginn vor dem Stichtag.",
        ),
        (
            2,
            {"oldest": Oldest(1, 3, 2, 4), "recent": Recent(1, 0, 0, 0, 2, 2009)},
            "Nur eine von drei Nennungen enthält eine auswertbare Angabe zum Beginn, und diese Maßnahme ist zwischen "
            "zwei und vier Jahre alt.",
        ),
        (
            2,
            {"oldest": Oldest(1, 1, 20, 20, ("A",)), "recent": Recent(0, 0, 1, 0, 0, 2009)},
            "Die einzige genannte Maßnahme ist 20 Jahre alt.",
        ),
        (
            2,
            {"oldest": Oldest(6, 6, 26, 26, ("A",)), "recent": Recent(1, 0, 5, 0, 0, 2009)},
            f"Die älteste Maßnahme ist 26 Jahre alt, und eine von sechs Nennungen mit Angabe zum Beginn ist {RECENT}.",
        ),
        (
            2,
            {"oldest": Oldest(6, 6, 20, None), "recent": Recent(3, 1, 2, 0, 0, 2009)},
            "Die älteste Maßnahme ist mindestens 20 Jahre alt, und drei von sechs Nennungen mit Angabe zum Beginn "
            f"sind {RECENT}; möglich ist das bei einer weiteren.",
        ),
        (
            2,
            {"oldest": Oldest(6, 6, 0, 30), "recent": Recent(0, 2, 4, 0, 0, 2009)},
            "Die älteste Maßnahme ist höchstens 30 Jahre alt, und zwei von sechs Nennungen mit Angabe zum Beginn "
            f"sind möglicherweise {RECENT}.",
        ),
        (
            2,
            {"oldest": Oldest(2, 2, 3, 3, ("A",)), "recent": Recent(2, 0, 0, 0, 0, 2009)},
            f"Die älteste Maßnahme ist drei Jahre alt, und beide Nennungen mit Angabe zum Beginn sind {RECENT}.",
        ),
        (
            2,
            {"oldest": Oldest(3, 3, 9, 9, ("A",)), "recent": Recent(0, 0, 3, 0, 0, 2009)},
            "Die älteste Maßnahme ist neun Jahre alt, und alle drei Nennungen mit Angabe zum Beginn sind schon vor "
            "2009 begonnen worden.",
        ),
        (
            3,
            {"audience": Audience(0, 0, 0, 2), "disability": Disability(0, 0, 0)},
            "Für wen die Maßnahmen gedacht sind, ist offen, denn keine der beiden Nennungen enthält eine auswertbare "
            "Angabe zur Zielgruppe.",
        ),
        (
            3,
            {"audience": Audience(1, 0, 0, 2), "disability": Disability(1, 0, 1)},
            "Die einzige Nennung mit Angabe zur Zielgruppe richtet sich an besondere Zielgruppen; Menschen mit "
            "Behinderung nennt sie ausdrücklich.",
        ),
        (
            3,
            {"audience": Audience(2, 0, 0, 2), "disability": Disability(2, 0, 2)},
            "Beide Nennungen mit Angabe zur Zielgruppe richten sich an besondere Zielgruppen; Menschen mit "
            "Behinderung werden in allen davon ausdrücklich genannt.",
        ),
        (
            4,
            {
                "coverage": Coverage(9, total=2, located=0, citywide=1, unknown=1, silent=tuple("abcdefghi")),
                "cooperation": Cooperation(0, 1, 1),
            },
            "Keinem der neun Stadtbezirke lässt sich eine Nennung zuordnen, eine Nennung gilt für die ganze Stadt; "
            "eine Zusammenarbeit mit anderen Stellen wird bei keiner der beiden Nennungen angegeben.",
        ),
        (
            4,
            {
                "coverage": Coverage(9, total=1, located=1, citywide=0, unknown=0),
                "cooperation": Cooperation(1, 0, 0),
            },
            "Alle neun Stadtbezirke haben eigene Maßnahmen (die einzige Nennung); eine Zusammenarbeit mit anderen "
            "Stellen wird bei der einzigen Nennung angegeben.",
        ),
    ],
)
def test_each_sentence_follows_the_counts(number, counts, sentence):
    assert replace(PAPER, **counts).sentences[number - 1] == sentence


def test_without_programmes_only_the_first_sentence_has_something_to_tell():
    assert tell_summary(make_survey({"I": "fehlanzeige", "II": "outstanding"})).markdown == (
        "1. In keinem Dezernat mit lesbarer Rückmeldung wird mit sozialräumlichen Bezügen gearbeitet (nicht alle "
        "Rückmeldungen liegen auswertbar vor).\n"
        "2. Seit wann sozialräumlich gearbeitet wird, lässt sich ohne Nennungen nicht sagen.\n"
        "3. Für wen das geschieht, lässt sich ohne Nennungen nicht sagen.\n"
        "4. In welchen Stadtbezirken und mit wem das geschieht, lässt sich ohne Nennungen nicht sagen."
    )


def test_without_returns_the_first_sentence_says_so():
    survey = make_survey({"I": "outstanding", "II": "unreadable"})
    assert tell_summary(survey).sentences[0] == (
        "Ob mit sozialräumlichen Bezügen gearbeitet wird, ist offen, denn von keinem angefragten Dezernat liegt eine "
        "lesbare Rückmeldung vor."
    )


@settings(max_examples=25, deadline=None)
@given(STATUSES, PROGRAMMES)
def test_any_survey_gives_four_sentences_of_correct_german(statuses, rows):
    survey = make_survey(statuses, rows, expected=("I", "II", "III"))
    summary = tell_summary(survey)
    lines = summary.markdown.split("\n")
    assert [line[:3] for line in lines] == ["1. ", "2. ", "3. ", "4. "]
    for line in lines:
        words = line[3:]
        assert words[0].isalpha() and words[0].isupper()
        assert words.endswith(".") and not words.endswith("..")
        assert not re.search(r"\.\s", words), "more than one sentence"
        assert not re.search(r"\s{2}|\bNone\b|\bnan\b|<NA>|\bnull\b|\beins\b|\b[01] \w|\s[.,;:)]|\(\s", words)
        assert not re.search(r"\beiner? (Nennungen|Dezernate)|\bkeine Nennungen", words)
    working = summary.working
    assert ("mindestens" in lines[0]) == (
        0 < working.working < working.asked
        and 0 <= working.unheard < working.asked
        and bool(working.unheard or not working.is_complete)
    )
    recent = summary.recent
    assert ("die meisten" in lines[1]) <= (2 * recent.certain > recent.dated)
