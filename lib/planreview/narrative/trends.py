"""How a value moved, in words that fit its direction and unit: ``giảm 3,1 điểm phần trăm/năm``, never ``tăng −3,1``."""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Number, Part, Parts
from planreview.catalogue import periods, texts
from planreview.evaluate.turning import turning_year
from planreview.narrative.numbers import NONE, Numbers, known, shown_digits
from planreview.review import Review

STILL = "không đổi"
_PACE_DIGITS = 2  # more than this of a yearly pace is nobody's knowledge
_ENDS = {"achieved_pace": ("baseline_figure", "last_figure"), "required_pace": ("last_figure", "next_target_figure")}


def pace(n: Numbers, column: str) -> Part:
    """A yearly pace as it is said: ``tăng 5,2%/năm``, ``giảm 3,1 điểm phần trăm/năm``, ``không đổi``; a dash where it
    is not known. ``column``: achieved_pace, required_pace, best_pace or outside_pace of results."""
    value = n.row[column]
    if not known(value):
        return NONE
    said = moved(value, n)
    if said == STILL:
        return said
    ids = ";".join(filter(None, (n.row[end] for end in _ENDS.get(column, ()))))
    return Number(said, value, n.review.cells(ids))


def moved(value: float, n: Numbers) -> str:
    """A yearly change in words."""
    indicator = n.indicator
    digits = min(max(1, indicator.digits), _PACE_DIGITS) if abs(value) < 100 else indicator.digits
    size = texts.number(abs(value), digits)
    if not size.strip("0,."):
        return STILL
    if n.indicator.multiplicative:
        unit = "%/năm"
    elif indicator.unit.startswith("%"):
        unit = "điểm phần trăm/năm"
    else:
        unit = f"{indicator.unit} mỗi năm" if "/" in indicator.unit else f"{indicator.unit}/năm"
    return f"{'tăng' if value > 0 else 'giảm'} {texts.with_unit(size, unit)}"


def course(n: Numbers) -> list[Part]:
    """``từ 34,4% (năm 2015) xuống 22,8% (năm 2020), bình quân giảm 2,3 điểm phần trăm/năm``; [] where either end is not
    known."""
    row, cycle = n.row, n.review.cycle
    if not (known(row["baseline"]) and known(row["last"])):
        return []
    of_percent = n.indicator.unit.startswith("%")  # any other unit was named with the result
    start, end = n.baseline(unit=of_percent), n.last(unit=of_percent)
    if row["last"] == row["baseline"]:
        return ["giữ nguyên ", end, f" từ năm {cycle.baseline_year} đến năm {cycle.review_last}"]
    way = "lên" if row["last"] > row["baseline"] else "xuống"
    estimated = "ước " if row["last_kind"] == "estimate" else ""
    yearly_sum = "tính từng năm: " if n.indicator.five_year_rule == "sum" else ""
    from_start = f" (năm {cycle.baseline_year}) {way} "
    said: list[Part] = [f"{yearly_sum}từ ", start, from_start, end, f" ({estimated}năm {cycle.review_last})"]
    speed = pace(n, "achieved_pace")
    return [*said, ", bình quân ", speed] if speed not in (NONE, STILL) else said


def divergence(row: dict) -> str:
    """From which year on the results stayed worse than the straight way to the target; '' where they did not."""
    year = row["divergence_year"]
    if not year:
        return ""
    if year == row["result_period"]:
        return f"năm {year} kết quả kém đường thẳng tới mục tiêu"
    return f"từ năm {year} kết quả luôn kém đường thẳng tới mục tiêu"


