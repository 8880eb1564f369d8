"""Charts as SVG text: ready rows in, one chart a function, one look (style.py). No statistics here."""

from planreview.charts.ahead import AheadRow, ahead_chart
from planreview.charts.bullets import BulletRow, bullet_chart
from planreview.charts.course import Course, PlanTarget, Point
from planreview.charts.path import path_chart
from planreview.charts.tally import Tally, tally_chart

__all__ = [
    "AheadRow",
    "BulletRow",
    "Course",
    "PlanTarget",
    "Point",
    "Tally",
    "ahead_chart",
    "bullet_chart",
    "path_chart",
    "tally_chart",
]
