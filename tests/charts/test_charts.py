"""Charts: looked at (golden pictures), read (texts in the SVG), and measured (nothing clipped, nothing overlapping).

After a change that is meant to be seen, make the pictures again and look at each of them before committing:

    PLANREVIEW_UPDATE_GOLDEN=1 pytest tests/charts

The numbers here are for looking at, not for quoting.
"""

import unicodedata
import xml.etree.ElementTree as ET
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from planreview.charts import AheadRow, BulletRow, Course, PlanTarget, Point, bullets, style
from planreview.charts.ahead import ahead_figure
from planreview.charts.axes import nice_ticks
from planreview.charts.bullets import bullet_figure
from planreview.charts.path import path_figure
from planreview.charts.tally import Tally, tally_figure
from tests.charts.looks import (
    TOLERANCE,
    assert_looks_as_it_did,
    assert_tidy,
    difference,
    measured,
    overlap,
    pixels,
    read,
    texts,
)  # fmt: skip

NATION = [
    BulletRow("Số bác sĩ trên 10.000 dân", "bác sĩ", 0, 9, "9", target=9, target_upper=10, target_text="9–10",
              tone="good", status="đạt", baseline=8, baseline_text="2015: 8"),
    BulletRow("Số giường bệnh trên 10.000 dân (không tính giường trạm y tế xã)", "giường", 1, 29.5, "29,5",
              target=26.5, target_text="trên 26,5", tone="good", status="vượt"),
    BulletRow("Tỷ lệ bao phủ bảo hiểm y tế", "%", 1, 90.7, target=80, target_text="trên 80", tone="good",
              status="vượt"),
    BulletRow("Tỷ lệ lao động nông nghiệp trong tổng lao động xã hội", "%", 1, 33.1, target=40,
              target_text="khoảng 40", direction="down", tone="good", status="vượt"),
    BulletRow("GDP bình quân đầu người tính bằng USD (trước đánh giá lại quy mô GDP)", "USD/người/năm", 0, 2750,
              target=3200, target_upper=3500, target_text="khoảng 3.200–3.500", tone="bad", status="không đạt"),
]  # fmt: skip
OPEN = [
    BulletRow("Tỷ lệ che phủ rừng", "%", 2, 41.89, result_note="ước", provisional=True, target=42, target_text="42",
              tone="open", status="dự kiến không đạt"),
    BulletRow("Tỷ lệ lao động qua đào tạo", "%", 1, 64.5, target=65, target_upper=70, tone="bad", status="không đạt"),
    BulletRow("Bội chi ngân sách nhà nước", "% GDP", 1, 4.2, target=4, target_text="dưới 4", direction="down",
              tone="bad", status="không đạt"),
    BulletRow("Tỷ trọng đóng góp của năng suất các nhân tố tổng hợp", "%", target=30, target_upper=35,
              status="thiếu số liệu"),
    BulletRow("Tốc độ tăng giá trị sản xuất", "%/năm", 1, -3.4, target=2, tone="bad", status="nguy cơ không đạt"),
    BulletRow("Cân đối thương mại", "triệu USD", 0, -120, target=-50, direction="none", status="không đánh giá được"),
]  # fmt: skip
COMMUNES = Course(
    [Point(2015, 3), Point(2016, 8), Point(2017, None), Point(2018, 26), Point(2019, 40), Point(2020, 49),
     Point(2021, 50, estimate=True)],
    [PlanTarget(2020, 23, plan="Nghị quyết Đại hội Đảng bộ tỉnh XIV", since=(2015, 3)),
     PlanTarget(2025, 83, plan="Nghị quyết Đại hội Đảng bộ tỉnh XV", ahead=True, since=(2020, 49))],
    "xã",
)  # fmt: skip
GDP = Course(
    [Point(year, value) for year, value in zip(range(2015, 2021), (2097, 2202, 2373, 2570, 2714, 2750), strict=True)],
    [PlanTarget(2020, 3200, 3500, "khoảng 3.200–3.500", "Nghị quyết 142/2016/QH13", since=(2015, 2097))],
    "USD/người/năm",
)
GROWTH = Course(
    [Point(2016, 9.2, text="9,2"), Point(2018, 5.59, estimate=True), Point(2020, 5.1, text="5,1")],
    [PlanTarget(2020, 8.5, text="8,5", plan="Quy hoạch 2013", first_year=2016),
     PlanTarget(2020, 8, text="8,0", plan="Nghị quyết HĐND tỉnh", first_year=2016),
     PlanTarget(2025, 7.5, text="7,5", plan="Nghị quyết Đại hội Đảng bộ tỉnh XV", ahead=True, first_year=2021),
     PlanTarget(2025, None, text="cao hơn bình quân cả nước", plan="Quy hoạch tỉnh", ahead=True)],
    "%", 2,
)  # fmt: skip
AHEAD = [
    AheadRow("Số xã đạt chuẩn nông thôn mới", "xã", 0, 49, "2020", target=83, target_year="2025",
             change="tăng thêm 34 xã, mỗi năm 6,8 xã"),
    AheadRow("Tỷ lệ bao phủ bảo hiểm y tế", "%", 1, 95.1, "2020", target=96.2, target_year="2025",
             change="tăng 1,1 điểm %"),
    AheadRow("GRDP bình quân đầu người (giá hiện hành)", "triệu đồng/người/năm", 1, 43.4, "2020", last_estimate=True,
             target=60, target_text="60", target_year="2025", change="tăng bình quân 6,7%/năm"),
    AheadRow("Tỷ lệ lao động nông nghiệp trong tổng lao động xã hội", "%", 1, 66.8, "2020", target=58.9,
             target_year="2025", direction="down", change="giảm 7,9 điểm %"),
    AheadRow("Số bác sĩ trên 10.000 dân", "bác sĩ", 0, 8, "2020", target=9, target_upper=10, target_year="2025",
             change="tăng 1–2 bác sĩ"),
    AheadRow("Số huyện thoát khỏi danh sách huyện nghèo", "huyện", target=1, target_text="ít nhất 1",
             target_year="2021–2025"),
    AheadRow("Tỷ lệ đô thị hóa", "%", 1, 14.2, "2020"),
]  # fmt: skip

