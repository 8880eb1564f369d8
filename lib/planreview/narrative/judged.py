"""The judged rows of a page, by how they came out. Statuses are read, never made here."""

from __future__ import annotations

import pandas as pd

from planreview.narrative import words
from planreview.narrative.results import main_rows
from planreview.review import Review


def judged(review: Review, provenance: str) -> pd.DataFrame:
    """Main rows of one provenance that could be judged, in the order of the catalogue."""
    rows = main_rows(review, provenance)
    return rows[rows["status"].isin(words.JUDGED)]


def missed(review: Review, provenance: str) -> pd.DataFrame:
    """Those that missed their target, or are likely to."""
    return of_tone(judged(review, provenance), "bad")


def of_tone(rows: pd.DataFrame, tone: str) -> pd.DataFrame:
    return rows[rows["status"].map(words.TONES) == tone]


def exceeded(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``judged`` whose result is beyond its target by more than rounding."""
    return rows[(rows["status"].map(words.TONES) == "good") & (rows["deviation"].abs() > rows["tolerance"])]


def anything_missed(review: Review) -> bool:
    return any(not missed(review, provenance).empty for provenance in review.provenances())


def as_weighed(review: Review) -> list[str]:
    """The provenances of a page: first those of which anything could be judged, real ones before simulated ones."""
    return sorted(review.provenances(), key=lambda p: (judged(review, p).empty, p == "simulated", p))
