"""What a cell says when it names nothing: nil, Fehlanzeige, untouched template text, a note, a total, a number."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from ..codelists import CodeLists, package_codes

_PUNCTUATION: Final = re.compile(r"[\s.,;:!\"'„“”‚‘’()\[\]–—_*-]+")
_ONLY_MARKS: Final = re.compile(r"[\s.\-–—_/\\*?…=:]*")
_UNTICKED: Final = re.compile(r"☐|□|\[\s*\]|\(\s*\)|⬜")
_TICK: Final = re.compile(r"^\s*(?:x|X|✓|✔|☒|☑|⊠|\[x\]|\(x\)|ja|\[X\]|\(X\)|Ja|JA|wahr|WAHR|1)\s*[.!]?\s*$")
_REPORT: Final = re.compile(
    r"\b(?:fehl(?:an)?zeigen?|fehl(?:an)?meldung|null(?:meldung|anzeige)|leermeldung)\b"
)
_THINGS: Final = (
    r"(?:maßnahmen?|massnahmen?|programm\w*|projekte?|angebote?|beispiele?|aktivität(?:en)?|vorhaben|ansätze?|arbeitsansätze?|"
    r"nennung(?:en)?|meldung(?:en)?|aktion(?:en)?|beiträge?|tätigkeit(?:en)?|initiativen?|konzepte?|förderungen|"
    r"berührungspunkte?|bezüge?|bezug|sozialraum\w*|sozialräumliche[rnms]?|zuständigkeit(?:en)?|aufgaben?|leistungen)"
)
_NONE: Final = re.compile(
    rf"\bkein(?:e|en|er|em|erlei|s)?\s+(?:[\w/-]+\s+){{0,5}}?{_THINGS}(?!\w)"
    rf"|\b{_THINGS}\s+(?:\S+\s+){{0,8}}?(?:nicht\s+(?:vorhanden|bekannt|durchgeführt|angeboten|zu melden|vor)|gibt es nicht|liegen nicht vor|keine\b)"
    r"|\bnichts\s+(?:\w+\s+){0,3}?(?:melden|berichten|vorhanden|bekannt|benennen|nennen|angeben)\b|^nichts$"
    r"|\b(?:nicht|nichts?)\s+(?:betroffen|zutreffend|einschlägig|zuständig|relevant)\b|\btrifft\s+(?:\w+\s+){0,3}?nicht\s+zu\b"
    r"|\b(?:nicht|kaum)\s+sozialräumlich\b|\bohne\s+sozialräumliche|\bentfällt\b|^(?:0|null)\s+(?:maßnahmen|programme|projekte|nennungen)"
    rf"|\bnicht\s+mit\s+(?:\w+\s+){{0,3}}?{_THINGS}|\bleermeldung\b"
)
# A sentence that asks for a Fehlanzeige is no Fehlanzeige.
_ASKS: Final = re.compile(
    r"\b(?:bitte|erforderlich|erbeten|notwendig|nötig|gegebenenfalls|ggf|falls|wenn|sofern|soweit|sonst|andernfalls|anderenfalls|"
    r"im falle|auch bei|ankreuzen|angeben|eintragen|senden|zurücksenden|gilt als|ist zu|sind zu|sollten?|können|oder|wird gebeten|"
    r"gebeten|melden sie|geben sie|vermerken|mitzuteilen|mitteilen|ausfüllen|nur)\b|\?"
)
_TEMPLATE: Final = re.compile(
    r"^\(?\s*(?:z\.\s?b\.?|zb\b|zum beispiel\b|bsp\.?(?=[\s:(]|$)|beispiel(?:zeile|eintrag|angaben?)?\s*(?:[:(–-]|$)|muster(?:eintrag|zeile|programm|"
    r"maßnahme|projekt|text)?\s*(?:[:(–-]|$)|ausfüllbeispiel|bitte\b.{0,80}\b(?:eintragen|ausfüllen|auswählen|angeben|ergänzen|"
    r"eingeben|nennen|wählen|überschreiben|löschen|beschreiben|ankreuzen)\b|bitte\s+(?:wählen|auswählen)|hier\b.{0,40}\b(?:eintragen|eingeben|klicken)\b|"
    r"klicken sie hier|<[^<>]+>\s*$|tt\.mm\.jj|jjjj|mm[./]jjjj|x{3,}$|lorem ipsum)",
    re.IGNORECASE,
)
_TOTAL: Final = re.compile(
    r"^\s*(?:(?:zwischen|gesamt|teil|end)?summen?|gesamt(?:zahl|anzahl)?|insgesamt|total|anzahl|zusammen)(?:\s*$|\s*[:=(]|\s+(?:der\s+|aller\s+)?\w+\s*:?\s*\d*\s*$)",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"^\s*(?:\*|¹|²|³|\d\)\s|hinweise?\b|anmerkung(?:en)?\b|stand\b|quelle\b|legende\b|gez\.|rückfragen\b|ansprech|erstellt\b|bearbeit|"
    r"datum\b|unterschrift|rücksendung|rückgabe|bitte\b|abgabe|zurück an|köln,?\s+(?:den|im|\d)|ort,|i\.\s?a\.|i\.\s?v\.|mit freundlichen|"
    r"weitere\b|die (?:liste|tabelle|aufstellung|übersicht|angaben)\b|diese (?:liste|tabelle|aufstellung|übersicht|angaben)\b|siehe\b|vgl\.|"
    r"ende der (?:liste|tabelle)|fußnote|erläuterung(?:en)?\s*:|seite \d|\[kontakt\])",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"^\s*(?:(?:spalte|sp\.)\s*)?\(?(?:\d{1,4}|[a-zA-Z]|[ivx]{1,5})[.):]?\)?\.?\s*$", re.IGNORECASE
)
_NUMBER_HEADING: Final = re.compile(
    r"^\W*(?:(?:lfd|laufende|fortlaufende|ordnungs)\W*)?(?:nr|nrn|nummer|no|num|pos|position|ziffer|zeile|id|lfd|index|zähler)?\W*$",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"^\s*(?:(?:mit|freundliche|viele|beste|herzliche|schöne)\b.*\bgr(?:uß|üße|üßen)\b|hochachtungsvoll"
    r"|im auftrag|in vertretung|i\.\s?[av]\.|gez\.)",
    re.IGNORECASE,
)
_WORDS_OF_OFFICES: Final = re.compile(
    r"amt|stelle|dezernat|abteilung|büro|stadt|referat|dienst|auftrag|vertretung|gr[uü]ß", re.IGNORECASE
)
_SIGNATURE: Final = re.compile(
    r"^\s*(?:gez\.?\s*|i\.\s?[av]\.\s*)?(?:(?:dr|prof)\.\s*)*[A-ZÄÖÜ][\w.’'-]*(?:\s+(?:von|van|zu|der|de)?\s*[A-ZÄÖÜ][\w’'-]+){0,3}\s*$",
)


@cache
def _wordings(codes: CodeLists) -> dict[str, str]:
    return {plain(row["text"]): row["meaning"] for row in codes["answers"]}


def plain(text: str) -> str:
    """The words of a text, lower case, without punctuation."""
    return _PUNCTUATION.sub(" ", text).strip().casefold()


def is_nil(text: str, codes: CodeLists | None = None) -> bool:
    """Whether a cell says that there is nothing to say: "k. A.", "-", "Fehlanzeige", blanks."""
    if _ONLY_MARKS.fullmatch(text):
        return True
    return _wordings(codes or package_codes()).get(plain(text)) is not None


def is_fehlanzeige(text: str, codes: CodeLists | None = None) -> bool:
    """Whether a text reports that there are no programmes; a sentence that only asks for the report is none."""
    if len(text) > 400 or _UNTICKED.search(text):
        return False
    words = plain(text)
    if _wordings(codes or package_codes()).get(words) == "fehlanzeige":
        return True
    lowered = " ".join(text.casefold().split())
    if re.search(r"\b(?:nein|keine)\W*$", lowered) and _REPORT.search(lowered):
        return False
    if _ASKS.search(lowered) and not re.match(r"^\W*(?:fehlanzeige|fehlmeldung)\W*(?:[-–,:;(.]|$)", lowered):
        return False
    if _ASKS.search(lowered):
        return False
    return bool(_REPORT.search(lowered)) or bool(_NONE.search(lowered))


def is_tick(text: str) -> bool:
    """Whether a cell is a ticked box: "x", "ja", "☒"."""
    return bool(_TICK.match(text))


def names_fehlanzeige(text: str) -> bool:
    """Whether a text is the label of a Fehlanzeige box, to be read together with the cell beside it."""
    lowered = text.casefold()
    return len(text) < 120 and bool(_REPORT.search(lowered) or _NONE.search(lowered))


def is_template(text: str) -> bool:
    """Whether a text is the form's own example or request that nobody has overwritten."""
    return bool(_TEMPLATE.match(text.strip()))


def is_total(text: str) -> bool:
    """Whether a text heads a row of totals."""
    return bool(_TOTAL.match(text))


def is_note(text: str) -> bool:
    """Whether a text reads like a note above, beside or below a table."""
    return bool(_NOTE.match(text))


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether all texts are numbers or letters of a list: "1", "2.", "(3)", "a)"."""
    return bool(texts) and all(_NUMBER.match(text) for text in texts)


def is_number_heading(text: str) -> bool:
    """Whether a heading is that of a numbering column: "Nr.", "lfd. Nr.", "#"."""
    return bool(_NUMBER_HEADING.match(text))


def is_closing(text: str) -> bool:
    """Whether a text is a letter's closing words, after which a name follows."""
    return len(text) < 80 and bool(_CLOSING.search(text))


def is_signature(text: str) -> bool:
    """Whether a text below closing words reads like a name."""
    return len(text) < 60 and bool(_SIGNATURE.match(text)) and not _WORDS_OF_OFFICES.search(text)
