"""Rows for the charts that compare and explain: as they come, and odd ones. For looking at, not for quoting."""

from math import inf, nan

from planreview.charts import (
    Break,
    BulletRow,
    CauseRow,
    Course,
    Earlier,
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
)  # fmt: skip
from planreview.charts.bullets import bullet_figure
from planreview.charts.causes import cause_figure
from planreview.charts.heatmap import heat_figure
from planreview.charts.multiples import multiples_figure
from planreview.charts.path import path_figure
from planreview.charts.ranked import ranked_figure
from planreview.charts.slope import slope_figure
from planreview.charts.standing import standing_figure
from planreview.charts.structure import structure_figure
from planreview.charts.tiles import tile_figure
from planreview.charts.waterfall import waterfall_figure

LONG = "Tỷ lệ hộ gia đình ở khu vực đồng bào dân tộc thiểu số và miền núi được tiếp cận nguồn nước hợp vệ sinh " * 2
MARKUP = "<b>Chè & cà phê</b> $x_1$ \x00"
DISTRICTS = (
    "Thành phố Sơn La", "Quỳnh Nhai", "Thuận Châu", "Mường La", "Bắc Yên", "Phù Yên", "Mộc Châu", "Yên Châu",
    "Mai Sơn", "Sông Mã", "Sốp Cộp", "Vân Hồ",
)  # fmt: skip
TONES = {"good": "vượt, đạt", "open": "chưa đạt", "bad": "không đạt", "none": "có số liệu, chưa đánh giá được",
         "": "chưa có số liệu"}  # fmt: skip
