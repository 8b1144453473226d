import re

import pandas as pd
import pytest
from demo_notebook import bar_chart
from matplotlib import rc_context
from matplotlib.figure import Figure

from analysis.publish.display import Chart, Note, Prose, Table
from analysis.publish.html_tables import grid_from_html
from analysis.publish.tables import RESOURCE, Grid, format_column, grid_from_resource
from analysis.publish.typeface import FONT


def test_a_chart_is_the_same_bytes_every_time_and_names_no_date_or_version():
    first, second = bar_chart().svg, bar_chart().svg
    assert first == second
    assert not re.search(r"dc:date|matplotlib|Matplotlib", first)


def test_a_chart_keeps_its_texts_as_text_in_the_one_typeface():
    svg = bar_chart().svg
    assert "Nennungen mit Angabe zur Zielgruppe – „größte“ zuerst</text>" in svg
    assert set(re.findall(r"font-family: '([^']+)'", svg)) == {FONT}


def test_a_chart_laid_out_in_another_typeface_changes_to_ours():
    figure = Figure()
    with rc_context({"font.family": "DejaVu Serif"}):
        axes = figure.subplots()
        axes.plot([1, 900], [1, 900], label="Reihe")
        axes.legend()
        axes.set_title("Titel")
        axes.tick_params(labelfontfamily="DejaVu Serif")
    svg = Chart(figure, title="t", alt="a").svg
    assert {"Titel", "Reihe", "800"} <= set(
        re.findall(r">([^<>]+)</text>", svg)
    )  # some ticks are made at the end
    assert "DejaVu" not in svg


def test_two_charts_can_stand_in_one_page():
    assert not re.findall(r'<g id="', bar_chart().svg)


def test_a_chart_carries_its_words():
    data, metadata = bar_chart()._repr_mimebundle_()
    assert set(data) == {"image/svg+xml", "text/plain"}
    assert metadata["role"] == "chart"
    assert metadata["image/svg+xml"] == {
        "alt": "Balkendiagramm zu Zielgruppen: Kinder werden am häufigsten genannt, in 9 von 22 Nennungen.",
        "title": "Zielgruppen der Nennungen",
    }


@pytest.mark.parametrize(("title", "alt", "what"), [("", "a", "title"), ("t", " ", "alternative text")])
def test_a_chart_without_words_is_refused(title, alt, what):
    with pytest.raises(ValueError, match=f"{what} of a chart is empty"):
        Chart(Figure(), title=title, alt=alt)


def test_a_chart_carries_what_was_counted_every_value_and_the_table_it_was_drawn_from():
    table = Table(pd.DataFrame({"Amt": ["Sportamt"], "Nennungen": [6]}), caption="Ämter")
    chart = Chart(
        Figure(), title="t", alt="a", subtitle="6 Nennungen", description="Sportamt: 6.\n", table=table
    )
    assert chart._repr_mimebundle_()[1]["image/svg+xml"] == {
        "alt": "a",
        "title": "t",
        "subtitle": "6 Nennungen",
        "description": "Sportamt: 6.",
        "table": "Ämter",
    }
    assert chart.table is table


def test_an_alternative_text_is_a_message_not_a_speech():
    assert Chart(Figure(), title="t", alt="a" * 225).alt
    with pytest.raises(ValueError, match="has 226 signs, expected at most 225"):
        Chart(Figure(), title="t", alt="a" * 226)


FRAME = pd.DataFrame(
    {
        "Amt": ["Jugendamt", None],
        "Jahr": pd.array([2009, None], dtype="Int16"),
        "Anteil": [12.345, 7.0],
        "Stichtag": pd.to_datetime(["2014-02-26", None]),
        "gesichert": pd.array([True, False], dtype="boolean"),
    }
)


def test_a_table_is_printed_in_german_with_no_empty_cell():
    data, metadata = Table(FRAME, caption="Ämter", note="Stand")._repr_mimebundle_()
    grid = grid_from_resource(data[RESOURCE], metadata["row_headers"])
    assert grid == Grid(
        header=("Amt", "Jahr", "Anteil", "Stichtag", "gesichert"),
        rows=(
            ("Jugendamt", "2009", "12,35", "26.02.2014", "ja"),
            ("keine Angabe", "keine Angabe", "7,00", "keine Angabe", "nein"),
        ),
        numeric=(False, True, True, False, False),
        row_headers=1,
    )
    assert metadata == {"caption": "Ämter", "row_headers": 1, "note": "Stand"}


