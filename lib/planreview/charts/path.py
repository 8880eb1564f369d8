"""One indicator over the years: what is known, what is missing, the targets, and the straight way to each of them."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.figure import Figure

from planreview.catalogue.texts import number
from planreview.charts import fans, style
from planreview.charts.axes import Axes
from planreview.charts.canvas import Canvas, clean, finite
from planreview.charts.course import Course, PlanTarget, Point
from planreview.charts.placing import LEADER_FROM, Label, Placer, Rect, Spot
from planreview.charts.rows import NO_DATA

_HEAD_WIDTH, _LABEL_WIDTH, _NARROW = 170.0, 132.0, 94.0
_LINE = style.SMALL * style.LEADING

# what a label names, where it had better stand, its lines (words, size, weight, colour)
_Words = tuple[Spot, Spot, list[tuple[str, float, int, str]]]


def path_chart(title: str, subtitle: str, course: Course, simulated: bool = False) -> str:
    """SVG. ``title`` is the finding in one sentence, ``subtitle`` what is drawn and its unit."""
    return style.to_svg(path_figure(title, subtitle, course, simulated))


def path_figure(title: str, subtitle: str, course: Course, simulated: bool = False) -> Figure:
    with style.look():
        canvas = Canvas(title, subtitle, simulated)
        _Drawing(canvas, course).draw()
        return canvas.finish()


class _Drawing:
    """One course on a canvas: the axes, then lines and marks, then the labels around them."""

    def __init__(self, canvas: Canvas, course: Course) -> None:
        self.canvas, self.course = canvas, course
        by_year = {point.year: point for point in course.points}
        self.points = [point for _, point in sorted(by_year.items())]
        self.known = [point for point in self.points if finite(point.value) is not None]
        self.targets = [target for target in course.targets if target.ends]
        self.listed = [target for target in course.targets if not target.ends and clean(target.text)]
        fan = course.fan
        leads = fan is not None and fan.is_drawable and not course.parted(fan.since[0], fan.year)
        self.fan = fan if leads else None

    def draw(self) -> None:
        if self.known or self.targets:
            self.axes = Axes(self.canvas, self._years(), self._values(), self.course.unit, self.course.from_zero)
            bounds = self.axes.bounds
            self.placer = Placer(bounds, texts=[self.axes.unit])
            for y in self.axes.grid:
                self.placer.stroke([(bounds.x0, y), (bounds.x1, y)], 7)
            self.reach = self._draw_fan()
            self._ways()
            self._breaks()
            self._actual()
            self._target_marks()
            self._labels()
            self._key()
        else:
            self.canvas.y += style.BODY * style.LEADING
            self.canvas.text(self.canvas.left, self.canvas.y - 3, NO_DATA, color=style.MUTED)
        for target in self.listed:
            plan = f" ({clean(target.plan)})" if clean(target.plan) else ""
            self._line_below(target.headline(self.course.digits) + plan)

    def _years(self) -> list[int]:
        starts = [target.since[0] for target in self.targets if target.since]
        spans = [target.first_year for target in self.targets if target.first_year is not None]
        ahead = [self.fan.since[0], self.fan.year] if self.fan else []
        return [p.year for p in self.points] + [t.year for t in self.targets] + starts + spans + ahead

    def _values(self) -> list[float]:
        starts = [target.since[1] for target in self.targets if target.since]
        shown = [p.value for p in self.known] + [end for t in self.targets for end in t.ends] + starts
        return shown + fans.values(self.fan, shown) if self.fan else shown

    def _draw_fan(self) -> bool:
        """Whether all of the fan could be drawn."""
        if self.fan is None:
            return True
        way, whole = fans.draw(self.canvas, self.axes, self.fan)
        self.placer.stroke(way, 150)
        self.placer.mark(way[-1], 4)
        return whole

    def _breaks(self) -> None:
        """An upright line before the first year of each other definition, the year beside it."""
        years = self._years()
        self.seen_breaks = [b for b in self.course.breaks if min(years) < b.first_year <= max(years)]
        bounds = self.axes.bounds
        for each in self.seen_breaks:
            x = self.axes.x(each.first_year - 0.5)
            way = [(x, bounds.y0 + 4), (x, bounds.y1)]
            self.canvas.line(way, style.INK, 1.0, dash=(4, 1.5))
            self.placer.stroke(way, 150)
            words = f"từ {each.first_year}"
            width = style.measure(words, style.SMALL, style.BOLD)
            left = x + 3 if x + 3 + width <= bounds.x1 else x - 3 - width
            place = Rect(left, bounds.y0, left + width, bounds.y0 + _LINE)
            while any(place.overlaps(other) for other in self.placer.texts) and place.y1 + _LINE < bounds.y1:
                place = Rect(left, place.y0 + _LINE / 2, left + width, place.y1 + _LINE / 2)
            self.canvas.text(left, place.y1 - 3, words, style.SMALL, style.BOLD)
            self.placer.texts.append(place)

    def _ways(self) -> None:
        for target in self.targets:
            if target.since and not self.course.parted(target.since[0], target.year):
                year, value = target.since
                goal = min(target.ends, key=lambda end: abs(end - value))
                way = [self.axes.spot(year, value), self.axes.spot(target.year, goal)]
                self.canvas.line(way, style.GREY, 1.0, dash=(3, 2.5))
                self.placer.stroke(way, 8)

    def _actual(self) -> None:
        """Joined from year to year, over a gap only dashed (what happened there is not known), over a break not."""
        for one, other in self._joined():
            stretch = [self.axes.spot(one.year, one.value), self.axes.spot(other.year, other.value)]
            gap = other.year - one.year > 1
            self.canvas.line(stretch, style.ACCENT, 1.3 if gap else 2.0, dash=(1.2, 2.4) if gap else None, cap="round")
            self.placer.stroke(stretch, 60)
        for point in self.known:
            spot = self.axes.spot(point.year, point.value)
            self.canvas.dot(*spot, style.ACCENT, hollow=point.estimate)
            self.placer.mark(spot, 5)

    def _joined(self) -> list[tuple[Point, Point]]:
        return [(a, b) for a, b in pairwise(self.known) if not self.course.parted(a.year, b.year)]

    def _target_marks(self) -> None:
        for target in self.targets:
            spots = [self.axes.spot(target.year, end) for end in target.ends]
            for x, y in spots if target.first_year not in (None, target.year) else ():
                starts = [b.first_year for b in self.course.breaks if target.first_year < b.first_year <= target.year]
                start = (self.axes.x(max([target.first_year, *starts])), y)
                self.canvas.line([start, (x, y)], style.INK, 1.6, dash=(5, 2) if target.ahead else None)
                self.placer.stroke([start, (x, y)], 60)
            if len(spots) == 2:
                self.canvas.line(spots, style.INK, 2.0)
                for x, y in spots:
                    cap = [(x - 4.5, y), (x + 4.5, y)]
                    self.canvas.line(cap, style.INK, 2.0)
                    self.placer.stroke(cap, 60)
                self.placer.stroke(spots, 60)
                self.placer.mark(self._middle(target), 6)
            else:
                self.canvas.diamond(*spots[0], style.INK, hollow=target.ahead)
                self.placer.mark(spots[0], 7)

    def _labels(self) -> None:
        """Values first or targets first, from either end of the years: whatever leaves the drawing clearest."""
        values, targets = self._value_labels(), self._target_labels()
        wide = _NARROW - 24 if self.seen_breaks else _HEAD_WIDTH
        ahead = fans.labels(self.fan, self.axes, self.course.digits, wide) if self.fan else []
        texts = [*values, *targets, *ahead]
        labels = []
        for spot, prefer, lines in texts:
            width = max(style.measure(words, size, weight) for words, size, weight, _ in lines)
            labels.append(Label(spot, width, sum(size for _, size, _, _ in lines) * style.LEADING, prefer))
        one, other = list(range(len(values))), list(range(len(values), len(values) + len(targets)))
        last = list(range(len(values) + len(targets), len(texts)))
        orders = [
            [*order, *last] for order in ([*one, *other], [*other, *one], [*one, *other[::-1]], [*other[::-1], *one])
        ]
        for index, rect in enumerate(self.placer.arrange(labels, orders)):
            if rect is not None:
                self._write(texts[index], rect)
            elif len(values) <= index < len(values) + len(targets):
                self.listed.append(self.targets[index - len(values)])

    def _value_labels(self) -> list[_Words]:
        """The first and the last value, and those of the targets' years."""
        wanted = {point.year for point in (*self.known[:1], *self.known[-1:], *self.targets)}
        labels = []
        for point in self.known:
            if point.year in wanted:
                words = clean(point.text) or number(point.value, self.course.digits)
                words = style.shorten(words, _LABEL_WIDTH, style.BODY, style.BOLD) + (
                    " (ước)" if point.estimate else ""
                )
                line = (words, style.BODY, style.BOLD, style.ACCENT)
                labels.append((self.axes.spot(point.year, point.value), (0.0, -1.0), [line]))
        return labels

    def _target_labels(self) -> list[_Words]:
        labels = []
        wide = _NARROW if self.seen_breaks else _HEAD_WIDTH  # between two upright lines there is little room
        for target in self.targets:
            head = style.balanced(target.headline(self.course.digits), wide, style.SMALL, style.BOLD, most=3)
            plan = style.balanced(clean(target.plan), min(wide, _LABEL_WIDTH), style.SMALL, most=4)
            lines = [(line, style.SMALL, style.BOLD, style.INK) for line in head]
            lines += [(line, style.SMALL, style.REGULAR, style.MUTED) for line in plan]
            spot = self._middle(target)
            late = spot[0] > (self.axes.bounds.x0 + self.axes.bounds.x1) / 2
            labels.append((spot, (-0.8, -0.6) if late else (0.8, -0.6), lines))
        return labels

    def _middle(self, target: PlanTarget) -> Spot:
        return self.axes.spot(target.year, sum(target.ends) / len(target.ends))

    def _write(self, label: _Words, rect: Rect) -> None:
        """Lines of text in their place, aligned to the side of what they name, a thin line to it where it is far."""
        spot, _, lines = label
        align, x = ("right", rect.x1) if rect.x1 <= spot[0] else ("left", rect.x0)
        if rect.x0 < spot[0] < rect.x1:
            align, x = "center", (rect.x0 + rect.x1) / 2
        end, away = rect.nearest(spot)
        if away > LEADER_FROM:
            near = 6 / away  # the line begins beside the mark
            start = (spot[0] + (end[0] - spot[0]) * near, spot[1] + (end[1] - spot[1]) * near)
            self.canvas.line([start, end], style.MUTED, 0.6)
        y = rect.y0
        for words, size, weight, color in lines:
            y += size * style.LEADING
            self.canvas.text(x, y - size * 0.32, words, size, weight, color, align)

    def _key(self) -> None:
        """Says what a hollow dot, a dotted line, a fan and an upright line are, where there are any."""
        gap = any(b.year - a.year > 1 for a, b in self._joined())
        for shown, words in (
            (any(point.estimate for point in self.known), "số ước thực hiện"),
            (gap, "các năm ở giữa chưa có số liệu"),
        ):  # fmt: skip
            if shown:
                x, y = self.canvas.left, self._line_below(words, indent=26) - 3
                if words.startswith("số ước"):
                    self.canvas.dot(x + 10, y, style.ACCENT, hollow=True)
                else:
                    self.canvas.line([(x, y), (x + 20, y)], style.ACCENT, 1.3, dash=(1.2, 2.4))
        if self.fan:
            y = self._line_below(fans.key(self.fan, self.course.digits, whole=self.reach), indent=26)
            fans.sample(self.canvas, self.canvas.left, y - 3)
        for each in self.seen_breaks:
            reason = f": {clean(each.words)}" if clean(each.words) else ""
            words = f"từ {each.first_year} cách tính khác, không nối và không so với các năm trước{reason}"
            x, y = self.canvas.left + 10, self._line_below(words, indent=26)
            self.canvas.line([(x, y - 8), (x, y + 1)], style.INK, 1.0, dash=(4, 1.5))

    def _line_below(self, words: str, indent: float = 0.0) -> float:
        """Small lines under the chart; gives the first one's baseline."""
        left = self.canvas.left + indent
        first = self.canvas.y + _LINE - 2.5
        for line in style.wrap(words, self.canvas.right - left, style.SMALL):
            self.canvas.y += _LINE
            self.canvas.text(left, self.canvas.y - 2.5, line, style.SMALL, color=style.MUTED)
        return first
