"""Charts that compare and explain: looked at, read, and measured, as in test_charts.py."""

import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.lines import Line2D

from planreview.charts import (
    Break,
    CauseRow,
    Course,
    End,
    Fan,
    HeatRow,
    Multiples,
    Panel,
    PlanTarget,
    Point,
    Ranked,
    Slope,
    Stack,
    Standing,
    Step,
    Tile,
    Yardstick,
    style,
)  # fmt: skip
from planreview.charts.causes import cause_figure
from planreview.charts.heatmap import heat_figure
from planreview.charts.multiples import multiples_figure
from planreview.charts.path import path_figure
from planreview.charts.ranked import ranked_figure
from planreview.charts.slope import slope_figure
from planreview.charts.standing import standing_figure
from planreview.charts.structure import structure_figure
from planreview.charts.tiles import shades, tile_figure
from planreview.charts.waterfall import waterfall_figure
from tests.charts.looks import assert_looks_as_it_did, assert_tidy, read
from tests.charts.samples import AXES, CASES, LEVELS, ODD, RANKED, TONES

FIGURES = CASES | ODD


@pytest.mark.parametrize("name", CASES)
def test_looks_as_before(name, tmp_path):
    assert_looks_as_it_did(name, CASES[name](), tmp_path)


@pytest.mark.parametrize("name", FIGURES)
def test_nothing_clipped_nothing_overlapping(name):
    assert_tidy(FIGURES[name]())


@pytest.mark.parametrize("name", FIGURES)
def test_svg_is_text_and_the_same_twice(name):
    svg = style.to_svg(FIGURES[name]())
    assert svg == style.to_svg(FIGURES[name]())
    assert unicodedata.is_normalized("NFC", svg)
    ET.fromstring(svg)
    assert not any(part in svg for part in (" id=", "href", "<style", "<script", "<image", "url(", "<metadata", "<b>"))


@pytest.mark.parametrize("name", [n for n in ODD if n.startswith("no ")])
def test_nothing_to_draw_is_said(name):
    assert "chưa có số liệu" in read(ODD[name]())


def test_markup_in_a_name_is_text():
    assert "<b>Chè & cà phê</b> $x_1$" in read(ODD["ranked markup"]())


def test_heat_says_tones_by_shape_and_words():
    words = read(CASES["heat"]())
    for part in (*TONES.values(), "Thành phố Sơn La", "Vân Hồ", "5/12", "11/11"):
        assert part in words


def test_heat_of_many_columns_is_cut_into_blocks_that_hold_every_column():
    names = [f"Xã {number}" for number in range(75)]
    words = read(heat_figure("Xã", "", names, [HeatRow("Nước sạch", ["good"] * 75)], TONES))
    assert all(name in words for name in names)
    assert words.count("Nước sạch") > 1


def test_ranked_keeps_the_order_and_says_what_is_missing():
    words = read(CASES["ranked"]())
    places = [words.index(row.label) for row in RANKED]
    assert places == sorted(places)
    for part in ("98,1", "66,3", "chưa có số liệu", "Toàn tỉnh: 85,2", "Cả nước: 90,7"):
        assert part in words


def test_standing_says_each_value_with_whose_it_is():
    words = read(CASES["standing"]())
    for part in ("Thuận Châu: 91,8", "Toàn tỉnh: 85,2", "Thuận Châu: chưa có số liệu", "càng thấp càng tốt"):
        assert part in words


def lines_between(figure, color: str) -> list[Line2D]:
    return [line for line in figure.findobj(Line2D) if line.get_color() == color and len(line.get_xdata()) == 2]


