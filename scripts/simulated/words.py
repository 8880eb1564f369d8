"""What units write: why a target was missed or passed and what is to be done, and the sheet of explanations."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import cache

from babel.numbers import format_decimal
from scripts.simulated.numbers import HERE, LAST, TARGET, Series, chance

from planreview.catalogue import Catalogue, Indicator

_WORTH_A_WORD = 0.04  # how far from its target, as a share of it
# heading of the sheet of explanations → list of phrases
TOPICS = {
    "I. THÀNH TỰU NỔI BẬT": "achievement",
    "II. TỒN TẠI, HẠN CHẾ": "shortcoming",
    "a) Nguyên nhân khách quan": "cause_objective",
    "b) Nguyên nhân chủ quan": "cause_subjective",
    "IV. TRÁCH NHIỆM CỦA TẬP THỂ, CÁ NHÂN": "responsibility",
    "V. BÀI HỌC KINH NGHIỆM": "lesson",
    "VI. THUẬN LỢI": "advantage",
    "VII. KHÓ KHĂN, VƯỚNG MẮC": "difficulty",
    "VIII. GIẢI PHÁP": "solution",
    "IX. ĐỀ XUẤT, KIẾN NGHỊ": "note",
}
_CITED = {"growth": "KT.02.04", "ntm": "XH.07.01", "poor": "XH.03.02", "income": "KT.01.05"}
_PLACES = {"district": "huyện", "city": "thành phố"}


@cache
def _phrases() -> Mapping:
    return tomllib.loads((HERE / "phrases.toml").read_text("utf-8"))


def causes(indicator: Indicator, series: Series, unit_code: str, kind: str) -> tuple[str, str]:
    """Cause and solution beside a number that is well below or above its target, else two empty texts."""
    result, target = series.get(LAST), series.get(TARGET)
    sign = {"up": 1, "down": -1}.get(indicator.direction, 0)
    group = _phrases().get(indicator.code[:5])
    if not group or not sign or not target or result is None:
        return "", ""
    gap = sign * (result - target) / abs(target)
    draw = chance("words", indicator.code, unit_code)
    place = _PLACES.get(kind, "tỉnh")
    if gap < -_WORTH_A_WORD / 2:
        return draw.choice(group["missed"]).format(place=place), draw.choice(group["solution"]).format(place=place)
    if gap > 3 * _WORTH_A_WORD and draw.random() < 0.5:
        return draw.choice(group["exceeded"]).format(place=place), ""
    return "", ""


def explanations(unit_code: str, series: Mapping[str, Series], catalogue: Catalogue) -> dict[str, list[str]]:
    """Sentences for the sheet of explanations by its headings, the unit's own numbers in them."""
    found = {}
    for heading, topic in TOPICS.items():
        sentences = []
        for sentence in _phrases()["topics"][topic]:
            cited = [name for name in _CITED if "{" + name + "}" in sentence]
            if all(series.get(_CITED[name], {}).get(LAST) is not None for name in cited):
                numbers = {n: _number(series[_CITED[n]][LAST], catalogue.indicators[_CITED[n]].digits) for n in cited}
                sentences.append(sentence.format(**numbers))
        draw = chance("explanations", unit_code, topic)
        count = min(len(sentences), 1 + draw.randrange(3))
        chosen = set(draw.sample(range(len(sentences)), count))
        found[heading] = [s for n, s in enumerate(sentences) if n in chosen]
    return found


def _number(value: float, digits: int) -> str:
    return format_decimal(round(value, digits), locale="vi_VN")


@cache
def proposals() -> dict[str, list[dict[str, str]]]:
    """The rows of Appendix III by unit."""
    found: dict[str, list[dict[str, str]]] = {}
    with (HERE / "proposals.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row.pop("unit_code"), []).append(row)
    return found
