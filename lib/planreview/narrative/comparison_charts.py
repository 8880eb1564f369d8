"""Charts that set areas beside each other: a province's parts on its page, a district beside yardsticks on its own.

A province sees its districts by name. Of other units a district's page shows the province's and the nation's value and
medians, no names.
"""

from __future__ import annotations

import pandas as pd

from planreview.blocks import Block, Cell, Figure
from planreview.catalogue import periods, texts
from planreview.charts import (
    HeatRow,
    Multiples,
    Panel,
    Point,
    Ranked,
    Standing,
    Tile,
    Yardstick,
    heat_chart,
    multiples_chart,
    ranked_chart,
    standing_chart,
    tile_chart,
)  # fmt: skip
from planreview.evaluate.yardstick import comparable
from planreview.narrative import focus, words
from planreview.narrative.chart_parts import breaks_of, covered, sign_of, value
from planreview.narrative.course_charts import points_of
from planreview.narrative.sources import cells_of, known_as
from planreview.narrative.trends import years_of
from planreview.review import Review

_ROWS = 2 * focus.A_PAGE  # lines of a heat map that a page holds
_EACH = 2  # indicators that are shown area by area
_STEPS = (40, 60, 80)  # percent: bounds of the shades of the tile map


def comparison_charts(review: Review, provenance: str) -> list[Block]:
    """All of them that there is something to show for, in the order in which they are read; [] where nothing is."""
    below = review.results_below()
    below = below[below["provenance"] == provenance]
    if below.empty:
        return standing(review, provenance)
    return [
        *heat_map(review, below, provenance),
        *tile_map(review, below, provenance),
        *ranking(review, below, provenance),
        *small_multiples(review, below, provenance),
    ]


def _counts(below: pd.DataFrame) -> pd.DataFrame:
    """By indicator: how many areas could be judged, how many did not reach their target, how many reached it."""
    tones = below["status"].map(words.TONES)
    data = below.assign(bad=tones == "bad", good=tones == "good")[tones.notna()]
    return data.groupby("indicator_code")[["bad", "good"]].sum().assign(judged=data.groupby("indicator_code").size())


def heat_map(review: Review, below: pd.DataFrame, provenance: str) -> list[Block]:
    """Areas across, indicators down; of many indicators those that most areas missed."""
    counts = _counts(below)
    if counts.empty:
        return []
    place = {code: n for n, code in enumerate(review.catalogue.indicators)}
    order = sorted(counts.index, key=lambda code: (-counts.loc[code, "bad"], place[code]))
    known = review.catalogue.indicators
    nowhere = [code for code in order if counts.loc[code, "bad"] == counts.loc[code, "judged"]]
    every, lead = len(order), ""
    if len(order) > _ROWS and 0 < len(nowhere) < every:  # rows of nothing but crosses tell no unit from another
        order = [code for code in order if code not in set(nowhere)]
        lead = f"{len(nowhere)} chỉ tiêu không đơn vị nào tới mục tiêu; trong các chỉ tiêu khác, nhiều đơn vị "
    bad, judged = counts.loc[order[0], ["bad", "judged"]]
    finding = (
        f"{lead or 'Nhiều đơn vị '}chưa tới mục tiêu nhất: {known[order[0]].name} ({bad}/{judged} đơn vị)"
        if bad
        else f"Các đơn vị của {review.unit.name} tới mục tiêu ở mọi chỉ tiêu đánh giá được"
        if (counts["good"] == counts["judged"]).all()
        else f"Chưa đơn vị nào của {review.unit.name} kém mục tiêu hoặc tiến độ ở chỉ tiêu đánh giá được"
    )
    areas = review.areas_below
    status = {(r["indicator_code"], r["area_code"]): r["status"] for r in below.to_dict("records")}
    rows = [
        HeatRow(
            f"{known[code].name} ({known[code].unit})",
            [_tone(status.get((code, area))) for area in areas],
            f"{counts.loc[code, 'good']}/{counts.loc[code, 'judged']}",
        )
        for code in order[:_ROWS]
    ]
    subtitle = f"Đánh giá từng đơn vị theo mục tiêu của chính đơn vị, {periods.short(review.cycle.review_period)}"
    if len(rows) < every:
        subtitle += f". Vẽ {len(rows)} trong {every} chỉ tiêu, nhiều đơn vị chưa tới mục tiêu nhất xếp trên"
    names = _tone_names(below[below["indicator_code"].isin(order[:_ROWS])])
    svg = heat_chart(finding, subtitle, _short(review, areas), rows, names, "đạt", simulated=provenance == "simulated")
    alt = "; ".join(
        f"{known[code].name}: {counts.loc[code, 'good']} đơn vị đạt hoặc vượt, {counts.loc[code, 'bad']} chưa tới mục "
        f"tiêu, {counts.loc[code, 'judged']}/{len(areas)} đánh giá được"
        for code in order[:_ROWS]
    )
    return [Figure(finding, alt, svg, covered(review, below["area_code"].nunique(), len(areas)))]


