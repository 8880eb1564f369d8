"""Charts that compare and explain, as blocks: whose rows they show, what they say, and that they are silent where there
is nothing to show."""

import json
import re

import pandas as pd
import pytest
from tests.conftest import NTM, Sandbox

from planreview.narrative import chart_blocks
from planreview.narrative.cause_charts import cause_charts
from planreview.narrative.comparison_charts import comparison_charts
from planreview.narrative.results import main_rows
from planreview.narrative.shortfall_charts import shortfall_charts
from planreview.narrative.structure_charts import structure_charts
from planreview.pipeline import clean
from planreview.review import Review

HEADER = [
    "STT", "Chỉ tiêu", "ĐVT", "KH NQ 2016-2020", "Năm 2015", "TH 2016", "TH 2017", "TH 2018", "TH 2019", "ƯTH 2020",
    "KH 2025", "Nguyên nhân",
]  # fmt: skip
BHYT = "Tỷ lệ dân số tham gia bảo hiểm y tế"
POOR = "Tỷ lệ hộ nghèo (chuẩn nghèo đa chiều 2016–2020)"
DISTRICTS = ("116", "118", "119", "120", "121", "122", "123", "124", "125", "126", "127", "128")


def rows(k: int, communes: float = 20, late: bool = True) -> list[list]:
    """A form of a unit; ``k`` makes units differ."""
    cover = 80 + k if late else 79 + k
    return [
        ["BIỂU CHỈ TIÊU KINH TẾ - XÃ HỘI"],
        HEADER,
        [1, NTM, "xã", communes + 3, 2, 4, 6, 8, 10, communes, communes + 9, "Thiếu vốn đối ứng"],
        [2, BHYT, "%", 90, 70, 72, 74, 76, 78, cover, 97, None],
        [3, "Tỷ trọng nông, lâm nghiệp, thủy sản trong GRDP", "%", 20, 30, 29, 28, 27, 26, 25, 18, None],
        [4, "Tỷ trọng công nghiệp - xây dựng trong GRDP", "%", 40, 35, 35, 36, 36, 37, 38, 41, None],
        [5, "Tỷ trọng dịch vụ trong GRDP", "%", 40, 35, 36, 36, 37, 37, 37, 41, None],
    ]


@pytest.fixture(scope="module")
def province(tmp_path_factory) -> Sandbox:
    """Twelve districts, two of which lack something, and the province through its planning department."""
    made = Sandbox(tmp_path_factory.mktemp("tinh") / "du-an")
    for k, code in enumerate(DISTRICTS[:-1]):
        for when in ("2020-06", "2020-11"):
            made.workbook(f"{when}/{code}", rows(k, 20 + k, late=when == "2020-11"), name=f"bieu {code}.xlsx")
    made.workbook("2020-11/SKHDT", rows(5, 400), name="bieu So.xlsx")
    clean(made.project)
    return made


def review(made: Sandbox, unit: str) -> Review:
    p = made.project
    return Review(unit, raw=p.raw, processed=p.processed, reference=p.reference)


def charts(r: Review) -> list:
    found = []
    for provenance in r.provenances():
        for make in (comparison_charts, cause_charts, shortfall_charts, structure_charts):
            found += make(r, provenance)
        found += chart_blocks.two_plans_chart(r, main_rows(r, provenance), provenance)
    return found


def all_text(blocks) -> str:
    return json.dumps([block.to_json() for block in blocks], ensure_ascii=False, allow_nan=False)


def test_every_chart_has_finding_source_and_words_for_those_who_cannot_see_it(province):
    for unit in ("14", "119", "SKHDT"):
        blocks = charts(review(province, unit))
        assert blocks
        for block in blocks:
            assert block.caption and block.alt and block.source.startswith("Nguồn")
            said = block.caption + block.alt + block.source + re.sub(r"<[^>]+>", " ", block.svg)
            assert not re.search(r"\b(nan|None|inf)\b", said)
            assert not re.search(r"\d\.\d{1,2}(?!\d)", re.sub(r"\S+\.xlsx", "", block.caption + block.alt))


def test_the_province_sees_its_districts(province):
    titles = [block.caption for block in comparison_charts(review(province, "14"), "submitted")]
    words = all_text(comparison_charts(review(province, "14"), "submitted"))
    for name in ("Thuận Châu", "Mộc Châu", "Thành phố Sơn La", "Vân Hồ"):
        assert name in words
    assert "11/12 đơn vị có số liệu" in words
    assert any("chưa tới mục tiêu nhất" in title for title in titles)
    assert any(BHYT in title and "thấp hơn mức chung của Tỉnh Sơn La" in title for title in titles)


def test_a_district_sees_no_other_by_name_or_file(province):
    words = all_text(charts(review(province, "119")))
    assert "Huyện Thuận Châu" in words and "Tỉnh Sơn La" in words and "Trung vị 11 đơn vị cùng cấp" in words
    others = [u for u in review(province, "119").catalogue.units.values() if u.code in DISTRICTS and u.code != "119"]
    for unit in others:
        assert unit.name.removeprefix("Huyện ") not in words
        assert f"/{unit.code}/" not in words
    assert "SKHDT" not in words  # the province's value was sent by an office: its file is none of a district's business


