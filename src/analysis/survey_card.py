"""A survey at a glance, as the last line of a cell or in a terminal: what it is, who answered, which tables it has."""

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any, Final

from .labels import STATUS_LABELS
from .publish.german import format_date, format_number
from .schema import TABLES

if TYPE_CHECKING:
    from .survey import Survey

# The grain of each table, as the contract has it.
GRAINS: Final = {
    "returns": "Dezernat und Arbeitsmappe",
    "programmes": "genannter Maßnahme (Nennung)",
    "programme_target_groups": "Nennung und Zielgruppe",
    "programme_sozialraeume": "Nennung und Ort",
    "cells": "gefüllter Zelle",
    "sheets": "Arbeitsblatt",
    "columns": "Spalte einer gefundenen Tabelle",
    "problems": "Frage oder Hinweis",
}
SAMPLE: Final = "Die Rückmeldungen sind nachgebaut (Musterdaten)."
_HEADINGS: Final = ("Tabelle", "eine Zeile je", "Zeilen")
_WAYS: Final = (
    ("survey.programmes", "gibt eine Tabelle als DataFrame von pandas,"),
    ("analysis.browse(survey.programmes)", "zeigt sie zum Sortieren, Filtern und Blättern."),
)
# JupyterLab's own colours, so that the card is as dark or as light as the rest.
_STYLE: Final = """
.survey-card { border: 1px solid var(--jp-border-color1, #767676); border-radius: 4px; padding: 0.6em 1em;
    max-width: 46em; line-height: 1.45; font-size: var(--jp-content-font-size1, 14px); }
.survey-card p { margin: 0 0 0.5em; }
.survey-card .title { font-size: 1.2em; font-weight: bold; }
.survey-card .sample { border-left: 4px solid var(--jp-warn-color1, #b26a00); padding-left: 0.6em; }
.survey-card table { width: 100%; margin: 0.6em 0; table-layout: auto; border-collapse: collapse; }
.survey-card caption { text-align: left; font-weight: bold; padding: 0 0 0.2em; color: inherit; }
.survey-card :is(th, td) { text-align: left !important; padding: 0.15em 1em 0.15em 0; font-weight: normal; }
.survey-card thead th { border-bottom: 1px solid var(--jp-border-color1, #767676); }
.survey-card tr > :last-child { text-align: right !important; padding-right: 0; }
"""


def card_bundle(survey: "Survey") -> dict[str, str]:
    """One card as HTML for JupyterLab, Markdown for the exporters and plain text for a terminal."""
    rows = [(name, GRAINS[name], format_number(len(getattr(survey, name)))) for name in TABLES]
    return {
        "text/plain": _as_text(survey, rows),
        "text/markdown": _as_markdown(survey, rows),
        "text/html": _as_html(survey, rows),
    }


def _facts(survey: "Survey") -> Iterator[tuple[str, str]]:
    yield "Stichtag", format_date(survey.reference_date)
    yield "Gremium", f"{survey.committee}, Sitzung am {format_date(survey.meeting_date)}"
    counts: dict[Any, int] = survey.returns["status"].value_counts().to_dict()
    said = [
        f"{label} {format_number(counts[status])}"
        for status, label in STATUS_LABELS.items()
        if counts.get(status)
    ]
    yield "Rückmeldungen", ", ".join(said) or "keine"


def _as_text(survey: "Survey", rows: list[tuple[str, str, str]]) -> str:
    table = [_HEADINGS, *rows]
    first, second, third = (max(len(row[column]) for row in table) for column in range(3))
    lines = [f"{a:<{first}}  {b:<{second}}  {c:>{third}}" for a, b, c in table]
    facts = [f"{name}: {value}" for name, value in _facts(survey)]
    sample = [SAMPLE] if survey.is_sample else []
    ways = [f"{code} {what}" for code, what in _WAYS]
    return "\n".join([f"Abfrage „{survey.title}“ ({survey.name})", *sample, *facts, "", *lines, "", *ways])


def _as_markdown(survey: "Survey", rows: list[tuple[str, str, str]]) -> str:
    def plain(text: str) -> str:
        return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>#|~$" else sign for sign in text)

    facts = [f"- {name}: {plain(value)}" for name, value in _facts(survey)]
    table = [f"| {' | '.join(_HEADINGS)} |", "| --- | --- | ---: |"]
    table += [f"| `{name}` | {grain} | {count} |" for name, grain, count in rows]
    sample = [SAMPLE, ""] if survey.is_sample else []
    return "\n".join([f"**Abfrage „{plain(survey.title)}“**", "", *sample, *facts, "", *table])


def _as_html(survey: "Survey", rows: list[tuple[str, str, str]]) -> str:
    facts = "".join(f"<p>{name}: {escape(value)}</p>" for name, value in _facts(survey))
    sample = f'<p class="sample">{SAMPLE}</p>' if survey.is_sample else ""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in _HEADINGS)
    body = "".join(
        f'<tr><th scope="row"><code>{name}</code></th><td>{grain}</td><td>{count}</td></tr>'
        for name, grain, count in rows
    )
    ways = " ".join(f"<code>{code}</code> {what}" for code, what in _WAYS)
    title = f"Abfrage „{escape(survey.title)}“"
    return (
        f'<style>{_STYLE}</style>\n<div class="survey-card" role="group" aria-label="{escape(title)}" lang="de">'
        f'<p class="title">{title} <small>({escape(survey.name)})</small></p>{sample}{facts}'
        f"<table><caption>Die Tabellen der Abfrage</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table><p>{ways}</p></div>"
    )
