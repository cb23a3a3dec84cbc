from __future__ import annotations

from index.readers.pdf.layout import reading_order
from index.readers.pdf.words import Word
from tests.drawn import SIZE, column, table, words

LEFT_SIDE = ("왼쪽 첫째 줄의 글", "왼쪽 둘째 줄의 글", "왼쪽 셋째 줄의 글", "왼쪽 넷째 줄의 글")
RIGHT_SIDE = ("오른쪽 첫째 줄", "오른쪽 둘째 줄", "오른쪽 셋째 줄")


def _texts(drawn: list[Word]) -> list[str]:
    return [line.text for line in reading_order(drawn, ())]


def test_lines_are_read_from_the_top() -> None:
    assert _texts(column("둘째", top=120.0) + column("첫째", top=100.0)) == ["첫째", "둘째"]


def test_words_of_a_line_are_read_from_the_left() -> None:
    drawn = words("예산은", x=70.0) + words("30억원", x=130.0)
    assert _texts(list(reversed(drawn))) == ["예산은 30억원"]


def test_a_column_is_read_to_its_end_before_the_next() -> None:
    drawn = column(*LEFT_SIDE) + column(*RIGHT_SIDE, x=320.0)
    assert _texts(drawn) == [*LEFT_SIDE, *RIGHT_SIDE]


def test_columns_need_not_stand_on_the_same_lines() -> None:
    drawn = column(*LEFT_SIDE) + column(*RIGHT_SIDE, x=320.0, top=106.0)
    assert _texts(drawn) == [*LEFT_SIDE, *RIGHT_SIDE]


def test_what_stands_under_the_columns_comes_after_both() -> None:
    drawn = column(*LEFT_SIDE) + column(*RIGHT_SIDE, x=320.0) + column("아래", top=200.0)
    assert _texts(drawn)[-1] == "아래"


def test_cells_drawn_row_by_row_stay_in_their_rows() -> None:
    drawn = [
        word
        for at, (left, right) in enumerate(zip(LEFT_SIDE, RIGHT_SIDE, strict=False))
        for word in words(left, top=100 + 14.0 * at) + words(right, x=320.0, top=100 + 14.0 * at)
    ]
    assert _texts(drawn) == [
        f"{left} {right}" for left, right in zip(LEFT_SIDE, RIGHT_SIDE, strict=False)
    ]


def test_a_column_begins_where_its_lines_do_not_at_a_page_number_below() -> None:
    number = words("-3-", x=290.0, top=790.0)
    found = reading_order(column(*LEFT_SIDE) + column(*RIGHT_SIDE, x=320.0) + number, ())
    assert {line.left for line in found if line.text in RIGHT_SIDE} == {320.0}


def test_a_table_stands_where_it_is_drawn_and_keeps_its_words() -> None:
    drawn = column("위", top=280.0) + words("3명", x=75.0, top=305.0) + column("아래", top=350.0)
    grid = table(("3명", "4명"), top=300.0)
    found = reading_order(drawn, (grid,))
    assert [line.table or line.text for line in found] == ["위", grid, "아래"]


def test_words_that_touch_are_one_word() -> None:
    first = Word("사업", 70.0, 100.0, 90.0, 110.0, SIZE)
    second = Word("4)", 90.5, 100.0, 97.0, 107.0, SIZE * 0.7)
    assert _texts([first, second]) == ["사업4)"]


def test_a_space_of_the_file_parts_words_that_touch() -> None:
    first = Word("사업", 70.0, 100.0, 90.0, 110.0, SIZE)
    second = Word("계획", 90.5, 100.0, 110.0, 110.0, SIZE, space_before=True)
    assert _texts([first, second]) == ["사업 계획"]


def test_a_page_without_words_has_no_lines() -> None:
    assert reading_order([], ()) == []


def test_a_running_head_does_not_hide_a_narrow_gutter() -> None:
    head = words("머리말이 오른쪽으로 길게 뻗어 있다", x=120.0, top=60.0)
    drawn = head + column(*LEFT_SIDE) + column(*RIGHT_SIDE, x=300.0)
    drawn += column("더 왼쪽", x=285.0, top=142.0)
    assert _texts(drawn)[1:] == [*LEFT_SIDE, *RIGHT_SIDE, "더 왼쪽"]


def test_rows_above_columns_stay_rows() -> None:
    rows = [
        word
        for at in range(2)
        for x in (70.0, 320.0)
        for word in words(f"칸{at}{x:.0f}", x=x, top=60.0 + 14 * at)
    ]
    drawn = rows + column(*LEFT_SIDE * 3) + column(*RIGHT_SIDE * 4, x=320.0)
    found = _texts(drawn)
    assert found == ["칸070 칸0320", "칸170 칸1320", *LEFT_SIDE * 3, *RIGHT_SIDE * 4]


def test_tables_side_by_side_are_read_from_the_left() -> None:
    first, second = table(("가", "나"), ("1", "2")), table(("다", "라"), left=300.0)
    assert [line.table for line in reading_order([], (second, first))] == [first, second]
