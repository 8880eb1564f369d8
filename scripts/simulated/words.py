"""What units write: why a target was missed or passed and what is to be done, and the sheet of explanations."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from functools import cache

from babel.numbers import format_decimal
from scripts.simulated.numbers import HERE, LAST, TARGET, Series, chance

from planreview.catalogue import Catalogue, Indicator, Unit

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
CITED = re.compile(r"\{([A-Z]{2}[.\d]+)\}")  # {XH.03.02}: the last year's value
_MOST = 3  # sentences under a heading
_PLACES = {"district": "huyện", "city": "thành phố"}


@cache
def phrases() -> Mapping:
    """What stands in phrases.toml."""
    return tomllib.loads((HERE / "phrases.toml").read_text("utf-8"))


def causes(indicator: Indicator, series: Series, unit_code: str, kind: str) -> tuple[str, str]:
    """Cause and solution beside a number that is well below or above its target, else two empty texts."""
    result, target = series.get(LAST), series.get(TARGET)
    sign = {"up": 1, "down": -1}.get(indicator.direction, 0)
    _, group = phrases_of(indicator.code)
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


def phrases_of(code: str) -> tuple[str, Mapping[str, list[str]]]:
    """The longest beginning of a code that has phrases of its own (``XH.03.02.1``, ``XH.03.02``, ``XH.03``), and these;
    two empty ones where there is none."""
    while code and code not in _causes():
        code = code.rpartition(".")[0]
    return code, _causes().get(code, {})


@cache
def _causes() -> dict[str, Mapping[str, list[str]]]:
    return {code: found for codes, found in phrases()["causes"].items() for code in codes.split()}


def explanations(unit: Unit, numbers: Mapping[str, float], catalogue: Catalogue) -> dict[str, list[str]]:
    """Sentences for the sheet of explanations by its headings: of an office first those of its own trade, of a district
    those of districts. One that cites a number is said only where ``numbers`` (of the last year) has it."""
    area = unit.kind in _PLACES
    general = phrases()["topics" if area else "offices"]
    own = {} if area else general.get(unit.code, {})
    found = {}
    for heading, topic in TOPICS.items():
        first = _said(own.get(topic, []), numbers, catalogue)[:_MOST]
        rest = _said(general[topic], numbers, catalogue)
        draw = chance("explanations", unit.code, topic)
        count = min(len(rest), _MOST - len(first), 1 + draw.randrange(_MOST - 1 if first else _MOST))
        chosen = set(draw.sample(range(len(rest)), count))
        found[heading] = first + [s for n, s in enumerate(rest) if n in chosen]
    return found


def _said(sentences: list[str], numbers: Mapping[str, float], catalogue: Catalogue) -> list[str]:
    def number(match: re.Match[str]) -> str:
        return _number(numbers[match[1]], catalogue.indicators[match[1]].digits)

    return [CITED.sub(number, s) for s in sentences if all(numbers.get(code) for code in CITED.findall(s))]


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
