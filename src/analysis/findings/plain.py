"""The most important in plain words: short sentences, one thought each, numbers as figures."""

from typing import TYPE_CHECKING

from ..publish.german import format_date
from .returns import state_mentions, state_response_rate, state_working_dezernate
from .sozialraeume import state_coverage
from .start_years import state_oldest, state_recent
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
        f"Die Stadt hat {_count(asked, '1 Dezernat', 'Dezernate')} gefragt:",
        "Welche Angebote gibt es in den Stadtvierteln?",
    ]


def _answered(survey: "Survey") -> list[str]:
    rate, working = state_response_rate(survey), state_working_dezernate(survey)
    missing = rate.asked - rate.answered
    if not rate.answered:
        return ["Noch kein Dezernat hat geantwortet."]
    return [
        f"{_count(rate.answered, '1 Dezernat hat', 'Dezernate haben')} geantwortet.",
        *(
            [f"Von {_count(missing, '1 Dezernat', 'Dezernaten')} fehlt eine lesbare Antwort."]
            if missing
            else []
        ),
        f"{_count(working.working, '1 Dezernat sagt', 'Dezernate sagen')}: Wir arbeiten in den Stadtvierteln."
        if working.working
        else "Kein Dezernat sagt: Wir arbeiten in den Stadtvierteln.",
        *(
            [f"{_count(rate.fehlanzeige, '1 Dezernat sagt', 'Dezernate sagen')}: Bei uns gibt es das nicht."]
            if rate.fehlanzeige
            else []
        ),
    ]


def _programmes(survey: "Survey") -> list[str]:
    total = state_mentions(survey).total
    if not total:
        return ["Kein Angebot wurde genannt."]
    return [f"Zusammen {_count(total, 'wurde 1 Angebot', 'Angebote', 'wurden ')} genannt."]


def _since_when(survey: "Survey") -> list[str]:
    oldest, recent = state_oldest(survey), state_recent(survey)
    if not oldest.dated:
        return []
    sentences = [f"Wir haben bis zum {format_date(survey.reference_date)} gezählt."]
    if oldest.age_max is None:
        if oldest.age_min:
            sentences.append(
                f"Das älteste Angebot ist mindestens {_count(oldest.age_min, '1 Jahr', 'Jahre')} alt."
            )
    elif oldest.age_min == oldest.age_max:
        sentences.append(f"Das älteste Angebot ist {_count(oldest.age_min, '1 Jahr', 'Jahre')} alt.")
    else:
        sentences.append(
            f"Das älteste Angebot ist höchstens {_count(oldest.age_max, '1 Jahr', 'Jahre')} alt."
        )
    sentences.append(f"Bei {_count(recent.dated, '1 Angebot', 'Angeboten')} kennen wir den Beginn.")
    if recent.certain:
        sentences.append(
            f"{_count(recent.certain, '1 davon hat', 'davon haben')} im Jahr {recent.since} "
            "oder später begonnen."
        )
    return sentences


def _for_whom(survey: "Survey") -> list[str]:
    audience, disability = state_audience(survey), state_disability(survey)
    sentences = []
    if audience.everybody:
        sentences.append(
            f"{_count(audience.everybody, '1 Angebot ist', 'Angebote sind')} "
            "für alle Menschen im Stadtviertel."
        )
    if audience.special:
        sentences += [
            f"{_count(audience.special, '1 Angebot ist', 'Angebote sind')} nur für bestimmte Gruppen.",
            "Zum Beispiel für Kinder oder für ältere Menschen." if False else "",
        ]
    if disability.known:
        sentences.append(
            f"{_count(disability.named, '1 Angebot nennt', 'Angebote nennen')} Menschen mit Behinderung."
            if disability.named
            else "Kein Angebot nennt Menschen mit Behinderung als Gruppe."
        )
    if disability.implied:
        sentences += [
            f"Bei {_count(disability.implied, '1 anderen Angebot', 'anderen Angeboten')} kann es sein, "
            "dass Menschen mit Behinderung gemeint sind.",
            "Danach müssen wir noch fragen.",
        ]
    return [sentence for sentence in sentences if sentence]


def _where(survey: "Survey") -> list[str]:
    coverage = state_coverage(survey)
    served = coverage.stadtbezirke - len(coverage.silent)
    if not coverage.located and not coverage.citywide:
        return []
    sentences = [
        f"Die Stadt hat {coverage.stadtbezirke} Bezirke.",
        "Ein Bezirk ist ein großer Teil der Stadt.",
    ]
    if coverage.located:
        sentences.append(f"In {_count(served, '1 Bezirk', 'Bezirken')} gibt es eigene Angebote.")
    if coverage.citywide:
        sentences.append(
            f"{_count(coverage.citywide, '1 Angebot gibt', 'Angebote gibt')} es in der ganzen Stadt."
        )
    return sentences


def _count(count: int, one: str, many: str, before: str = "") -> str:
    return one if count == 1 else f"{before}{count} {many}"
