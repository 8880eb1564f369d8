"""The value of a period: as published, or from its years by the indicator's five-year rule (methods §0)."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from planreview.catalogue import periods, texts
from planreview.evaluate.panel import Panel

_NO_NUMBER = {
    "tie": "các nguồn đưa số khác nhau",
    "contested": "số liệu bị nghi ngờ, chưa được xác nhận hay hiệu chỉnh",
}
AS_GIVEN = "as_given"
COLUMNS = ("period", "value", "upper", "kind", "qualifier", "method", "digits", "figures", "exact", "reason")
_TEXTS = ("period", "kind", "qualifier", "method", "figures", "reason")


def at(panel: Panel, period: str) -> pd.DataFrame:
    """The number of that very period, one row per group.

    Columns: period, value, upper (float, the indicator's unit), kind, qualifier, method (``as_given``), digits,
    figures (ids joined by ``;``, '' where there is none), exact (bool: neither a range nor a bound), reason
    (Vietnamese: why there is no number, '' where there is one).
    """
    place = panel.place(period)
    found = _at_places(panel, place, pd.Categorical.from_codes(np.zeros(len(panel), np.int8), [period]))
    given, value = place >= 0, found["value"].to_numpy()
    reasons = np.full(len(panel), "", dtype=object)
    reasons[~given] = f"chưa có số liệu {periods.words(period)}"
    for group, so_far in _so_far(panel, period):
        if not given[group]:
            reasons[group] += so_far
    unsettled = np.flatnonzero(given & np.isnan(value))
    for group, row in zip(unsettled, panel.numbers.iloc[place[unsettled]].to_dict("records"), strict=True):
        why = _NO_NUMBER.get(row["selection_rule"], "số liệu không phải là số")
        reasons[group] = f"{why} ({periods.words(period)}{_ends(row)})"
    return found.assign(reason=pd.Categorical(reasons))


def _at_places(panel: Panel, place: np.ndarray, period: pd.Categorical) -> pd.DataFrame:
    """Columns of ``at`` for numbers at places, reason empty."""
    given = place >= 0
    return pd.DataFrame(
        {
            "period": period,
            "value": panel.column("value", place),
            "upper": panel.column("value_upper", place),
            "kind": _text(panel.column("kind", place)),
            "qualifier": _text(panel.column("qualifier", place)),
            "method": pd.Categorical.from_codes(given.astype(np.int8), ["", AS_GIVEN]),
            "digits": np.where(given, np.nan_to_num(panel.column("digits", place)), 0).astype(np.int64),
            "figures": pd.Series(panel.column("figure_id", place)).fillna(""),
            "exact": panel.is_exact(place),
            "reason": pd.Categorical.from_codes(np.zeros(len(place), np.int8), [""]),
        }
    )


def _so_far(panel: Panel, year: str) -> list[tuple[int, str]]:
    """``; mới có số đến tháng 8 năm 2025: 8,98``: of each group the most months that are known of a year."""
    months = panel.months[panel.months["period"].astype(str).str.startswith(f"{year}-M")]
    months = months.assign(number=months["period"].astype(str).str.removeprefix(f"{year}-M").astype(int))
    last = months.sort_values("number", kind="stable").drop_duplicates("group", keep="last")
    return [
        (
            row["group"],
            f"; mới có số đến tháng {row['number']} năm {year}: "
            f"{texts.target(row['value'], _number(row['value_upper']), row['qualifier'], row['digits'])}",
        )
        for row in last.to_dict("records")
    ]


def of_period(panel: Panel, period: str) -> pd.DataFrame:
    """The value of a year or of several years, one row per group (columns as ``at``): as given, else by the
    five-year rule from complete years.

    end_value → the last year; sum → Σ y; average → Σ y / n; average_growth → (Π (1 + g/100))^(1/n) − 1 of growth
    rates g, or (y_last / y0)^(1/n) − 1 of levels, in percent (y0: the year before the period). Where a year is missing
    or known only within bounds there is none, and ``reason`` says which. ``method`` names the rule that was used.
    """
    first, last = periods.years(period)
    given = at(panel, period)
    if first == last:
        return given
    rule = panel.groups["rule"]
    ends = (rule == "end_value").to_numpy() & (panel.place(str(last)) >= 0)  # an average is not where they ended
    open_ = ~ends & (panel.place(period) < 0) & ~rule.isin(["", "none"]).to_numpy()
    found = choose(ends, at(panel, str(last)), given)
    return choose(open_, _from_years(panel, period), found) if open_.any() else found


def latest_before(panel: Panel, year: int, after: int) -> pd.DataFrame:
    """The last single year before ``year`` and not before ``after`` that has a number (columns as ``at``); where there
    is none, no value and no reason."""
    latest, when = np.full(len(panel), -1, dtype=np.int64), np.zeros(len(panel), dtype=np.int8)
    for n, earlier in enumerate(range(after, year), 1):
        place = panel.place(str(earlier))
        known = ~np.isnan(panel.column("value", place))
        latest, when = np.where(known, place, latest), np.where(known, np.int8(n), when)
    return _at_places(panel, latest, pd.Categorical.from_codes(when, ["", *map(str, range(after, year))]))


def nothing(n: int) -> pd.DataFrame:
    empty = pd.DataFrame({c: [""] * n for c in _TEXTS})
    return empty.assign(value=np.nan, upper=np.nan, digits=0, exact=False)[list(COLUMNS)]


def choose(mask: np.ndarray, chosen: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Rows of one frame where the mask says so, else of the other."""
    if mask.all() or not mask.any():
        return chosen if mask.all() and len(mask) else other
    rows = np.where(mask, np.arange(len(mask)), len(mask) + np.arange(len(mask)))
    columns = {}
    for name in COLUMNS:
        one, two = chosen[name], other[name]
        if name in _TEXTS and name != "figures":
            one, two = one.astype("category"), two.astype("category")
            both = pd.api.types.union_categoricals([one, two])
        else:
            both = pd.concat([one, two], ignore_index=True).array
        columns[name] = both.take(rows)
    return pd.DataFrame(columns)


def _from_years(panel: Panel, period: str) -> pd.DataFrame:
    first, last = periods.years(period)
    years = [str(year) for year in range(first, last + 1)]
    places = [panel.place(year) for year in years]
    values = np.column_stack([panel.column("value", place) for place in places])
    exact = np.column_stack([panel.is_exact(place) for place in places])
    vague = ~np.isnan(values) & ~exact
    missing = np.isnan(values)
    result = np.where(missing.any(axis=1) | vague.any(axis=1), np.nan, _combined(panel, values, str(first - 1)))
    made = ~np.isnan(result)
    estimate = np.column_stack([np.asarray(panel.column("kind", p) == "estimate") for p in places]).any(axis=1)
    digits = np.column_stack([np.nan_to_num(panel.column("digits", p)) for p in places]).max(axis=1)
    reasons = np.full(len(panel), f"không tính được bình quân {periods.words(period)} từ các năm", dtype=object)
    reasons[made] = ""
    lacking = missing.any(axis=1)
    reasons[lacking] = _lacking(panel, period)[lacking]
    unsure = vague.any(axis=1)
    for pattern in np.unique(vague[unsure], axis=0):
        named = ", ".join(year for year, is_vague in zip(years, pattern, strict=True) if is_vague)
        reasons[unsure & (vague == pattern).all(axis=1)] = f"số liệu {named} chỉ biết trong một khoảng"
    return pd.DataFrame(
        {
            "period": period,
            "value": result,
            "upper": np.nan,
            "kind": pd.Categorical.from_codes(np.where(made, np.where(estimate, 2, 1), 0), ["", "actual", "estimate"]),
            "qualifier": "",
            "method": pd.Categorical(np.where(made, panel.groups["rule"].astype(object), "")),
            "digits": np.where(made, digits, 0).astype(np.int64),
            "figures": _joined([panel.column("figure_id", p) for p in places], made),
            "exact": made,
            "reason": pd.Categorical(reasons),
        }
    )


def _combined(panel: Panel, values: np.ndarray, year_before: str) -> np.ndarray:
    """One value of the years of a row, by the group's rule; NaN where it is not defined."""
    rule, growth = panel.groups["rule"], panel.groups["is_growth"].to_numpy()
    n = values.shape[1]
    total = _sum(values)
    start, end = panel.values(year_before), values[:, -1]
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        rates = (np.prod(1 + values / 100, axis=1) ** (1 / n) - 1) * 100
        rates = np.where((values <= -100).any(axis=1), np.nan, rates)
        levels = ((end / start) ** (1 / n) - 1) * 100
        levels = np.where((start > 0) & (end > 0), levels, np.nan)
        found = np.select(
            [(rule == "sum").to_numpy(), (rule == "average").to_numpy(), growth], [total, total / n, rates], levels
        )
    return np.where(np.isfinite(found), found, np.nan)


def _sum(values: np.ndarray) -> np.ndarray:
    """Sums of rows, compensated (Neumaier), so that 0,1 + 0,2 + … leaves no dust in a printed table."""
    total, lost = np.zeros(len(values)), np.zeros(len(values))
    with np.errstate(invalid="ignore", over="ignore"):
        for column in values.T:
            now = total + column
            lost += np.where(np.abs(total) >= np.abs(column), (total - now) + column, (column - now) + total)
            total = now
        return total + lost


def _lacking(panel: Panel, period: str) -> np.ndarray:
    """Why there is no value of several years: what is known of them, in one sentence per pattern of what is."""
    first, last = periods.years(period)
    inside = [
        p for p in panel.known_periods if p != period and first <= periods.years(p)[0] <= periods.years(p)[1] <= last
    ]
    reason = np.full(len(panel), f"chưa có số liệu {periods.words(period)}", dtype=object)
    if not inside:
        return reason
    known = np.column_stack([panel.place(p) >= 0 for p in inside])
    which, patterns = pd.factorize(known @ (1 << np.arange(len(inside))))
    kept = [[p for n, p in enumerate(inside) if int(pattern) >> n & 1] for pattern in patterns]
    said = [", ".join(periods.short(p) for p in ps) for ps in kept]
    more = np.array([f"; mới có {s}" if s else "" for s in said], dtype=object)
    return reason + more[which]


def _joined(columns: list, made: np.ndarray) -> pd.Series:
    """Ids of figures joined by ``;`` where all of them are there."""
    rows = np.flatnonzero(made)
    text = np.full(len(made), "", dtype=object)
    if len(rows):
        parts = [pa.array(pd.Series(c).take(rows), type=pa.string(), from_pandas=True) for c in columns]
        text[rows] = pc.binary_join_element_wise(*parts, ";").to_numpy(zero_copy_only=False)
    return pd.Series(text).astype(str)


def _text(column) -> pd.Categorical:
    """A category column with '' where it is missing."""
    data = pd.Categorical(column)
    if "" not in data.categories:
        data = data.add_categories([""])
    return pd.Categorical(pd.Series(data).fillna(""))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else value


def _ends(row: dict) -> str:
    """``: từ 61,8 đến 62``: between what the candidates of a tie lie."""
    if row["selection_rule"] != "tie" or np.isnan(row["min"]) or row["min"] == row["max"]:
        return ""
    low, high = (format(Decimal(repr(row[end])).normalize(), "f") for end in ("min", "max"))
    digits = max(len(n.partition(".")[2]) for n in (low, high))
    return f": từ {texts.number(row['min'], digits)} đến {texts.number(row['max'], digits)}"