def _tone(status: str | None) -> str:
    if status is None or status == "thiếu số liệu":
        return ""
    return words.TONES.get(status, "none")


def _tone_names(rows: pd.DataFrame) -> dict[str, str]:
    """The statuses behind each tone that occurs."""
    seen = set(rows["status"])
    names = {
        tone: ", ".join(s for s in words.JUDGED if words.TONES[s] == tone and s in seen)
        for tone in ("good", "open", "bad")
    }
    return {**{t: said for t, said in names.items() if said}, "none": "không đánh giá được", "": "chưa có số liệu"}


def _short(review: Review, areas: tuple[str, ...]) -> list[str]:
    """Names without their kind where that leaves them apart: a column has no room for "Huyện"."""
    return [review.catalogue.units[area].name.removeprefix("Huyện ") for area in areas]


def tile_map(review: Review, below: pd.DataFrame, provenance: str) -> list[Block]:
    """How large a share of its judged indicators each area met, laid out as data/reference/maps/tiles.csv says."""
    tones = below["status"].map(words.TONES)
    judged = below[tones.notna()].assign(good=tones == "good")
    found = judged.groupby("area_code")["good"].agg(met="sum", judged="size")
    areas = [area for area in review.areas_below if area in review.catalogue.tiles]
    known = [area for area in areas if area in found.index]
    if len(known) < 2:
        return []
    names = dict(zip(review.areas_below, _short(review, review.areas_below), strict=True))
    share = {area: float(100 * found.loc[area, "met"] / found.loc[area, "judged"]) for area in known}
    best, worst = max(known, key=share.__getitem__), min(known, key=share.__getitem__)
    counted = {area: f"{found.loc[area, 'met']}/{found.loc[area, 'judged']} chỉ tiêu" for area in (best, worst)}
    finding = (
        f"Tỷ lệ chỉ tiêu đạt mục tiêu cao nhất ở {names[best]} ({counted[best]}), thấp nhất ở {names[worst]} "
        f"({counted[worst]})"
    )
    if share[best] == share[worst]:
        finding = f"Tỷ lệ chỉ tiêu đạt mục tiêu như nhau ở {len(known)} đơn vị, như {names[best]} ({counted[best]})"
    tiles = [
        Tile(
            names[area],
            *review.catalogue.tiles[area],
            f"{found.loc[area, 'met']}/{found.loc[area, 'judged']}" if area in share else "",
            sum(share[area] >= step for step in _STEPS) if area in share else None,
        )
        for area in areas
    ]
    low, middle, high = _STEPS
    levels = (f"dưới {low}%", f"{low}% đến dưới {middle}%", f"{middle}% đến dưới {high}%", f"từ {high}%")
    subtitle = (
        f"Số chỉ tiêu đạt, vượt hoặc dự kiến đạt trên số đánh giá được, {periods.short(review.cycle.review_period)}; "
        "vị trí ô phỏng theo bản đồ. Mỗi đơn vị có số chỉ tiêu và mục tiêu riêng"
    )
    svg = tile_chart(finding, subtitle, tiles, levels, simulated=provenance == "simulated")
    alt = "; ".join(f"{tile.label}: {tile.text or 'chưa có số liệu'}" for tile in tiles)
    return [Figure(finding, alt, svg, covered(review, len(known), len(areas)))]


