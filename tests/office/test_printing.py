"""Forms and the list to chase as they come out of a printer: LibreOffice prints them, and the paper is read."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

import openpyxl
import pytest
from pypdfium2 import PdfDocument
from tests.office.office import convert

from planreview import tables
from planreview.forms import build_form
from planreview.intake.chasing import chase_list
from planreview.intake.submissions import RoundStatus, submissions

pytestmark = pytest.mark.office
ROUND = "2020-11"
FORMS = {"I": "SYT", "II": "119", "III": "SYT"}
LIST = "danh-sach"


def words(text: str) -> str:
    """Without blanks: a printer breaks lines where it likes."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


@dataclass
class Paper:
    pages: list[str]
    sizes: list[tuple[float, float]]
    book: openpyxl.Workbook

    @property
    def text(self) -> str:
        return "".join(self.pages)


@pytest.fixture(scope="module")
def printed(tmp_path_factory, catalogue):
    """The forms and the list of a round in which nobody sent anything, printed in one call: name → Paper."""
    folder = tmp_path_factory.mktemp("printed")
    for form, unit in FORMS.items():
        content = build_form(form, catalogue.unit(unit), catalogue.round(ROUND), catalogue)
        (folder / f"{form}.xlsx").write_bytes(content)
    nothing_sent = RoundStatus(catalogue.round(ROUND), submissions(tables.frame("register", []), catalogue, ROUND))
    (folder / f"{LIST}.xlsx").write_bytes(chase_list(nothing_sent, dt.date(2020, 12, 1)))
    convert(folder, [folder / f"{name}.xlsx" for name in (*FORMS, LIST)], "pdf")
    found = {}
    for form in (*FORMS, LIST):
        pages = list(PdfDocument(folder / f"{form}.pdf"))
        found[form] = Paper(
            [words(page.get_textpage().get_text_range()) for page in pages],
            [page.get_size() for page in pages],
            openpyxl.load_workbook(folder / f"{form}.xlsx"),
        )
    return found


@pytest.mark.parametrize("name", [*FORMS, LIST])
def test_all_words_come_out_on_a4_forms_across_and_the_list_upright(printed, name):
    paper = printed[name]
    assert {(round(width), round(height)) for width, height in paper.sizes} == {
        (595, 842) if name == LIST else (842, 595)
    }
    for sheet in paper.book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and not cell.value.startswith("="):
                    assert words(cell.value) in paper.text, f"{sheet.title}!{cell.coordinate}: {cell.value}"
    assert "###" not in paper.text and "#DIV" not in paper.text
    assert all(len(page) > 20 for page in paper.pages), "a page with next to nothing on it"


@pytest.mark.parametrize("form", FORMS)
def test_every_page_of_the_table_begins_with_its_header_and_is_numbered(printed, form):
    paper = printed[form]
    table = paper.book.worksheets[0]
    header = next(row for row in table.iter_rows(max_row=20) if row[0].value in ("STT", "TT"))
    headings = [words(cell.value) for cell in header]
    next_sheet = words(paper.book.worksheets[1]["A1"].value)
    of_table = paper.pages[: next(n for n, page in enumerate(paper.pages) if next_sheet in page)]
    assert of_table
    assert all(heading in page for page in of_table for heading in headings)
    numbers = [int(m[1]) for page in paper.pages if (m := re.search(r"Trang(\d+)/\d+", page))]
    assert numbers == list(range(1, len(paper.pages) + 1))
