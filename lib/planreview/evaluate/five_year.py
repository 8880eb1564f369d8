"""The value of a period: as published, or from its years by the indicator's five-year rule."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from planreview.catalogue import Indicator, periods, texts

_NO_NUMBER = {
    "tie": "các nguồn đưa số khác nhau",
    "contested": "số liệu bị nghi ngờ, chưa được xác nhận hay hiệu chỉnh",
}


@dataclass(frozen=True)
class Found:
    """A result or why there is none. ``figures`` are the ids of the figures used; ``reason`` is Vietnamese."""

    period: str = ""
    value: float | None = None
    upper: float | None = None
    kind: str = ""
    qualifier: str = ""
    method: str = ""
    digits: int = 0
    figures: tuple[str, ...] = ()
    reason: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it is one number: neither a range nor a bound. Nothing is reckoned from an end of these."""
        return self.value is not None and self.upper is None and self.qualifier in ("", "~")


class Results:
    """Actuals and estimates of one (provenance, area, indicator), by period; an actual goes before an estimate.

    Months so far of a year are known, but never stand for the year.
    """

    def __init__(self, figures: list[dict], indicator: Indicator) -> None:
        self._indicator = indicator
        by_kind = {kind: {f["period"]: f for f in figures if f["kind"] == kind} for kind in ("estimate", "actual")}
        known = by_kind["estimate"] | by_kind["actual"]
        self._by_period: dict[str, dict] = {p: f for p, f in known.items() if not periods.is_months(p)}
        self._months = {p: f for p, f in known.items() if periods.is_months(p) and f["value"] is not None}

    def __contains__(self, period: str) -> bool:
        return period in self._by_period

    @property
    def known_periods(self) -> list[str]:
        return sorted(self._by_period)

    def at(self, period: str) -> Found:
        """The figure of that very period; a tie or words give a reason instead of a number."""
        row = self._by_period.get(period)
        if row is None:
            return Found(period, reason=f"chưa có số liệu {periods.words(period)}{self._so_far(period)}")
        found = Found(
            period,
            row["value"],
            row["value_upper"],
            row["kind"],
            row["qualifier"],
            "as_given",
            row["digits"],
            (row["figure_id"],),
        )
        if row["value"] is None:
            why = _NO_NUMBER.get(row["selection_rule"], "số liệu không phải là số")
            reason = f"{why} ({periods.words(period)}{_ends(row)})"
            return Found(period, kind=row["kind"], figures=found.figures, reason=reason)
        return found

    def _so_far(self, period: str) -> str:
        """``; mới có số đến tháng 8 năm 2025: 8,98``: the most months that are known of a year."""
        months = [p for p in self._months if p.partition("-M")[0] == period]
        if not months:
            return ""
        last = max(months, key=periods.last_day)
        row = self._months[last]
        said = texts.target(row["value"], row["value_upper"], row["qualifier"], row["digits"])
        year, month = last.split("-M")
        return f"; mới có số đến tháng {month} năm {year}: {said}"

    def of_period(self, period: str, baseline: Found) -> Found:
        """The value of a year, or of several years: as given, else by the five-year rule from complete years.

        end_value → the last year; sum → total; average → mean; average_growth → geometric mean of growth rates, or
        (y_last / y0)^(1/n) − 1 in percent from levels (methods §0). Refuses, with the reason, where a year is missing.
        """
        first, last = periods.years(period)
        rule = self._indicator.five_year_rule
        if rule == "end_value" and str(last) in self:
            return self.at(str(last))  # an average over the years is not where they ended
        if period in self or first == last:
            return self.at(period)
        if rule in ("", "none"):
            return Found(period, reason=f"chưa có số liệu {periods.words(period)}")
        years = [self.at(str(year)) for year in range(first, last + 1)]
        if vague := [y.period for y in years if y.value is not None and not y.is_exact]:
            return Found(period, reason=f"số liệu {', '.join(vague)} chỉ biết trong một khoảng")
        if any(y.value is None for y in years):
            given = [p for p in self.known_periods if p in [y.period for y in years] or _inside(p, first, last)]
            only = f"; mới có {', '.join(periods.short(p) for p in given)}" if given else ""
            return Found(period, reason=f"chưa có số liệu {periods.words(period)}{only}")
        value = self._combine(rule, [y.value for y in years], baseline)
        if value is None:
            return Found(period, reason=f"không tính được bình quân {periods.words(period)} từ các năm")
        kind = "estimate" if any(y.kind == "estimate" for y in years) else "actual"
        digits = max(y.digits for y in years)
        used = tuple(f for y in years for f in y.figures)
        return Found(period, value, None, kind, "", rule, digits, used)

    def _combine(self, rule: str, values: list[float], baseline: Found) -> float | None:
        if rule == "sum":
            return math.fsum(values)
        if rule == "average":
            return math.fsum(values) / len(values)
        if self._indicator.measure == "growth":
            if any(v <= -100 for v in values):
                return None
            return (math.prod(1 + v / 100 for v in values) ** (1 / len(values)) - 1) * 100
        if baseline.value is None or baseline.value <= 0 or values[-1] <= 0:
            return None
        return ((values[-1] / baseline.value) ** (1 / len(values)) - 1) * 100

    def latest_before(self, period: str, after: int) -> Found:
        """The last single year before ``period`` and not before ``after`` that has a number."""
        last = periods.years(period)[1]
        years = [p for p in self._by_period if periods.is_year(p) and after <= int(p) < last]
        usable = [f for p in sorted(years) if (f := self.at(p)).value is not None]
        return usable[-1] if usable else Found(period, reason="")


def _ends(row: dict) -> str:
    """``: từ 61,8 đến 62``: between what the candidates of a tie lie."""
    if row["selection_rule"] != "tie" or row["min"] is None or row["min"] == row["max"]:
        return ""
    low, high = (format(Decimal(repr(row[end])).normalize(), "f") for end in ("min", "max"))
    digits = max(len(n.partition(".")[2]) for n in (low, high))
    return f": từ {texts.number(row['min'], digits)} đến {texts.number(row['max'], digits)}"


def _inside(period: str, first: int, last: int) -> bool:
    if periods.is_months(period):
        return False
    start, end = periods.years(period)
    return first <= start and end <= last and (start, end) != (first, last)