def turn(review: Review, row: dict, provenance: str) -> list[Part]:
    """``tăng đến năm 2018 (12,4%) rồi giảm`` where the years of the review turned once; else []."""
    years = yearly(review, row["indicator_code"], provenance)
    if row["break_note"]:
        return []
    year = turning_year({int(period): f["value"] for period, f in years.items()})
    if year is None:
        return []
    figure = years[str(year)]
    first = figure["value"] > years[str(year - 1)]["value"]
    n = Numbers(review, row)
    digits = shown_digits(figure["value"], figure["digits"], n.indicator)
    text = texts.with_unit(texts.number(figure["value"], digits), n.indicator.unit)
    peak = Number(text, figure["value"], review.cells(figure["figure_id"]))
    before, after = ("tăng", "giảm") if first else ("giảm", "tăng")
    return [f"{before} đến năm {year} (", peak, f") rồi {after}"]


def yearly(review: Review, code: str, provenance: str) -> dict[str, dict]:
    """The figures of the review's years from the baseline on, by year (``years_of``)."""
    cycle, figures = review.cycle, review.figures()
    mine = figures[(figures["indicator_code"] == code) & (figures["provenance"] == provenance)]
    best = years_of(mine, cycle.baseline_year)
    return {f["period"]: f for f in best.to_dict("records") if int(f["period"]) <= cycle.review_last}


def years_of(figures: pd.DataFrame, first: int) -> pd.DataFrame:
    """Of one area's figures of one indicator the exact ones of single years, an actual before an estimate, in order."""
    exact = figures["value"].notna() & figures["qualifier"].isin(("", "~"))  # an end of a range is no point
    single = figures[(figures["kind"] != "target") & exact & figures["period"].map(periods.is_year).astype(bool)]
    best = single.sort_values("kind").drop_duplicates("period")
    return best[best["period"].astype(int) >= first].sort_values("period")


def yardsticks(review: Review, row: dict, known_ones: pd.DataFrame) -> list[Part]:
    """``toàn tỉnh 18,2%, trung vị 12 huyện, thành phố 20,1%`` beside a result; [] where nothing is known.

    ``known_ones``: ``Review.yardsticks()``.
    """
    mine = known_ones[
        (known_ones["provenance"] == row["provenance"])
        & (known_ones["indicator_code"] == row["indicator_code"])
        & (known_ones["result_period"] == row["result_period"])
    ]
    n, parts = Numbers(review, row), []
    for other in mine.to_dict("records"):
        digits = max(n.difference_digits, n.indicator.digits)
        text = texts.with_unit(texts.number(other["result"], digits), n.indicator.unit)
        if other["area_code"]:
            kind = review.catalogue.units[other["area_code"]].kind
            who = {"nation": "cả nước", "province": "toàn tỉnh"}.get(
                kind, review.catalogue.units[other["area_code"]].name
            )
        else:
            who = f"trung vị của {other['areas']} đơn vị cùng cấp"
        of_kind = (
            f" ({texts.PROVENANCES[other['of_provenance']]})" if other["of_provenance"] != row["provenance"] else ""
        )
        # the cells behind another area's number may be other units': only published ones are everybody's to see
        cells = review.cells(other["result_figures"]) if other["of_provenance"] == "published" else ()
        parts += [", " if parts else "", f"{who} ", Number(text, other["result"], cells), of_kind]
    return [p for p in parts if p]


def told(review: Review, row: dict, provenance: str, beside: pd.DataFrame, *more: Parts) -> list[Part]:
    """How an indicator moved, when it fell behind, and what stands beside it elsewhere (``Review.yardsticks()``), then
    ``more``, in one sentence."""
    elsewhere = yardsticks(review, row, beside)
    return joined(
        course(Numbers(review, row)),
        turn(review, row, provenance),
        divergence(row),
        ["để so sánh: ", *elsewhere] if elsewhere else [],
        *more,
    )


def joined(*clauses: Parts) -> list[Part]:
    """Clauses in one sentence, the empty ones left out: ``A; B; C.``"""
    said: list[Part] = []
    for clause in filter(None, clauses):
        said += ["; "] if said else []
        said += [clause] if isinstance(clause, str) else list(clause)
    if not said:
        return []
    if isinstance(said[0], str):
        said[0] = texts.sentence(said[0])
    return [*said, "."]
