"""What several units say, held against each other once all are read: districts and province, province and nation.

An issue stands with the number of the larger area, or with the one that is far from all others. It names no other
unit and tells no other's number, except those of the same area: an office's page knows what is known of its province.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from decimal import Decimal
from statistics import median

from planreview.catalogue import Catalogue, Unit, periods, texts
from planreview.quality.issues import (
    about,
    correction,
    counted,
    issue,
    left_blank,
    number,
    number_at,
    percent,
    rounding,
)

SUM, BETWEEN, WHOLE = "check.sum_of_areas", "check.between_areas", "check.larger_area"
RATIO, MAGNITUDE, ZEROS = "check.ratio_of_units", "unit.magnitude", "check.zero_of_areas"
CODES = (SUM, BETWEEN, WHOLE, RATIO, MAGNITUDE, ZEROS)

_APART = 0.02  # a sum of areas that is nearer to the whole is one of rounding and of rounds
_MOST_RATES, _BESIDE = 0.8, 0.05  # areas whose rates are known; a rate so little beyond them is one of sources
_TIMES = 5.0  # a rate or a level per head so many times the nation's, or one so much smaller
_AREAS = 6  # that tell what is usual among them
_POWER, _NEAR = 0.85, 0.3  # powers of ten off, and how near to a whole one
_DEVIATIONS, _MAD = 5.0, 1.4826
_PERIODS = 3  # of a row that are off alike
_LEAST = 20  # times less than in the middle one has the area with the least: so none of them has nothing
_ASK = "Hãy đối chiếu hai bên; các số được giữ nguyên cho đến khi có bên sửa"

Question = tuple[str, str, str, str]  # provenance, indicator, period, kind
Given = dict[Question, dict[str, dict]]


def across(figures: Iterable[dict], catalogue: Catalogue) -> list[dict]:
    """Issues (rows of the table ``issues``) about the numbers chosen for different areas (rows of ``figures``).

    Only numbers of one provenance are compared, and submitted ones with published ones of the nation; sums that we
    made ourselves are left out, and so are targets: a sum of targets is a plan that nobody set.
    """
    given: Given = {}
    for row in figures:
        if row["kind"] != "target" and row["value"] is not None and row["qualifier"] in ("", "~") and not row["parts"]:
            question = row["provenance"], row["indicator_code"], row["period"], row["kind"]
            given.setdefault(question, {})[row["area_code"]] = row
    listed = [unit for unit in catalogue.units.values() if unit.parts_listed]
    return [
        *(found for unit in listed for found in _parts(unit, given, catalogue)),
        *_nation(given, catalogue),
        *_ratios(given, catalogue),
        *(found for unit in listed for found in _magnitudes(unit, given, catalogue)),
        *(found for unit in listed for found in _zeros(unit, given, catalogue)),
    ]


def _parts(unit: Unit, given: Given, catalogue: Catalogue) -> Iterator[dict]:
    """An area that is not the sum of its parts, or whose rate lies beyond those of all its parts."""
    for (_, code, period, _), areas in given.items():
        whole = areas.get(unit.code)
        if whole is None or periods.is_months(period):
            continue
        codes = catalogue.parts_of(unit.code, period)
        rows = [areas[c] for c in codes if c in areas]
        if not rows:
            continue
        indicator = catalogue.indicators[code]
        if indicator.additive:
            yield from _sum(whole, rows, len(codes), catalogue)
        elif indicator.measure in ("rate", "share") and len(rows) >= _MOST_RATES * len(codes):
            low, high = min(r["value"] for r in rows), max(r["value"] for r in rows)
            slack = rounding(whole) + _BESIDE * abs(whole["value"])
            if not low - slack <= whole["value"] <= high + slack:
                yield issue(
                    whole,
                    "warning",
                    BETWEEN,
                    f"{about(indicator, whole)}: {number_at(whole)} nằm ngoài khoảng của {len(rows)} đơn vị hợp thành "
                    f"(từ {counted(low, whole['digits'])} đến {counted(high, whole['digits'])} {indicator.unit})",
                    _ASK,
                )


def _sum(whole: dict, rows: list[dict], asked: int, catalogue: Catalogue) -> Iterator[dict]:
    indicator = catalogue.indicators[whole["indicator_code"]]
    added = sum(r["value"] for r in rows)
    off = whole["value"] - added
    tolerance = _APART * abs(whole["value"]) + rounding(whole) + sum(map(rounding, rows))
    complete = len(rows) == asked
    if (complete and abs(off) <= tolerance) or (
        not complete and (off >= -tolerance or min(r["value"] for r in rows) < 0)
    ):
        return
    who = f"{asked} đơn vị hợp thành" if complete else f"{len(rows)}/{asked} đơn vị hợp thành đã có số"
    yield issue(
        whole,
        "warning",
        SUM,
        f"{about(indicator, whole)}: {number_at(whole)} khác tổng của {who} "
        f"{counted(added, max(r['digits'] for r in rows))}, chênh {counted(off, whole['digits'])} "
        f"{indicator.unit}{percent(off, added)}",
        _ASK,
    )


def _nation(given: Given, catalogue: Catalogue) -> Iterator[dict]:
    """A province that has more than the nation, or a level per head or a rate many times the nation's."""
    nations = {u.code for u in catalogue.units.values() if u.kind == "nation"}
    for (provenance, code, period, kind), areas in given.items():
        known = given.get(("published", code, period, kind), {}) if provenance == "submitted" else areas
        if provenance == "simulated":
            continue  # a province that does not exist has no place in the nation
        for nation in nations & known.keys():
            for area, row in areas.items():
                if catalogue.units[area].parent == nation:
                    yield from _against(row, known[nation], catalogue)


