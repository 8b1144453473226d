"""What is kept between runs: all of a piece or nothing, and never a wrong one."""

import os
from pathlib import Path

import pytest

from analysis import cache
from analysis.cache import Cache, cache_of_report, key_of
from analysis.digests import digest_of, package_digest

KEY = key_of("ein", "Schlüssel")


def test_a_piece_comes_back_as_it_was(tmp_path: Path) -> None:
    Cache(tmp_path / "neu").put(KEY, b"\x00Zellen")
    assert Cache(tmp_path / "neu").get(KEY) == b"\x00Zellen"
    assert Cache(tmp_path / "neu").get(key_of("ein", "anderer")) is None


@pytest.mark.parametrize("damage", [b"", b"kurz", b"x" * 40])
def test_a_damaged_piece_is_none(tmp_path: Path, damage: bytes) -> None:
    Cache(tmp_path).put(KEY, b"Zellen")
    [path] = tmp_path.glob("*/*")
    path.write_bytes(damage)
    assert Cache(tmp_path).get(KEY) is None


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("", encoding="utf-8")
    broken = Cache(tmp_path / "datei")
    broken.put(KEY, b"Zellen")
    broken.prune()
    assert broken.get(KEY) is None


def test_without_a_folder_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cache.CACHE_VARIABLE, raising=False)
    cache_of_report().put(KEY, b"Zellen")
    assert cache_of_report().get(KEY) is None


def test_the_pieces_not_asked_for_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Cache(tmp_path)
    for name in ("alt", "gefragt", "neu"):
        kept.put(key_of(name), name.encode())
    for number, name in enumerate(("alt", "gefragt", "neu")):
        key = key_of(name)
        os.utime(tmp_path / key[:2] / key[2:], (number, number))
    assert kept.get(key_of("gefragt")) == b"gefragt"
    monkeypatch.setattr(cache, "_MOST_BYTES", 80)
    kept.prune()
    there = [name for name in ("alt", "gefragt", "neu") if kept.get(key_of(name)) is not None]
    assert there == ["gefragt", "neu"]


def test_keys_tell_their_parts_apart() -> None:
    assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc"), key_of("c", "ab"), key_of()}) == 5


def test_the_digest_of_files_knows_names_and_contents_alone(tmp_path: Path) -> None:
    digests = []
    for folder, name, text in (("a", "x", "1"), ("b", "x", "1"), ("c", "y", "1"), ("d", "x", "2")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
        os.utime(tmp_path / folder / name, (1, 1))
        digests.append(digest_of((tmp_path / folder).iterdir(), tmp_path / folder))
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_the_digest_of_the_package_leaves_out_the_rooms_named() -> None:
    every, less = package_digest(), package_digest(frozenset({"publish"}))
    assert len({every, less, package_digest(frozenset({"publish", "cache"}))}) == 3
