"""HTML of a notebook -> the tokens that Markdown becomes: what it says stays, how it looks and acts goes.

Beside mistune's kinds of tokens there are `subscript`, `superscript` and `html_table`, which holds a table's
`Grid` and caption.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from .html_tables import grid_from_html
from .pictures import read_picture

# Beautiful Soup is imported where there is HTML to read: most notebooks have none, and it takes its time.
if TYPE_CHECKING:
    from bs4 import Tag

Token = dict[str, Any]
Attachments = Mapping[str, Mapping[str, str]]

LINK: Final = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)
_WRAPPERS: Final = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("s", "del", "strike"), "strikethrough"),
    "sub": "subscript",
    "sup": "superscript",
}
_CODE: Final = {"code", "kbd", "samp", "tt"}
_HEADINGS: Final = {"h1", "h2", "h3", "h4", "h5", "h6"}
_UNREAD: Final = {"script", "style", "template", "head", "title", "noscript"}  # nothing that anyone reads
_UNPRINTABLE: Final = {"svg", "canvas", "iframe", "video", "audio", "object", "embed", "map"}
_BLOCKS: Final = {
    *_HEADINGS,
    *(
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "hr",
        "table",
        "center",
        "details",
    ),
    *("summary", "section", "article", "aside", "main", "header", "footer", "nav", "figure", "figcaption"),
    *("fieldset", "legend", "form", "address", "html", "body"),
}
_QUIET: Final = {
    *("span", "font", "small", "big", "u", "ins", "mark", "abbr", "time", "label", "button", "input", "wbr"),
    *(
        "q",
        "bdi",
        "bdo",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "colgroup",
        "col",
        "br",
        "img",
        "a",
    ),
}
_KNOWN: Final = {*_WRAPPERS, *_CODE, *_UNREAD, *_UNPRINTABLE, *_BLOCKS, *_QUIET}
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^>]*>")


def parse_html(source: str, attachments: Attachments | None = None) -> list[Token]:
    """One token per block of an HTML output; scripts, styles and hidden parts are no text.

    Raises: ValueError at a picture without alternative text or that is not inside the notebook, at a table
    without headings, and at what moves, sounds or comes from elsewhere.
    """
    if not source:
        return []
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(source, "html.parser")
    for tag in soup.find_all(lambda tag: tag.name in _UNREAD or tag.has_attr("hidden")):
        tag.decompose()
    return list(_blocks(soup, attachments or {}))


def parse_block(source: str, attachments: Attachments) -> list[Token]:
    """One token per block of HTML within Markdown; what only looks like a tag ("<Name>") is text."""
    return parse_html(
        _TAG.sub(lambda m: m[0] if m[2].lower() in _KNOWN else html.escape(m[0]), source), attachments
    )


def nest_inline(tokens: Sequence[Token], attachments: Attachments) -> list[Token]:
    """Inline tokens of Markdown whose tags (`inline_html`) wrap what stands between them, or are text."""
    found: list[Token] = []
    open_tags: list[tuple[Tag, list[Token]]] = []  # each with what stood before it

    def close() -> None:
        nonlocal found
        tag, before = open_tags.pop()
        found = [*before, *_wrapped(tag, found)]

    for token in tokens:
        raw = token.get("raw", "")
        if token["type"] != "inline_html":
            found.append(token)
        elif raw.startswith("<!"):
            continue
        elif not (match := _TAG.fullmatch(raw)) or (name := match[2].lower()) not in _KNOWN:
            found.append({"type": "text", "raw": raw})
        elif match[1]:
            if any(tag.name == name for tag, _ in open_tags):
                while open_tags[-1][0].name != name:
                    tag, before = open_tags.pop()
                    found = [*before, *found]
                close()
        else:
            from bs4 import BeautifulSoup

            (tag,) = BeautifulSoup(raw, "html.parser").find_all(True)
            if name in {"br", "img", "input", "wbr", "hr", *_UNPRINTABLE}:
                found.extend(_inline(tag, attachments))
            else:
                open_tags.append((tag, found))
                found = []
    while open_tags:  # never closed: what they would wrap stays as it is
        found = [*open_tags.pop()[1], *found]
    return found


def _blocks(parent: "Tag", attachments: Attachments) -> Iterator[Token]:
    from bs4 import Tag

    line: list[Token] = []
    for child in parent.children:
        if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(_is_block)):
            yield from _paragraph(line)
            line = []
            yield from _block(child, attachments)
        else:
            line.extend(_inline(child, attachments))
    yield from _paragraph(line)


def _block(tag: "Tag", attachments: Attachments) -> Iterator[Token]:
    if tag.name in _HEADINGS and not tag.find(_is_block):
        children = _stripped(list(_inlines(tag, attachments)))
        yield {"type": "heading", "attrs": {"level": int(tag.name[1])}, "children": children}
    elif tag.name in {"ul", "ol"} and not tag.find("table"):
        items = [
            {"type": "list_item", "children": list(_blocks(item, attachments))}
            for item in tag.find_all("li", recursive=False)
        ]
        if items := [item for item in items if item["children"]]:
            yield {"type": "list", "children": items, "tight": True, "attrs": {"ordered": tag.name == "ol"}}
    elif tag.name == "blockquote" and not tag.find("table"):
        yield {"type": "block_quote", "children": list(_blocks(tag, attachments))}
    elif tag.name == "pre":
        if tag.get_text().strip():
            yield {"type": "block_code", "raw": tag.get_text().strip("\n")}
    elif tag.name == "hr":
        yield {"type": "thematic_break"}
    elif tag.name == "table":
        caption = tag.caption.extract().get_text(" ", strip=True) if tag.caption else None
        yield {"type": "html_table", "grid": grid_from_html(tag), "caption": caption or None}
    else:
        yield from _blocks(tag, attachments)


def _inline(node: Any, attachments: Attachments) -> Iterator[Token]:
    from bs4.element import NavigableString, PreformattedString

    if isinstance(node, PreformattedString):
        return  # comments and the like
    if isinstance(node, NavigableString):
        yield {"type": "text", "raw": re.sub(r"\s+", " ", str(node))}
    elif node.name in _UNPRINTABLE:
        raise ValueError(
            f"<{node.name}> in HTML lässt sich nicht drucken: als SVG oder PNG mit Alternativtext zeigen"
        )
    elif node.name == "img":
        alt, title = str(node.get("alt", "")), node.get("title")
        yield {"type": "image", "picture": read_picture(str(node.get("src", "")), alt, title, attachments)}
    elif node.name == "br":
        yield {"type": "linebreak"}
    else:
        yield from _wrapped(node, list(_inlines(node, attachments)))


def _inlines(tag: "Tag", attachments: Attachments) -> Iterator[Token]:
    for child in tag.children:
        yield from _inline(child, attachments)


def _wrapped(tag: "Tag", children: list[Token]) -> list[Token]:
    """What a tag makes of the tokens inside it."""
    url = str(tag.get("href", ""))
    if tag.name in _UNREAD or not children:
        return []
    if tag.name in _WRAPPERS:
        return [{"type": _WRAPPERS[tag.name], "children": children}]
    if tag.name in _CODE:
        return [{"type": "codespan", "raw": "".join(child.get("raw", "") for child in children)}]
    if tag.name == "a" and LINK.fullmatch(url):
        return [{"type": "link", "attrs": {"url": url}, "children": children}]
    return children


def _paragraph(line: list[Token]) -> Iterator[Token]:
    if children := _stripped(line):
        yield {"type": "paragraph", "children": children}


def _stripped(line: list[Token]) -> list[Token]:
    """The line without spaces and breaks at its ends."""
    line = list(line)
    while line and (line[0]["type"] == "linebreak" or line[0].get("raw") == " "):
        line.pop(0)
    while line and (line[-1]["type"] == "linebreak" or line[-1].get("raw") == " "):
        line.pop()
    for place, strip in ((0, str.lstrip), (-1, str.rstrip)):
        if line and line[place]["type"] == "text":
            line[place] = {"type": "text", "raw": strip(line[place]["raw"])}
    return line


def _is_block(tag: "Tag") -> bool:
    return tag.name in _BLOCKS
