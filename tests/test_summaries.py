"""Summaries count what the tables hold: exact small frames."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from surveys import make_survey

from analysis import summaries
from analysis.frames import make_frame


def rows(frame, *columns):
    """The frame as tuples, empty cells as None."""
    chosen = frame[list(columns) or list(frame.columns)].astype(object)
    return list(chosen.where(chosen.notna(), None).itertuples(index=False, name=None))


def test_dezernate_keep_the_order_of_the_request_and_strays_come_last():
    survey = make_survey(
        returns=[
            {"dezernat": "II", "status": "received", "workbook": "x.xlsx"},
            {"dezernat": "OB", "dezernat_name": "Büro", "status": "fehlanzeige", "workbook": "y.xlsx"},
            {"dezernat": None, "status": "unreadable", "workbook": "z.xlsx"},
            {"dezernat": "II", "status": "unreadable", "workbook": "w.xlsx"},
        ],
        programmes=[{"dezernat": "II", "end_year": 2013}, {"dezernat": "II", "end_year": 2014}],
        expected=("II", "I"),
    )
    counts = summaries.count_dezernate(survey)
    assert rows(counts) == [
        ("II", "Finanzen", True, "received", 2, 1, 2, 1),
        ("I", "Allgemeines", True, "outstanding", 0, 0, 0, 0),
        ("OB", "Büro", False, "fehlanzeige", 1, 0, 0, 0),
        (None, None, False, "unreadable", 1, 1, 0, 0),
    ]
    assert list(summaries.list_programmes(survey)["programme_id"]) == ["P1", "P2"]


def test_programmes_are_listed_by_dezernat_in_the_order_of_the_request():
    programmes = [{"dezernat": code} for code in (None, "OB", "I", "V", "I")]
    survey = make_survey(
        {"V": "received", "I": "received", "OB": "received"}, programmes, expected=("V", "I")
    )
    listed = rows(summaries.list_programmes(survey), "dezernat", "programme_id")
    assert listed == [("V", "P4"), ("I", "P3"), ("I", "P5"), ("OB", "P2"), (None, "P1")]
    assert list(summaries.list_cooperation(survey)["programme_id"]) == ["P4", "P3", "P5", "P2", "P1"]


def test_doubts_are_counted_by_workbook_and_severity():
    survey = make_survey(
        {"I": "received", "II": "outstanding"},
        problems=[
            {"severity": "warning", "workbook": "I.xlsx", "message": "Bitte klären."},
            {"severity": "warning", "workbook": "I.xlsx", "message": "Bitte klären."},
            {"severity": "error", "workbook": "fremd.xlsx", "message": "Bitte klären."},
            {"severity": "info", "message": "Hinweis."},
        ],
    )
    assert rows(summaries.count_problems(survey)) == [
        ("I", "I.xlsx", 0, 2, 0, 2),
        (None, "fremd.xlsx", 1, 0, 0, 1),
        (None, None, 0, 0, 1, 1),
    ]


MANY = [
    {
        "severity": severity,
        "code": code,
        "workbook": "a.xlsx",
        "sheet": "S",
        "cell": cell,
        "found": found,
        "expected": expected,
        "message": message,
    }
    for severity, code, cell, found, expected, message in [
        ("warning", "title_missing", "C5", "x", None, "Titel?"),
        ("info", "contact_replaced", "K7", None, None, "Ersetzt."),
        ("info", "contact_replaced", "I5", None, None, "Ersetzt."),
        ("info", "contact_replaced", "I6", None, None, "Ersetzt."),
        ("info", "cell_comment", "B1", "y", None, "Kommentar."),
        ("info", "cell_comment", "B2", "z", None, "Kommentar."),
        (
            "info",
            "corrected",
            "D2",
            "8/09",
            "2009",
            "Berichtigt laut corrections.csv: gefragt (entschieden: Amt).",
        ),
        ("warning", "title_missing", "C6", "x", None, "Titel?"),
        ("warning", "title_missing", "C7", "w", None, "Titel?"),
        ("error", "books_do_not_balance", None, None, None, "Bücher."),
    ]
]


def test_the_same_doubt_about_several_cells_is_told_once_and_errors_come_first():
    survey = make_survey({"I": "received"}, problems=MANY)
    assert rows(summaries.group_problems(survey, "error", "warning"), "code", "cells", "found") == [
        ("books_do_not_balance", None, None),
        ("title_missing", "C5:C6", "x"),
        ("title_missing", "C7", "w"),
    ]
    assert rows(summaries.group_problems(survey, "info", by_found=False), "code", "cells", "found") == [
        ("cell_comment", "B1:B2", None),
        ("corrected", "D2", None),
    ]


def test_replaced_contacts_are_no_doubts_but_a_list_of_cells():
    survey = make_survey({"I": "received"}, problems=MANY, sheets=[{"workbook": "a.xlsx", "sheet": "S"}])
    survey.cells = make_frame(
        "cells",
        [
            {"workbook": "a.xlsx", "sheet": sheet, "cell": cell, "text": "[Kontakt]", "taken_as": taken_as}
            for sheet, cell, taken_as in [
                ("T", "J9", "withheld"),
                ("S", "J5", "withheld"),
                ("S", "J6", "withheld"),
                ("S", "I5", "placed"),
            ]
        ],
    )
    assert rows(summaries.count_problems(survey), "workbook", "error", "warning", "info") == [
        ("I.xlsx", 0, 0, 0),
        ("a.xlsx", 1, 3, 3),
    ]
    found = summaries.list_personal_data(survey)
    assert rows(found, "workbook", "sheet", "withheld", "replaced", "cell_count") == [
        ("a.xlsx", "S", "J5:J6", "I5:I6, K7", 5),
        ("a.xlsx", "T", "J9", None, 1),
    ]
    assert "[Kontakt]" not in found.to_string()


def test_corrections_are_listed_with_what_stood_there_and_what_counts():
    found = summaries.list_corrections(make_survey({"I": "received"}, problems=MANY))
    assert rows(found, "workbook", "sheet", "cell", "found", "corrected", "reason") == [
        ("a.xlsx", "S", "D2", "8/09", "2009", "gefragt (entschieden: Amt)."),
    ]


def test_very_many_scattered_cells_are_cut_with_their_number():
    text = summaries.returns.ranges_text(f"A{n}" for n in range(1, 201, 2))
    assert text.endswith(", A77, A79 und 60 weitere")
    assert summaries.returns.ranges_text([]) is None


def test_the_books_balance_sheet_by_sheet():
    survey = make_survey(
        {"I": "received", "II": "received"},
        sheets=[
            {"workbook": "I.xlsx", "sheet": "a", "nonempty": 5, "placed": 4, "unplaced": 1},
            {"workbook": "I.xlsx", "sheet": "b", "nonempty": 2, "context": 2},
            {"workbook": "II.xlsx", "sheet": "a", "nonempty": 3, "placed": 4},
            {"workbook": "II.xlsx", "sheet": "b", "nonempty": 3, "placed": 2},
        ],
    )
    counts = rows(summaries.count_cells(survey), "workbook", "nonempty", "placed", "unplaced", "is_balanced")
    assert counts == [("I.xlsx", 7, 4, 1, True), ("II.xlsx", 6, 6, 0, False)]


@pytest.mark.parametrize(
    ("start", "certainty", "recent", "ages"),
    [
        ((2009, 2009), "exact", "certain", (5, 5)),
        ((2014, 2014), "exact", "certain", (0, 0)),
        ((2008, 2008), "exact", "no", (6, 6)),
        ((2008, 2009), "approximate", "possible", (5, 6)),
        ((2010, 2012), "approximate", "certain", (2, 4)),
        ((1990, 1999), "approximate", "no", (15, 24)),
        ((None, 1999), "bounded", "no", (15, None)),
        ((None, 2012), "bounded", "possible", (2, None)),
        ((2011, None), "bounded", "certain", (0, 3)),
        ((2005, None), "bounded", "possible", (0, 9)),
        ((2011, 2014), "bounded", "certain", (0, 3)),
        ((2007, 2020), "approximate", "possible", (0, 7)),
        ((2015, 2015), "planned", "planned", (None, None)),
        ((None, None), "planned", "planned", (None, None)),
        ((2016, 2017), "approximate", "planned", (None, None)),
        ((None, None), "unknown", "unknown", (None, None)),
        ((None, None), None, "unknown", (None, None)),
    ],
)
def test_an_interval_is_certainly_possibly_or_not_recent(start, certainty, recent, ages):
    survey = make_survey(programmes=[{"dezernat": "I", "start": start, "start_certainty": certainty}])
    assert rows(summaries.list_starts(survey), "recent", "age_min", "age_max") == [(recent, *ages)]


def test_starts_are_sorted_oldest_first_then_planned_then_unknown():
    survey = make_survey(
        programmes=[
            {"title": "unbekannt"},
            {"title": "geplant", "start": (2015, 2015), "start_certainty": "planned"},
            {"title": "jung", "start": (2010, 2010)},
            {"title": "breit", "start": (1999, 2004)},
            {"title": "alt", "start": (1999, 1999)},
            {"title": "offen", "start": (None, 1998)},
        ]
    )
    titles = list(summaries.list_starts(survey)["title"])
    assert titles == ["offen", "alt", "breit", "jung", "geplant", "unbekannt"]


def test_periods_of_five_years_count_backwards_from_the_reference_date():
    survey = make_survey(
        programmes=[
            {"start": years}
            for years in [
                (1980, 1980),
                (1994, 1998),
                (1993, 1994),
                (2008, 2008),
                (2009, 2014),
                (None, 1993),
                (2013, None),
            ]
        ]
        + [{"start": (2015, 2015), "start_certainty": "planned"}, {}]
    )
    assert rows(summaries.count_start_periods(survey)) == [
        ("early", None, 1993, 2),
        ("span", 1994, 1998, 1),
        ("span", 1999, 2003, 0),
        ("span", 2004, 2008, 1),
        ("span", 2009, 2014, 2),
        ("between", None, None, 1),
        ("planned", None, None, 1),
        ("unknown", None, None, 1),
    ]


years = st.none() | st.integers(1950, 2030)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(years, years), max_size=8))
def test_every_programme_is_in_just_one_period_and_one_answer(starts):
    starts = [(a, b) if None in (a, b) else (min(a, b), max(a, b)) for a, b in starts]
    survey = make_survey(programmes=[{"start": start} for start in starts])
    assert summaries.count_start_periods(survey)["programme_count"].sum() == len(starts)
    assert summaries.count_recent(survey)["programme_count"].sum() == len(starts)


def test_ends_are_before_in_or_after_the_year_of_the_reference_date():
    survey = make_survey(
        programmes=[
            {"title": "c", "end_year": 2016},
            {"title": "a", "end_year": 2013},
            {"title": "b", "end_year": 2014},
            {},
        ]
    )
    assert rows(summaries.list_ends(survey), "title", "end_year", "ended") == [
        ("a", 2013, "before"),
        ("b", 2014, "same"),
        ("c", 2016, "later"),
    ]


def test_groups_count_programmes_and_disability_is_never_left_out():
    survey = make_survey(
        programmes=[
            {"groups": ["kinder", "schueler"]},
            {"groups": ["kinder", "alle_bewohner"]},
            {"groups": ["alle_bewohner"]},
            {"groups": ["keine_angabe"]},
            {"groups": ["unklar"]},
            {},
        ]
    )
    assert rows(summaries.count_target_groups(survey), "target_group", "programme_count") == [
        ("kinder", 2),
        ("alle_bewohner", 2),
        ("schueler", 1),
        ("menschen_mit_behinderung", 0),
    ]
    assert rows(summaries.count_audiences(survey)) == [
        ("special", 1),
        ("everybody", 1),
        ("both", 1),
        ("none", 3),
    ]


def test_disability_named_and_implied_are_kept_apart():
    survey = make_survey(
        programmes=[
            {"title": "Sozialpsychiatrische Zentren", "groups": ["alle_bewohner"]},
            {"title": "Lotse", "groups": ["menschen_mit_behinderung"], "description": "Förderschule"},
            {"title": "Kompetenzzentren", "description": "Sonderpädagogische Förderung"},
            {
                "title": "Beratung",
                "target_groups_text": "psychisch erkrankte Menschen",
                "groups": ["psychisch_erkrankte"],
            },
            {"title": "Sport", "description": "inklusive Senioren, behindert niemanden"},
            {"title": "Treff", "description": "auch für Körperbehinderte"},
            {"title": "Heft", "description": "Angebote in Leichter Sprache"},
        ]
    )
    assert rows(summaries.list_disability(survey), "title", "basis", "found") == [
        ("Lotse", "named", "Menschen mit Behinderung"),
        ("Sozialpsychiatrische Zentren", "implied", "Sozialpsychiatrische"),
        ("Kompetenzzentren", "implied", "Sonderpädagogische"),
        ("Beratung", "implied", "psychisch"),
        ("Treff", "implied", "Körperbehinderte"),
        ("Heft", "implied", "Leichter Sprache"),
    ]
    assert rows(summaries.count_disability(survey)) == [("named", 1), ("implied", 5), ("neither", 1)]
    reasons = summaries.list_disability(survey)["reason"]
    assert list(reasons.isna()) == [True, False, False, False, False, False]


def test_a_cell_filled_with_one_endless_word_is_searched_at_once():
    endless = (
        "x" * 32_753 + "_Autismus_" + "ä"
    )  # a pattern of words takes minutes here, and the report gives up
    survey = make_survey(
        programmes=[{"title": "Treff", "description": f"für {endless}."}, {"title": "y" * 32_767}]
    )
    assert rows(summaries.list_disability(survey), "title", "found") == [("Treff", endless)]


def test_offices_and_responsibility_keep_what_is_unknown():
    survey = make_survey(
        programmes=[
            {"dezernat": "IV", "office": "Sportamt", "responsible_dezernat": "IV"},
            {"dezernat": "IV", "office": "Sportamt", "responsible_dezernat": "VI"},
            {"dezernat": "V"},
        ]
    )
    assert rows(summaries.count_offices(survey)) == [("IV", "Sportamt", 2), ("V", None, 1)]
    assert rows(summaries.count_responsibility(survey)) == [
        ("IV", "IV", 1, False),
        ("IV", "VI", 1, True),
        ("V", None, 1, None),
    ]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Träger vor Ort", "given"),
        ("Dez. V", "given"),
        ("ja", "given"),
        ("Keine Einrichtung ohne Partner: Caritas", "given"),
        ("keine", "none"),
        ("Nein.", "none"),
        ("z. Z. keine", "none"),
        ("bislang keine", "none"),
        ("in Planung", "no_answer"),
        ("k.A.", "no_answer"),
        ("K. A.", "no_answer"),
        ("-", "no_answer"),
        ("?", "no_answer"),
        ("   ", "no_answer"),
        (None, "no_answer"),
    ],
)
def test_what_an_answer_says_of_cooperation(text, answer):
    survey = make_survey(programmes=[{"partners_text": text}])
    assert list(summaries.list_cooperation(survey)["answer"]) == [answer]
    assert summaries.count_cooperation(survey)["programme_count"].sum() == 1


def test_all_stadtbezirke_are_shown_and_the_city_apart():
    survey = make_survey(
        programmes=[
            {"title": "A", "places": [1, 1, 3], "groups": ["kinder"]},
            {"title": "B", "places": [3], "groups": ["kinder", "senioren"]},
            {"title": "C", "area_scope": "citywide", "groups": ["senioren"]},
            {"title": "D"},
        ]
    )
    assert rows(summaries.count_stadtbezirke(survey)) == [
        (1, "Nordstadt", 1, "A"),
        (2, "Südstadt", 0, None),
        (3, "Oststadt", 2, "A; B"),
    ]
    assert rows(summaries.count_scopes(survey)) == [("citywide", 1), ("named", 2), ("unknown", 1)]
    pairs = rows(summaries.count_groups_by_stadtbezirk(survey), "label", "stadtbezirk_nr", "programme_count")
    assert pairs == [
        ("Kinder", 1, 1),
        ("Kinder", 2, 0),
        ("Kinder", 3, 2),
        ("Senior*innen", 1, 0),
        ("Senior*innen", 2, 0),
        ("Senior*innen", 3, 1),
        ("Menschen mit Behinderung", 1, 0),
        ("Menschen mit Behinderung", 2, 0),
        ("Menschen mit Behinderung", 3, 0),
    ]


@pytest.mark.parametrize("name", [name for name in summaries.__all__ if name.startswith(("count_", "list_"))])
def test_an_empty_survey_gives_the_same_columns(name):
    summary = getattr(summaries, name)
    full = make_survey(
        {"I": "received"}, [{"dezernat": "I", "start": (2000, 2000), "groups": ["kinder"], "places": [1]}]
    )
    empty = make_survey({})
    assert list(summary(empty).columns) == list(summary(full).columns)
    assert summary(empty).dtypes.equals(summary(full).dtypes)
    assert summary.__doc__.startswith("One row per ")
