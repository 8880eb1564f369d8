"""A report as PDF: tagged, its letters drawn, everything that its page says, a brief on two pages."""

import dataclasses
import io

import pikepdf
import pytest
from tests.publish.papers import PAGE, brief, chart, every_block

from planreview.blocks import Figure, Heading, Note
from planreview.errors import RunFailed
from planreview.publish.document import prepare
from planreview.publish.fonts import typeface
from planreview.publish.pdf import png, render_pdf
from planreview.publish.reading import pdf_texts

EVIL = "- <b>=1+1</b> & $x^2$ #set page(1pt) *đậm* _x_ @ref `mã` [ô] \\ // /* {{ 7*7 }}"
LETTERS = "Ẫ ẵ ợ ữ ỹ Đ đ ₫ ≥ ≤ – × “ ”"


def render(blocks=None, page=PAGE):
    return render_pdf(prepare(blocks or every_block(), page))


@pytest.fixture(scope="module")
def made():
    return render(every_block(LETTERS))


def test_it_says_everything_and_draws_every_letter(made):
    text = "\n".join(pdf_texts(made.content))
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Thuận Châu, ngày",
        "Bảng 1.",
        "Hình 1.",
        "Nơi nhận",
        "NGUỒN GỐC SỐ LIỆU",
    ):
        assert said in text
    assert text.count(LETTERS) > 5
    assert "U+000A" not in text
    assert "Tỷ lệ hộ nghèo (%), 2016–2020" in text  # inside the chart
    assert text.count("Hộ nghèo giảm 34,4%") == 1  # its title once, as the caption


def test_it_is_tagged_and_of_one_typeface(made):
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).lower().startswith("vi")
        with pdf.open_metadata() as data:
            assert data["pdfuaid:part"] == "1"
            assert data["dc:title"] == f"Đánh giá {LETTERS}"
        kinds = [str(e.S) for e in _elements(pdf.Root.StructTreeRoot) if "/S" in e]
        assert kinds.count("/Table") >= 1
        assert [str(e.Alt) for e in _elements(pdf.Root.StructTreeRoot) if "/Alt" in e and str(e.S) == "/Figure"]
        fonts = {str(o.BaseFont).partition("+")[2] for o in pdf.objects if _is_font(o)}
    face = made.typeface.replace(" ", "")
    assert fonts
    assert all(name.startswith((face, "BeVietnamPro")) for name in fonts), fonts
    assert made.typeface == typeface().name


def _elements(node):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        yield node
        if "/K" in node:
            yield from _elements(node.K)


def _is_font(thing):
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/BaseFont" in thing


def test_page_numbers_from_the_second_page_on():
    pages = pdf_texts(render(every_block(rows=60)).content)
    assert len(pages) > 2
    lines = [text.strip().splitlines() for text in pages]
    heads = [first for first, *_ in lines]
    assert heads[0] == "SỐ LIỆU MÔ PHỎNG"
    assert [h.strip() for h in heads[1:]] == [str(n) for n in range(2, len(pages) + 1)]
    assert all(second == "SỐ LIỆU MÔ PHỎNG" for _, second, *_ in lines[1:])  # the number stands alone in the middle


def test_a_wide_table_stands_on_a_turned_page():
    with pikepdf.open(io.BytesIO(render(every_block(rows=30, wide=True)).content)) as pdf:
        turned = [float(p.MediaBox[2]) > float(p.MediaBox[3]) for p in pdf.pages]
    assert not turned[0]
    assert any(turned)
    assert not turned[-1]


def test_two_charts_of_about_half_a_page_stand_on_one():
    high = chart().replace('346 120" width="640" height="222"', '346 297" width="640" height="549"')
    figures = [Figure(f"Hình thứ {n}", "Cột", high, "Nguồn: biểu", ()).to_json() for n in range(4)]
    pages = pdf_texts(render([Heading("Diễn biến", 1).to_json(), *figures]).content)
    assert [sum(f"Hình thứ {n}" in text for n in range(4)) for text in pages[:3]] == [1, 2, 1]


def test_text_is_never_markup():
    text = " ".join("\n".join(pdf_texts(render(every_block(EVIL, place=EVIL)).content)).split())
    assert text.count("#set page(1pt) *đậm* _x_ @ref `mã` [ô] \\ //") > 4


def test_what_no_typeface_draws_is_written_as_its_code():
    text = "\n".join(pdf_texts(render(every_block("vui \N{GRINNING FACE}")).content))
    assert "vui [U+1F600]" in text


def test_same_blocks_same_bytes(made):
    assert render(every_block(LETTERS)).content == made.content


@pytest.mark.parametrize("words", [120, 480, 1500])
def test_a_brief_is_set_as_large_as_fits_two_pages(words):
    page = dataclasses.replace(PAGE, brief=True)
    made = render(brief(words), page)
    assert made.pages <= 2
    assert made.fit.size == 13 if words < 500 else made.fit.size < 13


def test_no_page_of_a_brief_is_empty():
    page = dataclasses.replace(PAGE, brief=True)
    for lines in range(5, 30):  # somewhere among them the first page ends with the signature
        for text in pdf_texts(render(brief(65 * lines), page).content):
            assert len(text.split()) > 10, lines


def test_no_signature_stands_alone():
    for lines in range(20, 60):
        pages = pdf_texts(render([Heading("Bài học", 1).to_json(), *[Note("Ghi chú").to_json()] * lines]).content)
        (signed,) = [text for text in pages if "NGƯỜI KÝ" in text]
        assert "Ghi chú" in signed, lines


def test_a_brief_that_cannot_fit_says_so():
    made = render(brief(6000), dataclasses.replace(PAGE, brief=True))
    assert made.pages > 2


def test_a_broken_chart_is_named():
    with pytest.raises(RunFailed, match="SVG"):
        png("<svg", 300, 200)