TALLY = [
    Tally("Kinh tế", [("good", 58), ("open", 3), ("bad", 25)]),
    Tally("Xã hội", [("good", 28), ("open", 0), ("bad", 17)]),
    Tally("Môi trường", [("good", 5), ("open", 1), ("bad", 2)]),
    Tally("Hạ tầng", [("good", 0), ("open", 0), ("bad", 1)]),
]
TALLY_NAMES = {"good": "vượt, đạt", "open": "chưa đạt", "bad": "không đạt"}

CASES = {
    "tally": lambda: tally_figure("Hai phần ba số chỉ tiêu đạt", "Theo lĩnh vực, 2016–2020", TALLY, TALLY_NAMES),
    "bullets_nation": lambda: bullet_figure(
        "Cả nước năm 2020: 4 trong 5 chỉ tiêu vượt hoặc đạt, thu nhập bình quân không đạt",
        "Kết quả năm 2020 (thanh) so với mục tiêu của Nghị quyết 142/2016/QH13 (vạch, dải)",
        NATION,
    ),
    "bullets_open": lambda: bullet_figure("Sáu chỉ tiêu, mỗi chỉ tiêu một cảnh", "Số liệu thử", OPEN, simulated=True),
    "path_communes": lambda: path_figure(
        "Số xã đạt chuẩn nông thôn mới tăng từ 3 lên 49, gấp hơn hai lần mục tiêu năm 2020",
        "Số xã được công nhận đạt chuẩn nông thôn mới, cuối mỗi năm (xã)",
        COMMUNES,
    ),
    "path_range": lambda: path_figure("GDP bình quân đầu người năm 2020 thấp hơn mục tiêu", "USD/người/năm", GDP),
    "path_growth": lambda: path_figure(
        "Tăng trưởng thấp hơn cả hai mục tiêu", "Tốc độ tăng GRDP từng năm (%)", GROWTH, simulated=True
    ),
    "ahead_province": lambda: ahead_figure(
        "Để đạt mục tiêu 2025, mỗi năm phải thêm gần 7 xã nông thôn mới",
        "Từ kết quả gần nhất (vòng tròn) đến mục tiêu 2025 (hình thoi)",
        AHEAD,
    ),
}
LONG = "Tỷ lệ hộ gia đình ở khu vực đồng bào dân tộc thiểu số và miền núi được tiếp cận nguồn nước hợp vệ sinh " * 2
ODD = {
    "no tally": lambda: tally_figure("Không có chỉ tiêu", "", [], {}),
    "tally of nothing": lambda: tally_figure("Trống", "", [Tally("Kinh tế", [("good", 0)])], TALLY_NAMES),
    "long tally": lambda: tally_figure(
        LONG, LONG, [Tally(LONG, [("good", 999), ("bad", 20), ("open", 20), ("none", 9)])], {"good": LONG, "bad": LONG}
    ),
    "no rows": lambda: bullet_figure("Không có chỉ tiêu", "", []),
    "no rows ahead": lambda: ahead_figure("", "", []),
    "nothing known": lambda: bullet_figure("Trống", "", [BulletRow("Chỉ tiêu"), BulletRow("")]),
    "nothing known ahead": lambda: ahead_figure("Trống", "", [AheadRow("Chỉ tiêu", change=LONG)]),
    "nothing known path": lambda: path_figure("Trống", "", Course([])),
    "not numbers": lambda: bullet_figure("Lạ", "", [BulletRow("a", result=nan, target=inf, baseline=-inf)]),
    "not numbers path": lambda: path_figure("Lạ", "", Course([Point(2020, nan)], [PlanTarget(2025, inf)])),
    "zeros": lambda: bullet_figure("Không", "", [BulletRow("a", "xã", 0, 0.0, target=0.0, baseline=0.0)]),
    "zeros ahead": lambda: ahead_figure("Không", "", [AheadRow("a", "xã", 0, 0.0, target=0.0)]),
    "equal": lambda: ahead_figure("Bằng", "", [AheadRow("a", "%", 1, 95.0, "2020", target=95.0, target_year="2025")]),
    "one point": lambda: path_figure("Một", "", Course([Point(2020, 0)])),
    "only a target": lambda: path_figure("Một", "", Course([], [PlanTarget(2025, 5, 5)])),
    "equal points": lambda: path_figure("Bằng", "", Course([Point(2019, 7), Point(2020, 7)], from_zero=False)),
    "negative": lambda: path_figure("Âm", "", Course([Point(2019, -7.5), Point(2020, -2)], [PlanTarget(2020, -1)])),
    "targets alike": lambda: path_figure("Trùng", "", Course([Point(2020, 5)], [PlanTarget(2020, 5, plan=LONG)] * 9)),
    "long": lambda: bullet_figure(LONG * 2, LONG, [BulletRow(LONG[:150], LONG, 0, 1, LONG, target=2, status=LONG)]),
    "one word": lambda: ahead_figure("Ă" * 300, "ệ" * 300, [AheadRow("Ở" * 150, "ỡ" * 60, 0, 1, target=2)]),
    "wide start": lambda: bullet_figure("", "", [BulletRow("", status="0" * 16, baseline=1, baseline_text="0" * 19)]),
    "25 rows": lambda: bullet_figure("Hai mươi lăm", "", [*NATION * 5]),
    "odd letters": lambda: bullet_figure("$a_b$ & <b>\x00\ud800", "a\nb", [BulletRow("5 m² – 1 ‰ → $x^2$", "₫")]),
}  # fmt: skip


