from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas

from index.readers.pdf.grids import PageCell, PageTable
from index.readers.pdf.joined import carried_labels, goes_on_below, head_again
from tests.paper import drawn, grid, lines, put, tables_of, texts

XS, YS = (50, 150, 250, 350), (50, 70, 90, 110)
FULL: list[list[str | None]] = [
    ["구분", "예산", "집행"],
    ["세입", "1,234", "980"],
    ["세출", "567", "-"],
]


def _fill(canvas: Canvas) -> None:
    for row, y in zip(FULL, YS, strict=False):
        for text, x in zip(row, XS, strict=False):
            put(canvas, text or "", x + 5, y + 14)


def _closed(canvas: Canvas) -> None:
    grid(canvas, XS, YS)
    _fill(canvas)


def _open_sided(canvas: Canvas) -> None:
    lines(canvas, *((50, y, 350, y) for y in YS), (150, 50, 150, 110), (250, 50, 250, 110))
    _fill(canvas)


def _cell_by_cell(canvas: Canvas) -> None:
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            canvas.rect(x0, 300 - y1, x1 - x0, y1 - y0)
    _fill(canvas)


def _thin_surfaces(canvas: Canvas) -> None:
    for y in YS:
        canvas.rect(50, 300 - y, 300, 0.5, stroke=0, fill=1)
    for x in XS:
        canvas.rect(x, 190, 0.5, 60, stroke=0, fill=1)
    _fill(canvas)


def _doubled(canvas: Canvas) -> None:
    grid(canvas, (48, 352), (48, 112))
    _closed(canvas)


def _coloured(canvas: Canvas) -> None:
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            canvas.setFillGray(0.9)
            canvas.rect(x0, 300 - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
    canvas.setFillGray(0)
    _fill(canvas)


def _framed_page(canvas: Canvas) -> None:
    grid(canvas, (10, 390), (10, 290))
    _closed(canvas)


@pytest.mark.parametrize(
    "draw",
    [_closed, _open_sided, _cell_by_cell, _thin_surfaces, _doubled, _coloured, _framed_page],
)
def test_a_table_is_read_however_its_lines_are_drawn(draw: Callable[[Canvas], None]) -> None:
    assert [texts(table) for table in tables_of(drawn(draw))] == [FULL]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_table_on_a_turned_page_is_read_as_shown(rotation: int) -> None:
    (table,) = tables_of(drawn(_closed, rotation=rotation))

    assert texts(table) == FULL
    assert table.bbox == pytest.approx((50, 50, 350, 110), abs=1)


def test_merged_cells_know_what_they_cover() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, *((50, y, 350, y) for y in (50, 90, 110)), (150, 70, 350, 70))
        lines(canvas, *((x, 50, x, 110) for x in (50, 150, 350)), (250, 70, 250, 110))
        put(canvas, "부서", 55, 64)
        put(canvas, "예산", 155, 64)
        put(canvas, "국비", 155, 84)
        put(canvas, "시비", 255, 84)

    (table,) = tables_of(drawn(draw))
    first, second, *_ = table.cells

    assert texts(table) == [["부서", "예산", None], [None, "국비", "시비"], ["", "", ""]]
    assert (first.row_span, first.column_span) == (2, 1)
    assert (second.row_span, second.column_span) == (1, 2)


def test_the_lines_of_a_cell_stay_apart() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, (50, 150, 250), (50, 90))
        put(canvas, "지방세", 55, 64)
        put(canvas, "징수", 55, 80)
        put(canvas, "1", 155, 64)

    (table,) = tables_of(drawn(draw))

    assert [cell.lines for cell in table.cells] == [("지방세", "징수"), ("1",)]


def test_a_table_within_a_cell_follows_its_table_and_has_its_words_alone() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, (50, 150, 350), (50, 150, 200))
        grid(canvas, (170, 220, 300), (70, 90, 110))
        for text, x, y in [("바깥", 55, 64), ("가", 175, 84), ("나", 225, 84), ("끝", 55, 170)]:
            put(canvas, text, x, y)

    outer, inner = tables_of(drawn(draw))

    assert texts(outer) == [["바깥", ""], ["끝", ""]]
    assert texts(inner) == [["가", "나"], ["", ""]]


def test_a_box_around_lines_is_a_table_of_one_cell() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, (50, 350), (50, 90))
        put(canvas, "추진 방향", 60, 75)

    (box,) = tables_of(drawn(draw))

    assert texts(box) == [["추진 방향"]]


def _box_in_a_line(canvas: Canvas) -> None:
    grid(canvas, (78, 102), (48, 64))
    put(canvas, "이것은", 40, 60)
    put(canvas, "상자", 80, 60)
    put(canvas, "이다", 106, 60)


def _ruled_title(canvas: Canvas) -> None:
    lines(canvas, (50, 50, 350, 50), (50, 53, 350, 53), (50, 90, 350, 90))
    put(canvas, "주요 업무", 100, 75)


def _highlighted(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 0)
    canvas.rect(48, 235, 60, 16, stroke=0, fill=1)
    canvas.setFillGray(0)
    put(canvas, "강조한 말", 50, 60)


def _chart(canvas: Canvas) -> None:
    lines(canvas, *((50, y, 350, y) for y in range(50, 200, 25)), (50, 50, 50, 175))
    for x in (80, 160, 240):
        canvas.rect(x, 125, 30, x / 3, stroke=0, fill=1)
        put(canvas, str(x), x, 170 - x / 3)
        put(canvas, f"{x}년", x, 190)


@pytest.mark.parametrize("draw", [_box_in_a_line, _ruled_title, _highlighted, _chart])
def test_what_only_looks_like_lines_of_a_table_is_none(draw: Callable[[Canvas], None]) -> None:
    assert tables_of(drawn(draw)) == []


def _part(*rows: tuple[str, ...], xs: tuple[float, ...] = (50, 150, 250)) -> PageTable:
    return PageTable(
        (xs[0], 0, xs[-1] + 100, 20.0 * len(rows)),
        tuple(
            tuple(
                _cell(text, x, row, at) for at, (text, x) in enumerate(zip(line, xs, strict=True))
            )
            for row, line in enumerate(rows)
        ),
    )


def _cell(text: str, x: float, row: int, column: int) -> PageCell:
    top = 20.0 * row
    return PageCell((text,) if text else (), (x, top, x + 100, top + 20), row, column)


HEAD = ("구분", "예산", "집행")


def test_a_table_goes_on_where_its_columns_do() -> None:
    above = _part(HEAD, ("가", "1", "2"))
    below = _part(("나", "3", "4"))
    moved = _part(("나", "3", "4"), xs=(60, 160, 260))

    assert goes_on_below(above, below)
    assert goes_on_below(above, moved)
    assert not goes_on_below(above, _part(("나", "3", "4"), xs=(50, 130, 250)))


def test_a_head_that_is_printed_again_is_told_from_a_head_of_another_table() -> None:
    above = _part(HEAD, ("가", "1", "2"))
    again = _part(HEAD, ("나", "3", "4"))
    other = _part(("연도", "인구", "세대"), ("나", "3", "4"))

    assert goes_on_below(above, again)
    assert head_again(above, again) == 1
    assert not goes_on_below(above, other)


def test_a_label_that_the_page_break_cut_goes_on() -> None:
    parts = [
        _part(HEAD, ("도시", "1", "2")),
        _part(HEAD, ("", "3", "4"), ("교통", "5", "6")),
        _part(("", "7", "8")),
    ]

    assert carried_labels(parts) == [{}, {(1, 0): "도시"}, {(0, 0): "교통"}]
