"""Any spreadsheet that calamine opens, as grids of cells; what calamine does not give, from openpyxl."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import openpyxl
import python_calamine as calamine
from openpyxl.cell.cell import Cell as OpenpyxlCell

from planreview.errors import UnreadableFile
from planreview.workbooks.grid import GridCell, Sheet, Value, Workbook

_OLE = b"\xd0\xcf\x11\xe0"
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def read_workbook(content: bytes, password: str | None = None) -> Workbook:
    """All sheets of a workbook, told by its content. Raises UnreadableFile with the reason in Vietnamese."""
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise _password()
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [_sheet(book, meta) for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    except (KeyboardInterrupt, SystemExit):
        raise
    except calamine.PasswordError:
        raise _password() from None
    except BaseException as failure:  # the Rust reader's panics are no Exception
        raise UnreadableFile(
            "Tệp hỏng hoặc không phải bảng tính Excel",
            place=str(failure)[:120],
            remedy="Hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại",
        ) from None
    properties = _add_details(content, sheets) if is_workbook(content) else {}
    return Workbook(sheets, properties)


def _password() -> UnreadableFile:
    return UnreadableFile(
        "Tệp có mật khẩu nên không đọc được", remedy="Hãy bỏ mật khẩu (Tệp › Thông tin › Bảo vệ) rồi gửi lại"
    )


def is_workbook(content: bytes) -> bool:
    """Whether the content is an Office Open XML workbook, whatever its file is called."""
    try:
        return "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    except zipfile.BadZipFile:
        return False


def _sheet(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata) -> Sheet:
    source = book.get_sheet_by_name(meta.name)
    cells = {}
    for r, line in enumerate(source.to_python(skip_empty_area=False), start=1):
        for c, value in enumerate(line, start=1):
            if value == "" or (isinstance(value, str) and not value.strip()):
                continue
            cells[r, c] = _cell(r, c, value)
    merges = {}
    for (top, left), (bottom, right) in source.merged_cell_ranges or ():
        for r in range(top, bottom + 1):
            for c in range(left, right + 1):
                merges[r + 1, c + 1] = (top + 1, left + 1)
    for position in [p for p in cells if merges.get(p, p) != p]:
        del cells[position]  # what lies under a merge is not shown and counts for nothing
    return Sheet(meta.name, meta.visible != calamine.SheetVisibleEnum.Visible, cells, merges)


def _cell(row: int, column: int, value: Value) -> GridCell:
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    return GridCell(row, column, value, _raw(value))


def _raw(value: Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    return str(value)


def _add_details(content: bytes, sheets: list[Sheet]) -> dict[str, str]:
    """Number formats, formulas, errors and hidden rows and columns, which calamine leaves out."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(content))
    except Exception as failure:
        # without marks, formats and hidden rows a simulated number could pass for a real one, 12,5% for 0,125
        raise UnreadableFile(
            "Tệp mở được nhưng không đọc được định dạng ô và dấu hiệu nguồn gốc",
            place=type(failure).__name__,
            remedy="Hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại",
        ) from None
    for sheet in sheets:
        if sheet.name not in book.sheetnames or not hasattr(book[sheet.name], "iter_rows"):
            continue
        source = book[sheet.name]
        hidden_rows = {r for r, d in source.row_dimensions.items() if d.hidden}
        hidden_columns = _hidden_columns(source)
        for line in source.iter_rows():
            for extra in line:
                position = (extra.row, extra.column)
                if not isinstance(extra, OpenpyxlCell) or sheet.merges.get(position, position) != position:
                    continue
                known = sheet.cells.get(position)
                is_formula = extra.data_type == "f"
                if known is None and not is_formula and extra.data_type != "e":
                    continue
                text = str(getattr(extra.value, "text", extra.value))
                sheet.cells[position] = GridCell(
                    row=extra.row,
                    column=extra.column,
                    value=known.value if known else None,
                    raw=known.raw if known else text,
                    hidden=sheet.hidden or extra.row in hidden_rows or extra.column in hidden_columns,
                    is_formula=is_formula,
                    number_format=extra.number_format,
                )
    return {p.name: str(p.value) for p in book.custom_doc_props.props}


def _hidden_columns(source) -> set[int]:
    hidden = set()
    for letter, dimension in source.column_dimensions.items():
        if dimension.hidden:
            first = dimension.min or openpyxl.utils.column_index_from_string(letter)
            hidden.update(range(first, (dimension.max or first) + 1))
    return hidden
