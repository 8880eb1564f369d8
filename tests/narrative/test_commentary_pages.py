"""What people write stands on the pages word for word, as theirs, with the figures that they cite."""

from dataclasses import replace

import pytest
from tests.conftest import NTM
from tests.narrative.conftest import BEHIND, POOR, ROWS, UNSAID, WATER, html, lines

from planreview.batch.commentary import keep_cited
from planreview.narrative import assessment, brief, commentary, lessons
from planreview.narrative.skeleton import skeleton
from planreview.pipeline import write_results

FORMS = {"2021-03/119": ROWS}


def everything(text):
    return " ".join(" ".join(text.lines).split())


def test_words_stand_in_their_section_with_the_numbers_they_cite(opened, wrote):
    wrote("119", "nguyen-nhan", "# Nguyên nhân\n\nMới có {{XH.07.01@2020}} so với {{XH.07.01@2020:target}}.\n")
    r = opened("119", FORMS)
    said = everything(lines(r, assessment.title, assessment.causes))
    assert "Mới có 45 xã so với 60 xã." in said
    assert "Phần do người viết" in said and "commentary/2016-2025/119/nguyen-nhan.md" in said
    page = html(r, assessment.title, assessment.causes)
    assert "bieu.xlsx" in page and '"J2"' in page, "the cell behind the cited number"
    assert page.count("<h1") == 1


def test_a_written_cause_counts_as_a_cause(opened, wrote):
    r = opened("119", FORMS)
    lacking = f"{WATER}: cần bổ sung nguyên nhân"
    assert lacking in everything(lines(r, assessment.title, assessment.causes))
    wrote("119", "nguyen-nhan", "Công trình xuống cấp nên chỉ đạt {{MT.02.01@2020}}.")
    code = next(c for c, i in r.catalogue.indicators.items() if i.name == WATER)
    wrote("119", "nguyen-nhan", f"Công trình xuống cấp nên chỉ đạt {{{{{code}@2020}}}}.")
    r = opened("119", FORMS)
    said = everything(lines(r, assessment.title, assessment.causes))
    assert "cần bổ sung nguyên nhân" not in said
    assert "Công trình xuống cấp nên chỉ đạt 80%." in said
    assert "Công trình xuống cấp nên chỉ đạt 80%" in everything(lines(r, lessons.title, lessons.from_failures))


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        ("XH.99.99@2020", "danh mục không có chỉ tiêu mã XH.99.99"),
        ("abc", "phải viết như {{XH.03.02@2020}}"),
        ("XH.07.01@2031", "không có kết quả nào của đơn vị"),
        ("XH.07.01@2031:target", "không có mục tiêu chính nào của đơn vị"),
    ],
)
def test_a_bad_citation_is_explained_on_the_page(opened, wrote, cited, said):
    wrote("119", "han-che", f"Còn {{{{{cited}}}}} xã.")
    told = everything(lines(opened("119", FORMS), assessment.title, assessment.shortcomings))
    assert said in told and f"{{{{{cited}}}}}" in told


def test_the_figure_that_moved_is_named_with_old_and_new(opened, wrote):
    path = wrote("119", "nguyen-nhan", "Mới có {{XH.07.01@2020}}.")
    path.with_name("cited.csv").write_text(
        "section,citation,value,as_of\nnguyen-nhan,XH.07.01@2020,43,2020-11\n", encoding="utf-8"
    )
    said = everything(lines(opened("119", FORMS), assessment.title, assessment.causes))
    assert f"nhận định cũ hơn số liệu: {NTM} (2020) lúc viết là 43 xã" in said and "nay là 45 xã" in said
    earlier = opened("119", {"2020-11/119": ROWS} | FORMS, as_of="2020-11")
    write_results(earlier.project, as_of={"2016-2025": "2020-11"})
    path.with_name("cited.csv").write_text(
        "section,citation,value,as_of\nnguyen-nhan,XH.07.01@2020,46,2021-03\n", encoding="utf-8"
    )
    told = everything(lines(earlier, assessment.title, assessment.causes))
    assert "cũ hơn số liệu" not in told and "Nhận định viết theo số liệu của đợt sau" in told


def test_markup_and_formulas_are_text(opened, wrote):
    wrote("119", "lanh-dao", "=1+1 <script>alert(1)</script> <b>đậm</b> **chắc**\n\n- 1.5 & 2")
    page = html(opened("119", FORMS), brief.title, brief.in_short)
    assert "<script>" not in page and "&lt;script&gt;" in page and "&lt;b&gt;" in page
    assert "– " in page and "1.5 &amp; 2" in page


def test_a_file_of_another_name_is_shown_too_and_an_unreadable_one_is_named(opened, wrote):
    wrote("119", "ghi-chu-rieng", "Lời của ai đó")
    wrote("119", "lessons", "Bài học viết tay")
    wrote("119", "thanh-tuu", "Thành tựu".encode("utf-16"))
    r = opened("119", FORMS)
    assert "Lời của ai đó" in everything(lines(r, assessment.title, commentary.others))
    assert "Bài học viết tay" in everything(lines(r, lessons.title, lessons.stated))
    told = everything(lines(r, assessment.title, assessment.achievements))
    assert "Không đọc được nhận định" in told and "UTF-8" in told


