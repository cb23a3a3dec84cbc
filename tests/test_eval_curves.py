"""What confidence is worth, by hand."""

from __future__ import annotations

import pytest

from eval.cases import Case
from eval.curves import Bin, Covered, area_under_risk, calibration_error, reliability, risk_coverage
from eval.results import Result
from tests.scored import bare_gold


def cases(*told: tuple[float | None, bool | None]) -> list[Case]:
    """Of (confidence, right); None for right is a refusal."""
    results = (
        Result(answer="7명" if right else "8명", abstained=right is None, confidence=confidence)
        for confidence, right in told
    )
    return [Case(gold=bare_gold(), result=result, sources={}) for result in results]


FOUR = cases((0.9, True), (0.8, True), (0.6, False), (0.2, True), (0.1, None))


def test_risk_is_the_share_of_wrong_answers_among_the_surest() -> None:
    assert risk_coverage(FOUR) == (
        Covered(1 / 5, 0),
        Covered(2 / 5, 0),
        Covered(3 / 5, 1 / 3),
        Covered(4 / 5, 1 / 4),
    )
    assert area_under_risk(FOUR) == pytest.approx((0 + 0 + 1 / 3 + 1 / 4) / 4)


def test_answers_of_one_confidence_come_in_together() -> None:
    told = cases((0.5, True), (0.5, False), (0.5, True), (0.5, False))
    assert risk_coverage(told) == (Covered(1, 1 / 2),)
    assert area_under_risk(told) == 1 / 2


def test_reliability_puts_confidence_beside_the_share_that_is_right() -> None:
    low, high = reliability(cases((0.91, True), (0.99, False), (1.0, True), (0.25, True)))
    assert low == Bin(0.25, 1.0, 1)
    assert (high.confidence, high.right) == pytest.approx(((0.91 + 0.99 + 1) / 3, 2 / 3))
    assert high.count == 3


def test_the_error_of_confidence_is_its_mean_distance_from_what_is_right() -> None:
    # Each in a bin of its own.
    told = cases((0.8, True), (0.9, False), (0.3, False))
    bins = (abs(0.8 - 1), abs(0.9 - 0), abs(0.3 - 0))
    assert calibration_error(told) == pytest.approx(sum(bins) / 3)


def test_a_run_that_tells_no_confidence_has_no_curve() -> None:
    told = cases((None, True), (None, False))
    assert (risk_coverage(told), area_under_risk(told), calibration_error(told)) == ((), None, None)
