"""Finds names of persons in a text: after a form of address or a title, after a role, beside a number or mailbox.

A capitalised word is no evidence in German, where every noun has a capital. So a bare word is taken for a name
only where a role or a number stands beside it, and never where it is a place or names an institution.
"""

import re
from functools import cache, lru_cache
from typing import Final

from ..codelists import package_codes
from ..schema import CONTACT
from ..spelling import fold

_UPPER: Final = "A-ZÀ-ÖØ-ÞČĆĞİŁŚŞŠŹŻŽ"
_LOWER: Final = "a-zß-öø-ÿăąčćďđęěğıłńňőřśşšťůűźżžșț"
_BLANK: Final = r"[ \t\u00a0]"
_WORD: Final = rf"(?:[OD]['’]|Mc)?[{_UPPER}][{_LOWER}]+(?:[-'’][{_UPPER}]?[{_LOWER}]+)*"
_TITLE: Final = (
    r"(?:(?:Dr|Prof|Dipl|Mag)\.(?:[- ]?[A-Za-zäöü]+\.)*"
    rf"(?:-[{_UPPER}][{_LOWER}]+{_BLANK})?\s*|(?:Dr|Prof)\s+)"
)
_TITLES: Final = rf"{_TITLE}*"
# "der" alone is no part of a name: "Herr der Ringe", but "Herr von der Heide".
_PARTICLES: Final = (
    r"(?:(?:von|van|zu|zur|zum|vom|de|del|della|da|di|dos|la|le|el|al|ten|ter|bin|ben)\s+"
    r"(?:(?:der|den|dem|la|las|los)\s+)?)*"
)
_INITIALS: Final = rf"(?:[{_UPPER}]\.[- ]?)*"
_PART: Final = rf"{_INITIALS}{_PARTICLES}{_WORD}"
_NAME: Final = rf"{_TITLES}{_PART}(?:{_BLANK}+{_PART}){{0,2}}"
_AND: Final = rf"{_BLANK}*(?:[,/&+]|\bund\b|\bu\.){_BLANK}*"
_NAMES: Final = rf"{_NAME}(?:{_AND}{_NAME}){{0,5}}"

_BLANKS: Final = re.compile(rf"({_BLANK}+)")
_JOINTS: Final = re.compile(rf"({_AND})")

# Not in „Herr von Ribbeck“, which is the title of something, nor on Fridays.
_FORMS: Final = (
    r"(?<![\w„“\"»-])(?:(?:Frau|Herrn?|Hrn?)\s+|(?:Fr|Hrn?)\.\s*(?!Vormittag|Nachmittag|Abend|Mittag))"
)
_CAPITAL_FORMS: Final = r"(?<![\w„“\"»-])(?:FRAU|HERRN?|FR\.|HR\.)\s+"
_ADDRESSED: Final = re.compile(rf"(?P<label>){_FORMS}(?P<names>{_NAME})")
_CAPITALS: Final = re.compile(
    rf"{_CAPITAL_FORMS}(?!(?:UND|ODER|IM?|IN|MIT|FÜR|DER)\b)(?:DR\.\s*)?(?:VON\s+(?:DER\s+)?)?[{_UPPER}ß-]{{2,}}\b"
)
_TITLED: Final = re.compile(rf"(?<![\w-])(?P<label>)(?P<names>{_TITLE}{_NAME})")

# Roles that only a person has; a name may follow at once. The others need a colon.
_PERSONS_ROLES: Final = (
    r"\b(?:(?:Ansprech(?:partner|person)|Sachbearbeit|Bearbeit)(?:er|en|e|ung)?(?:[/*:_-]*-?[Ii]n(?:nen)?)?\b"
    r"|[Bb]earbeitet von|Rückfragen an|Kontakt (?:über|bei)|[Gg]ez\.|i\. ?A\.|i\. ?V\.)"
)
_OTHER_ROLES: Final = (
    r"\b(?:\w*[Ll]eit(?:er|ung)|Kontakt(?:person)?|[Zz]uständige?|[Vv]erantwortliche?|Koordinat(?:or|ion)"
    r"|Rückfragen|Auskunft(?: erteilt)?|AP|Betreuer|Verfasser|Ersteller|Referent|Beauftragter?|Vertreter"
    r"|Geschäftsführ(?:er|ung))(?:[/*:_-]*(?:in|r|n))?"
)
# What persons are called, alone or before their name: "Quartiersmanagerin Lea Muster".
_CALLINGS: Final = (
    r"(?i:leiter|bearbeiter|koordinator|manager|referent|betreuer|vertreter|beauftragter?|arbeiter|berater"
    r"|verfasser|ersteller|partner)(?:in)?"
)
_END: Final = rf"(?=\s*(?:$|[.,;:()/\n|<–-]|{re.escape(CONTACT)}|Tel|Fon|Mail|App|\d))"
_LABELLED: Final = re.compile(
    rf"(?P<label>(?:{_PERSONS_ROLES}\s*:?|{_OTHER_ROLES}\s*:)\s*)(?P<names>{_NAMES}){_END}"
)

