"""A form as it is sent out: nothing in it is read as data, nothing in it is wrong, and it says whose it is."""

import io
import json
import re

import openpyxl
import pytest
from tests.forms.forms import CATALOGUE, blank, expected_forms, meaning, one_of_each_kind, open_cells, read, said

from planreview.forms import build_form
from planreview.forms.outline import outline

each_kind = pytest.mark.parametrize("which", one_of_each_kind(), ids="-".join)


@each_kind
def test_an_untouched_form_says_nothing_and_nothing_is_wrong(which):
    round_code, unit, form = which
    reading = read(blank(*which), round_code, unit)
    assert (reading.form, reading.observations, reading.narratives, reading.proposals) == (form, [], [], [])
    assert reading.issues == []
    assert {"value", "unmatched", "rejected"}.isdisjoint(row["fate"] for row in reading.ledger)


@each_kind
def test_a_form_can_be_printed_and_sent(which):
    round_code, unit, form = which
    book = openpyxl.load_workbook(io.BytesIO(blank(*which)))
    marks = {p.name: p.value for p in book.custom_doc_props.props}
    assert marks == {"planreview-unit": unit, "planreview-round": round_code, "planreview-form": form}
    assert book.properties.language == "vi-VN" and CATALOGUE.units[unit].name in book.properties.title
    for sheet in book:
        assert sheet.protection.sheet and not sheet.protection.password
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
            "landscape",
            9,
            0,
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and "&P/&N" in sheet.oddFooter.center.text
    table = book.worksheets[0]
    assert table.print_title_rows and table.freeze_panes
    everything = " ".join(str(c.value) for sheet in book for row in sheet for c in row if c.value is not None)
    for needed in (f"(mã {unit})", "hạn gửi: 30/", "Kèm theo Văn bản số", "THỦ TRƯỞNG ĐƠN VỊ"):
        assert needed in everything
    assert "#" not in everything


def test_labels_are_locked_and_wrong_entries_are_said_in_vietnamese():
    table = openpyxl.load_workbook(io.BytesIO(blank("2020-11", "119", "II"))).worksheets[0]
    header = next(row for row in range(1, 20) if table.cell(row, 1).value == "STT")
    headings = [c.value for c in table[header]]
    for row in table.iter_rows(min_row=header + 1, max_row=header + 30):
        assert all(c.protection.locked for c in row[:4])
        if row[3].value:
            assert all(not c.protection.locked for c, h in zip(row, headings, strict=True) if meaning(h))
            assert row[headings.index("BQGĐ 2016-2020")].protection.locked
    checks = table.data_validations.dataValidation
    assert {(c.type, c.errorStyle) for c in checks} == {("decimal", "stop"), ("decimal", "warning")}
    assert all(re.search("[ăâđêôơư]", c.error) and len(c.error) < 256 and len(c.errorTitle) < 33 for c in checks)
    (shares,) = [c for c in checks if c.formula2 == "100"]
    assert shares.errorStyle == "warning"


def test_a_department_is_asked_for_its_own_indicators_only():
    codes = {
        meaning[0]
        for _, meaning in open_cells(openpyxl.load_workbook(io.BytesIO(blank("2020-11", "BHXH", "I")))).values
    }
    assert codes and {CATALOGUE.agency(code, "14") for code in codes} == {"BHXH"}
    assert all("I" in CATALOGUE.indicators[code].forms for code in codes)


@pytest.mark.parametrize("form", ["I", "II"])
def test_the_numbering_has_no_gaps_and_parents_stand_above_their_parts(form):
    lines = outline([i for i in CATALOGUE.indicators.values() if form in i.forms], CATALOGUE.groups)
    codes = [line.indicator.code for line in lines if line.indicator]
    assert len(set(codes)) == len(codes)
    seen: list[str] = []
    counts: dict[str, int] = {}
    place = ["", ""]
    for line in lines:
        if line.level < 2:
            place[line.level :] = [line.ordinal, ""][: 2 - line.level]
            assert line.label and not re.fullmatch(r"[A-Z]{2}\.\d\d", line.label), "a group without a name"
            continue
        above, _, number = line.ordinal.rpartition(".")
        key = "/".join([*place, above])
        counts[key] = counts.get(key, 0) + 1
        assert int(number) == counts[key]
        assert line.level == line.ordinal.count(".") + 2
        if above:
            assert line.indicator.parent in seen
        seen.append(line.indicator.code)


