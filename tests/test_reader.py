from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.assistant import Assistant
from rag.citation import stands
from rag.question import analyse
from rag.reader import ExtractiveAnswerer
from rag.retriever import HybridRetriever
from rag.store import Store
from rag.types import Answer
from tests.build_fakes import HashedPairs
from tests.garam import PAST, PLAN

QUESTIONS = (
    "2024년 새싹 일자리 사업의 소요예산은 얼마인가요?",
    "은하도서관 3층의 면적은 몇 ㎡인가요?",
    "청년이 고를 수 있는 직무교육 과정을 모두 알려 주세요",
    "반딧불 축제에는 몇 개국이 참가하나요?",
    "상담원은 몇 명으로 늘었나요?",
    "2019년 물길버스 소요예산은 얼마인가요?",
    "화성 탐사선의 궤도는 왜 타원인가요?",
)
WORDS = st.sampled_from(
    ["새싹", "일자리", "예산은", "은하도서관", "면적은", "물길버스", "2024년", "2023년",
     "얼마인가요",
     "몇", "명",
     "모두", "알려", "주세요", "언제", "왜", "어떤", "축제", "교통과",
     "[1]", "<b>", "%", "소요예산"]
)  # fmt: skip
each_question = pytest.mark.parametrize("question", QUESTIONS)


def _marks(answer: Answer) -> list[int]:
    return [int(number) for number in re.findall(r"\[(\d+)\]", answer.text)]


@pytest.mark.parametrize(
    ("question", "value", "report", "page"),
    [
        ("2024년 새싹 일자리 사업의 소요예산은 얼마인가요?", "57,229백만원(약 572억 원)", PLAN, 3),
        ("2023년 새싹 일자리 사업의 소요예산은 얼마인가요?", "41,050백만원(약 411억 원)", PAST, 2),
        ("은하도서관 3층의 면적은 몇 ㎡인가요?", "1,290㎡", PLAN, 5),
        ("교통과의 2023년 예산은 얼마인가요?", "29,400백만원(294억 원)", PLAN, 2),
        ("새싹 일자리 신청기간은 언제인가요?", "'24. 3월 ~ 4월", PLAN, 3),
        ("상담원은 몇 명으로 늘었나요?", "상담원 4명 → 9명 증원", PLAN, 6),
    ],
)
def test_the_value_comes_first_with_its_report_and_page(
    assistant: Assistant, question: str, value: str, report: str, page: int
) -> None:
    answer = assistant.ask(question)
    assert answer.text.startswith(value)
    assert (answer.citations[0].report_id, answer.citations[0].span.first_page) == (report, page)


def test_a_list_is_answered_with_all_its_items(assistant: Assistant) -> None:
    answer = assistant.ask("청년이 고를 수 있는 직무교육 과정을 모두 알려 주세요")
    assert answer.text == (
        "다음과 같습니다. 경영사무 초급반 [1]; 영상편집 중급반 [2]; 생산관리 고급반 [3]"
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("2019년 물길버스 소요예산은 얼마인가요?", "2019년의 내용은"),
        ("반딧불 축제에는 몇 개국이 참가하나요?", "묻는 값(수량)이"),
    ],
)
def test_a_refusal_says_why_and_shows_what_comes_nearest(
    assistant: Assistant, question: str, words: str
) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert answer.reason is not None
    assert answer.reason.startswith(words)
    assert answer.text.startswith(answer.reason)
    assert len(answer.citations) == 1
    assert len(answer.hits) == 10


@pytest.mark.parametrize("question", ["물길버스를 어떻게 생각하세요?", "가을 시를 써 줘"])
def test_an_opinion_or_an_order_is_refused_without_evidence(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert (answer.abstained, answer.citations, answer.text) == (True, (), answer.reason)


@each_question
def test_marks_are_the_numbers_of_the_citations(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert _marks(answer) == [citation.number for citation in answer.citations]


@each_question
def test_every_quote_stands_in_the_lines_it_names(assistant: Assistant, question: str) -> None:
    for citation in assistant.ask(question).citations:
        assert stands(citation.quote, "\n".join(assistant.source_lines(citation)))


@each_question
def test_the_passage_that_answers_is_the_first_hit(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    first, cited = answer.hits[0].chunk, answer.citations[0]
    if not answer.abstained:
        assert (first.report_id, first.section) == (cited.report_id, cited.section)
    assert len({hit.chunk.id for hit in answer.hits}) == len(answer.hits)


@given(st.lists(WORDS, min_size=1, max_size=9).map(" ".join))
@settings(max_examples=40, deadline=None)
def test_whatever_is_asked_is_answered_briefly_with_evidence_or_not_at_all(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask("예산 " + question)
    asked = analyse("예산 " + question)
    assert len(answer.text) <= (500 if asked.kind == "list" or asked.compares else 200)
    assert answer.abstained or answer.citations
    assert _marks(answer) == [citation.number for citation in answer.citations]
    assert (answer.reason is None) is not answer.abstained


def test_without_passages_there_is_no_answer(garam: Store, embedder: HashedPairs) -> None:
    answer = ExtractiveAnswerer(garam, embedder).answer("예산은 얼마인가요?", ())
    assert (answer.abstained, answer.citations, answer.hits) == (True, (), ())


def test_the_stream_is_the_answer(
    garam: Store, embedder: HashedPairs, retriever: HybridRetriever
) -> None:
    answerer, hits = ExtractiveAnswerer(garam, embedder), retriever.search("버스 예산", k=5)
    assert list(answerer.stream("버스 예산", hits)) == [answerer.answer("버스 예산", hits)]
