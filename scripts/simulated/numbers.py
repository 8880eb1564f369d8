"""The numbers of a province that does not exist: levels near published ones, and what follows from them.

A leaf of ``indicators.csv`` is a path from 2015 to 2020, shared out to districts by the weights of ``places.csv``;
totals, rates and growth are computed from leaves as they are rounded, so they hold in every file. Random numbers are
drawn by name, not in order: a new line changes no other.
"""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from planreview.catalogue import Catalogue, Indicator

HERE = Path(__file__).parent
SEED = "planreview 2016-2025"
BASE, LAST, PLANNED = 2015, 2020, 2025
PROVINCE = "14"
EARLY, LATE = "2020-06", "2020-11"
TARGET = "target"  # the key of the last year's target among the years of a series
_SIGN = {"up": 1, "down": -1}
_BEFORE, _HUNDRED = BASE - 1, "hundred"
_WHOLE = 100  # %

Series = dict[int | str, float]  # year → value, and TARGET; what is not known is absent


@dataclass(frozen=True)
class Line:
    """How an indicator is made: a leaf (``made`` is empty) by its own levels, or from other indicators."""

    code: str
    where: str
    made: str
    spread: str
    start: float
    end: float
    target: float | None
    plan: float
    vary: float
    covered: float
    peak: float | None


@dataclass(frozen=True)
class Place:
    """A district: how well it does, from -1 to 1, and its share of whatever a leaf is spread by."""

    code: str
    ability: float
    shares: Mapping[str, float]


