"""Any table to sort, filter, search and turn over in JupyterLab; on paper and on pages the plain table."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from ..publish.display import MimeBundle, Table
from ..publish.german import format_number
from .datatables import GERMAN

MOST_ROWS: Final = 20_000  # what a browser still sorts at once
MOST_PRINTED: Final = 500  # some ten pages


class Browsable:
    """One row per row of a table, as a widget; the exporters print the first of them with `Table`."""

    def __init__(self, frame: pd.DataFrame, *, caption: str) -> None:
        self.caption = caption
        self.frame = with_headings(frame)

    def widget(self) -> Any:
        """The widget of itables: all of it comes from the kernel, nothing from another host."""
        from itables.widget import ITable

        return ITable(**self.arguments())

    def arguments(self) -> dict[str, Any]:
        """All that the widget is made of, and made of anew when it shows another table."""
        from itables import JavascriptFunction

        shown = self.frame.head(MOST_ROWS)
        caption = self.caption + _shortened(len(shown), len(self.frame))
        return {
            **_OPTIONS,
            "df": shown.astype(object).where(shown.notna(), ""),
            "css": _CSS + _column_widths(shown),
            "drawCallback": JavascriptFunction(_NAME_PARTS.replace("CAPTION", json.dumps(caption))),
        }

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> MimeBundle:
        printed = self.frame.head(MOST_PRINTED)
        note = _shortened(len(printed), len(self.frame)).strip() or None
        data, metadata = Table(printed, caption=self.caption, row_headers=0, note=note)._repr_mimebundle_()
        return with_widget(data, self.widget()), metadata


# Long words and file names break, so that more columns fit; what is still too wide scrolls by itself.
_CSS: Final = """
.dt-container { font-size: 0.95em; }
.dt-container .dt-layout-table { overflow-x: auto; }
.dt-container table.dataTable :is(th, td) { text-align: left; vertical-align: top; }
.dt-container table.dataTable td { overflow-wrap: anywhere; min-width: 4.5em; }
.dt-container table.dataTable caption { font-weight: bold; text-align: left; padding: 0.4em 0; color: inherit; }
.dt-container .dtcc-content .dtcc-search { min-width: 5em; }
.dt-container .dtcc-search-type-icon, .dt-container .dtcc-search-icon { flex: none; }
"""
# A title is not name enough for everybody, the choice of a condition has none at all, and itables loses the caption.
_NAME_PARTS: Final = """function () {
    const table = this.api().table();
    setTimeout(() => {
        (table.node().caption ?? table.node().createCaption()).textContent = CAPTION;
        for (const input of table.container().querySelectorAll(".dtcc-search input")) {
            const select = input.closest(".dtcc-search").querySelector("select");
            input.setAttribute("aria-label", input.title);
            select?.setAttribute("aria-label", input.title + ": Bedingung");
        }
    });
}"""
# DataTables' options, https://datatables.net/reference/option, as itables hands them on.
_OPTIONS: Final[dict[str, Any]] = {
    "classes": "display compact",
    "style": "table-layout:auto;width:100%;caption-side:top",
    "showIndex": False,
    "maxBytes": 0,
    "maxColumns": 0,
    "pageLength": 10,
    "lengthMenu": [10, 25, 50, 100],
    "columnControl": [
        {"target": 0, "content": ["order"]},
        {"target": 1, "content": [{"extend": "search", "titleAttr": "Spalte [title] filtern"}]},
    ],
    "ordering": {"indicators": False, "handler": True},
    "language": GERMAN,
}


def browse(
    table: pd.DataFrame | pd.Series | Sequence[Mapping[str, str]], caption: str = "Tabelle"
) -> Browsable:
    """One row per row of any table of a survey, a result of pandas or a code list, to sort, filter and search.

    More than 20,000 rows are cut to the first, and the caption says so.
    """
    if isinstance(table, pd.Series):
        table = table.to_frame()
    frame = table if isinstance(table, pd.DataFrame) else pd.DataFrame(list(map(dict, table)))
    return Browsable(frame, caption=caption)


def with_widget(data: dict[str, Any], widget: Any) -> dict[str, Any]:
    """One bundle that a notebook shows as the widget, and all else as it was."""
    bundle = widget._repr_mimebundle_()
    shown = bundle[0] if isinstance(bundle, tuple) else bundle
    return {**data, **{kind: value for kind, value in shown.items() if kind.startswith("application/")}}


def with_headings(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with one heading of its own per column; an index that says more than a number becomes columns."""
    if not (frame.index.nlevels == 1 and frame.index.name is None and _counts(frame.index)):
        levels = range(frame.index.nlevels)
        names = [frame.index.names[level] or f"Index {level + 1}" for level in levels]
        index = pd.DataFrame({level: frame.index.get_level_values(level) for level in levels})
        headings = [*names, *frame.columns]
        frame = pd.concat([index, frame.reset_index(drop=True)], axis=1)
    else:
        headings = list(frame.columns)
        frame = frame.reset_index(drop=True)
    texts = [
        " / ".join(map(str, name)) if isinstance(name, tuple) else str(name).strip() or "ohne Überschrift"
        for name in headings
    ]
    seen: dict[str, int] = {}
    unique = []
    for text in texts:
        seen[text] = seen.get(text, 0) + 1
        unique.append(text if seen[text] == 1 else f"{text} ({seen[text]})")
    return frame.set_axis(unique, axis=1)


def _column_widths(frame: pd.DataFrame) -> str:
    """One rule per column: long texts get more of the width, so that rows stay low."""
    lengths = [
        max(len(heading) + 4, min(longest, 16 + longest // 12, 30))
        for heading, longest in ((name, _longest(frame[name])) for name in frame.columns)
    ]
    cells = ".dt-container table.dataTable :is(td, th)"
    return "\n".join(
        f"{cells}:nth-child({number}) {{ width: {100 * length / sum(lengths):.1f}%; }}"
        for number, length in enumerate(lengths, start=1)
    )


def _longest(column: pd.Series) -> int:
    return max((len(str(value)) for value in column.dropna()), default=0)


def _counts(index: pd.Index) -> bool:
    return bool(pd.api.types.is_integer_dtype(index.dtype))


def _shortened(shown: int, whole: int) -> str:
    if shown == whole:
        return ""
    return f" (die ersten {format_number(shown)} von {format_number(whole)} Zeilen)"
