"""Wrong numbers planted into a page, a Word file and a PDF are found; right ones are left alone."""

import pytest
from tests.publish.papers import PAGE, every_block

from planreview.publish.document import prepare
from planreview.publish.facts import check_page, check_pdf, check_word, language
from planreview.publish.html import render_page
from planreview.publish.pdf import render_pdf
from planreview.publish.word import render_word

BLOCKS = every_block("Nghị quyết 45/NQ-HĐND")


def planted(change) -> list[dict]:
    """The blocks as a faulty publisher would print them."""
    return [change(block) for block in BLOCKS]


def misread(block: dict) -> dict:
    """34,4 printed as 43,4 in a paragraph only."""
    if block["type"] != "paragraph":
        return block
    parts = [p | {"t": p["t"].replace("34,4", "43,4")} for p in block["parts"]]
    return block | {"parts": parts}


def in_a_cell(block: dict) -> dict:
    if block["type"] != "table":
        return block
    first = [[[{**p, "t": "41"} if p["t"] == "40" else p for p in cell] for cell in row] for row in block["rows"][:1]]
    return block | {"rows": [*first, *block["rows"][1:]]}


def left_out(block: dict) -> dict:
    return block | {"rows": block["rows"][1:]} if block["type"] == "table" else block


def as_html(blocks):
    return check_page(render_page(blocks, PAGE), BLOCKS)


def as_word(blocks):
    return check_word(render_word(prepare(blocks, PAGE)), BLOCKS, PAGE)


def as_pdf(blocks):
    return check_pdf(render_pdf(prepare(blocks, PAGE)).content, BLOCKS, PAGE)


FORMATS = pytest.mark.parametrize("check", [as_html, as_word, as_pdf])


@FORMATS
def test_right_numbers_pass(check):
    assert check(BLOCKS) == []


@FORMATS
def test_a_wrong_number_is_found(check):
    assert check(planted(misread)) == ["số 43,4 không có trong số liệu của báo cáo", "thiếu số 34,4 của báo cáo"]
    assert check(planted(in_a_cell)) == ["số 41 không có trong số liệu của báo cáo", "thiếu số 40 của báo cáo"]


@FORMATS
def test_a_lost_row_is_found(check):
    assert "thiếu số 40 của báo cáo" in check(planted(left_out))


@FORMATS
@pytest.mark.parametrize("word", ["nan", "None", "inf", "3.75 tỷ", "12 November 2020"])
def test_words_of_machines_are_found(check, word):
    def change(block):
        return block | {"parts": [{"t": f"Kết quả {word} so với"}]} if block["type"] == "note" else block

    assert any(word.split()[0] in fault or "November" in fault for fault in check(planted(change)) if "“" in fault)


def test_what_somebody_typed_stands_as_it_is():
    assert language(["ghi 45.8 và None"], ["Trên 45.8", "None"]) == []
    assert language(["1.234,5 và 2.500.000, ngày 24/11/2020"]) == []
    assert len(language(["tăng 4.75 điểm"])) == 1
