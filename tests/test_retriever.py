"""What holds of every retriever, and what is ours alone."""

from __future__ import annotations

import pytest

from rag.chain import ReportRetriever, to_hit
from rag.fusion import Arm, fuse
from rag.protocols import Retriever
from rag.retriever import HybridRetriever
from rag.store import Store
from rag.types import Hit
from tests.fakes import FixedRetriever
from tests.garam import PAST, PLAN

ALL = 1000  # more than both reports hold
QUESTION = "새싹 일자리 사업의 소요예산"


class AsDocuments:
    """The retriever as LangChain calls it, seen again as one of ours."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever

    def search(self, question: str, *, k: int, reports: tuple[str, ...] = ()) -> tuple[Hit, ...]:
        found = ReportRetriever(retriever=self._retriever, k=k, reports=reports).invoke(question)
        return tuple(to_hit(document) for document in found)


@pytest.fixture(params=["hybrid", "langchain", "fixed"])
def any_retriever(request: pytest.FixtureRequest, retriever: HybridRetriever) -> Retriever:
    if request.param == "hybrid":
        return retriever
    if request.param == "langchain":
        return AsDocuments(retriever)  # type: ignore[return-value]  # takes tuples only
    return FixedRetriever(*retriever.search(QUESTION, k=ALL))


@pytest.mark.parametrize("k", [0, 1, 5])
def test_at_most_k_are_found(any_retriever: Retriever, k: int) -> None:
    assert len(any_retriever.search(QUESTION, k=k)) == k


def test_no_more_is_found_than_there_is(any_retriever: Retriever, garam: Store) -> None:
    hits = any_retriever.search(QUESTION, k=ALL)
    assert len(hits) == sum(report.chunks for report in garam.reports())
    assert len({hit.chunk.id for hit in hits}) == len(hits)


def test_the_best_comes_first(any_retriever: Retriever) -> None:
    scores = [hit.score for hit in any_retriever.search(QUESTION, k=ALL)]
    assert scores == sorted(scores, reverse=True)


def test_the_same_question_finds_the_same(any_retriever: Retriever) -> None:
    assert any_retriever.search(QUESTION, k=9) == any_retriever.search(QUESTION, k=9)


def test_fewer_are_the_first_of_more(any_retriever: Retriever) -> None:
    assert any_retriever.search(QUESTION, k=3) == any_retriever.search(QUESTION, k=9)[:3]


@pytest.mark.parametrize("report", [PLAN, PAST])
def test_only_the_reports_asked_for_are_searched(retriever: HybridRetriever, report: str) -> None:
    hits = retriever.search(QUESTION, k=ALL, reports=[report])
    assert {hit.chunk.report_id for hit in hits} == {report}


def test_several_reports_are_searched_together(retriever: HybridRetriever) -> None:
    assert retriever.search(QUESTION, k=ALL, reports=[PLAN, PAST]) == retriever.search(
        QUESTION, k=ALL
    )


def test_an_unknown_report_holds_nothing(retriever: HybridRetriever) -> None:
    assert retriever.search(QUESTION, k=5, reports=["없는 보고서"]) == ()


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("물길버스 운영규모는 몇 대인가요?", "2 물길버스 운영"),
        ("은하도서관의 층별 면적", "3 은하도서관 건립"),
        ("은하 도서간 충별 면적", "3 은하도서관 건립"),
        ("느티나무를 심는 도시숲", "5 도시숲 가꾸기"),
    ],
)
def test_the_section_asked_about_is_found_first(
    retriever: HybridRetriever, question: str, section: str
) -> None:
    assert section in retriever.search(question, k=1)[0].chunk.section


@pytest.mark.parametrize("question", ["", "?!", "zzzz", "１２３", "😀"])
def test_words_that_stand_nowhere_do_no_harm(retriever: HybridRetriever, question: str) -> None:
    assert len(retriever.search(question, k=3)) == 3


def test_a_hit_holds_the_chunk_of_the_index(retriever: HybridRetriever, garam: Store) -> None:
    hit = retriever.search(QUESTION, k=1)[0]
    assert (garam.chunks(garam.rows([hit.chunk.id])), hit.source) == ((hit.chunk,), "hybrid")


def test_fusion_adds_standard_scores() -> None:
    arms = [Arm([(7, 3.0), (8, 1.0)], 1.0), Arm([(8, 9.0), (7, 8.0)], 0.5)]
    assert fuse(arms) == [(7, 0.5), (8, -0.5)]


def test_a_row_an_arm_does_not_name_counts_as_its_last() -> None:
    fused = dict(fuse([Arm([(1, 5.0), (2, 1.0)], 1.0), Arm([(1, 2.0), (2, 1.0), (3, 1.0)], 0.0)]))
    assert fused[2] == fused[3] < fused[1]


def test_an_arm_without_weight_or_rows_decides_nothing() -> None:
    arm = Arm([(1, 2.0), (2, 1.0)], 1.0)
    assert fuse([arm, Arm([(2, 99.0), (1, 0.0)], 0.0), Arm([], 1.0)]) == fuse([arm])


def test_equal_scores_are_ordered_by_row() -> None:
    assert fuse([Arm([(9, 1.0), (4, 1.0)], 1.0)]) == [(4, 0.0), (9, 0.0)]


def test_nothing_fuses_to_nothing() -> None:
    assert fuse([]) == fuse([Arm([], 1.0)]) == []
