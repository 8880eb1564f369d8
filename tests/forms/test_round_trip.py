"""Whatever is written into the open cells of any form comes back: the same numbers, words and proposals, no issue."""

import io
import unicodedata
from collections import defaultdict

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.forms.forms import CATALOGUE, PROPOSAL_FIELDS, blank, expected_forms, open_cells, read, said

from planreview.reading.values import BLANK_MARKS

FORMS: dict[tuple, list] = defaultdict(list)  # equally often of each kind: there are 75 communes and two banks
for which in expected_forms():
    FORMS[which[0], CATALOGUE.units[which[1]].kind, which[2]].append(which)

numbers = st.one_of(
    st.integers(-(10**9), 10**12),
    st.decimals(-(10**6), 10**9, places=4).map(float),
    st.sampled_from([0, 0.1, 0.824, 1, 1.5, 99.99, 100]),
)
targets = st.one_of(
    numbers.map(lambda n: (n, n, None, "")),
    st.integers(1, 10**6).map(lambda n: (f"trên {n}", n, None, ">=")),
    st.integers(1, 10**6).map(lambda n: (f"khoảng {n}", n, None, "~")),
    st.integers(1, 10**6).map(lambda n: (f"{n}-{n + 7}", n, n + 7, "range")),
)
words = (
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), include_characters="\n"), min_size=1, max_size=80)
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .filter(lambda text: text and text not in BLANK_MARKS)
)
phrases = st.one_of(
    words,
    st.sampled_from(
        ["- Do mưa lũ, giá vật tư tăng", "+ Thiếu vốn", "=A1", "12,5", "Nguyên nhân", "III. Giải pháp", "#N/A"]
    ),
)


def put(cell, value) -> None:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # in a cell of format @ Excel keeps "=A1" as words


@st.composite
def filled(draw):
    """A form, some of its cells filled in, and what must come back."""
    which = draw(st.sampled_from(draw(st.sampled_from(list(FORMS.values())))))
    book = openpyxl.load_workbook(io.BytesIO(blank(*which)))
    cells = open_cells(book)
    expected = {"values": {}, "words": {}, "proposals": {}}

    def some(of):
        count = draw(st.integers(0, min(20, len(of))))
        places = st.integers(0, max(0, len(of) - 1))
        return [of[n] for n in draw(st.lists(places, min_size=count, max_size=count, unique=True))]

    for cell, meaning in some(cells.values):
        kind = meaning[2]
        typed, value, upper, qualifier = draw(targets) if kind == "target" else (n := draw(numbers), n, None, "")
        put(cell, typed)
        expected["values"][cell.coordinate] = (*meaning, value, upper, qualifier)
    for cell, meaning in some(cells.words):
        put(cell, text := draw(phrases))
        expected["words"][cell.parent.title, cell.coordinate] = (*meaning, text)
    for cell in some(cells.notes):
        put(cell, draw(phrases))
    for row in some(cells.proposals):
        texts = draw(st.lists(st.one_of(st.just(""), words), min_size=8, max_size=8).filter(lambda t: any(t[1:])))
        for cell, text in zip(row, texts, strict=True):
            put(cell, text or None)
        expected["proposals"][row[0].row] = dict(zip(PROPOSAL_FIELDS, texts, strict=True))
    content = io.BytesIO()
    book.save(content)
    return which, content.getvalue(), expected


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(filled())
def test_round_trip(form):
    which, content, expected = form
    round_code, unit, appendix = which
    reading = read(content, round_code, unit)
    assert said(reading) == []
    assert reading.form == appendix
    got = {
        o["cell"]: (
            o["indicator_code"],
            o["period"],
            o["kind"],
            o["plan"],
            o["value"],
            o["value_upper"],
            o["qualifier"],
        )
        for o in reading.observations
    }
    assert got == expected["values"]
    assert {o["area_code"] for o in reading.observations} <= {CATALOGUE.units[unit].area_code}
    got = {(n["sheet"], n["cell"]): (n["indicator_code"], n["topic"], n["text"]) for n in reading.narratives}
    assert got == expected["words"]
    got = {int(p["cell"][1:]): {name: p[name] for name in PROPOSAL_FIELDS} for p in reading.proposals}
    assert got == expected["proposals"]
    assert len(reading.proposals) == len(got)
