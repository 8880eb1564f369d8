"""The tokens of an .xlsx sheet → cells as GridCell takes them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from openpyxl.formula.translate import Translator, TranslatorError

from planreview.workbooks import messages
from planreview.workbooks.grid import Style
from planreview.workbooks.ooxml.strings import Text, unescape
from planreview.workbooks.ooxml.styles import Looks
from planreview.workbooks.ooxml.tokens import Row, column_number, xml_text
from planreview.workbooks.raw import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from planreview.workbooks.values import is_blank, moment, of_number, raw_of

_SHARED = re.compile(r'\bsi="(\d+)"')
_NUMBER = ("", "n")


class CellMaker:
    """Makes the cells of one sheet. ``hidden`` and ``hidden_columns`` are of the sheet."""

    def __init__(
        self, strings: list[Text], looks: Looks, *, date1904: bool, hidden: bool, hidden_columns: set[int], place: str
    ) -> None:
        self._strings, self._looks, self._date1904 = strings, looks, date1904
        self._hidden, self._hidden_columns, self._place = hidden, hidden_columns, place
        self._columns: dict[str, int] = {}
        self._shared: dict[str, tuple[str, str]] = {}

    def cells(self, rows: Iterable[Row], comments: dict[str, str]) -> list[tuple]:
        """All cells that hold a value, an error or a formula. Raises UnreadableFile."""
        made: list[tuple] = []
        add, columns = made.append, self._columns
        known: dict[str, tuple[str | None, Style, bool]] = {}
        for row_hidden, tokens in rows:
            hidden_row = self._hidden or row_hidden
            for letters, row_text, style_number, kind, start, formula, stored in tokens:
                if not stored and not start:
                    continue
                column, row = columns.get(letters) or self._column(letters), int(row_text)
                if row > MOST_ROWS:
                    raise messages.damaged(f"{self._place}: ô {letters}{row_text}")
                look = known.get(style_number)
                if look is None:
                    number_format, style = self._looks.of(style_number)
                    look = known[style_number] = (number_format, style, bool(moment(number_format)))
                number_format, style, is_moment = look
                hidden = hidden_row or column in self._hidden_columns
                if not is_moment and kind in _NUMBER and not start and not comments:
                    try:  # most cells of a table are plain numbers
                        value = float(stored)
                    except (ValueError, TypeError):  # TypeError: an inline string that says it is a number
                        pass
                    else:
                        if value.is_integer() and -1e15 < value < 1e15:
                            value = int(value)
                            raw = str(value)
                        else:
                            raw = repr(value)
                            if "e" in raw or "n" in raw:  # 1e-05, inf, nan
                                value = of_number(value, None)
                                raw = raw_of(value) if value is not None else stored
                        add((row, column, value, raw, hidden, False, number_format, style))
                        continue
                value, raw, text = self._value(kind, stored, number_format)
                formula, formula_at = self._formula(start, formula, letters + row_text) if start else ("", "")
                if value is None and not raw:
                    if not start:
                        continue
                    raw = _own(formula, formula_at, letters + row_text)
                comment = comments.pop(letters + row_text, "") if comments else ""
                runs = text.runs(style) if text is not None and text.pieces else ()
                add(
                    (
                        row,
                        column,
                        value,
                        raw,
                        hidden,
                        bool(start),
                        number_format,
                        style,
                        formula,
                        formula_at,
                        comment,
                        runs,
                    )
                )
            if len(made) > MOST_CELLS:
                raise messages.too_many_cells(MOST_CELLS, self._place)
        return made

    def _column(self, letters: str) -> int:
        number = self._columns[letters] = column_number(letters)
        if number > MOST_COLUMNS:
            raise messages.damaged(f"{self._place}: cột {letters}")
        return number

    def _value(self, kind: str, stored: str | Text, number_format: str | None):
        """Value, raw and the text with its fonts; value None and raw '' for nothing."""
        if isinstance(stored, Text):
            return (*_text(stored.text), stored)
        stored = xml_text(stored)
        match kind:
            case "s":
                if not stored.strip():
                    return None, "", None
                index = int(stored) if stored.strip().isdecimal() else -1
                if not 0 <= index < len(self._strings):
                    raise messages.damaged(f"{self._place}: chuỗi số {stored[:20]}")
                text = self._strings[index]
                return (*_text(text.text), text)
            case "" | "n":
                if not stored.strip():
                    return None, "", None
                try:
                    number = float(stored)
                except ValueError:
                    return (*_text(unescape(stored)), None)
                value = of_number(number, number_format, self._date1904)
                return value, stored if value is None else raw_of(value), None
            case "b":
                value = stored.strip() in ("1", "true")
                return value, raw_of(value), None
            case "e":
                return None, stored, None
            case "d":
                value = _iso(stored)
                return value, raw_of(value), None
            case _:
                return (*_text(unescape(stored)), None)

    def _formula(self, start: str, formula: str, address: str) -> tuple[str, str]:
        """The formula with "=" and where it stands in the file as it is written."""
        text = xml_text(formula)
        shared = _SHARED.search(start) if "shared" in start else None
        if shared and text:
            self._shared[shared[1]] = (f"={text}", address)
        if shared:
            return self._shared.get(shared[1], ("", ""))
        return (f"={text}" if text else ""), ""


def _text(text: str) -> tuple[str | None, str]:
    return (None, "") if is_blank(text) else (text, text)


def _own(formula: str, formula_at: str, address: str) -> str:
    """What stands for a formula that has no result."""
    if not formula or not formula_at or formula_at == address:
        return formula or "="
    try:
        return Translator(formula, origin=formula_at).translate_formula(address)
    except TranslatorError:
        return formula


def _iso(text: str) -> dt.date | dt.datetime | dt.time | str:
    """A day as ISO 8601 writes it, the text where it is none."""
    for kind in (dt.date, dt.datetime, dt.time):
        try:
            return kind.fromisoformat(text.removesuffix("Z"))
        except ValueError:
            continue
    return text
