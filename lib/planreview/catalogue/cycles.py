"""Cycles: a review period, the plan period after it, and how targets are chosen and judged. All of it is data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from planreview.catalogue.reference import read_toml, setting
from planreview.errors import ReferenceDataError
from planreview.tables import PLANS

_ORDERED = {
    "ambition": ("ambition_below_trend", "ambition_in_line", "ambition_stretching"),
    "second_opinions (tỷ số nhịp độ)": ("pace_low", "pace_high"),
    "second_opinions (tỷ số tăng trưởng)": ("growth_moderate", "growth_on_track"),
}


@dataclass(frozen=True)
class Cycle:
    """Years are inclusive; ``baseline_year`` is the year before the review period."""

    code: str
    title: str
    default: bool
    default_unit: str
    review_first: int
    review_last: int
    baseline_year: int
    plan_first: int
    plan_last: int
    main_plans: tuple[str, ...]
    context_plans: tuple[str, ...]
    next_plans: tuple[str, ...]
    near_percent_of_target: float
    near_points_for_rates: float
    near_percent_of_change: float
    ambition_below_trend: float
    ambition_in_line: float
    ambition_stretching: float
    status_index_on_track: float = 9.0
    pace_high: float = 0.9
    pace_low: float = 0.5
    growth_on_track: float = 0.95
    growth_moderate: float = 0.6
    shock_years: tuple[int, ...] = ()

    @property
    def review_period(self) -> str:
        return f"{self.review_first}-{self.review_last}"

    @property
    def plan_period(self) -> str:
        return f"{self.plan_first}-{self.plan_last}"


def load_cycle(path: Path) -> Cycle:
    """One cycle file. Raises ReferenceDataError for a slip in it."""
    content = read_toml(path)

    def get(name: str, kind: type | tuple[type, ...] = int):
        return setting(content, path, name, kind)

    def plans(name: str) -> tuple[str, ...]:
        listed = get(f"targets.{name}", list)
        unknown = [p for p in listed if p not in PLANS]
        if unknown:
            raise ReferenceDataError(
                f"Mục targets.{name} có loại kế hoạch lạ: {', '.join(map(str, unknown))}",
                place=str(path),
                remedy=f"Chỉ nhận: {', '.join(PLANS)}",
            )
        return tuple(listed)

    cycle = Cycle(
        code=path.stem,
        title=get("title", str),
        default=bool(content.get("default", False)),
        default_unit=get("default_unit", str),
        review_first=get("review.first_year"),
        review_last=get("review.last_year"),
        baseline_year=get("review.baseline_year"),
        plan_first=get("plan.first_year"),
        plan_last=get("plan.last_year"),
        main_plans=plans("main"),
        context_plans=plans("context"),
        next_plans=plans("next"),
        near_percent_of_target=float(get("near.percent_of_target", (int, float))),
        near_points_for_rates=float(get("near.points_for_rates", (int, float))),
        near_percent_of_change=float(get("near.percent_of_planned_change", (int, float))),
        ambition_below_trend=float(get("ambition.below_trend", (int, float))),
        ambition_in_line=float(get("ambition.in_line", (int, float))),
        ambition_stretching=float(get("ambition.stretching", (int, float))),
        shock_years=_shock_years(content, path),
        **_second_opinions(content, path),
    )
    _refuse_thresholds(cycle, path)
    if not cycle.baseline_year < cycle.review_first <= cycle.review_last < cycle.plan_first <= cycle.plan_last:
        raise ReferenceDataError(
            "Các năm của chu kỳ không theo thứ tự: năm gốc, kỳ đánh giá, kỳ kế hoạch", place=str(path)
        )
    return cycle


def _second_opinions(content: Mapping, path: Path) -> dict[str, float]:
    """Thresholds of the other methods, each by default as its source has it (docs/methods)."""
    named = ("status_index_on_track", "pace_high", "pace_low", "growth_on_track", "growth_moderate")
    given = content.get("second_opinions", {})
    if not isinstance(given, Mapping) or (unknown := sorted(set(given) - set(named))):
        what = ", ".join(unknown) if isinstance(given, Mapping) else repr(given)
        raise ReferenceDataError(
            f"Mục second_opinions có ngưỡng lạ: {what}", place=str(path), remedy=f"Chỉ nhận: {', '.join(named)}"
        )
    return {name: float(setting(content, path, f"second_opinions.{name}", (int, float))) for name in given}


def _shock_years(content: Mapping, path: Path) -> tuple[int, ...]:
    """Years that forecasts are also made without; none where the file does not say."""
    if "forecast" not in content:
        return ()
    years = setting(content, path, "forecast.shock_years", list)
    if wrong := [y for y in years if not isinstance(y, int) or isinstance(y, bool)]:
        raise ReferenceDataError(f"Mục forecast.shock_years chỉ nhận các năm, đang có: {wrong}", place=str(path))
    return tuple(years)


def _refuse_thresholds(cycle: Cycle, path: Path) -> None:
    """Raise ReferenceDataError where thresholds are negative or not in their order."""
    positive = ("near_percent_of_target", "near_points_for_rates", "near_percent_of_change")
    if wrong := [name for name in positive if not 0 <= getattr(cycle, name) < math.inf]:
        raise ReferenceDataError(f"Mục near phải là số không âm ({', '.join(wrong)})", place=str(path))
    for section, names in _ORDERED.items():
        values = [getattr(cycle, name) for name in names]
        if not all(0 <= low < high < math.inf for low, high in pairwise(values)):
            raise ReferenceDataError(
                f"Các ngưỡng của mục {section} phải dương và tăng dần: {', '.join(names)}",
                place=str(path),
                remedy=f"Đang ghi: {', '.join(f'{v:g}' for v in values)}",
            )


def load_cycles(folder: Path) -> dict[str, Cycle]:
    """Cycles by code. Exactly one has ``default = true``; raises ReferenceDataError otherwise."""
    cycles = {c.code: c for c in map(load_cycle, sorted(folder.glob("*.toml")))}
    if sum(c.default for c in cycles.values()) != 1:
        raise ReferenceDataError("Phải có đúng một chu kỳ ghi default = true", place=str(folder))
    return cycles
