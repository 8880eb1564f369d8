"""Where a shortfall came from: parts that add up, parts that do not, the year it began, and the units' own words."""

import numpy as np
import pandas as pd
import pytest

from planreview import tables
from planreview.evaluate import contributions, evaluate
from planreview.evaluate.causes import causes, successes
from planreview.evaluate.compare_units import distances

AS_OF = "2022-12"


@pytest.fixture
def districts(catalogue):
    return catalogue.parts_of("14", "2020")


def judged(catalogue, *figures, as_of=AS_OF):
    rows = [
        {"as_of": as_of, "provenance": "submitted", "n_candidates": 1, "selection_rule": "only", "round": "2020-06",
         "figure_id": f"f{n}"} | f
        for n, f in enumerate(figures)
    ]  # fmt: skip
    return evaluate(tables.frame("figures", rows), catalogue, catalogue.default_cycle, as_of=as_of)


def known(area, code, result, target=None, baseline=None, plan="council"):
    about = {"area_code": area, "indicator_code": code}
    rows = [about | {"period": "2020", "kind": "actual", "value": result}]
    if target is not None:
        rows.append(about | {"period": "2020", "kind": "target", "plan": plan, "value": target})
    if baseline is not None:
        rows.append(about | {"period": "2015", "kind": "actual", "value": baseline})
    return rows


def parts_of(catalogue, results):
    return tables.check("contributions", contributions(results, catalogue, catalogue.default_cycle))


def test_districts_add_up_to_the_provinces_shortfall(catalogue, districts):
    rows = [r for n, d in enumerate(districts) for r in known(d, "XH.07.01", 3 + n, 5)]
    whole = sum(3 + n for n in range(len(districts)))
    found = parts_of(catalogue, judged(catalogue, *rows, *known("14", "XH.07.01", whole, 5 * len(districts))))
    assert set(found["basis"]) == {"shortfall"} and set(found["axis"]) == {"area"}
    assert found["part"].tolist() == [*districts, ""]
    assert found["contribution"].tolist() == [*(n - 2 for n in range(len(districts))), 0]
    assert found["contribution"].sum() == found["whole"].iloc[0] == whole - 5 * len(districts)
    assert found["share"].sum() == pytest.approx(1)


def test_parts_that_do_not_add_up_explain_nothing(catalogue, districts):
    rows = [r for d in districts for r in known(d, "XH.07.01", 3, 5)]
    wrong = parts_of(catalogue, judged(catalogue, *rows, *known("14", "XH.07.01", 60, 60)))
    assert wrong.empty
    missing = rows[2:]
    assert parts_of(catalogue, judged(catalogue, *missing, *known("14", "XH.07.01", 36, 60))).empty


def test_without_targets_of_the_parts_the_change_is_taken_apart_and_said(catalogue, districts):
    rows = [r for d in districts for r in known(d, "XH.07.01", 3, baseline=1)]
    n = len(districts)
    found = parts_of(catalogue, judged(catalogue, *rows, *known("14", "XH.07.01", 3 * n, 60, baseline=n)))
    assert set(found["basis"]) == {"change"}
    assert found["contribution"].sum() == found["whole"].iloc[0] == 2 * n
    assert "không phải phần hụt" in found["reason"].iloc[0]


def test_another_plans_targets_of_the_parts_are_no_shares_of_this_one(catalogue, districts):
    rows = [r for d in districts for r in known(d, "XH.07.01", 3, 5, plan="five_year")]
    n = len(districts)
    results = judged(catalogue, *rows, *known("14", "XH.07.01", 3 * n, 5 * n))
    assert parts_of(catalogue, results).empty


def test_the_year_a_shortfall_began(catalogue):
    def year(period, value):
        return {"area_code": "14", "indicator_code": "XH.07.01", "period": period, "kind": "actual", "value": value}

    goal = {"area_code": "14", "indicator_code": "XH.07.01", "period": "2020", "kind": "target", "plan": "council",
            "value": 50}  # fmt: skip
    path = [year("2015", 0), year("2016", 9), year("2017", 21), year("2018", 28), year("2019", 35), year("2020", 40)]
    assert judged(catalogue, *path, goal)["divergence_year"].tolist() == ["2018"]
    assert judged(catalogue, *path[:5], year("2020", 50), goal)["divergence_year"].tolist() == [""]
    assert judged(catalogue, path[0], path[3], path[5], goal)["divergence_year"].tolist() == ["2018"]
    assert judged(catalogue, path[5], goal)["divergence_year"].tolist() == [""]  # no baseline, no path


