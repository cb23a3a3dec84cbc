"""What was learned from questions with known answers; `python -m eval fit` writes the numbers."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

LEARNED = Path(__file__).with_name("learned.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """A logistic regression that tells how likely an answer is right, and when that is enough."""

    weights: Mapping[str, float]  # of an answer's grounds: `rag/grounds.py`
    bias: float
    threshold: float  # the confidence from which an answer is given

    def confidence(self, grounds: Mapping[str, float]) -> float:
        """How likely an answer with these grounds is right, in [0, 1]."""
        told = sum(weight * grounds[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-self.bias - told))


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """All that was learned."""

    statement: Mapping[str, float]  # weights of a statement's signals: `rag/signals.py`
    judge: Judge


@cache
def learned() -> Learned:
    """The numbers that ship with the program."""
    told = json.loads(LEARNED.read_text(encoding="utf-8"))
    judge = told["judge"]
    return Learned(
        statement=MappingProxyType(told["statement"]),
        judge=Judge(
            weights=MappingProxyType(judge["weights"]),
            bias=judge["bias"],
            threshold=judge["threshold"],
        ),
    )
