"""The notebooks of a report: which ones, what they are called, and what the report tells each of them."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..digests import PACKAGE, digest_of_file
from ..problems import InputError

# 90 and up are for exploring.
SHARED_NOTEBOOK: Final = re.compile(r"(?:0[1-9]|[1-8][0-9])_\w+")
_BRIEFING: Final = "_briefing"


@dataclass(frozen=True)
class Source:
    """One notebook file: its name without number's meaning, its cells as JSON, and how it opens.

    `title` is its H1, `summary` the paragraph below; `digest` tells the file, `code_digest` what is run of it.
    """

    path: Path
    content: dict[str, Any]
    title: str
    summary: str
    digest: str
    code_digest: str

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    @property
    def is_briefing(self) -> bool:
        """Whether it becomes the PDF."""
        return self.name.endswith(_BRIEFING)


def project_folder() -> Path:
    """The project of the current folder, else the one that this package lies in."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "notebooks").is_dir() and (folder / "pyproject.toml").is_file():
            return folder
    return PACKAGE.parents[1]


def read_sources(folder: Path) -> list[Source]:
    """One source per notebook numbered 01 to 89, in their order. Raises: InputError where there is none."""
    found = sorted(path for path in folder.glob("*.ipynb") if SHARED_NOTEBOOK.fullmatch(path.stem))
    if not found:
        raise InputError(
            f"{folder}: Hier liegt kein Notebook mit einer Nummer von 01 bis 89. "
            "Bitte den Befehl im Projektordner starten."
        )
    return [_read(path) for path in found]


def briefing_of(sources: Sequence[Source]) -> str | None:
    """The name of the notebook that becomes the PDF, where there is one."""
    return next((source.name for source in sources if source.is_briefing), None)


def set_parameter(source: Source, survey: str) -> dict[str, Any]:
    """The notebook with the survey in its cell tagged `parameters` (papermill's convention).

    By name: no page may tell a machine's paths, nor differ by them. Raises: InputError where no cell has the tag.
    """
    content: dict[str, Any] = json.loads(json.dumps(source.content))
    for cell in content["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            cell["source"] = f"SURVEY = {json.dumps(survey, ensure_ascii=False)}"
            return content
    raise InputError(
        f"{source.path}: Keine Zelle trägt das Schlagwort „parameters“. "
        "Bitte die Zelle mit SURVEY = … damit auszeichnen."
    )


def _read(path: Path) -> Source:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        content.setdefault("metadata", {})
        for cell in content["cells"]:
            cell.setdefault("metadata", {})
            cell["source"] = "".join(cell["source"])  # files hold a list of lines
        cells = [
            (cell["cell_type"], cell["source"], cell["metadata"].get("tags", [])) for cell in content["cells"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path}: Die Datei ist kein Notebook ({error}). Bitte sie in Jupyter öffnen und neu speichern."
        ) from None
    title, summary = _front([text for kind, text, _ in cells if kind == "markdown"])
    code = [(text, tags) for kind, text, tags in cells if kind == "code"]
    return Source(
        path=path,
        content=content,
        title=title or path.stem,
        summary=summary,
        digest=digest_of_file(path),
        code_digest=hashlib.sha256(json.dumps([path.stem, code]).encode()).hexdigest(),
    )


def _front(texts: list[str]) -> tuple[str, str]:
    """The title and the summary that a notebook opens with: its H1 and the paragraph below it."""
    title, _, rest = (texts[0] if texts else "").lstrip("# ").partition("\n")
    return title.strip(), " ".join(rest.strip().split("\n\n")[0].split())
