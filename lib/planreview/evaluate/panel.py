"""Figures as the methods want them: typed columns, every (provenance, area, indicator) a number, every period a column.

All methods of this room work on whole columns of these frames; nothing walks from area to area.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd
from pandas.api.extensions import take

from planreview.catalogue import Catalogue, Indicator, periods

GROUP = ["provenance", "area_code", "indicator_code"]
_TEXTS = [*GROUP, "period", "kind", "plan", "act", "qualifier", "round", "selection_rule"]
_NUMBERS = ["value", "value_upper", "digits", "min", "max"]
_ROWS_AT_ONCE = 1_000_000
DIRECTIONS = {"up": 1.0, "down": -1.0}


def blocks(figures: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The columns of ``figures`` that judging needs, text as categories, the areas in their order and some at a time,
    so that memory does not grow with the number of areas. An area is never cut: its provenances judge one another."""
    data = figures[[*_TEXTS, *_NUMBERS, "figure_id"]].copy(deep=False)
    for column in _TEXTS:
        data[column] = data[column].astype("category").cat.remove_unused_categories()
    areas = data["area_code"].cat.codes.to_numpy()
    sizes = np.bincount(areas, minlength=len(data["area_code"].cat.categories))
    of_area = np.cumsum(sizes) // _ROWS_AT_ONCE
    if len(sizes) == 0 or of_area[-1] == 0:
        yield data
        return
    if (np.diff(areas) < 0).any():
        data = data.iloc[np.argsort(areas, kind="stable")]
    ends = np.cumsum(sizes)[np.flatnonzero(np.diff(of_area, append=of_area[-1] + 1))]
    for start, end in pairwise([0, *ends]):
        yield data.iloc[start:end]


class Panel:
    """Figures of some areas.

    ``groups``: one row per (provenance, area_code, indicator_code), in that order, with what the catalogue says of the
    indicator; its index is the ``group`` of the other frames. ``numbers``: actuals and estimates, one row per group and
    period, an actual before an estimate; months so far of a year stand apart in ``months``: they never stand for it.
    ``targets``: what the results of a group may be judged by, one row per group, period, plan and act: its own
    provenance's, and for submitted results published ones too, a unit's own wording first.
    """

    def __init__(self, figures: pd.DataFrame, catalogue: Catalogue) -> None:
        """``figures``: rows as of the table, text columns as categories (``blocks``)."""
        is_known = figures["indicator_code"].isin(catalogue.indicators)
        known = figures if is_known.all() else figures[is_known]
        keys = [known[c].cat for c in GROUP]
        widths = [len(k.categories) for k in keys]
        joined = np.zeros(len(known), dtype=np.int64)
        for key, width in zip(keys, widths, strict=True):
            joined = joined * width + key.codes.to_numpy()
        seen, found = pd.factorize(joined)
        order = np.argsort(found)
        distinct, group = found[order], np.argsort(order)[seen]
        parts = {}
        for name, key, width in reversed(list(zip(GROUP, keys, widths, strict=True))):
            distinct, codes = np.divmod(distinct, width)
            parts[name] = pd.Categorical.from_codes(codes, key.categories)
        groups = pd.DataFrame({name: parts[name] for name in GROUP})
        about = _catalogue_columns(catalogue.indicators).reindex(groups["indicator_code"].cat.categories)
        codes = groups["indicator_code"].cat.codes.to_numpy()
        self.groups = groups.assign(**{c: about[c].array.take(codes) for c in about})
        data = known.drop(columns=GROUP).assign(group=group)
        results = data[data["kind"] != "target"]
        if (results["kind"] == "estimate").any():
            results = results.iloc[np.argsort(results["kind"].to_numpy() == "actual", kind="stable")]  # actuals last
            results = results[~results.duplicated(["group", "period"], keep="last")]
        spoken = {p: periods.is_months(p) for p in results["period"].cat.categories}
        is_months = results["period"].map(spoken).astype(bool)
        self.numbers = results[~is_months].reset_index(drop=True)
        self.months = results[is_months & results["value"].notna()].reset_index(drop=True)
        self.targets = self._targets(data[data["kind"] == "target"])
        self._breaks = catalogue.breaks

    def __len__(self) -> int:
        return len(self.groups)

    def _targets(self, own: pd.DataFrame) -> pd.DataFrame:
        whose = self.groups["provenance"].astype(str).to_numpy()
        own = own.assign(target_provenance=pd.Categorical(take(whose, own["group"].to_numpy())))
        lookup = self.groups.assign(group=np.arange(len(self.groups)))[[*GROUP, "group"]]
        published, submitted = (lookup[whose == p].drop(columns="provenance") for p in ("published", "submitted"))
        pairs = published.merge(submitted, on=["area_code", "indicator_code"], suffixes=("", "_judged"))
        lent = own.merge(pairs[["group", "group_judged"]], on="group")
        lent = lent.drop(columns="group").rename(columns={"group_judged": "group"})
        if not len(lent):
            return own.reset_index(drop=True)
        lent["target_provenance"] = pd.Categorical(["published"] * len(lent))
        own = own.assign(target_provenance=own["target_provenance"].astype(object))
        both = pd.concat([own, lent.astype({"target_provenance": object})], ignore_index=True)
        return both[~both.duplicated(["group", "period", "plan", "act"], keep="first")].reset_index(drop=True)

    @cached_property
    def _places(self) -> Mapping[str, np.ndarray]:
        """By period: where each group's number stands in ``numbers``, -1 where there is none."""
        found = {}
        groups, codes = self.numbers["group"].to_numpy(), self.numbers["period"].cat.codes.to_numpy()
        order = np.argsort(codes, kind="stable")
        ends = np.searchsorted(codes[order], np.arange(len(self.numbers["period"].cat.categories) + 1))
        for n, period in enumerate(self.numbers["period"].cat.categories):
            rows = order[ends[n] : ends[n + 1]]
            place = np.full(len(self), -1, dtype=np.int64)
            place[groups[rows]] = rows
            found[period] = place
        return found

    @property
    def known_periods(self) -> list[str]:
        """The periods (no months so far) that any group has a number of, in their order as text."""
        return sorted(p for p, place in self._places.items() if (place >= 0).any())

    def place(self, period: str) -> np.ndarray:
        """Where the number of a period stands in ``numbers``, one entry per group, -1 where there is none."""
        found = self._places.get(period)
        return np.full(len(self), -1, dtype=np.int64) if found is None else found

    def column(self, name: str, place: np.ndarray):
        """A column of ``numbers`` at places; missing where the place is -1."""
        column = self.numbers[name]
        return take(column.to_numpy() if column.dtype.kind in "fi" else column.array, place, allow_fill=True)

    def values(self, period: str) -> np.ndarray:
        """Exact values (float64, the indicator's unit) of a period by group: neither an end of a range nor a bound;
        NaN elsewhere."""
        place = self.place(period)
        return np.where(self.is_exact(place), self.column("value", place), np.nan)

    def series(self, years: Sequence[int], *, only: str = "") -> np.ndarray:
        """Exact values, groups × years; NaN where there is none. ``only`` takes numbers of one kind alone."""
        columns = []
        for year in years:
            values = self.values(str(year))
            if only:
                of_kind = np.asarray(self.column("kind", self.place(str(year))) == only, dtype=bool)
                values = np.where(of_kind, values, np.nan)
            columns.append(values)
        return np.column_stack(columns) if columns else np.empty((len(self), 0))

    @property
    def known_years(self) -> range:
        """From the first to the last single year that any group has a number of."""
        years = [int(p) for p in self.known_periods if periods.is_year(p)]
        return range(min(years), max(years) + 1) if years else range(0)

    def defined_since(self, year: int) -> np.ndarray:
        """The first year, by group, of the definition that holds in ``year``; 0 where no break is known before it."""
        past = self._breaks[self._breaks["first_year"] <= year].groupby("indicator_code")["first_year"].max()
        return self._by_code(past, 0).astype(int)

    def break_notes(self, after: int, until: int) -> np.ndarray:
        """By group, in words: the breaks of definition after one year and up to another, '' where there is none."""
        found = self._breaks[self._breaks["first_year"].between(after + 1, until)]
        said = "từ năm " + found["first_year"].astype(str) + ": " + found["reason_vi"] + " (" + found["source"] + ")"
        return self._by_code(said.groupby(found["indicator_code"]).agg("; ".join), "")

    def _by_code(self, values: pd.Series, missing: object) -> np.ndarray:
        """What is said of an indicator, by group."""
        codes = self.groups["indicator_code"].cat
        by_code = values.astype(object).reindex(codes.categories).fillna(missing).to_numpy(object)
        return by_code[codes.codes.to_numpy()] if len(self) else np.zeros(0, object)

    def is_exact(self, place: np.ndarray) -> np.ndarray:
        """Whether there is one number at a place: nothing is reckoned from an end of a range or a bound."""
        qualifier = pd.Categorical(self.column("qualifier", place))
        number = np.isnan(self.column("value_upper", place)) & ~np.isnan(self.column("value", place))
        return number & np.asarray(qualifier.isin(["", "~"]))


