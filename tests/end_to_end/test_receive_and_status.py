"""From five e-mails to the register, and from the register to the list of who must be reminded."""

import datetime as dt
import io
import json
import zipfile

import openpyxl
import pytest
from tests.intake.test_receiving import book, mail, raw_bytes, zipped

from planreview import tables
from planreview.catalogue import Catalogue
from planreview.intake.chasing import chase_list, printed
from planreview.intake.submissions import RoundStatus, submissions

ROUND = "2020-11"
FORMS = {
    "119": book("UBND HUYỆN THUẬN CHÂU"),
    "120": book("Đơn vị: Huyện Mường La (mã 120)"),
    "121": book("UBND HUYỆN BẮC YÊN"),
    "SYT": book("UBND TỈNH SƠN LA", "SỞ Y TẾ"),
}
IN_TIME, LATE = "Mon, 30 Nov 2020 16:00:00 +0700", "Thu, 3 Dec 2020 08:00:00 +0700"
MAILS = {
    "1-huyen.eml": mail(("Biểu số 2.xlsx", FORMS["119"]), received=IN_TIME),
    "2-hai-tep.eml": mail(("y te.xlsx", FORMS["SYT"]), ("thuyet minh.docx", b"PK word"), received=LATE),
    "3-nen.eml": mail(("bieu.zip", zipped(("Bắc Yên/biểu.xlsx", FORMS["121"]))), received=IN_TIME),
    "4-sai-don-vi.eml": mail(("bieu.xlsx", FORMS["120"]), sender="vp@thuanchau.vn", received=IN_TIME),
    "5-quet.eml": mail(("quet.pdf", b"%PDF quet"), sender="vp@thuanchau.vn", received=IN_TIME),
}


@pytest.fixture
def received(sandbox):
    """The five e-mails, received once; Thuận Châu's address is known."""
    units = sandbox.root / "data/reference/units.csv"
    text = units.read_text("utf-8").replace(",district,14,119,,", ",district,14,119,vp@thuanchau.vn,")
    units.write_text(text, encoding="utf-8")
    (sandbox.root / "thu").mkdir()
    for name, message in MAILS.items():
        (sandbox.root / "thu" / name).write_bytes(message.as_bytes())
    done = sandbox.planreview("receive", "thu", "--round", ROUND, "--json")
    assert done.returncode == 0, done.stderr
    return sandbox, json.loads(done.stdout), done.stderr


def test_five_mails_to_the_register(received):
    sandbox, summary, said = received
    stored = {row["stored_path"] for row in summary["stored"]}
    assert {p: c for p, c in raw_bytes(sandbox.project).items() if p in stored} == {
        f"{ROUND}/119/Biểu số 2.xlsx": FORMS["119"],
        f"{ROUND}/119/quet.pdf": b"%PDF quet",
        f"{ROUND}/121/biểu.xlsx": FORMS["121"],
        f"{ROUND}/SYT/thuyet minh.docx": b"PK word",
        f"{ROUND}/SYT/y te.xlsx": FORMS["SYT"],
    }
    assert [row["place"] for row in summary["unsure"]] == ["4-sai-don-vi.eml › bieu.xlsx"]
    assert "4-sai-don-vi.eml" in said and "--unit" in said and "Traceback" not in said
    before = raw_bytes(sandbox.project)
    again = sandbox.planreview("receive", "thu", "--round", ROUND, "--json")
    assert len(json.loads(again.stdout)["known"]) == 5
    assert raw_bytes(sandbox.project) == before
    settled = sandbox.planreview("receive", "thu/4-sai-don-vi.eml", "--round", ROUND, "--unit", "120")
    assert settled.returncode == 0 and f"{ROUND}/120/bieu.xlsx" in raw_bytes(sandbox.project)

    assert sandbox.planreview("clean").returncode == 0
    register = tables.read("register", sandbox.root / "data/processed/register")
    register = register[(register["round"] == ROUND) & (register["source_file"] != "")]
    assert register.set_index("source_file")["status"].to_dict() == {
        f"{ROUND}/119/Biểu số 2.xlsx": "on_time",
        f"{ROUND}/119/quet.pdf": "attachment",
        f"{ROUND}/120/bieu.xlsx": "on_time",
        f"{ROUND}/121/biểu.xlsx": "on_time",
        f"{ROUND}/SYT/thuyet minh.docx": "attachment",
        f"{ROUND}/SYT/y te.xlsx": "late",
    }
    issues = tables.read("issues", sandbox.root / "data/processed/issues")
    assert "read.other_unit" not in set(issues["code"])


