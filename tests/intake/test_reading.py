"""A unit's workbook through the real command: what is read, what is refused, and how that is said."""

import io

import openpyxl
import pandas as pd
import pytest
import xlwt
from openpyxl.packaging.custom import StringProperty
from tests.conftest import HEADER, NTM

from planreview import tables
from planreview.errors import StaleTables
from planreview.pipeline import clean, write_results
from planreview.review import Review


def read_all(sandbox, table):
    assert clean(sandbox.project).failures == {}
    return tables.read(table, sandbox.project.processed / table)


def test_a_form_reads_back(sandbox, form):
    sandbox.workbook("2020-11/14 Sơn La", form)
    seen = read_all(sandbox, "observations").set_index("cell")
    assert seen.loc["D3", ["value", "kind", "plan", "period", "digits"]].tolist() == [
        30,
        "target",
        "five_year",
        "2016-2020",
        0,
    ]
    assert seen.loc["E3", ["value", "kind", "period"]].tolist() == [4, "actual", "2015"]
    assert seen.loc["G3", ["value", "kind", "period"]].tolist() == [45, "estimate", "2020"]
    assert seen.loc["D4", ["value", "qualifier"]].tolist() == [90, ">="]
    assert seen.loc["F4", ["value", "digits", "raw", "rules"]].tolist() == [
        91.2,
        1,
        "91,2",
        "matched_by_name;text_number",
    ]
    assert set(seen["provenance"]) == {"submitted"}


