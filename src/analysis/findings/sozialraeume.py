"""Where: in which Stadtbezirke something is named, in which nothing, and which groups reach all of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..labels import NOTHING_NAMED
from ..publish.german import count_noun, join_words, part_of
from ..summaries import count_groups_by_stadtbezirk, count_stadtbezirke
from .wording import Finding, leaders, mentions, paired, ranking, say, share, verb

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
            f"Am häufigsten genannt: {ranking(self.most)}" if 0 < len(self.most) < self.served else "",
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
        if self.located == 1:
            return f"{part} lässt sich Stadtbezirken zuordnen; sie bezieht sich auf {where}"
        return f"{part} lassen sich Stadtbezirken zuordnen; sie verteilen sich auf {where}"


@dataclass(frozen=True)
class GroupReach(Finding):
    """Which groups are named in every Stadtbezirk (labels), and how many in a single one."""

    groups: int
    stadtbezirke: int
    everywhere: tuple[str, ...] = ()
    single: int = 0

    @property
    def sentence(self) -> str:
        """What reaches the whole city by name, and how much stands in one place only."""
        if not self.groups:
            return "Keine Nennung enthält zugleich eine Zielgruppe und einen Stadtbezirk."
        named = count_noun(self.groups, "Zielgruppe", "Zielgruppen", gender="f")
        every = (
            f"in allen Stadtbezirken {verb(len(self.everywhere), 'kommt', 'kommen')} davon "
            f"{join_words(self.everywhere)} vor"
            if self.everywhere
            else "in allen Stadtbezirken kommt davon keine vor"
        )
        only = count_noun(self.single, "Zielgruppe", "Zielgruppen", gender="f")
        return say(
            f"Mit Ortsangabe genannt {verb(self.groups, 'wird', 'werden')} {named}; {every}",
            f"{only} {verb(self.single, 'wird', 'werden')} nur in einem einzigen Stadtbezirk genannt"
            if self.single
            else "",
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
    return GroupReach(
        groups=len(served),
        stadtbezirke=int(total),
        everywhere=tuple(paired(str(label)) for label, count in served.items() if count == total),
        single=int(served.eq(1).sum()),
    )
