"""The jobs of a report: what is done in a process of its own, from plain values to plain values."""

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from ..problems import InputError
from ..side_by_side import CAN_FORK

Notebook = dict[str, Any]
Outputs = list[list[dict[str, Any]]]

# What jobs need, imported once before they are forked.
RUNNING: Final = (
    "analysis.charts",
    "analysis.findings",
    "analysis.overviews",
    "analysis.running",
    "IPython.core.completerlib",
)
DRAWING: Final = ("matplotlib.pyplot", "seaborn")
EXPORTING: Final = ("analysis.publish.page", "analysis.publish.paper")
_BACKEND: Final = "module://matplotlib_inline.backend_inline"


def warm_up(modules: Sequence[str]) -> None:
    """Import what jobs need, so that each of them finds it."""
    os.environ["MPLBACKEND"] = _BACKEND  # as in a kernel: no window, figures are outputs
    if CAN_FORK:
        for module in modules:
            import_module(module)


def run(name: str, notebook: Notebook, folder: Path, environment: Mapping[str, str]) -> Outputs:
    """One list of outputs per code cell, in their order. Raises: InputError."""
    from ..running import run_notebook

    os.environ.update(environment)
    os.environ["MPLBACKEND"] = _BACKEND
    return run_notebook(name, notebook, folder)


def write_tables(survey: str, out: Path, environment: Mapping[str, str]) -> None:
    """Writes the tables as `tidy` does. Raises: InputError."""
    from ..store import open_survey, write_survey

    os.environ.update(environment)
    write_survey(open_survey(survey), out)


def export_page(name: str, notebook: Notebook) -> bytes:
    """One HTML page, the same bytes as `jupyter nbconvert --to accessible_html` writes. Raises: InputError."""
    from ..publish.page import page_from_notebook

    with _named_errors():
        return page_from_notebook(notebook, name, _remark).encode("utf-8")


def export_pdf(name: str, notebook: Notebook) -> bytes:
    """One tagged PDF, the same bytes as `jupyter nbconvert --to briefing` writes. Raises: InputError."""
    from ..publish.paper import paper_from_notebook

    with _named_errors():
        return paper_from_notebook(notebook, name, _remark)


@contextlib.contextmanager
def _named_errors() -> Iterator[None]:
    from ..publish.document import DocumentError

    try:
        yield
    except DocumentError as error:
        raise InputError(f"{error}.") from error


def _remark(text: str) -> None:
    sys.stderr.write(f"{text}\n")
