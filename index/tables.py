"""Rows of a table -> cells that know their column, their row and their unit.

A table is drawn by its file (`TableShape`: merged cells, label rows), or is no more than lines with
tabs; then its labels are read from how it is filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from index.lines import Line, is_row
from index.units import FIGURE, unit_of, units_above
from rag.korean import clean, join_spaced
from rag.types import TableShape

_CORNER = re.compile(r"구분|분류|항목|지표명?|")
_HEAD_ROWS = 4  # of labels above each other; rows alike throughout a table are no head
_INTEGER = re.compile(r"\d{1,3}")
_PLUS = re.compile(r"\s*\+\s*")
_SLASH = re.compile(r"\s*/\s*")

_Row = tuple[str, ...]


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
    rows: tuple[_Row, ...]
    printed: tuple[_Row, ...]  # as they stand on the lines: a merged cell where it begins
    labels: tuple[bool, ...]  # which rows print the labels of the columns
    columns: tuple[str, ...]  # the label of each column
    label_columns: int  # how many columns, from the left, name the rows
    units: tuple[str, ...]

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
        return _drawn(shape, rows, printed, units_above(above))
    head = _head_rows(printed)
    return Table(
        lines=tuple(rows),
        rows=printed,
        printed=printed,
        labels=tuple(at < head or row in printed[:head] for at, row in enumerate(printed)),
        columns=_column_labels(printed, head, carry=head > 1),
        label_columns=_serial(printed[head:]) + 1 if _first_column_labels(printed, head) else 0,
        units=units_above(above),
    )


def _drawn(
    shape: TableShape, rows: Sequence[Line], printed: tuple[_Row, ...], units: tuple[str, ...]
) -> Table:
    grid = tuple(_cells(row) for row in shape.grid)
    places = [line.number - shape.first_line for line in rows]
    again = {*range(shape.head), *shape.repeated}
    return Table(
        lines=tuple(rows),
        rows=tuple(grid[place] for place in places),
        printed=printed,
        labels=tuple(place in again for place in places),
        columns=_column_labels(grid, shape.head, carry=False),
        label_columns=label_columns(shape) if _first_column_labels(grid, shape.head) else 0,
        units=units,
    )


def label_columns(shape: TableShape) -> int:
    """How many columns name the rows: as long as two rows are named alike, the next tells more."""
    body = [
        row for at, row in enumerate(shape.grid) if at >= shape.head and at not in shape.repeated
    ]
    columns = _serial(body) + 1
    while columns < len(shape.grid[0]) - 1:
        alike = any(
            any(above[:columns]) and above[:columns] == below[:columns]
            for above, below in pairwise(body)
        )
        if not alike or any(FIGURE.fullmatch(row[columns] or "x") for row in body):
            break
        columns += 1
    return columns


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
            unit = unit_of(table.units, column, label, text)
            for name, value in _parted(column, text):
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


def _cells(row: Sequence[str]) -> _Row:
    return tuple(join_spaced(clean(cell)) for cell in row)


def _head_rows(rows: Sequence[_Row]) -> int:
    """How many rows are labels: the first, and a second one that fills in under it."""
    if len(rows) < 2:
        return 0
    second = rows[1]
    continued = not second[0] and not any(FIGURE.match(cell) for cell in second if cell)
    return 2 if continued and len(rows) > 2 and any(second) else 1


def _column_labels(rows: Sequence[_Row], head: int, *, carry: bool) -> tuple[str, ...]:
    """One label a column; with `carry`, an upper label spans the empty cells to its right."""
    width = max(map(len, rows))
    labels = [""] * width
    for number, row in enumerate(rows[:head]):
        carried = ""
        for at in range(width):
            cell = row[at] if at < len(row) else ""
            carried = cell or (carried if carry and number == 0 else "")
            if carried and carried not in labels[at]:
                labels[at] = f"{labels[at]} {carried}".strip()
    return tuple(labels)


def _serial(body: Sequence[Sequence[str]]) -> int:
    """1 where the first column only counts the rows, so that the second names them, else 0."""
    counted = [int(row[0]) for row in body if _INTEGER.fullmatch(row[0])]
    wide = all(len(row) > 2 for row in body)
    return int(wide and len(counted) > 1 and counted == list(range(counted[0], counted[-1] + 1)))


def _first_column_labels(rows: Sequence[_Row], head: int) -> bool:
    """Whether the first column names its rows; not where it holds values like the others."""
    body = [row[0] for row in rows[head:]]
    corner = rows[0][0] if head else ""
    if not head or _CORNER.fullmatch(corner.replace(" ", "")) or _serial(rows[head:]):
        return True
    return not any(":" in cell or "：" in cell or FIGURE.fullmatch(cell or "x") for cell in body)


def _parted(column: str, text: str) -> Iterator[tuple[str, str]]:
    """`5,456㎡/58,523㎡` under `중부+남부` as two values; anything else as it is."""
    names, values = _PLUS.split(column), _SLASH.split(text)
    if 1 < len(names) == len(values):
        yield from zip(names, values, strict=True)
    else:
        yield column, text
