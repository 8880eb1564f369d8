"""A form goes out, comes in with slips, goes back marked, is mended in these very cells, and its issues are closed."""

import json
import shutil

import openpyxl
import pytest
from tests.feedback.units import (
    LATER,
    ROUND,
    UNIT,
    World,
    coloured,
    feedback,
    figure_at,
    issue_at,
    listed,
    make_world,
    run,
    send,
    table,
)

from planreview.feedback.advice import advice
from planreview.feedback.make import unit_history
from planreview.intake.returned import ISSUES, OVERALL, RECEIPT
from planreview.workbooks import marks, read_workbook


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    """To be looked at only."""
    return make_world(tmp_path_factory.mktemp("phan-hoi"))


@pytest.fixture
def returned(world, tmp_path) -> World:
    """To be changed."""
    return world.copy(tmp_path)


def test_the_cells_with_issues_are_coloured_commented_listed_and_linked(world):
    name, slips = world.sheet, world.slips
    book = openpyxl.load_workbook(world.file)
    assert book.sheetnames[:2] == [ISSUES, RECEIPT] and book.active.title == ISSUES
    assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == [ISSUES]
    issues = [i for i in table(world.sandbox, "issues") if i["source_file"] and i["unit_code"] == UNIT]
    assert {i["cell"] for i in issues} == set(slips)
    assert coloured(book[name]) == {i["cell"]: i["severity"] for i in issues}
    for issue in issues:
        line, cell = issue_at(book, issue["cell"]), book[name][issue["cell"]]
        assert line["Vấn đề"].value == issue["message_vi"]
        assert line["Cách xử lý"].value == advice(issue["suggestion_vi"]) and ".csv" not in line["Cách xử lý"].value
        assert line["Ô"].hyperlink.location == f"'{name}'!{issue['cell']}" and line["Ô"].hyperlink.target is None
        assert issue["message_vi"] in cell.comment.text and not cell.protection.locked
        assert not line["Trả lời"].protection.locked and not line["Nội dung trả lời"].protection.locked
    first = next(iter(slips))
    assert book[name][first].comment.text.startswith("Số của phòng Thống kê\n")


def test_the_receipt_tells_every_figure_with_its_cell(world):
    book = openpyxl.load_workbook(world.file)
    observations = [o for o in table(world.sandbox, "observations") if o["unit_code"] == UNIT]
    lines = listed(book, RECEIPT)[1]
    assert {(line["Trang tính"].value, line["Ô"].value) for line in lines} == {
        (o["sheet"], o["cell"]) for o in observations
    }
    assert len(lines) == len(observations) > 300
    one = observations[0]
    line = figure_at(book, one["cell"])
    assert line["Mã chỉ tiêu"].value == one["indicator_code"] and line["Ghi trong ô"].value == one["raw"]
    (register,) = (r for r in table(world.sandbox, "register") if r["source_file"] and r["unit_code"] == UNIT)
    text = "\n".join(str(row[0].value) for row in book[RECEIPT].iter_rows(max_row=10))
    assert register["sha256"] in text and "08:00 ngày 20/11/2020" in text and register["source_file"] in text


def test_the_unit_s_own_cells_and_formats_are_as_it_sent_them(world):
    sent, back, name = openpyxl.load_workbook(world.sent), openpyxl.load_workbook(world.file), world.sheet
    marked = coloured(back[name])
    for sheet in sent.worksheets:
        mirror = back[sheet.title]
        assert {k: d.width for k, d in sheet.column_dimensions.items()} == {
            k: d.width for k, d in mirror.column_dimensions.items()
        }
        assert sheet.merged_cells.ranges == mirror.merged_cells.ranges
        assert sheet.protection.sheet == mirror.protection.sheet
        for row in sheet.iter_rows():
            for cell in row:
                other = mirror[cell.coordinate]
                assert (cell.value, cell.number_format) == (other.value, other.number_format)
                assert repr(cell.font) == repr(other.font) and repr(cell.border) == repr(other.border)
                if cell.coordinate not in marked:
                    assert repr(cell.fill) == repr(other.fill)


def test_mending_exactly_the_marked_cells_closes_all_issues(returned):
    sandbox, file, name, slips = returned.sandbox, returned.file, returned.sheet, returned.slips
    book = openpyxl.load_workbook(file)
    for cell in coloured(book[name]):
        book[name][cell].value = slips[cell]
    mended = file.with_name("Biểu huyện (đã sửa).xlsx")
    book.save(mended)
    run(sandbox, "receive", str(mended), "--round", ROUND, "--at", LATER)  # whose it is stands in it
    run(sandbox, "clean")
    history = unit_history(sandbox.project, ROUND, UNIT)
    assert {i["state"] for i in history} == {"closed"} and len(history) >= len(slips)
    assert {i["settled_by"] for i in history} == {f"{ROUND}/{UNIT}/{mended.name}"}
    observations = [o for o in table(sandbox, "observations") if o["source_file"].endswith(mended.name)]
    assert {o["cell"]: o["value"] for o in observations if o["cell"] in slips} == slips
    assert len(observations) > 300 and all(o["sheet"] == name for o in observations)
    ledger = [r for r in table(sandbox, "ledger") if r["source_file"].endswith(mended.name)]
    ours = [r for r in ledger if r["sheet"] in (ISSUES, RECEIPT)]
    assert ours and {r["fate"] for r in ours} == {"note", "header"}
    assert len(ledger) == sum(len(s.cells) for s in read_workbook(mended.read_bytes()).sheets)
    # feedback now goes to the mended file alone: nothing is left to do, and no mark of ours stays behind
    (again,) = feedback(sandbox)
    book = openpyxl.load_workbook(again)
    assert listed(book)[1] == [] and coloured(book[name]) == {} and book.sheetnames.count(ISSUES) == 1
    comments = {c.coordinate: c.comment.text for row in book[name].iter_rows() for c in row if c.comment}
    assert comments == {next(iter(slips)): "Số của phòng Thống kê"}


