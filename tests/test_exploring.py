"""What an analyst sees of a survey in JupyterLab and in a terminal, and which programmes a choice leaves."""

import subprocess
import sys
from dataclasses import fields

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from surveys import make_survey

import analysis
from analysis.exploring import Choice, select_programmes
from analysis.exploring.browsing import MOST_PRINTED, browse, with_headings
from analysis.exploring.explorer import count_sentence, explore
from analysis.frames import make_frame
from analysis.publish.accessible_html import AccessibleHTMLExporter
from analysis.publish.briefing import BriefingExporter
from analysis.publish.document import DocumentError
from analysis.survey import Survey

WIDGET = "application/vnd.jupyter.widget-view+json"
PROGRAMMES = [
    {"dezernat": "I", "start": (2008, 2008), "groups": ["kinder"], "places": [1]},
    {"dezernat": "I", "start": (2009, 2011), "groups": ["kinder", "senioren"], "places": [1, 2]},
    {"dezernat": "II", "start": (2012, None), "groups": ["senioren"], "area_scope": "citywide"},
    {"dezernat": "II", "start": (None, 1999), "groups": [], "places": [3]},
    {"dezernat": None, "groups": ["kinder"]},
]


def real(survey, **changes):
    """The stand-in as a Survey."""
    values = {"fingerprint": "f", **vars(survey), **changes}
    return Survey(**{item.name: values[item.name] for item in fields(Survey)})


@pytest.fixture(scope="module")
def survey():
    return real(make_survey({"I": "received", "II": "received", "III": "fehlanzeige"}, PROGRAMMES))


def ids(survey):
    return "".join(survey.programmes["programme_id"].str.removeprefix("P"))


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, "12345"),
        ({"dezernate": ("I",)}, "12"),
        ({"dezernate": ("II", None)}, "345"),
        ({"target_groups": ("senioren",)}, "23"),
        ({"target_groups": ("senioren", "kinder")}, "1235"),
        ({"target_groups": ("jugendliche",)}, ""),
        ({"stadtbezirke": (2,)}, "23"),
        ({"stadtbezirke": (2, 3)}, "234"),
        ({"stadtbezirke": (2,), "with_citywide": False}, "2"),
        ({"with_citywide": False}, "1245"),
        ({"first_year": 2010}, "235"),
        ({"first_year": 2011, "last_year": 2011}, "25"),
        ({"first_year": 2012, "last_year": 2012}, "35"),
        ({"last_year": 2008}, "145"),
        ({"last_year": 1999}, "45"),
        ({"last_year": 1990, "with_unknown_start": False}, "4"),
        ({"with_unknown_start": False}, "1234"),
        ({"dezernate": ("I",), "target_groups": ("senioren",), "first_year": 2010}, "2"),
    ],
)
def test_a_choice_keeps_what_matches_every_field(survey, choice, expected):
    assert ids(select_programmes(survey, Choice(**choice))) == expected


def test_the_chosen_programmes_are_those_of_every_table_and_the_rest_stays(survey):
    cells = make_frame(
        "cells",
        [
            {"workbook": "I.xlsx", "cell": "A1", "text": "Titel", "taken_as": "context"},
            {"workbook": "I.xlsx", "cell": "A2", "text": "x", "taken_as": "placed", "programme_id": "P1"},
            {"workbook": "I.xlsx", "cell": "A3", "text": "y", "taken_as": "placed", "programme_id": "P2"},
        ],
    )
    programmes = survey.programmes.assign(workbook=survey.programmes["dezernat"] + ".xlsx")
    whole = real(survey, cells=cells, programmes=programmes)
    chosen = select_programmes(whole, Choice(target_groups=("senioren",)))
    assert ids(chosen) == "23"
    assert list(chosen.programme_target_groups["target_group"]) == ["kinder", "senioren", "senioren"]
    assert list(chosen.programme_sozialraeume["stadtbezirk_nr"]) == [1, 2]
    assert list(chosen.cells["cell"]) == ["A1", "A3"]
    assert list(chosen.returns["programme_count"]) == [1, 1, 0]
    assert list(whole.returns["programme_count"]) == [2, 2, 0]
    for table in ("returns", "programmes", "programme_target_groups", "programme_sozialraeume", "cells"):
        assert getattr(chosen, table).dtypes.equals(getattr(whole, table).dtypes)
    for name in ("sheets", "columns", "problems", "codes", "expected", "title"):
        assert getattr(chosen, name) is getattr(whole, name)


