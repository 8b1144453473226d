"""Corrections that the office decided on: each names a cell, what it must still say, and what it means instead."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from .csvfiles import read_rows
from .dezernate import match_dezernat
from .problems import InputError, Problem
from .publish.german import join_words, quote
from .returns.doubts import doubt
from .returns.privacy import redact, redact_names
from .spelling import fold
from .workbooks import Sheet, Workbook, address, split_address

CORRECTIONS: Final = "corrections.csv"
APPLIED: Final = f"Berichtigt laut {CORRECTIONS}: "  # how the message of an applied correction begins
_COLUMNS: Final = ("workbook", "sheet", "cell", "expected", "corrected", "reason", "decided_by")
_NO_NAME: Final = "[Kontakt]"

_CELL: Final = re.compile(r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}")
_NUMBER: Final = re.compile(r"([-+]?\d+)[.,](\d+)")
_GERMAN_DATE: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ISO_DATE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]00:00(?::00)?)?")
# A word of whoever decides by office: "Fachstelle", "Amtsleitung", "Sachbearbeiterin". Anything else may be a name.
_ROLE: Final = re.compile(
    r"\w*(?:amt|stelle|stab|leitung|leiter(?:in)?|dezernat|dezernent(?:in)?|referat|referent(?:in)?|abteilung|gebiet"
    r"|bereich|bearbeitung|bearbeiter(?:in)?|beauftragte[rn]?|koordination|koordinator(?:in)?|planung|büro|verwaltung"
    r"|team|gruppe|kreis|ausschuss|vorsitz(?:ende[rn]?)?|direktor(?:in)?|direktion|meister(?:in)?|vorstand"
    r"|geschäftsführung|assistenz|redaktion|auswertung)",
    re.IGNORECASE,
)

Place = tuple[int, int]
_Texts = dict[Place, str]


class Correction(NamedTuple):
    """One row of `corrections.csv`; `place` is its cell as row and column from 1."""

    workbook: str
    sheet: str
    place: Place
    expected: str
    corrected: str
    reason: str
    decided_by: str

    @property
    def cell(self) -> str:
        """The A1 address."""
        return address(*self.place)


@dataclass(frozen=True)
class Corrections:
    """The rows of `corrections.csv` by workbook."""

    by_workbook: dict[str, list[Correction]] = field(default_factory=dict)

    def fit(self, name: str, book: Workbook) -> tuple[dict[str, dict[Place, str]], list[Problem]]:
        """The corrected texts of one workbook by sheet and place, and a doubt per row: used, or no longer fitting."""
        places: dict[str, dict[Place, str]] = {}
        problems: list[Problem] = []
        texts: dict[str, _Texts] = {}
        rows = [_located(row, book, texts) for row in self.by_workbook.get(name, ())]
        times = Counter((row.sheet, row.place) for row in rows)
        for row in rows:
            if row.sheet not in texts:
                problems.append(_no_sheet(row, book.sheets))
                continue
            text = texts[row.sheet].get(row.place, "")
            if times[row.sheet, row.place] > 1:
                problems.append(_double(row, text))
            elif not any(_same(row.expected, seen) for seen in (text, redact(text))):
                problems.append(_misfit(row, text))
            else:
                places.setdefault(row.sheet, {})[row.place] = row.corrected
                problems.extend(_applied(row, text))
        return places, problems

    def without_workbook(self, read: Collection[str]) -> Iterator[Problem]:
        """A doubt per correction of a workbook that is not among those `read`."""
        for name, rows in self.by_workbook.items():
            for row in rows if name not in read else ():
                message = (
                    f"Eine lesbare Datei dieses Namens liegt nicht vor, die Berichtigung von Zelle {row.cell} "
                    "wurde nicht angewendet; bitte den Namen in corrections.csv prüfen oder die Zeile löschen."
                )
                yield _error(row, message, None)


def read_corrections(path: Path) -> Corrections:
    """The corrections of a survey folder, none where there is no file.

    Raises: InputError with file and line where a column or the place of a correction is missing.
    """
    corrections = Corrections()
    for line, row in read_rows(path, _COLUMNS) if path.is_file() else ():
        if not _CELL.fullmatch(row["cell"]):
            raise InputError(
                f"{path}, Zeile {line}: „{row['cell']}“ ist keine Zelle wie B7. Bitte berichtigen."
            )
        for column in ("workbook", "sheet"):
            if not row[column]:
                raise InputError(
                    f"{path}, Zeile {line}: Die Spalte „{column}“ ist leer. "
                    f"Bitte eintragen, wo die Zelle {row['cell']} steht."
                )
        rest = (row[name] for name in ("expected", "corrected", "reason", "decided_by"))
        workbook = unicodedata.normalize("NFC", row["workbook"])
        correction = Correction(workbook, row["sheet"], split_address(row["cell"]), *rest)
        corrections.by_workbook.setdefault(correction.workbook, []).append(correction)
    return corrections


def _located(row: Correction, book: Workbook, texts: dict[str, _Texts]) -> Correction:
    """The correction with the sheet's own name and the cell that speaks there; the sheet's texts go into `texts`."""
    sheet = _find_sheet(row.sheet, book.sheets)
    if sheet is None:
        return row
    if sheet.name not in texts:
        texts[sheet.name] = {(cell.row, cell.column): cell.text.strip() for cell in sheet.cells}
    return row._replace(sheet=sheet.name, place=_anchor(row.place, sheet, texts[sheet.name]))


def _find_sheet(name: str, sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet of that name; one that differs in case or blanks only where it is the only one."""
    exact = [sheet for sheet in sheets if sheet.name == name]
    found = exact or [sheet for sheet in sheets if fold(sheet.name).split() == fold(name).split()]
    return found[0] if len(found) == 1 else None


