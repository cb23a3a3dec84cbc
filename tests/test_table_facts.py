from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from rag.composing.table_facts import table_facts
from rag.composing.within import Composed
from rag.question import analyse
from rag.whole_table import Table
from tests.made import chunk, scored, statement

STAFF = {
    "계": ["60", "58"],
    "가람과": ["20", "21"],
    "나래과": ["25", "22"],
    "다솜과": ["15", "15"],
}
BUDGET = {
    "합계": ["900", "840", "60"],
    "가람과": ["300", "310", "△10"],
    "나래과": ["500", "420", "80"],
    "다솜과": ["100", "110", "△10"],
}
SECTION = ("Ⅰ. 일반 현황", "□ 예산 현황")


def _table(
    columns: Sequence[str],
    rows: Mapping[str, Sequence[str]],
    *,
    unit: str = "",
    above: tuple[str, ...] = ("(단위 : 명)",),
    corner: str = "구 분",
) -> Table:
    passage = chunk("표", section=SECTION, title="2024년 하람시 업무계획")
    signals = {"fit": 0.0, "year": 0.0, "words": 0.2, "section": 0.0}
    cells = tuple(
        scored(
            replace(statement(text, column, row, kind="cell", unit=unit, line=line), head=(1,)),
            passage=passage,
            signals=signals,
        )
        for line, (row, texts) in enumerate(rows.items(), start=2)
        for column, text in zip(columns, texts, strict=True)
        if text != "-"
    )
    return Table(cells=cells, above=above, corner=corner)


def _asked(question: str, table: Table) -> Composed | None:
    return table_facts(analyse(question), table.cells[:1], lambda _: table)


def _said(question: str, table: Table) -> str:
    found = _asked(question, table)
    return found.text if found else ""


OF_STAFF = _table(("정원", "현원"), STAFF, unit="명")
OF_BUDGET = _table(("2024년 예산액", "2023년 예산액", "증감"), BUDGET, unit="백만원")
OF_PEOPLE = _table(("계", "해솔구", "다온구", "누리구"), {"인구": ["90", "40", "20", "30"]})


def test_the_largest_of_a_column_is_said_with_its_row_and_cited() -> None:
    found = _asked("정원이 가장 많은 과는 어디인가요?", OF_STAFF)
    assert found is not None
    assert found.text == "나래과: 25명입니다(정원, 3개 가운데 가장 큰 값). [1]"
    assert [one.statement.context for one in found.items] == [("정원", "나래과")]


def test_the_total_is_not_the_largest() -> None:
    assert _said("인구가 제일 많은 구는 어디예요?", OF_PEOPLE).startswith("해솔구: 40입니다")


def test_a_total_by_another_name_is_found_by_its_sum() -> None:
    rows = {"하람": ["9"], "동쪽": ["2"], "서쪽": ["4"], "남쪽": ["3"]}
    said = _said("개소수가 가장 많은 권역은 어디인가요?", _table(("개소수",), rows, corner="권역"))
    assert said.startswith("서쪽: 4입니다")


def test_the_smallest_is_not_told_where_a_value_is_missing() -> None:
    table = _table(("정원", "현원"), {"가람과": ["20", "21"], "나래과": ["-", "25"]})
    assert _asked("정원이 가장 적은 과는 어디인가요?", table) is None


def test_what_grew_most_is_read_from_the_column_of_changes() -> None:
    assert _said("2024년 예산이 가장 많이 늘어난 과는 어디인가요?", OF_BUDGET).startswith(
        "나래과: 80백만원"
    )


def test_all_rows_that_meet_a_condition_are_said_with_both_values() -> None:
    found = _asked("현원이 정원보다 많은 과는 어디어디인가요?", OF_STAFF)
    assert found is not None
    assert found.text == "다음과 같습니다. 가람과(현원 21명, 정원 20명) [1]"


def test_a_difference_is_met_exactly() -> None:
    assert "나래과(현원 22명, 정원 25명)" in _said(
        "정원보다 3명 모자라는 과는 어디인가요?", OF_STAFF
    )
    assert _asked("현원이 정원보다 2명 모자라는 과는 어디인가요?", OF_STAFF) is None


def test_two_figures_of_one_cell_are_told_apart_by_the_line_above() -> None:
    rows = {"계": ["60/58"], "가람과": ["20/21"], "나래과": ["25/22"]}
    table = _table(("계",), rows, above=("(단위 : 명, 정원/현원)",))
    said = _said("현원이 정원보다 많은 과는 어디인가요?", table)
    assert said == "다음과 같습니다. 가람과(현원 21명, 정원 20명) [1]"


def test_parts_of_two_groups_are_added_up() -> None:
    columns = ("정원 일반직", "정원 임기제", "현원 일반직", "현원 임기제")
    table = _table(columns, {"가람과": ["8", "2", "9", "2"], "나래과": ["5", "1", "5", "1"]})
    said = _said("현원이 정원보다 많은 과는 어디인가요?", table)
    assert said == "다음과 같습니다. 가람과(현원 11, 정원 10) [1]"


def test_rows_that_fell_since_last_year_are_told() -> None:
    said = _said("2024년 예산이 전년보다 줄어든 과는 모두 몇 곳인가요?", OF_BUDGET)
    assert said.startswith("모두 2곳입니다. 가람과(2024년 예산액 300백만원")


def test_rows_above_a_figure_of_the_question_are_told() -> None:
    said = _said("현원이 20명을 넘는 과는 어디어디인가요?", OF_STAFF)
    assert said == "다음과 같습니다. 가람과(현원 21명) [1]; 나래과(현원 22명) [2]"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("현원이 정원을 넘습니까?", "아니요, 현원 58명, 정원 60명입니다. [1]"),
        ("가람과는 현원이 정원보다 많습니까?", "예, 가람과 현원 21명, 정원 20명입니다. [1]"),
    ],
)
def test_yes_or_no_comes_with_both_figures(question: str, answer: str) -> None:
    assert _said(question, OF_STAFF) == answer


def test_a_thing_that_the_table_does_not_name_is_not_answered_with_its_total() -> None:
    assert _asked("새벽버스 사업은 현원이 정원을 넘습니까?", OF_STAFF) is None


def test_grades_are_said_without_a_verdict() -> None:
    table = _table(("화재", "범죄"), {"2022년": ["3", "2"], "2023년": ["2", "4"]}, unit="등급")
    said = _said("범죄 분야는 2023년에 전년보다 등급이 좋아졌습니까?", table)
    assert said == "범죄 2023년 4등급, 2022년 2등급입니다. [1][2]"


@pytest.mark.parametrize(
    "question",
    [
        "나래과의 정원은 몇 명인가요?",
        "월급이 가장 많은 과는 어디인가요?",
        "정원이 가장 많은 도서관은 어디인가요?",
        "정원이 가장 많은 과는 왜 그렇습니까?",
        "현원이 정원보다 많지 않은 과는 어디인가요?",
        "현원이 정원보다 많은 과 가운데 예산이 전년보다 줄어든 곳은 어디인가요?",
    ],
)
def test_nothing_is_said_of_another_thing(question: str) -> None:
    assert _asked(question, OF_STAFF) is None


def test_a_year_that_the_table_does_not_have_is_not_answered() -> None:
    assert _asked("2019년 예산이 가장 많은 과는 어디인가요?", OF_BUDGET) is None
