"""Text with separators (.csv, .tsv, .txt), also where it is called .xls. Cells stay text, numbers too."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from planreview.workbooks import messages
from planreview.workbooks.encodings import decoded
from planreview.workbooks.grid import Note
from planreview.workbooks.raw import MOST_CELLS, MOST_COLUMNS, RawBook, RawSheet
from planreview.workbooks.values import is_blank

_SEPARATORS = "\t;,|"
_SAMPLE = 200  # lines
_MOST_FIELD = 1024 * 1024
_ERROR = re.compile(r"#(REF!|DIV/0!|VALUE!|N/A|NAME\?|NUM!|NULL!)")


def read_delimited(content: bytes) -> RawBook:
    """One sheet named after the kind. Raises UnreadableFile for what is no text, or text without columns."""
    found = decoded(content)
    if found is None:
        raise messages.damaged("không phải dạng bảng tính nào đã biết")
    text, encoding = found
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    said = re.fullmatch(r'"?sep=(.)"?', first.strip(), re.I)
    separator = said[1] if said else _separator(text)
    lines = _rows(rest if said else text, separator)
    rows = [line for line in lines if not all(is_blank(field) for field in line)]
    if sum(len([f for f in row if not is_blank(f)]) > 1 for row in rows) < 2:
        raise messages.no_columns()
    book = RawBook("csv")
    sheet = RawSheet("CSV")
    start = 2 if said else 1
    for r, line in enumerate(lines, start=start):
        for c, field in enumerate(line[:MOST_COLUMNS], start=1):
            if not is_blank(field):
                error = _ERROR.fullmatch(field.strip())
                sheet.cells.append((r, c, None if error else field, field.strip() if error else field))
        if len(sheet.cells) > MOST_CELLS:
            raise messages.too_many_cells(MOST_CELLS, sheet.name)
    if encoding == "cp1252" and not content.isascii():
        note = "Tệp chữ không dùng bảng mã Unicode; chữ có dấu có thể bị đọc sai"
        book.notes.append(
            Note("read.encoding", note, "Hãy so với tệp gốc, hoặc lưu lại dạng .xlsx", sheet.name, "warning")
        )
    book.sheets.append(sheet)
    return book


def _rows(text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(_MOST_FIELD)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator, strict=False))
    except csv.Error as problem:
        raise messages.damaged(f"CSV: {problem}") from None


def _separator(text: str) -> str:
    """The one that cuts most lines into the same number of fields, more than one."""
    sample = "\n".join(text.split("\n", _SAMPLE)[:_SAMPLE])
    best, separator = (0.0, 0), ","
    for candidate in _SEPARATORS:
        if candidate not in sample:
            continue
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=candidate) if row)
        except csv.Error:
            continue
        columns, lines = max(widths.items(), key=lambda item: (item[0] > 1, item[1], item[0]))
        if columns > 1:
            score = (round(lines / sum(widths.values()), 2), columns)
            best, separator = max((best, separator), (score, candidate), key=lambda found: found[0])
    return separator