def test_what_is_due_is_asked_for_until_somebody_writes(opened, wrote):
    r = opened("119", FORMS)
    due = "cần bổ sung nhận định của người viết về nguyên nhân"
    assert due in everything(lines(r, assessment.title, assessment.causes))
    wrote("119", "nguyen-nhan", "# Nguyên nhân\n<!-- chưa viết gì -->\n")
    assert due in everything(lines(opened("119", FORMS), assessment.title, assessment.causes))
    wrote("119", "nguyen-nhan", "Đã viết.")
    assert due not in everything(lines(opened("119", FORMS), assessment.title, assessment.causes))
    reached = opened("120", {"2021-03/120": [[1, NTM, "xã", 30, 4, 10, 16, 22, 30, 45]]})
    assert due not in everything(lines(reached, assessment.title, assessment.causes))


def test_words_of_one_unit_and_cycle_are_nobody_elses(opened, wrote):
    wrote("120", "nguyen-nhan", "Lời của huyện khác")
    wrote("119", "nguyen-nhan", "Lời của kỳ khác", cycle="2021-2030")
    said = everything(lines(opened("119", FORMS), assessment.title, assessment.causes, commentary.others))
    assert "huyện khác" not in said and "kỳ khác" not in said


def test_simulated_numbers_are_cited_as_such(opened, wrote):
    wrote("119", "ket-qua", "Có {{XH.07.01@2020}}.")
    r = opened("119", {"2021-03/119": [["(SỐ LIỆU MÔ PHỎNG)"], BEHIND, UNSAID]})
    assert r.provenances() == ["simulated"]
    assert "45 xã (mô phỏng)" in html(r, assessment.title, lambda review: commentary.section(review, "ket-qua"))


def test_a_poverty_rate_falls_and_never_rises_by_a_negative_number(opened):
    row = [1, POOR, "%", 10, 34.4, 30, 26, 22, 18, 15.2, 8]
    said = everything(lines(opened("119", {"2021-03/119": [row]}), assessment.title, assessment.by_field))
    assert "từ 34,4% (năm 2015) xuống 15,2% (năm 2020)" in said.replace("Từ 34", "từ 34")
    assert "giảm 3,84 điểm phần trăm/năm" in said
    assert "-3,84" not in said and "tăng" not in said


def test_a_written_shortcoming_is_no_cause(opened, wrote):
    r = opened("119", FORMS)
    code = next(c for c, i in r.catalogue.indicators.items() if i.name == WATER)
    wrote("119", "han-che", f"Mới đạt {{{{{code}@2020}}}}.")
    r = opened("119", FORMS)
    assert f"{WATER}: cần bổ sung nguyên nhân" in everything(lines(r, assessment.title, assessment.causes))
    learnt = everything(lines(r, lessons.title, lessons.from_failures))
    assert "chưa ai nêu nguyên nhân" in learnt and "Mới đạt 80%" in learnt


@pytest.mark.parametrize("broken", ["Mới có".encode("utf-16"), b"M\xf3i c\xf3 {{XH.07.01@2020}}"])
def test_figures_first_seen_outlive_a_file_that_cannot_be_read(opened, wrote, broken):
    text = "Mới có {{XH.07.01@2020}}."
    cited = wrote("119", "nguyen-nhan", text).with_name("cited.csv")
    first = b"section,citation,value,as_of\nnguyen-nhan,XH.07.01@2020,43,2020-11\n"
    cited.write_bytes(first)
    wrote("119", "nguyen-nhan", broken)
    said = keep_cited(opened("119", FORMS))
    assert any("nguyen-nhan.md" in line and "UTF-8" in line for line in said)
    assert cited.read_bytes() == first
    wrote("119", "nguyen-nhan", text)
    assert any("lúc viết là 43 xã" in line for line in keep_cited(opened("119", FORMS)))


def test_a_heading_may_be_bold_and_cite_a_figure(opened, wrote):
    wrote(
        "119",
        "han-che",
        "# Hạn chế\n\n## **Nông thôn mới**: còn {{XH.07.01@2020}}, mã {{XH.99.99@2020}}\n\nCòn chậm.\n",
    )
    r = opened("119", FORMS)
    page = html(r, assessment.title, assessment.shortcomings)
    assert "Nông thôn mới: còn 45 xã, mã {{XH.99.99@2020}}</h" in page
    assert "**" not in page


def test_an_empty_text_names_the_folder_it_is_to_be_copied_to(opened, sandbox):
    r = opened("119", FORMS)  # reference files elsewhere than in the project of the working directory
    place = "data/reference/commentary/2016-2025/119/bai-hoc.md"
    assert f"Chép tệp này thành {sandbox.root.as_posix()}/{place} rồi" in skeleton(r, "bai-hoc")
    r.project = replace(r.project, root=sandbox.root)
    assert f"Chép tệp này thành {place} rồi" in skeleton(r, "bai-hoc")