def test_a_cell_that_is_not_mended_stays_open_and_what_is_answered_is_kept(returned):
    sandbox, file, name, slips = returned.sandbox, returned.file, returned.sheet, returned.slips
    book = openpyxl.load_workbook(file)
    one, two, three, four = slips
    book[name][one].value = slips[one]
    issue_at(book, two)["Trả lời"].value = "Giải thích"
    issue_at(book, two)["Nội dung trả lời"].value = "Đơn vị ghi theo biểu cũ"
    issue_at(book, three)["Trả lời"].value = "sửa thành"
    issue_at(book, three)["Nội dung trả lời"].value = 12
    first = listed(book, RECEIPT)[1][0]
    first["Xác nhận"].value, first["Ý kiến"].value = "không đúng", "=HYPERLINK(1)"
    first["Ý kiến"].data_type = "s"
    (overall,) = (row for row in book[RECEIPT].iter_rows(max_row=20) if row[0].value == OVERALL)
    overall[2].value = "đúng"
    book.save(file)
    send(sandbox, file, at=LATER)
    answers = {(a["cell"], a["answer"]): a for a in table(sandbox, "answers")}
    assert set(answers) == {(two, "explain"), (three, "change"), (first["Ô"].value, "object"), ("", "confirm")}
    assert answers[two, "explain"]["text"] == "Đơn vị ghi theo biểu cũ"
    assert answers[two, "explain"]["source_file"] == f"{ROUND}/{UNIT}/Biểu huyện.xlsx"
    issues = [i for i in table(sandbox, "issues") if i["source_file"].endswith(file.name)]
    assert {(i["code"], i["cell"]) for i in issues if i["code"].startswith("source.")} == {
        ("source.change_asked", three), ("source.objected", first["Ô"].value),
    }  # fmt: skip
    history = unit_history(sandbox.project, ROUND, UNIT)
    earlier = {i["cell"]: i["state"] for i in history if i["source_file"] == f"{ROUND}/{UNIT}/Biểu huyện.xlsx"}
    assert earlier == {one: "closed", two: "repeated", three: "repeated", four: "repeated"}
    now = {i["cell"]: i["state"] for i in history if i["source_file"].endswith(file.name) and i["cell"] in slips
           and not i["code"].startswith("source.")}  # fmt: skip
    assert now == {two: "answered", three: "answered", four: "open"}
    # the answer stands in the next feedback, so that nobody has to write it twice
    (again,) = feedback(sandbox)
    lines = [line for line in listed(openpyxl.load_workbook(again))[1] if line["Ô"].value == two]
    assert [(line["Trả lời"].value, line["Nội dung trả lời"].value) for line in lines] == [
        ("giải thích", "Đơn vị ghi theo biểu cũ")
    ]


def test_without_its_mark_the_sheets_are_known_by_what_stands_in_them(returned):
    sandbox, file, slips = returned.sandbox, returned.file, returned.slips
    book = openpyxl.load_workbook(file)
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    book[ISSUES].title, book[RECEIPT].title = "Sheet1", "Sheet2"
    book.save(file)
    assert marks.FEEDBACK not in read_workbook(file.read_bytes()).properties
    send(sandbox, file, at=LATER)
    again = [r for r in table(sandbox, "register") if r["source_file"].endswith(file.name)]
    assert [r["replaces"] for r in again] == [f"{ROUND}/{UNIT}/Biểu huyện.xlsx"]
    assert not any(o["sheet"].startswith("Sheet") for o in table(sandbox, "observations"))
    assert {i["cell"] for i in table(sandbox, "issues") if i["source_file"].endswith(file.name)} == set(slips)


def test_the_same_input_gives_the_same_bytes_and_a_changed_workbook_is_kept(returned):
    sandbox, file = returned.sandbox, returned.file
    before = file.read_bytes()
    file.unlink()
    feedback(sandbox)
    assert file.read_bytes() == before
    shutil.copyfile(sandbox.root / "data/raw" / ROUND / UNIT / "Biểu huyện.xlsx", file)
    done = sandbox.planreview("feedback", "--round", ROUND, "--unit", UNIT, "--json")
    assert json.loads(done.stdout)["kept"] == [str(file)] and "Giữ nguyên" in done.stderr
    file.unlink()
    file.mkdir()  # as good as a file that another program holds
    done = sandbox.planreview("feedback", "--round", ROUND, "--unit", UNIT, "--unit", "121", "--json")
    assert done.returncode == 1 and f"Không làm được phản hồi cho {ROUND}/{UNIT}/Biểu huyện.xlsx" in done.stderr
    assert json.loads(done.stdout)["files"] == [] and "(121) chưa gửi tệp nào" in done.stderr


def test_wrong_use_and_files_not_read_yet_are_one_sentence_each(returned):
    sandbox = returned.sandbox
    for arguments, code, said in (
        (["--round", "1999-01"], 2, "1999-01"),
        (["--unit", "KHONGCO"], 2, "KHONGCO"),
    ):
        done = sandbox.planreview("feedback", *arguments)
        assert done.returncode == code and said in done.stderr and "Traceback" not in done.stderr
    shutil.copyfile(returned.sent, sandbox.root / "data/raw" / ROUND / UNIT / "mới.xlsx")
    done = sandbox.planreview("feedback", "--unit", UNIT)
    assert done.returncode == 1 and "planreview clean" in done.stderr
