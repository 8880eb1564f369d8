"""Small sheets written as text: one line a row, cells between bars; "=>" reaches over the columns to the right."""

from planreview.reading import Account, Item, read_sheet
from planreview.workbooks import GridCell, Sheet


def grid(text: str, **details: dict) -> Sheet:
    """A sheet from lines such as ``Chỉ tiêu | 2019 | 2020``. A blank is no cell; ``>`` continues the cell on its left
    and ``^`` the one above as one merged area; a number is a number cell, a text number stands in quotes."""
    cells: dict[tuple[int, int], GridCell] = {}
    merges: dict[tuple[int, int], tuple[int, int]] = {}
    for r, line in enumerate(text.strip("\n").splitlines(), start=1):
        for c, typed in enumerate(line.split("|"), start=1):
            word = typed.strip()
            if word in (">", "^"):
                beside = (r, c - 1) if word == ">" else (r - 1, c)
                anchor = merges.get(beside, beside)
                merges[r, c] = merges[anchor] = anchor
            elif word:
                value = _value(typed.removeprefix(" ").rstrip())
                address = f"{chr(64 + c)}{r}"
                cells[r, c] = GridCell(
                    r, c, value, str(value), **{"number_format": "General", **details.get(address, {})}
                )
    return Sheet("Biểu", False, cells, merges)


def _value(typed: str) -> str | int | float:
    for kind in (int, float):
        try:
            return kind(typed)
        except ValueError:
            pass
    return typed.strip('"') if typed.startswith('"') else typed


def items(sheet: Sheet) -> dict[str, Item]:
    """The items of a sheet by address."""
    return {item.cell.address: item for item in read_sheet(sheet).items.values()}


def fate(account: Account, address: str) -> str:
    return next(account.fate(c)[0] for c in account.sheet.cells.values() if c.address == address)
