"""One horizontal bar per row of a table, with its number beside it."""

from collections.abc import Sequence

import pandas as pd
import seaborn as sns

from ..publish.display import Chart, Table
from ..publish.german import format_number
from .style import BLUE, DARK, PAPER, bare, label_rows, new_figure, row_height, styled, that_fit, wrap
from .words import alt_text, describe, named, spoken

_AROUND = 0.15


def bars_of(table: Table, name: str, count: str, share: str | None = None) -> pd.DataFrame:
    """One row per bar, from the columns of a table: name, count, share (empty where there is none)."""
    frame = table.frame
    return pd.DataFrame(
        {
            "name": frame[name],
            "count": frame[count].astype(int),
            "share": frame[share] if share else "",
        }
    )


def draw_bars(
    bars: pd.DataFrame,
    table: Table,
    *,
    title: str,
    data: str,
    message: Sequence[str],
    subtitle: str,
    apart: Sequence[str] = (),
) -> Chart:
    """One horizontal bar per row of `bars` (name, count, share, and words where zero needs some), in its order.

    Rows called one of `apart` are no part of the scale the others share (no answer, whole city): hatched.
    """
    names = [wrap(name, 38) for name in bars["name"]]
    fitting = that_fit(names, _AROUND)
    shown = bars.iloc[:fitting]
    with styled():
        figure, axes = new_figure(max(0.8, _AROUND + fitting * row_height(names)))
        rows = list(range(fitting))
        sns.barplot(
            x=shown["count"].tolist(),
            y=rows,
            orient="h",
            color=BLUE,
            saturation=1,
            width=0.7,
            errorbar=None,
            ax=axes,
        )
        top = max(1, *shown["count"])
        words = _words(shown)
        for row, patch in enumerate(axes.patches):
            if shown["name"].iloc[row] in apart:
                patch.set(facecolor=PAPER, edgecolor=DARK, hatch="////", linewidth=1.0)
            axes.text(shown["count"].iloc[row] + top * 0.015, row, words[row], va="center_baseline")
        has_words = any(not word[:1].isdigit() for word in words)
        axes.set(xticks=[], xlim=(0, top * (1.35 if has_words else 1.08)))
        axes.axvline(0, color=DARK, linewidth=1)
        bare(axes)
        label_rows(figure, axes, names[:fitting])
    part = f"gezeigt: {fitting} von {len(bars)} Zeilen der Tabelle" if fitting < len(bars) else ""
    return Chart(
        figure,
        title=title,
        alt=alt_text("Balkendiagramm", data, *message),
        description=_description(bars),
        subtitle="; ".join(filter(None, (subtitle, part))),
        table=table,
    )


def _words(bars: pd.DataFrame) -> list[str]:
    """What stands beside each bar: its number, or for a bar of nothing the reason."""
    reasons = bars.get("words", [""] * len(bars))
    return [reason or format_number(count) for reason, count in zip(reasons, bars["count"], strict=True)]


def _description(bars: pd.DataFrame) -> str:
    values = [
        word if not word[:1].isdigit() else f"{named(count)} ({share})" if share else named(count)
        for word, count, share in zip(_words(bars), bars["count"], bars["share"], strict=True)
    ]
    entries = [f"{spoken(name)}: {value}" for name, value in zip(bars["name"], values, strict=True)]
    return describe(
        f"{format_number(len(bars))} Balken von oben nach unten.", entries, bars["count"].tolist()
    )
