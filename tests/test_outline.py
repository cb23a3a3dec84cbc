"""Which lines are headings, and what they stand under."""

from __future__ import annotations

from itertools import pairwise

import pytest

from index.outline import outline
from tests.report_lines import lines


def paths(text: str) -> list[tuple[str, ...]]:
    """The heading path of every section, in order, without the text before the first heading."""
    return [path for path, _, _ in outline(lines(text)) if path]


def path_of(text: str, wanted: str) -> tuple[str, ...]:
    """The heading path of the section that holds the wanted line."""
    listed = lines(text)
    for path, first, end in outline(listed):
        if any(line.text == wanted for line in listed[first:end]):
            return path
    raise AssertionError(f"no section holds {wanted}")


PLAN = """\
Ⅱ. 추진계획

1. 맑은 물과 숲

1 빗물 정원 조성

□ 사업개요

- 대 상 : 공원 4개소

□ 향후계획

- 착공 : '23. 3월
"""


def test_markers_nest_from_roman_over_chapter_and_item_to_square() -> None:
    assert path_of(PLAN, "- 착공 : '23. 3월") == (
        "Ⅱ. 추진계획",
        "1. 맑은 물과 숲",
        "1 빗물 정원 조성",
        "□ 향후계획",
    )


def test_a_number_in_two_parts_heads_an_item_of_its_chapter() -> None:
    text = (
        "2. 맑은 물\n2-1 빗물 정원\n- 공원 4개소\n2-2. 지하수\n□ 개요\n- 관정 8공\n"
        "3. 숲\n- 나무 5그루"
    )
    assert path_of(text, "- 공원 4개소") == ("2. 맑은 물", "2-1 빗물 정원")
    assert path_of(text, "- 관정 8공") == ("2. 맑은 물", "2-2. 지하수", "□ 개요")
    assert path_of(text, "- 나무 5그루") == ("3. 숲",)


@pytest.mark.parametrize("line", ["2-7 3,400", "419-2 일원 정비", "2-9 빗물 정원"])
def test_a_range_an_address_or_a_number_out_of_sequence_heads_no_item(line: str) -> None:
    assert path_of(f"2. 물\n2-1 정원\n- 4개소\n{line}\n- 끝", "- 끝") == ("2. 물", "2-1 정원")


def test_sections_hold_every_line_once_and_in_order() -> None:
    sections = list(outline(lines(PLAN)))
    edges = [(first, end) for _, first, end in sections]
    assert edges[0][0] == 0
    assert edges[-1][1] == len(lines(PLAN))
    assert all(end == first for (_, end), (first, _) in pairwise(edges))


def test_ascii_roman_numbers_stand_beside_printed_ones() -> None:
    text = "Ⅲ. 예산\n\n- 총 5억원\n\nIV. 추진계획\n\n- 숲 3곳"
    assert paths(text) == [("Ⅲ. 예산",), ("IV. 추진계획",)]


def test_a_roman_number_printed_twice_opens_two_sections() -> None:
    text = "IV. 추진계획\n\n- 숲 3곳\n\nIV. 감사결과\n\n- 지적 2건"
    assert paths(text) == [("IV. 추진계획",), ("IV. 감사결과",)]


def test_a_contents_list_repeated_before_a_chapter_makes_no_sections() -> None:
    text = """\
1. 맑은 물과 숲

1 빗물 정원 조성

2 하천 수질 개선

3 도시 숲 확대

1 빗물 정원 조성

- 4개소

2 하천 수질 개선사업

- 2개소
"""
    assert paths(text)[-2:] == [
        ("1. 맑은 물과 숲", "1 빗물 정원 조성"),
        ("1. 맑은 물과 숲", "2 하천 수질 개선사업"),
    ]
    assert not any("3 도시 숲 확대" in path for path in paths(text))


def test_page_numbers_in_a_contents_list_are_no_body() -> None:
    text = "Ⅰ. 현황\n\n1\n\nⅡ. 계획\n\n5\n\nⅠ. 현황\n\n- 인구 3만명\n\nⅡ. 계획\n\n- 숲 3곳"
    assert paths(text) == [("Ⅰ. 현황",), ("Ⅱ. 계획",)]


def test_a_lone_number_takes_its_title_from_two_lines_below() -> None:
    text = "1. 맑은 물\n\n1\n\n빗물 정원 조성\n\n- 4개소"
    assert path_of(text, "- 4개소") == ("1. 맑은 물", "1 빗물 정원 조성")


def test_a_number_above_a_bullet_is_no_heading() -> None:
    assert paths("□ 인구\n\n- 계\n\n3\n\n- 남녀") == [("□ 인구",)]


def test_a_circled_number_stands_above_the_squares_that_follow_it() -> None:
    text = "1 물\n\n① 정원\n\n□ 개요\n\n- 4곳\n\n② 하천\n\n□ 개요\n\n- 2곳"
    assert path_of(text, "- 2곳") == ("1 물", "② 하천", "□ 개요")


