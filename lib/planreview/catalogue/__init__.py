"""What is measured: indicators, units, rounds, cycles, units of measure, and how they are written in Vietnamese."""

from planreview.catalogue.catalogue import Catalogue
from planreview.catalogue.cycles import Cycle
from planreview.catalogue.indicators import Indicator
from planreview.catalogue.lookup import Lookup
from planreview.catalogue.rounds import Round
from planreview.catalogue.units import Unit

__all__ = ["Catalogue", "Cycle", "Indicator", "Lookup", "Round", "Unit"]
