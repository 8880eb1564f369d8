"""Workbooks in XML: what a person sees in Excel is what is read."""

import datetime as dt
import io
from unittest.mock import patch

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font
from tests.workbooks.files import xlsx

from planreview.errors import UnreadableFile
from planreview.workbooks import Sheet, Stretch, read_workbook
from planreview.workbooks.ooxml import tokens

MORNING = "2020-06-01T08:30:00"
BROKEN_STYLES = '<styleSheet xmlns="x"><numFmts><numFmt numFmtId='


def saved(fill, **settings):
    """The workbook that openpyxl writes once ``fill`` has put something in its sheet, read back."""
    book = openpyxl.Workbook()
    for name, value in settings.items():
        setattr(book, name, value)
    fill(book.active)
    out = io.BytesIO()
    book.save(out)
    return read_workbook(out.getvalue())


def one(book, address="A1"):
    """The cell there on the only sheet."""
    (sheet,) = book.sheets
    return {c.address: c for c in sheet.cells.values()}[address]


def test_a_percent_keeps_its_format():
    def fill(sheet):
        sheet["A1"] = 0.125
        sheet["A1"].number_format = "0.0%"

    cell = one(saved(fill))
    assert (cell.value, cell.raw, cell.number_format) == (0.125, "0.125", "0.0%")


def test_fonts_and_setting_are_told():
    def fill(sheet):
        sheet["A1"] = "Tæng sè"
        sheet["A1"].font = Font(name=".VnTime", bold=True, italic=True, strike=True)
        sheet["A1"].alignment = Alignment(indent=2)
        sheet["A2"] = "Giữa"
        sheet["A2"].alignment = Alignment(horizontal="center")

    book = saved(fill)
    style = one(book).style
    assert (style.font, style.bold, style.italic, style.struck, style.indent) == (".VnTime", True, True, True, 2)
    assert one(book, "A2").style.centred
    assert not style.centred


def test_hidden_rows_columns_and_sheets():
    def fill(sheet):
        for address in ("A1", "B1", "A2"):
            sheet[address] = 1
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[2].hidden = True
        sheet.parent.create_sheet("Ẩn")["A1"] = 5
        sheet.parent["Ẩn"].sheet_state = "veryHidden"

    seen, unseen = saved(fill).sheets
    assert {c.address for c in seen.cells.values() if c.hidden} == {"B1", "A2"}
    assert not seen.hidden
    assert unseen.hidden
    assert all(c.hidden for c in unseen.cells.values())


def test_what_has_no_height_or_width_is_hidden():
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2" ht="0"><c r="A2"><v>3</v></c></row>'
    book = read_workbook(xlsx(rows, around='<cols><col min="2" max="2" width="0"/></cols>{}'))
    assert {c.address for c in book.sheets[0].cells.values() if c.hidden} == {"B1", "A2"}


def test_formulas_without_a_result_and_errors_are_cells():
    rows = (
        '<row r="1"><c r="A1"><f>SUM(B1:C1)</f></c><c r="B1" t="e"><v>#REF!</v></c>'
        '<c r="C1"><f>1/3</f><v>0.5</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" ref="A2:B2" si="0">A1+1</f></c><c r="B2"><f t="shared" si="0"/></c></row>'
    )
    book = read_workbook(xlsx(rows))
    bare, error, known = one(book), one(book, "B1"), one(book, "C1")
    assert (bare.value, bare.raw, bare.is_formula) == (None, "=SUM(B1:C1)", True)
    assert (error.value, error.raw, error.is_error, error.is_formula) == (None, "#REF!", True, False)
    assert (known.value, known.formula, known.is_formula) == (0.5, "=1/3", True)
    assert (one(book, "B2").raw, one(book, "B2").own_formula) == ("=B1+1", "=B1+1")


