"""Pages for tests: a notebook with everything that a page can hold, exported, and a front page."""

import base64
import datetime
import io
from typing import Any

import matplotlib
import pandas as pd
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from analysis.publish.accessible_html import AccessibleHTMLExporter
from analysis.publish.blocks import Neighbour
from analysis.publish.cited import cited_tokens
from analysis.publish.counted import Counted, Evidence, Row
from analysis.publish.display import Chart, Note, Prose, Table
from analysis.publish.drawing import chart_style
from analysis.publish.german import number_word
from analysis.publish.page import Link, render_index, render_plain_language


def shown(thing: Any) -> Any:
    data, metadata = thing._repr_mimebundle_()
    return new_output("display_data", data=data, metadata=metadata)


def chart(title: str) -> Chart:
    with matplotlib.rc_context(chart_style()):
        figure = Figure(figsize=(6.3, 2.5), layout="constrained")
        axes = figure.add_subplot()
        axes.barh(["Jugendliche", "Ältere Menschen"], [3, 9], hatch="/")
    return Chart(figure, title=title, alt="Balkendiagramm zu Nennungen: Ältere Menschen 9, Jugendliche 3.")


def example() -> Any:
    """One notebook with everything that a page can hold."""
    groups = pd.DataFrame({"Zielgruppe": ["Ältere Menschen", "Jugendliche"], "Nennungen": [9, 3]})
    many = pd.DataFrame([{f"Merkmal {n}": f"Eingliederungshilfe {n}" for n in range(12)}] * 3)
    plain = pd.DataFrame({"Anzahl": [1, 2]}, index=["alle", "einige"]).to_html()
    cells = [
        new_markdown_cell("# Für wen?\n\nDie Seite zählt, was *Dezernate* nennen.[^1]\n\n[^1]: Nennungen."),
        new_code_cell('SURVEY = "data/raw/2014"  # Ordner', metadata={"tags": ["parameters"]}),
        new_code_cell("note", outputs=[shown(Note("Die Antworten sind **erfunden**."))]),
        new_markdown_cell('## Zielgruppen\n\nDie meisten nennen "alle".[^a]\n\n[^a]: Das Wort "alle" zählt.'),
        new_code_cell(
            "import analysis", outputs=[shown(Prose("**Neun** von zwölf.")), shown(chart("Gruppen"))]
        ),
        new_code_cell("table", outputs=[shown(Table(groups, caption="Nennungen", note="Ohne Angabe: 2."))]),
        new_markdown_cell("#### Zweites Bild"),
        new_code_cell("chart", outputs=[shown(chart("Gruppen, noch einmal"))]),
        new_markdown_cell(
            "## Alle Merkmale\n\n- eins\n- zwei\n\n| Wort | Zahl |\n|---|--:|\n| so | 1 |\n| anders | 2 |"
        ),
        new_code_cell("many", outputs=[shown(Table(many, caption="Alle Merkmale"))]),
        new_code_cell("plain", outputs=[new_output("display_data", data={"text/html": plain})]),
        new_markdown_cell(
            "Ein ![schwarzer Strich](attachment:strich.png) mitten im Text.",
            attachments={"strich.png": {"image/png": raster(900)}},
        ),
        new_code_cell(
            "#| fig-alt: Ein Strich\nplot()",
            outputs=[new_output("display_data", data={"image/png": raster(900)})],
        ),
        new_code_cell("print(1)", outputs=[new_output("stream", name="stdout", text="eins\nzwei\n")]),
        new_markdown_cell(
            "## Einordnung der Sozialraumorientierungsbeauftragten\n\n> Zitat\n\nMehr beim [Land NRW](https://www.land.nrw)."
        ),
    ]
    publish = {
        "date": "2014-02-26",
        "organisation": "Fachstelle",
        "running_head": "Umfrage 2014",
        "nav": [
            {"title": "Übersicht", "href": "index.html"},
            {"title": "Zielgruppen", "href": "03_target_groups.html", "current": True},
        ],
    }
    return new_notebook(cells=cells, metadata={"publish": publish, "authors": [{"name": "Erika Muster"}]})


def raster(width: int) -> str:
    """A picture in pixels, as base64."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, 9)).save(buffer, "png")
    return base64.b64encode(buffer.getvalue()).decode()


def export(notebook: Any, name: str = "03_target_groups") -> str:
    resources = {"metadata": {"name": name, "path": "/home/erika/umfrage"}}
    return AccessibleHTMLExporter().from_notebook_node(notebook, resources)[0]


def four_sentences() -> str:
    """A result in which one number leads to what it counts."""
    rows = [Row(f"Treff {n}", "a.xlsx", "Blatt1", ((f"B{n}", f"Treff <{n}>"),)) for n in (1, 2)]
    number = Counted(2, lambda: Evidence("Maßnahme", tuple(rows)))
    told = [f"In {number_word(number)} Ämtern.", "Seit 20 Jahren.", "Für alle.", "In der ganzen Stadt."]
    return "\n".join(f"{place}. {text}" for place, text in enumerate(told, start=1))


def front_page() -> str:
    return render_index(
        "Programme im Sozialraum",
        cited_tokens(four_sentences),
        [Link("Zielgruppen", "03_target_groups.html", "Für wen die Programme sind.")],
        Link("Vorlage", "briefing.pdf", "Maschinell geprüft nach PDF/UA-1.", size=214_533),
        note="Die Antworten sind **erfunden**.",
        date=datetime.date(2014, 2, 26),
        organisation="Fachstelle",
        plain=Link("In einfacher Sprache", "plain_language.html"),
        about="- **Prüfsumme:** `0f3a`",
    )


def plain_page() -> str:
    return render_plain_language(
        "In einfacher Sprache",
        [("", ["Dieser Text ist kurz.", "Er ist gut."]), ("Für wen?", ["2 von 7 Angeboten sind für alle."])],
        note="Das ist ein Beispiel.",
        date=datetime.date(2014, 2, 26),
        running_head="Umfrage 2014",
        nav=[
            Neighbour("Übersicht", "index.html"),
            Neighbour("In einfacher Sprache", "plain_language.html", is_current=True),
        ],
        evidence="06_briefing.html#belege",
    )
