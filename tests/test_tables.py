"""A cell knows its column, its row and its unit."""

from __future__ import annotations

import pytest

from index.cells import cells_of
from index.lines import is_row, lines_of
from index.tables import runs, table_of
from tests.report_lines import lines, page, report


def cells(text: str) -> list[tuple[str, str, str, str]]:
    """(row, column, text, unit) of every value; lines without tabs stand above the table."""
    listed = lines(text)
    rows = [line for line in listed if is_row(line)]
    table = table_of(rows, [line for line in listed if not is_row(line)])
    return [(cell.row, cell.column, cell.text, cell.unit) for cell in cells_of(table)]


def test_a_value_stands_under_its_column_and_beside_its_row() -> None:
    assert cells("구 분\t계\t라온구\n인 구\t3만\t1만") == [
        ("인구", "계", "3만", ""),
        ("인구", "라온구", "1만", ""),
    ]


def test_a_unit_line_gives_bare_figures_their_unit() -> None:
    assert cells("(단위 : 백만원)\n\n구 분\t예산\t비고\n정원\t1,260\t신규")[0][3] == "백만원"


def test_words_take_no_unit() -> None:
    assert cells("(단위 : 백만원)\n구 분\t비고\n정원\t신규") == [("정원", "비고", "신규", "")]


def test_of_several_units_percent_goes_to_shares_only() -> None:
    found = cells("(단위 : 백만원, %, '23.1.1. 기준)\n구 분\t예산액\t집행률\n정원\t1,260\t5.5")
    assert [unit for *_, unit in found] == ["백만원", "%"]


def test_of_several_units_the_one_a_column_names_is_its_own() -> None:
    found = cells("(단위 : 개소, 백만원)\n구 분\t개소수\t예산(백만원)\n정원\t4\t1,260")
    assert [unit for *_, unit in found] == ["개소", "백만원"]


def test_of_several_units_it_is_the_one_that_counts_what_a_label_names() -> None:
    found = cells("(단위 : ㎢, 천명, 개)\n구 분\t면적\t65세 이상\t행정동\n두레구\t103\t32\t13")
    assert [unit for *_, unit in found] == ["㎢", "천명", "개"]
    rows = cells("(단위 : 대, 건)\n구 분\t2022년\n민원 신고\t31\n그 밖\t4")
    assert [unit for *_, unit in rows] == ["건", ""]


def test_units_left_over_go_in_their_order_to_the_labels_left_over() -> None:
    found = cells("(단위 : 교, 명)\n구 분\t1학기 운영\t2학기 운영\t예상 참여\n가온\t9\t20\t255")
    assert [unit for *_, unit in found] == ["교", "교", "명"]
    rows = cells("(단위 : 개사, 명, %)\n지 표\t'22년 실적\t달성률\n입주\t34\t95\n일자리\t96\t99")
    assert [unit for *_, unit in rows] == ["개사", "%", "명", "%"]


def test_a_unit_that_may_be_of_several_columns_is_of_none() -> None:
    found = cells("(단위 : 건, 명)\n기 관\t수\t상담\t보호인원\n쉼터\t2\t310\t5")
    assert [unit for *_, unit in found] == ["", "", "명"]


def test_a_year_is_counted_in_nothing() -> None:
    found = cells("(단위 : m, 톤)\n부 두\t길이\t능력\t준공\n가온\t210\t5,000\t1994")
    assert [unit for *_, unit in found] == ["m", "톤", ""]


def test_a_unit_line_that_names_two_parts_parts_its_cells() -> None:
    above = "(단위 : 명, 정원/현원, '24.1.1. 기준)"
    rows = "구 분\t계\t임기제\n복지과\t104/98\t-/3\n총무과\t20\t2/2"
    assert cells(f"{above}\n{rows}") == [
        ("복지과", "계 정원", "104", "명"),
        ("복지과", "계 현원", "98", "명"),
        ("복지과", "임기제 정원", "-", ""),
        ("복지과", "임기제 현원", "3", "명"),
        ("총무과", "계", "20", "명"),
        ("총무과", "임기제 정원", "2", "명"),
        ("총무과", "임기제 현원", "2", "명"),
    ]


def test_a_rate_of_two_units_is_one_unit() -> None:
    assert cells("(단위 : 천명/일)\n구 분\t2022년\n1호선\t80.9")[0][3] == "천명/일"


def test_a_unit_in_the_column_label_wins_over_the_unit_line() -> None:
    assert cells("(단위 : 명)\n구 분\t면적(㎡)\n정원\t5,456")[0][3] == "㎡"


