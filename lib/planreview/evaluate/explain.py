"""A row of results in Vietnamese sentences: what was compared with what, by which rule, and what came of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal

from planreview.catalogue import Cycle, Indicator, periods, texts
from planreview.evaluate import opinions

_DIRECTIONS = {"up": "càng cao càng tốt", "down": "càng thấp càng tốt", "band": "tốt khi nằm trong khoảng", "none": ""}
_KINDS = {"actual": "số thực hiện", "estimate": "ước thực hiện"}
_RULES = {
    "sum": "tổng các năm",
    "average": "bình quân cộng các năm",
    "average_growth": "tốc độ tăng bình quân năm",
    "end_value": "giá trị năm cuối",
}
_WHY = {
    "vượt": "hơn mục tiêu quá sai số",
    "đạt": "bằng mục tiêu trong sai số, hoặc nằm trong khoảng mục tiêu",
    "không đạt": "kém mục tiêu quá sai số",
    "dự kiến đạt": "ước thực hiện bằng hoặc hơn mục tiêu; chưa phải số thực hiện",
    "dự kiến không đạt": "ước thực hiện kém mục tiêu quá sai số; chưa phải số thực hiện",
    "chưa đạt": "chưa hết kỳ; kết quả bằng hoặc hơn đường thẳng từ năm gốc tới mục tiêu",
    "nguy cơ không đạt": "chưa hết kỳ; kết quả kém đường thẳng từ năm gốc tới mục tiêu",
}


def sentences(row: Mapping, indicator: Indicator, cycle: Cycle) -> list[str]:
    """The reasoning behind one row of ``results`` (as a mapping; null numbers NaN), a sentence each."""
    said = _Sentences(row, indicator, cycle)
    return [s for s in (said.what(), said.goal(), said.result(), said.word(), said.near(), said.change(), said.broken(),
                        said.path(), said.others(), said.ahead()) if s]  # fmt: skip


class _Sentences:
    def __init__(self, row: Mapping, indicator: Indicator, cycle: Cycle) -> None:
        self.row, self.indicator, self.cycle = row, indicator, cycle

    def _has(self, column: str) -> bool:
        value = self.row[column]
        return value is not None and not math.isnan(value)

    def _n(self, value: float, *, unit: bool = True, signed: bool = False) -> str:
        """The number as exactly as the indicator is known, with its unit; a difference of percents in points."""
        digits = self.indicator.digits + (0 if self._is_reckoned else 2)
        shortest = format(Decimal(texts.number(value, digits).replace(".", "").replace(",", ".")).normalize(), "f")
        shown = max(len(shortest.partition(".")[2]), 0)
        text = texts.signed(value, shown) if signed else texts.number(value, shown)
        if not unit:
            return text
        points = signed and self.indicator.unit.startswith("%")
        return f"{text} điểm phần trăm" if points else texts.with_unit(text, self.indicator.unit)

    @property
    def _is_reckoned(self) -> bool:
        """Whether the result was made of several years: its further decimals are nobody's."""
        return self.row["result_method"] in _RULES

    def what(self) -> str:
        i = self.indicator
        way = _DIRECTIONS.get(i.direction, "")
        if i.direction == "band" and i.band_low is not None and i.band_high is not None:
            way += f" {self._n(i.band_low, unit=False)}–{self._n(i.band_high, unit=False)}"
        return f"{i.name} ({i.unit or 'không đơn vị'}){f': {way}' if way else ''}."

    def goal(self) -> str:
        row = self.row
        if not row["target_figure"]:
            return "Không có mục tiêu công bố của kế hoạch nào được tính cho kỳ này."
        whose = texts.plan(row["target_plan"], row["target_act"])
        role = "" if row["main"] else "; chỉ nêu để so sánh, không phải mục tiêu chính"
        if not self._has("target"):
            return f"Mục tiêu {periods.words(row['target_period'])} của {whose} không phải là một con số{role}."
        upper = row["target_upper"] if self._has("target_upper") else None
        number = texts.target(row["target"], upper, row["target_qualifier"], int(row["digits"]))
        other = "" if row["target_provenance"] == row["provenance"] else (
            f" ({texts.PROVENANCES[row['target_provenance']]})"
        )  # fmt: skip
        goal = texts.with_unit(number, self.indicator.unit)
        return f"Mục tiêu {periods.words(row['target_period'])}: {goal}, của {whose}{other}{role}."

    def result(self) -> str:
        row = self.row
        if not self._has("result"):
            return ""
        upper = row["result_upper"] if self._has("result_upper") else None
        shown = self._n(row["result"], unit=False)
        digits = len(shown.partition(",")[2])
        text = texts.with_unit(texts.target(row["result"], upper, row["result_qualifier"], digits), self.indicator.unit)
        rule = _RULES.get(row["result_method"], "")
        how = f", {rule} tính từ {len(row['result_figures'].split(';'))} số" if rule else ""
        return f"Kết quả {periods.words(row['result_period'])}: {text} ({_KINDS[row['result_kind']]}{how})."

    def word(self) -> str:
        row = self.row
        gap = f"Kết quả trừ mục tiêu: {self._n(row['deviation'], signed=True)}" if self._has("deviation") else ""
        if row["status"] not in _WHY:
            reason = f", vì {row['reason']}" if row["reason"] else ""
            return f"{gap}{'. ' if gap else ''}Đánh giá: {row['status']}{reason}."
        if gap:
            half = texts.number(row["tolerance"], int(row["digits"]) + 1)
            gap += f"; sai số làm tròn {half} (nửa đơn vị chữ số cuối của mục tiêu). "
        reason = f"; {row['reason']}" if row["reason"] else ""
        return f"{gap}Đánh giá: {row['status']} ({_WHY[row['status']]}{reason})."

    def near(self) -> str:
        if not self._has("near_band") or self.row["status"] != "không đạt":
            return ""
        i, cycle = self.indicator, self.cycle
        why = i.near_reason or (
            f"mức nhỏ nhất trong: {cycle.near_percent_of_target:g}% mục tiêu, {cycle.near_points_for_rates:g} điểm "
            f"phần trăm (tỷ lệ), {cycle.near_percent_of_change:g}% mức thay đổi kế hoạch"
        )
        said = "trong" if self.row["near"] else "ngoài"
        word = "gần đạt" if self.row["near"] else "không gần đạt"
        return f"Phần hụt nằm {said} giới hạn {self._n(self.row['near_band'])} ({why}): {word}."

    def change(self) -> str:
        row = self.row
        known = self._has("baseline") and self._has("target") and self._has("share_of_change")
        if not known or self.indicator.direction not in ("up", "down") or self.indicator.five_year_rule != "end_value":
            return ""  # of a sum, an average or a growth rate no path leads from the base year to the target
        planned = self._n(row["target"] - row["baseline"], signed=True)
        share = texts.number(row["share_of_change"] * 100, 1)
        start = f"Năm gốc {row['baseline_period']}: {self._n(row['baseline'])}"
        return f"{start}; kế hoạch thay đổi {planned}, đã làm được {share}% mức đó."

    def broken(self) -> str:
        note = self.row["break_note"]
        return f"Đổi định nghĩa {note}: số trước và sau không so với nhau." if note else ""

    def path(self) -> str:
        row = self.row
        if row["status"] not in ("chưa đạt", "nguy cơ không đạt"):
            return ""
        here = self._n(row["path"])
        start = f"năm {row['baseline_period']} ({self._n(row['baseline'])})"
        return f"Đường thẳng từ {start} tới mục tiêu đòi hỏi {here} ở {periods.words(row['result_period'])}."

    def others(self) -> str:
        """What the other methods say, and whether they are of another mind."""
        import pandas as pd

        row = self.row
        given = opinions.classes(pd.DataFrame([dict(row)]), self.cycle).iloc[0]
        numbers = {
            opinions.STATUS_INDEX: ("status_index", 2), opinions.PACE_RATIO: ("pace_ratio", 3),
            opinions.GROWTH: ("growth_ratio", 3),
        }  # fmt: skip
        said = [f"{m} {texts.number(row[c], d)} ({given[m]})" for m, (c, d) in numbers.items() if given[m]]
        if not said:
            return ""
        differs = "; trái với đánh giá trên" if row["second_opinion"] else ""
        return f"Phương pháp khác, chỉ để tham khảo: {'; '.join(said)}{differs}."

    def ahead(self) -> str:
        row = self.row
        if not (row["next_target_figure"] and self._has("next_target")):
            return ""
        upper = row["next_target_upper"] if self._has("next_target_upper") else None
        digits = len(self._n(row["next_target"], unit=False).partition(",")[2])
        goal = texts.target(row["next_target"], upper, row["next_target_qualifier"], digits)
        text = f"Mục tiêu {periods.words(row['next_target_period'])}: {texts.with_unit(goal, self.indicator.unit)}"
        if not self._has("required_pace"):
            return f"{text} ({row['continuity']})."
        points = "điểm phần trăm" if self.indicator.unit.startswith("%") else self.indicator.unit
        each = "%/năm" if self.indicator.multiplicative else f" {points}/năm"
        need = texts.number(row["required_pace"], 2) + each
        if not self._has("achieved_pace"):
            return f"{text}; cần {need}; chưa biết mức đã làm được nên không xếp mức phấn đấu."
        done = texts.number(row["achieved_pace"], 2) + each
        best = ""
        if self._has("best_pace"):
            best = f", tốt nhất {texts.number(row['best_pace'], 2)}{each} (đến năm {row['best_pace_until']})"
        if self._has("outside_pace"):
            whose = f"trung vị của {int(row['outside_areas'])} địa bàn" if row["outside_areas"] else "cấp trên"
            best += f", {whose} {texts.number(row['outside_pace'], 2)}{each}"
        return f"{text}; cần {need}, kỳ này đã làm được {done}{best}: {row['ambition'] or 'không xếp mức'}."