def test_nothing_is_joined_across_a_break():
    points = [Point(2015, 9), Point(2016, 8), Point(2017, 7), Point(2018, 6)]
    goal = PlanTarget(2018, 5, since=(2015, 9))
    whole = path_figure("", "", Course(points, [goal]))
    cut = path_figure("", "", Course(points, [goal], breaks=[Break(2017, "chuẩn mới")]))
    assert len(lines_between(whole, style.ACCENT)) == 3
    assert len(lines_between(cut, style.ACCENT)) == 2
    assert len(lines_between(whole, style.GREY)) == 1  # the straight way to the target
    assert lines_between(cut, style.GREY) == []
    assert "từ 2017 cách tính khác, không nối và không so với các năm trước: chuẩn mới" in read(cut)
    panels = [Panel("Mộc Châu", points)]
    joined, parted = (multiples_figure("", "", Multiples(panels, breaks=breaks)) for breaks in ([], [Break(2017, "")]))
    assert len(lines_between(joined, style.ACCENT)) - len(lines_between(parted, style.ACCENT)) == 1
    slope = Slope("a", start=9, result=6, target=5, ahead=3)
    one, other = (
        slope_figure("", "", [Slope(**{**vars(slope), "breaks": breaks})], (2015, 2018, 2020))
        for breaks in ([], [Break(2019, "")])
    )
    assert len(lines_between(one, style.INK)) == 2 and len(lines_between(other, style.INK)) == 2  # one is the break


def test_a_target_of_several_years_begins_after_the_break():
    goal = PlanTarget(2025, 5, first_year=2021, ahead=True)
    course = Course([Point(2020, 4), Point(2024, 5)], [goal], breaks=[Break(2023, "")])
    spans = [line.get_xdata() for line in lines_between(path_figure("", "", course), style.INK)]
    before, after = sorted(max(xs) - min(xs) for xs in spans)[-1], 5 / 5
    assert before > 0 and after
    whole = [line.get_xdata() for line in lines_between(path_figure("", "", Course(course.points, [goal])), style.INK)]
    assert before == pytest.approx(max(max(xs) - min(xs) for xs in whole) / 2)  # two of four years


def test_a_fan_says_its_interval_and_is_never_drawn_over_a_break():
    words = read(CASES["path_fan"]())
    assert "Xu thế 2025: 72" in words
    assert "nếu xu thế giữ nguyên: năm 2025 là 72, khoảng 80% 40–140" in words
    assert "chỉ để tham khảo; xa hơn 3 năm, chưa kiểm nghiệm được" in words
    assert "Xu thế" not in read(ODD["fan over a break"]())


def test_a_fan_wider_than_the_sheet_is_cut_and_said():
    assert "(dải rộng hơn khung hình)" in read(ODD["fan of all sizes"]())
    assert "(dải rộng hơn khung hình)" not in read(CASES["path_fan"]())


def test_bullets_show_earlier_rounds_and_both_targets():
    words = read(CASES["bullets_revised"]())
    for part in ("mục tiêu 40", "mục tiêu ban đầu: 23 (12/2015)", "ước 6/2020: 41", "ước 11/2020: 46", "2015: 3"):
        assert part in words


def test_waterfall_steps_lead_from_one_end_to_the_other():
    words = read(CASES["waterfall"]())
    for part in ("Mục tiêu 2020", "84.000", "Sông Mã", "−2.650", "Làm tròn", "80.430"):
        assert part in words


def test_shades_go_from_light_to_dark():
    for count in range(1, 5):
        fills = [int(fill[1:3], 16) for fill, _ in shades(count)]
        assert fills == sorted(fills, reverse=True) and len(set(fills)) == count


words = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyỡẵậỆ ,.()-–%/0123456789", max_size=90)
short = st.one_of(st.just(""), st.text("đạtvượkhôngnă 0123456789,.–", max_size=30))
values = st.one_of(st.none(), st.floats(-1e9, 1e9), st.integers(-50, 100).map(float), st.just(0.0))
years = st.integers(2010, 2030)
breaks = st.lists(st.builds(Break, years, words), max_size=2)
points = st.lists(st.builds(Point, years, values, st.booleans(), short), max_size=8)
yardsticks = st.lists(st.builds(Yardstick, words, values, short), max_size=4)
tones = st.sampled_from(["good", "bad", "open", "none", ""])
heat_rows = st.lists(st.builds(HeatRow, words, st.lists(tones, max_size=30), short), max_size=4)
stacks = st.lists(st.builds(Stack, words, st.lists(values, max_size=6)), max_size=4)
tiles = st.lists(
    st.builds(Tile, words, st.integers(0, 5), st.integers(0, 5), short, st.none() | st.integers(0, 3)), max_size=9
)
real = st.floats(-1e6, 1e6)
fan = st.builds(Fan, st.tuples(years, real), years, real, real, real, real, real, short, short, words)
some = settings(max_examples=25, deadline=None, derandomize=True)


