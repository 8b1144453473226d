"""Replaces personal data in a text by `[Kontakt]`: names after a form of address, telephone numbers, mailboxes.

A mailbox of an office ("seniorenamt@…", "info@…") stays; in doubt a mailbox is a person's.
"""

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

CONTACT: Final = "[Kontakt]"

_MAIL: Final = re.compile(
    r"(?<![A-Za-zÄÖÜäöüß0-9._%+-])(?:mailto:)?([A-Za-zÄÖÜäöüß0-9._%+-]{1,64})\s?(?:@|[(\[]at[)\]])\s?"
    r"[A-Za-zÄÖÜäöüß0-9-]{1,63}(?:(?:\.|\s?[(\[](?:dot|punkt)[)\]]\s?)[A-Za-zÄÖÜäöüß0-9-]+)*"
    r"(?:\.|\s?[(\[](?:dot|punkt)[)\]]\s?)[A-Za-z]{2,}"
)
_OFFICE_WORDS: Final = (
    "amt|info|post|stelle|buero|büro|service|kontakt|verwaltung|team|dezernat|abteilung|zentral|sekretariat|koordination|"
    "jugend|senior|sozial|kinder|familie|schul|sport|kultur|gesundheit|stadt|bezirk|behindert|inklusion|integration|beratung|"
    "projekt|planung|bildung|wohn|umwelt|museum|bibliothek|vhs|jobcenter|haus|netzwerk|redaktion|presse|hilfe|fachstelle|"
    "interkult|wirtschaft|bauen|verkehr|region|mail|office|zentrum|ordnung|finanz|personal|veedel|anfrage|antrag"
)
_OFFICE_BOX: Final = re.compile(rf"{_OFFICE_WORDS}|^\d|^[a-z]{{1,3}}\d+", re.IGNORECASE)

