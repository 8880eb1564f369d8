"""Any table of figures that an office can make → labelled values. Knows workbooks and no indicator."""

from planreview.reading.account import Account, Item
from planreview.reading.sheets import read_sheet

__all__ = ["Account", "Item", "read_sheet"]
