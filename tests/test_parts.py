from __future__ import annotations

import pytest

from rag.composing.parts import taken_apart

SINGLE = (
    "한빛시의 2024년 예산은 얼마인가요?",
    "사서와 이용자가 함께 고른 책은 몇 권인가요?",
    "노란 버스는 몇 시에 출발하나요?",
    "얼마 전에 문을 연 도서관은 어디에 있나요?",
    "2019년보다 손님이 15% 줄어든 가게는 임대료를 몇 퍼센트 깎아 주나요?",
)


def _questions(text: str) -> list[str]:
    task = taken_apart(text)
    return [part.question for part in task.parts] if task else []


def _names(text: str) -> list[str]:
    task = taken_apart(text)
    return [part.name for part in task.parts] if task else []


@pytest.mark.parametrize("text", SINGLE)
def test_a_question_about_one_thing_stays_whole(text: str) -> None:
    assert taken_apart(text) is None


def test_what_two_things_are_measured_by_is_asked_of_each() -> None:
    assert _questions("해솔관과 다온관의 2024년 관람객 수는 각각 몇 명인가요?") == [
        "해솔관 2024년 관람객 수는 몇 명인가요?",
        "다온관의 2024년 관람객 수는 몇 명인가요?",
    ]


def test_a_measure_after_the_second_is_asked_of_the_first_too() -> None:
    assert _questions("해솔관과 다온관 면적을 합하면 얼마인가요?") == [
        "해솔관 면적을 얼마인가요?",
        "다온관 면적을 얼마인가요?",
    ]


def test_two_years_make_two_questions() -> None:
    assert _names("등불축제 예산은 2023년과 2024년에 각각 얼마인가요?") == ["2023년", "2024년"]


def test_the_second_takes_from_the_first_what_it_leaves_out() -> None:
    assert _questions("2023년 새벽버스 차량 수와 2024년 차량 수는 각각 몇 대인가요?")[1] == (
        "2024년 새벽버스 차량 수 몇 대인가요?"
    )


def test_the_year_before_is_reckoned_from_the_year_asked_for() -> None:
    text = "등불축제 예산은 2024년에 전년보다 얼마나 늘었나요?"
    task = taken_apart(text)
    assert task is not None
    assert (task.operation, task.change) == ("difference", True)
    assert _questions(text) == [
        "등불축제 예산은 2023년에 얼마인가요?",
        "등불축제 예산은 2024년에 얼마인가요?",
    ]


def test_a_change_between_years_that_are_not_told_has_no_parts() -> None:
    task = taken_apart("등불축제 예산은 지난해보다 얼마나 늘었나요?")
    assert task is not None
    assert task.parts == ()


def test_what_is_measured_from_takes_the_other_s_place() -> None:
    assert _questions("2024년 예산은 해솔관이 다온관보다 얼마나 더 많은가요?") == [
        "2024년 예산은 해솔관이 얼마인가요?",
        "2024년 예산은 다온관 얼마인가요?",
    ]


def test_a_second_clause_is_about_what_the_first_was() -> None:
    assert _questions("등불축제는 2023년에 몇 명을 불렀고 2024년에는 몇 명을 부를 계획인가요?") == [
        "등불축제는 2023년에 몇 명을 불렀고",
        "등불축제는 2024년에는 몇 명을 부를 계획인가요?",
    ]


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("해솔관과 다온관 중 어느 쪽이 더 넓은가요?", "which"),
        ("해솔관과 다온관의 예산을 합하면 얼마인가요?", "sum"),
        ("해솔관과 다온관의 예산 차이는 얼마인가요?", "difference"),
        ("해솔관과 다온관의 예산은 각각 얼마인가요?", "each"),
        ("해솔관 예산은 2024년에 2023년보다 몇 퍼센트 늘었나요?", "percent"),
        ("해솔관 예산에서 쓰지 않고 남은 돈은 얼마인가요?", "rest"),
        ("안내원 가운데 아직 교육을 받지 않은 사람은 몇 명인가요?", "rest"),
        ("2024년 보조금 중 추경으로 더 마련해야 하는 돈은 얼마인가요?", "rest"),
        ("손님이 더 많은 곳은 해솔관과 다온관 중 어디인가요?", "which"),
        ("해솔관과 다온관의 좌석 수를 견주면 어떻게 되나요?", "each"),
    ],
)
def test_what_is_to_be_done_is_known(text: str, operation: str) -> None:
    task = taken_apart(text)
    assert task is not None
    assert task.operation == operation


