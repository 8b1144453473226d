"""Signs that show nothing, or turn the words around them: what stands in their place on paper and on screens."""

import re
from typing import Final

# Bullets of Word and Excel come as private signs of the fonts Symbol and Wingdings.
_OFFICE: Final = {
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0e0": "→",
    "\uf02d": "–",
}
_BREAKS: Final = dict.fromkeys("\u2028\u2029\x0b\x0c\x85", "\n")
_SHOWN: Final = _OFFICE | _BREAKS
# Left out: control signs, and those that set the direction of writing, for that is the page's affair (Unicode's
# Bidi_Control). Named: what means something only to those who agreed on it, and what is no sign at all.
_SILENT: Final = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
_PRIVATE: Final = r"\ud800-\uf8ff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\U000f0000-\U0010ffff"
_RARE: Final = re.compile(f"(?P<private>[{_PRIVATE}])|[{_SILENT}]")


def legible(text: str) -> str:
    """The text with every sign in it one that a page can show; a private one is named: "[Zeichen U+E000]".

    Letters that are written from right to left still are; only what would turn others around is gone.
    """
    return _RARE.sub(_instead, text)


def _instead(found: re.Match[str]) -> str:
    named = f"[Zeichen U+{ord(found[0]):04X}]" if found["private"] else ""
    return _SHOWN.get(found[0], named)
