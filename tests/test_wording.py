from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.types import Statement
from rag.wording import SHORT, parted, plain, spoken
from tests.made import cell, chunk, statement

PASSAGE = chunk()
TEXTS = st.text(st.sampled_from("가나 다1,%.:-○[]()<>「」만원백'/\t"), min_size=1, max_size=700)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    text, labels = draw(TEXTS), draw(st.lists(TEXTS, min_size=2, max_size=2))
    return draw(st.sampled_from([statement(text), cell(text, *labels, unit="백만원")]))


def _said(*said: Statement, listed: bool = False, limit: int = SHORT) -> str:
    return spoken([(one, PASSAGE) for one in said], listed=listed, limit=limit)


def test_the_value_comes_first_and_its_sum_is_said_readably() -> None:
    assert _said(statement("- 소요예산 : 57,229백만원")) == (
        "57,229백만원(약 572억 원)입니다(새싹 일자리 사업 – 사업개요 – 소요예산). [1]"
    )


def test_a_cell_is_said_with_its_unit_and_labels() -> None:
    assert _said(cell("31,050", "2024년", "교통과", unit="백만원")).startswith(
        "31,050백만원(약 311억 원)입니다("
    )
    assert "2024년 교통과" in _said(cell("31,050", "2024년", "교통과", unit="백만원"))


def test_a_sentence_without_a_label_is_quoted() -> None:
    assert _said(statement("- 6,410명 참여")).startswith("「6,410명 참여」라고 적혀 있습니다(")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (statement("- 대 상 : 청년 7,830명"), ("대상", "청년 7,830명")),
        (statement("① (직무교육) 4주"), ("", "① (직무교육) 4주")),
        (statement("○ (직무교육) 4주"), ("직무교육", "4주")),
        (statement("- 골조 : 봄 / 개관 : '25. 8월"), ("", "골조 : 봄 / 개관 : '25. 8월")),
        (cell("○ 상담원 9명", "조치", "1. 앱"), ("조치 1. 앱", "상담원 9명")),
        (cell("△2,230", "증감", "환경과", unit="명"), ("증감 환경과", "△2,230명")),
        (cell("-3.4", "비율", "환경과"), ("비율 환경과", "-3.4")),
        (cell("3개소", "규모", "숲", unit="백만원"), ("규모 숲", "3개소")),
        (cell("12", "계", "계", unit="명"), ("계", "12명")),
    ],
)  # fmt: skip
def test_what_it_is_about_and_what_it_says(said: Statement, expected: tuple[str, str]) -> None:
    assert parted(said) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- ○ 참여", "참여"),
        ("※ 2) 참고", "참고"),
        ("**굵게**", "굵게"),
        ("-3.4% 감소", "-3.4% 감소"),
        ("- 3개소", "3개소"),
        ("ㅇ 참여", "참여"),
        ("o 참여", "참여"),
        ("O형 혈액", "O형 혈액"),
    ],
)
def test_a_bullet_is_not_part_of_what_is_said(line: str, expected: str) -> None:
    assert plain(line) == expected


def test_a_list_is_one_sentence_with_a_mark_an_item() -> None:
    items = [statement("- 경영사무"), statement("- 영상편집")]
    assert _said(*items, listed=True) == "다음과 같습니다. 경영사무 [1]; 영상편집 [2]"


def test_the_items_of_a_long_list_share_the_room_there_is() -> None:
    items = [statement(f"- {n}번 사업 : {'가나다라 ' * 20}") for n in range(12)]
    said = _said(*items, listed=True, limit=500)
    assert len(said) <= 500
    assert all(f"{n}번 사업" in said for n in range(12))


def test_rows_are_said_by_their_labels_alone() -> None:
    rows = [(cell("8대", "차량", "가람 북부"), PASSAGE), (cell("6대", "차량", "해 남"), PASSAGE)]
    said = spoken(rows, listed=True, rows=True, limit=SHORT)
    assert said == "다음과 같습니다. 가람 북부 [1]; 해남 [2]"


def test_marks_number_the_statements_in_order() -> None:
    text = _said(statement("- 예산 : 1억원"), statement("- 대상 : 3명"), statement("- 때 : 봄"))
    assert re.findall(r"\[(\d)\]", text) == ["1", "2", "3"]


def test_the_heading_gives_way_before_the_value_is_cut() -> None:
    value = "가" * 170
    text = _said(statement(f"- 내용 : {value}"))
    assert value in text
    assert "새싹" not in text


@given(statements())
def test_one_statement_is_never_longer_than_the_limit(said: Statement) -> None:
    assert len(_said(said)) <= SHORT
    assert len(_said(said, listed=True)) <= SHORT


@given(TEXTS)
def test_a_cut_is_shown_as_one(text: str) -> None:
    said = statement(text)
    value = parted(said)[1]
    assert value.rstrip(" .") in _said(said) or "…" in _said(said)


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("현장 방문", "」이라고"),
        ("현장 조사", "」라고"),
        ("(평균 26분)", "」이라고"),
        ("24대 운행 (예정)", "」이라고"),
    ],
)
def test_a_quote_ends_as_it_is_read(text: str, ending: str) -> None:
    assert f"{ending} 적혀 있습니다" in _said(statement(text))


def test_a_short_date_is_also_written_out() -> None:
    said = statement("- 운영 : '22. 8")
    assert parted(said) == ("운영", "'22. 8(2022년 8월)")
