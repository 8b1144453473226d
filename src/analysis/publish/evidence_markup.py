"""The last section of a page: a table per number that the text cites, with the way back."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from .cited import Clause
from .counted import Evidence, Row
from .german import count_noun, join_words
from .page_tables import table_markup
from .tables import Grid

EVIDENCE_TITLE: Final = "Belege"
EVIDENCE_ANCHOR: Final = "belege"

_LONGEST: Final = 300  # signs of a cell's text
_INTRODUCTION: Final = (
    "Jede gepunktet unterstrichene Zahl im Text führt zu den Stellen, aus denen sie gezählt ist. „Angabe“ ist der "
    "Wortlaut der Zelle; Personendaten sind durch [Kontakt] ersetzt."
)


def evidence_section(cited: Mapping[Evidence, tuple[int, Clause]]) -> Markup:
    """One section with a table per piece of evidence, in the order of the text."""
    tables = [_table(evidence, number, clause) for evidence, (number, clause) in cited.items()]
    return Markup(
        '<section class="evidence wide" aria-labelledby="{0}">\n<h2 id="{0}">{1}</h2>\n<p>{2}</p>\n{3}\n</section>'
    ).format(EVIDENCE_ANCHOR, EVIDENCE_TITLE, _INTRODUCTION, Markup("\n").join(tables))


def _table(evidence: Evidence, number: int, clause: Clause) -> Markup:
    name = f"Beleg {number}"
    caption = Markup("{}: <q>{}<strong>{}</strong>{}</q>").format(name, *clause)
    table = table_markup(_grid(evidence), caption, name)
    note = Markup('<p class="table-note">{}</p>\n').format(_rest(evidence)) if evidence.more else ""
    return Markup(
        '<div id="beleg-{0}" class="proof">\n{1}\n{2}<p><a href="#zu-beleg-{0}" role="doc-backlink">Zurück zum Text'
        '<span class="unseen"> bei {3}</span></a></p>\n</div>'
    ).format(number, table, note, name)


def _grid(evidence: Evidence) -> Grid:
    """Only the columns that say something."""
    columns = {
        evidence.heading: [row.what for row in evidence.rows],
        "Arbeitsmappe": [row.workbook for row in evidence.rows],
        "Blatt": [row.sheet for row in evidence.rows],
        "Zelle": [join_words(cell for cell, _ in row.cells) for row in evidence.rows],
        "Angabe": [_texts(row) for row in evidence.rows],
        "Anzahl": ["" if row.count == 1 else str(row.count) for row in evidence.rows],
    }
    if any(columns["Anzahl"]):
        columns["Anzahl"] = [str(row.count) for row in evidence.rows]
    said = {name: texts for name, texts in columns.items() if any(texts)}
    rows = tuple(tuple(text or "–" for text in row) for row in zip(*said.values(), strict=True))
    return Grid(tuple(said), rows, tuple(name == "Anzahl" for name in said))


def _texts(row: Row) -> str:
    texts = [text for _, text in row.cells if text]
    shown = [text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …" for text in texts]
    return " | ".join(shown)


def _rest(evidence: Evidence) -> str:
    others = count_noun(evidence.more, "weitere Stelle", "weitere Stellen", gender="f")
    place = f"; sie stehen in der aufbereiteten Tabelle „{evidence.table}“" if evidence.table else ""
    return f"Nicht gezeigt: {others}{place}."
