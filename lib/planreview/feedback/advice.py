"""What to do about an issue, as said to the unit: it keeps none of the project's own lists, and sends its own file."""

from __future__ import annotations

import re

_KEEP = "nếu số đúng, chọn “giữ nguyên” ở cột “Trả lời”"
_OWN_LIST = re.compile(
    r"(?:^|; |\. |, hoặc )(?:(?!, hoặc )[^.;])*?\b(?:data/reference/)?(?:corrections|confirmed)\.csv.*$", re.DOTALL
)


def advice(suggestion: str) -> str:
    """The part of a suggestion that the unit can follow; where it named a line of our lists, the answer to choose."""
    said = re.sub(r"\b(?:xin|đề nghị) đơn vị ", "", suggestion)
    kept = _OWN_LIST.sub("", said)
    if kept == said or suggestion.startswith("Đã xử lý"):  # what is settled is told as it is
        return said
    return f"{kept}; {_KEEP}" if kept else f"Hãy xem lại ô này; {_KEEP}"
