"""`작년` is a year of the reports that were found, not of the day on which someone asks."""

from __future__ import annotations

import pytest

from rag.present import in_years
from rag.question import analyse
from tests.made import candidate, chunk, statement

HITS = [
    candidate(statement("예산 3억원"), passage=chunk("", title=title)).hit
    for title in ("2022년 업무계획", "2024년 업무계획", "2040 도시기본계획")
]


@pytest.mark.parametrize(
    ("asked", "dated"),
    [
        ("작년 예산은 얼마인가요?", "2023년 예산은 얼마인가요?"),
        ("올해는 몇 명을 뽑나요?", "2024년은 몇 명을 뽑나요?"),
        ("내년 목표", "2025년 목표"),
    ],
)
def test_the_year_is_counted_from_the_newest_report_that_was_found(asked: str, dated: str) -> None:
    assert in_years(analyse(asked), HITS) == analyse(dated)


@pytest.mark.parametrize("asked", ["예산은 얼마인가요?", "2022년에도 작년만큼 뽑았나요?"])
def test_a_question_of_no_such_year_or_of_one_of_its_own_stays(asked: str) -> None:
    assert in_years(analyse(asked), HITS).text == asked


def test_reports_of_no_year_leave_it_open() -> None:
    bare = [candidate(statement("예산 3억원"), passage=chunk("", title="업무현황")).hit]
    assert in_years(analyse("작년 예산은?"), bare).text == "작년 예산은?"
