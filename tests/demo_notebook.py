"""A small executed notebook with a bit of everything, made by hand: what the exporters' tests print."""

import base64
import io

import matplotlib
import nbformat.v4 as v4
import pandas as pd
from PIL import Image

from analysis.publish.display import Chart, Note, Prose, Table
from analysis.publish.drawing import chart_style

LONG = (
    "Familienzentren bündeln Angebote für Familien im Veedel: Beratung, Bildung und Betreuung; sie arbeiten mit "
    "Trägern, Schulen und dem Gesundheitsamt zusammen."
)


def displayed(thing, **metadata):
    data, about = thing._repr_mimebundle_()
    return v4.new_output("display_data", data=data, metadata={**about, **metadata})


def code(*outputs, source="analysis.draw()", **metadata):
    return v4.new_code_cell(source, outputs=list(outputs), metadata=metadata)


def png(size=(40, 20)):
    buffer = io.BytesIO()
    Image.new("RGB", size, "#17456b").save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def bar_chart():
    from matplotlib import pyplot

    with matplotlib.rc_context(chart_style()):
        figure, axes = pyplot.subplots(figsize=(6.3, 2.3), layout="constrained")
        groups = ["Kinder", "Senior*innen", "Schüler*innen", "Jugendliche ≥ 14"]
        counts = [9, 4, 3, 2]
        bars = axes.barh(groups, counts, color="#0072B2")
        axes.bar_label(bars, padding=3)
        axes.invert_yaxis()
        axes.set_xlabel("Nennungen mit Angabe zur Zielgruppe – „größte“ zuerst")
        axes.spines[["top", "right"]].set_visible(False)
    return Chart(
        figure,
        title="Zielgruppen der Nennungen",
        alt="Balkendiagramm zu Zielgruppen: Kinder werden am häufigsten genannt, in 9 von 22 Nennungen.",
    )


def groups_table():
    frame = pd.DataFrame(
        {
            "Zielgruppe": ["Kinder", "Seniorinnen und Senioren", "Schülerinnen und Schüler", "Jugendliche"],
            "Nennungen": pd.array([9, 4, 3, None], dtype="Int32"),
            "Anteil in Prozent": [40.9, 18.2, 13.6, 9.1],
        }
    )
    return Table(frame, caption="Zielgruppen nach Zahl der Nennungen", note="Mehrfachnennungen sind möglich.")


def programmes_table(rows=12):
    frame = pd.DataFrame(
        {
            "Programm": [f"Programm {i}: Lebenswerte Veedel" for i in range(1, rows + 1)],
            "Amt": ["Amt für Kinder, Jugend und Familie"] * rows,
            "Beschreibung": [LONG] * rows,
            "Sozialraum": ["Chorweiler, Kalk, Mülheim und Porz"] * rows,
            "Beginn": pd.array([2009, None] * (rows // 2), dtype="Int16"),
            "Zielgruppen": ["Kinder, Jugendliche und junge Erwachsene"] * rows,
            "Fundstelle": ["Dez_IV_Rueckmeldung_Sozialraum_2014.xlsx, Tabelle1, B7"] * rows,
        }
    )
    return Table(frame, caption="Alle Programme des Dezernats IV")


TEXT = """## Anlass

Die *Stadtarbeitsgemeinschaft* bat am 21.11.2013 um einen **Überblick**.[^1] Die Fachstelle schrieb "alle" an; siehe
[die Stadt](https://www.stadt-koeln.de) oder <mailto:amt@example.org>, ~~nicht~~ `code`, und
das ist's: a < b & c.\\
Neue Zeile mit 漢 und 😀 und → ✓.

- Rücklauf
- Ergebnisse
    1. Zielgruppen
    2. Beginn
        - ganz tief
- Einordnung

3. drei
4. vier

> Ein Zitat, das für sich steht.

| Stichwort | Zahl | |
|---|--:|---|
| Eins | 1 | x |
| Zwei | 2 | |
| Drei | 3 | z |

```
print("Hallo")
```

- [x] erledigt
- [ ] offen

$$E = mc^2$$

---

Noch ein Satz.[^1] Und noch einer.[^zwei]

[^1]: Sitzung vom *21.11.2013*.
[^zwei]: Zweite Fußnote.
"""


def demo_notebook():
    picture = png()
    cells = [
        v4.new_markdown_cell("# Sozialräumliche Programme der Stadt: Rücklauf und Ergebnisse"),
        code(displayed(Note("Alle Angaben sind **erfunden** oder der Niederschrift entnommen."))),
        v4.new_markdown_cell(TEXT),
        v4.new_markdown_cell("## Ergebnisse\n\n### Zielgruppen"),
        code(
            displayed(Prose("In zwei von sieben Dezernaten gibt es Programme; **9 von 22** Nennungen.")),
            displayed(bar_chart()),
        ),
        code(displayed(groups_table())),
        v4.new_markdown_cell(
            "### Bilder\n\n![Ein blaues Rechteck](attachment:x.png)\n\n"
            "Mitten im Satz ![blau](attachment:x.png) steht es.",
            attachments={"x.png": {"image/png": picture}},
        ),
        code(
            v4.new_output("display_data", data={"image/png": picture, "text/plain": "<Figure>"}),
            source="#| fig-alt: Ein zweites Rechteck\n#| fig-cap: Rechteck\nplot()",
        ),
        code(
            v4.new_output("stream", name="stdout", text="\x1b[31mrot\x1b[0m\nfertig\n"),
            v4.new_output("execute_result", data={"text/plain": "42"}),
        ),
        v4.new_markdown_cell("## Anlage: Alle Programme\n\n### Dezernat IV"),
        code(displayed(programmes_table())),
        v4.new_markdown_cell("## Anhang: Datenqualität\n\nKeine offenen Fragen."),
    ]
    publish = {
        "date": "2014-02-26",
        "running_head": "Mitteilung zu sozialräumlichen Programmen",
        "organisation": "Stadt Köln · Fachstelle Behindertenpolitik",
    }
    return v4.new_notebook(cells=cells, metadata={"publish": publish})
