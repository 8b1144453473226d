"""The result in four sentences: where, since when, for whom, and how and where in the city."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..publish.german import capitalize_first, count_noun, join_words, number_word, part_of
from ..summaries import RECENT_YEARS
from .departments import Cooperation, state_cooperation
from .returns import Mentions, WorkingDezernate, origin, state_mentions, state_working_dezernate
from .sozialraeume import Coverage, state_coverage
from .start_years import DATED, Oldest, Recent, state_oldest, state_recent
from .target_groups import ADDRESSED, Audience, Disability, state_audience, state_disability
from .wording import Finding, alone, escape, leaders, mentions, say, share, verb

if TYPE_CHECKING:
    from ..survey import Survey

# A sentence can hold so many Dezernate with their counts; where there are more, it has only those that lead.
DEZERNATE_IN_SENTENCE: Final = 4
UNTOLD: Final = "lässt sich ohne Nennungen nicht sagen"


@dataclass(frozen=True)
class Summary(Finding):
    """The findings that answer what the committee asked for: where and how sozialräumlich work is done."""

    working: WorkingDezernate
    mentions: Mentions
    oldest: Oldest
    recent: Recent
    audience: Audience
    disability: Disability
    coverage: Coverage
    cooperation: Cooperation

    @property
    def sentences(self) -> tuple[str, str, str, str]:
        """Where, since when, for whom, in which Stadtbezirke and with whom: one sentence each, with denominators."""
        where = say(_where(self.working, self.mentions))
        if not self.mentions.total:
            return (
                where,
                say(f"Seit wann sozialräumlich gearbeitet wird, {UNTOLD}"),
                say(f"Für wen das geschieht, {UNTOLD}"),
                say(f"In welchen Stadtbezirken und mit wem das geschieht, {UNTOLD}"),
            )
        return (
            where,
            say(_since_when(self.oldest, self.recent)),
            say(_for_whom(self.audience, self.disability)),
            say(_how(self.coverage, self.cooperation)),
        )

    @property
    def sentence(self) -> str:
        """The four sentences, a line each."""
        return "\n".join(self.sentences)

    @property
    def markdown(self) -> str:
        """The four sentences as a numbered list."""
        return "\n".join(f"{number}. {escape(text)}" for number, text in enumerate(self.sentences, start=1))


def tell_summary(survey: "Survey") -> Summary:
    """What the committee asked for, in four sentences."""
    return Summary(
        working=state_working_dezernate(survey),
        mentions=state_mentions(survey),
        oldest=state_oldest(survey),
        recent=state_recent(survey),
        audience=state_audience(survey),
        disability=state_disability(survey),
        coverage=state_coverage(survey),
        cooperation=state_cooperation(survey),
    )


def _where(working: WorkingDezernate, named: Mentions) -> str:
    is_final = not working.unheard and working.is_complete
    one, many = ("weiteres ", "weitere ") if working.working else ("", "")
    nennen = verb(working.inactive, f"{one}Dezernat nennt", f"{many}Dezernate nennen")
    inactive = f"{alone(working.inactive, 'ein')} {nennen}"
    parts = [
        _work(working, is_final=is_final),
        f"{inactive} nur Maßnahmen, die geplant oder schon beendet sind" if working.inactive else "",
        f"insgesamt {verb(named.total, 'liegt', 'liegen')} {'' if is_final else 'bisher '}{_named(named)}"
        if named.total
        else "",
    ]
    return "; ".join(part for part in parts if part)


def _work(working: WorkingDezernate, *, is_final: bool) -> str:
    doing = "wird mit sozialräumlichen Bezügen gearbeitet"
    heard = working.asked - working.unheard
    if not heard:
        return (
            "Ob mit sozialräumlichen Bezügen gearbeitet wird, ist offen, denn von keinem angefragten Dezernat "
            "liegt eine lesbare Rückmeldung vor"
        )
    where = part_of(working.working, working.asked, "Dezernat", "Dezernate", gender="n")
    if is_final or working.working == working.asked:
        return f"In {where} {doing}"
    open_ = "(nicht alle Rückmeldungen liegen auswertbar vor)"
    if working.working:
        return f"In mindestens {where} {doing} {open_}"
    return f"In {part_of(0, heard, 'Dezernat', 'Dezernate', gender='n')} mit lesbarer Rückmeldung {doing} {open_}"


def _named(named: Mentions) -> str:
    """How many Nennungen "vor" which Dezernate, or those that lead."""
    count, parts = mentions(named.total), named.by_dezernat
    if len(parts) == 1:
        return f"{count} vor, {verb(named.total, 'und zwar', 'alle')} {origin(parts[0][0])}"
    if len(parts) <= DEZERNATE_IN_SENTENCE:
        told = join_words(f"{alone(number)} {origin(label)}" for label, number in parts)
        return f"{count} vor, {told}" if told else f"{count} vor"
    told = join_words(f"{alone(number)} {origin(label)}" for label, number in leaders(parts))
    return f"{count} vor, darunter {told}" if told else f"{count} vor"


def _since_when(oldest: Oldest, recent: Recent) -> str:
    if not oldest.dated:
        no_answer = share(0, oldest.total)
        return (
            f"Seit wann die Maßnahmen bestehen, ist offen, denn {no_answer[:1].lower()}{no_answer[1:]} enthält "
            "eine auswertbare Angabe zu einem Beginn vor dem Stichtag"
        )
    if oldest.dated == 1:
        if oldest.total == 1:
            return f"Die einzige genannte Maßnahme ist {oldest.age}"
        only = share(oldest.dated, oldest.total)
        return f"Nur {only} enthält eine auswertbare Angabe zum Beginn, und diese Maßnahme ist {oldest.age}"
    tied = len(oldest.titles)
    who = "Die ältesten Maßnahmen" if tied > 1 else "Die älteste Maßnahme"
    known = " mit bekanntem Beginn" if oldest.dated < oldest.total else ""
    begun = _recent(recent, is_contrast=oldest.age_min > RECENT_YEARS)
    return f"{who}{known} {verb(tied, 'ist', 'sind')} {oldest.age}, {begun}"


def _recent(recent: Recent, *, is_contrast: bool) -> str:
    begun = f"in den letzten {number_word(RECENT_YEARS)} Jahren vor dem Stichtag (seit {recent.since}) begonnen worden"
    part = share(recent.certain, recent.dated, DATED)
    others = "einer weiteren" if recent.possible == 1 else f"{number_word(recent.possible)} weiteren"
    also = f"; möglich ist das bei {others}" if recent.possible else ""
    if recent.no == recent.dated:
        return f"und {share(recent.no, recent.dated, DATED)} sind schon vor {recent.since} begonnen worden"
    if recent.certain == recent.dated:
        return f"und {part} sind {begun}"
    if not recent.certain:
        maybe = share(recent.possible, recent.dated, DATED)
        return f"und {maybe} {verb(recent.possible, 'ist', 'sind')} möglicherweise {begun}"
    if 2 * recent.certain > recent.dated:
        return f"die meisten sind {'aber erst ' if is_contrast else ''}{begun}, nämlich {part}{also}"
    return f"und {part} {verb(recent.certain, 'ist', 'sind')} {begun}{also}"


def _for_whom(audience: Audience, disability: Disability) -> str:
    if not audience.known:
        return (
            f"Für wen die Maßnahmen gedacht sind, ist offen, denn {share(0, audience.none)} enthält "
            "eine auswertbare Angabe zur Zielgruppe"
        )
    audiences = {
        "an besondere Zielgruppen": audience.special,
        "an alle Bewohnerinnen und Bewohner": audience.everybody,
        "sowohl an besondere Zielgruppen als auch an alle": audience.both,
    }
    return f"{_addressed(audience.known, audiences)}; {_disability(disability)}"


def _addressed(known: int, audiences: Mapping[str, int]) -> str:
    parts = [(count, whom) for whom, count in audiences.items() if count]
    richten = verb(parts[0][0], "richtet", "richten")
    if len(parts) == 1:
        return f"{share(known, known, ADDRESSED)} {richten} sich {parts[0][1]}"
    first, *others = [f"{alone(count)} {whom}" for count, whom in parts]
    return f"Von {number_word(known)} Nennungen{ADDRESSED} {join_words([f'{richten} sich {first}', *others])}"


def _disability(disability: Disability) -> str:
    if disability.known == 1:
        return f"Menschen mit Behinderung nennt sie {'' if disability.named else 'nicht '}ausdrücklich"
    where = "keiner" if not disability.named else "allen" if disability.named == disability.known else ""
    where = where or alone(disability.named, "einer")
    return f"Menschen mit Behinderung werden in {where} davon ausdrücklich genannt"


def _how(coverage: Coverage, cooperation: Cooperation) -> str:
    more = "weitere " if coverage.located else ""
    many = count_noun(coverage.citywide, f"{more}Nennung", f"{more}Nennungen", gender="f")
    citywide = f"{many} {verb(coverage.citywide, 'gilt', 'gelten')} für die ganze Stadt"
    return (
        f"{_reached(coverage)}{f', {citywide}' if coverage.citywide else ''}; "
        f"eine Zusammenarbeit mit anderen Stellen wird {_together(cooperation)}"
    )


def _reached(coverage: Coverage) -> str:
    whole = coverage.stadtbezirke
    if not coverage.located:
        return f"Keinem der {number_word(whole)} Stadtbezirke lässt sich eine Nennung zuordnen"
    where = part_of(coverage.served, whole, "Stadtbezirk", "Stadtbezirke", gender="m", case="nominative")
    have = verb(coverage.served, "hat", "haben")
    return f"{capitalize_first(where)} {have} eigene Maßnahmen ({share(coverage.located, coverage.total)})"


def _together(cooperation: Cooperation) -> str:
    total = cooperation.given + cooperation.none + cooperation.no_answer
    is_rare = 0 < cooperation.given < total / 4
    where = share(cooperation.given, total, case="dative")
    return f"{'nur vereinzelt angegeben, nämlich ' if is_rare else ''}bei {where}{'' if is_rare else ' angegeben'}"
