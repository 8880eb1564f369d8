"""A sheet of any indicator table → the account of its cells. Knows no catalogue: what the sheet says, nothing more."""

from __future__ import annotations

from planreview.memory import without_cycle_search
from planreview.reading.account import Account
from planreview.reading.bands import find_bands
from planreview.reading.formulas import with_results
from planreview.reading.kinds import NUMERIC, kind_of
from planreview.reading.tables import TableReader
from planreview.reading.text import unicode_sheet
from planreview.reading.view import View, regions
from planreview.workbooks import Sheet


def prepared(sheet: Sheet) -> Sheet:
    """The sheet as it is read: texts in Unicode, and the results of plain formulas that the file does not hold."""
    return with_results(unicode_sheet(sheet))


def read_sheet(sheet: Sheet) -> Account:
    """Every non-empty cell of a sheet with its fate; the values among them with names, unit, period and number."""
    return read_prepared(prepared(sheet))


@without_cycle_search()
def read_prepared(sheet: Sheet) -> Account:
    """As ``read_sheet``, of a sheet from ``prepared``: an old font's letters may not be decoded a second time."""
    account = Account(sheet)
    for left, right in regions(sheet):
        view = View(sheet, left, right)
        before = None
        for band in find_bands(view):
            table = TableReader(view, band, account, before)
            table.read()
            before = table
    for cell in list(account.unclaimed()):
        account.claim(cell, "unmatched" if kind_of(cell) in NUMERIC and cell.is_number else "note")
    return account