def test_blank_and_covered_cells_are_none():
    def fill(sheet):
        sheet["A1"] = "  \xa0"
        sheet["B1"] = "Tên"
        sheet["C1"] = "che"
        sheet["D1"] = "\xad"  # the letter ư of TCVN3

    content = xlsx(
        '<row r="1"><c r="B1" t="inlineStr"><is><t>Tên</t></is></c><c r="C1"><v>7</v></c><c r="D1"/></row>',
        around='{}<mergeCells count="1"><mergeCell ref="B1:C2"/></mergeCells>',
    )
    (sheet,) = read_workbook(content).sheets
    assert [c.address for c in sheet.cells.values()] == ["B1"]
    assert sheet.at(1, 3).value == "Tên"
    assert {c.address for c in saved(fill).sheets[0].cells.values()} == {"B1", "C1", "D1"}


def test_days_times_and_numbers_that_are_none():
    def fill(sheet):
        sheet["A1"], sheet["A2"], sheet["A3"] = (
            dt.date(2020, 12, 31),
            dt.datetime.fromisoformat(MORNING),
            dt.time(7, 45),
        )
        sheet["A4"], sheet["A5"] = 60, -3
        for address in ("A4", "A5"):
            sheet[address].number_format = "d/m/yyyy"

    book = saved(fill)
    assert [one(book, f"A{n}").value for n in range(1, 6)] == [
        dt.date(2020, 12, 31),
        dt.datetime.fromisoformat(MORNING),
        dt.time(7, 45),
        60,  # the 29 February that 1900 did not have
        -3,
    ]


def test_days_that_count_from_another_year():
    def fill(sheet):
        sheet["A1"] = dt.date(2020, 12, 31)

    book = saved(fill, epoch=openpyxl.utils.datetime.MAC_EPOCH)
    assert book.date1904
    assert one(book).value == dt.date(2020, 12, 31)


def test_comments_on_cells_and_on_empty_ones():
    def fill(sheet):
        sheet["A1"] = 5
        sheet["A1"].comment = Comment("số ước", "x")
        sheet["B2"].comment = Comment("còn thiếu", "x")

    book = saved(fill)
    assert one(book).comment == "số ước"
    assert [(n.code, "B2" in n.message, "còn thiếu" in n.message) for n in book.notes] == [("read.comment", True, True)]


def test_custom_properties_are_read_without_the_styles():
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.custom_doc_props.append(StringProperty(name="planreview-unit", value="119"))
    out = io.BytesIO()
    book.save(out)
    assert read_workbook(out.getvalue()).properties == {"planreview-unit": "119"}


def test_broken_styles_are_said_and_the_values_read():
    book = read_workbook(xlsx('<row r="1"><c r="A1" s="1"><v>0.125</v></c></row>', styles=BROKEN_STYLES))
    assert (one(book).value, one(book).number_format) == (0.125, None)
    assert [(n.code, n.severity) for n in book.notes] == [("read.no_formats", "warning")]


def test_a_text_in_several_fonts():
    strings = (
        "<sst><si><r><t>GDP </t></r><r><rPr><rFont val='.VnTime'/></rPr><t>n¨m</t></r>"
        "<r><rPr><vertAlign val='superscript'/></rPr><t>(1)</t></r><rPh><t>x</t></rPh></si></sst>"
    )
    cell = one(read_workbook(xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings)))
    assert cell.value == "GDP n¨m(1)"
    assert [(r.text, r.style.font, r.style.raised) for r in cell.runs] == [
        ("GDP ", "", False),
        ("n¨m", ".VnTime", False),
        ("(1)", "", True),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c>',  # cut off
        '<row r="1"><c r="A1" t="s"><v>4</v></c></row>',  # a string that is not there
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
        '<row r="1"><c r="A9999999"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="str"><v>&nothing;</v></c></row>',
    ],
)
def test_a_damaged_sheet_is_refused_whole(rows):
    with pytest.raises(UnreadableFile) as refusal:
        read_workbook(xlsx(rows))
    assert refusal.value.place
    assert refusal.value.remedy


