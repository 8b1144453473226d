"""The notebooks of a survey as a report exports them, for tests; run as a program, because steps are forked processes.

`python tests/run_for_tests.py SURVEY OUT`: a test's own process must not fork where it runs Java or a browser.
"""

import pickle
import subprocess
import sys
from functools import partial
from pathlib import Path

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).parents[1]
PICKLED = "notebooks.pickle"


def execute_notebooks(survey_folder: Path, folder: Path) -> None:
    """Write what is asked for, and what comes up on the way, into the folder."""
    command = [sys.executable, __file__, survey_folder, folder]
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def read_notebooks(folder: Path) -> dict[str, NotebookNode]:
    """Each notebook by its name, with its outputs, from a folder that `execute_notebooks` has filled."""
    notebooks: dict[str, NotebookNode] = pickle.loads((folder / PICKLED).read_bytes())
    return notebooks


def _execute(survey_folder: Path, processed: Path) -> dict[str, NotebookNode]:
    from analysis.report import steps
    from analysis.report.build import executed
    from analysis.report.notebooks import Source, set_parameter
    from analysis.report.state import look_at
    from analysis.side_by_side import Job, Watch, do_all
    from analysis.store import write_survey
    from analysis.survey import read_survey
    from analysis.survey_folder import PROCESSED_VARIABLE, SURVEY_VARIABLE, name_of

    write_survey(read_survey(survey_folder), processed)
    state = look_at(survey_folder, ROOT, processed / "report")
    environment = {SURVEY_VARIABLE: str(survey_folder), PROCESSED_VARIABLE: str(processed)}
    notebooks: dict[str, NotebookNode] = {}

    def take(source: Source, outputs: steps.Outputs) -> list[Job]:
        notebooks[source.name] = nbformat.from_dict(executed(state, source, outputs))
        return []

    def run(source: Source) -> Job:
        notebook = set_parameter(source, name_of(survey_folder))
        arguments = (source.name, notebook, ROOT / "notebooks", environment)
        return Job(source.name, steps.run, arguments, partial(take, source))

    steps.warm_up(steps.RUNNING)
    failed = do_all(map(run, state.sources), Watch())
    assert failed == [], failed
    return dict(sorted(notebooks.items()))


if __name__ == "__main__":
    survey, out = map(Path, sys.argv[1:])
    (out / PICKLED).write_bytes(pickle.dumps(_execute(survey, out / "tables")))
