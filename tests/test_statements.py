"""A statement is a line with what it stands under, or a cell with its labels."""

from __future__ import annotations

import pytest

from index.footnotes import with_footnotes
from index.lines import lines_of
from index.statements import Draft, drafts
from tests.report_lines import lines, page, report


def said(text: str, heading: str = "") -> dict[str, tuple[str, ...]]:
    """The context of every statement."""
    found = drafts(tuple(with_footnotes(lines(text))), heading=heading)
    return {draft.text: draft.context for draft in found}


def first(text: str) -> Draft:
    return next(drafts(lines(text)))


def test_a_bullet_has_the_bullets_above_it_as_context() -> None:
    found = said("○ 정원 조성\n - 가온천 2곳\n  · 총 5억원")
    assert found["· 총 5억원"] == ("○ 정원 조성", "- 가온천 2곳")


def test_a_bullet_of_the_same_mark_ends_the_one_before() -> None:
    assert said("○ 정원\n - 2곳\n○ 하천\n - 3곳")["- 3곳"] == ("○ 하천",)


def test_a_small_triangle_is_a_bullet() -> None:
    assert said("▸ 정원 2곳\n▸ 하천 3곳") == {"▸ 정원 2곳": (), "▸ 하천 3곳": ()}


@pytest.mark.parametrize("mark", ["ㅇ", "o", "ㅁ", "❍", "◯", "▣", "➤"])
def test_a_letter_typed_for_a_mark_begins_an_item(mark: str) -> None:
    found = said(f"□ 공원\n{mark} 정원 2곳\n - 가온천\n{mark} 하천 3곳\n※ 부지 포함\n{mark} 둑길")
    assert found == {
        "□ 공원": (),
        f"{mark} 정원 2곳": ("□ 공원",),
        "- 가온천": ("□ 공원", f"{mark} 정원 2곳"),
        f"{mark} 하천 3곳": ("□ 공원",),
        "※ 부지 포함": ("□ 공원", f"{mark} 하천 3곳"),
        f"{mark} 둑길": ("□ 공원",),
    }


@pytest.mark.parametrize(
    "word",
    ["O형 혈액 120단위", "O X 퀴즈 3회", "ㅇㅇ 공원", "ㅁ자형 한옥 3동", "one stop 창구 2곳"],
)
def test_a_word_that_begins_with_such_a_letter_is_no_item(word: str) -> None:
    assert f"□ 공원 {word}" in said(f"□ 공원\n{word}")


def test_an_indented_dash_stands_under_one_that_is_not() -> None:
    assert said("- 정원 조성\n - 가온천 2곳\n- 하천 정비") == {
        "- 정원 조성": (),
        "- 가온천 2곳": ("- 정원 조성",),
        "- 하천 정비": (),
    }


@pytest.mark.parametrize(("one", "two"), [("①", "②"), ("①", "⑩"), ("1)", "2)"), ("(1)", "(2)")])
def test_numbers_of_one_list_stand_side_by_side(one: str, two: str) -> None:
    assert said(f"○ 정원\n{one} 심기\n{two} 물 주기")[f"{two} 물 주기"] == ("○ 정원",)


def test_circled_and_bracketed_numbers_are_two_lists() -> None:
    assert said("① 정원\n1) 심기\n2) 물 주기\n② 하천") == {
        "① 정원": (),
        "1) 심기": ("① 정원",),
        "2) 물 주기": ("① 정원",),
        "② 하천": (),
    }


@pytest.mark.parametrize("mark", ["※", "*", "⇒", "☞"])
def test_a_note_belongs_to_the_line_before_and_holds_nothing(mark: str) -> None:
    found = said(f"○ 정원 조성\n - 가온천 2곳\n{mark} 부지 매입 포함\n - 누리천 1곳")
    assert found[f"{mark} 부지 매입 포함"] == ("○ 정원 조성", "- 가온천 2곳")
    assert found["- 누리천 1곳"] == ("○ 정원 조성",)


def test_a_line_goes_on_with_the_unmarked_line_under_it() -> None:
    draft = first("- 가온천 둘레에 정원을\n  두 곳 만든다")
    assert draft.text == "- 가온천 둘레에 정원을 두 곳 만든다"
    assert (draft.span.first_line, draft.span.last_line) == (1, 2)


def test_a_blank_line_ends_a_sentence() -> None:
    assert list(said("- 정원을 만든다\n\n시민이 가꾼다")) == ["- 정원을 만든다", "시민이 가꾼다"]


def test_unmarked_lines_are_statements_of_their_own() -> None:
    assert list(said("정원을 만든다\n시민이 가꾼다")) == ["정원을 만든다", "시민이 가꾼다"]