def _catalogue_columns(indicators: Mapping[str, Indicator]) -> pd.DataFrame:
    """What the methods ask of an indicator, one row per code: ``sign`` +1 up, -1 down, 0 else; flags as bool;
    ``multiplicative`` 1, 0 or NaN (not known)."""
    rows = [
        {
            "sign": DIRECTIONS.get(i.direction, 0.0),
            "is_band": i.direction == "band",
            "never_judged": never_judged(i),
            "band_low": i.band_low,
            "band_high": i.band_high,
            "near_band_own": i.near_band,
            "is_rate": i.unit.startswith(("%", "điểm %")),
            "rule": i.five_year_rule,
            "is_growth": i.measure == "growth",
            "limit": {"up": i.limit_high, "down": i.limit_low}.get(i.direction),
            "is_itself_a_pace": i.measure in ("growth", "index"),
            "multiplicative": None if i.multiplicative is None else float(i.multiplicative),
        }
        for i in indicators.values()
    ]
    data = pd.DataFrame(rows, index=pd.Index(indicators.keys()))
    numbers = ["band_low", "band_high", "near_band_own", "multiplicative", "limit"]
    return data.astype(dict.fromkeys(numbers, float) | {"rule": "category", "never_judged": "category"})


def never_judged(indicator: Indicator) -> str:
    """Why no value of the indicator is better than another (Vietnamese), '' where one is."""
    if indicator.direction == "":
        return "danh mục chưa ghi chiều tốt, xấu của chỉ tiêu"
    if indicator.direction != "none":
        return ""
    what = "chỉ tiêu cơ cấu" if indicator.measure == "share" else "chỉ tiêu không có chiều tốt, xấu"
    return f"{what}: chỉ nêu chênh lệch"
