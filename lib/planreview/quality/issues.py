"""An issue about an observation, and numbers as they stand in its message."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from decimal import Decimal

from planreview.catalogue import periods, texts
from planreview.catalogue.indicators import Indicator
from planreview.catalogue.texts import target

_EXAMPLES = 3
_LINE = (
    "correction_id", "action", "unit_code", "area_code", "indicator_code", "period", "kind", "plan", "round", "value",
    "expect", "reason", "who", "when",
)  # fmt: skip


def issue(row: dict, severity: str, code: str, message: str, suggestion: str) -> dict:
    """A row of the table ``issues`` at the cell of an observation."""
    place = {c: row[c] for c in ("round", "unit_code", "source_file", "sheet", "cell", "raw", "indicator_code")}
    return place | {"severity": severity, "code": code, "message_vi": message, "suggestion_vi": suggestion}


def issue_of_sheet(rows: Sequence[dict], severity: str, code: str, message: str, suggestion: str) -> dict:
    """An issue about many numbers of a sheet, with the cells of a few of them."""
    cells = "; ".join(number_at(row) for row in rows[:_EXAMPLES])
    place = {"cell": "", "raw": "", "indicator_code": ""}
    return issue(rows[0], severity, code, f"{message}, ví dụ: {cells}", suggestion) | place


def about(indicator: Indicator, row: dict) -> str:
    """``Dân số trung bình, năm 2019 (mục tiêu)``."""
    return f"{indicator.name}, {periods.words(row['period'])}{' (mục tiêu)' if row['kind'] == 'target' else ''}"


def number(row: dict) -> str:
    """The number of an observation: ``39,8``."""
    return target(row["value"], row["value_upper"], row["qualifier"], row["digits"])


def number_at(row: dict) -> str:
    """``39,8 (ô F12)``, of a published number ``39,8 [N29]``."""
    where = f"[{row['source_id']}]" if row["source_id"] else f"(ô {row['cell']})"
    return f"{number(row)} {where}"


def said(row: dict) -> str:
    """``39,8 [N29]``, ``49 [“bieu.xlsx” › S › F1]``: the number of an observation and where it stands."""
    file = row["source_file"].rpartition("/")[2]
    where = row["source_id"] or f"“{file}” › “{row['sheet']}” › {row['cell']}"
    return f"{number(row)} [{where}]"


def counted(value: float, digits: int) -> str:
    """A computed number as it is told beside typed ones."""
    return target(value, None, "", digits) if math.isfinite(value) else "một số quá lớn"


def percent(part: float, whole: float) -> str:
    """`` (+3,1%)``: a difference as a part of what it is one of; '' where that says nothing."""
    share = part / whole * 100 if whole else math.inf
    return f" ({texts.signed(share, 1)}%)" if math.isfinite(share) else ""


def correction(row: dict, action: str, reason: str, value: Decimal | None = None) -> str:
    """The line of corrections.csv that would mend a number; who and when are for the person who decides to fill in."""
    given = row | {
        "correction_id": f"{row['unit_code']}-{row['indicator_code']}-{row['period']}-{row['kind']}-{row['round']}",
        "action": action,
        "value": "" if value is None else f"{value:f}",
        "expect": row["raw"],
        "reason": reason,
        "who": "<người quyết định>",
        "when": "<ngày>",
    }
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(given[c] for c in _LINE)
    return line.getvalue()


def left_blank(row: dict) -> str:
    """What to do about a zero that may be a cell that nobody filled in."""
    mend = correction(row, "confirm", "đúng là bằng 0")
    return f"Nếu chưa có số, hãy để trống ô hoặc ghi dấu …; nếu đúng bằng 0, thêm vào corrections.csv: “{mend}”"


def rounding(row: dict) -> float:
    """Half a unit of the last digit that an observation was given with."""
    return 0.5 * 10.0 ** -row["digits"]


def significant(value: float) -> int:
    """How many digits a number has without the zeros at its ends."""
    return len(repr(abs(value)).removesuffix(".0").replace(".", "").strip("0")) if math.isfinite(value) else 0


def differ(one: dict, other: dict) -> bool:
    """Whether two observations contradict each other: further apart than the coarser one's rounding.

    A result's bound ("trên 85.000") contradicts only a number that it does not hold for; an upper and a lower bound
    always contradict each other.
    """
    if one["value"] == other["value"] and one["qualifier"] == other["qualifier"]:
        return False
    bounds = {one["qualifier"], other["qualifier"]} & {">=", "<=", ">", "<"}
    if bounds and one["kind"] != "target" and one["value"] != other["value"]:
        low, high = sorted((one, other), key=lambda o: o["value"])
        return low["qualifier"] not in (">=", ">") and high["qualifier"] not in ("<=", "<")
    if bounds & {">=", ">"} and bounds & {"<=", "<"}:
        return True
    tolerance = max(rounding(one), rounding(other))
    return abs(one["value"] - other["value"]) > tolerance * (1 + 1e-9)