@pytest.mark.parametrize(
    "text",
    [
        "새벽버스는 2024년에 몇 대로 늘었나요?",
        "새벽버스는 2024년에 몇 대까지 늘립니까?",
        "노란 가게와 파란 가게를 뺀 나머지 가게는 어느 시장에 있나요?",
    ],
)
def test_the_value_that_something_grows_to_is_no_change(text: str) -> None:
    assert taken_apart(text) is None


def test_a_change_within_some_years_has_the_first_and_the_last() -> None:
    assert _questions("새벽버스 손님은 2020년부터 2022년 사이에 모두 몇 명 줄었나요?") == [
        "2020년 새벽버스 손님은 몇 명?",
        "2022년 새벽버스 손님은 몇 명?",
    ]


def test_a_change_without_years_is_left_to_one_statement() -> None:
    task = taken_apart("상담교사는 몇 명이 더 늘어나나요?")
    assert task is not None
    assert (task.parts, task.change) == ((), True)


def test_two_reports_are_each_asked() -> None:
    task = taken_apart("해솔관 사업비는 2023년 보고서와 2024년 보고서에 각각 얼마인가요?")
    assert task is not None
    assert [(part.question, part.report) for part in task.parts] == [
        ("해솔관 사업비는 얼마인가요?", 2023),
        ("해솔관 사업비는 얼마인가요?", 2024),
    ]


def test_a_change_against_another_report_is_asked_of_both() -> None:
    task = taken_apart("2024년 해솔관 사업비가 2023년 보고서보다 얼마나 늘었나요?")
    assert task is not None
    assert [part.report for part in task.parts] == [2023, 2024]


def test_the_report_that_is_meant_is_that_of_every_part() -> None:
    text = "해솔관과 다온관의 예산을 2021년 계획의 금액으로 합하면 얼마인가요?"
    task = taken_apart(text)
    assert task is not None
    assert [part.report for part in task.parts] == [2021, 2021]


def test_what_asks_for_a_choice_is_no_part_of_either_question() -> None:
    text = "2024년 예산은 해솔관과 다온관 가운데 어느 쪽이 더 많고 각각 얼마인가요?"
    assert _questions(text) == [
        "해솔관 2024년 예산은 얼마인가요?",
        "다온관 2024년 예산은 얼마인가요?",
    ]


def test_a_sum_over_two_years_asks_for_each() -> None:
    assert _names("2022년과 2023년 두 해 동안 문을 단 집은 모두 몇 세대인가요?") == [
        "2022년",
        "2023년",
    ]


def test_what_was_reached_is_measured_from_the_aim() -> None:
    assert _questions("2023년 등불축제는 목표보다 몇 명이나 더 왔나요?") == [
        "2023년 등불축제는 실적 몇 명이나 왔나요?",
        "2023년 등불축제는 목표 몇 명이나 왔나요?",
    ]


def test_the_larger_change_is_not_asked_as_the_larger_value() -> None:
    assert taken_apart("공원과와 교통과 중 2024년 예산이 더 많이 늘어난 곳은 어디인가요?") is None


def test_the_smaller_of_two_is_named() -> None:
    task = taken_apart("공원과와 교통과 중 예산이 더 적은 곳은 어디인가요?")
    assert task is not None
    assert (task.operation, task.least) == ("which", True)


def test_names_that_begin_like_a_comparing_word_are_kept() -> None:
    assert _questions("늘찬학교와 큰우물학교의 예산은 각각 얼마인가요?") == [
        "늘찬학교 예산은 얼마인가요?",
        "큰우물학교의 예산은 얼마인가요?",
    ]


