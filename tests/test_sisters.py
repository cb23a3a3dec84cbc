"""Names of one kind: what is told of the one is no answer about the other."""

from __future__ import annotations

import pytest

from rag.sisters import sister


@pytest.mark.parametrize(
    ("question", "said", "names"),
    [
        ("3호선 2단계는 언제 열리나요?", "3호선 1단계 : 2027. 6.", ("2단계", "1단계")),
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
        ("5호선 안전문은 몇 곳인가요?", "안전문 : 1ㆍ5ㆍ8호선 62곳"),
        ("5호선 안전문은 몇 곳인가요?", "안전문 : 1호선부터 9호선까지 62곳"),
        ("N4 버스는 몇 대인가요?", "심야버스 N1~N6 12대"),
        ("3공구 시공사는 어디인가요?", "3-1공구 : ㈜가람, 3-2공구 : ㈜누리"),
        ("2단계 사업비는 얼마인가요?", "1단계 300억원, Ⅱ단계 500억원"),
        ("2차 피해를 막는 대책은?", "1차 상담 뒤 임시숙소로 옮김"),
        ("여의도공원 면적은?", "여의도 공원 23만㎡ (용산공원 제외)"),
        ("부산시민은 몇 명이 참여했나요?", "대전시민 3,200명 참여"),
        ("3단계로 나누어 하나요?", "1단계 : 설계"),
        ("부산캠퍼스는 언제 문을 여나요?", "캠퍼스 개설 : 4월 (부산캠퍼스, 대전캠퍼스)"),
        ("부산캠퍼스는 언제 문을 여나요?", "캠퍼스 개설 : 4월"),
    ],
)
def test_what_is_named_itself_or_not_by_its_kind_is_no_other(question: str, said: str) -> None:
    assert sister(question, said) is None