def test_a_survey_without_programmes_leaves_none():
    nothing = real(make_survey({"I": "fehlanzeige", "II": "outstanding"}))
    chosen = select_programmes(nothing, Choice(stadtbezirke=(1,), first_year=2000))
    assert ids(chosen) == ""
    assert count_sentence(chosen, nothing) == "In den Rückmeldungen ist keine Maßnahme genannt."
    assert explore(nothing).choice == Choice()


def test_the_count_names_its_denominator_and_what_has_no_year(survey):
    chosen = select_programmes(survey, Choice(dezernate=("II", None)))
    assert (
        count_sentence(chosen, survey)
        == "3 von 5 Nennungen passen zur Auswahl, 1 davon ohne bekanntes Jahr, 1 davon für die ganze Stadt."
    )
    one = select_programmes(survey, Choice(stadtbezirke=(3,), with_citywide=False))
    assert count_sentence(one, survey) == "1 von 5 Nennungen passt zur Auswahl."
    sample = real(survey, is_sample=True)
    assert count_sentence(one, sample).endswith("Die Rückmeldungen sind nachgebaut (Musterdaten).")


def test_the_explorer_translates_what_is_ticked_into_a_choice(survey):
    explorer = explore(survey)
    assert explorer.choice == Choice()
    assert [box.description for box in explorer._dezernate.values()] == [
        "Dezernat I (2)",
        "Dezernat II (2)",
        "Dezernat III (0)",
        "ohne Dezernat (1)",
    ]
    assert [box.description for box in explorer._groups.values()] == ["Kinder (3)", "Senior*innen (2)"]
    explorer._dezernate["II"].value = True
    explorer._dezernate[""].value = True
    explorer._first.value = 2000
    explorer._unknown.value = False
    assert explorer.choice == Choice(dezernate=("II", None), first_year=2000, with_unknown_start=False)
    assert ids(explorer.survey) == "3"
    assert "1 von 5 Nennungen passt" in explorer._count.value
    explorer._clear()
    assert explorer.choice == Choice()


def test_the_card_in_a_terminal_and_its_html_say_the_same():
    survey = real(
        make_survey(
            {"I": "received", "II": "outstanding", "III": "received"},
            PROGRAMMES[:1],
            title="Probe <b>*x*</b>",
            is_sample=True,
        )
    )
    assert str(survey).splitlines()[:5] == [
        "Abfrage „Probe <b>*x*</b>“ (probe)",
        "Die Rückmeldungen sind nachgebaut (Musterdaten).",
        "Stichtag: 26.02.2014",
        "Gremium: Ausschuss der Probe, Sitzung am 11.03.2014",
        "Rückmeldungen: Maßnahmen genannt 2, noch keine Antwort 1",
    ]
    assert "programmes               genannter Maßnahme (Nennung)          1" in str(survey)
    page = BeautifulSoup(survey._repr_mimebundle_()["text/html"], "html.parser")
    assert page.b is None
    assert "Probe <b>*x*</b>" in page.find(class_="title").get_text()
    rows = [[cell.get_text() for cell in row(["th", "td"])] for row in page.find_all("tr")]
    assert rows[0] == ["Tabelle", "eine Zeile je", "Zeilen"]
    assert [row[0] for row in rows[1:]] == list(analysis.survey.TABLES)
    assert rows[2][2] == "1"
    not_made_up = real(survey, is_sample=False)
    assert "Musterdaten" not in "".join(not_made_up._repr_mimebundle_().values())


