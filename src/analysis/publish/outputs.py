"""The outputs of one code cell -> blocks; what cannot be printed for everyone is a ValueError in German."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bs4 import BeautifulSoup, Tag
from nbconvert.filters import strip_ansi

from .blocks import Block, Figure, Note, Prose, Table, Verbatim
from .display import RESOURCE
from .html_tables import grid_from_html
from .markdown import parse_markdown
from .options import figure_options
from .pictures import PICTURE_TYPES, decode_picture, make_picture
from .tables import grid_from_resource

_BREAKING: Final = ("p", "div", "li", "br", "tr", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table")


def read_outputs(cell: Any) -> Iterator[Block | str]:
    """One block per output of a code cell, in order; a text is Markdown that the cell computed.

    Messages at stderr are left out. Raises: ValueError at a picture without alternative text, a table without
    headings, a failed cell (unless it is tagged `raises-exception`), an output that no page can show.
    """
    options = figure_options(cell.source)
    pictures = [output for output in cell.outputs if _picture_type(output)]
    for output in cell.outputs:
        if output.output_type == "error":
            what = " ".join(f"{output.ename}: {_plain(output.evalue)}".split()).rstrip(":")
            if "raises-exception" not in cell.metadata.get("tags", []):
                raise ValueError(
                    f"sie endete mit einem Fehler ({what}); das Notebook erst fehlerfrei ausführen"
                )
            yield Verbatim(what)
        elif output.output_type == "stream":
            if output.name == "stdout":
                yield from _verbatim(output.text)
        elif _picture_type(output):
            position = next(i for i, other in enumerate(pictures) if other is output)
            yield _figure(output, options, position, len(pictures))
        else:
            yield from _read_data(output.data, output.metadata)


def _read_data(data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Iterator[Block | str]:
    if metadata.get("role") == "note":
        yield Note(metadata["label"], tuple(parse_markdown(metadata["markdown"])))
    elif RESOURCE in data:
        grid = grid_from_resource(data[RESOURCE], metadata.get("row_headers"))
        yield Table(grid, caption=metadata.get("caption"), note=metadata.get("note"))
    elif "text/markdown" in data:
        yield data["text/markdown"]
    elif blocks := list(_read_html(data.get("text/html", ""))):
        yield from blocks
    elif "text/latex" in data:
        yield data["text/latex"]
    elif "text/plain" in data:
        yield from _verbatim(data["text/plain"])
    else:
        raise ValueError(f"die Ausgabe ({', '.join(data) or 'leer'}) lässt sich nicht drucken")


def _plain(text: str) -> str:
    return str(strip_ansi(text))  # type: ignore[no-untyped-call]


def _picture_type(output: Any) -> str | None:
    data = output.get("data", {})
    return None if RESOURCE in data else next((kind for kind in PICTURE_TYPES if kind in data), None)


def _figure(output: Any, options: Mapping[str, list[str]], position: int, count: int) -> Figure:
    mimetype = _picture_type(output)
    assert mimetype is not None
    about = {**output.metadata, **output.metadata.get(mimetype, {})}
    alts, captions = options.get("fig-alt", []), options.get("fig-cap", [])
    alt = about.get("alt") or (alts[position] if len(alts) == count else "")
    if not alt.strip():
        how_many = f" (fig-alt nennt {len(alts)}, die Zelle zeigt {count} Bilder)" if alts else ""
        raise ValueError(
            f"ein Bild hat keinen Alternativtext{how_many}: Chart(…, alt=…) nehmen oder die Zeile "
            "„#| fig-alt: was zu sehen ist“ an den Anfang der Zelle setzen"
        )
    caption = about.get("title") or (captions[position] if len(captions) == count else None)
    content = output.data[mimetype]
    is_text = mimetype == "image/svg+xml"
    data = content.encode("utf-8", "replace") if is_text else decode_picture(content)
    return Figure(make_picture(data, mimetype, alt, caption), is_chart=output.metadata.get("role") == "chart")


def _verbatim(text: str) -> Iterator[Verbatim]:
    # A carriage return overwrites the line: what was last on it is what the terminal showed.
    lines = [line.rstrip("\r").rpartition("\r")[2].rstrip() for line in _plain(text).split("\n")]
    if joined := "\n".join(lines).strip("\n"):
        yield Verbatim(joined)


def _read_html(source: str) -> Iterator[Block]:
    """Tables as tables and the text between them as paragraphs; scripts and styles are no text."""
    soup = BeautifulSoup(source, "html.parser")
    for tag in soup.find_all(["script", "style", "template"]):
        tag.decompose()
    if soup.find("img"):
        raise ValueError(
            "ein Bild in HTML lässt sich nicht drucken: als SVG oder PNG mit Alternativtext zeigen"
        )
    tables: list[Tag] = [table for table in soup.find_all("table") if not table.find_parent("table")]
    read = []
    for table in tables:
        caption = table.caption.extract().get_text(" ", strip=True) if table.caption else None
        read.append(Table(grid_from_html(table), caption=caption or None))
        table.string = "\0"  # keeps its place among the lines
    for tag in soup.find_all(_BREAKING):
        tag.insert_before("\n")
        tag.insert_after("\n")
    for line in soup.get_text().splitlines():
        if line.strip() == "\0":
            yield read.pop(0)
        elif words := " ".join(line.split()):
            yield Prose(({"type": "paragraph", "children": [{"type": "text", "raw": words}]},))
