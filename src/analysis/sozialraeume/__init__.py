"""Where a programme works: the text of one cell -> Stadtteile and Stadtbezirke, or a question."""

from .places import Place, Sozialraeume, parse_sozialraeume

__all__ = ["Place", "Sozialraeume", "parse_sozialraeume"]
