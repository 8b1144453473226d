"""The values of the sample survey with their origins, and the README made from them: it cannot drift."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from analysis.csvfiles import read_rows

HERE = Path(__file__).parent
ORIGINS = {"P": "Bericht", "Q": "öffentliche Quelle", "E": "erfunden"}
FIELDS = {
    "title": "Maßnahme",
    "office": "Amt",
    "description": "Beschreibung",
    "sozialraum": "Sozialraum",
    "target_groups": "Zielgruppen",
    "start": "Beginn",
    "end": "Ende",
    "period": "Laufzeit",
    "partners": "Kooperation",
    "contact": "Kontakt",
    "remarks": "Bemerkung",
    "staff": "Stellenanteile",
}
TABLE_HEAD = "| Angabe | Wert in der Mappe | Herkunft | Quelle, Anmerkung |\n| --- | --- | --- | --- |\n"


@dataclass(frozen=True)
class Entry:
    """One value of one programme: the text of its cell, its origin (P, Q, E) and the source."""

    programme: str
    field: str
    text: str
    origin: str
    source: str


def read_entries() -> list[Entry]:
    """One item per programme and value, in the order of sample_2014.csv."""
    columns = ("programme", "field", "text", "origin", "source")
    rows = read_rows(HERE / "sample_2014.csv", columns)
    return [Entry(*(row[column] for column in columns)) for _, row in rows]


def markdown_cell(text: str) -> str:
    """The text as it stands in a table of Markdown."""
    return text.replace("|", "\\|").replace("\n", "<br>") or "(leer)"


def readme(replies: Iterable[tuple[str, str, str]]) -> str:
    """The whole README: what is fact and what made up, the returns (Dezernat, file, reply), every value."""
    parts = [(HERE / "sample_2014.md").read_text(encoding="utf-8")]
    parts += [f"| {dezernat} | `{name}` | {reply} |\n" for dezernat, name, reply in replies]
    parts.append("\n## Die 24 Maßnahmen, Wert für Wert\n")
    for programme, group in groupby(read_entries(), key=lambda entry: entry.programme):
        entries = list(group)
        parts.append(f"\n### {programme}: {entries[0].text}\n\n")
        parts.append(TABLE_HEAD)
        parts += [
            f"| {FIELDS[e.field]} | {markdown_cell(e.text)} | {ORIGINS[e.origin]} | {e.source} |\n"
            for e in entries
        ]
    return "".join(parts)
