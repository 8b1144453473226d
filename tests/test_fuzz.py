"""Damaged workbooks: thousands of variants, each of which ends as a workbook whose books balance or with a reason."""

import os
import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from make_workbooks import Formula, write_workbook
from workbook_files import ods_cell, ods_content, read_zip, relation, write_ods, write_xml, write_zip

from analysis.workbooks import Unreadable, Workbook, read_workbook

ROWS = [
    ["Dezernat IV", None, None],
    ["Maßnahme", "Zielgruppe", "Beginn"],
    ["Jugendtreff", "Jugendliche", 2009],
    ["Café", "Frauen, Mädchen", Formula("=C3+1")],
]
# Bytes that mean something in one of the formats: ends of numbers, quotes, tags, separators.
TELLING = [
    b"\x00",
    b"\xff",
    b"\x7f",
    b"\xff\xff\xff\xff",
    b"\x80",
    b"<",
    b">",
    b'"',
    b"&",
    b";",
    b"\n",
    b"/",
    b"]]>",
]
# What numbers and types in the XML may be changed to.
VALUES = [
    "0",
    "-1",
    "1048577",
    "99999999999999999999",
    "",
    "A0",
    "XFE1",
    "ZZZZZ9",
    "1:1",
    "s",
    "e",
    "inlineStr",
    "x" * 70_000,
]
CORPUS = Path(os.environ.get("SPREADSHEETS", ""))
MOST_BYTES = 40_000


def make_seeds(folder: Path) -> list[Path]:
    """A small workbook of every format that can be made here."""
    write_workbook(folder / "a.xlsx", ROWS, merges=["A1:C1"], hidden_rows=[4])
    write_xml(
        folder / "b.xlsx",
        '<row r="1" hidden="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" s="1"><v>40026</v>'
        '</c></row><row r="2"><c r="A2" t="inlineStr"><is><t>b</t></is></c><c r="B2"><f>A1</f><v>1</v></c></row>',
        strings="<si><t>a</t></si>",
        before='<cols><col min="2" max="3" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
        parts={
            "xl/comments1.xml": '<comments><comment ref="B2"><text><t>Notiz</t></text></comment></comments>'
        },
        relations=relation("comments", "../comments1.xml"),
    )
    cell = ods_cell("Porz", 'table:number-columns-repeated="2" table:number-rows-spanned="2"')
    table = (
        f'<table:table table:name="a"><table:table-column table:number-columns-repeated="3"/><table:table-row '
        f'table:number-rows-repeated="2">{cell}<table:table-cell office:value-type="float" office:value="2009"/>'
        "</table:table-row></table:table>"
    )
    write_ods(folder / "a.ods", table)
    (folder / "a.fods").write_text(ods_content(table, element="document"))
    (folder / "a.csv").write_text("Maßnahme;Beginn\nTreff;2009\nCafé;2010\n", encoding="utf-8")
    (folder / "a.html").write_text(
        "<table><tr><th colspan=2>a<th>b<tr><td rowspan=2>c<td>d<td>e<tr><td>f<td>g</table>"
    )
    return sorted(folder.iterdir())


def corpus_seeds() -> list[Path]:
    if not os.environ.get("SPREADSHEETS"):
        return []
    files = (path for path in sorted(CORPUS.rglob("*")) if path.is_file() and path.suffix != ".tsv")
    return [path for path in files if 0 < path.stat().st_size <= MOST_BYTES]


