"""The loader on workbooks that other projects test with, from the folder that SPREADSHEETS names."""

import os
import warnings
from collections import Counter
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from make_workbooks import CONFIG

from analysis import Survey, read_survey
from analysis.schema import TAKEN_AS
from analysis.workbooks import Workbook, read_workbook
from analysis.workbooks.archive import Archive
from analysis.workbooks.worker import DOUBTFUL_NOTE, read_here
from analysis.workbooks.xlsx_scan import XlsxBook

FOLDER = Path(os.environ.get("SPREADSHEETS", ""))
ENDINGS = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods"}
pytestmark = pytest.mark.skipif(
    not os.environ.get("SPREADSHEETS"),
    reason="the environment variable SPREADSHEETS names no folder of spreadsheets",
)


def files() -> dict[str, Path]:
    found = sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.suffix.lower() in ENDINGS)
    return {"+".join(path.relative_to(FOLDER).parts): path for path in found}


@pytest.fixture(scope="module")
def survey(tmp_path_factory: pytest.TempPathFactory) -> Survey:
    """All files as if they were the returns of one survey."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "survey.toml").write_text(CONFIG, encoding="utf-8")
    for name, path in files().items():
        (folder / name).symlink_to(path.resolve())
    return read_survey(folder)


def test_every_file_is_a_return(survey: Survey) -> None:
    assert set(survey.returns["workbook"].dropna()) == set(files())


def test_the_books_of_every_worksheet_balance(survey: Survey) -> None:
    sums = survey.sheets[list(TAKEN_AS)].sum(axis=1)
    assert survey.sheets[sums != survey.sheets["nonempty"]].empty
    counted = survey.cells.groupby(["workbook", "sheet"]).size()
    filled = survey.sheets[survey.sheets["nonempty"] > 0].set_index(["workbook", "sheet"])["nonempty"]
    pd.testing.assert_series_equal(
        counted.sort_index(), filled.sort_index(), check_dtype=False, check_names=False
    )


def test_what_cannot_be_read_says_why(survey: Survey) -> None:
    unreadable = set(survey.returns.loc[survey.returns["status"] == "unreadable", "workbook"])
    problems = survey.problems[survey.problems["code"] == "unreadable_workbook"]
    assert set(problems["workbook"]) == unreadable
    assert problems["message"].str.startswith("Die Datei ").all()
    assert len(unreadable) < len(files()) / 10


def test_another_reader_finds_no_cell_that_is_missing(survey: Survey) -> None:
    """openpyxl counts by itself; where it finds more filled cells than we do, one got lost."""
    ours = survey.sheets.set_index(["workbook", "sheet"])["nonempty"].to_dict()
    compared = Counter[str]()
    for name, path in files().items():
        if path.suffix.lower() not in (".xlsx", ".xlsm") or path.stat().st_size > 60_000:
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = openpyxl.load_workbook(path)
        except Exception:  # what openpyxl cannot read it cannot count
            continue
        for sheet in book.worksheets:
            filled = sum(cell.value not in (None, "") for cell in sheet._cells.values())
            if (name, sheet.title) in ours:
                compared[name] += 1
                assert ours[name, sheet.title] >= filled, (name, sheet.title)
    assert len(compared) > 50


@pytest.fixture(scope="module")
def books() -> dict[str, Workbook]:
    """Every file that is read, by name, whatever its ending."""
    found = {name: read_workbook(path) for name, path in files().items()}
    return {name: book for name, book in found.items() if isinstance(book, Workbook)}


def test_no_file_is_read_with_less_than_all_certainty(books: dict[str, Workbook]) -> None:
    """Two readers and a count of its own agree on each worksheet; what calamine refuses is told."""
    assert all(len(sheet.cells) == sheet.nonempty for book in books.values() for sheet in book.sheets)
    assert not [name for name, book in books.items() if book.note == DOUBTFUL_NOTE]


def test_the_quick_way_and_the_full_way_agree(
    books: dict[str, Workbook], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(XlsxBook, "scan", XlsxBook.scan_fully)
    compared = 0
    for name, path in files().items():
        if name in books and path.suffix.lower() in (".xlsx", ".xlsm", ".xltx", ".xltm"):
            assert read_here(path) == books[name], name
            compared += 1
    assert compared > 50


def test_our_own_reading_of_the_xml_is_what_calamine_reads(books: dict[str, Workbook]) -> None:
    """But for blanks at the edges of texts, which calamine trims, and durations."""
    compared = 0
    for name, path in files().items():
        if name not in books or path.suffix.lower() not in (".xlsx", ".xlsm"):
            continue
        with Archive(path) as archive:
            book = XlsxBook(archive)
            own = {sheet.name: book.scan_fully(sheet.name).own_cells() for sheet in books[name].sheets}
        for sheet in books[name].sheets:
            for cell, mine in zip(sheet.cells, own[sheet.name], strict=True):
                compared += 1
                if cell.kind != "number" or ":" not in cell.text:
                    assert cell[:2] == mine[:2], name
                    assert (cell.text.strip(), cell.kind) == (mine.text.strip(), mine.kind), (
                        name,
                        cell,
                        mine,
                    )
    assert compared > 10_000


def test_another_reader_finds_the_same_comments(books: dict[str, Workbook]) -> None:
    compared = 0
    for name, path in files().items():
        if name not in books or path.suffix.lower() not in (".xlsx", ".xlsm") or path.stat().st_size > 60_000:
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = openpyxl.load_workbook(path)
        except Exception:  # what openpyxl cannot read it cannot compare
            continue
        ours = {sheet.name: sheet.comments for sheet in books[name].sheets}
        for sheet in book.worksheets:
            theirs = {(cell.row, cell.column): cell.comment for cell in sheet._cells.values() if cell.comment}
            assert ours[sheet.title] == {place: comment.text.strip() for place, comment in theirs.items()}, (
                name
            )
            compared += len(theirs)
    assert compared > 5


@pytest.mark.parametrize("ending", ["xls", "xlsb"])
def test_errors_are_found_in_the_binary_formats_too(survey: Survey, ending: str) -> None:
    names = [name for name in files() if name.endswith(f"+examples.{ending}")]
    assert names
    for name in names:
        errors = survey.cells[
            survey.cells["text"].str.startswith("#") & survey.cells["workbook"].isin([name])
        ]
        twin = survey.cells["workbook"] == name.removesuffix(ending) + "xlsx"
        expected = survey.cells[survey.cells["text"].str.startswith("#") & twin]
        assert len(expected) > 0
        assert list(errors["cell"]) == list(expected["cell"])
