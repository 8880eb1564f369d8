"""The notebook for looking around: what its widgets show, and that it runs without a browser."""

import json
import subprocess
import sys

import nbformat
import papermill
import pytest
from tests.conftest import NTM, ROOT, Sandbox

from planreview.explore import Explorer, indicators, periods_of, view
from planreview.pipeline import clean
from planreview.review import Review

HEADER = ["STT", "Chỉ tiêu", "ĐVT", "KH NQ 2016-2020", "Năm 2015", "TH 2018", "TH 2019", "ƯTH 2020", "KH 2025"]
BHYT = "Tỷ lệ dân số tham gia bảo hiểm y tế"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Sandbox:
    box = Sandbox(tmp_path_factory.mktemp("xem") / "du-an")
    rows = [["BIỂU"], HEADER, [1, NTM, "xã", 30, 2, 20, 22, "24", 35], [2, BHYT, "%", 90, 70, 76, 78, "81,5", 97]]
    box.workbook("2020-11/119", rows)
    box.workbook("2020-11/118", [["BIỂU"], HEADER, [1, NTM, "xã", 9, 1, 5, 6, 7, 11]], name="<b>quynh nhai.xlsx")
    clean(box.project)
    return box


@pytest.fixture
def review(made) -> Review:
    p = made.project
    return Review("119", raw=p.raw, processed=p.processed, reference=p.reference)


def code_of(review: Review, name: str) -> str:
    return next(code for label, code in indicators(review) if label.startswith(name))


def test_view_shows_chart_table_and_the_cells_behind_a_value(review):
    kinds = [block.to_json()["type"] for block in view(review, [code_of(review, BHYT)], "2020")]
    assert kinds == ["heading", "figure", "table", "table"]
    words = "".join(block.to_html() for block in view(review, [code_of(review, BHYT)], "2020"))
    for part in ("81,5", "ước thực hiện", "bieu.xlsx", "Các ô nêu số liệu năm 2020", "✓", "Nguồn"):
        assert part in words
    table = view(review, [code_of(review, BHYT)])[2].to_json()
    values = [part for row in table["rows"] for part in row[2] if "cells" in part]
    assert values and all(part["cells"] for part in values)


def test_view_of_nothing_says_so(review):
    assert "chọn ít nhất một chỉ tiêu" in view(review, [])[0].to_html()
    unknown = next(c for c in review.catalogue.indicators if c not in dict(map(reversed, indicators(review))))
    assert "Chưa có số liệu" in view(review, [unknown])[1].to_html()
    assert "Không có ô nào" in view(review, [code_of(review, BHYT)], "1999")[-1].to_html()


def test_periods_are_those_known_the_latest_first(review):
    assert [p for _, p in periods_of(review, [code_of(review, BHYT)])] == [
        "2025", "2020", "2016-2020", "2019", "2018", "2015",
    ]  # fmt: skip


def test_widgets_redraw(review):
    explorer = Explorer(review)
    assert explorer.indicators.value and "<figure>" in explorer.shown.value
    first = explorer.shown.value
    explorer.indicators.value = (code_of(review, BHYT), code_of(review, NTM))
    assert explorer.shown.value != first and BHYT in explorer.shown.value and NTM in explorer.shown.value
    explorer.period.value = "2020"
    assert "Các ô nêu số liệu năm 2020" in explorer.shown.value
    explorer.unit.value = "118"  # has one of the two indicators; the period is kept
    assert explorer.indicators.value == (code_of(review, NTM),)
    assert explorer.period.value == "2020" and "bieu.xlsx" not in explorer.shown.value
    assert "&lt;b&gt;quynh nhai.xlsx" in explorer.shown.value and "<b>quynh" not in explorer.shown.value
    explorer.unit.value = "121"  # sent nothing
    assert explorer.indicators.options == () and "chọn ít nhất một" in explorer.shown.value
    explorer.unit.value = "119"
    assert explorer.indicators.value and "<figure>" in explorer.shown.value


def test_stale_tables_are_said_and_not_raised(made, review):
    explorer = Explorer(review)
    path = made.root / "data/raw/2020-11/119/bieu.xlsx"
    kept = path.read_bytes()
    path.write_bytes(kept + b" ")
    p = made.project
    try:
        fresh = Explorer(Review("119", raw=p.raw, processed=p.processed, reference=p.reference))
        assert "planreview clean" in fresh.shown.value
    finally:
        path.write_bytes(kept)
    assert "<figure>" in explorer.shown.value


def test_the_notebook_runs_without_a_browser(made, tmp_path):
    out = tmp_path / "out.ipynb"
    papermill.execute_notebook(
        ROOT / "notebooks/explore.ipynb", out, parameters={"unit": "119"}, cwd=made.root, kernel_name="python3",
        progress_bar=False,
    )  # fmt: skip
    shown = json.dumps(nbformat.read(out, as_version=4).cells[-1].outputs, ensure_ascii=False)
    assert "application/vnd.jupyter.widget-view+json" in shown


def test_reports_do_not_take_it_for_one_of_theirs(made):
    run = subprocess.run(
        [sys.executable, "-m", "planreview.cli", "report", "--dry-run", "--unit", "119"],
        cwd=made.root, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert run.returncode == 0 and "explore" not in run.stdout + run.stderr
