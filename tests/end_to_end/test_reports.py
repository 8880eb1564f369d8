"""What somebody reads after ``planreview report`` on the shipped data."""

import json
import re
from functools import cache
from urllib.parse import unquote, urlsplit

import nbformat
import openpyxl
import pytest
from pypdfium2 import PdfDocument
from tests.conftest import ROOT, UNITS
from tests.pages import Text, empty_headings

from planreview import store, tables
from planreview.pipeline import clean
from planreview.project import Project

PAGES = [(unit, notebook) for unit in UNITS for notebook in ("01", "02", "03", "04", "05", "07")]


@pytest.mark.parametrize(("cycle", "as_of"), [("2016-2025", "2022-12"), ("2021-2030", "2026-03")])
def test_every_report_is_made(both_cycles, cycle, as_of):
    done = both_cycles[cycle]
    assert (len(done.summary["made"]), done.summary["failed"]) == (len(PAGES), [])
    assert done.summary["as_of"] == as_of
    manifest = json.loads((done.index.parent / as_of / "manifest.json").read_text("utf-8"))
    assert {(r["unit"], r["stem"][:2], r["reason"]) for r in manifest["reports"]} == {(*p, "") for p in PAGES}


@pytest.mark.parametrize(("unit", "notebook"), [p for p in PAGES if p[1] != "01"])
def test_word_and_pdf_stand_beside_the_page(reports, unit, notebook):
    page = reports.page(unit, notebook)
    html, index = page.read_text("utf-8"), reports.index.read_text("utf-8")
    for suffix in (".docx", ".pdf"):
        file = page.with_suffix(suffix)
        assert file.stat().st_size > 5000
        assert f'href="{file.name}"' in html
        assert f'href="2022-12/{unit}/{file.name}"' in index
    manifest = json.loads((page.parents[1] / "manifest.json").read_text("utf-8"))
    (record,) = [r for r in manifest["reports"] if (r["unit"], r["file"]) == (unit, page.name)]
    assert record["papers"] == {"Word": page.with_suffix(".docx").name, "PDF": page.with_suffix(".pdf").name}
    assert record["pages"] == len(PdfDocument(page.with_suffix(".pdf")))
    assert record["typeface"]


def test_all_printed_numbers_are_those_of_the_blocks(both_cycles):
    for done in both_cycles.values():
        assert done.summary["faults"] == []


@pytest.mark.parametrize(("unit", "notebook"), PAGES)
def test_a_page_says_whose_it_is(reports, unit, notebook):
    page = reports.page(unit, notebook)
    html = page.read_text("utf-8")
    assert f'<meta name="planreview-unit" content="{unit}">' in html
    assert '<meta name="planreview-as-of" content="2022-12">' in html
    assert html.count("<h1") == 1
    executed = nbformat.read(page.with_suffix(".ipynb"), as_version=4)
    assert executed.metadata["planreview"] == {"unit": unit, "cycle": "2016-2025", "as_of": "2022-12"}


@pytest.mark.parametrize(("unit", "notebook"), PAGES)
def test_a_page_reads_as_vietnamese(reports, unit, notebook):
    html = reports.page(unit, notebook).read_text("utf-8")
    words = " ".join(Text(re.sub(r"<code.*?</code>|<svg.*?</svg>", " ", html, flags=re.S)).lines)
    assert not re.search(r"\b(nan|None|inf|null|True|False)\b", words)
    assert not re.search(r"\d\.\d{1,2}(?!\d)(?!\.)", words.replace("lần thứ", "")), "a decimal point"
    assert "src=" not in html
    assert not re.search(r'href="https?:', html)


def test_the_nation(reports):
    text = Text(reports.page("VN", "02").read_text("utf-8"))
    said = "Đánh giá được 5/43 chỉ tiêu (số liệu công bố): 3 vượt, 1 đạt, 1 dự kiến không đạt."
    assert said in text.row("Đánh giá được")
    before = text.row("trước đánh giá lại", "2.750", " | ")
    assert "3.200–3.500" in before and "không đạt" in before
    after = text.row("sau đánh giá lại", "3.521", "4.700", "chưa có mục tiêu công bố")
    assert "đạt" not in after.replace("sau đánh", "")


