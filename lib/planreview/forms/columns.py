"""The columns of a form of indicators, from the years of the round's cycle."""

from __future__ import annotations

from dataclasses import dataclass

from planreview.catalogue import Cycle
from planreview.intake.headers import Column, column_of

VALUE, DERIVED, WORDS = "value", "derived", "words"
_VALUE_WIDTH, _DERIVED_WIDTH = 9.3, 9.3


@dataclass(frozen=True)
class FormColumn:
    """One column: its heading, what stands in it (ordinal, code, label, unit, value, derived, words) and its width.

    ``says`` is what its numbers are, told by the reader's own grammar: what goes out is what comes back.
    """

    heading: str
    role: str
    width: float
    says: Column | None = None


def columns_of(cycle: Cycle, asked_in: int) -> list[FormColumn]:
    """From left to right. ``asked_in`` is the year of the round's deadline: the years before it are results, it and the
    years after it estimates."""

    def numbers(heading: str, role: str = VALUE, width: float = _VALUE_WIDTH) -> FormColumn:
        return FormColumn(heading, role, width, column_of([heading], cycle, asked_in))

    review = range(cycle.review_first, cycle.review_last + 1)
    plan = range(cycle.plan_first, cycle.plan_last + 1)
    return [
        FormColumn("STT", "ordinal", 6.5),
        FormColumn("Mã chỉ tiêu", "code", 8.5),
        FormColumn("Chỉ tiêu", "label", 40),
        FormColumn("ĐVT", "unit", 13.5),
        numbers(f"KH NQ {cycle.review_period}"),
        numbers(f"Năm {cycle.baseline_year}"),
        *(numbers(f"{'TH' if year < asked_in else 'ƯTH'} {year}") for year in review),
        numbers(f"BQGĐ {cycle.review_period}", DERIVED, _DERIVED_WIDTH),
        *(numbers(f"KH {year}") for year in plan),
        FormColumn("Nguyên nhân đạt/không đạt", WORDS, 23),
        FormColumn("Giải pháp", WORDS, 22),
        FormColumn("Ghi chú", WORDS, 15),
    ]
