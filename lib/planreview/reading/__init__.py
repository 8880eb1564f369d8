"""Any table of figures that an office can make → labelled values. Knows workbooks and no indicator."""

from planreview.reading.account import Account, Item, Table
from planreview.reading.columns import Column
from planreview.reading.lines import Line
from planreview.reading.sheets import prepared, read_prepared, read_sheet

__all__ = ["Account", "Column", "Item", "Line", "Table", "prepared", "read_prepared", "read_sheet"]
