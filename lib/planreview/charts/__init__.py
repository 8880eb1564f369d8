"""Charts as SVG text: ready rows in, one chart a file, one look (style.py). No statistics here."""

from planreview.charts.ahead import AheadRow, ahead_chart
from planreview.charts.bullets import BulletRow, Earlier, bullet_chart
from planreview.charts.causes import CauseRow, cause_chart
from planreview.charts.course import Break, Course, Fan, PlanTarget, Point
from planreview.charts.heatmap import HeatRow, heat_chart
from planreview.charts.multiples import Multiples, Panel, multiples_chart
from planreview.charts.path import path_chart
from planreview.charts.ranked import Ranked, Yardstick, ranked_chart
from planreview.charts.slope import Slope, slope_chart
from planreview.charts.standing import Standing, standing_chart
from planreview.charts.structure import Stack, structure_chart
from planreview.charts.tally import Tally, tally_chart
from planreview.charts.tiles import Tile, tile_chart
from planreview.charts.waterfall import End, Step, waterfall_chart

__all__ = [
    "AheadRow",
    "Break",
    "BulletRow",
    "CauseRow",
    "Course",
    "Earlier",
    "End",
    "Fan",
    "HeatRow",
    "Multiples",
    "Panel",
    "PlanTarget",
    "Point",
    "Ranked",
    "Slope",
    "Stack",
    "Standing",
    "Step",
    "Tally",
    "Tile",
    "Yardstick",
    "ahead_chart",
    "bullet_chart",
    "cause_chart",
    "heat_chart",
    "multiples_chart",
    "path_chart",
    "ranked_chart",
    "slope_chart",
    "standing_chart",
    "structure_chart",
    "tally_chart",
    "tile_chart",
    "waterfall_chart",
]
