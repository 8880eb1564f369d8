"""A report's Word file as an office opens it: its pages, its head, its tables turned or not."""

import dataclasses

import pytest
from pypdfium2 import PdfDocument
from tests.office.office import convert
from tests.publish.papers import PAGE, brief, every_block

from planreview.publish.document import prepare
from planreview.publish.pdf import render_pdf
from planreview.publish.reading import pdf_texts
from planreview.publish.word import render_word

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """name → content of the PDF that the office makes of it."""
    folder = tmp_path_factory.mktemp("word")
    short = prepare(brief(600), dataclasses.replace(PAGE, brief=True))
    files = {
        "report": render_word(prepare(every_block("Ẫ ẵ ợ Đ ₫ ≥", rows=40, wide=True), PAGE)),
        "brief": render_word(short, render_pdf(short).fit),
    }
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    convert(folder, [folder / f"{name}.docx" for name in files], "pdf")
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


def test_everything_is_there(printed):
    text = " ".join(" ".join(pdf_texts(printed["report"])).split())
    for said in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Thuận Châu, ngày", "Bảng 1.", "Hình 1.", "Nơi nhận", "Phụ lục"):
        assert said in text
    assert text.count("Ẫ ẵ ợ Đ ₫ ≥") > 8
    assert text.count("-5,6") == 40  # the sign is not lost and stays with its number


def test_pages_are_numbered_from_the_second_on(printed):
    pages = pdf_texts(printed["report"])
    heads = [page.strip().splitlines()[0].split() for page in pages]
    assert [h[0] for h in heads] == ["SỐ", *(str(n) for n in range(2, len(pages) + 1))]
    assert all("MÔ PHỎNG" in page for page in pages)


def test_the_wide_table_is_turned_and_its_head_repeated(printed):
    pages = list(PdfDocument(printed["report"]))
    turned = [page.get_size()[0] > page.get_size()[1] for page in pages]
    assert turned.count(True) >= 2
    assert not turned[0]
    heads = [pdf_texts(printed["report"])[n].count("Mỗi năm") for n, t in enumerate(turned) if t]
    assert all(heads)


def test_a_brief_has_two_pages(printed):
    assert len(PdfDocument(printed["brief"])) <= 2
