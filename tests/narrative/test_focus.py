"""Of many indicators, those to look at first."""

import pandas as pd

from planreview.narrative import focus


def rows(*values: tuple) -> pd.DataFrame:
    return pd.DataFrame(values, columns=["code", "deviation", "target"])


def test_a_dozen_can_be_drawn_and_more_cannot():
    one = ("a", -1.0, 10.0)
    assert focus.few(rows(*[one] * 12)) and not focus.few(rows(*[one] * 13))


def test_furthest_is_the_largest_share_of_the_target_whatever_its_size_and_sign():
    found = focus.furthest(
        rows(
            ("a tenth of much", -100.0, 1000.0),
            ("half above a target that is to fall", 5.0, 10.0),
            ("of a target of zero nothing is a share", 3.0, 0.0),
            ("a fifth", -2.0, 10.0),
        ),
        most=3,
    )
    assert list(found["code"]) == ["half above a target that is to fall", "a fifth", "a tenth of much"]


def test_the_largest_step_is_told_by_the_last_value_whatever_the_unit_and_direction():
    found = focus.largest_steps(
        pd.DataFrame(
            [
                ("from nothing no share can be said", 0.0, 5.0),
                ("a tenth more of much", 1000.0, 1100.0),
                ("halved", 10.0, 5.0),
                ("tripled", 2.0, 6.0),
            ],
            columns=["code", "last", "next_target"],
        ),
        most=3,
    )
    assert list(found["code"]) == ["tripled", "halved", "a tenth more of much"]
