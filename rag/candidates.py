"""The statements of the found passages, each with what ranking needs to know of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from rag.grounds import grounds
from rag.learned import learned
from rag.protocols import Embedder, FloatVector, Reranker
from rag.question import Question
from rag.ranking import Scored, fitting_first, rank
from rag.reranking import readable, reranked
from rag.signals import Candidate
from rag.store import Store
from rag.stored import StoredStatement
from rag.types import Hit, Statement

READ = 8  # passages whose statements are weighed
_WORDS = re.compile(r"(?![\d'’△+-])(?=.*[가-힣]{2})")  # no figure
_BESIDE = 60  # characters of a row's words
_COVER = 10  # lines of a report that name whose it is
_BACKGROUND = 512  # statements from all over the index that tell what closeness is worth


class StatementRanker:
    """Ranks the statements of the best passages by how well they answer a question."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        *,
        weights: Mapping[str, float] | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self._store, self._embedder, self._reranker = store, embedder, reranker
        self._weights = learned().statement if weights is None else weights
        self._background = store.statement_vectors.sample(_BACKGROUND)

    def rank(self, asked: Question, hits: Sequence[Hit], *, read: int = READ) -> list[Scored]:
        """The statements of the first passages, best first."""
        candidates = self.read(asked, hits[:read])
        ranked = rank(asked, candidates, rarity=self.rarity(asked), weights=self._weights)
        if not self._reranker:
            return ranked
        return fitting_first(reranked(asked, ranked, self._reranker))

    def rarity(self, asked: Question) -> dict[str, float]:
        """The idf of each of the question's tokens."""
        return {token: self._store.lexical.rarity(token) for token in asked.tokens}

    def cover(self, ranked: Sequence[Scored]) -> str:
        """The first lines of the report of the best statement: they name whose it is."""
        reports = [one.hit.chunk.report_id for one in ranked[:1]]
        return " ".join(line for report in reports for line in self._store.lines(report, 1, _COVER))

    def grounds(self, asked: Question, ranked: Sequence[Scored]) -> dict[str, float]:
        """What an answer that begins with the first of the statements rests on."""
        read = self._reranker.score(asked.text, readable(ranked[0])) if self._reranker else 0.0
        return grounds(asked, ranked[0], rarity=self.rarity(asked), read=read)

    def read(self, asked: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """The statements of the passages, as they stand."""
        by_id = {hit.chunk.id: hit for hit in hits}
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
                beside=words,
            )
            for stored, nearness, words in zip(found, near, _beside(found), strict=True)
        ]

    def _nearness(self, rows: Sequence[int], question: str) -> FloatVector:
        """Cosines as standard scores among all statements: models differ in what .85 means."""
        vector = self._embedder.embed_query(question)
        # Not `@`: the threads of a BLAS wait spinning, in the way of those that run the model.
        usual = np.vecdot(self._background, vector)
        found = np.vecdot(self._store.statement_vectors.vectors(rows), vector)
        return np.asarray((found - usual.mean()) / max(float(usual.std()), 1e-6), dtype=np.float32)


def _beside(found: Sequence[StoredStatement]) -> list[str]:
    """For each statement the words of its row, figures and its own apart; empty for no cell."""
    rows = [_row(one.statement) if one.statement.kind == "cell" else None for one in found]
    words: dict[object, list[str]] = {}
    for row, one in zip(rows, found, strict=True):
        if row and _WORDS.match(one.statement.text):
            words.setdefault(row, []).append(one.statement.text)
    return [
        ", ".join(text for text in words.get(row, ()) if text != one.statement.text)[:_BESIDE]
        for row, one in zip(rows, found, strict=True)
    ]


def _row(cell: Statement) -> object:
    return cell.chunk_id, cell.head, cell.span.last_line, cell.context[-1:]
