"""Charts: every number stands on its mark, colours pass, words come from the counts, the same bytes every time."""

import re

import pandas as pd
import pytest
from surveys import make_survey

from analysis import charts, overviews
from analysis.charts import style
from analysis.overviews.style import listing
from analysis.publish.display import Chart, Prose, Table

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


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("draw", CHARTS)
def test_a_chart_has_title_words_and_the_same_bytes_twice(draw, survey):
    chart = draw(survey)
    assert isinstance(chart, Chart)
    assert re.match(r"(Balkendiagramm|Heatmap|Zeitstrahl) zu [^:]+: [A-ZÄÖÜ0-9]", chart.alt)
    assert chart.alt.endswith(".")
    assert "Tabelle" not in chart.alt  # the exporter knows its number
    assert chart.svg == draw(survey).svg


@pytest.mark.parametrize("draw", CHARTS)
def test_no_letter_is_smaller_than_nine_points_in_print(draw, survey):
    chart = draw(survey)
    sizes = [float(size) for size in re.findall(r"font(?:-size)?: ([\d.]+)px", chart.svg)]
    assert sizes
    assert min(sizes) >= 9
    width = float(re.search(r'width="([\d.]+)pt"', chart.svg)[1])
    assert width < 16.1 / 2.54 * 72  # 16 cm: print does not scale it down


def test_colours_pass_on_white_and_numbers_pass_on_shades():
    for colour in (style.BLUE, style.GREY, style.INK):
        assert contrast(colour, "#FFFFFF") >= 4.5
    assert contrast(style.INK, style.SHADES[1]) >= 4.5
    assert luminance(style.SHADES[1]) < luminance(style.SHADES[0])  # darker means more, in grey as well


@pytest.mark.parametrize("draw", CHARTS)
def test_only_colours_of_the_style_are_used_for_marks(draw, survey):
    strong = {style.BLUE, style.GREY, style.INK, style.LINE, "#FFFFFF", "#000000"}
    used = {colour.upper() for colour in re.findall(r"#[0-9a-fA-F]{6}", draw(survey).svg)}
    shades = {colour for colour in used if contrast(colour, style.INK) >= 4.5}
    assert used - shades <= {colour.upper() for colour in strong}


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
        "2 Nennungen",
        "4 Nennungen",
    ]


def test_every_stadtbezirk_is_drawn_also_without_a_programme(survey):
    words = texts(charts.draw_stadtbezirke(survey))
    assert words == ["1 Nordstadt", "2 Südstadt", "3 Oststadt", "ganze Stadt", "2", "0", "1", "1"]


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


def test_a_timeline_too_long_for_a_page_becomes_periods():
    def draw(count, title="Titel"):
        rows = [{"dezernat": "I", "title": title, "start": (2000, 2000)}] * count
        return charts.draw_start_timeline(make_survey(programmes=rows))

    for chart in (draw(40), draw(24, "Förderung von Sport und Bewegung an Hauptschulen")):
        assert chart.title == "Beginn der Maßnahmen"
        assert float(re.search(r'height="([\d.]+)pt"', chart.svg)[1]) < 25.7 / 2.54 * 72
    assert draw(41).title == "Nennungen nach Zeitraum des Beginns"


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
