"""The first statements in the order of a model that reads them with the question."""

from __future__ import annotations

from collections.abc import Mapping

from rag.question import analyse
from rag.ranking import Scored
from rag.reranking import readable, reranked
from tests.made import chunk, scored, statement

QUESTION = "새싹 일자리의 소요예산은 얼마인가요?"


class Reader:
    """Log-odds by a word of the text; remembers what it was given."""

    def __init__(self, odds: Mapping[str, float]) -> None:
        self._odds = odds
        self.read: list[tuple[str, str]] = []

    def score(self, question: str, text: str) -> float:
        self.read.append((question, text))
        return next((odds for word, odds in self._odds.items() if word in text), -1.0)


def _said(text: str, score: float) -> Scored:
    return scored(statement(text), score)


def _order(question: str, reader: Reader, *ranked: Scored) -> list[str]:
    return [one.statement.text for one in reranked(analyse(question), ranked, reader)]


RANKED = (
    _said("예산 3억원", 10.0),
    _said("인원 7명", 9.8),
    _said("면적 5㎡", 9.6),
    _said("넷째", 9.5),
    _said("다섯째", 9.4),
)


def test_a_close_statement_that_is_read_as_the_answer_leads() -> None:
    assert _order(QUESTION, Reader({"인원": 3.0}), *RANKED)[:2] == ["인원 7명", "예산 3억원"]


def test_a_far_one_does_not() -> None:
    far = (RANKED[0], _said("인원 7명", 5.0))
    assert _order(QUESTION, Reader({"인원": 3.0}), *far) == ["예산 3억원", "인원 7명"]


def test_only_the_first_three_are_read_and_the_rest_keeps_its_place() -> None:
    reader = Reader({"넷째": 9.0, "면적": 3.0})
    order = _order(QUESTION, reader, *RANKED)
    assert (order[0], order[3:]) == ("면적 5㎡", [one.statement.text for one in RANKED[3:]])
    assert len(reader.read) == 3


def test_no_other_is_read_where_the_first_is_read_as_the_answer() -> None:
    reader = Reader({"예산": 0.5, "인원": 9.0})
    assert _order(QUESTION, reader, *RANKED) == [one.statement.text for one in RANKED]
    assert len(reader.read) == 1


def test_the_best_reading_keeps_its_score_and_the_others_lose() -> None:
    found = reranked(analyse(QUESTION), RANKED[:2], Reader({"인원": 2.0, "예산": -1.0}))
    assert [(one.statement.text, round(one.score, 3)) for one in found] == [
        ("인원 7명", 9.8),
        ("예산 3억원", 7.6),
    ]


def test_the_items_of_a_list_and_a_single_statement_are_not_read() -> None:
    reader = Reader({"인원": 9.0})
    assert _order("추진하는 사업 목록을 알려 주세요", reader, *RANKED)[0] == "예산 3억원"
    assert _order(QUESTION, reader, RANKED[0]) == ["예산 3억원"]
    assert reader.read == []


def test_a_statement_is_read_with_the_years_of_its_report_and_its_last_headings() -> None:
    above = ("Ⅰ. 총괄", "1. 일자리", "1 새싹 일자리", "□ 사업개요")
    passage = chunk(section=above, title="2023년 실적 및 2024년 계획")
    one = scored(statement("2,500", "2024년", "구분", "예산", unit="백만원"), passage=passage)
    told = "2023년 > 2024년 > 1. 일자리 > 1 새싹 일자리 > □ 사업개요 : 구분 예산 2,500백만원"
    assert readable(one) == told


def test_what_is_long_is_cut_but_the_years_and_the_statement_stay() -> None:
    one = scored(statement("가" * 300, "나" * 100), passage=chunk(section=("다" * 90,)))
    assert readable(one) == f"2024년 > : {'나' * 60} {'가' * 150}"  # what is nearest is kept