def _anchor(place: Place, sheet: Sheet, texts: _Texts) -> Place:
    """The cell that speaks for `place`: under a merge the first one, unless something is hidden there."""
    row, column = place
    for span in sheet.merges:
        if span.top <= row <= span.bottom and span.left <= column <= span.right and not texts.get(place):
            return span.top, span.left
    return place


def _same(expected: str, found: str) -> bool:
    return _canonical(expected) == _canonical(found)


def _canonical(text: str) -> str:
    """One text as it is compared: blanks joined, 2009,0 as 2009, dates in ISO, as Excel rewrites them in a CSV."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if match := _NUMBER.fullmatch(text):
        return f"{match[1]}.{match[2]}".rstrip("0").rstrip(".")
    if match := _GERMAN_DATE.fullmatch(text):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    if match := _ISO_DATE.fullmatch(text):
        return match[1]
    return text


def _applied(row: Correction, text: str) -> Iterator[Problem]:
    is_role = any(_ROLE.fullmatch(word) for word in re.findall(r"\w+", row.decided_by)) or bool(
        match_dezernat(row.decided_by)
    )
    who = redact(row.decided_by) if is_role else _NO_NAME if row.decided_by else "keine Angabe"
    why = redact(row.reason).rstrip(". ") or "ohne Begründung"
    yield _about(
        "corrected",
        row,
        f"{APPLIED}{why} (entschieden: {who}).",
        text,
        redact(row.corrected),
    )
    if not is_role:
        yield _about(
            "correction_without_role",
            row,
            "Bitte in corrections.csv unter decided_by die Funktion eintragen, die entschieden hat, keinen Namen.",
            who if row.decided_by else None,
            "eine Funktion wie „Fachstelle“ oder „Amtsleitung“",
        )


def _misfit(row: Correction, text: str) -> Problem:
    now = f"steht jetzt {quote(_short(text))}" if text else "steht jetzt nichts"
    then = f"nicht mehr {quote(_short(row.expected))}" if row.expected else "die Zelle sollte aber leer sein"
    todo = (
        "der berichtigte Wert ist schon eingetragen, bitte die Zeile in corrections.csv löschen."
        if row.corrected and _same(row.corrected, text)
        else "die Berichtigung wurde nicht angewendet, bitte corrections.csv prüfen."
    )
    return _error(row, f"In Zelle {row.cell} {now}, {then}; {todo}", text)


def _double(row: Correction, text: str) -> Problem:
    return _about(
        "double_correction",
        row,
        f"Für Zelle {row.cell} stehen mehrere Berichtigungen in corrections.csv, keine wurde angewendet; "
        "bitte nur eine stehen lassen.",
        text,
        redact(row.corrected),
    )


def _no_sheet(row: Correction, sheets: Sequence[Sheet]) -> Problem:
    names = [sheet.name for sheet in sheets]
    shown = redact_names(names)
    there = join_words(quote(shown.get(sheet, sheet)) for sheet in names)
    return _error(
        row,
        f"Dieses Blatt gibt es nicht (vorhanden: {there}), die Berichtigung von Zelle {row.cell} wurde nicht "
        "angewendet; bitte den Namen in corrections.csv prüfen.",
        None,
    )


def _error(row: Correction, message: str, text: str | None) -> Problem:
    return _about("correction_no_longer_fits", row, message, text, redact(row.expected))


def _about(code: str, row: Correction, message: str, found: str | None, expected: str) -> Problem:
    return doubt(
        code,
        message,
        workbook=row.workbook,
        sheet=row.sheet,
        cell=row.cell,
        found=None if found is None else redact(found),
        expected=expected,
    )


def _short(text: str) -> str:
    """At most 60 signs of what a cell says, without personal data."""
    clean = " ".join(redact(text).split())
    return clean if len(clean) <= 60 else f"{clean[:59]}…"
