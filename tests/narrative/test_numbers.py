"""How many decimals a reader is shown of a number that somebody typed or a formula made."""

from types import SimpleNamespace

import pytest

from planreview.catalogue import texts
from planreview.narrative.numbers import shown_digits


@pytest.mark.parametrize(
    ("value", "typed", "usual", "said"),
    [
        (34.4, 1, 2, "34,4"),
        (34.425, 3, 1, "34,425"),
        (3300.0, 3, 0, "3.300"),
        (36.006112002472, 12, 2, "36,01"),
        (72.937136357497, 12, 1, "72,9"),
        (1.2345678, 7, 0, "1,23"),
        (0.0123456, 7, 1, "0,012"),
        (1234.5678901, 7, 0, "1.235"),
        (-0.0, 9, 1, "0,0"),
    ],
)
def test_decimals_that_only_a_formula_made_are_not_shown(value, typed, usual, said):
    indicator = SimpleNamespace(digits=usual)
    assert texts.number(value, shown_digits(value, typed, indicator)).removeprefix("-") == said
