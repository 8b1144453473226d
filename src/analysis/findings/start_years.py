"""Since when: the oldest, the recent ones, how many answered, what has an end."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..labels import NO_TITLE, NOTHING_NAMED
from ..publish.german import count_noun, join_words, number_word
from ..summaries import RECENT_YEARS, count_recent, list_ends, list_starts
from .wording import Finding, alone, at_counts, mentions, numbers, quoted, say, share, verb

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
        tied = len(self.titles)
        who = "Die einzige Maßnahme" if self.dated == 1 else "Die älteste Maßnahme"
        if tied > 1:
            who = f"Die {'beiden' if tied == 2 else number_word(tied)} ältesten Maßnahmen"
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
        return Oldest(dated=0, total=len(starts))
    low = int(begun["age_min"].max())
    high = None if begun["age_max"].isna().any() else int(begun["age_max"].max())
    surely = begun["age_min"].eq(low) & begun["age_max"].eq(low).fillna(False)
    titles = begun.loc[surely, "title"].fillna(NO_TITLE) if low == high else ()
    return Oldest(dated=len(begun), total=len(starts), age_min=low, age_max=high, titles=tuple(titles))


def state_recent(survey: "Survey") -> Recent:
    """The share begun in the last five years before the reference date."""
    return Recent(**numbers(count_recent(survey)), since=survey.reference_date.year - RECENT_YEARS)


def state_ends(survey: "Survey") -> Ends:
    """How many programmes have an end, before or after the reference date."""
    ended = list_ends(survey)["ended"].value_counts()
    counts = {name: int(ended.get(name, 0)) for name in ("before", "same", "later")}
    return Ends(**counts, total=len(survey.programmes), year=survey.reference_date.year)


def _years(count: int, *, dative: bool = False) -> str:
    return count_noun(count, "Jahr", "Jahre", gender="n", case="dative" if dative else "nominative")
