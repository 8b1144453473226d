"""Where a programme works: the text of one cell -> Stadtteile and Stadtbezirke, or a question.

The way of a text:
    places      the way in and out: places, question
    plain       the short way, for a text that only lists names
    scan        the long way: a text read from left to right
    units       its steps for kinds and numbers of places: "Bezirke 1-3"
    quantities  its step for how many: "alle Stadtbezirke"
    state       what it has found so far

What words mean:
    gazetteer   the names of the code lists, compiled
    words       a text as words, and what is known of each
    numbers     numbers and how many
"""

from .places import Place, Sozialraeume, parse_sozialraeume

__all__ = ["Place", "Sozialraeume", "parse_sozialraeume"]
