"""What a run's confidence is worth: risk against coverage, and right answers against confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from eval.cases import Case, is_ok

_BINS = 10


@dataclass(frozen=True, slots=True)
class Covered:
    """Answering only the surest questions: their share of all, and the share of wrong ones."""

    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence: its mean, the share that is right, and how many."""

    confidence: float
    right: float
    count: int


def risk_coverage(cases: Sequence[Case]) -> tuple[Covered, ...]:
    """From the surest answer to all that were given; refusals are never covered.

    As El-Yaniv and Wiener (2010) draw it. Answers of equal confidence come in together. Empty where
    the run tells no confidence.
    """
    answers = sorted(_answers(cases), reverse=True)
    judged = sum(is_ok(case) is not None for case in cases)
    curve, wrong = [], 0
    for place, (confidence, right) in enumerate(answers, start=1):
        wrong += not right
        if place == len(answers) or answers[place][0] != confidence:
            curve.append(Covered(place / judged, wrong / place))
    return tuple(curve)


def area_under_risk(cases: Sequence[Case]) -> float | None:
    """The mean risk over the coverages that were reached, in [0, 1]; lower is better.

    It is the risk of all answers where confidence tells nothing, and 0 only where none is wrong.
    """
    curve = risk_coverage(cases)
    if not curve:
        return None
    steps = zip((0.0, *(point.coverage for point in curve)), curve, strict=False)
    return sum((point.coverage - before) * point.risk for before, point in steps) / (
        curve[-1].coverage
    )


def reliability(cases: Sequence[Case]) -> tuple[Bin, ...]:
    """The answers in ten bins of confidence, empty ones left out (Guo et al. 2017)."""
    answers = _answers(cases)
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, right in answers:
        bins[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
    return tuple(
        Bin(fmean(c for c, _ in held), fmean(r for _, r in held), len(held))
        for held in bins
        if held
    )


def calibration_error(cases: Sequence[Case]) -> float | None:
    """Mean distance of confidence and share of right answers over the bins, by their size."""
    bins = reliability(cases)
    total = sum(one.count for one in bins)
    return (
        sum(one.count * abs(one.confidence - one.right) for one in bins) / total if bins else None
    )


def _answers(cases: Sequence[Case]) -> list[tuple[float, bool]]:
    """Confidence of every judged answer that was given, and whether it is ok."""
    return [
        (case.result.confidence, bool(is_ok(case)))
        for case in cases
        if case.result.confidence is not None
        and not case.result.abstained
        and is_ok(case) is not None
    ]