def test_a_run_of_lines_too_long_for_a_sentence_is_not_one() -> None:
    found = list(drafts(lines("- 정원\n" + "시민이 가꾼다\n" * 100)))
    assert max(draft.span.last_line - draft.span.first_line for draft in found) < 40


def test_a_heading_with_figures_is_a_statement_and_no_context() -> None:
    heading = "□ 추진실적('22년 4,015명)"
    assert said(f"{heading}\n- 정원 2곳", heading) == {heading: (), "- 정원 2곳": ()}


def test_a_heading_does_not_go_on_in_the_line_under_it() -> None:
    assert list(said("□ 추진배경\n숲이 줄고 있다", "□ 추진배경")) == [
        "□ 추진배경",
        "숲이 줄고 있다",
    ]


def test_lines_of_figures_or_marks_alone_say_nothing() -> None:
    assert said("- 12 -\n○\n……\n3") == {}


def test_a_long_parent_is_shortened() -> None:
    assert len(said("○ " + "정원 " * 100 + "\n - 2곳")["- 2곳"][0]) <= 80


def test_tags_and_letter_spacing_are_no_part_of_a_statement() -> None:
    assert first("- <b>정원</b> 2곳 &amp; 숲").text == "- 정원 2곳 & 숲"


def test_a_cell_has_its_column_its_row_and_its_unit() -> None:
    found = list(drafts(lines("(단위 : 백만원)\n구 분\t예산\n정원\t1,260")))
    cell = found[-1]
    assert (cell.kind, cell.text, cell.context, cell.unit) == (
        "cell",
        "1,260",
        ("예산", "정원"),
        "백만원",
    )


def test_a_table_stands_for_the_bullet_it_illustrates() -> None:
    assert said("○ 연도별 예산\n - 시비로 쓴다\n구 분\t2023년\n정원\t12억")["12억"] == (
        "○ 연도별 예산",
        "2023년",
        "정원",
    )


def test_a_head_with_figures_is_a_statement() -> None:
    assert "구분 '22년 9곳" in {
        " ".join(text.split()) for text in said("구 분\t'22년 9곳\n정원\t2")
    }


def test_the_unit_of_a_table_may_stand_before_its_section() -> None:
    above = lines("(단위 : 명)")
    (cell,) = drafts(lines("구 분\t계\n정원\t45"), above=above)
    assert cell.unit == "명"


@pytest.mark.parametrize("mark", ["⁴⁾", " ⁴⁾", "4)"])
def test_a_footnote_is_about_the_words_it_explains(mark: str) -> None:
    found = said(f"○ 새싹정원{mark} 열 곳 조성\n - 시비 5억원\n\n4) 시민이 함께 가꾸는 작은 정원")
    assert found["4) 시민이 함께 가꾸는 작은 정원"] == ("○ 새싹정원 열 곳 조성",)


def test_a_footnote_to_a_cell_is_about_that_cell() -> None:
    assert said("구 분\t예산현액¹⁾\t지출액\n정원\t12\t9\n\n1) 본예산과 이월액")[
        "1) 본예산과 이월액"
    ] == ("예산현액",)


def test_bullets_go_on_after_a_footnote() -> None:
    assert said("○ 새싹정원²⁾\n\n2) 작은 정원\n - 열 곳")["- 열 곳"] == ("○ 새싹정원²⁾",)


def test_a_footnote_to_the_end_of_a_long_line_tells_the_words_there() -> None:
    (context,) = said("○ " + "나무를 심고 " * 40 + "새싹정원³⁾\n\n3) 작은 정원")["3) 작은 정원"]
    assert context.endswith("새싹정원")
    assert len(context) <= 80


@pytest.mark.parametrize(
    "above", ["○ 정원 조성", "○ 정원(가온천 2곳, 신규2)", "○ 정원 조성('22)", "○ 정원 조성(’2)"]
)
def test_a_list_item_is_no_footnote(above: str) -> None:
    assert said(f"{above}\n2) 물 주기")["2) 물 주기"] == (above,)


def test_only_the_first_line_after_the_mark_is_its_footnote() -> None:
    found = said("○ 새싹정원¹⁾\n\n1) 작은 정원\n\n○ 순서\n1) 심기")
    assert found["1) 심기"] == ("○ 순서",)


def test_a_mark_of_long_ago_is_not_explained_here() -> None:
    far = "○ 새싹정원1)\n" + "- 나무를 심는다\n" * 200
    assert said(f"{far}○ 순서\n1) 심기")["1) 심기"] == ("○ 순서",)


def test_a_mark_three_pages_before_is_not_explained_here() -> None:
    pages = (
        page("○ 새싹정원1)", number=1),
        page("○ 순서\n1) 심기", number=4, first_line=2),
    )
    found = list(drafts(tuple(with_footnotes(lines_of(report(*pages))))))
    assert found[-1].context == ("○ 순서",)
