"""Two small models: a softmax over statements, a logistic regression over answers; both L2."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from eval.learning.examples import Choice, Reply, Vector

_RIDGE = 3e-3  # of the weights of standardised signals, for each question
_RIDGE_OF_ANSWERS = 1e-2
_NEVER = 1e9  # below every score
_GIVEN_UP = 0.03  # share of the right answers that are refused


def fit_statements(examples: Sequence[Choice]) -> Vector:
    """The weight of each signal with which the right statements score highest."""
    signals = np.vstack([one.signals for one in examples])
    right = np.concatenate([one.right for one in examples])
    spread = _spread(signals)
    features, sizes = signals / spread, [len(one.right) for one in examples]
    first = np.cumsum([0, *sizes[:-1]])

    def shares(scores: Vector) -> tuple[Vector, Vector]:
        """Of each example the logarithm of its sum of exponents; of each row its share in it."""
        top = np.repeat(np.maximum.reduceat(scores, first), sizes)
        powers = np.exp(scores - top)
        sums = np.add.reduceat(powers, first)
        return np.log(sums) + top[first], powers / np.repeat(sums, sizes)

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = features @ weights
        total, share = shares(scores)
        told, share_told = shares(np.where(right, scores, -_NEVER))
        held = float(weights @ weights)
        slope = features.T @ (share - share_told) / len(examples)
        return float(np.mean(total - told)) + _RIDGE * held, slope + 2 * _RIDGE * weights

    return np.asarray(_least(loss, len(spread)) / spread)


def fit_answers(examples: Sequence[Reply]) -> tuple[Vector, float]:
    """The weights of the grounds, and the bias, that tell how likely an answer is right."""
    grounds = np.stack([one.grounds for one in examples])
    spread, middle = _spread(grounds), grounds.mean(axis=0)
    features = np.column_stack(((grounds - middle) / spread, np.ones(len(examples))))
    right = np.array([one.right for one in examples], dtype=float)

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = features @ weights
        held = np.append(weights[:-1], 0.0)  # the bias is free
        total = np.mean(np.logaddexp(0, scores) - right * scores)
        slope = features.T @ (expit(scores) - right) / len(right)
        return float(total + _RIDGE_OF_ANSWERS * held @ held), slope + 2 * _RIDGE_OF_ANSWERS * held

    found = _least(loss, features.shape[1])
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ middle)


def first_is_right(examples: Iterable[Choice], weights: Vector) -> npt.NDArray[np.bool_]:
    """For each question whether the statement with the highest score tells the answer."""
    return np.array([one.right[np.argmax(one.signals @ weights)] for one in examples])


def confidences(examples: Sequence[Reply], weights: Vector, bias: float) -> Vector:
    """For each answer how sure the model is of it, in [0, 1]."""
    grounds = np.stack([one.grounds for one in examples])
    return np.asarray(expit(grounds @ weights + bias))


def best_threshold(examples: Sequence[Reply], sure: Vector) -> float:
    """The confidence from which to answer: all but few of the right answers have it."""
    return float(np.quantile(sure[[one.right for one in examples]], _GIVEN_UP))


def _spread(features: Vector) -> Vector:
    spread = features.std(axis=0)
    return np.where(spread < 1e-6, 1.0, spread)


def _least(loss: object, size: int) -> Vector:
    return np.asarray(minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B").x)
