"""Tables that go on at the top of the next page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.readers.pdf.grids import PageCell, PageTable

_SAME = 2.0  # points between the borders of two parts of one table
_FIGURE = re.compile(r"[△▲▽▼+-]?\s*\d[\d,.]*\s*[%％]?|-")
_LABELS = 2  # columns of figures that begin with a label: a head, and a table of its own


def goes_on_below(above: PageTable, below: PageTable) -> bool:
    """Whether `below`, first on the next page, is the rest of `above`, last on its page.

    It has the same columns, and the same head or none.
    """
    if len(above.rows[0]) < 2 or len(above.rows[0]) != len(below.rows[0]):
        return False
    first, second = _column_borders(above), _column_borders(below)
    shift = second[0] - first[0]  # left and right pages may have margins of their own
    borders = zip(first, second, strict=True)
    same = all(abs(second_x - shift - first_x) <= _SAME for first_x, second_x in borders)
    return same and (head_again(above, below) > 0 or not _has_own_head(above, below))


def head_again(above: PageTable, below: PageTable) -> int:
    """How many rows at the top of `below` print the first rows of `above` again."""
    count = 0
    for first, second in zip(above.rows, below.rows, strict=False):
        if _texts(first) != _texts(second) or not any(_texts(first)):
            break
        count += 1
    return count


def carried_labels(parts: Sequence[PageTable]) -> list[dict[tuple[int, int], str]]:
    """For each part of a table, the row labels that the page break cut off: (row, column) -> text.

    Where a merged label goes on over the break, the page only prints its empty lower end.
    """
    carried: list[dict[tuple[int, int], str]] = [{}]
    for above, below in pairwise(parts):
        start = head_again(parts[0], below)
        labels: dict[tuple[int, int], str] = {}
        for column in range(len(below.rows[0])):
            lower = below.rows[start][column] if start < len(below.rows) else None
            upper = _covering(above, len(above.rows) - 1, column)
            if lower is None or upper is None or lower.text:
                break  # only labels at the left, from the first column on
            text = upper.text or carried[-1].get((upper.row, upper.column), "")
            labels |= {(row, column): text for row in range(start, start + lower.row_span) if text}
        carried.append(labels)
    return carried


def _column_borders(table: PageTable) -> list[float]:
    """The left border of each column, and the right one of the last."""
    lefts = {cell.column: cell.box[0] for cell in table.cells}
    return [lefts.get(column, -1.0) for column in range(len(table.rows[0]))] + [table.bbox[2]]


def _has_own_head(above: PageTable, below: PageTable) -> bool:
    """Whether its first row has labels where the table above has figures."""
    labels = 0
    for column in range(1, len(above.rows[0])):
        cells = [row[column] for row in above.rows[1:]]
        values = [cell.text for cell in cells if cell and cell.text]
        first = below.rows[0][column]
        if not values or not all(_FIGURE.fullmatch(value) for value in values):
            continue
        if first is None or not first.text or _FIGURE.fullmatch(first.text):
            return False
        labels += 1
    return labels >= _LABELS


def _covering(table: PageTable, row: int, column: int) -> PageCell | None:
    for cell in table.cells:
        if 0 <= row - cell.row < cell.row_span and 0 <= column - cell.column < cell.column_span:
            return cell
    return None


def _texts(row: Sequence[PageCell | None]) -> list[str]:
    return ["".join(cell.lines).replace(" ", "") if cell else "" for cell in row]
