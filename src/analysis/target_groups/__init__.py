"""Whom a programme is for: the text of one cell -> the target groups it names, and what to ask about it.

The way of a text:
    meaning     the way in and out: codes, words, question
    tokens      words, marks and ages with their places
    items       what each of them says; joiners, stops, what is excluded
    reading     what the items name and leave doubtful, side by side

The short way:
    parts       a text put together from pieces that were read before
    pieces      what one piece names, and whether it does so beside others

What words mean:
    vocabulary  the code lists, compiled
    words       the entry that a word, compound or phrase is
    ages        statements of age and the groups they stand for
"""

from .meaning import TargetGroups, parse_target_groups

__all__ = ["TargetGroups", "parse_target_groups"]
