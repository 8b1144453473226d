"""The most important in plain words: short sentences, one thought each, numbers as figures."""

from typing import TYPE_CHECKING

from ..publish.german import format_date
from .returns import state_mentions, state_response_rate, state_working_dezernate
from .sozialraeume import state_coverage
from .start_years import Oldest, state_oldest, state_recent
from .target_groups import state_audience, state_disability

if TYPE_CHECKING:
    from ..survey import Survey


def plain_language(survey: "Survey") -> list[str]:
    """One item per short German sentence: who was asked, who answered, what, since when, for whom, where."""
    return [
        *_asked(survey),
        *_answered(survey),
        *_programmes(survey),
        *_since_when(survey),
        *_for_whom(survey),
        *_where(survey),
        "Die Angaben kommen von den Dezernaten selbst.",
        "Vielleicht gibt es noch mehr Angebote.",
    ]


def _asked(survey: "Survey") -> list[str]:
    asked = state_response_rate(survey).asked
    return [
        "Die Stadtverwaltung hat große Abteilungen.",
        "Sie heißen Dezernate.",
        f"{_count(asked, '1 Dezernat wurde', 'Dezernate wurden')} gefragt.",
        "Die Frage war: Welche Angebote gibt es in den Stadtvierteln?",
    ]


def _answered(survey: "Survey") -> list[str]:
    rate, working = state_response_rate(survey), state_working_dezernate(survey)
    missing = rate.asked - rate.answered
    if not rate.answered:
        return ["Noch kein Dezernat hat geantwortet."]
    yes = _count(working.working, "1 Dezernat sagt", "Dezernate sagen", "Kein Dezernat sagt")
    no = _count(len(rate.fehlanzeige), "1 Dezernat sagt", "Dezernate sagen")
    return [
        f"{_count(rate.answered, '1 Dezernat hat', 'Dezernate haben')} geantwortet.",
        *([f"Von {_count(missing, '1 Dezernat', 'Dezernaten')} fehlt die Antwort."] if missing else []),
        f"{yes}: Wir arbeiten in den Stadtvierteln.",
        *([f"{no}: Bei uns gibt es solche Angebote nicht."] if rate.fehlanzeige else []),
    ]


def _programmes(survey: "Survey") -> list[str]:
    total = state_mentions(survey).total
    return [f"{_count(total, '1 Angebot wurde', 'Angebote wurden', 'Kein Angebot wurde')} genannt."]


def _since_when(survey: "Survey") -> list[str]:
    oldest, recent = state_oldest(survey), state_recent(survey)
    if not oldest.dated:
        return []
    new = _count(recent.certain, "1 davon hat", "davon haben", "Keines davon hat sicher")
    return [
        f"Die Zahlen gelten für den {format_date(survey.reference_date)}.",
        f"Bei {_count(oldest.dated, '1 Angebot', 'Angeboten')} kennen wir den Beginn.",
        *_oldest(oldest),
        f"{new} im Jahr {recent.since} oder später begonnen.",
    ]


def _oldest(oldest: Oldest) -> list[str]:
    low, high = oldest.age_min, oldest.age_max
    if high is None:
        return [f"Das älteste davon ist mindestens {_count(low, '1 Jahr', 'Jahre')} alt."] if low else []
    about = "" if low == high else "höchstens "
    return [f"Das älteste davon ist {about}{_count(high, '1 Jahr', 'Jahre')} alt."] if high else []


def _for_whom(survey: "Survey") -> list[str]:
    audience, disability = state_audience(survey), state_disability(survey)
    audiences = {
        "für alle Menschen im Stadtviertel": audience.everybody,
        "für bestimmte Gruppen, zum Beispiel für eine Altersgruppe": audience.special,
        "für bestimmte Gruppen und auch für alle": audience.both,
    }
    sentences = [
        f"{_count(count, '1 Angebot ist', 'Angebote sind')} {whom}."
        for whom, count in audiences.items()
        if count
    ]
    if audience.none:
        where = _count(audience.none, "1 Angebot", "Angeboten")
        sentences.append(f"Bei {where} wissen wir nicht, für wen.")
    if disability.known:
        named = _count(disability.named, "1 Angebot nennt", "Angebote nennen", "Kein Angebot nennt")
        sentences.append(f"{named} Menschen mit Behinderung als Gruppe.")
    if disability.implied:
        where = _count(disability.implied, "1 Angebot", "Angeboten")
        sentences += [
            f"Bei {where} sind Menschen mit Behinderung vielleicht gemeint.",
            "Danach müssen wir noch fragen.",
        ]
    return sentences


def _where(survey: "Survey") -> list[str]:
    coverage = state_coverage(survey)
    if not coverage.located and not coverage.citywide:
        return []
    citywide = _count(coverage.citywide, "1 Angebot gibt", "Angebote gibt")
    places = {
        "gibt es eigene Angebote": coverage.served if coverage.located else 0,
        "wurde kein eigenes Angebot genannt": len(coverage.silent),
    }
    return [
        f"Die Stadt hat {_count(coverage.stadtbezirke, '1 Bezirk', 'Bezirke')}.",
        "Ein Bezirk ist ein großer Teil der Stadt.",
        *(f"In {_count(count, '1 Bezirk', 'Bezirken')} {what}." for what, count in places.items() if count),
        *([f"{citywide} es in der ganzen Stadt."] if coverage.citywide else []),
    ]


def _count(count: int, one: str, many: str, none: str = "") -> str:
    return none if none and not count else one if count == 1 else f"{count} {many}"
