"""However the plain numbers of a row are kept, together or each by itself, a sheet is read the same."""

import gc
import weakref
from random import Random

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from planreview.reading import Account, read_sheet
from planreview.reading.listing import listing
from planreview.workbooks import Sheet, Stretch
from tests.reading.grids import grid
from tests.reading.tables import write_sheet

TABLE = """
Chỉ tiêu | ĐVT | TH 2019 | ƯTH 2020 | KH 2021 | Ghi chú
Lúa      | tấn | 12000   | 12500.5  | -3      | -
Ngô      | tấn | 2016    | 1800     | 0       |
Lợn      | con | 1       | x        | 2.25    | 7
"""


def apart(sheet: Sheet) -> Sheet:
    """The sheet without stretches."""
    rows = {row: list(sheet.row(row)) for row in sheet.rows}
    return Sheet(sheet.name, sheet.hidden, merges=sheet.merges, rows=rows)


def torn(sheet: Sheet, random: Random) -> Sheet:
    """The sheet with some of its stretches in two."""
    rows = {}
    for row, parts in sheet.rows.items():
        rows[row] = []
        for part in parts:
            if type(part) is Stretch and random.random() < 0.5:
                left = frozenset(part.shape.columns[: random.randint(1, len(part.shape.columns) - 1)])
                rows[row] += [part.within(left), part.within(frozenset(part.shape.columns) - left)]
            else:
                rows[row].append(part)
    return Sheet(sheet.name, sheet.hidden, merges=sheet.merges, rows=rows)


def told(account: Account) -> tuple[dict, pd.DataFrame, pd.DataFrame]:
    """All that an account says of its cells; asked for in both ways."""
    ledger, values = listing([account], ledger=True), listing([account])
    items = {
        place: (item.rows, item.columns, item.unit, item.fate, item.reading, item.period, item.kind, item.detail)
        for place, item in account.items.items()
    }
    after = listing([account], ledger=True)  # the runs are items now
    pd.testing.assert_frame_equal(ledger, after)
    return {"fates": account.fates, "items": items}, ledger, values


def assert_same(first: Sheet, second: Sheet) -> None:
    assert first == second
    (said, ledger, values), (other, its_ledger, its_values) = told(read_sheet(first)), told(read_sheet(second))
    assert said == other
    pd.testing.assert_frame_equal(ledger, its_ledger)
    pd.testing.assert_frame_equal(values, its_values)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9))
def test_a_sheet_reads_the_same_with_its_numbers_together_or_apart(seed):
    draft, _ = write_sheet(Random(seed))
    sheet = draft.sheet()
    assert_same(sheet, apart(draft.sheet()))
    assert_same(sheet, torn(draft.sheet(), Random(seed)))


def test_what_stands_together_and_what_does_not():
    sheet = grid(TABLE, C4={"number_format": "0%"}, D3={"comment": "xem lại"})
    joined = {
        row: [part.text for part in parts if type(part) is Stretch] for row, parts in sheet.rows.items() if row > 1
    }
    # of the second line the year, of which nobody knows what it is, and the number with a note stand alone
    assert joined == {2: ["12000 12500.5 -3"], 3: [], 4: ["2.25 7"]}
    assert_same(sheet, apart(grid(TABLE, C4={"number_format": "0%"}, D3={"comment": "xem lại"})))


def test_most_of_a_table_is_read_without_a_cell_made():
    sheet = grid(TABLE)
    (stretch,) = [part for part in sheet.rows[2] if type(part) is Stretch]
    stretch._cells = None
    account = read_sheet(sheet)
    listing([account], ledger=True)
    assert stretch._cells is None
    assert account.items[2, 3].value == 12000


def test_what_was_read_is_freed_without_a_search_for_cycles():
    gc.collect()
    gc.disable()
    try:
        account = read_sheet(grid(TABLE))
        listing([account], ledger=True)
        gone = weakref.ref(next(p for p in account.sheet.rows[2] if type(p) is Stretch).shape)
        del account
        assert gone() is None
    finally:
        gc.enable()
