"""Reads the forms of a worksheet: takes every cell, and makes a record of every block that names a programme."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from . import answers
from .checkboxes import has_boxes, marked, ticked
from .fehlanzeigen import is_fehlanzeige
from .form_labels import is_hint
from .forms import Block, Entry, Form
from .grid import Place
from .lines import SUBSTANCE
from .readings import Record, SheetReading, programme_id
from .tables import NAMING, MatchHeader

_LONGEST_TITLE: Final = 100
_HEADING_ROWS: Final = 3
_SMALL_WORDS: Final = frozenset({"von", "bis", "seit", "ab", "–", "-"})
_ERROR: Final = re.compile(r"#[A-Z]+[/0-9A-Z]*[!?]?")
# What a legend says of a heading: "Name der Maßnahme", "Seit wann läuft sie?", "Jahr angeben".
_EXPLAINS: Final = re.compile(
    r"^\W*(?:(?:der|die|das|den|eine?)\s+)?(?:angaben?|name|titel|bezeichnung|kurze?|jahr|zeitpunkt|datum|wann|wer|wo|wie|was"
    r"|welche\w*|(?:für|an|seit|in|mit)\s+w(?:en|em|ann|elche\w*)|hier|bitte|stichwort\w*|freitext)\b"
    r"|\b(?:an(?:zu)?geben|ein(?:zu)?tragen|nennen|aus(?:zu)?füllen|gemeint|angegeben)\b|\?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Answer:
    """What a block says of one field, and the cells that say it; unclear where marks could tick several texts."""

    field: str
    text: str
    places: tuple[Place, ...]
    is_clear: bool = True


def read_forms(reading: SheetReading, forms: list[Form], match: MatchHeader) -> None:
    """Takes every cell of the forms; adds a record per block that names a programme."""
    before = len(reading.records)
    asked: set[str] = set()
    for form in forms:
        reading.sections.append((form.top, ""))  # what stood between the rows of a table above ends here
        for block in form.blocks:
            _read_block(reading, block, match)
            _ask_unknown(reading, block, asked)
        _take_rest(reading, form)
    reading.sections.sort()
    records = reading.records[before:]
    _ask_whose(reading, records)
    count = len(records)
    if not count:
        _note_sender(reading, forms)
    else:
        programmes = "1 Programm" if count == 1 else f"{count} Programme"
        reading.ask(
            "form_sheet",
            f"Dieses Blatt wurde als Formular gelesen und nennt {programmes}; bitte prüfen.",
            _first(forms[0]),
            found=programmes,
        )


def _note_sender(reading: SheetReading, forms: list[Form]) -> None:
    """Keeps whose return it is where all forms were left empty."""
    for entry in (entry for form in forms for block in form.blocks for entry in block.entries):
        if entry.field in ("dezernat", "office"):
            reading.labelled.setdefault(entry.field, []).extend(
                (place, reading.grid.text(place)) for place in entry.places
            )


def _first(form: Form) -> Place | None:
    labels = (entry.label for block in form.blocks for entry in block.entries)
    return min((label.place for label in labels if label is not None), default=None)


def _ask_whose(reading: SheetReading, records: list[Record]) -> None:
    """Asks for the Dezernat and the office that a block above names and a block leaves out."""
    for name, what in (("dezernat", "das Dezernat"), ("office", "das Amt")):
        above: str | None = None
        for record in records:
            text = record.texts.get(name)
            if text and not answers.is_nil(text, reading.codes):
                above = text
            elif above is not None:
                reading.ask(
                    "value_only_above",
                    f"Hier fehlt {what}, ein Programm darüber nennt es; gilt es auch hier? Bitte klären.",
                    record.place,
                    field=name,
                    expected=above,
                )


def _read_block(reading: SheetReading, block: Block, match: MatchHeader) -> None:
    """Takes the labels and answers of a block; adds a record where it names a programme."""
    said = [answer for entry in block.entries for answer in _say(reading, entry)]
    said.sort(key=lambda answer: answer.field != "contact")  # a cell that names a person too is withheld
    for entry in block.entries:
        if entry.label is not None and not entry.label.inline:
            reading.take(entry.label.place, "header", entry.field)
    real = [answer for answer in said if _is_real(reading, answer) and answer.field != "contact"]
    substance = [answer for answer in real if answer.field in SUBSTANCE]
    explained = [answer for answer in real if _explains(answer.text, match)]
    none = [
        answer for answer in said if answer.field in NAMING and is_fehlanzeige(answer.text, reading.codes)
    ]
    if none and all(answer in none for answer in substance):
        reading.fehlanzeigen.append(none[0].places[0])
        _take_all(reading, said, "nil")
        return
    if not substance or len(explained) * 2 > len(real):
        _take_all(reading, said, "context")
        return
    title = next((answer for answer in substance if answer.field == "title"), None)
    place = (title or substance[0]).places[0]
    ident = programme_id(reading.workbook, reading.name, place[0], block.column)
    record = Record(ident, place[0], place)
    reading.records.append(record)
    told: dict[str, list[_Answer]] = {}
    for answer in said:
        if _place(reading, record, answer):
            told.setdefault(answer.field, []).append(answer)
    for name, found in told.items():
        _add_text(reading, record, name, found)
    if title is None:
        reading.ask(
            "title_missing",
            "Das Formular nennt ein Programm ohne Titel; bitte den Titel erfragen.",
            place,
            field="title",
            expected=_heading_above(reading, block),
        )


def _heading_above(reading: SheetReading, block: Block) -> str | None:
    """What may be the title: the lone text above a block."""
    top = min(entry.label.place[0] for entry in block.entries if entry.label is not None)
    for row in range(top - 1, max(0, top - _HEADING_ROWS - 1), -1):
        columns = reading.grid.rows.get(row, ())
        text = reading.grid.text((row, columns[0])) if len(columns) == 1 else ""
        if columns:
            return text if text and len(text) <= _LONGEST_TITLE and not answers.is_note(text) else None
    return None


def _say(reading: SheetReading, entry: Entry) -> list[_Answer]:
    """The answers of one entry: several where one cell holds several labels."""
    if entry.field is None:
        return []
    rows, is_clear = _rows_of(reading, entry)
    if entry.label is None or not entry.label.inline:
        return [_Answer(entry.field, ticked("\n".join(rows)), entry.places, is_clear)] if rows else []
    *told, (last, text) = entry.label.inline
    told.append((last, "\n".join([text, *rows]).strip()))
    places = (entry.label.place, *entry.places)
    return [_Answer(name, ticked(text), places, is_clear) for name, text in told if text]


def _rows_of(reading: SheetReading, entry: Entry) -> tuple[list[str], bool]:
    """The texts of an answer row by row, and whether it is clear which of them are ticked."""
    rows: list[str] = []
    is_clear = True
    for _, group in groupby(entry.places, key=lambda place: place[0]):
        texts = [reading.grid.text(place) for place in group]
        found = marked(texts)
        is_clear = is_clear and found is not None
        texts = found or texts
        is_phrase = any(has_boxes(text) or text.casefold() in _SMALL_WORDS for text in texts)
        rows.append((" " if is_phrase else "; ").join(texts))
    return rows, is_clear


def _is_real(reading: SheetReading, answer: _Answer) -> bool:
    return not (answers.is_nil(answer.text, reading.codes) or is_hint(answer.text))


def _explains(text: str, match: MatchHeader) -> bool:
    return bool(_EXPLAINS.search(text)) or match(text) is not None


def _place(reading: SheetReading, record: Record, answer: _Answer) -> bool:
    """Takes the cells of one answer; whether its text is the record's."""
    is_told = False
    if answer.field == "contact":
        taken_as = "withheld"
    elif not answer.is_clear:
        taken_as = "unplaced"
        reading.ask(
            "form_not_understood",
            "Es ist nicht zu erkennen, welche Antworten angekreuzt sind; bitte klären.",
            answer.places[0],
            field=answer.field,
            found=answer.text,
        )
    elif _ERROR.fullmatch(answer.text):
        taken_as = "unplaced"
        reading.ask(
            "error_value",
            "Die Zelle zeigt einen Rechenfehler statt eines Wertes; bitte den Wert erfragen.",
            answer.places[0],
            field=answer.field,
            found=answer.text,
        )
        record.asked |= {answer.field}
    else:
        taken_as = "placed" if _is_real(reading, answer) else "nil"
        is_told = bool(answer.text) and not is_hint(answer.text)
    for place in answer.places:
        reading.take(place, taken_as, answer.field, record.programme_id)
    return is_told


