"""Files in: whatever a unit sends is kept byte for byte in its own folder, and nothing else is done to the disk."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import tempfile
import unicodedata
import zipfile
from email import policy
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.packaging.custom import StringProperty

from planreview.errors import UsageError
from planreview.intake import parcels
from planreview.intake.receiving import receive
from planreview.intake.shelf import Shelf, safe_name

ROUND = "2020-11"


def book(*title: str, mark: str = "", rows: tuple = ()) -> bytes:
    """A workbook with lines of a title, a small table, and a form's mark."""
    workbook = openpyxl.Workbook()
    for line in title:
        workbook.active.append([line])
    for row in (("STT", "Chỉ tiêu", "ĐVT", "ƯTH 2020"), (1, "Số xã đạt chuẩn nông thôn mới", "xã", 45), *rows):
        workbook.active.append(row)
    if mark:
        workbook.custom_doc_props.append(StringProperty(name="planreview-unit", value=mark))
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def mail(*attachments: tuple[str, bytes], sender: str = "a@xa.vn", received: str = "") -> EmailMessage:
    message = EmailMessage(policy=policy.SMTP)
    if received:
        message["Received"] = f"from may-gui by may-nhan; {received}"
    message["From"], message["Subject"] = f"Văn phòng <{sender}>", "Nộp biểu"
    message.set_content("Kính gửi biểu số liệu.")
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def zipped(*entries: tuple[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def inbox(tmp_path):
    """Writes files to hand over."""

    def put(name: str, content: bytes | EmailMessage) -> Path:
        path = tmp_path / "thu-den" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.as_bytes() if isinstance(content, EmailMessage) else content)
        return path

    return put


def log(project) -> list[dict[str, str]]:
    with (project.raw / ROUND / "received.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def raw_bytes(project) -> dict[str, bytes]:
    return {p.relative_to(project.raw).as_posix(): p.read_bytes() for p in project.raw.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("content", "unit"),
    [
        (book("Đơn vị: Huyện Thuận Châu (mã 119)"), "119"),
        (book("BIỂU SỐ LIỆU", mark="119"), "119"),
        (book("UBND TỈNH SƠN LA", "SỞ Y TẾ"), "SYT"),
        (book("ỦY BAN NHÂN DÂN TỈNH SƠN LA\nSỞ Y TẾ TỈNH SƠN LA"), "SYT"),
        (book(unicodedata.normalize("NFD", "UBND huyện Mường La")), "120"),
        (book("Đơn vị báo cáo: Bảo hiểm xã hội tỉnh Sơn La"), "BHXH"),
        (book("Biểu của huyện Thuận Châu năm nay"), ""),  # a sentence about somebody
        (book("Đơn vị: Huyện Thuận Châu (mã 119)", mark="120"), ""),
        (book("Đơn vị: Huyện Nào Đó (mã 999)"), ""),
        (book("SỐ LIỆU CÁC HUYỆN", rows=(("Huyện Thuận Châu", 1), ("Huyện Mường La", 2))), ""),
        (book(), ""),
        (b"PK not a workbook", ""),
    ],
)
def test_the_unit_is_told_by_the_content_or_not_at_all(sandbox, inbox, content, unit):
    done = receive(sandbox.project, [inbox("bieu.xlsx", content)], round_code=ROUND)
    assert [row["unit_code"] for row in done.stored] == ([unit] if unit else [])
    assert len(done.unsure) == (not unit)
    assert all("--unit" in row["remedy"] and row["reason"] for row in done.unsure)


def test_the_senders_address_tells_the_unit_unless_the_content_contradicts(sandbox, inbox):
    units = sandbox.root / "data/reference/units.csv"
    text = units.read_text("utf-8").replace(",district,14,119,,", ",district,14,119,vp@huyen.vn; KH@huyen.vn,")
    units.write_text(text, encoding="utf-8")
    attachments = ("bieu.xlsx", book()), ("la.xlsx", book("UBND HUYỆN MƯỜNG LA")), ("quet.pdf", b"%PDF")
    done = receive(sandbox.project, [inbox("thu.eml", mail(*attachments, sender="kh@huyen.vn"))], round_code=ROUND)
    assert {r["original_name"]: r["unit_code"] for r in done.stored} == {"bieu.xlsx": "119", "quet.pdf": "119"}
    (unsure,) = done.unsure
    assert "Huyện Mường La (mã 120)" in unsure["reason"] and "Huyện Thuận Châu (mã 119)" in unsure["reason"]


@pytest.mark.parametrize(
    ("name", "sender", "unit"),
    [
        ("PL II - Huyen Quynh Nhai.xlsx", "a@xa.vn", ""),
        ("118 bieu.xlsx", "a@xa.vn", ""),
        ("Biểu Quỳnh Nhai gửi lại.xlsx", "a@xa.vn", ""),
        ("PL II - Quynh Nhai.xlsx", "kh@huyen.vn", "119"),  # two against one
        ("Huyện Thuận Châu.xlsx", "a@xa.vn", "119"),
        ("Tinh Son La - bieu.xlsx", "a@xa.vn", "119"),  # of the province that it belongs to
        ("bieu so 12.xlsx", "a@xa.vn", "119"),
    ],
)
def test_a_file_named_for_another_unit_than_its_content_is_a_question(sandbox, inbox, name, sender, unit):
    units = sandbox.root / "data/reference/units.csv"
    text = units.read_text("utf-8").replace(",district,14,119,,", ",district,14,119,kh@huyen.vn,")
    units.write_text(text, encoding="utf-8")
    letter = inbox("thu.eml", mail((name, book("UBND HUYỆN THUẬN CHÂU")), sender=sender))
    done = receive(sandbox.project, [letter], round_code=ROUND)
    assert [r["unit_code"] for r in done.stored] == ([unit] if unit else [])
    assert all("Quỳnh Nhai" in r["reason"] and "Thuận Châu" in r["reason"] for r in done.unsure)


def test_what_says_nothing_follows_the_other_files_of_its_mail_only_if_they_agree(sandbox, inbox):
    one, other = book("UBND HUYỆN MƯỜNG LA"), book("UBND HUYỆN THUẬN CHÂU")
    agree = inbox("mot.eml", mail(("a.xlsx", one), ("quet.pdf", b"%PDF 1"), ("nen.zip", zipped(("x/b.docx", b"PK")))))
    differ = inbox("hai.eml", mail(("a.xlsx", one), ("b.xlsx", other), ("quet.pdf", b"%PDF 2")))
    done = receive(sandbox.project, [agree, differ], round_code=ROUND)
    assert [r["unit_code"] for r in done.stored] == ["120", "120", "120", "119"]
    assert [r["place"] for r in done.unsure] == ["hai.eml › quet.pdf"]


def test_a_named_unit_does_not_overrule_what_the_file_says(sandbox, inbox):
    path = inbox("bieu.xlsx", book("Đơn vị: Huyện Mường La (mã 120)"))
    done = receive(sandbox.project, [path, inbox("b.xlsx", book())], round_code=ROUND, unit="119")
    assert [r["original_name"] for r in done.stored] == ["b.xlsx"]
    assert "mã 119" in done.unsure[0]["reason"] and "mã 120" in done.unsure[0]["reason"]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    confirmed = f"sha256,unit_code,who,when,reason\n{digest},119,Văn phòng,2020-12-01,ghi nhầm mã\n"
    (sandbox.root / "data/reference/confirmed.csv").write_text(confirmed, encoding="utf-8")
    done = receive(sandbox.project, [path], round_code=ROUND, unit="119")
    assert [r["unit_code"] for r in done.stored] == ["119"]


def test_nothing_is_overwritten_and_nothing_stored_twice(sandbox, inbox):
    (sandbox.root / "data/raw" / ROUND / "119 Thuận Châu").mkdir(parents=True)
    first, second, third = (book("UBND huyện Thuận Châu", f"Bản {n}") for n in (1, 2, 3))
    name = unicodedata.normalize("NFD", "Biểu số liệu.xlsx")
    attachments = (name, first), ("Biểu số liệu.xlsx", second), ("BIỂU SỐ LIỆU.XLSX", third), ("khac.xlsx", first)
    paths = [inbox("thu.eml", mail(*attachments))]
    done = receive(sandbox.project, paths, round_code=ROUND)
    assert [len(rows) for rows in vars(done).values()] == [3, 1, 0, 0, 0]
    before = raw_bytes(sandbox.project)
    folder = f"{ROUND}/119 Thuận Châu"
    assert before.pop(f"{ROUND}/received.csv")
    assert before == {
        f"{folder}/Biểu số liệu.xlsx": first,
        f"{folder}/Biểu số liệu (2).xlsx": second,
        f"{folder}/BIỂU SỐ LIỆU (3).XLSX": third,
    }
    everything = raw_bytes(sandbox.project)
    again = receive(sandbox.project, paths, round_code=ROUND)
    assert (len(again.stored), len(again.known)) == (0, 4)
    assert raw_bytes(sandbox.project) == everything


def test_the_log_only_grows_and_keeps_its_columns(sandbox, inbox):
    folder = sandbox.root / "data/raw" / ROUND
    folder.mkdir()
    old = 'unit_code,stored_path,received_at,note,sender,original_name,sha256\n14,2020-11/14/a.xlsx,,"một, hai",x,a,00'
    (folder / "received.csv").write_text(old, encoding="utf-8")
    sent = mail(("a.xlsx", book("UBND huyện Mường La")), received="Fri, 27 Nov 2020 02:15:00 +0000")
    sent["Received"] = "from may-khac; Mon, 2 Nov 2020 08:00:00 +0700"
    receive(sandbox.project, [inbox("thu.eml", sent)], round_code=ROUND)
    receive(sandbox.project, [inbox("b.pdf", b"%PDF")], round_code=ROUND, unit="120", at="2020-12-01T08:00:00+07:00",
            sender="Văn thư")  # fmt: skip
    assert (folder / "received.csv").read_text("utf-8").startswith(old + "\n")
    _, first, second = log(sandbox.project)
    assert (first["received_at"], first["sender"]) == ("2020-11-27T09:15:00+07:00", "a@xa.vn")
    assert (second["received_at"], second["sender"]) == ("2020-12-01T08:00:00+07:00", "Văn thư")
    assert (second["stored_path"], second["note"]) == ("2020-11/120/b.pdf", "")


def test_a_mail_within_a_mail_keeps_its_writer_and_comes_when_the_outer_one_came(sandbox, inbox):
    inner = mail(
        ("a.xlsx", book("UBND huyện Mường La")), sender="huyen@x.vn", received="Mon, 2 Nov 2020 08:00:00 +0700"
    )
    outer = mail(received="Thu, 3 Dec 2020 08:00:00 +0700")
    outer.add_attachment(inner)
    receive(sandbox.project, [inbox("thu.eml", outer)], round_code=ROUND)
    (line,) = log(sandbox.project)
    assert (line["sender"], line["received_at"]) == ("huyen@x.vn", "2020-12-03T08:00:00+07:00")


def test_pictures_and_signatures_of_a_mail_are_skipped_and_said_and_programs_refused(sandbox, inbox):
    message = mail(("a.xlsx", book("UBND huyện Mường La")), ("smime.p7s", b"ky"), ("virus.exe", b"MZ"))
    message.add_attachment(b"\x89PNG logo", maintype="image", subtype="png", cid="<logo>", disposition="inline")
    message.add_attachment(b"\x89PNG scan", maintype="image", subtype="png", filename="quet.png", disposition="inline")
    done = receive(sandbox.project, [inbox("thu.eml", message)], round_code=ROUND)
    assert {r["original_name"] for r in done.stored} == {"a.xlsx", "quet.png"}
    assert len(done.skipped) == 2
    assert [r["place"] for r in done.refused] == ["thu.eml › virus.exe"]


def encrypted(content: bytes) -> bytes:
    """The same archive with the flag of a password in its list of contents."""
    at = content.rindex(b"PK\x01\x02") + 8
    return content[:at] + bytes([content[at] | 1]) + content[at + 1 :]


FORM = book("UBND huyện Mường La")
THRICE = zipped(("b.zip", zipped(("c.zip", zipped(("a.xlsx", FORM))))))


@pytest.mark.parametrize(
    ("archive", "said"),
    [
        (zipped(("bieu.xlsx", FORM), ("../../ngoai.xlsx", FORM)), "trỏ ra ngoài"),
        (zipped(("/etc/ngoai.xlsx", FORM)), "trỏ ra ngoài"),
        (zipped(("..\\ngoai.xlsx", FORM)), "trỏ ra ngoài"),
        (zipped(("C:\\ngoai.xlsx", FORM)), "trỏ ra ngoài"),
        (encrypted(zipped(("bieu.xlsx", FORM))), "mật khẩu"),
        (THRICE, "lồng"),
        (zipped(*((f"{n}.xlsx", b"") for n in range(6)), ("bieu.xlsx", FORM)), "có 7 mục"),
        (zipped(("bieu.xlsx", FORM), ("to.xlsx", b"0" * 70_000), compression=zipfile.ZIP_DEFLATED), "mở ra lớn hơn"),
        (zipped(("bieu.xlsx", FORM))[:-30], "hỏng"),
        (zipped(("thu.eml", mail(("nen.zip", encrypted(zipped(("bieu.xlsx", FORM)))))  .as_bytes())), "mật khẩu"),
    ],
)  # fmt: skip
def test_a_dangerous_archive_is_refused_whole_and_the_rest_goes_on(sandbox, inbox, monkeypatch, archive, said):
    monkeypatch.setattr(parcels, "MOST_ENTRIES", 5)
    monkeypatch.setattr(parcels, "MOST_BYTES", 60_000)
    other = zipped(("thu-muc/trong.zip", zipped(("huyện/biểu.xlsx", FORM))))
    done = receive(sandbox.project, [inbox("xau.zip", archive), inbox("tot.zip", other)], round_code=ROUND)
    (refused,) = done.refused
    assert refused["place"] == "xau.zip" and said in refused["reason"] and refused["remedy"]
    assert set(raw_bytes(sandbox.project)) == {f"{ROUND}/received.csv", f"{ROUND}/120/biểu.xlsx"}
    assert not list(sandbox.root.parent.rglob("ngoai*"))


def test_a_name_in_an_old_archive_keeps_its_diacritics(sandbox, inbox):
    content = zipped(("Bi\x00u.xlsx".replace("\x00", "E"), FORM))
    old = content.replace(b"BiEu.xlsx", "Bi\u00eau.xlsx".encode("cp1258"))
    done = receive(sandbox.project, [inbox("cu.zip", old)], round_code=ROUND)
    assert [r["original_name"] for r in done.stored] == ["Biêu.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"paths": []}, "Chưa ghi tệp"),
        ({"round_code": None}, "Chưa ghi đợt"),
        ({"round_code": "1999-01"}, "Không có đợt"),
        ({"unit": "99"}, "Không có đơn vị"),
        ({"paths": [Path("khong-co.eml")]}, "Không có tệp"),
        ({"at": "2020-12-01T08:00:00"}, "múi giờ"),
        ({"at": "hôm nay"}, "múi giờ"),
    ],
)
def test_wrong_usage(sandbox, inbox, arguments, said):
    usual = {"paths": [inbox("a.xlsx", FORM)], "round_code": ROUND}
    with pytest.raises(UsageError, match=said):
        receive(sandbox.project, **(usual | arguments))
    assert not raw_bytes(sandbox.project)


names = st.text(min_size=1, max_size=300) | st.sampled_from(
    [
        "..",
        "../../x.xlsx",
        "C:\\a\\b.pdf",
        "CON.xlsx",
        ".xlsx",
        "~$a.xlsx",
        "a\u202excod.exe",
        "=1.xlsx",
        "received.csv",
    ]
)


@settings(deadline=None)
@given(st.lists(st.tuples(names, st.binary(max_size=40)), max_size=8))
def test_any_bytes_under_any_name_come_back_and_only_in_the_units_folder(files):
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder).resolve() / "raw"
        shelf, stored = Shelf(raw, ROUND), {}
        for name, content in files:
            if not shelf.known("119", content):
                line = shelf.put("119", name, content, received_at="2020-11-30T00:00:00+07:00", sender=name)
                stored[line.stored_path] = content
        found = {p.relative_to(raw).as_posix(): p.read_bytes() for p in raw.rglob("*") if p.is_file()}
        found.pop(f"{ROUND}/received.csv", None)
        assert found == stored
        assert set(stored.values()) == {content for _, content in files}
        assert all(Path(path).parent == Path(ROUND, "119") for path in stored)
        again = Shelf(raw, ROUND)
        assert all(again.known("119", content) for _, content in files)


