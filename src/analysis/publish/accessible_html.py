"""Executed notebook -> one self-contained page that everyone can read: the nbconvert exporter `accessible_html`."""

from typing import Any

from nbconvert.exporters import TemplateExporter
from traitlets import default

from .exporting import DocumentExporter
from .page import TEMPLATES, code_of, render_page


class AccessibleHTMLExporter(DocumentExporter, TemplateExporter):
    """`jupyter nbconvert --to accessible_html NOTEBOOK`: one page that needs nothing but itself.

    The code stands in a fold at the end; `--no-input` leaves it out. Organisation, running head, date and the
    ways to neighbouring pages come from the notebook's metadata `publish`.
    """

    export_from_notebook = "Seite zum Weitergeben (HTML)"
    output_mimetype = "text/html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return TEMPLATES.name

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("extra_template_basedirs")
    def _default_extra_template_basedirs(self) -> list[str]:
        return [str(TEMPLATES.parent)]

    def from_notebook_node(  # type: ignore[override]  # nbconvert types its exporters by their first one
        self, nb: Any, resources: Any = None, **kw: Any
    ) -> tuple[str, Any]:
        """One page and nbconvert's resources from one executed notebook. Raises: DocumentError."""
        document, nb, resources = self.read_document(nb, resources)
        code = [] if self.exclude_input else code_of(nb)
        return render_page(document, code, self.template), resources
