"""The ticked answers of a text with boxes: "☒ Kinder ☐ Jugendliche" says Kinder."""

import re
from typing import Final

_BOX: Final = re.compile(r"(?P<ticked>[☑☒✅✓✔■⊠]|\[\s*[xX]\s*\]|\(\s*[xX]\s*\))|[☐□⬜▢]|\[\s*\]|\(\s*\)")
_MARK: Final = re.compile(r"[xX✓✔☒☑⊠]")
_EDGE: Final = " \t\n\xa0,;|/"


def has_boxes(text: str) -> bool:
    """Whether a text holds a box, ticked or not."""
    return ticked(text) != text


def ticked(text: str) -> str:
    """The words of the ticked boxes, joined by commas; empty where none is ticked. A text without boxes stays."""
    boxes = list(_BOX.finditer(text))
    if not boxes or (
        boxes[0][0].isascii() and not text.startswith(boxes[0][0]) and not text.endswith(boxes[-1][0])
    ):
        return text  # "(x)" within a sentence is no box
    # The first box tells whether words follow their box or stand before it.
    if text[: boxes[0].start()].strip(_EDGE):
        starts, ends = [0, *(box.end() for box in boxes)], [box.start() for box in boxes]
    else:
        starts, ends = [box.end() for box in boxes], [*(box.start() for box in boxes[1:]), len(text)]
    words = [text[start:end].strip(_EDGE) for start, end in zip(starts, ends, strict=False)]
    return ", ".join(word for box, word in zip(boxes, words, strict=True) if box["ticked"] and word)


def is_mark(text: str) -> bool:
    """Whether a cell holds nothing but a mark."""
    return bool(_MARK.fullmatch(text))


def marked(texts: list[str]) -> list[str] | None:
    """The texts of a row that the marks beside them tick; None where a mark could belong to either side."""
    marks = [number for number, text in enumerate(texts) if is_mark(text)]
    if not marks:
        return texts
    before, after = marks[0] == 0, marks[-1] == len(texts) - 1
    ticks = [number + (1 if before else -1) for number in marks]
    if before == after or any(number in marks for number in ticks):
        return None
    return [texts[number] for number in ticks]
