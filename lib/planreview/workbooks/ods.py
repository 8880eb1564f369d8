"""OpenDocument spreadsheets, packed (.ods) or as one XML file (.fods)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from planreview.workbooks import messages, xml
from planreview.workbooks.grid import PLAIN
from planreview.workbooks.ods_styles import Styles
from planreview.workbooks.package import Package
from planreview.workbooks.raw import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, RawBook, RawSheet
from planreview.workbooks.values import MAC_EPOCH, is_blank, of_number, raw_of
from planreview.workbooks.xml import Element, attribute, local

_NUMBERS = ("float", "percentage", "currency")
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
_ERROR = re.compile(r"#[A-Z/0!?]+!?|Err:\d+")
_GROUPS = ("table-row-group", "table-header-rows", "table-rows")
_COLUMN_GROUPS = ("table-column-group", "table-header-columns", "table-columns")


def read_ods(package: Package) -> RawBook:
    """All sheets of an .ods. Raises UnreadableFile."""
    if b"manifest:encryption-data" in (package.read_if_there("META-INF/manifest.xml") or b""):
        raise messages.password()
    content = xml.parse(package.read("content.xml"), "content.xml")
    other = package.read_if_there("styles.xml")
    styles = Styles([xml.parse(other, "styles.xml")] if other else [], content)
    meta = package.read_if_there("meta.xml")
    return _book(content, styles, xml.parse(meta, "meta.xml") if meta else None)


def read_fods(content: bytes) -> RawBook:
    """All sheets of a .fods. Raises UnreadableFile."""
    root = xml.parse(content, "fods")
    return _book(root, Styles([], root), root)


def _book(content: Element, styles: Styles, meta: Element | None) -> RawBook:
    book = RawBook("ods")
    if meta is not None:
        for element in meta.iter("{*}user-defined"):
            book.properties[attribute(element, "name")] = "".join(element.itertext()).strip()
    spreadsheet = next(content.iter("{*}spreadsheet"), None)
    if spreadsheet is None:
        raise messages.damaged("content.xml")
    for table in spreadsheet:
        if local(table) == "table":
            book.sheets.append(_Table(table, styles).sheet())
            book.check_size()
    return book


@dataclass
class _Table:
    table: Element
    styles: Styles

    def sheet(self) -> RawSheet:
        hidden = not self.styles.shows(attribute(self.table, "style-name"))
        self._sheet = RawSheet(attribute(self.table, "name"), hidden)
        self._hidden_columns, self._column_styles = [], []
        self._row = self._columns = 0
        self._take_columns(self.table)
        self._take_rows(self.table, hidden)
        return self._sheet

    def _take_columns(self, parent: Element) -> None:
        for element in parent:
            if local(element) in _COLUMN_GROUPS:
                self._take_columns(element)
            elif local(element) == "table-column":
                first = self._columns + 1
                self._columns = min(self._columns + _count(element, "number-columns-repeated"), MOST_COLUMNS)
                style = attribute(element, "style-name")
                if attribute(element, "visibility", "visible") != "visible" or self.styles.is_flat(style):
                    self._hidden_columns.append(range(first, self._columns + 1))
                if default := attribute(element, "default-cell-style-name"):
                    self._column_styles.append((range(first, self._columns + 1), default))

    def _take_rows(self, parent: Element, hidden: bool) -> None:
        for element in parent:
            if local(element) in _GROUPS:
                self._take_rows(element, hidden)
            elif local(element) == "table-row":
                flat = self.styles.is_flat(attribute(element, "style-name"))
                self._take_row(element, hidden or flat or attribute(element, "visibility", "visible") != "visible")

    def _take_row(self, element: Element, hidden: bool) -> None:
        times = _count(element, "number-rows-repeated")
        cells, column = [], 1
        for cell in element:
            if local(cell) not in ("table-cell", "covered-table-cell"):
                continue
            repeated = _count(cell, "number-columns-repeated")
            self._take_merge(cell, column)
            # what a merge covers is kept here and left out where all kinds of files are: in raw
            if found := self._cell(cell, column):
                if repeated * times + len(self._sheet.cells) > MOST_CELLS or column + repeated - 1 > MOST_COLUMNS:
                    raise messages.too_many_cells(MOST_CELLS, self._sheet.name)
                cells += [(column + n, found) for n in range(repeated)]
            column += repeated
        if cells:
            if len(cells) * times + len(self._sheet.cells) > MOST_CELLS or self._row + times > MOST_ROWS:
                raise messages.too_many_cells(MOST_CELLS, self._sheet.name)
            for n in range(1, times + 1):
                for column, (value, raw, *rest) in cells:
                    unseen = hidden or any(column in columns for columns in self._hidden_columns)
                    self._sheet.cells.append((self._row + n, column, value, raw, unseen, *rest))
        self._row += times

    def _take_merge(self, cell: Element, column: int) -> None:
        rows, columns = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if rows > 1 or columns > 1:
            top = self._row + 1
            bottom, right = min(top + rows - 1, MOST_ROWS), min(column + columns - 1, MOST_COLUMNS)
            self._sheet.merges.append((top, column, bottom, right))

    def _cell(self, cell: Element, column: int):
        """Value, raw, whether a formula, format, style, formula, '', comment and runs; None for an empty cell."""
        formula, kind = attribute(cell, "formula"), attribute(cell, "value-type")
        if not formula and not kind and not len(cell):
            return None
        name = attribute(cell, "style-name") or next((s for r, s in self._column_styles if column in r), "")
        number_format, style = self.styles.cell(name)
        words = "\n".join(_words(p) for p in cell if local(p) == "p")
        value, raw = self._value(cell, kind, words, number_format)
        if formula:
            formula = "=" + formula.removeprefix("of:").removeprefix("oooc:").removeprefix("msoxl:").removeprefix("=")
            if _ERROR.fullmatch(words) or "error" in cell.attrib.values():
                value, raw = None, words or formula
        if value is None and not raw:
            if not formula:
                return None
            raw = formula
        if kind == "percentage" and "%" not in (number_format or ""):
            number_format = "0%"
        notes = (e for e in cell if local(e) == "annotation")
        comment = "\n".join(_words(p) for note in notes for p in note if local(p) == "p")
        return value, raw, bool(formula), number_format, style or PLAIN, formula, "", comment, ()

    def _value(self, cell: Element, kind: str, words: str, number_format: str | None):
        if kind in _NUMBERS:
            stored = attribute(cell, "value")
            try:
                value = of_number(float(stored), None)
            except ValueError:
                value = None
            return (value, raw_of(value)) if value is not None else (None, stored or words)
        if kind == "date":
            return _day(attribute(cell, "date-value") or words)
        if kind == "time":
            return _time(attribute(cell, "time-value") or words)
        if kind == "boolean":
            value = attribute(cell, "boolean-value") == "true"
            return value, raw_of(value)
        text = attribute(cell, "string-value") or words
        return (None, "") if is_blank(text) else (text, text)


def _day(text: str):
    try:
        value = dt.datetime.fromisoformat(text)
    except ValueError:
        return text, text
    shown = value.date() if "T" not in text or value.time() == dt.time() else value
    return shown, str(shown)


def _time(text: str):
    found = _DURATION.fullmatch(text)
    if not found:
        return text, text
    days, hours, minutes = (int(found[n] or 0) for n in (2, 3, 4))
    if max(days, hours, minutes) > 10**7:
        return text, text
    span = dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=float(found[5] or 0))
    if found[1] or span >= dt.timedelta(days=1):
        return -span if found[1] else span, str(span)
    value = (MAC_EPOCH + span).time()
    return value, str(value)


def _words(paragraph: Element) -> str:
    """The text of a paragraph, with its tabs, breaks and runs of blanks."""
    said = [paragraph.text or ""]
    for element in paragraph:
        match local(element):
            case "s":
                said.append(" " * min(_count(element, "c"), 1000))
            case "tab":
                said.append("\t")
            case "line-break":
                said.append("\n")
            case "annotation" | "":
                pass
            case _:
                said.append(_words(element))
        said.append(element.tail or "")
    return "".join(said)


def _count(element: Element, name: str) -> int:
    text = attribute(element, name, "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 10 else 1