def test_a_unit_of_measure_is_converted_and_its_precision_with_it(sandbox):
    sandbox.workbook(
        "2020-11/14", [HEADER, [1, "Tổng vốn đầu tư toàn xã hội trên địa bàn", "triệu đồng", None, "1.234,5"]]
    )
    seen = read_all(sandbox, "observations").iloc[0]
    assert (seen["value"], seen["submitted_unit"], seen["digits"]) == (1.2345, "triệu đồng", 4)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([1, NTM, "xã", None, "nhiều"], "number.not_a_number"),
        ([1, NTM, "tấn", None, 4], "unit.unknown"),
        ([1, NTM, None, None, 4], "unit.missing"),
        ([1, NTM, "xã", None, "1,234"], "number.ambiguous"),
        ([1, NTM, "xã", None, True], "number.not_a_number"),
        ([1, "Tỷ lệ đô thị hóa", "%", None, 0.824], "number.ambiguous"),
        ([1, NTM, "xã", None, "#REF!"], "number.error"),
        ([1, NTM, "xã", None, "=MAX(1,2)"], "number.no_result"),
        ([1, "Số xã đạt chuẩn nông thôn", "xã", None, 4], "match.unknown"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_cell(sandbox, row, code):
    sandbox.workbook("2020-11/14", [HEADER, row])
    issues = read_all(sandbox, "issues")
    assert issues["code"].tolist() == [code]
    assert issues.loc[0, ["sheet", "cell", "severity"]].tolist() == ["Sheet", "E2", "error"]
    assert issues.loc[0, "message_vi"] and issues.loc[0, "suggestion_vi"]
    assert read_all(sandbox, "observations").empty
    ledger = read_all(sandbox, "ledger")
    assert set(ledger.loc[ledger["cell"] == "E2", "fate"]) <= {"rejected", "unmatched"}


def test_an_unknown_column_is_said_once(sandbox):
    header = [*HEADER[:4], "Số liệu mới"]
    sandbox.workbook("2020-11/14", [header, [1, NTM, "xã", 23, 4], [2, NTM, "xã", 23, 5]])
    issues = read_all(sandbox, "issues")
    assert issues["code"].tolist() == ["period.unknown"]
    assert len(read_all(sandbox, "observations")) == 2


def test_near_names_are_offered_not_taken(sandbox):
    sandbox.workbook("2020-11/14", [HEADER, [1, "Số xã đạt chuẩn nông thôn", "xã", None, 4]])
    assert NTM in read_all(sandbox, "issues").loc[0, "suggestion_vi"]


def test_hidden_cells_are_marked_and_used_only_where_no_visible_one_is(sandbox, form):
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True

    sandbox.workbook("2020-11/14", [*form, [3, NTM, "xã", 30, 5, 41, 46]], edit=hide)
    seen = read_all(sandbox, "observations")
    assert seen.loc[seen["cell"].isin(["D3", "E3", "F3", "G3"]), "hidden"].all()
    figures = tables.read("figures", sandbox.project.processed / "figures/2020-11.parquet")
    baseline = figures[(figures["period"] == "2015") & (figures["indicator_code"] == seen.loc[0, "indicator_code"])]
    assert baseline["value"].tolist() == [5]


def test_two_answers_in_one_file_are_a_tie(sandbox, form):
    sandbox.workbook("2020-11/14", [*form, [3, NTM, "xã", 30, 5]])
    clean(sandbox.project)
    figures = tables.read("figures", sandbox.project.processed / "figures/2020-11.parquet")
    tie = figures[figures["selection_rule"] == "tie"]
    assert tie[["period", "min", "max"]].values.tolist() == [["2015", 4, 5]]
    assert tie["value"].isna().all()
    issue = tables.read("issues", sandbox.project.processed / "issues").iloc[0]
    assert (issue["code"], issue["cell"]) == ("check.two_answers", "E5")
    assert "E3] và 5 [" in issue["message_vi"]


def test_broken_files_stop_nobody(sandbox, form):
    raw = sandbox.root / "data/raw"
    sandbox.workbook("2020-11/14", form)
    sandbox.workbook("2020-11/VN", form)
    (raw / "2020-11/VN/hong.xlsx").write_bytes(b"not a workbook")
    (raw / "2020-11/VN/rong.xls").write_bytes(b"")
    (raw / "2020-11/VN/cong-van.pdf").write_bytes(b"%PDF-1.4")
    openpyxl.Workbook().save(raw / "2020-11/VN/trang.xlsx")
    register = read_all(sandbox, "register").set_index("source_file")["status"].to_dict()
    assert register["2020-11/VN/hong.xlsx"] == register["2020-11/VN/rong.xls"] == "unreadable"
    assert register["2020-11/VN/cong-van.pdf"] == "attachment"
    assert register["2020-11/14/bieu.xlsx"] == "undated"
    issues = read_all(sandbox, "issues")
    assert sorted(issues["code"]) == ["read.empty", "read.unreadable", "read.unreadable"]
    assert len(read_all(sandbox, "observations")) == 16


def test_the_same_file_twice_is_read_once(sandbox, form):
    path = sandbox.workbook("2020-11/14", form)
    (path.parent / "ban-sao.xlsx").write_bytes(path.read_bytes())
    assert sorted(read_all(sandbox, "register")["status"]) == ["duplicate", "undated"]
    assert len(read_all(sandbox, "observations")) == 8


@pytest.mark.parametrize(
    ("made_for", "said"),
    [
        ("2020-11", []),
        ("2020-06", ["2020-11", "làm cho đợt 2020-06 (Đợt tháng 6/2020)", "chuyển sang thư mục của đợt đó"]),
        ("1999-01", ["làm cho đợt 1999-01, là đợt chưa khai báo"]),
    ],
)
def test_a_form_made_for_another_round_is_read_and_said(sandbox, form, made_for, said):
    path = sandbox.workbook("2020-11/14", form)
    book = openpyxl.load_workbook(path)
    book.custom_doc_props.append(StringProperty(name="planreview-round", value=made_for))
    book.save(path)
    issues = read_all(sandbox, "issues").to_dict("records")
    assert [(i["code"], i["severity"]) for i in issues] == ([("read.other_round", "warning")] if said else [])
    words = "".join(i["source_file"] + i["message_vi"] + i["suggestion_vi"] for i in issues)
    assert all(part in words for part in said)
    assert len(read_all(sandbox, "observations")) == 8


def test_a_file_that_names_another_unit_waits_for_a_person(sandbox, form):
    path = sandbox.workbook("2020-11/14", [["Đơn vị: Cả nước (mã VN)"], *form])
    assert read_all(sandbox, "issues")["code"].tolist() == ["read.other_unit"]
    assert read_all(sandbox, "observations").empty
    digest = read_all(sandbox, "register").loc[0, "sha256"]
    line = f"sha256,unit_code,who,when,reason\n{digest},14,NVA,2020-12-01,ghi nhầm mã\n"
    (sandbox.root / "data/reference/confirmed.csv").write_text(line, encoding="utf-8")
    assert len(read_all(sandbox, "observations")) == 8
    assert path.exists()


@pytest.mark.parametrize(
    ("line", "provenance"), [("Số liệu mô phỏng", "simulated"), ("Số liệu công bố, chép từ nguồn", "submitted")]
)
def test_a_mark_inside_the_file_says_what_kind_of_numbers_it_holds(sandbox, form, line, provenance):
    sandbox.workbook("2020-11/14", [[line], *form])
    assert set(read_all(sandbox, "observations")["provenance"]) == {provenance}


def test_the_later_file_of_a_round_wins(sandbox, form):
    sandbox.workbook("2020-11/14", form, name="a.xlsx")
    changed = [*form[:2], [*form[2][:6], 48, None], form[3]]
    sandbox.workbook("2020-11/14", changed, name="b.xlsx")
    log = sandbox.root / "data/raw/2020-11/received.csv"
    log.write_text(
        "stored_path,received_at,sender,original_name,sha256,unit_code\n"
        "2020-11/14/a.xlsx,2020-11-29T09:00:00+07:00,,,,14\n2020-11/14/b.xlsx,2020-12-02T09:00:00+07:00,,,,14\n",
        encoding="utf-8",
    )
    statuses = read_all(sandbox, "register").set_index("source_file")["status"].to_dict()
    assert statuses == {"2020-11/14/a.xlsx": "on_time", "2020-11/14/b.xlsx": "late"}
    figures = tables.read("figures", sandbox.project.processed / "figures/2020-11.parquet")
    estimate = figures[(figures["kind"] == "estimate") & (figures["max"] == 48)]
    assert estimate["value"].tolist() == [48]


def test_parts_follow_their_folders(sandbox, form):
    sandbox.workbook("2020-06/14", form)
    path = sandbox.workbook("2020-11/14", form)
    assert set(read_all(sandbox, "observations")["round"]) == {"2020-06", "2020-11"}
    path.unlink()
    path.parent.rmdir()
    assert set(read_all(sandbox, "observations")["round"]) == {"2020-06"}


def test_one_round_read_again_leaves_the_others_as_they_were(sandbox, form):
    sandbox.workbook("2020-06/14", form)
    sandbox.workbook("2020-11/14", form)
    clean(sandbox.project)
    before = {p: p.read_bytes() for p in sandbox.project.processed.rglob("*.parquet")}
    clean(sandbox.project, rounds=["2020-11"])
    assert {p: p.read_bytes() for p in sandbox.project.processed.rglob("*.parquet")} == before


def test_pandas_finds_the_unit(sandbox, form):
    sandbox.workbook("2020-11/14", form)
    clean(sandbox.project)
    data = pd.read_parquet(sandbox.project.processed / "observations")
    assert len(data[data["unit_code"] == "14"]) == 8


def test_no_folder_and_no_file_is_passed_over_in_silence(sandbox, form):
    sandbox.workbook("2020-11/14", form, name="a.xlsx")
    sandbox.workbook("2020-11/14 Sơn La", [*form[:2], [1, NTM, "xã", None, 6]], name="b.xlsx")
    sandbox.workbook("2020-11", form, name="lac.xlsx")
    sandbox.workbook("2019-06/14", form)
    done = clean(sandbox.project)
    assert len(done.notes) == 2
    assert any("2020-11/lac.xlsx" in note for note in done.notes)
    assert any("Đợt “2019-06” chưa khai báo" in note for note in done.notes)
    assert len(tables.read("observations", sandbox.project.processed / "observations")) == 9


@pytest.mark.parametrize(
    ("header", "row", "code", "kinds"),
    [
        ("TH 2019", ["KT.01.03", NTM, "xã", 4], "match.conflict", []),
        ("TH 2020", ["", NTM, "xã", 4], "period.not_over", ["estimate"]),
    ],
)
def test_a_contradiction_inside_a_table_is_said(sandbox, header, row, code, kinds):
    sandbox.workbook("2020-11/14", [["Mã chỉ tiêu", "Chỉ tiêu", "ĐVT", header], row])
    assert read_all(sandbox, "issues")["code"].tolist() == [code]
    assert read_all(sandbox, "observations")["kind"].tolist() == kinds


def test_what_stands_above_or_beside_a_table_is_not_taken_for_its_own(sandbox):
    def plan_over_years(sheet):
        sheet.merge_cells("D1:E1")

    rows = [[None, None, None, "Kế hoạch"], ["STT", "Chỉ tiêu", "ĐVT", 2018, 2019], [1, NTM, "xã", 5, 6]]
    sandbox.workbook("2020-11/14", rows, name="a.xlsx", edit=plan_over_years)
    beside = ["STT", "Chỉ tiêu", "ĐVT", "TH 2017", "STT", "Chỉ tiêu", "ĐVT", "TH 2019"]
    sandbox.workbook("2020-11/14", [beside, [1, NTM, "xã", 7, 1, "Tỷ lệ đô thị hóa", "%", 14]], name="b.xlsx")
    seen = read_all(sandbox, "observations")
    assert seen[["value", "kind", "period"]].values.tolist() == [
        [5, "target", "2018"], [6, "target", "2019"], [7, "actual", "2017"], [14, "actual", "2019"],
    ]  # fmt: skip
    assert read_all(sandbox, "issues").empty


def test_a_file_that_was_not_read_hides_no_good_copy(sandbox, form):
    good = sandbox.workbook("2020-11/14", form, name="x.xlsx")
    (good.parent / "a").write_bytes(b"khong phai bang tinh")
    (good.parent / "bieu.pdf").write_bytes(good.read_bytes())  # a workbook, whatever it is called
    assert sorted(read_all(sandbox, "register")["status"]) == ["duplicate", "undated", "unreadable"]
    assert len(read_all(sandbox, "observations")) == 8


def test_a_changed_file_is_no_longer_what_the_log_received(sandbox, form):
    sandbox.workbook("2020-11/14", form)
    log = sandbox.root / "data/raw/2020-11/received.csv"
    head = "stored_path,received_at,sender,original_name,sha256,unit_code\n2020-11/14/bieu.xlsx,"
    log.write_text(f"{head}2020-11-29T09:00:00+07:00,,,{'0' * 64},14\n", encoding="utf-8")
    assert read_all(sandbox, "issues")["code"].tolist() == ["read.changed"]
    log.write_text(f"{head}hôm qua,,,,14\n", encoding="utf-8")
    assert read_all(sandbox, "issues")["code"].tolist() == ["read.received_at"]
    assert read_all(sandbox, "register")["status"].tolist() == ["undated"]


def test_tables_older_than_their_files_or_the_catalogue_are_refused(sandbox, form):
    path = sandbox.workbook("2020-11/14", form)
    clean(sandbox.project)
    project = sandbox.project
    folders = {"raw": project.raw, "processed": project.processed, "reference": project.reference}
    assert not Review("14", **folders).results().empty
    original = path.read_bytes()
    sandbox.workbook("2020-11/14", form[:3])
    with pytest.raises(StaleTables, match="cũ hơn"):
        Review("14", **folders).results()
    path.write_bytes(original)
    indicators = project.reference / "indicators.csv"
    indicators.write_text(indicators.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(StaleTables):
        write_results(project)


def test_who_signs_is_no_indicator(sandbox, form):
    signed = [
        ["Người lập biểu", None, None, None, None, "GIÁM ĐỐC"],
        [None, "Người lập biểu", None, "Thủ trưởng đơn vị"],
        [None, "Nguyễn Văn A", None, "Trần Thị B"],
    ]
    sandbox.workbook("2020-11/14", [*form, *signed])
    assert read_all(sandbox, "issues").empty
    assert len(read_all(sandbox, "observations")) == 8


def test_a_password_is_named(sandbox):
    folder = sandbox.root / "data/raw/2020-11/14"
    folder.mkdir(parents=True)
    (folder / "kin.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    assert "mật khẩu" in read_all(sandbox, "issues").loc[0, "message_vi"]


def as_xls(rows):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(rows):
    lines = (";".join("" if v is None else f'"{v}"' for v in row) for row in rows)
    return "\n".join(lines).encode("utf-16")


@pytest.mark.parametrize(("name", "written"), [("cũ.xls", as_xls), ("tên sai.xlsx", as_xls), ("bảng.csv", as_csv)])
def test_a_form_reads_the_same_in_every_kind_of_file(sandbox, form, name, written):
    sandbox.workbook("2020-11/14 Sơn La", form)
    what = ["cell", "value", "value_upper", "qualifier", "kind", "plan", "period", "digits", "indicator_code"]
    expected = read_all(sandbox, "observations")[what].sort_values("cell", ignore_index=True)
    folder = sandbox.root / "data/raw/2020-11/14 Sơn La"
    for file in folder.iterdir():
        file.unlink()
    (folder / name).write_bytes(written(form))
    seen = read_all(sandbox, "observations")[what].sort_values("cell", ignore_index=True)
    pd.testing.assert_frame_equal(seen, expected)
    assert len(read_all(sandbox, "ledger")) == sum(v is not None for row in form for v in row)
