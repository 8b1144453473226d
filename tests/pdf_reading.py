"""A PDF as its readers meet it: line by line through a screen reader, top to bottom on paper, and the margins.

`read_tags` and `read_outline` answer single questions, `Reading` holds all of a document against what it should say.
"""

import ctypes
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as raw

Box = tuple[float, float, float, float]  # left, bottom, right, top

# Elements that a screen reader passes through, and those that stand within a line of text.
PASSED = {"Document", "Part", "Sect", "Div", "THead", "TBody", "TFoot", "LBody", "NonStruct"}
WITHIN = {"Span", "Strong", "Em", "Lbl", "Link", "Code", "Reference", "Quote"}
SILENT = {"Span", "Strong", "Em", "Lbl", "Reference"}  # of these, those that say nothing of themselves
PAINTING = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
NEAR = 3.0  # points by which the boxes of letters may overlap


@dataclass
class Piece:
    """What one number of marked content paints: its texts, and the boxes of all."""

    texts: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    spoken: str | None = None  # what the mark itself says instead
    language: str | None = None


def plain(text: str) -> str:
    """The text without what differs by design: soft hyphens, the shape of quotes and gaps, names of signs."""
    text = re.sub("[\u00ad\u200b\u2060\ufffe]", "", text)
    text = re.sub("[„“”]", '"', re.sub("[‚‘’]", "'", text))
    text = re.sub(r"\[Zeichen U\+([0-9A-F]+)\]", lambda match: chr(int(match[1], 16)), text)
    text = re.sub(r"\[Zeichen: ([\w -]+)\]", lambda match: unicodedata.lookup(match[1].upper()), text)
    return " ".join(text.split())


