"""Rich objects of a notebook: one object, every mimetype, with what a reader without eyes or mouse needs.

What an exporter cannot see in the data (alternative text, caption, row headings) travels in the metadata.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from .drawing import Drawing
from .marked import MARKED, MarkedSheets
from .marked_markup import marked_markup, marked_style
from .tables import RESOURCE, grid_from_resource, table_html

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Signs; with " Werte in Tabelle 999." it stays below 250, which a screen reader reads without a break.
LONGEST_ALT: Final = 225

MimeBundle = tuple[dict[str, Any], dict[str, Any]]


class Chart:
    """One figure as a vector picture with title and alternative text; the same bytes every time.

    The title becomes the caption ("Abbildung 2: ..."), so it is not drawn into the figure as well; the
    `subtitle` below it says what was counted ("24 Nennungen, Mehrfachnennungen möglich"). Texts stay text, in
    the font that page and PDF carry; nothing is cut at the edges; the figure is closed. `alt` is the message in
    at most 225 signs, `description` the long text with every value, `table` the same values as a table, `narrow`
    the same figure for pages on a narrow screen; the exporters add "Werte in Tabelle N." to `alt` where that table
    (or, without one, any) stands in the section.
    Raises: ValueError where title or alternative text is empty, or the alternative text is too long.
    """

    def __init__(
        self,
        figure: "Figure | Drawing",
        *,
        title: str,
        alt: str,
        description: str = "",
        subtitle: str = "",
        table: "Table | None" = None,
        narrow: "Figure | Drawing | None" = None,
    ) -> None:
        self.title = _required(title, "title of a chart")
        self.alt = _required(alt, "alternative text of a chart")
        if len(self.alt) > LONGEST_ALT:
            raise ValueError(
                f"the alternative text of a chart has {len(self.alt)} signs, expected at most {LONGEST_ALT}: "
                "say the message in a sentence, and the values in `description`"
            )
        self.description = description.strip()
        self.subtitle = subtitle.strip()
        self.table = table
        self._drawing = _drawing(figure)
        self.svg = self._drawing.svg()
        self.narrow = _drawing(narrow).svg() if narrow else ""

    @property
    def figure(self) -> "Figure":
        """Matplotlib's figure of the picture."""
        return self._drawing.figure

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> MimeBundle:
        about = {"alt": self.alt, "title": self.title}
        more = {"subtitle": self.subtitle, "description": self.description}
        more |= {"table": self.table.caption if self.table else "", "narrow": self.narrow}
        about |= {key: value for key, value in more.items() if value}
        data = {"image/svg+xml": self.svg, "text/plain": f"{self.title}: {self.alt}"}
        return data, {"image/svg+xml": about, "role": "chart"}


class Table:
    """One row per row of `frame`, with caption, column headings and row headings.

    A named index becomes the leading columns; a nameless one of numbers is left out. `row_headers` counts the
    leading columns that name the row. Missing values are printed as "keine Angabe". `note` stands below. Of more than
    `shown` rows only the first are printed; the note must say so. `frame` has all of them.
    Raises: ValueError where the caption is empty, a heading is empty or there twice, or rows are left out without a
    note.
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        *,
        caption: str,
        row_headers: int = 1,
        note: str | None = None,
        shown: int | None = None,
    ) -> None:
        self.caption = _required(caption, "caption of a table")
        self.row_headers = row_headers
        self.note = note
        self.shown = shown
        self.frame = _with_index_as_columns(frame)
        names = [str(name).strip() for name in self.frame.columns]
        if "" in names or len(set(names)) < len(names):
            raise ValueError(f"every column of a table needs a heading of its own, found {names}")
        if shown is not None and shown < len(self.frame) and not note:
            raise ValueError(
                f"a table that shows {shown} of {len(self.frame)} rows needs a note that says so"
            )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> MimeBundle:
        shown = self.frame if self.shown is None else self.frame.head(self.shown)
        resource = json.loads(
            shown.to_json(orient="table", index=False, date_format="iso", double_precision=15)
        )
        page = table_html(grid_from_resource(resource, self.row_headers), self.caption)
        data = {RESOURCE: resource, "text/html": page, "text/plain": shown.to_string(index=False)}
        metadata = {"caption": self.caption, "row_headers": self.row_headers}
        return data, metadata | ({"note": self.note} if self.note else {})


@dataclass(frozen=True)
class Prose:
    """One piece of computed Markdown: sentences whose numbers come from the tables."""

    markdown: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> MimeBundle:
        return {"text/markdown": self.markdown, "text/plain": self.markdown}, {}


@dataclass(frozen=True)
class Note:
    """One boxed remark under a label, such as "Musterdaten"; a block quotation where boxes are unknown."""

    markdown: str
    label: str = "Musterdaten"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> MimeBundle:
        quoted = "\n".join(f"> {line}".rstrip() for line in f"**{self.label}:** {self.markdown}".splitlines())
        metadata = {"role": "note", "label": self.label, "markdown": self.markdown}
        return {"text/markdown": quoted, "text/plain": f"{self.label}: {self.markdown}"}, metadata


@dataclass(frozen=True)
class Marked:
    """One workbook whose cells say what they were taken for; the exporters print it from its data, not its HTML."""

    sheets: MarkedSheets

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> MimeBundle:
        value = self.sheets.as_json()
        prefix = f"raster-{hashlib.sha256(json.dumps(value).encode()).hexdigest()[:8]}"
        page = f"<style>\n{marked_style()}</style>\n{marked_markup(self.sheets, prefix, self.sheets.caption)}"
        return {MARKED: value, "text/html": page, "text/plain": self.sheets.as_text()}, {}


def _drawing(figure: "Figure | Drawing") -> Drawing:
    return figure if isinstance(figure, Drawing) else Drawing(lambda: figure)


def _with_index_as_columns(frame: pd.DataFrame) -> pd.DataFrame:
    if all(name is not None for name in frame.index.names):
        return frame.reset_index()
    if frame.index.nlevels > 1 or not pd.api.types.is_integer_dtype(frame.index.dtype):
        raise ValueError("the index of a table needs a name, it becomes the heading of its column")
    return frame.reset_index(drop=True)


def _required(text: str, what: str) -> str:
    if not text.strip():
        raise ValueError(f"{what} is empty")
    return text.strip()
