"""The page of who sent what: what a director sees of each round, and what the index says of it."""

import re

import pytest
from tests.pages import Text

from planreview.batch.manifest import write_manifest
from planreview.batch.portal import write_index
from planreview.catalogue import Catalogue
from planreview.pipeline import clean

SIMULATED = "Số liệu mô phỏng, không phải số liệu thật"
ARRIVED = {
    "2020-11/119/biểu số 2.xlsx": "2020-11-30T16:00:00+07:00",
    "2020-11/121/mô phỏng.xlsx": "2020-11-20T08:00:00+07:00",
    "2020-11/123/muộn.xlsx": "2020-12-01T20:00:00+00:00",
    "2020-11/123/quét.pdf": "2020-12-02T09:00:00+07:00",
}


@pytest.fixture
def sent(sandbox, form):
    """Submissions of one round in every state that there is; in June nobody sent anything."""
    sandbox.workbook("2020-11/119", form, name="biểu số 2.xlsx")
    sandbox.workbook("2020-11/121", [[SIMULATED], *form], name="mô phỏng.xlsx")
    late = sandbox.workbook("2020-11/123", form, name="muộn.xlsx")
    (late.parent / "sao của muộn.xlsx").write_bytes(late.read_bytes())
    (late.parent / "quét.pdf").write_bytes(b"%PDF")
    sandbox.workbook("2020-11/124", form, name="<b>.xlsx")
    (sandbox.root / "data/raw/2020-11/SYT").mkdir()
    (sandbox.root / "data/raw/2020-11/SYT/hong.xlsx").write_bytes(b"hong")
    lines = "".join(f"{path},{moment},,,,{path.split('/')[1]}\n" for path, moment in ARRIVED.items())
    log = f"stored_path,received_at,sender,original_name,sha256,unit_code\n{lines}"
    (sandbox.root / "data/raw/2020-11/received.csv").write_text(log, encoding="utf-8")
    return sandbox


def made(sandbox, cycle: str, as_of: str):
    """The index and the page of a round, as ``planreview report`` leaves them."""
    project = sandbox.project
    clean(project)
    catalogue = Catalogue.of(project.reference)
    write_manifest(project, catalogue.cycle(cycle), catalogue.round(as_of), [])
    index = write_index(project, catalogue, catalogue.cycle(cycle))
    return index, index.parent / as_of / f"theo-doi-gui-bieu__{as_of}.html"


def test_each_unit_with_what_it_sent(sent):
    index, path = made(sent, "2016-2025", "2020-11")
    html = path.read_text("utf-8")
    text = Text(html)
    assert "đúng hạn | 30/11/2020 | biểu số 2.xlsx | số liệu đơn vị gửi" in text.row("Huyện Thuận Châu (119)")
    assert "nộp muộn 2 ngày | 2/12/2020 | muộn.xlsx" in text.row("(123)", "nộp muộn")
    assert "gửi trùng" in text.row("(123)", "sao của muộn.xlsx")
    assert "tệp kèm theo | 2/12/2020 | quét.pdf" in text.row("(123)", "quét")
    assert "không rõ ngày nhận | – | <b>.xlsx" in text.row("(124)")
    assert text.row("(SYT)", "III").endswith("không đọc được | – | hong.xlsx | – |")
    assert text.row("Thành phố Sơn La (116)").endswith("II | chưa nộp | – | – | – |")
    assert text.row("(121)").endswith("đúng hạn | 20/11/2020 | mô phỏng.xlsx | số liệu mô phỏng |")
    counted = "2 đúng hạn, 1 nộp muộn, 1 không rõ ngày nhận, 8 chưa nộp; 1 biểu là số liệu mô phỏng"
    assert text.row("Huyện, thành phố", "4/12") == f"Huyện, thành phố | II | 4/12 | {counted} |"
    assert "Số liệu mô phỏng, số liệu đơn vị gửi" in " ".join(text.lines)
    assert '<code class="raw">biểu số 2.xlsx</code>' in html
    june = text.row("Chưa có đơn vị nào gửi biểu")
    assert "Biểu II: 0/12 huyện, thành phố" in june and "công bố" not in june
    assert not any("(14)" in line for line in text.lines), "the province neither owes nor sent a form"

    assert html.count("<h1") == 1 and 'name="planreview-as-of" content="2020-11"' in html
    assert "planreview-unit" not in html and not re.search(r'src=|href="https?:', html)
    (href,) = re.findall(r'href="(2020-11/theo-doi[^"]*)"', index.read_text("utf-8"))
    assert (index.parent / href) == path


