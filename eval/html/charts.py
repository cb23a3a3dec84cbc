"""The plots of the page as lengths in per cent of their axes, which report.html.j2 draws.

Per cent, so that a plot fills its column while its text keeps the size of the page.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scipy.stats import binom

from eval.cases import Case
from eval.curves import risk_coverage
from eval.intervals import LEVEL, Interval
from eval.stages import Stage, lost_at
from eval.summary import Figures

_MOST_POINTS = 200  # of a curve; more cannot be told apart
_BARS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A figure over `count` questions and its 95 % interval, all from 0 to 1."""

    count: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Risk against coverage; `path` runs in a box of 100 by 100, its top at a risk of `top`."""

    path: str
    top: float
    end: tuple[float, float]  # coverage and risk where all answers are given
    half: tuple[float, float]  # where the surer half of them is


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """Response times: the height of each bar from 0 to 1; the last one holds all longer times."""

    bars: tuple[tuple[float, int], ...]  # height, questions
    width: float  # of a bar, in milliseconds
    ticks: tuple[float, ...]
    median: float
    slow: float  # 95 % took no longer
    range: Interval  # of the median

    @property
    def end(self) -> float:
        """Where the axis ends, in milliseconds."""
        return self.width * len(self.bars)


def rated(figures: Figures, name: str) -> Rated | None:
    """One figure; None where it applies to no question."""
    values = figures.values.get(name)
    if not values:
        return None
    interval = figures.interval(name)
    return Rated(count=len(values), mean=figures.means[name], low=interval.low, high=interval.high)


def lost(cases: Sequence[Case]) -> tuple[tuple[str, int], ...]:
    """How many questions were lost at each step, in their order; those that lost none left out."""
    counts = Counter(lost_at(case) for case in cases)
    return tuple((stage.value, counts[stage]) for stage in Stage if counts[stage])


def curve(cases: Sequence[Case]) -> Curve | None:
    """None where the run tells no confidence."""
    points = [(point.coverage, point.risk) for point in risk_coverage(cases)]
    if not points:
        return None
    end = points[-1]
    # The first few answers swing between 0 and 1 and would press all others to the floor.
    settled = [risk for coverage, risk in points if coverage >= end[0] / 20]
    top = min(1.0, math.ceil(max(*settled, 0.1) * 5) / 5)
    kept = [*points[:: math.ceil(len(points) / _MOST_POINTS)], end]
    path = " ".join(f"{100 * x:.2f},{100 - 100 * min(y / top, 1):.2f}" for x, y in kept)
    half = min(points, key=lambda point: abs(point[0] - end[0] / 2))
    return Curve(path=f"M{path}", top=top, end=end, half=half)


def histogram(cases: Sequence[Case], latency: Mapping[str, float]) -> Histogram | None:
    """None where no time was taken."""
    times = sorted(1000 * case.result.seconds for case in cases if case.result.seconds is not None)
    if not times:
        return None
    # One slow start must not press all others into one bar.
    end = min(latency["p99_ms"], 2 * latency["p95_ms"])
    width = _nice(max(end, 0.1) / _BARS)
    counts = Counter(min(int(time / width), _BARS - 1) for time in times)
    most = max(counts.values())
    return Histogram(
        bars=tuple((counts[place] / most, counts[place]) for place in range(_BARS)),
        width=width,
        ticks=tuple(width * place for place in range(0, _BARS + 1, 5)),
        median=latency["p50_ms"],
        slow=latency["p95_ms"],
        range=_median_range(times),
    )


def _median_range(ordered: Sequence[float]) -> Interval:
    """The interval of the median by order statistics, for any distribution (David 1981)."""
    low = int(binom.ppf((1 - LEVEL) / 2, len(ordered), 0.5))
    return Interval(ordered[max(low - 1, 0)], ordered[-max(low, 1)])


def _nice(value: float) -> float:
    """The next of 1, 2, 3, 4, 5, 6, 8 and 10 times a power of ten: five bars end at a round tick.

    >>> _nice(0.7), _nice(2.2), _nice(31)
    (0.8, 3.0, 40.0)
    """
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * power >= value)
