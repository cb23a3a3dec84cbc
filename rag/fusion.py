"""Several rankings of the same rows made into one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

Ranking = Sequence[tuple[int, float]]  # (row, score), higher is better, best first


@dataclass(frozen=True, slots=True)
class Arm:
    """One ranking with its weight; rows it does not name count as its last."""

    ranking: Ranking
    weight: float


def fuse(arms: Sequence[Arm]) -> list[tuple[int, float]]:
    """All rows with the weighted sum of their standard scores, best first; ties by row.

    Standard scores rather than ranks: a passage far above the rest should keep its lead.

    >>> fuse([Arm([(7, 3.0), (8, 1.0)], 1.0), Arm([(8, 9.0), (7, 8.0)], 0.5)])
    [(7, 0.5), (8, -0.5)]
    """
    rows = np.array(sorted({row for arm in arms for row, _ in arm.ranking}), dtype=np.int64)
    total = np.zeros(len(rows))
    for arm in arms:
        if not arm.ranking or not arm.weight:
            continue
        scores = np.full(len(rows), min(score for _, score in arm.ranking))
        found = dict(arm.ranking)
        for place, row in enumerate(rows.tolist()):
            scores[place] = found.get(row, scores[place])
        spread = scores.std()
        if spread > 0:
            total += arm.weight * (scores - scores.mean()) / spread
    order = np.lexsort((rows, -total))
    return [(int(rows[place]), float(total[place])) for place in order]


def lifted(
    ranked: Ranking, groups: Sequence[Hashable | None], share: float
) -> list[tuple[int, float]]:
    """The rows, best first, each moved by a share towards the best of its group; None is of none.

    A programme is called by its name in one passage, and often by none where its budget stands.
    Two of a group keep their order (score regularization within clusters, Diaz 2005).

    >>> lifted([(7, 3.0), (8, 2.0), (9, 1.5)], ["버스", "공원", "버스"], 0.5)
    [(7, 3.0), (9, 2.25), (8, 2.0)]
    """
    best: dict[Hashable, float] = {}
    for group, (_, score) in zip(groups, ranked, strict=True):
        if group is not None:
            best.setdefault(group, score)
    moved = [
        (row, score + share * (best.get(group, score) - score))
        for group, (row, score) in zip(groups, ranked, strict=True)
    ]
    return sorted(moved, key=lambda one: -one[1])
