"""Do the numbers of a report's blocks stand in the tables of its unit, or follow from these by a named rule?

Whether a finished document prints the numbers of its blocks is the publishers' question (``publish.facts``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import permutations

import numpy as np
import pandas as pd

from planreview.publish.facts import TOKEN, said
from planreview.review import Review

_PLACE = ["source_file", "sheet", "cell"]
# what a report's numbers may come from: the tables of the unit, and what is shown beside it of others
_TABLES = (
    "figures", "results", "forecasts", "contributions", "revisions", "own_values", "yardsticks", "results_below",
    "figures_below",
)  # fmt: skip
_MOST_CELLS = 8  # of which differences and ratios are tried
_DUST = 1e-9

# Numbers inside words that stand in no table, each by the rule that makes it.
_NOUNS = (
    "chỉ tiêu|mục tiêu|đơn vị|địa phương|huyện|thành phố|sở|ngành|cơ quan|tệp|trang tính|ô|dòng|số|giá trị|ý|nguồn|đợt"
    "|kỳ|năm|tháng|vấn đề|lỗi|cảnh báo|lưu ý|hiệu chỉnh|lần|nguyên nhân|bài học|nội dung|nhiệm vụ|văn bản|nhận định|ước"
    "|phần|vượt|đạt|không đạt|dự kiến|chưa|nguy cơ|thiếu|tốt hơn|kém hơn|ngang|khách quan|chủ quan|trích dẫn|cần|được"
    "|có|thuộc|lĩnh vực|thay đổi"
)
RULES: dict[str, re.Pattern] = {
    "ngày, tháng": re.compile(
        r"\b\d{1,2}/\d{1,2}/\d{4}\b|\btháng \d{1,2}(?:/\d{4}| năm \d{4})?|\b\d{1,2}/\d{4}\b|\b\d{4}-\d{2}(?:-\d{2})?\b"
        r"|\b\d{1,2} tháng\b|\bngày \d{1,2}\b"
    ),
    "số hiệu văn bản": re.compile(r"\b\d+(?:/\d{4})?/[A-ZĐƯ][\w-]*"),
    "năm, kỳ": re.compile(r"\b(?:19|20)\d\d(?:\s*[–-]\s*(?:19|20)?\d\d)?\b"),
    "kế hoạch 5 năm": re.compile(r"\b5 năm\b"),
    "mã nguồn, mã chỉ tiêu": re.compile(r"\[[A-Z]+\d+\w*\]|\b[A-ZĐ]{2}\.\d{2}\.\d{2}(?:\.\d+)?\b"),
    "thứ tự": re.compile(r"^\s*\(?\d{1,3}[.)]?(?=\s|$)|\b(?:Bảng|Hình|Phụ lục|mục|Mục|lần|thứ) \d+"),
    "số của nhận định lúc viết, và nay": re.compile(
        r"\b(?:lúc viết|nay|của trang này) là [^;()]*?\d[\d.,–]*\d|\bnay là \d"
    ),
    "độ tin cậy, tỷ lệ phủ của khoảng dự báo": re.compile(r"\b(?:50|80|90|95) ?%"),
}
COUNTED = re.compile(rf"(?<![\d.,])(\d{{1,3}}(?:\.\d{{3}})*)(?:/(\d{{1,3}}(?:\.\d{{3}})*))?(?= (?:{_NOUNS})\b)")
AMONG = re.compile(r"(?<![\d.,])\d+(?= trong (?:số )?\d+)|(?<=trong )\d+(?![\d.,])|(?<=trong số )\d+(?![\d.,])")


class Facts:
    """What is known of one unit, as numbers and names."""

    def __init__(self, review: Review) -> None:
        self._review = review

    def check(self, blocks: Sequence[dict]) -> list[str]:
        """What in the blocks rests on nothing (Vietnamese, a line each)."""
        wrong: dict[str, None] = {}
        for part in _numbers(blocks):
            if part["value"] is not None and (why := self._wrong(part)):
                wrong[f"số “{part['t']}” {why}"] = None
        drawn = {block["caption"] for block in blocks if block["type"] == "figure"}
        for text in (s.text for s in said(blocks) if s.kind in ("text", "title", "column")):
            for token in self.unexplained(text):
                if text in drawn and self._rounded(token):
                    continue  # what a chart is said to show are numbers of the tables, without their cells
                wrong[f"số {token} trong lời “{_around(text, token)}” không theo quy tắc nào"] = None
        return [*wrong]

    def _wrong(self, part: dict) -> str:
        value = part["value"]
        if not any(_says(token, value) for token in TOKEN.findall(part["t"])):
            return f"không phải là giá trị {value:g} làm tròn"
        if self._known(value) or self._follows(value, part["cells"]):
            return ""
        return f"({value:g}) không có trong bảng số liệu của đơn vị và không tính được từ các ô đã dẫn"

    def _known(self, value: float) -> bool:
        place = np.searchsorted(self._values, abs(value))
        near = self._values[max(0, place - 1) : place + 1]
        return bool(np.any(np.isclose(near, abs(value), rtol=_DUST, atol=_DUST)))

    def _rounded(self, token: str) -> bool:
        """Whether a number as printed is one of the tables', rounded to its decimals."""
        whole, _, decimals = token.replace(".", "").partition(",")
        printed, half = float(f"{whole}.{decimals or 0}"), 0.5 * 10.0 ** -len(decimals) + _DUST
        place = np.searchsorted(self._values, printed - half)
        return place < len(self._values) and bool(self._values[place] <= printed + half)

    def _follows(self, value: float, cells: Iterable[dict]) -> bool:
        """Whether the value is one of its cells', their sum or mean, or a difference, ratio or change of two."""
        places = {(c["file"], c["sheet"], c["cell"]) for c in cells}
        own = [v for place in places for v in self._by_cell.get(place, ())]
        if not own:
            return False
        tried = [*own, math.fsum(own), math.fsum(own) / len(own)]
        if len(own) <= _MOST_CELLS:
            for a, b in permutations(own, 2):
                tried.append(a - b)
                if b:
                    tried += [a / b, 100 * a / b, 100 * a / b - 100]
        return any(math.isclose(abs(value), abs(v), rel_tol=1e-6, abs_tol=_DUST) for v in tried)

    @cached_property
    def _values(self) -> np.ndarray:
        frames = [getattr(self._review, name)() for name in _TABLES]
        kept = [pd.to_numeric(f[c], errors="coerce").abs() for f in frames for c in f.select_dtypes("number").columns]
        values = np.concatenate([column.dropna().to_numpy(float) for column in kept]) if kept else np.array([])
        return np.unique(np.concatenate([values, values * 100]))  # shares are printed as percent

    @cached_property
    def _by_cell(self) -> dict[tuple[str, str, str], list[float]]:
        found: dict[tuple[str, str, str], list[float]] = {}
        seen = self._review.everyone
        for row in seen[[*_PLACE, "value", "value_upper"]].itertuples(index=False):
            found.setdefault(tuple(row[:3]), []).extend(v for v in row[3:] if v is not None and not math.isnan(v))
        return found

    def unexplained(self, text: str) -> list[str]:
        """The numbers of a text of our own words that no rule accounts for."""
        if text.strip(" .;:") in self._told:
            return []
        left = self._names.sub(" ", text)
        for rule in (self._of_units, *RULES.values()):
            left = rule.sub(" ", left)
        return TOKEN.findall(COUNTED.sub(self._counted, AMONG.sub(self._counted, left)))

    def _counted(self, match: re.Match) -> str:
        """Nothing where the number may be a count: no larger than what there is to be counted."""
        numbers = [int(n.replace(".", "")) for n in re.findall(r"[\d.]+", match[0])]
        return " " if all(n <= self._most for n in numbers) else match[0]

    @cached_property
    def _most(self) -> int:
        r = self._review
        return max(len(r.observations()), len(r.figures()), len(r.results(named=False)), len(r.issues()), 100)

    @cached_property
    def _of_units(self) -> re.Pattern:
        """How many of something each unit has: ``Huyện Vân Hồ 4; Thành phố Sơn La 5``."""
        names = sorted({u.name for u in self._review.catalogue.units.values()}, key=len, reverse=True)
        return re.compile(rf"(?:{'|'.join(map(re.escape, names))}) \d{{1,3}}(?=[;.,)]|$)")

    @cached_property
    def _told(self) -> str:
        """What issues, checks and units say in words of their own."""
        r = self._review
        frames = (r.issues(), r.ties(), r.cross_checks(), r.narratives_of_units(), r.narratives())
        kept = [f[c] for f in frames for c in ("message_vi", "suggestion_vi", "text") if c in f.columns]
        return "\n".join(text for column in kept for text in column.unique() if isinstance(text, str))

    @cached_property
    def _names(self) -> re.Pattern:
        catalogue, results = self._review.catalogue, self._review.results(named=False)
        acts = {*results["target_act"], *results["next_target_act"], *self._review.figures()["act"]}
        reasons = {*results["reason"], *results["break_note"]}
        named = [
            *(n for i in catalogue.indicators.values() for n in (i.name, i.unit)),
            *(u.name for u in catalogue.units.values()),
            *(n for r in catalogue.rounds.values() for n in (r.title, r.title[:1].lower() + r.title[1:])),
            *(c.title for c in catalogue.cycles.values()),
            *catalogue.sources["title"],
            *self._review.register()["source_file"],
            *self._review.everyone["source_file"].unique(),
            *acts,
            *reasons,
        ]
        with_numbers = sorted({n for n in named if isinstance(n, str) and TOKEN.search(n)}, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, with_numbers)) or r"(?!)")


def _numbers(blocks: Sequence[dict]) -> Iterator[dict]:
    for block in blocks:
        rows = block.get("rows", ())
        named = ("parts", "note", "what", "evidence", "cause", "meaning")
        for parts in (*(block.get(n, ()) for n in named), *(cell for row in rows for cell in row)):
            yield from (part for part in parts if "cells" in part)


def _says(token: str, value: float) -> bool:
    """Whether a number as printed is the value rounded to its decimals, or the value in percent."""
    whole, _, decimals = token.replace(".", "").partition(",")
    printed, half = float(f"{whole}.{decimals or 0}"), 0.5 * 10.0 ** -len(decimals)
    return any(abs(printed - abs(v)) <= half * (1 + 1e-6) + _DUST for v in (value, value * 100))


def _around(text: str, token: str) -> str:
    place = text.find(token)
    return text[max(0, place - 40) : place + len(token) + 40].strip()
