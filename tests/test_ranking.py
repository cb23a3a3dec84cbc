from __future__ import annotations

import pytest

from rag.fitting import fits
from rag.korean import fold
from rag.learned import learned
from rag.question import analyse
from rag.ranking import rank
from rag.signals import Candidate, signals_of, year_fit
from rag.types import Statement
from tests.made import candidate, cell, chunk, statement, table_cell

WEIGHTS = learned().statement
MONEY, COUNT, SHARE = "예산은 얼마인가요?", "대상은 몇 명인가요?", "비율은 몇 %인가요?"
TERM = "보고서에서 말하는 '유수율'이란 무슨 뜻인가요?"
AREA, DATE, PLACES = "면적은 몇 ㎡인가요?", "언제인가요?", "몇 곳인가요?"


def _best(question: str, *candidates: Candidate) -> Statement:
    asked = analyse(question)
    return rank(asked, candidates, rarity=dict.fromkeys(asked.tokens, 1.0), weights=WEIGHTS)[
        0
    ].statement


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        (MONEY, "57,229백만원", True),
        ("안내기는 몇 대인가요?", "안내기(1,302개) 송출", True),
        ("버스는 몇 대인가요?", "3개 노선", False),
        ("병상은 몇 개인가요?", "치료센터 120병상", True),
        ("예산 항목은 몇 개인가요?", "3억 예산", False),
        ("청년 사업은 몇 개인가요?", "1 청년일자리 확대", False),
        (MONEY, "572억", True),
        (MONEY, "7,830명", False),
        (COUNT, "7,830명", True),
        (COUNT, "24만 6천명", True),
        (COUNT, "7,830건", False),
        (PLACES, "12개소", True),
        (PLACES, "12명", False),
        (SHARE, "55.1%", True),
        (SHARE, "５５％", True),
        (SHARE, "55명", False),
        (AREA, "1,280㎡", True),
        (AREA, "1,280백만원", False),
        (DATE, "'24. 3월", True),
        (DATE, "10:00 개막, 매년", True),
        (DATE, "57,229백만원", False),
        ("얼마나 왔나요?", "많이 왔음", False),
        ("왜 늦어졌나요?", "비가 와서", None),
        ("왜 늦어졌나요?", "공사 착공 : '24. 3월 ~", False),
        ("왜 늦어졌나요?", "사유 : 협의 지연 (준공 : '24.12월)", True),
        ("어떻게 뽑나요?", "서류 심사(배점 30:70)", None),
        ("입장료는 얼마인가요?", "관람 : 무료", True),
        (TERM, "거두어들인 물이 차지하는 비율을 말함", True),
        (TERM, "1) 유수율 : 거두어들인 물의 비율", True),
        (TERM, "※ 보고서 : 해마다 두 번", False),
        (TERM, "가. 유수율(%) : 거두어들인 물의 비율", True),
        (TERM, "유수율 85.6% 달성", False),
    ],
)
def test_whether_a_text_holds_the_value_asked_for(
    question: str, text: str, expected: bool | None
) -> None:
    assert fits(analyse(question), fold(text)) is expected


@pytest.mark.parametrize(
    ("said", "section", "title", "expected"),
    [
        ("'24년 예산", "추진실적('23년)", "2022년 계획", 1.0),
        ("'23년 예산", "사업개요('24년)", "2024년 계획", -1.0),
        ("예산", "사업개요('24년)", "2023년 계획", 0.6),
        ("예산", "추진실적('23년)", "2024년 계획", -0.7),
        ("예산", "사업개요", "2024년 계획", 0.3),
        ("예산", "사업개요", "2023년 계획", -0.1),
    ],
)
def test_the_nearest_place_that_names_a_year_tells_it(
    said: str, section: str, title: str, expected: float
) -> None:
    passage = chunk(said, section=(section,), title=title)
    found = candidate(statement(said), passage=passage)
    assert year_fit(analyse("2024년 예산은 얼마인가요?"), found) == expected


def test_the_year_of_a_parent_counts_as_that_of_a_heading() -> None:
    asked = analyse("2024년 예산은 얼마인가요?")
    below = statement("- 총사업비 : 26,482백만원", "○ 준공 목표 '24. 3월")
    assert year_fit(asked, candidate(below, passage=chunk("", section=("'23년 실적",)))) == 0.6
    beside = statement("- 3월: 2023년 선정된 10개소 준공", "□ '22년 실적", "○ '24년 계획")
    assert year_fit(asked, candidate(beside)) == 0.3
    labelled = cell("570", "'24년", "교통과")
    assert year_fit(asked, candidate(labelled)) == 1.0


def test_the_day_of_counting_is_not_the_year_of_what_is_counted() -> None:
    asked = analyse("2024년에 몇 명을 뽑았나요?")
    counted = statement("- 148명 채용('25.1월 현재)")
    below = candidate(counted, passage=chunk("", section=("추진실적('24년)",)))
    assert year_fit(asked, below) == 0.6
    # Nothing else tells of which year it is.
    assert year_fit(asked, candidate(counted, passage=chunk("", title="업무 현황"))) == -1.0


