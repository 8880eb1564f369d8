"""From observations to one number per question."""

from planreview.figures.as_of import CleanedTables
from planreview.figures.select import doubted, select_figures

__all__ = ["CleanedTables", "doubted", "select_figures"]
