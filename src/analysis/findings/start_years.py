"""Since when: the oldest, the recent ones, how many answered, what has an end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from ..evidence import END, START, cite_all, cite_programmes, cite_value
from ..labels import NO_TITLE, NOTHING_NAMED
from ..publish.counted import Listed, cite, count_of
from ..publish.german import count_noun, join_words, number_word
from ..summaries import RECENT_YEARS, list_ends, list_starts
from .wording import Finding, alone, at_counts, mentions, quoted, say, share, verb

if TYPE_CHECKING:
    from ..survey import Survey

DATED: Final = " mit Angabe zum Beginn"


@dataclass(frozen=True)
class StartAnswers(Finding):
    """How precisely the returns say since when: one year, an interval, planned, or no usable answer."""

    exact: int
    interval: int
    planned: int
    unknown: int

    @property
    def sentence(self) -> str:
        """The share with a usable year, then its kinds."""
        dated = self.exact + self.interval + self.planned
        total = dated + self.unknown
        if not total:
            return NOTHING_NAMED
        kinds = {
            "ein bestimmtes Jahr": self.exact,
            "ein Zeitraum": self.interval,
            "ein geplanter Beginn": self.planned,
        }
        where = share(dated, total, case="dative")
        return say(f"Eine auswertbare Angabe zum Beginn steht bei {where}{at_counts(kinds)}")


@dataclass(frozen=True)
class Oldest(Finding):
    """The age of the oldest programme in whole years: at least age_min, at most age_max (None: nobody knows).

    dated: programmes begun whose first year is known at least roughly, of `total`; titles: of those that surely
    have just this age.
    """

    dated: int
    total: int
    age_min: int = 0
    age_max: int | None = None
    titles: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """One age, or the interval it lies in."""
        if not self.total:
            return NOTHING_NAMED
        if not self.dated:
            return say(
                "Wie alt die älteste Maßnahme ist, ist offen: "
                "Keine Nennung enthält dazu eine auswertbare Angabe"
            )
        tied = count_of(self.titles)
        who = f"Die {cite(self.dated, 'einzige')} Maßnahme" if self.dated == 1 else "Die älteste Maßnahme"
        if tied > 1:
            who = f"Die {cite(tied, 'beiden') if tied == 2 else number_word(tied)} ältesten Maßnahmen"
        known = DATED if self.dated == 1 or self.dated < self.total else ""
        return say(f"{who}{known} {verb(tied, 'ist', 'sind')} {self.age}{quoted(self.titles)}")

    @property
    def age(self) -> str:
        """What the oldest is: "20 Jahre alt", or the interval its age lies in."""
        low, high = self.age_min, self.age_max
        if high is None:
            return f"mindestens {_years(low)} alt" if low else "von ungewissem Alter"
        if low == high:
            return f"{_years(low)} alt" if low else "im Jahr des Stichtags begonnen worden"
        if low == 0:
            return f"höchstens {_years(high)} alt"
        return f"zwischen {alone(low, 'einem')} und {_years(high, dative=low == 1)} alt"


@dataclass(frozen=True)
class Recent(Finding):
    """How many programmes began in the last five years, by the rule of `list_starts`.

    since: the first of the years that count.
    """

    certain: int
    possible: int
    no: int
    planned: int
    unknown: int
    since: int

    @property
    def dated(self) -> int:
        """The denominator: programmes begun whose first year is known at least roughly."""
        return self.certain + self.possible + self.no

    @property
    def sentence(self) -> str:
        """The share, called "die meisten" only where it is surely more than half; then what is left out."""
        total = self.dated + self.planned + self.unknown
        if not total:
            return NOTHING_NAMED
        if not self.dated:
            return say(f"{share(0, total)} enthält eine auswertbare Angabe zu einem Beginn vor dem Stichtag")
        left_out = [
            f"{mentions(self.unknown)} ohne auswertbare Angabe" if self.unknown else "",
            count_noun(self.planned, "geplante Maßnahme", "geplante Maßnahmen", gender="f")
            if self.planned
            else "",
        ]
        rest = join_words(text for text in left_out if text)
        return say(self._main(), f"Nicht mitgezählt: {rest}" if rest else "")

    def _main(self) -> str:
        years = f"in den letzten {number_word(RECENT_YEARS)} Jahren vor dem Stichtag (seit {self.since})"
        begun = f"{years} begonnen worden"
        part = share(self.certain, self.dated, DATED)
        plain = f"{part} {verb(self.certain, 'ist', 'sind')} {begun}"
        others = (
            f"{cite(self.possible, 'einer')} weiteren"
            if self.possible == 1
            else f"{number_word(self.possible)} weiteren"
        )
        also = (
            f"; möglich ist es bei {others if self.certain else alone(self.possible, 'einer')}"
            if self.possible
            else ""
        )
        if self.dated == 1:
            only = f"Die {cite(self.dated, 'einzige')} Nennung{DATED}"
            if self.possible:
                return f"Ob {only[:1].lower()}{only[1:]} {begun} ist, ist offen"
            return (
                f"{only} ist {begun}"
                if self.certain
                else f"{only} ist schon vor {self.since} begonnen worden"
            )
        if self.certain == self.dated:
            return plain
        if self.no == self.dated:
            return f"{share(self.no, self.dated, DATED)} sind schon vor {self.since} begonnen worden"
        if 2 * self.certain > self.dated:
            return f"Die meisten Maßnahmen sind {begun}: {part}{also}"
        if 2 * self.no > self.dated:
            return f"{plain}{also}; die meisten sind älter"
        if not self.possible:
            return f"Die Hälfte der Maßnahmen ist {begun}: {part}"
        if 2 * self.no == self.dated:
            return f"{plain}{also}; die Hälfte ist älter"
        return f"Ob die meisten Maßnahmen {begun} sind, ist offen: Sicher gilt das für {part}{also}"


@dataclass(frozen=True)
class Ends(Finding):
    """How many programmes have an end, and whether in a year before, in or after that of the reference date."""

    before: int
    same: int
    later: int
    total: int
    year: int

    @property
    def sentence(self) -> str:
        """How many ends, and when; a return cannot say what came later."""
        if not self.total:
            return NOTHING_NAMED
        known = self.before + self.same + self.later
        kinds = {
            f"vor {self.year}": self.before,
            f"im Jahr {self.year}": self.same,
            f"nach {self.year}": self.later,
        }
        return say(
            f"Ein Endjahr ist bei {share(known, self.total, case='dative')} angegeben{at_counts(kinds)}",
            "Was seit dem Stichtag geendet hat, ist bei den Dezernaten zu erfragen",
        )


def state_start_answers(survey: "Survey") -> StartAnswers:
    """How many programmes have a usable first year."""
    starts = list_starts(survey)
    dated = starts["recent"].isin(["certain", "possible", "no"])
    exact = dated & starts["start_certainty"].eq("exact")
    kinds = {
        "exact": exact,
        "interval": dated & ~exact,
        "planned": starts["recent"].eq("planned"),
        "unknown": starts["recent"].eq("unknown"),
    }
    return StartAnswers(**_cite_kinds(survey, starts["programme_id"], kinds, START))


def state_oldest(survey: "Survey") -> Oldest:
    """The age of the oldest programme at the reference date."""
    starts = list_starts(survey)
    total = cite_all(survey)
    begun = starts[starts["age_min"].notna()]
    ids, dated = begun["programme_id"], cite_programmes(survey, begun["programme_id"], *START)
    if begun.empty:
        return Oldest(dated=dated, total=total)

    def age(years: pd.Series) -> int:
        """The highest of these ages, with the programmes that have it."""
        return cite_value(survey, int(years.max()), ids[years.eq(years.max())], *START)

    low = age(begun["age_min"])
    high = None if begun["age_max"].isna().any() else age(begun["age_max"])
    surely = begun["age_min"].eq(low) & begun["age_max"].eq(low).fillna(False) & (low == high)
    titles = Listed(begun.loc[surely, "title"].fillna(NO_TITLE), cite_programmes(survey, ids[surely], *START))
    return Oldest(dated, total, age_min=low, age_max=high, titles=titles)


def state_recent(survey: "Survey") -> Recent:
    """The share begun in the last five years before the reference date."""
    starts = list_starts(survey)
    names = ("certain", "possible", "no", "planned", "unknown")
    kinds = {name: starts["recent"].eq(name) for name in names}
    counts = _cite_kinds(survey, starts["programme_id"], kinds, START)
    return Recent(**counts, since=survey.reference_date.year - RECENT_YEARS)


def state_ends(survey: "Survey") -> Ends:
    """How many programmes have an end, before or after the reference date."""
    ends = list_ends(survey)
    kinds = {name: ends["ended"].eq(name) for name in ("before", "same", "later")}
    counts = _cite_kinds(survey, ends["programme_id"], kinds, END)
    return Ends(**counts, total=cite_all(survey), year=survey.reference_date.year)


def _cite_kinds(
    survey: "Survey", ids: pd.Series, kinds: Mapping[str, pd.Series], fields: Sequence[str]
) -> dict[str, int]:
    return {name: cite_programmes(survey, ids[mine], *fields) for name, mine in kinds.items()}


def _years(count: int, *, dative: bool = False) -> str:
    return count_noun(count, "Jahr", "Jahre", gender="n", case="dative" if dative else "nominative")
