"""Tables whose file tells which cells are merged and which rows are labels."""

from __future__ import annotations

from dataclasses import replace

from index.cells import cells_of
from index.lines import lines_of
from index.readers.row_labels import with_row_labels
from index.tables import Table, table_of
from rag.types import Report, TableShape
from tests.report_lines import page, report

TEXT = "\n".join(
    (
        "분야\t지표\t2024년\t",
        "\t\t목표\t실적",
        "보행\t신호등\t12\t15",
        "\t자전거\t9\t공사 중",
        "주차\t개방\t25\t31",
    )
)
GRID = (
    ("분야", "지표", "2024년", "2024년"),
    ("분야", "지표", "목표", "실적"),
    ("보행", "신호등", "12", "15"),
    ("보행", "자전거", "9", "공사 중"),
    ("주차", "개방", "25", "31"),
)


def _report(text: str = TEXT, grid: tuple[tuple[str, ...], ...] = GRID, **shape: int) -> Report:
    drawn = TableShape(
        first_line=1, last_line=len(grid), head=shape.get("head", 2), grid=grid, repeated=()
    )
    return replace(report(page(text)), tables=(drawn,))


def _table(read: Report) -> Table:
    return table_of(lines_of(read), ())


def test_labels_merged_across_and_down_stand_at_every_cell() -> None:
    found = [(cell.row, cell.column, cell.text) for cell in cells_of(_table(_report()))]
    assert found[:3] == [
        ("보행 신호등", "2024년 목표", "12"),
        ("보행 신호등", "2024년 실적", "15"),
        ("보행 자전거", "2024년 목표", "9"),
    ]


def test_a_cell_knows_the_lines_of_its_labels() -> None:
    assert {cell.head for cell in cells_of(_table(_report()))} == {(1, 2)}


def test_a_value_merged_down_is_cited_from_where_it_begins() -> None:
    text = "구\t담당\n라온구\t3명\n미르구\t"
    grid = (("구", "담당"), ("라온구", "3명"), ("미르구", "3명"))
    found = list(cells_of(_table(_report(text, grid, head=1))))
    assert [(cell.row, cell.first.number, cell.line.number) for cell in found] == [
        ("라온구", 2, 2),
        ("미르구", 2, 3),
    ]


def test_a_value_merged_across_is_said_once_under_all_its_labels() -> None:
    text = "구\t2024년\t2025년\n라온구\t준비 중\t"
    grid = (("구", "2024년", "2025년"), ("라온구", "준비 중", "준비 중"))
    (found,) = cells_of(_table(_report(text, grid, head=1)))
    assert (found.column, found.text) == ("2024년 2025년", "준비 중")


def test_a_head_printed_again_is_the_nearest_and_no_row() -> None:
    text = "구\t명\n라온구\t3\n구\t명\n미르구\t4"
    grid = (("구", "명"), ("라온구", "3"), ("구", "명"), ("미르구", "4"))
    read = _report(text, grid, head=1)
    read = replace(read, tables=(replace(read.tables[0], repeated=(2,)),))
    assert [(cell.text, cell.head) for cell in cells_of(_table(read))] == [("3", (1,)), ("4", (3,))]


def test_a_merged_label_is_written_into_each_of_its_rows() -> None:
    lines = with_row_labels(_report()).lines
    assert lines[2:4] == ("보행\t신호등\t12\t15", "보행\t자전거\t9\t공사 중")


def test_heads_stay_as_they_are_printed() -> None:
    assert with_row_labels(_report()).lines[:2] == ("분야\t지표\t2024년\t", "\t\t목표\t실적")


def test_a_report_without_drawn_tables_is_the_same() -> None:
    plain = report(page(TEXT))
    assert with_row_labels(plain) is plain