def test_yardsticks_are_of_the_same_period_and_provenance(province):
    found = review(province, "119").standing()
    cover = found[found["indicator_code"] == "XH.03.07"] if "XH.03.07" in set(found["indicator_code"]) else found[:0]
    row = found[(found["result"] == 82) & (found["above"] == 85)].iloc[0]
    assert (row["median"], row["n"], row["result_period"]) == (85.0, 11.0, "2020")
    assert len(cover) <= 1
    assert found["above_figures"].ne("").sum() == found["above"].notna().sum()


def test_few_areas_give_no_median(sandbox):
    for k, code in enumerate(("118", "119")):
        sandbox.workbook(f"2020-11/{code}", rows(k))
    clean(sandbox.project)
    found = review(sandbox, "119").standing()
    assert found["median"].isna().all()


def test_bullets_show_what_june_said(province):
    r = review(province, "119")
    judged = main_rows(r, "submitted")
    judged = judged[judged["status"].str.contains("đạt")]
    (chart,) = chart_blocks.attainment_chart(r, judged, "submitted")
    assert "ước 6/2020: 81,0" in chart.alt and "ước 6/2020: 81,0" in re.sub(r"<[^>]+>", " ", chart.svg)
    assert "các đợt trước" in re.sub(r"<[^>]+>", " ", chart.svg)


def test_structure_names_the_part_that_changed_most_and_what_is_not_known(province):
    (chart,) = structure_charts(review(province, "119"), "submitted")
    assert "giảm từ 30" in chart.caption and "xuống 25" in chart.caption
    assert "2015: Nông, lâm nghiệp, thủy sản 30" in chart.alt


def test_causes_are_counted_by_theme(province):
    (own,) = cause_charts(review(province, "119"), "submitted")
    assert "vốn và kinh phí" in own.caption
    below = cause_charts(review(province, "14"), "submitted")[-1]
    assert "11/12 đơn vị cấp dưới nêu" in below.caption and "(11 đơn vị)" in below.alt


def test_the_path_shows_forecast_and_is_cut_at_breaks(sandbox):
    form = rows(1)
    form.append([6, POOR, "%", 10, 30, 20, 18, 16, 14, 12, 8, None])
    sandbox.workbook("2020-11/119", form)
    clean(sandbox.project)
    r = review(sandbox, "119")
    by_name = main_rows(r, "submitted").set_index("indicator", drop=False)
    (cover,) = chart_blocks.path_chart(r, by_name.loc[BHYT].to_dict(), "submitted")
    assert "Xu thế đến 2025" in cover.alt and "nếu xu thế giữ nguyên" in cover.svg
    code = by_name.loc[BHYT]["indicator_code"]
    breaks = r.project.reference / "breaks.csv"
    breaks.write_text(breaks.read_text("utf-8") + f"{code},2018,cách tính mới <b>,thử\n", "utf-8")
    clean(sandbox.project)
    r = review(sandbox, "119")
    row = main_rows(r, "submitted").set_index("indicator", drop=False).loc[BHYT].to_dict()
    (cut,) = chart_blocks.path_chart(r, row, "submitted")
    assert "Từ 2018 cách tính khác: cách tính mới <b>" in cut.alt
    assert "&lt;b&gt;" in cut.svg and "<b>" not in cut.svg
    assert cut.svg.count("stroke: #0b5a7d; stroke-width: 2") == cover.svg.count("stroke: #0b5a7d; stroke-width: 2") - 1


def test_nothing_to_show_is_silence(sandbox):
    sandbox.workbook("2020-11/119", [["BIỂU"], ["STT", "Chỉ tiêu", "ĐVT", "TH 2019"], [1, NTM, "xã", 5]])
    clean(sandbox.project)
    for unit in ("119", "14", "SYT"):
        assert charts(review(sandbox, unit)) == []


def test_the_fingerprint_knows_what_stands_beside(province):
    """A page is made again where a value that stands beside its own moved."""
    before = {unit: review(province, unit).fingerprint() for unit in ("119", "14", "VN")}
    path = province.root / "data/raw/2020-11/128"
    path.mkdir(parents=True)
    province.workbook("2020-11/128", rows(40), name="bieu 128.xlsx")
    clean(province.project)
    after = {unit: review(province, unit).fingerprint() for unit in before}
    assert after["119"] != before["119"] and after["14"] != before["14"]
    assert after["VN"] == before["VN"]


def test_results_below_are_those_of_the_parts(province):
    r = review(province, "14")
    below = r.results_below()
    assert isinstance(below, pd.DataFrame) and set(below["area_code"]) <= set(DISTRICTS) and below["main"].all()
    assert review(province, "119").results_below().empty and review(province, "SYT").figures_below().empty