def written(text, *, topic="cause", code="XH.07.01", heading=""):
    return {"round": "2020-06", "unit_code": "14", "area_code": "14", "indicator_code": code, "topic": topic,
            "text": text, "source_file": "f", "sheet": "s", "cell": "A1", "heading": heading,
            "provenance": "submitted"}  # fmt: skip


def test_causes_by_theme_with_their_words(catalogue):
    results = judged(catalogue, *known("14", "XH.07.01", 10, 50), *known("14", "XH.04.02", 90, 50))
    told = tables.frame("narratives", [
        written("Vốn giao chậm, giải phóng mặt bằng kéo dài; MƯA LŨ năm 2018."),
        written("Thiếu vốn.", code="XH.04.02"),  # met: no cause of a shortfall
        written("Năng lực cán bộ hạn chế.", code="", topic="cause", heading="a) Nguyên nhân khách quan"),
        written("Việc khác.", code="", topic="difficulty"),
        written("Thị trường thuận lợi.", code="", topic="solution"),
    ])  # fmt: skip
    found = causes(told, results, catalogue.causes).set_index("theme")
    assert found.loc["thiên tai và thời tiết", ["axis", "words", "axis_by"]].tolist() == [
        "khách quan",
        "MƯA LŨ",
        "bộ từ",
    ]
    assert found.loc["vốn và kinh phí", "words"] == "Vốn giao chậm"
    assert found.loc["giải phóng mặt bằng và đất đai", "axis"] == "chủ quan"
    assert found.loc["năng lực và nhân lực", ["axis", "axis_by"]].tolist() == ["khách quan", "tiêu đề"]
    assert found.loc["chưa xếp được theo bộ từ", "text"] == "Việc khác."
    assert len(found) == 5


def test_words_are_whole_words(catalogue):
    results = judged(catalogue, *known("14", "XH.07.01", 10, 50))
    told = tables.frame("narratives", [written("Lập dự báo bãobùng, không có vốn liếng kinhphí.")])
    assert "thiên tai và thời tiết" not in set(causes(told, results, catalogue.causes)["theme"])


def test_successes_are_told_of_what_was_exceeded(catalogue):
    results = judged(catalogue, *known("14", "XH.07.01", 60, 50), *known("14", "XH.04.02", 50, 50))
    told = tables.frame("narratives", [
        written("Nhân dân hiến đất, chỉ đạo quyết liệt."),
        written("Nhân dân đồng thuận.", code="XH.04.02"),  # met, not exceeded
        written("Được Trung ương quan tâm đầu tư.", code="", topic="advantage"),
        written("Đồng thuận cao.", code="", topic="difficulty"),
    ])  # fmt: skip
    found = successes(told, results, catalogue.causes)
    assert set(found["theme"]) == {"đồng thuận của nhân dân", "chỉ đạo và điều hành", "chính sách hỗ trợ"}
    assert set(found["status"]) == {"vượt", ""}


def test_areas_beside_one_another():
    rows = pd.DataFrame(
        {
            "provenance": "submitted", "area_code": ["a", "b", "c", "d"], "indicator_code": "X",
            "result_kind": "actual", "result_period": ["2020", "2020", "2020", "2019"],
            "result": [2.0, 4.0, 6.0, 9.0], "status": "đạt",
            "result_upper": np.nan, "result_qualifier": "", "target": [5.0, 4.0, 8.0, 1.0], "target_upper": np.nan,
        }
    )  # fmt: skip
    found = distances(rows, 1.0)
    assert found["rank"].tolist() == [3, 2, 1, 1]
    assert found["median"].tolist() == [4, 4, 4, 9]
    assert found["distance"].fillna(-1).tolist() == [1.5, 0, 1, -1]
    assert distances(rows, -1.0)["distance"].fillna(-1).tolist() == [0, 0, 0, -1]
    assert distances(rows, 0.0)["rank"].isna().all()
