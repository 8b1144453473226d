"""A figure of Matplotlib -> one SVG: the same bytes every time, in the typeface of page and paper.

Matplotlib is imported where something is drawn: who only writes sentences should not wait for it.
"""

import functools
import io
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from .typeface import FONT, FONT_FOLDER

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_OF_THE_MACHINE: Final = {"backend", "backend_fallback", "interactive", "toolbar"}  # windows, not charts
_NO_DATE_OR_VERSION: Final = {"Date": None, "Creator": None}


class Drawing:
    """One figure, made when somebody asks for it, and its SVG."""

    def __init__(self, draw: Callable[[], "Figure"]) -> None:
        """`draw` makes the figure."""
        self._draw = draw

    @functools.cached_property
    def figure(self) -> "Figure":
        """Matplotlib's figure, closed: no window remembers it."""
        return self._draw()

    def svg(self) -> str:
        """The picture, drawn anew."""
        return figure_svg(self.figure)


def chart_style() -> Any:
    """The matplotlib settings under which charts are laid out and drawn: `with rc_context(chart_style())`.

    Matplotlib's own and a few more, whatever a `matplotlibrc` of this machine says.
    """
    import matplotlib

    _register_fonts()
    own = {name: value for name, value in matplotlib.rcParamsDefault.items() if name not in _OF_THE_MACHINE}
    return own | {
        "font.family": FONT,
        "mathtext.fontset": "custom",
        "mathtext.rm": FONT,
        "mathtext.it": f"{FONT}:italic",
        "mathtext.bf": f"{FONT}:bold",
        "svg.fonttype": "none",
        "svg.hashsalt": "chart",  # names of parts follow from their content, not from chance
        "axes.unicode_minus": True,
    }


def figure_svg(figure: "Figure") -> str:
    """One SVG, with texts as texts and nothing cut at the edges; the figure is closed."""
    from matplotlib import rc_context
    from matplotlib.text import Text

    with rc_context(chart_style()):
        for text in figure.findobj(Text):  # asking for them makes the tick labels, too
            text.set_fontfamily(FONT)
        buffer = io.StringIO()
        figure.savefig(
            buffer, format="svg", bbox_inches="tight", pad_inches=0.02, metadata=_NO_DATE_OR_VERSION
        )
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)
    # Group names repeat in every chart of a page, and nothing refers to them.
    return re.sub(r'<g id="[^"]*"', "<g", buffer.getvalue())


@functools.cache
def _register_fonts() -> None:
    from matplotlib import font_manager

    for path in sorted(FONT_FOLDER.glob("*.ttf")):
        font_manager.fontManager.addfont(path)
