"""Blocks in reading order, checked, with the numbers of tables and figures: the same in every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planreview.errors import RunFailed

KINDS = frozenset({"heading", "paragraph", "finding", "note", "table", "figure", "lesson"})
LESSON = {"what": "Diễn biến", "evidence": "Bằng chứng", "cause": "Nguyên nhân", "meaning": "Ý nghĩa"}
_TONES = frozenset({"good", "bad", "open", "none"})


def numbered(blocks: Iterable[dict]) -> Iterator[tuple[dict, int]]:
    """Each block with its number, 0 where it bears none.

    Raises RunFailed, naming it, for a block that cannot be shown: of an unknown kind, a second title, a table whose
    rows do not fit, a table or figure without its source, a figure without words for those who cannot see it.
    """
    counts = {"table": 0, "figure": 0}
    title = ""
    for block in blocks:
        kind = block.get("type")
        if kind not in KINDS:
            raise RunFailed(f"Chưa biết cách trình bày khối loại “{kind}” trong văn bản")
        if kind == "heading":
            title = _heading(block, title)
        elif kind == "finding":
            tone(block["tone"])
        elif kind == "table":
            _table(block)
        elif kind == "figure":
            _figure(block)
        if kind in counts:
            counts[kind] += 1
        yield block, counts.get(kind, 0)


def tone(name: str) -> str:
    """The tone itself. Raises RunFailed for one that nobody knows."""
    if name not in _TONES:
        raise RunFailed(f"Không có sắc thái “{name}”")
    return name


def source_line(block: dict) -> str:
    """The line below a table or figure, which begins with ``Nguồn``."""
    source = block["source"]
    return source if source.startswith("Nguồn") else f"Nguồn: {source}"


def _heading(block: dict, title: str) -> str:
    level, text = block["level"], block["text"]
    if level not in {1, 2, 3, 4}:
        raise RunFailed(f"Tiêu đề phải ở cấp 1 đến 4, không phải {level}", place=text)
    if level > 1:
        return title
    if title:
        raise RunFailed("Trang có hai tiêu đề cấp 1", place=text)
    return text


def _table(block: dict) -> None:
    columns, rows, caption = block["columns"], block["rows"], block["caption"]
    if any(len(row) != len(columns) for row in (*rows, block["align"])):
        raise RunFailed("Bảng có dòng không khớp số cột", place=caption)
    if any(not 0 <= index < len(rows) for index, _ in block["groups"]):
        raise RunFailed("Bảng có tiêu đề nhóm mà không có dòng nào ở dưới", place=caption)
    _sourced(block)


def _figure(block: dict) -> None:
    if not block["alt"].strip():
        raise RunFailed("Hình thiếu lời mô tả cho người không nhìn được", place=block["caption"])
    _sourced(block)


def _sourced(block: dict) -> None:
    if not block["source"].strip():
        raise RunFailed("Thiếu dòng nguồn", place=block["caption"])
