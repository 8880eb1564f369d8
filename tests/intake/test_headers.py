"""Column headers as offices write them."""

import pytest

from planreview.intake.headers import Column, column_of

CONGRESS = "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV (09/2020)"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (["TH 2019"], Column("actual", "2019")),
        (["Năm 2015"], Column("actual", "2015")),
        (["Thực hiện", "Năm 2017"], Column("actual", "2017")),
        (["ƯTH 2020"], Column("estimate", "2020")),
        (["Ước thực hiện 2020"], Column("estimate", "2020")),
        (["Đến 31/12/2020", "Ước"], Column("estimate", "2020")),
        (["TH 9 tháng 2020"], Column("actual", "2020-M9")),
        (["TH 2016-2019"], Column("actual", "2016-2019")),
        (["TH 6T 2020"], Column("actual", "2020-M6")),
        (["TH đến tháng 6 năm 2020"], Column("actual", "2020-M6")),
        (["TH đến 30/6/2020"], Column("actual", "2020-M6")),
        (["TH đến 01/9/2025"], Column("actual", "2025-M8")),
        (["TH tính đến ngày 17/8/2025"], Column("actual", "2025-M8")),
        (["TH đến hết tháng 6/2024"], Column("actual", "2024-M6")),
        (["TH đến 5/2023"], Column("actual", "2023-M5")),
        (["TH đến 01/01/2020"], Column("actual", "2019")),
        (["ƯTH quý I/2023"], Column("estimate", "2023-M3")),
        (["TH quý I năm 2020"], Column("actual", "2020-M3")),
        (["Năm 2020", "TH 6 tháng"], Column("actual", "2020-M6")),
        (["Ước 9T 2020"], Column("estimate", "2020-M9")),
        (["Dự kiến thực hiện năm 2020"], Column("estimate", "2020")),
        (["Ư.TH 2020"], Column("estimate", "2020")),
        (["UTH 2019"], Column("estimate", "2019")),
        (["Kết quả thực hiện Nghị quyết 5 năm 2016-2020", "ƯTH 2020"], Column("estimate", "2020")),
        (["Kết quả thực hiện Nghị quyết", "Năm 2019"], Column("actual", "2019")),
        (["Kế hoạch", "2019"], Column("target", "2019", "annual")),
        (["Kế hoạch", "Năm 2022"], Column("target", "2022", "proposed")),
        (["Kế hoạch năm 2022"], Column("target", "2022", "annual")),
        (["KH 5 năm 2021-2025"], Column("target", "2021-2025", "proposed")),
        (["Mục tiêu 2025"], Column("target", "2025", "proposed")),
        (["Mục tiêu Chương trình 2016-2020"], Column("target", "2016-2020", "five_year")),
        (["Năm học 2015-2016", "TH"], Column("actual", "2016")),
        (["KH NQ 2016-2020"], Column("target", "2016-2020", "five_year")),
        (["KH NQ 2015-2020"], Column("target", "2016-2020", "five_year")),
        (["KH NQ 5 năm", "Năm 2020"], Column("target", "2020", "five_year")),
        (["KH 2021"], Column("target", "2021", "proposed")),
        (["KH 2020"], Column("target", "2020", "annual")),
        (["KH năm: Nghị quyết 457/NQ-HĐND (20/02/2025)", "Năm 2025"],
         Column("target", "2025", "annual", "Nghị quyết 457/NQ-HĐND (20/02/2025)")),
        (["Mục tiêu NQ HĐND", "2016-2020"], Column("target", "2016-2020", "council")),
        ([f"Mục tiêu NQ Đại hội: {CONGRESS}", "2021-2025"], Column("target", "2021-2025", "congress", CONGRESS)),
        (["Quy hoạch: Quy hoạch tổng thể đến năm 2020 (10/2013)", "2016-2020"],
         Column("target", "2016-2020", "master_plan", "Quy hoạch tổng thể đến năm 2020 (10/2013)")),
        (["KH năm: Dự toán trung ương giao", "2016"],
         Column("target", "2016", "annual", "Dự toán trung ương giao")),
        (["Mục tiêu NQ: Nghị quyết Đại hội huyện", "2020"],
         Column("target", "2020", "congress", "Nghị quyết Đại hội huyện")),
        (["Giao chỉ tiêu", "2025"], Column("target", "2025", "assigned")),
    ],
)  # fmt: skip
def test_column(catalogue, path, expected):
    assert column_of(path, catalogue.default_cycle, 2020) == expected


@pytest.mark.parametrize(
    "path",
    [
        ["BQGĐ 2016-2020 (%)"],
        ["So sánh %", "ƯTH 2020/TH 2019"],
        ["Dự báo 2021-2025 (%)"],
        ["% hoàn thành KH năm 2020"],
        ["Tỷ lệ hoàn thành KH 5 năm 2016-2020 (%)"],
        ["TH so KH 2020 (%)"],
        ["Tốc độ tăng năm 2019 (%)"],
        ["Chỉ số phát triển 2019"],
        ["Thực hiện", "Bình quân 2016-2020"],
    ],
)
def test_ratios_and_averages_are_derived(catalogue, path):
    assert column_of(path, catalogue.default_cycle, 2020).kind == "derived"


@pytest.mark.parametrize(
    "path",
    [
        ["sau 2022"],
        ["giữa kỳ 2018"],
        ["KH"],
        ["Năm 2020"],
        ["Năm 2023"],
        ["Số liệu"],
        ["2018 và 2019"],
        ["Dự toán 2019"],
        ["Phấn đấu 2019"],
        ["Xã Chiềng Ly", "TH 2019"],
        ["Thực hiện quý II năm 2020"],
        ["TH quý I, II năm 2020"],
        ["TH quý I - IV năm 2020"],
        ["TH quý I và quý II năm 2020"],
        ["Thực hiện quý III/2020"],
        ["TH đến 31/6/2020"],
        ["TH 30/6/2020"],
        ["TH 6 tháng cuối năm 2020"],
        ["TH sáu tháng đầu năm 2020"],
        ["TH đến ngày 30 tháng 6 năm 2020"],
    ],
)
def test_what_is_not_understood_is_not_guessed(catalogue, path):
    assert column_of(path, catalogue.default_cycle, 2020).kind == ""
