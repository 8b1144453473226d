"""Printed table -> figure with title, message and description, all from the frame of the table beside it.

Each `draw_*` takes a Survey and returns a `Chart`: `.figure`, `.alt` (the message), `.description` (every value in
words), `.subtitle` (what was counted), `.table` (the `Table` of `overviews` that it was drawn from). Where there is
nothing to draw, a sentence says so instead of an empty picture.

One module per topic, as in `summaries`, `findings` and `overviews`:
    departments    who does it
    returns        who answered, and what is in doubt
    sozialraeume   where
    start_years    since when
    target_groups  for whom

What they share:
    bars           one bar per row of a table
    drawing        what is drawn once, and with what
    heat           one field per row and column
    style          colours, sizes, labels
    words          message and description
"""

from .departments import draw_cooperation, draw_offices, draw_responsibility
from .returns import draw_dezernate, draw_problems
from .sozialraeume import draw_groups_by_stadtbezirk, draw_stadtbezirke
from .start_years import draw_start_periods, draw_start_timeline
from .target_groups import draw_audiences, draw_disability, draw_target_groups

__all__ = [
    "draw_audiences",
    "draw_cooperation",
    "draw_dezernate",
    "draw_disability",
    "draw_groups_by_stadtbezirk",
    "draw_offices",
    "draw_problems",
    "draw_responsibility",
    "draw_stadtbezirke",
    "draw_start_periods",
    "draw_start_timeline",
    "draw_target_groups",
]
