"""Files that mean harm, or are beyond measure: one clear issue, soon, and the next file is read as ever."""

import io
import random
import time

import msoffcrypto.format.ooxml as protected
import openpyxl
import psutil
import pytest
from tests.workbooks.files import xlsx, zipped

from planreview.errors import UnreadableFile
from planreview.workbooks import read_workbook, read_workbook_safely, safely

PLAIN = xlsx('<row r="1"><c r="A1"><v>5</v></c></row>')
BOMB = '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>'
OUTSIDE = '<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>'


def refusal(content: bytes, **options) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as found:
        read_workbook_safely(content, **options)
    assert found.value.remedy
    return found.value


@pytest.mark.parametrize("merge", ["B1:C1", "A1:XFD1048576", "A3:C9", "D1:E2"])
def test_both_ways_to_read_give_the_same(merge):
    rows = "".join(
        f'<row r="{r}"><c r="A{r}" t="str"><v>Lúa</v></c><c r="B{r}"><v>{r}</v></c>'
        f'<c r="C{r}"><f>B{r}*2</f><v>{2 * r}</v></c></row>'
        for r in (1, 2, 3)
    )
    content = xlsx(rows, around=f'{{}}<mergeCells><mergeCell ref="{merge}"/></mergeCells>')
    apart, here = read_workbook_safely(content), read_workbook(content)
    assert apart == here
    assert apart.sheets[0].cells[1, 1].raw == "Lúa"
    assert apart.sheets[0].count == len(here.sheets[0].cells)


@pytest.mark.parametrize("strings", [BOMB, OUTSIDE])
def test_xml_that_multiplies_itself_or_calls_out(strings):
    assert "XML" in refusal(xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings)).message


def test_an_archive_that_unpacks_without_end():
    parts = {"xl/workbook.xml": b" " * (129 << 20), "[Content_Types].xml": b""}
    assert "giải nén" in refusal(zipped(parts)).message


def test_a_merge_over_the_whole_sheet_and_a_million_blank_cells_harm_nobody():
    blanks = "".join(f'<c r="{openpyxl.utils.get_column_letter(n)}1" s="0"/>' for n in range(1, 16385))
    rows = f'<row r="1">{blanks}</row>' + "".join(
        f'<row r="{r}">{blanks.replace(chr(49) + chr(34) + " s", f"{r}" + chr(34) + " s")}</row>' for r in range(2, 62)
    )
    around = '<dimension ref="A1:XFD1048576"/>{}<mergeCells><mergeCell ref="A70:XFD1048576"/></mergeCells>'
    rows += '<row r="70"><c r="A70"><v>1</v></c></row>'
    (sheet,) = read_workbook_safely(xlsx(rows, around=around)).sheets
    assert [c.address for c in sheet.cells.values()] == ["A70"]


def test_what_takes_too_long_is_stopped_and_the_next_file_read(monkeypatch):
    monkeypatch.setattr(safely, "_SECONDS", 0.0)
    slow = xlsx("".join(f'<row r="{n}"><c r="A{n}"><f>B1</f><v>{n}</v></c></row>' for n in range(1, 200_000)))
    began = time.monotonic()
    assert "giây" in refusal(slow).message
    assert time.monotonic() - began < 5
    monkeypatch.undo()
    assert read_workbook_safely(PLAIN).sheets[0].cells


def test_what_takes_too_much_memory_is_stopped(monkeypatch):
    monkeypatch.setattr(safely, "_MOST_MEMORY", 20)
    large = xlsx("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 200_000)))
    assert "bộ nhớ" in refusal(large).message


def test_a_process_that_dies_is_replaced():
    read_workbook_safely(PLAIN)
    first = safely._current[0].process
    psutil.Process(first.pid).kill()
    first.wait()
    assert read_workbook_safely(PLAIN).sheets[0].cells
    second = safely._current[0].process.pid
    assert second != first.pid
    read_workbook_safely(PLAIN)
    assert safely._current[0].process.pid == second  # one process serves many files


def encrypted(password: str) -> bytes:
    out = io.BytesIO()
    # the library that encrypts is at fault with packages under 4 KB
    content = xlsx('<row r="1"><c r="A1"><v>5</v></c></row>', pad=random.Random(5).randbytes(8000))
    protected.OOXMLFile(io.BytesIO(content)).encrypt(password, out)
    return out.getvalue()


def test_a_password_opens_a_file_and_a_wrong_one_is_said():
    content = encrypted("bí mật")
    assert read_workbook_safely(content, "bí mật").sheets[0].cells
    assert "không mở được" in refusal(content, password="khác").message
    assert "có mật khẩu" in refusal(content).message


def test_the_password_that_excel_uses_by_itself_is_tried():
    assert read_workbook_safely(encrypted("VelvetSweatshop")).sheets[0].cells


def test_a_long_text_in_every_cell_is_cut_and_said():
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c><c r="B{n}"><v>{n}</v></c></row>' for n in range(1, 200)
    )
    book = read_workbook_safely(xlsx(rows, strings=f"<sst><si><t>{'dài ' * 100_000}</t></si></sst>"))
    assert [note.code for note in book.notes] == ["read.long_text"]
    cells = book.sheets[0].cells
    assert len(cells) == 398 and cells[7, 2].value == 7
    assert cells[7, 1].value == cells[7, 1].raw == f"{'dài ' * 250} […]"
