"""Columns between processes: short ones as lists, long ones as bytes, the same frame from both."""

import pandas as pd

from analysis import packing
from analysis.frames import join_frames, make_frame
from analysis.packing import Columns, Packer, pack
from analysis.schema import TABLES

LONG = packing.MANY_ROWS


def sheets(count: int, name: str) -> Columns:
    columns: Columns = {column: [None] * count for column in TABLES["sheets"]}
    columns["workbook"] = [f"{name} {number}" for number in range(count)]
    columns["nonempty"] = list(range(count))
    return columns


def test_only_long_columns_are_packed() -> None:
    assert pack("sheets", sheets(LONG - 1, "a")) == sheets(LONG - 1, "a")
    assert isinstance(pack("sheets", sheets(LONG, "a")), bytes)


def test_short_and_long_parts_are_joined_in_their_order() -> None:
    parts = [sheets(2, "a"), sheets(LONG, "b"), sheets(0, "c"), sheets(1, "d")]
    joined = join_frames("sheets", [pack("sheets", part) for part in parts])
    rows = [dict(zip(part, row, strict=True)) for part in parts for row in zip(*part.values(), strict=True)]
    pd.testing.assert_frame_equal(joined, make_frame("sheets", rows))
    assert list(joined["workbook"][[0, 1, 2, LONG + 1, LONG + 2]]) == [
        "a 0",
        "a 1",
        "b 0",
        f"b {LONG - 1}",
        "d 0",
    ]
    assert joined["visibility"].isna().all()


def test_a_table_is_packed_while_it_grows() -> None:
    packer = Packer("sheets")
    for name in ("a", "b", "c", "d"):
        packer.add(sheets(LONG // 3, name))
    packed = packer.finish()
    assert isinstance(packed, bytes)
    whole = join_frames("sheets", [sheets(LONG // 3, name) for name in ("a", "b", "c", "d")])
    pd.testing.assert_frame_equal(join_frames("sheets", [packed]), whole)


def test_a_long_table_is_packed_smaller_than_its_texts() -> None:
    packed = pack("sheets", sheets(LONG * 3, "one and the same name, again and again"))
    assert isinstance(packed, bytes)
    assert len(packed) < LONG * 3 * 40


def test_no_parts_are_an_empty_frame_with_every_column() -> None:
    frame = join_frames("returns", [])
    assert list(frame) == list(TABLES["returns"])
    assert [str(kind) for kind in frame.dtypes] == list(TABLES["returns"].values())
