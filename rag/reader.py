"""Question and passages -> an answer in the reports' own words, or an honest refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rag.amounts import counting
from rag.candidates import StatementRanker
from rag.citation import cite_from
from rag.composing.asking import Part
from rag.composing.compose import compose
from rag.composing.halves import of_year
from rag.composing.shares import part_told
from rag.composing.table_facts import table_facts
from rag.composing.within import Composed
from rag.doubt import NEAREST, barred, doubt, not_less
from rag.grounds import is_strange
from rag.learned import learned
from rag.lists.widening import row_names, widened
from rag.protocols import Embedder, Reranker, Retriever
from rag.question import Question, analyse
from rag.ranking import Scored, by_statement
from rag.retriever import HybridRetriever
from rag.selection import Selection, select, select_list
from rag.store import Store
from rag.types import Answer, Chunk, Citation, Hit, Statement
from rag.whole_table import whole_table
from rag.wording import LONG, SHORT, spoken

_Said = tuple[str, tuple[Citation, ...]]
_NEAREST = "가장 가까운 대목은 다음과 같습니다. "
_STRANGE = "같은 말은 보고서에 없어, 뜻이 가까운 대목으로 답합니다. "


class ExtractiveAnswerer:
    """Chooses the statements that answer, says them in one or two sentences, and cites each."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        *,
        weights: Mapping[str, float] | None = None,
        refuses: bool = True,
        retriever: Retriever | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self._store, self._refuses = store, refuses
        self._retriever = retriever or HybridRetriever(store, embedder)
        self._ranker = StatementRanker(store, embedder, weights=weights, reranker=reranker)

    def answer(self, question: str, hits: tuple[Hit, ...]) -> Answer:
        """The answer, or a refusal that says why and cites what comes nearest."""
        asked = analyse(question)
        ranked = self._ranker.rank(asked, hits)
        hits = by_statement(hits, ranked)
        reason = self._doubt(asked, ranked) if self._refuses or not ranked else None
        cover = self._ranker.cover(ranked)
        if not barred(asked, ranked, self._store.lexical.rarity, cover=cover):
            # Several cells, where it is clear which, are surer than the best statement.
            facts = table_facts(asked, ranked, lambda one: whole_table(self._store, one))
            told = self._cited(facts, asked, ranked, hits)
            if told := told or self._composed(asked, ranked, hits, sure=not reason):
                return told
        if reason:
            return self._refusal(asked, reason, ranked, hits)
        if told := self._cited(part_told(asked, ranked), asked, ranked, hits):
            return told
        if reason := not_less(asked, ranked[0]):
            return self._refusal(asked, reason, ranked, hits)
        limit = LONG if asked.kind == "list" or asked.compares else SHORT
        warning = _STRANGE if is_strange(ranked) else ""
        selection = self._selected(asked, ranked)
        text, citations = self._said(selection, limit - len(warning), counter=asked.counted)
        if not citations:
            return self._refusal(asked, NEAREST, ranked, hits)
        return self._answer(asked, ranked, hits, warning + text, citations)

    def stream(self, question: str, hits: tuple[Hit, ...]) -> Iterator[Answer]:
        """The whole answer at once: there is nothing to wait for."""
        yield self.answer(question, hits)

    def _composed(
        self, asked: Question, ranked: Sequence[Scored], hits: tuple[Hit, ...], *, sure: bool
    ) -> Answer | None:
        """The answer to a question about two things, where each is found and can be cited."""

        def ranked_for(part: Part) -> Sequence[Scored]:
            reports = of_year(hits, part.report)
            if not reports:
                return ()
            half = analyse(part.question)
            found = self._retriever.search(part.question, k=len(hits), reports=reports)
            scored = self._ranker.rank(half, found)
            # Where the whole may be answered, a half need not be as sure by itself.
            return () if self._doubt(half, scored, sure=sure) else scored

        return self._cited(compose(asked, ranked if sure else (), ranked_for), asked, ranked, hits)

    def _cited(
        self,
        composed: Composed | None,
        asked: Question,
        ranked: Sequence[Scored],
        hits: tuple[Hit, ...],
    ) -> Answer | None:
        """The answer, where each of its statements can be cited."""
        items = composed.items if composed else ()
        cited = (self._cite(one, number) for number, one in enumerate(items, start=1))
        citations = tuple(citation for citation in cited if citation)
        if not composed or len(citations) != len(items):
            return None
        return self._answer(asked, ranked, hits, composed.text, citations)

    def _answer(
        self,
        asked: Question,
        ranked: Sequence[Scored],
        hits: tuple[Hit, ...],
        text: str,
        citations: tuple[Citation, ...],
    ) -> Answer:
        return Answer(
            question=asked.text,
            text=text,
            citations=citations,
            hits=hits,
            abstained=False,
            confidence=self._confidence(asked, ranked),
        )

    def _doubt(
        self, asked: Question, ranked: Sequence[Scored], *, sure: bool = False
    ) -> str | None:
        enough = learned().judge.threshold
        sure = sure or (bool(ranked) and self._confidence(asked, ranked) >= enough)
        cover = self._ranker.cover(ranked)
        return doubt(asked, ranked, self._store.lexical.rarity, sure=sure, cover=cover)

    def _confidence(self, asked: Question, ranked: Sequence[Scored]) -> float:
        return learned().judge.confidence(self._ranker.grounds(asked, ranked))

    def _selected(self, asked: Question, ranked: Sequence[Scored]) -> Selection:
        if asked.kind != "list":
            return select(asked, ranked)
        hits = widened(self._store, asked, ranked)
        wider = self._ranker.rank(asked, hits, read=len(hits))
        return select_list(asked, wider, row_names(self._store, wider))

    def _said(self, selection: Selection, limit: int, *, counter: str) -> _Said:
        """As much of the selection as can be cited and said within the limit."""
        said, citations, text = list[tuple[Statement, Chunk]](), list[Citation](), ""
        for one in selection.items:
            citation = self._cite(one, len(citations) + 1)
            if citation is None:
                continue
            pair = (one.statement if said else counting(one.statement, counter), one.hit.chunk)
            longer = spoken(
                [*said, pair],
                limit=limit,
                listed=selection.listed,
                rows=selection.rows,
                apart=selection.apart,
            )
            cut = len(longer) > limit or "…" in longer.replace(text, "")
            # The items of a list share the room there is.
            if citations and cut and not selection.listed:
                break
            said.append(pair)
            citations.append(citation)
            text = longer
        return text, tuple(citations)

    def _refusal(
        self, asked: Question, reason: str, ranked: Sequence[Scored], hits: tuple[Hit, ...]
    ) -> Answer:
        """Why there is no answer, and the nearest statement where one was weighed."""
        text, nearest = reason, None
        if ranked and not (asked.opinion or asked.order):
            nearest = self._cite(ranked[0], 1)
        if nearest:
            room = SHORT - len(reason) - len(_NEAREST)
            told = spoken([(ranked[0].statement, ranked[0].hit.chunk)], limit=room)
            text = f"{reason} {_NEAREST}{told}"
        return Answer(
            question=asked.text,
            text=text,
            citations=(nearest,) if nearest else (),
            hits=hits,
            abstained=True,
            reason=reason,
        )

    def _cite(self, one: Scored, number: int) -> Citation | None:
        return cite_from(self._store, number, one.hit.chunk, one.statement)
