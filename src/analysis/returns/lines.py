"""What one filled row of a table's body is: a programme, or one of the many things that are none."""

import re
from dataclasses import dataclass
from typing import Final

from ..codelists import CodeLists
from ..dezernate import match_dezernat
from . import answers
from .fehlanzeigen import is_fehlanzeige
from .grid import Grid, Place
from .looks import PLAIN, Look, look_at
from .tables import CORE, NAMING, Column, Table

SUBSTANCE: Final = CORE | {"partners"}
_OFFICE_HEADING: Final = re.compile(
    r"^(?:amt|referat|abteilung|dezernat|dez\.|fachbereich|stadt\w*amt|\w+amt)\b|^\d{2,3}(?:/\d+)?\s*[-–:]?\s+\S*(?:amt|betrieb)",
    re.IGNORECASE,
)
# "JHP = Jugendhilfeplanung", "x = in Planung", "k. A. = keine Angabe".
_ABBREVIATION: Final = re.compile(
    r"(?:[^\s=]{1,4}|[^=]{0,8}[A-ZÄÖÜ][^=]{0,8}[A-ZÄÖÜ.][^=]{0,4}|\w[^=]{0,8}\.)\s*=\s*\S"
)
# "grau hinterlegt: beendet", "kursiv = geplant".
_COLOURS: Final = re.compile(
    r"(?:grau|rot|gelb|grün|blau|orange|kursiv|fett|farbig|schraffiert|durchgestrichen)(?:e[nrs]?)?\b.{0,30}"
    r"(?:[=:]|hinterlegt|markiert|unterlegt|gedruckt|schrift)",
    re.IGNORECASE,
)
_LEGEND_HEADING: Final = re.compile(
    r"(?:legende|abkürzung(?:en|sverzeichnis)|erläuterung(?:en)?|zeichenerklärung|erklärung|anmerkung(?:en)?|hinweise?)\b"
    r"(?:\s+\S+){0,3}\s*:?\s*$",
    re.IGNORECASE,
)
_LONGEST_LEGEND: Final = 20
# A sentence ends in a word, not in "u. a." or "e. V.".
_SENTENCE: Final = re.compile(r"(?:\S+\s+){3,}\(?[^\W\d_]{4,}[)“\"]?[.!]")
_SAYS_OF_ALL: Final = re.compile(
    r"(?:die|diese[rs]?|der|das|alle|sämtliche|weitere|einige|mehrere|nicht|für|zu[rm]?|bei|es|eine|im|in|hier|auf|nur)\s"
    r".*\b(?:ist|sind|wird|werden|wurden?|hat|haben|kann|können|sollen?|gilt|gelten|liegt|liegen|enthält|umfasst|fehlt|fehlen)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Line:
    """One filled row of a table's body.

    `texts` holds what its columns say, values merged down from above included; `own` are the columns that say it in
    this very row; `looks` are the texts that are not plainly answers; `fields` are the fields that the row really
    tells, without "k. A." and the like.
    """

    row: int
    texts: dict[int, str]
    own: tuple[int, ...]
    looks: dict[int, Look]
    fields: dict[str, str]
    gap: bool
    start: int | None = None

    @property
    def first(self) -> int:
        """The first column that says something."""
        return next(iter(self.texts))

    @property
    def place(self) -> Place:
        """The cell to name in a question about the row."""
        return (self.row, self.own[0] if self.own else self.first)

    @property
    def substance(self) -> frozenset[str]:
        """The fields that only a programme has."""
        return SUBSTANCE & self.fields.keys()

    def is_nil(self, column: int) -> bool:
        """Whether a column says that there is nothing to say."""
        return column in self.looks and self.looks[column].is_nil


def read_line(grid: Grid, table: Table, row: int, previous: int, codes: CodeLists) -> Line | None:
    """One row of the body; None where the row itself says nothing."""
    texts, own = grid.texts[row], grid.rows[row]
    if table.is_beside_another:
        texts = {column: text for column, text in texts.items() if table.left <= column <= table.right}
        own = tuple(texts)
    if not texts:
        return None
    start = None
    if grid.is_merged(row):
        texts = dict(sorted((texts | _merged_texts(grid, table, row)).items()))
    elif row not in grid.odd_rows:
        start = grid.index((row, own[0]))
    is_clear = start is not None and row not in grid.doubtful_rows
    open_columns = _deciding(table, texts) if is_clear else texts
    looks = {column: look for column in open_columns if (look := look_at(texts[column], codes)) is not PLAIN}
    fields: dict[str, str] = {}
    for column, text in texts.items():
        name = table.fields.get(column)
        if name is not None and name not in fields and not (column in looks and looks[column].is_nil):
            fields[name] = text
    return Line(row, texts, own, looks, fields, row - previous > 1, start)


def _deciding(table: Table, texts: dict[int, str]) -> list[int]:
    """The texts that can make something else of a row without doubt: a total, a number or a report of none."""
    first, title = next(iter(texts)), table.columns_by_field.get("title", 0)
    columns = [title] if title in texts else []
    if first != title and not texts[first][0].isdigit():  # as no total begins
        columns.append(first)
    return columns


def _merged_texts(grid: Grid, table: Table, row: int) -> dict[int, str]:
    """What is merged down into a row from the rows of the body above it."""
    texts = {}
    for number in table.columns:
        top, left = grid.anchor((row, number))
        if table.header_bottom < top < row and left == number and (text := grid.own((top, left))):
            texts[number] = text
    return texts


def field_of(table: Table, number: int) -> str | None:
    """The field of a column of the table, None where there is none."""
    return table.fields.get(number)


def classify(line: Line, table: Table, grid: Grid, has_above: bool, codes: CodeLists) -> str:
    """What a row is: the first rule that holds tells, and where none does, it is a programme.

    One of header, context, untouched, template, fehlanzeige, footer, section, prefilled (nothing that only a programme
    has), note, more (the programme above goes on), stray (nobody knows what it belongs to), programme. `has_above`
    tells that a programme stands above, with no section, note or footer between.
    """
    if is_plain_programme(line, table):
        return "programme"
    return _classify_slowly(line, table, grid, has_above, codes)


def is_plain_programme(line: Line, table: Table) -> bool:
    """Whether a row is a programme at a glance: it says much, and nothing in it looks like anything else.

    The short way of `classify`: where it is true, `_classify_slowly` gives the same answer (`tests/test_lines.py`).
    """
    title = table.columns_by_field.get("title")
    if title is None or title not in line.own or title in line.looks or len(line.own) < 4:
        return False
    text = line.texts[title]
    if text.startswith("(") or " ".join(text.split()) == table.columns[title].heading:
        return False
    if not line.looks:
        return True
    leading = line.looks.get(line.first, PLAIN)
    return not leading.is_total and not any(look.is_template for look in line.looks.values())


def _classify_slowly(line: Line, table: Table, grid: Grid, has_above: bool, codes: CodeLists) -> str:
    """All the rules of `classify`, in their order."""
    own = [line.texts[column] for column in line.own]
    leading = line.texts[line.first]
    if _repeats_header(line, table):
        return "header"
    if answers.counts_up(own) or (
        len(own) == 1 and answers.is_numbering(own) and _is_numbering(table.columns.get(line.own[0]))
    ):
        return "context"
    if all(text.startswith("(") and text.endswith(")") for text in own):
        return "context"
    if all(answers.is_template(text) or answers.is_nil(text, codes) for text in own) and any(
        map(answers.is_template, own)
    ):
        return "untouched"
    if _is_template(line, table):
        return "template"
    if answers.is_total(leading) and all(
        text[0].isdigit() or answers.is_nil(text, codes) for text in own if text != leading
    ):
        return "context"
    if _is_fehlanzeige(line, codes):
        return "fehlanzeige"
    if _is_footer(line, table):
        return "footer"
    if _is_section(line, table, grid, codes):
        return "section"
    if not line.substance and not (has_above and not line.gap and line.fields.keys() == {"remarks"}):
        return "prefilled"
    is_apart = line.gap or not has_above
    if _is_note(line, table, grid, is_apart):
        return "note"
    if not is_apart and len(line.texts) == 1 and own[0][0].islower() and len(grid.rows[line.row - 1]) > 1:
        return "more"  # the second line of a title
    if "title" not in line.fields and len(line.substance) <= 1:
        if has_above and not line.gap and len(own) == 1:
            return "more"
        return "programme" if "description" in line.fields else "stray"
    return "programme"


def _is_numbering(column: Column | None) -> bool:
    return column is None or column.is_numbering


def _repeats_header(line: Line, table: Table) -> bool:
    return len(line.texts) > 1 and all(
        number in table.columns and " ".join(text.split()) == table.columns[number].heading
        for number, text in line.texts.items()
    )


def _is_template(line: Line, table: Table) -> bool:
    marked = [number for number, text in line.texts.items() if answers.is_template(text)]
    if len(marked) * 2 > len(line.texts):
        return True
    return any(
        number == line.first or field_of(table, number) == "title" or _is_numbering(table.columns.get(number))
        for number in marked
    )


def _is_fehlanzeige(line: Line, codes: CodeLists) -> bool:
    """Whether a row reports none: a wording of it, and nothing that only a programme has."""
    return all(is_fehlanzeige(line.fields[name], codes) for name in line.substance) and any(
        is_fehlanzeige(line.texts[column], codes) for column in line.own
    )


def _is_footer(line: Line, table: Table) -> bool:
    """Whether a row is a label with its value below a table: "Bearbeitet von:", "Datum:"."""
    label = line.texts[line.own[0]]
    is_label = label.endswith(":") or (answers.is_note(label) and line.own[0] == line.first)
    if not is_label or len(line.own) > 3:
        return False
    in_title = field_of(table, line.own[0]) in NAMING
    return line.gap if in_title else len(line.substance) <= 1


def _is_section(line: Line, table: Table, grid: Grid, codes: CodeLists) -> bool:
    """Whether a row is a heading between the rows: merged over most of the table, or an office standing alone."""
    if len(line.own) != 1:
        return False
    column = line.own[0]
    span = grid.spans.get((line.row, column))
    if span is not None and span.top == span.bottom:
        return span.right - span.left + 1 > max(1, len(table.columns) // 2)
    text = line.texts[column]
    alone = len(line.texts) == 1 and (
        field_of(table, column) == "title" or _is_numbering(table.columns.get(column))
    )
    return alone and len(text) <= 100 and bool(_OFFICE_HEADING.match(text) or match_dezernat(text, codes))


def _is_note(line: Line, table: Table, grid: Grid, is_apart: bool) -> bool:
    """Whether a row is a note, a sentence or a line of a legend, and not a programme of which only the title is known.

    `is_apart` tells that no row of the table stands directly above.
    """
    if len(line.own) <= 2 and _is_under_legend(line, table, grid):
        return True
    if len(line.own) != 1:
        return False
    text = line.texts[line.own[0]]
    if answers.is_note(text) or (line.gap and (len(text) > 80 or text.endswith((".", "!", ":")))):
        return True
    if len(line.texts) != 1 or len(table.fields) < 2 or field_of(table, line.own[0]) != "title":
        return False  # a list of nothing but titles may well hold sentences
    is_legend = _ABBREVIATION.match(text) or _COLOURS.match(text) or _LEGEND_HEADING.match(text)
    return bool(is_legend or _SENTENCE.fullmatch(text) or (is_apart and _SAYS_OF_ALL.match(text)))


def _is_under_legend(line: Line, table: Table, grid: Grid) -> bool:
    """Whether a heading such as "Legende:" stands alone above the row, with no empty row between them."""
    for row in range(line.row - 1, max(table.header_bottom, line.row - _LONGEST_LEGEND), -1):
        columns = grid.rows.get(row, ())
        if not 0 < len(columns) <= 2:
            return False
        if len(columns) == 1 and _LEGEND_HEADING.match(grid.own((row, columns[0]))):
            return True
    return False
