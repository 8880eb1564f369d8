"""A whole from its parts: sums of complete parts, and rates only from their numerators and denominators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from planreview.catalogue import Catalogue, Indicator

SUM, RATIO = "sum_of_parts", "ratio_of_parts"
Question = tuple[str, str, str, str]  # provenance, indicator_code, period, kind


@dataclass(frozen=True)
class Total:
    """A value made of the figures ``parts``, or None and the reason (Vietnamese) why there is none."""

    value: Decimal | None = None
    digits: int = 0
    qualifier: str = ""
    parts: tuple[dict, ...] = ()
    rule: str = SUM
    reason: str = ""


class Parts:
    """Results (actual, estimate) of areas, ready to be added up to those of the area that they make up.

    ``figures``: rows of the table ``figures``. A target is never added up: a sum of parts is a plan that nobody set.
    """

    def __init__(self, figures: list[dict], catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._given: dict[Question, dict[str, dict]] = {}
        for f in figures:
            if f["kind"] != "target":
                self._given.setdefault(_question(f), {})[f["area_code"]] = f

    def questions(self) -> Iterator[Question]:
        """What is known of any area, and the rates whose numerators are."""
        rates: dict[str, list[str]] = {}
        for indicator in self._catalogue.indicators.values():
            if indicator.ratio:
                rates.setdefault(indicator.ratio.numerator, []).append(indicator.code)
        for provenance, code, period, kind in list(self._given):
            yield provenance, code, period, kind
            for rate in rates.get(code, ()):
                yield provenance, rate, period, kind

    def whole(self, area_code: str, question: Question) -> Total:
        """The value of an area from its parts: Σ parts of an additive indicator, scale · Σ numerators / Σ denominators
        of a rate. Refuses, with the reason, where a part is missing or not known exactly."""
        indicator = self._catalogue.indicators[question[1]]
        return self._ratio(area_code, question, indicator) if indicator.ratio else self._sum(area_code, question)

    def _sum(self, area_code: str, question: Question) -> Total:
        additive = self._catalogue.indicators[question[1]].additive
        if additive is None:
            return Total(reason="danh mục chưa ghi chỉ tiêu có cộng được từ các đơn vị hay không")
        if not additive:
            return Total(reason="chỉ tiêu không cộng được từ các đơn vị, và danh mục không ghi tử số, mẫu số")
        codes = self._catalogue.parts_of(area_code, question[2])
        if not codes:
            return Total(reason="danh mục không liệt kê đủ các đơn vị hợp thành ở thời điểm này")
        given = self._given.get(question, {})
        if missing := [c for c in codes if c not in given]:
            return Total(reason=f"thiếu số liệu của {self._names(missing)}")
        rows = tuple(given[c] for c in codes)
        unsure = [r["area_code"] for r in rows if r["value"] is None or r["qualifier"] not in ("", "~")]
        if unsure:
            return Total(reason=f"số liệu của {self._names(unsure)} chưa xác định")
        value = sum((Decimal(repr(r["value"])) for r in rows), Decimal(0))
        about = "~" if any(r["qualifier"] for r in rows) else ""
        return Total(value, max(r["digits"] for r in rows), about, rows)

    def _ratio(self, area_code: str, question: Question, indicator: Indicator) -> Total:
        provenance, _, period, kind = question
        ratio = indicator.ratio
        above = self._sum(area_code, (provenance, ratio.numerator, period, kind))
        below = self._sum(area_code, (provenance, ratio.denominator, period, kind))
        for part, total, code in (("tử số", above, ratio.numerator), ("mẫu số", below, ratio.denominator)):
            if total.value is None:
                return Total(reason=f"{part} “{self._catalogue.indicators[code].name}”: {total.reason}")
        if not below.value:
            return Total(reason="mẫu số bằng 0")
        value = ratio.scale * above.value / below.value
        return Total(
            value, indicator.digits, above.qualifier or below.qualifier, (*above.parts, *below.parts), rule=RATIO
        )

    def _names(self, codes: list[str]) -> str:
        return ", ".join(self._catalogue.units[c].name for c in codes)


def wholes(figures: list[dict], catalogue: Catalogue, *, as_of: str) -> list[dict]:
    """Rows of ``figures`` for areas whose parts give what nobody gave for the whole."""
    parts = Parts(figures, catalogue)
    answered = {(f["area_code"], *_question(f)) for f in figures}
    areas = [u.code for u in catalogue.units.values() if u.parts_listed]
    rows = []
    for question in dict.fromkeys(parts.questions()):
        for area in areas:
            if (area, *question) in answered or (total := parts.whole(area, question)).value is None:
                continue
            latest = max((p["round"] for p in total.parts), key=lambda r: catalogue.rounds[r].deadline)
            rows.append(_row(area, question, total) | {"as_of": as_of, "round": latest})
    return rows


def _question(figure: dict) -> Question:
    return figure["provenance"], figure["indicator_code"], figure["period"], figure["kind"]


def _row(area_code: str, question: Question, total: Total) -> dict:
    provenance, code, period, kind = question
    value = float(total.value)
    return {
        "provenance": provenance,
        "area_code": area_code,
        "indicator_code": code,
        "period": period,
        "kind": kind,
        "plan": "",
        "act": "",
        "value": value,
        "qualifier": total.qualifier,
        "digits": total.digits,
        "selection_rule": total.rule,
        "n_candidates": 1,
        "min": value,
        "max": value,
        "parts": ";".join(p["figure_id"] for p in total.parts),
    }
