"""The outputs of one code cell -> blocks; what cannot be printed for everyone is a ValueError in German."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from .blocks import Block, Figure, Marked, Note, Table, Verbatim
from .cited import CITED, read_cited
from .hypertext import parse_html
from .markdown import Token, parse_markdown, plain_text
from .marked import MARKED, from_json
from .options import figure_options
from .pictures import PICTURE_TYPES, decode_picture, make_picture
from .quotes import german_quotes
from .tables import RESOURCE, grid_from_resource

WIDGET: Final = "application/vnd.jupyter.widget-view+json"
# What Python says of an object that has nothing to say, such as "<Axes: >" or "[<Line2D at 0x7f12>]".
_OBJECT: Final = re.compile(r"[(\[]*<[^<>\n]+>[\])]*|Text\(.*\)")
_SIZE: Final = re.compile(r"(\d+) rows × (\d+) columns")  # pandas below a table that it shortened


def read_outputs(cell: Any, remark: Callable[[str], None]) -> Iterator[Block | list[Token]]:
    """One block per output of a code cell, in order; tokens are Markdown or HTML that the cell computed.

    Messages at stderr and objects without words are left out, and `remark` is told so. Raises: ValueError at a
    picture without alternative text, a table without headings, a failed cell (unless it is tagged
    `raises-exception`), an output that no page can show.
    """
    options = figure_options(cell["source"])
    pictures = [output for output in cell["outputs"] if _picture_type(output)]
    for output in cell["outputs"]:
        if output["output_type"] == "error":
            what = " ".join(f"{output['ename']}: {_plain(output['evalue'])}".split()).rstrip(":")
            if "raises-exception" not in cell["metadata"].get("tags", []):
                raise ValueError(
                    f"sie endete mit einem Fehler ({what}); das Notebook erst fehlerfrei ausführen"
                )
            yield Verbatim(what)
        elif output["output_type"] == "stream":
            if output["name"] == "stdout":
                yield from _verbatim(output["text"])
            else:
                remark("Meldungen an stderr werden nicht gedruckt")
        elif _picture_type(output):
            position = next(i for i, other in enumerate(pictures) if other is output)
            yield _figure(output, options, position, len(pictures))
        else:
            yield from _read_data(output["data"], output["metadata"], remark)


def _read_data(
    data: Mapping[str, Any], metadata: Mapping[str, Any], remark: Callable[[str], None]
) -> Iterator[Block | list[Token]]:
    if metadata.get("role") == "note":
        yield Note(metadata["label"], tuple(parse_markdown(metadata["markdown"])))
    elif MARKED in data:
        yield Marked(from_json(data[MARKED]))
    elif RESOURCE in data and ("row_headers" in metadata or "text/html" not in data):
        # Without our words it is pandas' own, which drops rows and columns of the same name without a word.
        grid = grid_from_resource(data[RESOURCE], metadata.get("row_headers"))
        yield Table(grid, caption=metadata.get("caption"), note=metadata.get("note"))
    elif CITED in data:
        yield read_cited(data[CITED])
    elif "text/markdown" in data:
        yield parse_markdown(data["text/markdown"])
    elif tokens := parse_html(data.get("text/html", "")):
        yield _with_sizes(german_quotes(tokens))
    elif data.keys() <= {WIDGET, "text/plain"} and WIDGET in data:
        remark("ein Bedienelement wird nicht gedruckt; es braucht JupyterLab")
    elif "text/latex" in data:
        yield parse_markdown(data["text/latex"])
    elif (text := data.get("text/plain", "").strip("\n")) and not _OBJECT.fullmatch(text):
        yield from _verbatim(text)
    elif "application/json" in data:
        yield Verbatim(json.dumps(data["application/json"], ensure_ascii=False, indent=2))
    elif rich := data.keys() - {"text/plain", "text/html"}:
        raise ValueError(f"die Ausgabe ({', '.join(sorted(rich))}) lässt sich nicht drucken")
    else:
        remark(f"die Ausgabe „{text}“ sagt Menschen nichts und wird nicht gedruckt")


def _plain(text: str) -> str:
    if "\x1b" not in text:
        return text
    from nbconvert.filters import (
        strip_ansi,  # here, for few texts are coloured and nbconvert takes long to import
    )

    return str(strip_ansi(text))  # type: ignore[no-untyped-call]


def _picture_type(output: Any) -> str | None:
    data = output.get("data", {})
    return None if RESOURCE in data else next((kind for kind in PICTURE_TYPES if kind in data), None)


def _figure(output: Any, options: Mapping[str, list[str]], position: int, count: int) -> Figure:
    mimetype = _picture_type(output)
    assert mimetype is not None
    about = {**output["metadata"], **output["metadata"].get(mimetype, {})}
    alts, captions = options.get("fig-alt", []), options.get("fig-cap", [])
    alt = about.get("alt") or (alts[position] if len(alts) == count else "")
    if not alt.strip():
        how_many = f" (fig-alt nennt {len(alts)}, die Zelle zeigt {count} Bilder)" if alts else ""
        raise ValueError(
            f"ein Bild hat keinen Alternativtext{how_many}: Chart(…, alt=…) nehmen oder die Zeile "
            "„#| fig-alt: was zu sehen ist“ an den Anfang der Zelle setzen"
        )
    caption = about.get("title") or (captions[position] if len(captions) == count else None)
    words = {key: str(about.get(key) or "").strip() for key in ("subtitle", "description", "table", "narrow")}
    content = output["data"][mimetype]
    is_text = mimetype == "image/svg+xml"
    data = content.encode("utf-8", "replace") if is_text else decode_picture(content)
    return Figure(
        make_picture(data, mimetype, alt, caption),
        is_chart=output["metadata"].get("role") == "chart",
        subtitle=words["subtitle"],
        description=words["description"],
        values=words["table"],
        narrow=make_picture(words["narrow"].encode("utf-8", "replace"), mimetype, alt)
        if words["narrow"]
        else None,
    )


def _verbatim(text: str) -> Iterator[Verbatim]:
    # A carriage return overwrites the line: what was last on it is what the terminal showed.
    lines = [line.rstrip("\r").rpartition("\r")[2].rstrip() for line in _plain(text).split("\n")]
    if joined := "\n".join(lines).strip("\n"):
        yield Verbatim(joined)


def _with_sizes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with the size that pandas tells below a shortened table as the table's note."""
    found: list[Token] = []
    for token in tokens:
        size = _SIZE.fullmatch(plain_text([token])) if token["type"] == "paragraph" else None
        if size and found and found[-1]["type"] == "html_table":
            note = f"Gekürzt: Die ganze Tabelle hat {size[1]} Zeilen und {size[2]} Spalten."
            found[-1] = {**found[-1], "note": note}
        else:
            found.append(token)
    return found
