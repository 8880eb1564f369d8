"""A unit's own .xlsx or .xlsm opened for our remarks: its formats kept, what reaches out of it taken away."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from planreview.workbooks.grid import GridCell
from planreview.workbooks.lists import FORMULA_SIGNS, put_text
from planreview.workbooks.outward import reaches_out
from planreview.workbooks.saving import same_bytes
from planreview.workbooks.sheet import Workbook

_MOST = 25 * 1024 * 1024  # bytes of a package unpacked; openpyxl needs some fifty times as much memory
_KINDS = {
    r"vbaproject\.bin$": "macro",
    r"^xl/externallinks/external": "liên kết đến tệp khác",
    r"^xl/(connections\.xml|querytables/)": "kết nối dữ liệu",
    r"^xl/(embeddings|activex|ctrlprops)/": "đối tượng nhúng, nút điều khiển",
    r"^xl/media/": "hình ảnh",
    r"^xl/charts/chart\d*\.xml$": "biểu đồ",
    r"^xl/pivottables/": "bảng tổng hợp (PivotTable)",
    r"^xl/slicers/": "bộ lọc (slicer)",
    r"^xl/threadedcomments/": "chuỗi trao đổi trong ghi chú (giữ lại lời văn)",
}
_SHAPE = re.compile(rb"<xdr:(?:sp|cxnSp|grpSp)[ >]")
_SHAPES = "hình vẽ, hộp chữ"
_NEWER = "quy tắc tô màu, danh sách chọn kiểu mới của Excel"


class CannotKeep(Exception):
    """The workbook cannot be given back as it is; what its cells hold can."""


@dataclass
class Kept:
    """``book`` is ready for remarks; in Vietnamese what was ``taken`` away from it for safety, and what is ``lost``."""

    book: openpyxl.Workbook
    taken: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def open_kept(content: bytes, grid: Workbook, *, drawings: bool = True) -> Kept:
    """The workbook of ``content``, whose cells ``grid`` tells; sheets that are not in ``grid`` go. Raises CannotKeep.

    Formulas stay, but those that reach out of the workbook leave the result that they had.
    """
    try:
        unpacked = sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except zipfile.BadZipFile:  # encrypted with the password that every program knows, say
        raise CannotKeep("tệp có mã hóa hoặc hỏng phần lưu trữ") from None
    if unpacked > _MOST:
        raise CannotKeep("tệp quá lớn")
    try:
        with warnings.catch_warnings(record=True) as said:  # which are for programmers
            warnings.simplefilter("always")
            book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True, keep_links=False)
    except Exception as fault:  # whatever a strange file does to a library that expects Excel's own
        raise CannotKeep(f"không mở được để ghi chú, {type(fault).__name__}") from None
    wanted = [sheet.name for sheet in grid.sheets]
    for sheet in book.worksheets:
        if sheet.title not in wanted:
            book.remove(sheet)
    if [sheet.title for sheet in book.worksheets] != wanted:
        raise CannotKeep("các trang tính không khớp")
    kept = Kept(book, lost=[_NEWER] if any("extension" in str(w.message).lower() for w in said) else [])
    lost_names = _drop_names(book)
    replaced, links = 0, 0
    for sheet, read in zip(book.worksheets, grid.sheets, strict=True):
        if not drawings:
            sheet._charts.clear()
            sheet._images.clear()
        replaced += _settle_cells(sheet, {c.address: c for c in read.cells.values()}, lost_names)
        links += _drop_links(sheet)
        _drop_rules(sheet)
        sheet.sheet_view.tabSelected = False  # sheets selected together are changed together
    if lost_names:
        kept.taken.append(f"{len(lost_names)} tên vùng trỏ ra ngoài tệp")
    if replaced:
        kept.taken.append(f"{replaced} công thức lấy số từ ngoài tệp (ô giữ kết quả đã tính)")
    if links:
        kept.taken.append(f"{links} liên kết ra ngoài tệp (ô giữ nguyên chữ)")
    return kept


def saved(book: openpyxl.Workbook, read: Mapping[str, Mapping[str, GridCell]]) -> bytes:
    """As ``same_bytes``. Raises CannotKeep for a workbook that openpyxl could open but cannot write."""
    return _written(lambda: same_bytes(book, read))


def _written(write: Callable[[], bytes]) -> bytes:
    try:
        with warnings.catch_warnings(action="ignore"):
            return write()
    except Exception as fault:
        raise CannotKeep(f"không lưu lại được, {type(fault).__name__}") from None


def lost_when_saved(content: bytes, grid: Workbook, *, drawings: bool = True) -> list[str]:
    """What of a workbook's parts does not survive being opened and saved, in Vietnamese. Raises CannotKeep."""
    old = _parts(content)
    if not old:
        return []
    book, plain = open_kept(content, grid, drawings=drawings).book, io.BytesIO()
    _written(lambda: book.save(plain) or b"")
    new = _parts(plain.getvalue())
    return [kind for kind in (*_KINDS.values(), _SHAPES) if new[kind] < old[kind]]


def _parts(content: bytes) -> Counter[str]:
    found: Counter[str] = Counter()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            plain = name.replace("\\", "/").lstrip("/").lower()
            found.update(kind for pattern, kind in _KINDS.items() if re.search(pattern, plain))
            if re.match(r"xl/drawings/drawing\d*\.xml$", plain):
                found[_SHAPES] += len(_SHAPE.findall(package.read(name)))
    return +found


def _drop_names(book: openpyxl.Workbook) -> set[str]:
    lost = set()
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in [n for n, defined in names.items() if defined.value and reaches_out(defined.value)]:
            del names[name]
            lost.add(name)
    return lost


def _settle_cells(sheet: Worksheet, read: dict[str, GridCell], lost_names: set[str]) -> int:
    """Replace formulas that reach out by their results; text stays text. Returns how many were replaced."""
    replaced = 0
    for cell in list(sheet._cells.values()):
        if not isinstance(cell, Cell):
            continue
        formula = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
        if cell.data_type == "f" and isinstance(formula, str) and reaches_out(formula, lost_names):
            put_result(cell, read.get(cell.coordinate), formula)
            replaced += 1
        elif cell.data_type in ("s", "inlineStr") and str(cell.value).startswith(FORMULA_SIGNS):
            cell.quotePrefix = True
    return replaced


def put_result(cell: Cell, read: GridCell | None, formula: str = "") -> None:
    """Write what a cell showed, as a value: of a formula without a result its words."""
    if read is not None and read.is_error:
        cell.value, cell.data_type = read.raw, "e"
    elif read is None or read.value is None:
        put_text(cell, formula or (read.raw if read else ""))
    elif isinstance(read.value, str):
        put_text(cell, read.value)
    else:
        cell.value = read.value


def _drop_links(sheet: Worksheet) -> int:
    linked = [cell for cell in sheet._cells.values() if isinstance(cell, Cell) and cell.hyperlink]
    outward = [c for c in linked if c.hyperlink.target or _OUTSIDE.search(c.hyperlink.location or "")]
    for cell in outward:
        cell.hyperlink = None
    return len(outward)


_OUTSIDE = re.compile(r"[\[\]|\\]|//")


def _drop_rules(sheet: Worksheet) -> None:
    """Rules of colour and of what may be typed whose formulas reach out."""
    checks = sheet.data_validations.dataValidation
    checks[:] = [c for c in checks if not any(f and reaches_out(f) for f in (c.formula1, c.formula2))]
    for area in list(sheet.conditional_formatting):
        area.rules = [r for r in area.rules if not any(reaches_out(f) for f in r.formula or ())]
