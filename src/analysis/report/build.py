"""From a survey folder to the briefing and the shared pages: what is not current is made anew, then replaced at once.

Everything is written beside the old report first; only when the whole run went well do the new files take the
place of the old ones, so that a run that fails loses nothing.
"""

import dataclasses
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..cache import CACHE_VARIABLE, Cache, key_of
from ..problems import InputError
from ..side_by_side import CAN_FORK, Job, do_all
from ..survey_folder import PROCESSED_VARIABLE, SURVEY_VARIABLE, is_written, name_of
from . import steps
from .inputs import BRIEFING, INDEX, PLAIN
from .notebooks import Source, set_parameter
from .pages import Front, facts_of, front_of, render_front_page, render_plain_page
from .progress import Progress
from .stamp import STAMP, Stamp
from .state import State

if TYPE_CHECKING:
    from ..survey import Survey

_CACHE_FOLDER: Final = ".cache"
_READ: Final = "Rückläufe lesen"
_TABLES: Final = "Tabellen schreiben"
_FRONT: Final = "Ergebnis in Worte fassen"
# The one piece that is no piece of work: how many seconds each step took the last time, to say how long it may take.
_DURATIONS: Final = key_of("durations")


def write_report(state: State, progress: Progress) -> Front:
    """Make anew what is stale and put it into place; the words of the front page come back.

    The tables of a survey in data/raw/ go to data/processed/, as `tidy` writes them.
    Raises: InputError with a line for each notebook that cannot be run or printed; then the report is as it was.
    """
    state.out.mkdir(parents=True, exist_ok=True)
    cache = open_cache(state.project)
    with tempfile.TemporaryDirectory(prefix=".neu-", dir=state.out) as scratch:
        making = _Making(state, cache, progress, Path(scratch).resolve())
        try:
            making.make()
        except BaseException:
            making.tidy_up()
            raise
        _replace(state, making.files, Path(scratch))
    cache.prune()
    return making.front


def open_cache(project: Path) -> Cache:
    """The cache named by ANALYSIS_CACHE, none where that is empty; without it the project's own."""
    named = os.environ.get(CACHE_VARIABLE, str(project / _CACHE_FOLDER))
    # In full: notebooks run in their own folder.
    folder = Path(named).resolve() if named else None
    os.environ[CACHE_VARIABLE] = str(folder or "")
    return Cache(folder)


def executed(state: State, source: Source, outputs: steps.Outputs) -> steps.Notebook:
    """A notebook as it is exported: run for the survey, with what the exporters print around it."""
    notebook = set_parameter(source, name_of(state.survey_folder))
    notebook["metadata"]["publish"] = facts_of(state.config, state.sources, source.name)
    code_cells = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    for cell, of_cell in zip(code_cells, outputs, strict=True):
        cell["outputs"] = of_cell
    return notebook