def ranking(review: Review, below: pd.DataFrame, provenance: str) -> list[Block]:
    """Areas from the best to the worst on the comparable indicators that most of them missed, with larger areas."""
    beside = review.standing()
    beside = beside[beside["provenance"] == provenance]
    blocks: list[Block] = []
    for code in _shown(review, below):
        rows = _of_one_period(below[below["indicator_code"] == code])
        mine = review.results()
        mine = mine[(mine["provenance"] == provenance) & mine["main"] & (mine["indicator_code"] == code)]
        mine = _exact(mine[mine["result_period"] == rows["result_period"].iloc[0]])
        others = beside[(beside["indicator_code"] == code) & (beside["result_period"] == rows["result_period"].iloc[0])]
        blocks.append(_ranked(review, code, rows, mine, others, provenance))
    return blocks


def _shown(review: Review, below: pd.DataFrame) -> list[str]:
    """Comparable indicators with a good side that most areas know of the same period, those most often missed first."""
    counts = _counts(below)["bad"]
    known = review.catalogue.indicators
    enough = len(review.areas_below) / 2
    candidates = [
        code
        for code in dict.fromkeys(below["indicator_code"])
        if comparable(known[code])
        and sign_of(known[code])
        and len(_of_one_period(below[below["indicator_code"] == code])) >= enough
    ]
    return sorted(candidates, key=lambda code: -counts.get(code, 0))[:_EACH]


def _exact(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["result"].notna() & rows["result_upper"].isna() & rows["result_qualifier"].isin(("", "~"))]


def _of_one_period(rows: pd.DataFrame) -> pd.DataFrame:
    """Exact results of the period that most areas have, the latest of several."""
    rows = _exact(rows)
    if rows.empty:
        return rows
    sizes = rows.groupby("result_period").size()
    return rows[rows["result_period"] == max(sizes[sizes == sizes.max()].index)]


def _ranked(
    review: Review, code: str, rows: pd.DataFrame, mine: pd.DataFrame, others: pd.DataFrame, provenance: str
) -> Block:  # fmt: skip
    indicator = review.catalogue.indicators[code]
    digits, areas = indicator.digits, review.areas_below
    names = dict(zip(areas, _short(review, areas), strict=True))
    rows = rows.sort_values("result", ascending=sign_of(indicator) < 0, kind="stable")
    drawn = [
        Ranked(names[r["area_code"]], r["result"], texts.number(r["result"], digits), r["result_kind"] == "estimate")
        for r in rows.to_dict("records")
    ]
    drawn += [Ranked(names[area], None) for area in areas if area not in set(rows["area_code"])]
    period = periods.words(rows["result_period"].iloc[0])
    own = value(mine["result"].iloc[0]) if len(mine) else None
    marks = [] if own is None else [Yardstick(review.unit.name, own, texts.number(own, digits))]
    nation = value(others["nation"].iloc[0]) if len(others) else None
    if nation is not None:
        marks.append(Yardstick("Cả nước", nation, texts.number(nation, digits)))
    best, worst = drawn[0], drawn[len(rows) - 1]
    finding = f"{indicator.name} {period}: từ {worst.text} ({worst.label}) đến {best.text} ({best.label})"
    if own is not None:
        behind = int((sign_of(indicator) * (rows["result"] - own) < 0).sum())
        side = "thấp" if indicator.direction == "up" else "cao"
        finding = f"{indicator.name} {period}: {behind}/{len(rows)} đơn vị {side} hơn mức chung của {review.unit.name}"
    hint = ", càng thấp càng tốt" if indicator.direction == "down" else ""
    subtitle = f"Từng đơn vị, tốt nhất xếp trên ({indicator.unit}{hint})"
    if any(each.estimate for each in drawn):
        subtitle += "; vòng là số ước thực hiện"
    svg = ranked_chart(finding, subtitle, drawn, marks, digits, simulated=provenance == "simulated")
    alt = "; ".join(f"{each.label}: {each.text or 'chưa có số liệu'}" for each in (*marks, *drawn))
    ids = pd.DataFrame({"figures": [*rows["result_figures"], *mine["result_figures"], *others["nation_figures"]]})
    return Figure(finding, alt, svg, covered(review, len(rows), len(areas)), cells_of(review, ids))