def test_the_page_is_written_again_only_when_it_changed(sent, form):
    _, path = made(sent, "2016-2025", "2020-11")
    before, moment = path.read_bytes(), path.stat().st_mtime_ns
    made(sent, "2016-2025", "2020-11")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, moment)
    sent.workbook("2020-11/116", form)
    made(sent, "2016-2025", "2020-11")
    assert "5/12" in path.read_text("utf-8")


def test_an_edition_knows_of_no_later_round_and_of_no_other_cycle(sent):
    _, path = made(sent, "2016-2025", "2020-06")
    assert "Đợt tháng 11" not in path.read_text("utf-8")
    _, path = made(sent, "2021-2030", "2026-03")
    text = Text(path.read_text("utf-8"))
    june, november = [line for line in text.lines if "Chưa có đơn vị nào gửi biểu" in line]
    assert "xã, phường" not in june and "0/75 xã, phường" in november  # communes are there from July
    assert not any("Tình trạng" in line for line in text.lines), "a hundred rows that say the same"


def test_an_own_form_beside_a_simulated_one_is_the_one_that_counts(sandbox, form):
    sandbox.workbook("2020-11/119", [[SIMULATED], *form], name="a.xlsx")
    sandbox.workbook("2020-11/119", form, name="b.xlsx")
    _, path = made(sandbox, "2016-2025", "2020-11")
    text = Text(path.read_text("utf-8"))
    assert "1 không rõ ngày nhận, 11 chưa nộp" in text.row("Huyện, thành phố", "1/12")
    assert "mô phỏng" not in text.row("Huyện, thành phố", "1/12")
    assert "số liệu mô phỏng" in text.row("(119)", "a.xlsx")


def test_what_became_of_the_issues_of_each_file(sandbox, form):
    wrong = [*form[:2], [*form[2][:5], "40.1.2", "45.1.2", *form[2][7:]], *form[3:]]
    half = [*form[:2], [*form[2][:6], "45.1.2", *form[2][7:]], *form[3:]]
    other = [*form[:2], [1, "Tỷ lệ hộ nghèo", "%", 10, 4, "1.2.3", 5, None]]
    moments = {}
    for name, rows, day in (("một", wrong, 2), ("hai", half, 3), ("ba", form, 4), ("phần khác", other, 1)):
        sandbox.workbook("2020-11/119", rows, name=f"{name}.xlsx")
        moments[f"2020-11/119/{name}.xlsx"] = f"2020-11-0{day}T08:00:00+07:00"
    lines = "".join(f"{path},{moment},,,,119\n" for path, moment in moments.items())
    log = f"stored_path,received_at,sender,original_name,sha256,unit_code\n{lines}"
    (sandbox.root / "data/raw/2020-11/received.csv").write_text(log, encoding="utf-8")
    _, path = made(sandbox, "2016-2025", "2020-11")
    text = Text(path.read_text("utf-8"))
    assert text.row("Huyện Thuận Châu (119)", "một.xlsx", "hai.xlsx") == (
        "Huyện Thuận Châu (119) | một.xlsx | 2 | 0 | 0 | 0 | 2 | hai.xlsx, ba.xlsx |"
    )
    assert text.row("hai.xlsx | 1").endswith("| hai.xlsx | 1 | 0 | 0 | 0 | 1 | ba.xlsx |")
    assert text.row("phần khác.xlsx | 1").endswith("| 1 | 1 | 0 | 0 | 0 | – |"), (
        "another part of the form closes nothing"
    )
    assert "còn 1 vấn đề chưa xong" in text.row("Lỗi và cảnh báo trong từng tệp")