def test_two_figures_in_a_cell_may_be_what_is_counted() -> None:
    (told,) = signals_of(analyse("몇 명이 일하나요?"), [candidate(cell("8/7", "과", "정원"))], {})
    assert told["fit"] == 0.0


def test_without_a_year_in_the_question_no_year_counts() -> None:
    assert year_fit(analyse("예산은 얼마인가요?"), candidate(statement("'24년 예산"))) == 0.0


def test_of_two_equal_statements_the_one_with_the_value_is_better() -> None:
    assert _best(
        "대상은 몇 명인가요?",
        candidate(statement("- 대상 : 미취업 청년")),
        candidate(statement("- 대상 : 미취업 청년 7,830명")),
    ).text.endswith("7,830명")


def test_of_two_cells_the_one_whose_labels_are_asked_for_is_better() -> None:
    best = _best(
        "동부교육원의 정원은 몇 명인가요?",
        candidate(cell("120", "정원", "서부교육원", unit="명")),
        candidate(cell("130", "정원", "동부교육원", unit="명")),
        candidate(cell("140", "현원", "동부교육원", unit="명")),
    )
    assert best.text == "130"


def test_the_unit_of_a_bare_figure_counts_as_said() -> None:
    best = _best(
        "예산은 얼마인가요?",
        candidate(cell("570", "예산", "교통과", unit="명")),
        candidate(cell("580", "예산", "교통과", unit="백만원")),
    )
    assert best.text == "580"


def test_of_two_equal_statements_the_nearer_one_is_better() -> None:
    best = _best(
        "어떻게 신청하나요?",
        candidate(statement("방문하여 신청"), near=1.0),
        candidate(statement("누리집에서 신청"), near=3.0),
    )
    assert best.text == "누리집에서 신청"


def test_scores_fall_and_nothing_is_lost() -> None:
    asked = analyse("대상은 몇 명인가요?")
    candidates = [candidate(statement(f"- 대상 : {n}명"), near=n % 4) for n in range(9)]
    ranked = rank(asked, candidates, rarity={}, weights=WEIGHTS)
    assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
    assert {one.statement.text for one in ranked} == {one.statement.text for one in candidates}


def test_nothing_ranks_as_nothing() -> None:
    assert rank(analyse("예산은?"), [], rarity={}, weights=WEIGHTS) == []


def test_the_row_that_the_question_names_leads_its_table() -> None:
    park, road = table_cell("120", "예산", "공원과"), table_cell("450", "예산", "도로과")
    found = _best("도로과 예산은 얼마인가요?", candidate(park, near=2.0), candidate(road))
    assert found is road


def test_the_column_that_the_question_names_leads_its_row() -> None:
    plan, result = table_cell("12", "목표", "신호등"), table_cell("15", "실적", "신호등")
    found = _best("신호등 실적은 몇 개소인가요?", candidate(plan, near=2.0), candidate(result))
    assert found is result


def test_a_change_is_read_from_the_column_of_changes() -> None:
    sum_, change = table_cell("120억원", "예산", "공원과"), table_cell("7억원", "증감", "공원과")
    both = candidate(sum_), candidate(change)
    assert _best("공원과 예산은 얼마나 늘었나요?", *both) is change
    assert _best("공원과 예산은 얼마인가요?", *both) is sum_


def test_a_figure_is_no_answer_where_words_are_asked_for() -> None:
    assert fits(analyse("왜 늦어졌나요?"), "171대") is False


def test_keywords_alone_may_be_answered_by_a_figure() -> None:
    assert fits(analyse("공원과 2024년 실적"), "171대") is None
    assert fits(analyse("공원과는 어디인가요?"), "171대") is False


def test_a_cause_may_be_told_by_its_label() -> None:
    assert fits(analyse("왜 늦어졌나요?"), "원인 : 펌프 고장") is True


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("방법별로 각각 몇 호씩인가요?", "철거 29호, 임대 18호, 마을 8호", True),
        ("방법별로 각각 몇 호씩인가요?", "418호 가운데 55호 정비", None),
        ("전체 길이가 얼마인가요?", "총연장 46.8km", True),
        ("전체 길이가 얼마인가요?", "3,050백만원", False),
        ("무게가 얼마인가요?", "10톤", True),
        ("평균 속도는 얼마인가요?", "시속 17.8km", True),
        ("이용 건수는 얼마인가요?", "39,180건", True),
    ],
)
def test_what_is_measured_or_wanted_of_each_decides(
    question: str, text: str, expected: bool | None
) -> None:
    assert fits(analyse(question), fold(text)) is expected


def test_the_highest_of_many_is_what_is_said_to_be_so() -> None:
    said = candidate(statement("임대료 최대 60% 감면"))
    each = candidate(cell("55%", "10% 초과", "임대료 감면율"))
    asked = analyse("임대료를 최대 몇 %까지 깎아 주나요?")
    found = signals_of(asked, (said, each), dict.fromkeys(asked.tokens, 1.0))
    assert [one["fit"] for one in found] == [1.0, 0.0]
