"""Reads the body of a table: which rows name a programme, and what the others are."""

from ..workbooks import column_letter
from . import answers
from .grid import Grid, Place
from .readings import Record, SheetReading, programme_id
from .tables import CORE, Column, Table


def read_table(reading: SheetReading, table: Table) -> None:
    """Takes every cell of a table; adds a record per row that names a programme."""
    grid = reading.grid
    for row in range(table.top, table.header_bottom + 1):
        for column in grid.rows.get(row, ()):
            reading.take((row, column), "header", _field(table.columns.get(column)))
    above: Record | None = None
    gap = False
    previous = table.header_bottom
    for row in range(table.header_bottom + 1, table.bottom + 1):
        columns = _filled(grid, table, row)
        if not columns:
            _take_valueless(reading, table, row)
            continue
        gap = row - previous > 1
        previous = row
        above = _read_row(reading, table, row, columns, above, gap)
    _report_columns(reading, table)


def _filled(grid: Grid, table: Table, row: int) -> list[int]:
    """The columns of a row that say something, values merged down from above included."""
    columns = set(grid.rows.get(row, ()))
    if not columns:
        return []
    for number in table.columns:
        place = grid.anchor((row, number))
        if (
            place != (row, number)
            and place[1] == number
            and grid.text(place)
            and place[0] > table.header_bottom
        ):
            columns.add(number)
    return sorted(columns)


def _take_valueless(reading: SheetReading, table: Table, row: int) -> None:
    for number in table.columns:
        cell = reading.grid.cells.get((row, number))
        if cell is not None and cell.kind == "formula":
            reading.take((row, number), "nil", _field(table.columns[number]))


def _read_row(
    reading: SheetReading, table: Table, row: int, columns: list[int], above: Record | None, gap: bool
) -> Record | None:
    """Takes one filled row of a table's body; returns the record that the next row may continue."""
    grid = reading.grid
    own = [column for column in columns if (row, column) in grid.texts]
    texts = {column: grid.text((row, column)) for column in columns}
    first = texts[columns[0]]
    fields = _fields_of(reading, table, texts)
    core = [name for name in fields if name in CORE or name == "partners"]
    title_columns = [number for number, column in table.columns.items() if column.field == "title"]
    title = next((texts[number] for number in title_columns if texts.get(number)), "")

    if _repeats_header(table, texts):
        return _take_row(reading, row, own, "header", above)
    if answers.is_numbering([texts[column] for column in own]) and (len(own) > 1 or _numbers(table, own)):
        return _take_row(reading, row, own, "context", above)
    if _is_template_row(table, texts, title or first):
        reading.ask(
            "template_row",
            "Diese Zeile wurde als unveränderte Vorlagenzeile übergangen; bitte prüfen, dass sie kein Programm nennt.",
            (row, own[0] if own else columns[0]),
            found=(title or first)[:200],
        )
        return _take_row(reading, row, own, "nil", above)
    if answers.is_total(first) and not any(
        name in fields for name in ("sozialraum", "target_groups", "description")
    ):
        return _take_row(reading, row, own, "context", above)
    if any(answers.is_fehlanzeige(texts[column], reading.codes) for column in own) and (
        not core
        or (all(
            answers.is_fehlanzeige(fields[name][0], reading.codes)
            for name in core
            if name in ("title", "description")
        )
        and not ({"target_groups", "sozialraum"} & set(core)))
    ):
        return _take_fehlanzeige_row(reading, table, row, own, texts)
    if _is_section(reading, table, row, own):
        reading.sections.append((row, first))
        return _take_row(reading, row, own, "context", None)
    if not core:
        return _take_row_without_core(reading, table, row, own, texts, above)
    if len(own) == 1 and (answers.is_note(texts[own[0]]) or (gap and _reads_like_a_note(texts[own[0]]))):
        return _take_row(reading, row, own, "context", None)
    if "title" not in fields and "description" not in fields and len(core) == 1:
        return _continue(reading, table, row, own, texts, above, gap)
    if above is not None and _shares_title(reading, table, row, above):
        return _extend(reading, table, row, columns, texts, above)
    return _record(reading, table, row, columns, texts, above, gap)


def _fields_of(reading: SheetReading, table: Table, texts: dict[int, str]) -> dict[str, list[str]]:
    """The texts of a row by field, without what says nothing."""
    fields: dict[str, list[str]] = {}
    for number, text in texts.items():
        name = _field(table.columns.get(number))
        if name and (not answers.is_nil(text, reading.codes) or answers.is_fehlanzeige(text, reading.codes)):
            fields.setdefault(name, []).append(text)
    return fields


