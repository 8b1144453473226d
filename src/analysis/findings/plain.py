"""The most important in plain words: short sentences, one thought each, numbers as figures, hard words explained once.

The rules are those of tests/test_plain_language.py. The hard words and what they mean are the code list `plain_words`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from ..publish.counted import count_of
from ..publish.german import format_long_date, format_number
from .departments import Cooperation, state_cooperation
from .quality import Doubts, state_doubts
from .returns import (
    Mentions,
    ResponseRate,
    WorkingDezernate,
    state_mentions,
    state_response_rate,
    state_working_dezernate,
)
from .sozialraeume import Coverage, state_coverage
from .start_years import Ends, Oldest, Recent, state_ends, state_oldest, state_recent
from .target_groups import Audience, Disability, state_audience, state_disability
from .wording import Finding, escape

if TYPE_CHECKING:
    from ..survey import Survey

TITLE: Final = "Das Wichtigste in einfacher Sprache"
ABOUT: Final = (
    "Dieser Text ist in einfacher Sprache.",
    "Menschen mit Lernschwierigkeiten haben ihn nicht geprüft.",
)
SAMPLE: Final = "Die Zahlen auf dieser Seite sind ein Beispiel. Die Antworten sind nachgebaut."


@dataclass(frozen=True)
class Topic:
    """One question and the sentences that answer it, in reading order."""

    question: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class PlainLanguage(Finding):
    """The findings of the plain page; `words` are the hard words and their explanations."""

    reference_date: date
    rate: ResponseRate
    working: WorkingDezernate
    mentions: Mentions
    cooperation: Cooperation
    oldest: Oldest
    recent: Recent
    ends: Ends
    audience: Audience
    disability: Disability
    coverage: Coverage
    doubts: Doubts
    words: tuple[tuple[str, str], ...] = ()

    @property
    def topics(self) -> tuple[Topic, ...]:
        """One item per question that the returns answer, the hard words explained where they first stand."""
        answers: dict[str, Iterable[str]] = {
            "Worum geht es?": _asked(self.rate, self.reference_date),
            "Wer hat geantwortet?": _answered(self.rate, self.working),
            "Was gibt es?": _programmes(self.rate, self.mentions, self.cooperation),
        }
        if self.mentions.total:
            answers |= {
                "Seit wann?": _since_when(self.oldest, self.recent, self.ends),
                "Für wen?": _for_whom(self.audience, self.disability),
                "Wo?": _where(self.coverage),
            }
        answers["Was wissen wir nicht?"] = _unknown(self.rate, self.doubts)
        return tuple(explain([Topic(name, tuple(said)) for name, said in answers.items()], self.words))

    @property
    def sentence(self) -> str:
        """What the text is, then one paragraph per question."""
        told = [f"{topic.question}\n{' '.join(topic.sentences)}" for topic in self.topics]
        return "\n\n".join([" ".join(ABOUT), *told])

    @property
    def markdown(self) -> str:
        """The same with the questions as headings of level 3 and a line per sentence."""
        parts = ["\n".join(ABOUT)]
        for topic in self.topics:
            parts += [f"### {topic.question}", escape("\n".join(topic.sentences))]
        return "\n\n".join(parts)


def tell_in_plain_language(survey: "Survey") -> PlainLanguage:
    """What matters most, for people who need plain words."""
    return PlainLanguage(
        reference_date=survey.reference_date,
        rate=state_response_rate(survey),
        working=state_working_dezernate(survey),
        mentions=state_mentions(survey),
        cooperation=state_cooperation(survey),
        oldest=state_oldest(survey),
        recent=state_recent(survey),
        ends=state_ends(survey),
        audience=state_audience(survey),
        disability=state_disability(survey),
        coverage=state_coverage(survey),
        doubts=state_doubts(survey),
        words=tuple((row["word"], row["explanation"]) for row in survey.codes["plain_words"]),
    )


def explain(topics: Sequence[Topic], words: Iterable[tuple[str, str]]) -> Iterator[Topic]:
    """One item per topic, each hard word explained once: right after the first sentence that has it."""
    left = {_fold(word): explanation for word, explanation in words if explanation}
    for topic in topics:
        yield Topic(
            topic.question,
            tuple(line for sentence in topic.sentences for line in _with_explanations(sentence, left)),
        )


def _with_explanations(sentence: str, left: dict[str, str]) -> Iterator[str]:
    yield sentence
    for found in re.findall(r"\w+", _fold(sentence)):
        for word in [word for word in left if found.startswith(word)]:
            yield from _with_explanations(left.pop(word), left)


def _fold(text: str) -> str:
    """Small letters without dots, so that "Räume" begins like "Raum"."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _asked(rate: ResponseRate, reference_date: date) -> Iterator[str]:
    asked = _count(rate.asked, "Dezernat", "Dezernate") if rate.asked else "ihre Dezernate"
    yield f"Die Stadt hat {asked} gefragt."
    yield "Die Frage war: Welche Angebote gibt es im Sozialraum?"
    yield f"Die Zahlen gelten für den {format_long_date(reference_date)}."


