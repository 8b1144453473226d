"""For whom, about what and how it was asked, as `survey.toml` has it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ..evidence import cite_asked
from ..publish.display import Note, Prose
from ..publish.german import count_noun, format_date, format_long_date
from .wording import Finding, escape, say

if TYPE_CHECKING:
    from ..survey import Survey


@dataclass(frozen=True)
class Procedure(Finding):
    """How many Dezernate were asked, when, and until when they could answer."""

    asked: int
    requested_on: date
    deadline: date

    @property
    def sentence(self) -> str:
        """Request and deadline."""
        who = count_noun(self.asked, "Dezernat", "Dezernate", gender="n")
        verb = "wurde" if self.asked == 1 else "wurden"
        return say(
            f"Am {format_long_date(self.requested_on)} {verb} {who} gebeten, bis zum "
            f"{format_long_date(self.deadline)} zu antworten"
        )


def state_procedure(survey: "Survey") -> Procedure:
    """Request and deadline."""
    asked = cite_asked(survey, (item.dezernat for item in survey.expected))
    return Procedure(asked, survey.requested_on, survey.deadline)


def state_header(survey: "Survey") -> Prose:
    """The head of a committee paper: to whom, for which session, about what, as of when."""
    lines = {
        "Gremium": survey.committee,
        "Sitzung": format_date(survey.meeting_date),
        "Betreff": survey.title,
        "Stichtag": format_date(survey.reference_date),
    }
    return Prose("\n".join(f"- **{name}:** {escape(value)}" for name, value in lines.items()))


def state_sample(survey: "Survey") -> Note | None:
    """The remark that marks a sample; nothing where the returns are real."""
    if not survey.is_sample:
        return None
    return Note(
        "Diese Auswertung beruht auf nachgebauten Rückmeldungen. Was daran belegt und was erfunden ist, "
        "sagt die Datei README.md im Ordner der Abfrage."
    )
