"""Figures judged against targets."""

from planreview.evaluate.results import evaluate

__all__ = ["evaluate"]
