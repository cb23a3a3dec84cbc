"""A question after others is made whole; one that stands alone is left as it is."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import pytest

from rag.assistant import Assistant
from rag.followups.conversation import TURNS, Conversation, remembered
from rag.store import Store
from rag.types import Answer
from tests.made import hit


@pytest.fixture(scope="session")
def conversation(garam: Store) -> Conversation:
    return Conversation(garam)


def understood(assistant: Assistant, turns: Sequence[str]) -> str:
    """The last question of a conversation as the assistant reads it."""
    history: tuple[Answer, ...] = ()
    for turn in turns:
        history = remembered(history, assistant.ask(turn, history=history))
    return history[-1].resolved or history[-1].question


def refused(question: str) -> Answer:
    return Answer(question=question, text="", citations=(), hits=(), abstained=True)


BUS = "2024년 물길버스 소요예산은 얼마인가요?"
LIBRARY = "은하도서관의 총사업비는 얼마인가요?"
JOBS = "2024년 새싹 일자리 사업의 대상은 몇 명인가요?"
OFFICE = "2024년 복지과의 예산은 얼마인가요?"


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        ((BUS, "작년엔요?"), "2023년 물길버스 소요예산은 얼마인가요?"),
        ((BUS, "재작년은?"), "2022년 물길버스 소요예산은 얼마인가요?"),
        ((BUS, "2021년에는 얼마였어요?"), "2021년 물길버스 소요예산은 얼마인가요?"),
        ((BUS, "작년엔요?", "그 전해에는요?"), "2022년 물길버스 소요예산은 얼마인가요?"),
        ((BUS, "작년보다 늘었어요?"), "2024년 물길버스 소요예산은 2023년보다 늘었어요?"),
        ((OFFICE, "교통과는요?"), "2024년 교통과의 예산은 얼마인가요?"),
        (("은하도서관 2층의 면적은 얼마인가요?", "3층은?"), "은하도서관 3층의 면적은 얼마인가요?"),
        ((LIBRARY, "반딧불 축제는요?"), "반딧불 축제의 총사업비는 얼마인가요?"),
    ],
)  # fmt: skip
def test_a_fragment_takes_the_place_of_its_like(
    assistant: Assistant, turns: tuple[str, ...], whole: str
) -> None:
    assert understood(assistant, turns) == whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        ((JOBS, "그럼 예산은?"), "2024년 새싹 일자리 예산은?"),
        ((JOBS, "네, 감사합니다. 신청은 언제 하나요?"), "새싹 일자리 신청은 언제 하나요?"),
        ((LIBRARY, "언제 여나요?"), "은하도서관은 언제 여나요?"),
        ((LIBRARY, "장서는 몇 권인가요?"), "은하도서관 장서는 몇 권인가요?"),
        ((LIBRARY, "왜 늘었어요?"), "은하도서관의 총사업비는 왜 늘었어요?"),
        ((JOBS, "작년에는 몇 명이 참여했나요?"), "2023년에는 새싹 일자리는 몇 명이 참여했나요?"),
    ],
)
def test_what_has_no_topic_of_its_own_gets_the_former_one(
    assistant: Assistant, turns: tuple[str, ...], whole: str
) -> None:
    assert understood(assistant, turns) == whole


@pytest.mark.parametrize(
    ("turns", "whole"),
    [
        ((LIBRARY, "그 도서관은 어디에 있나요?"), "은하도서관은 어디에 있나요?"),
        ((LIBRARY, "거기는 몇 층인가요?"), "은하도서관은 몇 층인가요?"),
        ((LIBRARY, "그건 누가 내나요?"), "은하도서관의 총사업비는 누가 내나요?"),
        ((LIBRARY, "그중 국비는 얼마인가요?"), "은하도서관의 총사업비 중 국비는 얼마인가요?"),
        ((BUS, "이 사업은 언제 시작했나요?"), "물길버스는 언제 시작했나요?"),
        ((BUS, LIBRARY, "아까 그 버스는 몇 대인가요?"), "2024년 물길버스는 몇 대인가요?"),
        ((BUS, LIBRARY, "버스로 돌아가서, 몇 대인가요?"), "2024년 물길버스는 몇 대인가요?"),
        ((OFFICE, "교통과는요?", "둘 중 어디가 더 많은가요?"),
         "2024년 복지과, 교통과의 예산 중 어디가 더 많은가요?"),
    ],
)  # fmt: skip
def test_what_points_back_is_named(
    assistant: Assistant, turns: tuple[str, ...], whole: str
) -> None:
    assert understood(assistant, turns) == whole


@pytest.mark.parametrize(
    "question",
    [
        "안심귀갓길에는 보안등을 몇 개 설치하나요?",
        "그런데 반딧불 축제의 방문객 목표는 몇 명인가요?",
        "강변 도시숲에 느티나무를 몇 그루 심나요?",
    ],
)
def test_a_question_about_something_else_is_left_as_it_is(
    assistant: Assistant, question: str
) -> None:
    assert understood(assistant, (LIBRARY, question)) == question


@pytest.mark.parametrize("question", ["예산은요?", "그 사업은 언제 끝나나요?", "작년엔?", "", "?"])
def test_without_a_history_nothing_is_changed(conversation: Conversation, question: str) -> None:
    assert conversation.resolved(question, ()) == question


def test_what_was_asked_and_what_was_understood_are_both_told(assistant: Assistant) -> None:
    first = assistant.ask(BUS)
    second = assistant.ask("그럼 작년엔?", history=(first,))
    assert (first.question, first.resolved) == (BUS, None)
    assert second.question == "그럼 작년엔?"
    assert second.resolved == "2023년 물길버스 소요예산은 얼마인가요?"
    assert second.text.startswith("1,890백만원")
    assert list(assistant.stream("그럼 작년엔?", history=(first,)))[-1] == second


def test_the_year_that_a_first_question_means_by_last_year_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("작년 물길버스 소요예산은 얼마인가요?")
    assert answer.question == "작년 물길버스 소요예산은 얼마인가요?"
    assert answer.resolved == "2023년 물길버스 소요예산은 얼마인가요?"
    assert answer.text.startswith("1,890백만원")


def test_a_refusal_is_followed_on_as_an_answer_is(conversation: Conversation) -> None:
    history = (refused("2019년 물길버스 소요예산은 얼마인가요?"),)
    assert conversation.resolved("2024년은?", history) == BUS


def test_a_conversation_is_remembered_without_its_passages_and_not_for_ever() -> None:
    history: tuple[Answer, ...] = ()
    for number in range(TURNS + 2):
        answer = Answer(
            question=f"{number}번", text="", citations=(), hits=(hit("대목"),), abstained=False
        )
        history = remembered(history, answer)
    assert [answer.question for answer in history] == [f"{n}번" for n in range(2, TURNS + 2)]
    assert all(not answer.hits for answer in history)


@pytest.mark.parametrize(
    "text",
    [
        "그 그 그 사업 그 이 그것 거기 그중 둘 다 그때 작년 " * 20,
        "감사~" * 300,
        "아 네, " * 200,
        "가" * 1000,
        "그 사업은 그 사업의 그 사업",
        "<b>그</b> ${사업} \x00 「」",
        "작년 " * 300,
    ],
    ids=["words", "thanks", "openings", "one", "itself", "marks", "years"],
)
def test_odd_questions_are_read_in_time(conversation: Conversation, text: str) -> None:
    started = perf_counter()
    once = conversation.resolved(text, (refused(LIBRARY), refused(BUS)))
    conversation.resolved(once[:1000], (refused(text), refused(once)))
    assert perf_counter() - started < 5
