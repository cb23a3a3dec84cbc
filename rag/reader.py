"""Question and passages -> an answer in the reports' own words, or an honest refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rag.candidates import StatementRanker
from rag.citation import cite_from
from rag.doubt import NEAREST, doubt
from rag.protocols import Embedder
from rag.question import Question, analyse
from rag.ranking import WEIGHTS, Scored, confidence
from rag.selection import Selection, select
from rag.store import Store
from rag.types import Answer, Chunk, Citation, Hit, Statement
from rag.wording import LONG, SHORT, spoken


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
        self._store, self._refuses = store, refuses
        self._ranker = StatementRanker(store, embedder, weights=weights)

    def answer(self, question: str, hits: tuple[Hit, ...]) -> Answer:
        """The answer, or a refusal that says why and cites what comes nearest."""
        asked = analyse(question)
        ranked = self._ranker.rank(asked, hits)
        rarity = self._ranker.rarity(asked)
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
