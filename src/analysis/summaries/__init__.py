"""Tidy tables -> small counted tables: the questions of the notebooks, answered in numbers.

Pure functions of a Survey: `count_*` gives one row per thing counted, `list_*` one row per programme or whatever
else it names, `label_*` the German names of codes. Each is worked out once per survey (`once`).
"""

from .departments import (
    count_cooperation,
    count_offices,
    count_responsibility,
    list_cooperation,
    list_responsibility,
)
from .returns import (
    count_cells,
    count_dezernate,
    count_problems,
    group_problems,
    is_active,
    list_corrections,
    list_personal_data,
    list_problems,
    list_programmes,
)
from .sozialraeume import (
    MOST_TITLES,
    count_groups_by_stadtbezirk,
    count_scopes,
    count_stadtbezirke,
    label_stadtbezirke,
    list_places,
)
from .start_years import RECENT_YEARS, count_recent, count_start_periods, list_ends, list_starts
from .target_groups import (
    DISABILITY,
    EVERYBODY,
    count_audiences,
    count_disability,
    count_target_groups,
    label_groups,
    list_audiences,
    list_disability,
    list_group_mentions,
)

__all__ = [
    "DISABILITY",
    "EVERYBODY",
    "MOST_TITLES",
    "RECENT_YEARS",
    "count_audiences",
    "count_cells",
    "count_cooperation",
    "count_dezernate",
    "count_disability",
    "count_groups_by_stadtbezirk",
    "count_offices",
    "count_problems",
    "count_recent",
    "count_responsibility",
    "count_scopes",
    "count_stadtbezirke",
    "count_start_periods",
    "count_target_groups",
    "group_problems",
    "is_active",
    "label_groups",
    "label_stadtbezirke",
    "list_audiences",
    "list_cooperation",
    "list_corrections",
    "list_disability",
    "list_ends",
    "list_group_mentions",
    "list_personal_data",
    "list_places",
    "list_problems",
    "list_programmes",
    "list_responsibility",
    "list_starts",
]
