"""What both exporters share: reading a notebook file, counting its cells, saying in one line what is wrong."""

import copy
import logging
import warnings
from typing import Any

import nbformat
from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from traitlets.config import Config

from .blocks import Document
from .document import DocumentError, collect


class ExportError(DocumentError, ConversionException):
    """The same error as nbconvert knows it: its command line ends at it with status 1."""


class DocumentExporter(Exporter):
    """One executed notebook -> one document that an exporter writes in its own way.

    Cells can be left out by tag or pattern, as with nbconvert's own exporters. Raises: DocumentError at what is
    no notebook and at what a reader could not read; on the command line that is one line without a traceback.
    """

    def __init__(self, config: Config | None = None, **kw: Any) -> None:
        super().__init__(config=config, **kw)  # type: ignore[no-untyped-call]
        self.log.addFilter(_one_line)

    @property
    def default_config(self) -> Config:
        """Left out is what the command line's `TagRemovePreprocessor` and `RegexRemovePreprocessor` name."""
        config = Config(
            {
                "TagRemovePreprocessor": {"enabled": True},
                "RegexRemovePreprocessor": {"enabled": True},
                "Exporter": {"optimistic_validation": True},  # after the last preprocessor, not after each
            }
        )
        config.merge(super().default_config)
        return config

    def from_file(self, file_stream: Any, resources: Any = None, **kw: Any) -> Any:
        """One exported notebook file. Raises: DocumentError."""
        name = (resources or {}).get("metadata", {}).get("name", "Notebook")
        try:
            notebook = nbformat.reader.reads(file_stream.read())  # type: ignore[no-untyped-call]
            with warnings.catch_warnings(action="ignore", category=nbformat.warnings.MissingIDFieldWarning):
                _, notebook = nbformat.validator.normalize(notebook)  # gives cells the ids that 4.5 wants
            nbformat.validate(notebook)
            if notebook.nbformat < nbformat.current_nbformat:
                notebook = nbformat.convert(notebook, nbformat.current_nbformat)  # type: ignore[no-untyped-call]
        except nbformat.ValidationError as error:
            place = f", Zelle {error.relative_path[1] + 1}" if _in_cell(error.relative_path) else ""
            raise ExportError(
                f"Notebook „{name}“{place}: die Datei hält sich nicht an das Format für Notebooks "
                f"({error.message.splitlines()[0]}); bitte in Jupyter öffnen und neu speichern"
            ) from error
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            raise ExportError(
                f"Notebook „{name}“: die Datei ist kein Notebook; erwartet wird, was Jupyter als .ipynb speichert"
            ) from error
        return self.from_notebook_node(notebook, resources, **kw)

    def read_document(self, notebook: Any, resources: Any) -> tuple[Document, Any, Any]:
        """The document, the notebook without the cells that are left out, and nbconvert's resources.

        What was mended or left out goes to the log. Raises: DocumentError.
        """
        notebook, cells = copy.copy(notebook), []
        for number, cell in enumerate(notebook.cells, start=1):
            cells.append(copy.copy(cell))
            # As the author counts, whatever is left out below.
            cells[-1]["metadata"] = {**cell.metadata, "cell_number": number}
        notebook["cells"] = cells
        notebook, resources = Exporter.from_notebook_node(self, notebook, resources)
        if _is_not_run(notebook):
            raise ExportError(
                f"Notebook „{resources['metadata']['name']}“: es wurde noch nicht ausgeführt; bitte erst alle Zellen "
                "ausführen (in JupyterLab „Run > Run All Cells“) und speichern"
            )
        try:
            document = collect(notebook, resources["metadata"]["name"])
        except DocumentError as error:
            raise ExportError(str(error)) from error
        for remark in document.remarks:
            self.log.warning("%s", remark)
        return document, notebook, resources


def _is_not_run(notebook: Any) -> bool:
    """Whether there is code and none of it has run: what is only prose needs no kernel."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    return bool(cells) and not any(cell.get("execution_count") or cell.outputs for cell in cells)


def _in_cell(path: Any) -> bool:
    return len(path) > 1 and path[0] == "cells"


def _one_line(record: logging.LogRecord) -> bool:
    """Takes the traceback off an error that already says what to do."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, DocumentError):
        record.msg, record.args, record.exc_info = "%s", (str(error),), None
    return True
