"""Which statement of the passages answers: a few readable signals, weighted and added.

The weights are learned (softmax over the statements of each question's passages, L2) and kept in
`learned.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.question import Question
from rag.signals import Candidate, signals_of
from rag.types import Hit, Statement

_CLOSE = 2.0  # score behind the best within which a statement of the right kind may lead


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A statement with how well it answers; scores compare within one question only."""

    statement: Statement
    hit: Hit
    score: float
    signals: Mapping[str, float]
    beside: str = ""  # the words of a cell's row, its label and value apart


def same_row(one: Scored, other: Scored) -> bool:
    """Whether both are cells of one row of a table."""
    return (
        one.statement.kind == other.statement.kind == "cell"
        and one.hit.chunk.report_id == other.hit.chunk.report_id
        and one.statement.head == other.statement.head
        and one.statement.span == other.statement.span
        and one.statement.context[-1:] == other.statement.context[-1:]
    )


def rank(
    question: Question,
    candidates: Sequence[Candidate],
    *,
    rarity: Mapping[str, float],
    weights: Mapping[str, float],
) -> list[Scored]:
    """The candidates, best first; `rarity` is the idf of each of the question's tokens."""
    scored = [
        Scored(
            statement=candidate.statement,
            hit=candidate.hit,
            score=sum(weight * signals[name] for name, weight in weights.items()),
            signals=signals,
            beside=candidate.beside,
        )
        for candidate, signals in zip(
            candidates, signals_of(question, candidates, rarity), strict=True
        )
    ]
    return fitting_first(sorted(scored, key=lambda one: -one.score))


def fitting_first(ranked: list[Scored]) -> list[Scored]:
    """A close statement of the right kind or year leads one that is not."""
    if not ranked or min(ranked[0].signals["fit"], ranked[0].signals["year"]) >= 0:
        return ranked
    best = ranked[0]
    wanted = [name for name in ("fit", "year") if best.signals[name] < 0]
    for one in ranked:
        close = best.score - one.score <= _CLOSE
        if close and all(one.signals[name] > 0 for name in wanted) and one.signals["fit"] >= 0:
            return [one, *(other for other in ranked if other is not one)]
    return ranked


def by_statement(hits: Sequence[Hit], ranked: Sequence[Scored]) -> tuple[Hit, ...]:
    """The hits in the order of their best statements; those that were not read keep the end."""
    read = dict.fromkeys(one.hit.chunk.id for one in ranked)
    place = {chunk_id: at for at, chunk_id in enumerate(read)}
    return tuple(sorted(hits, key=lambda hit: place.get(hit.chunk.id, len(place))))
