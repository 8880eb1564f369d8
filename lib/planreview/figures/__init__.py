"""From observations to one number per question."""

from planreview.figures.select import doubted, select_figures

__all__ = ["doubted", "select_figures"]