def read_tags(pdf: bytes) -> list[tuple[str, str]]:
    """One pair per element in reading order: its kind and all that stands in it, a figure with its alternative text.

    Kinds are the PDF's own, but for header cells, which come as TH-Column and TH-Row.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = _page_numbers(document)
        pieces, _, _ = _paint(pdf, document)

        def text(tag: Any) -> str:
            parts = []
            for kid in _kids(tag):
                if (place := _place(kid, tag, pages)) is not None:
                    parts += pieces[place].texts if place in pieces else []
                elif (
                    _is_tag(kid) and kid.S != "/Note"
                ):  # read at its reference, printed at the foot of the page
                    parts.append(text(kid))
            return "".join(parts)

        return [
            (_kind(tag), str(tag.Alt) if "/Alt" in tag else " ".join(text(tag).split()))
            for tag in list(_with_inner(document.Root.StructTreeRoot))[1:]
        ]


def read_outline(pdf: bytes) -> list[tuple[int, str]]:
    """The bookmarks, (depth, title), as the side bar shows them."""
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        return list(_bookmarks(outline.root, 1))


class Reading:
    """One PDF: `lines` as a screen reader goes through them, `misplaced` where paper has another order, `margins` per
    page what is decoration and yet text, `strays` what is painted and never read, or read and never painted.
    """

    def __init__(self, pdf: bytes) -> None:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            self._pages = _page_numbers(document)
            self._pieces, self.margins, self.strays = _paint(pdf, document)
            self._language = str(document.Root.get("/Lang", ""))
            self._read: set[tuple[int, int]] = set()
            tree = document.Root.get("/StructTreeRoot", {})
            self.lines = [
                *self._facts(document),
                *(line for kid in _kids(tree) for line in self._say(kid, 0)),
            ]
            blocks = [block for kid in _kids(tree) for block in self._blocks(kid)]
            self.misplaced = list(_out_of_order(blocks))
            self.strays += [
                f"page {p + 1}: {mark} is never read" for p, mark in self._pieces.keys() - self._read
            ]

    def _facts(self, document: pikepdf.Pdf) -> Iterator[str]:
        with document.open_metadata() as about:
            yield f"Language {self._language}"
            yield f"Window {about.get('dc:title', '')}"
            parts = ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")
            yield f"Standards {' '.join(str(about.get(part, '-')) for part in parts)}"
        yield f"Tagged {bool(document.Root.get('/MarkInfo', {}).get('/Marked', False))}"
        shown = document.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)
        yield f"Title in the window {bool(shown)}"
        with document.open_outline() as outline:
            yield from (f"Bookmark {depth} {plain(title)}" for depth, title in _bookmarks(outline.root, 1))

    def _say(self, tag: Any, depth: int) -> Iterator[str]:
        """A line for the element, then one for each in it that says something of itself."""
        kind = str(tag.S).removeprefix("/")
        text = plain(self._text(tag))
        inner = [kid for kid in _kids(tag) if _is_tag(kid)]
        if kind == "LI":
            text, inner = self._item(tag)
        if kind == "Code" and {str(kid.S) for kid in inner} == {"/P"}:  # lines of a listing
            text, inner = plain("".join(self._text(kid) for kid in inner)), []
        is_heard = kind not in PASSED | SILENT or (kind in PASSED and text)
        if is_heard:
            language = str(tag.get("/Lang", self._language))
            foreign = f" [{language}]" if language != self._language else ""
            yield f"{'  ' * depth}{_kind(tag)}{foreign} {text}{self._target(tag)}".rstrip()
        for kid in inner:
            yield from self._say(kid, depth + bool(is_heard))

    def _item(self, item: Any) -> tuple[str, list[Any]]:
        """An item's number and first paragraph as its text, and what else is in it; bullets are not told apart."""
        label, text, rest = "", "", []
        for kid in _kids(item):
            if not _is_tag(kid) or kid.S not in {"/Lbl", "/LBody"}:
                rest.append(kid)
                continue
            if kid.S == "/Lbl":
                label += self._text(kid)
                continue
            text = self._text(kid)
            inner = [part for part in _kids(kid) if _is_tag(part)]
            if not plain(text) and inner and inner[0].S == "/P":
                text = self._text(inner[0])
                inner = [*(part for part in _kids(inner[0]) if _is_tag(part)), *inner[1:]]
            rest += inner
        label = "" if label.strip() in set("•–·‣") else label.strip()
        return plain(f"{label} {text}"), [kid for kid in rest if _is_tag(kid)]

    def _text(self, tag: Any) -> str:
        """What stands in the element and the elements within its line, unless it says something else instead."""
        parts = []
        for kid in _kids(tag):
            if (place := _place(kid, tag, self._pages)) is not None:
                self._read.add(place)
                piece = self._pieces.get(place)
                if piece is None:
                    self.strays.append(f"page {place[0] + 1}: {place[1]} is read and never painted")
                else:
                    foreign = f"[{piece.language}] " if piece.language not in {None, self._language} else ""
                    parts.append(foreign + ("".join(piece.texts) if piece.spoken is None else piece.spoken))
            elif _is_tag(kid) and str(kid.S).removeprefix("/") in WITHIN:
                parts.append(self._text(kid))
        # A picture is heard by its element's words alone, whatever its mark says.
        said = "" if tag.S == "/Figure" else "".join(parts)
        return str(tag.get("/ActualText", tag.get("/Alt", said)))

    def _target(self, tag: Any) -> str:
        """What a link says of where it leads."""
        if tag.S != "/Link":
            return ""
        links = [kid.Obj for tag_in in _with_inner(tag) for kid in _kids(tag_in) if _is_link(kid)]
        return f" -> {'; '.join(sorted({plain(str(link.get('/Contents', ''))) for link in links}))}"

    def _blocks(self, tag: Any) -> Iterator[tuple[str, list[tuple[int, Box]]]]:
        """Each block of text with its place on paper, row by row and cell by cell; footnotes stand elsewhere."""
        kind = str(tag.S).removeprefix("/")
        if kind == "Note":
            return
        own = [_place(kid, part, self._pages) for part in self._line(tag) for kid in _kids(part)]
        boxes = [
            (place[0], box) for place in own if place in self._pieces for box in self._pieces[place].boxes
        ]
        if boxes and kind not in SILENT:
            yield f"{kind} {plain(self._text(tag))[:40]}", boxes
        for kid in filter(_is_tag, _kids(tag)):
            if not boxes or str(kid.S).removeprefix("/") not in {*WITHIN, "Figure"}:
                yield from self._blocks(kid)

    def _line(self, tag: Any) -> Iterator[Any]:
        yield tag
        for kid in _kids(tag):
            if _is_tag(kid) and str(kid.S).removeprefix("/") in WITHIN:
                yield from self._line(kid)


