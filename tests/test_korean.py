"""Korean text is stored as printed and compared in one form, the same for index and question."""

from __future__ import annotations

import unicodedata
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.korean import bigrams, clean, fold, join_spaced, strip_tags, tokenize, tokenize_all


@pytest.mark.parametrize(
    ("printed", "joined"),
    [
        ("물 환 경 정 책 과", "물환경정책과"),
        ("구 분\t계", "구분\t계"),
        ("- 대 상 : 청년 가구", "- 대상 : 청년 가구"),
        ("〈디 지 털〉 행정", "〈디지털〉 행정"),
        ("◆ 인 구 (18.4%)", "◆ 인구 (18.4%)"),
        ("물 빛 마을 환 경 과", "물빛마을환경과"),
        ("바 이 오 AI 산 업 과", "바이오 AI 산업과"),
        ("◆ G R D P", "◆ GRDP"),
        ("Ⅱ. 現 經 濟 狀 況", "Ⅱ. 現經濟狀況"),
    ],
)
def test_letter_spaced_words_are_joined(printed: str, joined: str) -> None:
    assert join_spaced(printed) == joined


@pytest.mark.parametrize(
    "text",
    [
        "그 밖 의견을 듣는다",
        "쉬어 갈 수 있는 곳을 늘린다",
        "누구나 잘 될 수 있다",
        "공원 3건 등 총 5곳",
        "이 중 한 곳은 새로 짓는다",
        "더 큰 공원",
        "市長 市 區 합동 점검",
        "A 등급, B 등급",
    ],
)
def test_ordinary_one_syllable_words_are_not_glued(text: str) -> None:
    assert join_spaced(text) == text


@pytest.mark.parametrize(
    ("printed", "compared"),
    [
        ("市 예산", "시 예산"),
        ("區 직원 12명", "구 직원 12명"),
        ("舊 청사", "구 청사"),
        ("입주기업 71社", "입주기업 71사"),
    ],
)
def test_hanja_compares_as_hangul(printed: str, compared: str) -> None:
    assert fold(printed) == compared


@pytest.mark.parametrize(
    ("printed", "compared"),
    [
        ("ㅇ 사업기간 : '23. 5.", "○ 사업기간 : 2023년 5월"),
        ("o 위치 : 가람동", "○ 위치 : 가람동"),
        ("O형 혈액", "o형 혈액"),
        ("3/4분기 실적", "3분기 실적"),
        ("'23. 3분기 실적", "2023. 3분기 실적"),
    ],
)
def test_letters_for_marks_and_quarters_compare_as_what_they_stand_for(
    printed: str, compared: str
) -> None:
    assert fold(printed) == compared


@pytest.mark.parametrize(
    ("printed", "compared"),
    [
        ("'22.下", "2022년 하반기"),
        ("’22.上 착공", "2022년 상반기 착공"),
        ("'22년 하반기", "2022년 하반기"),
        ("'22.1월", "2022년 1월"),
        ("2022. 3.", "2022년 3월"),
        ("'22. 3월~", "2022년 3월 ~"),
        ("'19~'21", "2019~2021"),
        ("19년~21년", "2019년~2021년"),
        ("22년 사업", "2022년 사업"),
    ],
)
def test_years_and_months_are_written_out(printed: str, compared: str) -> None:
    assert fold(printed) == compared


@pytest.mark.parametrize("text", ["20년 이상 노후", "3년간 100명", "12년째", "요율 3.15", "15.5%"])
def test_spans_of_years_and_decimals_are_no_dates(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,137.4㎡", "1137.4m^2"),
        ("605km ²", "605㎢"),
        ("729천 m^2", "729천 ㎡"),
        ("57,229백만원", "57229백만원"),
        ("ⅣＡ１", "iva1"),
        ("MENA⁷⁾ 지역", "MENA 지역"),
        ("예산현액 ¹⁾", "예산현액"),
        ("경 제 과 '22.下", "경제과 2022년 下"),
        (unicodedata.normalize("NFD", "가온시"), "가온시"),
        ("&lt;붙임&gt; A&amp;B", "<붙임> a&b"),
    ],
)
def test_ways_of_writing_the_same_compare_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_clean_keeps_the_printed_characters_and_tabs() -> None:
    assert clean("  Ⅳ. ①　면적\u00a0 5㎡\t<b>합계</b> ") == "Ⅳ. ① 면적 5㎡\t합계"


def test_tags_go_and_comparison_signs_stay() -> None:
    assert strip_tags('<ul style="a">3 < 5<br/> 7 > 6</ul>') == "3 < 5 7 > 6"


def test_a_long_noun_is_found_by_its_parts() -> None:
    assert {"소상공인시장진흥공단", "시장", "진흥", "공단"} <= set(tokenize("소상공인시장진흥공단"))


def test_particles_endings_and_empty_words_are_no_tokens() -> None:
    assert tokenize("공원을 정비하는 것이 있다") == ["공원", "정비"]


def test_a_number_with_commas_is_one_token() -> None:
    assert "7830" in tokenize("모두 7,830명") == tokenize("모두 7830명")


def test_the_tokens_of_a_cell_are_those_of_its_text() -> None:
    assert tokenize("<ul><li>시립 공원</li></ul>") == tokenize("시립 공원")


def test_many_texts_are_split_like_each_alone() -> None:
    texts = ["물 환 경 과", "", "'22.下 착공"]
    assert tokenize_all(texts) == [tokenize(text) for text in texts]


def test_bigrams_stay_within_words() -> None:
    assert bigrams("빈집 정비 A1 곳") == ["빈집", "정비", "a1", "곳"]
    assert bigrams("공공임대") == ["공공", "공임", "임대"]


_PARTS = st.sampled_from(
    [
        "가 ",
        "나",
        "市",
        "區 ",
        "'22.",
        "下",
        "1,000",
        "㎡",
        "<b>",
        "&amp;",
        "\t",
        " ",
        "①",
        "(",
        "년",
        "월",
        "A ",
    ]
)
_TEXTS = st.lists(_PARTS, max_size=30).map("".join)


@given(_TEXTS)
def test_joining_takes_nothing_but_spaces(text: str) -> None:
    assert join_spaced(text).replace(" ", "") == text.replace(" ", "")


@given(_TEXTS)
def test_tokens_do_not_depend_on_the_unicode_form(text: str) -> None:
    assert tokenize(text) == tokenize(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("part", ["가 ", "가 나, ", "市 ", "1,", "<a", "'22. ", "( "])
def test_a_line_of_100_000_characters_folds_within_a_second_or_two(part: str) -> None:
    started = perf_counter()
    fold(part * (100_000 // len(part)))
    assert perf_counter() - started < 4
