"""Files of every kind go back: what they hold is there, what could harm is not, and what was left out is said."""

import csv
import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from tests.conftest import HEADER, NTM, Sandbox
from tests.feedback.units import ROUND, coloured, figure_at, issue_at, listed, run, table
from tests.forms.forms import read

from planreview.intake.returned import ISSUES, RECEIPT
from planreview.quality.contradictions import TWO_ANSWERS
from planreview.workbooks import read_workbook

LINK = (
    '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
)
RELATION = '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" {}/>'
MANY = 1000


def png() -> bytes:
    """A picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")


def rewritten(path: Path, change: dict[str, tuple[str, str]], **more: str | bytes) -> None:
    """Change parts of a workbook (name → pattern, replacement) and add others."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for name, (pattern, new) in change.items():
        text, count = re.subn(pattern, new, parts[name].decode("utf-8"))
        assert count, (name, pattern)
        parts[name] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new_file:
        for name, content in (parts | more).items():
            new_file.writestr(name, content)


def reaching_out(sheet) -> None:
    """Formulas good and bad, links, names and checks to other files, a chart, a picture."""
    sheet["J3"], sheet["J4"], sheet["K4"] = "=F3+G3", "=[1]Sheet1!A1*2", "=cmd|'/c calc'!A0"
    sheet["L4"], sheet["M4"] = '=HYPERLINK("http://la.vn/x","bấm")', '=_xlfn.WEBSERVICE("http://la.vn")'
    sheet["N4"], sheet["B6"] = "=SUM(E3:G4)", "Nguồn"
    sheet["B6"].hyperlink = "http://la.vn/so-lieu"
    sheet["B7"], sheet["B8"] = "=không phải công thức", "- dòng gạch đầu dòng"
    sheet["B7"].data_type = sheet["B8"].data_type = "s"
    sheet.parent.defined_names["ngoai"] = DefinedName("ngoai", attr_text="[1]Sheet1!$A$1")
    check = DataValidation(type="list", formula1="[1]Sheet1!$A$1:$A$3")
    check.add("E3:E4")
    sheet.add_data_validation(check)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=6, min_row=3, max_row=4))
    sheet.add_chart(chart, "B12")
    sheet.add_image(Image(io.BytesIO(png())), "H12")
    sheet.column_dimensions["B"].width = 61.5
    sheet["F3"].number_format = "#,##0.00"


def old_xls(path: Path, rows: list[list]) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Biểu 1")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(
                    r, c, value, xlwt.easyxf(num_format_str="0.0") if value == 88.5 else xlwt.Style.default_style
                )
    sheet.merge(0, 0, 0, 7)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(path))


