"""Findings say what the counts say: exact sentences, and rules that hold for any counts."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from surveys import PROGRAMMES, STATUSES, make_survey

from analysis import findings
from analysis.findings import (
    Audience,
    Books,
    Cooperation,
    Coverage,
    Disability,
    Doubts,
    Ends,
    GroupReach,
    Mentions,
    NamedGroups,
    Offices,
    Oldest,
    Recent,
    ResponseRate,
    Responsibility,
    StartAnswers,
    WorkingDezernate,
)
from analysis.findings.wording import leaders, paired

SENTENCES = [
    (
        ResponseRate(
            asked=7, received=("Dezernat IV", "Büro"), fehlanzeige=("Dezernat I",) * 2 + ("Dezernat II",) * 3
        ),
        "Alle sieben Dezernate haben geantwortet: zwei mit Maßnahmen (IV und Büro), "
        "fünf mit Fehlanzeige (I, I, II, II und II). "
        "Die Rücklaufquote beträgt 100\u00a0% (7 von 7).",
    ),
    (
        ResponseRate(asked=7, received=("Dezernat V",), fehlanzeige=(), outstanding=("Dezernat I",) * 6),
        "Eines von sieben Dezernaten hat geantwortet und Maßnahmen genannt. Die Rücklaufquote beträgt "
        "14\u00a0% (1 von 7). Noch keine Antwort liegt vor von: Dezernat I, Dezernat I, Dezernat I, Dezernat I, "
        "Dezernat I und Dezernat I.",
    ),
    (
        ResponseRate(asked=3, received=(), fehlanzeige=("Dezernat I",) * 3),
        "Alle drei Dezernate haben geantwortet, und zwar mit Fehlanzeige. Die Rücklaufquote beträgt "
        "100\u00a0% (3 von 3).",
    ),
    (
        ResponseRate(
            asked=2, received=(), fehlanzeige=(), outstanding=("Dezernat I",), unreadable=("Dezernat II",)
        ),
        "Von keinem der beiden Dezernate liegt eine lesbare Antwort vor. Die Rücklaufquote beträgt "
        "0\u00a0% (0 von 2). Noch keine Antwort liegt vor von: Dezernat I. "
        "Nicht lesbar ist die Rückmeldung von: Dezernat II.",
    ),
    (
        ResponseRate(
            asked=2,
            received=("Dezernat I", "Dezernat II"),
            fehlanzeige=(),
            partly_unreadable=("Dezernat II",),
            not_asked=("OB",),
            stray_workbooks=2,
        ),
        "Beide Dezernate haben geantwortet und Maßnahmen genannt. Die Rücklaufquote beträgt 100\u00a0% (2 von 2). "
        "Nur zum Teil lesbar ist die Rückmeldung von: Dezernat II. Ohne angefragt zu sein, hat geantwortet: OB. "
        "Zwei Dateien lassen sich keinem Dezernat zuordnen.",
    ),
    (
        ResponseRate(
            asked=1, received=(), fehlanzeige=("Dezernat I",), stray_workbooks=1, stray_unreadable=1
        ),
        "Das eine Dezernat hat geantwortet, und zwar mit Fehlanzeige. Die Rücklaufquote beträgt 100\u00a0% "
        "(1 von 1). Eine Datei lässt sich keinem Dezernat zuordnen; sie ist nicht lesbar.",
    ),
    (
        ResponseRate(asked=0, received=(), fehlanzeige=(), stray_workbooks=3, stray_unreadable=1),
        "Es ist kein Dezernat als angefragt eingetragen. Drei Dateien lassen sich keinem Dezernat zuordnen; "
        "eine davon ist nicht lesbar.",
    ),
    (ResponseRate(asked=0, received=(), fehlanzeige=()), "Es ist kein Dezernat als angefragt eingetragen."),
    (
        WorkingDezernate(asked=7, working=2, inactive=0, unheard=0),
        "In zwei von sieben Dezernaten wird mit sozialräumlichen Bezügen gearbeitet.",
    ),
    (
        WorkingDezernate(asked=7, working=1, inactive=1, unheard=0),
        "In einem von sieben Dezernaten wird mit sozialräumlichen Bezügen gearbeitet. "
        "Ein weiteres Dezernat nennt nur Maßnahmen, die geplant oder schon beendet sind.",
    ),
    (
        WorkingDezernate(asked=7, working=0, inactive=0, unheard=0),
        "In keinem der sieben Dezernate wird mit sozialräumlichen Bezügen gearbeitet.",
    ),
    (
        WorkingDezernate(asked=7, working=7, inactive=0, unheard=0),
        "In allen sieben Dezernaten wird mit sozialräumlichen Bezügen gearbeitet.",
    ),
    (
        WorkingDezernate(asked=7, working=2, inactive=0, unheard=1, not_asked=("OB",)),
        "In mindestens zwei von sieben Dezernaten wird mit sozialräumlichen Bezügen gearbeitet; "
        "nicht alle Rückmeldungen liegen auswertbar vor. Hinzu kommen Nennungen von: OB.",
    ),
    (
        WorkingDezernate(asked=7, working=0, inactive=0, unheard=4),
        "In keinem der drei Dezernate mit lesbarer Rückmeldung wird mit sozialräumlichen Bezügen gearbeitet; "
        "nicht alle Rückmeldungen liegen auswertbar vor.",
    ),
    (
        WorkingDezernate(asked=7, working=0, inactive=0, unheard=7),
        "Ob mit sozialräumlichen Bezügen gearbeitet wird, ist offen: "
        "Von keinem angefragten Dezernat liegt eine lesbare Rückmeldung vor.",
    ),
    (
        WorkingDezernate(asked=7, working=0, inactive=2, unheard=0),
        "In keinem der sieben Dezernate wird mit sozialräumlichen Bezügen gearbeitet. "
        "Zwei Dezernate nennen nur Maßnahmen, die geplant oder schon beendet sind.",
    ),
    (
        WorkingDezernate(asked=3, working=1, inactive=0, unheard=0, is_complete=False),
        "In mindestens einem von drei Dezernaten wird mit sozialräumlichen Bezügen gearbeitet; "
        "nicht alle Rückmeldungen liegen auswertbar vor.",
    ),
    (Mentions(total=0), "Es wurde keine Maßnahme genannt."),
    (
        Mentions(total=24, by_dezernat=(("Dezernat IV", 11), ("Dezernat V", 13))),
        "Insgesamt wurden 24 Nennungen gezählt: elf aus Dezernat IV und 13 aus Dezernat V.",
    ),
    (
        Mentions(total=3, by_dezernat=(("Dezernat V", 2), ("Büro des Oberbürgermeisters", 1))),
        "Insgesamt wurden drei Nennungen gezählt: zwei aus Dezernat V und eine aus dem Bereich Büro des "
        "Oberbürgermeisters.",
    ),
    (
        Mentions(total=1, by_dezernat=(("Dezernat V", 1),)),
        "Insgesamt wurde eine Nennung gezählt, sie stammt aus Dezernat V.",
    ),
    (
        Mentions(total=3, by_dezernat=(("Dezernat V", 3),)),
        "Insgesamt wurden drei Nennungen gezählt, alle stammen aus Dezernat V.",
    ),
    (Doubts(0, 0, 0, 0), "Beim Einlesen der Rückmeldungen ist keine Frage offen geblieben."),
    (
        Doubts(error=1, warning=3, info=1, workbooks=2),
        "Beim Einlesen der Rückmeldungen sind ein Fehler und drei Rückfragen offen geblieben, und zwar in zwei "
        "Arbeitsmappen. Hinzu kommt ein Hinweis dazu, wie eine Stelle gelesen wurde.",
    ),
    (
        Doubts(error=0, warning=2, info=0, workbooks=1, overall=1),
        "Beim Einlesen der Rückmeldungen sind zwei Rückfragen offen geblieben, und zwar in einer Arbeitsmappe und "
        "zur Abfrage insgesamt.",
    ),
    (
        Books(workbooks=7, cells=812, unplaced=0),
        "In sieben Arbeitsmappen stehen 812 gefüllte Zellen; über jede ist Buch geführt, und die Bücher gehen auf.",
    ),
    (
        Books(workbooks=2, cells=1012, unplaced=1, unbalanced=("V.xlsx",)),
        "Die Bücher gehen nicht auf in: V.xlsx; dort fehlen Zellen oder zählen doppelt. "
        "Eine Zelle ließ sich keiner Angabe zuordnen.",
    ),
    (
        StartAnswers(exact=18, interval=3, planned=1, unknown=2),
        "Eine auswertbare Angabe zum Beginn steht bei 22 von 24 Nennungen: ein bestimmtes Jahr bei 18, "
        "ein Zeitraum bei drei und ein geplanter Beginn bei einer.",
    ),
    (
        StartAnswers(exact=3, interval=0, planned=0, unknown=0),
        "Eine auswertbare Angabe zum Beginn steht bei allen drei Nennungen, und zwar ein bestimmtes Jahr.",
    ),
    (StartAnswers(0, 0, 0, 2), "Eine auswertbare Angabe zum Beginn steht bei keiner der beiden Nennungen."),
    (Oldest(22, 22, 20, 20, titles=("Lotse",)), "Die älteste Maßnahme ist 20 Jahre alt („Lotse“)."),
    (
        Oldest(20, 24, 20, 20, titles=("Lotse", "Haus „Süd“")),
        "Die beiden ältesten Maßnahmen mit Angabe zum Beginn sind 20 Jahre alt („Lotse“ und „Haus ‚Süd‘“).",
    ),
    (
        Oldest(22, 22, 7, 7, titles=tuple("ABCDEFG")),
        "Die sieben ältesten Maßnahmen sind sieben Jahre alt.",
    ),
    (Oldest(22, 22, 19, 20), "Die älteste Maßnahme ist zwischen 19 und 20 Jahre alt."),
    (Oldest(22, 24, 15, None), "Die älteste Maßnahme mit Angabe zum Beginn ist mindestens 15 Jahre alt."),
    (
        Oldest(1, 1, 1, 1, titles=("Lotse",)),
        "Die einzige Maßnahme mit Angabe zum Beginn ist ein Jahr alt („Lotse“).",
    ),
    (Oldest(4, 4, 0, 0), "Die älteste Maßnahme ist im Jahr des Stichtags begonnen worden."),
    (Oldest(4, 4, 0, 3), "Die älteste Maßnahme ist höchstens drei Jahre alt."),
    (Oldest(4, 4, 0, None), "Die älteste Maßnahme ist von ungewissem Alter."),
    (Oldest(4, 4, 1, 2), "Die älteste Maßnahme ist zwischen einem und zwei Jahren alt."),
    (
        Oldest(dated=0, total=2),
        "Wie alt die älteste Maßnahme ist, ist offen: Keine Nennung enthält dazu eine auswertbare Angabe.",
    ),
    (Oldest(dated=0, total=0), "Es wurde keine Maßnahme genannt."),
    (
        Recent(certain=13, possible=0, no=9, planned=0, unknown=2, since=2009),
        "Die meisten Maßnahmen sind in den letzten fünf Jahren vor dem Stichtag (seit 2009) begonnen worden: "
        "13 von 22 Nennungen mit Angabe zum Beginn. Nicht mitgezählt: zwei Nennungen ohne auswertbare Angabe.",
    ),
    (
        Recent(certain=9, possible=0, no=13, planned=1, unknown=0, since=2009),
        "Neun von 22 Nennungen mit Angabe zum Beginn sind in den letzten fünf Jahren vor dem Stichtag (seit 2009) "
        "begonnen worden; die meisten sind älter. Nicht mitgezählt: eine geplante Maßnahme.",
    ),
    (
        Recent(certain=11, possible=0, no=11, planned=0, unknown=0, since=2009),
        "Die Hälfte der Maßnahmen ist in den letzten fünf Jahren vor dem Stichtag (seit 2009) begonnen worden: "
        "elf von 22 Nennungen mit Angabe zum Beginn.",
    ),
    (
        Recent(certain=10, possible=3, no=9, planned=0, unknown=0, since=2009),
        "Ob die meisten Maßnahmen in den letzten fünf Jahren vor dem Stichtag (seit 2009) begonnen worden sind, "
        "ist offen: Sicher gilt das für zehn von 22 Nennungen mit Angabe zum Beginn; "
        "möglich ist es bei drei weiteren.",
    ),
    (
        Recent(certain=0, possible=2, no=2, planned=0, unknown=0, since=2009),
        "Keine der vier Nennungen mit Angabe zum Beginn ist in den letzten fünf Jahren vor dem Stichtag (seit 2009) "
        "begonnen worden; möglich ist es bei zwei; die Hälfte ist älter.",
    ),
    (
        Recent(certain=4, possible=0, no=0, planned=0, unknown=0, since=2009),
        "Alle vier Nennungen mit Angabe zum Beginn sind in den letzten fünf Jahren vor dem Stichtag (seit 2009) "
        "begonnen worden.",
    ),
    (
        Recent(certain=0, possible=0, no=3, planned=0, unknown=0, since=2009),
        "Alle drei Nennungen mit Angabe zum Beginn sind schon vor 2009 begonnen worden.",
    ),
    (
        Recent(certain=0, possible=0, no=1, planned=0, unknown=0, since=2009),
        "Die einzige Nennung mit Angabe zum Beginn ist schon vor 2009 begonnen worden.",
    ),
    (
        Recent(certain=0, possible=1, no=0, planned=0, unknown=0, since=2009),
        "Ob die einzige Nennung mit Angabe zum Beginn in den letzten fünf Jahren vor dem Stichtag (seit 2009) "
        "begonnen worden ist, ist offen.",
    ),
    (
        Recent(certain=0, possible=0, no=0, planned=1, unknown=2, since=2009),
        "Keine der drei Nennungen enthält eine auswertbare Angabe zu einem Beginn vor dem Stichtag.",
    ),
    (
        Ends(before=1, same=0, later=2, total=24, year=2014),
        "Ein Endjahr ist bei drei von 24 Nennungen angegeben: vor 2014 bei einer und nach 2014 bei zwei. "
        "Was seit dem Stichtag geendet hat, ist bei den Dezernaten zu erfragen.",
    ),
    (
        Ends(before=0, same=3, later=0, total=24, year=2014),
        "Ein Endjahr ist bei drei von 24 Nennungen angegeben, und zwar im Jahr 2014. "
        "Was seit dem Stichtag geendet hat, ist bei den Dezernaten zu erfragen.",
    ),
    (
        Ends(before=0, same=0, later=0, total=24, year=2014),
        "Ein Endjahr ist bei keiner der 24 Nennungen angegeben. "
        "Was seit dem Stichtag geendet hat, ist bei den Dezernaten zu erfragen.",
    ),
    (
        Audience(special=15, everybody=5, both=2, none=2),
        "Manche Maßnahmen richten sich an besondere Zielgruppen, andere an alle Bewohnerinnen und Bewohner. "
        "Von 22 Nennungen mit Angabe zur Zielgruppe richten sich 15 an besondere Zielgruppen, fünf an alle "
        "Bewohnerinnen und Bewohner und zwei sowohl an besondere Zielgruppen als auch an alle. "
        "Nicht mitgezählt: zwei Nennungen ohne auswertbare Angabe.",
    ),
    (
        Audience(special=1, everybody=1, both=0, none=0),
        "Von zwei Nennungen mit Angabe zur Zielgruppe richtet sich eine an besondere Zielgruppen und eine an alle "
        "Bewohnerinnen und Bewohner.",
    ),
    (
        Audience(special=0, everybody=3, both=0, none=0),
        "Alle drei Nennungen mit Angabe zur Zielgruppe richten sich an alle Bewohnerinnen und Bewohner.",
    ),
    (Audience(0, 0, 0, 3), "Keine der drei Nennungen enthält eine auswertbare Angabe zur Zielgruppe."),
    (NamedGroups(groups=0), "Eine besondere Zielgruppe wird nicht genannt."),
    (
        NamedGroups(groups=4, most=(("Kinder", 9), ("Jugendliche", 8), ("Mädchen", 1)), highest=9),
        "Genannt werden vier verschiedene besondere Zielgruppen, am häufigsten Kinder (neun Nennungen), "
        "Jugendliche (acht) und Mädchen (eine).",
    ),
    (
        NamedGroups(groups=2, most=(("Kinder", 1), ("Jugendliche", 1)), highest=1),
        "Genannt werden zwei verschiedene besondere Zielgruppen: Kinder (eine Nennung) und Jugendliche (eine).",
    ),
    (
        NamedGroups(groups=7, highest=1),
        "Genannt werden sieben verschiedene besondere Zielgruppen, keine öfter als einmal.",
    ),
    (
        Disability(named=0, implied=2, known=22, implied_titles=("Zentren", "Kompetenz")),
        "Menschen mit Behinderung werden in keiner der 22 Nennungen mit Angabe zur Zielgruppe ausdrücklich genannt. "
        "Bei zwei Nennungen legt der Text nahe, dass sie auch gemeint sind („Zentren“ und „Kompetenz“); "
        "das ist noch zu erfragen.",
    ),
    (
        Disability(named=1, implied=1, known=3, named_titles=("Lotse",), implied_titles=("Sport",)),
        "Menschen mit Behinderung werden in einer von drei Nennungen mit Angabe zur Zielgruppe ausdrücklich genannt "
        "(„Lotse“). Bei einer weiteren Nennung legt der Text nahe, dass sie auch gemeint sind („Sport“); "
        "das ist noch zu erfragen.",
    ),
    (
        Responsibility(same=22, differs=1, unknown=1),
        "Bei einer von 23 Nennungen mit Angabe zur Zuständigkeit ist ein anderes Dezernat zuständig als das, das sie "
        "gemeldet hat. Eine Nennung lässt offen, welches Dezernat zuständig ist.",
    ),
    (
        Cooperation(given=2, none=1, no_answer=7, titles=("Lotse", "Treff")),
        "Eine Zusammenarbeit mit anderen Stellen wird nur vereinzelt angegeben, nämlich bei zwei von zehn Nennungen "
        "(„Lotse“ und „Treff“). Eine Nennung verneint sie ausdrücklich. Sieben Nennungen enthalten dazu keine "
        "Angabe.",
    ),
    (
        Cooperation(given=0, none=2, no_answer=0),
        "Eine Zusammenarbeit mit anderen Stellen wird bei keiner der beiden Nennungen angegeben. "
        "Zwei Nennungen verneinen sie ausdrücklich.",
    ),
    (
        Cooperation(given=6, none=0, no_answer=0),
        "Eine Zusammenarbeit mit anderen Stellen wird angegeben, und zwar bei allen sechs Nennungen.",
    ),
    (
        Offices(offices=1, unknown=2, total=3, most=(("Sportamt", 1),)),
        "Genannt wird nur ein Amt oder eine Dienststelle: Sportamt (eine Nennung). Bei zwei Nennungen fehlt das Amt.",
    ),
    (
        Offices(offices=3, unknown=0, total=6, most=(("Sportamt", 4),)),
        "Genannt werden drei Ämter und Dienststellen, am häufigsten Sportamt (vier Nennungen).",
    ),
    (
        Coverage(
            9, total=24, located=18, citywide=5, unknown=1, silent=("Porz", "Kalk"), most=(("Mülheim", 6),)
        ),
        "18 von 24 Nennungen lassen sich Stadtbezirken zuordnen; sie beziehen sich auf sieben von neun "
        "Stadtbezirken, am häufigsten auf Mülheim (sechs Nennungen). Ohne eigene Nennung bleiben: Porz und "
        "Kalk. Fünf Nennungen gelten für die ganze Stadt. Eine Nennung lässt sich keinem Ort zuordnen.",
    ),
    (
        Coverage(2, total=1, located=1, citywide=0, unknown=0, silent=("Porz",), most=(("Kalk", 1),)),
        "Die einzige Nennung lässt sich Stadtbezirken zuordnen; sie bezieht sich auf einen von zwei Stadtbezirken: "
        "Kalk (eine Nennung). Ohne eigene Nennung bleibt: Porz.",
    ),
    (
        GroupReach(both=5, total=7, groups=4, stadtbezirke=9, everywhere=("Kinder",), single=2),
        "Fünf von sieben Nennungen enthalten sowohl eine Zielgruppe als auch einen Stadtbezirk. "
        "Dabei werden vier Zielgruppen genannt: eine in allen neun Stadtbezirken (Kinder), zwei nur in einem einzigen.",
    ),
    (
        GroupReach(both=1, total=7, groups=1, stadtbezirke=9),
        "Eine von sieben Nennungen enthält sowohl eine Zielgruppe als auch einen Stadtbezirk. "
        "Dabei wird eine Zielgruppe genannt: keine in allen neun Stadtbezirken.",
    ),
    (
        GroupReach(both=0, total=7, groups=0, stadtbezirke=9),
        "Keine Nennung enthält zugleich eine Zielgruppe und einen Stadtbezirk.",
    ),
    (
        Coverage(9, total=2, located=0, citywide=2, unknown=0, silent=tuple("abcdefghi")),
        "Keine der beiden Nennungen lässt sich einem Stadtbezirk zuordnen. "
        "Zwei Nennungen gelten für die ganze Stadt.",
    ),
]


@pytest.mark.parametrize(("finding", "sentence"), SENTENCES)
def test_the_sentence_follows_the_counts(finding, sentence):
    assert finding.sentence == sentence


counts = st.integers(0, 30)


@given(counts, counts, counts, counts, counts)
def test_most_is_said_only_of_more_than_half(certain, possible, no, planned, unknown):
    finding = Recent(certain, possible, no, planned, unknown, since=2009)
    half = finding.dated / 2
    said = finding.sentence
    assert said.startswith("Die meisten Maßnahmen") == (finding.dated > 1 and half < certain < finding.dated)
    assert ("die meisten sind älter" in said) <= (no > half)
    assert ("ist offen" in said) <= (certain <= half < certain + possible or finding.dated == 1)


STATES = [getattr(findings, name) for name in findings.__all__ if name.startswith(("state_", "tell_"))]


@settings(max_examples=20, deadline=None)
@given(STATUSES, PROGRAMMES)
def test_every_finding_speaks_correct_german_of_any_survey(statuses, rows):
    survey = make_survey(statuses, rows, expected=("I", "II", "III"))
    said = [getattr(state(survey), "sentence", "Gut.") for state in STATES]
    for text in said:
        words = re.sub(r"[„‚].*?[“‘]", "T", text)  # titles are as the returns have them
        assert text and text[0] == text[0].upper()
        assert text.endswith((".", "?"))
        assert not re.search(
            r"[^\S\n]{2}|\.\.|\bNone\b|\bnan\b|<NA>|\bnull\b|\b1 Nennungen|\beine Nennungen", words
        )


def test_counts_of_a_survey_reach_the_findings():
    survey = make_survey(
        {"I": "fehlanzeige", "IV": "received", "V": "received"},
        [
            {"dezernat": "IV", "start": (1994, 1995), "groups": ["kinder", "schueler"], "places": [1]},
            {"dezernat": "IV", "start": (2010, 2010), "groups": ["alle_bewohner"], "area_scope": "citywide"},
            {"dezernat": "V", "start": (2009, 2009), "groups": ["kinder"], "partners_text": "Träger"},
            {"dezernat": "V", "start": (2008, 2009), "responsible_dezernat": "IV", "places": [1, 3]},
            {"dezernat": "V", "start": (2016, 2016), "start_certainty": "planned", "end_year": 2018},
            {"dezernat": "V"},
        ],
    )
    assert findings.state_working_dezernate(survey) == WorkingDezernate(3, working=2, inactive=0, unheard=0)
    assert findings.state_mentions(survey) == Mentions(6, (("Dezernat IV", 2), ("Dezernat V", 4)))
    assert findings.state_oldest(survey) == Oldest(dated=4, total=6, age_min=19, age_max=20)
    assert findings.state_recent(survey) == Recent(2, 1, 1, planned=1, unknown=1, since=2009)
    assert findings.state_start_answers(survey) == StartAnswers(exact=2, interval=2, planned=1, unknown=1)
    assert findings.state_ends(survey) == Ends(before=0, same=0, later=1, total=6, year=2014)
    assert findings.state_audience(survey) == Audience(special=2, everybody=1, both=0, none=3)
    assert findings.state_named_groups(survey) == NamedGroups(
        2, (("Kinder", 2), ("Schülerinnen und Schüler", 1)), highest=2
    )
    assert findings.state_responsibility(survey) == Responsibility(same=0, differs=1, unknown=5)
    assert findings.state_cooperation(survey) == Cooperation(1, none=0, no_answer=5, titles=("Titel 3",))
    assert findings.state_coverage(survey) == Coverage(
        3,
        total=6,
        located=2,
        citywide=1,
        unknown=3,
        silent=("Südstadt",),
        most=(("Nordstadt", 2), ("Oststadt", 1)),
    )


def test_a_dezernat_with_only_planned_or_ended_programmes_does_not_work_yet():
    survey = make_survey(
        {"I": "received", "II": "received"},
        [
            {"dezernat": "I", "start": (2015, 2015), "start_certainty": "planned"},
            {"dezernat": "I", "start": (2000, 2000), "end_year": 2012},
            {"dezernat": "II", "start": (2000, 2000), "end_year": 2014},
        ],
    )
    assert findings.state_working_dezernate(survey) == WorkingDezernate(2, working=1, inactive=1, unheard=0)


def test_several_workbooks_of_a_dezernat_count_once():
    survey = make_survey(
        returns=[
            {"dezernat": "I", "status": "unreadable", "is_expected": True, "workbook": "a.xlsx"},
            {"dezernat": "I", "status": "fehlanzeige", "is_expected": True, "workbook": "b.xlsx"},
            {"dezernat": None, "status": "received", "is_expected": False, "workbook": "c.xlsx"},
            {"dezernat": "OB", "dezernat_name": "Büro", "status": "received", "workbook": "d.xlsx"},
            {"dezernat": "II", "status": "unreadable", "is_expected": True, "workbook": "e.xlsx"},
        ],
        programmes=[{"dezernat": "OB"}],
        expected=("I", "II", "III"),
    )
    rate = findings.state_response_rate(survey)
    assert rate == ResponseRate(
        asked=3,
        received=(),
        fehlanzeige=("Dezernat I",),
        outstanding=("Dezernat III",),
        unreadable=("Dezernat II",),
        partly_unreadable=("Dezernat I",),
        not_asked=("Büro",),
        stray_workbooks=1,
    )
    working = findings.state_working_dezernate(survey)
    assert working == WorkingDezernate(
        3, working=0, inactive=0, unheard=2, not_asked=("Büro",), is_complete=False
    )


def test_a_section_without_programmes_says_so_once():
    survey = make_survey({"I": "fehlanzeige"})
    for tell in ("tell_start_years", "tell_audience", "tell_cooperation", "tell_places"):
        assert getattr(findings, tell)(survey).sentence == "Es wurde keine Maßnahme genannt."


def test_a_sample_says_so_and_real_returns_do_not():
    assert findings.state_sample(make_survey({}, is_sample=True)).label == "Musterdaten"
    assert findings.state_sample(make_survey({}, is_sample=False)) is None


def test_header_and_occasion_come_from_the_survey():
    survey = make_survey({"I": "fehlanzeige"})
    assert findings.state_header(survey).markdown == (
        "- **Gremium:** Ausschuss der Probe\n- **Sitzung:** 11.03.2014\n"
        "- **Betreff:** Probeabfrage\n- **Stichtag:** 26.02.2014"
    )
    assert findings.state_procedure(survey).sentence == (
        "Am 9.\u00a0Dezember 2013 wurde ein Dezernat gebeten, bis zum 31.\u00a0Januar 2014 zu antworten."
    )


def test_a_title_cannot_format_the_prose():
    finding = Disability(named=1, implied=0, known=1, named_titles=("*Sport* <b>[x](y)",))
    assert r"\*Sport\* \<b\>\[x\](y)" in finding._repr_mimebundle_()[0]["text/markdown"]


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Schüler*innen", "Schülerinnen und Schüler"),
        ("alle Bewohner*innen", "alle Bewohnerinnen und Bewohner"),
        ("Senior*innen", "Seniorinnen und Senioren"),
        ("Student*innen", "Studentinnen und Studenten"),
        ("Ärzt*innen", "Ärzt*innen"),
        ("LSBTI*", "LSBTI*"),
    ],
)
def test_labels_are_paired_in_running_text(label, words):
    assert paired(label) == words


def test_leaders_take_ties_along_or_leave_them_all():
    assert leaders([("a", 5), ("b", 3), ("c", 2), ("d", 2), ("e", 1)]) == (
        ("a", 5),
        ("b", 3),
        ("c", 2),
        ("d", 2),
    )
    assert leaders([("a", 5), *((name, 1) for name in "bcdefg")]) == (("a", 5),)
    assert leaders([(name, 1) for name in "abcdef"]) == ()
