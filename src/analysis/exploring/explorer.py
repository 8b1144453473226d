"""Filters, the programmes that match them, and a chart of these: a widget for notebooks numbered 90 and up."""

from html import escape
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from ..labels import dezernat_label
from ..overviews import tabulate_programmes
from ..publish.display import Chart, MimeBundle, Prose, Table
from ..publish.german import agree, format_number, format_share
from ..summaries import label_groups, label_stadtbezirke
from .browsing import Browsable, with_widget
from .selection import Choice, select_programmes

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from ..charts.style import Picture
    from ..survey import Survey

_CAPTION: Final = "Passende Nennungen"
_ABOUT: Final = (
    "In einem Feld genügt eines der angekreuzten; mehrere Felder gelten zugleich. Ist in einem Feld nichts "
    "angekreuzt, schließt es nichts aus. In Klammern: Nennungen in allen Rückmeldungen."
)
_STYLE: Final = """<style>
.explorer .fields { gap: 8px 20px; flex-wrap: wrap; font-size: 0.95em; }
.explorer .choices { max-height: 26em; overflow-y: auto; }
.explorer .widget-checkbox { width: auto; margin: 0 2px; }
.explorer .widget-checkbox label { white-space: nowrap; overflow: visible; }
.explorer :focus-visible { outline: 2px solid var(--jp-brand-color1, #0b57d0); outline-offset: 1px; }
.explorer .jp-OutputArea-output { overflow: visible; }
.explorer .counted { font-weight: bold; font-size: 1.1em; line-height: 1.4; margin: 0.4em 0; }
.explorer figure { margin: 0; max-width: 46em; padding: 0.5em; background: #fff; color: #1a1a1a; }
.explorer figure svg { max-width: 100%; height: auto; }
.explorer figure text { font-family: "Atkinson Hyperlegible", sans-serif !important; }
.explorer p { margin: 0.4em 0; line-height: 1.4; }
.explorer figcaption { line-height: 1.4; }
</style>"""


class Explorer:
    """Filters by Dezernat, group, Stadtbezirk and year; below them the matching programmes and a chart.

    `choice` is what is chosen now and `survey` the survey of the programmes that match it, for the cells below. The
    exporters print the table of what was chosen when the cell ran.
    """

    def __init__(self, survey: "Survey") -> None:
        import ipywidgets as widgets

        from .. import charts

        self._whole = survey
        self._draw: dict[str, Callable[[Survey], Picture]] = {
            "Zeitraum des Beginns": charts.draw_start_periods,
            "Beginn der einzelnen Maßnahmen": charts.draw_start_timeline,
            "Zielgruppen": charts.draw_target_groups,
            "Stadtbezirke": charts.draw_stadtbezirke,
            "Ämter und Dienststellen": charts.draw_offices,
        }
        programmes = survey.programmes
        self._dezernate = _boxes(_counted(programmes["dezernat"].map(dezernat_code), _dezernate(survey)))
        groups = survey.programme_target_groups.drop_duplicates(["programme_id", "target_group"])
        self._groups = _boxes(_counted(groups["target_group"], label_groups(survey), only_named=True))
        places = survey.programme_sozialraeume.drop_duplicates(["programme_id", "stadtbezirk_nr"])
        self._places = _boxes(_counted(places["stadtbezirk_nr"], label_stadtbezirke(survey)))
        years = pd.concat([programmes["start_earliest"], programmes["start_latest"]]).dropna()
        now = survey.reference_date.year
        low, high = (now, now) if years.empty else (int(years.min()), int(years.max()))
        year = {
            "min": low,
            "max": high,
            "disabled": years.empty,
            "layout": {"width": "9.5em"},
            "style": {"description_width": "5em"},
        }
        self._first = widgets.BoundedIntText(value=low, description="von Jahr", **year)
        self._last = widgets.BoundedIntText(value=high, description="bis Jahr", **year)
        self._unknown = _box("auch ohne bekanntes Jahr", value=True)
        self._citywide = _box("auch für die ganze Stadt", value=True)
        self._picture = widgets.Dropdown(
            options=list(self._draw), description="Diagramm:", layout={"width": "26em"}
        )
        clear = widgets.Button(description="Alle Filter aufheben", layout={"width": "auto"})
        clear.on_click(lambda _: self._clear())
        self._count = widgets.HTML()
        self._chart = widgets.HTML()
        everything = tabulate_programmes(survey)
        self._columns = (
            everything.frame if isinstance(everything, Table) else pd.DataFrame(columns=["Maßnahme"])
        )
        self._rows = Browsable(self._columns, caption=_CAPTION).widget()
        fields = widgets.HBox(
            [
                _field("Dezernat", *self._dezernate.values()),
                _field("Zielgruppe", *self._groups.values()),
                _field("Stadtbezirk", *self._places.values(), self._citywide),
                _field("Beginn", self._first, self._last, self._unknown, clear),
            ]
        )
        fields.add_class("fields")
        self.box = widgets.VBox(
            [
                widgets.HTML(f"{_STYLE}<p>{_ABOUT}</p>"),
                fields,
                self._count,
                self._picture,
                self._chart,
                self._rows,
            ]
        )
        self.box.add_class("explorer")
        for control in (*self._controls(), self._picture):
            control.observe(lambda _: self._show(), "value")
        self._is_clearing = False
        self._show()

    @property
    def choice(self) -> Choice:
        """What is chosen now."""
        return Choice(
            dezernate=tuple(code or None for code, box in self._dezernate.items() if box.value),
            target_groups=tuple(code for code, box in self._groups.items() if box.value),
            stadtbezirke=tuple(number for number, box in self._places.items() if box.value),
            first_year=None if self._first.value == self._first.min else self._first.value,
            last_year=None if self._last.value == self._last.max else self._last.value,
            with_unknown_start=self._unknown.value,
            with_citywide=self._citywide.value,
        )

    @property
    def survey(self) -> "Survey":
        """The survey of the programmes that match now."""
        return select_programmes(self._whole, self.choice)

    def _controls(self) -> "Iterable[Any]":
        boxes = (self._dezernate, self._groups, self._places)
        yield from (box for field in boxes for box in field.values())
        yield from (self._first, self._last, self._unknown, self._citywide)

    def _clear(self) -> None:
        self._is_clearing = True
        for field in (self._dezernate, self._groups, self._places):
            for box in field.values():
                box.value = False
        self._first.value, self._last.value = self._first.min, self._last.max
        self._unknown.value = self._citywide.value = True
        self._is_clearing = False
        self._show()

    def _show(self) -> None:
        if self._is_clearing:
            return
        survey = self.survey
        self._count.value = f'<p class="counted" role="status">{count_sentence(survey, self._whole)}</p>'
        self._chart.value = _picture_html(self._draw[self._picture.value](survey))
        table = tabulate_programmes(survey)
        frame = table.frame if isinstance(table, Table) else self._columns.head(0)
        self._rows.update(**Browsable(frame, caption=_CAPTION).arguments())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> MimeBundle:
        survey = self.survey
        table = tabulate_programmes(survey)
        if isinstance(table, Table):
            table = Table(table.frame, caption=_CAPTION, note=count_sentence(survey, self._whole))
        data, metadata = table._repr_mimebundle_()
        return with_widget(data, self.box), metadata


