"""Pages are estimated from what the report itself tells, shown as estimates, and never made up."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bench_pages import measure, pooled
from index.made_pages import made_reports
from index.page_estimate import estimated
from index.pages import pages_of
from rag.types import Page, Report

SENTENCE = "○ 마을 돌봄터 운영 시간을 늘리고 이용자 의견을 들음"
CONTENTS = ["목 차", "Ⅰ. 일반 현황 ···· 1", "Ⅱ. 정책 방향 ···· 3", "Ⅲ. 세부 계획 ···· 5"]


def report(lines: Sequence[str], pages: tuple[Page, ...] = ()) -> Report:
    whole = Page(number=None, exact=False, first_line=1, lines=tuple(lines))
    return Report(
        id="솔빛", title="업무계획", path="", sha256="", published=None, pages=pages or (whole,)
    )


def chapters(*titles: str, lines: int = 40) -> list[str]:
    """A body in which every chapter has so many lines, its title included."""
    return [line for title in titles for line in (title, *[SENTENCE] * (lines - 1))]


BODY = chapters("Ⅰ. 일반 현황", "Ⅱ. 정책 방향", "Ⅲ. 세부 계획")


def page_at(found: Report, text: str) -> int | None:
    """The page of the last line that is this text."""
    numbers = [page.number for page in found.pages if text in page.lines]
    return numbers[-1]


def numbers(found: Report) -> list[int | None]:
    return [page.number for page in found.pages]


@pytest.mark.parametrize(
    "contents",
    [
        CONTENTS,
        ["차례", "Ⅰ. 일반 현황\t1", "Ⅱ. 정책 방향\t3", "Ⅲ. 세부 계획\t5"],
        ["목차", "Ⅰ. 일반 현황  1쪽", "Ⅱ. 정책 방향  3쪽", "Ⅲ. 세부 계획  5쪽"],
        ["목 차", "Ⅰ. 일반 현황", "", "1", "Ⅱ. 정책 방향", "", "3", "Ⅲ. 세부 계획", "", "5"],
        ["< 목차 >", "Ⅰ\t일반 현황\t- 1 -", "Ⅱ\t정책 방향\t- 3 -", "Ⅲ\t세부 계획\t- 5 -"],
        ["Ⅰ. 일반 현황 ......... 1", "Ⅱ. 정책 방향 ......... 3", "Ⅲ. 세부 계획 ......... 5"],
    ],
    ids=["dots", "tab", "spaces", "below", "cells", "no caption"],
)
def test_a_heading_stands_on_the_page_that_the_contents_list_names(contents: list[str]) -> None:
    found = estimated(report([*contents, *BODY]))
    assert page_at(found, "Ⅱ. 정책 방향" if contents[1] != "Ⅱ. 정책 방향" else BODY[40]) == 3
    assert page_at(found, "Ⅲ. 세부 계획") == 5
    assert not any(page.exact for page in found.pages)


def test_lines_between_two_anchors_are_spread_evenly() -> None:
    found = estimated(report([*CONTENTS, *BODY]))
    sizes = {page.number: len(page.lines) for page in found.pages}
    assert sizes[1] + sizes[2] == sizes[3] + sizes[4] == 40
    assert 16 <= sizes[1] <= 26


def test_long_lines_take_more_of_a_page_than_short_ones() -> None:
    lines = [*CONTENTS, "Ⅰ. 일반 현황", *[SENTENCE * 4] * 10, *[SENTENCE] * 40, *BODY[40:]]
    first = next(page for page in estimated(report(lines)).pages if page.number == 1)
    assert len(first.lines) < 25


@pytest.mark.parametrize(
    "heading", ["Ⅱ. 政策 方向", "Ⅱ. 정 책 방 향", "II. 정책방향", "**Ⅱ. 정책 방향**"]
)
def test_a_title_set_otherwise_in_the_body_is_the_same_title(heading: str) -> None:
    body = chapters("Ⅰ. 일반 현황", heading, "Ⅲ. 세부 계획")
    assert page_at(estimated(report([*CONTENTS, *body])), heading) == 3


def test_a_misread_letter_does_not_hide_a_heading() -> None:
    contents = ["목차", "Ⅰ. 지역 돌봄 기반 확충\t1", "Ⅱ. 청년 정착 지원 강화\t4"]
    body = chapters("Ⅰ. 지역 돌붐 기반 확충", "Ⅱ. 청년 정착 지원 강확")
    assert page_at(estimated(report([*contents, *body])), "Ⅱ. 청년 정착 지원 강확") == 4


def test_a_misread_page_number_is_outvoted() -> None:
    contents = [*CONTENTS[:2], "Ⅱ. 정책 방향 ···· 83", CONTENTS[3]]
    found = estimated(report([*contents, *BODY]))
    assert page_at(found, "Ⅲ. 세부 계획") == 5
    assert page_at(found, BODY[40]) in (2, 3)


def test_a_contents_list_in_front_of_a_chapter_is_not_its_items() -> None:
    contents = ["목차", "Ⅰ. 사업 현황\t1", "1. 마을 돌봄\t2", "2. 마을 공원\t4"]
    front = ["Ⅰ. 사업 현황", "", "1. 마을 돌봄", "", "2. 마을 공원", ""]
    found = estimated(report([*contents, *front, *chapters("1. 마을 돌봄", "2. 마을 공원")]))
    assert page_at(found, "2. 마을 공원") == 4
    assert next(page for page in found.pages if "Ⅰ. 사업 현황" in page.lines).number == 1


def test_two_entries_of_one_page_stand_on_it_in_order() -> None:
    contents = ["목차", "1. 마을 돌봄\t2", "2. 마을 공원\t2", "3. 마을 시장\t3"]
    body = chapters("1. 마을 돌봄", "2. 마을 공원", "3. 마을 시장", lines=15)
    found = estimated(report([*contents, *body]))
    assert [page_at(found, body[at]) for at in (0, 15, 30)] == [2, 2, 3]


def test_cover_and_contents_list_are_the_pages_before_the_first_chapter() -> None:
    contents = ["목차", "Ⅰ. 일반 현황\t3", "Ⅱ. 정책 방향\t5"]
    cover = ["솔빛군 업무계획", "", "2031. 3.", ""]
    found = estimated(report([*cover, *contents, *BODY[:80]]))
    assert page_at(found, "솔빛군 업무계획") == 1
    assert page_at(found, "목차") == 2


def test_a_cover_in_front_of_page_one_has_no_number() -> None:
    found = estimated(report(["솔빛군 업무계획", "", *CONTENTS, *BODY]))
    assert page_at(found, "솔빛군 업무계획") is None


def test_an_estimate_ends_where_it_could_no_longer_be_trusted() -> None:
    found = estimated(report([*CONTENTS, *BODY, *[SENTENCE] * 600]))
    known = [number for number in numbers(found) if number]
    assert 6 <= max(known) <= 8
    assert found.pages[-1].number is None
    assert len(found.pages[-1].lines) > 500


@pytest.mark.parametrize(
    "lines",
    [
        [],
        BODY,
        [*BODY, "- 7 -", *BODY],
        [*("제목", "- 1 -", "제목", "- 3 -", "제목", "- 4 -", "제목", "- 5 -"), *BODY],
        ["목차", "Ⅰ. 일반 현황", "Ⅱ. 정책 방향", "Ⅲ. 세부 계획", *BODY],
        ["목차", "Ⅰ. 다른 보고서 ···· 1", "Ⅱ. 없는 제목 ···· 3", "Ⅲ. 빠진 장 ···· 5", *BODY],
        ["목차", "Ⅰ. 일반 현황 ···· 1", "Ⅱ. 정책 방향 ···· 90", *BODY[:50]],
        ["목차", "Ⅰ. 일반 현황 ···· 1", "Ⅱ. 정책 방향 ···· 2", *chapters(*BODY[::40], lines=400)],
        ["구 분\t2030년\t2031년", "마을\t1\t2", "사업\t3\t4", "예산\t5\t6", *BODY],
    ],
    ids=[
        "empty",
        "no list",
        "one mark",
        "bare list",
        "no pages",
        "other",
        "too few",
        "too many",
        "table",
    ],
)
def test_without_ground_nothing_is_said(lines: list[str]) -> None:
    before = report(lines)
    assert estimated(before) is before


def test_numbers_printed_here_and_there_are_ground_enough() -> None:
    text: list[str] = []
    for number in (4, 17, 30):
        text += [*[SENTENCE] * 300, f"- {number} -"]
    found = estimated(report(text))
    assert page_at(found, "- 17 -") == 17
    assert 9 <= (found.pages[len(found.pages) // 3].number or 0) <= 15


def test_a_head_printed_again_begins_a_page() -> None:
    rows = [f"마을 {row}\t{row}" for row in range(38)]
    table = ["구 분\t예산", *rows[:17], "구 분\t예산", *rows[17:]]
    body = ["Ⅰ. 일반 현황", *table, *BODY[40:]]
    second = next(page for page in estimated(report([*CONTENTS, *body])).pages if page.number == 2)
    assert second.lines[0] == "구 분\t예산"


def test_what_follows_a_footnote_begins_a_page() -> None:
    before, after = [SENTENCE] * 17, [SENTENCE] * 18
    note = ["○ 마을 배움터1)를 엶", "1) 배움터 : 주민이 함께 배우는 곳", "□ 다음 쪽의 첫 줄"]
    body = ["Ⅰ. 일반 현황", *before, *note, *after, *BODY[40:]]
    second = next(page for page in estimated(report([*CONTENTS, *body])).pages if page.number == 2)
    assert second.lines[0] == "□ 다음 쪽의 첫 줄"


def test_exact_pages_are_kept_and_a_gap_between_them_is_estimated() -> None:
    text = "\n".join("\n".join([SENTENCE] * 30) + f"\n- {n} -" for n in (1, 2, 5, 6)).split("\n")
    gap = [*text[:62], *[SENTENCE] * 60, *text[62:]]
    found = estimated(report(gap, pages_of(gap)))
    assert numbers(found) == [1, 2, 3, 4, 5, 6]
    assert [page.exact for page in found.pages] == [True, True, False, False, False, True]


def test_a_report_with_every_page_numbered_is_left_as_it_is() -> None:
    pages = (Page(number=1, exact=True, first_line=1, lines=(*CONTENTS, *BODY)),)
    before = report([], pages)
    assert estimated(before) is before


def test_estimates_of_the_file_itself_are_not_mixed_with_ours() -> None:
    lines = (*CONTENTS, *BODY)
    pages = (
        Page(number=1, exact=False, first_line=1, lines=lines[:9]),
        Page(number=None, exact=False, first_line=10, lines=lines[9:]),
    )
    before = report([], pages)
    assert estimated(before) is before


_ODD = ["", SENTENCE, "- 3 -", "9쪽", "5", "가\t나\t3", "1) 각주", "목차", "Ⅳ. 끝 99"]
_LINE = st.sampled_from([*CONTENTS, *BODY[::40], *_ODD])


@given(st.lists(st.tuples(_LINE, st.integers(1, 30)), max_size=25))
def test_lines_stay_and_numbers_never_fall(runs: list[tuple[str, int]]) -> None:
    lines = [line for line, count in runs for _ in range(count)]
    found = estimated(report(lines))
    assert list(found.lines) == lines
    following = 1
    for page in found.pages:
        assert page.first_line == following
        following += len(page.lines)
    known = [number for number in numbers(found) if number is not None]
    assert known == sorted(set(known))
    assert all(number >= 1 for number in known)


def test_a_line_of_millions_of_signs_takes_no_time() -> None:
    before = report(["목차", "가 · " * 1_000_000, *["가" + " ." * 95 + "나"] * 1000])
    assert estimated(before) is before


def test_estimates_of_made_up_reports_are_near_the_truth() -> None:
    measured = [measure(made) for made in made_reports()]
    together = pooled(measured)
    assert together.median == 0
    assert together.ninth <= 1
    assert together.near >= 0.97
    assert together.share >= 0.9
    assert median(errors.near for errors in measured if errors.off) >= 0.99


def test_reports_without_a_contents_list_get_no_estimate() -> None:
    assert [errors.share for errors in map(measure, made_reports()) if not errors.off] == [0, 0]
