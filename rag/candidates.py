"""The statements of the found passages, each with what ranking needs to know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from rag.protocols import Embedder, FloatVector
from rag.question import Question
from rag.ranking import WEIGHTS, Candidate, Scored, rank
from rag.store import Store
from rag.types import Hit

_READ = 8  # passages whose statements are weighed
_BACKGROUND = 512  # statements from all over the index that tell what closeness is worth


class StatementRanker:
    """Ranks the statements of the best passages by how well they answer a question."""

    def __init__(
        self, store: Store, embedder: Embedder, *, weights: Mapping[str, float] = WEIGHTS
    ) -> None:
        self._store, self._embedder, self._weights = store, embedder, weights
        self._background = store.statement_vectors.sample(_BACKGROUND)

    def rank(self, asked: Question, hits: Sequence[Hit]) -> list[Scored]:
        """The statements of the first passages, best first."""
        candidates = self.candidates(asked, hits)
        return rank(asked, candidates, rarity=self.rarity(asked), weights=self._weights)

    def rarity(self, asked: Question) -> dict[str, float]:
        """The idf of each of the question's tokens."""
        return {token: self._store.lexical.rarity(token) for token in asked.tokens}

    def candidates(self, asked: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """The statements of the first passages, as they stand."""
        by_id = {hit.chunk.id: hit for hit in hits[:_READ]}
        found = self._store.statements(self._store.rows(list(by_id)))
        if not found:
            return []
        near = self._nearness([stored.row for stored in found], asked.text)
        return [
            Candidate(
                statement=stored.statement,
                hit=by_id[stored.statement.chunk_id],
                tokens=frozenset(stored.tokens),
                near=float(nearness),
            )
            for stored, nearness in zip(found, near, strict=True)
        ]

    def _nearness(self, rows: Sequence[int], question: str) -> FloatVector:
        """Cosines as standard scores among all statements: models differ in what .85 means."""
        vector = self._embedder.embed_query(question)
        usual = self._background @ vector
        found = self._store.statement_vectors.vectors(rows) @ vector
        return np.asarray((found - usual.mean()) / max(float(usual.std()), 1e-6), dtype=np.float32)
