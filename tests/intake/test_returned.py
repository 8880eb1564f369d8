"""Answers on the sheets of a feedback workbook are read as they were given, and as nothing else."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planreview.catalogue.texts import plain
from planreview.feedback.issue_sheet import write_issue_sheet
from planreview.feedback.letter import Letter
from planreview.intake.issues import IssueLog
from planreview.intake.returned import ANSWERS, ISSUE_COLUMNS, ISSUES, take_returned
from planreview.workbooks import read_workbook

FILE = "2020-11/119/bieu.xlsx"
REGISTER = {
    "status": "on_time",
    "provenance": "submitted",
    "received_at": None,
    "source_file": FILE,
    "sha256": "0" * 64,
}
words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


def book_of(catalogue, n: int) -> openpyxl.Workbook:
    issues = [
        {"severity": "error", "code": "number.ambiguous", "message_vi": f"Ô số {i}", "suggestion_vi": "Sửa",
         "sheet": "Biểu", "cell": f"F{i}", "raw": "=1,2"}
        for i in range(1, n + 1)
    ]  # fmt: skip
    letter = Letter(catalogue.units["119"], catalogue.rounds["2020-11"], REGISTER, issues)
    book = openpyxl.Workbook()
    book.active.title = ISSUES
    write_issue_sheet(book.active, letter, {"Biểu": "Biểu"}, [])
    book.create_sheet("Biểu")["F1"] = 5
    return book


def returned(book: openpyxl.Workbook):
    out = io.BytesIO()
    book.save(out)
    log = IssueLog("2020-11", "119", "moi.xlsx")
    return take_returned(read_workbook(out.getvalue()), log), log.rows


def header_of(book: openpyxl.Workbook) -> int:
    return next(row[0].row for row in book[ISSUES].iter_rows() if row[0].value == ISSUE_COLUMNS[0])


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(["", *ANSWERS]), words), min_size=1, max_size=6), st.integers(0, 3))
def test_each_answer_belongs_to_its_issue_wherever_rows_have_gone(catalogue, given_, above):
    book = book_of(catalogue, len(given_))
    first = header_of(book) + 1
    for row, (choice, text) in enumerate(given_, first):
        book[ISSUES].cell(row, 8).value = choice.upper() or None
        book[ISSUES].cell(row, 9).value = text
        book[ISSUES].cell(row, 9).data_type = "s"
    if above:
        book[ISSUES].insert_rows(1, above)
    found, said = returned(book)
    expected = [
        (f"F{n}", "number.ambiguous", ANSWERS.get(choice, ""), plain(text))
        for n, (choice, text) in enumerate(given_, 1)
        if choice or plain(text)
    ]
    assert [(a["cell"], a["issue_code"], a["answer"], a["text"]) for a in found.answers] == expected
    assert {a["source_file"] for a in found.answers} <= {FILE} and found.replaces == FILE
    assert [s.name for s in found.workbook.sheets] == ["Biểu"]
    assert {i["code"] for i in said} <= {"source.change_asked"}


def test_a_word_that_was_not_offered_is_kept_and_said(catalogue):
    book = book_of(catalogue, 1)
    book[ISSUES].cell(header_of(book) + 1, 8).value = "để xem lại"
    found, said = returned(book)
    assert [(a["answer"], a["text"]) for a in found.answers] == [("", "để xem lại")]
    assert [i["code"] for i in said] == ["read.answer_unknown"]


@pytest.mark.parametrize("name", ["Vấn đề cần xem lại", "Phiếu xác nhận số liệu"])
def test_a_unit_s_own_sheet_of_that_name_is_its_own(name):
    book = openpyxl.Workbook()
    book.active.title = name
    book.active.append(["STT", "Chỉ tiêu", "ĐVT", "TH 2019"])
    found, _ = returned(book)
    assert [s.name for s in found.workbook.sheets] == [name] and found.ledger == []


def test_without_its_headings_the_sheet_is_no_table_and_that_is_said(catalogue):
    book = book_of(catalogue, 2)
    book.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name="planreview-feedback-of", value=FILE))
    book[ISSUES].delete_rows(header_of(book))
    found, said = returned(book)
    assert [s.name for s in found.workbook.sheets] == ["Biểu"] and found.answers == []
    assert [i["code"] for i in said] == ["read.answers_lost"]
