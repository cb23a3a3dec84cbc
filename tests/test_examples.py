"""The example questions of the page come from what the index holds."""

from __future__ import annotations

from dataclasses import replace

from rag.examples import example_questions
from rag.types import Hit
from tests.fake_assistant import hit, span


def about(topic: str, text: str) -> Hit:
    found = hit(text, span(1))
    return replace(found, chunk=replace(found.chunk, section=("Ⅲ. 계획", topic, "□ 사업개요")))


def test_a_field_of_an_item_becomes_a_question() -> None:
    assert example_questions([about("1 은가비천 생태하천 복원", "- 소요예산 : 5,600백만원")]) == (
        "은가비천 생태하천 복원의 소요예산은 얼마인가요?",
    )


def test_topics_and_kinds_of_fact_differ() -> None:
    first, second = "1 은가비천 생태하천 복원", "2 해든 시립도서관 건립"
    hits = [
        about(first, "- 소요예산 : 5,600백만원"),
        about(first, "- 사업기간 : '21. 3월"),
        about(second, "- 소요예산 : 8,750백만원\n- 위 치 : 해든구"),
    ]
    assert example_questions(hits) == (
        "은가비천 생태하천 복원의 소요예산은 얼마인가요?",
        "해든 시립도서관 건립의 위치는 어디인가요?",
    )


def test_chapters_tables_and_prose_give_no_question() -> None:
    assert example_questions([about("Ⅳ. 처리결과", "- 소요예산 : 10백만원")]) == ()
    assert example_questions([about("1 은가비천 생태하천 복원", "소요예산을 늘린다")]) == ()


def test_no_more_than_the_limit_come_back() -> None:
    fields = ("소요예산", "사업기간", "대상", "위치")
    hits = [
        about(f"{n} 시립도서관 건립 {n}관", f"- {field} : 값") for n, field in enumerate(fields, 1)
    ]
    assert len(example_questions(hits, limit=3)) == 3