def assert_no_stroke_through_text(figure: Figure) -> None:
    """A target's stroke never runs through a number."""
    with measured(figure) as box_of:
        boxes = [(text.get_text(), box_of(text)) for text in texts(figure)]
        lines = [line for line in figure.findobj(Line2D) if line.get_linewidth() in bullets.STROKES]
        strokes = [box_of(line) for line in lines if line.get_color() == style.INK]
    for stroke in strokes:
        for words, box in boxes:
            across, down = overlap(box, stroke)
            assert across <= 0 or down <= 2.5, words  # the feet of the label above may touch the stroke's head


@pytest.mark.parametrize("name", CASES)
def test_looks_as_it_did(name, tmp_path):
    assert_looks_as_it_did(name, CASES[name](), tmp_path)


def test_a_moved_label_is_noticed_and_a_nudge_is_not():
    def moved(by: float) -> np.ndarray:
        figure = CASES["bullets_nation"]()
        label = next(text for text in texts(figure) if text.get_text() == "29,5")
        label.set_x(label.get_position()[0] + by)
        return pixels(figure)

    assert difference(moved(0), moved(0.15)) < TOLERANCE < difference(moved(0), moved(3))


@pytest.mark.parametrize("name", CASES)
def test_svg_is_text_scalable_and_the_same_twice(name):
    svg = style.to_svg(CASES[name]())
    with rc_context({"svg.fonttype": "path", "text.color": "red", "lines.linewidth": 9, "font.size": 30}):
        assert style.to_svg(CASES[name]()) == svg  # whatever a notebook has set
    assert svg.startswith("<svg ") and not svg.isascii()
    assert unicodedata.is_normalized("NFC", svg)
    root = ET.fromstring(svg)
    assert root.get("viewBox").startswith("0 0 346 ")
    assert "max-width: 100%" in root.get("style") and style.FAMILIES in root.get("style")
    assert not any(part in svg for part in (" id=", "href", "<style", "<script", "<image", "url(", "<metadata"))


