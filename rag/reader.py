"""Question and passages -> an answer in the reports' own words, or an honest refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from rag.citation import cite_from
from rag.doubt import NEAREST, doubt
from rag.protocols import Embedder, FloatVector
from rag.question import Question, analyse
from rag.ranking import WEIGHTS, Candidate, Scored, confidence, rank
from rag.selection import Selection, select
from rag.store import Store
from rag.types import Answer, Chunk, Citation, Hit, Statement
from rag.wording import LONG, SHORT, spoken

_READ = 8  # passages whose statements are weighed
_BACKGROUND = 512  # statements from all over the index that tell what closeness is worth


class ExtractiveAnswerer:
    """Chooses the statements that answer, says them in one or two sentences, and cites each."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        *,
        weights: Mapping[str, float] = WEIGHTS,
        refuses: bool = True,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._weights, self._refuses = weights, refuses
        self._background = store.statement_vectors.sample(_BACKGROUND)

    def answer(self, question: str, hits: tuple[Hit, ...]) -> Answer:
        """The answer, or a refusal that says why and cites what comes nearest."""
        asked = analyse(question)
        rarity = {token: self._store.lexical.rarity(token) for token in asked.tokens}
        ranked = self._ranked(asked, hits[:_READ], rarity)
        hits = _by_statement(hits, ranked)
        reason = doubt(asked, ranked, rarity) if self._refuses or not ranked else None
        if reason:
            return self._refusal(asked, reason, ranked, hits)
        limit = LONG if asked.kind == "list" or asked.compares else SHORT
        text, citations = self._said(select(asked, ranked), limit)
        if not citations:
            return self._refusal(asked, NEAREST, ranked, hits)
        return Answer(
            question=question,
            text=text,
            citations=citations,
            hits=hits,
            abstained=False,
            confidence=confidence(ranked[0]),
        )

    def stream(self, question: str, hits: tuple[Hit, ...]) -> Iterator[Answer]:
        """The whole answer at once: there is nothing to wait for."""
        yield self.answer(question, hits)

    def _ranked(
        self, asked: Question, hits: Sequence[Hit], rarity: Mapping[str, float]
    ) -> list[Scored]:
        by_id = {hit.chunk.id: hit for hit in hits}
        found = self._store.statements(self._store.rows(list(by_id)))
        if not found:
            return []
        near = self._nearness([stored.row for stored in found], asked.text)
        candidates = [
            Candidate(
                statement=stored.statement,
                hit=by_id[stored.statement.chunk_id],
                tokens=frozenset(stored.tokens),
                near=float(nearness),
            )
            for stored, nearness in zip(found, near, strict=True)
        ]
        return rank(asked, candidates, rarity=rarity, weights=self._weights)

    def _nearness(self, rows: Sequence[int], question: str) -> FloatVector:
        """Cosines as standard scores among all statements: models differ in what .85 means."""
        vector = self._embedder.embed_query(question)
        usual = self._background @ vector
        found = self._store.statement_vectors.vectors(rows) @ vector
        return np.asarray((found - usual.mean()) / max(float(usual.std()), 1e-6), dtype=np.float32)

    def _said(self, selection: Selection, limit: int) -> tuple[str, tuple[Citation, ...]]:
        """As much of the selection as can be cited and said within the limit."""
        said, citations, text = list[tuple[Statement, Chunk]](), list[Citation](), ""
        for one in selection.items:
            citation = self._cite(one, len(citations) + 1)
            if citation is None:
                continue
            pair = (one.statement, one.hit.chunk)
            longer = spoken([*said, pair], listed=selection.listed, limit=limit)
            if citations and (len(longer) > limit or "…" in longer.replace(text, "")):
                break
            said.append(pair)
            citations.append(citation)
            text = longer
        return text, tuple(citations)

    def _refusal(
        self, asked: Question, reason: str, ranked: Sequence[Scored], hits: tuple[Hit, ...]
    ) -> Answer:
        """Why there is no answer, and the nearest statement where one was weighed."""
        nearest = (
            self._cite(ranked[0], 1) if ranked and not (asked.opinion or asked.order) else None
        )
        return Answer(
            question=asked.text,
            text=f"{reason} 가장 가까운 대목을 아래에 보입니다. [1]" if nearest else reason,
            citations=(nearest,) if nearest else (),
            hits=hits,
            abstained=True,
            reason=reason,
        )

    def _cite(self, one: Scored, number: int) -> Citation | None:
        return cite_from(self._store, number, one.hit.chunk, one.statement)


def _by_statement(hits: Sequence[Hit], ranked: Sequence[Scored]) -> tuple[Hit, ...]:
    """The hits in the order of their best statements; those that were not read keep the end."""
    read = dict.fromkeys(one.hit.chunk.id for one in ranked)
    place = {chunk_id: at for at, chunk_id in enumerate(read)}
    return tuple(sorted(hits, key=lambda hit: place.get(hit.chunk.id, len(place))))