def _add_text(reading: SheetReading, record: Record, name: str, found: list[_Answer]) -> None:
    """Gives a record the text of one field; the answers to two labels of one field stand together."""
    real = [answer for answer in found if _is_real(reading, answer)]
    texts = dict.fromkeys(answer.text for answer in real or found[:1])
    record.texts[name] = "; ".join(texts)
    record.places[name] = (real or found)[0].places[0]
    if len(texts) > 1:
        record.doubled = (*record.doubled, name)


def _take_all(reading: SheetReading, said: list[_Answer], taken_as: str) -> None:
    """Takes the answers of a block that names no programme."""
    for answer in said:
        is_real = _is_real(reading, answer)
        kind = "withheld" if answer.field == "contact" else taken_as if is_real else "nil"
        for place in answer.places:
            reading.take(place, kind, answer.field)


def _ask_unknown(reading: SheetReading, block: Block, asked: set[str]) -> None:
    """One question per label that nobody knows, where it has an answer."""
    for entry in block.entries:
        if entry.label is None or entry.field is not None:
            continue
        label = reading.grid.text(entry.label.place)
        reading.take(entry.label.place, "header")
        open_places = [
            place for place in entry.places if not answers.is_nil(reading.grid.text(place), reading.codes)
        ]
        for place in entry.places:
            reading.take(place, "unplaced" if place in open_places else "nil")
        if open_places and entry.label.key not in asked:
            asked.add(entry.label.key)
            reading.ask(
                "unknown_label",
                f"Die Frage „{label[:60]}“ ist unbekannt; bitte sie in codelists/headers.csv zuordnen.",
                entry.label.place,
                found=label,
            )


def _take_rest(reading: SheetReading, form: Form) -> None:
    """Headings and hints between the answers; one question for all that answers no label."""
    for place in form.notes:
        reading.take(place, "nil" if answers.is_template(reading.grid.text(place)) else "context")
    left = []
    for place in dict.fromkeys(form.strays):
        if reading.is_taken(place):
            continue
        if reading.grid.is_covered(place):
            reading.ask(
                "hidden_under_merge",
                "Unter verbundenen Zellen steht ein verdeckter Wert; bitte klären, ob er gelten soll.",
                place,
            )
            reading.take(place, "unplaced")
        elif answers.is_nil(reading.grid.text(place), reading.codes):
            reading.take(place, "nil")
        else:
            reading.take(place, "unplaced")
            left.append(place)
    if left:
        reading.ask(
            "form_not_understood",
            "Im Formular stehen Angaben, die zu keiner Frage gehören; bitte klären, was sie bedeuten.",
            left[0],
            found="; ".join(reading.grid.text(place) for place in left),
        )