def _numbers(table: Table, own: list[int]) -> bool:
    column = table.columns.get(own[0])
    return column is None or column.is_numbering


def _repeats_header(table: Table, texts: dict[int, str]) -> bool:
    same = [
        number in table.columns and " ".join(text.split()) == table.columns[number].heading
        for number, text in texts.items()
    ]
    return len(same) > 1 and all(same)


def _is_template_row(table: Table, texts: dict[int, str], leading: str) -> bool:
    if answers.is_template(leading):
        return True
    marked = [answers.is_template(text) for number, text in texts.items()]
    numbers = [
        text
        for number, text in texts.items()
        if number in table.columns and table.columns[number].is_numbering
    ]
    return sum(marked) * 2 > len(marked) or any(answers.is_template(text) for text in numbers)


def _reads_like_a_note(text: str) -> bool:
    return len(text) > 80 or text.rstrip().endswith((".", "!", ":")) or answers.is_note(text)


def _take_row(
    reading: SheetReading, row: int, columns: list[int], taken_as: str, above: Record | None
) -> Record | None:
    for column in columns:
        reading.take((row, column), taken_as)
    return above


def _take_fehlanzeige_row(
    reading: SheetReading, table: Table, row: int, own: list[int], texts: dict[int, str]
) -> None:
    for column in own:
        if answers.is_fehlanzeige(texts[column], reading.codes):
            reading.take((row, column), "nil", _field(table.columns.get(column)))
            reading.fehlanzeigen.append((row, column))
        elif _field(table.columns.get(column)) == "contact":
            reading.take((row, column), "withheld", "contact")
        else:
            nil = answers.is_nil(texts[column], reading.codes)
            reading.take((row, column), "nil" if nil else "context", _field(table.columns.get(column)))


def _take_row_without_core(
    reading: SheetReading, table: Table, row: int, own: list[int], texts: dict[int, str], above: Record | None
) -> Record | None:
    """A row without title, place, group or year: section headings, notes, prefilled and empty rows."""
    for column in own:
        name = _field(table.columns.get(column))
        text = texts[column]
        if answers.is_nil(text, reading.codes):
            reading.take((row, column), "nil", name)
        elif name == "contact":
            reading.take((row, column), "withheld", "contact")
        elif name is not None or len(own) == 1 or answers.is_note(text) or answers.is_numbering([text]):
            reading.take((row, column), "context", name)
    return above


def _continue(
    reading: SheetReading,
    table: Table,
    row: int,
    own: list[int],
    texts: dict[int, str],
    above: Record | None,
    gap: bool,
) -> Record | None:
    """A row that only goes on with one field of the row above it; asked about, and else not understood."""
    column = (
        next(number for number in own if _field(table.columns.get(number)) in CORE | {"partners"})
        if own
        else 0
    )
    name = _field(table.columns.get(column))
    if above is None or gap or name is None or len(own) > 1:
        reading.ask(
            "row_not_understood",
            f"Zeile {row} nennt weder Titel noch Beschreibung; bitte klären, zu welchem Programm sie gehört.",
            (row, own[0] if own else 1),
            found="; ".join(texts[number] for number in own)[:200],
        )
        for number in own:
            if _field(table.columns.get(number)) == "contact":
                reading.take((row, number), "withheld", "contact")
            else:
                reading.take((row, number), "unplaced", _field(table.columns.get(number)))
        return above
    reading.ask(
        "continuation_row",
        f"Zeile {row} wurde als Fortsetzung von Zeile {above.row} gelesen; bitte bestätigen.",
        (row, column),
        field=name,
        found=texts[column][:200],
    )
    above.texts[name] = "\n".join(filter(None, (above.texts.get(name), texts[column])))
    above.places.setdefault(name, (row, column))
    reading.take((row, column), "placed", name, above.programme_id)
    return above


def _record(
    reading: SheetReading,
    table: Table,
    row: int,
    columns: list[int],
    texts: dict[int, str],
    above: Record | None,
    gap: bool,
) -> Record:
    record = Record(programme_id(reading.workbook, reading.name, row), row)
    _take_texts(reading, table, row, columns, texts, record)
    if "title" not in record.texts:
        reading.ask(
            "title_missing",
            f"Zeile {row} nennt ein Programm ohne Titel; bitte den Titel erfragen.",
            (row, columns[0]),
            field="title",
        )
    elif gap and len(columns) == 1:
        reading.ask(
            "lone_title",
            f"Zeile {row} steht abgesetzt und nennt nur einen Titel; bitte klären, ob sie ein Programm nennt.",
            (row, columns[0]),
            field="title",
            found=record.texts["title"][:200],
        )
    reading.records.append(record)
    return record