def _read(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def lines() -> tuple[Line, ...]:
    def number(text: str) -> float | None:
        return float(text) if text else None

    return tuple(
        Line(
            r["code"], r["where"], r["made"], r["spread"], number(r["start"]) or 0.0, number(r["end"]) or 0.0,
            number(r["target"]), number(r["plan"]) or 0.0, number(r["vary"]) or 0.0, number(r["covered"]) or 1.0,
            number(r["peak"]),
        )
        for r in _read("indicators.csv")
    )  # fmt: skip


@cache
def places() -> tuple[Place, ...]:
    rows = [r | {"rural": float(r["pop"]) - float(r["urban"])} for r in _read("places.csv")]
    names = [name for name in rows[0] if name not in ("unit_code", "ability")]
    totals = {name: sum(float(r[name]) for r in rows) for name in names}
    even = 1 / len(rows)
    return tuple(
        Place(r["unit_code"], float(r["ability"]), {n: float(r[n]) / totals[n] for n in names} | {"even": even})
        for r in rows
    )


@cache
def amounts() -> dict[str, dict[str, float]]:
    """The attributes of districts and, summed, of the province: area in km2, communes."""
    rows = _read("places.csv")
    found = {r["unit_code"]: {"land": float(r["land"]), "rural_communes": float(r["rural_communes"])} for r in rows}
    found[PROVINCE] = {name: sum(f[name] for f in found.values()) for name in ("land", "rural_communes")}
    return found


def chance(*names: str) -> random.Random:
    """Random numbers of one name; the standard library keeps them the same from version to version."""
    return random.Random(":".join((SEED, *names)))


def province(round_code: str, catalogue: Catalogue) -> dict[str, dict[str, Series]]:
    """All series by unit (the districts and the province) and indicator, as known in a round.

    In June 2019 is still provisional for some and 2020 a hope; the November values are what they came to.
    """
    units: dict[str, dict[str, Series]] = {place.code: {} for place in places()} | {PROVINCE: {}}
    for line in lines():
        if not line.made:
            _leaf(line, catalogue.indicators.get(line.code), round_code, units)
    for code, series in units.items():
        waiting = [line for line in lines() if line.made and line.where in ("", "I" if code == PROVINCE else "II")]
        while waiting:
            line = waiting.pop(0)
            if {of for of in line.made.split() if of.startswith(("KT", "XH"))} & {w.code for w in waiting}:
                waiting.append(line)  # made from another that is still to be made
                continue
            if made := _made(line, series, amounts()[code]):
                digits = catalogue.indicators[line.code].digits
                series[line.code] = {y: round(v, digits) for y, v in made.items()}
    return units


def period_target(series: Series, indicator: Indicator) -> float | None:
    """The target of the whole review period: of a flow the sum of an even course to the last year's, else that."""
    target = series.get(TARGET)
    if target is None or indicator.five_year_rule != "sum":
        return target
    years = range(1, LAST - BASE + 1)
    return rounded(sum(series[BASE] + (target - series[BASE]) * n / len(years) for n in years), indicator)


def _leaf(line: Line, indicator: Indicator | None, round_code: str, units: dict[str, dict[str, Series]]) -> None:
    """The districts' series of a leaf, and the province's: their sum where they add up, else a path of its own."""
    own = Place(PROVINCE, 0.1, {})
    if line.where in ("", "II") and line.spread:
        for place in places():
            if line.spread in ("rate", _HUNDRED) or place.shares[line.spread] > 0:
                units[place.code][line.code] = _path(line, indicator, place, round_code)
    if line.where not in ("", "I"):
        return
    whole = _path(line, indicator, own, round_code)
    parts = [units[p.code][line.code] for p in places() if line.code in units[p.code]]
    if line.spread not in ("", "rate", _HUNDRED) and parts:
        for year in range(_BEFORE, LAST + 1):
            whole[year] = rounded(sum(part[year] for part in parts) / line.covered, indicator)
        _plan(line, indicator, whole, own, round_code)
    units[PROVINCE][line.code] = whole


def _path(line: Line, indicator: Indicator | None, place: Place, round_code: str) -> Series:
    draw = chance(line.code, place.code)
    sign = _SIGN.get(indicator.direction, 0) if indicator else 0
    noise = line.vary / 100
    share = 1.0
    if line.spread in ("rate", ""):
        lift = 1 + sign * place.ability * noise * 1.5 + draw.gauss(0, noise * 0.4)
        start = line.start * (lift if line.spread else 1)
        change = (line.end - line.start) * (1 + sign * _towards(line) * 0.35 * place.ability + draw.gauss(0, 0.2))
        end = start + change
        peak = line.peak
    else:
        share = _share(line, place)
        start = line.start * share
        lift = min(0.1, 4 * noise) * sign * place.ability + draw.gauss(0, noise)
        end = line.end * share * math.exp(lift)
        peak = line.peak * share * math.exp(lift / 2) if line.peak else None
    series: Series = {}
    for year in range(_BEFORE, LAST + 1):
        value = _between(start, end, peak, year)
        if BASE < year < LAST:
            value *= 1 + draw.gauss(0, noise * 0.4)
        elif year < BASE:  # else the growth of the base year would be that of all years on average
            value *= 1 + chance(line.code, place.code, "before").gauss(0, noise * 0.6)
        series[year] = value
    if round_code == EARLY:
        early = chance(line.code, place.code, EARLY)
        hope = min(noise, 0.03) * (0.5 * sign + early.gauss(0, 0.5))
        series[LAST] *= 1 + hope
        if early.random() < 0.4:
            series[LAST - 1] *= 1 + early.gauss(0, min(noise, 0.02) * 0.4)
    series = {year: rounded(value, indicator) for year, value in series.items()}
    if indicator and indicator.measure == "cumulative":
        for year in range(BASE, LAST + 1):
            series[year] = max(series[year], series[year - 1])
    if line.target is not None:
        series[TARGET] = _target(line, indicator, place, start, share)
    _plan(line, indicator, series, place, round_code)
    return series


def _share(line: Line, place: Place) -> float:
    """The place's part of the province's value of a leaf that is shared out."""
    if place.code == PROVINCE or line.spread == _HUNDRED:
        return 1.0
    return place.shares[line.spread] * line.covered


def _towards(line: Line) -> int:
    """1 where the province's value rises, -1 where it falls: doing well is more of a rise or less of a fall."""
    return 1 if line.end >= line.start else -1


def _between(start: float, end: float, peak: float | None, year: int) -> float:
    """The path's value in a year: an even course, by way of ``peak`` in the year before the last where there is one."""
    if peak is not None and year < LAST:
        end, span = peak, LAST - 1 - BASE
    elif peak is not None:
        return end
    else:
        span = LAST - BASE
    along = (year - BASE) / span
    if start > 0 and end > 0:
        return start * (end / start) ** along
    return max(0.0, start + (end - start) * along)


def _target(line: Line, indicator: Indicator | None, place: Place, start: float, share: float) -> float:
    draw = chance(line.code, place.code, TARGET)
    if line.spread == "rate" and place.code != PROVINCE:
        value = start + (line.target - line.start) * (1 + draw.gauss(0, 0.08))
    elif place.code == PROVINCE:
        return rounded(line.target, indicator)
    else:
        value = line.target * share * (1 + draw.gauss(0, 0.02))
    return _plain(value, indicator)


def _plan(line: Line, indicator: Indicator | None, series: Series, place: Place, round_code: str) -> None:
    """The years of the next plan: an even course from the last year to an end that grows as the province's does."""
    draw = chance(line.code, place.code, "plan", round_code)
    if series[LAST] == 0 and line.spread not in ("rate", ""):  # nothing yet that could grow: the place's share
        end = line.plan * _share(line, place)
    elif line.spread in ("rate", "") or line.end == 0:
        end = series[LAST] + (line.plan - line.end) * (1 + draw.gauss(0, 0.15))
    else:
        end = series[LAST] * line.plan / line.end * (1 + draw.gauss(0, 0.01 if line.vary else 0))
    for year in range(LAST + 1, PLANNED + 1):
        along = (year - LAST) / (PLANNED - LAST)
        series[year] = _plain(series[LAST] + (end - series[LAST]) * along, indicator)


def _made(line: Line, series: Mapping[str, Series], amount: Mapping[str, float]) -> Series:
    """A series from those of other indicators, for each year that they all have."""
    how, *of = line.made.split()
    if how == "sum":
        parts = [series[code] for code in of if code in series]
        return {y: sum(p[y] for p in parts) for y in _common(parts)} if parts else {}
    if of[0] not in series or (how == "ratio" and of[1] not in series):
        return {}
    first = series[of[0]]
    if how == "ratio":
        below, scale = series[of[1]], float(of[2])
        return {y: first[y] / below[y] * scale for y in _common([first, below]) if below[y]}
    if how == "per":
        return {y: v / amount[of[1]] * float(of[2]) for y, v in first.items()}
    step: Callable[[float, float], float] = {
        "growth": lambda before, now: (now / before - 1) * 100,
        "fall": lambda before, now: before - now,
        "drop": lambda before, now: max(0.0, before - now) * float(of[-1]),
    }[how]
    made: Series = {y: step(first[y - 1], v) for y, v in first.items() if y != TARGET and first.get(y - 1)}
    if first.get(TARGET) and first.get(BASE):
        years = LAST - BASE
        made[TARGET] = {
            "growth": lambda: ((first[TARGET] / first[BASE]) ** (1 / years) - 1) * 100,
            "fall": lambda: (first[BASE] - first[TARGET]) / years,
            "drop": lambda: step(first[BASE], first[TARGET]) / years,
        }[how]()
    return made


def _common(parts: list[Series]) -> list[int | str]:
    return [y for y in parts[0] if all(y in p for p in parts)]


def _limits(value: float, indicator: Indicator | None) -> float:
    """Within the catalogue's limits; a leaf that is a part of a whole in % ends at 100 where the catalogue has none."""
    if indicator is None:
        return value
    part = indicator.unit == "%" and indicator.measure in ("rate", "share")
    low = -math.inf if indicator.limit_low is None else indicator.limit_low
    high = indicator.limit_high if indicator.limit_high is not None else _WHOLE if part else math.inf
    return min(max(value, low), high)


def rounded(value: float, indicator: Indicator | None) -> float:
    """A leaf's value as it is written: within its limits, with the decimals of its indicator."""
    return round(_limits(value, indicator), indicator.digits if indicator else 0)


def _plain(value: float, indicator: Indicator | None) -> float:
    """As plans are written: three figures of a level, a step of the last decimal of a rate."""
    value = _limits(value, indicator)
    digits = indicator.digits if indicator else 0
    if digits == 0 and value >= 1000:
        step = 10 ** (math.floor(math.log10(value)) - 2)
        return round(value / step) * step
    return round(value, min(digits, 1) if value >= 10 else digits)