def test_code_lists_show_their_names_sizes_and_columns(survey):
    data, metadata = survey.codes._repr_mimebundle_()
    assert metadata["caption"] == "Codelisten der Abfrage"
    assert "stadtteile" in data["text/plain"]


def test_any_index_and_any_headings_become_columns_of_their_own():
    twice = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert list(with_headings(twice)) == ["a", "a (2)"]
    pivot = pd.DataFrame({("x", "y"): [1]}, index=pd.Index(["I"], name="dezernat"))
    assert with_headings(pivot).to_dict("records") == [{"dezernat": "I", "x / y": 1}]
    assert list(with_headings(pd.DataFrame({"": [1]}, index=["I"]))) == ["Index 1", "ohne Überschrift"]
    assert list(with_headings(pd.DataFrame({"n": [1, 2]}).iloc[1:])) == ["n"]


def test_a_long_table_is_cut_and_says_so():
    data, metadata = browse(pd.DataFrame({"n": range(MOST_PRINTED + 1)}), "Zahlen")._repr_mimebundle_()
    assert metadata["note"] == "(die ersten 500 von 501 Zeilen)"
    assert len(data["application/vnd.dataresource+json"]["data"]) == MOST_PRINTED


def test_texts_of_returns_are_no_markup_in_the_table():
    widget = browse(pd.DataFrame({"<i>a</i>": ["<img src=x onerror=alert(1)>"]})).widget()
    assert "<img" not in widget._dt_args["data_json"]
    assert "<i>" not in widget._dt_args["table_html"]


def exported(exporter, *cells):
    notebook = new_notebook(cells=[new_markdown_cell("# Titel"), *cells])
    return exporter().from_notebook_node(notebook, {"metadata": {"name": "probe"}})[0]


def shown(value):
    data, metadata = value._repr_mimebundle_()
    return new_code_cell("x", outputs=[new_output("display_data", data=data, metadata=metadata)])


def test_widgets_are_printed_as_plain_tables(survey):
    problems = pd.DataFrame({"found": ["2011?"], "message": ["Bitte klären."]})
    cells = [shown(browse(problems, "Fragen")), shown(explore(survey))]
    text = exported(AccessibleHTMLExporter, *cells)
    page = BeautifulSoup(text, "html.parser")
    assert page.find("script") is None
    assert ["Fragen" in caption.get_text() for caption in page.find_all("caption")] == [True, False]
    assert "5 von 5 Nennungen passen zur Auswahl" in page.get_text()
    assert exported(BriefingExporter, *cells).startswith(b"%PDF")


def test_a_widget_without_words_is_left_out_and_remarked(caplog):
    output = new_output("display_data", data={WIDGET: {"model_id": "0"}, "text/plain": "IntSlider(value=3)"})
    assert "IntSlider" not in exported(AccessibleHTMLExporter, new_code_cell("", outputs=[output]))
    assert "ein Bedienelement wird nicht gedruckt" in caplog.text


@pytest.mark.parametrize("exporter", [AccessibleHTMLExporter, BriefingExporter])
def test_a_notebook_that_was_not_run_is_no_document(exporter):
    with pytest.raises(DocumentError, match="„probe“: es wurde noch nicht ausgeführt"):
        exported(exporter, new_code_cell("1 + 1"))
    assert exported(exporter, new_code_cell("x = 1", execution_count=1))
    assert exported(exporter)


def test_a_report_needs_no_widgets():
    code = (
        "import sys, analysis, analysis.store, analysis.findings, analysis.overviews;"
        "import analysis.publish.accessible_html, analysis.publish.briefing;"
        "print([name for name in ('ipywidgets', 'itables', 'anywidget') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
