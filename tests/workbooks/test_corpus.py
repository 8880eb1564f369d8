"""Real workbooks that nobody here wrote: ../shared/corpus beside the repository, of which nothing is copied here."""

import csv
import io
import time
from pathlib import Path

import pytest
import python_calamine

from planreview.errors import UnreadableFile
from planreview.workbooks import GridCell, Sheet, read_workbook_safely

CORPUS = Path(__file__).parents[3] / "shared/corpus"
INDEX = CORPUS / "INDEX.csv"
ROWS = list(csv.DictReader(INDEX.open(encoding="utf-8-sig", newline=""))) if INDEX.exists() else []
FILES = [row for row in ROWS if row["group"] != "truth" and (CORPUS / row["file"]).is_file()]
OPENED_BY = ("openpyxl_opens", "calamine_opens", "xlrd_opens")
SECONDS = 10

pytestmark = pytest.mark.skipif(not FILES, reason="there is no ../shared/corpus beside the repository")


@pytest.mark.parametrize("row", FILES, ids=lambda row: Path(row["file"]).name)
def test_values_or_one_clear_issue_in_time(row):
    content = (CORPUS / row["file"]).read_bytes()
    password = row["password_if_known"].split(" ")[0] or None
    began = time.monotonic()
    try:
        book = read_workbook_safely(content, password)
    except UnreadableFile as issue:
        assert not any(row[reader] == "yes" for reader in OPENED_BY), str(issue)
        assert issue.message
        assert issue.remedy
    else:
        assert book.sheets
        assert not differences(book.sheets, content)
    assert time.monotonic() - began < SECONDS


def differences(sheets: list[Sheet], content: bytes) -> list[str]:
    """Sheets whose cells or numbers are not those that another reader finds."""
    try:
        other = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        grids = {name: other.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in other.sheet_names}
    except BaseException:  # what it does not open it cannot contradict; a panic of it is no Exception
        return []
    return [sheet.name for sheet in sheets if sheet.name in grids and not agrees(sheet, grids[sheet.name])]


def agrees(sheet: Sheet, grid: list[list]) -> bool:
    theirs = {
        (r, c): value
        for r, line in enumerate(grid, 1)
        for c, value in enumerate(line, 1)
        if not (isinstance(value, str) and not value.strip()) and sheet.merges.get((r, c), (r, c)) == (r, c)
    }
    # errors and formulas without a result are cells, which the other reader leaves out
    ours = {place for place, cell in sheet.cells.items() if cell.value is not None}
    return ours == set(theirs) and all(same(sheet.cells[place], value) for place, value in theirs.items())


def same(cell: GridCell, value: object) -> bool:
    """Whether a number is the same; days and texts are compared by what they are only."""
    if cell.is_number and isinstance(value, int | float):
        return abs(cell.value - value) <= 1e-12 * max(1, abs(cell.value))
    return isinstance(value, str) == isinstance(cell.value, str)