# A name stands beside its number at the beginning of a clause, or in full wherever it is.
_CLAUSE: Final = (
    r"(?:^|(?<=[\n;:(|•,])|(?<=\bbei)|(?<=\ban)|(?<=\büber)|(?<=\bdurch)|(?<=\bvon)|(?<=\bmit)|(?<=uständig))"
    rf"\s*(?:\w*{_CALLINGS}\s+)?"
)
_BEFORE: Final = rf"(?=\s*[,;:(<–-]*\s*{re.escape(CONTACT)})"
_BEFORE_CONTACT: Final = re.compile(rf"(?P<label>{_CLAUSE})(?P<names>{_NAMES}){_BEFORE}")
_FULL_BEFORE_CONTACT: Final = re.compile(
    rf"(?<![\w-])(?P<label>)(?P<names>{_TITLES}(?:{_WORD}|[{_UPPER}]\.){_BLANK}+{_PARTICLES}{_WORD}){_BEFORE}"
)
_AFTER_CONTACT: Final = re.compile(
    rf"(?P<label>{re.escape(CONTACT)}(?:\s*\(\s*|{_BLANK}+(?:[–-]{_BLANK}+)?))"
    rf"(?P<names>{_NAME})(?={_BLANK}*(?:$|[),;\n]))"
)
_NO_YEAR: Final = r"(?!(?:19|20)\d\d(?!\d))"
_WITH_EXTENSION: Final = re.compile(
    rf"(?P<label>{_CLAUSE})(?P<names>{_NAMES}){_BLANK}*[,/]?{_BLANK}*"
    rf"(?:[-–]{_NO_YEAR}\d{{4,5}}|\([-–]{_NO_YEAR}\d{{4,5}}\))"
    r"(?![\w.,/%€]|\s*(?:€|%|Euro|EUR))"
)
_DIGITS: Final = re.compile(r"[–(-]\d{4}")
_CELL_WITH_EXTENSION: Final = re.compile(rf"^(?P<label>)(?P<names>{_NAME}){_BLANK}*\([2-9]\d{{4}}\)$")
_EXTENSION: Final = re.compile(
    rf"(?<={re.escape(CONTACT)}){_BLANK}*[,:]?{_BLANK}*(?:\([-–]?{_NO_YEAR}\d{{4,8}}\)|[-–]?{_NO_YEAR}\d{{4,8}})"
    r"(?![\w/%€]|[.,]\d|\s*(?:€|%|[A-ZÄÖÜ]))"
)


_NO_PERSON: Final = re.compile(
    # What offices, institutions, places and things end in,
    r"(?:amt|ämter|amtes|stelle|dezernat|abteilung|büro|dienste?|referat|zentr\w*|verein|netzwerk\w*|schulen?|kitas?|treffs?"
    r"|werke?|verband|gesellschaft|gmbh|stiftung|haus|häuser|team|koordination|museum|institut|jobcenter|straße|strasse|platz|allee"
    r"|ufer|markt|brücke|kirche|gemeinde|akademie|bibliothek|theater|verwaltung|leitung|café|laden|club|ausschuss|konferenz|bereich|gebiet"
    r"|gruppen?|mittel|kosten|zahl|zahlen|zeiten|nummer|träger|partner|anbieter|angebote?|[mndrs]tags?|mittags?"
    r"|\w{5}ung|\w{4}ungen|\w{2}heit|\w{2}keit|\w{3}schaft|\w{3}tion|\w{3}tionen|\b(?:weg|ring|hof|park|rat|bund|kreis|tisch|tor))\b"
    # what they begin with,
    r"|\b(?:schul(?!t|z|er\b)|jugend|senior|sozial|kultur|gesundheit|umwelt|projekt|programm|stadt(?!l|er)|bezirk|veedel|sport"
    r"|inklusi|integrat|pflege|hilfe|planung|beratung|service|kinder(?!mann)|familien?\b|eltern|frauen|männer|mädchen|menschen"
    r"|mitarbeit|bewohner|bürger|einwohner|besucher|teilnehm|schüler|haushalt|personen|erwachsen|behinder|flüchtling|ehrenamt"
    r"|telefon|festnetz|handy|mobil|anruf|zentrale|sekretariat|durchwahl|email|internet|info|homepage|adresse|summe|budget|betrag"
    r"|caritas|diakonie|polizei|feuerwehr|vorlage|beschluss|maßnahme|angebot|verschieden|jeweilig|zuständig|kontakt|rückfragen|auskunft"
    r"|ansprech|amt(?!hor|mann)|dezernat|abteilung|haus(?!m|e?r|n)|kita|sankt)"
    rf"|{_CALLINGS}\b|verantwortlich"
    # and small words that begin a sentence.
    r"|\b(?:alle|keine|siehe|nach|unter|bitte|weitere|diverse|mail|tel|fax|das|die|der|ein|eine|wir|sie|bei|im|in|am|an|für|mit|ab|seit)\b",
    re.IGNORECASE,
)


