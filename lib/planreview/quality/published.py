"""Published figures against each other: what no single source shows, each doubt with its numbers and sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

from planreview.catalogue import Catalogue, periods
from planreview.catalogue.indicators import PREVIOUS_TERM, Indicator
from planreview.quality.issues import differ, issue, rounding, said

ESTIMATE, SAME_NUMBER, ADJUSTED = "source.estimate", "source.same_number", "source.adjusted"
MOMENT, SPIKE, RATIO = "source.moment", "source.spike", "source.ratio"
BASE, DOUBT = "source.implied_base", "source.doubt"
CODES = (ESTIMATE, SAME_NUMBER, ADJUSTED, MOMENT, SPIKE, RATIO, BASE, DOUBT)

_FAR = 0.05  # two numbers further apart than this are worth a look, not only a note
_TELLING_DIGITS = 4  # fewer significant digits may well be equal in two years by chance
_SPIKE, _CALM = 0.2, 0.1  # a year so far from its neighbours, which are so near to each other

_BOTH_KEPT = "Cả hai số được giữ nguyên; hãy đối chiếu hai nguồn"


def doubts(observations: list[dict], catalogue: Catalogue) -> list[dict]:
    """Issues about the published figures among a unit's observations."""
    order = {code: n for n, code in enumerate(catalogue.rounds)}
    rows = [o for o in observations if o["provenance"] == "published" and o["value"] is not None and not o["hidden"]]
    rows.sort(key=lambda o: (order[o["round"]], o["source_file"], o["sheet"], o["cell"]))
    series: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for row in rows:
        series[row["area_code"], row["indicator_code"]].append(row)
    found: list[dict] = []
    for (area, code), of_one in series.items():
        indicator = catalogue.indicators[code]
        for rule in _RULES:
            found += rule(of_one, indicator)
        found += _ratios(of_one, indicator, lambda other, area=area: series.get((area, other), []), catalogue)
        found += _implied_bases(of_one, indicator, lambda other, area=area: series.get((area, other), []), catalogue)
    return found + list(_written_doubts(rows, catalogue))


def _about(indicator: Indicator, period: str) -> str:
    return f"{indicator.name}, {periods.words(period)}"


def _estimates(rows: list[dict], indicator: Indicator) -> Iterator[dict]:
    """An estimate beside the actual of the same period: a revision, or two different things."""
    actuals = {r["period"]: r for r in rows if r["kind"] == "actual"}
    for row in rows:
        actual = actuals.get(row["period"])
        if row["kind"] != "estimate" or actual is None or not differ(row, actual):
            continue
        far = abs(row["value"] - actual["value"]) > _FAR * abs(actual["value"])
        yield issue(
            row,
            "warning" if far else "info",
            ESTIMATE,
            f"Ước và thực hiện khác nhau về {_about(indicator, row['period'])}: ước {said(row)}, thực hiện "
            f"{said(actual)} ({indicator.unit})",
            "Số thực hiện được dùng"
            + ("; chênh trên 5% nên hãy xem lại năm và khái niệm của hai nguồn" if far else ""),
        )


def _same_numbers(rows: list[dict], indicator: Indicator) -> Iterator[dict]:
    """One telling number that two sources give for two years: one of them has the wrong year."""
    years = [r for r in rows if r["kind"] != "target" and periods.is_year(r["period"]) and not r["qualifier"]]
    for one, other in combinations(years, 2):
        same = one["value"] == other["value"] and one["period"] != other["period"]
        if same and one["source_id"] != other["source_id"] and _significant(one["value"]) >= _TELLING_DIGITS:
            yield issue(
                other,
                "warning",
                SAME_NUMBER,
                f"Cùng một số được ghi cho hai năm về {indicator.name}: {said(one)} cho năm {one['period']}, "
                f"{said(other)} cho năm {other['period']} ({indicator.unit})",
                "Một trong hai nguồn có thể đề sai năm; " + _BOTH_KEPT.lower(),
            )


def _significant(value: float) -> int:
    digits = repr(abs(value)).removesuffix(".0").replace(".", "").strip("0")
    return len(digits)


