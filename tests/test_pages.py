"""Pages are exact where the text marks them, and have no number where it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.page_marks import is_page_mark
from index.pages import pages_of
from rag.types import Page


def numbers(pages: tuple[Page, ...]) -> list[tuple[int | None, int]]:
    """Number and first line of each page."""
    return [(page.number, page.first_line) for page in pages]


def lines_of(text: str) -> list[str]:
    return text.split("\n")


def body(words: str, count: int = 6) -> str:
    return "\n".join(f"{words} {i}째 문장" for i in range(count))


def test_unmarked_text_is_one_page_without_a_number() -> None:
    (page,) = pages_of(["가온시", "업무계획"])
    assert (page.number, page.exact, page.first_line) == (None, False, 1)


def test_no_lines_are_one_empty_page() -> None:
    assert [page.lines for page in pages_of([])] == [()]


@pytest.mark.parametrize(
    "mark",
    ["- {} -", "-{}-", "– {} –", "— {} —", "{}쪽", "{} 페이지", "p. {}", "{} / 3", "- {}/3 -"],
)
def test_a_printed_number_closes_its_page(mark: str) -> None:
    text = "\n".join(f"{page}면의 글\n{mark.format(page)}" for page in (1, 2, 3))
    assert numbers(pages_of(lines_of(text))) == [(1, 1), (2, 3), (3, 5)]


def test_a_mark_at_the_foot_stands_on_the_page_it_numbers() -> None:
    first, second = pages_of(["가", "- 1 -", "나", "- 2 -"])
    assert (first.lines, second.lines) == (("가", "- 1 -"), ("나", "- 2 -"))
    assert first.exact
    assert second.exact


def test_a_mark_at_the_head_opens_its_page() -> None:
    pages = pages_of(["- 1 -", "가", "나", "- 2 -", "다", "라"])
    assert numbers(pages) == [(1, 1), (2, 4)]


def test_a_running_title_above_the_first_mark_leaves_it_at_the_head() -> None:
    text = "가온시 백서\n" + "\n".join(f"- {page} -\n{body('글')}" for page in (2, 3, 4))
    assert numbers(pages_of(lines_of(text))) == [(1, 1), (2, 2), (3, 9), (4, 16)]


def test_numbering_may_start_late() -> None:
    text = "\n".join(f"{body('글')}\n- {page} -" for page in (11, 12, 13))
    assert numbers(pages_of(lines_of(text))) == [(None, 1), (12, 8), (13, 15)]


def test_lines_after_the_last_foot_mark_are_the_next_page() -> None:
    assert numbers(pages_of(["가", "- 1 -", "나", "- 2 -", "다"]))[-1] == (3, 5)


def test_a_long_unmarked_rest_gets_no_number() -> None:
    marked = "\n".join(f"{body('글')}\n- {page} -" for page in (1, 2, 3))
    pages = pages_of(lines_of(marked + "\n" + body("부록", 200)))
    assert numbers(pages) == [(1, 1), (2, 8), (3, 15), (None, 22)]
    assert not pages[-1].exact


def test_blank_lines_after_the_last_mark_stay_on_its_page() -> None:
    assert numbers(pages_of(["가", "- 1 -", "나", "- 2 -", "", ""])) == [(1, 1), (2, 3)]


def test_where_a_mark_is_lost_the_lines_of_two_pages_get_no_number() -> None:
    text = "\n".join(f"{body('글')}\n- {page} -" for page in (1, 2, 4, 5))
    assert numbers(pages_of(lines_of(text))) == [(1, 1), (2, 8), (None, 15), (5, 22)]


def test_a_stray_number_between_the_marks_changes_nothing() -> None:
    text = "\n".join(f"{body('글')}\n- {page} -" for page in (1, 2, 3, 4)).split("\n")
    assert numbers(pages_of([*text[:16], "- 9 -", *text[16:]]))[:4] == [
        (1, 1),
        (2, 8),
        (3, 15),
        (4, 23),
    ]


def test_a_stray_higher_number_after_the_marks_makes_no_page() -> None:
    text = "\n".join(f"{body('글')}\n- {page} -" for page in (1, 2, 3))
    pages = pages_of(lines_of(f"{text}\n{body('부록')}\n- 9 -\n{body('끝')}"))
    assert [page.number for page in pages] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "text",
    [
        "가\n- 3 -\n나",
        "1\n가\n2\n나\n3\n다",
        "- 3 -\n가\n- 1 -\n나",
        "- 1 -\n- 2 -\n- 3 -",
        "3 / 5\n가\n4 / 7\n나",
        "5 / 3\n가\n6 / 3",
        "[1]\n가\n[2]\n나",
        "- 1명 -\n가\n- 2명 -\n나",
        "3쪽짜리 요약\n가\n4쪽짜리 요약",
    ],
    ids=["lone", "bare", "falling", "list", "ratios", "over total", "notes", "counts", "words"],
)
def test_other_numbers_are_not_page_marks(text: str) -> None:
    assert numbers(pages_of(lines_of(text))) == [(None, 1)]


def test_the_page_numbers_of_a_contents_list_are_not_page_marks() -> None:
    contents = "\n".join(f"{page}장 제목\n{page}쪽" for page in (1, 3, 4, 5, 9, 12))
    assert numbers(pages_of(lines_of(f"목차\n{contents}\n{body('본문', 300)}"))) == [(None, 1)]


def test_the_pages_behind_a_contents_list_count_from_their_own_marks() -> None:
    contents = "\n".join(f"제목\n- {page} -" for page in (1, 2, 3))
    text = "\n".join(f"{body('글', 20)}\n- {page} -" for page in (1, 2, 3, 4))
    assert numbers(pages_of(lines_of(f"{contents}\n{text}"))) == [(1, 1), (2, 28), (3, 49), (4, 70)]


def test_a_comment_opens_its_page() -> None:
    pages = pages_of(["<!-- page 12 -->", "가", "<!-- page 13 -->", "나"])
    assert numbers(pages) == [(12, 1), (13, 3)]
    assert all(page.exact for page in pages)


def test_one_comment_is_enough() -> None:
    assert numbers(pages_of(["<!-- 쪽: 7 -->", "가"])) == [(7, 1)]


@pytest.mark.parametrize(("first", "before"), [(1, None), (2, 1), (5, None)])
def test_lines_before_the_first_comment_are_numbered_only_if_they_are_page_one(
    first: int, before: int | None
) -> None:
    pages = pages_of(["표지", f"<!-- page {first} -->", "가"])
    assert numbers(pages) == [(before, 1), (first, 2)]


def test_comments_that_stand_under_their_pages_close_them() -> None:
    text = ["가", "<!-- page 1 -->", "나", "<!-- page 2 -->"]
    assert numbers(pages_of(text)) == [(1, 1), (2, 3)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("가\n\f나\n\f다", [(1, 1), (2, 2), (3, 3)]),
        ("가\f\n나\f\n다", [(1, 1), (2, 2), (3, 3)]),
        ("가\n\f\n나", [(1, 1), (2, 2)]),
        ("가 \f 나\n다", [(1, 1), (2, 2)]),
        ("\f가\n\f나", [(1, 1), (2, 2)]),
        ("\f가\n\f나\n\f", [(2, 1), (3, 2)]),
        ("가\n\f\f나", [(1, 1), (3, 2)]),
        ("가\n\f나\n\f", [(1, 1), (2, 2)]),
    ],
    ids=["head", "foot", "alone", "inside", "every head", "empty first page", "two", "last"],
)
def test_a_form_feed_ends_a_page(text: str, expected: list[tuple[int | None, int]]) -> None:
    pages = pages_of(lines_of(text))
    assert numbers(pages) == expected
    assert all(page.exact for page in pages)


def test_form_feeds_between_chapters_are_not_believed() -> None:
    assert numbers(pages_of(lines_of(f"{body('가', 400)}\n\f{body('나', 300)}"))) == [(None, 1)]


def test_printed_numbers_name_the_sheets_between_form_feeds() -> None:
    text = "표지\n\f목차\n\f" + "\n\f".join(f"{body('글')}\n- {page} -" for page in (1, 2, 3))
    assert [page.number for page in pages_of(lines_of(text))] == [None, None, 1, 2, 3]


def test_a_sheet_without_its_number_gets_the_one_between_its_neighbours() -> None:
    pages = "\n\f".join(
        body("글") + ("" if page == 3 else f"\n- {page} -") for page in (1, 2, 3, 4, 5)
    )
    assert [page.number for page in pages_of(lines_of(pages))] == [1, 2, 3, 4, 5]


def test_form_feeds_yield_to_numbers_where_several_stand_between_them() -> None:
    text = "\n".join(f"{body('글')}\n- {page} -" for page in (1, 2, 3, 4))
    assert [page.number for page in pages_of(lines_of(text.replace("- 2 -", "- 2 -\n\f")))] == [
        1,
        2,
        3,
        4,
    ]


_LINE = st.sampled_from(
    ["", "글", "- 1 -", "- 2 -", "- 3 -", "3쪽", "4쪽", "\f", "글\f", "\f글", "\f\f"]
)
_COMMENT = st.sampled_from(["<!-- page 1 -->", "<!-- page 2 -->", "2 / 3", "3 / 3"])


@given(st.lists(_LINE | _COMMENT | st.text("가나 \f-1", max_size=5), max_size=40))
def test_every_line_is_kept_in_order_under_its_own_number(lines: list[str]) -> None:
    pages = pages_of(lines)
    assert [line for page in pages for line in page.lines] == lines
    following = 1
    for page in pages:
        assert page.first_line == following
        following += len(page.lines)


@given(st.lists(_LINE | _COMMENT, max_size=40))
def test_a_page_is_exact_just_when_it_has_a_number(lines: list[str]) -> None:
    for page in pages_of(lines):
        assert page.exact == (page.number is not None)
        assert page.number is None or page.number >= 1


@given(st.lists(st.integers(1, 12), min_size=2, max_size=20), st.integers(1, 40))
def test_a_full_set_of_foot_marks_gives_every_page_back(sizes: list[int], start: int) -> None:
    text: list[str] = []
    for number, size in enumerate(sizes, start=start):
        text += [*(["글"] * size), f"- {number} -"]
    assert [page.number for page in pages_of(text)][1:] == [start + i for i in range(1, len(sizes))]


@pytest.mark.parametrize("line", ["- 12 -", "12쪽", " 12 / 40 ", "<!-- page 3 -->"])
def test_a_page_mark_is_recognised_alone_on_a_line(line: str) -> None:
    assert is_page_mark(line)


@pytest.mark.parametrize("line", ["12", "- 12명 -", "- 12", "제2장", "2022. 2.", ""])
def test_other_lines_are_no_page_marks(line: str) -> None:
    assert not is_page_mark(line)
