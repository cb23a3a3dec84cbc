from __future__ import annotations

import pytest

from index.readers.pdf.running import Sheet, without_running
from tests.drawn import line, sheet


def _read(*sheets: Sheet) -> tuple[list[list[str]], dict[int, int]]:
    kept, printed = without_running(sheets)
    return [[line.text for line in one.lines] for one in kept], printed


def test_a_head_that_every_page_repeats_is_left_out() -> None:
    texts, _ = _read(*(sheet(n, f"{n}째 쪽의 글", head="2025 업무보고") for n in (1, 2, 3)))
    assert texts == [["1째 쪽의 글"], ["2째 쪽의 글"], ["3째 쪽의 글"]]


@pytest.mark.parametrize("foot", ["- {} -", "{}", "{}쪽", "{} / 30", "도시국 | {}"])
def test_the_printed_number_is_told_and_left_out(foot: str) -> None:
    texts, printed = _read(*(sheet(n, "본문", foot=foot.format(n - 2)) for n in (3, 4, 5)))
    assert printed == {3: 1, 4: 2, 5: 3}
    assert all(len(lines) == 1 for lines in texts)


def test_a_figure_that_no_neighbour_counts_on_from_is_no_page_number() -> None:
    texts, printed = _read(sheet(1, "가", foot="57"), sheet(2, "나", foot="12"), sheet(3, "다"))
    assert printed == {}
    assert texts[0] == ["가", "57"]


def test_a_heading_alike_on_some_pages_stays() -> None:
    pages = [sheet(n, "본문", head="□ 사업개요" if n < 4 else "") for n in range(1, 9)]
    texts, _ = _read(*pages)
    assert texts[0] == ["□ 사업개요", "본문"]


def test_what_stands_behind_text_of_the_page_stays() -> None:
    pages = [
        Sheet(n, 842.0, (line(f"{name} 사업", top=30.0), line("추진 배경", top=50.0)))
        for n, name in enumerate("가나다")
    ]
    texts, _ = _read(*pages)
    assert texts == [["가 사업", "추진 배경"], ["나 사업", "추진 배경"], ["다 사업", "추진 배경"]]


def test_a_report_of_one_page_keeps_all_its_lines() -> None:
    texts, printed = _read(sheet(1, "본문", head="머리", foot="- 1 -"))
    assert (texts, printed) == ([["머리", "본문", "- 1 -"]], {})


@pytest.mark.parametrize("feet", [("Ⅰ-1", "Ⅰ-2", "Ⅱ-1", "Ⅱ-2"), ("i", "ii", "iii", "iv")])
def test_numbers_within_a_part_are_left_out_and_number_no_sheet(feet: tuple[str, ...]) -> None:
    texts, printed = _read(*(sheet(n, "본문", foot=foot) for n, foot in enumerate(feet, start=1)))
    assert (texts, printed) == ([["본문"]] * 4, {})


def test_the_head_of_a_short_chapter_is_left_out_where_others_have_one() -> None:
    heads = ["1장 교통"] * 3 + ["2장 도로"] * 2
    texts, _ = _read(*(sheet(n, f"{n}째 글", head=head) for n, head in enumerate(heads, start=1)))
    assert texts == [["1째 글"], ["2째 글"], ["3째 글"], ["4째 글"], ["5째 글"]]
