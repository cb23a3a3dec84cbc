"""How far a figure may be trusted: bootstrap 95 % intervals (Efron 1979, percentiles)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import bootstrap

LEVEL = 0.95
_RESAMPLES = 2_000
_SEED = 20_240_101  # the same figures give the same interval


@dataclass(frozen=True, slots=True)
class Interval:
    """Both ends, in the unit of the figure."""

    low: float
    high: float


def of_mean(values: Sequence[float]) -> Interval:
    """The interval of the mean of the questions' values; `ValueError` where there are none.

    >>> of_mean([1.0, 1.0, 1.0])
    Interval(low=1.0, high=1.0)
    >>> of_mean([0.0, 1.0] * 50)
    Interval(low=0.4, high=0.6)
    """
    if not values:
        raise ValueError("no values")
    if len(values) == 1:  # nothing to draw from
        return Interval(0.0, 1.0)
    drawn = bootstrap(
        (np.asarray(values, dtype=np.float64),),
        np.mean,
        n_resamples=_RESAMPLES,
        batch=max(1, 4_000_000 // len(values)),
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return Interval(float(drawn.low), float(drawn.high))
