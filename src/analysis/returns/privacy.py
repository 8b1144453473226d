"""Replaces personal data in a text by `[Kontakt]`: names of persons, their telephone numbers and mailboxes.

A mailbox of an office ("seniorenamt@…", "info@…") stays, in doubt a mailbox is a person's; a telephone number goes
even beside an office, because behind it sits a person, and the office's name stays.
"""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

from ..schema import CONTACT

_AT: Final = r"(?:@|[(\[]at[)\]])"
_MAIL: Final = re.compile(
    r"(?<![A-Za-zÄÖÜäöüß0-9._%+-])(?:mailto:)?(?P<box>[A-Za-zÄÖÜäöüß0-9._%+-]{1,64})\s?" + _AT + r"\s?"
    r"[A-Za-zÄÖÜäöüß0-9-]{1,63}(?:(?:\.|\s?[(\[](?:dot|punkt)[)\]]\s?)[A-Za-z0-9ÄÖÜäöüß-]+)*"
    r"(?:\.|\s?[(\[](?:dot|punkt)[)\]]\s?)[A-Za-z]{2,}"
)
_PERSONS_BOX: Final = re.compile(r"[a-zäöü]{1,2}[._-](?!info|post|team)[a-zäöüß-]{3,}", re.IGNORECASE)
# By parts between dots: what an office's mailbox begins with, ends in, or is.
_OFFICE_BOX: Final = re.compile(
    r"(?:^|[._-])(?:info|post|stelle|service|kontakt|team|zentral|jugend|senior|sozial|kinder(?!mann)|familie|schul(?!t|z|er(?:$|\.))"
    r"|sport|kultur|gesundheit|stadt(?!l|er)|bezirk|behindert|inklusion|integration|projekt|planung|bildung|wohn(?:en|ung|bau|raum)"
    r"|umwelt|vhs|redaktion|presse|interkult|wirtschaft|bauen|bauamt|verkehr|region|mail(?:$|[._-])|office|ordnung|finanz|personal"
    r"|veedel|anfrage|antrag|amt(?!hor|mann)|\d|[a-z]{1,3}\d)"
    r"|amt\d*(?:$|[._-])|amts|stelle|buero|büro|verwaltung|dezernat|abteilung|sekretariat|koordination|beratung|museum|bibliothek"
    r"|jobcenter|haus(?:$|[._-])|netzwerk|hilfe|zentrum",
    re.IGNORECASE,
)

_YEAR: Final = r"(?!(?:19|20)\d\d(?:(?!\d|[\s/–-]*\d)|\s*[/–-]\s*(?:\d\d|(?:19|20)\d\d)(?!\d)))"
_PHONE_WORD: Final = (
    r"\b(?:Tel(?:efon|efax)?|Fon|Fax|Durchwahl|Apparat|Ruf(?:nummer)?|Nst|Mobil|Handy|DW|App)\b"
)
_PHONE_LABEL: Final = re.compile(
    rf"{_PHONE_WORD}\.?(?:[- ]?Nr\.?)?\s*[:.]?\s*[-–]?(?:\+|\(?0|{_YEAR}\d)(?:[\s()/.–-]*\d){{2,}}"
    r"(?!\d|\s*(?:€|%|Euro|[a-zäöü]))",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(
    r"(?<![\w/.-])(?:(?:\+|00)\d{2}[\s()/.–-]*(?:\(0\)[\s/–-]*)?\d[\d\s()/.–-]{4,}\d"
    rf"|(?:\(0\d{{2,5}}\)|0\d{{2,5}})\s*[/–-]\s*{_YEAR}\d[\d\s–-]{{2,}}\d"
    rf"|(?:\(0\d{{2,5}}\)|0\d{{2,5}})\s{_YEAR}\d[\d\s–-]{{3,}}\d"
    r"|0\d{2,4}(?:\.\d{2,}){2,}"
    rf"|221(?:\s*[/–-]\s*|\s){_YEAR}\d{{4,5}}|01[5-7]\d{{8,9}})(?![\w/])"
)
_DIGIT: Final = re.compile(r"\d")
# Other numbers that are written like telephone numbers.
_FILE_NUMBER: Final = re.compile(
    r"(?:Vorlagen?|Vorl\.|DS|Drucksachen?|Az\.?|Aktenzeichen|Konto|ISBN|Beschluss|Session)"
    r"(?:[- ]?(?:Nr|Nummer)\.?)?\s*:?\s*$"
    r"|IBAN[\w\s]*$",
    re.IGNORECASE,
)
# Every text that `redact_slowly` changes has a word with one of these in it; a test holds both to it.
_TRACE: Final = re.compile(
    rf"{_AT}|(?i:{_PHONE_WORD})|\+\d\d|(?<!\d)\(?0\d\d|(?<!\d)221"
    r"|(?<!\d)[-–(]{1,2}(?!(?:19|20)\d\d(?!\d))\d{4}"
    r"|\b(?:Frau|Herrn?|Hrn?|Fr\.|FRAU|HERRN?|FR\.|HR\.)|\b(?:Dr|Prof|Dipl|Mag)\b"
    r"|Ansprech|earbeit|[Gg]ez\.|i\.|Kontakt|ckfragen|Auskunft|\bAP\b|[Ll]eit(?:er|ung)|ndig|erantwortlich"
    r"|Koordinat|Betreuer|Verfasser|Ersteller|Referent|Beauftragte|Vertreter|Gesch"
)


def redact(text: str) -> str:
    """The text with every name, number and mailbox of a person replaced by `[Kontakt]`, else untouched.

    A number is a telephone number if it is written as one (0221/…, +49 …, 221-…, mobile), or stands beside a name or
    a word for a telephone; a bare one ("22125432", "51103") is not, so cells of numbers and dates need no search.
    """
    return redact_slowly(text) if any(map(is_trace, text.split())) else text


def is_trace(word: str) -> bool:
    """Whether a word between blanks may belong to personal data."""
    return len(word) > 1 and _TRACE.search(word) is not None


def redact_slowly(text: str) -> str:
    """The same, without a glance at the words."""
    # Here, because most texts name no person and the patterns for names take long to compile.
    from .persons import hide_names, merge_contacts

    clean = composed = unicodedata.normalize("NFC", text)
    if "@" in clean or "at)" in clean or "at]" in clean:
        clean = _MAIL.sub(_keep_office_box, clean)
    if _DIGIT.search(clean):
        clean = _PHONE_LABEL.sub(CONTACT, clean)
    if _DIGIT.search(clean):
        clean = _PHONE.sub(_keep_file_number, clean)
    clean = merge_contacts(hide_names(merge_contacts(clean)))
    return text if clean == composed else clean


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
    box = match["box"]
    is_office = not _PERSONS_BOX.fullmatch(box) and _OFFICE_BOX.search(box)
    return match[0] if is_office else CONTACT


def _keep_file_number(match: re.Match[str]) -> str:
    start = match.start()
    return match[0] if _FILE_NUMBER.search(match.string, max(0, start - 60), start) else CONTACT
