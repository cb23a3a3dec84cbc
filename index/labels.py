"""Which rows and columns of a table are labels, read from how it is filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.units import FIGURE

_CORNER = re.compile(r"구분|분류|항목|지표명?|")
_TOLD_APART = 3  # columns; in a narrower table nothing tells the rows of one label apart
_INTEGER = re.compile(r"\d{1,3}")

Row = tuple[str, ...]


def head_rows(rows: Sequence[Row]) -> int:
    """How many rows are labels: the first, and a second one that fills in under it."""
    if len(rows) < 2:
        return 0
    second = rows[1]
    continued = not second[0] and not any(FIGURE.match(cell) for cell in second if cell)
    return 2 if continued and len(rows) > 2 and any(second) else 1


def filled_down(rows: Sequence[Row], labels: Sequence[bool]) -> Iterator[Row]:
    """The rows; a first cell left empty under a label was merged with it before it became text."""
    last = ""
    for row, label in zip(rows, labels, strict=True):
        last = "" if label else row[0] or last
        yield row if label or row[0] or len(row) < _TOLD_APART else (last, *row[1:])


def column_labels(rows: Sequence[Row], head: int, *, carry: bool) -> tuple[str, ...]:
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


def first_column_labels(rows: Sequence[Row], head: int) -> bool:
    """Whether the first column names its rows; not where it holds values like the others."""
    body = [row[0] for row in rows[head:]]
    corner = rows[0][0] if head else ""
    if not head or _CORNER.fullmatch(corner.replace(" ", "")) or _serial(rows[head:]):
        return True
    return not any(":" in cell or "：" in cell or FIGURE.fullmatch(cell or "x") for cell in body)


def label_columns(body: Sequence[Sequence[str]]) -> int:
    """As long as two rows are named alike, the next column tells more."""
    width = min(map(len, body), default=1)
    columns = _serial(body) + 1
    while columns < width - 1:
        alike = any(
            any(above[:columns]) and above[:columns] == below[:columns]
            for above, below in pairwise(body)
        )
        if not alike or any(FIGURE.fullmatch(row[columns] or "x") for row in body):
            break
        columns += 1
    return columns


def _serial(body: Sequence[Sequence[str]]) -> int:
    """1 where the first column only counts the rows, so that the second names them, else 0."""
    counted = [int(row[0]) for row in body if _INTEGER.fullmatch(row[0])]
    wide = all(len(row) > 2 for row in body)
    return int(wide and len(counted) > 1 and counted == list(range(counted[0], counted[-1] + 1)))