def test_a_circled_number_stands_below_a_square_that_is_open() -> None:
    text = "1 물\n\n□ 추진계획\n\n① 정원\n\n- 4곳\n\n② 하천\n\n- 2곳"
    assert path_of(text, "- 2곳") == ("1 물", "□ 추진계획", "② 하천")


def test_black_squares_in_a_row_are_bullets() -> None:
    text = "□ 추진계획\n\n■ 정원 4곳 조성\n■ 하천 2곳 정비\n■ 숲 3곳 확대"
    assert paths(text) == [("□ 추진계획",)]


def test_a_black_square_with_a_body_is_a_heading() -> None:
    text = "1 물\n\n■ 정원 조성\n\n- 4곳\n\n■ 하천 정비\n\n- 2곳"
    assert path_of(text, "- 2곳") == ("1 물", "■ 하천 정비")


def test_an_unmarked_line_over_bullets_is_a_heading() -> None:
    text = "1 물\n\n빗물 정원 확대\n\n- 4곳\n\n하천 수질 개선\n\n- 2곳"
    assert path_of(text, "- 2곳") == ("1 물", "하천 수질 개선")


def test_an_unmarked_line_stands_above_the_squares_that_follow_it() -> None:
    text = "1 물\n\n빗물 정원 확대\n\n□ 개요\n\n- 4곳\n\n하천 수질 개선\n\n□ 개요\n\n- 2곳"
    assert path_of(text, "- 2곳") == ("1 물", "하천 수질 개선", "□ 개요")


@pytest.mark.parametrize("line", ["정원을 넓힌다", "정원 4곳을 조성함.", "2023", "대상 :", "가"])
def test_a_sentence_or_a_figure_over_bullets_is_no_heading(line: str) -> None:
    assert paths(f"1 물\n\n{line}\n\n- 4곳") == [("1 물",)]


def test_bold_marks_are_no_part_of_a_heading() -> None:
    assert paths("**1. 맑은 물**\n\n- 4곳\n\n**2. 푸른 숲**\n\n- 2곳") == [
        ("1. 맑은 물",),
        ("2. 푸른 숲",),
    ]


def test_a_letter_spaced_heading_is_joined() -> None:
    assert paths("Ⅱ. 現 經 濟 狀 況\n\n- 4곳") == [("Ⅱ. 現經濟狀況",)]


def test_a_caption_over_text_is_no_heading() -> None:
    text = "□ 사업개요\n\n<정원 조감도>\n\n가온천 옆에 짓는다."
    assert paths(text) == [("□ 사업개요",)]


def test_a_caption_over_a_table_stands_below_its_square() -> None:
    text = "□ 사업개요\n\n<연도별 예산>\n\n구 분\t계\n정원\t5"
    assert path_of(text, "정원\t5") == ("□ 사업개요", "<연도별 예산>")


def test_a_table_row_is_never_a_heading() -> None:
    assert paths("□ 현황\n\n1. 정원\t4\n2. 하천\t2") == [("□ 현황",)]


AUDIT = "Ⅳ. 감사 처리결과\n\n지 적 사 항\t조 치 결 과\n" + "\n".join(
    f"<p>{number}. {what} 관리 철저</p>\t<p>추진완료</p><ul><li>- {what} {number}곳을 모두 점검하고"
    " 부서별로 담당자를 정해 달마다 결과를 시장에게 알리며 다음 해 계획에도 점검 횟수와 방법을 담아"
    f" 시민에게 공개하도록 하였음</li><li>- {what} 안내판 {number}개</li></ul>"
    for number, what in ((70, "정원"), (71, "하천"))
)


def test_an_audit_row_heads_what_its_other_cells_say() -> None:
    assert path_of(AUDIT, "- 하천 안내판 71개") == ("Ⅳ. 감사 처리결과", "71. 하천 관리 철저")


def test_the_items_of_an_audit_row_share_its_line_number() -> None:
    assert {line.number for line in lines(AUDIT) if "정원" in line.text} == {4}


def test_a_number_out_of_sequence_is_no_heading() -> None:
    text = "1. 맑은 물\n\n- 4곳\n\n15. 그 밖의 사항\n\n- 2곳\n\n2. 푸른 숲\n\n- 3곳"
    assert paths(text) == [("1. 맑은 물",), ("2. 푸른 숲",)]


def test_one_number_lost_to_ocr_does_not_end_the_list() -> None:
    text = "1. 맑은 물\n\n- 4곳\n\n3. 푸른 숲\n\n- 2곳"
    assert paths(text) == [("1. 맑은 물",), ("3. 푸른 숲",)]


def test_text_without_headings_is_one_section() -> None:
    assert list(outline(lines("가온시는 숲을 넓힌다.\n내년에도 넓힌다."))) == [((), 0, 2)]


def test_no_lines_have_no_sections() -> None:
    assert list(outline(())) == []


def test_a_range_of_what_is_counted_heads_nothing() -> None:
    text = "1. 맑은 물\n점검은 한 해에\n1-2 회 정기 점검을 실시\n- 점검비 20만원"
    assert path_of(text, "- 점검비 20만원") == ("1. 맑은 물",)
