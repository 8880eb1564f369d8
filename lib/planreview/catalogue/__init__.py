"""What is measured: indicators, units, rounds, cycles, units of measure, and how they are written in Vietnamese."""

from planreview.catalogue.catalogue import Catalogue, Indicator, Unit
from planreview.catalogue.cycles import Cycle
from planreview.catalogue.rounds import Round

__all__ = ["Catalogue", "Cycle", "Indicator", "Round", "Unit"]