def test_links_to_other_files_are_named_not_followed():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        f'<Relationships><Relationship Id="rId1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId9" Type="{kind}/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>'
    )
    rows = '<row r="1"><c r="A1"><f>[1]S!A1</f><v>5</v></c></row>'
    book = read_workbook(xlsx(rows, **{"xl/_rels/workbook.xml.rels": links}))
    assert one(book).value == 5
    assert [n.code for n in book.notes] == ["read.links"]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
VALUES = st.one_of(
    st.tuples(st.just("n"), st.floats(allow_nan=False, allow_infinity=False).map(repr)),
    st.tuples(st.just("inlineStr"), TEXTS),
    st.tuples(st.just("str"), TEXTS),
    st.tuples(st.just("e"), st.sampled_from(["#REF!", "#DIV/0!"])),
    st.tuples(st.just("b"), st.sampled_from(["0", "1"])),
)
CELLS = st.dictionaries(
    st.tuples(st.integers(1, 12), st.integers(1, 40)),
    st.tuples(VALUES, st.booleans(), st.integers(0, 3)),
    max_size=30,
)


def sheet_of(cells, *, plainly: bool) -> bytes:
    """A sheet of those cells in the form that every program writes, or in one that means the same."""
    x = "" if plainly else "x:"
    rows: dict[int, str] = {}
    for (row, column), ((kind, value), formula, style) in sorted(cells.items()):
        text = value.replace("&", "&amp;").replace("<", "&lt;")
        inner = f"<{x}is><{x}t>{text}</{x}t></{x}is>" if kind == "inlineStr" else f"<{x}v>{text}</{x}v>"
        computed = f"<{x}f>A1&lt;2</{x}f>" if formula and kind != "inlineStr" else ""
        name = openpyxl.utils.get_column_letter(column)
        rows.setdefault(row, "")
        rows[row] += f'<{x}c r="{name}{row}" s="{style}" t="{kind}">{computed}{inner}</{x}c>'
    hidden = {row: ' hidden="1"' if row % 3 == 0 else "" for row in rows}
    body = "".join(f'<{x}row r="{row}"{hidden[row]}>{content}</{x}row>' for row, content in rows.items())
    name = f'xmlns{x and ":x"}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return f"<{x}worksheet {name}><{x}sheetData>{body}</{x}sheetData></{x}worksheet>".encode()


@given(CELLS)
def test_both_roads_through_a_sheet_give_the_same(cells):
    plain, other = sheet_of(cells, plainly=True), sheet_of(cells, plainly=False)
    assert tokens._plain_rows(plain, "S", tokens.Frame()) is not None  # the fast road takes it
    assert tokens._plain_rows(other, "S", tokens.Frame()) is None
    part = "xl/worksheets/sheet1.xml"
    assert read_workbook(xlsx("", **{part: plain})) == read_workbook(xlsx("", **{part: other}))


ALIKE = st.tuples(
    st.dictionaries(st.integers(1, 30), st.tuples(st.booleans(), st.integers(0, 30)), min_size=1, max_size=12),
    st.lists(st.lists(VALUES, min_size=12, max_size=12), min_size=2, max_size=31),
)


@given(ALIKE)
def test_rows_alike_are_read_by_one_pattern_as_any_others(alike):
    columns, rows = alike
    cells = {
        (row, column): (value, *columns[column])
        for row, values in enumerate(rows, start=1)
        for column, value in zip(columns, values, strict=False)
    }
    part = "xl/worksheets/sheet1.xml"
    plain = xlsx("", **{part: sheet_of(cells, plainly=True)})
    seldom = read_workbook(plain)
    with patch.object(tokens, "_MANY", 1):  # from the second row of a form on
        assert read_workbook(plain) == seldom
    assert read_workbook(xlsx("", **{part: sheet_of(cells, plainly=False)})) == seldom


