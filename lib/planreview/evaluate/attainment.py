"""Was the plan met? (methods §1 and §2)"""

from __future__ import annotations

from dataclasses import dataclass

from planreview.catalogue import Cycle, Indicator


@dataclass(frozen=True)
class Target:
    value: float
    upper: float | None
    qualifier: str
    digits: int

    @property
    def tolerance(self) -> float:
        """Half a unit of the target's last reported digit, and never less than the dust of its float."""
        return max(0.5 * 10.0**-self.digits, abs(self.value) * 1e-9)


@dataclass(frozen=True)
class Judgement:
    """``status`` '' where the target cannot be judged (``reason`` says why, in Vietnamese)."""

    status: str = ""
    near: bool = False
    reason: str = ""
    deviation: float | None = None
    near_band: float | None = None


def judge(result: float, target: Target, baseline: float | None, indicator: Indicator, cycle: Cycle) -> Judgement:
    """Exceeded, met or missed: the word of a closed plan (``vượt``, ``đạt``, ``không đạt``).

    s = d·(y − T), d = +1 where up is good and −1 where down is good. s > tolerance → vượt; |s| ≤ tolerance → đạt;
    else không đạt, ``near`` within the near band. A range T–U is met from T (up) or from U (down) on and exceeded
    beyond its other end; a band indicator is met inside its band; direction none is never judged.
    """
    deviation = _deviation(result, target)
    if undirected := never_judged(indicator):
        return Judgement(reason=undirected, deviation=deviation)
    if indicator.direction == "band":
        return _judge_band(result, indicator, deviation)
    if target.qualifier in {"up": ("<=", "<"), "down": (">=", ">")}[indicator.direction]:
        return Judgement(reason="mục tiêu ghi chiều ngược với chiều tốt của chỉ tiêu", deviation=deviation)
    sign = 1 if indicator.direction == "up" else -1
    ends = sorted(sign * end for end in (target.value, target.upper if target.upper is not None else target.value))
    shortfall, excess = ends[0] - sign * result, sign * result - ends[1]
    tolerance = target.tolerance * (1 + 1e-9)  # a difference of exactly half a unit is met, float dust or not
    if excess > tolerance:
        return Judgement("vượt", deviation=deviation)
    strict = target.qualifier in (">", "<") and excess <= 0
    if shortfall <= tolerance and not strict:
        return Judgement("đạt", deviation=deviation)
    band = near_band(target.value, baseline, indicator, cycle)
    return Judgement("không đạt", near=shortfall <= band, deviation=deviation, near_band=band)


def never_judged(indicator: Indicator) -> str:
    """Why no value of the indicator is better than another, '' where one is."""
    if indicator.direction == "":
        return "danh mục chưa ghi chiều tốt, xấu của chỉ tiêu"
    if indicator.direction != "none":
        return ""
    what = "chỉ tiêu cơ cấu" if indicator.measure == "share" else "chỉ tiêu không có chiều tốt, xấu"
    return f"{what}: chỉ nêu chênh lệch"


def judge_uncertain(
    result: float,
    upper: float | None,
    qualifier: str,
    target: Target,
    baseline: float | None,
    indicator: Indicator,
    cycle: Cycle,
) -> Judgement:
    """As ``judge``, of a result that is a range or a bound: a word only where every value it may be earns a good or
    every one a bad one."""
    verdict = judge(result, target, baseline, indicator, cycle)
    if not verdict.status:
        return verdict
    met = verdict.status != "không đạt"
    if upper is not None:
        other = judge(upper, target, baseline, indicator, cycle)
        certain = other.status == verdict.status
    elif qualifier in (">=", ">", "<=", "<") and indicator.direction in ("up", "down"):
        certain = met == ((qualifier in (">=", ">")) == (indicator.direction == "up"))
    else:
        certain = True
    if certain:
        return verdict
    return Judgement(reason="kết quả chỉ biết trong một khoảng nên chưa rõ đạt hay không", deviation=verdict.deviation)


def _deviation(result: float, target: Target) -> float:
    """y − T; of a range, the distance to its nearer end, 0 inside."""
    if target.upper is None or result <= target.value:
        return result - target.value
    return result - target.upper if result > target.upper else 0.0


def _judge_band(result: float, indicator: Indicator, deviation: float) -> Judgement:
    low, high = indicator.band_low, indicator.band_high
    if low is None or high is None:
        return Judgement(reason="danh mục chưa ghi khoảng hợp lý của chỉ tiêu", deviation=deviation)
    return Judgement("đạt" if low <= result <= high else "không đạt", deviation=deviation)


def near_band(target: float, baseline: float | None, indicator: Indicator, cycle: Cycle) -> float:
    """How small a shortfall is "gần đạt": the indicator's own band, else the smallest of the cycle's three bounds."""
    if indicator.near_band is not None:
        return indicator.near_band
    bounds = [abs(target) * cycle.near_percent_of_target / 100]
    if indicator.unit.startswith(("%", "điểm %")):
        bounds.append(cycle.near_points_for_rates)
    if baseline is not None and target != baseline:
        bounds.append(abs(target - baseline) * cycle.near_percent_of_change / 100)
    return min(bounds)


def on_path(
    result: float,
    year: int,
    target: Target,
    target_year: int,
    baseline: float,
    baseline_year: int,
    indicator: Indicator,
) -> bool:
    """Straight-line path: e(t) = y0 + (T − y0)(t − t0)/(tT − t0); on it when d·(y(t) − e(t)) ≥ 0."""
    goal = target.value if indicator.direction == "up" or target.upper is None else target.upper
    expected = baseline + (goal - baseline) * (year - baseline_year) / (target_year - baseline_year)
    sign = 1 if indicator.direction == "up" else -1
    return sign * (result - expected) >= -target.tolerance


def percent_of_plan(result: float, target: Target, indicator: Indicator) -> float | None:
    """y / T · 100, for indicators where up is good and the target is positive."""
    return result / target.value * 100 if indicator.direction == "up" and target.value > 0 else None


def share_of_change(result: float, target: Target, baseline: float | None) -> float | None:
    """(y − y0)/(T − y0): the share of the planned change that was achieved, valid in both directions."""
    if baseline is None or target.value == baseline:
        return None
    return (result - baseline) / (target.value - baseline)
