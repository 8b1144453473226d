"""Reports of none: whether a text says "Fehlanzeige", in whatever words, or only asks for it."""

import re
from typing import Final

from ..codelists import CodeLists, package_codes
from .answers import any_of, meaning_of

_LONGEST: Final = 400
_LONGEST_LABEL: Final = 120
_UNTICKED: Final = re.compile(r"☐|□|\[\s*\]|\(\s*\)|⬜")
# A report of none by name.
_REPORT: Final = re.compile(
    r"\b(?:fehl(?:an)?(?:zeige|meldung)|null-?(?:meldung|anzeige)|leermeldung)(?:en)?\b"
)
_NO_REPORT: Final = re.compile(
    r"\b(?:keine|nicht(?: um)?(?: eine)?)\s+fehl(?:an)?(?:zeige|meldung)"
    r"|fehl(?:an)?(?:zeige|meldung)\W+(?:nein|keine)\W*$"
)
_TAKE_AS_REPORT: Final = re.compile(r"\b(?:ich|wir)\s+bitten?\b.*\b(?:dies|das)\b.*\bfehlanzeige\b")
# What a department says it has none of.
_THINGS: Final = (
    r"(?:maßnahmen?|massnahmen?|programme?n?|projekte?n?|\w*angebote?n?|beispiele?n?|vorhaben"
    r"|aktivität(?:en)?|\w*ansätze?n?|nennung(?:en)?|meldung(?:en)?|aktion(?:en)?|beitr[aä]ge?n?"
    r"|tätigkeit(?:en)?|initiativen?|konzepte?n?|berührungspunkte?n?|bez(?:ug|üge|ügen)|aufgaben?"
    r"|zuständigkeit(?:en)?|leistungen|sozialraum\w*|arbeit|arbeitsweise|fälle?)"
)
_ABSENT: Final = (
    r"(?:vorhanden|bekannt|\w*geführt|angeboten|vorgehalten|verfolgt|zu melden|zu benennen"
    r"|vor|statt|geplant|betrieben|umgesetzt|gemeldet|benannt|genannt|gegeben)"
)
_NONE: Final = re.compile(
    any_of(
        rf"\bkein(?:e|en|er|em|erlei|s)?\s+(?:[\w/-]+\s+){{0,5}}?{_THINGS}(?!\w)",
        rf"\b{_THINGS}\W+(?:[^\s.;]+\s+){{0,8}}?(?:nicht\s+{_ABSENT}|nicht\W*$|keine\W*$)",
        rf"\bnicht\s+mit\s+(?:\w+\s+){{0,3}}?{_THINGS}",
        r"\bnichts\s+(?:\w+\s+){0,3}?(?:melden|berichten|vorhanden|bekannt|benennen|nennen|angeben)\b",
        r"\bnicht\s+(?:betroffen|zutreffend|einschlägig|zuständig|relevant|sozialräumlich)\b",
        r"\b(?:betrifft|trifft)\s+(?:\w+\s+){0,4}?nicht\b",
        r"\bentfällt\b",
        r"\bsozialräumlich\w*\s+(?:\w+\s+){0,5}?nicht\b",
        r"^(?:0|null)\s+(?:maßnahmen|programme|projekte|nennungen)\b",
        r"^leider\s+(?:keine|nein|nichts)\W*$",
    )
)
# Every report of none has one of these in it, or begins with a nought.
_HINTS: Final = ("kein", "nein", "nicht", "fehl", "null", "leermeldung", "entfällt")
# A sentence that asks for a report of none is no report.
_ASKS: Final = re.compile(
    r"(?:\b(?:bitte|erforderlich|erbeten|notwendig|nötig|gegebenenfalls|ggf|falls|wenn|sofern"
    r"|soweit|sonst|an?derenfalls|im falle|auch bei|auch fehlanzeigen?|ankreuzen|angeben"
    r"|eintragen|\w*senden|gilt als|ist zu|sind zu|sollten?|können|oder|gebeten"
    r"|melden sie|geben sie|tragen sie|vermerken|mitzuteilen|mitteilen|ausfüllen|nur)\b|\?)"
)


def is_fehlanzeige(text: str, codes: CodeLists | None = None) -> bool:
    """Whether a text reports that there is nothing; a sentence that only asks for the report is none."""
    if meaning_of(text, codes or package_codes()) == "fehlanzeige":
        return len(text) <= _LONGEST and not _UNTICKED.search(text)
    if len(text) > _LONGEST:
        return False
    lowered = " ".join(text.lower().split())
    if not may_report_none(lowered) or _UNTICKED.search(text):
        return False
    if _TAKE_AS_REPORT.search(lowered):
        return True
    if _ASKS.search(lowered) or _NO_REPORT.search(lowered):
        return False
    return bool(_REPORT.search(lowered) or _NONE.search(lowered))


def may_report_none(lowered: str) -> bool:
    """Whether a text in lower case has the trace of a report of none: where this is false, it is none."""
    return any(map(lowered.__contains__, _HINTS)) or lowered.startswith("0")


def names_fehlanzeige(text: str) -> bool:
    """Whether a text is the label of a Fehlanzeige box, to be read together with the cell beside it."""
    lowered = text.lower()
    if len(text) >= _LONGEST_LABEL or not may_report_none(lowered):
        return False
    return bool(_REPORT.search(lowered) or _NONE.search(lowered))
