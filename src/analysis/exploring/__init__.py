"""A survey in the hands of an analyst in JupyterLab: its tables to sort and filter, its programmes to choose from.

The widgets are imported where they are shown: a report has none.

    selection      the survey of some of its programmes: `select_programmes`
    browsing       any table to sort, filter and search: `browse`
    datatables     what that table says in German
    explorer       filters, matching rows and a chart: `explore`
"""

from .browsing import browse
from .explorer import explore
from .selection import Choice, select_programmes

__all__ = ["Choice", "browse", "explore", "select_programmes"]
