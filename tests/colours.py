"""Colours of a drawing as people see them: contrast, greyscale, colour-vision deficiencies, distance.

Sources: WCAG 2.2 (relative luminance, contrast ratio); Machado, Oliveira and Fernandes 2009, "A Physiologically-based
Model for Simulation of Color Vision Deficiency", severity 1.0; CIE 1976 L*a*b* with illuminant D65.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

Linear = tuple[float, float, float]

WHITE = "#ffffff"
# A just noticeable difference is about 2.3; nobody confuses what is eight times as far apart, not even in passing.
APART = 20.0

_SVG = "{http://www.w3.org/2000/svg}"
_MATRICES: dict[str, tuple[Linear, Linear, Linear]] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
    "greyscale": ((0.2126, 0.7152, 0.0722),) * 3,
}
SIGHTS = tuple(_MATRICES)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def distance(one: str, other: str, sight: str) -> float:
    """How far apart two colours look to that sight, in units of CIELAB (Delta E 1976)."""
    pairs = zip(_lab(_seen(one, sight)), _lab(_seen(other, sight)), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def mark_colours(svg: str) -> set[str]:
    """Every colour that fills or strokes something in the drawing, but its letters."""
    return {
        colour.lower()
        for element in _elements(svg)
        if element.tag != f"{_SVG}text"
        for colour in re.findall(r"(?:fill|stroke): ?(#[0-9a-fA-F]{6})", _styles(element))
    }


def text_colours(svg: str) -> set[str]:
    """Every colour of its letters; black where none is named."""
    return {
        (re.findall(r"fill: ?(#[0-9a-fA-F]{6})", _styles(element)) or ["#000000"])[0].lower()
        for element in _elements(svg)
        if element.tag == f"{_SVG}text"
    }


def lowest_contrasts(svgs: Iterable[str], grounds: Iterable[str]) -> tuple[float, float]:
    """The lowest contrast of a mark with white, and of a letter with white and with `grounds`.

    `grounds` are fills on which numbers stand: what they tell is read from the number, so they are no marks.
    """
    grounds = {ground.lower() for ground in grounds}
    drawings = list(svgs)
    marks = {colour for svg in drawings for colour in mark_colours(svg)} - grounds - {WHITE}
    letters = {colour for svg in drawings for colour in text_colours(svg)}
    return (
        min(contrast(mark, WHITE) for mark in marks),
        min(contrast(letter, ground) for letter in letters for ground in grounds | {WHITE}),
    )


def _elements(svg: str) -> Iterator[ElementTree.Element]:
    return ElementTree.fromstring(svg).iter()


def _styles(element: ElementTree.Element) -> str:
    named = [f"{name}: {element.get(name)}" for name in ("fill", "stroke") if element.get(name)]
    return "; ".join([element.get("style", ""), *named])


def _linear(colour: str) -> Linear:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _to_linear(red), _to_linear(green), _to_linear(blue)


def _to_linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _luminance(colour: str) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), _linear(colour), strict=True))


def _seen(colour: str, sight: str) -> Linear:
    parts = _linear(colour)
    rows = _MATRICES[sight]
    red, green, blue = (
        min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, parts, strict=True))))
        for row in rows
    )
    return red, green, blue


def _lab(linear: Linear) -> Linear:
    to_xyz = (
        (0.4124564, 0.3575761, 0.1804375),
        (0.2126729, 0.7151522, 0.072175),
        (0.0193339, 0.119192, 0.9503041),
    )
    xyz = (sum(weight * part for weight, part in zip(row, linear, strict=True)) for row in to_xyz)
    x, y, z = (_f(part / white) for part, white in zip(xyz, (0.95047, 1.0, 1.08883), strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _f(ratio: float) -> float:
    return ratio ** (1 / 3) if ratio > 216 / 24389 else (24389 / 27 * ratio + 16) / 116
