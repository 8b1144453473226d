"""Writes the tiny second survey of the tests: other questions, other dates and other results than the sample.

Five Dezernate asked; three name seven programmes, one reports Fehlanzeige, one is silent, one file is broken.
Usage: python tools/make_second_survey.py [FOLDER]
"""

import sys
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from workbook_writing import header, line, save, title, widths

FOLDER = Path(__file__).parents[1] / "tests" / "data" / "second_survey"
SENT_ON = datetime(2024, 5, 6)

SURVEY = """\
# Made up for the tests: nothing in it is like the sample, so nothing of the sample can be in the code.
title = "Quartiersarbeit und Barrierefreiheit"
requested_on = 2024-03-04
deadline = 2024-05-17
reference_date = 2024-06-30
committee = "Beirat für Menschen mit Behinderung"
meeting_date = 2024-09-12
sample = false

[[expected]]
dezernat = "I"
name = "Personal und Ordnung"

[[expected]]
dezernat = "II"
name = "Finanzen und Beteiligungen"

[[expected]]
dezernat = "III"
name = "Familie und Gesundheit"

[[expected]]
dezernat = "IV"
name = "Kultur und Sport"

[[expected]]
dezernat = "V"
name = "Bauen und Wohnen"
"""

HEADINGS = ("Maßnahme", "Amt", "Beginn", "Zielgruppe", "Stadtteil", "Kooperation mit")
RETURNS = {
    "Dezernat I.xlsx": (
        "Dezernat I",
        ("Rollstuhltaxi", "Ordnungsamt", 1998, "Menschen mit Behinderung", "Sülz", "Taxiverband"),
        ("Lotsen im Amt", "Ordnungsamt", "seit 2003", "Geflüchtete", "Lindenthal", "Ausländeramt"),
        ("Frauenparkplätze", "Ordnungsamt", 2012, "Frauen", "Braunsfeld", "Polizei"),
    ),
    "Dezernat II.xlsx": (
        "Dezernat II",
        ("Quartiersfonds", "Kämmerei", 2008, "Familien", "Rodenkirchen", "Sparkasse"),
        ("Bürgerhaushalt", "Kämmerei", "k. A.", "alle Bürger/innen", "stadtweit", None),
    ),
    "Dezernat III.xlsx": (
        "Dezernat III",
        ("Elterncafé", "Gesundheitsamt", datetime(2015, 9, 1), "Eltern", "Ehrenfeld", "Kitas"),
        ("Hebammenmobil", "Gesundheitsamt", "Frühjahr 2022", "Familien", "Weiden", "Kliniken"),
    ),
    "Dezernat IV.xlsx": ("Dezernat IV: Fehlanzeige",),
}
BROKEN = "Scan_0001.xlsx"


def make_return(heading: str, *rows: tuple[str | int | datetime | None, ...]) -> Workbook:
    """One workbook: a heading, and a table where there are programmes."""
    book = Workbook()
    sheet = book.active
    title(sheet, "A1:F1", heading)
    if rows:
        header(sheet, 3, HEADINGS)
    for row, values in enumerate(rows, 4):
        line(sheet, row, values)
    widths(sheet, (24, 20, 16, 28, 18, 20))
    return book


def write_second_survey(folder: Path) -> None:
    """Writes the workbooks and survey.toml into `folder`; the broken file is the first half of a workbook."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (heading, *rows) in RETURNS.items():
        save(make_return(heading, *rows), folder / name, SENT_ON)
    whole = (folder / "Dezernat IV.xlsx").read_bytes()
    (folder / BROKEN).write_bytes(whole[: len(whole) // 2])
    (folder / "survey.toml").write_text(SURVEY, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_second_survey(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
