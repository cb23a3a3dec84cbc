"""`작년` is a year of the reports that were found, not of the day on which someone asks."""

from __future__ import annotations

import pytest

from rag.present import in_years, searched
from rag.types import Hit
from tests.made import chunk

TITLES = ("2022년 업무계획", "2024년 업무계획", "2040 도시기본계획", "2030 감축 로드맵")


@pytest.mark.parametrize(
    ("asked", "dated"),
    [
        ("작년 예산은 얼마인가요?", "2023년 예산은 얼마인가요?"),
        ("올해는 몇 명을 뽑나요?", "2024년은 몇 명을 뽑나요?"),
        ("내년 목표", "2025년 목표"),
        ("내년에도 그때처럼 열리나요?", "2025년에도 그때처럼 열리나요?"),
    ],
)
def test_the_year_is_counted_from_the_newest_report_that_was_found(asked: str, dated: str) -> None:
    assert in_years(asked, TITLES) == dated


@pytest.mark.parametrize(
    "asked", ["예산은 얼마인가요?", "2022년에도 작년만큼 뽑았나요?", "올해의 책은 무엇인가요?"]
)
def test_a_question_of_no_such_year_or_of_one_of_its_own_stays(asked: str) -> None:
    assert in_years(asked, TITLES) == asked


def test_reports_of_no_year_leave_it_open() -> None:
    assert in_years("작년 예산은?", ["업무현황"]) == "작년 예산은?"
    assert in_years("작년 예산은?", ["2024년 1~6월 업무보고"]) == "2023년 예산은?"


def test_what_is_found_is_found_for_that_year() -> None:
    asked = list[str]()

    def search(question: str) -> tuple[Hit, ...]:
        asked.append(question)
        return (Hit(chunk=chunk("", title="2024년 업무계획"), score=1.0, source="hybrid"),)

    assert searched("작년 예산은?", search) == ("2023년 예산은?", search("다시"))
    assert asked == ["작년 예산은?", "2023년 예산은?", "다시"]
    assert searched("예산은?", search)[0] == "예산은?"
    assert asked[3:] == ["예산은?"]
