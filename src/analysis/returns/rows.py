"""Reads the body of a table: takes every cell, and makes a record of every row that names a programme."""

from ..workbooks import column_letter
from . import answers
from .fehlanzeigen import is_fehlanzeige
from .grid import Place
from .lines import Line, classify, field_of, read_line
from .readings import Record, SheetReading, programme_id
from .row_texts import append_text, take_texts
from .tables import Table


def read_table(reading: SheetReading, table: Table) -> None:
    """Takes every cell of a table; adds a record per row that names a programme."""
    grid = reading.grid
    for row in range(table.top, table.header_bottom + 1):
        for column in grid.rows.get(row, ()):
            if table.left <= column <= table.right:
                reading.take((row, column), "header", field_of(table, column))
    above: Record | None = None
    previous = table.header_bottom
    left: dict[int, list[int]] = {}
    is_closed = False
    for row in grid.rows_between(table.header_bottom + 1, table.bottom):
        line = read_line(grid, table, row, previous, reading.codes)
        if line is None:
            continue
        previous = row
        # Below a letter's closing words nothing belongs to the table any more.
        is_closed = is_closed or (len(line.own) == 1 and answers.is_closing(line.texts[line.own[0]]))
        kind = "footer" if is_closed else classify(line, table, grid, above is not None, reading.codes)
        above = _take_line(reading, table, line, kind, above)
        if kind != "footer":
            _leave(reading, table, line, left)
    _take_unknown_columns(reading, table, left)


def _leave(reading: SheetReading, table: Table, line: Line, left: dict[int, list[int]]) -> None:
    """Notes by column which cells of a row are still open: they are judged by all that stands in their column."""
    # What a known column says is taken, but for a value that a merge hides.
    if line.start is not None and table.known.issuperset(line.own):
        return
    for column in line.own:
        if not reading.is_taken((line.row, column)):
            left.setdefault(column, []).append(line.row)


def _take_line(
    reading: SheetReading, table: Table, line: Line, kind: str, above: Record | None
) -> Record | None:
    """Takes the cells of one row; returns the record that the next row may go on with."""
    match kind:
        case "programme":
            if above is not None and _shares_title(reading, table, line, above):
                return _extend(reading, table, line, above)
            return _record(reading, table, line, above)
        case "more" if above is not None:
            return _continue(reading, table, line, above)
        case "stray":
            reading.ask(
                "row_not_understood",
                f"Zeile {line.row} nennt weder Titel noch Beschreibung; bitte klären, zu welchem Programm sie gehört.",
                line.place,
                found=_own_texts(table, line),
            )
            _take_cells(reading, table, line, "unplaced")
            return above
        case "untouched":
            _take_cells(reading, table, line, "nil")
            return above
        case "template":
            reading.ask(
                "template_row",
                "Die Zeile wurde als unveränderte Vorlage übergangen; bitte prüfen, dass sie kein Programm nennt.",
                line.place,
                found=_own_texts(table, line),
            )
            _take_cells(reading, table, line, "nil")
            return above
        case "fehlanzeige":
            reading.fehlanzeigen.extend(
                (line.row, column) for column in line.own if is_fehlanzeige(line.texts[column], reading.codes)
            )
        case "note":
            reading.ask(
                "note_in_table",
                f"Zeile {line.row} wurde als Anmerkung gelesen; bitte prüfen, dass sie kein Programm nennt.",
                line.place,
                found=_own_texts(table, line),
            )
        case "section":
            reading.sections.append((line.row, line.texts[line.own[0]]))
        case "footer":
            return None
        case "header" | "context":
            _take_cells(reading, table, line, kind)
            return above
    _take_cells(reading, table, line, "context")
    return None if kind in ("section", "note") else above


def _own_texts(table: Table, line: Line) -> str:
    """What a row says, for a question about it: its own texts but those of persons."""
    texts = (line.texts[number] for number in line.own if field_of(table, number) != "contact")
    return "; ".join(texts)


def _take_cells(reading: SheetReading, table: Table, line: Line, taken_as: str) -> None:
    """Takes a row that names no programme: contacts are withheld, "k. A." and "Fehlanzeige" are nil."""
    for column in line.own:
        text, name = line.texts[column], field_of(table, column)
        if name == "contact" and taken_as != "header":
            reading.take((line.row, column), "withheld", name)
        elif taken_as != "header" and _says_nothing(reading, text):
            reading.take((line.row, column), "nil", name)
        elif taken_as != "context" or name or len(line.own) == 1 or _is_known(reading, table, column, text):
            reading.take((line.row, column), taken_as, name)


def _says_nothing(reading: SheetReading, text: str) -> bool:
    return answers.is_nil(text, reading.codes) or is_fehlanzeige(text, reading.codes)


