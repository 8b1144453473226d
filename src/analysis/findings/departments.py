"""Who does it: offices, reporting against responsible Dezernat, and who works with whom."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..evidence import cite_all, cite_named, cite_programmes
from ..labels import NO_TITLE, NOTHING_NAMED
from ..publish.counted import cite
from ..publish.german import count_noun, number_word
from ..summaries import list_cooperation, list_programmes, list_responsibility
from .wording import Finding, leaders, led_by, mentions, quoted, say, share, verb

if TYPE_CHECKING:
    from ..survey import Survey


@dataclass(frozen=True)
class Offices(Finding):
    """How many offices the programmes come from, as written in the returns; those that lead with counts."""

    offices: int
    unknown: int
    total: int
    most: tuple[tuple[str, int], ...] = ()

    @property
    def sentence(self) -> str:
        """How many offices, which lead, and how many programmes name none."""
        if not self.total:
            return NOTHING_NAMED
        if not self.offices:
            return say(f"{share(0, self.total)} nennt ein Amt oder eine Dienststelle")
        many = f"werden {number_word(self.offices)} Ämter und Dienststellen"
        where = (
            f"wird nur {cite(self.offices, 'ein')} Amt oder eine Dienststelle" if self.offices == 1 else many
        )
        silent = count_noun(self.unknown, "Nennung", "Nennungen", case="dative")
        return say(
            f"Genannt {where}{led_by(self.most, self.offices)}",
            f"Bei {silent} fehlt das Amt" if self.unknown else "",
        )


@dataclass(frozen=True)
class Responsibility(Finding):
    """How many programmes another Dezernat is responsible for than the one that reports them."""

    same: int
    differs: int
    unknown: int

    @property
    def sentence(self) -> str:
        """The share that differs of those that say both."""
        known = self.same + self.differs
        total = known + self.unknown
        if not total:
            return NOTHING_NAMED
        if not known:
            return say(f"{share(0, total)} sagt, welches Dezernat zuständig ist")
        where = share(self.differs, known, " mit Angabe zur Zuständigkeit", case="dative")
        return say(
            f"Bei {where} ist ein anderes Dezernat zuständig als das, das sie gemeldet hat",
            f"{mentions(self.unknown)} {verb(self.unknown, 'lässt', 'lassen')} offen, "
            "welches Dezernat zuständig ist"
            if self.unknown
            else "",
        )


@dataclass(frozen=True)
class Cooperation(Finding):
    """How many programmes name somebody they work with (titles), say that there is nobody, or do not say."""

    given: int
    none: int
    no_answer: int
    titles: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The share of all programmes, "nur vereinzelt" below a quarter; then what the others say."""
        total = self.given + self.none + self.no_answer
        if not total:
            return NOTHING_NAMED
        where = share(self.given, total, case="dative")
        rare = "nur vereinzelt angegeben, nämlich" if 0 < self.given < total / 4 else "angegeben, und zwar"
        return say(
            f"Eine Zusammenarbeit mit anderen Stellen wird {rare} bei {where}{quoted(self.titles)}"
            if self.given
            else f"Eine Zusammenarbeit mit anderen Stellen wird bei {where} angegeben",
            f"{mentions(self.none)} {verb(self.none, 'verneint', 'verneinen')} sie ausdrücklich"
            if self.none
            else "",
            f"{mentions(self.no_answer)} {verb(self.no_answer, 'enthält', 'enthalten')} dazu keine Angabe"
            if self.no_answer
            else "",
        )


def state_offices(survey: "Survey") -> Offices:
    """Which offices the programmes come from, in the wording of the returns."""
    programmes = list_programmes(survey)
    ids, is_known = programmes["programme_id"], programmes["office"].notna()
    named_by = {
        str(office): list(mine) for office, mine in ids[is_known].groupby(programmes["office"], sort=False)
    }
    return Offices(
        offices=cite_named(survey, "Amt oder Dienststelle", named_by, "office"),
        unknown=cite_programmes(survey, ids[~is_known]),
        total=cite_all(survey),
        most=leaders((office, cite_programmes(survey, mine, "office")) for office, mine in named_by.items()),
    )


def state_responsibility(survey: "Survey") -> Responsibility:
    """Reporting against responsible Dezernat."""
    programmes = list_responsibility(survey)
    ids, differs = programmes["programme_id"], programmes["differs"]
    return Responsibility(
        same=cite_programmes(survey, ids[differs.eq(False).fillna(False)], "office"),
        differs=cite_programmes(survey, ids[differs.fillna(False)], "office"),
        unknown=cite_programmes(survey, ids[differs.isna()], "office"),
    )


def state_cooperation(survey: "Survey") -> Cooperation:
    """Who works with others."""
    programmes = list_cooperation(survey)
    ids, answers = programmes["programme_id"], programmes["answer"]
    given, none, no_answer = (
        cite_programmes(survey, ids[answers.eq(answer)], "partners")
        for answer in ("given", "none", "no_answer")
    )
    titles = programmes.loc[answers.eq("given"), "title"].fillna(NO_TITLE)
    return Cooperation(given, none, no_answer, titles=tuple(titles))
