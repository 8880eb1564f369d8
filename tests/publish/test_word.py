"""A report in Word: the layout of Decree 30/2020, everything that its page says, the same bytes twice."""

import dataclasses
import io
import re
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from tests.publish.papers import CELL, PAGE, TITLE, every_block

from planreview.errors import RunFailed
from planreview.publish.document import prepare
from planreview.publish.word import render_word

EVIL = "<b>=cmd|'/c calc'!A1</b> & $x^2$ #set page(1pt) *đậm* _x_ {{ 7*7 }}"


def render(blocks=None, page=PAGE) -> bytes:
    return render_word(prepare(blocks or every_block(), page))


@pytest.fixture(scope="module")
def content() -> bytes:
    return render()


@pytest.fixture(scope="module")
def word(content):
    return docx.Document(io.BytesIO(content))


def texts(word) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in word.element.body.iter(qn("w:p"))]


def test_head_as_the_decree_has_it(word):
    said = texts(word)
    for line in (
        "ỦY BAN NHÂN DÂN",
        "HUYỆN THUẬN CHÂU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ):
        assert line in said
    assert any(re.fullmatch(r"Thuận Châu, ngày\s+tháng\s+năm\s*", line) for line in said)
    assert any(line.startswith("Nơi nhận") for line in said)
    first = word.sections[0]
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    assert 30 <= first.left_margin.mm <= 35 and 15 <= first.right_margin.mm <= 20.1 and 20 <= first.top_margin.mm <= 25
    assert word.styles["Normal"].font.name == "Times New Roman"
    assert 13 <= word.styles["Normal"].font.size.pt <= 14


def test_page_numbers_stand_in_the_header_but_not_on_page_one(word):
    first = word.sections[0]
    assert first.different_first_page_header_footer
    assert "PAGE" in first.header._element.xml
    assert "PAGE" not in first.first_page_header._element.xml
    for header in (first.header, first.first_page_header):
        assert header.paragraphs[-1].text == "SỐ LIỆU MÔ PHỎNG"
        assert all(paragraph.alignment == 1 for paragraph in header.paragraphs)
    assert "PAGE" in first.header.paragraphs[0]._p.xml and first.header.paragraphs[0].text == "2"  # alone in its line


def test_captions_are_numbered_fields(word):
    captions = [p for p in word.element.body.iter(qn("w:p")) if p.style == "Caption"]
    said = ["".join(t.text for t in p.iter(qn("w:t"))) for p in captions]
    assert said == ["Bảng 1. Bảng chỉ tiêu lời", f"Hình 1. {TITLE}"]
    codes = ["".join(t.text for t in p.iter(qn("w:instrText"))).split()[:2] for p in captions]
    assert codes == [["SEQ", "Bảng"], ["SEQ", "Hình"]]
    assert word.styles["Caption"].name == "Caption"


def test_tables_repeat_their_head_and_pictures_have_words(word):
    (table,) = [t for t in word.tables if "Chỉ tiêu" in t.rows[0].cells[0].text]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1].cells[0].text == "lời"  # the group's title
    assert [c.text for c in table.rows[2].cells][:4] == ["Tỷ lệ hộ nghèo lời", "%", "34,4", "40"]
    assert [round(c.width.mm) for c in table.columns] == [round(c.width.mm) for c in table.rows[2].cells]
    described = [p.get("descr") for p in word.element.body.iter(qn("wp:docPr"))]
    assert described == ["kết quả 34,4, mục tiêu 40"] * 3 + ["Cột lời"]
    assert all(line.startswith("Nguồn") for line in texts(word) if line.endswith("lời") and "Nguồn" in line)


def test_a_wide_table_stands_on_a_turned_page():
    word = docx.Document(io.BytesIO(render(every_block(rows=30, wide=True))))
    assert [s.orientation for s in word.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert [s.is_linked_to_previous for s in (word.sections[1].header, word.sections[2].header)] == [True, True]


def test_properties_say_whose_it_is(content, word):
    core = word.core_properties
    assert (core.title, core.language) == ("Đánh giá lời", "vi-VN")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        custom = package.read("docProps/custom.xml").decode()
    for name, value in (("planreview-unit", "119"), ("planreview-as-of", "2020-11")):
        assert re.search(rf'name="{name}"><vt:lpwstr>{value}<', custom)


def test_sources_are_listed(word):
    said = texts(word)
    place = said.index("Nguồn gốc số liệu")
    assert said[place:][-4:] == [CELL.file, f"{CELL.sheet}: {CELL.source}", CELL.cell, ""]


def test_text_is_never_markup():
    word = docx.Document(io.BytesIO(render(every_block(EVIL, place=EVIL))))
    assert sum(EVIL in line for line in texts(word)) > 8
    assert not [r for r in word.part.rels.values() if r.is_external]


def test_same_blocks_same_bytes(content):
    assert render() == content


def test_a_figure_without_words_for_the_blind_is_refused():
    blocks = every_block()
    figure = next(b for b in blocks if b["type"] == "figure")
    with pytest.raises(RunFailed, match="Hộ nghèo giảm"):
        render([{**figure, "alt": " "}])


def test_no_head_of_state_is_guessed():
    page = dataclasses.replace(PAGE, issuer=("", ""), seat="", mark="")
    word = docx.Document(io.BytesIO(render(page=page)))
    assert texts(word)[0].strip("…") == ""
    assert "MÔ PHỎNG" not in word.sections[0].header._element.xml
