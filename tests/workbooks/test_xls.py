"""The old binary workbooks, as xlwt writes them."""

import datetime as dt
import io

import pytest
import xlwt

from planreview.errors import UnreadableFile
from planreview.workbooks import read_workbook


def saved(fill, **settings):
    book = xlwt.Workbook()
    book.dates_1904 = settings.get("date1904", False)
    fill(book.add_sheet("Biểu 1"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(content: bytes):
    (sheet,) = read_workbook(content).sheets
    return {c.address: c for c in sheet.cells.values()}


def test_formats_and_fonts_are_read():
    def fill(sheet):
        percent = xlwt.easyxf("font: name .VnTime, bold on, struck_out on; align: indent 2", num_format_str="0.0%")
        sheet.write(0, 0, 0.125, percent)
        sheet.write(0, 1, dt.date(2020, 12, 31), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
        sheet.write(0, 2, 7)

    found = cells(saved(fill))
    percent, plain = found["A1"], found["C1"]
    assert (percent.value, percent.raw, percent.number_format) == (0.125, "0.125", "0.0%")
    assert (percent.style.font, percent.style.bold, percent.style.struck, percent.style.indent) == (
        ".VnTime",
        True,
        True,
        2,
    )
    assert found["B1"].value == dt.date(2020, 12, 31)
    assert (plain.value, plain.raw, plain.number_format) == (7, "7", "General")


def test_hidden_merged_and_computed_cells():
    def fill(sheet):
        sheet.write_merge(0, 0, 0, 2, "Tiêu đề")
        for column in range(3):
            sheet.write(1, column, column)
        sheet.write(2, 0, xlwt.Formula("A2+B2"))
        sheet.write(2, 1, "  ")
        sheet.col(1).hidden = True
        sheet.row(2).hidden = True

    (sheet,) = read_workbook(saved(fill)).sheets
    found = {c.address: c for c in sheet.cells.values()}
    assert sheet.at(1, 3).value == "Tiêu đề"
    assert set(found) == {"A1", "A2", "B2", "C2", "A3"}
    assert {a for a, c in found.items() if c.hidden} == {"B2", "A3"}
    assert {a for a, c in found.items() if c.is_formula} == {"A3"}


def test_a_text_in_two_fonts():
    def fill(sheet):
        old = xlwt.easyfont("name .VnTime")
        sheet.write_rich_text(0, 0, ["Đơn vị: ", ("tû ®ång", old)])

    cell = cells(saved(fill))["A1"]
    assert cell.value == "Đơn vị: tû ®ång"
    assert [(r.text, r.style.font) for r in cell.runs] == [("Đơn vị: ", "Arial"), ("tû ®ång", ".VnTime")]


def test_days_that_count_from_another_year():
    def fill(sheet):
        sheet.write(0, 0, dt.date(2020, 12, 31), xlwt.easyxf(num_format_str="dd/mm/yyyy"))

    assert cells(saved(fill, date1904=True))["A1"].value == dt.date(2020, 12, 31)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_file_that_was_cut_off_is_refused(kept):
    def fill(sheet):
        for row in range(500):
            sheet.write(row, 0, f"Chỉ tiêu số {row}")

    content = saved(fill)
    with pytest.raises(UnreadableFile, match=r"thiếu phần cuối|hỏng"):
        read_workbook(content[: int(len(content) * kept)])
