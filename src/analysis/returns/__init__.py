"""Turns one workbook into rows of the tables (`workbook_rows`); every filled cell is taken for something."""
