"""From the tokens of a text to its reading: which times begin something, which end it, and what is in doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .moments import Moment, find_moments, join_parts, settle_short_years
from .roles import give_roles, owner
from .spans import overlaps, unite
from .tokens import Token

_CALENDAR: Final = {"day", "month", "season"}
_LEADING_SIGNS: Final = {"→", "..."}  # like a dash before the only year: "-2012" may be when it ends
_HALF_A_YEAR: Final = timedelta(days=184)
_FOREIGN: Final = {"word", "stage", "number", "trap", "other", "change"}


@dataclass(slots=True)
class Reading:
    """One text: its moments, the kinds of its other tokens, and the doubts that belong to no moment."""

    moments: list[Moment]
    kinds: set[str]
    vague: str | None
    doubts: list[str]
    candidate: int | None
    is_planned: bool

    def of_role(self, role: str) -> list[Moment]:
        """The moments with that role, in order."""
        return [moment for moment in self.moments if moment.role == role]


def read(tokens: Sequence[Token], reference: date) -> Reading:
    """The reading of one text."""
    tokens = settle_short_years(join_parts(tokens), reference)
    moments, doubts = find_moments(tokens, reference)
    _link(tokens, moments)
    give_roles(tokens, moments, reference)
    vague = [token.value for token in tokens if token.kind == "vague"]
    return Reading(
        moments=_refined(_joined(moments)),
        kinds={token.kind for token in tokens},
        vague=next((value for value in vague if value), vague[0] if vague else None),
        doubts=doubts + _loose_doubts(tokens, moments),
        candidate=next((token.candidate for token in tokens if token.candidate), None),
        is_planned=not moments and any(t.kind == "planned" and t.value != "loosely" for t in tokens),
    )


def _loose_doubts(tokens: Sequence[Token], moments: Sequence[Moment]) -> list[str]:
    """Numbers that could be another year, and doubts about a text without a time."""
    doubts: list[str] = []
    for index, token in enumerate(tokens):
        moment = owner(tokens, index, moments)
        if token.kind == "broken":
            doubts.append(token.value)
        elif token.kind == "number" and not (len(token.text) == 1 and moment and moment.has_lead):
            doubts.append("broken" if token.candidate else "leftover_number")
        elif token.kind == "doubt" and moment is None and token.text.strip("()?"):
            doubts.append("doubted")
    return doubts


def _link(tokens: Sequence[Token], moments: Sequence[Moment]) -> None:
    """How each moment is joined to the one before it."""
    previous = -1
    for moment in moments:
        between = tokens[previous + 1 : moment.position]
        kinds = {token.kind for token in between}
        is_first = previous < 0
        previous = moment.position
        if moment.link == "between":
            continue
        if any(token.kind == "end" and token.text.startswith("bis") for token in between):
            moment.link = "until"
        elif is_first:
            if len(between) == 1 and (between[0].kind == "dash" or between[0].text in _LEADING_SIGNS):
                moment.role = "leading_dash"
        elif "or" in kinds:
            moment.link = "or"
        elif "dash" in kinds and not kinds & _FOREIGN and not moment.has_lead:
            moment.link = "until"
        elif "slash" in kinds and not kinds & {*_FOREIGN, "separator", "place"}:
            moment.link = "slash"
        elif kinds <= {"part", "filler", "approx", "separator", "lead"}:
            moment.link = "beside"


def _joined(moments: Sequence[Moment]) -> list[Moment]:
    """Moments that are one ("A oder B", "zwischen A und B", "Ende 90er/Anfang 2000er") or a running time."""
    joined: list[Moment] = []
    for moment in moments:
        last = joined[-1] if joined else moment
        is_fuzzy = last.span.grain == moment.span.grain == "decade"
        is_either = moment.link in ("or", "slash") or last.link == "between"
        is_either |= is_fuzzy and moment.link in ("until", "beside")
        if last is moment or not (is_either or moment.link == "until"):
            joined.append(moment)
        elif is_either:
            _unite(last, moment, is_fuzzy)
        else:
            last.role = "other" if moment.role == "other" else last.role  # "2010-2012 Planung"
            moment.role = last.role if last.role in ("other", "name") else "end"
            joined.append(moment)
    for moment in joined:
        moment.doubts += ["partly"] if moment.link == "between" else []  # "zwischen 2009" and no other
    return joined


def _unite(last: Moment, moment: Moment, is_fuzzy: bool) -> None:
    distance = abs((moment.span.earliest or 0) - (last.span.latest or 0))
    is_plain = is_fuzzy or (last.span.grain in ("year", "pair") and distance <= 1)
    if {last.span.grain, moment.span.grain} <= _CALENDAR and last.span.begins and moment.span.begins:
        is_plain |= abs(moment.span.begins - last.span.begins) <= _HALF_A_YEAR  # "Dezember 2013/Januar 2014"
    if moment.link == "slash" and not is_plain:
        last.doubts.append("two_readings")
    if last.link == "between":
        last.link = ""
    last.span = unite(last.span, moment.span)
    last.doubts += moment.doubts
    last.is_planned |= moment.is_planned


def _refined(moments: list[Moment]) -> list[Moment]:
    """ "seit 10 Jahren (2004)": the year itself, where both can be true; else the year and a doubt."""
    starts = [moment for moment in moments if moment.role == "start"]
    loose = [m for m in starts if m.span.grain in ("relative", "period") and not m.span.is_single]
    firm = [moment for moment in starts if moment not in loose]
    if not loose or not firm:
        return moments
    if not all(any(overlaps(moment.span, other.span) for other in firm) for moment in loose):
        firm[0].doubts.append("contradiction")
    return [moment for moment in moments if moment not in loose]
