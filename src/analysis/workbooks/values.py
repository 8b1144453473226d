"""What the value of a cell says as text, and of which kind it is."""

import datetime
from typing import Any

from .cells import Cell

_make_cell = tuple.__new__  # spares the million cells of a large sheet a call in Python each


def read_values(sheet: Any) -> list[Cell]:
    """The cells of a python-calamine sheet that hold a value, by row and column."""
    if sheet.start is None:
        return []
    top, left = sheet.start
    cells: list[Cell] = []
    add = cells.append
    # Row by row: all rows as lists at once would double the memory.
    for row, values in enumerate(sheet.iter_rows(), start=1):
        if row <= top:
            continue
        for column, value in enumerate(values, start=left + 1):
            if value.__class__ is str:
                if value:
                    add(_make_cell(Cell, (row, column, value, "text")))
            elif value is not None:
                add(_make_cell(Cell, (row, column, *as_text(value))))
    return cells


def as_text(value: Any) -> tuple[str, str]:
    """What a value says as text, and its kind; a date is ISO text, a whole number has no decimals."""
    if value.__class__ is float:
        # Beyond 15 digits a float holds no whole number exactly; infinity and what is no number stay as they are.
        return (str(int(value)) if abs(value) < 1e15 and value.is_integer() else repr(value)), "number"
    if isinstance(value, str):
        return value, "text"
    if isinstance(value, bool):
        return ("WAHR" if value else "FALSCH"), "bool"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return (value.date().isoformat() if midnight else value.isoformat(sep=" ")), "date"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat(), "date"
    return str(value), "number"


def number_as_text(raw: str) -> tuple[str, str]:
    """A number as a file writes it; what is none is text."""
    try:
        return as_text(float(raw))
    except ValueError:
        return raw, "text"


def date_as_text(raw: str) -> tuple[str, str]:
    """A date or time of day as ISO 8601 text in a file; what is none is text."""
    text = raw.strip()
    for parse in (datetime.date.fromisoformat, datetime.datetime.fromisoformat, datetime.time.fromisoformat):
        try:
            return as_text(parse(text))
        except ValueError:
            continue
    return raw, "text"


def serial_as_text(raw: str, is_1904: bool) -> tuple[str, str]:
    """A day number in a cell whose format shows a date; source: ECMA-376 part 1, 18.17.4.1."""
    try:
        serial = float(raw)
        if 0 <= serial < 1:
            moment = datetime.datetime(1900, 1, 1) + datetime.timedelta(
                milliseconds=round(serial * 86_400_000)
            )
            return as_text(moment.time())
        if not is_1904 and serial < 60:
            serial += 1  # Excel's calendar has a 29 February 1900
        start = datetime.datetime(1904, 1, 1) if is_1904 else datetime.datetime(1899, 12, 30)
        return as_text(start + datetime.timedelta(milliseconds=round(serial * 86_400_000)))
    except (ValueError, OverflowError):
        return number_as_text(raw)