class _Making:
    """One run: `files` has the bytes of each file made so far, `front` the words of the front page."""

    front: Front

    def __init__(self, state: State, cache: Cache, progress: Progress, scratch: Path) -> None:
        self.files: dict[str, bytes] = {}
        self._begun: set[str] = set()
        self._state, self._cache, self._progress = state, cache, progress
        self._scratch = scratch
        self._survey = name_of(state.survey_folder)
        raw = state.project / "data" / "raw"
        self._is_of_project = state.survey_folder.resolve().parent == raw.resolve()
        processed = state.project / "data" / "processed" / self._survey
        self._tables = processed if self._is_of_project else scratch / "tables"
        self._environment = {
            SURVEY_VARIABLE: str(state.survey_folder.resolve()),
            PROCESSED_VARIABLE: str(self._tables.resolve()),
        }

    def make(self) -> None:
        """Make each file that is stale. Raises: InputError."""
        jobs: list[Job] = []
        for source in self._state.sources:
            of_notebook = self._notebook(source)
            jobs = of_notebook + jobs if source.is_briefing else jobs + of_notebook  # the PDF takes longest
        words = key_of("front", self._state.made_from)
        kept = self._cache.get(words)
        writes_tables = self._is_of_project and not is_written(self._tables, self._state.survey_folder)
        needs_survey = kept is None or writes_tables or any(job.work == steps.run for job in jobs)
        here = [_READ] * needs_survey + [_FRONT] * (kept is None) + [_TABLES] * (writes_tables and CAN_FORK)
        self._progress.expect([*here, *self._labels(jobs)], json.loads(self._cache.get(_DURATIONS) or "{}"))
        # Where this program has drawn before, most drawings are kept and few jobs will draw.
        drawn = key_of("drawn", self._state.program)
        drawing = steps.DRAWING if self._cache.get(drawn) is None else ()
        if needs_survey:
            survey = self._read_survey((*steps.RUNNING, *drawing, *steps.EXPORTING))
        if kept is None:
            with self._progress.step(_FRONT):
                # Here and not beside the others, because they find what is worked out for it.
                self.front = front_of(survey)
            self._keep(words, dataclasses.asdict(self.front))
        else:
            self.front = Front(**json.loads(kept))
        if not needs_survey:
            steps.warm_up(steps.EXPORTING)
        if writes_tables and CAN_FORK:
            jobs.append(Job(_TABLES, steps.write_tables, (self._survey, self._tables, self._environment)))
        failed = do_all([*jobs, *self._pages_around()], self._progress, self._scratch)
        if failed:
            raise InputError("\n".join(failed))
        self._cache.put(drawn, b"")
        self._keep(_DURATIONS, {**self._progress.usual, **self._progress.durations})

    def tidy_up(self) -> None:
        """Remove what a job that was ended left behind."""
        for half in self._tables.glob(".neu-*"):
            shutil.rmtree(half, ignore_errors=True)

    def _notebook(self, source: Source) -> list[Job]:
        """The jobs that a notebook needs now: to be run, or at once to be exported."""
        if not self._stale_files(source):
            return []
        key = key_of("run", self._state.made_from, source.code_digest)
        kept = self._cache.get(key)
        if kept is not None:
            return self._exports(source, json.loads(kept))

        def take(outputs: steps.Outputs) -> list[Job]:
            self._keep(key, outputs)
            return self._exports(source, outputs)

        notebook = set_parameter(source, self._survey)
        folder = source.path.parent.resolve()
        return [Job(_run_label(source), steps.run, (source.name, notebook, folder, self._environment), take)]

    def _exports(self, source: Source, outputs: steps.Outputs) -> list[Job]:
        """One job per stale file that is made from a notebook with these outputs."""
        notebook = executed(self._state, source, outputs)
        return [
            Job(
                _export_label(name),
                steps.export_pdf if name == BRIEFING else steps.export_page,
                (source.name, notebook),
                partial(self._take_file, name),
            )
            for name in self._stale_files(source)
        ]

    def _take_file(self, name: str, content: bytes) -> list[Job]:
        self.files[name] = content
        return self._pages_around()

    def _read_survey(self, modules: Sequence[str]) -> "Survey":
        """Read the survey, for this process and for the jobs to come; the modules are imported meanwhile."""
        from ..publish.page import prepare
        from ..survey import read_survey

        with self._progress.step(_READ):
            folder = self._state.survey_folder
            with ThreadPoolExecutor(max_workers=1) as meanwhile:
                imported = meanwhile.submit(steps.warm_up, modules)
                survey = read_survey(folder, cache=self._cache, progress=self._progress.counts)
                imported.result()
            prepare()
            if self._state.has_changed_since():
                raise InputError(
                    f"{folder}: Eine Datei wurde geändert, während sie gelesen wurde. Bitte noch einmal starten."
                )
            # Not above: it needs pandas, which is imported while other processes read.
            from ..store import hold_survey, write_survey

            hold_survey(folder, survey)
            if not CAN_FORK:  # then the jobs read the tables
                write_survey(survey, self._tables)
        return survey

    @property
    def _around(self) -> list[str]:
        """The stale ones of the two pages around the notebooks; the front page tells the size of the PDF."""
        stale = self._state.stale
        return [name for name in (PLAIN, INDEX) if name in stale or (name == INDEX and BRIEFING in stale)]

    def _pages_around(self) -> list[Job]:
        """The jobs for those of them that can be written by now and have not begun."""
        jobs = []
        for name in self._around:
            is_waiting = name == INDEX and BRIEFING in self._state.stale and BRIEFING not in self.files
            if name not in self._begun and not is_waiting:
                self._begun.add(name)
                known = self._state.config, self._state.sources, self.front
                work, arguments = (
                    (render_plain_page, known)
                    if name == PLAIN
                    else (render_front_page, (*known, self._size_of_pdf()))
                )
                jobs.append(Job(_export_label(name), work, arguments, partial(self._take_file, name)))
        return jobs

    def _size_of_pdf(self) -> int:
        if BRIEFING in self.files:
            return len(self.files[BRIEFING])
        return (self._state.out / BRIEFING).stat().st_size if BRIEFING in self._state.inputs else 0

    def _stale_files(self, source: Source) -> list[str]:
        """The stale files that are made from a notebook, the longest work first."""
        names = [BRIEFING] if source.is_briefing else []
        return [name for name in (*names, f"{source.name}.html") if name in self._state.stale]

    def _labels(self, jobs: Sequence[Job]) -> list[str]:
        """What will be done side by side: the jobs, and what follows from them."""
        labels = [job.label for job in jobs]
        for source in self._state.sources:
            if _run_label(source) in labels:
                labels += map(_export_label, self._stale_files(source))
        return [*labels, *map(_export_label, self._around)]

    def _keep(self, key: str, value: Any) -> None:
        self._cache.put(key, json.dumps(value, ensure_ascii=False).encode())


def _run_label(source: Source) -> str:
    return f"{source.name} rechnen"


def _export_label(name: str) -> str:
    return f"{name} schreiben"


def _replace(state: State, files: dict[str, bytes], scratch: Path) -> None:
    """Move the finished files into place; those that are no longer part of the report go too. The stamp comes last."""
    beside = scratch / "report"
    beside.mkdir()
    for name, content in files.items():
        (beside / name).write_bytes(content)
    stamp = state.out / STAMP
    stamp.unlink(missing_ok=True)
    for name in files:
        (beside / name).replace(state.out / name)
    for name in state.gone:
        (state.out / Path(name).name).unlink(missing_ok=True)
    made = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    digests = {name: made.get(name) or state.before.digests[name] for name in state.inputs}
    (beside / STAMP).write_text(Stamp(digests, state.inputs).to_json(), encoding="utf-8")
    (beside / STAMP).replace(stamp)