def _answered(rate: ResponseRate, working: WorkingDezernate) -> Iterator[str]:
    if rate.unreadable and not rate.answered:
        yield "Noch können wir keine Antwort lesen."
    else:
        yield f"{_part(rate.answered, rate.asked, 'Dezernat', 'hat', 'haben')} geantwortet."
    if rate.outstanding:
        yield f"{_count(count_of(rate.outstanding), 'Antwort fehlt', 'Antworten fehlen')} noch."
    if rate.unreadable:
        yield f"{_count(count_of(rate.unreadable), 'Antwort', 'Antworten')} können wir nicht lesen."
    if rate.answered:
        naming = working.working + working.inactive
        yield f"{_part(naming, working.asked, 'Dezernat', 'nennt', 'nennen')} Angebote im Sozialraum."
    if working.inactive:
        yield f"Bei {_count(working.inactive, 'Dezernat', 'Dezernaten')} sind sie nur geplant oder schon zu Ende."
    if rate.fehlanzeige:
        none = _count(count_of(rate.fehlanzeige), "Dezernat sagt", "Dezernate sagen")
        yield f"{none}: Wir haben keine Angebote im Sozialraum."
    if rate.not_asked:
        yield f"Auch {_count(count_of(rate.not_asked), 'andere Stelle hat', 'andere Stellen haben')} geantwortet."


def _programmes(rate: ResponseRate, mentions: Mentions, cooperation: Cooperation) -> Iterator[str]:
    if not mentions.total:
        yield "Die Antworten nennen kein Angebot." if rate.answered else "Das wissen wir noch nicht."
        return
    yield f"Die Antworten nennen {_count(mentions.total, 'Angebot', 'Angebote')}."
    yield f"{_part_at(cooperation.given, mentions.total)} stehen Partner in der Antwort."


def _since_when(oldest: Oldest, recent: Recent, ends: Ends) -> Iterator[str]:
    yield f"{_part_at(oldest.dated, oldest.total)} kennen wir den Beginn."
    if oldest.dated:
        yield from _oldest(oldest)
        yield from _recent(recent)
    if recent.planned:
        yield f"{_count(recent.planned, 'Angebot ist', 'Angebote sind')} erst geplant."
    if ends.before:
        yield f"{_count(ends.before, 'Angebot ist', 'Angebote sind')} schon zu Ende."


def _oldest(oldest: Oldest) -> Iterator[str]:
    low, high = oldest.age_min, oldest.age_max
    who = "Es ist" if oldest.dated == 1 else "Das älteste Angebot ist"
    if low and low == high and len(oldest.titles) > 1:
        many = format_number(count_of(oldest.titles))
        yield f"Die {many} ältesten Angebote gibt es seit {_count(low, 'Jahr', 'Jahren')}."
    elif high is None:
        if low:
            yield f"{who} mindestens {_count(low, 'Jahr', 'Jahre')} alt."
    elif low == high:
        yield f"{who} {_count(low, 'Jahr', 'Jahre')} alt." if low else f"{who} noch kein Jahr alt."
    elif low == 0:
        yield f"{who} höchstens {_count(high, 'Jahr', 'Jahre')} alt."
    else:
        yield f"{who} {format_number(low)} bis {format_number(high)} Jahre alt."