def _against(row: dict, nation: dict, catalogue: Catalogue) -> Iterator[dict]:
    indicator = catalogue.indicators[row["indicator_code"]]
    if indicator.additive:
        wrong = row["value"] > nation["value"] + rounding(row) + rounding(nation)
        words = "lớn hơn số của cả nước"
    elif row["value"] > 0 and nation["value"] > 0 and indicator.measure not in ("growth", "index"):
        times = row["value"] / nation["value"]
        wrong = not 1 / _TIMES <= times <= _TIMES
        words = f"{'cao' if times > 1 else 'thấp'} hơn {counted(max(times, 1 / times), 1)} lần số của cả nước"
    else:
        return
    if wrong:
        yield issue(
            row,
            "warning",
            WHOLE,
            f"{about(indicator, row)}: {number_at(row)} {words} {number_at(nation)} ({indicator.unit})",
            "Hãy xem lại số và đơn vị tính; các số được giữ nguyên",
        )


def _ratios(given: Given, catalogue: Catalogue) -> Iterator[dict]:
    """A rate that one unit gave, and its numerator and denominator that others did, which do not go together. What one
    unit says of itself is for its own checks."""
    for (provenance, code, period, kind), areas in given.items():
        ratio = catalogue.indicators[code].ratio
        if ratio is None or provenance == "published":
            continue
        above, below = (given.get((provenance, c, period, kind), {}) for c in (ratio.numerator, ratio.denominator))
        for area, row in areas.items():
            top, bottom = above.get(area), below.get(area)
            if top is None or bottom is None or bottom["value"] <= 0:
                continue
            counted_rate = float(ratio.scale) * top["value"] / bottom["value"]
            slack = rounding(row) + _APART * abs(row["value"])
            if len({r["unit_code"] for r in (row, top, bottom)}) > 1 and abs(counted_rate - row["value"]) > slack:
                names = [catalogue.indicators[r["indicator_code"]].name for r in (top, bottom)]
                yield issue(
                    row,
                    "warning",
                    RATIO,
                    f"{about(catalogue.indicators[code], row)}: {number_at(row)}, nhưng {names[0]} {number(top)} trên "
                    f"{names[1]} {number(bottom)}, do cơ quan khác gửi, cho {counted(counted_rate, row['digits'])} "
                    f"({catalogue.indicators[code].unit})",
                    _ASK,
                )


