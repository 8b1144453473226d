"""What Typst leaves undone in a finished PDF: cells that name a row, nested lists, text beside elements, words of
links back. And what it lets pass: colour profiles that no archive keeps.
"""

import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import pikepdf

# Kinds of colour profiles that PDF/A-2 allows: of printers, screens, cameras and colour spaces.
_KINDS: Final = {b"prtr", b"mntr", b"scnr", b"spac"}


def finish_tags(pdf: bytes, row_headers: Sequence[int]) -> bytes:
    """The PDF whose nth table has its first `row_headers[n]` cells of every body row tagged TH, Scope Row.

    The lists of column headings that Typst puts at each cell go: a reader that finds them asks no scope, and
    would pass over the row's name. A nested list stands inside its item; labels without a sign go. Text beside
    elements becomes an element too: some readers take an element's own text before that of its parts.
    The same input gives the same bytes. Raises: ValueError where the PDF has another number of tables.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tags = list(walk_tags(document))
        tables = [tag for tag in tags if tag.S == "/Table"]
        if len(tables) != len(row_headers):
            raise ValueError(f"{len(tables)} tables are tagged, {len(row_headers)} were written")
        for table, count in zip(tables, row_headers, strict=True):
            _mark_table(table, count)
        tree = document.Root.StructTreeRoot
        owners = pikepdf.NumberTree(
            tree.get("/ParentTree", document.make_indirect(pikepdf.Dictionary(Nums=[])))
        )
        for tag in tags:
            if tag.S == "/L":
                _nest_lists(tag)
            if tag.S == "/Note":
                _describe_way_back(tag)
            _part_text(document, tag, owners)
        output = io.BytesIO()
        document.save(output, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def has_lasting_colours(pdf: bytes) -> bool:
    """Whether an archive may keep the PDF's colour profiles (ISO 19005-2, 6.2.4.2: ICC.1 up to version 4)."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        profiles = [
            thing.read_bytes()[:40]
            for thing in document.objects
            if isinstance(thing, pikepdf.Stream) and "/N" in thing and "/Type" not in thing
        ]
    return all(header[36:] != b"acsp" or (header[8] < 5 and header[12:16] in _KINDS) for header in profiles)


def walk_tags(document: pikepdf.Pdf) -> Iterator[Any]:
    """One structure element after another, in reading order."""
    yield from _walk(document.Root.StructTreeRoot)


def child_tags(element: Any, *kinds: str) -> list[Any]:
    """The structure elements right below this one, of these kinds."""
    return [kid for kid in _kids(element) if isinstance(kid, pikepdf.Dictionary) and kid.get("/S") in kinds]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _walk(element: Any) -> Iterator[Any]:
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _walk(kid)


def _nest_lists(element: Any) -> None:
    """Moves each list among the items of this one into the item before it, and drops empty labels."""
    items: list[Any] = []
    for kid in _kids(element):
        bodies = child_tags(items[-1], "/LBody") if items else []
        if kid.S == "/L" and bodies:
            bodies[-1].K = pikepdf.Array([*_kids(bodies[-1]), kid])
            kid.P = bodies[-1]
        else:
            items.append(kid)
    element.K = pikepdf.Array(items)
    for item in items:
        empty = [label.objgen for label in child_tags(item, "/Lbl") if not _kids(label)]
        if empty:
            item.K = pikepdf.Array([kid for kid in _kids(item) if kid.objgen not in empty])


def _describe_way_back(note: Any) -> None:
    """A footnote's number leads back to the text; its link says so."""
    for label in child_tags(note, "/Lbl"):
        for link in child_tags(label, "/Link"):
            for kid in _kids(link):
                if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
                    kid.Obj.Contents = f"Von Fußnote {kid.Obj.Contents} zurück zum Text"


def _part_text(document: pikepdf.Pdf, element: Any, owners: pikepdf.NumberTree) -> None:
    """Puts each run of text that stands beside elements into an element of its own, page by page."""
    kids = _kids(element)
    if all(map(_is_text, kids)) or not any(map(_is_text, kids)):
        return
    parted: list[Any] = []
    for page, run in groupby(kids, key=lambda kid: _page_of(kid, element) if _is_text(kid) else None):
        if page is None:
            parted += run
            continue
        numbers = [kid if isinstance(kid, int) else kid.MCID for kid in run]
        span = pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name.Span, P=element, Pg=page, K=pikepdf.Array(numbers)
        )
        parted.append(document.make_indirect(span))
        for number in numbers:
            owners[page.StructParents][int(number)] = parted[-1]
    element.K = pikepdf.Array(parted)


def _is_text(kid: Any) -> bool:
    return isinstance(kid, int) or "/MCID" in kid


def _page_of(kid: Any, element: Any) -> Any:
    return element.Pg if isinstance(kid, int) else kid.get("/Pg", element.get("/Pg"))


def _mark_table(table: Any, count: int) -> None:
    for part in child_tags(table, "/THead", "/TBody"):
        for row in child_tags(part, "/TR"):
            for position, cell in enumerate(child_tags(row, "/TH", "/TD")):
                names_row = part.S == "/TBody" and position < count
                if names_row:
                    cell.S = pikepdf.Name.TH
                _set_scope(cell, names_row)


def _set_scope(cell: Any, names_row: bool) -> None:
    attributes = cell.get("/A")
    groups = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes] if attributes else []
    for group in groups:
        if group.get("/O") == "/Table" and "/Headers" in group:
            del group["/Headers"]
    groups = [group for group in groups if set(group.keys()) != {"/O"}]
    if names_row:
        groups.append(pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row))
    if groups:
        cell.A = pikepdf.Array(groups)
    elif attributes is not None:
        del cell.A
