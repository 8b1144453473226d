"""What a cell says when it names nothing: nil, Fehlanzeige, untouched template text, a note, a total, a number."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

from ..codelists import CodeLists, package_codes

_LONGEST_REPORT: Final = 400
_MOST_COLUMNS: Final = 50


def _any(*alternatives: str) -> str:
    return f"(?:{'|'.join(alternatives)})"


_PUNCTUATION: Final = re.compile(r"[\s.,;:!\"'„“”‚‘’()\[\]–—_*-]+")
_FIRST_WORD: Final = re.compile(r"[^\W_]+")
_ONLY_MARKS: Final = re.compile(r"[\s.\-–—_/\\*?…=:]*")
_UNTICKED: Final = re.compile(r"☐|□|\[\s*\]|\(\s*\)|⬜")
_TICK: Final = re.compile(r"^\W*(?:x|✓|✔|☒|☑|⊠|ja|wahr|1)\W*$|^\s*[✓✔☒☑⊠]\s*$", re.IGNORECASE)

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
_THINGS: Final = _any(
    *(
        "maßnahmen?",
        "massnahmen?",
        "programme?n?",
        "projekte?n?",
        r"\w*angebote?n?",
        "beispiele?n?",
        "vorhaben",
    ),
    *(
        "aktivität(?:en)?",
        r"\w*ansätze?n?",
        "nennung(?:en)?",
        "meldung(?:en)?",
        "aktion(?:en)?",
        "beitr[aä]ge?n?",
    ),
    *(
        "tätigkeit(?:en)?",
        "initiativen?",
        "konzepte?n?",
        "berührungspunkte?n?",
        "bez(?:ug|üge|ügen)",
        "aufgaben?",
    ),
    *("zuständigkeit(?:en)?", "leistungen", r"sozialraum\w*", "arbeit", "arbeitsweise", "fälle?"),
)
_ABSENT: Final = _any(
    *(
        "vorhanden",
        "bekannt",
        r"\w*geführt",
        "angeboten",
        "vorgehalten",
        "verfolgt",
        "zu melden",
        "zu benennen",
    ),
    *("vor", "statt", "geplant", "betrieben", "umgesetzt", "gemeldet", "benannt", "genannt", "gegeben"),
)
_NONE: Final = re.compile(
    _any(
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
# Every report of none has one of these in it.
_REPORT_HINTS: Final = ("fehl", "null", "leermeldung", "kein", "nicht", "entfällt", "0 ")
# A sentence that asks for a report of none is no report.
_ASKS: Final = re.compile(
    _any(
        r"\b"
        + _any(
            *(
                "bitte",
                "erforderlich",
                "erbeten",
                "notwendig",
                "nötig",
                "gegebenenfalls",
                "ggf",
                "falls",
                "wenn",
                "sofern",
            ),
            *(
                "soweit",
                "sonst",
                "an?derenfalls",
                "im falle",
                "auch bei",
                "auch fehlanzeigen?",
                "ankreuzen",
                "angeben",
            ),
            *(
                "eintragen",
                r"\w*senden",
                "gilt als",
                "ist zu",
                "sind zu",
                "sollten?",
                "können",
                "oder",
                "gebeten",
            ),
            *(
                "melden sie",
                "geben sie",
                "tragen sie",
                "vermerken",
                "mitzuteilen",
                "mitteilen",
                "ausfüllen",
                "nur",
            ),
        )
        + r"\b",
        r"\?",
    )
)
_TEMPLATE: Final = re.compile(
    r"^\(?\s*"
    + _any(
        r"z\.\s?b\.?",
        r"zb\b",
        r"zum beispiel\b",
        r"bsp\.?(?=[\s:(]|$)",
        r"beispiel(?:zeile|eintrag|angaben?)?\s*(?:[:(–-]|$)",
        r"muster(?:eintrag|zeile|programm|maßnahme|projekt|text)?\s*(?:[:(–-]|$)",
        "ausfüllbeispiel",
        r"bitte\b.{0,80}\b"
        + _any(
            *("eintragen", "ausfüllen", "auswählen", "angeben", "ergänzen", "eingeben", "nennen", "wählen"),
            *("überschreiben", "löschen", "beschreiben", "ankreuzen"),
        )
        + r"\b",
        r"hier\b.{0,40}\b(?:eintragen|eingeben|klicken)\b",
        "klicken sie hier",
        r"<[^<>]+>\s*$",
        r"tt\.mm\.jj",
        "jjjj",
        r"mm[./]jjjj",
        r"x{3,}$",
        "lorem ipsum",
    ),
    re.IGNORECASE,
)
_TEMPLATE_STARTS: Final = (
    *("z.", "zb", "zum", "bsp", "beispiel", "muster", "ausfüllbeispiel", "bitte", "hier", "klicken", "<"),
    *("tt.", "jjjj", "mm", "xxx", "lorem"),
)
_TOTAL_STARTS: Final = (
    "sum",
    "zwischensum",
    "gesamt",
    "teilsum",
    "endsum",
    "insgesamt",
    "total",
    "anzahl",
    "zusammen",
)
_TOTAL: Final = re.compile(
    r"^\s*(?:(?:zwischen|gesamt|teil|end)?summen?|gesamt(?:zahl|anzahl)?|insgesamt|total|anzahl|zusammen)"
    r"(?:\s*$|\s*[:=(]|\s+(?:der\s+|aller\s+)?\w+\s*:?\s*\d*\s*$)",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"^\s*"
    + _any(
        *(
            r"\*",
            "¹",
            "²",
            "³",
            r"\d\)\s",
            r"hinweise?\b",
            r"anmerkung(?:en)?\b",
            r"anm\.",
            r"stand\b",
            r"quelle\b",
        ),
        *(
            r"legende\b",
            r"gez\.",
            r"rückfragen\b",
            "ansprech",
            r"erstellt\b",
            "bearbeit",
            r"datum\b",
            "unterschrift",
        ),
        *("rücksendung", "rückgabe", r"bitte\b", "abgabe", "zurück an", r"köln,?\s+(?:den|im|\d)", "ort,"),
        *(
            r"i\.\s?a\.",
            r"i\.\s?v\.",
            "mit freundlichen",
            r"weitere\b",
            r"siehe\b",
            r"vgl\.",
            "fußnote",
            r"seite \d",
        ),
        r"dies?e (?:liste|tabelle|aufstellung|übersicht|angaben)\b",
        *("ende der (?:liste|tabelle)", r"erläuterung(?:en)?\s*:", r"\[kontakt\]"),
    ),
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(
    r"^\s*(?:(?:spalte|sp\.)\s*)?\(?(?:\d{1,4}|[a-z]|[ivx]{1,5})[.):]?\)?\.?\s*$", re.IGNORECASE
)
_NUMBER_HEADING: Final = re.compile(
    r"^\W*(?:(?:lfd|laufende|fortlaufende|ordnungs)\W*)?"
    r"(?:nr|nrn|nummer|no|num|pos|position|ziffer|zeile|id|lfd|index|zähler)?\W*$",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"^\s*(?:(?:mit|freundliche|viele|beste|herzliche|schöne)\b.*\bgr(?:uß|üße|üßen)\b|hochachtungsvoll"
    r"|im auftrag|in vertretung|i\.\s?[av]\.|gez\.)",
    re.IGNORECASE,
)
_OFFICE_WORDS: Final = re.compile(
    r"amt|stelle|dezernat|abteilung|büro|stadt|referat|dienst|auftrag|vertretung|gr[uü]ß", re.IGNORECASE
)
_SIGNATURE: Final = re.compile(
    r"^\s*(?:gez\.?\s*|i\.\s?[av]\.\s*)?(?:(?:dr|prof)\.\s*)*"
    r"[A-ZÄÖÜ][\w.’'-]*(?:\s+(?:von|van|zu|der|de)?\s*[A-ZÄÖÜ][\w’'-]+){0,3}\s*$"
)


@cache
def _wordings(codes: CodeLists) -> dict[str, str]:
    return {plain(row["text"]): row["meaning"] for row in codes["answers"]}


def plain(text: str) -> str:
    """The words of a text, lower case, without punctuation."""
    return _PUNCTUATION.sub(" ", text).strip().casefold()


def is_nil(text: str, codes: CodeLists | None = None) -> bool:
    """Whether a cell says that there is nothing to say: "k. A.", "-", "Fehlanzeige", blanks."""
    return _means(text, codes or package_codes()) is not None


@lru_cache(maxsize=20_000)
def _means(text: str, codes: CodeLists) -> str | None:
    """nil or fehlanzeige where the text is a wording of it, else None."""
    wordings = _wordings(codes)
    first = _FIRST_WORD.search(text)
    if first is None:
        return wordings.get(plain(text)) or ("nil" if _ONLY_MARKS.fullmatch(text) else None)
    if first[0].casefold() not in _first_words(codes):
        return None
    return wordings.get(plain(text))


@cache
def words_of_nil(codes: CodeLists) -> frozenset[str]:
    """Every word of every wording: a text with a letter or figure in any other word is none of them."""
    return frozenset(word for wording in _wordings(codes) for word in wording.split())


@cache
def _first_words(codes: CodeLists) -> frozenset[str]:
    """The first word of every wording: a text that begins otherwise is none of them."""
    found = (_FIRST_WORD.search(wording) for wording in _wordings(codes))
    return frozenset(match[0].casefold() for match in found if match)


def is_fehlanzeige(text: str, codes: CodeLists | None = None) -> bool:
    """Whether a text reports that there is nothing; a sentence that only asks for the report is none."""
    if _means(text, codes or package_codes()) == "fehlanzeige":
        return len(text) <= _LONGEST_REPORT and not _UNTICKED.search(text)
    if len(text) > _LONGEST_REPORT:
        return False
    lowered = " ".join(text.lower().split())
    if not any(hint in lowered for hint in _REPORT_HINTS) or _UNTICKED.search(text):
        return False
    if _TAKE_AS_REPORT.search(lowered):
        return True
    if _ASKS.search(lowered) or _NO_REPORT.search(lowered):
        return False
    return bool(_REPORT.search(lowered) or _NONE.search(lowered))


def is_tick(text: str) -> bool:
    """Whether a cell is a ticked box: "x", "ja", "☒"."""
    return bool(_TICK.match(text))


def names_fehlanzeige(text: str) -> bool:
    """Whether a text is the label of a Fehlanzeige box, to be read together with the cell beside it."""
    lowered = text.lower()
    return len(text) < 120 and bool(_REPORT.search(lowered) or _NONE.search(lowered))


def is_template(text: str) -> bool:
    """Whether a text is the form's own example or request that nobody has overwritten."""
    return bool(_TEMPLATE.match(text.strip()))