# A name with its number and mailbox is one contact.
_REPEATED: Final = re.compile(r"\[Kontakt\](?:[ ,;:/–-]*(?:unter )?\[Kontakt\])+")


def merge_contacts(text: str) -> str:
    """The text with one mark for those that stand side by side."""
    return _REPEATED.sub(CONTACT, text) if text.count(CONTACT) > 1 else text


def hide_names(text: str) -> str:
    """The text, whose numbers and mailboxes are replaced already, with every name found replaced too."""
    clean = _ADDRESSED.sub(_hide_addressed, text)
    clean = merge_contacts(_CAPITALS.sub(CONTACT, clean))
    if clean == CONTACT:
        return clean
    for pattern in (_LABELLED, _TITLED):
        clean = pattern.sub(_hide_first, clean)
    if _DIGITS.search(clean):
        clean = _CELL_WITH_EXTENSION.sub(_hide_last, _WITH_EXTENSION.sub(_hide_last, clean))
    if CONTACT not in clean:
        return clean
    if any(before.rstrip(" \t\n,;:(<–-")[-1:].isalpha() for before in clean.split(CONTACT)[:-1]):
        clean = _FULL_BEFORE_CONTACT.sub(_hide_last, _BEFORE_CONTACT.sub(_hide_last, clean))
    return _EXTENSION.sub("", _AFTER_CONTACT.sub(_hide_first, clean))


def _hide_addressed(match: re.Match[str]) -> str:
    """Who is addressed is a person, whatever the name; what follows it may be an office ("Frau Becker Amt 50")."""
    names = match["names"]
    words = _BLANKS.split(names)
    while len(words) > 2 and not _is_person(words[-1]):
        words = words[:-2]
    return CONTACT + names[len("".join(words)) :]


def _hide_first(match: re.Match[str]) -> str:
    """The names up to the first that is no person's."""
    items = _split_names(match["names"])
    count = next((at for at in range(0, len(items), 2) if not _is_person(items[at])), len(items) + 1)
    return match[0] if count == 0 else match["label"] + CONTACT + "".join(items[count - 1 :])


def _hide_last(match: re.Match[str]) -> str:
    """The names that stand next to the number, back to the first that is no person's."""
    items = _split_names(match["names"])
    kept = next((at for at in range(len(items) - 1, -1, -2) if not _is_person(items[at])), -2)
    if kept == len(items) - 1:
        return match[0]
    return match["label"] + "".join(items[: kept + 2]) + CONTACT


def _split_names(names: str) -> list[str]:
    """Names and, between them, what joins them."""
    return _JOINTS.split(names)


@lru_cache(maxsize=20_000)
def _is_person(name: str) -> bool:
    return not _NO_PERSON.search(name) and not _places().issuperset(fold(name).split())


@cache
def _places() -> frozenset[str]:
    """The names of the city's parts, folded, each of their words too: "Kalk, Tel. …" is no person."""
    codes = package_codes()
    names = [row[column] for row in codes["stadtteile"] for column in ("stadtteil", "stadtbezirk")]
    names += [row["text"] for row in codes["places"]]
    names += [row["sozialraumgebiet"] for row in codes["sozialraumgebiete"]]
    words = [word for name in names for word in (*name.split(), *re.split(r"[\s/,-]+", name))]
    return frozenset(map(fold, [*words, "Köln"]))
