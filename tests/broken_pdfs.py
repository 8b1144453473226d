"""Ways to break a good PDF, one function each: what the checks must notice. Each changes the document in place."""

from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator

from analysis.publish.tags import child_tags, walk_tags

BREAKS: list[Callable[[pikepdf.Pdf], None]] = []


def breaks(change):
    BREAKS.append(change)
    return change


def tags(document, kind):
    return [tag for tag in walk_tags(document) if str(tag.S) == f"/{kind}"]


def kids(tag):
    return list(tag.K) if isinstance(tag.K, Array) else [tag.K]


def drop(tag):
    """Takes the element out of the tree."""
    tag.P.K = Array([kid for kid in kids(tag.P) if not same(kid, tag)])


def same(kid: Any, tag: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.objgen == tag.objgen


def put(tag, parent, position):
    drop(tag)
    tag.P = parent
    parent.K = Array([*kids(parent)[:position], tag, *kids(parent)[position:]])


def swap(tag, other):
    """Exchanges two elements of one parent."""
    positions = {tag.objgen: other, other.objgen: tag}
    tag.P.K = Array(
        [positions.get(kid.objgen, kid) if isinstance(kid, Dictionary) else kid for kid in kids(tag.P)]
    )


def retag(tag, kinds):
    """Gives the element and those in it other kinds."""
    tag.S = Name(f"/{kinds.get(str(tag.S)[1:], str(tag.S)[1:])}")
    for kid in kids(tag):
        if isinstance(kid, Dictionary) and "/S" in kid:
            retag(kid, kinds)


def repaint(document, page, change):
    """The page's instructions, each as `change` gives it back."""
    shown = document.pages[page]
    instructions = [change(instruction) for instruction in pikepdf.parse_content_stream(shown)]
    shown.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))


def numbered(instruction, number):
    """Whether it begins the piece of marked content of this number."""
    return str(instruction.operator) == "BDC" and instruction.operands[1].get("/MCID") == number


def sections(document):
    """The paragraphs that stand right in the document."""
    return child_tags(tags(document, "Document")[0], "/P")


@breaks
def heading_as_paragraph(document):
    tags(document, "H1")[0].S = Name.P


@breaks
def skipped_level(document):
    tags(document, "H2")[0].S = Name.H4


@breaks
def level_too_high(document):
    tags(document, "H2")[0].S = Name.H1


@breaks
def heading_says_something_else(document):
    tags(document, "H1")[0].ActualText = "Etwas anderes"


@breaks
def title_as_paragraph(document):
    tags(document, "Title")[0].S = Name.P


@breaks
def no_alternative(document):
    del tags(document, "Figure")[0].Alt


@breaks
def empty_alternative(document):
    tags(document, "Figure")[0].Alt = ""


@breaks
def alternatives_exchanged(document):
    first, second = tags(document, "Figure")[:2]
    first.Alt, second.Alt = str(second.Alt), str(first.Alt)


@breaks
def figure_as_decoration(document):
    figure = tags(document, "Figure")[0]
    number = int(kids(figure)[0])
    page = [page.objgen for page in document.pages].index(figure.Pg.objgen)

    def unmark(instruction):
        if not numbered(instruction, number):
            return instruction
        return ContentStreamInstruction([Name.Artifact], Operator("BMC"))

    repaint(document, page, unmark)
    drop(figure)


@breaks
def caption_lost(document):
    drop(tags(document, "Caption")[0])


@breaks
def column_headings_without_scope(document):
    for cell in tags(document, "TH"):
        cell.A = Array([group for group in cell.A if group.get("/Scope") != "/Column"])


@breaks
def row_heading_as_data(document):
    row = child_tags(tags(document, "TBody")[0], "/TR")[0]
    child_tags(row, "/TH")[0].S = Name.TD


@breaks
def row_heading_heads_a_column(document):
    row = child_tags(tags(document, "TBody")[0], "/TR")[0]
    child_tags(row, "/TH")[0].A = Array([Dictionary(O=Name.Table, Scope=Name.Column)])


@breaks
def cells_exchanged(document):
    row = child_tags(tags(document, "TBody")[0], "/TR")[0]
    swap(*child_tags(row, "/TD")[:2])


@breaks
def rows_exchanged(document):
    swap(*child_tags(tags(document, "TBody")[0], "/TR")[:2])


@breaks
def table_as_text(document):
    kinds = {"Table": "Div", "THead": "Div", "TBody": "Div", "TR": "Div", "TH": "P", "TD": "P"}
    retag(tags(document, "Table")[0], kinds)


@breaks
def list_as_text(document):
    retag(tags(document, "L")[0], {"L": "Div", "LI": "P", "Lbl": "Span", "LBody": "Span"})


@breaks
def nested_list_flattened(document):
    outer, inner = tags(document, "L")[:2]
    for item in reversed(child_tags(inner, "/LI")):
        put(item, outer, 2)
    drop(inner)


@breaks
def paragraphs_exchanged(document):
    swap(*sections(document)[-2:])


@breaks
def paragraph_never_read(document):
    drop(sections(document)[-1])


@breaks
def quotation_as_paragraph(document):
    tags(document, "BlockQuote")[0].S = Name.Div


@breaks
def footnote_far_from_its_mark(document):
    whole = tags(document, "Document")[0]
    put(tags(document, "Note")[0], whole, len(kids(whole)))


@breaks
def link_without_words(document):
    for page in document.pages:
        for annotation in page.get("/Annots", []):
            del annotation["/Contents"]


@breaks
def link_says_another_target(document):
    for page in document.pages:
        for annotation in page.get("/Annots", []):
            if "/A" in annotation:
                annotation.Contents = "https://example.org"


@breaks
def link_without_tag(document):
    next(link for link in tags(document, "Link") if link.P.S == "/P").S = Name.Span


@breaks
def running_head_is_read(document):
    begun = []

    def mark(instruction):
        if str(instruction.operator) == "BDC" and instruction.operands[0] == "/Artifact" and not begun:
            begun.append(instruction)
            return ContentStreamInstruction([Name.P, Dictionary(MCID=999)], Operator("BDC"))
        return instruction

    repaint(document, 1, mark)
    whole = tags(document, "Document")[0]
    head = Dictionary(Type=Name.StructElem, S=Name.P, P=whole, Pg=document.pages[1].obj, K=999)
    whole.K = Array([*kids(whole), document.make_indirect(head)])
    owners = document.Root.StructTreeRoot.ParentTree
    entries = pikepdf.NumberTree(owners)[document.pages[1].StructParents]
    while len(entries) <= 999:
        entries.append(kids(whole)[-1])


@breaks
def text_without_mark(document):
    def unmark(instruction):
        if not numbered(instruction, 0):
            return instruction
        return ContentStreamInstruction([Name.Span, Dictionary()], Operator("BDC"))

    repaint(document, 0, unmark)


@breaks
def no_language(document):
    del document.Root.Lang


@breaks
def paragraph_in_another_language(document):
    sections(document)[-1].Lang = "en-US"


@breaks
def window_shows_the_file_name(document):
    del document.Root.ViewerPreferences


@breaks
def no_title(document):
    with document.open_metadata(set_pikepdf_as_editor=False) as about:
        del about["dc:title"]


@breaks
def not_marked_as_tagged(document):
    del document.Root.MarkInfo


@breaks
def no_tags(document):
    del document.Root.StructTreeRoot


@breaks
def no_bookmarks(document):
    del document.Root.Outlines


@breaks
def no_word_of_the_standard(document):
    with document.open_metadata(set_pikepdf_as_editor=False) as about:
        del about["pdfuaid:part"]