def explore(survey: "Survey") -> Explorer:
    """One widget to choose programmes by Dezernat, group, Stadtbezirk and year, with their rows and a chart."""
    return Explorer(survey)


def count_sentence(chosen: "Survey", whole: "Survey") -> str:
    """How many programmes match, of how many, and how many of these have no year or count for the whole city."""
    programmes = chosen.programmes
    count, total = len(programmes), len(whole.programmes)
    if not total:
        return "In den Rückmeldungen ist keine Maßnahme genannt."
    unknown = int((programmes["start_earliest"].isna() & programmes["start_latest"].isna()).sum())
    citywide = int(programmes["area_scope"].eq("citywide").sum())
    parts = [f"{format_share(count, total)} Nennungen {agree(count, 'passt', 'passen')} zur Auswahl"]
    parts += [f"{format_number(unknown)} davon ohne bekanntes Jahr"] if unknown else []
    parts += [f"{format_number(citywide)} davon für die ganze Stadt"] if citywide else []
    sample = " Die Rückmeldungen sind nachgebaut (Musterdaten)." if whole.is_sample else ""
    return f"{', '.join(parts)}.{sample}"


def dezernat_code(code: Any) -> str:
    """One Dezernat as the filters know it, the empty text where there is none."""
    return "" if pd.isna(code) else str(code)


def _dezernate(survey: "Survey") -> dict[str, str]:
    """One label per Dezernat: those asked in their order, others that answered, and none if there is one without."""
    named = survey.programmes["dezernat"].map(dezernat_code)
    codes = dict.fromkeys([*(item.dezernat for item in survey.expected), *sorted(named)])
    names = {item.dezernat: item.name for item in survey.expected}
    return {
        code: dezernat_label(code or None, names.get(code)) for code in sorted(codes, key=lambda c: c == "")
    }


def _counted(
    found: pd.Series, labels: "dict[Any, str]", *, only_named: bool = False
) -> "dict[Hashable, str]":
    """One label per thing to tick, with how often it is named."""
    counts = found.value_counts().to_dict()
    return {
        key: f"{label} ({format_number(counts.get(key, 0))})"
        for key, label in labels.items()
        if not only_named or counts.get(key)
    }


def _boxes(labels: "dict[Hashable, str]") -> dict[Any, Any]:
    return {key: _box(label) for key, label in labels.items()}


def _box(label: str, *, value: bool = False) -> Any:
    import ipywidgets as widgets

    return widgets.Checkbox(value=value, description=label, indent=False)


def _field(legend: str, *controls: Any) -> Any:
    import ipywidgets as widgets

    choices = widgets.VBox(list(controls))
    choices.add_class("choices")
    return widgets.VBox([widgets.HTML(f"<b>{legend}</b>"), choices])


def _picture_html(picture: "Picture") -> str:
    if isinstance(picture, Prose):
        return f"<p>{escape(picture.markdown)}</p>"
    assert isinstance(picture, Chart)
    values = ""
    if picture.table is not None:
        page = picture.table._repr_mimebundle_()[0]["text/html"]
        values = f"<details><summary>Werte als Tabelle</summary>{page}</details>"
    caption = escape(f"{picture.title} ({picture.subtitle})" if picture.subtitle else picture.title)
    drawing = picture.svg[picture.svg.index("<svg") :]
    return (
        f'<figure><div role="img" aria-label="{escape(picture.alt)}">{drawing}</div>'
        f"<figcaption>{caption}</figcaption>{values}</figure>"
    )
