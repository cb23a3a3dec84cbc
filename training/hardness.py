"""Questions that a trained model does not tell well yet: a stage more learns mostly from these."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from rag.cross_encoder import LAYERS, CrossEncoder
from rag.models import bundled_cross_encoder
from rag.protocols import Reranker
from training.groups import Read

_KNOWN = 0.12  # loss from which a question is hard
_DOUBTFUL = {True: 8.0, False: 6.0}  # and from which rather the question is wrong, by answerable
_EASY = 0.3  # share of the others that is learned too, lest they be forgotten


def hard(found: Iterable[Read], begun: Reranker, chance: random.Random) -> list[Read]:
    """Those that are hard for the model that it begins with, and some of the others by chance."""
    chosen = list[Read]()
    for one in found:
        loss = loss_of(one, begun)
        if loss > _DOUBTFUL[one.answerable]:
            continue
        if loss > _KNOWN or chance.random() < _EASY:
            chosen.append(one)
    return chosen


def begun(data: Path, taught: Path, *, progress: Callable[[str], None]) -> CrossEncoder:
    """The trained model that it begins with, as the product runs it."""
    folder = bundled_cross_encoder(data, progress=progress, layers=LAYERS, delta=taught)
    return CrossEncoder(folder, threads=len(os.sched_getaffinity(0)), learned=taught)


def loss_of(one: Read, begun: Reranker) -> float:
    """The softmax loss over the statement that answers, the first that does not, and none."""
    first = {right: one.texts[one.right.index(right)] for right in one.right}
    odds = {right: begun.score(one.question, text) for right, text in first.items()}
    return float(np.logaddexp.reduce([0.0, *odds.values()])) - odds.get(True, 0.0)
