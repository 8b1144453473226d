"""What the words of a text say about its moments: begun, ended, decided, denied, planned or part of a name."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from .moments import Moment
from .tokens import Token

_DOUBTING: Final = ("doubt", "missing", "pending")
_CLAUSE_ENDS: Final = ("separator", "and", "dash", "slash", "or")


def give_roles(tokens: Sequence[Token], moments: Sequence[Moment], reference: date) -> None:
    """Sets role, plans and doubts of each moment from the words that belong to it."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
        moment = owner(tokens, index, moments)
        if moment is None or moment.position == index:
            continue
        if token.kind == "word":
            _give_stranger(moment, tokens[index + 1 : moment.position], moment.position > index, depth > 0)
        elif token.kind == "trap" and moment.position == index + 1 and not moment.has_lead:
            moment.doubts.append("partly")  # "Dezernat V 2009"
        elif token.kind in ("place", "thing") and moment.position == index + 1:
            _give_name(token, moment, reference)
        elif token.kind == "negation" and _denies(
            tokens[index + 1 : moment.position], moment.position > index
        ):
            moment.role = "denied"
        elif token.kind == "other" and moment.has_lead and _is_parted(tokens, index, moment.position):
            pass  # "Konzept in Arbeit, Start 2015"
        else:
            _give_role(token, moment, moment.position > index, reference)
            if moment.link == "until" and token.kind in _DOUBTING and moment.position < index:
                moments[moments.index(moment) - 1].doubts.append(
                    "doubted"
                )  # "2000-2005 (genaues Jahr unbekannt)"


def owner(tokens: Sequence[Token], index: int, moments: Sequence[Moment]) -> Moment | None:
    """The moment a word belongs to: the next one in its clause, else the last one; participles look back first."""
    if len(moments) < 2:
        return moments[0] if moments else None
    before = [moment for moment in moments if moment.position < index][-1:]
    after = [moment for moment in moments if moment.position >= index][:1]
    looks_back = tokens[index].value == "after" or tokens[index].kind == "start"
    order = before + after if looks_back else after + before
    near = [moment for moment in order if not _is_parted(tokens, index, moment.position)]
    return next(iter(near + before + after), None)


def _is_parted(tokens: Sequence[Token], first: int, second: int) -> bool:
    between = tokens[min(first, second) + 1 : max(first, second)]
    return any(token.kind in _CLAUSE_ENDS or token.text.startswith("bis") for token in between)


def _give_role(token: Token, moment: Moment, is_before: bool, reference: date) -> None:
    if token.kind == "end" and (is_before or token.value == "after"):
        moment.role = "end"
    elif token.kind == "other" and moment.role == "start":
        moment.role = "other"
    elif token.value == "elsewhere" and is_before and not moment.has_lead and moment.role == "start":
        moment.role = "name"  # "siehe Flyer 2010"
    elif token.kind == "end" and not token.text.startswith("bis"):  # "2009 Abschluss"
        moment.doubts.append("partly")
    elif token.kind in ("missing", "pending", "reference") and token.text[0].isalnum():  # "2009, unklar"
        moment.doubts.append("contradiction" if token.kind == "reference" else "doubted")
    elif token.kind == "doubt":
        moment.doubts.append("doubted")
    elif token.kind == "negation" or (
        token.kind == "event" and not moment.has_lead and not _is_year_of(token, moment)
    ):
        moment.doubts.append("partly")
    elif token.kind == "planned":  # "soll 2014 starten" plans, "wird seit 2009 angeboten" does not
        is_ahead = (moment.span.latest or 0) >= reference.year and not moment.is_since
        moment.is_planned |= is_ahead or token.value != "loosely"
    elif token.kind == "change":
        moment.is_change = True
    elif token.kind in ("start", "stage") or token.value == "noun":
        moment.is_named = True


def _is_year_of(token: Token, moment: Moment) -> bool:
    """ "1991 (KJHG)" says the same twice."""
    years = {moment.span.earliest, moment.span.latest}
    return token.span is not None and years == {token.span.earliest, token.span.latest}


def _give_stranger(moment: Moment, between: Sequence[Token], is_before: bool, is_remark: bool) -> None:
    """A word nobody knows: right before a bare year it makes a name of it ("Leitbild 2020"), elsewhere a doubt."""
    if moment.role != "start" or moment.has_lead:
        return
    is_beside = is_before and all(t.kind in ("filler", "place") or t.value == "weak" for t in between)
    if is_beside and not moment.is_named and moment.span.grain in ("year", "pair"):
        moment.role = "name"
    elif not is_remark:
        moment.doubts.append("partly")


def _give_name(token: Token, moment: Moment, reference: date) -> None:
    """ "Mülheim 2020", "Haus 1998": a place with a bare year to come, a thing with any bare year."""
    is_bare = moment.span.grain == "year" and not moment.has_lead and not moment.is_planned
    if is_bare and (token.kind == "thing" or (moment.span.earliest or 0) > reference.year):
        moment.role = "name"


def _denies(between: Sequence[Token], is_before: bool) -> bool:
    """ "nicht 2009", "nicht seit 2009"."""
    return is_before and all(token.kind in ("lead", "filler", "part", "approx") for token in between)
