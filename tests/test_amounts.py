"""A printed sum has one value, whatever unit it is printed in."""

from __future__ import annotations

from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.amounts import counting, money, readable, say, square_metres
from tests.made import cell, statement


def won(text: str) -> list[int]:
    """The value of every sum in the text."""
    return [int(amount.won) for amount in money(text)]


@pytest.mark.parametrize(
    "text", ["57,229백만원", "572억 2,900만원", "57,229,000,000원", "57,229,000천원"]
)
def test_the_same_sum_in_other_units_has_the_same_value(text: str) -> None:
    assert won(text) == [57_229_000_000]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1조 2,345억원", 1_234_500_000_000),
        ("1.5조원", 1_500_000_000_000),
        ("3천억원", 300_000_000_000),
        ("12억5천만원", 1_250_000_000),
        ("1억 2천 3백만원", 123_000_000),
        ("5천만원", 50_000_000),
        ("2천5백만원", 25_000_000),
        ("3백만원", 3_000_000),
        ("300만 원", 3_000_000),
        ("2만 3천원", 23_000),
        ("9천160원", 9_160),
        ("0.5억원", 50_000_000),
        ("100원", 100),
    ],
)
def test_jo_eok_man_and_cheon_add_up(text: str, value: int) -> None:
    assert won(text) == [value]


@pytest.mark.parametrize(
    "text", ["(단위 : 백만원)", "수십억원", "만원 지하철", "7,830명", "국비 1,680", "지원", "5개원"]
)
def test_without_a_figure_and_won_there_is_no_sum(text: str) -> None:
    assert money(text) == ()


def test_every_sum_of_a_line_is_found_as_printed() -> None:
    found = money("- 소요예산 : 1,260백만원 (市 5억원, 區 760백만 원)")
    assert [amount.text for amount in found] == ["1,260백만원", "5억원", "760백만 원"]


def test_neighbouring_figures_are_not_part_of_a_sum() -> None:
    assert won("2023년 3개소 5억원") == [500_000_000]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("연면적 10,020 m^2", 10_020),
        ("1,124천 m^2", 1_124_000),
        ("729천㎡", 729_000),
        ("300만 ㎡", 3_000_000),
        ("2.5㎢", 2_500_000),
        ("605km ²", 605_000_000),
        ("9,597m²", 9_597),
        ("85제곱미터", 85),
    ],
)
def test_areas_are_read_in_square_metres(text: str, value: int) -> None:
    assert square_metres(text) == (Decimal(value),)


def test_lengths_are_no_areas() -> None:
    assert square_metres("도로 25m 2차로, 3km 구간") == ()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (57_229_000_000, "572억 원"),
        (1_234_500_000_000, "1조 2,345억 원"),
        (999_999_999_999, "1조 원"),
        (1_999_990_000_000, "2조 원"),
        (386_000_000, "3억 8,600만 원"),
        (199_999_999, "2억 원"),
        (50_000_000, "5,000만 원"),
        (12_345, "12,345원"),
        (0, "0원"),
    ],
)
def test_a_sum_is_said_readably(value: int, said: str) -> None:
    assert readable(Decimal(value)) == said


@given(st.integers(min_value=0, max_value=10**15))
def test_what_is_said_is_near_the_sum(value: int) -> None:
    (said,) = won(readable(Decimal(value)))
    assert abs(said - value) <= value / 100


def test_a_sum_in_millions_is_followed_by_a_readable_one() -> None:
    assert say("총 57,229백만원을 쓴다") == "총 57,229백만원(약 572억 원)을 쓴다"


def test_a_sum_already_said_readably_is_left_alone() -> None:
    assert say("57,229백만원(약 572억 원)") == "57,229백만원(약 572억 원)"


@pytest.mark.parametrize("text", ["3,000천원", "5억원", "300만원", "7,830명"])
def test_small_and_readable_sums_stay_as_printed(text: str) -> None:
    assert say(text) == text


@pytest.mark.parametrize("part", ["1", "1,", "1 ", "1억 ", "1,000"])
def test_a_line_of_100_000_digits_is_read_at_once(part: str) -> None:
    started = perf_counter()
    money(part * (100_000 // len(part)))
    square_metres(part * (100_000 // len(part)))
    assert perf_counter() - started < 4


def test_a_loss_stays_one_when_it_is_said() -> None:
    assert say("△5,640백만원") == "△5,640백만원(△56억 4,000만 원)"


def test_half_a_myriad_is_rounded_up() -> None:
    assert readable(Decimal(631_250_000_000)) == "6,313억 원"


def test_a_bare_figure_counts_what_is_asked_for_where_its_table_does_not_tell() -> None:
    bare, told = cell("12", "차고지 배치", "2023년"), cell("12", "예산", "2023년", unit="억원")
    assert (counting(bare, "대").unit, counting(told, "대").unit) == ("대", "억원")
    assert counting(cell("12.5", "집행률", "2023년"), "대").unit == ""  # a rate
    assert counting(statement("12"), "대").unit == ""