def small_multiples(review: Review, below: pd.DataFrame, provenance: str) -> list[Block]:
    """The years of each area, of the indicators that the whole missed by most; nothing joined across a break."""
    main = review.results()
    main = main[(main["provenance"] == provenance) & main["main"]]
    missed = main[main["status"].map(words.TONES) == "bad"]
    figures = review.figures_below()
    figures = figures[figures["provenance"] == provenance]
    blocks: list[Block] = []
    for row in focus.furthest(missed, len(missed)).to_dict("records"):
        code = row["indicator_code"]
        if review.catalogue.indicators[code].five_year_rule != "end_value":
            continue
        of = figures[figures["indicator_code"] == code]
        years = {a: years_of(of[of["area_code"] == a], review.cycle.baseline_year) for a in review.areas_below}
        if sum(len(found) >= 3 for found in years.values()) >= len(years) / 2:
            blocks.append(_multiples(review, row, below[below["indicator_code"] == code], years, provenance))
        if len(blocks) == _EACH:
            break
    return blocks


def _multiples(
    review: Review, row: dict, results: pd.DataFrame, years: dict[str, pd.DataFrame], provenance: str
) -> Block:  # fmt: skip
    code, cycle = row["indicator_code"], review.cycle
    indicator = review.catalogue.indicators[code]
    names = dict(zip(review.areas_below, _short(review, review.areas_below), strict=True))
    goals = {
        r["area_code"]: r["target"]
        for r in results.to_dict("records")
        if value(r["target"]) is not None and value(r["target_upper"]) is None
    }
    panels = [
        Panel(names[area], points_of(found, indicator), goals.get(area), cycle.review_last)
        for area, found in years.items()
    ]  # fmt: skip
    breaks = breaks_of(review, code)
    first, last = cycle.baseline_year, cycle.review_last
    since = max([first, *(b.first_year for b in breaks if first < b.first_year <= last)])
    ends = [_between(panel.points, since, last) for panel in panels]
    known = [pair for pair in ends if pair]
    risen = sum(later > earlier for earlier, later in known)
    fallen = sum(later < earlier for earlier, later in known)
    said = _way(risen, fallen, len(known), f"từ {since} đến {last}") if known else "chưa so được hai năm"
    finding = f"{indicator.name}: {said}"
    own = points_of(_own_years(review, code, provenance), indicator) if comparable(indicator) else []
    drawn = Multiples(panels, indicator.unit, indicator.digits, own, review.unit.name, breaks)
    subtitle = f"Kết quả từng năm của từng đơn vị, chung một thang đo ({indicator.unit})"
    svg = multiples_chart(finding, subtitle, drawn, simulated=provenance == "simulated")
    alt = "; ".join(
        f"{panel.label}: " + (", ".join(f"{p.year} {p.text}" for p in panel.points) or "chưa có số liệu")
        for panel in panels
    )
    with_values = [found for found in years.values() if len(found)]
    ids = pd.DataFrame({"figures": [found["figure_id"].iloc[-1] for found in with_values]})
    source = covered(review, len(with_values), len(panels))
    return Figure(finding, alt, svg, source, cells_of(review, ids))


def _own_years(review: Review, code: str, provenance: str) -> pd.DataFrame:
    figures = review.figures()
    mine = figures[(figures["indicator_code"] == code) & (figures["provenance"] == provenance)]
    return years_of(mine, review.cycle.baseline_year)


def _way(risen: int, fallen: int, known: int, when: str) -> str:
    """How many units went which way: ``cả 11 đơn vị giảm từ 2015 đến 2020``; nothing is said of none."""
    counts = [(risen, "tăng"), (fallen, "giảm"), (known - risen - fallen, "không đổi")]
    for count, way in counts:
        if count == known:
            return f"cả {known} đơn vị {way} {when}" if known > 1 else f"đơn vị có đủ số {way} {when}"
    return ", ".join(f"{count} đơn vị {way}" for count, way in counts if count) + f" {when}"


def _between(points: list[Point], first: int, last: int) -> tuple[float, float] | None:
    """The values of two years, None where one is not known."""
    by_year = {point.year: point.value for point in points}
    return (by_year[first], by_year[last]) if first in by_year and last in by_year and first < last else None