def test_status_says_to_clean_first_and_then_who_owes(received):
    sandbox, _, _ = received
    stale = sandbox.planreview("status", "--round", ROUND)
    assert stale.returncode == 1 and "planreview clean" in stale.stderr and "Traceback" not in stale.stderr
    sandbox.planreview("clean")
    done = sandbox.planreview("status", "--json", "--out", "danh-sach.xlsx")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["round"] == ROUND  # the last one for which anybody sent anything
    assert "Biểu II: 2/12 huyện, thành phố" in done.stderr
    districts = {"group": "huyện, thành phố", "form": "II", "sent": 2, "due": 12, "simulated": 0}
    assert districts in summary["coverage"]
    of_health = [(r["form"], r["status"], r["days_late"]) for r in summary["rows"] if r["unit_code"] == "SYT"]
    assert of_health == [("I", "late", 3), ("III", "missing", 0), ("", "attachment", 0)]
    sheet = openpyxl.load_workbook(sandbox.root / "danh-sach.xlsx").active
    assert "30/11/2020" in sheet["A2"].value
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=2) if row[0].value == 1]
    assert rows == [[1, "Thành phố Sơn La (116)", "II", "chưa nộp", None, None, None]]
    assert sandbox.planreview("status", "--out", "danh-sach.pdf").returncode == 2
    assert sandbox.planreview("status", "--round", "1999-01").returncode == 2


def test_before_anything_came_all_is_missing(sandbox):
    done = sandbox.planreview("status", "--round", ROUND, "--json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["rows"]
    assert {r["status"] for r in rows} == {"missing"} and len(rows) > 12


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["receive", "--round", ROUND], "Chưa ghi tệp"),
        (["receive", "data", "--round", "1999-01"], "Không có đợt"),
        (["receive", "data", "--round", ROUND, "--at", "2020-11-30"], "múi giờ"),
    ],
)
def test_wrong_usage_is_one_sentence(sandbox, arguments, said):
    done = sandbox.planreview(*arguments)
    assert done.returncode == 2 and said in done.stderr and len(done.stderr.strip().splitlines()) == 1


def row(unit: str, name: str, status: str, *, form: str = "I", received_at: str | None = None, sha: str = "") -> dict:
    return {"round": ROUND, "unit_code": unit, "source_file": f"{ROUND}/{unit}/{name}", "status": status, "form": form,
            "received_at": received_at, "sha256": sha or name}  # fmt: skip


def state_of(catalogue: Catalogue, unit: str, *files: dict) -> list[tuple]:
    data = submissions(tables.frame("register", files), catalogue, ROUND)
    return [(r["form"], r["status"], r["days_late"], r["due"]) for r in tables.records(data[data["unit_code"] == unit])]