def _is_known(reading: SheetReading, table: Table, column: int, text: str) -> bool:
    """Whether a cell outside the known columns is a number or a note, rather than something unheard of."""
    known = table.columns.get(column)
    is_number = known is not None and known.is_numbering
    return is_number or answers.is_numbering([text]) or answers.is_note(text) or answers.is_total(text)


def _record(reading: SheetReading, table: Table, line: Line, above: Record | None) -> Record:
    ident = programme_id(reading.workbook, reading.name, line.row, table.left)
    record = Record(ident, line.row, line.place, table.columns_by_field)
    take_texts(reading, table, line, record)
    if "title" not in line.fields and "title" in table.fields.values():
        reading.ask(
            "title_missing",
            f"Zeile {line.row} nennt ein Programm ohne Titel; bitte den Titel erfragen.",
            line.place,
            field="title",
        )
    elif len(line.texts) == 1 and "title" in line.fields and _stands_apart(table, line, above):
        reading.ask(
            "lone_title",
            f"Zeile {line.row} steht abgesetzt und nennt nur einen Titel; ist das ein Programm? Bitte klären.",
            line.place,
            field="title",
            found=line.fields["title"],
        )
    if (
        above is not None
        and "office" in above.texts
        and "office" not in record.texts
        and "office" in table.columns_by_field
    ):
        reading.ask(
            "value_only_above",
            f"In Zeile {line.row} fehlt das Amt; gilt das der Zeile darüber? Bitte klären.",
            line.place,
            field="office",
            expected=above.texts["office"],
        )
    reading.records.append(record)
    return record


def _stands_apart(table: Table, line: Line, above: Record | None) -> bool:
    return line.gap or (above is None and line.row > table.header_bottom + 1)


def _shares_title(reading: SheetReading, table: Table, line: Line, above: Record) -> bool:
    """Whether the title of the row above is merged down into this row: still the same programme."""
    if not reading.grid.is_merged(line.row):
        return False
    anchors = {
        reading.grid.anchor((line.row, number))
        for number, column in table.columns.items()
        if column.field == "title"
    }
    return any(
        anchor[0] < line.row and "title" in above.texts and anchor == above.place_of("title")
        for anchor in anchors
    )


def _extend(reading: SheetReading, table: Table, line: Line, record: Record) -> Record:
    """Adds a further row to the programme whose title is merged over several rows."""
    reading.ask(
        "merged_title",
        f"Der Titel ist verbunden; Zeile {line.row} wurde zum selben Programm gezählt, bitte bestätigen.",
        line.place,
        found=record.texts["title"],
    )
    more = Record(record.programme_id, line.row, line.place, table.columns_by_field)
    take_texts(reading, table, line, more)
    for name, text in more.texts.items():
        if name not in record.texts or record.place_of(name) != more.place_of(name):
            append_text(record, name, text, more.place_of(name))
    return record


def _continue(reading: SheetReading, table: Table, line: Line, record: Record) -> Record:
    """Adds a row with a single text to the programme of the row above."""
    column = line.own[0]
    name = field_of(table, column) or "remarks"
    reading.ask(
        "continuation_row",
        f"Zeile {line.row} wurde als Fortsetzung von Zeile {record.row} gelesen; bitte bestätigen.",
        line.place,
        field=name,
        found=line.texts[column],
    )
    append_text(record, name, line.texts[column], (line.row, column))
    reading.take((line.row, column), "placed", name, record.programme_id)
    return record


def _take_unknown_columns(reading: SheetReading, table: Table, left: dict[int, list[int]]) -> None:
    """Takes what stands in columns that were not recognised; one doubt per column, not per cell."""
    grid = reading.grid
    for number, rows in left.items():
        places = [(row, number) for row in rows]
        column = table.columns.get(number)
        is_numbering = (
            column.is_numbering if column else answers.is_numbering([grid.own(place) for place in places])
        )
        unknown: list[Place] = []
        for place in places:
            if column is not None and column.field == "contact":
                reading.take(place, "withheld", "contact")
            elif grid.is_covered(place):
                reading.ask(
                    "hidden_under_merge",
                    "Unter verbundenen Zellen steht ein verdeckter Wert; bitte klären, ob er gelten soll.",
                    place,
                    found=grid.own(place),
                )
                reading.take(place, "unplaced", column.field if column else None)
            elif answers.is_nil(grid.own(place), reading.codes):
                reading.take(place, "nil")
            elif is_numbering:
                reading.take(place, "context")
            else:
                reading.take(place, "unplaced")
                unknown.append(place)
        if unknown and column is None:
            reading.ask(
                "column_without_heading",
                f"Spalte {column_letter(number)} hat keine Überschrift; bitte klären, was dort steht.",
                unknown[0],
                found=grid.own(unknown[0]),
            )
        elif unknown and column is not None:
            reading.ask(
                "unknown_column",
                f"Die Spalte „{column.heading[:60]}“ ist unbekannt; bitte sie in codelists/headers.csv zuordnen.",
                (table.header_bottom, number),
                found=column.heading,
            )
