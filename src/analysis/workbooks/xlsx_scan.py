"""Finds the worksheets of a workbook in its XML and scans them: filled cells, merges, hidden lines, comments.

Source: ECMA-376 part 1 (18.2, workbook), part 2 (relations); Strict and Transitional files alike, because only local
names are looked at.
"""

import posixpath
from collections.abc import Mapping
from functools import cached_property
from typing import Final

from .archive import Archive, local_name
from .scan import SheetScan
from .xlsx_comments import read_comments
from .xlsx_sheet import Odd, scan_sheet
from .xlsx_values import CellValues

_BOOK: Final = "xl/workbook.xml"


class XlsxBook:
    """The worksheets of a workbook by name."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._book = _find_workbook(archive)
        self._relations = read_relations(archive, self._book)
        self.names: list[str] = []
        self._parts: dict[str, tuple[str, str]] = {}
        self._is_1904 = False
        archive.parse(self._book, self._start)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet":
            number = next((value for key, value in attributes.items() if local_name(key) == "id"), "")
            kind, target = self._relations.get(number, ("", ""))
            if kind == "worksheet" and target in self._archive:
                name = attributes.get("name", "")
                self.names.append(name)
                self._parts[name] = target, attributes.get("state", "visible")
        elif tag == "workbookPr":
            self._is_1904 |= attributes.get("date1904") in ("1", "true")

    def scan(self, name: str) -> SheetScan:
        """One worksheet, its plain cells merely counted unless that is not certain to be right."""
        try:
            scan = self._scan(name, is_quick=True)
        except Odd:
            return self.scan_fully(name)
        return self.scan_fully(name) if scan.is_wide else scan

    def scan_fully(self, name: str) -> SheetScan:
        """One worksheet with every cell's text."""
        return self._scan(name, is_quick=False)

    def _scan(self, name: str, *, is_quick: bool) -> SheetScan:
        part, visibility = self._parts[name]
        scan = scan_sheet(self._archive, part, self._values, is_quick=is_quick)
        scan.visibility = visibility
        scan.comments = read_comments(self._archive, read_relations(self._archive, part).values())
        return scan

    @cached_property
    def _values(self) -> CellValues:
        return CellValues(self._archive, self._find("sharedStrings"), self._find("styles"), self._is_1904)

    def _find(self, kind: str) -> str:
        return next((target for found, target in self._relations.values() if found == kind), "")


def _find_workbook(archive: Archive) -> str:
    if _BOOK in archive:
        return _BOOK
    if "_rels/.rels" in archive:
        for kind, target in read_relations(archive, "").values():
            if kind == "officeDocument" and target in archive:
                return target
    return _BOOK


def read_relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part by their id; what lies outside the file is left out and never followed."""
    folder, name = posixpath.split(part)
    relations: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            full = target if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            kind = attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = (kind, full.lstrip("/"))

    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels in archive:
        archive.parse(rels, start)
    return relations
