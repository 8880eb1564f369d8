"""Where labels go: beside what they name, over no other text, and over as little of the drawing as can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, hypot, pi, sin

Spot = tuple[float, float]

_RADII = (7.5, 12.0, 20.0, 30.0, 42.0, 56.0, 72.0, 90.0)
_DIRECTIONS = tuple((cos(k * pi / 8), sin(k * pi / 8)) for k in range(16))
_NO_ROOM = 1e4
_WALL = 150.0  # a stroke of this cost is one that a label's line had better not cross either
LEADER_FROM = 14.0  # a label further away than this gets a thin line to what it names


@dataclass(frozen=True)
class Rect:
    x0: float
    y0: float
    x1: float
    y1: float

    def overlaps(self, other: Rect, clear: float = 0.0) -> bool:
        return (
            self.x0 < other.x1 + clear
            and other.x0 < self.x1 + clear
            and self.y0 < other.y1 + clear
            and other.y0 < self.y1 + clear
        )

    def inside(self, other: Rect) -> bool:
        return self.x0 >= other.x0 and self.x1 <= other.x1 and self.y0 >= other.y0 and self.y1 <= other.y1

    def nearest(self, spot: Spot) -> tuple[Spot, float]:
        """The point of the rectangle that is nearest to a spot, and how far it is."""
        x, y = min(max(spot[0], self.x0), self.x1), min(max(spot[1], self.y0), self.y1)
        return (x, y), hypot(x - spot[0], y - spot[1])

    def crossed_by(self, p: Spot, q: Spot) -> bool:
        """Does the stretch from p to q pass through? (Liang–Barsky)"""
        enter, leave = 0.0, 1.0
        for start, end, low, high in ((p[0], q[0], self.x0, self.x1), (p[1], q[1], self.y0, self.y1)):
            if (start < low and end < low) or (start > high and end > high):
                return False
            if start != end:
                first, second = sorted(((low - start) / (end - start), (high - start) / (end - start)))
                enter, leave = max(enter, first), min(leave, second)
        return enter <= leave


@dataclass(frozen=True)
class Label:
    """A label that seeks its place: what it names, how large it is, the direction in which it had better stand."""

    spot: Spot
    width: float
    height: float
    prefer: Spot = (0.0, -1.0)

    def candidates(self) -> Iterator[tuple[Rect, float]]:
        """Places around the spot and what each costs, the near ones first."""
        for radius in _RADII:
            for dx, dy in _DIRECTIONS:
                x = self.spot[0] + radius * dx - self.width * (1 if dx < -0.3 else 0 if dx > 0.3 else 0.5)
                y = self.spot[1] + radius * dy - self.height * (1 if dy < -0.3 else 0 if dy > 0.3 else 0.5)
                turn = 1 - (dx * self.prefer[0] + dy * self.prefer[1])
                yield Rect(x, y, x + self.width, y + self.height), radius + 5 * turn


@dataclass
class Placer:
    """What is already on the sheet: texts, marks (middle and radius), strokes (from, to, what covering it costs)."""

    bounds: Rect
    texts: list[Rect] = field(default_factory=list)
    marks: list[tuple[Spot, float]] = field(default_factory=list)
    strokes: list[tuple[Spot, Spot, float]] = field(default_factory=list)

    def stroke(self, spots: Iterable[Spot], cost: float) -> None:
        self.strokes += [(p, q, cost) for p, q in pairwise(spots)]

    def mark(self, spot: Spot, radius: float) -> None:
        self.marks.append((spot, radius))

    def arrange(self, labels: Sequence[Label], orders: Iterable[Sequence[int]]) -> list[Rect | None]:
        """A place for each label, None where there is no room; of several orders the one that disturbs least."""
        best: list[Rect | None] = [None] * len(labels)
        least = float("inf")
        for order in orders:
            placed, cost = self._one_by_one([(index, labels[index]) for index in order], least)
            if cost < least:
                best, least = [placed.get(index) for index in range(len(labels))], cost
        return best

    def _one_by_one(self, labels: Iterable[tuple[int, Label]], limit: float) -> tuple[dict[int, Rect | None], float]:
        trial = Placer(self.bounds, [*self.texts], self.marks, [*self.strokes])
        placed: dict[int, Rect | None] = {}
        total = 0.0
        for index, label in labels:
            placed[index], cost = trial._place(label)
            total += cost
            if total >= limit:
                break
        return placed, total

    def _place(self, label: Label) -> tuple[Rect | None, float]:
        best, least = None, _NO_ROOM
        for rect, cost in label.candidates():
            if cost < least and rect.inside(self.bounds) and not any(rect.overlaps(text, 2) for text in self.texts):
                cost += self._disturbs(rect, label.spot, least - cost)
                if cost < least:
                    best, least = rect, cost
        if best is not None:
            self.texts.append(best)
            end, away = best.nearest(label.spot)
            if away > LEADER_FROM:
                self.strokes.append((label.spot, end, 200.0))
        return best, least

    def _disturbs(self, rect: Rect, spot: Spot, limit: float) -> float:
        """What the drawing loses by a label there; any number not below ``limit`` where it is too much."""
        end, away = rect.nearest(spot)
        cost = 12.0 if away > LEADER_FROM else 0.0
        for mark, radius in self.marks:
            distance = rect.nearest(mark)[1]
            if distance < radius:
                cost += 120
            if mark != spot and away <= LEADER_FROM and distance <= away + 3:
                cost += 40  # it would be read as the other mark's label
        wide = Rect(rect.x0 - 2, rect.y0 - 2, rect.x1 + 2, rect.y1 + 2)
        for p, q, each in self.strokes:
            if cost >= limit:
                return cost
            if wide.crossed_by(p, q):
                cost += each
        if away > LEADER_FROM:
            cost += sum(each for p, q, each in self.strokes if each >= _WALL and _cross(spot, end, p, q))
            cost += sum(300.0 for text in self.texts if text.crossed_by(spot, end))
            cost += sum(
                60.0 for mark, radius in self.marks if mark != spot and _square(mark, radius).crossed_by(spot, end)
            )
        return cost


def _cross(a: Spot, b: Spot, p: Spot, q: Spot) -> bool:
    """Do two stretches cross?"""

    def side(one: Spot, other: Spot, of: Spot) -> float:
        return (other[0] - one[0]) * (of[1] - one[1]) - (other[1] - one[1]) * (of[0] - one[0])

    return side(a, b, p) * side(a, b, q) < 0 and side(p, q, a) * side(p, q, b) < 0


def _square(middle: Spot, radius: float) -> Rect:
    return Rect(middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
