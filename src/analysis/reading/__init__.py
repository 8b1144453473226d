"""What became of each cell of one workbook, drawn as the sheets look.

The way of a workbook:
    view        the way in: `show_reading` for a notebook
    one_return  the tables of one workbook, of a survey or a single file
    sheets      the rows of one worksheet as a sheet with marked cells and numbered doubts
    window      which rows and columns are drawn
"""

from .view import show_reading

__all__ = ["show_reading"]
