"""Names of one kind: what is told of the one is no answer about the other."""

from __future__ import annotations

import pytest

from rag.sisters import sister


@pytest.mark.parametrize(
    ("question", "said", "names"),
    [
        ("3호선 2차 구간은 언제 열리나요?", "3호선 1차 구간 : 2027. 6.", ("2차", "1차")),
        ("2호선 고장은 몇 건인가요?", "배 경 : 1호선 안전문 고장 163건", ("2호선", "1호선")),
        ("심야버스 N4의 노선은?", "운행노선 : N1(시청~역), N2(시장~역)", ("n4", "n1")),
        ("솔내3 산업단지 분양률은?", "솔내2 산업단지 : 분양률 35%", ("솔내3", "솔내2")),
        ("부산캠퍼스는 언제 문을 여나요?", "대전캠퍼스 개설 : 4월", ("부산캠퍼스", "대전캠퍼스")),
        ("9호선 역은 몇 곳인가요?", "1~4호선 역 62곳", ("9호선", "1호선")),
    ],
)
def test_one_of_the_kind_is_asked_for_and_another_told_of(
    question: str, said: str, names: tuple[str, str]
) -> None:
    assert sister(question, said) == names


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2호선 역은 몇 곳인가요?", "1·2호선 역 62곳"),
        ("3호선 역은 몇 곳인가요?", "1~4호선 역 62곳"),
        ("1호선과 2호선의 거리는 각각 몇 ㎞인가요?", "1호선 거리 24.6㎞"),
        ("2호선 거리는 몇 ㎞인가요?", "도시철도 거리 42.4㎞"),
        ("2022년 3분기에 3명을 뽑나요?", "2022년 1분기에 2명 채용"),
        ("왕복 2차로인가요?", "왕복 4차로로 넓힘"),
        ("3단계로 나누어 하나요?", "1단계 : 설계"),
        ("부산캠퍼스는 언제 문을 여나요?", "캠퍼스 개설 : 4월 (부산캠퍼스, 대전캠퍼스)"),
        ("부산캠퍼스는 언제 문을 여나요?", "캠퍼스 개설 : 4월"),
    ],
)
def test_what_is_named_itself_or_not_by_its_kind_is_no_other(question: str, said: str) -> None:
    assert sister(question, said) is None