def test_bullets_say_everything():
    words = read(CASES["bullets_nation"]())
    for row in NATION:
        assert row.label in words
        assert f"mục tiêu {row.target_text}" in words
        assert row.status in words
    for part in ("29,5", "90,7", "2.750", "2015: 8", "(%, càng thấp càng tốt)", "(trước đánh giá lại quy mô GDP), USD"):
        assert part in words
    assert "MÔ PHỎNG" not in words


def test_bullets_say_what_is_missing_or_provisional():
    words = read(CASES["bullets_open"]())
    for part in ("SỐ LIỆU MÔ PHỎNG", "chưa có số liệu", "41,89 (ước)", "mục tiêu 65,0–70,0", "-3,4", "thiếu số liệu"):
        assert part in words


def test_path_names_each_target_and_its_plan():
    words = read(CASES["path_communes"]())
    for part in (
        "Mục tiêu 2020: 23", "Nghị quyết Đại hội Đảng bộ tỉnh XIV", "Mục tiêu 2025: 83", "3", "49", "50 (ước)",
        "các năm ở giữa chưa có số liệu", "số ước thực hiện", "2015", "2025", "xã",
    ):  # fmt: skip
        assert part in words
    words = read(CASES["path_growth"]())
    assert "Mục tiêu 2016–2020: 8,5 Quy hoạch 2013" in words
    assert "Mục tiêu 2025: cao hơn bình quân cả nước (Quy hoạch tỉnh)" in words


def test_path_joins_only_years_that_follow_one_another():
    lines = CASES["path_communes"]().findobj(Line2D)
    joined = [line for line in lines if line.get_color() == style.ACCENT]
    dotted = [line for line in joined if line.is_dashed()]
    assert len(joined) == 6  # 2015–16, 16–18 (dotted), 18–19, 19–20, 20–21, and the sample in the key (dotted)
    assert len(dotted) == 2


