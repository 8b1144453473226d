"""Plain values -> a drawing that a report draws once: what it has drawn before it takes from its cache."""

import functools
import json
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from ..cache import cache_of_report, key_of
from ..digests import PACKAGE, digest_of
from ..publish.drawing import Drawing, chart_style
from ..publish.typeface import FONT, FONT_FOLDER
from .style import DARK, INK, TEXT_SIZE, WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_TOOLS: Final = ("matplotlib", "seaborn", "numpy", "kiwisolver")


class KeptDrawing(Drawing):
    """A drawing of plain values, under the settings of this package's charts."""

    def __init__(self, draw: Callable[..., "Figure"], *values: Any) -> None:
        """`draw` makes the figure from nothing but these values, which JSON can write."""
        super().__init__(lambda: _styled(draw, values))
        what = json.dumps([draw.__module__, draw.__qualname__, values])
        self._key = key_of("drawing", what, _pencils())

    def svg(self) -> str:
        """The picture, as it would be if it were drawn anew."""
        cache = cache_of_report()
        if (kept := cache.get(self._key)) is not None:
            return kept.decode()
        svg = super().svg()
        cache.put(self._key, svg.encode())
        return svg


def new_figure(height: float, width: float = WIDTH) -> "tuple[Figure, Axes]":
    """One figure, sizes in inches, made without pyplot: no window remembers it."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots()


def label_rows(figure: "Figure", axes: "Axes", names: Sequence[str], first: float = 0) -> None:
    """Names the rows from `first` on; the names begin at one edge, as in the table below the chart."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    axes.set_yticks([first + row for row in range(len(names))], names, linespacing=1.0)
    axes.tick_params(axis="y", length=0, rotation=0)
    if engine := figure.get_layout_engine():
        engine.execute(figure)  # turned names find their room only near where they end up
    labels, renderer = axes.get_yticklabels(), FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    widest = max((label.get_window_extent(renderer).width for label in labels), default=0)
    axes.tick_params(axis="y", pad=widest / figure.dpi * 72 + 8)
    for label in labels:
        label.set_horizontalalignment("left")


def bare(axes: "Axes") -> None:
    """No frame and no names of axes: the caption says what is counted, the labels say how much."""
    import seaborn as sns

    axes.set(xlabel="", ylabel="")
    sns.despine(ax=axes, left=True, bottom=True)


def _styled(draw: Callable[..., "Figure"], values: Sequence[Any]) -> "Figure":
    """What is drawn under our settings; those of the caller come back afterwards."""
    import matplotlib
    import seaborn as sns

    settings = {
        **chart_style(),
        **sns.axes_style("white"),
        "font.family": FONT,
        "font.size": TEXT_SIZE,
        "axes.labelsize": TEXT_SIZE,
        "xtick.labelsize": TEXT_SIZE,
        "ytick.labelsize": TEXT_SIZE,
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "axes.edgecolor": DARK,
        "hatch.linewidth": 0.8,
        "text.parse_math": False,  # a dollar sign in a name is one
    }
    with matplotlib.rc_context(settings):
        return draw(*values)


@functools.cache
def _pencils() -> str:
    """A digest of all that a drawing is made with: this package's code for it, the packages below, the typeface."""
    rooms = [path for room in ("charts", "publish") for path in (PACKAGE / room).glob("*.py")]
    return key_of(
        digest_of(rooms, PACKAGE),
        digest_of(FONT_FOLDER.glob("*.ttf"), FONT_FOLDER),
        *(f"{name} {version(name)}" for name in _TOOLS),
    )