def _recent(recent: Recent) -> Iterator[str]:
    since = f"im Jahr {recent.since} oder später begonnen"
    if recent.dated == 1:
        if recent.certain:
            yield f"Es hat {since}."
        elif recent.possible:
            yield f"Vielleicht hat es {since}."
        else:
            yield f"Es hat vor dem Jahr {recent.since} begonnen."
        return
    if recent.certain == recent.dated:
        yield f"Alle {format_number(recent.certain)} haben {since}."
        return
    if recent.certain:
        has = "hat" if recent.certain == 1 else "haben"
        part = f"{format_number(recent.certain)} von {format_number(recent.dated)} Angeboten"
        yield f"{part} {has} {since}."
    else:
        yield f"Keines davon hat {'sicher ' if recent.possible else ''}{since}."
    if recent.possible:
        yield f"Bei {format_number(recent.possible)} davon ist das möglich."
    else:
        yield from _relation(recent.certain, recent.dated)


def _for_whom(audience: Audience, disability: Disability) -> Iterator[str]:
    audiences = {
        "für bestimmte Gruppen": audience.special,
        "für alle Menschen": audience.everybody,
        "für bestimmte Gruppen und auch für alle": audience.both,
    }
    for whom, count in audiences.items():
        if count:
            yield f"{_count(count, 'Angebot ist', 'Angebote sind')} {whom}."
    if audience.none:
        where = _count(audience.none, "Angebot", "Angeboten")
        yield f"Bei {where} wissen wir nicht: Für wen?"
    if disability.known:
        where = _count(disability.named, "Angebot", "Angeboten") if disability.named else "keinem Angebot"
        yield f"Bei {where} steht: Es ist für Menschen mit Behinderung."
    if disability.implied:
        one, many = ("anderen Angebot", "anderen Angeboten") if disability.named else ("Angebot", "Angeboten")
        yield f"Bei {_count(disability.implied, one, many)} sind Menschen mit Behinderung vielleicht gemeint."


def _where(coverage: Coverage) -> Iterator[str]:
    if coverage.located:
        where = _part(coverage.served, coverage.stadtbezirke, "Stadtbezirk", "hat", "haben")
        yield f"{where} eigene Angebote."
    else:
        yield "Kein Angebot nennt einen Stadtbezirk."
    if coverage.citywide:
        yield f"{_count(coverage.citywide, 'Angebot gibt', 'Angebote gibt')} es in der ganzen Stadt."
    if coverage.unknown:
        yield f"Bei {_count(coverage.unknown, 'Angebot', 'Angeboten')} wissen wir den Ort nicht."


def _unknown(rate: ResponseRate, doubts: Doubts) -> Iterator[str]:
    if rate.answered:
        yield "Wir wissen nicht: Stimmen alle Antworten?"
        yield "Wir wissen nicht: Gibt es noch mehr Angebote?"
    yield "Wir wissen nicht: Können Menschen mit Behinderung überall mitmachen?"
    if rate.stray_workbooks:
        yield f"Bei {_count(rate.stray_workbooks, 'Datei', 'Dateien')} wissen wir nicht: Von wem kommt das?"
    if questions := doubts.error + doubts.warning:
        yield f"Wir haben noch {_count(questions, 'offene Frage', 'offene Fragen')}."


def _relation(count: int, whole: int) -> Iterator[str]:
    """What a share is beside the whole, in words."""
    if 0 < count < whole:
        sides = {True: "mehr als", False: "weniger als"}
        yield f"Das ist {'genau' if 2 * count == whole else sides[2 * count > whole]} die Hälfte."


def _count(count: int, one: str, many: str) -> str:
    return f"{format_number(count)} {one if count == 1 else many}"


def _part(count: int, whole: int, noun: str, one: str, many: str) -> str:
    """A part as a subject: "2 von 7 Dezernaten haben", "Alle 7 Dezernate haben", "Kein Dezernat hat"."""
    if not count:
        return f"Kein {noun} {one}"
    if whole == 1:
        return f"{format_number(count)} {noun} {one}"
    if count == whole:
        return f"Alle {format_number(count)} {noun}e {many}"
    return f"{format_number(count)} von {format_number(whole)} {noun}en {one if count == 1 else many}"


def _part_at(count: int, whole: int) -> str:
    """A part in the dative: "Bei 20 von 24 Angeboten"."""
    if not count:
        return "Bei keinem Angebot"
    if whole == 1:
        return f"Bei {format_number(count)} Angebot"
    if count == whole:
        return f"Bei allen {format_number(count)} Angeboten"
    return f"Bei {format_number(count)} von {format_number(whole)} Angeboten"
