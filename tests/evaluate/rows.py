"""Rows as the methods take them: one indicator, one result, one target."""

import math

import pandas as pd

from planreview.catalogue import Indicator
from planreview.evaluate.panel import never_judged

_SIGNS = {"up": 1.0, "down": -1.0}


def row(result, target, direction="up", *, upper=None, qualifier="", digits=1, baseline=math.nan, **changes):
    """One row: a result and a target in the indicator's unit; ``changes`` are columns of the indicator."""
    plain = {
        "result": result, "result_upper": math.nan, "result_qualifier": "",
        "target": target, "target_upper": math.nan if upper is None else upper, "target_qualifier": qualifier,
        "digits": digits, "baseline": baseline,
        "sign": _SIGNS.get(direction, 0.0), "is_band": direction == "band",
        "never_judged": never_judged(indicator(direction)),
        "band_low": math.nan, "band_high": math.nan, "near_band_own": math.nan, "is_rate": False,
        "is_itself_a_pace": False, "multiplicative": 0.0,
    }  # fmt: skip
    return pd.DataFrame([plain | changes])


def rows(several: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(several, ignore_index=True)


def indicator(direction="up", **changes) -> Indicator:
    """An indicator of which only the direction is told."""
    plain = {
        "code": "X", "name": "X", "unit": "%", "measure": "rate", "direction": direction, "band_low": None,
        "band_high": None, "five_year_rule": "end_value", "additive": False, "multiplicative": False,
        "limit_low": None, "limit_high": None, "digits": 1, "near_band": None, "field": "", "definition": "",
        "parent": "", "related": (), "agency": {}, "ratio": None, "change": None, "conversions": {},
    }  # fmt: skip
    return Indicator(**(plain | changes))
