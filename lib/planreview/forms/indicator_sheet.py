"""The sheet of Appendix I or II: indicators down, years across."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from planreview.catalogue import Cycle, Round, Unit
from planreview.forms.checks import add_checks, number_format, show_all_decimals
from planreview.forms.columns import DERIVED, VALUE, WORDS, FormColumn
from planreview.forms.formulas import five_year_formula
from planreview.forms.letterhead import write_head, write_signatures
from planreview.forms.outline import Line
from planreview.forms.prefill import Prefill, key_of
from planreview.forms.styles import (
    GREY,
    HEAD,
    PREFILLED,
    TEXT,
    Look,
    grow_from,
    height,
    protect,
    put,
    set_page,
    set_widths,
)

_LOOKS = {
    "ordinal": Look(across="center", fill=GREY),
    "code": Look(across="center", size=8, colour="595959", fill=GREY),
    "label": Look(fill=GREY),
    "unit": Look(across="center", size=11, fill=GREY),
    VALUE: Look(across="right", open=True),
    DERIVED: Look(across="right", fill=GREY, number_format="#,##0.0"),
    WORDS: Look(open=True, size=11, number_format=TEXT, down="top"),
}
_HEADER = Look(across="center", size=11, bold=True, fill=HEAD)
_LOWEST = 18  # points
_SIGNERS = 7  # columns that the head of the unit's signature stands over


def write_indicator_sheet(
    sheet: Worksheet,
    form: str,
    unit: Unit,
    round_: Round,
    cycle: Cycle,
    *,
    columns: list[FormColumn],
    lines: list[Line],
    prefill: Prefill,
) -> None:
    """Write the whole sheet: head, header, lines, signatures, checks, page and protection."""
    set_widths(sheet, [column.width for column in columns])
    header = write_head(sheet, len(columns), form, unit, round_, cycle, prefill.mark)
    for number, column in enumerate(columns, 1):
        put(sheet, header, number, column.heading, _HEADER)
    sheet.row_dimensions[header].height = 48
    rows = {}
    for row, line in enumerate(lines, header + 1):
        _write_line(sheet, row, line, columns, prefill)
        if line.indicator and not line.is_heading:
            rows[row] = line.indicator
    end = header + len(lines)
    write_signatures(sheet, end + 2, (1, 4), (len(columns) - _SIGNERS + 1, len(columns)))
    by_kind = _letters(columns)
    results, targets = by_kind["actual"] + by_kind["estimate"], by_kind["target"]
    add_checks(sheet, rows, results, targets)
    show_all_decimals(sheet, rows, [*results, *targets])
    sheet.freeze_panes = sheet.cell(header + 1, _first(columns, "unit") + 1)
    set_page(sheet, header_rows=(header, header))
    sheet.print_area = f"A1:{get_column_letter(len(columns))}{end + 6}"
    protect(sheet)


def _letters(columns: list[FormColumn]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {"actual": [], "estimate": [], "target": []}
    for number, column in enumerate(columns, 1):
        if column.role == VALUE:
            found[column.says.kind].append(get_column_letter(number))
    return found


def _first(columns: list[FormColumn], role: str) -> int:
    return next(n for n, column in enumerate(columns, 1) if column.role == role)


def _write_line(sheet: Worksheet, row: int, line: Line, columns: list[FormColumn], prefill: Prefill) -> None:
    indicator = line.indicator
    known = prefill.of(indicator) if indicator else {}
    texts = {
        "ordinal": int(line.ordinal) if line.ordinal.isdigit() else line.ordinal,
        "code": indicator.code if indicator else None,
        "label": line.label,
        "unit": indicator.unit or None if indicator else None,
    }
    needed = [_LOWEST]
    for number, column in enumerate(columns, 1):
        look = _LOOKS[column.role]
        if line.is_heading:
            look = _changed(look, bold=True, fill=GREY, open=column.role == WORDS and indicator is not None)
        value = texts.get(column.role)
        if column.role == "label":
            look = _changed(look, indent=max(0, line.level - 2))
        elif column.role == VALUE and not line.is_heading:
            value = known.get(key_of(column.says))
            look = _changed(look, number_format=number_format(indicator))
            if value is not None:
                look = _changed(look, colour=PREFILLED, italic=True)
        elif column.role == DERIVED and not line.is_heading:
            value = _formula(row, line, columns) or None
        elif column.heading == columns[-1].heading and known:
            value, look = prefill.note, _changed(look, colour=PREFILLED, italic=True)
        put(sheet, row, number, value, look)
        if isinstance(value, str) and column.role != DERIVED:
            needed.append(height(value, column.width - 2 * look.indent, look.size))
    grow_from(sheet, row, max(needed))


def _changed(look: Look, **changes) -> Look:
    return Look(**(vars(look) | changes))


def _formula(row: int, line: Line, columns: list[FormColumn]) -> str:
    """BQGĐ of a line, from the baseline's and the review years' cells."""
    results = [
        f"{get_column_letter(n)}{row}"
        for n, c in enumerate(columns, 1)
        if c.role == VALUE and c.says.kind in ("actual", "estimate")
    ]
    return five_year_formula(line.indicator, results[0], results[1:])
