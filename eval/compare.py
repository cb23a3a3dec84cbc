"""Two runs over the same questions: what changed, how sure that is, and which questions flipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.cases import Case, is_ok
from eval.intervals import Interval, of_mean
from eval.metrics import METRICS, Scored
from eval.summary import ScoredRun

_FEWEST = 6  # questions; fewer that all change one way could do so by chance (sign test, 5 %)
GUARDED = ("ok", "hit@5", "cited", "section", "grounded", "numbers", "refused", "abstained")
LESS_IS_BETTER = frozenset(metric.name for metric in METRICS if not metric.higher_is_better)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure in both runs over the questions where it applies to both."""

    name: str
    count: int
    before: float
    after: float
    interval: Interval  # of after - before, question by question (paired bootstrap)

    @property
    def change(self) -> float:
        """What the second run has more."""
        return self.after - self.before

    @property
    def is_sure(self) -> bool:
        """Whether the interval leaves out no change; a handful of questions is never sure."""
        told = self.interval.low > 0 or self.interval.high < 0
        return told and self.count >= _FEWEST

    @property
    def is_worse(self) -> bool:
        """Whether the second run is surely worse."""
        return self.is_sure and (self.change < 0) != (self.name in LESS_IS_BETTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Differences of all figures, and the questions that flipped as (before, after)."""

    differences: tuple[Difference, ...]
    won: tuple[tuple[Case, Case], ...]
    lost: tuple[tuple[Case, Case], ...]


def compare(before: ScoredRun, after: ScoredRun) -> Comparison:
    """The second run against the first; both were scored against the same gold."""
    pairs = tuple(zip(before.scored, after.scored, strict=True))
    differences = (difference(metric.name, before.scored, after.scored) for metric in METRICS)
    flips = [
        (one.case, other.case)
        for one, other in pairs
        if is_ok(one.case) is not None and is_ok(one.case) != is_ok(other.case)
    ]
    return Comparison(
        differences=tuple(found for found in differences if found is not None),
        won=tuple(flip for flip in flips if is_ok(flip[1])),
        lost=tuple(flip for flip in flips if is_ok(flip[0])),
    )


def difference(name: str, before: Sequence[Scored], after: Sequence[Scored]) -> Difference | None:
    """One figure over the questions that have it in both runs; None where none has."""
    pairs = [
        (one.values[name], other.values[name])
        for one, other in zip(before, after, strict=True)
        if name in one.values and name in other.values
    ]
    if not pairs:
        return None
    changes = [second - first for first, second in pairs]
    interval = of_mean(changes) if len(changes) > 1 else Interval(-1.0, 1.0)
    return Difference(
        name=name,
        count=len(pairs),
        before=sum(first for first, _ in pairs) / len(pairs),
        after=sum(second for _, second in pairs) / len(pairs),
        interval=interval,
    )
