"""How far what was read can be trusted: what is in doubt, and whether every cell is accounted for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..evidence import cite_cells, cite_problems, cite_workbooks
from ..publish.german import count_noun, join_words
from ..schema import SEVERITIES, TAKEN_AS
from ..summaries import count_cells, list_problems
from .wording import Finding, say, verb

if TYPE_CHECKING:
    from ..survey import Survey


@dataclass(frozen=True)
class Doubts(Finding):
    """What reading the returns left open: doubts by severity, how many workbooks they concern, and how many none."""

    error: int
    warning: int
    info: int
    workbooks: int
    overall: int = 0

    @property
    def sentence(self) -> str:
        """How many open questions, and how many remarks beside them."""
        remarks = count_noun(self.info, "Hinweis", "Hinweise", gender="m")
        if not self.error + self.warning:
            return say(
                "Beim Einlesen der Rückmeldungen ist keine Frage offen geblieben",
                f"Festgehalten {verb(self.info, 'ist', 'sind')} {remarks}" if self.info else "",
            )
        kinds = [
            count_noun(self.error, "Fehler", "Fehler", gender="m") if self.error else "",
            count_noun(self.warning, "Rückfrage", "Rückfragen", gender="f") if self.warning else "",
        ]
        count = self.error + self.warning
        workbooks = count_noun(self.workbooks, "Arbeitsmappe", "Arbeitsmappen", gender="f", case="dative")
        where = [f"in {workbooks}" if self.workbooks else "", "zur Abfrage insgesamt" if self.overall else ""]
        return say(
            f"Beim Einlesen der Rückmeldungen {verb(count, 'ist', 'sind')} "
            f"{join_words(kind for kind in kinds if kind)} "
            f"offen geblieben, und zwar {join_words(place for place in where if place)}",
            f"Hinzu {verb(self.info, 'kommt', 'kommen')} {remarks} dazu, wie eine Stelle gelesen wurde"
            if self.info
            else "",
        )


@dataclass(frozen=True)
class Books(Finding):
    """Whether every filled cell of every readable workbook is accounted for."""

    workbooks: int
    cells: int
    unplaced: int
    unbalanced: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """That the books balance, or which do not; then what nobody could place."""
        if not self.workbooks:
            return "Es liegt keine lesbare Arbeitsmappe vor."
        where = count_noun(self.workbooks, "Arbeitsmappe", "Arbeitsmappen", gender="f", case="dative")
        cells = count_noun(self.cells, "gefüllte Zelle", "gefüllte Zellen", gender="f")
        return say(
            f"Die Bücher gehen nicht auf in: {join_words(self.unbalanced)}; "
            "dort fehlen Zellen oder zählen doppelt"
            if self.unbalanced
            else f"In {where} {verb(self.cells, 'steht', 'stehen')} {cells}; "
            f"über jede ist Buch geführt, und die Bücher gehen auf",
            f"{count_noun(self.unplaced, 'Zelle', 'Zellen', gender='f')} "
            f"{verb(self.unplaced, 'ließ', 'ließen')} sich keiner Angabe zuordnen"
            if self.unplaced
            else "",
        )


def state_doubts(survey: "Survey") -> Doubts:
    """What is to be asked back before the figures are final."""
    problems = list_problems(survey)
    asking = problems[problems["severity"].isin(["error", "warning"])]
    error, warning, info = (
        cite_problems(survey, problems[problems["severity"].eq(severity)]) for severity in SEVERITIES
    )
    return Doubts(
        error,
        warning,
        info,
        workbooks=cite_workbooks(dict.fromkeys(asking["workbook"].dropna())),
        overall=int(asking["workbook"].isna().any()),
    )


def state_books(survey: "Survey") -> Books:
    """Whether nothing that stands in a workbook was dropped."""
    cells = count_cells(survey)
    return Books(
        workbooks=cite_workbooks(cells["workbook"]),
        cells=cite_cells(survey),
        unplaced=cite_cells(survey, TAKEN_AS[-1]),
        unbalanced=tuple(cells.loc[~cells["is_balanced"], "workbook"]),
    )
