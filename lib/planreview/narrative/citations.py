"""Figures that people cite in their texts: found, printed with their cells, and compared with what was first seen."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from planreview import tables
from planreview.blocks import Number
from planreview.catalogue import periods, texts
from planreview.catalogue.commentary import Citation, Section
from planreview.narrative.numbers import Numbers, known, shown_digits
from planreview.review import Review

_UNSETTLED = ("tie", "contested")


@dataclass(frozen=True)
class Cited:
    """What came of a citation: ``number`` as printed and ``value`` as cited.csv keeps it (``12.5``; a range ``60..65``;
    a target in words as typed), or the ``reason`` why there is none (Vietnamese)."""

    citation: Citation
    number: Number | None = None
    value: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Moved:
    """A cited figure that is no longer what it was when first cited. ``later``: it was first seen as of a later round
    than the page's, so that the text is not older but newer than the numbers."""

    section: str
    citation: Citation
    old: str
    new: str
    seen_as_of: str
    later: bool


def resolve(review: Review, citation: Citation) -> Cited:
    """The figure that a citation names, of the unit's area: an actual before an estimate, simulated ones last."""
    code, indicators = citation.indicator_code, review.catalogue.indicators
    if not code:
        return Cited(citation, reason="phải viết như {{XH.03.02@2020}} hoặc {{XH.03.02@2020:target}}")
    if code not in indicators:
        return Cited(citation, reason=f"danh mục không có chỉ tiêu mã {code}")
    found = _target(review, citation) if citation.of_target else _result(review, citation)
    if found is not None:
        return found
    what = "mục tiêu chính" if citation.of_target else "kết quả"
    name = f"{indicators[code].name} ({periods.words(citation.period)})" if _is_period(citation) else code
    return Cited(citation, reason=f"không có {what} nào của đơn vị cho {name}")


def _is_period(citation: Citation) -> bool:
    return bool(citation.period)


def _target(review: Review, citation: Citation) -> Cited | None:
    rows = review.results()
    rows = rows[(rows["indicator_code"] == citation.indicator_code) & rows["main"]]
    for row in sorted(rows.to_dict("records"), key=_last_simulated):
        n = Numbers(review, row)
        for column, number in (("target", n.target), ("next_target", n.next_target)):
            of = row[f"{column}_period"]
            if not row[f"{column}_figure"] or not of:
                continue
            if citation.period in (of, str(periods.years(of)[1])):
                upper = row[f"{column}_upper"]
                shown = number(unit=True)
                if isinstance(shown, Number):
                    return _cited(citation, shown, row[column], upper, row["provenance"], "")
    return None


def _result(review: Review, citation: Citation) -> Cited | None:
    figures = review.figures()
    mine = figures[
        (figures["indicator_code"] == citation.indicator_code)
        & (figures["period"] == citation.period)
        & (figures["kind"] != "target")
    ]
    order = sorted(tables.records(mine), key=lambda f: (*_last_simulated(f), f["kind"] != "actual"))
    for figure in order:
        if figure["selection_rule"] in _UNSETTLED:
            return Cited(citation, reason="các số gửi về khác nhau hoặc đang bị nghi ngờ, chưa chọn số nào")
        indicator = review.catalogue.indicators[citation.indicator_code]
        digits = shown_digits(figure["value"], figure["digits"], indicator)
        text = texts.target(figure["value"], figure["value_upper"], figure["qualifier"], digits, figure["raw"])
        text = texts.with_unit(text, indicator.unit) if figure["value"] is not None else text
        number = Number(text, figure["value"], review.cells(figure["figure_id"]))
        return _cited(citation, number, figure["value"], figure["value_upper"], figure["provenance"], figure["kind"])
    return _reckoned(review, citation)


def _reckoned(review: Review, citation: Citation) -> Cited | None:
    """A result made of several years, of which there is no figure of its own."""
    rows = review.results()
    asked = (rows["indicator_code"] == citation.indicator_code) & (rows["result_period"] == citation.period)
    for row in sorted(rows[asked & rows["main"]].to_dict("records"), key=_last_simulated):
        shown = Numbers(review, row).result(unit=True)
        if isinstance(shown, Number):
            return _cited(citation, shown, row["result"], row["result_upper"], row["provenance"], row["result_kind"])
    return None


def _cited(
    citation: Citation, shown: Number, value: float | None, upper: float | None, provenance: str, kind: str
) -> Cited:
    hints = [*(["ước"] if kind == "estimate" else []), *(["mô phỏng"] if provenance == "simulated" else [])]
    text = f"{shown.text} ({', '.join(hints)})" if hints else shown.text
    return Cited(citation, Number(text, shown.value, shown.cells), _kept(value, upper) or shown.text)


def _kept(value: float | None, upper: float | None) -> str:
    ends = [repr(float(v)).removesuffix(".0") for v in (value, upper) if known(v)]
    return "..".join(ends)


def _last_simulated(row: dict) -> tuple[bool, str]:
    return row["provenance"] == "simulated", row["provenance"]


def moved(review: Review, section: Section) -> list[Moved]:
    """The section's citations whose figure is another than when it was first cited. Raises ReferenceDataError for a
    cited.csv that cannot be read."""
    seen = first_seen(review.commentary.cited, section.name)
    rounds = {code: n for n, code in enumerate(review.catalogue.rounds)}
    found = []
    for citation in section.citations:
        old = seen.get(citation.key)
        if old is None:
            continue
        now = resolve(review, citation)
        if now.value != old["value"]:
            later = rounds.get(old["as_of"], -1) > rounds[review.as_of]
            shown = now.number.text if now.number else "không còn số"
            was = _printed(review, citation, old["value"])
            found.append(Moved(section.name, citation, was, shown, old["as_of"], later))
    return found


def first_seen(cited: pd.DataFrame, section: str) -> dict[str, dict]:
    """Rows of cited.csv of one section by citation, the first of each."""
    rows = cited[cited["section"] == section].drop_duplicates("citation")
    return {row["citation"]: row for row in rows.to_dict("records")}


def _printed(review: Review, citation: Citation, value: str) -> str:
    """A kept value as a reader knows numbers; what is no number as it stands."""
    indicator = review.catalogue.indicators.get(citation.indicator_code)
    try:
        ends = [float(part) for part in value.split("..")]
    except ValueError:
        return value
    if indicator is None:
        return value
    said = []
    for part, end in zip(value.split(".."), ends, strict=True):
        digits = max(len(part.partition(".")[2]) if "e" not in part else 0, 0)
        said.append(texts.number(end, shown_digits(end, max(digits, indicator.digits), indicator)))
    return texts.with_unit("–".join(said), indicator.unit)
