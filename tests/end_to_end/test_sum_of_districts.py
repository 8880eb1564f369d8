"""Twelve districts' forms make the province's number, each cell behind it in sight; eleven make none."""

from tests.conftest import NTM

from planreview import Review
from planreview.blocks import Table
from planreview.narrative.results import full_table
from planreview.pipeline import clean

HEADER = ["STT", "Chỉ tiêu", "ĐVT", "TH 2019", "ƯTH 2020"]
WARNED = "Tỷ lệ đô thị hóa"


def province(sandbox, codes):
    for n, code in enumerate(codes, start=1):
        sandbox.workbook(f"2020-11/{code}", [HEADER, [1, NTM, "xã", n, n + 1], [2, WARNED, "%", 10, 10]])
    clean(sandbox.project)
    project = sandbox.project
    return Review("14", raw=project.raw, processed=project.processed, reference=project.reference)


def test_complete_districts_are_added_up_and_every_cell_stands_behind_the_sum(sandbox, catalogue):
    codes = catalogue.parts_of("14", "2020")
    review = province(sandbox, codes)
    (figure,) = review.figure(NTM, 2020).to_dict("records")
    assert (figure["value"], figure["selection_rule"], figure["kind"]) == (
        sum(range(2, 14)),
        "sum_of_parts",
        "estimate",
    )
    cells = review.trace(NTM, 2020)
    assert set(cells["area_code"]) == set(codes)
    assert cells["value"].sum() == figure["value"]

    (table,) = (b for b in full_table(review) if isinstance(b, Table))
    (shown,) = (
        part
        for row in table.rows
        if row[0].startswith("Số xã đạt")
        for part in row[table.columns.index("Kết quả")]
        if not isinstance(part, str)
    )
    assert shown.text == "90" and len(shown.cells) == 12

    assert review.figure(WARNED, 2020).empty  # a rate is not added up
    (reason,) = set(review.whole(WARNED, 2020)["reason"])
    assert reason.startswith("tử số “Dân số thành thị")


def test_one_missing_district_makes_no_sum_and_is_named(sandbox, catalogue):
    *codes, gone = catalogue.parts_of("14", "2020")
    review = province(sandbox, codes)
    assert review.figure(NTM, 2020).empty
    assert set(review.whole(NTM, 2020)["reason"]) == {f"thiếu số liệu của {catalogue.units[gone].name}"}
    register = Review(gone, raw=review.project.raw, processed=review.project.processed).register()
    assert register["status"].tolist() == ["missing"]
