"""What goes back to a unit as its official sees it: opened, printed and saved by LibreOffice, mended, sent again."""

import re

import openpyxl
import pytest
from pypdfium2 import PdfDocument
from tests.feedback.units import LATER, ROUND, UNIT, World, coloured, issue_at, listed, make_world, send, table
from tests.office.office import convert

from planreview.feedback.make import unit_history
from planreview.intake.returned import ISSUES, RECEIPT

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    return make_world(tmp_path_factory.mktemp("phan-hoi"))


@pytest.fixture(scope="module")
def resaved(world, tmp_path_factory):
    """The workbook as LibreOffice saves it, and its pages."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "ra").mkdir()
    convert(folder, [world.file], "xlsx", out=folder / "ra")
    convert(folder, [world.file], "pdf", out=folder / "ra")
    printed = PdfDocument(folder / "ra" / f"{world.file.stem}.pdf")
    pages = [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in printed]
    return folder / "ra" / world.file.name, pages


def test_it_opens_with_the_right_cells_marked_and_prints(world, resaved):
    file, pages = resaved
    book = openpyxl.load_workbook(file)
    assert book.sheetnames[:2] == [ISSUES, RECEIPT]
    assert set(coloured(book[world.sheet])) == set(world.slips)
    for cell in world.slips:
        assert "[Cần xem lại]" in book[world.sheet][cell].comment.text
        assert cell in issue_at(book, cell)["Ô"].hyperlink.location
    text = "".join(pages)
    assert "###" not in text and all(len(page) > 20 for page in pages)
    for line in listed(book)[1]:
        assert re.sub(r"\s+", "", line["Vấn đề"].value) in text
    receipts = [page for page in pages if "Mãchỉtiêu" in page]
    assert len(receipts) > 5, "the header stands on every page of the receipt"


def test_mended_and_saved_there_its_issues_are_closed(world, resaved, tmp_path):
    changed = world.copy(tmp_path)
    book = openpyxl.load_workbook(resaved[0])
    for cell in coloured(book[world.sheet]):
        book[world.sheet][cell].value = world.slips[cell]
    mended = tmp_path / "Biểu huyện đã sửa.xlsx"
    book.save(mended)
    convert(tmp_path, [mended], "ods")
    send(changed.sandbox, mended.with_suffix(".ods"), at=LATER)
    history = unit_history(changed.sandbox.project, ROUND, UNIT)
    assert {i["state"] for i in history} == {"closed"} and len(history) >= len(world.slips)
    assert not [o for o in table(changed.sandbox, "observations") if o["sheet"] in (ISSUES, RECEIPT)]
