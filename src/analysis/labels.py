"""German names of codes and values, as tables, charts and sentences print them."""

import re
from typing import Any, Final

import pandas as pd

from .publish.german import NO_ANSWER

NOTHING_NAMED: Final = "Es wurde keine Maßnahme genannt."
NOT_USABLE: Final = "keine auswertbare Angabe"
NO_TITLE: Final = "ohne Titel"
NO_GROUP_AND_PLACE: Final = "Keine Nennung enthält zugleich eine Zielgruppe und einen Stadtbezirk."

STATUS_LABELS: Final = {
    "received": "Maßnahmen genannt",
    "fehlanzeige": "Fehlanzeige",
    "outstanding": "noch keine Antwort",
    "unreadable": "nicht lesbar",
}
SEVERITY_LABELS: Final = {"error": "Fehler", "warning": "Rückfragen", "info": "Hinweise"}
TAKEN_LABELS: Final = {
    "context": "Titel und Hinweise",
    "header": "Überschriften",
    "placed": "Angaben",
    "withheld": "zurückgehalten (Kontakt)",
    "nil": "leere Antworten",
    "unplaced": "nicht zugeordnet",
}
CELL_LABELS: Final = {
    "context": "Titel, Beiwerk",
    "header": "Überschrift",
    "placed": "Angabe",
    "withheld": "zurückgehalten",
    "nil": "leere Antwort",
    "unplaced": "nicht zugeordnet",
}
NOTE_LABELS: Final = {"error": "Fehler", "warning": "Rückfrage", "info": "Hinweis"}
FIELD_LABELS: Final = {
    "dezernat": "Dezernat",
    "office": "Amt",
    "title": "Maßnahme",
    "description": "Beschreibung",
    "sozialraum": "Sozialraum",
    "target_groups": "Zielgruppe",
    "start": "Beginn",
    "end": "Ende",
    "period": "Laufzeit",
    "partners": "Zusammenarbeit",
    "contact": "Kontakt",
    "remarks": "Bemerkung",
}
AUDIENCE_LABELS: Final = {
    "special": "besondere Zielgruppen",
    "everybody": "alle Bewohnerinnen und Bewohner",
    "both": "besondere Zielgruppen und alle",
    "none": NOT_USABLE,
}
BASIS_LABELS: Final = {
    "named": "ausdrücklich genannt",
    "implied": "nur nahegelegt",
    "neither": "weder genannt noch nahegelegt",
}
COOPERATION_LABELS: Final = {"given": "angegeben", "none": "ausdrücklich verneint", "no_answer": NO_ANSWER}
SCOPE_LABELS: Final = {
    "citywide": "ganze Stadt",
    "named": "einzelne Sozialräume",
    "unknown": NOT_USABLE,
}
NO_PERIOD_LABELS: Final = ("nicht eindeutig", "erst geplant", NOT_USABLE)
ENDED_LABELS: Final = {
    "before": "vor dem Stichtag beendet",
    "same": "Ende im Jahr des Stichtags",
    "later": "Ende nach dem Stichtag vorgesehen",
}


def dezernat_label(code: Any, name: Any = None) -> str:
    """One Dezernat: "Dezernat IV", an office beside the numbered ones by its name, or "ohne Dezernat"."""
    if pd.isna(code):
        return "ohne Dezernat"
    if re.fullmatch(r"[IVX]+|\d+", code):
        return f"Dezernat {code}"
    return code if name is None or pd.isna(name) else str(name)


def start_label(earliest: Any, latest: Any, certainty: Any) -> str:
    """One first year or its interval: "1994", "1994–1996", "bis 1999", "ab 2011", "geplant (2015)"."""
    first = None if pd.isna(earliest) else int(earliest)
    last = None if pd.isna(latest) else int(latest)
    if first is None and last is None:
        years = ""
    elif first is None:
        years = f"bis {last}"
    elif last is None:
        years = f"ab {first}"
    else:
        years = str(first) if first == last else f"{first}–{last}"
    if certainty == "planned":
        return f"geplant ({years})" if years else "geplant"
    return years or NOT_USABLE


def age_label(age_min: Any, age_max: Any) -> Any:
    """One age in whole years or its interval: "5", "5–7", "mindestens 15"; empty where none is known."""
    if pd.isna(age_min):
        return None
    if pd.isna(age_max):
        return f"mindestens {age_min}"
    return str(age_min) if age_min == age_max else f"{age_min}–{age_max}"


def period_label(period: str, first_year: Any, last_year: Any) -> str:
    """One period of `count_start_periods`: "2004 bis 2008", "vor 1994", "nicht eindeutig"."""
    if period == "early":
        return f"vor {int(last_year) + 1}"
    if period == "span":
        return f"{int(first_year)} bis {int(last_year)}"
    return dict(zip(("between", "planned", "unknown"), NO_PERIOD_LABELS, strict=True))[period]
