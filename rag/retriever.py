"""Hybrid retrieval: vectors of chunks and of statements, morphemes, character bigrams.

The dense arms lead when the question's words are not those of the reports: a question in everyday
words shares hardly one with an official text. Coverage tells which: the share of the question's
idf mass that its best passage holds has a median of .15 for such questions and .36 to .62 for the
others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rag.coverage import coverage
from rag.fusion import Arm, Ranking, fuse, lifted
from rag.korean import bigrams, tokenize
from rag.programmes import Programmes
from rag.protocols import Embedder
from rag.store import Store
from rag.types import Hit

_DEPTH = 100  # rows an arm brings
_NO_WORDS, _ENOUGH_WORDS = 0.1, 0.5  # coverage from which lexical arms count, and count in full
_LIFT = 0.3  # how far towards the best passage of its programme; .2 to .4 did the same
_COVERED_IN = 5  # best lexical passages in which the question's words are looked for

Fusion = Callable[[Sequence[Arm]], list[tuple[int, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmWeights:
    """How much each arm counts; one of weight 0 is not there at all."""

    chunks: float = 0.8
    statements: float = 0.5
    tokens: float = 0.45
    grams: float = 0.45
    by_coverage: bool = True  # the last two by how much of the question a passage holds


USUAL = ArmWeights()


class HybridRetriever:
    """The retriever over an index on disk. Holds no state of a question."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        *,
        weights: ArmWeights = USUAL,
        fuse: Fusion = fuse,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._arm_weights, self._fuse = weights, fuse
        self._programmes = Programmes(store)

    def search(self, question: str, *, k: int, reports: Sequence[str] = ()) -> tuple[Hit, ...]:
        """At most `k` hits, best first; only in `reports` (ids) when any are given."""
        fused = self._fuse(tuple(self._arms(question, reports)))
        places = self._store.places([row for row, _ in fused])
        ranked = lifted(fused, [self._programmes.of(*place) for place in places], _LIFT)[:k]
        chunks = self._store.chunks([row for row, _ in ranked])
        return tuple(
            Hit(chunk=chunk, score=score, source="hybrid")
            for chunk, (_, score) in zip(chunks, ranked, strict=True)
        )

    def _arms(self, question: str, reports: Sequence[str]) -> Iterator[Arm]:
        weights = self._arm_weights
        if weights.chunks or weights.statements:
            yield from self._dense_arms(question, reports)
        if weights.tokens or weights.grams:
            yield from self._lexical_arms(question, reports)

    def _dense_arms(self, question: str, reports: Sequence[str]) -> Iterator[Arm]:
        weights = self._arm_weights
        vector = self._embedder.embed_query(question)
        rows = self._store.rows_of(reports) if reports else None
        if weights.chunks:
            chunks = self._store.chunk_vectors.search(vector, k=_DEPTH, rows=rows)
            yield Arm(chunks, weights.chunks)
        if weights.statements:
            inside = None if rows is None else self._store.statement_rows(rows.tolist())
            nearest = self._store.statement_vectors.search(vector, k=_DEPTH, rows=inside)
            yield Arm(self._best_by_chunk(nearest), weights.statements)

    def _lexical_arms(self, question: str, reports: Sequence[str]) -> Iterator[Arm]:
        weights, lexical = self._arm_weights, self._store.lexical
        tokens = _counted(tokenize(question))
        words = lexical.search("tokens", tokens, k=_DEPTH, reports=reports)
        trust = self._trust(tokens, words) if weights.by_coverage else 1.0
        if weights.tokens:
            yield Arm(words, trust * weights.tokens)
        if weights.grams:
            grams = lexical.search("grams", _counted(bigrams(question)), k=_DEPTH, reports=reports)
            yield Arm(grams, trust * weights.grams)

    def _best_by_chunk(self, statements: Ranking) -> Ranking:
        """A chunk is as near as its nearest statement."""
        best: dict[int, float] = {}
        chunk_rows = self._store.chunk_rows([row for row, _ in statements])
        for chunk_row, (_, score) in zip(chunk_rows, statements, strict=True):
            best.setdefault(chunk_row, score)
        return list(best.items())

    def _trust(self, tokens: Mapping[str, float], ranking: Ranking) -> float:
        """How far the lexical arms count, 0 to 1: by how much of the question one passage holds."""
        rarity = {token: self._store.lexical.rarity(token) for token in tokens}
        best = self._store.chunks([row for row, _ in ranking[:_COVERED_IN]])
        share = coverage(rarity, (chunk.search_text for chunk in best))
        return float(np.clip((share - _NO_WORDS) / (_ENOUGH_WORDS - _NO_WORDS), 0, 1))


def _counted(terms: Sequence[str]) -> dict[str, float]:
    return {term: float(count) for term, count in Counter(terms).items()}
