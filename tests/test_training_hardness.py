"""A further stage learns from what the model that it begins with does not tell yet."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from training.groups import Read
from training.hardness import hard, loss_of


@dataclass(frozen=True)
class Told:
    """Log-odds by statement."""

    odds: Mapping[str, float]

    def score(self, question: str, text: str) -> float:
        return self.odds[text]


def _read(*right: bool) -> Read:
    texts = tuple("가나다라마바"[: len(right)])
    return Read(question="얼마인가요?", answerable=any(right), texts=texts, right=right, year=None)


@pytest.mark.parametrize(
    ("right", "odds", "loss"),
    [
        ((True, False, False), {"가": 0.0, "나": -20.0}, 0.69),
        ((False, True, False), {"가": 3.0, "나": 3.0}, 0.72),
        ((False, False, False), {"가": 3.0}, 3.05),
    ],
)
def test_the_loss_is_that_of_the_answer_the_nearest_other_and_none(
    right: tuple[bool, ...], odds: dict[str, float], loss: float
) -> None:
    assert loss_of(_read(*right), Told(odds)) == pytest.approx(loss, abs=0.01)


def test_hard_ones_are_learned_some_of_the_easy_and_none_that_are_rather_mistaken() -> None:
    chance = random.Random(5)
    unsure, sure, mistaken = ({"가": odds, "나": -9.0} for odds in (-1.0, 9.0, -9.0))
    some = [_read(True, False)] * 300
    assert hard(some, Told(unsure), chance) == some
    assert 60 < len(hard(some, Told(sure), chance)) < 120
    assert not hard(some, Told(mistaken), chance)
    assert not hard([_read(False, False)], Told({"가": 6.5}), chance)
