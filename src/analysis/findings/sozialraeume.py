"""Where: in which Stadtbezirke something is named, in which nothing, and which groups reach all of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..labels import NO_GROUP_AND_PLACE, NOTHING_NAMED
from ..publish.german import count_noun, join_words, part_of
from ..summaries import count_groups_by_stadtbezirk, count_stadtbezirke
from .wording import Finding, alone, leaders, led_by, mentions, paired, say, share, verb

if TYPE_CHECKING:
    from ..survey import Survey


@dataclass(frozen=True)
class Coverage(Finding):
    """In how many Stadtbezirke programmes are named.

    located: programmes with a Stadtbezirk; citywide: for the whole city (some name a place as well); unknown:
    neither; silent: Stadtbezirke without a programme of their own; most: those that lead, name and count.
    """

    stadtbezirke: int
    total: int
    located: int
    citywide: int
    unknown: int
    silent: tuple[str, ...] = ()
    most: tuple[tuple[str, int], ...] = ()

    @property
    def served(self) -> int:
        """The Stadtbezirke with a programme of their own."""
        return self.stadtbezirke - len(self.silent)

    @property
    def sentence(self) -> str:
        """Where programmes are named and where not; for the whole city and without a place apart."""
        if not self.total:
            return NOTHING_NAMED
        return say(
            self._main(),
            f"Ohne eigene Nennung {verb(len(self.silent), 'bleibt', 'bleiben')}: {join_words(self.silent)}"
            if self.silent and self.located
            else "",
            f"{mentions(self.citywide)} {verb(self.citywide, 'gilt', 'gelten')} für die ganze Stadt"
            if self.citywide
            else "",
            f"{mentions(self.unknown)} {verb(self.unknown, 'lässt', 'lassen')} sich keinem Ort zuordnen"
            if self.unknown
            else "",
        )

    def _main(self) -> str:
        part = share(self.located, self.total)
        if not self.located:
            return f"{part} lässt sich einem Stadtbezirk zuordnen"
        where = part_of(
            self.served, self.stadtbezirke, "Stadtbezirk", "Stadtbezirke", gender="m", case="accusative"
        )
        let, refer = (verb(self.located, *words) for words in (("lässt", "lassen"), ("bezieht", "beziehen")))
        most = led_by(self.most, self.served, ", am häufigsten auf")
        return f"{part} {let} sich Stadtbezirken zuordnen; sie {refer} sich auf {where}{most}"


@dataclass(frozen=True)
class GroupReach(Finding):
    """Which groups are named in every Stadtbezirk (labels), and how many in a single one.

    both: programmes, of `total`, that name a group as well as a Stadtbezirk; only these are looked at.
    """

    both: int
    total: int
    groups: int
    stadtbezirke: int
    everywhere: tuple[str, ...] = ()
    single: int = 0

    @property
    def sentence(self) -> str:
        """What reaches the whole city by name, and how much stands in one place only."""
        if not self.total:
            return NOTHING_NAMED
        if not self.both:
            return NO_GROUP_AND_PLACE
        named = count_noun(self.groups, "Zielgruppe", "Zielgruppen", gender="f")
        city = part_of(self.stadtbezirke, self.stadtbezirke, "Stadtbezirk", "Stadtbezirke", gender="m")
        names = f" ({join_words(self.everywhere)})" if self.everywhere else ""
        single = f", {alone(self.single)} nur in einem einzigen" if self.single else ""
        return say(
            f"{share(self.both, self.total)} {verb(self.both, 'enthält', 'enthalten')} sowohl eine Zielgruppe als "
            "auch einen Stadtbezirk",
            f"Dabei {verb(self.groups, 'wird', 'werden')} {named} genannt: "
            f"{alone(len(self.everywhere))} in {city}{names}{single}",
        )


def state_coverage(survey: "Survey") -> Coverage:
    """Where programmes are named."""
    places = count_stadtbezirke(survey)
    spots = survey.programme_sozialraeume
    located = survey.programmes["programme_id"].isin(
        spots.loc[spots["stadtbezirk_nr"].notna(), "programme_id"]
    )
    citywide = survey.programmes["area_scope"].eq("citywide").fillna(False)
    counts = [
        (str(name), int(count))
        for name, count in zip(places["stadtbezirk"], places["programme_count"], strict=True)
    ]
    return Coverage(
        stadtbezirke=len(places),
        total=len(survey.programmes),
        located=int(located.sum()),
        citywide=int(citywide.sum()),
        unknown=int((~located & ~citywide).sum()),
        silent=tuple(name for name, count in counts if not count),
        most=leaders(counts),
    )


def state_group_reach(survey: "Survey") -> GroupReach:
    """Which groups are named in all Stadtbezirke, and which in one only."""
    pairs = count_groups_by_stadtbezirk(survey)
    served = pairs[pairs["programme_count"].gt(0)].groupby("label", sort=False)["stadtbezirk_nr"].nunique()
    total = pairs["stadtbezirk_nr"].nunique()
    group_ids, place_ids = (
        set(table["programme_id"])
        for table in (survey.programme_target_groups, survey.programme_sozialraeume)
    )
    return GroupReach(
        both=len(group_ids & place_ids),
        total=len(survey.programmes),
        groups=len(served),
        stadtbezirke=int(total),
        everywhere=tuple(paired(str(label)) for label, count in served.items() if count == total),
        single=int(served.eq(1).sum()),
    )