def test_which_file_answers_for_a_form(catalogue):
    late, later = "2020-12-01T07:00:00+07:00", "2020-12-10T00:00:00+07:00"
    early = row("119", "a", "on_time", form="II", received_at="2020-11-20T00:00:00+07:00")
    again = row("119", "b", "late", form="II", received_at=later)
    assert state_of(catalogue, "119", again, early) == [("II", "on_time", 0, True), ("II", "late", 10, False)]
    assert state_of(catalogue, "119", row("119", "a", "late", form="II", received_at=late)) == [("II", "late", 1, True)]
    published = next(iter(catalogue.published_digests))
    assert state_of(catalogue, "119", row("119", "a", "undated", form="II", sha=published)) == [
        ("II", "missing", 0, True)
    ]
    broken, scan = row("SYT", "x", "unreadable", form=""), row("SYT", "y", "attachment", form="")
    both = [("I", "unreadable", 0, True), ("III", "unreadable", 0, True)]
    assert state_of(catalogue, "SYT", broken) == both
    assert state_of(catalogue, "SYT", scan) == [("I", "attachment", 0, True), ("III", "attachment", 0, True)]
    sent = [("I", "undated", 0, True), ("III", "missing", 0, True), ("", "attachment", 0, False)]
    assert state_of(catalogue, "SYT", scan, row("SYT", "a", "undated")) == sent
    assert state_of(catalogue, "14", row("14", "a", "on_time")) == [("I", "on_time", 0, False)]


def test_a_simulated_form_never_answers_where_the_unit_itself_sent_anything(catalogue):
    example = row("119", "a.xlsx", "on_time", form="II", received_at="2020-11-01T07:00:00+07:00")
    example |= {"provenance": "simulated"}
    assert state_of(catalogue, "119", example) == [("II", "on_time", 0, True)]
    scan = row("119", "quet.pdf", "attachment", form="")
    assert state_of(catalogue, "119", example, scan)[0] == ("II", "attachment", 0, True)
    broken = row("119", "hong.xlsx", "unreadable", form="")
    assert state_of(catalogue, "119", example, broken)[0] == ("II", "unreadable", 0, True)


def test_what_is_simulated_and_what_is_lacking_is_said_in_the_list(catalogue):
    example = row("119", "a.xlsx", "on_time", form="II", received_at="2020-11-01T07:00:00+07:00")
    files = [example | {"provenance": "simulated"}, row("120", "quet.pdf", "attachment", form="")]
    data = submissions(tables.frame("register", files), catalogue, ROUND)
    lines = printed(RoundStatus(catalogue.round(ROUND), data))
    assert next(line for line in lines if "(119)" in line).count("đúng hạn (số liệu mô phỏng)") == 1
    assert "chưa có biểu, mới có tệp kèm theo" in next(line for line in lines if "(120)" in line)
    assert any("Biểu II: 1/12 huyện, thành phố (1 biểu là số liệu mô phỏng)" in line for line in lines)


def test_the_list_is_ready_to_forward(catalogue):
    files = [
        row("119", "=cmd()|x.xlsx", "late", form="II", received_at="2021-12-01T07:00:00+07:00"),
        row("120", "hong.xlsx", "unreadable", form="", received_at="2020-11-01T07:00:00+07:00"),
    ]
    data = submissions(tables.frame("register", files), catalogue, ROUND)
    status = RoundStatus(catalogue.round(ROUND), data)
    content = chase_list(status, dt.date(2020, 12, 1))
    assert content == chase_list(status, dt.date(2020, 12, 1))
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    sheet = workbook.active
    assert workbook.properties.language == "vi-VN" and workbook.properties.title.startswith("DANH SÁCH")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert sheet.print_title_rows and sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
    header = next(r for r in sheet.iter_rows() if r[0].value == "STT")
    assert [c.value for c in header] == ["STT", "Đơn vị", "Biểu", "Tình trạng", "Số ngày trễ", "Tệp", "Ngày nhận"]
    body = [r for r in sheet.iter_rows(min_row=header[0].row + 1) if isinstance(r[0].value, int)]
    words = list(dict.fromkeys(r[3].value for r in body))
    assert words == ["chưa nộp", "không đọc được", "nộp muộn"]
    last = body[-1]
    assert last[5].value == "=cmd()|x.xlsx" and last[5].data_type == "s" and last[5].quotePrefix
    assert (last[4].value, last[6].value.date(), last[6].number_format) == (366, dt.date(2021, 12, 1), "d/m/yyyy")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