@given(CELLS)
def test_numbers_that_a_file_s_row_holds_together_are_those_that_its_cells_would(cells):
    (sheet,) = read_workbook(xlsx("", **{"xl/worksheets/sheet1.xml": sheet_of(cells, plainly=True)})).sheets
    again = Sheet(sheet.name, sheet.hidden, dict(sheet.cells), sheet.merges)
    assert again == sheet
    joined = [
        {
            (row, part.shape.columns, part.text, part.formulas)
            for row, parts in s.rows.items()
            for part in parts
            if type(part) is Stretch
        }
        for s in (sheet, again)
    ]
    assert joined[0] == joined[1]


def test_the_digits_of_a_number_are_its_shortest():
    typed = ["0.10000000000000001", "5.0", "1E-3", "-0", "0.00001", "1e20", "46.670000000000002", "2016", "1950.5"]
    row = "".join(f'<c r="{chr(65 + n)}1"><v>{text}</v></c>' for n, text in enumerate(typed))
    (sheet,) = read_workbook(xlsx(f'<row r="1">{row}</row>')).sheets
    shown = ["0.1", "5", "0.001", "0", "0.00001", "100000000000000000000", "46.67", "2016", "1950.5"]
    assert [cell.raw for cell in sheet.row(1)] == shown
    assert [type(part) is Stretch and part.text for part in sheet.rows[1]] == ["0.1 5 0.001 0", *[False] * 5]


def test_a_merge_over_numbers_leaves_only_the_first():
    def fill(sheet):
        for row in range(1, 4):
            sheet.append([row * 10 + n for n in range(6)])
        sheet.merge_cells("B2:D3")

    (sheet,) = saved(fill).sheets
    assert [c.raw for c in sheet.row(2)] == ["20", "21", "24", "25"]
    assert [c.raw for c in sheet.row(3)] == ["30", "34", "35"]
    assert sheet.at(3, 4).raw == "21"
    assert [type(part) for part in sheet.rows[1]] == [Stretch]


def test_formulas_among_numbers_that_stand_together():
    shared = '<f t="shared" ref="B1:B3" si="0">A1*2</f>'
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}">{shared if n == 1 else """<f t="shared" si="0"/>"""}'
        f'<v>{2 * n}</v></c><c r="C{n}"><f>A{n}+B{n}</f><v>{3 * n}</v></c></row>'
        for n in range(1, 4)
    )
    (sheet,) = read_workbook(xlsx(rows)).sheets
    assert [type(part) for part in sheet.rows[3]] == [Stretch]
    assert [(c.value, c.is_formula, c.own_formula) for c in sheet.row(3)] == [
        (3, False, ""),
        (6, True, "=A3*2"),
        (9, True, "=A3+B3"),
    ]


@pytest.mark.parametrize("row", ["<row r='1' hidden='1'>", '<row r="1" hidden = "1">', '<row hidden="true" r="1">'])
def test_however_a_hidden_row_is_written(row):
    assert one(read_workbook(xlsx(f'{row}<c r="A1"><v>1</v></c></row>'))).hidden


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A1"><v>1</v></c><!-- <c r="A1"><v>9</v></c> --><c r="B1"><v>2</v></c>',
        '<c r="A1"><v><![CDATA[1]]></v></c><c r="B1"><v>2</v></c>',
        "<c r='A1'><v>1</v></c><c r='B1'><v>2</v></c>",
        "<c><v>1</v></c><c><v>2</v></c>",
        '<c r="A1" >\n<v>1</v>\n</c>\n<c r="B1"><v>&#50;</v></c>',
    ],
)
def test_however_cells_are_written(cells):
    book = read_workbook(xlsx(f'<row r="1">{cells}</row>'))
    assert {c.address: c.value for c in book.sheets[0].cells.values()} == {"A1": 1, "B1": 2}
