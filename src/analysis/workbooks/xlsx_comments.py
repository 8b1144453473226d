"""The comments at the cells of a worksheet: notes, and conversations, whose notes only say that there is one.

Sources: ECMA-376 part 1, 18.7 (comments); [MS-XLSX] 2.6.205 (threaded comments).
"""

from collections.abc import Iterable, Mapping
from typing import Final

from .archive import Archive
from .cells import split_address
from .scan import Place

_NOTES: Final = ("comments", "comment")
_CONVERSATIONS: Final = ("threadedComment", "threadedComment")


def read_comments(archive: Archive, relations: Iterable[tuple[str, str]]) -> dict[Place, str]:
    """The text of every comment by the place of its cell, a conversation's answers line by line."""
    comments: dict[Place, str] = {}
    targets = [(kind, target) for kind, target in relations if target in archive]
    for wanted, element in (_NOTES, _CONVERSATIONS):
        for kind, target in targets:
            if kind == wanted:
                comments.update(_read_part(archive, target, element))
    return comments


def _read_part(archive: Archive, name: str, element: str) -> dict[Place, str]:
    found: dict[Place, list[str]] = {}
    place: Place | None = None
    parts: list[str] = []
    depth_of_phonetics = 0
    in_text = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal place, in_text, depth_of_phonetics
        if tag == element:
            place = split_address(attributes.get("ref", "A1"))
            parts.clear()
        elif tag == "rPh":
            depth_of_phonetics += 1
        elif tag == "t" or (tag == "text" and element == _CONVERSATIONS[1]):
            in_text = depth_of_phonetics == 0

    def end(tag: str) -> None:
        nonlocal place, in_text, depth_of_phonetics
        if tag == element and place is not None:
            if text := "".join(parts).strip():
                found.setdefault(place, []).append(text)
            place = None
        elif tag == "rPh":
            depth_of_phonetics -= 1
        elif tag in ("t", "text"):
            in_text = False

    def text(data: str) -> None:
        if in_text and place is not None:
            parts.append(data)

    archive.parse(name, start, end, text)
    return {place: "\n".join(texts) for place, texts in found.items()}
