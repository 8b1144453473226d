"""What a cell says when it names nothing: nil, a tick, untouched template text, a note, a total, a number."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from ..codelists import CodeLists, package_codes

_LONGEST_NOTE: Final = 400  # beyond that, only the beginning of a text tells what it is
_LONGEST_NUMBER: Final = 30
_LONGEST_HEADING: Final = 80
_MOST_COLUMNS: Final = 50


def any_of(*alternatives: str) -> str:
    """A pattern that any of the alternatives fits."""
    return f"(?:{'|'.join(alternatives)})"


_PUNCTUATION: Final = re.compile(r"[\s.,;:!\"'„“”‚‘’()\[\]–—_*-]+")
_FIRST_WORD: Final = re.compile(r"[^\W_]+")
# Signs that nobody sees say nothing: control signs, soft hyphens, spaces of no width, directions of writing.
_UNSEEN: Final = r"\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_ONLY_MARKS: Final = re.compile(rf"[\s.\-–—_/\\*?…=:{_UNSEEN}]*")
_TICK: Final = re.compile(r"^\W*(?:x|✓|✔|☒|☑|⊠|ja|wahr|1)\W*$|^\s*[✓✔☒☑⊠]\s*$", re.IGNORECASE)

# These patterns read texts as `_simplify` leaves them.
_TEMPLATE: Final = re.compile(
    r"^\(?\s*"
    + any_of(
        r"z\.\s?b\.?",
        r"zb\b",
        r"zum beispiel\b",
        r"bsp\.?(?=[\s:(]|$)",
        r"beispiel(?:zeile|eintrag|angaben?)?\s*(?:[:()–-]|$)",
        r"muster(?:eintrag|zeile|programm|maßnahme|projekt|text)?\s*(?:[:()–-]|$)",
        "ausfüllbeispiel",
        r"bitte\b.{0,80}\b"
        + any_of(
            *("eintragen", "ausfüllen", "auswählen", "angeben", "ergänzen", "eingeben", "nennen", "wählen"),
            *("überschreiben", "löschen", "beschreiben", "ankreuzen"),
        )
        + r"\b",
        r"hier\b.{0,40}\b(?:eintragen|eingeben|klicken)\b",
        "klicken sie hier",
        r"<[^<>]+>\)?\s*$",
        r"tt\.mm\.jj",
        "jjjj",
        r"mm[./]jjjj",
        r"x{3,}\)?$",
        "lorem ipsum",
    ),
)
_TEMPLATE_STARTS: Final = (
    *("z.", "zb", "zum", "bsp", "beispiel", "muster", "ausfüllbeispiel", "bitte", "hier", "klicken", "<"),
    *("tt.", "jjjj", "mm", "xxx", "lorem"),
)
_TOTAL: Final = re.compile(
    r"^\s*(?:(?:zwischen|gesamt|teil|end)?summen?|gesamt(?:zahl|anzahl)?|insgesamt|total|anzahl|zusammen)"
    r"(?:\s*$|\s*[:=(]|\s+(?:der\s+|aller\s+)?\w+\s*:?\s*\d*\s*$)",
)
_NOTE: Final = re.compile(
    r"^\s*"
    + any_of(
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
)
_NUMBER: Final = re.compile(r"^\s*(?:(?:spalte|sp\.)\s*)?\(?(?:\d{1,4}|[a-z]|[ivx]{1,5})[.):]?\)?\.?\s*$")
_CROSSES: Final = ("x", "X")
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
    return meaning_of(text, codes or package_codes()) is not None


def meaning_of(text: str, codes: CodeLists) -> str | None:
    """nil, fehlanzeige or pending (the meanings in `answers.csv`) where the text is a wording of it, else None."""
    wordings = _wordings(codes)
    first = _FIRST_WORD.search(text)
    if first is None:
        return wordings.get(plain(text)) or ("nil" if _ONLY_MARKS.fullmatch(text) else None)
    if first[0].casefold() not in first_words(codes):
        return None
    return wordings.get(plain(text))


@cache
def words_of_nil(codes: CodeLists) -> frozenset[str]:
    """Every word of every wording: a text with a letter or figure in any other word is none of them."""
    return frozenset(word for wording in _wordings(codes) for word in wording.split())


@cache
def first_words(codes: CodeLists) -> frozenset[str]:
    """The first word of every wording: a text that begins otherwise is none of them."""
    found = (_FIRST_WORD.search(wording) for wording in _wordings(codes))
    return frozenset(match[0].casefold() for match in found if match)


def is_tick(text: str) -> bool:
    """Whether a cell is a ticked box: "x", "ja", "☒"."""
    return bool(_TICK.match(text))


def is_template(text: str) -> bool:
    """Whether a text is the form's own example or request that nobody has overwritten."""
    return bool(_TEMPLATE.match(_simplify(text)))


def may_be_template(text: str) -> bool:
    """Whether a text begins like the form's own: where this is false, `is_template` is false."""
    return text.lstrip("(").lstrip()[:20].casefold().startswith(_TEMPLATE_STARTS)


def is_total(text: str) -> bool:
    """Whether a text heads a row of totals."""
    return bool(_TOTAL.match(_simplify(text)))


def is_note(text: str) -> bool:
    """Whether a text reads like a note above, beside or below a table."""
    return bool(_NOTE.match(_simplify(text)))


def is_number(text: str) -> bool:
    """Whether a text is a number or a letter of a list: "1", "2.", "(3)", "a)"."""
    return len(text) <= _LONGEST_NUMBER and bool(_NUMBER.match(_simplify(text)))


def _simplify(text: str) -> str:
    """A text in lower case with single blanks, cut off where it goes on for long."""
    start = " ".join(text[:_LONGEST_NOTE].lower().split())
    return start if len(text) <= _LONGEST_NOTE else f"{start}…"


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether all texts are numbers or letters of a list; nothing but crosses is none."""
    return all(map(is_number, texts)) and any(text.strip() not in _CROSSES for text in texts)


def counts_up(texts: Sequence[str]) -> bool:
    """Whether the texts of a row number its columns: "1", "2", "3" or "(a)", "(b)"."""
    if len(texts) < 2 or not is_numbering(texts):
        return False
    marks = [re.sub(r"^\s*(?:spalte|sp\.)|\W", "", text.casefold()) for text in texts]
    if all(mark.isdigit() for mark in marks):
        numbers = [int(mark) for mark in marks]
        return numbers == sorted(set(numbers)) and numbers[-1] <= _MOST_COLUMNS
    return not any(mark.isdigit() for mark in marks) and len(set(marks)) == len(marks)


def is_number_heading(text: str) -> bool:
    """Whether a heading is that of a numbering column: "Nr.", "lfd. Nr.", "#"."""
    return len(text) <= _LONGEST_HEADING and bool(_NUMBER_HEADING.match(text))


def is_closing(text: str) -> bool:
    """Whether a text is a letter's closing words, after which a name follows."""
    return len(text) < 80 and bool(_CLOSING.search(text))


def is_signature(text: str) -> bool:
    """Whether a text below closing words reads like a name."""
    return len(text) < 60 and bool(_SIGNATURE.match(text)) and not _OFFICE_WORDS.search(text)
