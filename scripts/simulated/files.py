"""Bytes of the simulated files: workbooks packed small, the old .xls, a letter."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping

import openpyxl
import xlwt
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from planreview.workbooks.saving import same_bytes

LETTER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype"
    b"/Type1/BaseFont/Times-Roman>>>>>>>>endobj\n4 0 obj<</Length 66>>stream\n"
    b"BT /F 14 Tf 72 760 Td (THU MO PHONG - simulated letter, no data.) Tj ET\nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


def packed(book: openpyxl.Workbook, saved_at: dt.datetime, results: Mapping[Cell, float] | None = None) -> bytes:
    """The workbook as it was saved at a moment, compressed; the same content gives the same entries. ``results``:
    what formulas come to, kept beside them."""
    book.properties.created = saved_at.astimezone(dt.UTC).replace(tzinfo=None)
    plain, small = io.BytesIO(same_bytes(book)), io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if results and (found := _SHEET.fullmatch(entry.filename)):
                content = _with_results(content, book.worksheets[int(found[1]) - 1], results)
            new.writestr(zipfile.ZipInfo(entry.filename), content, zipfile.ZIP_DEFLATED)
    return small.getvalue()


def _with_results(xml: bytes, sheet: Worksheet, results: Mapping[Cell, float]) -> bytes:
    """A sheet's XML with the results of its formulas, which openpyxl does not write."""
    text = xml.decode("utf-8")
    for cell, value in results.items():
        if cell.parent is sheet:
            place = rf'(<c r="{cell.coordinate}"[^>]*><f>[^<]*</f>)<v(?: ?/>|></v>)'
            text, count = re.subn(place, rf"\g<1><v>{value!r}</v>", text)
            if count != 1:
                raise ValueError(f"no formula without a result in {sheet.title}!{cell.coordinate}")
    return text.encode("utf-8")


def as_xls(book: openpyxl.Workbook) -> bytes:
    """The workbook as Excel 97-2003 keeps it: values, merges, widths; formulas, which have no results, are left out."""
    old = xlwt.Workbook(encoding="utf-8")
    for sheet in book.worksheets:
        target = old.add_sheet(sheet.title, cell_overwrite_ok=True)
        merged = {(m.min_row, m.min_col): m for m in sheet.merged_cells.ranges}
        for row in sheet.iter_rows():
            for cell in row:
                value = None if isinstance(cell.value, str) and cell.value.startswith("=") else cell.value
                area = merged.get((cell.row, cell.column))
                if area is not None:
                    target.write_merge(area.min_row - 1, area.max_row - 1, area.min_col - 1, area.max_col - 1, value)
                elif value is not None:
                    target.write(cell.row - 1, cell.column - 1, value, _style(cell.number_format))
        for letter, dimension in sheet.column_dimensions.items():
            target.col(openpyxl.utils.column_index_from_string(letter) - 1).width = int(dimension.width * 256)
    saved = io.BytesIO()
    old.save(saved)
    return saved.getvalue()


_STYLES: dict[str, xlwt.XFStyle] = {}


def _style(number_format: str) -> xlwt.XFStyle:
    return _STYLES.setdefault(number_format, xlwt.easyxf(num_format_str=number_format))


def same_content(one: bytes, other: bytes) -> bool:
    """Whether two files say the same, however they are compressed."""
    if not (zipfile.is_zipfile(io.BytesIO(one)) and zipfile.is_zipfile(io.BytesIO(other))):
        return one == other
    with zipfile.ZipFile(io.BytesIO(one)) as a, zipfile.ZipFile(io.BytesIO(other)) as b:
        return a.namelist() == b.namelist() and all(a.read(name) == b.read(name) for name in a.namelist())
