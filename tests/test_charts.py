"""Charts: every number stands on its mark, colours pass, words come from the counts, the same bytes every time."""

import re
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from colours import APART, SIGHTS, WHITE, distance, lowest_contrasts, mark_colours
from matplotlib.colors import to_hex
from surveys import make_survey

import analysis
from analysis import charts, overviews
from analysis.charts import style
from analysis.overviews.style import listing
from analysis.publish.display import Chart, Prose, Table

ROOT = Path(__file__).parents[1]
CHARTS = [getattr(charts, name) for name in charts.__all__]
TABLES = [getattr(overviews, name) for name in overviews.__all__]


@pytest.fixture
def survey():
    return make_survey(
        {"I": "fehlanzeige", "II": "outstanding", "III": "unreadable", "IV": "received", "V": "received"},
        [
            {
                "dezernat": "IV",
                "title": "Sehr alt",
                "start": (1994, 1996),
                "groups": ["kinder"],
                "places": [1],
            },
            {"dezernat": "IV", "title": "Davor", "start": (None, 1999), "office": "Sportamt"},
            {
                "dezernat": "V",
                "title": "Neu",
                "start": (2012, 2012),
                "groups": ["alle_bewohner"],
                "places": [1, 3],
            },
            {"dezernat": "V", "title": "Danach", "start": (2011, None), "responsible_dezernat": "IV"},
            {"dezernat": "V", "title": "Bald", "start": (2015, 2015), "start_certainty": "planned"},
            {"dezernat": "V", "title": "Offen", "area_scope": "citywide", "partners_text": "Träger"},
        ],
        problems=[
            {
                "severity": "warning",
                "workbook": "IV.xlsx",
                "sheet": "S",
                "cell": "D7",
                "message": "Bitte klären.",
            }
        ],
        sheets=[{"workbook": "IV.xlsx", "sheet": "S", "nonempty": 3, "placed": 3}],
    )


def texts(chart):
    """The words in the picture, in the order they are drawn."""
    return re.findall(r">([^<>\n]+)</t(?:ext|span)>", chart.svg)


@pytest.mark.parametrize("draw", CHARTS)
def test_a_chart_has_its_words_and_table_and_the_same_bytes_twice(draw, survey):
    chart = draw(survey)
    assert isinstance(chart, Chart)
    assert "Tabelle" not in chart.alt  # the exporter knows its number
    assert chart.title
    assert chart.subtitle
    assert chart.description
    assert isinstance(chart.table, Table)
    assert chart.svg == draw(survey).svg


@pytest.fixture(scope="module")
def drawings():
    """Every chart of the sample, and the fills on which a number stands."""
    survey = analysis.read_survey(ROOT / "data" / "raw" / "2014")
    shown = [draw(survey) for draw in CHARTS]
    fields = [field for chart in shown for field in chart.figure.axes[0].collections]
    return [chart.svg for chart in shown], {
        to_hex(fill) for field in fields for fill in field.get_facecolors()
    }


def test_marks_pass_three_to_one_and_letters_four_and_a_half(drawings, measured):
    graphics, letters = lowest_contrasts(*drawings)
    measured("charts: lowest contrast of a mark", f"{graphics:.2f}:1")
    measured("charts: lowest contrast of a letter", f"{letters:.2f}:1")
    assert graphics >= 3
    assert letters >= 4.5


@pytest.mark.parametrize("sight", SIGHTS)
def test_colours_that_tell_things_apart_stay_apart_for_every_eye(sight, drawings, measured):
    svgs, fields = drawings
    # Lines that only guide the eye tell nothing; in a field the number tells.
    telling = {colour for svg in svgs for colour in mark_colours(svg)} - fields - {style.LINE.lower()} | {
        WHITE
    }
    assert telling == {WHITE, style.BLUE.lower(), style.DARK.lower()}
    lowest = min(distance(one, other, sight) for one, other in combinations(sorted(telling), 2))
    measured(f"charts: lowest distance of two colours, {sight}", f"{lowest:.1f} (at least {APART:.0f})")
    assert lowest >= APART


def test_darker_fields_mean_more_in_greyscale_too(survey):
    chart = charts.draw_groups_by_stadtbezirk(survey)
    field = chart.figure.axes[0].collections[0]
    pairs = sorted(zip(field.get_array().ravel(), map(to_hex, field.get_facecolors()), strict=True))
    steps = [distance(colour, WHITE, "greyscale") for _, colour in pairs]
    assert steps == sorted(steps)
    assert steps[-1] > APART


