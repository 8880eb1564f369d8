"""From observations to one number per question."""

from planreview.figures.select import select_figures

__all__ = ["select_figures"]
