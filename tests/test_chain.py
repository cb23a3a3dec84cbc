from __future__ import annotations

import json

import pytest
from langchain_core.runnables import RunnableLambda

from rag.assistant import Assistant
from rag.chain import ReportRetriever, build_chain, checked, to_document, to_hit
from rag.errors import QuestionError
from rag.retriever import HybridRetriever
from rag.types import Answer, Chunk, Hit
from tests.fakes import CountingAnswerer, FixedRetriever
from tests.garam import PAST
from tests.made import hit, span

HITS = tuple(hit(f"대목 {n}", score=9.0 - n, number=n) for n in range(9))


def test_invoke_gives_the_whole_answer() -> None:
    answer = build_chain(FixedRetriever(*HITS), CountingAnswerer(), k=3).invoke("예산은?")
    assert (answer.question, answer.text, answer.hits) == ("예산은?", "3건", HITS[:3])


def test_stream_gives_the_answer_as_it_grows() -> None:
    chain = build_chain(FixedRetriever(*HITS), CountingAnswerer(), k=3)
    assert [answer.text for answer in chain.stream("예산은?")] == ["3", "3건"]


def test_batch_answers_in_order() -> None:
    chain = build_chain(FixedRetriever(*HITS), CountingAnswerer(), k=3)
    assert [answer.question for answer in chain.batch(["예산은?", "대상은?"])] == [
        "예산은?",
        "대상은?",
    ]


def test_a_batch_can_go_on_past_a_question_that_cannot_be_asked() -> None:
    chain = build_chain(FixedRetriever(*HITS), CountingAnswerer(), k=3)
    found = chain.batch(["", "대상은?"], return_exceptions=True)
    assert [type(one) for one in found] == [QuestionError, Answer]


def test_the_chain_fits_into_another() -> None:
    chain = (
        RunnableLambda(str.upper)
        | build_chain(FixedRetriever(*HITS), CountingAnswerer(), k=3)
        | RunnableLambda(lambda answer: answer.question + answer.text)
    )
    assert chain.invoke("ab") == "AB3건"


def test_the_question_is_searched_as_typed_but_for_the_space_around_it() -> None:
    retriever = FixedRetriever(*HITS)
    build_chain(retriever, CountingAnswerer(), k=3, reports=["plan"]).invoke(" \u3000예산 은? \n")
    assert retriever.asked == [("예산 은?", 3, ("plan",))]


def test_a_question_that_cannot_be_asked_is_not_searched() -> None:
    retriever = FixedRetriever(*HITS)
    with pytest.raises(QuestionError):
        build_chain(retriever, CountingAnswerer(), k=3).invoke("?")
    assert retriever.asked == []


def test_the_real_chain_streams_what_it_invokes(assistant: Assistant) -> None:
    chain, question = assistant.chain(reports=[PAST]), "물길버스 소요예산은 얼마인가요?"
    assert list(chain.stream(question))[-1] == chain.invoke(question) == chain.batch([question])[0]


def test_documents_tell_where_they_stand(retriever: HybridRetriever) -> None:
    found = ReportRetriever(retriever=retriever, k=1, reports=(PAST,)).invoke("물길버스 소요예산")
    assert found[0].metadata["report_id"] == PAST
    assert found[0].metadata["section"][:2] == ["Ⅰ. 주요업무 추진계획", "2 물길버스 운영"]
    assert (found[0].metadata["first_page"], found[0].metadata["page_exact"]) == (2, True)
    assert "1,890백만원" in found[0].page_content


def test_a_document_can_be_sent_as_json() -> None:
    document = to_document(HITS[0])
    assert json.loads(json.dumps(document.metadata, ensure_ascii=False)) == document.metadata


def test_a_hit_comes_back_from_its_document(retriever: HybridRetriever) -> None:
    for found in retriever.search("새싹 일자리", k=10):
        assert to_hit(to_document(found)) == found


def test_a_hit_without_a_page_comes_back_from_its_document() -> None:
    chunk = Chunk(
        id="a:0001", report_id="a", report_title="가", section=(), text="나", span=span(page=None)
    )
    found = Hit(chunk=chunk, score=-0.5, source="dense")
    assert to_hit(to_document(found)) == found


@pytest.mark.parametrize(
    "question", ["", " \u3000\n", "?!…", "—", "<b></b>", "😀", "\ud800", "\u200b", "\u0301"]
)
def test_a_question_without_words_is_told_how_to_ask(question: str) -> None:
    with pytest.raises(QuestionError, match=r"^질문을 입력해 주세요\. 예: "):
        checked(question)


def test_a_question_of_ten_thousand_characters_is_told_how_long_it_may_be() -> None:
    with pytest.raises(QuestionError, match=r"\(10,000자\)\. 1,000자 안으로"):
        checked("가" * 10_000)


def test_a_question_of_a_thousand_characters_can_be_asked() -> None:
    assert checked("가" * 1000) == "가" * 1000


@pytest.mark.parametrize(
    "question",
    [
        "What is the budget of the bus?",
        "<script>alert(1)</script>",
        "예산\x00은 얼마인가요",
        "\u202e예산은 얼마\u202c인가요",
        "예산\ud800은 얼마인가요",
        "예" + "\u0301" * 400,
        "ᄒᆞᆫ글 예산은 얼마",
        "'; DROP TABLE chunks; --",
        "예산 AND (OR NOT *:* ^~",
        "😀 예산 \U000e0041",
        "가" * 1000,
    ],
    ids=[
        *("english", "html", "nul", "bidi", "surrogate", "marks"),
        *("old", "sql", "query", "emoji", "long"),
    ],
)  # fmt: skip
def test_odd_questions_get_a_reply_in_korean(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert any("가" <= character <= "힣" for character in answer.text)
    assert len(answer.text) <= 500
    answer.question.encode("utf-8")
