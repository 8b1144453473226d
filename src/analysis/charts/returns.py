"""Who answered with how many programmes, and where the doubts are."""

from typing import TYPE_CHECKING

import pandas as pd

from ..findings import state_doubts, state_mentions, state_response_rate
from ..labels import SEVERITY_LABELS, STATUS_LABELS, dezernat_label
from ..publish.german import agree
from ..summaries import count_dezernate, count_problems
from .style import Picture, alt_text, draw_bars, draw_heat, nothing, plain_ints

if TYPE_CHECKING:
    from ..survey import Survey


def draw_dezernate(survey: "Survey") -> Picture:
    """One bar per Dezernat: its programmes, or in words that there are none and why."""
    dezernate = count_dezernate(survey)
    if dezernate.empty:
        return nothing("Es ist kein Dezernat angefragt.")
    counts = plain_ints(dezernate["programme_count"])
    words = [
        f"{count} {agree(count, 'Nennung', 'Nennungen')}" if count else STATUS_LABELS[status]
        for count, status in zip(counts, dezernate["status"], strict=True)
    ]
    names = [
        dezernat_label(code) if pd.isna(name) or pd.isna(code) else f"{code} {name}"
        for code, name in zip(dezernate["dezernat"], dezernate["dezernat_name"], strict=True)
    ]
    message = f"{state_response_rate(survey).sentence} {state_mentions(survey).sentence}"
    return draw_bars(
        names,
        counts,
        words=words,
        title="Antworten und Nennungen der Dezernate",
        alt=alt_text("Balkendiagramm", "Antworten und Nennungen je Dezernat", message),
    )


def draw_problems(survey: "Survey") -> Picture:
    """One cell per workbook and severity: how many doubts it left."""
    problems = count_problems(survey)
    if not problems["total"].any():
        return nothing("Beim Einlesen sind keine Zweifel entstanden.")
    names = [
        dezernat_label(code) if pd.notna(code) else "Abfrage insgesamt" if pd.isna(workbook) else workbook
        for code, workbook in zip(problems["dezernat"], problems["workbook"], strict=True)
    ]
    counts = problems[list(SEVERITY_LABELS)].rename(columns=SEVERITY_LABELS).set_axis(names, axis=0)
    return draw_heat(
        counts.groupby(level=0, sort=False).sum(),
        title="Zweifel je Rückmeldung",
        alt=alt_text("Heatmap", "Zweifeln je Rückmeldung und Schwere", state_doubts(survey).sentence),
    )