def test_white_parts_the_fields_of_a_heatmap(survey):
    for draw in (charts.draw_groups_by_stadtbezirk, charts.draw_problems, charts.draw_responsibility):
        field = draw(survey).figure.axes[0].collections[0]
        assert {to_hex(edge) for edge in field.get_edgecolors()} == {WHITE}
        assert min(field.get_linewidths()) >= 1


def test_hatching_marks_what_is_no_part_of_the_scale(survey):
    def hatched(chart):
        axes = chart.figure.axes[0]
        return [
            label.get_text()
            for label, patch in zip(axes.get_yticklabels(), axes.patches, strict=True)
            if patch.get_hatch()
        ]

    assert hatched(charts.draw_stadtbezirke(survey)) == ["ganze Stadt", "keine auswertbare Angabe"]
    assert hatched(charts.draw_cooperation(survey)) == ["keine Angabe"]
    assert hatched(charts.draw_target_groups(survey)) == []
    assert "schraffiert: kein einzelner Stadtbezirk" in charts.draw_stadtbezirke(survey).subtitle


def test_every_dezernat_has_its_number_or_its_reason(survey):
    words = texts(charts.draw_dezernate(survey))
    assert words == [
        "I Allgemeines",
        "II Finanzen",
        "III Wirtschaft",
        "IV Bildung",
        "V Soziales",
        "Fehlanzeige",
        "noch keine Antwort",
        "nicht lesbar",
        "2",
        "4",
    ]


def test_every_stadtbezirk_is_drawn_also_without_a_programme(survey):
    words = texts(charts.draw_stadtbezirke(survey))
    assert words == [
        *("1 Nordstadt", "2 Südstadt", "3 Oststadt", "ganze Stadt", "keine auswertbare Angabe"),
        *("2", "0", "1", "1", "3"),
    ]


def test_the_timeline_says_every_year_in_words_oldest_first(survey):
    words = texts(charts.draw_start_timeline(survey))
    titles = ["Sehr alt", "Davor", "Neu", "Danach", "Bald", "Offen"]
    assert [word for word in words if word in titles] == [
        "Sehr alt",
        "Davor",
        "Danach",
        "Neu",
        "Bald",
        "Offen",
    ]
    for label in ("1994–1996", "bis 1999", "2012", "ab 2011", "geplant (2015)", "keine auswertbare Angabe"):
        assert label in words


def test_the_heatmap_has_a_number_in_every_cell(survey):
    words = texts(charts.draw_groups_by_stadtbezirk(survey))
    numbers = [word for word in words if word.isdigit()]
    assert numbers == ["1", "0", "0", "1", "0", "1", "0", "0", "0"]


def test_a_long_title_is_cut_in_the_picture_not_in_the_table(survey):
    title = "Ein sehr langer Titel, " * 6
    survey = make_survey(programmes=[{"dezernat": "I", "title": title, "start": (2000, 2000)}])
    assert any("…" in word for word in texts(charts.draw_start_timeline(survey)))
    assert overviews.tabulate_starts(survey).frame["Maßnahme"].iloc[0] == title


@pytest.mark.parametrize("make", [*CHARTS, *TABLES])
@pytest.mark.parametrize(
    "survey",
    [
        make_survey({}),
        make_survey({"I": "fehlanzeige", "II": "fehlanzeige"}),
        make_survey({"I": "outstanding"}),
        make_survey({"I": "received"}, [{"dezernat": "I"}]),
        make_survey({"I": "received"}, [{"dezernat": None, "title": None}]),
    ],
    ids=["nobody", "fehlanzeige", "silence", "one", "stray"],
)
def test_little_or_nothing_to_show_is_said_in_words(make, survey):
    shown = make(survey)
    assert isinstance(shown, Chart | Table | Prose)
    if isinstance(shown, Prose):
        assert re.match(r"[A-Z].*\.$", shown.markdown)
    if isinstance(shown, Table):
        assert len(shown.frame)


def test_nobody_reads_a_zero_where_nobody_was_heard():
    shown = [tabulate(make_survey({"I": "outstanding"})) for tabulate in TABLES]
    tables = [table.caption for table in shown if isinstance(table, Table)]
    assert tables == ["Antworten der Dezernate", "Zweifel je Arbeitsmappe"] or tables == [
        "Antworten der Dezernate"
    ]