HEAT = [
    HeatRow("Số xã đạt chuẩn nông thôn mới (lũy kế)", ["good"] * 4 + ["bad"] * 6 + ["open", "good"], "5/12"),
    HeatRow("Tỷ lệ dân số tham gia bảo hiểm y tế", ["good"] * 11 + [""], "11/11"),
    HeatRow("Tỷ lệ hộ dân được sử dụng nước hợp vệ sinh ở khu vực nông thôn", ["bad", "good", "none"] * 4, "4/8"),
    HeatRow("Tỷ lệ che phủ rừng", [""] * 12, "0/0"),
]  # fmt: skip
RANKED = [
    Ranked(name, value, estimate=index % 4 == 0)
    for index, (name, value) in enumerate(
        zip(DISTRICTS, (98.1, 92.3, 91.8, 88.0, 86.5, 84.2, 83.9, 80.0, 76.6, 70.1, 66.3, None), strict=True)
    )
]
YARDSTICKS = [Yardstick("Toàn tỉnh", 85.2), Yardstick("Cả nước", 90.7), Yardstick("Trung vị 12 huyện, thành phố", 84.1)]
STANDING = [
    Standing("Tỷ lệ dân số tham gia bảo hiểm y tế", "%", "Thuận Châu", 91.8, yardsticks=YARDSTICKS, digits=1),
    Standing("Tỷ lệ hộ nghèo", "%", "Thuận Châu", 30.25, "30,25", True, YARDSTICKS[:1], "down", 2),
    Standing("Sản lượng chè búp tươi", "tấn", "Thuận Châu", None, yardsticks=[Yardstick("Toàn tỉnh", 48000)]),
]
MULTIPLES = Multiples(
    [
        Panel(
            name,
            [Point(2015 + y, 3.0 + index + y * (index % 3) / 2, y == 5) for y in range(6) if y != index],
            8.0 + index,
            2020,
        )
        for index, name in enumerate(DISTRICTS[:-1])
    ]
    + [Panel(DISTRICTS[-1], [])],
    "xã", 1, [Point(2015 + year, 6 + year / 3) for year in range(6)], "trung vị các huyện", [Break(2017, "chuẩn mới")],
)  # fmt: skip
TILES = [
    Tile(name, index // 4, index % 4 + (index // 4) % 2, f"{index * 5}/{58 + index}", index % 4 if index != 7 else None)
    for index, name in enumerate(DISTRICTS)
]
LEVELS = ("dưới 40%", "40% đến dưới 60%", "60% đến dưới 80%", "từ 80%")
STEPS = [
    Step("Sông Mã", -2650, "−2.650"), Step("Thuận Châu", -1200.5, "−1.200,5"), Step("Mai Sơn", 610, "+610"),
    Step("8 đơn vị khác", -330, "−330"), Step("Làm tròn", 0.4, "+0,4", rest=True),
]  # fmt: skip
CAUSES = [
    CauseRow("thiên tai và thời tiết", (42, 0, 0)), CauseRow("vốn và kinh phí", (30, 9, 0)),
    CauseRow("giải phóng mặt bằng và đất đai", (1, 22, 0)), CauseRow("chưa xếp được theo bộ từ", (0, 0, 5)),
]  # fmt: skip
AXES = ("khách quan", "chủ quan", "đơn vị chưa nói rõ")
SLOPES = [
    Slope("Số xã đạt chuẩn nông thôn mới", "xã", 0, start=3, target=23, result=49, ahead=83),
    Slope("Tỷ lệ hộ nghèo", "%", 2, "down", 34.44, 20, 18.4, 9.5, estimate=True, breaks=[Break(2022, "chuẩn mới")]),
    Slope("Tỷ lệ lao động qua đào tạo", "%", 1, start=40, target=55, result=52.3),
    Slope("Tỷ lệ che phủ rừng", "%", 1),
]
STRUCTURE = [
    Stack("2015", (27.1, 35.8, 32.4, 4.7)), Stack("2020 (ước)", (23.4, 30.3, 39.3, 7.0)),
    Stack("Mục tiêu 2025", (19, 36.2, 37.8, None), target=True),
]  # fmt: skip
SECTORS = ("Nông, lâm nghiệp, thủy sản", "Công nghiệp - xây dựng", "Dịch vụ", "Thuế sản phẩm trừ trợ cấp")
REVISED = [
    BulletRow("Số xã đạt chuẩn nông thôn mới", "xã", 0, 49, target=40, target_text="40", tone="good", status="vượt",
              baseline=3, baseline_text="2015: 3", original=23, original_text="mục tiêu ban đầu: 23 (12/2015)",
              earlier=[Earlier(41, "ước 6/2020: 41"), Earlier(46, "ước 11/2020: 46")]),
    BulletRow("Tỷ lệ hộ nghèo", "%", 2, 18.4, target=20, direction="down", tone="good", status="vượt",
              earlier=[Earlier(18.4, "ước 11/2020: 18,40")]),
    BulletRow("Thu ngân sách trên địa bàn", "tỷ đồng", 0, None, target=4850, status="thiếu số liệu", original=4500),
]  # fmt: skip
POVERTY = Course(
    [Point(2015, 34.4), *(Point(2016 + n, 31.9 - 3.4 * n, n == 4) for n in range(5)), Point(2022, 21.7),
     Point(2023, 17.9), Point(2024, 14.3)],
    [PlanTarget(2020, 20, plan="Nghị quyết Đại hội Đảng bộ tỉnh XIV", since=(2015, 34.4)),
     PlanTarget(2025, 9.5, plan="Nghị quyết Đại hội Đảng bộ tỉnh XV", ahead=True, since=(2020, 18.3))],
    "%", 1, fan=Fan((2024, 14.3), 2025, 12.4, 11.6, 13.2, 9.8, 15.2, note="dựa trên 3 năm 2022–2024"),
    breaks=[Break(2016, "chuẩn nghèo đa chiều 2016–2020 thay chuẩn 2011–2015"), Break(2022, "chuẩn 2021–2025")],
)  # fmt: skip
COMMUNES = Course(
    [Point(2015 + n, v) for n, v in enumerate((3, 8, 15, 26, 40, 49))],
    [PlanTarget(2020, 23, plan="Nghị quyết Đại hội XIV", since=(2015, 3)),
     PlanTarget(2025, 83, plan="Nghị quyết Đại hội XV", ahead=True, since=(2020, 49))],
    "xã", fan=Fan((2020, 49), 2025, 72, 63, 81, 40, 140, note="xa hơn 3 năm, chưa kiểm nghiệm được"),
)  # fmt: skip

CASES = {
    "heat": lambda: heat_figure("Nông thôn mới là chỉ tiêu nhiều huyện không đạt nhất (6/12)", "Kết quả 2016–2020",
                                DISTRICTS, HEAT, TONES, "đạt"),
    "ranked": lambda: ranked_figure("Chín huyện thấp hơn bình quân cả nước", "Tỷ lệ dân số tham gia BHYT, 2020 (%)",
                                    RANKED, YARDSTICKS, 1),
    "standing": lambda: standing_figure("Thuận Châu cao hơn toàn tỉnh ở 1 trong 2 chỉ tiêu", "Năm 2020", STANDING),
    "multiples": lambda: multiples_figure("Tám huyện tăng so với năm 2015", "Số xã đạt chuẩn (xã)", MULTIPLES, True),
    "tiles": lambda: tile_figure("Hai huyện đạt từ 80% số chỉ tiêu", "Tỷ lệ chỉ tiêu đạt", TILES, LEVELS),
    "waterfall": lambda: waterfall_figure("Hụt 3.570 ha, nhiều nhất ở Sông Mã", "Diện tích cây ăn quả (ha)",
                                          End("Mục tiêu 2020", 84000, "84.000"), STEPS,
                                          End("Kết quả 2020", 80429.9, "80.430")),
    "causes": lambda: cause_figure("Thiên tai được nêu nhiều nhất: 42 lần", "Số lần nêu", CAUSES, AXES, True),
    "slopes": lambda: slope_figure("Hai kế hoạch", "Mỗi ô một thang đo", SLOPES, (2015, 2020, 2025)),
    "structure": lambda: structure_figure("Tỷ trọng dịch vụ tăng 6,9 điểm %", "Cơ cấu GRDP (%)", SECTORS, STRUCTURE),
    "bullets_revised": lambda: bullet_figure("Kết quả cuối cùng cao hơn các lần ước", "Kết quả và mục tiêu", REVISED),
    "path_breaks": lambda: path_figure("Tỷ lệ hộ nghèo giảm trong từng chuẩn nghèo", "Tỷ lệ hộ nghèo (%)", POVERTY),
    "path_fan": lambda: path_figure("Theo xu thế còn thiếu 11 xã", "Số xã đạt chuẩn (xã)", COMMUNES, True),
}  # fmt: skip


def _course(**changes) -> Course:
    return Course(**{"points": [Point(2019, 5), Point(2020, 6)], "unit": "xã", **changes})


ODD = {
    "no heat": lambda: heat_figure("Trống", "", [], [], {}),
    "heat of nothing": lambda: heat_figure("Trống", "", ["a"], [HeatRow("", [])], {}),
    "wide heat": lambda: heat_figure("Xã", "", [LONG] * 75, [HeatRow(LONG, ["good"] * 75, LONG)], {"good": LONG}, LONG),
    "40 heat": lambda: heat_figure("Bốn mươi", "", DISTRICTS, [*HEAT * 10], TONES),
    "no ranked": lambda: ranked_figure("Trống", "", []),
    "ranked unknown": lambda: ranked_figure("Trống", "", [Ranked("a", None), Ranked("", nan)], [Yardstick("x", inf)]),
    "one ranked": lambda: ranked_figure("Một", "", [Ranked(LONG, 0.0)], [Yardstick(LONG, 0.0, LONG)]),
    "ranked negative": lambda: ranked_figure("Âm", "", [Ranked("a", -3.5), Ranked("b", 2e12)], YARDSTICKS, 2),
    "40 ranked": lambda: ranked_figure("Bốn mươi", "", [*RANKED * 4], YARDSTICKS * 2, 1),
    "ranked markup": lambda: ranked_figure(MARKUP, MARKUP, [Ranked(MARKUP, 1, MARKUP)], [Yardstick(MARKUP, 2)]),
    "no standing": lambda: standing_figure("Trống", "", []),
    "standing odd": lambda: standing_figure("Lạ", LONG, [Standing(LONG, LONG, LONG, 1e15, LONG, yardsticks=[
        Yardstick(LONG, -1e15, LONG)] * 6), Standing("", "", "", None)]),
    "no multiples": lambda: multiples_figure("Trống", "", Multiples([])),
    "multiples unknown": lambda: multiples_figure("Trống", "", Multiples([Panel("a", [Point(2020, None)])])),
    "multiples odd": lambda: multiples_figure("Lạ", "", Multiples([Panel(LONG, [Point(2020, -1e12, text=LONG)]), Panel(
        MARKUP, [Point(2019, 1e12), Point(2021, 0)], nan, 2030)] * 20, LONG, 9, [Point(2020, inf)], LONG)),
    "no tiles": lambda: tile_figure("Trống", "", [], []),
    "odd tiles": lambda: tile_figure("Lạ", "", [Tile(LONG, 7, 9, LONG, 99), Tile(MARKUP, 9, 3, "", None)], LEVELS[:1]),
    "no waterfall": lambda: waterfall_figure("Trống", "", End("a", None, ""), [], End("b", 1, "1")),
    "odd waterfall": lambda: waterfall_figure("Lạ", "", End(LONG, -5, LONG), [Step(MARKUP, 1e9, LONG), Step("0", 0, ""),
                                              Step("", None, "")] * 13, End("", 0, "")),
    "flat waterfall": lambda: waterfall_figure("Bằng", "", End("a", 5, "5"), [Step("b", 0, "0")], End("c", 5, "5")),
    "no causes": lambda: cause_figure("Trống", "", [CauseRow("a", (0, 0, 0))], AXES),
    "odd causes": lambda: cause_figure("Lạ", "", [CauseRow(LONG, (10**6, 1, 1)), CauseRow(MARKUP, (0, 0, 1))] * 20,
                                       (LONG, MARKUP, "c")),
    "no slopes": lambda: slope_figure("Trống", "", [], (2015, 2020, 2025)),
    "odd slopes": lambda: slope_figure("Lạ", "", [Slope(LONG, LONG, start=-1e12, target=1e12, result=0, ahead=0,
                                       ahead_text=LONG), Slope(MARKUP, result=nan, ahead=7)] * 20, (2015, 2020, 2025)),
    "slopes alike": lambda: slope_figure("Bằng", "", [Slope("a", "%", 2, start=5, target=5, result=5, ahead=5)],
                                         (2015, 2020, 2025)),
    "no structure": lambda: structure_figure("Trống", "", ["a"], [Stack("2020", (None,))]),
    "odd structure": lambda: structure_figure("Lạ", "", [LONG, MARKUP, "c"], [
        Stack(LONG, (99.9, 0.1, 0.2), (LONG, "", "")), Stack("b", (-5, nan, 20)), Stack("c", ())] * 10),
    "fan alone": lambda: path_figure("Một", "", Course([], fan=Fan((2020, 1), 2025, 2, 1, 3, 0, 4))),
    "fan unknown": lambda: path_figure("Lạ", "", _course(fan=Fan((2020, 6), 2025, nan, 1, 2, 3, 4))),
    "fan of all sizes": lambda: path_figure("Lạ", "", _course(fan=Fan((2020, 6), 2025, -3e9, -4e9, 5e9, -6e12, 7e12,
                                            LONG, LONG, LONG))),
    "fan over a break": lambda: path_figure("Lạ", "", _course(fan=Fan((2020, 6), 2025, 7, 6, 8, 5, 9),
                                            breaks=[Break(2023, MARKUP)], targets=[PlanTarget(2025, 9)])),
    "breaks everywhere": lambda: path_figure("Lạ", "", _course(breaks=[Break(2018 + y, LONG) for y in range(4)],
                                             targets=[PlanTarget(2025, 9, first_year=2017, since=(2019, 5))])),
    "bullets revised oddly": lambda: bullet_figure("Lạ", "", [BulletRow(LONG, LONG, original=-1e9, original_text=LONG,
        earlier=[Earlier(1e9, LONG), Earlier(nan, ""), Earlier(0, MARKUP)], target=0, result=1, status=LONG)]),
}  # fmt: skip
