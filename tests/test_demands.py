"""Who asks what came of a demand is told what was done."""

from __future__ import annotations

import pytest

from rag.demands import what_was_done
from rag.question import analyse
from rag.ranking import Scored
from tests.made import scored, statement, table_cell

ROW = "김한빛 의원"
DEMANDED = scored(table_cell("물빛도서관에 주차장을 더 만들 것", "건의사항", ROW), 9.0)
DONE = scored(table_cell("터가 좁아 어려움, 옆 공영주차장을 함께 씀", "조치결과", ROW), 6.0)
STATE = scored(table_cell("완료", "상태", ROW), 5.0)


def _first(question: str, *ranked: Scored) -> str:
    return what_was_done(analyse(question), ranked)[0].statement.text


@pytest.mark.parametrize(
    "question",
    [
        "물빛도서관 주차장을 왜 더 만들지 않나요?",
        "물빛도서관 주차장을 더 만들자는 건의는 어떻게 됐나요?",
        "물빛도서관 주차장 건의 처리 결과",
    ],
)
@pytest.mark.parametrize("best", [DEMANDED, STATE])
def test_what_was_done_goes_before_the_demand_and_its_state(question: str, best: Scored) -> None:
    assert _first(question, best, DONE) == DONE.statement.text


def test_who_asks_for_the_demand_is_told_the_demand() -> None:
    asked = "김한빛 의원이 건의한 것은 무엇인가요?"
    assert _first(asked, DEMANDED, DONE, STATE) == DEMANDED.statement.text


def test_what_was_done_in_another_row_is_no_answer() -> None:
    other = scored(table_cell("내년 예산에 넣음, 3월에 공사를 시작함", "조치결과", "이새롬 의원"))
    asked = "물빛도서관 주차장 건의는 어떻게 됐나요?"
    assert _first(asked, DEMANDED, other) == DEMANDED.statement.text


def test_a_table_of_plans_is_read_as_before() -> None:
    plan = scored(table_cell("주민 설명회를 거쳐 구마다 한 곳씩 만듦", "추진방법", ROW), 9.0)
    result = scored(table_cell("설명회 네 번, 두 곳을 먼저 만듦", "추진결과", ROW), 8.0)
    assert _first("쉼터는 어떻게 만드나요?", plan, result) == plan.statement.text


@pytest.mark.parametrize(
    ("question", "text", "column"),
    [
        ("조치를 마친 시기는 언제인가요?", "2024. 6월", "완료시기"),
        ("건의를 처리하는 부서는 어디인가요?", "교통정책과", "담당부서"),
        ("왜 반영되지 않았나요?", "예산이 모자람", "불가사유"),
        ("왜 주차장을 더 만들라고 건의했나요?", "이용자가 늘어 주차장을 더 만들 것", "건의사항"),
        ("처리율은 몇 %인가요?", "85.3", "처리율"),
    ],
)
def test_who_asks_for_something_else_of_the_row_is_told_that(
    question: str, text: str, column: str
) -> None:
    assert _first(question, scored(table_cell(text, column, ROW), 9.0), DONE) == text


def test_a_line_is_no_cell() -> None:
    line = scored(statement("완료"), 9.0)
    assert _first("어떻게 됐나요?", line, DONE) == "완료"