@pytest.fixture(scope="module")
def back(tmp_path_factory) -> dict[str, Path]:
    """Workbooks that go back, by name of the file sent: one of each kind, all read at once."""
    sandbox = Sandbox(tmp_path_factory.mktemp("cac-loai") / "du-an")
    raw = sandbox.root / "data/raw"
    wrong = [
        ["BIỂU CHỈ TIÊU KINH TẾ - XÃ HỘI"],
        HEADER,
        [1, NTM, "xã", 30, 4, "40.1.2", 45, "ước cả năm"],
        [2, "Tỷ lệ dân số tham gia bảo hiểm y tế", "%", "Trên 90", 88.5, "91,2", 92.4, None],
    ]
    old_xls(raw / ROUND / "120/cu.xls", wrong)
    (raw / ROUND / "121").mkdir(parents=True)
    with (raw / ROUND / "121/phay.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([[("" if v is None else v) for v in row] for row in wrong])
    path = sandbox.workbook(f"{ROUND}/122", wrong, name="ngoai.xlsm", edit=reaching_out)
    rewritten(
        path,
        {
            "xl/workbook.xml": ("<definedNames>", '<externalReferences><externalReference xmlns:r="http://schemas.'
                                'openxmlformats.org/officeDocument/2006/relationships" r:id="rIdX"/>'
                                "</externalReferences><definedNames>"),
            "xl/_rels/workbook.xml.rels": ("</Relationships>", RELATION.format(
                "externalLink", 'Target="externalLinks/externalLink1.xml"') + "</Relationships>"),
            "xl/worksheets/sheet1.xml": (r"(<f>\[1\]Sheet1!A1\*2</f>)(?:<v ?/>|<v></v>)", r"\1<v>42</v>"),
        },
        **{"xl/externalLinks/externalLink1.xml": LINK, "xl/vbaProject.bin": b"macro"},
    )  # fmt: skip
    odd = sandbox.workbook(f"{ROUND}/128", wrong, name="ky tu.xlsx", edit=lambda s: s.cell(5, 10, '=CHAR(1)&"a"'))
    empty = r'<c r="J5"([^>]*)>(<f>.*?</f>)(?:<v ?/>|<v></v>)'
    rewritten(odd, {"xl/worksheets/sheet1.xml": (empty, r'<c r="J5" t="str"\1>\2<v>_x0001_a</v>')})
    sandbox.workbook(f"{ROUND}/123", wrong, name="dau nhay.xlsx", edit=lambda s: setattr(s, "title", "Biểu '1' & <2>"))
    for number in range(3):
        sandbox.workbook(f"{ROUND}/124", [[f"Tệp {number}"], *wrong], name=f"phan {number}.xlsx")
    (raw / ROUND / "124/phan 0.csv").write_bytes((raw / ROUND / "121/phay.csv").read_bytes())
    (raw / ROUND / "125").mkdir()
    (raw / ROUND / "125/hong.xlsx").write_bytes(b"PK\x03\x04 hong")
    names = [f"Chỉ tiêu lạ số {n}" for n in range(MANY)]
    sandbox.workbook(
        f"{ROUND}/126", [*wrong, *([n, name, "xã", 1, 2, 3] for n, name in enumerate(names))], name="x.xlsx"
    )
    run(sandbox, "clean")
    done = run(sandbox, "feedback", "--out", str(sandbox.root / "ra"))
    assert done["failures"] == {}
    found = {re.sub(r"^phan-hoi__\d+__[\d-]+__(.*)\.xlsx$", r"\1", Path(p).name): Path(p) for p in done["files"]}
    found |= {"issues": table(sandbox, "issues"), "observations": table(sandbox, "observations")}
    return found


NAMES = ["cu", "phay", "ngoai", "dau nhay", "phan 1", "phan 0-xlsx", "phan 0-csv", "hong", "x", "ky tu"]


def first_lines(path: Path) -> str:
    sheet = openpyxl.load_workbook(path)[ISSUES]
    return "\n".join(str(row[0].value) for row in sheet.iter_rows(max_row=14))


def test_every_file_sent_has_its_own_workbook(back):
    assert set(NAMES) | {"phan 2", "issues", "observations"} == set(back)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_reaches_out_and_no_text_is_a_formula(back, name):
    with zipfile.ZipFile(back[name]) as package:
        parts = {part: package.read(part).decode("utf-8", "replace") for part in package.namelist()}
    assert not re.search("vba|external|activex|embeddings|connections", " ".join(parts), re.I)
    for text in parts.values():
        assert 'TargetMode="External"' not in text and "<externalReference" not in text
        for formula in re.findall(r"<(?:\w+:)?(?:f|formula\d?|definedName)\b[^>]*>([^<]*)<", text):
            assert not re.search(r"\[|\||HYPERLINK|WEBSERVICE|//", formula)
    for sheet in openpyxl.load_workbook(back[name]).worksheets[:2]:
        if sheet.title in (ISSUES, RECEIPT):
            assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
            assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
            assert sheet.protection.sheet and not sheet.protection.password


@pytest.mark.parametrize("name", [name for name in NAMES if name != "hong"])
def test_sent_again_as_it_is_it_is_read_as_the_file_was(back, name):
    round_code, unit = back[name].parts[-3:-1]
    again = read(back[name].read_bytes(), round_code, unit)
    sent = [o for o in back["observations"] if o["source_file"] == again.replaces]
    what = ("sheet", "cell", "raw", "indicator_code", "period", "kind", "value", "qualifier", "digits")
    assert [[o[c] for c in what] for o in again.observations] == [[o[c] for c in what] for o in sent] != []
    issues = [i for i in back["issues"] if i["source_file"] == again.replaces and i["cell"]]
    assert [i["code"] for i in again.issues if i["cell"]] == [i["code"] for i in issues if i["code"] != TWO_ANSWERS]


@pytest.mark.parametrize("name", ["cu", "phay"])
def test_other_kinds_come_back_as_xlsx_with_the_same_cells(back, name):
    book = openpyxl.load_workbook(back[name])
    sheet = book.worksheets[2]
    assert "dạng .xlsx" in first_lines(back[name])
    assert sheet["B3"].value == NTM and sheet["F3"].value == "40.1.2" and coloured(sheet) == {"F3": "error"}
    assert "40.1.2" in sheet["F3"].comment.text and issue_at(book, "F3")["Trang tính"].value
    assert figure_at(book, "G3")["Giá trị"].value == "45" and figure_at(book, "E4")["Giá trị"].value == "88,5"
    assert figure_at(book, "D4")["Giá trị"].value == "≥ 90" and figure_at(book, "D4")["Ghi trong ô"].value == "Trên 90"
    if name == "cu":
        assert sheet.title == "Biểu 1" and "A1:H1" in sheet.merged_cells and sheet["E4"].number_format == "0.0"
        assert sheet["E4"].value == 88.5 and sheet.column_dimensions["B"].width > 30


def test_own_formulas_stay_and_those_that_reach_out_leave_their_result(back):
    book = openpyxl.load_workbook(back["ngoai"])
    sheet = book.worksheets[2]
    assert sheet["J3"].value == "=F3+G3" and sheet["N4"].value == "=SUM(E3:G4)"
    assert sheet["J4"].value == 42
    for cell in ("K4", "L4", "M4", "B7"):  # without a result their words stay, as words
        assert sheet[cell].value.startswith("=") and sheet[cell].data_type == "s" and sheet[cell].quotePrefix
    assert sheet["B8"].value == "- dòng gạch đầu dòng" and sheet["B8"].quotePrefix
    assert sheet["B6"].value == "Nguồn" and sheet["B6"].hyperlink is None
    assert "ngoai" not in book.defined_names and len(sheet.data_validations.dataValidation) == 0
    assert sheet.column_dimensions["B"].width == 61.5 and sheet["F3"].number_format == "#,##0.00"
    assert len(sheet._charts) == len(sheet._images) == 1
    said = first_lines(back["ngoai"])
    assert "4 công thức" in said and "1 liên kết" in said and "1 tên vùng" in said and "macro" in said
    assert "liên kết đến tệp khác" in said and "biểu đồ" not in said


def test_a_result_that_a_formula_had_is_still_there_for_whoever_reads_the_file(back):
    (cells,) = (s.cells for s in read_workbook(back["ngoai"].read_bytes()).sheets if s.name == "Sheet")
    assert cells[(4, 10)].value == 42 and cells[(3, 10)].is_formula and cells[(3, 10)].value is None


def test_links_lead_to_sheets_with_quotes_in_their_names(back):
    book = openpyxl.load_workbook(back["dau nhay"])
    assert issue_at(book, "F3")["Ô"].hyperlink.location == "'Biểu ''1'' & <2>'!F3"
    assert coloured(book["Biểu '1' & <2>"]) == {"F3": "error"}


def test_a_file_that_cannot_be_read_gets_a_workbook_that_says_so(back):
    book = openpyxl.load_workbook(back["hong"])
    assert book.sheetnames == [ISSUES]
    (line,) = listed(book)[1]
    assert line["Mức"].value == "lỗi" and line["Ô"].value is None
    assert "Không đọc được tệp" in first_lines(back["hong"])


def test_an_answer_to_a_file_that_could_not_be_read_is_no_form(back):
    book = openpyxl.load_workbook(back["hong"])
    (line,) = listed(book)[1]
    line["Nội dung trả lời"].value = "Sẽ gửi lại ngày mai"
    out = io.BytesIO()
    book.save(out)
    again = read(out.getvalue(), ROUND, "125")
    assert (again.status, again.form, again.observations, again.issues) == ("", "", [], [])
    assert again.replaces.endswith("hong.xlsx") and [a["text"] for a in again.answers] == ["Sẽ gửi lại ngày mai"]


def test_a_thousand_issues_are_all_listed_and_marked(back):
    book = openpyxl.load_workbook(back["x"])
    issues = [i for i in back["issues"] if i["unit_code"] == "126" and i["source_file"]]
    lines = listed(book)[1]
    assert len(lines) == len(issues) > MANY
    assert coloured(book.worksheets[2]) == {i["cell"]: i["severity"] for i in issues if i["cell"]}
    sheet = book[ISSUES]
    (offer,) = sheet.data_validations.dataValidation
    assert offer.formula1 == '"giữ nguyên,sửa thành,giải thích"'
    assert {line["Trả lời"].coordinate in offer.sqref for line in lines} == {True}
    header = lines[0]["STT"].row - 1
    assert sheet.print_title_rows == f"${header}:${header}" and sheet.freeze_panes == f"A{header + 1}"
