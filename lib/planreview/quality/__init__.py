"""Checks over observations: what contradicts what, said with both numbers and never averaged away."""

from __future__ import annotations

from planreview.catalogue import Catalogue
from planreview.quality import contradictions, limits, published

CODES = (*contradictions.CODES, *limits.CODES, *published.CODES)


def compare(observations: list[dict], catalogue: Catalogue) -> list[dict]:
    """Issues (rows of the table ``issues``) found by comparing a unit's observations, of several rounds, with each
    other. An issue stands with the later round's cell."""
    return [
        *contradictions.contradictions(observations, catalogue),
        *limits.beyond_limits(observations, catalogue),
        *published.doubts(observations, catalogue),
    ]