def test_the_province(reports):
    text = Text(reports.page("14", "02").read_text("utf-8"))
    communes = text.row("Số xã đạt chuẩn nông thôn mới (lũy kế)", "49")
    assert "23" in communes and "vượt" in communes and "+26" in communes
    assert "chưa có mục tiêu công bố" in text.row("Còn 155 chỉ tiêu")
    growth = text.row("Tốc độ tăng tổng sản phẩm", "8,5")
    assert "Quy hoạch 2013" in growth
    main = text.row("Tốc độ tăng tổng sản phẩm", "5,46", "7,5")
    assert "8,5" not in main and "chưa có mục tiêu công bố" in main


@cache
def opened(path):
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize(("unit", "notebook"), [p for p in PAGES if p[1] not in ("01", "07") and p[0] in ("14", "VN")])
def test_every_number_leads_to_its_cell(reports, unit, notebook):
    """Each number has cells, and these hold what the page says (tests/browser: how they are shown)."""
    html = reports.page(unit, notebook).read_text("utf-8")
    told = json.loads(re.search(r'<script id="o-goc-data"[^>]*>(.*?)</script>', html)[1])
    assert len(told["numbers"].split(" ")) == html.count("<a>") + html.count("<a class=long>") >= 3
    figures = tables.read("figures", store.figures_path(reports.project, "2022-12"))
    figures = figures[figures["area_code"] == unit]
    shown = 0
    for figure in figures.to_dict("records"):
        if figure["source_file"] in html and figure["raw"] in html:
            sheet = opened(ROOT / "data/raw" / figure["source_file"])[figure["sheet"]]
            assert str(sheet[figure["cell"]].value).removesuffix(".0") == figure["raw"]
            shown += 1
    assert shown > 3


def test_every_link_of_the_index_and_between_pages_opens(reports):
    for page in reports.pages:
        for href in re.findall(r'<a [^>]*href="([^"#][^"]*)"', page.read_text("utf-8")):
            assert (page.parent / unquote(urlsplit(href).path)).exists(), f"{page.name} → {href}"


def test_the_index_counts(reports):
    text = Text(reports.index.read_text("utf-8"))
    joined = " ".join(text.lines)
    assert "Số liệu công bố: đánh giá được 5/43 chỉ tiêu (3 vượt" in joined
    assert "đánh giá được 1/156 chỉ tiêu (1 vượt)" in joined


def test_notebook_01_writes_the_bytes_of_the_command(reports, tmp_path):
    project = Project.find(start=ROOT, raw=reports.project.raw, processed=tmp_path)
    clean(project)
    written = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.parquet")}
    made = reports.project.processed
    assert {p.relative_to(made): p.read_bytes() for p in made.rglob("*.parquet")} == written


def test_the_other_cycle_tells_of_its_own_years(both_cycles):
    text = Text(both_cycles["2021-2030"].page("14", "02").read_text("utf-8"))
    growth = text.row("Tốc độ tăng tổng sản phẩm", "7,5", "5,12", "dự kiến không đạt")
    assert "-2,38" in growth
    doctors = text.row("Số bác sĩ trên 10.000 dân", "thiếu số liệu")
    assert "mới có số đến tháng 8 năm 2025: 8,98" in doctors
    for act, target in (("420/NQ-HĐND", "5,5"), ("457/NQ-HĐND", "8")):
        assert target in text.row("Tốc độ tăng tổng sản phẩm", f"Kế hoạch năm: Nghị quyết {act}")
    assert "5,5" not in growth


def test_plan_continuity_is_a_table(both_cycles):
    text = Text(both_cycles["2016-2025"].page("VN", "02").read_text("utf-8"))
    assert text.row("Mức giảm tỷ lệ hộ nghèo bình quân năm", "Kỳ sau dùng: Mức giảm tỷ lệ hộ nghèo đa chiều")


PAGE_BYTES = 150_000


def test_a_page_is_light(reports):
    """At most 150 kB besides its charts: the page's bytes without its inline <svg> elements, all else counted (style,
    script, the cells behind its numbers)."""
    for path in reports.pages:
        rest = re.sub(r"<svg.*?</svg>", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert len(rest.encode()) <= PAGE_BYTES, path.name


def test_no_heading_stands_over_nothing(both_cycles):
    for made in both_cycles.values():
        for path in made.pages:
            assert empty_headings(path.read_text("utf-8")) == [], path.name