def test_a_table_in_the_notebook_has_caption_and_scopes():
    html = Table(FRAME[["Amt", "Jahr"]], caption="Ämter & mehr")._repr_mimebundle_()[0]["text/html"]
    assert html == (
        "<table>\n<caption>Ämter &amp; mehr</caption>\n<thead>\n"
        '<tr><th scope="col">Amt</th><th scope="col" class="number">Jahr</th></tr>\n</thead>\n<tbody>\n'
        '<tr><th scope="row">Jugendamt</th><td class="number">2009</td></tr>\n'
        '<tr><th scope="row">keine Angabe</th><td class="number">keine Angabe</td></tr>\n</tbody>\n</table>'
    )


def test_a_named_index_becomes_a_column_and_a_nameless_count_goes():
    assert list(Table(FRAME.set_index("Amt"), caption="x").frame.columns) == list(FRAME.columns)
    assert list(Table(FRAME.iloc[1:], caption="x").frame.columns) == list(FRAME.columns)
    with pytest.raises(ValueError, match="index of a table needs a name"):
        Table(FRAME.set_axis(["a", "b"]), caption="x")


def test_a_table_without_headings_or_caption_is_refused():
    with pytest.raises(ValueError, match="heading of its own"):
        Table(pd.DataFrame([[1, 2]], columns=["a", ""]), caption="x")
    with pytest.raises(ValueError, match="heading of its own"):
        Table(pd.DataFrame([[1, 2]], columns=["a", "a"]), caption="x")
    with pytest.raises(ValueError, match="caption of a table is empty"):
        Table(FRAME, caption="")


def test_years_stay_years_and_thousands_are_grouped_together():
    assert format_column([2009, 1994]) == (("2009", "1994"), True)
    assert format_column([2009, 12345]) == (("2.009", "12.345"), True)
    assert format_column([2009.0, None]) == (("2009", "keine Angabe"), True)
    assert format_column([1, "zwei", ["a", "b"]]) == (("1", "zwei", "a und b"), False)
    assert format_column([None]) == (("keine Angabe",), False)


def test_a_plain_frame_is_read_from_its_html():
    frame = pd.DataFrame(
        {("2014", "Zahl"): [1, 2], ("2014", "Anteil"): [3.5, None]}, index=pd.Index(["x", "y"], name="Amt")
    )
    assert grid_from_html(frame.to_html()) == Grid(
        header=("Amt", "2014 – Zahl", "2014 – Anteil"),
        rows=(("x", "1", "3,5"), ("y", "2", "keine Angabe")),
        numeric=(False, True, True),
        row_headers=1,
    )


def test_a_count_of_rows_goes_and_a_nameless_column_of_names_gets_one():
    assert grid_from_html(pd.DataFrame({"a": ["p", "q"], "b": ["r", "s"]}).to_html()).header == ("a", "b")
    assert grid_from_html(pd.DataFrame({"a": [1]}, index=["summe"]).to_html()).header == ("Zeile", "a")


def test_names_of_column_levels_go_to_their_columns():
    frame = pd.DataFrame(
        [[1, 2], [3, 4]],
        index=pd.Index(["x", "y"], name="Amt"),
        columns=pd.MultiIndex.from_product([["2014"], ["Zahl", "Rang"]], names=["Jahr", None]),
    )
    assert grid_from_html(frame.to_html()).header == ("Amt", "Jahr: 2014 – Zahl", "Jahr: 2014 – Rang")
    counts = pd.crosstab(pd.Series(list("ab"), name="Gruppe"), pd.Series(list("xy"), name="Art"))
    assert grid_from_html(counts.to_html()).header == ("Gruppe", "Art: x", "Art: y")


def test_every_column_has_a_heading():
    index = pd.MultiIndex.from_product([["Nord", "Süd"], ["alt", "neu"]])
    grid = grid_from_html(pd.DataFrame({"a": range(4), "": range(4)}, index=index).to_html())
    assert (grid.header, grid.row_headers) == (("Ebene 1", "Ebene 2", "a", "Spalte 4"), 2)
    with pytest.raises(ValueError, match="keine Überschriften: alle Zellen der Kopfzeile sind leer"):
        grid_from_html(
            "<table><thead><tr><th></th><th> </th></tr></thead><tr><td>1</td><td>2</td></tr></table>"
        )


