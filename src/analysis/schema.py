"""Tables, columns and codes of a survey: the vocabulary that every other module shares.

Source: the project's contract. A column added here appears in every table that is written.
"""

from typing import Final

# What every table shows instead of personal data.
CONTACT: Final = "[Kontakt]"

TEXT: Final = "str"
YEAR: Final = "Int16"
COUNT: Final = "Int32"
FLAG: Final = "boolean"

CERTAINTIES: Final = ("exact", "approximate", "bounded", "planned", "unknown")
AREA_SCOPES: Final = ("citywide", "named", "unknown")
SEVERITIES: Final = ("error", "warning", "info")
TAKEN_AS: Final = ("context", "header", "placed", "withheld", "nil", "unplaced")
FIELDS: Final = (
    "dezernat",
    "office",
    "title",
    "description",
    "sozialraum",
    "target_groups",
    "start",
    "end",
    "period",
    "partners",
    "contact",
    "remarks",
)

TABLES: Final[dict[str, dict[str, str]]] = {
    # One row per Dezernat and workbook; a Dezernat that sent none has one row with an empty workbook.
    "returns": {
        "dezernat": TEXT,
        "dezernat_name": TEXT,
        "status": TEXT,
        "is_expected": FLAG,
        "workbook": TEXT,
        "programme_count": COUNT,
    },
    # One row per programme named in a return (a Nennung).
    "programmes": {
        "programme_id": TEXT,
        "dezernat": TEXT,
        "responsible_dezernat": TEXT,
        "office": TEXT,
        "title": TEXT,
        "description": TEXT,
        "start_text": TEXT,
        "start_earliest": YEAR,
        "start_latest": YEAR,
        "start_certainty": TEXT,
        "end_text": TEXT,
        "end_year": YEAR,
        "target_groups_text": TEXT,
        "sozialraum_text": TEXT,
        "area_scope": TEXT,
        "partners_text": TEXT,
        "remarks": TEXT,
        "workbook": TEXT,
        "sheet": TEXT,
        "row": COUNT,
    },
    # One row per programme and target group.
    "programme_target_groups": {"programme_id": TEXT, "target_group": TEXT, "matched_text": TEXT},
    # One row per programme and place.
    "programme_sozialraeume": {
        "programme_id": TEXT,
        "stadtbezirk_nr": COUNT,
        "stadtbezirk": TEXT,
        "stadtteil_nr": COUNT,
        "stadtteil": TEXT,
        "matched_text": TEXT,
    },
    # One row per cell that holds something.
    "cells": {
        "workbook": TEXT,
        "sheet": TEXT,
        "cell": TEXT,
        "text": TEXT,
        "taken_as": TEXT,
        "field": TEXT,
        "programme_id": TEXT,
    },
    # One row per worksheet of every workbook, hidden ones too.
    "sheets": {
        "workbook": TEXT,
        "sheet": TEXT,
        "visibility": TEXT,
        "header_row": COUNT,
        "nonempty": COUNT,
        **dict.fromkeys(TAKEN_AS, COUNT),
    },
    # One row per column of a found table.
    "columns": {"workbook": TEXT, "sheet": TEXT, "column": TEXT, "header_text": TEXT, "field": TEXT},
    # One row per doubt.
    "problems": {
        "severity": TEXT,
        "code": TEXT,
        "workbook": TEXT,
        "sheet": TEXT,
        "cell": TEXT,
        "field": TEXT,
        "found": TEXT,
        "expected": TEXT,
        "message": TEXT,
    },
}
