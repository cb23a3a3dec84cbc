"""Answers about one part of a sum that is told with its parts."""

from __future__ import annotations

import pytest

from rag.composing.shares import part_told
from rag.question import analyse
from rag.types import Statement
from tests.made import cell, chunk, scored, statement

PEOPLE = "- 관제인력 18명(용역 15, 공무원 3), '24년 용역비 1,420백만원"
MONEY = (
    "□ 사업기간 : 2023년 ~ 2025년 / 총사업비 : 24,000백만원 (국비 12,000, 시비 9,600, 민간 2,400)"
)
DEALS = "□ 투자협약 14건 6,280억원 (물류 9, 식품 5)"
YEARS = "- 이용 : '22년 310건 → '23년 487건 (시각 219, 지체 174, 고령자 94)"


def _said(question: str, text: str | Statement) -> str | None:
    said = statement(text) if isinstance(text, str) else text
    passage = chunk(said.text, section=("2-4 안전센터 운영",))
    told = part_told(analyse(question), [scored(said, passage=passage)])
    return told.text if told else None


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        (
            "관제인력 가운데 공무원은 몇 명인가요?",
            PEOPLE,
            "3명입니다(안전센터 운영 – 관제인력 18명 가운데 공무원). [1]",
        ),
        (
            "총사업비 중 민간 몫은 얼마인가요?",
            MONEY,
            "2,400백만원(24억 원)입니다(안전센터 운영 – 총사업비 : 24,000백만원 가운데 민간). [1]",
        ),
        (
            "투자협약 중 식품은 몇 건인가요?",
            DEALS,
            "5건입니다(안전센터 운영 – 투자협약 14건 가운데 식품). [1]",
        ),
        (
            "2023년 지체장애인 이용은 몇 건인가요?",
            YEARS,
            "174건입니다(안전센터 운영 – '23년 487건 가운데 지체). [1]",
        ),
        (
            "위원회 위원 19명 중 민간 위원은 몇 명인가요?",
            cell("19명 (민간 13)", "위원 수", "도시위원회"),
            "13명입니다(안전센터 운영 – 위원 수 도시위원회 – 19명 가운데 민간). [1]",
        ),
    ],
)
def test_the_part_is_said_with_its_unit_and_its_sum(
    question: str, text: str | Statement, answer: str
) -> None:
    assert _said(question, text) == answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("국비와 시비를 합한 총사업비는 얼마인가요?", MONEY),  # the sum is asked for
        ("국비와 시비는 얼마인가요?", MONEY),  # two parts
        ("공무원은 언제 뽑나요?", PEOPLE),
        ("2022년 지체장애인 이용은 몇 건인가요?", YEARS),  # the parts are of another year
        ("지체장애인 이용은 얼마나 늘었나요?", YEARS),
        ("물류는 몇 명인가요?", DEALS),  # not what the parts count
        ("부채비율은 몇 %인가요?", "부채 4,182억원 (부채비율 61.7%)"),  # no part of the sum
        ("전국 상승률은 몇 %인가요?", "물가 상승률 5.4% (전국 5.1%)"),
        ("공무원은 몇 명인가요?", "관제인력 18명, 공무원 3명"),
        ("공무원이 아닌 관제인력은 몇 명인가요?", PEOPLE),
        ("민간위탁 사업비는 얼마인가요?", MONEY),  # the name is that of another thing
        ("지원 기간은 얼마인가요?", "지원금 300만원(지원기간 6)"),
        ("만족한 사람은 몇 명인가요?", "응답자 1,000명(만족 85.3)"),
        ("국비는 얼마인가요?", "총사업비 1,000백만원(국비 50, 시비 50)"),  # shares in %
        ("승인된 온라인 신청은 몇 건인가요?", "신청 300건(온라인 200, 방문 100), 승인 120건"),
        ("총사업비에서 민간을 뺀 나머지는 얼마인가요?", MONEY),
    ],
)
def test_what_is_no_part_of_a_sum_is_left_alone(question: str, text: str) -> None:
    assert _said(question, text) is None
