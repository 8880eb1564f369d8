"""What is no package at all: separated text, pages, and the text forms of older programs, whatever they are called."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planreview.errors import UnreadableFile
from planreview.workbooks import read_workbook

TABLE = "TT;Chỉ tiêu;Đơn vị;2020\n1;GRDP bình quân;Triệu đồng;1.234,5\n2;Tỷ lệ hộ nghèo;%;12,5\n"


def cells(content: bytes):
    return {c.address: c for c in read_workbook(content).sheets[0].cells.values()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_separated_text_in_unicode(encoding, separator):
    book = read_workbook(TABLE.replace(";", separator).encode(encoding))
    found = {c.address: c for c in book.sheets[0].cells.values()}
    assert (book.kind, book.notes) == ("csv", ())
    assert (found["B2"].value, found["D2"].value, found["D2"].raw) == ("GRDP bình quân", "1.234,5", "1.234,5")
    assert len(found) == 12


def test_commas_that_are_quoted_separate_nothing():
    found = cells(TABLE.replace("1.234,5", '"1.234,5"').replace("12,5", '"12,5"').replace(";", ",").encode())
    assert (found["D2"].value, found["D3"].value) == ("1.234,5", "12,5")


def test_the_separator_that_the_file_names():
    assert cells(b"sep=,\na,b;c\nd,e;f\n")["B2"].value == "b;c"


def test_windows_vietnamese_is_told_by_its_tone_marks():
    content = "Chi\u0309 tiêu;Kê\u0301t qua\u0309\nGa\u0323o;12\n".encode("cp1258")
    assert {c.value for c in cells(content).values()} == {"Chỉ tiêu", "Kết quả", "Gạo", "12"}


def test_old_vietnamese_fonts_keep_their_letters_and_a_doubt_is_said():
    tcvn = "Tæng s¶n phÈm;Tû ®ång\nD©n sè;Ng\xad\xeei\n"
    book = read_workbook(tcvn.encode("latin-1"))
    assert [c.value for c in book.sheets[0].cells.values()] == ["Tæng s¶n phÈm", "Tû ®ång", "D©n sè", "Ng\xad\xeei"]
    assert [(n.code, n.severity) for n in book.notes] == [("read.encoding", "warning")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "rỗng"),
        (b"Kinh g\xe1\xbb\xadi Ban,\nem xin g\xe1\xbb\xadi", "chỉ có chữ"),
        (bytes(2000), "hỏng"),
        (b"%PDF-1.7 ...", "tệp PDF"),
        (b"\x89PNG\r\n\x1a\n....", "ảnh"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"PK\x03\x04" + bytes(100), "thiếu phần cuối"),
        (b"<html><p>Xin ch\xc3\xa0o</p></html>", "trang web không có bảng"),
        (b"<?xml version='1.0'?><invoice/>", "tệp XML"),
    ],
)
def test_what_is_no_table_is_named(content, said):
    with pytest.raises(UnreadableFile) as refusal:
        read_workbook(content)
    assert said in str(refusal.value)
    assert refusal.value.remedy


def test_a_page_called_a_workbook():
    page = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--
    .xl24 {mso-number-format:"0\\.0%";} --></style></head><body><table>
    <tr><th colspan=2>Chỉ tiêu<br>chính</th><th rowspan="2">2020</th></tr>
    <tr><td>Tăng trưởng</td><td>%</td></tr>
    <tr style="display:none"><td>a</td><td>b</td><td>c</td></tr>
    <tr><td>Tỷ lệ</td><td class=xl24 x:num="0.125">12.5%</td><td x:num="3" x:fmla="=1+2">3</td></tr>
    </table><table><tr><td>hai</td></tr></table></body></html>"""
    book = read_workbook(page.encode())
    sheet = book.sheets[0]
    found = {c.address: c for c in sheet.cells.values()}
    assert [s.name for s in book.sheets] == ["Bảng 1", "Bảng 2"]
    assert (found["A1"].value, sheet.at(1, 2).value, sheet.at(2, 3).value) == (
        "Chỉ tiêu\nchính",
        "Chỉ tiêu\nchính",
        "2020",
    )
    assert (found["B4"].value, found["B4"].number_format) == (0.125, "0.0%")
    assert (found["C4"].value, found["C4"].is_formula) == (3, True)
    assert found["A3"].hidden


