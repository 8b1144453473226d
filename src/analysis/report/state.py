"""How a report stands: what it is made from now, and which of its files are not current."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..survey_config import read_config
from .inputs import Inputs, inputs_of_outputs, inputs_of_program, inputs_of_survey
from .notebooks import Source, read_sources
from .stamp import Stamp, read_stamp, stale_because

_LOCK: Final = "requirements.lock"


@dataclass(frozen=True)
class State:
    """One report folder compared with its inputs.

    `config` is what survey.toml says, `survey_inputs` what is read, `inputs` the inputs of each file of the report.
    `made_from` is all that the cells of its notebooks depend on beside their code, `program` the part of that which
    is not the survey. `stale` says why a file is not current, as half a German sentence.
    """

    survey_folder: Path
    project: Path
    out: Path
    config: dict[str, Any]
    sources: list[Source]
    survey_inputs: Inputs
    inputs: dict[str, Inputs]
    made_from: str
    program: str
    before: Stamp
    stale: dict[str, str]

    @property
    def gone(self) -> list[str]:
        """Files of the report before that are no longer part of it."""
        return sorted(self.before.digests.keys() - self.inputs.keys())

    def has_changed_since(self) -> bool:
        """Whether a file of the survey is no longer what it was when this was told."""
        return inputs_of_survey(self.survey_folder) != self.survey_inputs

    @property
    def is_current(self) -> bool:
        """Whether there is nothing to do."""
        return not self.stale and not self.gone


def look_at(survey_folder: Path, project: Path, out: Path) -> State:
    """Compare a report with what it is made from. Raises: InputError where there is no survey or no notebook."""
    config = read_config(survey_folder)
    sources = read_sources(project / "notebooks")
    survey, program = inputs_of_survey(survey_folder), inputs_of_program(project / _LOCK)
    inputs, before = inputs_of_outputs(survey, program, sources), read_stamp(out)
    reasons = {name: stale_because(before, out, name, needed) for name, needed in inputs.items()}
    return State(
        survey_folder=survey_folder,
        project=project,
        out=out,
        config=config,
        sources=sources,
        survey_inputs=survey,
        inputs=inputs,
        made_from=json.dumps([survey, program], sort_keys=True),
        program=json.dumps(program, sort_keys=True),
        before=before,
        stale={name: reason for name, reason in reasons.items() if reason},
    )


def describe(state: State) -> list[str]:
    """One German line per file of the report: whether it is current and, if not, because of what."""
    width = max(map(len, [*state.inputs, *state.gone]))
    lines = [f"{name:{width}}  {state.stale.get(name, 'ist aktuell')}" for name in state.inputs]
    return [*lines, *(f"{name:{width}}  gehört nicht mehr zum Bericht" for name in state.gone)]
