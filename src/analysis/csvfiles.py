"""CSV as people save it: comma, semicolon or tab; UTF-8 with or without BOM, or cp1252 as German Excel does."""

import csv
import io
from pathlib import Path

from .problems import InputError


def decode(data: bytes) -> str:
    """The text of a CSV file: UTF-8 where it is valid UTF-8, else cp1252 (five bytes of it mean nothing)."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """One item per filled row: the line it begins in and its values by column, stripped; missing columns are an error.

    Lines that begin with # are comments of the analyst. Raises: InputError with file, line and column.
    """
    text = decode(path.read_bytes())
    header = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names: list[str] = []
    rows: list[tuple[int, dict[str, str]]] = []
    line = next_line = 1
    try:
        for values in reader:
            line, next_line = next_line, reader.line_num + 1
            cells = [value.strip() for value in values]
            if not any(cells) or cells[0].startswith("#"):
                continue
            if not names:
                names = cells
                missing = [column for column in columns if column not in names]
                if missing:
                    raise InputError(
                        f"{path}, Zeile {line}: Die Spalte „{missing[0]}“ fehlt; "
                        f"erwartet werden {', '.join(columns)}. Bitte die Kopfzeile ergänzen."
                    )
                double = [name for name in names if name and names.count(name) > 1]
                if double:
                    raise InputError(
                        f"{path}, Zeile {line}: Die Spalte „{double[0]}“ steht zweimal in der Kopfzeile. "
                        "Bitte eine davon umbenennen."
                    )
                continue
            if len(cells) > len(names) and any(cells[len(names) :]):
                raise InputError(
                    f"{path}, Zeile {line}: {len(cells)} Werte, aber {len(names)} Spalten. "
                    "Bitte Werte, die das Trennzeichen enthalten, in Anführungszeichen setzen."
                )
            padded = cells + [""] * (len(names) - len(cells))
            rows.append((line, dict(zip(names, padded, strict=False))))
    except csv.Error as error:
        raise InputError(
            f"{path}, Zeile {next_line}: Die Zeile ist nicht lesbar ({error}). "
            "Bitte die Anführungszeichen prüfen."
        ) from error
    if not names:
        raise InputError(f"{path}: Die Datei ist leer; erwartet wird die Kopfzeile {', '.join(columns)}.")
    return rows
