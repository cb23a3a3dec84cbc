from __future__ import annotations

from rag.question import analyse
from rag.totals import Place, latest_fits, total_fits


def _places(*labels: str, named: str = "") -> list[Place]:
    return [Place(table=1, label=label, named=float(label == named)) for label in labels]


def test_a_total_speaks_for_a_table_of_which_no_part_is_named() -> None:
    asked = analyse("하람시의 인구는 몇 명인가요?")
    assert total_fits(asked, _places("계", "해솔구", "다온구")) == [1.0, -1.0, -1.0]


def test_a_part_that_is_named_speaks_for_itself() -> None:
    asked = analyse("해솔구의 인구는 몇 명인가요?")
    assert total_fits(asked, _places("계", "해솔구", named="해솔구")) == [0.0, 0.0]


def test_a_table_without_a_total_has_no_whole() -> None:
    asked = analyse("하람시의 인구는 모두 몇 명인가요?")
    assert total_fits(asked, _places("해솔구", "다온구")) == [0.0, 0.0]


def test_the_latest_year_that_is_no_plan_is_meant_where_none_is_named() -> None:
    places = _places("2022년", "2023년", "2024년 계획")
    assert latest_fits(analyse("방문객은 몇 명인가요?"), places) == [-1.0, 0.0, -1.0]
    assert latest_fits(analyse("2022년 방문객은 몇 명인가요?"), places) == [0.0, 0.0, 0.0]
