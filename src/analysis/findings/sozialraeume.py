"""Where: in which Stadtbezirke something is named, in which nothing, and which groups reach all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..evidence import cite_all, cite_named, cite_programmes
from ..labels import NO_GROUP_AND_PLACE, NOTHING_NAMED
from ..publish.counted import Counted, Listed, Row, count_of
from ..publish.german import count_noun, join_words, part_of
from ..summaries import label_stadtbezirke, list_group_mentions, list_places
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
        return self.stadtbezirke - count_of(self.silent)

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
            f"{alone(count_of(self.everywhere))} in {city}{names}{single}",
        )


def state_coverage(survey: "Survey") -> Coverage:
    """Where programmes are named."""
    programmes, spots = survey.programmes, survey.programme_sozialraeume
    ids = programmes["programme_id"]
    located = ids.isin(spots.loc[spots["stadtbezirk_nr"].notna(), "programme_id"])
    citywide = programmes["area_scope"].eq("citywide").fillna(False)
    named_by = _programmes_by_place(survey)
    silent = tuple(name for name, mine in named_by.items() if not mine)
    counts = [(name, cite_programmes(survey, mine, "sozialraum")) for name, mine in named_by.items()]
    return Coverage(
        stadtbezirke=_cite_stadtbezirke(survey, named_by),
        total=cite_all(survey),
        located=cite_programmes(survey, ids[located], "sozialraum"),
        citywide=cite_programmes(survey, ids[citywide], "sozialraum"),
        unknown=cite_programmes(survey, ids[~located & ~citywide], "sozialraum"),
        silent=Listed(silent, _cite_stadtbezirke(survey, {name: [] for name in silent})),
        most=leaders(counts),
    )


def state_group_reach(survey: "Survey") -> GroupReach:
    """Which groups are named in all Stadtbezirke, and which in one only."""
    named_by = _programmes_by_place(survey)
    located = {ident for ids in named_by.values() for ident in ids}
    named = list_group_mentions(survey)
    named = named[named["programme_id"].isin(located)]
    ids = survey.programmes["programme_id"]
    both = ids[ids.isin(named["programme_id"])]
    places = named.merge(list_places(survey), on="programme_id")
    reach = places.groupby("label", sort=False)["stadtbezirk_nr"].nunique()

    def groups(labels: Iterable[str]) -> Listed:
        programmes = {
            paired(label): list(named.loc[named["label"].eq(label), "programme_id"]) for label in labels
        }
        return Listed(programmes, cite_named(survey, "Zielgruppe", programmes, "target_groups"))

    return GroupReach(
        both=cite_programmes(survey, both, "target_groups", "sozialraum"),
        total=cite_all(survey),
        groups=count_of(groups(reach.index)),
        stadtbezirke=_cite_stadtbezirke(survey, named_by),
        everywhere=groups(reach.index[reach.eq(len(named_by))]),
        single=count_of(groups(reach.index[reach.eq(1)])),
    )


def _programmes_by_place(survey: "Survey") -> dict[str, list[str]]:
    """One item per Stadtbezirk, all of them: the programmes named there."""
    ids = list_places(survey).groupby("stadtbezirk")["programme_id"].agg(list)
    return {name: ids.get(name, []) for name in label_stadtbezirke(survey).values()}


def _cite_stadtbezirke(survey: "Survey", named_by: Mapping[str, Sequence[str]]) -> Counted:
    """How many Stadtbezirke; where none names them, the code list does."""
    listed = {name: Row(name, "Codeliste „stadtteile“") for name in named_by}
    return cite_named(survey, "Stadtbezirk", named_by, "sozialraum", otherwise=listed)