@some
@given(
    words,
    st.lists(words, max_size=30),
    st.lists(st.builds(HeatRow, words, st.lists(tones, max_size=30), short), max_size=4),
)
def test_any_heat_map_is_tidy(title, columns, rows):
    assert_tidy(heat_figure(title, title, columns, rows, TONES, title[:9]))


@some
@given(words, st.lists(st.builds(Ranked, words, values, short, st.booleans(), st.booleans()), max_size=6), yardsticks)
def test_any_ranking_is_tidy(title, rows, beside):
    assert_tidy(ranked_figure(title, title, rows, beside, 2))


@some
@given(st.lists(st.builds(Standing, words, short, words, values, short, st.booleans(), yardsticks), max_size=3))
def test_any_standing_is_tidy(rows):
    assert_tidy(standing_figure("", "", rows))


@some
@given(st.lists(st.builds(Panel, words, points, values, years), max_size=7), points, breaks)
def test_any_multiples_are_tidy(panels, backdrop, parted):
    assert_tidy(multiples_figure("", "", Multiples(panels, "xã", 1, backdrop, "trung vị", parted)))


@some
@given(st.lists(st.builds(Step, words, values, short, st.booleans()), max_size=6), values, values)
def test_any_waterfall_is_tidy(steps, start, end):
    assert_tidy(waterfall_figure("", "", End("Mục tiêu", start, "1"), steps, End("Kết quả", end, "2")))


@some
@given(st.lists(st.builds(CauseRow, words, st.tuples(*[st.integers(0, 300)] * 3)), max_size=6))
def test_any_causes_are_tidy(rows):
    assert_tidy(cause_figure("", "", rows, AXES))


@some
@given(
    st.lists(
        st.builds(
            Slope, words, short, st.integers(0, 3), st.sampled_from(["up", "down"]), values, values, values, values,
            short, short, short, short, st.booleans(), breaks,
        ),
        max_size=4,
    )
)  # fmt: skip
def test_any_slopes_are_tidy(rows):
    assert_tidy(slope_figure("", "", rows, (2015, 2020, 2025)))


@some
@given(
    st.lists(short, min_size=1, max_size=6), st.lists(st.builds(Stack, words, st.lists(values, max_size=6)), max_size=4)
)
def test_any_structure_is_tidy(names, drawn):
    assert_tidy(structure_figure("", "", names, [Stack(s.label, s.shares[: len(names)]) for s in drawn]))


@some
@given(
    st.lists(
        st.builds(Tile, words, st.integers(0, 5), st.integers(0, 5), short, st.none() | st.integers(0, 3)), max_size=9
    )
)
def test_any_tiles_are_tidy(tiles):
    alone = {(tile.row, tile.column): tile for tile in tiles}
    assert_tidy(tile_figure("", "", list(alone.values()), LEVELS))


@some
@given(points, fan, breaks)
def test_any_fan_and_breaks_are_tidy(known, ahead, parted):
    assert_tidy(
        path_figure("", "", Course(known, [PlanTarget(2025, 5, since=(2015, 1))], "xã", 1, True, ahead, parted))
    )


def test_every_chart_stands_in_the_list_of_charts():
    root = Path(__file__).parents[2]
    listed = (root / "docs/bieu-do.md").read_text("utf-8")
    drawn = {
        path.stem for path in (root / "lib/planreview/charts").glob("*.py") if "_chart(" in path.read_text("utf-8")
    }
    assert len(drawn) >= 13
    assert {name for name in drawn if f"`{name}`" not in listed} == set()
