from __future__ import annotations

from dataclasses import replace

import pytest

from index.readers.pdf.joiner import Joiner
from index.readers.pdf.joints import Joints
from index.readers.pdf.layout import VisualLine
from tests.drawn import lines, words

WHOLE = "청년일자리과는 지원사업을 넓혀 혼잡을 줄임"


def _wrapped(above: str, below: str, *, space: bool) -> list[VisualLine]:
    first, *rest = words(below, top=114.0)
    moved = replace(first, space_before=space)
    return [VisualLine(tuple(words(above)), 70.0, 520.0), VisualLine((moved, *rest), 70.0, 520.0)]


def _between_words(texts: list[str]) -> list[list[VisualLine]]:
    return [_wrapped(*text.split("/"), space=False) for text in texts]


def test_a_space_that_the_file_keeps_decides() -> None:
    whole = _wrapped("시간의 혼잡을", "줄임", space=True)
    broken = _wrapped("모두 전면", "적으로", space=False)
    joiner = Joiner([whole, broken], ())
    assert [joiner.text(whole), joiner.text(broken)] == ["시간의 혼잡을 줄임", "모두 전면적으로"]


def test_one_stray_space_does_not_decide_for_a_report() -> None:
    broken = [_wrapped("모든 지원사", "업을 넓힘", space=False) for _ in range(9)]
    joiner = Joiner([lines(WHOLE), *broken, _wrapped("이 글은", "이어짐", space=True)], ())
    assert joiner.text(broken[0]) == "모든 지원사업을 넓힘"


def test_a_word_that_the_report_writes_whole_is_joined() -> None:
    broken, parted = (
        _wrapped("모든 지원사", "업을", space=False),
        _wrapped("큰 혼잡을", "줄임", space=False),
    )
    joiner = Joiner([lines(WHOLE), broken, parted], ())
    assert [joiner.text(broken), joiner.text(parted)] == ["모든 지원사업을", "큰 혼잡을 줄임"]


@pytest.mark.parametrize(
    ("last", "first", "parted"),
    [
        ("시민의", "의견을", True),
        ("확보하", "여", False),
        ("00건을", "점검", True),
        ("0,000", "명에게", False),
    ],
)
def test_letters_tell_in_a_report_of_no_other_words(last: str, first: str, parted: bool) -> None:
    assert (Joints([]).odds(last, first) > 0) is parted


def test_a_report_that_breaks_between_words_does_so_everywhere() -> None:
    texts = ["시민이 편하게/이용할", "의견을 들어/제도를", "계획을 세우고/예산을"] * 4
    joiner = Joiner(_between_words([*texts, "도시 계획/위원회"]), ())
    assert joiner.text(_wrapped("도시 계획", "위원회", space=False)) == "도시 계획 위원회"


def test_a_word_broken_in_a_cell_is_joined() -> None:
    joiner = Joiner([], [WHOLE])
    assert joiner.cell(["청년일", "자리과"]) == "청년일자리과"


def test_a_line_of_a_cell_with_room_for_more_ends() -> None:
    joiner = Joiner([], [WHOLE])
    assert joiner.cell(["청년일", "자리과는 지원"]) == "청년일 자리과는 지원"


def test_a_bullet_of_a_cell_begins_another_item() -> None:
    assert Joiner([], ()).cell(["• 밝기를 낮춤", "• 안개"]) == "• 밝기를 낮춤 • 안개"


def test_letters_below_each_other_are_one_word() -> None:
    assert Joiner([], ()).cell(["추", "진", "실", "적"]) == "추진실적"
