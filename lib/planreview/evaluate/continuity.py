"""Does the next plan go on where this one ends? Indicators dropped, new, or under another definition."""

from __future__ import annotations

from collections.abc import Iterable

from planreview.catalogue import Catalogue

GOES_ON = "tiếp tục"
ENDS = "không có mục tiêu kỳ sau"
BEGINS = "mục tiêu mới, chưa có số kỳ trước"
CHANGED = "đổi định nghĩa"


def with_changed_definitions(rows: list[dict], catalogue: Catalogue) -> list[dict]:
    """Rows of ``results`` in which an indicator that ends and a related one that begins are a changed definition.

    Related (column of indicators.csv): the same idea under another standard, price base or concept. It counts only
    where the one has a target of this plan alone and the other of the next plan alone.
    """
    main = {(r["provenance"], r["area_code"], r["indicator_code"]): r for r in rows if r["main"]}
    for (provenance, area, code), row in main.items():
        related = catalogue.indicators[code].related
        others = [o for other in related if (o := main.get((provenance, area, other)))]
        if _only_now(row) and (successors := [o for o in others if _only_next(o)]):
            row["continuity"] = f"{CHANGED}: kỳ sau dùng {_codes(successors)}"
        elif _only_next(row) and (predecessors := [o for o in others if _only_now(o)]):
            row["continuity"] = f"{CHANGED}: kỳ này dùng {_codes(predecessors)}"
    return rows


def _only_now(row: dict) -> bool:
    return bool(row.get("target_figure")) and not row.get("next_target_figure")


def _only_next(row: dict) -> bool:
    return bool(row.get("next_target_figure")) and not row.get("target_figure")


def _codes(rows: Iterable[dict]) -> str:
    return ", ".join(r["indicator_code"] for r in rows)
