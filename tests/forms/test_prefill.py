"""An earlier round's accepted figures go into the next form, marked; nothing else does."""

import io

import openpyxl
import pytest
from tests.forms.forms import blank, open_cells, read

from planreview.pipeline import clean

UNIT, EARLIER, NEXT = "SYT", "2020-06", "2020-11"


@pytest.fixture
def answered(sandbox):
    """June's form of a department: some numbers, a target with words; and another unit's word on one of them."""

    def answer(edit=lambda cells: None, name="bieu.xlsx", before_save=lambda book: None) -> dict[str, tuple]:
        book = openpyxl.load_workbook(io.BytesIO(blank(EARLIER, UNIT, "I")))
        cells = dict(enumerate(open_cells(book).values[:12]))
        for n, (cell, _) in cells.items():
            cell.value = 10.5 + n
        cells[0][0].value = "trên 90"
        edit(cells)
        before_save(book)
        folder = sandbox.root / "data/raw" / EARLIER / UNIT
        folder.mkdir(parents=True, exist_ok=True)
        book.save(folder / name)
        return {meaning: cell.value for cell, meaning in cells.values()}

    return answer


def prefilled(sandbox):
    done = sandbox.planreview("forms", "--round", NEXT, "--unit", UNIT, "--prefill-from", EARLIER)
    assert done.returncode == 0, done.stderr
    path = sandbox.root / f"reports/bieu-mau/{NEXT}/{UNIT}/bieu-I__{UNIT}__{NEXT}.xlsx"
    book = openpyxl.load_workbook(path)
    return path, book, {meaning: cell for cell, meaning in open_cells(book).values if cell.value is not None}


def test_what_the_unit_sent_is_shown_to_it_again_and_marked(sandbox, answered):
    sent = answered()
    clean(sandbox.project)
    path, book, shown = prefilled(sandbox)
    assert {meaning: cell.value for meaning, cell in shown.items()} == sent
    assert all(cell.font.i and cell.font.color.rgb.endswith("1F4E9E") for cell in shown.values())
    notes = [cell.value for cell in open_cells(book).notes if cell.value]
    assert notes == ["điền sẵn từ đợt tháng 6/2020"] * len({meaning[0] for meaning in sent})
    reading = read(path.read_bytes(), NEXT, UNIT)
    assert reading.issues == []
    assert len(reading.observations) == len(sent) and {o["provenance"] for o in reading.observations} == {"submitted"}


def test_a_tie_is_left_blank(sandbox, answered):
    sent = answered()
    answered(lambda cells: setattr(cells[1][0], "value", 99), name="ban khac.xlsx")  # two files, no date of receipt
    clean(sandbox.project)
    _, _, shown = prefilled(sandbox)
    tied = list(sent)[1]
    assert set(sent) - set(shown) == {tied}


def test_simulated_numbers_stay_marked_as_such(sandbox, answered):
    def mark(book):
        book.worksheets[0]["A1"].value = "Số liệu mô phỏng"

    answered(before_save=mark)
    clean(sandbox.project)
    path, book, shown = prefilled(sandbox)
    assert shown
    assert {o["provenance"] for o in read(path.read_bytes(), NEXT, UNIT).observations} == {"simulated"}
    assert any("Số liệu mô phỏng" in str(c.value) for row in book.worksheets[0].iter_rows(max_row=8) for c in row)


def test_without_current_tables_the_command_is_named(sandbox, answered):
    answered()
    done = sandbox.planreview("forms", "--round", NEXT, "--unit", UNIT, "--prefill-from", EARLIER)
    assert done.returncode == 1 and "planreview clean" in done.stderr