def standing(review: Review, provenance: str) -> list[Block]:
    """A district beside the province, the nation and the median of its like, on what may be compared; the indicators
    furthest on the worse side of the province first. No other unit is named."""
    known = review.catalogue.indicators
    data = review.standing()
    data = data[(data["provenance"] == provenance) & data["result"].notna()]
    told = data["indicator_code"].map(lambda code: bool(sign_of(known[code])) and comparable(known[code]))
    data = data[told.astype(bool)]
    beside = data["above"].fillna(data["median"]).fillna(data["nation"])
    data = data.assign(beside=beside, sign=data["indicator_code"].map(lambda code: sign_of(known[code])))[
        beside.notna()
    ]
    if data.empty:
        return []
    size = data[["result", "beside"]].abs().max(axis="columns")
    lead = (data["sign"] * (data["result"] - data["beside"]) / size.where(size > 0)).fillna(0.0)
    data = data.assign(lead=lead).sort_values("lead", kind="stable")
    parent = review.catalogue.units[review.unit.parent]
    above = data[data["above"].notna()]
    better = int((above["lead"] > 0).sum())
    finding = f"{review.unit.name} bên cạnh mức chung: {len(data)} chỉ tiêu so được"
    if len(above):
        finding = f"{review.unit.name}: {better}/{len(above)} chỉ tiêu so được tốt hơn mức chung của {parent.name}"
    shown = data.head(focus.A_PAGE)
    subtitle = "Mỗi dòng một thang đo từ thấp đến cao; chỉ so tỷ lệ và số bình quân"
    if len(shown) < len(data):
        subtitle += f". Vẽ {len(shown)} chỉ tiêu kém hơn mức chung nhiều nhất (tính theo %)"
    rows = [_standing(review, row, parent.name) for row in shown.to_dict("records")]
    svg = standing_chart(finding, subtitle, rows, simulated=provenance == "simulated")
    alt = "; ".join(
        f"{r.label} ({r.unit}): {r.name} {r.text}, " + ", ".join(y.words(r.digits) for y in r.yardsticks) for r in rows
    )
    ids = pd.DataFrame({"figures": shown["result_figures"]})
    others = pd.DataFrame({"figures": [*shown["above_figures"], *shown["nation_figures"]]})
    # of others' files only published ones are named
    cells = (*cells_of(review, ids), *(cell for cell in cells_of(review, others) if cell.source_id))
    cells = tuple(dict.fromkeys(cells))
    return [Figure(finding, alt, svg, _standing_source(review, shown, cells), cells)]


def _standing(review: Review, row: dict, parent: str) -> Standing:
    indicator = review.catalogue.indicators[row["indicator_code"]]
    digits = indicator.digits
    marks = []
    part_of_nation = review.catalogue.units[review.unit.parent].kind == "nation"
    for name, column in (
        (parent, "above"), ("Cả nước", "nation"), (f"Trung vị {row['n']:.0f} đơn vị cùng cấp", "median")
    ):  # fmt: skip
        found = value(row[column])
        if found is not None and not (column == "nation" and part_of_nation):
            marks.append(Yardstick(name, found, texts.number(found, digits)))
    return Standing(
        label=indicator.name,
        unit=f"{indicator.unit}; {periods.short(row['result_period'])}",
        name=review.unit.name,
        value=row["result"],
        text=texts.number(row["result"], digits),
        estimate=row["result_kind"] == "estimate",
        yardsticks=marks,
        direction=indicator.direction,
        digits=digits,
    )


def _standing_source(review: Review, shown: pd.DataFrame, cells: tuple[Cell, ...]) -> str:
    named = sorted({f"[{cell.source_id}]" for cell in cells if cell.source_id})
    published = f"; {', '.join(named)} (xem Nguồn gốc số liệu)" if named else ""
    n = int(shown["n"].max()) if shown["n"].notna().any() else 0
    like = f"; trung vị tính trên các đơn vị cùng cấp có số liệu, nhiều nhất {n} đơn vị" if n else ""
    return f"Nguồn: bảng kết quả{published}{like}; số liệu đến {known_as(review)}"
