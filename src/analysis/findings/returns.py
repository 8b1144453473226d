"""What the returns as a whole say: who answered, where sozialräumlich work is done, how much is named."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ..evidence import (
    cite_all,
    cite_asked,
    cite_named,
    cite_programmes,
    cite_returns,
    cite_workbooks,
)
from ..labels import NOTHING_NAMED, dezernat_label
from ..publish.counted import Counted, Listed, count_of
from ..publish.german import count_noun, format_percent, format_share, join_words, part_of
from ..summaries import count_dezernate, is_active, list_programmes
from .wording import Finding, alone, mentions, say, verb

if TYPE_CHECKING:
    from ..survey import Survey


@dataclass(frozen=True)
class ResponseRate(Finding):
    """Which of the Dezernate asked have answered, and how; who is missing or was not asked."""

    asked: int
    received: tuple[str, ...]
    fehlanzeige: tuple[str, ...]
    outstanding: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    partly_unreadable: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    stray_workbooks: int = 0
    stray_unreadable: int = 0

    @property
    def answered(self) -> int:
        """How many have answered: with programmes or Fehlanzeige."""
        return count_of(self.received) + count_of(self.fehlanzeige)

    @property
    def sentence(self) -> str:
        """The rate, then what is missing or was not expected."""
        if not self.asked:
            return say("Es ist kein Dezernat als angefragt eingetragen", *self._remarks())
        who = part_of(self.answered, self.asked, "Dezernat", "Dezernate", gender="n", case="nominative")
        percent = format_percent(self.answered, self.asked)
        unread = self.unreadable and not self.answered
        none = part_of(0, self.asked, "Dezernat", "Dezernate", gender="n")
        return say(
            f"Von {none} liegt eine lesbare Antwort vor"
            if unread
            else f"{who} {verb(self.answered, 'hat', 'haben')} geantwortet{self._kinds()}",
            f"Die Rücklaufquote beträgt {percent} ({format_share(self.answered, self.asked)})",
            *self._remarks(),
        )

    def _kinds(self) -> str:
        if not self.answered:
            return ""
        if not self.fehlanzeige:
            return " und Maßnahmen genannt"
        if not self.received:
            return ", und zwar mit Fehlanzeige"
        kinds = {"mit Maßnahmen": self.received, "mit Fehlanzeige": self.fehlanzeige}
        return ": " + ", ".join(
            f"{alone(count_of(names), 'eines')} {how} ({join_words(name.removeprefix('Dezernat ') for name in names)})"
            for how, names in kinds.items()
        )

    def _remarks(self) -> list[str]:
        stray = count_noun(self.stray_workbooks, "Datei", "Dateien", gender="f")
        them = "sie" if self.stray_workbooks == 1 else f"{alone(self.stray_unreadable)} davon"
        also = f"; {them} {verb(self.stray_unreadable, 'ist', 'sind')} nicht lesbar"
        remarks = {
            f"Noch keine Antwort liegt vor von: {join_words(self.outstanding)}": self.outstanding,
            f"Nicht lesbar ist die Rückmeldung von: {join_words(self.unreadable)}": self.unreadable,
            f"Nur zum Teil lesbar ist die Rückmeldung von: {join_words(self.partly_unreadable)}": (
                self.partly_unreadable
            ),
            f"Ohne angefragt zu sein, {verb(len(self.not_asked), 'hat', 'haben')} geantwortet: "
            f"{join_words(self.not_asked)}": self.not_asked,
            f"{stray} {verb(self.stray_workbooks, 'lässt', 'lassen')} sich keinem Dezernat zuordnen"
            f"{also if self.stray_unreadable else ''}": self.stray_workbooks,
            "Darunter kann eine Antwort sein, die noch fehlt": self.stray_unreadable and self.outstanding,
        }
        return [text for text, applies in remarks.items() if applies]


@dataclass(frozen=True)
class WorkingDezernate(Finding):
    """In how many of the Dezernate asked sozialräumlich work is done, by their own account.

    working: with a programme that is neither planned nor ended before the year of the reference date;
    inactive: only with such programmes; unheard: without a readable answer; is_complete: nothing unreadable
    or stray could change it.
    """

    asked: int
    working: int
    inactive: int
    unheard: int
    not_asked: tuple[str, ...] = ()
    is_complete: bool = True

    @property
    def sentence(self) -> str:
        """How many, with "mindestens" where somebody was not heard."""
        one, many = ("weiteres ", "weitere ") if self.working else ("", "")
        inactive = verb(self.inactive, f"{one}Dezernat nennt", f"{many}Dezernate nennen")
        return say(
            self._main(),
            f"{alone(self.inactive, 'ein')} {inactive} nur Maßnahmen, die geplant oder schon beendet sind"
            if self.inactive
            else "",
            f"Hinzu kommen Nennungen von: {join_words(self.not_asked)}" if self.not_asked else "",
        )

    def _main(self) -> str:
        doing = "wird mit sozialräumlichen Bezügen gearbeitet"
        heard = self.asked - self.unheard
        if not heard:
            return (
                "Ob mit sozialräumlichen Bezügen gearbeitet wird, ist offen: "
                "Von keinem angefragten Dezernat liegt eine lesbare Rückmeldung vor"
            )
        where = part_of(self.working, self.asked, "Dezernat", "Dezernate", gender="n")
        if self.working == self.asked or (not self.unheard and self.is_complete):
            return f"In {where} {doing}"
        if self.working:
            return f"In mindestens {where} {doing}; nicht alle Rückmeldungen liegen auswertbar vor"
        where = part_of(0, heard, "Dezernat", "Dezernate", gender="n")
        return f"In {where} mit lesbarer Rückmeldung {doing}; nicht alle Rückmeldungen liegen auswertbar vor"


@dataclass(frozen=True)
class Mentions(Finding):
    """How many programmes were named, and by whom: pairs of label and count, in the order of the request."""

    total: int
    by_dezernat: tuple[tuple[str, int], ...] = ()

    @property
    def sentence(self) -> str:
        """The total and its parts."""
        if not self.total:
            return NOTHING_NAMED
        if len(self.by_dezernat) == 1:
            return say(
                f"Insgesamt {verb(self.total, 'wurde', 'wurden')} {mentions(self.total)} gezählt, "
                f"{verb(self.total, 'sie stammt', 'alle stammen')} {origin(self.by_dezernat[0][0])}"
            )
        parts = join_words(f"{alone(count)} {origin(label)}" for label, count in self.by_dezernat)
        return say(f"Insgesamt wurden {mentions(self.total)} gezählt: {parts}")


def state_response_rate(survey: "Survey") -> ResponseRate:
    """The response rate of one survey; Dezernate count, not workbooks."""
    dezernate, returns = count_dezernate(survey), survey.returns
    is_asked, has_code = dezernate["is_expected"], dezernate["dezernat"].notna()

    def named(which: pd.Series, *statuses: str) -> Listed:
        """The labels of these Dezernate, with their returns of these statuses, else with their names in survey.toml."""
        labels = _labels(dezernate[which])
        cited = cite_returns(survey, labels, *statuses) if statuses else cite_asked(survey, labels)
        return Listed(labels.values(), cited)

    def with_status(status: str) -> Listed:
        return named(is_asked & dezernate["status"].eq(status), status)

    has_answered = dezernate["status"].isin(["received", "fehlanzeige"])
    has_unreadable = has_code & dezernate["unreadable_count"].gt(0)
    stray = returns[returns["dezernat"].isna() & returns["workbook"].notna()]
    return ResponseRate(
        asked=cite_asked(survey, dezernate.loc[is_asked, "dezernat"]),
        received=with_status("received"),
        fehlanzeige=with_status("fehlanzeige"),
        outstanding=named(is_asked & dezernate["status"].eq("outstanding")),
        unreadable=named(has_unreadable & ~has_answered, "unreadable"),
        partly_unreadable=named(has_unreadable & has_answered, "unreadable"),
        not_asked=named(~is_asked & has_code & has_answered, "received", "fehlanzeige"),
        stray_workbooks=cite_workbooks(stray["workbook"]),
        stray_unreadable=cite_workbooks(stray.loc[stray["status"].eq("unreadable"), "workbook"]),
    )


def state_working_dezernate(survey: "Survey") -> WorkingDezernate:
    """Where sozialräumlich work is done, as far as the Dezernate say so."""
    dezernate, programmes = count_dezernate(survey), survey.programmes
    active = programmes[is_active(survey)]
    asked = dezernate[dezernate["is_expected"]]
    works = asked["active_count"].gt(0)

    def named_in(which: pd.Series, among: pd.DataFrame) -> Counted:
        ids = among.groupby("dezernat")["programme_id"].agg(list)
        named_by = {label: ids[code] for code, label in _labels(asked[which]).items()}
        return cite_named(survey, "Dezernat", named_by, "title")

    unheard = asked["status"].isin(["outstanding", "unreadable"])
    others = dezernate[~dezernate["is_expected"] & dezernate["dezernat"].notna()]
    return WorkingDezernate(
        asked=cite_asked(survey, asked["dezernat"]),
        working=named_in(works, active),
        inactive=named_in(~works & asked["programme_count"].gt(0), programmes),
        unheard=cite_asked(survey, asked.loc[unheard, "dezernat"]),
        not_asked=tuple(_labels(others[others["active_count"].gt(0)]).values()),
        is_complete=not dezernate["unreadable_count"].any() and not dezernate["dezernat"].isna().any(),
    )


def state_mentions(survey: "Survey") -> Mentions:
    """How many programmes the returns name, by reporting Dezernat."""
    dezernate, programmes = count_dezernate(survey), list_programmes(survey)
    labels = _labels(dezernate)
    ids = programmes["programme_id"].groupby(programmes["dezernat"].fillna(""), sort=False).agg(list)
    counts = tuple(
        (label, cite_programmes(survey, ids[code])) for code, label in labels.items() if code in ids
    )
    return Mentions(total=cite_all(survey), by_dezernat=counts)


def origin(label: str) -> str:
    """Where something comes from; the name of an office takes no preposition of its own."""
    return f"aus {label}" if label.startswith(("Dezernat ", "Dateien ")) else f"aus dem Bereich {label}"


def _labels(dezernate: pd.DataFrame) -> dict[str, str]:
    """One item per Dezernat, code and label; the code of none is empty."""
    return {
        "" if pd.isna(code) else code: "Dateien ohne Dezernat"
        if pd.isna(code)
        else dezernat_label(code, name)
        for code, name in zip(dezernate["dezernat"], dezernate["dezernat_name"], strict=True)
    }
