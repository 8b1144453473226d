"""Any executed notebook -> a tagged PDF (PDF/UA-1, PDF/A-2a): the nbconvert exporter `briefing`."""

from typing import Any

from .exporting import DocumentExporter, ExportError
from .paper import typeset


class BriefingExporter(DocumentExporter):
    """`jupyter nbconvert --to briefing NOTEBOOK`: prose and outputs as a paper, without code, byte for byte.

    Date, running head and organisation come from the notebook's metadata `publish`.
    """

    export_from_notebook = "Briefing (PDF/UA)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]  # nbconvert types its exporters by their first one
        self, nb: Any, resources: Any = None, **kw: Any
    ) -> tuple[bytes, Any]:
        """One PDF and nbconvert's resources from one executed notebook. Raises: DocumentError."""
        document, _, resources = self.read_document(nb, resources)
        place = f"Notebook „{resources['metadata']['name']}“"
        try:
            return typeset(document, lambda text: self.log.warning("%s: %s", place, text)), resources
        except ValueError as error:
            raise ExportError(f"{place}: {error}") from error