def test_dates_truth_values_and_gaps_of_a_plain_frame_are_german():
    frame = pd.DataFrame({"n": range(80), "ok": True, "wann": pd.Timestamp("2014-02-26"), "wert": 0.5})
    with pd.option_context("display.max_rows", 4, "display.min_rows", 2):
        grid = grid_from_html(frame._repr_html_())
    assert grid.rows == (
        ("0", "0", "ja", "26.02.2014", "0,5"),
        ("…", "…", "…", "…", "…"),
        ("79", "79", "ja", "26.02.2014", "0,5"),
    )
    assert grid.numeric == (True, True, False, False, True)
    times = pd.DataFrame({"n": ["a", "b"], "t": pd.to_datetime(["2014-02-26 13:05", "2014-02-27 00:00"])})
    assert [row[1] for row in grid_from_html(times.to_html()).rows] == [
        "26.02.2014, 13:05\u00a0Uhr",
        "27.02.2014",
    ]


def test_one_row_needs_no_row_heading():
    frame = pd.DataFrame({"Amt": ["a"], "Zahl": [1], "Anteil": [2]})
    assert grid_from_html(frame.to_html()).row_headers == 0
    assert "row" not in Table(frame, caption="x")._repr_mimebundle_()[0]["text/html"]
    assert grid_from_html(pd.concat([frame, frame]).reset_index(drop=True).to_html()).row_headers == 1


def test_decimal_numbers_name_no_row():
    grid = grid_from_html(pd.DataFrame({"a": [0.5, 1.5], "b": [1, 2]}).to_html())
    assert (grid.header, grid.rows[0]) == (("Zeile", "a", "b"), ("0", "0,5", "1"))


def test_numbers_with_one_unit_are_set_flush_right():
    frame = pd.DataFrame(
        {
            "Amt": ["53 Jugend", "51 Kinder", "50 Alter"],
            "Anteil": ["13\u00a0%", "unter 1\u00a0%", None],
            "Alter": ["1 Jahr", "20 Jahre", "3 Jahre"],
            "Datum": ["26.02.2014", "27.02.2014", "28.02.2014"],
            "Ziffer": ["1", "2", "3"],
        }
    )
    resource = Table(frame, caption="x")._repr_mimebundle_()[0][RESOURCE]
    assert grid_from_resource(resource).numeric == (False, True, True, False, False)
    assert grid_from_html(frame.to_html()).numeric == (False, True, True, False, True)


def test_small_numbers_do_not_become_nothing():
    assert format_column([0.00012, 5.5]) == (("0,00012", "5,50000"), True)
    assert format_column([0.0123, 5.5]) == (("0,01", "5,50"), True)
    assert format_column([0.125, 5.5]) == (("0,13", "5,50"), True)
    assert format_column([1e-17, 5.5]) == (("0,0", "5,5"), True)


def test_a_text_that_may_be_a_german_thousand_stays():
    html = pd.DataFrame({"n": ["a", "b"], "Einwohner": ["1.234", "5.678"]}).to_html()
    assert [row[1] for row in grid_from_html(html).rows] == ["1.234", "5.678"]


def test_spans_are_repeated_where_they_reach():
    grid = grid_from_html(
        "<table><tr><th>A</th><th colspan=2>B</th></tr>"
        "<tr><td rowspan=2>x</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"
    )
    assert grid.header == ("A", "B", "B")
    assert grid.rows == (("x", "1", "2"), ("x", "3", "4"))


def test_a_table_without_a_heading_row_is_refused():
    with pytest.raises(ValueError, match="keine Kopfzeile"):
        grid_from_html("<table><tr><td>1</td></tr></table>")


def test_prose_and_note():
    assert Prose("**zwei**")._repr_mimebundle_() == (
        {"text/markdown": "**zwei**", "text/plain": "**zwei**"},
        {},
    )
    data, metadata = Note("Alles\n\nerfunden.")._repr_mimebundle_()
    assert data["text/markdown"] == "> **Musterdaten:** Alles\n>\n> erfunden."
    assert metadata == {"role": "note", "label": "Musterdaten", "markdown": "Alles\n\nerfunden."}
