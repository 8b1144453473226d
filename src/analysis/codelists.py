"""Code lists: what varies from city to city and from year to year, as CSV that an analyst can extend.

The package's own lists lie in `codelists/`; a survey folder's `codelists/` holds rows that extend them or
override the row with the same key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from .csvfiles import read_rows
from .problems import InputError

Row = Mapping[str, str]


@dataclass(frozen=True)
class ListShape:
    """What one code list holds: its columns, and the columns that together may occur only once."""

    columns: tuple[str, ...]
    key: tuple[str, ...]


SHAPES: Final[dict[str, ListShape]] = {
    # Spellings of column headings and the field they mean (empty: none of the fields).
    "headers": ListShape(columns=("text", "field"), key=("text",)),
    # The target groups: code, label and the paper's category.
    "target_groups": ListShape(columns=("code", "label", "category"), key=("code",)),
    # Words that name target groups.
    "target_group_words": ListShape(columns=("text", "codes"), key=("text",)),
    # The city's official parts.
    "stadtteile": ListShape(
        columns=("stadtbezirk_nr", "stadtbezirk", "stadtteil_nr", "stadtteil"), key=("stadtteil_nr",)
    ),
    # The programme areas of "Lebenswerte Veedel".
    "sozialraumgebiete": ListShape(
        columns=("nr", "sozialraumgebiet", "stadtbezirk_nr", "stadtteil_nrn"), key=("nr",)
    ),
    # Other names of places, and quarters that are in no official list.
    "places": ListShape(columns=("text", "stadtbezirk_nr", "stadtteil_nr", "is_certain"), key=("text",)),
    # Words around the names of places and what they do to them.
    "place_words": ListShape(columns=("text", "role"), key=("text",)),
    # The Dezernate and the ways to write them.
    "dezernate": ListShape(columns=("text", "dezernat"), key=("text",)),
    # Wordings of a cell that names nothing: nil (nothing to say here) or fehlanzeige (a report of none).
    "answers": ListShape(columns=("text", "meaning"), key=("text",)),
    # Laws and reforms that everybody knows, with the year that counts.
    "events": ListShape(columns=("text", "year", "source"), key=("text",)),
    # The words around a start year and what they do to it ("*" stands for any letters).
    "start_words": ListShape(columns=("text", "means"), key=("text",)),
    # Words that make it likely that a programme serves a group it does not name.
    "implied_groups": ListShape(columns=("text", "target_group", "reason"), key=("text",)),
    # Answers to the question for partners that name none.
    "partner_answers": ListShape(columns=("text", "answer"), key=("text",)),
    # Hard words of the page in plain language and what they mean.
    "plain_words": ListShape(columns=("word", "explanation"), key=("word",)),
}

PACKAGE_FOLDER: Final = Path(__file__).parent / "codelists"


@dataclass(frozen=True, eq=False)
class CodeLists:
    """All code lists by name; compared and hashed by identity, so that parsers can cache what they compile."""

    lists: Mapping[str, tuple[Row, ...]]

    def __getitem__(self, name: str) -> tuple[Row, ...]:
        """One item per row of the list called `name`, in the order of the file."""
        return self.lists[name]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        """One row per list: what it is called in `codes[…]`, how many rows it has, their columns."""
        import pandas as pd

        from .publish.display import Table

        rows = [(name, len(rows), ", ".join(rows[0]) if rows else "") for name, rows in self.lists.items()]
        frame = pd.DataFrame(rows, columns=["Liste", "Zeilen", "Spalten"])
        return Table(frame, caption="Codelisten der Abfrage")._repr_mimebundle_()


@cache
def package_codes() -> CodeLists:
    """The package's own code lists, read once."""
    return CodeLists(
        MappingProxyType(
            {name: tuple(_read(PACKAGE_FOLDER / f"{name}.csv", name).values()) for name in SHAPES}
        )
    )


def read_codes(folder: Path) -> CodeLists:
    """The package's code lists with the rows of `folder` in them; the package's own where there is no folder.

    Raises: InputError for a list nobody knows, a missing column or a double code.
    """
    if not folder.is_dir():
        return package_codes()
    merged = dict(package_codes().lists)
    for path in sorted(folder.glob("*.csv")):
        name = path.stem
        if name not in SHAPES:
            raise InputError(
                f"{path}: Diese Codeliste kennt das Programm nicht; es kennt {', '.join(sorted(SHAPES))}. "
                "Bitte die Datei umbenennen oder entfernen."
            )
        shape = SHAPES[name]
        rows = {tuple(row[column] for column in shape.key): row for row in merged[name]}
        merged[name] = tuple((rows | _read(path, name)).values())
    return CodeLists(MappingProxyType(merged))


def _read(path: Path, name: str) -> dict[tuple[str, ...], Row]:
    shape = SHAPES[name]
    rows: dict[tuple[str, ...], Row] = {}
    lines: dict[tuple[str, ...], int] = {}
    for line, row in read_rows(path, shape.columns):
        key = tuple(row[column] for column in shape.key)
        if not all(key):
            column = shape.key[key.index("")]
            raise InputError(
                f"{path}, Zeile {line}: „{column}“ ist leer. Bitte ausfüllen oder die Zeile entfernen."
            )
        if key in rows:
            raise InputError(
                f"{path}, Zeile {line}: „{' / '.join(key)}“ steht schon in Zeile {lines[key]}. "
                "Bitte eine der beiden Zeilen entfernen."
            )
        rows[key] = MappingProxyType(row)
        lines[key] = line
    return rows
