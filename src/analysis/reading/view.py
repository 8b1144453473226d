"""`show_reading`: one workbook as it was read, for a notebook."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..problems import InputError
from ..publish.display import Marked, Prose
from ..publish.german import count_noun, quote
from ..publish.marked import MarkedSheets
from ..summaries import count_problems
from .one_return import OneReturn, pick_return, read_return_file
from .sheets import list_kinds, make_sheets

if TYPE_CHECKING:
    from ..survey import Survey

_MOST_SHEETS: Final = 12


def show_reading(source: "Survey | str | Path", workbook: str | None = None) -> Marked | Prose:
    """One workbook drawn as its sheets look: each filled cell with what it was taken for, the doubts beside it.

    `source` is a survey, then `workbook` is a file's name in it (without one: the return with the most open questions);
    or the path of one workbook, which is read with the code lists and corrections of its survey folder.
    Raises: InputError where there is no such workbook.
    """
    if isinstance(source, str | Path):
        if workbook is not None:
            raise InputError(
                "Bitte entweder den Pfad einer Rückmeldung angeben oder eine Abfrage und einen Namen."
            )
        return _draw(read_return_file(Path(source)), [])
    if workbook is not None:
        return _draw(pick_return(source, workbook), [])
    name, questions = _most_doubtful(source)
    if name is None:
        return Prose("Es liegt keine lesbare Arbeitsmappe vor.")
    why = count_noun(questions, "offene Frage", "offene Fragen", gender="f")
    line = (
        f"Gezeigt ist die Rückmeldung, die am meisten offen lässt: {why}."
        if questions
        else "Keine Rückmeldung lässt eine Frage offen; gezeigt ist die erste."
    )
    return _draw(pick_return(source, name), [line])


def _most_doubtful(survey: "Survey") -> tuple[str | None, int]:
    """The readable workbook with the most errors and questions, the first of several; and how many it has."""
    counts = count_problems(survey)
    counts = counts[counts["workbook"].isin(survey.sheets["workbook"])]
    if counts.empty:
        return None, 0
    asking = (counts["error"] + counts["warning"]).reset_index(drop=True)
    place = int(asking.argmax())
    return str(counts["workbook"].iloc[place]), int(asking.iloc[place])


def _draw(one: OneReturn, lines: list[str]) -> Marked | Prose:
    if one.is_sample:
        lines = [*lines, "Die Rückmeldung ist nachgebaut (Musterdaten)."]
    notes, sheets = make_sheets(one.sheets, one.cells, one.problems, _MOST_SHEETS)
    lines = [*lines, _explain(one, len(sheets))]
    return Marked(
        MarkedSheets(
            caption=f"So wurde {quote(one.workbook)} gelesen",
            lines=tuple(lines),
            kinds=list_kinds(one.cells) if len(one.sheets) else (),
            sheets=sheets,
            notes=notes,
        )
    )


def _explain(one: OneReturn, shown: int) -> str:
    total = len(one.sheets)
    if not total:
        return "Die Datei ließ sich nicht lesen; darum gibt es keine Zellen zu zeigen."
    if shown < total:
        sheets = count_noun(total - shown, "weiteres Blatt", "weitere Blätter", gender="n")
        return f"Gezeigt sind die ersten {shown} Blätter; {sheets} nicht."
    return (
        "In jeder gefüllten Zelle steht, wofür sie gehalten wurde. Rückfragen und Hinweise sind nummeriert; "
        "sie stehen unter ihrem Blatt."
    )
