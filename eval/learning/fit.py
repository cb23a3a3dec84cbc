"""The weights learned from question sets, and what they are worth on questions not learned from."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from eval.learning.examples import Choice, QuestionSet, Reply, Vector, choices, replies
from eval.learning.models import (
    best_threshold,
    confidences,
    first_is_right,
    fit_answers,
    fit_statements,
)
from rag.grounds import GROUNDS
from rag.learned import learned
from rag.signals import SIGNALS

_FOLDS = 5
_FEWEST = 10  # right answers, and others, to learn from
_DIGITS = 3  # significant ones that are kept

One = TypeVar("One", Choice, Reply)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What was learned, as the program keeps it, and how it does on what was left out."""

    learned: dict[str, object]
    report: tuple[str, ...]  # lines for the user


def fit(sets: Sequence[QuestionSet], *, only_judge: bool = False) -> Fitted:
    """The models learned from all sets; with several, each is also left out once.

    `only_judge`: which statement comes first stays as it is.
    """
    statement, told_first = dict(learned().statement), list[str]()
    if not only_judge:
        statement, told_first = _statements(sets)
    replied = [
        one for each in tqdm(sets, "답", file=sys.stderr) for one in replies(each, statement)
    ]
    judge, told = _judge(replied)
    return Fitted(learned={"statement": statement, "judge": judge}, report=(*told_first, *told))


def _statements(sets: Sequence[QuestionSet]) -> tuple[dict[str, float], list[str]]:
    """The weights of the signals, and how often they choose rightly."""
    chosen = [one for each in tqdm(sets, "문장", file=sys.stderr) for one in choices(each)]
    weights = fit_statements(chosen)
    several = len(sets) > 1
    folds = [one.set if several else at % _FOLDS for at, one in enumerate(chosen)]
    right = _left_out(
        chosen, folds, lambda others, left: first_is_right(left, fit_statements(others))
    )
    return _kept(SIGNALS, weights), _of_choices(chosen, weights, right)


def write(fitted: Fitted, path: Path) -> None:
    """Write the numbers as the program reads them."""
    path.write_text(json.dumps(fitted.learned, indent=2) + "\n", encoding="utf-8")


def _judge(replied: Sequence[Reply]) -> tuple[dict[str, object], list[str]]:
    """A model of which answers are right, and what it gives up and refuses where it is not.

    As it is now, where there are too few answers to learn from.
    """
    right = sum(one.right for one in replied)
    if min(right, len(replied) - right) < _FEWEST:
        now = learned().judge
        kept = {"weights": dict(now.weights), "bias": now.bias, "threshold": now.threshold}
        return kept, ["질문이 적어 있던 값을 그대로 둡니다."]

    def score(others: Sequence[Reply], left: Sequence[Reply]) -> Vector:
        return confidences(left, *fit_answers(others))

    weights, bias = fit_answers(replied)
    # Not by set: a set of one kind would shift the confidences of the others.
    sure = _left_out(replied, [at % _FOLDS for at in range(len(replied))], score)
    threshold = best_threshold(replied, sure)
    judge = {"weights": _kept(GROUNDS, weights), "bias": _rounded(bias)}
    return {**judge, "threshold": _rounded(threshold)}, _of_replies(replied, sure, threshold)


def _left_out(
    examples: Sequence[One],
    folds: Sequence[object],
    score: Callable[[Sequence[One], Sequence[One]], npt.NDArray[np.generic]],
) -> Vector:
    """What each example scores when its fold is not learned from."""
    found = np.zeros(len(examples))
    for fold in dict.fromkeys(folds):
        here = np.array([name == fold for name in folds])
        others = [one for one, out in zip(examples, here, strict=True) if not out]
        left = [one for one, out in zip(examples, here, strict=True) if out]
        found[here] = score(others, left)
    return found


def _of_choices(chosen: Sequence[Choice], weights: Vector, right: Vector) -> list[str]:
    """How often the first statement tells the answer, by set."""
    plain = first_is_right(chosen, weights)
    lines = [f"{'묶음':<12}{'문항':>6}{'첫 문장이 맞음':>14}{'남겨 두고 배우면':>14}"]
    for name in (*dict.fromkeys(one.set for one in chosen), ""):
        here = np.array([name in ("", one.set) for one in chosen])
        both = f"{plain[here].mean():>14.3f}{right[here].mean():>14.3f}"
        lines.append(f"{name or '모두':<12}{here.sum():>6}{both}")
    return lines


def _of_replies(replied: Sequence[Reply], sure: Vector, threshold: float) -> list[str]:
    """What the threshold gives up and what it refuses, by set, each reply left out once."""
    right = np.array([one.right for one in replied])
    missing = np.array([not one.answerable for one in replied])
    lines = [f"{'묶음':<12}{'문항':>6}{'맞는데 거절':>12}{'답 없을 때 거절':>14}"]
    for name in (*dict.fromkeys(one.set for one in replied), ""):
        here = np.array([name in ("", one.set) for one in replied])
        lost, kept = sure[here & right] < threshold, sure[here & missing] < threshold
        lines.append(f"{name or '모두':<12}{here.sum():>6}{_mean(lost):>12.3f}{_mean(kept):>14.3f}")
    return lines


def _mean(values: npt.NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else 0.0


def _kept(names: Iterable[str], weights: Vector) -> dict[str, float]:
    return {name: _rounded(weight) for name, weight in zip(names, weights, strict=True)}


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