_NAME: Final = r"[A-ZÄÖÜ][a-zäöüßéèáàçğşıñ]+(?:[-'’][A-ZÄÖÜ]?[a-zäöüßéèáàçğşıñ]+)*"
_TITLES: Final = r"(?:(?:Dr|Prof|Dipl)\.(?:[- ]?[A-Za-zäöü]+\.)*\s*|(?:Dr|Prof)\s+)*"
_PARTICLE: Final = r"(?:(?:von|van|zu|zur|vom|de|del|el|al|ten|der|den|dem)\s+)*"
_INITIAL: Final = r"(?:[A-ZÄÖÜ]\.[- ]?)*"
_FULL_NAME: Final = rf"{_TITLES}{_INITIAL}{_PARTICLE}{_NAME}(?:\s+{_INITIAL}{_PARTICLE}{_NAME}){{0,2}}"
_ADDRESS: Final = re.compile(
    rf"(?<![\w-])(?:(?:Frau|Herrn?|Fr\.|Hr\.|Hrn\.)\s+{_FULL_NAME}"
    r"|(?:FRAU|HERRN?)\s+(?!(?:UND|ODER|IM?|IN|MIT|FÜR)\b)(?:DR\.\s*)?[A-ZÄÖÜß-]{2,}\b)"
)
_DOCTOR: Final = re.compile(
    rf"(?<![\w-])(?P<label>)(?P<name>(?:Dr|Prof)\.\s*{_TITLES}{_INITIAL}{_PARTICLE}{_NAME}(?:\s+{_PARTICLE}{_NAME})?)"
)
# A role, and the name that follows it; what is no person's role needs a colon.
_LABELLED: Final = re.compile(
    r"(?P<label>\b(?:"
    r"(?:Ansprech(?:partner|person)|Sachbearbeit|Bearbeit)(?:er|en|e|ung)?(?:[/*:_-]*[Ii]n(?:nen)?)?\b\s*:?"
    r"|Bearbeitet von\s*:?|Rückfragen an\s*:?|[Gg]ez\.|i\. ?A\.|i\. ?V\."
    r"|(?:\w*[Ll]eit(?:er|erin|ung)|Kontakt(?:person)?|[Zz]uständig|[Vv]erantwortlich|Koordinat(?:or|orin|ion))"
    r"(?:[/*:_-]*in)?\s*:)\s*)"
    rf"(?P<name>{_FULL_NAME})(?=\s*(?:$|[,;()/\n|–-]|\[Kontakt\]|Tel|Fon|Mail|App))"
)
_BEFORE_CONTACT: Final = re.compile(
    rf"(?<![\w-])(?P<label>)(?P<name>{_TITLES}{_NAME}\s+{_PARTICLE}{_NAME})(?=\s*[,;:(–-]?\s*\[Kontakt\])"
)
_YEAR: Final = r"(?!(?:19|20)\d\d(?!\d|[\s/–-]*\d))"
_PHONE_LABEL: Final = re.compile(
    r"\b(?:Tel(?:efon|efax)?|Fon|Fax|Mobil|Handy|Durchwahl|DW|App|Apparat|Ruf(?:nummer)?|Nst)\b\.?(?:[- ]?Nr\.?)?"
    rf"\s*[:.]?\s*(?:\+|\(?0|{_YEAR}\d)[\d\s()/.–-]+\d",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(
    r"(?<![\w/.-])(?:(?:\+|00)\d{2}[\s()/.–-]*(?:\(0\)[\s/–-]*)?\d[\d\s()/–-]{4,}\d"
    rf"|(?:\(0\d{{2,5}}\)|0\d{{2,5}})\s*[/–-]\s*{_YEAR}\d[\d\s–-]{{2,}}\d"
    rf"|(?:\(0\d{{2,5}}\)|0\d{{2,5}})\s{_YEAR}\d[\d\s–-]{{3,}}\d"
    r"|221\s*[/–-]\s*\d{4,5}|01[5-7]\d{8,9})(?![\w/])"
)
# A name with its number and mailbox is one contact.
_REPEATED: Final = re.compile(r"\[Kontakt\](?:[ ,;/–-]*\[Kontakt\])+")
_NO_PERSON: Final = re.compile(
    r"amt|stelle|dezernat|abteilung|büro|dienst|referat|zentr|verein|netz|schul|kita|treff|werk|verband|gesellschaft|gmbh"
    r"|stiftung|haus|team|koordination|pflege|hilfe|planung|beratung|service|arbeit|sport|sozial|jugend|senior|kultur"
    r"|gesundheit|umwelt|projekt|programm|stadt|bezirk|veedel|straße|platz|allee|verwaltung|institut|museum|jobcenter",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """The text with every name, number and mailbox of a person replaced by `[Kontakt]`, else untouched."""
    if len(text) < 6:
        return text
    clean = _MAIL.sub(_keep_office_box, text)
    clean = _PHONE_LABEL.sub(CONTACT, clean)
    clean = _PHONE.sub(CONTACT, clean)
    clean = _ADDRESS.sub(CONTACT, clean)
    for pattern in (_LABELLED, _DOCTOR, _BEFORE_CONTACT):
        clean = pattern.sub(_keep_office, clean)
    return _REPEATED.sub(CONTACT, clean)


def redact_names(names: Iterable[str]) -> dict[str, str]:
    """What to show instead of each name of a file or worksheet that holds personal data, no two alike."""
    shown: dict[str, str] = {}
    for name in dict.fromkeys(names):
        clean = redact(name.replace("_", " "))
        if CONTACT in clean:
            path = PurePath(clean)
            same = sum(other.startswith(path.stem) for other in shown.values())
            shown[name] = f"{path.stem} {same + 1}{path.suffix}" if same else clean
    return shown


def _keep_office_box(match: re.Match[str]) -> str:
    return match[0] if _OFFICE_BOX.search(match[1]) else CONTACT


def _keep_office(match: re.Match[str]) -> str:
    return match[0] if _NO_PERSON.search(match["name"]) else f"{match['label']}{CONTACT}"
