"""Moves the texts of a table's row into the record of its programme, and takes their cells."""

from . import answers
from .grid import Place
from .lines import Line, field_of
from .readings import Record, SheetReading
from .tables import Table


def take_texts(reading: SheetReading, table: Table, line: Line, record: Record) -> None:
    """Takes the cells of a row for a programme and adds their texts to its record."""
    grid = reading.grid
    if line.start is not None:
        _take_plain_texts(reading, table, line, record, line.start)
        return
    for column, text in line.texts.items():
        name = field_of(table, column)
        if name is None:
            continue
        place = grid.anchor((line.row, column))
        if name == "contact":
            reading.take(place, "withheld", name, record.programme_id)
        elif grid.kind(place) == "error" and text == grid.whole(place):
            reading.ask(
                "error_value",
                "Die Zelle zeigt einen Rechenfehler statt eines Wertes; bitte den Wert erfragen.",
                place,
                field=name,
                found=text,
            )
            reading.take(place, "unplaced", name, record.programme_id)
            record.asked |= {name}
        else:
            is_nil = line.is_nil(column)
            if place[0] < line.row and place not in reading.shared:
                _ask_about_merge(reading, line, place, name, text)
            reading.take(place, "nil" if is_nil else "placed", name, record.programme_id)
            _add_text(reading, record, name, text, place)


def _take_plain_texts(reading: SheetReading, table: Table, line: Line, record: Record, start: int) -> None:
    """The short way of `take_texts` for a row in which every cell is nothing but its text, and no merge counts.

    The cells of such a row stand one behind the other in the books.
    """
    books, ident, texts = reading.books, record.programme_id, record.texts
    record.may_be_nil = line.row in reading.grid.doubtful_rows
    for index, (column, text) in enumerate(line.texts.items(), start):
        name = table.fields.get(column)
        taken_as = "nil" if column in line.looks and line.looks[column].is_nil else "placed"
        if name is None:
            if column in table.numbering:
                books.taken_as[index] = "context" if taken_as == "placed" else "nil"
            continue
        books.fields[index], books.programme_ids[index] = name, ident
        if name == "contact":
            books.taken_as[index] = "withheld"
            continue
        books.taken_as[index] = taken_as
        if name in texts or column != record.columns[name]:
            _add_text(reading, record, name, text, (line.row, column))
        else:
            texts[name] = text


def _ask_about_merge(reading: SheetReading, line: Line, place: Place, name: str, text: str) -> None:
    """Asks once per merged value that speaks for several programmes."""
    reading.shared.add(place)
    last = reading.grid.spans[place].bottom
    rows = f"Zeile {last}" if last == line.row else f"die Zeilen {line.row} bis {last}"
    reading.ask(
        "merged_value",
        f"Der verbundene Wert gilt auch für {rows}; bitte prüfen.",
        place,
        field=name,
        found=text,
    )


def _add_text(reading: SheetReading, record: Record, name: str, text: str, place: Place) -> None:
    """Adds a text to a record; two columns of one field stand together, with a question."""
    present = record.texts.get(name)
    if present is None or answers.is_nil(present, reading.codes):
        record.texts[name], record.places[name] = text, place
    elif not answers.is_nil(text, reading.codes) and present != text:
        record.texts[name] = f"{present}; {text}"
        record.doubled = (*record.doubled, name)


def append_text(record: Record, name: str, text: str, place: Place) -> None:
    """Adds a further line to what a programme's record says in a field."""
    record.may_be_nil = True
    if name not in record.texts:
        record.places[name] = place
    record.texts[name] = "\n".join(filter(None, (record.texts.get(name), text)))
