"""What every table shares: a caption, headings, and a sentence where there are no rows."""

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ..labels import NOTHING_NAMED, dezernat_label, start_label
from ..publish.display import Prose, Table
from ..publish.german import format_number, format_percent

if TYPE_CHECKING:
    from ..survey import Survey

Listing = Table | Prose

MOST_ROWS: Final = 500  # of one table in a document: nobody reads more, no browser scrolls more
COUNT: Final = "Nennungen"
TITLE: Final = "Maßnahme"


def listing(frame: pd.DataFrame, caption: str, empty: str, *notes: str | None) -> Listing:
    """One table whose first column heads its rows, or the sentence `empty` where there are no rows.

    The `notes` that there are stand below it; of very many rows they must account for those that are not shown.

    A table of one or two rows has no row headings where they would outnumber its data: a reader who meets more
    headings than data takes the table for layout.
    """
    if frame.empty:
        return Prose(empty)
    rows, columns = frame.shape
    has_row_headers = columns + rows <= rows * (columns - 1)
    note = " ".join(filter(None, notes)) or None
    whole = frame.reset_index(drop=True)
    return Table(whole, caption=caption, row_headers=int(has_row_headers), note=note, shown=MOST_ROWS)


def put_first(
    survey: "Survey", rows: pd.DataFrame, table: str, first: str, ranks: pd.Series | None = None
) -> tuple[pd.DataFrame, str | None]:
    """The rows, those first that a document shows, and the sentence that says how many there are and where all stand.

    `first` says in German which come first: as they stand, or those of the highest rank. `table` is the file that
    `tidy` writes. Where all are shown they stay in their order, and there is nothing to say. The rows are not cut:
    `listing` prints only so many, and a chart is drawn from all.
    """
    if len(rows) <= MOST_ROWS:
        return rows, None
    if ranks is not None:
        rows = rows.loc[ranks.sort_values(ascending=False, kind="stable").index]
    shown = f"Gezeigt sind {format_number(MOST_ROWS)} von {format_number(len(rows))} Zeilen, {first}"
    return rows, f"{shown}; {where_all_stand(survey, table)}"


def where_all_stand(survey: "Survey", table: str) -> str:
    """The rest of a sentence that says where to find what a document leaves out; `table` is a file of `tidy`."""
    return f"alle Angaben stehen bei der Fachstelle in data/processed/{survey.name}/{table}."


def shares(survey: "Survey", frame: pd.DataFrame, caption: str, *notes: str | None) -> Listing:
    """One table of counts with the share each has in all programmes; the heading names the denominator.

    Where there are no programmes a sentence says so: a column of zeros would make an answer of silence.
    """
    whole = len(survey.programmes)
    if not whole:
        return Prose(NOTHING_NAMED)
    heading = f"Anteil (von {format_number(whole)})"
    shared = frame.assign(**{heading: [format_percent(count, whole) for count in frame[COUNT]]})
    return listing(shared, caption, NOTHING_NAMED, *notes)


def label_dezernate(codes: Any) -> list[str]:
    """One label per Dezernat."""
    return [dezernat_label(code) for code in codes]


def label_starts(frame: pd.DataFrame) -> list[str]:
    """One label per row: the first year or its interval."""
    columns = ("start_earliest", "start_latest", "start_certainty")
    return [start_label(*values) for values in zip(*(frame[column] for column in columns), strict=True)]
