"""Lines that are rows -> a table that knows the labels of its columns and rows.

A table is drawn by its file (`TableShape`: merged cells, label rows), or is no more than lines with
tabs; then its labels are read from how it is filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.labels import (
    Row,
    column_labels,
    filled_down,
    first_column_labels,
    head_rows,
    label_columns,
)
from index.lines import Line, is_row
from index.units import Counting, counting_above
from rag.korean import clean, join_spaced
from rag.types import TableShape

_HEAD_ROWS = 4  # of labels above each other; rows alike throughout a table are no head


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, one a line; merged cells stand in every place that they cover."""

    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    printed: tuple[Row, ...]  # as they stand on the lines: a merged cell where it begins
    labels: tuple[bool, ...]  # which rows print the labels of the columns
    columns: tuple[str, ...]  # the label of each column
    label_columns: int  # how many columns, from the left, name the rows
    counting: Counting

    @property
    def heads(self) -> tuple[tuple[Line, ...], ...]:
        """For each row the label rows that its reader sees: the nearest, if printed again."""
        found: list[tuple[Line, ...]] = []
        head: tuple[Line, ...] = ()
        for at, (line, label) in enumerate(zip(self.lines, self.labels, strict=True)):
            found.append(() if label else head)
            if label:
                head = (*head, line)[-_HEAD_ROWS:] if at and self.labels[at - 1] else (line,)
        return tuple(found)


def runs(lines: Sequence[Line]) -> Iterator[tuple[bool, tuple[Line, ...]]]:
    """Neighbouring lines as (whether they are a table, lines), in order."""
    for (tabular, _), run in groupby(_over_page_ends(lines), key=_kind):
        yield tabular, tuple(run)


def _kind(line: Line) -> tuple[bool, int]:
    return is_row(line), line.shape.first_line if line.shape else 0


def _over_page_ends(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without empty rows, and without blank lines where a page ends within a table."""
    last: Line | None = None
    blanks: list[Line] = []
    for line in lines:
        if line.blank:
            blanks += [] if is_row(line) else [line]
            continue
        if not (last and _one_table(last, line)):
            yield from blanks
        blanks = []
        yield line
        last = line
    yield from blanks


def _one_table(above: Line, below: Line) -> bool:
    if not (is_row(above) and is_row(below)):
        return False
    if above.shape or below.shape:
        return above.shape == below.shape
    if not below.page_exact or above.page == below.page:
        return False
    return above.text.count("\t") == below.text.count("\t")


def table_of(rows: Sequence[Line], above: Sequence[Line]) -> Table:
    """The table made by neighbouring rows; `above` are the lines before it, nearest last."""
    printed = tuple(_cells(line.text.split("\t")) for line in rows)
    shape = rows[0].shape
    if shape:
        return _drawn(shape, rows, printed, counting_above(above))
    head = head_rows(printed)
    labels = tuple(at < head or row in printed[:head] for at, row in enumerate(printed))
    filled = tuple(filled_down(printed, labels))
    body = [row for row, label in zip(filled, labels, strict=True) if not label]
    return Table(
        lines=tuple(rows),
        rows=filled,
        printed=printed,
        labels=labels,
        columns=column_labels(printed, head, carry=head > 1),
        label_columns=label_columns(body) if first_column_labels(printed, head) else 0,
        counting=counting_above(above),
    )


def _drawn(
    shape: TableShape, rows: Sequence[Line], printed: tuple[Row, ...], counting: Counting
) -> Table:
    grid = tuple(_cells(row) for row in shape.grid)
    places = [line.number - shape.first_line for line in rows]
    again = {*range(shape.head), *shape.repeated}
    return Table(
        lines=tuple(rows),
        rows=tuple(grid[place] for place in places),
        printed=printed,
        labels=tuple(place in again for place in places),
        columns=column_labels(grid, shape.head, carry=False),
        label_columns=drawn_label_columns(shape) if first_column_labels(grid, shape.head) else 0,
        counting=counting,
    )


def drawn_label_columns(shape: TableShape) -> int:
    """How many columns, from the left, name the rows of a drawn table."""
    again = {*range(shape.head), *shape.repeated}
    return label_columns([row for at, row in enumerate(shape.grid) if at not in again])


def _cells(row: Sequence[str]) -> Row:
    return tuple(join_spaced(clean(cell)) for cell in row)
