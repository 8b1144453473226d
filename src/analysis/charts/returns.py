"""Who answered with how many programmes, and where the doubts are."""

from typing import TYPE_CHECKING

from ..labels import SEVERITY_LABELS, STATUS_LABELS, dezernat_label
from ..overviews import tabulate_dezernate, tabulate_problems
from ..overviews.style import COUNT
from ..publish.display import Prose
from ..publish.german import format_number
from .bars import bars_of, draw_bars
from .heat import draw_heat
from .style import Picture
from .words import basis, in_figures, leading, nothing, whole_of

if TYPE_CHECKING:
    from ..survey import Survey

_STRAY = dezernat_label(None)


def draw_dezernate(survey: "Survey") -> Picture:
    """One bar per Dezernat: its programmes, or in words that there are none and why."""
    table = tabulate_dezernate(survey)
    if isinstance(table, Prose):
        return nothing(table)
    frame = table.frame
    bars = bars_of(table, "Dezernat", COUNT)
    labels = bars["name"]
    bars["name"] = [
        label
        if name != name or name is None or label == _STRAY
        else f"{label.removeprefix('Dezernat ')} {name}"
        for label, name in zip(labels, frame["Name"], strict=True)
    ]
    bars["words"] = frame["Antwort"].where(bars["count"].eq(0), "")
    with_some = int((bars["count"].gt(0) & labels.ne(_STRAY)).sum())
    whole = whole_of(table)
    most = leading(labels, bars["count"], whole)
    answers = frame["Antwort"].value_counts()
    return draw_bars(
        bars,
        table,
        title="Antworten und Nennungen der Dezernate",
        data="Antworten und Nennungen je Dezernat",
        message=[
            in_figures(with_some, "Dezernat nennt", "Dezernate nennen") + " Maßnahmen",
            f"am meisten {most}" if most else "",
            *(
                f"{label}: {format_number(int(answers[label]))}"
                for status, label in STATUS_LABELS.items()
                if status != "received" and label in answers
            ),
        ],
        subtitle=basis(whole),
    )


def draw_problems(survey: "Survey") -> Picture:
    """One field per workbook and severity: how many doubts it left."""
    table = tabulate_problems(survey)
    if isinstance(table, Prose):
        return nothing(table)
    workbook, dezernat, *severities = table.frame.columns
    labels = table.frame[dezernat]
    # A workbook goes by its Dezernat where that is no secret and no other workbook has the same.
    is_plain = labels.ne(_STRAY) & ~labels.duplicated(keep=False)
    counts = table.frame[severities].astype(int).set_axis(labels.where(is_plain, table.frame[workbook]))
    totals = counts.sum()
    if not totals.any():
        return nothing("Beim Einlesen sind keine Zweifel entstanden.")
    doubts = int(totals.sum())
    rows = counts.sum(axis=1)
    at_most = [str(name) for name, count in rows.items() if count == rows.max()]
    return draw_heat(
        counts,
        table,
        title="Zweifel je Rückmeldung",
        data="Zweifeln je Rückmeldung und Schwere",
        message=[
            ", ".join(f"{label} {format_number(int(totals[label]))}" for label in SEVERITY_LABELS.values()),
            f"am meisten bei {at_most[0]} ({format_number(int(rows.max()))})" if len(at_most) == 1 else "",
        ],
        subtitle=f"{format_number(doubts)} Zweifel insgesamt",
    )
