"""From a survey folder to the briefing and the shared pages: reads, runs the notebooks, exports, replaces.

Everything is written beside the old report first; only when the whole run went well do the new files take the
place of the old ones, so that a run that fails loses nothing.
"""

import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import requires, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .problems import InputError

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from .survey import Survey

PACKAGE: Final = Path(__file__).parent
STAMP: Final = ".report.json"
BRIEFING: Final = "briefing.pdf"
INDEX: Final = "index.html"
PLAIN: Final = "plain_language.html"
PDF_SUMMARY: Final = (
    "Die Ergebnisse als Mitteilung für die Sitzung. Überschriften, Listen, Tabellen und Diagramme sind für "
    "Vorleseprogramme ausgezeichnet."
)
# 90 and up are for exploring.
SHARED_NOTEBOOK: Final = re.compile(r"(?:0[1-9]|[1-8][0-9])_\w+")

Progress = Callable[[str], None]


def project_folder() -> Path:
    """The project of the current folder, else the one that this package lies in."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "notebooks").is_dir() and (folder / "pyproject.toml").is_file():
            return folder
    return PACKAGE.parents[1]


def find_notebooks(folder: Path) -> list[Path]:
    """One path per notebook numbered 01 to 89, in their order. Raises: InputError where there is none."""
    found = sorted(path for path in folder.glob("*.ipynb") if SHARED_NOTEBOOK.fullmatch(path.stem))
    if not found:
        raise InputError(
            f"{folder}: Hier liegt kein Notebook mit einer Nummer von 01 bis 89. "
            "Bitte den Befehl im Projektordner starten."
        )
    return found


def fingerprint(survey_folder: Path, notebooks: Sequence[Path]) -> str:
    """A digest of all that the report is made of: returns, notebooks, this package and what it stands on."""
    parts = [sys.version]
    needed = (re.match(r"[\w.-]+", line) for line in requires("analysis") or [] if "extra ==" not in line)
    parts += [f"{name[0]} {version(name[0])}" for name in needed if name]
    sources = [path for path in PACKAGE.rglob("*") if path.suffix != ".pyc"]
    for root, paths in (
        (survey_folder, survey_folder.rglob("*")),
        (PACKAGE, sources),
        (notebooks[0].parent, notebooks),
    ):
        parts += [
            f"{path.relative_to(root).as_posix()} {_digest(path)}" for path in sorted(paths) if path.is_file()
        ]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def is_current(inputs: str, out: Path) -> bool:
    """True where the report in `out` was made from just these inputs and nobody has changed it since."""
    try:
        stamp = json.loads((out / STAMP).read_text(encoding="utf-8"))
        return stamp["inputs"] == inputs and all(
            _digest(out / name) == digest for name, digest in stamp["outputs"].items()
        )
    except (OSError, ValueError, KeyError, AttributeError):
        return False


def write_report(
    survey: "Survey",
    survey_folder: Path,
    notebooks: Sequence[Path],
    inputs: str,
    out: Path,
    progress: Progress,
) -> None:
    """Write the briefing, one page per notebook and the index into `out`.

    `survey` is what was read from `survey_folder` after the fingerprint `inputs` was taken. The tables of a survey
    in data/raw/ go to data/processed/, as `tidy` writes them.
    Raises: InputError where a notebook cannot be run or printed; then `out` is as it was.
    """
    from .kernels import warm_up
    from .store import write_survey

    warm_up()
    from .publish import accessible_html, briefing  # noqa: F401  while the kernels' parent warms up

    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".neu-", dir=out) as scratch:
        beside, processed = Path(scratch, "report"), Path(scratch, "tables")
        beside.mkdir()
        data = notebooks[0].resolve().parents[1] / "data"
        if survey_folder.resolve().parent == data / "raw":
            processed = data / "processed" / survey.name
        write_survey(survey, processed)
        progress("Tabellen geschrieben")
        executed = _execute(survey_folder, survey, notebooks, processed, progress)
        outputs = {}
        for name, content in _export(survey, executed, progress):
            (beside / name).write_bytes(content)
            outputs[name] = hashlib.sha256(content).hexdigest()
        _replace(beside, out, outputs, inputs)


def count_steps(notebooks: Sequence[Path]) -> int:
    """How often `write_report` calls its `progress`."""
    return 1 + 2 * len(notebooks) + 2


def _execute(
    survey_folder: Path, survey: "Survey", notebooks: Sequence[Path], processed: Path, progress: Progress
) -> "dict[str, NotebookNode]":
    import nbformat

    from .running import run_notebooks
    from .store import PROCESSED_VARIABLE, SURVEY_VARIABLE

    executed: dict[str, NotebookNode] = {}
    for path in notebooks:
        executed[path.stem] = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        _set_parameter(executed[path.stem], survey.name, path)
    for name, notebook in executed.items():
        notebook.metadata["publish"] = _document_facts(survey, executed, name)
    run_notebooks(
        list(executed.items()),
        notebooks[0].parent,
        {SURVEY_VARIABLE: str(survey_folder.resolve()), PROCESSED_VARIABLE: str(processed.resolve())},
        lambda name: progress(f"{name} gerechnet"),
    )
    return executed


def _set_parameter(notebook: "NotebookNode", survey: str, path: Path) -> None:
    """Put the survey into the cell tagged `parameters` (papermill's convention).

    By name: no page may tell a machine's paths, nor differ by them.
    """
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = f"SURVEY = {json.dumps(survey, ensure_ascii=False)}"
            return
    raise InputError(
        f"{path}: Keine Zelle trägt das Schlagwort „parameters“. "
        "Bitte die Zelle mit SURVEY = … damit auszeichnen."
    )


def _document_facts(survey: "Survey", notebooks: "dict[str, NotebookNode]", name: str) -> dict[str, Any]:
    """What the exporters print around the content of the notebook called `name`."""
    return {
        "date": survey.reference_date.isoformat(),
        "running_head": _running_head(survey),
        "nav": _navigation(notebooks, f"{name}.html"),
    }


def _running_head(survey: "Survey") -> str:
    return survey.title + (" (Musterdaten)" if survey.is_sample else "")


def _navigation(notebooks: "dict[str, NotebookNode]", current: str) -> list[dict[str, Any]]:
    """One item per page of the report, in the order of the links on each of them."""
    titles = {INDEX: "Übersicht", PLAIN: "In einfacher Sprache"}
    titles |= {f"{name}.html": _front(notebook)[0] for name, notebook in notebooks.items()}
    return [{"title": title, "href": href, "current": href == current} for href, title in titles.items()]


def _front(notebook: "NotebookNode") -> tuple[str, str]:
    """The title and the summary that a notebook opens with: its H1 and the paragraph below it."""
    opening = next(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    title, _, rest = opening.lstrip("# ").partition("\n")
    return title.strip(), " ".join(rest.strip().split("\n\n")[0].split())


def _export(
    survey: "Survey", executed: "dict[str, NotebookNode]", progress: Progress
) -> Iterator[tuple[str, bytes]]:
    """One item per file of the report: its name and its bytes."""
    from .publish.accessible_html import AccessibleHTMLExporter
    from .publish.briefing import BriefingExporter

    briefing = _briefing(executed)
    size = 0
    if briefing is not None:
        pdf = _export_one(BriefingExporter, briefing, executed[briefing])
        size = len(pdf)
        progress("Briefing gesetzt")
        yield BRIEFING, pdf
    for name, notebook in executed.items():
        page = _export_one(AccessibleHTMLExporter, name, notebook)
        progress(f"{name} als Seite")
        yield f"{name}.html", page.encode("utf-8")
    progress("Übersicht")
    yield INDEX, _index(survey, executed, size).encode("utf-8")
    yield PLAIN, _plain_language(survey, executed).encode("utf-8")


def _index(survey: "Survey", executed: "dict[str, NotebookNode]", pdf_size: int) -> str:
    from .findings import state_provenance, state_sample, tell_summary
    from .findings.plain import TITLE
    from .publish.accessible_html import Link, render_index
    from .publish.cited import cited_tokens

    fronts = {name: _front(notebook) for name, notebook in executed.items()}
    pages = [Link(title, f"{name}.html", summary) for name, (title, summary) in fronts.items()]
    remark, result = state_sample(survey), tell_summary(survey)
    return render_index(
        survey.title,
        cited_tokens(lambda: result.markdown),
        pages,
        pdf=Link("Vorlage für das Gremium", BRIEFING, PDF_SUMMARY, pdf_size) if pdf_size else None,
        note=remark.markdown if remark else None,
        date=survey.reference_date,
        plain=Link(TITLE, PLAIN),
        about=state_provenance(survey).markdown,
    )


def _plain_language(survey: "Survey", executed: "dict[str, NotebookNode]") -> str:
    from .findings import tell_in_plain_language
    from .findings.plain import ABOUT, SAMPLE, TITLE
    from .publish.accessible_html import render_plain_language
    from .publish.blocks import Neighbour
    from .publish.evidence_markup import EVIDENCE_ANCHOR

    nav = [Neighbour(link["title"], link["href"], link["current"]) for link in _navigation(executed, PLAIN)]
    topics = [(topic.question, topic.sentences) for topic in tell_in_plain_language(survey).topics]
    briefing = _briefing(executed)
    return render_plain_language(
        TITLE,
        [("", ABOUT), *topics],
        note=SAMPLE if survey.is_sample else None,
        date=survey.reference_date,
        running_head=_running_head(survey),
        nav=nav,
        evidence=f"{briefing}.html#{EVIDENCE_ANCHOR}" if briefing else None,
    )


def _briefing(executed: "dict[str, NotebookNode]") -> str | None:
    """The name of the notebook that becomes the PDF, where there is one."""
    return next((name for name in executed if name.endswith("_briefing")), None)


def _export_one(exporter: type[Any], name: str, notebook: "NotebookNode") -> Any:
    """What an exporter makes of the notebook called `name`."""
    from .publish.document import DocumentError

    try:
        content, _ = exporter().from_notebook_node(notebook, {"metadata": {"name": name, "path": ""}})
    except DocumentError as error:
        raise InputError(f"{error}.") from error
    return content


def _replace(beside: Path, out: Path, outputs: dict[str, str], inputs: str) -> None:
    """Move the finished files into place; pages of notebooks that are gone go too. The stamp comes last."""
    stamp = out / STAMP
    try:
        before = json.loads(stamp.read_text(encoding="utf-8"))["outputs"]
    except (OSError, ValueError, KeyError):
        before = {}
    stamp.unlink(missing_ok=True)
    for name in outputs:
        (beside / name).replace(out / name)
    for name in before.keys() - outputs.keys():
        (out / Path(name).name).unlink(missing_ok=True)
    text = json.dumps({"inputs": inputs, "outputs": outputs}, indent=1)
    (beside / STAMP).write_text(text, encoding="utf-8")
    (beside / STAMP).replace(stamp)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