def _adjusted(rows: list[dict], indicator: Indicator) -> Iterator[dict]:
    """A target that a later act of the same plan has changed: both stand, and are said."""
    targets: dict[tuple, list[dict]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "target":
            targets[row["period"], row["plan"]].append(row)
    for (period, _), given in targets.items():
        first_of_act = {r["act"]: r for r in reversed(given)}
        if len(first_of_act) > 2:
            first_of_act.pop("", None)  # who repeats a target without naming its act has changed nothing
        in_order = sorted(first_of_act.values(), key=lambda r: periods.act_date(r["act"]))
        for one, other in pairwise(in_order):
            if differ(one, other):
                yield issue(
                    other,
                    "info",
                    ADJUSTED,
                    f"Có hai mức mục tiêu của hai văn bản cho {_about(indicator, period)}: {said(one)} "
                    f"({one['act'] or 'không rõ văn bản'}) và {said(other)} ({other['act'] or 'không rõ văn bản'}), "
                    f"{indicator.unit}",
                    "Cả hai mức được giữ, mỗi mức ghi tên văn bản; hãy xem văn bản sau có thay văn bản trước không",
                )


def _moments(rows: list[dict], indicator: Indicator) -> Iterator[dict]:
    """A running total known at two moments of a year: no error, but not the same number."""
    if indicator.measure != "cumulative":
        return
    results = [r for r in rows if r["kind"] != "target"]
    whole = {r["period"]: r for r in results if periods.is_year(r["period"])}
    for row in results:
        year = whole.get(row["period"][:4]) if periods.is_months(row["period"]) else None
        if year is not None and differ(row, year):
            yield issue(
                row,
                "info",
                MOMENT,
                f"{indicator.name} có số ở hai thời điểm trong năm: {said(row)} sau {periods.words(row['period'])}, "
                f"{said(year)} cả năm ({indicator.unit})",
                "Số giữa năm không dùng để kết luận cả năm",
            )


def _spikes(rows: list[dict], indicator: Indicator) -> Iterator[dict]:
    """One year of a source's series of levels far from both its neighbours, which are near to each other."""
    if indicator.measure not in ("level", "cumulative"):
        return  # growth and indices jump
    by_source: dict[str, dict[int, dict]] = defaultdict(dict)
    for row in rows:
        if row["kind"] == "actual" and periods.is_year(row["period"]):
            by_source[row["source_id"]][int(row["period"])] = row
    for years in by_source.values():
        for year, row in years.items():
            if not {year - 1, year + 1} <= set(years):
                continue
            before, after = years[year - 1], years[year + 1]
            usual = (before["value"] + after["value"]) / 2
            calm = abs(before["value"] - after["value"]) < _CALM * abs(usual)
            if calm and abs(row["value"] - usual) > _SPIKE * abs(usual):
                yield issue(
                    row,
                    "warning",
                    SPIKE,
                    f"{_about(indicator, row['period'])} khác hẳn hai năm liền kề: {said(before)}, {said(row)}, "
                    f"{said(after)} ({indicator.unit})",
                    "Hãy xem lại nguồn; số được giữ nguyên",
                )


_RULES: tuple[Callable[[list[dict], Indicator], Iterator[dict]], ...] = (
    _estimates,
    _same_numbers,
    _adjusted,
    _moments,
    _spikes,
)
_Series = Callable[[str], list[dict]]


def _ratios(rows: list[dict], indicator: Indicator, series: _Series, catalogue: Catalogue) -> Iterator[dict]:
    """A rate that its source's own numerator and denominator do not give, whatever was rounded."""
    if indicator.ratio is None:
        return
    scale = float(indicator.ratio.scale)
    above, below = (catalogue.indicators[c] for c in (indicator.ratio.numerator, indicator.ratio.denominator))
    for row in rows:
        parts = [[p for p in series(i.code) if _together(p, row)] for i in (above, below)]
        if row["qualifier"] or not all(parts):
            continue
        top, bottom = parts[0][0], parts[1][0]
        if bottom["value"] <= rounding(bottom):
            continue
        low = scale * (top["value"] - rounding(top)) / (bottom["value"] + rounding(bottom))
        high = scale * (top["value"] + rounding(top)) / (bottom["value"] - rounding(bottom))
        if not low - rounding(row) <= row["value"] <= high + rounding(row):
            counted = dict(row, value=scale * top["value"] / bottom["value"])
            far = abs(counted["value"] - row["value"]) > _FAR * abs(row["value"])
            yield issue(
                row,
                "warning" if far else "info",
                RATIO,
                f"{_about(indicator, row['period'])}: nguồn ghi {said(row)}, nhưng {said(top)} ({above.name}) trên "
                f"{said(bottom)} ({below.name}) cho {said(counted).partition(' [')[0]} ({indicator.unit})",
                "Hãy xem lại nguồn; các số được giữ nguyên",
            )


def _together(one: dict, other: dict) -> bool:
    """Given by one source for the same period, as exact numbers."""
    return all(one[c] == other[c] for c in ("source_id", "period", "kind")) and not one["qualifier"]


def _implied_bases(rows: list[dict], indicator: Indicator, series: _Series, catalogue: Catalogue) -> Iterator[dict]:
    """A stated change and its end imply where it began; the published beginning may be another one."""
    if indicator.change is None:
        return
    of = catalogue.indicators[indicator.change.of]
    for row in rows:
        base_period = _base_period(row["period"], indicator.change.base, catalogue)
        same = ("period", "kind", "plan")
        ends = [r for r in series(of.code) if all(r[c] == row[c] for c in same)]
        if not ends or not base_period:
            continue
        end = ends[0]
        implied = dict(end, value=end["value"] - row["value"], digits=max(end["digits"], row["digits"]))
        known = [r for r in series(of.code) if r["period"] == base_period and differ(implied, r)]
        if known:
            yield issue(
                row,
                "warning",
                BASE,
                f"{indicator.name} {said(row)} và mức {said(end)} cho thấy {_about(of, base_period)} là "
                f"{said(implied).partition(' [')[0]}, nhưng có nguồn ghi {'; '.join(map(said, known))} ({of.unit})",
                "Hãy đối chiếu các nguồn; các số được giữ nguyên",
            )


def _base_period(period: str, base: str, catalogue: Catalogue) -> str:
    if base != PREVIOUS_TERM:
        return base
    cycle = catalogue.default_cycle
    term = cycle.review_last - cycle.review_first + 1
    first, last = (year - term for year in periods.years(period))
    return str(first) if first == last else f"{first}-{last}"


def _written_doubts(rows: list[dict], catalogue: Catalogue) -> Iterator[dict]:
    """What a person wrote down in doubts.csv, at the cells that it is about."""
    for doubt in catalogue.doubts.to_dict("records"):
        for row in rows:
            keys = ("area_code", "indicator_code", "source_id")
            if all(row[k] == doubt[k] for k in keys) and doubt["period"] in ("", row["period"]):
                about = _about(catalogue.indicators[row["indicator_code"]], row["period"])
                yield issue(
                    row, "warning", DOUBT, f"{about}: {said(row)}. {doubt['message_vi']}", doubt["suggestion_vi"]
                )
