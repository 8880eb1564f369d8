""".xls of every age (BIFF2 to BIFF8), by xlrd: it alone tells number formats, fonts and what is hidden."""

from __future__ import annotations

import io
import struct
from functools import cache

import olefile
import xlrd
from xlrd.sheet import Sheet as XlrdSheet

from planreview.workbooks import messages
from planreview.workbooks.grid import PLAIN, Run, Style
from planreview.workbooks.raw import RawBook, RawSheet
from planreview.workbooks.values import BUILT_IN, is_blank, of_number, raw_of

_STREAMS = ("workbook", "book")
_FORMULA, _BEGIN, _END = 0x06, 0x09, 0x0A  # low byte of a record's type; the high one is the version of BIFF
_VERSIONS = (0, 2, 4, 8)
_SUPERSCRIPT, _CENTRED = 1, (2, 6)
_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR, _BLANK = range(7)


def book_stream(content: bytes) -> bytes:
    """The stream of records inside an OLE file. Raises UnreadableFile where it is damaged, cut off or holds none."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            names = ["/".join(path) for path in ole.listdir()]
            found = [name for wanted in _STREAMS for name in names if name.lower() == wanted]
            if not found:
                raise messages.not_a_table(_what_else({name.lower() for name in names}))
            stream = ole.openstream(found[0]).read()
            if len(stream) < ole.get_size(found[0]) or any(_is_cut(said) for _, said in ole.parsing_issues):
                raise messages.truncated()
            return stream
    except (OSError, IndexError, ValueError, struct.error, OverflowError) as problem:
        if _is_cut(str(problem)):
            raise messages.truncated() from None
        raise messages.damaged(str(problem)) from None


def _is_cut(said: str) -> bool:
    return "incomplete" in said or "beyond" in said


def _what_else(names: set[str]) -> str:
    if "worddocument" in names:
        return "văn bản Word"
    if "powerpoint document" in names:
        return "bản trình chiếu PowerPoint"
    return "tệp khác của Office"


def read_xls(records: bytes) -> RawBook:
    """All worksheets of a stream of BIFF records. Raises UnreadableFile."""
    source = _open(records)
    book = RawBook("xls", date1904=source.datemode == 1)
    looks = _looks(source)
    for number, sheet in enumerate(source.sheets()):
        formulas = _formulas(records, source._sh_abs_posn or [0], number)
        book.sheets.append(_sheet(sheet, formulas, looks, book.date1904))
        book.check_size()
    return book


def _open(records: bytes) -> xlrd.Book:
    options = {"file_contents": records, "logfile": io.StringIO(), "ragged_rows": True, "formatting_info": True}
    try:
        try:
            return xlrd.open_workbook(**options)
        except (UnicodeDecodeError, LookupError):  # text of bytes, and no word or a wrong one of which alphabet
            return xlrd.open_workbook(**options, encoding_override="cp1252")
    except MemoryError:
        raise
    except xlrd.XLRDError as problem:
        if "encrypted" in str(problem).lower():
            raise messages.password() from None
        raise messages.damaged(str(problem)) from None
    except Exception as problem:  # of bytes that are not what they should be xlrd raises anything
        raise messages.damaged(f"{type(problem).__name__}: {problem}") from None


def _looks(book: xlrd.Book):
    """Number format and style by the number of an extended format."""

    @cache
    def font(number: int) -> Style:
        if not 0 <= number < len(book.font_list):
            return PLAIN
        found = book.font_list[number]
        bold = bool(found.bold) or found.weight >= 600
        raised = found.escapement == _SUPERSCRIPT
        return Style(found.name, bold, bool(found.italic), bool(found.struck_out), raised)

    @cache
    def look(number: int | None) -> tuple[str | None, Style]:
        if number is None or not 0 <= number < len(book.xf_list):
            return None, PLAIN
        xf = book.xf_list[number]
        known = book.format_map.get(xf.format_key)
        number_format = known.format_str if known is not None else BUILT_IN.get(xf.format_key)
        if number_format and number_format.lower() == "general":
            number_format = "General"
        style, alignment = font(xf.font_index), getattr(xf, "alignment", None)
        indent = getattr(alignment, "indent_level", 0) or 0
        centred = getattr(alignment, "hor_align", 0) in _CENTRED
        if indent or centred:
            style = Style(style.font, style.bold, style.italic, style.struck, style.raised, indent, centred)
        return number_format, style

    look.font = font
    return look


def _sheet(source: XlrdSheet, formulas: set[tuple[int, int]], looks, date1904: bool) -> RawSheet:
    hidden_sheet = bool(source.visibility)
    sheet = RawSheet(source.name, hidden_sheet)
    hidden_rows = {r for r, info in source.rowinfo_map.items() if info.hidden or info.height == 0}
    hidden_columns = {c for c, info in source.colinfo_map.items() if info.hidden or info.width == 0}
    for r in range(source.nrows):
        types, values = source.row_types(r), source.row_values(r)
        for c, kind in enumerate(types):
            is_formula = (r, c) in formulas
            if kind in (_EMPTY, _BLANK) and not is_formula:
                continue
            number_format, style = looks(source.cell_xf_index(r, c))
            value, raw = _value(kind, values[c], number_format, date1904)
            if not raw:
                if not is_formula:
                    continue
                raw = "="
            note = source.cell_note_map.get((r, c))
            sheet.cells.append((
                r + 1,
                c + 1,
                value,
                raw,
                hidden_sheet or r in hidden_rows or c in hidden_columns,
                is_formula,
                number_format,
                style,
                "",
                "",
                note.text if note is not None else "",
                _runs(source, r, c, value, style, looks),
            ))  # fmt: skip
    sheet.merges = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in source.merged_cells]
    return sheet


def _value(kind: int, stored, number_format: str | None, date1904: bool):
    """Value and raw; None and '' for nothing."""
    if kind == _TEXT:
        return (None, "") if is_blank(stored) else (stored, stored)
    if kind in (_NUMBER, _DATE):
        value = of_number(stored, number_format, date1904)
        return value, str(stored) if value is None else raw_of(value)
    if kind == _BOOLEAN:
        return bool(stored), raw_of(bool(stored))
    if kind == _ERROR:
        return None, xlrd.error_text_from_code.get(stored, "#N/A")
    return None, ""


def _runs(source: XlrdSheet, row: int, column: int, value, style: Style, looks) -> tuple[Run, ...]:
    starts = source.rich_text_runlist_map.get((row, column))
    if not starts or not isinstance(value, str):
        return ()
    pieces, at, look = [], 0, style
    for start, font in [*starts, (len(value), 0)]:
        if value[at:start]:
            pieces.append(Run(value[at:start], look))
        at, look = max(at, start), looks.font(font)
    return tuple(pieces)


def _formulas(records: bytes, starts: list[int], number: int) -> set[tuple[int, int]]:
    """Where formulas stand (row and column from 0): xlrd gives their results and does not say that they are."""
    found, depth = set(), 0
    at = starts[number] if number < len(starts) else 0
    while at + 4 <= len(records):
        kind, size = struct.unpack_from("<HH", records, at)
        if kind & 0xFF == _BEGIN and kind >> 8 in _VERSIONS:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                break
        elif kind & 0xFF == _FORMULA and kind >> 8 in _VERSIONS and depth == 1 and size >= 4 and at + 8 <= len(records):
            found.add(struct.unpack_from("<HH", records, at + 4))
        at += 4 + size
    return found
