"""A page of hundreds of indicators: light enough to be sent, and nothing in it twice."""

import re

import pytest
from tests.narrative.conftest import COLUMNS

from planreview.blocks import Table
from planreview.catalogue import Catalogue
from planreview.narrative import first_screen, results
from planreview.narrative.continuity import continuity_table
from planreview.publish.html import render_page
from planreview.publish.page import Page

MANY = 260
PAGE_BYTES = 150_000
PAGE = Page(
    "Kết quả", "14", "Tỉnh Sơn La", "2016-2025", "Đánh giá", "2021-03", "Đợt tháng 3/2021", "", "../../index.html"
)


@pytest.fixture
def province(opened, sandbox):
    """The province with results and targets of both plans for hundreds of indicators, in one file."""
    catalogue = Catalogue(sandbox.root / "data/reference")
    names = [(i.name, i.unit) for i in catalogue.indicators.values() if i.five_year_rule != "sum"]
    rows = [
        [n, name, unit, 40 + n % 37, *(30 + (n * k) % 41 for k in range(1, 7)), 50 + n % 31, "Thiếu vốn", None]
        for n, (name, unit) in enumerate(names[:MANY], start=1)
    ]
    return opened("14", {"2021-03/14": [*rows]})


def test_a_long_page_has_one_row_an_indicator_and_is_light(province):
    assert len(COLUMNS) == 13 and results.is_long(province)
    parts = (results.title, first_screen.answers, results.coverage, results.judged_table, results.next_table,
             results.full_table, continuity_table, results.context_table, results.clashes)  # fmt: skip
    blocks = [block for part in parts for block in part(province)]
    tables = [b for b in blocks if isinstance(b, Table) and b.columns[0].startswith("Chỉ tiêu")]
    named = [row[0] for table in tables for row in table.rows]
    assert len(named) == len(set(named)) > 200
    text = render_page([block.to_json() for block in blocks], PAGE)
    assert len(re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL).encode()) <= PAGE_BYTES
    judged = results.main_rows(province, "submitted")
    for status in judged["status"].unique():
        assert status in text
