"""Numbers of the results table as parts of blocks: printed as they were given, with the cells behind them."""

from __future__ import annotations

import math

import pandas as pd

from planreview.blocks import Number, Part
from planreview.catalogue import Indicator, periods, texts
from planreview.review import Review

NONE = "–"
OTHERS = "*"


def known(value: float | None) -> bool:
    """Whether a number of a table is there."""
    return not pd.isna(value)


EXTRA_DIGITS = 2  # decimals beyond the usual that somebody may have typed
_SIGNIFICANT = 3


def shown_digits(value: float | None, digits: int, indicator: Indicator) -> int:
    """As typed, up to two decimals beyond the usual. More of them only a formula makes: then the usual ones, or as
    many as show three significant digits; no zeros at the end that only a change of unit made.
    """
    most = indicator.digits + EXTRA_DIGITS
    if value is None or digits <= indicator.digits:
        return min(digits, most)
    if digits > most:
        size = math.floor(math.log10(abs(value))) if value else _SIGNIFICANT
        return min(max(indicator.digits, _SIGNIFICANT - 1 - size), most)
    # 3.300,000 tỷ from triệu is 3.300
    kept = texts.number(value, digits).partition(",")[2].rstrip("0")
    return max(len(kept), indicator.digits)


class Numbers:
    """The numbers of one row of ``Review.results()``."""

    def __init__(self, review: Review, row: dict) -> None:
        self.review, self.row = review, row
        self.indicator: Indicator = review.catalogue.indicators[row["indicator_code"]]

    def _digits(self, figure_ids: str) -> int:
        figures = [self.review.figure_row(f) for f in figure_ids.split(";") if f]
        if len(figures) != 1:
            return self.indicator.digits
        return shown_digits(figures[0]["value"], figures[0]["digits"], self.indicator)

    def mark(self, *columns: str) -> str:
        """OTHERS behind a number in whose place the unit itself gave another one, '' behind any other."""
        ids = {i for column in columns for i in self.row[column].split(";")}
        return OTHERS if ids & self.review.not_own else ""

    def _number(self, column: str, ids: str, *, upper: str = "", qualifier: str = "", unit: bool = False) -> Part:
        row, figure_ids = self.row, self.row[ids]
        if not known(row[column]):
            if qualifier and row[qualifier] == "text":
                return Number(self.review.figure_row(figure_ids)["raw"], None, self.review.cells(figure_ids))
            return NONE
        top = row[upper] if upper and known(row[upper]) else None
        text = texts.target(row[column], top, row[qualifier] if qualifier else "", self._digits(figure_ids))
        if unit:
            text = texts.with_unit(text, self.indicator.unit)
        return Number(text, row[column], self.review.cells(figure_ids))

    def baseline(self, *, unit: bool = False) -> Part:
        return self._number("baseline", "baseline_figure", unit=unit)

    def result(self, *, unit: bool = False) -> Part:
        return self._number("result", "result_figures", upper="result_upper", qualifier="result_qualifier", unit=unit)

    def last(self, *, unit: bool = False) -> Part:
        """The value of the review's last year."""
        return self._number("last", "last_figure", unit=unit)

    def target(self, *, unit: bool = False) -> Part:
        return self._number("target", "target_figure", upper="target_upper", qualifier="target_qualifier", unit=unit)

    def next_target(self, *, unit: bool = False) -> Part:
        return self._number(
            "next_target", "next_target_figure", upper="next_target_upper", qualifier="next_target_qualifier", unit=unit
        )

    @property
    def difference_digits(self) -> int:
        return max(self._digits(self.row["result_figures"]), self._digits(self.row["target_figure"]))

    @property
    def has_deviation(self) -> bool:
        return known(self.row["deviation"])

    def deviation(self) -> Part:
        """Result minus target, signed, in the indicator's unit."""
        if not self.has_deviation:
            return NONE
        return self._derived(texts.signed(self.row["deviation"], self.difference_digits), self.row["deviation"])

    def gap_in_words(self) -> list[Part]:
        """Result against target: ``cao hơn 26 xã so với mục tiêu 23 xã``, ``bằng mục tiêu 9``."""
        gap = self.row["deviation"]
        size = texts.number(abs(gap), self.difference_digits)
        goal = self.target(unit=True)
        if not size.strip("0,."):
            return ["nằm trong khoảng mục tiêu " if known(self.row["target_upper"]) else "bằng mục tiêu ", goal]
        unit = "điểm phần trăm" if self.indicator.unit.startswith("%") else self.indicator.unit
        end = ""
        if known(self.row["target_upper"]):
            end = "mức trên của " if gap > 0 else "mức dưới của "
        rounding = " (trong sai số làm tròn)" if abs(gap) <= self.row["tolerance"] else ""
        more = self._derived(f"{'cao' if gap > 0 else 'thấp'} hơn {size} {unit}", gap)
        return [more, f" so với {end}mục tiêu ", goal, rounding]

    def _derived(self, text: str, value: float) -> Number:
        ids = ";".join(filter(None, (self.row["result_figures"], self.row["target_figure"])))
        return Number(text, value, self.review.cells(ids))

    def other_period(self) -> str:
        """`` (2018)`` behind a result that is not of the target's own period."""
        period = self.row["result_period"]
        return f" ({self.result_period()})" if period and period != self.row["target_period"] else ""

    def result_period(self) -> str:
        """``2020`` or ``2020 (ước)``, for a table."""
        return periods.short(self.row["result_period"]) + (" (ước)" if self.row["result_kind"] == "estimate" else "")

    def result_period_words(self) -> str:
        """``năm 2020`` or ``ước năm 2020``, for a sentence."""
        estimated = "ước " if self.row["result_kind"] == "estimate" else ""
        return estimated + periods.words(self.row["result_period"])

    def chart_note(self) -> str:
        """What must be said beside a bar: that it is an estimate, or of another period than the target's."""
        period = self.row["result_period"]
        other = "" if period == self.row["target_period"] else periods.short(period)
        return " ".join(filter(None, ("ước" if self.row["result_kind"] == "estimate" else "", other)))