def damage_bytes(data: bytes, chance: random.Random) -> bytes:
    """Flips, cuts, doubles, drops or overwrites some bytes."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        at = chance.randrange(len(changed) + 1)
        length = chance.choice([1, 2, 4, 50, 500])
        way = chance.randrange(6)
        if way == 0 and at < len(changed):
            changed[at] ^= 1 << chance.randrange(8)
        elif way == 1:
            changed[at : at + length] = b""
        elif way == 2:
            changed[at:at] = changed[at : at + length]
        elif way == 3:
            telling = chance.choice(TELLING)
            changed[at : at + len(telling)] = telling
        elif way == 4:
            other = chance.randrange(len(changed) + 1)
            changed[at : at + length] = changed[other : other + length]
        elif way == 5 and not chance.randrange(4):
            del changed[at:]
    return bytes(changed)


def damage_xml(data: bytes, chance: random.Random) -> bytes:
    """Changes an attribute or a text, or drops, doubles or moves an element's tag."""
    tags = [found.span() for found in re.finditer(rb"<[^>]*>", data)]
    values = [
        found.span(1) for found in re.finditer(rb'="([^"]*)"|>([^<]+)<', data) if found.group(1) is not None
    ]
    if not tags:
        return damage_bytes(data, chance)
    way = chance.randrange(5)
    if way <= 1 and values:
        start, end = chance.choice(values)
        return data[:start] + chance.choice(VALUES).encode() + data[end:]
    start, end = chance.choice(tags)
    other = chance.choice(tags)[0]
    if way == 2:
        return data[:start] + data[end:]
    if way == 3:
        return data[:end] + data[start:end] * chance.choice([1, 1, 1_000]) + data[end:]
    return data[:other] + data[start:end] + data[other:]


def damage(path: Path, target: Path, chance: random.Random) -> None:
    """Writes a variant: a ZIP file's parts are damaged and packed anew as often as the file itself."""
    if zipfile.is_zipfile(path) and chance.randrange(3):
        try:
            parts = read_zip(path)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
            parts = {}
        if filled := [name for name, content in parts.items() if content]:
            wanted = [
                name for name in filled if re.search("sheet|workbook|content|shared|styles", name)
            ] or filled
            for name in chance.sample(wanted, min(len(wanted), chance.choice([1, 1, 2]))):
                is_xml = parts[name].lstrip(b"\xef\xbb\xbf").startswith(b"<")
                parts[name] = (damage_xml if is_xml and chance.randrange(4) else damage_bytes)(
                    parts[name], chance
                )
            if not chance.randrange(20):
                del parts[chance.choice(filled)]
            write_zip(target, parts)
            return
    target.write_bytes(damage_bytes(path.read_bytes(), chance))


def variants(seeds: list[Path], folder: Path, count: int, seed: int) -> Iterator[tuple[int, Path]]:
    chance = random.Random(seed)
    for number in range(count):
        target = folder / f"Variante{chance.choice(['.xlsx', '.xls', '.ods'])}"
        damage(chance.choice(seeds), target, chance)
        yield number, target


def check(seeds: list[Path], folder: Path, count: int, seed: int) -> tuple[int, int]:
    """How many variants were read and how many were reported; each must be one of the two."""
    read = 0
    for number, path in variants(seeds, folder, count, seed):
        book = read_workbook(path)
        if isinstance(book, Workbook):
            read += 1
            for sheet in book.sheets:
                assert len(sheet.cells) == sheet.nonempty, (seed, number, sheet.name, keep(path))
                places = [(cell.row, cell.column) for cell in sheet.cells]
                assert places == sorted(set(places)), (seed, number, sheet.name, keep(path))
        else:
            assert isinstance(book, Unreadable)
            assert book.reason.startswith(("Die Datei ", "Ein Blatt der Datei ")), (seed, number, keep(path))
            assert "bringt das Leseprogramm zum Absturz" not in book.reason, (seed, number, keep(path))
            assert "Sekunden nicht zu lesen" not in book.reason, (seed, number, keep(path))
    return read, count - read


def keep(path: Path) -> Path:
    """Where a variant that failed is kept for a closer look."""
    return Path(shutil.copy(path, path.with_name(f"gescheitert{path.suffix}")))


def test_every_damaged_workbook_is_read_or_reported(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    read, reported = check(make_seeds(tmp_path / "seeds"), tmp_path, 400, seed=1)
    assert min(read, reported) > 50


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 10))
def test_thousands_of_damaged_workbooks_are_read_or_reported(tmp_path: Path, seed: int) -> None:
    (tmp_path / "seeds").mkdir()
    seeds = make_seeds(tmp_path / "seeds") + corpus_seeds()
    read, reported = check(seeds, tmp_path, 1_000, seed)
    assert min(read, reported) > 100