@pytest.mark.parametrize(
    "above", ["- 동 단위로 조사", "지구단위 계획 수립", "(종합형 2개소 / 단위형 3개소)"]
)
def test_the_word_for_unit_in_a_sentence_is_no_unit_line(above: str) -> None:
    assert cells(f"{above}\n구 분\t계\n정원\t4")[0][3] == ""


def test_a_unit_line_far_above_is_another_tables() -> None:
    above = "(단위 : 명)\n" + "\n".join(f"- 문장 {n}" for n in range(6))
    assert cells(f"{above}\n구 분\t계\n정원\t4")[0][3] == ""


def test_a_head_of_two_rows_joins_upper_and_lower_label() -> None:
    text = "구 분\t예산\t집행률\t\n\t\t상반기\t하반기\n정원\t12\t5.5\t2.6\n하천\t9\t1.0\t3.0"
    assert [column for row, column, *_ in cells(text) if row == "정원"] == [
        "예산",
        "집행률 상반기",
        "집행률 하반기",
    ]


def test_a_second_row_of_figures_is_no_head() -> None:
    text = "구 분\t계\t라온구\n\t12\t7\n하천\t9\t4"
    assert ("", "계", "12", "") in cells(text)


def test_two_values_under_two_names_are_parted() -> None:
    assert cells("구 분\t중부+남부\n면적\t5,456㎡/58,523㎡") == [
        ("면적", "중부", "5,456㎡", ""),
        ("면적", "남부", "58,523㎡", ""),
    ]


def test_a_slash_under_one_name_stays() -> None:
    assert cells("구 분\t정원\n정원/현원\t260/250")[0][2] == "260/250"


def test_a_first_column_of_values_labels_no_rows() -> None:
    text = "북부\t남부\n면적 : 3㎢\t면적 : 4㎢\n인구 : 2만\t인구 : 1만"
    assert cells(text)[0] == ("", "북부", "면적 : 3㎢", "")
    assert len(cells(text)) == 4


@pytest.mark.parametrize("corner", ["", "구 분", "항목", "분 류"])
def test_a_first_column_of_years_under_a_corner_labels_its_rows(corner: str) -> None:
    assert cells(f"{corner}\t계\n2022\t4\n2023\t5")[1] == ("2023", "계", "5", "")


def test_empty_cells_and_dashes_say_nothing() -> None:
    assert cells("구 분\t계\t비고\n정원\t-\t\n하천\t2\t") == [("하천", "계", "2", "")]


def test_rows_longer_or_shorter_than_the_head_keep_their_values() -> None:
    assert [text for *_, text, _ in cells("구 분\t계\n정원\t4\t신규\n하천")] == ["4", "신규"]


def test_a_head_printed_again_says_nothing() -> None:
    assert cells("구 분\t계\n정원\t4\n구 분\t계\n하천\t2") == [
        ("정원", "계", "4", ""),
        ("하천", "계", "2", ""),
    ]


def test_a_single_row_has_no_labels_of_columns() -> None:
    assert cells("담당\t정원과 02-123") == [("담당", "", "정원과 02-123", "")]


def test_html_in_cells_is_no_part_of_their_text() -> None:
    assert cells("구 분\t할 일\n정원\t<ul><li>물 주기</li></ul>")[0][2] == "물 주기"


def test_a_table_goes_on_over_the_end_of_a_known_page() -> None:
    first = page("구 분\t계\n정원\t4\n\n- 1 -", number=1)
    second = page("하천\t2", number=2, first_line=6)
    assert [len(group) for tabular, group in runs(lines_of(report(first, second))) if tabular] == [
        3
    ]


def test_an_empty_row_is_none_and_parts_nothing() -> None:
    listed = lines("\t\t\n구 분\t계\n\t\n정원\t4")
    assert [len(group) for tabular, group in runs(listed) if tabular] == [2]


def test_a_blank_line_on_one_page_parts_two_tables() -> None:
    text = "구 분\t계\n정원\t4\n\n구 분\t계\n하천\t2"
    assert [len(group) for tabular, group in runs(lines(text)) if tabular] == [2, 2]


def test_a_label_left_empty_below_itself_was_merged() -> None:
    text = "회계\t부서\t예산\n일반\t교통과\t10\n\t공원과\t20\n특별\t주차장\t30"
    assert [(row, value) for row, _, value, _ in cells(text)] == [
        ("일반 교통과", "10"),
        ("일반 공원과", "20"),
        ("특별 주차장", "30"),
    ]


def test_a_column_that_counts_the_rows_does_not_name_them() -> None:
    text = "연번\t위치\t면수\n1\t은빛동\t32\n2\t새솔동\t24\n합계\t\t56"
    assert [(row, value) for row, _, value, _ in cells(text)] == [
        ("은빛동", "32"),
        ("새솔동", "24"),
        ("합계", "56"),
    ]
