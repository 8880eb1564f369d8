"""A cell of a sheet with its looks, whatever file it came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from planreview.workbooks.column_names import column_letters
from planreview.workbooks.moving import moved

Value = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta


@dataclass(frozen=True, slots=True)
class Style:
    """How cells look; one object for all cells that look the same.

    font:   its name as the file says ('.VnTime' tells that text is not Unicode), '' where not known.
    struck: crossed out. raised: superscript, as footnote marks are.
    """

    font: str = ""
    bold: bool = False
    italic: bool = False
    struck: bool = False
    raised: bool = False
    indent: int = 0
    centred: bool = False


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text cell that is written in its own font."""

    text: str
    style: Style = PLAIN


# Not frozen, for a frozen one takes five times as long to make and there are tens of thousands; nobody changes a cell.
@dataclass(slots=True, unsafe_hash=True)
class GridCell:
    """One non-empty cell. ``row`` and ``column`` count from 1.

    value:         what the cell holds (a formula's cached result); None for an error or a formula without a result.
    raw:           the text as typed: of a number its shortest decimal, of an error its code, of a bare formula itself.
    hidden:        in a hidden sheet, row or column (one without height or width is hidden too).
    number_format: the format code in Excel's notation, None where the file's reader gives none (not known).
    formula:       its text with "=", '' where the file's reader gives none; of a formula stored once for many cells
                   that of the first, which stands at ``formula_at``. See ``own_formula``.
    comment:       the words of the note on the cell.
    runs:          the pieces of a text that is written in several fonts, else empty; their texts joined are the value.
    """

    row: int
    column: int
    value: Value | None
    raw: str
    hidden: bool = False
    is_formula: bool = False
    number_format: str | None = None
    style: Style = PLAIN
    formula: str = ""
    formula_at: str = ""
    comment: str = ""
    runs: tuple[Run, ...] = ()

    @property
    def address(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """The words of a text cell, '' for any other."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def is_number(self) -> bool:
        kind = type(self.value)
        return kind is int or kind is float

    @property
    def is_error(self) -> bool:
        """Whether the cell shows an error such as #REF!, which then is its ``raw``."""
        return self.value is None and self.raw.startswith("#")

    @property
    def own_formula(self) -> str:
        """The formula as it stands in this very cell, '' where it is not known."""
        if not self.formula_at or self.formula_at == self.address:
            return self.formula
        return moved(self.formula, self.formula_at, self.address)


@dataclass(frozen=True)
class Note:
    """What a reader of the values should know of the file, in Vietnamese. ``code`` is stable and of the family read.

    severity: warning where values may be misread for it, else info.
    """

    code: str
    message: str
    remedy: str = ""
    sheet: str = ""
    severity: str = "info"
