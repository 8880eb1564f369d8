"""Why a number is the one that is shown: chosen among several, or corrected by somebody."""

from __future__ import annotations

from planreview.catalogue import Catalogue

_AMONG = {
    "own_area": "số của chính địa phương",
    "agency": "số của cơ quan phụ trách chỉ tiêu",
    "later_round": "số của đợt sau",
    "later_file": "số của tệp gửi sau",
    "bound_satisfied": "số chính xác, thỏa mức nêu ở tệp khác",
    "contested": "còn nghi vấn, chưa dùng",
    "tie": "các đơn vị ghi khác nhau, chưa chọn",
}
_ACTIONS = {"override": "thay số", "scale": "đổi đơn vị", "confirm": "xác nhận", "flag": "nghi ngờ"}


def choice(figure: dict, catalogue: Catalogue) -> str:
    """In a few Vietnamese words what was decided about a row of ``figures``; '' where there was nothing to decide."""
    lines = {c.id: c for c in catalogue.corrections}
    decided = [lines[i] for i in figure["correction_id"].split(";") if i in lines]
    if decided:
        return "; ".join(f"hiệu chỉnh {c.id} ({_ACTIONS[c.action]}): {c.reason} ({c.who}, {c.when})" for c in decided)
    rule = _AMONG.get(figure["selection_rule"], "")
    if not rule:
        return ""
    several = figure["n_candidates"]
    return f"{rule}, chọn trong {several} số khác nhau" if several > 1 and "chưa" not in rule else rule