def _out_of_order(blocks: list[tuple[str, list[tuple[int, Box]]]]) -> Iterator[str]:
    """Where a block stands neither below the one before nor to its right."""
    for (name, boxes), (other, others) in pairwise(blocks):
        page, first = max(page for page, _ in boxes), min(page for page, _ in others)
        left, bottom, right, top = _union(box for where, box in boxes if where == page)
        near, low, _, high = _union(box for where, box in others if where == first)
        is_below = first > page or (first == page and high <= bottom + NEAR)
        is_beside = first == page and near >= right - NEAR and low < top and high > bottom
        # A row after a row whose last cell is not its longest.
        is_next_row = first == page and near < left and high < top
        if not (is_below or is_beside or is_next_row):
            yield f"page {first + 1}: „{other}“ is read after „{name}“ and does not stand below it"


def _union(boxes: Iterator[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _kind(tag: Any) -> str:
    kind = str(tag.S).removeprefix("/")
    groups = tag.get("/A", [])
    groups = groups if isinstance(groups, pikepdf.Array) else [groups]
    scopes = [str(group.Scope).removeprefix("/") for group in groups if "/Scope" in group]
    return "-".join([kind, *scopes]) if kind == "TH" else kind


def _kids(tag: Any) -> list[Any]:
    kids = tag.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _page_numbers(document: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.objgen: number for number, page in enumerate(document.pages)}


def _place(kid: Any, tag: Any, pages: dict[tuple[int, int], int]) -> tuple[int, int] | None:
    """Page and number where the child is a piece of marked content."""
    if isinstance(kid, int):
        return pages[tag.Pg.objgen], kid
    if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
        return pages[kid.get("/Pg", tag.get("/Pg")).objgen], int(kid.MCID)
    return None


def _is_tag(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _is_link(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid


def _with_inner(tag: Any) -> Iterator[Any]:
    yield tag
    for kid in _kids(tag):
        if _is_tag(kid):
            yield from _with_inner(kid)


def _bookmarks(items: Any, depth: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield depth, str(item.title)
        yield from _bookmarks(item.children, depth + 1)


def _paint(
    pdf: bytes, document: pikepdf.Pdf
) -> tuple[dict[tuple[int, int], Piece], list[list[str]], list[str]]:
    """What each page paints: by number of marked content, as decoration, and without any mark."""
    pieces: dict[tuple[int, int], Piece] = {}
    margins: list[list[str]] = []
    strays: list[str] = []
    shown = pypdfium2.PdfDocument(pdf)
    for number, (page, source) in enumerate(zip(shown, document.pages, strict=True)):
        margins.append([])
        textpage = page.get_textpage()
        for thing in page.get_objects(max_depth=1):
            mark = raw.FPDFPageObj_GetMarkedContentID(thing.raw)
            text = _object_text(thing, textpage) if thing.type == raw.FPDF_PAGEOBJ_TEXT else ""
            if mark >= 0:
                piece = pieces.setdefault((number, mark), Piece())
                piece.texts.append(text)
                piece.boxes.append(thing.get_bounds())
            elif text:
                margins[-1].append(plain(text))
        for mark, about in _marks(source):
            if mark is None:
                strays.append(f"page {number + 1}: something is painted without a mark")
            elif about and (number, mark) in pieces:
                pieces[number, mark].language = about.get("/Lang")
                pieces[number, mark].spoken = about.get("/ActualText", about.get("/Alt"))
    return pieces, margins, strays


def _marks(page: Any) -> Iterator[tuple[int | None, dict[str, str]]]:
    """Each number of marked content with what its mark says of it; None for what is painted without a mark."""
    stack: list[str] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in {"BMC", "BDC"}:
            about = instruction.operands[1] if operator == "BDC" else {}
            if isinstance(about, pikepdf.Name):
                about = page.Resources.Properties[about]
            is_marked = instruction.operands[0] == "/Artifact" or "/MCID" in about
            stack.append("marked" if is_marked else "")
            if "/MCID" in about:
                words = {key: str(about[key]) for key in ("/Lang", "/ActualText", "/Alt") if key in about}
                yield int(about["/MCID"]), words
        elif operator == "EMC":
            stack.pop()
        elif operator in PAINTING and "marked" not in stack:
            yield None, {}


def _object_text(thing: Any, textpage: Any) -> str:
    size = raw.FPDFTextObj_GetText(thing.raw, textpage.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(
        thing.raw, textpage.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
    )
    return buffer.raw.decode("utf-16-le").rstrip("\0")
