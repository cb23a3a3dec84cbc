"""A table -> its cells, each with its column, its row and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.lines import Line
from index.tables import Table
from index.unit_order import shared_out
from index.units import FIGURE, unit_of

_INTEGER = re.compile(r"\d{1,3}")
_DATE = re.compile(r"(?:19|20)\d\d(?!,?\d)")
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


def cells_of(table: Table) -> Iterator[Cell]:
    """Every value of the table, row by row."""
    heads, shared = table.heads, _units_by_label(table)
    for at, line in enumerate(table.lines):
        if table.labels[at]:
            continue
        label = _row_label(table, at)
        head = tuple(found.number for found in heads[at])
        for start, text, column in _values(table, at):
            first = table.lines[_begins(table, at, start)]
            for name, value in _parted(column, text, table.counting.parted):
                unit = unit_of(table.counting.units, name, label, value, shared)
                yield Cell(value, name, label, unit, first, line, head)


def _row_label(table: Table, at: int) -> str:
    row = table.rows[at]
    named = [cell for cell in row[: table.label_columns] if not _INTEGER.fullmatch(cell)]
    return " ".join(dict.fromkeys(filter(None, named or row[: table.label_columns])))


def _units_by_label(table: Table) -> Mapping[str, str]:
    """The units that follow from the order in which they are named, by column or row."""
    if len(table.counting.units) < 2:
        return {}
    body = [at for at, label in enumerate(table.labels) if not label]
    columns: dict[str, None] = {}
    for at in body:
        values = (one for one in _values(table, at) if _counts(one[1]))
        columns |= dict.fromkeys(label for _, _, label in values)
    order = {label: at for at, label in reversed(list(enumerate(table.columns)))}
    return shared_out(
        table.counting.units,
        sorted(columns, key=lambda label: order.get(label, len(order))),
        list(dict.fromkeys(_row_label(table, at) for at in body)),
    )


def _counts(text: str) -> bool:
    """Whether it is a figure, and no date."""
    return bool(FIGURE.match(text) and re.search(r"\d", text)) and not _DATE.match(text)


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
