"""Makes small workbooks and survey folders for the tests."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

Rows = Sequence[Sequence[Any]]

CONFIG = """\
title = "Probe"
reference_date = 2014-02-26
requested_on = 2013-12-09
deadline = 2014-01-31
committee = "Ausschuss"
meeting_date = 2014-03-11
sample = true

[[expected]]
dezernat = "IV"
name = "Bildung, Jugend und Sport"

[[expected]]
dezernat = "V"
name = "Soziales, Integration und Umwelt"
"""
HEADINGS = ["Maßnahme", "Zielgruppe", "Sozialraum", "Beginn"]
TREFF = ["Jugendtreff", "Jugendliche", "Porz", 2009]


class Formula(str):
    """A formula that the file stores no value of."""


def write_workbook(
    path: Path,
    sheets: Mapping[str, Rows] | Rows,
    *,
    merges: Iterable[str] = (),
    hidden: Iterable[str] = (),
    hidden_rows: Iterable[int] = (),
) -> Path:
    """Writes texts, numbers, dates and formulas; merges and hidden rows count for the first sheet.

    An anchor's value stays, and so do values under a merge, as in files that people pasted together.
    """
    book = xlsxwriter.Workbook(str(path))
    date_format = book.add_format({"num_format": "dd.mm.yyyy"})
    named = sheets if isinstance(sheets, Mapping) else {"Tabelle1": sheets}
    for number, (name, rows) in enumerate(named.items()):
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for merge in merges if number == 0 else ():
            sheet.merge_range(merge, "")
        for row in hidden_rows if number == 0 else ():
            sheet.set_row(row - 1, options={"hidden": True})
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(row, column, value, date_format)
                elif isinstance(value, Formula):
                    sheet.write_formula(row, column, value, value="")
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write(row, column, value)
    book.close()
    return path


def write_folder(folder: Path, workbooks: Mapping[str, Any], config: str = CONFIG) -> Path:
    """Writes a survey folder: `workbooks` gives rows, sheets, or the bytes of a file by file name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "survey.toml").write_text(config, encoding="utf-8")
    for name, content in workbooks.items():
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        else:
            write_workbook(folder / name, content)
    return folder
