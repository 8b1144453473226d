"""One cell of a form as a label: what it asks for, and the answers that stand in it."""

import re
from dataclasses import dataclass
from typing import Final

from . import answers
from .grid import Grid, Place
from .privacy import CONTACT
from .tables import MatchHeader

_LONGEST_LABEL: Final = 200
_LONGEST_HEAD: Final = 80
_NUMBERS: Final = re.compile(
    r"^\W*(?:\d{1,2}[.)]\s*)+|\s*(?:nr\.?\s*)?\d{1,2}\W*$|\s+[A-Z]\W*$", re.IGNORECASE
)
_LEADING: Final = re.compile(r"^\W*(?:\w{1,2}[.)]\s*)+")
_MARKS: Final = " .:*–)(-"
_LONGEST_NUMBERED: Final = 40
_NO_LABEL: Final = re.compile(r"^\W*(?:köln|ort)\W+(?:den\s+)?datum|^\W*unterschrift", re.IGNORECASE)
# What stands in brackets beside a label mostly says how to answer.
_HINT: Final = re.compile(
    r"[(\[<].*(?:zeichen|zeilen?|sätze|stichw|freitext|kreuz|auswahl|auswähl|mehrfach|pflicht|optional|bitte|kurz|angab|angeb"
    r"|z\.\s?b|tt\.|jjjj|name|nennen|falls|ggf|wenn|\?).*[)\]>]|[(\[<][\s._…-]*[)\]>]",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Label:
    """One cell that asks: its place, the last column it covers, its field (None: unknown).

    `inline` holds the answers that stand in the same cell: "Titel: Jugendtreff" is one, a cell of several lines can
    hold more. `key` is what two labels of the same wording share.
    """

    place: Place
    right: int
    field: str | None
    key: str
    inline: tuple[tuple[str, str], ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the cell asks for."""
        return frozenset(name for name, _ in self.inline) | ({self.field} if self.field else set())


def is_programme_heading(text: str, match: MatchHeader) -> bool:
    """Whether a text numbers a programme without naming it: "Maßnahme 1", "2. Programm", "Nr. 3", "4"."""
    bare = _without_number(text)
    return bare is not None and (bare.casefold() in ("", "nr") or match(bare) == "title")


def is_numbered_title(text: str, match: MatchHeader) -> bool:
    """Whether a text is a heading of the title with a number: "Maßnahme 1", but not "4"."""
    bare = _without_number(text)
    return bool(bare) and match(bare or "") == "title"


def _without_number(text: str) -> str | None:
    plain = text.strip(_MARKS)
    bare = _NUMBERS.sub("", text).strip(_MARKS) if len(text) <= _LONGEST_NUMBERED else plain
    return None if bare == plain else bare


def is_hint(text: str) -> bool:
    """Whether a text beside a label says how to answer: "(max. 5 Zeilen)", "Bitte ankreuzen"."""
    return answers.is_template(text) or bool(_HINT.fullmatch(text))


<<<<<<< /tmp/eh/core/src/analysis/returns/form_labels.py
def is_plain(table: Table) -> bool:
    """Whether the headings of a table leave no doubt: three fields, and no answers between them as between labels."""
    known = {number: column.field for number, column in table.columns.items() if column.field}
    beside = table.header_bottom > table.top or any(number + 1 in known for number in known)
    return beside and len(set(known.values())) > 2 and bool(NAMING & set(known.values()))


def _without_names(grid: Grid, labels: list[Label]) -> Iterable[Label]:
    """The labels, of which "Name" asks for a person where a title or another contact is asked for too."""
    names = {label.place for label in labels if is_name_heading(grid.text(label.place).partition(":")[0])}
    others = {label.field for label in labels if label.place not in names}
    for label in labels:
        if label.place in names and others & {"title", "contact"}:
            inline = tuple(("contact", answer) for _, answer in label.inline)
            yield replace(label, field="contact", inline=inline)
        else:
            yield label


def _rows_to_search(grid: Grid, match: MatchHeader, tables: list[Table]) -> Iterable[int]:
    """The rows in which a label can stand: all but the headings and the well filled rows of plain tables."""
    skipped: set[int] = set()
    for table in tables:
        if not is_plain(table) or _has_labels_below(grid, match, table):
            continue
        skipped.update(range(table.top, table.header_bottom + 1))
        enough = max(3, len(table.columns) // 2 + 1)
        for row in range(table.header_bottom + 1, table.bottom + 1):
            if row not in grid.rows:
                break  # below an empty row anything may begin
            if len(grid.rows[row]) >= enough:
                skipped.add(row)
    return [row for row in grid.rows if row not in skipped]


def _has_labels_below(grid: Grid, match: MatchHeader, table: Table) -> bool:
    """Whether headings with single answers are followed by further headings: boxes of a form, no table."""
    seen = {column.field for column in table.columns.values()}
    for step in _SEARCHED_BELOW:
        row = table.header_bottom + step
        columns = grid.rows.get(row, ())
        if len(columns) < 2 or row > table.bottom or not (first := match(grid.text((row, columns[0])))):
            continue
        fields = {first} | {match(grid.text((row, column))) for column in columns[1:]}
        if None not in fields and not fields & (seen | NAMING):
            return True
    return False


def _stacked_rows(grid: Grid, labels: dict[Place, Label]) -> set[int]:
    """The rows that hold nothing but labels of different fields, each with its answer below."""
    rows: dict[int, list[Label]] = {}
    for place, label in labels.items():
        if label.field and not label.inline:
            rows.setdefault(place[0], []).append(label)
    full = [row for row, found in rows.items() if len(found) == len(grid.rows[row]) and len(found) > 1]
    stacked: set[int] = set()
    for upper, lower in pairwise(full):
        over, under = (set().union(*(label.fields for label in rows[row])) for row in (upper, lower))
        if 1 < lower - upper <= 4 and not over & under and not under & NAMING and (over | under) & NAMING:
            stacked |= {upper, lower}
    headings = {frozenset(label.key for label in rows[row]) for row in stacked}
    return stacked | {row for row in full if frozenset(label.key for label in rows[row]) in headings}


def _apart(labels: dict[Place, Label]) -> set[Place]:
    """The labels that touch no other label to the left or right, as the headings of a table do.

    Beside a column of many labels, a cell that reads like one is taken for an answer.
    """
    starts = {place for place, label in labels.items() if not label.inline}
    ends = {(row, labels[row, column].right): column for row, column in starts}
    counts = Counter(column for _, column in starts)
    return {
        (row, column)
        for (row, column), label in labels.items()
        if label.inline
        or all(
            counts[other] * 2 < counts[column]
            for other in (
                label.right + 1 if (row, label.right + 1) in starts else None,
                ends.get((row, column - 1)),
            )
            if other is not None
        )
    }


def _read_label(grid: Grid, place: Place, match: MatchHeader) -> Label | None:
=======
def read_label(grid: Grid, place: Place, match: MatchHeader) -> Label | None:
    """The label that a cell may be, None where its text asks for nothing known."""
>>>>>>> /tmp/eh/n.tmp
    text = grid.text(place)
    if text.startswith(CONTACT) or _NO_LABEL.match(text) or answers.is_closing(text):
        return None
    span = grid.spans.get(place)
    right = span.right if span else place[1]
    inline = _read_inline(text, match)
    head = text.partition(":")[0]
    if any(answer for _, answer in inline):
        return Label(place, right, inline[0][0], _key(head, inline[0][0]), inline)
    field = match(text) if len(text) <= _LONGEST_LABEL else None
    if field is None and inline:
        field, text = inline[0][0], head
    if field is None and is_numbered_title(text, match):
        field = "title"
    return Label(place, right, field, _key(text, field)) if field is not None else None


def _read_inline(text: str, match: MatchHeader) -> tuple[tuple[str, str], ...]:
    """The labels in one text with the answers behind their colons; empty where it begins with none."""
    found: list[tuple[str, str]] = []
    for line in text.split("\n"):
        head, colon, answer = (part.strip() for part in line.partition(":"))
        field = match(head) if colon and head and len(head) <= _LONGEST_HEAD else None
        if colon and field is None and is_numbered_title(head, match):
            field = "title"
        if field is not None:
            asks_more = field != "contact" and (is_hint(answer) or _is_same(field, match(answer)))
            found.append((field, "" if asks_more else answer))
        elif found:
            name, before = found[-1]
            found[-1] = (name, f"{before}\n{line.strip()}".strip())
        else:
            return ()
    return tuple(found)


def _is_same(field: str, other: str | None) -> bool:
    """Whether what follows a colon only goes on asking: "Laufzeit: von – bis"."""
    return other == field or {other, field} <= {"start", "end", "period"}


def _key(text: str, field: str) -> str:
    # "Partner 1" and "Partner 2" are two labels, "Maßnahme 1" and "Maßnahme 2" the same one again.
    bare = _NUMBERS.sub("", text) if field == "title" else _LEADING.sub("", text)
    return " ".join(bare.casefold().strip(_MARKS).split())
