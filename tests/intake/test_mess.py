"""Forms that went through somebody's hands give the numbers that were meant, or say which they could not read."""

import math
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forms.forms import read
from tests.intake.mess import WHICH, messy


def outcome(seed: int) -> tuple[Counter, list, list[str]]:
    """Numbers meant, loaded and wrong, and the wrong ones with what is known of them."""
    table, kinds = messy(seed)
    reading = read(table.content(), *WHICH[:2])
    truth = table.truth()
    wrong, loaded = [], set()
    for o in reading.observations:
        meaning = (o["indicator_code"], o["period"], o["kind"], o["plan"])
        meant = truth.get(meaning)
        if meant is None or o["value"] is None or not math.isclose(o["value"], meant, rel_tol=1e-6, abs_tol=1e-9):
            wrong.append((o["cell"], o["raw"], meaning, o["value"], meant, o["rules"]))
        else:
            loaded.add(meaning)
    assert len(reading.ledger) == len({(r["sheet"], r["cell"]) for r in reading.ledger})
    return Counter(meant=len(truth), loaded=len(loaded), wrong=len(wrong)), wrong, kinds


@settings(max_examples=30)
@given(st.integers(0, 10**6))
def test_never_another_number(seed):
    _, wrong, kinds = outcome(seed)
    assert wrong == [], kinds


def test_most_numbers_are_read(record_property):
    counts: Counter = Counter()
    for seed in range(40):
        counts += outcome(seed)[0]
    share = counts["loaded"] / counts["meant"]
    record_property("share read", f"{share:.1%}")
    print(f"{counts['loaded']} of {counts['meant']} numbers of messy forms were read: {share:.1%}")
    assert share >= 0.9
