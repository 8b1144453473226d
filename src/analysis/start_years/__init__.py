"""When a programme began, and when it ends: from what a department wrote to years, or to a question.

text -> tokens (phrases that name a time, words, numbers) -> moments with a role -> years, certainty, question.
"""

from .answers import EndYear, StartYear, parse_end_year, parse_start_year
from .references import is_reference, rules_out_reference

__all__ = [
    "EndYear",
    "StartYear",
    "is_reference",
    "parse_end_year",
    "parse_start_year",
    "rules_out_reference",
]
