"""Scans the XML of a workbook for what python-calamine does not tell, and counts the filled cells on its own.

Formulas and error values without a stored value, hidden rows and columns, merged ranges. Source: ECMA-376 part 1
(18.3, SpreadsheetML worksheets); Strict and Transitional files alike, because only local names are looked at.
"""

import posixpath
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final
from xml.parsers import expat

from .cells import Span

MOST_BYTES: Final = 800_000_000
MOST_FILLED: Final = 5_000_000
_CHUNK: Final = 1 << 18


class TooBig(Exception):
    """The file is bigger than anything a department fills in; the text says where, in German."""


@dataclass
class SheetScan:
    """One worksheet as its XML says: filled cells with their raw text and kind, merges, hidden lines."""

    cells: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    merges: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    nonempty: int = 0
    visibility: str = "visible"


class Archive:
    """A ZIP file whose entries are found whatever their case and slashes, and read up to a limit."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}
        self._left = MOST_BYTES

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def parse(
        self, name: str, start: Callable[..., None], end: Callable[..., None], text: Callable[..., None]
    ) -> None:
        """Feeds one XML entry to the handlers, names without their namespace prefix."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, attributes: start(local_name(tag), attributes)
        parser.EndElementHandler = lambda tag: end(local_name(tag))
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with self._archive.open(self._names[name.lower()]) as stream:
            while chunk := stream.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise TooBig(f"Die Datei ist entpackt größer als {MOST_BYTES // 1_000_000} MB")
                parser.Parse(chunk)
            parser.Parse(b"", True)

    def read(self, name: str) -> bytes:
        """The bytes of one entry."""
        with self._archive.open(self._names[name.lower()]) as stream:
            data = stream.read(self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise TooBig(f"Die Datei ist entpackt größer als {MOST_BYTES // 1_000_000} MB")
        return data


def _refuse_doctype(*_: object) -> None:
    raise ValueError("DOCTYPE im XML")


@cache
def local_name(tag: str) -> str:
    """The name of an element without its prefix."""
    return tag.rpartition(":")[2]


def scan_xlsx(path: Path) -> dict[str, SheetScan]:
    """One scan per worksheet by its name."""
    with zipfile.ZipFile(path) as file:
        archive = Archive(file)
        book = _find_workbook(archive)
        targets = read_relations(archive, book)
        sheets: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "sheet":
                relation = next((value for key, value in attributes.items() if local_name(key) == "id"), "")
                kind, target = targets.get(relation, ("", ""))
                if kind == "worksheet" and target in archive:
                    sheets[attributes.get("name", "")] = (target, attributes.get("state", "visible"))

        archive.parse(book, start, _ignore, _ignore)
        strings = next((target for kind, target in targets.values() if kind == "sharedStrings"), "")
        shared = _read_shared_strings(archive, strings) if strings in archive else []
        scans = {name: _scan_sheet(archive, target, shared) for name, (target, _) in sheets.items()}
        for name, (_, visibility) in sheets.items():
            scans[name].visibility = visibility
        return scans


def _find_workbook(archive: Archive) -> str:
    if "_rels/.rels" in archive:
        for kind, target in read_relations(archive, "").values():
            if kind == "officeDocument" and target in archive:
                return target
    return "xl/workbook.xml"


def read_relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part by their id: the last word of the type, and the target's full name."""
    folder, name = posixpath.split(part)
    relations: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            kind = attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = (kind, full.lstrip("/"))

    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels in archive:
        archive.parse(rels, start, _ignore, _ignore)
    return relations


def _read_shared_strings(archive: Archive, name: str) -> list[str]:
    strings: list[str] = []
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
            strings.append("".join(parts))
        elif tag == "rPh":
            depth_of_phonetics -= 1
        elif tag == "t":
            in_text = False

    def text(data: str) -> None:
        if in_text:
            parts.append(data)

    archive.parse(name, start, end, text)
    return strings


def _scan_sheet(archive: Archive, name: str, shared: list[str]) -> SheetScan:
    scan = SheetScan()
    row = column = 0
    kind = ""
    formula: list[str] | None = None
    value: list[str] = []
    inline: list[str] = []
    target: list[str] | None = None
    phonetic = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal row, column, kind, formula, target, phonetic
        if tag == "c":
            reference = attributes.get("r")
            if reference:
                row, column = split_address(reference)
            else:
                column += 1
            kind = attributes.get("t", "n")
            formula = None
            value.clear()
            inline.clear()
        elif tag == "v":
            target = value
        elif tag == "f":
            formula = target = []
        elif tag == "t":
            target = None if phonetic else inline
        elif tag == "rPh":
            phonetic = True
        elif tag == "row":
            row = int(attributes["r"]) if "r" in attributes else row + 1
            column = 0
            if attributes.get("hidden") in ("1", "true"):
                scan.hidden_rows.add(row)
        elif tag == "col":
            if attributes.get("hidden") in ("1", "true"):
                scan.hidden_columns.update(
                    range(int(attributes["min"]), min(int(attributes["max"]), 16384) + 1)
                )
        elif tag == "mergeCell":
            first, _, last = attributes.get("ref", "A1").partition(":")
            scan.merges.append(Span(*split_address(first), *split_address(last or first)))

    def end(tag: str) -> None:
        nonlocal target, phonetic
        if tag in ("v", "f", "t"):
            target = None
        elif tag == "rPh":
            phonetic = False
        elif tag == "c":
            text = _raw_text(kind, "".join(value), "".join(inline), shared)
            if formula is not None or kind == "e" or text:
                scan.cells[row, column] = _describe_cell(kind, text, formula, has_value=bool(value))
                if len(scan.cells) > MOST_FILLED:
                    raise TooBig(f"Die Datei hat mehr als {MOST_FILLED} ausgefüllte Zellen auf einem Blatt")

    def characters(data: str) -> None:
        if target is not None:
            target.append(data)

    archive.parse(name, start, end, characters)
    scan.nonempty = len(scan.cells)
    return scan


def _raw_text(kind: str, value: str, inline: str, shared: list[str]) -> str:
    if kind == "s":
        index = value.strip()
        return shared[int(index)] if index.isdigit() and int(index) < len(shared) else ""
    if kind == "inlineStr":
        return inline or value
    return value if kind == "str" else value.strip()


def _describe_cell(kind: str, text: str, formula: list[str] | None, has_value: bool) -> tuple[str, str]:
    if kind == "e":
        return text or "#FEHLER", "error"
    if text:
        return text, "text" if kind in ("s", "str", "inlineStr") else "number"
    stored_empty = kind in ("str", "s", "inlineStr")
    return "=" + "".join(formula or ()), "blank" if stored_empty else "formula"


@cache
def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def split_address(reference: str) -> tuple[int, int]:
    """Row and column, from 1, of an address such as "B7" or "$B$7"; a whole column or row counts as its first cell."""
    plain = reference.replace("$", "").upper()
    letters = plain.rstrip("0123456789")
    return int(plain[len(letters) :] or 1), _column_number(letters) or 1


def _ignore(*_: object) -> None:
    return
