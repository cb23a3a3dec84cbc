from __future__ import annotations

from collections.abc import Sequence

from rag.candidates import StatementRanker
from rag.lists.widening import row_names, widened
from rag.question import Question, analyse
from rag.ranking import Scored
from rag.retriever import HybridRetriever
from rag.store import Store
from tests.build_fakes import HashedPairs
from tests.garam import PLAN

CHAPTERS = analyse("2024년 주요업무 추진계획의 사업을 모두 알려 주세요.")
LIBRARY = analyse("은하도서관 층별 주요시설을 모두 알려 주세요.")


def _ranked(
    asked: Question, store: Store, embedder: HashedPairs, retriever: HybridRetriever
) -> Sequence[Scored]:
    return StatementRanker(store, embedder).rank(asked, retriever.search(asked.text, k=2))


def test_the_sections_below_a_heading_that_is_named_are_added(
    garam: Store, embedder: HashedPairs, retriever: HybridRetriever
) -> None:
    hits = widened(garam, CHAPTERS, _ranked(CHAPTERS, garam, embedder, retriever))
    below = {hit.chunk.section[1] for hit in hits if len(hit.chunk.section) > 1}
    assert {"1 새싹 일자리 사업", "4 반딧불 축제", "6 안심귀갓길 조성"} <= below


def test_the_hits_stay_and_none_comes_twice(
    garam: Store, embedder: HashedPairs, retriever: HybridRetriever
) -> None:
    ranked = _ranked(LIBRARY, garam, embedder, retriever)
    ids = [hit.chunk.id for hit in widened(garam, LIBRARY, ranked)]
    assert len(set(ids)) == len(ids)
    assert {one.hit.chunk.id for one in ranked} <= set(ids)


def test_the_first_column_of_a_table_has_a_name(
    garam: Store, embedder: HashedPairs, retriever: HybridRetriever
) -> None:
    names = row_names(garam, _ranked(LIBRARY, garam, embedder, retriever))
    assert "층 별" in [name for (report, _), name in names.items() if report == PLAN]
