"""What each section of the briefing says: several findings in one piece of prose, a paragraph each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .departments import state_cooperation, state_responsibility
from .procedure import state_procedure
from .quality import state_books, state_doubts
from .returns import (
    state_mentions,
    state_response_rate,
    state_working_dezernate,
)
from .sozialraeume import state_coverage
from .start_years import state_ends, state_oldest, state_recent
from .target_groups import state_audience, state_disability, state_named_groups
from .wording import Finding

if TYPE_CHECKING:
    from ..survey import Survey


@dataclass(frozen=True)
class Section(Finding):
    """Several findings, in the order they are told."""

    parts: tuple[Finding, ...]

    @property
    def sentence(self) -> str:
        """One paragraph per finding."""
        return "\n\n".join(part.sentence for part in self.parts)


def _of_programmes(survey: "Survey", *state: Callable[["Survey"], Finding]) -> Section:
    """These findings; where there are no programmes, that one sentence in the place of them all."""
    return Section(tuple(tell(survey) for tell in (state if len(survey.programmes) else (state_mentions,))))


def tell_returns(survey: "Survey") -> Section:
    """Who was asked, and who answered how."""
    return Section((state_procedure(survey), state_response_rate(survey)))


def tell_work(survey: "Survey") -> Section:
    """Where sozialräumlich work is done, and how many programmes are named."""
    return Section((state_working_dezernate(survey), state_mentions(survey)))


def tell_start_years(survey: "Survey") -> Section:
    """How old the oldest is, how many are recent, what has ended."""
    return _of_programmes(survey, state_oldest, state_recent, state_ends)


def tell_audience(survey: "Survey") -> Section:
    """For whom: everybody or special groups, and where people with disabilities are."""
    return _of_programmes(survey, state_audience, state_named_groups, state_disability)


def tell_places(survey: "Survey") -> Section:
    """In which Stadtbezirke, and in which not."""
    return _of_programmes(survey, state_coverage)


def tell_cooperation(survey: "Survey") -> Section:
    """Who reports and who is responsible; who works with others."""
    return _of_programmes(survey, state_cooperation, state_responsibility)


def tell_quality(survey: "Survey") -> Section:
    """What is to be asked back, and that every cell is accounted for."""
    return Section((state_doubts(survey), state_books(survey)))
