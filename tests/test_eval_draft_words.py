from __future__ import annotations

import pytest

from eval.drafting.phrasing import is_noun_phrase, name_of, with_particle
from eval.drafting.values import read_value


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("예산", "예산은"),
        ("규모", "규모는"),
        ("「빛길버스」", "「빛길버스」는"),
        ("집행률(%)", "집행률(%)은"),
        ("7", "7은"),
        ("2", "2는"),
        ("PM", "PM은"),
        ("AI", "AI는"),
    ],
)
def test_the_particle_fits_the_last_sound(name: str, said: str) -> None:
    assert with_particle(name, "은는") == said


def test_a_name_loses_its_number_its_mark_and_its_notes() -> None:
    assert name_of("1 은빛천 생태하천 복원") == "은빛천 생태하천 복원"
    assert name_of("□ 추진실적('23년) : 22개소") == "추진실적"
    assert name_of("- 보행자 우선도로3)") == "보행자 우선도로"


def test_a_sentence_is_no_name() -> None:
    assert is_noun_phrase("운행 개시")
    assert not is_noun_phrase("이동 불편을 줄임")


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("5,600백만원(시비 100%)", "얼마인가요?"),
        ("총 1,036명", "몇 명인가요?"),
        ("56개소", "몇 곳인가요?"),
        ("31.3%", "몇 %인가요?"),
        ("'25. 7월", "언제인가요?"),
        ("'23. 1월 ~ '27. 12월", "언제부터 언제까지인가요?"),
        ("'25. 3.~", "언제부터인가요?"),
        ("06:30 ~ 22:00", "몇 시부터 몇 시까지인가요?"),
        ("고립 위험 가구", "어떻게 되나요?"),
    ],
)
def test_a_value_is_asked_for_by_its_kind(text: str, asks: str) -> None:
    value = read_value(text, label="대상")
    assert value is not None
    assert value.asks == asks


def test_what_is_no_one_value_is_not_asked_for() -> None:
    assert read_value("41개소 → 56개소", label="보호구역") is None
    assert read_value("가" * 80, label="내용") is None


def test_money_may_be_said_in_either_spelling() -> None:
    value = read_value("21,650백만원", label="예산")
    assert value is not None
    assert value.groups == (("21,650백만원", "216억 5,000만 원"),)


def test_a_date_may_be_written_out() -> None:
    value = read_value("'25. 7월", label="준공")
    assert value is not None
    assert value.groups == (("'25. 7월", "2025년 7월"),)