def _take_texts(
    reading: SheetReading, table: Table, row: int, columns: list[int], texts: dict[int, str], record: Record
) -> None:
    grid = reading.grid
    for column in columns:
        place = grid.anchor((row, column))
        name = _field(table.columns.get(column))
        if name is None:
            continue
        text = texts[column]
        cell = grid.cells.get(place)
        if name == "contact":
            reading.take(place, "withheld", "contact", record.programme_id)
            continue
        if cell is not None and cell.kind == "error":
            reading.ask(
                "error_value",
                "Die Zelle zeigt einen Rechenfehler; bitte beim Dezernat den Wert erfragen.",
                place,
                field=name,
                found=text,
            )
            reading.take(place, "unplaced", name, record.programme_id)
            continue
        nil = answers.is_nil(text, reading.codes)
        reading.take(place, "nil" if nil else "placed", name, record.programme_id)
        _add_text(reading, record, name, text, place, nil)


def _shares_title(reading: SheetReading, table: Table, row: int, above: Record) -> bool:
    """Whether the title of the row above is merged down into this row: still the same programme."""
    grid = reading.grid
    return any(
        column.field == "title"
        and grid.anchor((row, number)) == above.places.get("title")
        and grid.anchor((row, number))[0] < row
        for number, column in table.columns.items()
    )


def _extend(
    reading: SheetReading, table: Table, row: int, columns: list[int], texts: dict[int, str], record: Record
) -> Record:
    """Adds a further line to the programme whose title is merged over several rows."""
    reading.ask(
        "merged_title",
        f"Der Titel ist über mehrere Zeilen verbunden; Zeile {row} wurde zum selben Programm gezählt, bitte bestätigen.",
        (row, columns[0]),
        found=record.texts["title"][:200],
    )
    lines = Record(record.programme_id, row)
    _take_texts(reading, table, row, columns, texts, lines)
    for name, text in lines.texts.items():
        if record.places.get(name) != lines.places[name]:
            record.texts[name] = "\n".join(filter(None, (record.texts.get(name), text)))
            record.places.setdefault(name, lines.places[name])
    return record


def _is_section(reading: SheetReading, table: Table, row: int, own: list[int]) -> bool:
    """Whether a row holds one text merged over most of the table: a heading between the rows."""
    if len(own) != 1:
        return False
    span = reading.grid.spans.get((row, own[0]))
    return (
        span is not None
        and span.top == span.bottom
        and span.right - span.left + 1 > max(1, len(table.columns) // 2)
    )


def _add_text(reading: SheetReading, record: Record, name: str, text: str, place: Place, nil: bool) -> None:
    present = record.texts.get(name)
    if present is None or answers.is_nil(present, reading.codes):
        record.texts[name] = text
        record.places[name] = place
    elif not nil and present != text:
        record.texts[name] = f"{present}; {text}"
        record.doubtful.add(name)


def _report_columns(reading: SheetReading, table: Table) -> None:
    """Takes what stands in columns that were not recognised; one doubt per column, not per cell."""
    grid = reading.grid
    left: dict[int, list[Place]] = {}
    for row in range(table.header_bottom + 1, table.bottom + 1):
        for column in grid.rows.get(row, ()):
            if (row, column) not in reading.taken:
                left.setdefault(column, []).append((row, column))
    for number, places in left.items():
        column = table.columns.get(number)
        texts = [grid.texts[place] for place in places]
        for place in places:
            text = grid.texts[place]
            covered = grid.is_covered(place)
            if covered:
                reading.take(place, "unplaced", _field(column))
                reading.ask(
                    "hidden_under_merge",
                    "Unter verbundenen Zellen steht ein verdeckter Wert; bitte klären, ob er gelten soll.",
                    place,
                    found=text[:200],
                )
            elif answers.is_nil(text, reading.codes):
                reading.take(place, "nil")
            elif column.is_numbering if column else answers.is_numbering(texts):
                reading.take(place, "context")
        open_places = [place for place in places if place not in reading.taken]
        if not open_places:
            continue
        for place in open_places:
            reading.take(place, "unplaced")
        letter = column_letter(number)
        if column is None:
            reading.ask(
                "column_without_heading",
                f"Spalte {letter} hat keine Überschrift; bitte klären, was dort steht.",
                open_places[0],
                found=grid.texts[open_places[0]][:200],
            )
        else:
            reading.ask(
                "unknown_column",
                f"Die Spalte „{column.heading}“ ist unbekannt; bitte die Schreibweise in codelists/headers.csv einem Feld zuordnen.",
                (table.header_bottom, number),
                found=column.heading[:200],
            )


def _field(column: Column | None) -> str | None:
    return column.field if column else None
