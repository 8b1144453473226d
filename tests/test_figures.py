"""A chart on its way into page and PDF: its second line, its table one step away, its long description."""

import nbformat.v4 as v4
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure as Drawing

from analysis.publish.display import Chart, Prose, Table
from analysis.publish.document import collect
from analysis.publish.markup import body_markup
from analysis.publish.typst_markup import TypstWriter

COUNTS = pd.DataFrame({"Amt": ["Sportamt", "Jugendamt", "Bauamt"], "Nennungen": [6, 1, 0]})
MINE = Table(COUNTS, caption="Ämter")
OTHER = Table(COUNTS, caption="Etwas anderes")
WORDS = "3 Balken von oben nach unten.\nSportamt: 6 Nennungen;\nJugendamt: <b>1</b>."


def chart(table=None, alt="Balkendiagramm zu Ämtern: Sportamt 6.", **words):
    return Chart(Drawing(), title="Ämter", alt=alt, table=table, **words)


def document(*things):
    def output(thing):
        if isinstance(thing, str):
            return v4.new_markdown_cell(thing)
        data, metadata = thing._repr_mimebundle_()
        return v4.new_code_cell(outputs=[v4.new_output("display_data", data=data, metadata=metadata)])

    return collect(v4.new_notebook(cells=[output(thing) for thing in ("# Titel", *things)]), "probe")


def soup(*things):
    return BeautifulSoup(str(body_markup(document(*things)).content), "html.parser")


@pytest.mark.parametrize(
    ("things", "number"),
    [
        ((chart(), OTHER), 1),  # a chart of somebody else: the first table of its section
        ((chart(MINE), MINE), 1),
        (
            (chart(MINE), OTHER, Prose("Und weiter."), MINE),
            2,
        ),  # the table it was drawn from, not the next one
        ((OTHER, "## Neu", chart(MINE), MINE), 2),
        ((chart(MINE), OTHER), None),
        ((chart(MINE), "## Neu", MINE), None),
    ],
)
def test_a_chart_names_and_reaches_the_table_of_its_own_numbers(things, number):
    page = soup(*things)
    alt = page.svg.title.get_text()
    link = page.find("p", class_="values")
    if number is None:
        assert alt == "Balkendiagramm zu Ämtern: Sportamt 6."
        assert link is None
        return
    assert alt == f"Balkendiagramm zu Ämtern: Sportamt 6. Werte in Tabelle {number}."
    assert link.get_text() == f"Zahlen: Tabelle {number}"
    target = page.find(id=link.a["href"].removeprefix("#"))
    assert target["tabindex"] == "0"  # the keyboard arrives there too
    assert target.caption.get_text().startswith(f"Tabelle {number}: ")


def test_the_longest_alternative_text_stays_below_250_signs_with_its_table():
    page = soup(*[OTHER] * 998, chart(alt=f"{'a' * 224}."), MINE)
    assert page.svg.title.get_text().endswith("a. Werte in Tabelle 999.")
    assert len(page.svg.title.get_text()) < 250


def test_the_long_description_is_there_for_everybody_and_stays_text():
    page = soup(chart(description=WORDS))
    assert page.svg["aria-describedby"] == page.svg.desc["id"]
    assert page.svg.desc.get_text() == WORDS
    details = page.figure.details
    assert details.summary.get_text() == "Beschreibung der Abbildung 1"
    assert details.p.get_text() == "3 Balken von oben nach unten."
    items = [item.get_text() for item in details.find_all("li")]
    assert items == ["Sportamt: 6 Nennungen;", "Jugendamt: <b>1</b>."]
    assert page.b is None


def test_a_narrow_screen_has_a_picture_of_its_own_with_the_same_words():
    page = soup(chart(narrow=Drawing(), description=WORDS), OTHER)
    roomy, narrow = page.find(class_="roomy").svg, page.find(class_="narrow").svg
    assert roomy.title.get_text() == narrow.title.get_text()
    assert roomy.desc.get_text() == narrow.desc.get_text() == WORDS
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_without_a_description_there_is_nothing_to_open():
    page = soup(chart())
    assert page.details is None
    assert "aria-describedby" not in page.svg.attrs


def test_what_was_counted_stands_below_the_title_of_the_chart():
    shown = document(chart(subtitle='24 Nennungen; "alle"'))
    caption = BeautifulSoup(str(body_markup(shown).content), "html.parser").figcaption
    assert list(caption.stripped_strings) == ["Abbildung 1: Ämter", '24 Nennungen; "alle"']
    assert ', subtitle: [#"24 Nennungen; \\"alle\\"";]' in TypstWriter().write(shown)


def test_no_heading_takes_the_place_of_a_table():
    page = soup("## Tabelle 1", MINE)
    assert page.h2["id"] == "abschnitt-tabelle-1-2"
    assert page.find(id="tabelle-1").caption.get_text() == "Tabelle 1: Ämter"


def test_an_empty_table_can_be_reached_too():
    page = soup(Table(COUNTS.iloc[:0], caption="Leer"))
    assert page.find(id="tabelle-1").get_text().startswith("Tabelle 1: Leer")
