"""The formula under "BQGĐ": what the years of the review period come to, shown only when they are all there."""

from __future__ import annotations

from planreview.catalogue import Indicator


def five_year_formula(indicator: Indicator, baseline: str, years: list[str]) -> str:
    """An Excel formula by the indicator's five-year rule, '' where the period has no value of its own.

    ``baseline`` and ``years`` are cell addresses. A sum, a mean, the geometric mean of growth rates, and of a level
    that can be multiplied its average yearly growth in percent. None ever shows an error.
    """
    n, span = len(years), f"{years[0]}:{years[-1]}"
    rule = indicator.five_year_rule
    if rule == "sum":
        return f'=IF(COUNT({span})={n},SUM({span}),"")'
    if rule == "average":
        return f'=IF(COUNT({span})={n},AVERAGE({span}),"")'
    if rule == "average_growth" and indicator.measure == "growth":
        factors = "*".join(f"(1+{year}/100)" for year in years)
        return f'=IF(COUNT({span})={n},IFERROR((({factors})^(1/{n})-1)*100,""),"")'
    if rule == "average_growth" or (indicator.measure == "level" and indicator.multiplicative):
        return f'=IF(COUNT({baseline},{years[-1]})=2,IFERROR((({years[-1]}/{baseline})^(1/{n})-1)*100,""),"")'
    return ""