def may_be_template(text: str) -> bool:
    """Whether a text begins like the form's own: where this is false, `is_template` is false."""
    return text.lstrip("(").lstrip()[:20].casefold().startswith(_TEMPLATE_STARTS)


def may_be_total(text: str) -> bool:
    """Whether a text begins like a total: where this is false, `is_total` is false."""
    return text[:20].lstrip().casefold().startswith(_TOTAL_STARTS)


def is_total(text: str) -> bool:
    """Whether a text heads a row of totals."""
    return bool(_TOTAL.match(text))


def is_note(text: str) -> bool:
    """Whether a text reads like a note above, beside or below a table."""
    return bool(_NOTE.match(text))


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether all texts are numbers or letters of a list: "1", "2.", "(3)", "a)"."""
    return bool(texts) and all(_NUMBER.match(text) for text in texts)


def counts_up(texts: Sequence[str]) -> bool:
    """Whether the texts of a row number its columns: "1", "2", "3" or "(a)", "(b)"."""
    marks = [re.sub(r"^\s*(?:spalte|sp\.)|\W", "", text.casefold()) for text in texts]
    if not is_numbering(texts) or len(texts) < 2:
        return False
    if all(mark.isdigit() for mark in marks):
        numbers = [int(mark) for mark in marks]
        return numbers == sorted(set(numbers)) and numbers[-1] <= _MOST_COLUMNS
    return not any(mark.isdigit() for mark in marks) and len(set(marks)) == len(marks)


def is_number_heading(text: str) -> bool:
    """Whether a heading is that of a numbering column: "Nr.", "lfd. Nr.", "#"."""
    return bool(_NUMBER_HEADING.match(text))


def is_closing(text: str) -> bool:
    """Whether a text is a letter's closing words, after which a name follows."""
    return len(text) < 80 and bool(_CLOSING.search(text))


def is_signature(text: str) -> bool:
    """Whether a text below closing words reads like a name."""
    return len(text) < 60 and bool(_SIGNATURE.match(text)) and not _OFFICE_WORDS.search(text)
