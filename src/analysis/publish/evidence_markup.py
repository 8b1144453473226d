"""The last section of a page: for each number that the text cites the rows it counts, and the way back.

A link to one of them shows its table, a link to the section shows them all (`:target` in page.css); else there are only
their names, so that the page does not grow to three times its length. Without the style everything is shown.
"""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from .cited import Clause
from .counted import Evidence, Row
from .german import count_noun, format_number, join_words
from .table_markup import table_markup
from .tables import Grid

EVIDENCE_TITLE: Final = "Belege"
EVIDENCE_ANCHOR: Final = "belege"

_LONGEST: Final = 300  # signs of a cell's text
_INTRODUCTION: Final = (
    "Jede Zahl im Text, die gepunktet unterstrichen ist, führt zu den Stellen, aus denen sie gezählt ist. „Angabe“ ist "
    "der Wortlaut der Zelle; Personendaten sind durch [Kontakt] ersetzt."
)


def evidence_section(cited: Mapping[Evidence, tuple[int, Clause]]) -> Markup:
    """One section with a table per piece of evidence, in the order of the text."""
    tables = [_proof(evidence, number, clause) for evidence, (number, clause) in cited.items()]
    return Markup(
        '<section class="evidence wide" aria-labelledby="{0}" id="{0}-alle">\n<h2 id="{0}">{1}</h2>\n<p>{2}</p>\n'
        '<p><a href="#{0}-alle">Alle Belege zeigen</a></p>\n{3}\n</section>'
    ).format(EVIDENCE_ANCHOR, EVIDENCE_TITLE, _INTRODUCTION, Markup("\n").join(tables))


def _proof(evidence: Evidence, number: int, clause: Clause) -> Markup:
    name, anchor = f"Beleg {number}", f"beleg-{number}"
    table = table_markup(_grid(evidence), Markup('<span class="unseen">{}</span>').format(name), label=name)
    note = Markup('<p class="table-note">{}</p>\n').format(_rest(evidence)) if evidence.more else ""
    return Markup(
        '<div class="proof" id="{0}">\n'
        '<p><a href="#{0}">{1}</a>: <q>{2}<strong>{3}</strong>{4}</q></p>\n'
        '{5}\n{6}<p><a href="#zu-{0}" role="doc-backlink">Zurück zum Text'
        '<span class="unseen"> bei {1}</span></a></p>\n</div>'
    ).format(anchor, name, *clause, table, note)


def _grid(evidence: Evidence) -> Grid:
    """Only the columns that say something of their own."""
    whats, texts = [row.what for row in evidence.rows], [_texts(row) for row in evidence.rows]
    columns = {
        evidence.heading: whats,
        "Datei": [row.workbook for row in evidence.rows],
        "Blatt": [row.sheet for row in evidence.rows],
        "Zelle": [join_words(cell for cell, _ in row.cells) for row in evidence.rows],
        "Angabe": [] if texts == whats else texts,
        "Anzahl": [format_number(row.count) for row in evidence.rows] if _has_counts(evidence) else [],
    }
    said = {name: cells for name, cells in columns.items() if any(cells)}
    rows = tuple(tuple(text or "–" for text in row) for row in zip(*said.values(), strict=True))
    return Grid(tuple(said), rows, tuple(name == "Anzahl" for name in said))


def _has_counts(evidence: Evidence) -> bool:
    return any(row.count != 1 for row in evidence.rows)


def _texts(row: Row) -> str:
    texts = [text for _, text in row.cells if text]
    shown = [text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …" for text in texts]
    return " | ".join(shown)


def _rest(evidence: Evidence) -> str:
    others = count_noun(evidence.more, "weitere Stelle", "weitere Stellen", gender="f")
    place = f"; sie stehen in der aufbereiteten Tabelle „{evidence.table}“" if evidence.table else ""
    return f"Nicht gezeigt: {others}{place}."