def _magnitudes(unit: Unit, given: Given, catalogue: Catalogue) -> Iterator[dict]:
    """Rows of one part of an area that are a power of ten away from those of the others, for the size it has."""
    off: dict[tuple[str, str, str], list[tuple[dict, int]]] = {}
    size = next((code for code in catalogue.indicators if catalogue.expected(code).tells_size), "")
    for (provenance, code, period, kind), areas in given.items():
        indicator = catalogue.indicators[code]
        if indicator.measure in ("growth", "index", "") or periods.is_months(period):
            continue
        codes = [c for c in catalogue.parts_of(unit.code, period) if c in areas and areas[c]["value"] > 0]
        if len(codes) <= _AREAS:
            continue
        people = given.get((provenance, size, period, kind), {}) if indicator.additive else {}
        per_head = code != size and all(c in people and people[c]["value"] > 0 for c in codes)
        sizes = {c: math.log10(areas[c]["value"] / (people[c]["value"] if per_head else 1)) for c in codes}
        for area, power in _far(sizes):
            if abs(power) > 1:  # of some things one district has ten times as much as the others
                off.setdefault((provenance, code, area), []).append((areas[area], power))
    for found in off.values():
        powers = {power for _, power in found}
        if len(found) >= _PERIODS and len(powers) == 1:
            yield from _magnitude([row for row, _ in found], powers.pop(), catalogue)


def _zeros(unit: Unit, given: Given, catalogue: Catalogue) -> Iterator[dict]:
    """Rows of zeros of one part of an area, of what all its other parts have and none of them only little of."""
    found: dict[tuple[str, str, str], list[dict]] = {}
    others: set[tuple[str, str, str]] = set()  # the same with a number
    for (provenance, code, period, _), areas in given.items():
        if catalogue.indicators[code].measure in ("growth", "index", "cumulative", "") or periods.is_months(period):
            continue
        rows = {c: areas[c] for c in catalogue.parts_of(unit.code, period) if c in areas}
        numbers = [row["value"] for row in rows.values() if row["value"]]
        alike = len(numbers) >= _AREAS and len(numbers) == len(rows) - 1 and min(numbers) * _LEAST >= median(numbers)
        for area, row in rows.items():
            if row["value"]:
                others.add((provenance, code, area))
            elif alike:
                found.setdefault((provenance, code, area), []).append(row)
    for key, rows in found.items():
        if len(rows) >= _PERIODS and key not in others:
            yield from (_zero(row, len(rows), catalogue) for row in rows)


def _zero(row: dict, kept: int, catalogue: Catalogue) -> dict:
    indicator = catalogue.indicators[row["indicator_code"]]
    return issue(
        row,
        "error",
        ZEROS,
        f"{about(indicator, row)}: {kept} kỳ đều ghi 0, trong khi mọi đơn vị cùng cấp đã gửi đều có số khác 0; "
        "có thể là ô chưa điền",
        left_blank(row),
    )


def _far(sizes: dict[str, float]) -> Iterator[tuple[str, int]]:
    """Areas whose size is a power of ten off what the others' say, with that power."""
    for area, size in sizes.items():
        others = [s for a, s in sizes.items() if a != area]
        usual = median(others)
        spread = _MAD * median(abs(s - usual) for s in others)
        away = size - usual
        power = round(away)
        if power and abs(away) >= max(_POWER, _DEVIATIONS * spread) and abs(away - power) <= _NEAR:
            yield area, power


def _magnitude(rows: list[dict], power: int, catalogue: Catalogue) -> Iterator[dict]:
    """An issue at each number of a row: an error of rates, which never differ so much."""
    factor = texts.number(10 ** abs(power), 0)
    how = f"{'lớn' if power > 0 else 'nhỏ'} hơn khoảng {factor} lần"
    for row in rows:
        indicator = catalogue.indicators[row["indicator_code"]]
        mend = correction(row, "scale", "ghi sai đơn vị tính", Decimal(10) ** -power)
        yield issue(
            row,
            "error" if indicator.measure in ("rate", "share") else "warning",
            MAGNITUDE,
            f"{about(indicator, row)}: {number(row)} {indicator.unit} {how} mức thường gặp của các đơn vị cùng cấp "
            f"ở {len(rows)} kỳ; có vẻ ghi sai đơn vị tính",
            f"Hãy xem lại đơn vị tính. Nếu đúng là sai, thêm vào corrections.csv: “{mend}”; nếu số đúng, thay scale "
            "bằng confirm và để trống cột value",
        )
