"""Rows of a table -> cells that know their column, their row and their unit.

A table is drawn by its file (`TableShape`: merged cells, label rows), or is no more than lines with
tabs; then its labels are read from how it is filled.
"""

from __future__ import annotations

import re
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
from index.units import Counting, counting_above, unit_of
from rag.korean import clean, join_spaced
from rag.types import TableShape

_HEAD_ROWS = 4  # of labels above each other; rows alike throughout a table are no head
_INTEGER = re.compile(r"\d{1,3}")
_PLUS = re.compile(r"\s*\+\s*")
_FIGURE = re.compile(r"[\d,]+|-")
_SLASH = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table with what it is about; a merged one begins above its row."""

    text: str
    column: str
    row: str
    unit: str
    first: Line
    line: Line
    head: tuple[int, ...]  # the lines that print its column's labels


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


def cells_of(table: Table) -> Iterator[Cell]:
    """Every value of the table, row by row."""
    heads = table.heads
    for at, line in enumerate(table.lines):
        if table.labels[at]:
            continue
        row = table.rows[at]
        named = [cell for cell in row[: table.label_columns] if not _INTEGER.fullmatch(cell)]
        label = " ".join(dict.fromkeys(filter(None, named or row[: table.label_columns])))
        head = tuple(found.number for found in heads[at])
        for start, text, column in _values(table, at):
            first = table.lines[_begins(table, at, start)]
            for name, value in _parted(column, text, table.counting.parted):
                unit = unit_of(table.counting.units, name, label, value)
                yield Cell(value, name, label, unit, first, line, head)


def _values(table: Table, at: int) -> Iterator[tuple[int, str, str]]:
    """The values of a row as (column, text, label); one merged across has all its labels."""
    row, printed = table.rows[at], table.printed[at]
    place = table.label_columns
    while place < len(row):
        end = place + 1
        while end < len(row) and row[end] == row[place] and not "".join(printed[end : end + 1]):
            end += 1
        if row[place] and row[place] != "-":
            labels = dict.fromkeys(filter(None, table.columns[place:end]))
            yield place, row[place], " ".join(labels)
        place = end


def _begins(table: Table, at: int, column: int) -> int:
    """The row in which the cell of this row and column begins."""
    text = table.rows[at][column]
    while at and not "".join(table.printed[at][column : column + 1]):
        if table.labels[at - 1] or table.rows[at - 1][column] != text:
            break
        at -= 1
    return at


def _cells(row: Sequence[str]) -> Row:
    return tuple(join_spaced(clean(cell)) for cell in row)


def _parted(column: str, text: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """`5,456㎡/58,523㎡` under `중부+남부` as two values; anything else as it is.

    So is `104/98` of a table whose unit line names both, `정원/현원`.
    """
    own, values = _PLUS.split(column), _SLASH.split(text)
    if 1 < len(own) == len(values):
        yield from zip(own, values, strict=True)
    elif 1 < len(names) == len(values) and all(map(_FIGURE.fullmatch, values)):
        yield from (
            (f"{column} {name}".strip(), one) for name, one in zip(names, values, strict=True)
        )
    else:
        yield column, text
