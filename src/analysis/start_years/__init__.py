"""When a programme began, and when it ends: from what a department wrote to years, or to a question.

text -> tokens (phrases that name a time, words, numbers) -> moments with a role -> years, certainty, question.

The way of a text:
    text        one spelling for what many hands write
    tokens      the longest phrase, word or number at each place
    moments     the times, each with the words before it ("seit", "ca.", "Anfang") applied
    roles       what else the words say of each time: begun, ended, decided, denied, planned
    reading     which times begin something, which end it, what is in doubt
    plain       the short way, for a text that is one time
    answers     the way in and out: years, certainty, question
    questions   the German questions

What phrases mean:
    phrases     a rule per phrase that names a time
    patterns    what looks like a year and is none
    pieces      months, seasons and years, of which both are made
    openings    which rules can begin at a place at all
    dates       phrases of the calendar
    distances   phrases that count from somewhere: "seit drei Jahren"
    spans       stretches of time and what words make of them
    vocabulary  the words of the code lists, ready to be looked up

Beside it:
    references  whether a text only points at the row above: "s. o."
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
