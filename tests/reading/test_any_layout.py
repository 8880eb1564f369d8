"""Tables in any layout an office may choose read back exactly, or name what could not be read: never another number,
never another name."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from planreview.reading import read_sheet
from tests.reading.tables import Draft, write_sheet


def judge(draft: Draft) -> Counter:
    """How the numbers of a sheet were read: read, unread (said), or wrong in value, line, column or unit."""
    account = read_sheet(draft.sheet())
    assert len(account.fates) == len(draft.cells)
    found: Counter = Counter()
    for place, meant in draft.meant.items():
        item = account.items.get(place)
        if item is None or item.fate not in ("value", "derived"):
            fate, _ = account.fate(draft.cells[place])
            found["unread" if fate in ("rejected", "unmatched", "note") else f"wrong fate {fate}"] += 1
            continue
        said = " ".join(item.columns).split()
        right = {
            "value": item.value == meant.value,
            "line": bool(item.rows) and meant.line.lower() in item.rows[-1].lower(),
            "column": all(word.lower() in " ".join(said).lower() for word in meant.column),
            "unit": item.unit.lower() in (meant.unit.lower(), ""),
        }
        wrong = [name for name, good in right.items() if not good]
        found[f"wrong {wrong[0]}" if wrong else "read"] += 1
    return found


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9))
def test_never_another_number_or_name(seed):
    draft, plans = write_sheet(Random(seed))
    found = judge(draft)
    assert not [k for k in found if k.startswith("wrong")], (found, plans)


def test_nearly_all_is_read():
    found: Counter = Counter()
    for seed in range(300):
        found += judge(write_sheet(Random(seed))[0])
    share = found["read"] / sum(found.values())
    print(f"read {share:.1%} of {sum(found.values())} numbers in 300 sheets: {dict(found)}")
    assert share >= 0.95
