from __future__ import annotations

import pytest

from index.readers.pdf.layout import VisualLine
from index.readers.pdf.paragraphs import Paragraph, paragraphs
from tests.drawn import full, line, lines, table

HEAD = "○ 시민의 이용 편의를 높이고 출퇴근 시간의 혼잡을"


def _groups(*drawn: VisualLine) -> list[list[str]]:
    return [
        [one.text for one in part.lines]
        for part in paragraphs(drawn)
        if isinstance(part, Paragraph)
    ]


def test_a_line_that_fills_the_column_goes_on() -> None:
    assert _groups(full(HEAD), line("줄이고자 함", x=84.0, top=114.0)) == [[HEAD, "줄이고자 함"]]


def test_a_line_with_room_for_the_next_word_ends() -> None:
    assert len(_groups(*lines("짧은 줄", "다음 줄"))) == 2


@pytest.mark.parametrize("mark", ["○ ", "- ", "① ", "1. ", "※ ", "□ ", "가. ", "(단위 : 명)"])
def test_a_mark_begins_a_new_one(mark: str) -> None:
    assert len(_groups(full(HEAD), line(f"{mark}다음", top=114.0))) == 2


@pytest.mark.parametrize("start", ["(’24년)", "「법률」", "⇨ 3개소", "2024년부터", "1,200명"])
def test_brackets_arrows_and_figures_may_begin_a_wrapped_line(start: str) -> None:
    assert len(_groups(full(HEAD), line(f"{start} 시행", x=84.0, top=114.0))) == 1


def test_white_space_parts() -> None:
    assert len(_groups(full(HEAD), line("줄이고자 함", x=84.0, top=130.0))) == 2


def test_another_size_of_letters_parts() -> None:
    assert len(_groups(full(HEAD), line("줄이고자 함", x=84.0, top=114.0, size=12.0))) == 2


def test_what_begins_left_of_a_bullet_does_not_continue_it() -> None:
    assert len(_groups(full(HEAD, x=90.0), line("다른 글", x=70.0, top=114.0))) == 2


def test_a_table_parts() -> None:
    grid = VisualLine((), 70.0, 520.0, table(("가", "나")))
    drawn = [full(HEAD), grid, line("줄이고자 함", x=84.0, top=400.0)]
    assert [isinstance(part, Paragraph) for part in paragraphs(drawn)] == [True, False, True]


def test_a_bullet_set_in_is_indented() -> None:
    (part,) = paragraphs([line("- 세부", x=90.0)])
    assert isinstance(part, Paragraph)
    assert part.indented


def test_a_sentence_may_end_in_the_next_line() -> None:
    assert len(_groups(full(HEAD), line("다. 이어서 시행", top=114.0))) == 1


def test_the_third_item_of_a_list_begins_a_new_one() -> None:
    assert len(_groups(full("나. 출퇴근 시간의 혼잡을"), line("다. 다음 항목", top=114.0))) == 2