WHOLE = mail(("nén.zip", zipped(("a.xlsx", FORM))), ("b.pdf", b"%PDF")).as_bytes()


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4)), max_size=4), st.data())
def test_a_damaged_mail_or_archive_never_stops_anything(changes, data):
    content = bytearray(data.draw(st.sampled_from([WHOLE, zipped(("a.xlsx", FORM), ("b.eml", WHOLE))])))
    for at, other in changes:
        content[at : at + len(other)] = other
    content = content[: data.draw(st.integers(0, len(content)))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, data.draw(st.sampled_from(["a.eml", "a.zip", "a.EML"])))
        path.write_bytes(content)
        parcels.open_parcel(path)


@given(names)
def test_a_safe_name_is_a_name_anywhere(name):
    safe = safe_name(name)
    assert safe == safe_name(safe) == unicodedata.normalize("NFC", safe)
    assert 1 <= len(safe) <= 120 and len(safe.encode()) <= 220
    assert not set(safe) & set('/\\:*?"<>|\r\n\t\0') and not safe.startswith((".", "~$")) and safe[-1] not in ". "


@pytest.mark.parametrize(
    "header",
    [
        'filename="=?UTF-8?B?Qmnhu4N1IHPhu5EgMi54bHN4?="',
        "filename==?UTF-8?Q?Bi=E1=BB=83u_s=E1=BB=91_2=2Exlsx?=",
        "filename*0*=UTF-8''Bi%E1%BB%83u%20s; filename*1*=%E1%BB%91%202.xlsx",
        'filename="C:\\\\Users\\\\an\\\\Biểu số 2.xlsx"',
    ],
)
def test_names_as_mailers_write_them(sandbox, inbox, header):
    raw = (
        f"From: a@b.vn\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; {header}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    ).encode() + base64.encodebytes(FORM)
    done = receive(sandbox.project, [inbox("thu.eml", raw)], round_code=ROUND)
    assert [row["stored_path"] for row in done.stored] == [f"{ROUND}/120/Biểu số 2.xlsx"]


def test_a_mail_that_does_not_say_when_it_arrived_is_named(sandbox, inbox):
    dated = mail(("a.xlsx", book(mark="119")), received="Thu, 26 Nov 2020 09:00:00 +0700")
    undated = mail(("b.xlsx", book(mark="120")))
    done = receive(sandbox.project, [inbox("co.eml", dated), inbox("khong.eml", undated)], round_code=ROUND)
    (said,) = [line for line in done.lines() if "không ghi thời điểm đến" in line]
    assert f"{ROUND}/120/b.xlsx" in said and f"{ROUND}/119" not in said and "--at" in said
    given = receive(
        sandbox.project, [inbox("khac.eml", mail(("c.xlsx", book(mark="121"))))], round_code=ROUND,
        at="2020-11-27T09:00:00+07:00",
    )  # fmt: skip
    assert not any("không ghi thời điểm đến" in line for line in given.lines())
