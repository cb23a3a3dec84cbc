"""What counts as said: numbers whole, everything else by its letters."""

from __future__ import annotations

import pytest

from eval.matching import char_f1, same_heading, says, says_all, stands_verbatim


@pytest.mark.parametrize(
    ("answer", "variant"),
    [
        ("총 7,830 명입니다.", "7830명"),
        ("７，８３０명", "7,830명"),
        ("약 314억 원입니다.", "314억"),
        ("종합형(15개소)", "종합형 15"),
        ("예산은 4,120백만원(41억 2천만원)", "41억 2천만원"),
        ("면적은 100㎡이다", "100m2"),
        ("60%까지", "60%"),
        ("LF몰, W컨셉", "w 컨셉"),
    ],
)
def test_a_variant_is_said_whatever_the_spacing_and_width(answer: str, variant: str) -> None:
    assert says(answer, variant)


@pytest.mark.parametrize(
    ("answer", "variant"),
    [
        ("17,830명", "7,830명"),
        ("7,830명", "830명"),
        ("1.7830", "7830"),
        ("3.5%", "5%"),
        ("6.15", "6.1"),
        ("12월", "2월"),
        ("2,022년", "2,02"),
        ("", "7,830명"),
        ("무엇이든", " ,·"),
    ],
)
def test_part_of_a_number_is_not_said(answer: str, variant: str) -> None:
    assert not says(answer, variant)


def test_every_group_must_be_said() -> None:
    groups = [["15개", "열다섯 개"], ["17개"]]
    assert says_all("종합형 열다섯 개, 단위형 17개소", groups)
    assert not says_all("종합형 15개소", groups)


def test_f1_is_one_for_the_same_letters_and_none_for_no_common_one() -> None:
    assert char_f1("66개사", "66 개사") == 1.0
    assert char_f1("66개사", "없음") == 0.0
    assert char_f1("", "") == 0.0


def test_f1_counts_a_letter_as_often_as_both_have_it() -> None:
    # 가가나 against 가나나라: 가 and 나 once each; precision 2/4, recall 2/3.
    assert char_f1("가가나", "가나나라") == pytest.approx(2 * (2 / 4) * (2 / 3) / (2 / 4 + 2 / 3))


def test_a_heading_is_known_without_its_number() -> None:
    assert same_heading("IV. 주요 업무 추진계획", "Ⅳ. 주요업무 추진계획")
    assert same_heading("1 임대료 감면 지원", "④ 임대료 감면 지원")
    assert same_heading("사업개요", "□ 사업개요(2022년)")


def test_a_short_heading_within_a_longer_gold_one_does_not_count() -> None:
    assert not same_heading("임대료 감면 지원", "지원")
    assert same_heading("전통시장 임대료 감면 지원", "임대료 감면 지원")


def test_a_quote_stands_verbatim_but_for_white_space_and_tags() -> None:
    source = "<ul><li>소요예산 : 31,450백만원</li></ul>\n기간 : 1월 ~ 12월"
    assert stands_verbatim("소요예산: 31,450 백만원", source)
    assert stands_verbatim("소요예산 … 1월 ~ 12월", source)
    assert not stands_verbatim("소요예산 : 31,540백만원", source)
    assert not stands_verbatim(" ", source)


def test_a_quote_of_endless_white_space_costs_no_time() -> None:
    assert not stands_verbatim(" " * 100_000 + "…" + "없는 말", "총 7,830명")
