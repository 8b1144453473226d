"""For whom: everybody or special groups, which are named most, and where people with disabilities are."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..evidence import cite_named, cite_programmes
from ..labels import NO_TITLE, NOTHING_NAMED
from ..publish.counted import cite
from ..publish.german import join_words, number_word
from ..summaries import EVERYBODY, list_audiences, list_disability, list_group_mentions
from .wording import (
    Finding,
    alone,
    leaders,
    led_by,
    mentions,
    paired,
    quoted,
    say,
    share,
    verb,
)

if TYPE_CHECKING:
    from ..survey import Survey

ADDRESSED: Final = " mit Angabe zur Zielgruppe"
# A sentence can hold so many groups; where there are more, it has only those that lead.
GROUPS_IN_SENTENCE: Final = 7


@dataclass(frozen=True)
class Audience(Finding):
    """How many programmes are for special groups, for everybody, for both; `none` say nothing usable."""

    special: int
    everybody: int
    both: int
    none: int

    @property
    def known(self) -> int:
        """The denominator: programmes with a known group."""
        return self.special + self.everybody + self.both

    @property
    def sentence(self) -> str:
        """The shares of those that say for whom, then how many do not."""
        total = self.known + self.none
        if not total:
            return NOTHING_NAMED
        if not self.known:
            return say(f"{share(0, total)} enthält eine auswertbare Angabe zur Zielgruppe")
        rest = f"Nicht mitgezählt: {mentions(self.none)} ohne auswertbare Angabe" if self.none else ""
        audiences = {
            "an besondere Zielgruppen": self.special,
            "an alle Bewohnerinnen und Bewohner": self.everybody,
            "sowohl an besondere Zielgruppen als auch an alle": self.both,
        }
        parts = [(count, whom) for whom, count in audiences.items() if count]
        if len(parts) == 1:
            count, whom = parts[0]
            return say(
                f"{share(count, count, ADDRESSED)} {verb(count, 'richtet', 'richten')} sich {whom}", rest
            )
        lead = (
            "Manche Maßnahmen richten sich an besondere Zielgruppen, "
            "andere an alle Bewohnerinnen und Bewohner"
            if self.special > 1 and self.everybody > 1
            else ""
        )
        first, *others = [f"{alone(count)} {whom}" for count, whom in parts]
        shares = join_words([f"{verb(parts[0][0], 'richtet', 'richten')} sich {first}", *others])
        return say(lead, f"Von {number_word(self.known)} Nennungen{ADDRESSED} {shares}", rest)


@dataclass(frozen=True)
class NamedGroups(Finding):
    """How many different special groups are named, and which (most): pairs of label and count."""

    groups: int
    most: tuple[tuple[str, int], ...] = ()
    highest: int = 0

    @property
    def sentence(self) -> str:
        """How many groups, and those that lead."""
        if not self.groups:
            return "Eine besondere Zielgruppe wird nicht genannt."
        if self.groups == 1:
            return say(
                f"Genannt wird nur {cite(self.groups, 'eine')} besondere Zielgruppe{led_by(self.most, 1)}"
            )
        named = f"Genannt werden {number_word(self.groups)} verschiedene besondere Zielgruppen"
        if not self.most:
            return say(f"{named}, keine öfter als {_times(self.highest)}")
        return say(f"{named}{led_by(self.most, self.groups)}")


@dataclass(frozen=True)
class Disability(Finding):
    """Where people with disabilities are named as a group, and where only words imply them; titles of both."""

    named: int
    implied: int
    known: int
    named_titles: tuple[str, ...] = ()
    implied_titles: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Named of those that say for whom; implied apart, as a question."""
        if self.known:
            where = share(self.named, self.known, ADDRESSED, case="dative")
            main = (
                f"Menschen mit Behinderung werden in {where} ausdrücklich genannt{quoted(self.named_titles)}"
            )
        else:
            main = "Ob Maßnahmen sich an Menschen mit Behinderung richten, sagt keine Nennung"
        others = "weiteren " if self.named else ""
        where = alone(self.implied, "einer")
        noun = "Nennung" if self.implied == 1 else "Nennungen"
        hint = f"Bei {where} {others}{noun} legt der Text nahe, dass sie auch gemeint sind"
        return say(
            main, f"{hint}{quoted(self.implied_titles)}; das ist noch zu erfragen" if self.implied else ""
        )


def state_audience(survey: "Survey") -> Audience:
    """Special groups against everybody."""
    programmes = list_audiences(survey)
    ids, audiences = programmes["programme_id"], programmes["audience"]
    special, everybody, both, none = (
        cite_programmes(survey, ids[audiences.eq(audience)], "target_groups")
        for audience in ("special", "everybody", "both", "none")
    )
    return Audience(special, everybody, both, none)


def state_named_groups(survey: "Survey") -> NamedGroups:
    """Which special groups are named, and which most."""
    groups = list_group_mentions(survey)
    groups = groups[groups["target_group"].ne(EVERYBODY)]
    named_by = {
        paired(str(label)): list(ids) for label, ids in groups.groupby("label", sort=False)["programme_id"]
    }
    counts = [(label, cite_programmes(survey, ids, "target_groups")) for label, ids in named_by.items()]
    return NamedGroups(
        groups=cite_named(survey, "Zielgruppe", named_by, "target_groups"),
        most=tuple(counts) if len(counts) <= GROUPS_IN_SENTENCE else leaders(counts),
        highest=max((count for _, count in counts), default=0),
    )


def state_disability(survey: "Survey") -> Disability:
    """Where people with disabilities are named, and where they are only implied."""
    found = list_disability(survey)
    is_named = found["basis"].eq("named")
    named, implied = found[is_named], found[~is_named]
    words = dict(zip(implied["programme_id"], implied["found"], strict=True))
    return Disability(
        named=cite_programmes(survey, named["programme_id"], "target_groups"),
        implied=cite_programmes(
            survey, implied["programme_id"], "title", "description", "target_groups", holding=words
        ),
        known=state_audience(survey).known,
        named_titles=tuple(named["title"].fillna(NO_TITLE)),
        implied_titles=tuple(implied["title"].fillna(NO_TITLE)),
    )


def _times(count: int) -> str:
    return f"{alone(count, 'ein')}mal"
