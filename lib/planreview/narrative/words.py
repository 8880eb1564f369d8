"""The words of the field for what the tables hold: plans, statuses, provenance."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planreview.catalogue.texts import PROVENANCES
from planreview.tables import STATUSES

__all__ = ["JUDGED", "PLANS", "PROVENANCES", "TONES", "counted", "lower_first", "plan", "same_plan"]

PLANS = {
    "five_year": "Kế hoạch 5 năm",
    "council": "Nghị quyết HĐND",
    "congress": "Nghị quyết Đại hội Đảng bộ",
    "master_plan": "Quy hoạch",
    "annual": "Kế hoạch năm",
    "proposed": "Dự kiến, chưa phải nghị quyết",
    "assigned": "Chỉ tiêu được giao",
}
TONES = {
    "vượt": "good",
    "đạt": "good",
    "dự kiến đạt": "good",
    "không đạt": "bad",
    "dự kiến không đạt": "bad",
    "nguy cơ không đạt": "bad",
    "chưa đạt": "open",
}
JUDGED = tuple(s for s in STATUSES if s in TONES)


def plan(code: str, act: str) -> str:
    """Whose target it is, in few words: the act where it is named; of a master plan its year ("Quy hoạch 2013")."""
    if code == "master_plan" and (year := re.search(r"\((?:\d{1,2}/)*(\d{4})\)$", act)):
        return f"Quy hoạch {year[1]}"
    if code == "five_year" and not act:
        return "Kế hoạch 5 năm, nguồn không nêu văn bản"
    if code == "annual":
        return f"Kế hoạch năm: {act}" if act else "Kế hoạch năm, nguồn không nêu văn bản"
    return act or PLANS[code]


def same_plan(targets: Iterable[tuple[str, str]]) -> str:
    """Whose targets they all are (plan, act), in few words; '' where there are several or only one target."""
    whose = list(targets)
    return plan(*whose[0]) if len(whose) > 1 and len(set(whose)) == 1 else ""


def lower_first(text: str) -> str:
    """The text as it goes on inside a sentence."""
    return text[:1].lower() + text[1:]


def counted(statuses: list[str]) -> str:
    """``3 vượt, 1 đạt, 1 dự kiến không đạt`` in the order of the words; '' for none."""
    return ", ".join(f"{statuses.count(s)} {s}" for s in JUDGED if s in statuses)
