"""Figures judged against targets, and what follows from them: forecasts, contributions to shortfalls, revisions."""

from planreview.evaluate.outlook import outlook
from planreview.evaluate.results import evaluate
from planreview.evaluate.revisions import revisions
from planreview.evaluate.shortfall import contributions

__all__ = ["contributions", "evaluate", "outlook", "revisions"]
