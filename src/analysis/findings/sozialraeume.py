"""Where: in which Stadtbezirke something is named, in which nothing, and which groups reach all of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..publish.german import count_noun, join_words, part_of
from ..summaries import count_groups_by_stadtbezirk, count_scopes, count_stadtbezirke
from .wording import NOTHING_NAMED, Finding, leaders, mentions, paired, ranking, say, verb

if TYPE_CHECKING:
    from ..survey import Survey


@dataclass(frozen=True)
class Coverage(Finding):
    """In how many Stadtbezirke programmes are named.

    located: programmes with a known place; citywide: for the whole city; unknown: neither;
    silent: Stadtbezirke without a programme of their own; most: those that lead, name and count.
    """

    stadtbezirke: int
    located: int
    citywide: int
    unknown: int
    silent: tuple[str, ...] = ()
    most: tuple[tuple[str, int], ...] = ()

    @property
    def sentence(self) -> str:
        """Where programmes are named and where not; for the whole city and without a place apart."""
        if not self.located + self.citywide + self.unknown:
            return NOTHING_NAMED
        served = self.stadtbezirke - len(self.silent)
        where = part_of(
            served, self.stadtbezirke, "Stadtbezirk", "Stadtbezirke", gender="m", case="accusative"
        )
        kind = " mit Ortsangabe"
        if not self.located:
            main = "Keine Nennung enthält eine Ortsangabe, die sich einem Stadtbezirk zuordnen lässt"
        elif self.located == 1:
            main = f"Die einzige Nennung{kind} bezieht sich auf {where}"
        else:
            main = f"{mentions(self.located)}{kind} verteilen sich auf {where}"
        return say(
            main,
            f"Am häufigsten genannt: {ranking(self.most)}" if 0 < len(self.most) < served else "",
            f"Ohne eigene Nennung {verb(len(self.silent), 'bleibt', 'bleiben')}: {join_words(self.silent)}"
            if self.silent and self.located
            else "",
            f"{mentions(self.citywide)} {verb(self.citywide, 'gilt', 'gelten')} für die ganze Stadt"
            if self.citywide
            else "",
            f"{mentions(self.unknown)} {verb(self.unknown, 'sagt', 'sagen')} nicht, wo gearbeitet wird"
            if self.unknown
            else "",
        )


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
    places, scopes = count_stadtbezirke(survey), count_scopes(survey)
    scope = dict(zip(scopes["area_scope"], scopes["programme_count"].astype(int), strict=True))
    located = survey.programme_sozialraeume["programme_id"].nunique()
    named = survey.programmes["programme_id"].isin(survey.programme_sozialraeume["programme_id"])
    citywide = survey.programmes["area_scope"].eq("citywide").fillna(False)
    counts = [
        (str(name), int(count))
        for name, count in zip(places["stadtbezirk"], places["programme_count"], strict=True)
    ]
    return Coverage(
        stadtbezirke=len(places),
        located=int(located),
        citywide=scope["citywide"],
        unknown=int((~named & ~citywide).sum()),
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
