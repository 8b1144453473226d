"""Tables of the returns: who answered, what is in doubt, where the cells went."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from ..labels import SEVERITY_LABELS, STATUS_LABELS, TAKEN_LABELS
from ..summaries import count_cells, count_dezernate, count_problems
from .style import COUNT, Listing, label_dezernate, listing

if TYPE_CHECKING:
    from ..survey import Survey


def tabulate_dezernate(survey: "Survey") -> Listing:
    """One row per Dezernat asked or answering: its answer, its workbooks, its programmes."""
    counts = count_dezernate(survey)
    frame = pd.DataFrame(
        {
            "Dezernat": label_dezernate(counts["dezernat"]),
            "Name": counts["dezernat_name"],
            "Antwort": counts["status"].map(STATUS_LABELS),
            "Arbeitsmappen": counts["workbook_count"],
            COUNT: counts["programme_count"],
        }
    )
    return listing(frame, "Antworten der Dezernate", "Es ist kein Dezernat angefragt.")


def tabulate_problems(survey: "Survey") -> Listing:
    """One row per workbook: its doubts by severity."""
    counts = count_problems(survey)
    frame = pd.DataFrame(
        {
            "Arbeitsmappe": counts["workbook"].fillna("Abfrage insgesamt"),
            "Dezernat": label_dezernate(counts["dezernat"]),
            **{label: counts[severity] for severity, label in SEVERITY_LABELS.items()},
        }
    )
    return listing(frame, "Zweifel je Arbeitsmappe", "Es liegt keine Arbeitsmappe vor.")


def tabulate_questions(survey: "Survey") -> Listing:
    """One row per doubt that needs an answer, errors first, with workbook and cell."""
    problems = survey.problems
    asking = problems[problems["severity"].isin(["error", "warning"])]
    asking = asking.sort_values("severity", key=lambda column: column.ne("error"), kind="stable")
    frame = pd.DataFrame(
        {
            "Stelle": [
                _place(*place)
                for place in zip(asking["workbook"], asking["sheet"], asking["cell"], strict=True)
            ],
            "Gefunden": asking["found"],
            "Zu klären": asking["message"],
        }
    )
    return listing(
        frame, "Offene Fragen zu den Rückmeldungen", "Beim Einlesen ist keine Frage offen geblieben."
    )


def tabulate_cells(survey: "Survey") -> Listing:
    """One row per workbook: its filled cells, and what became of them."""
    counts = count_cells(survey)
    frame = pd.DataFrame(
        {
            "Arbeitsmappe": counts["workbook"],
            "gefüllte Zellen": counts["nonempty"],
            **{label: counts[name] for name, label in TAKEN_LABELS.items()},
        }
    )
    return listing(frame, "Verbleib aller gefüllten Zellen", "Es liegt keine lesbare Arbeitsmappe vor.")


def _place(workbook: Any, sheet: Any, cell: Any) -> str:
    parts = [
        "Abfrage insgesamt" if pd.isna(workbook) else str(workbook),
        "" if pd.isna(sheet) else f"Blatt {sheet}",
        "" if pd.isna(cell) else f"Zelle {cell}",
    ]
    return ", ".join(part for part in parts if part)
