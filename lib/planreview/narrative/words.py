"""The words of the field for what the tables hold: plans, statuses, provenance."""

from __future__ import annotations

from collections.abc import Iterable

from planreview.catalogue.texts import PLANS, PROVENANCES, plan
from planreview.tables import STATUSES

__all__ = ["JUDGED", "PLANS", "PROVENANCES", "TONES", "counted", "lower_first", "plan", "same_plan"]

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
