from __future__ import annotations

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from rag.answer_json import to_json
from rag.assistant import Assistant
from rag.errors import IndexMissingError, QuestionError
from rag.settings import Settings
from rag.types import Citation
from rag.wiring import RecentQuestions
from tests.build_fakes import HashedPairs
from tests.garam import PAST, PLAN
from tests.made import span

QUESTIONS = (
    "2024년 새싹 일자리 사업의 소요예산은 얼마인가요?",
    "은하도서관 3층의 면적은 몇 ㎡인가요?",
    "청년이 고를 수 있는 직무교육 과정을 모두 알려 주세요",
    "2019년 물길버스 소요예산은 얼마인가요?",
)
CITATION = {
    "number": int,
    "doc": str,
    "title": str,
    "page": int,
    "page_exact": bool,
    "section": list,
    "line_start": int,
    "line_end": int,
    "quote": str,
    "table_head": list,
    "page_printed": type(None),
    "ocr": bool,
}
RETRIEVED = {"doc": str, "page": int, "line_start": int, "line_end": int, "score": float}


def _shape(value: dict[str, Any]) -> dict[str, type]:
    return {key: type(item) for key, item in value.items()}


def test_reports_that_can_be_asked_are_listed(assistant: Assistant) -> None:
    assert [(report.id, report.title, report.pages) for report in assistant.reports()] == [
        (PAST, "2023년 주요업무 추진계획", 2),
        (PLAN, "2024년 주요업무 추진계획", 6),
    ]


def test_an_answer_can_be_narrowed_to_a_report(assistant: Assistant) -> None:
    answer = assistant.ask("물길버스 소요예산은 얼마인가요?", reports=[PAST])
    assert answer.text.startswith("1,890백만원(18억 9,000만 원)")
    assert {hit.chunk.report_id for hit in answer.hits} == {PAST}


def test_a_report_the_index_does_not_hold_is_named(assistant: Assistant) -> None:
    for ask in (assistant.ask, assistant.search):
        with pytest.raises(QuestionError, match=r"^색인에 없는 보고서입니다: garam_1999\. "):
            ask("물길버스 소요예산은?", reports=[PLAN, "garam_1999"])


def test_the_last_of_the_stream_is_the_answer(assistant: Assistant) -> None:
    for question in QUESTIONS:
        assert list(assistant.stream(question))[-1] == assistant.ask(question)


def test_a_search_finds_passages_without_answering(assistant: Assistant) -> None:
    hits = assistant.search("물길버스 소요예산", k=3, reports=[PAST])
    assert len(hits) == 3
    assert "1,890백만원" in hits[0].chunk.text


def test_a_search_for_nothing_is_refused(assistant: Assistant) -> None:
    with pytest.raises(QuestionError):
        assistant.search(" ")


def test_the_source_lines_of_a_citation_are_the_report_s(assistant: Assistant) -> None:
    cited = Citation(
        number=1, report_id=PAST, report_title="", section=(), span=span(9, 10), quote=""
    )
    assert assistant.source_lines(cited) == ("1 새싹 일자리 사업", "")


def test_threads_get_the_answers_one_user_gets(assistant: Assistant) -> None:
    alone = [assistant.ask(question) for question in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(assistant.ask, QUESTIONS * 8))
    assert together == alone * 8


def test_nothing_is_asked_of_the_network(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert assistant.ask(QUESTIONS[0]).citations


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_as_json_has_the_keys_and_types_of_the_contract(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    sent = json.loads(json.dumps(to_json(answer), ensure_ascii=False))
    assert list(sent) == ["question", "answer", "abstained", "reason", "citations", "retrieved"]
    assert (sent["question"], sent["answer"]) == (question, answer.text)
    assert sent["abstained"] is (sent["reason"] is not None)
    assert [_shape(citation) for citation in sent["citations"]] == [CITATION] * len(
        answer.citations
    )
    assert [_shape(found) for found in sent["retrieved"]] == [RETRIEVED] * 10
    assert all(found["line_end"] - found["line_start"] < 40 for found in sent["retrieved"])


def test_the_citation_as_json_names_what_the_report_says(assistant: Assistant) -> None:
    (first, *_) = json.loads(json.dumps(to_json(assistant.ask(QUESTIONS[0]))))["citations"]
    assert first == {
        "number": 1,
        "doc": PLAN,
        "title": "2024년 주요업무 추진계획",
        "page": 3,
        "page_exact": True,
        "section": ["Ⅱ. 주요업무 추진계획", "1 새싹 일자리 사업", "□ 사업개요"],
        "line_start": 26,
        "line_end": 26,
        "quote": "- 소요예산 : 57,229백만원",
        "table_head": [],
        "page_printed": None,
        "ocr": False,
    }


def test_where_there_is_no_index_it_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="python -m index build"):
        Assistant.open(tmp_path / "none", settings=Settings())


def test_a_question_is_embedded_once_for_retriever_and_reader() -> None:
    class Counting(HashedPairs):
        asked = 0

        def embed_query(self, text: str) -> Any:
            self.asked += 1
            return super().embed_query(text)

    counting = Counting()
    recent = RecentQuestions(counting)
    first, second = recent.embed_query("예산"), recent.embed_query("예산")
    assert (first.tolist(), counting.asked) == (second.tolist(), 1)
    assert (recent.name, recent.dimension) == (counting.name, counting.dimension)
