"""Binary and OpenDocument workbooks: the same questions, the same answers."""

import datetime as dt
import struct

import pytest
from tests.workbooks.files import ods, record, wide, xlsb

from planreview.errors import UnreadableFile
from planreview.workbooks import read_workbook


def cells(content: bytes):
    (sheet,) = read_workbook(content).sheets
    return {c.address: c for c in sheet.cells.values()}


def at(column: int, style: int = 0) -> bytes:
    return struct.pack("<II", column, style)


STYLES = (
    record(44, struct.pack("<H", 164) + wide("0.0%"))
    + record(43, struct.pack("<HHHH", 220, 8, 700, 0) + bytes(13) + wide(".VnTime"))
    + record(617)
    + record(47, struct.pack("<HHHHHBBH", 0, 0, 0, 0, 0, 0, 0, 0))
    + record(47, struct.pack("<HHHHHBBH", 0, 164, 0, 0, 0, 0, 3, 2))
    + record(47, struct.pack("<HHHHHBBH", 0, 14, 0, 0, 0, 0, 0, 0))
    + record(618)
)


def test_xlsb_values_formats_fonts_and_what_is_hidden():
    rows = (
        record(60, struct.pack("<IIIIH", 1, 1, 9, 0, 1))  # column B
        + record(0, struct.pack("<IIHBB", 0, 0, 300, 0, 0))
        + record(5, at(0, 1) + struct.pack("<d", 0.125))
        + record(2, at(1) + struct.pack("<I", (1234 << 2) | 3))  # 12,34
        + record(7, at(2) + struct.pack("<I", 0))
        + record(9, at(3) + struct.pack("<d", 2.5) + bytes(8))
        + record(3, at(4) + bytes([23]))
        + record(0, struct.pack("<IIHBB", 1, 0, 300, 0, 0x10))
        + record(4, at(0) + b"\1")
        + record(5, at(1, 2) + struct.pack("<d", 44196.0))
        + record(1, at(2))
        + record(176, struct.pack("<IIII", 0, 0, 5, 6))
    )
    strings = record(19, b"\1" + wide("Tæng sè") + struct.pack("<IHH", 1, 5, 0))
    found = cells(xlsb(rows, styles=STYLES, strings=strings))
    percent = found["A1"]
    assert (percent.value, percent.number_format, percent.style.font) == (0.125, "0.0%", ".VnTime")
    assert (percent.style.bold, percent.style.struck, percent.style.indent, percent.style.centred) == (
        True,
        True,
        3,
        True,
    )
    assert (found["B1"].value, found["B1"].raw, found["B1"].hidden) == (12.34, "12.34", True)
    assert [(r.text, r.style.font) for r in found["C1"].runs] == [("Tæng ", ".VnTime"), ("sè", ".VnTime")]
    assert (found["D1"].value, found["D1"].is_formula) == (2.5, True)
    assert (found["E1"].value, found["E1"].raw) == (None, "#REF!")
    assert (found["A2"].value, found["A2"].hidden) == (True, True)
    assert found["B2"].value == dt.date(2020, 12, 31)
    assert set(found) == {"A1", "B1", "C1", "D1", "E1", "A2", "B2"}


def test_an_xlsb_that_ends_within_a_record_is_refused():
    rows = record(0, struct.pack("<IIHBB", 0, 0, 300, 0, 0)) + record(5, at(0) + struct.pack("<d", 1.0))[:-3]
    with pytest.raises(UnreadableFile, match="hỏng"):
        read_workbook(xlsb(rows))


ODS_STYLES = """
<number:percentage-style style:name="N1"><number:number number:decimal-places="1" number:min-integer-digits="1"/>
<number:text>%</number:text></number:percentage-style>
<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1">
<style:text-properties style:font-name=".VnTime" fo:font-weight="bold" style:text-line-through-style="solid"/>
</style:style>
"""


def test_ods_values_formats_repeats_and_merges():
    cell, number = "<table:table-cell", 'office:value-type="float" office:value='
    first = (
        f'{cell} office:value-type="percentage" office:value="0.125" table:style-name="ce1"><text:p>12,5%</text:p>'
        f'</table:table-cell>{cell} office:value-type="string"><text:p>Tỷ<text:s text:c="2"/>đồng</text:p>'
        f'<text:p>dòng hai</text:p></table:table-cell>{cell} table:number-columns-spanned="2" {number}"7"/>'
        f'<table:covered-table-cell {number}"8"/>{cell} table:number-columns-repeated="16000"/>'
    )
    second = (
        f'{cell} table:number-columns-repeated="2" {number}"1234.5"/>'
        f'{cell} table:formula="of:=[.A1]/0" office:value-type="string" office:string-value="">'
        f'<text:p>#DIV/0!</text:p></table:table-cell>{cell} office:value-type="date" office:date-value="2020-12-31"/>'
    )
    table = (
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        f"<table:table-row>{first}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2">{second}</table:table-row>'
        f'<table:table-row table:number-rows-repeated="1048000">{cell} table:number-columns-repeated="16384"/>'
        "</table:table-row>"
    )
    content = ods(table, styles=ODS_STYLES)
    found = cells(content)
    percent = found["A1"]
    assert (percent.value, percent.number_format, percent.style.font) == (0.125, "0.0%", ".VnTime")
    assert (percent.style.bold, percent.style.struck) == (True, True)
    assert (found["B1"].value, found["B1"].hidden) == ("Tỷ  đồng\ndòng hai", True)
    assert (found["C2"].value, found["C2"].raw, found["C2"].formula) == (None, "#DIV/0!", "=[.A1]/0")
    assert found["D3"].value == dt.date(2020, 12, 31)
    assert set(found) == {"A1", "B1", "C1", "A2", "B2", "C2", "D2", "A3", "B3", "C3", "D3"}
    assert read_workbook(content).sheets[0].at(1, 4).value == 7


def test_an_ods_that_declares_more_cells_than_there_are_grains_of_sand():
    table = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float"'
        ' office:value="1" table:number-columns-repeated="16384"/></table:table-row>'
    )
    with pytest.raises(UnreadableFile, match=r"hơn 500\.000 ô"):
        read_workbook(ods(table))
