"""Rows that a sentence counts -> a number that knows in which workbook, sheet and cell each of them stands.

The number is that of the rows, so that it cannot say anything else. The cells are looked for only when somebody wants
to see them (`publish.counted`).
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from .labels import NO_TITLE, NOTE_LABELS, dezernat_label
from .publish.counted import MOST_ROWS, Cited, Counted, Evidence, Row, shorten
from .publish.german import quote
from .returns.fehlanzeigen import is_fehlanzeige
from .summaries import list_programmes
from .summaries.once import once_per_survey
from .summaries.returns import ranges_text

if TYPE_CHECKING:
    from .survey import Survey

CONFIG: Final = "survey.toml"
START: Final = ("start", "period")
END: Final = ("end", "period")

_MOST_TEXTS: Final = 20  # cells of a sheet that are quoted, not only named

_Place = tuple[str, str, str]


def cite_programmes(
    survey: "Survey",
    programme_ids: Iterable[str],
    *fields: str,
    holding: Mapping[str, str] | None = None,
) -> Counted:
    """How many programmes: one row each, with the cells of these fields, else that of its title.

    `holding` gives for each programme words that its cells must hold, where only some of the fields say it.
    """
    ids = list(programme_ids)

    def find() -> Evidence:
        shown = ids[:MOST_ROWS]
        rows = _programme_rows(survey, shown, fields, holding or {})
        return shorten(
            "Maßnahme", [rows[ident] for ident in shown], table="programmes", more=len(ids) - len(shown)
        )

    return Counted(len(ids), find)


def cite_all(survey: "Survey") -> Counted:
    """How many programmes the survey has: one row each, by Dezernat."""
    return Counted(
        len(survey.programmes),
        lambda: cite_programmes(survey, list_programmes(survey)["programme_id"]).evidence(),
    )


def cite_value(survey: "Survey", value: int, programme_ids: Iterable[str], *fields: str) -> Cited:
    """One number that is no count, such as an age: the programmes it was read from."""
    return Cited(value, cite_programmes(survey, programme_ids, *fields).evidence)


def cite_named(
    survey: "Survey",
    heading: str,
    named_by: Mapping[str, Sequence[str]],
    *fields: str,
    otherwise: Mapping[str, Row] | None = None,
) -> Counted:
    """How many names, such as those of offices: one row each, with the first cell that says it.

    `named_by` gives for each name the programmes that have it, `otherwise` the row of a name that none has.
    """

    def find() -> Evidence:
        shown = {name: list(ids[:MOST_ROWS]) for name, ids in named_by.items()}
        every = [ident for ids in shown.values() for ident in ids]
        found = _programme_rows(survey, every, fields, {}, or_title=False)
        rows = []
        for name, ids in shown.items():
            said = [found[ident] for ident in ids]
            row = next((row for row in said if row.cells), said[0] if said else (otherwise or {}).get(name))
            rows.append(dataclasses.replace(row, what=name) if row else Row(name))
        return shorten(heading, rows)

    return Counted(len(named_by), find)


def cite_asked(survey: "Survey", dezernate: Iterable[str]) -> Counted:
    """How many Dezernate were asked: one row each, with its name in `survey.toml`."""
    asked = set(dezernate)
    expected = [item for item in survey.expected if item.dezernat in asked]
    rows = [
        Row(dezernat_label(item.dezernat, item.name), CONFIG, cells=(("", item.name),)) for item in expected
    ]
    return Counted(len(rows), lambda: shorten("Dezernat", rows))


def cite_returns(survey: "Survey", labels: Mapping[str, str], *statuses: str) -> Counted:
    """How many Dezernate (code and label) answered in one of these ways: one row each, with what stands in a workbook.

    That is the first programme of the Dezernat, or the first cell that reports none, unless a workbook answers for
    several.
    """
    return Counted(
        len(labels),
        lambda: shorten(
            "Dezernat", [_return_row(survey, code, label, statuses) for code, label in labels.items()]
        ),
    )


def cite_workbooks(workbooks: Iterable[str]) -> Counted:
    """How many workbooks: one row each."""
    names = list(workbooks)
    return Counted(
        len(names), lambda: shorten("Arbeitsmappe", [Row(name) for name in names], table="returns")
    )


def cite_cells(survey: "Survey", taken_as: str | None = None) -> Counted:
    """How many cells of the workbooks are filled, or were taken for one kind: one row per sheet that has any."""
    sheets = survey.sheets
    counts = sheets[taken_as or "nonempty"].fillna(0).astype(int)
    mine = sheets[counts.gt(0)][:MOST_ROWS]
    listed = counts[mine.index]

    def find() -> Evidence:
        cells = survey.cells[survey.cells["workbook"].isin(mine["workbook"])]
        cells = cells if taken_as is None else cells[cells["taken_as"].eq(taken_as)]
        groups = dict(list(cells.groupby(["workbook", "sheet"], sort=False)))
        rows = []
        for workbook, sheet, count in zip(mine["workbook"], mine["sheet"], listed, strict=True):
            here = groups.get((workbook, sheet), cells[:0])
            quoted = taken_as is not None and len(here) <= _MOST_TEXTS
            places = (
                tuple(zip(here["cell"], here["text"].fillna(""), strict=True))
                if quoted
                else ((ranges_text(here["cell"]) or "", ""),)
            )
            rows.append(Row(sheet, workbook, cells=places, count=count))
        return shorten("Blatt", rows, table="cells", more=int(counts.sum() - listed.sum()))

    return Counted(int(counts.sum()), find)


def cite_problems(survey: "Survey", problems: pd.DataFrame) -> Counted:
    """How many doubts: one row each, with its message and the cell that it is about."""

    def find() -> Evidence:
        shown = problems[:MOST_ROWS]
        severities = set(shown["severity"])
        heading = NOTE_LABELS[severities.pop()] if len(severities) == 1 else "Feststellung"
        places = [
            (workbook, sheet, cell)
            for workbook, sheet, cell in map(
                _texts, shown[["workbook", "sheet", "cell"]].itertuples(index=False)
            )
        ]
        texts = _texts_at(survey, places)
        rows = [
            Row(message, workbook, sheet, ((cell, texts.get((workbook, sheet, cell), "")),) if cell else ())
            for message, (workbook, sheet, cell) in zip(shown["message"], places, strict=True)
        ]
        return shorten(heading, rows, table="problems", more=len(problems) - len(shown))

    return Counted(len(problems), find)


def _programme_rows(
    survey: "Survey",
    ids: Sequence[str],
    fields: Sequence[str],
    holding: Mapping[str, str],
    *,
    or_title: bool = True,
) -> dict[str, Row]:
    """One row per programme: its title, and the cells of these fields."""
    programmes, cells = _programmes(survey), _cells_of_programmes(survey)
    cells.look_up(ids)
    rows = {}
    for ident in ids:
        title, workbook, sheet, number = programmes[ident]
        found = cells.by_field[ident]
        places = [place for name in fields for place in found.get(name, ())]
        places = [place for place in places if holding.get(ident, "") in place[1]] or places
        if not places and or_title:
            places = found.get("title") or ([(f"Zeile {number}", "")] if number else [])
        rows[ident] = Row(title or NO_TITLE, workbook, sheet, tuple(places))
    return rows


@once_per_survey
def _programmes(survey: "Survey") -> dict[str, tuple[str, ...]]:
    """Title, workbook, sheet and row of each programme; what is empty is an empty text."""
    columns = survey.programmes[["programme_id", "title", "workbook", "sheet", "row"]]
    texts = (column.astype(object).where(column.notna(), "").tolist() for _, column in columns.items())
    return {
        ident: (title, book, sheet, str(row)) for ident, title, book, sheet, row in zip(*texts, strict=True)
    }


class _Cells:
    """The cells of each programme that was asked for, by field: each with what it says."""

    def __init__(self, survey: "Survey") -> None:
        columns = ["programme_id", "field", "workbook", "sheet", "cell", "text"]
        self._frame = survey.cells[columns]
        self._rows = self._frame.groupby("programme_id", sort=False).indices
        self._corrected = _corrected(survey)
        self.by_field: dict[str, dict[str, list[tuple[str, str]]]] = {}

    def look_up(self, ids: Iterable[str]) -> None:
        """Puts these programmes into `by_field`."""
        new = dict.fromkeys(ident for ident in ids if ident not in self.by_field)
        self.by_field |= {ident: {} for ident in new}
        rows = [row for ident in new for row in self._rows.get(ident, ())]
        for ident, field, *where, text in self._frame.iloc[rows].itertuples(index=False) if rows else ():
            place = (where[2], _as_sent(text, self._corrected.get(tuple(where))))
            self.by_field[ident].setdefault(field, []).append(place)


@once_per_survey
def _cells_of_programmes(survey: "Survey") -> _Cells:
    return _Cells(survey)


@once_per_survey
def _return_row(survey: "Survey", code: str, label: str, statuses: Sequence[str]) -> Row:
    """One Dezernat, its first workbook with the first of these statuses that any has, and the cell that says so."""
    returns = survey.returns
    mine = returns[returns["dezernat"].eq(code) & returns["workbook"].notna()]
    status = next((status for status in statuses if mine["status"].eq(status).any()), None)
    if status is None:
        return Row(label)
    workbook = str(mine.loc[mine["status"].eq(status), "workbook"].iloc[0])
    if status == "received":
        named = survey.programmes["dezernat"].eq(code) & survey.programmes["workbook"].eq(workbook)
        ids = survey.programmes.loc[named, "programme_id"].tolist()[:1]
        row = _programme_rows(survey, ids, ("title",), {}).get(ids[0]) if ids else None
        return Row(label, workbook, row.sheet, row.cells) if row else Row(label, workbook)
    if status == "fehlanzeige" and returns["workbook"].eq(workbook).sum() == 1:
        cells = survey.cells[survey.cells["workbook"].eq(workbook)]
        for sheet, cell, text in cells[["sheet", "cell", "text"]].itertuples(index=False):
            if isinstance(text, str) and is_fehlanzeige(text, survey.codes):
                return Row(label, workbook, sheet, ((cell, text),))
    return Row(label, workbook)


def _texts_at(survey: "Survey", places: Iterable[_Place]) -> dict[_Place, str]:
    """What stands in these cells."""
    wanted = set(places)
    cells = survey.cells
    cells = cells[
        cells["workbook"].isin({place[0] for place in wanted})
        & cells["cell"].isin({place[2] for place in wanted})
    ]
    corrected = _corrected(survey)
    return {
        place: _as_sent(text, corrected.get(place))
        for *where, text in cells[["workbook", "sheet", "cell", "text"]].itertuples(index=False)
        if (place := tuple(where)) in wanted
    }


@once_per_survey
def _corrected(survey: "Survey") -> dict[_Place, str]:
    """What the corrected cells say in the workbooks as they were sent."""
    problems = survey.problems
    mine = problems[problems["code"].eq("corrected").fillna(False).astype(bool)]
    return {
        (workbook, sheet, cell): found
        for workbook, sheet, cell, found in map(
            _texts, mine[["workbook", "sheet", "cell", "found"]].itertuples(index=False)
        )
    }


def _as_sent(text: Any, sent: str | None) -> str:
    """The text of a cell; a corrected one says what the workbook says."""
    shown = "" if pd.isna(text) else str(text)
    if sent is None:
        return shown
    return f"{shown} (berichtigt; in der Datei steht {quote(sent)})" if sent else f"{shown} (ergänzt)"


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple("" if pd.isna(value) else str(value) for value in values)
