"""What is known of an indicator's numbers before they are seen: checks.csv, one line each, blank where nothing is."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

from planreview.catalogue.reference import read_csv
from planreview.errors import ReferenceDataError

GROWTH, FALL = "growth", "fall"
_COLUMNS = "code parts yearly_change usual_low usual_high yearly_jump tells_size"
_NUMBERS = ("usual_low", "usual_high", "yearly_jump")


@dataclass(frozen=True)
class Expectation:
    """``parts``: indicators that together make up this one, none left out. ``change``: (GROWTH, code) where this
    states by how many per cent another grew in a year, (FALL, code) by how much it fell. ``low`` to ``high``: where
    its numbers usually lie, in its unit; ``jump``: how far a year usually is from the one before, in per cent of it
    (of a percentage in points). None where nothing is known."""

    parts: tuple[str, ...] = ()
    change: tuple[str, str] | None = None
    low: float | None = None
    high: float | None = None
    jump: float | None = None
    tells_size: bool = False


NOTHING = Expectation()


def load_expectations(path: Path, indicators: Container[str]) -> Mapping[str, Expectation]:
    """Expectations by code; none where there is no file. Raises ReferenceDataError for a slip in it."""
    table = read_csv(path, _COLUMNS, key="code", optional=True)
    return {row["code"]: _expectation(row, path, indicators) for row in table.to_dict("records")}


def _expectation(row: dict[str, str], path: Path, indicators: Container[str]) -> Expectation:
    def slip(what: str) -> ReferenceDataError:
        return ReferenceDataError(f"Chỉ tiêu {row['code']}: {what}", place=str(path))

    parts, change = tuple(row["parts"].split()), tuple(row["yearly_change"].split())
    if change and (len(change) != 2 or change[0] not in (GROWTH, FALL)):
        raise slip(f"cột yearly_change phải viết như {GROWTH} MÃ hoặc {FALL} MÃ (đang ghi “{row['yearly_change']}”)")
    if unknown := [c for c in (row["code"], *parts, *change[1:]) if c not in indicators]:
        raise slip(f"trỏ tới mã không có: {', '.join(unknown)}")
    numbers: dict[str, float | None] = {}
    for column in _NUMBERS:
        try:
            numbers[column] = float(row[column]) if row[column] else None
        except ValueError:
            raise slip(f"cột {column} không phải số viết bằng dấu chấm thập phân (đang ghi “{row[column]}”)") from None
    low, high, jump = numbers.values()
    if low is not None and high is not None and low >= high:
        raise slip("cột usual_low phải nhỏ hơn usual_high")
    if jump is not None and jump <= 0:
        raise slip("cột yearly_jump phải lớn hơn 0")
    if row["tells_size"] not in ("", "yes"):
        raise slip(f"cột tells_size chỉ nhận yes hoặc để trống (đang ghi “{row['tells_size']}”)")
    return Expectation(parts, change or None, low, high, jump, row["tells_size"] == "yes")