def test_ahead_says_both_ends_and_what_is_required():
    words = read(CASES["ahead_province"]())
    for part in (
        "2020: 49", "mục tiêu 2025: 83", "tăng thêm 34 xã, mỗi năm 6,8 xã", "2020: 43,4 (ước)", "2020: 66,8",
        "(giá hiện hành), triệu đồng/người/năm", "mục tiêu 2025: 9–10", "nông thôn mới (xã)", "chưa có số liệu",
        "chưa có mục tiêu", "mục tiêu 2021–2025: ít nhất 1",
    ):  # fmt: skip
        assert part in words


@pytest.mark.parametrize("name", [*CASES, *ODD])
def test_nothing_is_clipped_and_nothing_overlaps(name):
    figure = (CASES | ODD)[name]()
    assert_tidy(figure)
    ET.fromstring(style.to_svg(figure))
    if "bullets" in name:
        assert_no_stroke_through_text(figure)


words = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyỡẵậỆ ,.()-–%/0123456789", max_size=150)
short = st.one_of(st.just(""), st.text("đạtvượkhôngnă 0123456789,.–", max_size=30))
values = st.one_of(st.none(), st.floats(-1e9, 1e9), st.integers(-50, 100).map(float), st.just(0.0))
years = st.integers(2010, 2030)
bullet_rows = st.builds(
    BulletRow, words, short, st.integers(0, 3), values, short, short, st.booleans(), values, values, short,
    st.sampled_from(["up", "down", "none"]), st.sampled_from([*style.TONES]), short, values, short,
)  # fmt: skip
ahead_rows = st.builds(
    AheadRow, words, short, st.integers(0, 3), values, short, short, st.booleans(), values, values, short, short,
    st.sampled_from(["up", "down", "none"]), words,
)  # fmt: skip
courses = st.builds(
    Course,
    st.lists(st.builds(Point, years, values, st.booleans(), short), max_size=12),
    st.lists(
        st.builds(
            PlanTarget, years, values, values, short, words, st.booleans(),
            st.none() | st.tuples(years, st.floats(-1e6, 1e6)), st.none() | years,
        ),
        max_size=4,
    ),
    short, st.integers(0, 3), st.booleans(),
)  # fmt: skip
some = settings(max_examples=40, deadline=None, derandomize=True)  # for a search, raise the first, drop the last


@some
@given(words, st.lists(bullet_rows, max_size=3), st.booleans())
def test_any_bullets_are_tidy(title, rows, simulated):
    figure = bullet_figure(title, title, rows, simulated)
    assert_tidy(figure)
    assert_no_stroke_through_text(figure)


@some
@given(words, st.lists(ahead_rows, max_size=3), st.booleans())
def test_any_way_ahead_is_tidy(title, rows, simulated):
    assert_tidy(ahead_figure(title, title, rows, simulated))


@some
@given(words, courses, st.booleans())
def test_any_path_is_tidy(title, course, simulated):
    assert_tidy(path_figure(title, title, course, simulated))


@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12))
def test_ticks_are_few_and_hold_the_values(one, other):
    low, high = sorted((one, other))
    ticks, _ = nice_ticks(low, high)
    slack = 1e-6 * max(abs(low), abs(high), 1e-6)
    assert 2 <= len(ticks) <= 7
    assert ticks[0] <= low + slack and ticks[-1] >= high - slack


def test_ticks_are_round():
    assert nice_ticks(0, 83) == ([0, 20, 40, 60, 80, 100], 0)
    assert nice_ticks(0, 9.2) == ([0, 2, 4, 6, 8, 10], 0)
    assert nice_ticks(0, 0.43) == ([0, 0.1, 0.2, 0.3, 0.4, 0.5], 1)
    assert nice_ticks(-7.5, 0) == ([-8, -6, -4, -2, 0], 0)
    assert nice_ticks(0, 0)[0][-1] == 1
