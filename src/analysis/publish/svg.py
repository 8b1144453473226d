"""SVG -> markup that may stand in a page: harmless, its ids its own, told as one picture with one text."""

import base64
import re
from typing import Final
from xml.etree import ElementTree

from markupsafe import Markup, escape

_SVG: Final = "{http://www.w3.org/2000/svg}"
_HREFS: Final = ("href", "{http://www.w3.org/1999/xlink}href")
# What drawing programs of statistics need; anything else is shown, but as an image of its own.
_DRAWN: Final = re.compile(
    "svg|g|defs|use|symbol|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|clipPath|mask|marker|pattern"
    "|linearGradient|radialGradient|stop|image"
)
# The alternative text speaks; metadata names programs; a rule of style is the root's own.
_LEFT_OUT: Final = frozenset(f"{_SVG}{name}" for name in ("metadata", "title", "desc", "style"))
# No handlers (on...), nothing that the keyboard or a screen reader stops at, no classes of the page.
_DRAWING: Final = re.compile(r"(?!on|aria-|role$|tabindex$|class$)[a-z][a-z0-9-]*", re.IGNORECASE)
_FOR_ALL: Final = re.compile(r"\s*\*\s*\{([^{}@]*)\}\s*")  # Matplotlib's only style rule
_REFERENCE: Final = re.compile(r"url\(\s*['\"]?#([^)'\"]*)['\"]?\s*\)")
_PICTURE: Final = re.compile(r"data:image/(png|jpeg);base64,", re.IGNORECASE)


def picture_markup(source: str, name: str, alt: str, description: str = "") -> Markup:
    """One picture: inline where all of it is known to be harmless (text stays text, in the page's typeface),
    else as an image of its own, where browsers run no scripts, fetch nothing and let no ids and styles out.

    `name` begins every id within it. The alternative text is its title, the long text its description.
    """
    try:
        root = ElementTree.fromstring(source)
        drawing = _element(root, f"{name}-", _inherited_style(root))
    except (ElementTree.ParseError, ValueError):
        return image_markup("image/svg+xml", base64.b64encode(source.encode()).decode(), alt)
    opening, end, inner = drawing.partition(">")
    words = Markup('<title id="{}titel">{}</title>').format(name, alt)
    roles = Markup(' role="img" aria-labelledby="{}titel"').format(name)
    if description:
        words += Markup('<desc id="{}text">{}</desc>').format(name, description)
        roles += Markup(' aria-describedby="{}text"').format(name)
    return Markup("<svg") + roles + Markup(opening.removeprefix("<svg") + end) + words + Markup(inner)


def image_markup(mimetype: str, base64_data: str, alt: str) -> Markup:
    """One picture as an image inside the page."""
    data = "".join(base64_data.split())
    return Markup('<img src="data:{};base64,{}" alt="{}">').format(mimetype, data, alt)


def _inherited_style(root: ElementTree.Element) -> str:
    """The one style rule that may come along ("* {...}"), as the root's own; ValueError at any other."""
    rules = "".join("".join(style.itertext()) for style in root.iter(f"{_SVG}style"))
    if not rules.strip():
        return ""
    if not (match := _FOR_ALL.fullmatch(rules)):
        raise ValueError("style rules of its own")
    return match[1].strip()


def _element(element: ElementTree.Element, prefix: str, style: str = "") -> str:
    name = element.tag.removeprefix(_SVG)
    if not _DRAWN.fullmatch(name):
        raise ValueError(f"<{name}> is not a drawing")
    attributes = dict(_attributes(element, prefix))
    if name == "svg":
        attributes = {key: attributes[key] for key in ("width", "height", "viewBox") if key in attributes}
        attributes["viewBox"] = attributes.get("viewBox") or _view_box(attributes)
    if style:
        attributes["style"] = style
    # Joined as plain text: a drawing has thousands of parts, and names of tags and attributes need no escaping.
    parts = [f"<{name}", *(f' {key}="{escape(value)}"' for key, value in attributes.items()), ">"]
    parts.append(escape(element.text or ""))
    for child in element:
        if child.tag not in _LEFT_OUT:
            parts.append(_element(child, prefix))
        parts.append(escape(child.tail or ""))
    return "".join([*parts, f"</{name}>"])


def _attributes(element: ElementTree.Element, prefix: str) -> list[tuple[str, str]]:
    """Attributes that may come along: ids and references with the prefix, nothing that acts or fetches."""
    found = []
    for key, value in element.attrib.items():
        if key in _HREFS:
            if value.startswith("#"):
                found.append(("href", f"#{prefix}{value[1:]}"))
            elif _PICTURE.match(value):
                found.append(("href", value))
            else:
                raise ValueError(f"it points to {value[:40]}")
        elif key == "id":
            found.append(("id", prefix + value))
        elif _DRAWING.fullmatch(key):
            value = _REFERENCE.sub(lambda match: f"url(#{prefix}{match[1]})", value)
            if "\\" in value or re.search(r"url\((?!#)", value, re.IGNORECASE):
                raise ValueError(f"{key} points elsewhere")
            found.append((key, value))
    return found


def _view_box(attributes: dict[str, str]) -> str:
    """A drawing without a viewBox cannot shrink: its own size is one."""
    sizes = [re.match(r"[0-9.]+", attributes.get(side, "")) for side in ("width", "height")]
    if not all(sizes):
        raise ValueError("no size")
    return "0 0 " + " ".join(size[0] for size in sizes if size)
