from __future__ import annotations

import pytest

from rag.places import elsewhere, places
from rag.question import analyse
from tests.made import chunk, scored, statement

SAID = statement("○ 평균 호출대기 : 17분")
NEAR = chunk("○ 평균 호출대기 : 17분\n○ 운행지역 : 은평구 불광동", title="2024년 교통 업무보고")
FAR = chunk("○ 서초구 정류장 61개소", number=2, title="2024년 교통 업무보고")
THERE = chunk("○ 위치 : 노원구, 호출대기 없이 운행", number=3, title="2024년 교통 업무보고")


def _missing(question: str, *, idf: float = 2.0, cover: str = "") -> str | None:
    ranked = [scored(SAID, 10.0, passage=one) for one in (NEAR, FAR, THERE)]
    asked = analyse(question)
    return elsewhere(asked, ranked, lambda word: idf, cover)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("은평구 평균 호출대기", ("은평구",)),
        ("안담면 디지털배움터는 어디에 있나요?", ("안담면",)),
        ("마곡나루역 지하에 만드는 체험센터", ("마곡나루역",)),
        ("도봉구 창동 과학관, 도봉구 예산", ("도봉구", "창동")),
        ("따릉이도 늘리나요?", ()),
        ("지하철역에는 몇 곳을 다나요?", ()),
        ("어느 자치구의 활동이 가장 많나요?", ()),
    ],
)
def test_a_place_is_a_name_with_its_kind(text: str, named: tuple[str, ...]) -> None:
    assert places(text) == named


def test_another_district_has_an_answer_of_its_own() -> None:
    assert _missing("서초구의 평균 호출대기는 몇 분인가요?") == "서초구"


def test_the_passage_may_name_the_place_in_another_line() -> None:
    assert _missing("은평구의 평균 호출대기는 몇 분인가요?") is None


def test_another_passage_may_name_the_place_of_the_thing() -> None:
    assert _missing("노원구의 평균 호출대기는 몇 분인가요?") is None
    assert _missing("노원구의 평균은 몇 분인가요?") == "노원구"


def test_a_place_of_two_letters_is_left_to_the_judge() -> None:
    assert _missing("창동에 다니는 버스의 평균 호출대기는 몇 분인가요?") is None


def test_the_place_whose_reports_they_are_need_not_be_named() -> None:
    question = "광진구의 평균 호출대기는 몇 분인가요?"
    assert _missing(question) == "광진구"
    assert _missing(question, cover="광진구 교통 업무보고") is None
    assert _missing(question, idf=0.5) is None


def test_a_formal_name_is_that_of_the_place() -> None:
    question = "제주특별자치도 평균 호출대기는 몇 분인가요?"
    assert _missing(question) == "제주특별자치도"
    assert _missing(question, cover="제주도 교통 업무보고") is None


def test_of_several_places_one_may_stand_in_another_passage() -> None:
    question = "은평구와 서초구 가운데 정류장이 많은 곳은 어디인가요?"
    assert _missing(question) is None
    assert _missing(question.replace("서초구", "광진구"), idf=6.0) == "광진구"
