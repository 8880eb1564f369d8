"""Numbers that cannot be: outside the natural limits of their indicator."""

from __future__ import annotations

from collections.abc import Iterator

from planreview.catalogue import Catalogue, periods, texts
from planreview.quality.issues import issue, said

LIMIT = "check.limit"
CODES = (LIMIT,)


def beyond_limits(observations: list[dict], catalogue: Catalogue) -> Iterator[dict]:
    """An error for each number below limit_low or above limit_high: it is not chosen until confirmed or corrected."""
    for row in observations:
        indicator = catalogue.indicators[row["indicator_code"]]
        ends = [v for v in (row["value"], row["value_upper"]) if v is not None]
        low, high = indicator.limit_low, indicator.limit_high
        if not ends or ((low is None or min(ends) >= low) and (high is None or max(ends) <= high)):
            continue
        limits = " đến ".join(texts.number(v, 0) if v is not None else "…" for v in (low, high))
        yield issue(
            row,
            "error",
            LIMIT,
            f"{indicator.name}, {periods.words(row['period'])}: {said(row)} nằm ngoài giới hạn của chỉ tiêu "
            f"(từ {limits} {indicator.unit})",
            "Hãy xem lại số và đơn vị tính; nếu số đúng, ghi một dòng confirm vào corrections.csv",
        )
