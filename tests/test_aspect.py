from __future__ import annotations

import pytest

from rag.aspect import aspect, named_in


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("버스 운전기사의 월급은 얼마입니까?", "월급"),
        ("보수 공사의 계약 금액은 얼마인가요?", "계약"),
        ("시장의 이름은 무엇인가요?", "시장"),
        ("킥보드 사고는 몇 건이었나요?", "사고"),
        ("소요예산은 얼마인가요?", None),
        ("전체 길이가 얼마인가요?", None),
        ("참여하면 얼마를 받나요?", None),
        ("언제 여나요?", None),
    ],
)
def test_of_what_the_value_is_asked(question: str, expected: str | None) -> None:
    assert aspect(question) == expected


@pytest.mark.parametrize(
    ("noun", "text", "expected"),
    [
        ("요금", "기본 요 금 : 1300원", True),
        ("물빛축재", "물빛축제 5월", True),
        ("월급", "운전기사 3명", False),
        ("실업률", "취업률 77%", False),
        ("사고", "사업 고시", False),
    ],
    ids=["letter-spaced", "mistyped", "missing", "alike", "across-words"],
)
def test_whether_a_text_names_it(noun: str, text: str, expected: bool) -> None:
    assert named_in(noun, text) is expected