def test_a_name_that_looks_like_a_verb_is_a_part() -> None:
    assert _names("미르내와 한결 체육관은 사업비가 각각 얼마인가요?") == ["미르내", "한결 체육관"]


def test_people_are_asked_for_by_their_number() -> None:
    assert _questions("다친 사람은 해솔구와 다온구 중 어디가 더 많았나요?") == [
        "해솔구 다친 사람은 몇 명입니까?",
        "다온구 다친 사람은 몇 명입니까?",
    ]


def test_what_two_that_end_alike_have_is_asked_of_both() -> None:
    assert _questions("해솔시장과 다온시장 주차장 중 예산이 더 많은 곳은 어디인가요?") == [
        "해솔시장 주차장 예산이 얼마인가요?",
        "다온시장 주차장 예산이 얼마인가요?",
    ]


def test_two_dated_values_leave_out_of_the_base_whose_it_is() -> None:
    text = "2024년 등대 보수 계획은 2023년 보수 실적보다 몇 기 많은가요?"
    task = taken_apart(text)
    assert task is not None
    assert task.change
    assert _questions(text) == ["2023년 등대 보수 실적 몇 기?", "2024년 등대 보수 계획은 몇 기?"]


def test_a_wish_at_the_end_is_no_part_of_the_question() -> None:
    asked = "등불축제 예산은 2024년에 2023년보다 얼마나 늘었는지"
    assert _questions(f"{asked} 알려 주세요.") == _questions(asked)


def test_the_beginning_and_the_end_of_a_year_are_of_that_year() -> None:
    assert _questions("산단 면적은 2021년 초와 2022년 초에 각각 얼마였나요?") == [
        "2021년 산단 면적은 얼마였나요?",
        "2022년에 산단 면적은 얼마였나요?",
    ]


@pytest.mark.parametrize("order", ["비교해 주세요.", "서로 비교해 줘", "비교해 달라"])
def test_an_order_to_compare_asks_for_both(order: str) -> None:
    assert _questions(f"해솔관과 다온관의 시간당 임금을 {order}") == [
        "해솔관 시간당 임금을 얼마인가요?",
        "다온관의 시간당 임금을 얼마인가요?",
    ]


def test_a_name_may_begin_with_what_tells_it_from_its_like() -> None:
    assert _names("해솔관과 옛 시청은 연면적이 각각 얼마인가요?") == ["해솔관", "옛 시청"]


def test_two_that_are_called_alike_are_told_apart_by_their_age() -> None:
    asked = "옛 청사와 새 청사의 면적은 각각 얼마인가요?"
    assert _questions(asked) == ["옛 청사 면적은 얼마인가요?", "새 청사의 면적은 얼마인가요?"]


@pytest.mark.parametrize(
    "text",
    [
        "해솔관과 다온관을 비교해 주세요.",
        "해솔관과 다온관의 특징을 비교해 주세요.",
        "해솔관과 그 주변 예산은 각각 얼마인가요?",
        "해솔관과 이 사업의 예산은 각각 얼마인가요?",
    ],
)
def test_what_names_no_second_thing_or_no_measure_is_not_compared(text: str) -> None:
    assert taken_apart(text) is None


def test_an_order_to_compare_how_much_it_grew_asks_for_the_change() -> None:
    task = taken_apart("2023년과 2024년 예산이 얼마나 늘었는지 비교해 주세요")
    assert task is not None
    assert (task.operation, task.change) == ("difference", True)


@pytest.mark.parametrize("base", ["2023년과", "전년과", "작년하고", "지난해와"])
def test_a_year_compared_with_another_is_a_change(base: str) -> None:
    task = taken_apart(f"물길버스 2024년 예산을 {base} 비교해 주세요.")
    assert task is not None
    assert (task.operation, task.change) == ("difference", True)
    assert [part.question for part in task.parts] == [
        "물길버스 2023년 예산은 얼마인가요?",
        "물길버스 2024년 예산은 얼마인가요?",
    ]
