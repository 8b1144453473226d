"""Which signs the PDF's typefaces can show, and what stands in for those they cannot."""

import functools
import shutil
import unicodedata
from pathlib import Path
from typing import Final

import matplotlib
from matplotlib.ft2font import FT2Font

from .display import FONT, FONT_FOLDER
from .signs import legible

# Atkinson Hyperlegible for everything it has; DejaVu Sans, which Matplotlib brings along, for arrows, ticks,
# Greek, Cyrillic and the like.
FAMILIES: Final = (FONT, "DejaVu Sans")
_DEJAVU: Final = ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSans-BoldOblique")
_SOFT: Final = {"\u00ad", "\u200b"}  # hyphen and break that show only at the end of a line


def copy_fonts(folder: Path) -> None:
    """Puts the files of all families into one folder, and nothing else that a picture could fall back on."""
    source = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for path in [*sorted(FONT_FOLDER.glob("*.ttf")), *(source / f"{name}.ttf" for name in _DEJAVU)]:
        shutil.copyfile(path, folder / path.name)


def printable(text: str) -> str:
    """The text in signs that can be shown: composed, without control signs, others named in brackets.

    "漢" becomes "[Zeichen U+6F22]", a smiling face "[Zeichen: grinning face]": never a box, never nothing.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(map(_show, unicodedata.normalize("NFC", legible(text))))


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """How many points the text takes on one line, as `printable` shows it; bold signs are a little wider."""
    return size * sum(map(_advance, printable(text))) * (1.07 if is_bold else 1)


def _show(char: str) -> str:
    if "\ufe00" <= char <= "\ufe0f":  # asks for the coloured variant of the sign before
        return ""
    if char in "\n\t" or char in _SOFT or ord(char) in _covered():
        return char
    kind = unicodedata.category(char)
    if kind == "Zs":
        return " "
    if kind in {"Cc", "Cf", "Mn", "Me"} or 0x1F3FB <= ord(char) <= 0x1F3FF:  # joiners, variants, skin tones
        return ""
    name = unicodedata.name(char, "").lower() if kind == "So" else ""
    return f"[Zeichen: {name}]" if name else f"[Zeichen U+{ord(char):04X}]"


@functools.cache
def _advance(char: str) -> float:
    """The width of one sign at size 1, in the first family that has it; none for breaks and soft hyphens."""
    if char in _SOFT:
        return 0
    font = next((font for font in _upright_fonts() if font.get_char_index(ord(char))), None)
    return float(font.load_char(ord(char)).linearHoriAdvance) / 65536 / 100 if font else 0


@functools.cache
def _upright_fonts() -> tuple[FT2Font, ...]:
    dejavu = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    fonts = tuple(FT2Font(str(path)) for path in (FONT_FOLDER / "AtkinsonHyperlegible-Regular.ttf", dejavu))
    for font in fonts:
        font.set_size(100, 72)
    return fonts


@functools.cache
def _covered() -> frozenset[int]:
    """What every style of a family has, and what DejaVu Sans has upright: Typst sets it so among slanted signs."""
    source = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    styles = [set(FT2Font(str(source / f"{name}.ttf")).get_charmap()) for name in _DEJAVU]
    atkinson = [set(FT2Font(str(path)).get_charmap()) for path in sorted(FONT_FOLDER.glob("*.ttf"))]
    always = set.intersection(*styles) | set.intersection(*atkinson)
    upright = {code for code in styles[0] & styles[1] if unicodedata.category(chr(code)) != "Zs"}
    return frozenset(
        code for code in always | upright if unicodedata.category(chr(code)) not in {"Cc", "Cf", "Co"}
    )
