"""Of many indicators, those to look at first."""

import pandas as pd

from planreview.narrative import focus


def rows(*values: tuple) -> pd.DataFrame:
    return pd.DataFrame(values, columns=["code", "deviation", "target", "ambition", "required_pace", "achieved_pace"])


def test_a_dozen_can_be_drawn_and_more_cannot():
    one = ("a", -1.0, 10.0, "", 1.0, 1.0)
    assert focus.few(rows(*[one] * 12)) and not focus.few(rows(*[one] * 13))


def test_furthest_is_the_largest_share_of_the_target_whatever_its_size_and_sign():
    found = focus.furthest(
        rows(
            ("a tenth of much", -100.0, 1000.0, "", 1, 1),
            ("half above a target that is to fall", 5.0, 10.0, "", 1, 1),
            ("of a target of zero nothing is a share", 3.0, 0.0, "", 1, 1),
            ("a fifth", -2.0, 10.0, "", 1, 1),
        ),
        most=3,
    )
    assert list(found["code"]) == ["half above a target that is to fall", "a fifth", "a tenth of much"]


def test_hardest_goes_by_class_then_by_how_much_faster():
    found = focus.hardest(
        rows(
            ("in line", 0, 1, "theo xu thế", 1.0, 1.0),
            ("of no class", 0, 1, "", 9.0, float("nan")),
            ("twice as fast", 0, 1, "chưa có tiền lệ", 2.0, 1.0),
            ("five times as fast", 0, 1, "chưa có tiền lệ", 5.0, 1.0),
        ),
        ["chưa có tiền lệ", "theo xu thế"],
    )
    assert list(found["code"]) == ["five times as fast", "twice as fast", "in line", "of no class"]
