"""What became of each cell of one workbook, drawn as the sheets look."""

from .view import show_reading

__all__ = ["show_reading"]
