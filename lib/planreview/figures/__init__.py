"""From observations to one number per question."""

from planreview.figures.as_of import CleanedTables
from planreview.figures.own import own_values
from planreview.figures.select import doubted, select_figures

__all__ = ["CleanedTables", "doubted", "own_values", "select_figures"]
