"""One submission as ``feedback`` sees it, and how cells of its two sheets are written."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from planreview.catalogue import Round, Unit, texts
from planreview.catalogue.rounds import VIETNAM
from planreview.forms.letterhead import when, whose
from planreview.forms.styles import FONT, Look, across, put
from planreview.intake.returned import FILE_LINE
from planreview.workbooks.lists import put_text

_LINK = "0563C1"
BODY = Look(size=11, down="top")
MIDDLE = Look(size=11, down="top", across="center")
ANSWER = Look(size=11, down="top", open=True, number_format="@")


@dataclass(frozen=True)
class Letter:
    """A submission of ``unit`` in ``round``: its register row, what was read of it and what there is to say.

    issues carry ``answer`` and ``said``, the unit's earlier answer; ``hidden_cells`` are (sheet, cell) out of sight.
    """

    unit: Unit
    round: Round
    register: Mapping[str, object]
    issues: Sequence[Mapping] = ()
    observations: Sequence[Mapping] = ()
    fates: Mapping[str, int] = field(default_factory=dict)
    hidden_cells: frozenset[tuple[str, str]] = frozenset()

    @property
    def simulated(self) -> bool:
        return self.register["provenance"] == "simulated"

    @property
    def received(self) -> dt.datetime | None:
        moment = self.register["received_at"]
        return dt.datetime.fromisoformat(moment).astimezone(VIETNAM) if isinstance(moment, str) else None


def write_head(sheet: Worksheet, width: int, title: str, letter: Letter, lines: Sequence[str]) -> int:
    """Title, whose file, which file, then ``lines``, over ``width`` columns. Gives the next free row."""
    received = letter.received
    arrived = f"Nhận lúc {received:%H:%M} ngày {texts.date(received)}" if received else "Không rõ thời điểm nhận"
    plain = Look(bordered=False, size=11)
    rows = [
        (title, Look(across="center", bordered=False, bold=True, size=14)),
        (whose(letter.unit), Look(across="center", bordered=False, bold=True, size=12)),
        (when(letter.round), Look(across="center", bordered=False, size=12)),
        *(
            [("SỐ LIỆU MÔ PHỎNG", Look(across="center", bordered=False, bold=True, size=12))]
            if letter.simulated
            else []
        ),
        (f"{FILE_LINE} {letter.register['source_file']}", plain),
        (f"{arrived}; mã kiểm tra của tệp (SHA-256): {letter.register['sha256']}", plain),
        *((line, plain) for line in lines),
    ]
    for number, (text, look) in enumerate(rows, 1):
        put_text(across(sheet, number, 1, width, text, look), text)
    return len(rows) + 2


class Pen:
    """Writes the cells of a sheet. What looks alike shares one style, for making a style takes longer than a cell."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._styles: dict[tuple[Look, bool], StyleArray] = {}

    def write(self, row: int, column: int, value: str | int | None, look: Look, *, link: str = "") -> Cell:
        """A cell whose words never become a formula. ``link`` is the place in this workbook that it leads to."""
        style = (look, bool(link))
        if style in self._styles:
            cell = self._sheet.cell(row, column)
            cell._style = copy.copy(self._styles[style])
        else:
            cell = put(self._sheet, row, column, None, look)
            if link:
                cell.font = Font(name=FONT, size=look.size, color=_LINK, underline="single")
            self._styles[style] = copy.copy(cell._style)
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
        if link:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=link)
            cell._style = copy.copy(self._styles[style])  # openpyxl gives it another
        return cell


def place_of(sheet: str, address: str) -> str:
    """A cell as a link within the workbook names it."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{address}"
