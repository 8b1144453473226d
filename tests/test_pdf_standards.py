"""PDF/UA-1 for every notebook, PDF/A-2a beside it wherever the pictures allow."""

import base64
import io
import logging

import nbformat.v4 as v4
import pandas as pd
import pikepdf
import pytest
from demo_notebook import code, displayed, groups_table
from pdf_reading import read_tags
from PIL import Image, ImageCms
from validators import Verdict, check_outloud, check_verapdf

from analysis.publish.blocks import Document, Prose
from analysis.publish.briefing import BriefingExporter
from analysis.publish.glyphs import _covered
from analysis.publish.paper import typeset

READABLE = Verdict(rules=106, failed=())
LASTING = Verdict(rules=153, failed=())


def export(notebook, name="probe"):
    pdf, _ = BriefingExporter().from_notebook_node(notebook, {"metadata": {"name": name}})
    return pdf


def encoded(picture, kind, **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return base64.b64encode(buffer.getvalue()).decode()


def drawing(body):
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">{body}</svg>'


def showing(*pictures):
    outputs = [
        v4.new_output("display_data", data={mimetype: data}, metadata={"alt": f"Bild {number}"})
        for number, (mimetype, data) in enumerate(pictures, start=1)
    ]
    return v4.new_notebook(cells=[TITLE, code(*outputs)])


TITLE = v4.new_markdown_cell("# Probe der Bilder")

BLUE = Image.new("RGB", (40, 20), "#17456b")
SEEN_THROUGH = Image.new("RGBA", (40, 20), (23, 69, 107, 100))
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
ABSTRACT = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
USUAL = [
    ("image/png", encoded(BLUE, "PNG", icc_profile=SRGB)),
    ("image/png", encoded(SEEN_THROUGH, "PNG")),
    ("image/png", encoded(BLUE.convert("P"), "PNG", transparency=0)),
    ("image/png", encoded(BLUE.convert("1"), "PNG")),
    ("image/jpeg", encoded(BLUE, "JPEG", icc_profile=SRGB)),
    ("image/jpeg", encoded(BLUE, "JPEG", icc_profile=b"no profile")),
    ("image/jpeg", encoded(BLUE.convert("L"), "JPEG", progressive=True)),
    ("image/gif", encoded(BLUE.convert("P"), "GIF")),
    ("image/webp", encoded(SEEN_THROUGH, "WEBP")),
    ("image/svg+xml", drawing('<rect width="50" height="50" fill="red" opacity="0.5"/>')),
    ("image/svg+xml", drawing('<text x="9" y="40">漢 😀 \ue000 ﬁ</text>')),
    ("image/svg+xml", drawing('<g style="mix-blend-mode:multiply"><circle r="50"/></g>')),
]
REPEATED = (
    '<linearGradient id="g" spreadMethod="repeat" x2="0.2"><stop stop-color="red"/>'
    '<stop offset="1" stop-color="blue"/></linearGradient><rect width="90" height="90" fill="url(#g)"/>'
)
UNLASTING = {
    "CMYK": ("image/jpeg", encoded(BLUE.convert("CMYK"), "JPEG")),
    "an abstract profile": ("image/png", encoded(BLUE, "PNG", icc_profile=ABSTRACT)),
    "PostScript": ("image/svg+xml", drawing(REPEATED)),
    "a private sign": ("image/svg+xml", drawing('<text x="9" y="40">&#xE000;</text>')),
}


@pytest.mark.parametrize(
    "notebook",
    [
        pytest.param(v4.new_notebook(metadata={"title": "Leeres Notebook"}), id="empty"),
        pytest.param(v4.new_notebook(cells=[TITLE, code(displayed(groups_table()))]), id="undated"),
        pytest.param(showing(*USUAL), id="pictures"),
    ],
)
def test_readers_and_archives_get_the_same_file(notebook, tmp_path, caplog):
    pdf = export(notebook)
    assert check_verapdf(pdf, "PDFUA-1") == READABLE
    assert check_verapdf(pdf, "PDFA-2A") == LASTING
    (tmp_path / "probe.pdf").write_bytes(pdf)
    assert check_outloud(tmp_path / "probe.pdf") == ()
    assert caplog.records == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        about = document.open_metadata()
        assert (about["pdfuaid:part"], about["pdfaid:part"], about["pdfaid:conformance"]) == ("1", "2", "A")
        assert about["dc:title"] == str(document.docinfo.Title)


def test_a_notebook_without_a_title_is_called_like_its_file_and_its_author_hears_so(tmp_path, caplog):
    (tmp_path / "probe.pdf").write_bytes(export(v4.new_notebook()))
    assert check_outloud(tmp_path / "probe.pdf") == (
        "DOC-040: the document title is unhelpful: it is the file name",
    )
    [record] = caplog.records
    assert "Notebook „probe“ hat keinen Titel" in record.getMessage()


def test_rows_of_two_columns_keep_their_names_whatever_a_checker_says(tmp_path):
    """docs/decisions/0007-row-headings.md: its rule takes a table with more headings than data for layout."""
    frame = pd.DataFrame({"Ort": ["Am Rhein", "Am Dom", "Am Ring"], "Zahl": [1, 2, 3]}).set_index("Ort")
    table = v4.new_output("display_data", data={"text/html": frame.to_html()})
    pdf = export(v4.new_notebook(cells=[TITLE, code(table)]))
    assert check_verapdf(pdf) == READABLE
    (tmp_path / "probe.pdf").write_bytes(pdf)
    assert [line[:7] for line in check_outloud(tmp_path / "probe.pdf")] == ["TBL-010"]
    assert [text for kind, text in read_tags(pdf) if kind == "TH-Row"] == ["Am Rhein", "Am Dom", "Am Ring"]


@pytest.mark.parametrize("kind", UNLASTING)
def test_a_picture_that_no_archive_keeps_leaves_the_file_readable_and_is_named(kind, caplog):
    with caplog.at_level(logging.WARNING):
        pdf = export(showing(USUAL[0], UNLASTING[kind]))
    assert check_verapdf(pdf, "PDFUA-1") == READABLE
    assert check_verapdf(pdf, "PDFA-2A").failed != ()
    [record] = caplog.records
    assert record.getMessage().startswith("Notebook „probe“: das Bild „Bild 2“ passt in kein PDF/A-2a (")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        about = document.open_metadata()
        assert about["pdfuaid:part"] == "1"
        assert "pdfaid:part" not in about


def test_no_sign_of_a_text_keeps_a_document_from_the_archive():
    text = "".join(map(chr, sorted(_covered() - set(range(33))))) + "\ue000 \U000f0000 漢 \ufffe \u0301"
    paragraph = {"type": "paragraph", "children": [{"type": "text", "raw": text}]}
    remarks = []
    typeset(
        Document(title=text, title_tokens=({"type": "text", "raw": "x"},), blocks=(Prose((paragraph,)),)),
        remarks.append,
    )
    assert remarks == []
