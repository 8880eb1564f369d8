"""What a unit does with what it gets: opens the workbook that came back, mends cells, answers, sends it again."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from tests.conftest import Sandbox
from tests.forms.forms import open_cells
from tests.quality.forms import clean_forms

from planreview import tables
from planreview.intake.returned import ISSUE_COLUMNS, ISSUES, RECEIPT, RECEIPT_COLUMNS
from planreview.workbooks.marking import COLOURS

ROUND, UNIT = "2020-11", "119"
SENT, LATER = "2020-11-20T08:00:00+07:00", "2020-11-25T09:30:00+07:00"


def run(sandbox, *arguments: str) -> dict:
    """A command that goes well, and its summary."""
    done = sandbox.planreview(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def send(sandbox, path: Path, *, at: str = SENT, round_code: str = ROUND, unit: str = UNIT) -> None:
    """The clerk receives a file, and cleans."""
    run(sandbox, "receive", str(path), "--round", round_code, "--unit", unit, "--at", at)
    run(sandbox, "clean")


def feedback(sandbox, unit: str = UNIT) -> list[Path]:
    """The workbooks that go back to a unit."""
    summary = run(sandbox, "feedback", "--round", ROUND, "--unit", unit)
    return [Path(path) for path in summary["files"]]


def table(sandbox, name: str) -> list[dict]:
    return tables.records(tables.read(name, sandbox.project.processed / name))


def listed(book: openpyxl.Workbook, name: str = ISSUES) -> tuple[Worksheet, list[dict]]:
    """One of our two sheets, and its lines by heading: the cells."""
    sheet, columns = book[name], ISSUE_COLUMNS if name == ISSUES else RECEIPT_COLUMNS
    header = next((r for r in sheet.iter_rows() if [c.value for c in r[: len(columns)]] == list(columns)), None)
    if header is None:
        return sheet, []
    return sheet, [
        dict(zip(columns, row, strict=False)) for row in sheet.iter_rows(min_row=header[0].row + 1) if row[0].value
    ]


def issue_at(book: openpyxl.Workbook, cell: str) -> dict:
    (line,) = (line for line in listed(book)[1] if line["Ô"].value == cell)
    return line


def figure_at(book: openpyxl.Workbook, cell: str) -> dict:
    (line,) = (line for line in listed(book, RECEIPT)[1] if line["Ô"].value == cell)
    return line


def coloured(sheet: Worksheet) -> dict[str, str]:
    """Cells marked by us: address → severity."""
    by_colour = {colour: severity for severity, colour in COLOURS.items()}
    cells = (cell for row in sheet.iter_rows() for cell in row if cell.fill.fill_type == "solid")
    return {c.coordinate: by_colour[rgb] for c in cells if (rgb := str(c.fill.fgColor.rgb)[-6:]) in by_colour}


@dataclass
class World:
    """A project in which a district sent its form with four slips: address → what it should be; and its feedback."""

    sandbox: Sandbox
    sent: Path
    sheet: str
    slips: dict[str, float]
    file: Path = Path()

    def copy(self, folder: Path) -> "World":
        """The same, to be changed."""
        root = self.sandbox.root
        shutil.copytree(root, folder / "du-an")
        file = folder / "du-an" / self.file.relative_to(root)
        return replace(self, sandbox=Sandbox(folder / "du-an", new=False), file=file)


def make_world(folder: Path) -> World:
    """A form as `planreview forms` makes it, filled in with slips, received, cleaned and given back."""
    sandbox = Sandbox(folder / "du-an")
    run(sandbox, "forms", "--round", ROUND, "--unit", UNIT, "--out", str(folder / "ra"))
    (blank,) = (folder / "ra").rglob("*.xlsx")
    book = openpyxl.load_workbook(blank)
    results = {(o["indicator_code"], o["period"]): o["value"] for o in clean_forms() if o["round"] == ROUND}
    cells = []
    for cell, (code, period, kind, _) in open_cells(book).values:
        if kind == "actual" and (code, period) in results:
            cell.value = results[code, period]
            cells.append(cell)
    slips = {}
    for cell, slip in zip(cells[5:400:100], ("12.34.5", "1,234", "mười hai", "#"), strict=True):
        slips[cell.coordinate] = cell.value
        cell.value = slip
    cells[5].comment = Comment("Số của phòng Thống kê", "Cán bộ biểu")
    path = folder / "Biểu huyện.xlsx"
    book.save(path)
    send(sandbox, path)
    (file,) = feedback(sandbox)
    return World(sandbox, path, book.worksheets[0].title, slips, file)
