"""Which indicator a line's names mean, as forms write them; a line is never taken for a neighbour of what it means."""

import re
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forms.forms import CATALOGUE, MATCHER

from planreview.intake.matching import Matcher

INDICATORS = CATALOGUE.indicators


def path_of(code: str) -> list[str]:
    """The names that lead to an indicator, outermost first."""
    indicator = INDICATORS[code]
    return [*(path_of(indicator.parent) if indicator.parent else ()), indicator.name]


def matched(*path: str, unit: str = "", form: str = "", matcher: Matcher = MATCHER) -> tuple[str, str]:
    match = matcher.match(code="", path=path, unit=unit, form=form)
    return (match.indicator.code if match.indicator else "", match.rule)


def test_every_indicator_is_found_by_its_own_name():
    found = {code: matched(*path_of(code), unit=i.unit)[0] for code, i in INDICATORS.items()}
    assert found == {code: code for code in INDICATORS}


def test_an_indicator_that_the_catalogue_lacks_is_never_taken_for_another():
    wrong = {}
    for code, indicator in list(INDICATORS.items())[::4]:
        others = {c: i for c, i in INDICATORS.items() if c != code and indicator.code not in lineage(c)}
        names = [(name, c) for name, c in CATALOGUE.names if c in others]
        lacking = Matcher(SimpleNamespace(indicators=others, names=names))
        if (found := matched(*path_of(code), unit=indicator.unit, matcher=lacking))[0]:
            wrong[indicator.name] = found
    assert wrong == {}


def lineage(code: str) -> set[str]:
    parent = INDICATORS[code].parent
    return {code} | (lineage(parent) if parent else set())


@pytest.mark.parametrize(
    ("path", "unit", "code", "rule"),
    [
        (["Giá trị sản xuất (giá so sánh 2010)", "Nông nghiệp"], "tỷ đồng", "KT.02.01.2", "parents"),
        (["Giá trị sản xuất (giá so sánh 2010)", "Nông nghiệp", "Trồng trọt"], "tỷ đồng", "KT.02.01.3", "parents"),
        (["Giá trị sản xuất", "Nông nghiệp"], "tỷ đồng", "", ""),  # at which prices?
        (["Giá trị sản xuất (giá so sánh 2010)", "Nông nghiệp", "CN"], "tỷ đồng", "", ""),  # chăn nuôi or công nghiệp?
        (["GTSX CN - XD (giá 2010)"], "tỷ đồng", "KT.02.01.8", "words"),
        (["Sản lượng", "Ngô"], "tấn", "KT.06.04.3", "parents"),
        (["Ngô - Sản lượng (tấn)"], "tấn", "KT.06.04.3", "name"),
        (["TỔNG GTSX (GIÁ 2010)", "KHU VỰ NÔNG LÂM THỦY SẢN", "- THỦY SẢN"], "tỷ đồng", "KT.02.01.7", "parents"),
        (["TỔNG GTSX (GIÁ 2010)", "CÔNG NGHIỆP - TTCN", "+ XÂY DỰNG"], "tỷ đồng", "KT.02.01.10", "parents"),
        (["TỔNG GTSX (GIÁ 2010)", "CÔNG NGHIỆP - TTCN", "+ CÔNG NGHIỆP - TTCN"], "tỷ đồng", "KT.02.01.9", "parents"),
        (["TỔNG GTSX (THỰC TẾ)"], "tỷ đồng", "KT.02.02", "words"),
        (
            ["TỔNG GTSX (THỰC TẾ)", "CÔNG NGHIỆP - TTCN", "+ XÂY DỰNG"],
            "tỷ đồng",
            "KT.02.02.11",
            "parents",
        ),  # not the sector's
        (["GRDP (giá hiện hành)", "- Khu vực Nông, lâm, thủy"], "tỷ đồng", "KT.01.02.1", "parents"),
        (["Dân sô nông thôn"], "người", matched("Dân số nông thôn", unit="người")[0], "alike"),
        (["Dân số trung bình".replace("a", "\u0430")], "người", "XH.01.01", "name"),  # a Cyrillic letter
        (["Diện tích gieo trồng", "Ngô"], "ha", "KT.06.04.1", "parents"),
        (["Ngô", "Diện tích"], "ha", "KT.06.04.1", "parents"),
        (["Ngô", "- Năng xuất bình quân"], "tạ/ha", "KT.06.04.2", "parents"),
        (["Diện tích ngô"], "ha", "KT.06.04.1", "name"),
        (["DT ngô"], "ha", "KT.06.04.1", "words"),
        (["Ngô", "DT"], "ha", "KT.06.04.1", "parents"),
        (["Dân số trung bình", "Tổng số"], "người", "XH.01.01", "name"),
        (["Dân số trung bình", "Trong đó: Thành thị"], "người", "XH.01.01.1", "parents"),
        (["Mậtt độ dân số"], "người/km2", "XH.01.02", "spelling"),
        (["Tổng số HS THCS đầu năm học"], "học sinh", "XH.04.04.3", "words"),
        (["SỐ HỌC SINH THCS ĐẦU NĂM HỌC"], "học sinh", "XH.04.04.3", "name"),
        (["Tỷ lệ đô thị hoaá"], "%", "XH.01.05", "spelling"),
        (["Tổng kim ngạch xuấtanhập khẩu hàng hóa"], "tỷ USD", "", ""),  # not that of xuất khẩu
        (["Sản lượng sao băng"], "tấn", "", ""),
    ],
)
def test_names_as_forms_write_them(path, unit, code, rule):
    assert matched(*path, unit=unit) == (code, rule)


TYPED = st.sampled_from(sorted(INDICATORS)).flatmap(
    lambda code: st.tuples(st.just(code), st.integers(0, len(INDICATORS[code].name) - 1), st.sampled_from("abchêđ×"))
)


@settings(max_examples=300)
@given(TYPED)
def test_a_slip_of_one_letter_leads_to_the_same_indicator_or_to_none(typed):
    code, at, letter = typed
    name = INDICATORS[code].name
    slipped = name[:at] + letter.replace("×", "") + name[at + 1 :]
    found, _ = matched(*path_of(code)[:-1], slipped, unit=INDICATORS[code].unit)
    same = {c for c, i in INDICATORS.items() if re.sub(r"\W+", "", i.name) == re.sub(r"\W+", "", slipped)}
    assert found in {"", code} | same
