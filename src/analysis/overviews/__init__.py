"""Summary -> printed table: German column names, caption, row headings, "keine Angabe" for an empty cell.

Each `tabulate_*` takes a Survey; where there are no rows, a sentence says so instead of an empty table.
"""

from .departments import tabulate_cooperation, tabulate_offices, tabulate_partners, tabulate_responsibility
from .programmes import tabulate_programmes, tabulate_sources
from .returns import (
    tabulate_cells,
    tabulate_corrections,
    tabulate_dezernate,
    tabulate_personal_data,
    tabulate_problems,
    tabulate_questions,
    tabulate_remarks,
)
from .sozialraeume import (
    tabulate_groups_by_stadtbezirk,
    tabulate_places,
    tabulate_scopes,
    tabulate_stadtbezirke,
)
from .start_years import tabulate_ends, tabulate_start_periods, tabulate_starts
from .target_groups import (
    tabulate_audiences,
    tabulate_disability,
    tabulate_disability_words,
    tabulate_target_groups,
)

__all__ = [
    "tabulate_audiences",
    "tabulate_cells",
    "tabulate_cooperation",
    "tabulate_corrections",
    "tabulate_dezernate",
    "tabulate_disability",
    "tabulate_disability_words",
    "tabulate_ends",
    "tabulate_groups_by_stadtbezirk",
    "tabulate_offices",
    "tabulate_partners",
    "tabulate_personal_data",
    "tabulate_places",
    "tabulate_problems",
    "tabulate_programmes",
    "tabulate_questions",
    "tabulate_remarks",
    "tabulate_responsibility",
    "tabulate_scopes",
    "tabulate_sources",
    "tabulate_stadtbezirke",
    "tabulate_start_periods",
    "tabulate_starts",
    "tabulate_target_groups",
]
