"""Cells filled to the brim, 32,767 letters: kept as they are, asked about, and never the end of a run."""

from pathlib import Path
from typing import Final

import pytest
from make_workbooks import HEADINGS
from test_returns import read, rows_of, taken

LONGEST: Final = 32_767
TEXTS: Final = {
    "years": "2009, ",
    "brackets": "(",
    "words": "Kinder ",
    "figures": "1",
    "marks": "-.",
    "reports of none": "keine ",
    "emoji": "👩‍🦽",
    "bidi": "\u202eab\u200b",
    "lines": "zeile\n",
}
# A pattern that tries all ways to share blanks out would not come to an end here.
BLANKS: Final = "Summe der" + " " * (LONGEST - 10) + "x"


@pytest.mark.parametrize("part", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("column", range(4))
def test_an_endless_text_is_kept_in_any_column(tmp_path: Path, part: str, column: int) -> None:
    text = (part * (2 * LONGEST // len(part.encode("utf-16-le")))).strip()  # a sheet counts in pairs of bytes
    row: list[object] = ["Treff", "Kinder", "Kalk", 2009]
    row[column] = text
    result = read(tmp_path, [HEADINGS, row])
    shown = {cell["cell"]: cell["text"] for cell in rows_of(result, "cells")}
    place = f"{'ABCD'[column]}2"
    assert shown[place] == text
    assert taken(result)[place] != "unplaced"


@pytest.mark.parametrize("text", [BLANKS, "-" * (LONGEST - 1) + "x"])
def test_an_endless_text_around_a_table_is_kept(tmp_path: Path, text: str) -> None:
    result = read(tmp_path, [[text], HEADINGS, ["Treff", "Kinder", "Kalk", 2009], [], [text]])
    assert [row["title"] for row in rows_of(result, "programmes")] == ["Treff"]
    assert [taken(result)[cell] for cell in ("A1", "A5")] == ["context", "context"]


def test_a_beginning_of_endless_words_is_asked_about(tmp_path: Path) -> None:
    result = read(tmp_path, [HEADINGS, ["Treff", "Kinder", "Kalk", ("2009, " * LONGEST)[:LONGEST]]])
    (row,) = rows_of(result, "programmes")
    assert (row["start_earliest"], row["start_certainty"]) == (None, "unknown")
    assert [(problem.code, problem.message) for problem in result.problems] == [
        ("start_question", "Der Text ist zu lang, um darin ein Jahr zu suchen; bitte klären, welches gilt.")
    ]
