"""The German questions that go to a department: what it wrote, what is in doubt, what is asked."""

from collections.abc import Sequence
from typing import Final

SHOWN_SIGNS: Final = 80

# Why the department is asked.
_REASONS: Final = {
    "doubted": "Die Angabe ist als unsicher gekennzeichnet.",
    "decade_or_year": "Gemeint sein kann das Jahr oder das Jahrzehnt.",
    "two_readings": "Die Angabe lässt sich auf zwei Arten lesen.",
    "two_digits": "Zwei Ziffern allein sind nicht eindeutig ein Jahr.",
    "old_decade": "Aus welchem Jahrhundert das Jahrzehnt stammt, ist nicht eindeutig.",
    "leading_dash": "Ob der Strich zum Jahr gehört (Ende oder Beginn), ist nicht eindeutig.",
    "leftover_number": "Eine Zahl darin ist nicht eindeutig zuzuordnen.",
    "partly": "Die Angabe ist nur zum Teil verständlich.",
    "part": "Die Angabe ist nur zum Teil verständlich.",
    "broken": "Die Angabe enthält vermutlich einen Schreibfehler.",
    "contradiction": "Die Angaben darin widersprechen sich.",
    "ended_before": "Davor ist ein Ende genannt; seit wann es die Maßnahme gibt, geht daraus nicht hervor.",
    "change": "Ob die Maßnahme schon vor dieser Änderung bestand, geht daraus nicht hervor.",
    "future_since": "Der genannte Beginn liegt nach dem Stichtag.",
    "past_plan": "Der geplante Beginn liegt vor dem Stichtag; ob die Maßnahme begonnen hat, ist offen.",
    "far_future": "Das Jahr liegt weit nach dem Stichtag.",
    "name": "Das Jahr scheint Teil eines Namens zu sein.",
    "other": "Genannt ist ein Beschluss, eine Planung oder ein Stand, nicht der Beginn.",
    "denied": "Ein Jahr darin ist verneint.",
    "end": "Genannt ist nur das Ende, nicht der Beginn.",
    "date_cell": "Das Datum entsteht in Excel, wenn eine Jahreszahl in einer Zelle mit Datumsformat steht.",
    "serial": "Die Zahl ist weder ein Jahr noch ein Datum.",
    "vague": "Ein Jahr ist daraus nicht abzulesen.",
    "reference": "Die Angabe verweist auf eine andere Zeile.",
    "pending": "Die Angabe steht noch aus.",
    "various": "Ein Jahr ist nicht genannt; bei mehreren Standorten zählt das früheste.",
    "incomplete": "Das Jahr fehlt.",
    "unknown": "Ein Jahr ist daraus nicht abzulesen.",
}


def question(text: str, reasons: Sequence[str], candidate: str | None, what: str = "Beginn") -> str:
    """German sentences for the department; `reasons` are keys of the doubts, `candidate` what would be taken."""
    shown = " ".join(text.split())
    shown = shown if len(shown) <= SHOWN_SIGNS else f"{shown[: SHOWN_SIGNS - 1]}…"
    why = " ".join(dict.fromkeys(_REASONS[reason] for reason in reasons))
    verb = "begann" if what == "Beginn" else "endet"
    confirm = f"Stimmt {candidate}? Wenn nicht, nennen Sie bitte" if candidate else "Bitte nennen Sie"
    return f"Als {what} steht dort „{shown}“. {why} {confirm} das Jahr, in dem die Maßnahme {verb}."