def test_a_saved_single_file_page():
    page = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        "Content-Type: text/html; charset=utf-8\n"
        "Content-Transfer-Encoding: quoted-printable\n\n<table><tr><td>T=E1=BB=B7</td><td>5</td></tr></table>\n--b--\n"
    )
    assert [c.value for c in cells(page.encode()).values()] == ["Tỷ", "5"]


SPREADSHEETML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/><Font ss:FontName=".VnTime" ss:Bold="1"/></Style>
<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles>
<Worksheet ss:Name="Biểu"><Table><Column ss:Index="3" ss:Hidden="1"/>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Tiêu đề</Data></Cell>
<Cell><Data ss:Type="Number">1</Data></Cell></Row>
<Row ss:Index="3"><Cell ss:StyleID="p"><Data ss:Type="Number">0.125</Data></Cell>
<Cell ss:StyleID="d"><Data ss:Type="DateTime">2020-12-31T00:00:00.000</Data></Cell>
<Cell ss:Index="4" ss:Formula="=R[-1]C/0"><Data ss:Type="Error">#DIV/0!</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def test_the_xml_of_excel_2003():
    (sheet,) = read_workbook(SPREADSHEETML.encode()).sheets
    found = {c.address: c for c in sheet.cells.values()}
    assert (sheet.name, sheet.at(1, 2).value, found["C1"].hidden) == ("Biểu", "Tiêu đề", True)
    assert (found["A3"].value, found["A3"].number_format, found["A3"].style.font) == (0.125, "0.00%", ".VnTime")
    assert found["B3"].value == dt.date(2020, 12, 31)
    assert (found["D3"].value, found["D3"].raw, found["D3"].is_formula) == (None, "#DIV/0!", True)


def test_sylk():
    content = b'ID;PWXL;N;E\nP;PGeneral\nP;P0.0%\nC;Y1;X1;K"a;;b"\nF;P1;FG0G;X2\nC;K0.125;E1/8\nC;Y2;X1;K#REF!\nE\n'
    found = cells(content)
    assert (found["A1"].value, found["B1"].value, found["B1"].number_format) == ("a;b", 0.125, "0.0%")
    assert (found["B1"].is_formula, found["A2"].raw, found["A2"].value) == (True, "#REF!", None)


def test_dif():
    content = 'TABLE\n0,1\n"x"\nDATA\n0,0\n""\n-1,0\nBOT\n1,0\n"Tỷ lệ"\n0,12.5\nV\n0,0\nERROR\n-1,0\nEOD\n'
    found = cells(content.encode())
    assert (found["A1"].value, found["B1"].value, found["C1"].raw) == ("Tỷ lệ", 12.5, "#N/A")
    with pytest.raises(UnreadableFile, match="thiếu phần cuối"):
        read_workbook(content.encode()[:-10])


FIELDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=6)


@given(st.lists(st.lists(FIELDS.filter(str.strip), min_size=2, max_size=4), min_size=2, max_size=6))
def test_any_table_of_quoted_text_comes_back(rows):
    width = min(len(row) for row in rows)
    rows = [row[:width] for row in rows]
    text = "\n".join(";".join('"' + field.replace('"', '""') + '"' for field in row) for row in rows)
    found = cells(b"sep=;\n" + text.encode())
    assert [found[f"{chr(65 + c)}{r + 2}"].raw for r, row in enumerate(rows) for c in range(width)] == [
        f for row in rows for f in row
    ]