def test_no_title_stays_without_a_name():
    survey = make_survey(programmes=[{"dezernat": "I", "title": None, "start": (2000, 2000)}])
    assert "ohne Titel" in texts(charts.draw_start_timeline(survey))


@pytest.mark.parametrize("tabulate", TABLES)
def test_a_table_has_a_caption_and_german_headings(tabulate, survey):
    table = tabulate(survey)
    if isinstance(table, Prose):
        return
    assert table.caption
    assert not any("_" in str(name) for name in table.frame.columns)


@pytest.mark.parametrize(("rows", "row_headers"), [(1, 0), (2, 0), (3, 1)])
def test_headings_never_outnumber_the_data_they_head(rows, row_headers):
    frame = pd.DataFrame({"Ort": ["x"] * rows, "Nennungen": range(rows), "Anteil": range(rows)})
    assert listing(frame, "Orte", "Es gibt keine.").row_headers == row_headers


def test_every_programme_is_listed_by_dezernat_with_its_start_groups_and_places(survey):
    rows = overviews.tabulate_programmes(survey).frame.astype(object)
    assert rows.where(rows.notna(), None).values.tolist()[0] == [
        "Sehr alt",
        "IV",
        None,
        "1994–1996",
        "Kinder",
        "Nordstadt",
        "Q1",
    ]
    assert list(rows["Dezernat"]) == ["IV", "IV", "V", "V", "V", "V"]
    assert rows["Stadtbezirke"].iloc[5] == "ganze Stadt"


def test_what_was_not_understood_is_quoted_not_passed_over():
    texts = {"start_text": "langjährig", "target_groups_text": "Menschen im Quartier", "sozialraum_text": "-"}
    survey = make_survey(programmes=[{"dezernat": "I", **texts}])
    row = overviews.tabulate_programmes(survey).frame.astype(object).iloc[0]
    assert list(row[["Beginn", "Zielgruppen"]]) == ["„langjährig“", "„Menschen im Quartier“"]
    assert row["Stadtbezirke"] is None or row["Stadtbezirke"] != row["Stadtbezirke"]


def test_open_questions_name_workbook_sheet_and_cell(survey):
    rows = overviews.tabulate_questions(survey).frame
    assert rows["Stelle"].tolist() == ["IV.xlsx, Blatt S, Zelle D7"]
    assert rows["Zu klären"].tolist() == ["Bitte klären."]


def test_corrections_are_listed_and_none_are_no_empty_table():
    row = {"severity": "info", "code": "corrected", "workbook": "IV.xlsx", "sheet": "S", "cell": "D7"}
    message = "Berichtigt laut corrections.csv: Rückfrage (entschieden: Fachstelle)."
    problems = [
        {**row, "found": "8/09", "expected": "2009", "message": message},
        {**row, "cell": "D8", "found": "", "expected": "Kalk", "message": message},
    ]
    rows = overviews.tabulate_corrections(make_survey({"IV": "received"}, problems=problems)).frame
    assert rows.to_numpy().tolist() == [
        ["IV.xlsx, Blatt S, Zelle D7", "8/09", "2009", "Rückfrage (entschieden: Fachstelle)."],
        ["IV.xlsx, Blatt S, Zelle D8", "nichts", "Kalk", "Rückfrage (entschieden: Fachstelle)."],
    ]
    assert list(rows.columns) == ["Stelle", "Stand dort", "Gilt jetzt", "Grund"]
    none = overviews.tabulate_corrections(make_survey({"IV": "received"}))
    assert none == Prose("Es wurde keine Angabe berichtigt.")


def test_remarks_and_personal_data_are_told_by_cell():
    row = {"severity": "info", "workbook": "IV.xlsx", "sheet": "S"}
    problems = [
        *({**row, "code": "contact_replaced", "cell": f"I{n}", "message": "Ersetzt."} for n in range(5, 25)),
        *({**row, "code": "merged_value", "cell": f"A{n}", "message": "Verbunden."} for n in (3, 4)),
    ]
    survey = make_survey({"IV": "received"}, problems=problems)
    assert overviews.tabulate_remarks(survey).frame.to_numpy().tolist() == [
        ["IV.xlsx, Blatt S, Zellen A3:A4", "Verbunden."]
    ]
    rows = overviews.tabulate_personal_data(survey).frame
    assert rows.to_numpy().tolist() == [["IV.xlsx", "S", "keine", "I5:I24", 20]]
    none = overviews.tabulate_personal_data(make_survey({"IV": "received"}))
    assert none == Prose("In keiner Zelle wurden Personendaten gefunden.")
