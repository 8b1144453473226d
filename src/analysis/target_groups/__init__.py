"""Whom a programme is for: the text of one cell -> the target groups it names, and what to ask about it."""

from .meaning import TargetGroups, parse_target_groups

__all__ = ["TargetGroups", "parse_target_groups"]
