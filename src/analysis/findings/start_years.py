"""Since when: the oldest, the recent ones, how many answered, what has an end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..labels import NOTHING_NAMED
from ..publish.german import count_noun, join_words, number_word
from ..summaries import RECENT_YEARS, count_recent, list_ends, list_starts
from .wording import Finding, alone, mentions, say, share, verb

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
        counts = {
            "ein bestimmtes Jahr": self.exact,
            "einen Zeitraum": self.interval,
            "einen geplanten Beginn": self.planned,
        }
        return say(
            f"{share(dated, total)} {verb(dated, 'enthält', 'enthalten')} eine auswertbare Angabe zum Beginn"
            f"{_kinds(counts)}"
        )


@dataclass(frozen=True)
class Oldest(Finding):
    """The age of the oldest programme in whole years: at least age_min, at most age_max (None: nobody knows).

    dated: programmes begun whose first year is known at least roughly; tied: how many surely have just this
    age.
    """

    dated: int
    age_min: int = 0
    age_max: int | None = None
    tied: int = 1

    @property
    def sentence(self) -> str:
        """One age, or the interval it lies in."""
        if not self.dated:
            return say(
                "Wie alt die älteste Maßnahme ist, ist offen: "
                "Keine Nennung enthält dazu eine auswertbare Angabe"
            )
        who = "Die einzige Maßnahme mit Angabe zum Beginn" if self.dated == 1 else "Die älteste Maßnahme"
        if self.age_min == self.age_max and self.tied > 1:
            who = f"Die {'beiden' if self.tied == 2 else number_word(self.tied)} ältesten Maßnahmen"
        be = verb(self.tied if self.age_min == self.age_max else 1, "ist", "sind")
        return say(f"{who} {be} {self._age()}")

    def _age(self) -> str:
        low, high = self.age_min, self.age_max
        if high is None:
            return f"mindestens {_years(low)} alt" if low else "von ungewissem Alter"
        if low == high:
            return f"{_years(low)} alt" if low else "im Jahr des Stichtags begonnen worden"
        if low == 0:
            return f"höchstens {_years(high)} alt"
        return f"zwischen {'einem' if low == 1 else number_word(low)} und {_years(high, dative=low == 1)} alt"


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
        others = "einer weiteren" if self.possible == 1 else f"{number_word(self.possible)} weiteren"
        also = (
            f"; möglich ist es bei {others if self.certain else alone(self.possible, 'einer')}"
            if self.possible
            else ""
        )
        if self.dated == 1:
            only = f"Die einzige Nennung{DATED}"
            if self.possible:
                return f"Ob {only[:1].lower()}{only[1:]} {begun} ist, ist offen"
            return (
                f"{only} ist {begun}"
                if self.certain
                else f"{only} ist schon vor {self.since} begonnen worden"
            )
        if self.certain == self.dated:
            return plain
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
        counts = {
            f"vor {self.year}": self.before,
            f"im Jahr {self.year}": self.same,
            f"nach {self.year}": self.later,
        }
        return say(
            f"{share(known, self.total)} {verb(known, 'nennt', 'nennen')} ein Ende{_kinds(counts)}",
            "Was seit dem Stichtag geendet hat, ist bei den Dezernaten zu erfragen",
        )


def state_start_answers(survey: "Survey") -> StartAnswers:
    """How many programmes have a usable first year."""
    starts = list_starts(survey)
    dated = starts["recent"].isin(["certain", "possible", "no"])
    exact = dated & starts["start_certainty"].eq("exact")
    return StartAnswers(
        exact=int(exact.sum()),
        interval=int((dated & ~exact).sum()),
        planned=int(starts["recent"].eq("planned").sum()),
        unknown=int(starts["recent"].eq("unknown").sum()),
    )


def state_oldest(survey: "Survey") -> Oldest:
    """The age of the oldest programme at the reference date."""
    starts = list_starts(survey)
    begun = starts[starts["age_min"].notna()]
    if begun.empty:
        return Oldest(dated=0)
    low = int(begun["age_min"].max())
    high = None if begun["age_max"].isna().any() else int(begun["age_max"].max())
    surely = begun["age_min"].eq(low) & begun["age_max"].eq(low).fillna(False)
    return Oldest(dated=len(begun), age_min=low, age_max=high, tied=max(1, int(surely.sum())))


def state_recent(survey: "Survey") -> Recent:
    """The share begun in the last five years before the reference date."""
    answers = count_recent(survey)
    counts = dict(zip(answers["recent"], answers["programme_count"].astype(int), strict=True))
    return Recent(**counts, since=survey.reference_date.year - RECENT_YEARS)


def state_ends(survey: "Survey") -> Ends:
    """How many programmes have an end, before or after the reference date."""
    ended = list_ends(survey)["ended"].value_counts()
    counts = {name: int(ended.get(name, 0)) for name in ("before", "same", "later")}
    return Ends(**counts, total=len(survey.programmes), year=survey.reference_date.year)


def _kinds(counts: Mapping[str, int]) -> str:
    """The parts of a whole after a colon; where there is only one, it needs no number."""
    kinds = [(kind, count) for kind, count in counts.items() if count]
    if len(kinds) < 2:
        return "".join(f", und zwar {kind}" for kind, _ in kinds)
    return f": {join_words(f'{alone(count)} {kind}' for kind, count in kinds)}"


def _years(count: int, *, dative: bool = False) -> str:
    if dative:
        return count_noun(count, "Jahr", "Jahre", gender="n", case="dative")
    return count_noun(count, "Jahr", "Jahre", gender="n")
