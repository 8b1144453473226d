"""What the raw text of a cell in the XML of a workbook says.

Source: ECMA-376 part 1 (18.4, shared strings; 18.8.30, number formats; 18.18.11, types of cells; 22.4.2.4, escaped
characters).
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from .archive import Archive
from .scan import DAMAGED_CELL
from .values import as_text, date_as_text, number_as_text, serial_as_text

_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_DATE_FORMATS: Final = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
# Quoted and escaped characters, padding, colours and conditions; an elapsed time ("[h]:mm") is no date.
_NO_DATE: Final = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')
_ELAPSED: Final = re.compile(r"\[[hms]+\]", re.IGNORECASE)


class CellValues:
    """The shared texts and the date formats of a workbook, read when a cell needs them."""

    def __init__(self, archive: Archive, strings: str, styles: str, is_1904: bool) -> None:
        self._archive, self._strings, self._styles, self._is_1904 = archive, strings, styles, is_1904

    def describe(self, kind: str, style: str, value: str, inline: str) -> tuple[str, str]:
        """Text and kind of a cell; an empty text where it holds none."""
        if kind == "e":
            return value.strip() or DAMAGED_CELL[0], "error"
        if inline:
            return _unescape(inline), "text"
        if not value:
            return "", "text"
        if kind == "s":
            index = value.strip()
            texts = self._texts
            return (
                (texts[int(index)], "text") if index.isdecimal() and int(index) < len(texts) else DAMAGED_CELL
            )
        if kind == "b":
            return as_text(value.strip() in ("1", "true"))
        if kind == "d":
            return date_as_text(value)
        if kind != "n":
            return _unescape(value), "text"
        return serial_as_text(value, self._is_1904) if style in self._dates else number_as_text(value)

    @cached_property
    def _texts(self) -> list[str]:
        return _read_texts(self._archive, self._strings) if self._strings in self._archive else []

    @cached_property
    def _dates(self) -> frozenset[str]:
        return _read_dates(self._archive, self._styles) if self._styles in self._archive else frozenset()


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _read_texts(archive: Archive, name: str) -> list[str]:
    """The shared texts by number, without readings of Asian characters."""
    texts: list[str] = []
    parts: list[str] = []
    depth_of_phonetics = 0
    in_text = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth_of_phonetics, in_text
        if tag == "si":
            parts.clear()
        elif tag == "rPh":
            depth_of_phonetics += 1
        elif tag == "t":
            in_text = depth_of_phonetics == 0

    def end(tag: str) -> None:
        nonlocal depth_of_phonetics, in_text
        if tag == "si":
            texts.append(_unescape("".join(parts)))
        elif tag == "rPh":
            depth_of_phonetics -= 1
        elif tag == "t":
            in_text = False

    def text(data: str) -> None:
        if in_text:
            parts.append(data)

    archive.parse(name, start, end, text)
    return texts


def _read_dates(archive: Archive, name: str) -> frozenset[str]:
    """The numbers of the cell styles that show a number as a date."""
    own: dict[str, str] = {}
    styles: list[str] = []
    in_cell_styles = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal in_cell_styles
        if tag == "numFmt":
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            in_cell_styles = True
        elif tag == "xf" and in_cell_styles:
            styles.append(attributes.get("numFmtId", "0"))

    def end(tag: str) -> None:
        nonlocal in_cell_styles
        if tag == "cellXfs":
            in_cell_styles = False

    archive.parse(name, start, end)
    dates = {str(number) for number in _DATE_FORMATS} - own.keys()
    dates |= {number for number, code in own.items() if _shows_date(code)}
    return frozenset(str(index) for index, number in enumerate(styles) if number in dates)


def _shows_date(code: str) -> bool:
    if _ELAPSED.search(code):
        return False
    return (
        bool(set(_NO_DATE.sub("", code).partition(";")[0].lower()) & set("dmyhs"))
        and "general" not in code.lower()
    )