def test_the_same_form_is_the_same_bytes():
    which = ("2020-11", "NHNN", "I")
    again = build_form("I", CATALOGUE.units["NHNN"], CATALOGUE.rounds["2020-11"], CATALOGUE)
    assert again == blank(*which)


def test_the_years_come_from_the_cycle():
    table = openpyxl.load_workbook(io.BytesIO(blank("2025-11", "NHNN", "I"))).worksheets[0]
    header = next(row for row in table.iter_rows(values_only=True) if row[0] == "STT")
    assert header[4:17] == (
        "KH NQ 2021-2025", "Năm 2020", "TH 2021", "TH 2022", "TH 2023", "TH 2024", "ƯTH 2025", "BQGĐ 2021-2025",
        "KH 2026", "KH 2027", "KH 2028", "KH 2029", "KH 2030",
    )  # fmt: skip


def test_the_command_writes_a_file_for_each_form_and_says_who_gets_none(sandbox):
    done = sandbox.planreview(
        "forms", "--round", "2020-11", "--unit", "NHNN", "--unit", "SKHCN", "--unit", "VN", "--json"
    )
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    folder = sandbox.root / "reports/bieu-mau/2020-11"
    assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.xlsx")) == [
        "NHNN/bieu-I__NHNN__2020-11.xlsx",
        "SKHCN/bieu-III__SKHCN__2020-11.xlsx",
    ]
    assert len(summary["files"]) == 2
    assert "không phụ trách chỉ tiêu nào" in done.stderr and "không phải gửi biểu nào" in done.stderr


def test_a_form_that_somebody_filled_in_is_never_written_over(sandbox):
    def forms() -> dict:
        done = sandbox.planreview("forms", "--round", "2020-11", "--unit", "NHNN", "--unit", "BHXH", "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) | {"said": done.stderr}

    folder = sandbox.root / "reports/bieu-mau/2020-11"
    filled, blank_form = (folder / f"{unit}/bieu-I__{unit}__2020-11.xlsx" for unit in ("NHNN", "BHXH"))
    forms()
    book = openpyxl.load_workbook(filled)
    open_cells(book).notes[0].value = "chỉ một ghi chú, chưa có số nào"
    book.save(filled)
    before, blank_before = filled.read_bytes(), blank_form.read_bytes()
    again = forms()
    assert again["kept"] == [str(filled)] and again["files"] == [str(blank_form)]
    assert "Giữ nguyên" in again["said"] and filled.name in again["said"]

    units = sandbox.root / "data/reference/units.csv"
    units.write_text(units.read_text("utf-8").replace("Bảo hiểm xã hội", "Bảo hiểm xã hội mới"), encoding="utf-8")
    again = forms()
    assert again["kept"] == [str(filled)] and filled.read_bytes() == before
    assert blank_form.read_bytes() != blank_before, "a blank is made again when the catalogue changed"

    blank_form.with_name("sao.xlsx").write_bytes(blank_before)
    blank_form.with_name("sao.xlsx").replace(blank_form)  # nobody knows any more who wrote it
    assert sorted(forms()["kept"]) == [str(blank_form), str(filled)]


@pytest.mark.parametrize(
    ("arguments", "said_why"),
    [
        (["--round", "2021-03"], "không yêu cầu đơn vị nào gửi biểu"),
        (["--round", "2020-11", "--prefill-from", "2020-11"], "không sớm hơn đợt 2020-11"),
    ],
)
def test_a_round_that_cannot_be_served_is_wrong_usage(sandbox, arguments, said_why):
    done = sandbox.planreview("forms", *arguments)
    assert done.returncode == 2 and said_why in done.stderr


def test_every_office_gets_a_form_that_reads_back():
    offices = [w for w in expected_forms() if (w[0], w[2]) == ("2020-11", "I")]
    assert len(offices) > 20
    for round_code, unit, form in offices:
        reading = read(blank(round_code, unit, form), round_code, unit)
        assert (said(reading), reading.observations) == ([], []), unit
