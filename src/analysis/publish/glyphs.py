"""Which signs the PDF's typefaces can show, and what stands in for those they cannot."""

import functools
import importlib.util
import shutil
import string
import unicodedata
from pathlib import Path
from typing import Any, Final

from .signs import legible
from .typeface import FONT, FONT_FOLDER

# Atkinson Hyperlegible for everything it has; DejaVu Sans, which Matplotlib brings along, for arrows, ticks,
# Greek, Cyrillic and the like.
FAMILIES: Final = (FONT, "DejaVu Sans")
_DEJAVU: Final = ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSans-BoldOblique")
# What most texts consist of: signs that all styles have, and that are composed. So fonts are read only for the rest.
_USUAL: Final = frozenset(
    f"\n\t {string.ascii_letters}{string.digits}{string.punctuation}ÄÖÜäöüßéèáàç§°·–—…„“‚‘«»€×\u00a0"
)
_SOFT: Final = {"\u00ad", "\u200b"}  # hyphen and break that show only at the end of a line


def copy_fonts(folder: Path) -> None:
    """Puts the files of all families into one folder, and nothing else that a picture could fall back on."""
    for path in [*_own_fonts(), *_dejavu_fonts()]:
        shutil.copyfile(path, folder / path.name)


def printable(text: str) -> str:
    """The text in signs that can be shown: composed, without control signs, others named in brackets.

    "漢" becomes "[Zeichen U+6F22]", a smiling face "[Zeichen: grinning face]": never a box, never nothing.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _USUAL.issuperset(text):
        return text
    return "".join(map(_show, unicodedata.normalize("NFC", legible(text))))


@functools.lru_cache(maxsize=50_000)  # words repeat, and widths are tried many times
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


def _own_fonts() -> list[Path]:
    return sorted(FONT_FOLDER.glob("*.ttf"))


@functools.cache
def _dejavu_fonts() -> list[Path]:
    """Where Matplotlib keeps them; to import it for that would take longer than to set a paper."""
    found = importlib.util.find_spec("matplotlib")
    assert found is not None
    assert found.submodule_search_locations is not None
    folder = Path(found.submodule_search_locations[0]) / "mpl-data" / "fonts" / "ttf"
    return [folder / f"{name}.ttf" for name in _DEJAVU]


@functools.cache
def _signs(path: Path) -> dict[int, str]:
    """The signs that a font has, each with the name of its shape there."""
    return dict(_font(path).getBestCmap())


@functools.cache
def _font(path: Path) -> Any:
    from fontTools.ttLib import TTFont  # most processes meet no text that needs it

    return TTFont(path, lazy=True)


@functools.cache
def _advance(char: str) -> float:
    """The width of one sign at size 1, in the first family that has it; none for breaks and soft hyphens."""
    if char in _SOFT:
        return 0
    upright = (FONT_FOLDER / "AtkinsonHyperlegible-Regular.ttf", _dejavu_fonts()[0])
    path = next((path for path in upright if ord(char) in _signs(path)), None)
    if path is None:
        return 0
    width, _ = _font(path)["hmtx"][_signs(path)[ord(char)]]
    return float(width / _font(path)["head"].unitsPerEm)


@functools.cache
def _covered() -> frozenset[int]:
    """What every style of a family has, and what DejaVu Sans has upright: Typst sets it so among slanted signs."""
    styles = [set(_signs(path)) for path in _dejavu_fonts()]
    always = set.intersection(*styles) | set.intersection(*(set(_signs(path)) for path in _own_fonts()))
    upright = {code for code in styles[0] & styles[1] if unicodedata.category(chr(code)) != "Zs"}
    return frozenset(
        code for code in always | upright if unicodedata.category(chr(code)) not in {"Cc", "Cf", "Co"}
    )
