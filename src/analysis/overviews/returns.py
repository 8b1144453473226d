"""Tables of the returns: who answered, what is in doubt, where the cells went."""

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ..labels import SEVERITY_LABELS, STATUS_LABELS, TAKEN_LABELS
from ..summaries import (
    count_cells,
    count_dezernate,
    count_problems,
    group_problems,
    list_corrections,
    list_personal_data,
)
from .style import COUNT, Listing, label_dezernate, listing, put_first

if TYPE_CHECKING:
    from ..survey import Survey

_EMPTY: Final = "nichts"
_NO_CELL: Final = "keine"
_BY_WORKBOOK: Final = "geordnet nach Arbeitsmappen"


def tabulate_dezernate(survey: "Survey") -> Listing:
    """One row per Dezernat asked or answering: its answer, its programmes; silence is no zero."""
    counts = count_dezernate(survey)
    is_heard = counts["status"].isin(["received", "fehlanzeige"])
    frame = pd.DataFrame(
        {
            "Dezernat": label_dezernate(counts["dezernat"]),
            "Name": counts["dezernat_name"],
            "Antwort": counts["status"].map(STATUS_LABELS),
            COUNT: counts["programme_count"].where(is_heard),
        }
    )
    return listing(frame, "Antworten der Dezernate", "Es ist kein Dezernat angefragt.")


def tabulate_problems(survey: "Survey") -> Listing:
    """One row per workbook: its doubts by severity."""
    counts = count_problems(survey)
    first = "die Arbeitsmappen mit den meisten Zweifeln zuerst"
    counts, more = put_first(survey, counts, "problems.csv", first, counts["total"])
    frame = pd.DataFrame(
        {
            "Arbeitsmappe": counts["workbook"].fillna("Abfrage insgesamt"),
            "Dezernat": label_dezernate(counts["dezernat"]),
            **{label: counts[severity] for severity, label in SEVERITY_LABELS.items()},
        }
    )
    return listing(frame, "Zweifel je Arbeitsmappe", "Es liegt keine Arbeitsmappe vor.", more)


def tabulate_questions(survey: "Survey") -> Listing:
    """One row per doubt that needs an answer, errors first, with workbook and cells; once per sheet."""
    questions = group_problems(survey, "error", "warning")
    turns = questions.groupby(["severity", "code"]).cumcount()
    ranks = questions["severity"].eq("error") * len(questions) - turns
    first = "Fehler vor Rückfragen, reihum von jeder Art"
    questions, more = put_first(survey, questions, "problems.csv", first, ranks)
    frame = pd.DataFrame(
        {
            "Stelle": _places(questions, "cells"),
            "Gefunden": questions["found"],
            "Zu klären": questions["message"],
        }
    )
    empty = "Beim Einlesen ist keine Frage offen geblieben."
    return listing(frame, "Offene Fragen zu den Rückmeldungen", empty, more)


def tabulate_remarks(survey: "Survey") -> Listing:
    """One row per remark that needs no answer, with workbook and cells; once per sheet."""
    remarks = group_problems(survey, "info", by_found=False)
    remarks, more = put_first(survey, remarks, "problems.csv", _BY_WORKBOOK)
    frame = pd.DataFrame({"Stelle": _places(remarks, "cells"), "Hinweis": remarks["message"]})
    return listing(
        frame, "Hinweise zu den Rückmeldungen", "Beim Einlesen ist nichts weiter aufgefallen.", more
    )


def tabulate_corrections(survey: "Survey") -> Listing:
    """One row per correction that was applied: the cell, what stood there, what counts, why and who decided."""
    corrections, more = put_first(survey, list_corrections(survey), "problems.csv", _BY_WORKBOOK)
    frame = pd.DataFrame(
        {
            "Stelle": _places(corrections, "cell"),
            "Stand dort": corrections["found"].fillna("").replace("", _EMPTY),
            "Gilt jetzt": corrections["corrected"].fillna("").replace("", _EMPTY),
            "Grund": corrections["reason"],
        }
    )
    return listing(frame, "Berichtigte Angaben", "Es wurde keine Angabe berichtigt.", more)


def tabulate_personal_data(survey: "Survey") -> Listing:
    """One row per worksheet with personal data: its cells, never what stood there."""
    found = list_personal_data(survey)
    first = "die Blätter mit den meisten Zellen zuerst"
    found, more = put_first(survey, found, "cells.parquet", first, found["cell_count"])
    frame = pd.DataFrame(
        {
            "Arbeitsmappe": found["workbook"],
            "Blatt": found["sheet"],
            "ganz zurückgehalten": found["withheld"].fillna(_NO_CELL),
            "im Text ersetzt": found["replaced"].fillna(_NO_CELL),
            "Zellen": found["cell_count"],
        }
    )
    empty = "In keiner Zelle wurden Personendaten gefunden."
    return listing(frame, "Zellen mit Personendaten", empty, more)


def tabulate_cells(survey: "Survey") -> Listing:
    """One row per workbook: its filled cells, and what became of them."""
    counts = count_cells(survey)
    first = "die mit den meisten nicht zugeordneten Zellen zuerst"
    counts, more = put_first(survey, counts, "sheets.csv", first, counts["unplaced"])
    frame = pd.DataFrame(
        {
            "Arbeitsmappe": counts["workbook"],
            "gefüllte Zellen": counts["nonempty"],
            **{label: counts[name] for name, label in TAKEN_LABELS.items()},
        }
    )
    return listing(frame, "Verbleib aller gefüllten Zellen", "Es liegt keine lesbare Arbeitsmappe vor.", more)


def _places(frame: pd.DataFrame, column: str) -> list[str]:
    """One text per row: where it is, as far as that is known."""
    return [_place(*place) for place in zip(frame["workbook"], frame["sheet"], frame[column], strict=True)]


def _place(workbook: Any, sheet: Any, cells: Any) -> str:
    parts = [
        "Abfrage insgesamt" if pd.isna(workbook) else str(workbook),
        "" if pd.isna(sheet) else f"Blatt {sheet}",
        "" if pd.isna(cells) else f"{'Zelle' if cells.isalnum() else 'Zellen'} {cells}",
    ]
    return ", ".join(part for part in parts if part)
